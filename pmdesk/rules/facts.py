"""What a decision table may ask about: named, typed facts whose value may be unknown."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pmdesk.i18n import Words

Value = int | str | bool | date | None


class FactType(StrEnum):
    """What kind of value a fact has."""

    NUMBER = "number"
    CHOICE = "choice"
    FLAG = "flag"
    DATE = "date"
    TEXT = "text"


_TYPES: dict[FactType, type] = {
    FactType.NUMBER: int,
    FactType.CHOICE: str,
    FactType.FLAG: bool,
    FactType.DATE: date,
    FactType.TEXT: str,
}
_ORDERED = frozenset({FactType.NUMBER, FactType.DATE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One input of a table; a number is an integer of `scale` decimal places, bounds included."""

    key: str
    label: Words
    type: FactType
    options: tuple[tuple[str, Words], ...] = ()
    scale: int = 0
    low: int | None = None
    high: int | None = None
    unit: Words | None = None
    nullable: bool = True

    def accepts(self, value: Value) -> bool:
        """Whether `value` has this fact's type (True is not 1); unknown always has."""
        return value is None or type(value) is _TYPES[self.type]

    @property
    def is_ordered(self) -> bool:
        """Whether its values can be compared by less and more."""
        return self.type in _ORDERED

    @property
    def codes(self) -> tuple[str, ...]:
        """The stored values of its options."""
        return tuple(code for code, _label in self.options)

    @property
    def span(self) -> tuple[int | None, int | None]:
        """The smallest and largest value there can be; days are counted from year 1."""
        if self.type is FactType.DATE:
            return date.min.toordinal(), date.max.toordinal()
        return self.low, self.high

    def option_label(self, code: str) -> Words:
        """The label of an option, or the bare code where the option is gone."""
        return dict(self.options).get(code, Words(zh=code, en=code))
