"""The incident book: what runs, who still has to be told, and the scenarios to begin with."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from pmdesk.assets import asset
from pmdesk.domain import incidents
from pmdesk.domain.incidents import Limit
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.records import Document, Record, RecordStatus
from pmdesk.i18n import Words
from pmdesk.services.records import records


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """An incident that happens to property offices, as texts to begin with."""

    code: str
    title: Words
    cause: Words
    contain: Words
    harm: Words
    advice: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """An incident that is not closed, with whoever still has to be told."""

    record: Record
    document: Document
    open: tuple[Limit, ...]


@cache
def scenarios() -> tuple[Scenario, ...]:
    """The built-in ones, the commonest first."""
    text = asset("incidents/scenarios.toml").read_text(encoding="utf-8")
    return tuple(
        Scenario(
            code=entry["code"],
            title=Words(**entry["title"]),
            cause=Words(**entry["cause"]),
            contain=Words(**entry["contain"]),
            harm=Words(**entry["harm"]),
            advice=Words(**entry["advice"]),
        )
        for entry in tomllib.loads(text)["scenario"]
    )


def running(work: UnitOfWork, *, drills: bool = False) -> tuple[Running, ...]:
    """The incidents that are not closed, drills only if asked for."""
    found = []
    for record, document in _all(work):
        ended = record.status is RecordStatus.CLOSED
        if not ended and (drills or not incidents.is_drill(document)):
            waiting = tuple(limit for limit in incidents.limits(document) if not limit.done)
            found.append(Running(record=record, document=document, open=waiting))
    return tuple(found)


def last_drill(work: UnitOfWork) -> date | None:
    """The day of the last drill that was written up and approved."""
    days = [
        record.created_at.date()
        for record, document in _all(work)
        if incidents.is_drill(document) and _approved(work, record)
    ]
    return max(days, default=None)


def serious(work: UnitOfWork) -> tuple[date, ...]:
    """The days on which serious incidents were entered."""
    return tuple(
        record.created_at.date()
        for record, document in _all(work)
        if incidents.is_serious(document) and not incidents.is_drill(document)
    )


def _all(work: UnitOfWork) -> Iterator[tuple[Record, Document]]:
    for record in work.records.all(incidents.KIND):
        yield record, records.document_of(work, record)


def _approved(work: UnitOfWork, record: Record) -> bool:
    return any(one.step is RecordStatus.APPROVED for one in work.records.decisions(record.id))
