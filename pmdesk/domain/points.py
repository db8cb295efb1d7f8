"""One thing to do among the records: what is missing, overdue, or waits for somebody."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pmdesk.domain.records import RecordId


class Weight(StrEnum):
    """How much it matters, what comes first first."""

    ASKED = "asked"  # a colleague waits for this user
    MUST = "must"  # the law asks for it, and it is not there
    SOON = "soon"  # it will be due


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One thing to do: a sentence, and the tab, record or subject where it is done."""

    weight: Weight
    sentence: str  # message id; `places` fill it
    places: Mapping[str, object] = field(default_factory=dict)
    tab: str
    record: RecordId | None = None
    subject: str | None = None  # of a new record
