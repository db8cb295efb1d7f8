"""What a check says about a decision table: one sentence, a person who shows it, and a mend."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pmdesk.errors import PmdeskError
from pmdesk.i18n import told
from pmdesk.rules.facts import Value
from pmdesk.rules.table import DecisionTable


class FindingKind(StrEnum):
    """What was found; rows among each other are named as in the literature on decision tables."""

    IDENTICAL = "identical"  # two rows say the same
    EQUIVALENT = "equivalent"  # two rows written differently mean the same
    MASKED = "masked"  # one other row always decides before this one
    REDUNDANT = "redundant"  # several other rows together always decide before this one
    SUBSUMED = "subsumed"  # a wider row gives the same; only the reason may differ
    IMPOSSIBLE = "impossible"  # the cells of the row contradict each other
    OVERLAP = "overlap"
    GAP = "gap"  # no row but the last fits: “missing” in the literature
    MERGEABLE = "mergeable"  # two rows can be one: “partial reduction”
    NOT_PROVED = "not_proved"
    NO_LAST_ROW = "no_last_row"
    NO_REASON = "no_reason"
    FACT_GONE = "fact_gone"
    OPTION_GONE = "option_gone"
    STALE_REASON = "stale_reason"


class Severity(StrEnum):
    """An error keeps the table from being used, a warning asks for a look, the rest is to know."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mend:
    """One click that removes a finding: what it does, and the table that it makes."""

    words: str  # a message id, its places are the finding's
    apply: Callable[[DecisionTable], DecisionTable] = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing about a table, with the rules and the column it is about, the first to blame.

    `example` is a person whom it is about, a value for each fact of the table.
    """

    kind: FindingKind
    severity: Severity
    sentence: str
    remedy: str
    rules: tuple[str, ...] = ()
    fact: str | None = None
    places: Mapping[str, object] = field(default_factory=dict)
    example: Mapping[str, Value] | None = None
    mend: Mend | None = None

    def words(self) -> str:
        """What is wrong and what to do, in the user's language."""
        return told(PmdeskError(self.sentence, self.remedy, **self.places))

    def mend_words(self) -> str:
        """What the mend does, in the user's language; nothing where there is none."""
        return told(PmdeskError(self.mend.words, "", **self.places)) if self.mend else ""
