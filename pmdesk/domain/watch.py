"""What the office watches: measures at places, complaints about the rules, and their suspension."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NewType

from pmdesk.domain.classification import RulesetId
from pmdesk.domain.fields import Problem
from pmdesk.domain.requests import RequestId
from pmdesk.domain.reviews import SHORTEST_REASON, length
from pmdesk.domain.staffing import names_somebody
from pmdesk.errors import RefusedError
from pmdesk.i18n import N_, Words

MeasureId = NewType("MeasureId", int)
EVERY_TOPIC = ""  # all complaints together
SHORTEST, LONGEST = 4, 200  # characters that say what is done
AHEAD = timedelta(days=7)  # from when on a measure counts as due
REVIEW_AHEAD = timedelta(days=30)  # from when on the next legality review is announced
REVERSED_SHARE = 0.10  # of the reviews by people, above which suspension is proposed
FEWEST = 10  # people that a monthly count of the rules stands for, at least
WITH, WITHOUT = "with", "without"  # bins of what one has or has not


class MeasureState(StrEnum):
    """How far a measure is."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


STATES: Mapping[MeasureState, Words] = {
    MeasureState.OPEN: Words("进行中", "Under way"),
    MeasureState.DONE: Words("已完成", "Done"),
    MeasureState.DROPPED: Words("已放弃", "Dropped"),
}


class Alarm(StrEnum):
    """How close the last day of a measure is."""

    FREE = "free"
    DUE = "due"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What somebody will do at a place, as it is entered; it offers service and names nobody."""

    building: str
    topic: str  # code of a kind of complaint, or EVERY_TOPIC
    words: str
    owner: str  # uid
    due: date

    def problems(self, today: date) -> tuple[Problem, ...]:
        """What must be mended before it can be kept."""
        found = []
        if not self.building:
            found.append(Problem(key="building", sentence=N_("Please choose a building.")))
        if len(self.words.strip()) < SHORTEST:
            found.append(Problem(key="words", sentence=N_("Please say what will be done.")))
        elif (wrong := words_problem(self.words)) is not None:
            found.append(wrong)
        if not self.owner:
            found.append(Problem(key="owner", sentence=N_("Please choose who sees to it.")))
        if self.due < today:
            found.append(Problem(key="due", sentence=N_("Please choose today or a later day.")))
        return tuple(found)


def words_problem(words: str) -> Problem | None:
    """What of the words about a measure may not be kept: too many of them, or somebody's."""
    if len(words.strip()) > LONGEST:
        sentence = N_("Please say it in at most {count} characters.")
        return Problem(key="words", sentence=sentence, places={"count": LONGEST})
    if names_somebody(words):
        sentence = N_("A measure is for a place: name no person, no home and no group.")
        return Problem(key="words", sentence=sentence)
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A measure as it stands; place, topic and the day it began never change."""

    id: MeasureId
    plan: Plan
    state: MeasureState
    made_by: str  # uid
    made_on: date
    ended_by: str = ""  # uid
    ended_on: date | None = None
    note: str = ""  # why it was dropped, or what came of it

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something."""
        return self.state is MeasureState.OPEN

    def alarm(self, today: date) -> Alarm:
        """How close its last day is; an ended one is free."""
        if not self.is_open or self.plan.due > today + AHEAD:
            return Alarm.FREE
        return Alarm.OVERDUE if self.plan.due < today else Alarm.DUE


class About(StrEnum):
    """What a complaint turned out to be about; a person says so."""

    OTHER = "other"
    CLASSIFICATION = "classification"
    DISCRIMINATION = "discrimination"


ABOUT: Mapping[About, Words] = {
    About.OTHER: Words("与分类无关", "Not about the classification"),
    About.CLASSIFICATION: Words("涉及分类", "About the classification"),
    About.DISCRIMINATION: Words("认为受到歧视", "About discrimination"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a person found about one complaint; the newest one of a complaint counts."""

    id: int
    request: RequestId
    about: About
    upheld: bool  # the complaint was right
    by: str  # uid
    at: datetime


class Ground(StrEnum):
    """Why it is proposed to suspend the rules in force."""

    REVERSALS = "reversals"
    DISCRIMINATION = "discrimination"


class Verdict(StrEnum):
    """What the person decided who was shown the proposal."""

    KEEP = "keep"
    SUSPEND = "suspend"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A person's answer to a proposal; it covers what was known then, `upto` that entry."""

    ruleset: RulesetId
    ground: Ground
    verdict: Verdict
    reason: str
    upto: int
    by: str  # uid
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviews:
    """How many results people looked at again, and how many of them they changed."""

    total: int
    changed: int
    last: int = 0  # number of the newest

    @property
    def too_many(self) -> bool:
        """Whether the law's threshold for a proposal is passed."""
        return bool(self.total) and self.changed > REVERSED_SHARE * self.total


def refuse_thin(reason: str) -> None:
    """RefusedError unless a decision says enough to be read by an inspector."""
    if length(reason) < SHORTEST_REASON:
        raise RefusedError(
            N_("A decision needs a reason of at least {count} characters."),
            N_("Write what you looked at and why you decide so."),
            count=SHORTEST_REASON,
        )


def month_start(day: date, back: int = 0) -> date:
    """The first of the month of that day, or of `back` months before."""
    months = day.year * 12 + day.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)
