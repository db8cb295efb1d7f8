"""The legality review of a version of the rules: items, results, answers, and what blocks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from pmdesk.domain.classification import Ruleset
from pmdesk.domain.records import COOLING_OFF, months_later
from pmdesk.errors import PmdeskError, RefusedError
from pmdesk.i18n import N_, Words, told

SHORTEST_REASON = 20  # characters of the reason of an answer, blanks not counted
SHORTEST_NOTE = 4  # of what is said about one group of people
VALID_MONTHS = 12  # until the next review, at the latest

ASSESSED, EXPLAINED_BY_RULE, GROUPS, SIGNED = "LR-10", "LR-20", "LR-21", "LR-26"
# The assessment quotes this review, and the approval is the signature: both follow the answers.
AFTER_APPROVAL = frozenset({ASSESSED, SIGNED})


class ItemKind(StrEnum):
    """Who answers: the program, the program and then a person, a person."""

    AUTOMATIC = "A"
    FLAG = "A+"
    HUMAN = "H"


class State(StrEnum):
    """What the program found; open is what it cannot say yet."""

    PASS = "pass"  # noqa: S105  # a verdict, no secret
    FAIL = "fail"
    FLAG = "flag"
    OPEN = "open"


class Verdict(StrEnum):
    """通过, 附条件, 不通过."""

    PASS = "pass"  # noqa: S105  # a verdict, no secret
    CONDITION = "condition"
    FAIL = "fail"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewItem:
    """One of the 26 questions, as `review.toml` declares it."""

    code: str
    title: Words
    question: Words  # in plain words, for the reviewer
    kind: ItemKind
    law: str
    remedy: Words  # what to do where it fails


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where in a table something stands: a row, a column, or the cell of both."""

    rule: str = ""
    fact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemResult:
    """What the program says to one item; the sentence is marked with N_ and filled by `fills`."""

    item: str
    state: State
    sentence: str
    fills: Mapping[str, object] = field(default_factory=dict)
    places: tuple[Spot, ...] = ()

    def words(self) -> str:
        """The sentence in the user's language."""
        return told(PmdeskError(self.sentence, "", **self.fills))


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """What an answer says beside its reason: a condition, the rows it is about, groups of people.

    Without rows it is about all of them.
    """

    condition: str = ""
    rules: tuple[str, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)


PLAIN = Detail()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a reviewer wrote to one item; a later one counts instead."""

    item: str
    verdict: Verdict
    reason: str
    by: str  # uid
    at: datetime
    detail: Detail = PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who stands for the review, since when, and when it has to be done again."""

    signer: str  # uid
    alone: bool  # 单人办公室: nobody else may approve rules
    note: str
    signed_at: datetime
    next_review: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One item with what the program found and what reviewers answered, newest first."""

    item: ReviewItem
    result: ItemResult | None = None  # none of items that only people answer
    answers: tuple[Answer, ...] = ()
    rows: tuple[str, ...] = ()  # the rules that each need an answer

    @property
    def answer(self) -> Answer | None:
        """The last word."""
        return self.answers[0] if self.answers else None

    @property
    def refused(self) -> bool:
        """Whether a reviewer says no."""
        return any(one is not None and one.verdict is Verdict.FAIL for one in self._standing())

    @property
    def unanswered(self) -> tuple[str, ...]:
        """The rules without an answer."""
        return tuple(row for row in self.rows if self._about(row) is None)

    @property
    def conditions(self) -> tuple[str, ...]:
        """On which conditions it was agreed to."""
        standing = (one for one in self._standing() if one is not None)
        words = (one.detail.condition for one in standing if one.verdict is Verdict.CONDITION)
        return tuple(dict.fromkeys(words))

    @property
    def blocks(self) -> bool:
        """Whether the version cannot go on because of this."""
        found = self.result.state if self.result else State.OPEN
        if self.item.kind is ItemKind.AUTOMATIC:
            return found is not State.PASS
        unanswered = bool(self.unanswered) if self.rows else self.answer is None
        silent = found is State.PASS and self.item.kind is ItemKind.FLAG
        return self.refused or (unanswered and not silent)

    def _standing(self) -> tuple[Answer | None, ...]:
        return tuple(map(self._about, self.rows)) if self.rows else (self.answer,)

    def _about(self, row: str) -> Answer | None:
        fitting = (one for one in self.answers if not one.detail.rules or row in one.detail.rules)
        return next(fitting, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """How the review of one version stands: all items in order, and its signature."""

    ruleset: Ruleset
    lines: tuple[Line, ...]
    signature: Signature | None = None

    @property
    def blocking(self) -> tuple[Line, ...]:
        """What keeps it from being activated."""
        return tuple(line for line in self.lines if line.blocks)

    @property
    def hindering(self) -> tuple[Line, ...]:
        """What keeps it from being approved."""
        return tuple(line for line in self.blocking if line.item.code not in AFTER_APPROVAL)

    @property
    def conditions(self) -> tuple[str, ...]:
        """All conditions on which it was agreed to."""
        return tuple(words for line in self.lines for words in line.conditions)

    def line(self, item: str) -> Line:
        """The line of that item."""
        return next(line for line in self.lines if line.item.code == item)


def length(reason: str) -> int:
    """How many characters of a reason count."""
    return len("".join(reason.split()))


def refuse_thin(
    item: ReviewItem, verdict: Verdict, reason: str, detail: Detail, groups: Iterable[str]
) -> None:
    """RefusedError unless the answer says enough to be read by an inspector."""
    if length(reason) < SHORTEST_REASON:
        raise RefusedError(
            N_("An answer needs a reason of at least {count} characters."),
            N_("Write what you looked at and why you decide so."),
            count=SHORTEST_REASON,
        )
    if verdict is Verdict.CONDITION and not detail.condition.strip():
        raise RefusedError(
            N_("An agreement on a condition needs the condition."),
            N_("Write what has to be done, by whom and until when."),
        )
    thin = [g for g in groups if length(detail.notes.get(g, "")) < SHORTEST_NOTE]
    if item.code == GROUPS and verdict is not Verdict.FAIL and thin:
        raise RefusedError(
            N_("Each group of people needs a note of its own; {count} are missing."),
            N_("Write a few words for each group: what the rules mean for them."),
            count=len(thin),
        )


def refuse_late(today: date, next_review: date) -> None:
    """RefusedError unless the next review is due within twelve months from today."""
    if not today < next_review <= months_later(today, VALID_MONTHS):
        raise RefusedError(
            N_("The next review is due within {count} months from today."),
            N_("Choose an earlier day."),
            count=VALID_MONTHS,
        )


def cooled_at(submitted_at: datetime | None) -> datetime | None:
    """From when on the only person may decide on what he submitted; None: not submitted."""
    return None if submitted_at is None else submitted_at + COOLING_OFF


def counted(results: Sequence[ItemResult]) -> Mapping[State, int]:
    """How many items are in which state."""
    return {state: sum(one.state is state for one in results) for state in State}


def passed(item: str, sentence: str, **fills: object) -> ItemResult:
    """Nothing stands against it."""
    return ItemResult(item=item, state=State.PASS, sentence=sentence, fills=fills)


def failed(item: str, sentence: str, places: Iterable[Spot] = (), **fills: object) -> ItemResult:
    """It must be mended first, there."""
    return ItemResult(
        item=item, state=State.FAIL, sentence=sentence, fills=fills, places=tuple(places)
    )


def flagged(item: str, sentence: str, places: Iterable[Spot] = (), **fills: object) -> ItemResult:
    """A person has to say why it is right."""
    return ItemResult(
        item=item, state=State.FLAG, sentence=sentence, fills=fills, places=tuple(places)
    )


def opened(item: str, sentence: str, **fills: object) -> ItemResult:
    """It cannot be said yet."""
    return ItemResult(item=item, state=State.OPEN, sentence=sentence, fills=fills)
