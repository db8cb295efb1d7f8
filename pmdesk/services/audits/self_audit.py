"""The self-audit 自查: its questions, the evidence the program collects, and what is left open."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from pmdesk.assets import asset
from pmdesk.domain import self_audits
from pmdesk.domain.fields import Value
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.records import RecordId, RecordStatus
from pmdesk.domain.self_audits import GRID, KIND, Finding
from pmdesk.i18n import Words, _
from pmdesk.services.audits import evidence
from pmdesk.services.records import incidents as incident_book
from pmdesk.services.records import records
from pmdesk.services.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One of the questions, and what the program looks up for it; empty: nothing."""

    code: str
    words: Words
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """A signed self-audit and what it left open."""

    record: RecordId
    number: str
    on: date
    open: tuple[Finding, ...]


@cache
def questions() -> tuple[Question, ...]:
    """The list as it is shipped."""
    return tuple(
        Question(
            code=entry["code"],
            words=Words(entry["zh"], entry["en"]),
            evidence=entry.get("evidence", ""),
        )
        for entry in _list()["item"]
    )


def source() -> Words:
    """Whose wording the questions are: the official annex has to replace them."""
    return Words(**_list()["source"])


def collected(session: Session, work: UnitOfWork) -> dict[str, Value]:
    """A new self-audit with the program's evidence and its proposals; the person decides."""
    on = evidence.ground(session, work)
    document: dict[str, Value] = {
        "period": _("Year {year}").format(year=on.today.year),
        "auditor": work.office.get().responsible,
        "done_on": on.today,
    }
    for question in questions():
        found = evidence.look(question.evidence, on)
        document[f"{GRID}.{question.code}.evidence"] = "\n".join(found.facts)
        document[f"{GRID}.{question.code}.result"] = found.result and found.result.value
    return document


def last(work: UnitOfWork) -> Audited | None:
    """The newest signed self-audit; closing its record does not undo it."""
    for record in work.records.all(KIND):
        steps = work.records.decisions(record.id)
        signed = next((one for one in steps if one.step is RecordStatus.APPROVED), None)
        if signed is not None:
            document = records.document_of(work, record)
            day = document.get("done_on")
            return Audited(
                record=record.id,
                number=record.number,
                on=day if isinstance(day, date) else signed.at.date(),
                open=self_audits.open_findings(document),
            )
    return None


def is_due(work: UnitOfWork, today: date) -> bool:
    """Whether a year has passed since the last one, or a serious incident happened since."""
    found = last(work)
    return self_audits.is_due(found.on if found else None, incident_book.serious(work), today)


def _list() -> Mapping[str, Any]:
    return tomllib.loads(asset("audits/self_audit.toml").read_text(encoding="utf-8"))
