"""A DMN model: decisions, what they require, and their tables as they were read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from pmdesk.errors import PmdeskError
from pmdesk.i18n import told
from pmdesk.rules.dmn.expressions import Expression
from pmdesk.rules.dmn.types import Type
from pmdesk.rules.dmn.unary import UnaryTests
from pmdesk.rules.dmn.values import Value


class Policy(StrEnum):
    """What a table gives when several rules fit, in the words of the file."""

    UNIQUE = "UNIQUE"
    ANY = "ANY"
    FIRST = "FIRST"
    PRIORITY = "PRIORITY"
    RULE_ORDER = "RULE ORDER"
    OUTPUT_ORDER = "OUTPUT ORDER"
    COLLECT = "COLLECT"


class Aggregation(StrEnum):
    """What a collecting table makes of all outputs."""

    NONE = ""
    SUM = "SUM"
    MIN = "MIN"
    MAX = "MAX"
    COUNT = "COUNT"


COLLECTING = frozenset({Policy.RULE_ORDER, Policy.OUTPUT_ORDER, Policy.COLLECT})
DECIDED_BY_ONE = frozenset({Policy.FIRST, Policy.PRIORITY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something outside the profile, with the place where it stands; rows count from 1."""

    sentence: str
    remedy: str = ""
    places: Mapping[str, object] = field(default_factory=dict)
    decision: str = ""
    row: int = 0
    column: str = ""
    position: int = 0

    def words(self) -> str:
        """What it is and what to do, in the user's language."""
        return told(PmdeskError(self.sentence, self.remedy, **self.places))


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A column that asks; `type` has all domains that its values must lie in."""

    label: str
    expression: Expression
    type: Type


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """A column that answers; `order` are its values from the strongest, where they are listed."""

    name: str
    label: str
    type: Type
    order: tuple[Value, ...] = ()
    default: Value = None
    has_default: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A rule: `outputs` are null where the column does not allow what is written."""

    id: str
    cells: tuple[UnaryTests, ...]
    outputs: tuple[Value, ...]
    ranks: tuple[int, ...]  # the place of each output in the order of its column
    texts: tuple[str, ...] = ()  # as written, inputs first
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Table:
    """The rules of one decision."""

    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rows: tuple[Row, ...]
    policy: Policy
    aggregation: Aggregation = Aggregation.NONE

    @cached_property
    def deciding_order(self) -> tuple[int, ...]:
        """The places of the rows, those first that decide before others."""
        places = range(len(self.rows))
        if self.policy not in {Policy.PRIORITY, Policy.OUTPUT_ORDER}:
            return tuple(places)
        return tuple(sorted(places, key=lambda place: self.rows[place].ranks))


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """A value that a decision requires: data from outside, or the result of a decision."""

    name: str
    type: Type
    data: str = ""  # the name under which it is given from outside
    decision: str = ""  # the id of the decision whose result it is


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A decision with its table, or with the problems that keep it from being read."""

    id: str
    name: str
    variables: tuple[Variable, ...] = ()
    table: Table | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """The decisions of one file, in its order."""

    name: str
    decisions: tuple[Decision, ...]

    def by_id(self) -> Mapping[str, Decision]:
        """The decisions by their ids."""
        return {decision.id: decision for decision in self.decisions}
