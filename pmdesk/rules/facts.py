"""What a decision table may ask about: named, typed facts whose value may be unknown."""

from collections.abc import Mapping, Sequence
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
_OF, _OR = ".", "|"  # in the key of a flag about a list: its name, then the options


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One input of a table; a number is an integer of `scale` decimal places, bounds included.

    A flag may say that the list named `list` holds `any_of` its options: all flags about one list
    are unknown together.
    """

    key: str
    label: Words
    type: FactType
    options: tuple[tuple[str, Words], ...] = ()
    scale: int = 0
    low: int | None = None
    high: int | None = None
    unit: Words | None = None
    nullable: bool = True
    list: str = ""
    any_of: tuple[str, ...] = ()

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


def group(members: Sequence[Fact]) -> Fact:
    """The flag that holds when the list has any of the options that `members` ask for."""
    first = members[0]
    codes = tuple(dict.fromkeys(code for fact in members for code in fact.any_of))
    return Fact(
        key=f"{first.list}{_OF}{_OR.join(codes)}",
        label=Words(
            zh=f"{_shared(members, 'zh')}任一", en=f"{_shared(members, 'en')} (any of these)"
        ),
        type=FactType.FLAG,
        list=first.list,
        any_of=codes,
    )


def resolved(key: str, by_key: Mapping[str, Fact]) -> Fact | None:
    """The fact with this key, or the group of those that the key joins; None where one is gone."""
    if key in by_key or _OR not in key:
        return by_key.get(key)
    name, _dot, codes = key.partition(_OF)
    members = [by_key.get(f"{name}{_OF}{code}") for code in codes.split(_OR)]
    found = [fact for fact in members if fact is not None and fact.list == name]
    made = group(found) if found else None
    return made if made and made.key == key else None


def _shared(members: Sequence[Fact], language: str) -> str:
    """The labels of the members, what they begin with said once."""
    labels = [getattr(fact.label, language) for fact in members]
    mark = "：" if language == "zh" else ": "
    head, found, _tail = labels[0].partition(mark)
    options = [text.removeprefix(f"{head}{mark}") for text in labels]
    joined = ("/" if language == "zh" else " / ").join(options)
    return f"{head}{found}{joined}" if found else joined
