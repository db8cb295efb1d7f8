"""The self-audit 自查: what it may be signed with, what it left open, when the next one is due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pmdesk.domain.fields import Problem
from pmdesk.domain.records import Document, months_later
from pmdesk.i18n import N_

KIND = "audit"
GRID = "item"
EVERY_MONTHS = 12


class Result(StrEnum):
    """合规, 不合规, 不适用."""

    OK = "ok"
    NOT_OK = "not_ok"
    NOT_APPLICABLE = "na"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that was not as it should be, until somebody has re-checked it."""

    item: str  # code of the question
    words: str
    owner: str
    due_on: date | None

    def is_late(self, today: date) -> bool:
        """Whether it should have been mended by now."""
        return self.due_on is not None and self.due_on < today


def problems(document: Document) -> tuple[Problem, ...]:
    """A self-audit is signed only as true; what is wrong gets words, an owner and a date."""
    found = {}
    if document.get("truth") is not True:
        found["truth"] = N_("The table is signed only if it is true")
    for item in _wrong(document):
        for part in ("words", "owner", "due_on"):
            key = f"{GRID}.{item}.{part}"
            if document.get(key) in {None, ""}:
                found[key] = N_("Say what is wrong, who mends it and by when")
    return tuple(Problem(key=key, sentence=sentence) for key, sentence in found.items())


def open_findings(document: Document) -> tuple[Finding, ...]:
    """What is wrong and was not re-checked yet."""
    found = []
    for item in _wrong(document):
        if document.get(f"{GRID}.{item}.rechecked_on") is None:
            due = document.get(f"{GRID}.{item}.due_on")
            found.append(
                Finding(
                    item=item,
                    words=str(document.get(f"{GRID}.{item}.words") or ""),
                    owner=str(document.get(f"{GRID}.{item}.owner") or ""),
                    due_on=due if isinstance(due, date) else None,
                )
            )
    return tuple(found)


def is_due(last: date | None, serious: Iterable[date], today: date) -> bool:
    """Whether a year has passed since the last one, or a serious incident happened since."""
    if last is None:
        return True
    return today >= months_later(last, EVERY_MONTHS) or any(day >= last for day in serious)


def _wrong(document: Document) -> tuple[str, ...]:
    end = ".result"
    return tuple(
        sorted(
            key.removeprefix(f"{GRID}.").removesuffix(end)
            for key, value in document.items()
            if key.startswith(f"{GRID}.") and key.endswith(end) and value == Result.NOT_OK
        )
    )
