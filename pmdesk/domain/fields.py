"""Fields of the catalogue: an input described, checked and edited."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NewType

from pmdesk.i18n import N_, Words

FieldKey = NewType("FieldKey", str)

# None is "unknown"; a period is (from, to) with either end open.
Value = str | bool | int | date | tuple[str, ...] | tuple[date | None, date | None] | None

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class Kind(StrEnum):
    """What sort of value a field holds; editors, columns and rule facts follow from it."""

    TEXT = "text"
    PROSE = "prose"  # several lines
    PHONE = "phone"
    EMAIL = "email"
    FLAG = "flag"
    CHOICE = "choice"
    CHOICES = "choices"
    NUMBER = "number"
    DATE = "date"
    PERIOD = "period"
    REFERENCE = "reference"  # to a unit of the register of premises
    RECORDS = "records"  # a list that is kept in tables of its own


class Dimension(StrEnum):
    """The classification dimension that a field belongs to."""

    BASIC = "basic"
    CONTRACT = "contract"
    ECONOMIC = "economic"
    HABIT = "habit"
    NEED = "need"
    SERVICE = "service"
    CONTROL = "control"


class Sensitivity(StrEnum):
    """General, or sensitive personal information (PIPL 28) that is sealed."""

    GENERAL = "general"
    SENSITIVE = "sensitive"


class RuleUse(StrEnum):
    """Whether rules may read a field: in any rule, only to add help, only in statistics, never."""

    YES = "yes"
    ASSIST = "assist"
    STATISTIC = "statistic"
    NO = "no"


class Home(StrEnum):
    """Where values live; of `ITEMS` each option has a consent and a sealed blob of its own."""

    REGISTER = "register"
    ANSWERS = "answers"
    SEALED = "sealed"
    ITEMS = "items"
    RECORDS = "records"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong with an entry, said beside its field; a warning does not stop saving."""

    key: str
    sentence: str  # message id, marked with N_
    places: Mapping[str, object] = field(default_factory=dict)
    warning: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One entry of a closed list."""

    code: str
    label: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of the closed catalogue; without a purpose, necessity and retention it cannot be."""

    key: FieldKey
    label: Words
    kind: Kind
    dimension: Dimension
    sensitivity: Sensitivity
    purposes: tuple[str, ...]  # purpose codes; `purpose` is the one under which values live
    purpose: str
    home: Home
    retention: str
    rule_use: RuleUse
    necessity: Words
    rule_limit: Words | None = None
    options: tuple[Option, ...] = ()
    required: bool = False
    restricted: bool = False  # hidden from lists, shown to the duty leader only
    enabled: bool = True
    longest: int = 60
    low: int | None = None
    high: int | None = None
    scale: int = 0  # a number is an integer of 10 ** -scale units
    unit: Words | None = None
    hint: Words | None = None

    @property
    def codes(self) -> frozenset[str]:
        """The codes of the closed list."""
        return frozenset(option.code for option in self.options)

    def option(self, code: str) -> Words:
        """The label of `code`; the code itself when the list no longer has it."""
        return next((o.label for o in self.options if o.code == code), Words(code, code))

    def problems(self, value: Value) -> tuple[Problem, ...]:
        """What a user must mend before `value` can be saved in this field."""
        if value is None or value in {"", (), (None, None)}:
            return (self.problem(N_("Please fill this in")),) if self.required else ()
        found = _CHECKS[self.kind](self, value)
        return (found,) if found else ()

    def problem(self, sentence: str, **places: object) -> Problem:
        """A problem of this field, to be shown beside it."""
        return Problem(key=self.key, sentence=sentence, places=places)


def record_field(key: str, label: Words, kind: Kind, *, retention: str, necessity: Words) -> Field:
    """A field of the office's own records: of no resident's consent, and read by no rule."""
    return Field(
        key=FieldKey(key),
        label=label,
        kind=kind,
        dimension=Dimension.CONTROL,
        sensitivity=Sensitivity.GENERAL,
        purposes=("P0",),
        purpose="P0",
        home=Home.RECORDS,
        retention=retention,
        rule_use=RuleUse.NO,
        necessity=necessity,
    )


def _text(this: Field, value: Value) -> Problem | None:
    if isinstance(value, str) and len(value) <= this.longest and set(value) & set("\n\r\t\x00"):
        return this.problem(N_("Please keep this on one line"))
    return _prose(this, value)


def _prose(this: Field, value: Value) -> Problem | None:
    if not isinstance(value, str):
        return this.problem(N_("This must be text"))
    if len(value) > this.longest:
        return this.problem(N_("At most {count} characters"), count=this.longest)
    if any("\ud800" <= one <= "\udfff" or one == "\x00" for one in value):
        return this.problem(N_("A character is damaged: please type this again"))
    return None


def _phone(this: Field, value: Value) -> Problem | None:
    digits = isinstance(value, str) and re.fullmatch(r"[0-9-]{7,15}", value)
    return None if digits else this.problem(N_("A phone number has 7 to 15 digits"))


def _email(this: Field, value: Value) -> Problem | None:
    fits = isinstance(value, str) and len(value) <= this.longest and _EMAIL.fullmatch(value)
    return None if fits else this.problem(N_("An e-mail address looks like name@example.cn"))


def _flag(this: Field, value: Value) -> Problem | None:
    return None if isinstance(value, bool) else this.problem(N_("Choose yes or no"))


def _choice(this: Field, value: Value) -> Problem | None:
    return None if value in this.codes else this.problem(N_("Choose one of the list"))


def _choices(this: Field, value: Value) -> Problem | None:
    known = isinstance(value, tuple) and set(value) <= this.codes and len(set(value)) == len(value)
    return None if known else this.problem(N_("Choose from the list"))


def _number(this: Field, value: Value) -> Problem | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return this.problem(N_("This must be a number"))
    if this.low is not None and value < this.low:
        return this.problem(N_("At least {low}"), low=this.low / 10**this.scale)
    if this.high is not None and value > this.high:
        return this.problem(N_("At most {high}"), high=this.high / 10**this.scale)
    return None


def _date(this: Field, value: Value) -> Problem | None:
    return None if isinstance(value, date) else this.problem(N_("A date looks like 2026-03-08"))


def _period(this: Field, value: Value) -> Problem | None:
    days = isinstance(value, tuple) and all(end is None or isinstance(end, date) for end in value)
    if not isinstance(value, tuple) or not days or len(value) != 2:  # noqa: PLR2004  # from and to
        return this.problem(N_("A period has a first and a last day"))
    first, last = value
    if isinstance(first, date) and isinstance(last, date) and last < first:
        return this.problem(N_("The last day lies before the first"))
    return None


def _elsewhere(this: Field, value: Value) -> Problem | None:
    del value
    return this.problem(N_("This is recorded on a page of its own"))


_CHECKS = {
    Kind.TEXT: _text,
    Kind.PROSE: _prose,
    Kind.PHONE: _phone,
    Kind.EMAIL: _email,
    Kind.FLAG: _flag,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.PERIOD: _period,
    Kind.REFERENCE: _elsewhere,
    Kind.RECORDS: _elsewhere,
}
