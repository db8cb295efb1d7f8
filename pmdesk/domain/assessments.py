"""What follows from an impact assessment (PIPL 55, 56): its risks, its conclusion, its age."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from pmdesk.domain.fields import Problem
from pmdesk.domain.records import Document, months_later
from pmdesk.domain.staff import HIGH_RISK, Permission, Role, Staff
from pmdesk.errors import DeniedError
from pmdesk.i18n import N_

KIND = "pia"
HIGH = 12  # of 16: likelihood times severity that only the head of the office may accept
VALID_MONTHS = 12
SMALL, OFFICER = 100_000, 1_000_000  # people: 小型个人信息处理者规定; PIPL 52
RISKS = "risk"
_AFTER = ("likely_after", "severe_after")


class Conclusion(StrEnum):
    """可以开展, 整改后开展, 不得开展."""

    GO = "go"
    MEND = "mend"
    NO = "no"


def residual(document: Document) -> int:
    """The highest risk that is left after the measures, of 16; 0 where none is rated."""
    return max(_products(document, _AFTER), default=0)


def problems(document: Document, today: date) -> tuple[Problem, ...]:
    """Entries that belong together: a mending needs a plan, the next review comes in time."""
    found = []
    if document.get("conclusion") == Conclusion.MEND:
        found += [
            Problem(key=key, sentence=N_("Please fill this in: it is to be mended first"))
            for key in ("actions", "actions_by", "actions_due")
            if not document.get(key)
        ]
    review = document.get("next_review")
    if isinstance(review, date) and not today < review <= months_later(today, VALID_MONTHS):
        found.append(
            Problem(key="next_review", sentence=N_("The next review is due within 12 months"))
        )
    return tuple(found)


def size(people: int) -> str:
    """Which option of “small processor” fits an office of so many people."""
    if people >= OFFICER:
        return "officer"
    return "no" if people >= SMALL else "yes"


def refuse_approval(document: Document, staff: Staff) -> None:
    """RefusedError where the risk left is so high that only the head of the office may approve."""
    if residual(document) >= HIGH and staff.role is not Role.ADMIN:
        raise DeniedError(
            N_("A risk of 12 or more of 16 is left: only an administrator may approve this."),
            N_("Ask the head of the office, or send it back for further measures."),
            act=Permission.APPROVE_RECORDS,
            why=HIGH_RISK,
        )


def lapses_on(approved_on: date, document: Document) -> date:
    """The day from which a new assessment is due: at the latest after twelve months."""
    latest = months_later(approved_on, VALID_MONTHS)
    chosen = document.get("next_review")
    return min(latest, chosen) if isinstance(chosen, date) else latest


def permits(document: Document) -> bool:
    """Whether the processing may begin: not while mending, and never against the conclusion."""
    conclusion = document.get("conclusion")
    mended = conclusion == Conclusion.MEND and document.get("actions_done") is True
    return conclusion == Conclusion.GO or mended


def _products(document: Document, columns: tuple[str, str]) -> Iterable[int]:
    rows = {key.split(".")[1] for key in document if key.startswith(f"{RISKS}.")}
    for row in rows:
        likely, severe = (document.get(f"{RISKS}.{row}.{column}") for column in columns)
        if isinstance(likely, str) and isinstance(severe, str):
            yield int(likely) * int(severe)
