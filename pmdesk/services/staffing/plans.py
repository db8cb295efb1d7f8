"""What the office plans with, and its rosters and rounds: saved, read, taken back."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from pmdesk.assets import asset
from pmdesk.domain import office, staffing
from pmdesk.domain.office import Changes
from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.ports.staffing import PlanKind, SavedPlan
from pmdesk.domain.staff import Permission
from pmdesk.domain.staffing import Crew, Patrol, Roster, Shift
from pmdesk.domain.staffing_form import (
    crew_document,
    crew_of,
    patrol_of,
    roster_document,
    roster_of,
)
from pmdesk.errors import ConflictError, RefusedError
from pmdesk.i18n import N_, Words, said
from pmdesk.services.session import Session

KEPT = timedelta(days=730)  # how long old weeks are kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """Which version is shown, who made it, and whether there is one before it."""

    id: int | None  # none: nothing was saved, the program's own is shown
    author: str = ""
    at: datetime | None = None
    can_undo: bool = False
    number: int = 0  # of versions that are kept, this one with them


UNSAVED = Edition(id=None)


@cache
def _shipped() -> Mapping[str, Any]:
    with asset("staffing/default.toml").open("rb") as file:
        return tomllib.load(file)


def shipped() -> Crew:
    """What an office plans with until it enters its own; it has no hands yet."""
    entry = _shipped()
    return Crew(
        shifts=tuple(
            Shift(
                code=one["code"],
                name=said(Words(**one["name"])),
                start=one["start"],
                end=one["end"],
                services=frozenset(map(Service, one["services"])),
            )
            for one in entry["shift"]
        ),
        hands=(),
        minutes={Service(code): minutes for code, minutes in entry["minutes"].items()},
        least={Service(code): people for code, people in entry["least"].items()},
        share=entry["share"],
        careful=entry["careful"],
        patrolled=frozenset(map(Service, entry["patrolled"])),
        rounds=entry["rounds"],
    )


def crew_in(work: UnitOfWork) -> tuple[Crew, Edition]:
    """What the office plans with now, its shifts as they begin within a day."""
    saved = work.staffing.current(PlanKind.CREW)
    crew = crew_of(saved.document) if saved else shipped()
    shifts = tuple(sorted(crew.shifts, key=lambda one: one.start))
    return replace(crew, shifts=shifts), edition(work, saved)


def roster_in(work: UnitOfWork, week: date) -> tuple[Roster, Edition]:
    """Who works when in that week."""
    saved = work.staffing.current(PlanKind.ROSTER, week)
    made = roster_of(week, saved.document) if saved else Roster(week=week)
    return made, edition(work, saved)


def patrol_in(work: UnitOfWork, week: date) -> tuple[Patrol, Edition]:
    """The rounds of that week."""
    saved = work.staffing.current(PlanKind.PATROL, week)
    made = patrol_of(week, saved.document) if saved else Patrol(week=week)
    return made, edition(work, saved)


def edition(work: UnitOfWork, saved: SavedPlan | None) -> Edition:
    """What is told of a version beside it."""
    if saved is None:
        return UNSAVED
    names = {one.uid: one.name for one in work.staff.all()}
    return Edition(
        id=saved.id,
        author=names.get(saved.author, ""),
        at=saved.at,
        can_undo=saved.before is not None and work.staffing.version(saved.before) is not None,
        number=len(work.staffing.versions(saved.kind, saved.week)),
    )


def crew(session: Session) -> tuple[Crew, Edition]:
    """What the office plans with now."""
    with session.reading(Permission.SEE_ORDERS) as work:
        return crew_in(work)


def save_crew(session: Session, made: Crew, shown: Edition) -> Changes:
    """The office plans with this from now on; RefusedError while something needs mending."""
    session.require(Permission.PLAN_SERVICE)
    found = staffing.crew_problems(made)
    if found:
        raise RefusedError(
            N_("This is not saved: {count} entries need mending."),
            N_("Mend the marked entries."),
            count=len(found),
            keys=tuple(one.key for one in found),
        )
    return _save(session, PlanKind.CREW, None, crew_document(made), shown)


def save_roster(session: Session, made: Roster, shown: Edition) -> Changes:
    """This is who works when in that week; `shown` is the version that was edited."""
    session.require(Permission.PLAN_SERVICE)
    days = frozenset(staffing.days_of(staffing.monday(made.week)))
    if any(day not in days for day, _shift in made.cells):
        raise RefusedError(N_("A day is not of this week."), N_("Reload the page."))
    return _save(session, PlanKind.ROSTER, made.week, roster_document(made), shown)


def undo(
    session: Session, kind: PlanKind, week: date | None = None, *, shown: Edition | None = None
) -> Changes:
    """The version before `shown` holds again; undoing once more goes one further back."""
    with session.writing(Permission.PLAN_SERVICE) as work:
        now = work.staffing.current(kind, week)
        if shown is not None:
            _require_shown(now, shown)
        back = now and now.before is not None and work.staffing.version(now.before)
        if not back:
            raise RefusedError(N_("There is nothing to take back."), N_("Reload the page."))
        work.staffing.save(kind, week, back.document, at=session.clock.now(), before=back.before)
        session.log(work, "staffing.undone", _target(kind, week))
        work.commit()
    return Changes.of(office.STAFFING)


def redo(
    session: Session, kind: PlanKind, week: date | None, version: int, shown: Edition
) -> Changes:
    """What undoing took back, as it was in `version`, holds once more and can be undone again."""
    with session.writing(Permission.PLAN_SERVICE) as work:
        _require_shown(work.staffing.current(kind, week), shown)
        again = work.staffing.version(version)
        if again is None or (again.kind, again.week) != (kind, week):
            raise RefusedError(N_("There is nothing to do again."), N_("Reload the page."))
        work.staffing.save(kind, week, again.document, at=session.clock.now(), before=again.before)
        session.log(work, "staffing.redone", _target(kind, week))
        work.commit()
    return Changes.of(office.STAFFING)


def handed_out(session: Session, kind: PlanKind, week: date, form: str) -> None:
    """That the plan leaves the program is in the log; call it before it does."""
    with session.writing(Permission.SEE_ORDERS) as work:
        session.log(work, "staffing.paper", _target(kind, week), row={"form": form})
        work.commit()


def _save(
    session: Session,
    kind: PlanKind,
    week: date | None,
    document: Mapping[str, Any],
    shown: Edition,
) -> Changes:
    with session.writing(Permission.PLAN_SERVICE) as work:
        save_in(session, work, kind, week, document, shown)
        work.commit()
    return Changes.of(office.STAFFING)


def save_in(
    session: Session,
    work: UnitOfWork,
    kind: PlanKind,
    week: date | None,
    document: Mapping[str, Any],
    shown: Edition,
) -> None:
    """This is the newest version, and in the log; ConflictError unless `shown` was the newest."""
    now = work.staffing.current(kind, week)
    _require_shown(now, shown)
    work.staffing.forget(session.clock.today() - KEPT)
    at, before = session.clock.now(), shown.id
    if before is None:  # the first change can be taken back too
        before = work.staffing.save(kind, week, _first(kind), at=at, before=None)
    work.staffing.save(kind, week, document, at=at, before=before)
    session.log(work, f"staffing.{kind.value}", _target(kind, week))


def _require_shown(now: SavedPlan | None, shown: Edition) -> None:
    if (now.id if now else None) != shown.id:
        raise ConflictError(
            N_("A colleague changed this meanwhile; your change is not saved."),
            N_("Look at what is there now, then change it again."),
        )


def _first(kind: PlanKind) -> Mapping[str, Any]:
    """What stood before anything was saved."""
    if kind is PlanKind.CREW:
        return crew_document(shipped())
    return {"cells": []} if kind is PlanKind.ROSTER else {"rounds": []}


def _target(kind: PlanKind, week: date | None) -> str:
    return f"{kind.value}:{week.isoformat()}" if week else kind.value
