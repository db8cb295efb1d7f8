"""Staff training: courses, the questions after them, certificates, and the acts they gate."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from random import Random
from typing import NewType

from pmdesk.domain.reask import months_after
from pmdesk.domain.staff import Role
from pmdesk.errors import RefusedError
from pmdesk.i18n import N_, Words

CourseCode = NewType("CourseCode", str)
QuestionId = NewType("QuestionId", str)

_NONE = Words("", "")

ASKED = 6  # questions of one test
PASS_PERCENT = 80
VALID_MONTHS = 12
GRACE = timedelta(days=14)
SOON = timedelta(days=30)  # before its end a certificate is said to end soon
SELF = "self"  # the trainer, when somebody learnt alone at the program


class Task(StrEnum):
    """An act that only somebody trained for it may do."""

    CONSENT = "consent"
    SEALED = "sealed"
    REVIEW = "review"


GATES: Mapping[Task, CourseCode] = {
    Task.CONSENT: CourseCode("consent"),
    Task.SEALED: CourseCode("sealed"),
    Task.REVIEW: CourseCode("fairness"),
}


class Topic(StrEnum):
    """What a question is about; all but the general ones have to be answered right."""

    GENERAL = "general"
    WITHDRAWAL = "withdrawal"
    SENSITIVE = "sensitive"
    EXPORT = "export"


class Standing(StrEnum):
    """How somebody stands with a course."""

    VALID = "valid"
    ENDING = "ending"  # valid, but not for long
    GRACE = "grace"  # not valid, and still nothing is closed
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A few sentences to be read at one go."""

    title: Words
    text: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question with its answers; `right` counts them from 0."""

    id: QuestionId
    text: Words
    answers: tuple[Words, ...]
    right: int
    reason: Words
    article: Words = _NONE
    topic: Topic = Topic.GENERAL

    @property
    def is_must(self) -> bool:
        """Nobody passes with this one wrong: withdrawal, sensitive data, export."""
        return self.topic is not Topic.GENERAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """Material of some five minutes and the questions after it."""

    code: CourseCode
    version: str  # a new number before the dot ends the certificates of the older ones
    title: Words
    summary: Words
    minutes: int
    roles: tuple[Role, ...]
    sections: tuple[Section, ...]
    questions: tuple[Question, ...]
    is_own: bool = False  # the office wrote it

    @property
    def major(self) -> int:
        """The number before the dot."""
        return major(self.version)

    def drawn(self, seed: str) -> tuple[Question, ...]:
        """The questions of one test: the same for the same seed, one that is a must among them."""
        chance = Random(seed)  # noqa: S311  # which questions are drawn is no secret
        pool = chance.sample(self.questions, len(self.questions))
        first = next((question for question in pool if question.is_must), None)
        rest = [question for question in pool if question is not first]
        chosen = ([first] if first else []) + rest
        return tuple(chance.sample(chosen[:ASKED], min(ASKED, len(chosen))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One test that was taken to its end; attempts are kept for three years."""

    uid: str
    course: CourseCode
    number: int  # of the tests this person took in this course, from 0
    version: str
    day: date
    at: datetime
    asked: int
    wrong: tuple[QuestionId, ...]
    passed: bool
    minutes: int  # what the course is meant to take
    trainer: str = SELF

    @property
    def right(self) -> int:
        """How many answers were right."""
        return self.asked - len(self.wrong)


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """Who passed which version of a course, and until when that counts."""

    course: CourseCode
    version: str
    day: date
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """How somebody stands with a course today."""

    standing: Standing
    last: date  # the last day of the certificate, or of the grace
    days: int  # from today to `last`; negative when it is over
    certificate: Certificate | None = None


class TrainingLapsedError(RefusedError):
    """The act has to wait for a course; `course` says which."""

    def __init__(self, course: CourseCode, title: Words) -> None:
        super().__init__(
            N_("Your training “{course}” has lapsed, so this step is closed to you."),
            N_("Read the course and pass its six questions; then it is open again."),
            course=title,
        )
        self.course = course


def passes(questions: Collection[Question], wrong: Collection[QuestionId]) -> bool:
    """Four fifths are right, and every question that is a must."""
    right = len(questions) - len(wrong)
    if right * 100 < PASS_PERCENT * len(questions):
        return False
    return not any(question.is_must for question in questions if question.id in wrong)


def certificate(attempts: Sequence[Attempt], course: Course) -> Certificate | None:
    """The newest certificate of this course, of whatever version; `attempts` are one person's."""
    passed = [one for one in attempts if one.passed and one.course == course.code]
    if not passed:
        return None
    newest = max(passed, key=lambda one: (major(one.version), one.day, one.number))
    return Certificate(
        course=course.code,
        version=newest.version,
        day=newest.day,
        until=months_after(newest.day, VALID_MONTHS),
    )


def status(
    course: Course, held: Certificate | None, *, since: date, material: date, today: date
) -> Status:
    """How somebody stands who is here `since`, with material the office has since `material`."""
    if held is not None and major(held.version) >= course.major and today <= held.until:
        ends_soon = today + SOON >= held.until
        standing = Standing.ENDING if ends_soon else Standing.VALID
        return _status(standing, held.until, today, held)
    last = _due(course, held, since, material) + GRACE
    standing = Standing.GRACE if today <= last else Standing.LAPSED
    return _status(standing, last, today, held)


def major(version: str) -> int:
    """The number before the dot."""
    return int(version.partition(".")[0])


def _due(course: Course, held: Certificate | None, since: date, material: date) -> date:
    """The day from which the days of grace count."""
    if held is None:
        return max(since, material)
    if major(held.version) < course.major:
        return min(held.until, max(since, material))
    return held.until


def _status(standing: Standing, last: date, today: date, held: Certificate | None) -> Status:
    return Status(standing=standing, last=last, days=(last - today).days, certificate=held)
