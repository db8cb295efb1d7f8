"""Fairness figures: what they may say, and the voluntary sample that they rest on (P6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from pmdesk.domain.classification import RulesetId
from pmdesk.domain.people import PersonId
from pmdesk.domain.purposes import PurposeCode
from pmdesk.i18n import Words

FAIRNESS = PurposeCode("P6")  # 公平性审计
RETENTION = "R-P6"  # line of the schedule: so long after the report
UNDISCLOSED = "undisclosed"  # an answer like others, but of no group
SMALLEST = 10  # counts below it are neither shown nor stored

FactValue = str | bool | int | date | None


class Verdict(StrEnum):
    """What a comparison of two groups says; 样本不足 is one of the answers."""

    REVIEW = "review"
    WATCH = "watch"
    CLEAR = "clear"
    TOO_FEW = "too_few"


VERDICTS: Mapping[Verdict, Words] = {
    Verdict.REVIEW: Words("需复核", "Needs review"),
    Verdict.WATCH: Words("关注", "Watch"),
    Verdict.CLEAR: Words("未见明显差异", "No clear difference"),
    Verdict.TOO_FEW: Words("样本不足", "Too little data"),
}


class Level(StrEnum):
    """How far an input of the rules stands in for a group that people belong to."""

    NONE = "none"
    NOTE = "note"
    EXPLAIN = "explain"
    BLOCK = "block"
    TOO_FEW = "too_few"


LEVELS: Mapping[Level, Words] = {
    Level.NONE: Words("未见关联", "No link seen"),
    Level.NOTE: Words("留意", "Note"),
    Level.EXPLAIN: Words("须说明理由", "To be explained"),
    Level.BLOCK: Words("须审核人决定", "A reviewer decides"),
    Level.TOO_FEW: Words("样本不足", "Too little data"),
}


class Outcome(StrEnum):
    """What may come to groups in different shares."""

    TIER = "tier"  # this tier or a stronger one
    TAG = "tag"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One group beside the reference, for one outcome; counts are None where they are hidden."""

    attribute: str
    outcome: Outcome
    code: str  # of the tier or tag
    group: str
    reference: str  # the group it is compared with; its own name in the line of the reference
    verdict: Verdict
    people: int | None = None
    having: int | None = None
    ratio: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    holm: float | None = None
    found: int | None = None  # of 100 true differences of 0.7 so many would be found
    striking: bool = False  # too few people, and a difference that is hardly chance

    @property
    def is_reference(self) -> bool:
        """Whether the others are compared with this group."""
        return self.group == self.reference

    @property
    def is_hidden(self) -> bool:
        """Whether its numbers stand for too few people to be shown."""
        return self.people is None or self.having is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """How far a fact that the rules read tells an attribute; numbers are None where hidden."""

    attribute: str
    fact: str
    level: Level
    people: int
    v: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    information: float | None = None  # mutual, in nats


@dataclass(frozen=True, slots=True, kw_only=True)
class FairnessReport:
    """What was found about one version of the rules; nobody can be told from it."""

    ruleset: RulesetId
    digest: str  # of the document that was looked at
    at: datetime
    by: str  # uid
    people: int  # how many took part
    lines: tuple[Line, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """One sample on its way through a report: a pseudonym, a sealed answer, what rules decide."""

    pseudonym: str
    blob: bytes
    tier: str
    tags: frozenset[str]
    facts: Mapping[str, FactValue]


@dataclass(frozen=True, slots=True, kw_only=True)
class Participation:
    """That somebody takes part, since when, and the sealed answers."""

    pseudonym: str
    since: date
    blob: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class OldAnswer:
    """An answer that was sealed under the person's own number, before samples were apart."""

    person: PersonId
    field: str
    blob: bytes


def sample_info(pseudonym: str) -> tuple[str | int, ...]:
    """What binds sealed answers to their pseudonym: they open nowhere else."""
    return ("pmdesk-fairness", 1, pseudonym)
