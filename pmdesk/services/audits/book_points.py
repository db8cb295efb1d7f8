"""What is missing or overdue in the books: audits, incidents, drills, processors, rules."""

from collections.abc import Iterable, Mapping

from pmdesk.domain import assessments, entrusting, incidents, self_audits
from pmdesk.domain.incidents import Limit
from pmdesk.domain.points import Point, Weight
from pmdesk.domain.ports import UnitOfWork
from pmdesk.i18n import N_
from pmdesk.services import undertakings
from pmdesk.services.audits import self_audit
from pmdesk.services.records import books, policies
from pmdesk.services.records import incidents as incident_book
from pmdesk.services.records.incidents import Running
from pmdesk.services.records.record_kinds import kind
from pmdesk.services.session import Session

LEAVING, SECRECY = "leaving", "undertakings"
DRILL = "drill:"  # before the code of a scenario: the new record is a drill


def untold(session: Session, work: UnitOfWork) -> Iterable[Point]:
    """Incidents of which somebody still has to be told, with the hours that are left."""
    for one in incident_book.running(work):
        for limit in one.open:
            yield _limit(session, one, limit)


def unadopted(session: Session, work: UnitOfWork) -> Iterable[Point]:
    """Internal rules that nobody adopted yet; the next one is a press away."""
    del session
    missing = tuple(policies.missing(work))
    if missing:
        yield Point(
            weight=Weight.MUST,
            sentence=N_("Internal rules not adopted yet: {count}. Next: {name}"),
            places={"count": len(missing), "name": missing[0].title},
            tab=policies.KIND,
            subject=missing[0].code,
        )


def unaudited(session: Session, work: UnitOfWork) -> Iterable[Point]:
    """The yearly self-audit, and what the last one left open."""
    today = session.clock.today()
    if self_audit.is_due(work, today):
        yield Point(
            weight=Weight.MUST,
            sentence=N_("The self-audit is due: once a year, and after a serious incident"),
            tab=self_audits.KIND,
            subject="",
        )
    last = self_audit.last(work)
    for finding in last.open if last else ():
        late = finding.is_late(today)
        yield Point(
            weight=Weight.MUST if late else Weight.SOON,
            sentence=N_("To be mended by {owner} until {day} ({number}, question {item})"),
            places={
                "owner": finding.owner,
                "day": finding.due_on.isoformat() if finding.due_on else "—",
                "number": last.number if last else "",
                "item": finding.item.removeprefix("q").lstrip("0"),
            },
            tab=self_audits.KIND,
            record=last.record if last else None,
        )


def undrilled(session: Session, work: UnitOfWork) -> Iterable[Point]:
    """The contact list, and the yearly drill."""
    if not books.in_force(work, "plan"):
        yield Point(
            weight=Weight.MUST, sentence=N_("The emergency contacts are missing"), tab="plan"
        )
    if incidents.drill_due(incident_book.last_drill(work), session.clock.today()):
        first = incident_book.scenarios()[0]
        yield Point(
            weight=Weight.SOON,
            sentence=N_("The yearly incident drill is due: “{scenario}” for example"),
            places={"scenario": first.title},
            tab=incidents.KIND,
            subject=f"{DRILL}{first.code}",
        )


def unsupervised(session: Session, work: UnitOfWork) -> Iterable[Point]:
    """Processors: not looked at for a year, not named in the notice, given everything."""
    today = session.clock.today()
    for one in books.unchecked(work, today):
        yield Point(
            weight=Weight.SOON,
            sentence=N_("{number}: the yearly check of this processor is due"),
            places={"number": one.record.number},
            tab=entrusting.PROCESSOR,
            record=one.record.id,
        )
    for name in books.unnamed(work, today):
        yield Point(
            weight=Weight.MUST,
            sentence=N_("The notice of the contract does not name {name} yet: publish a new one"),
            places={"name": name},
            tab=entrusting.PROCESSOR,
        )
    for name in books.overloaded(work, today):
        yield Point(
            weight=Weight.MUST,
            sentence=N_("{name} was given all services: that is not allowed (Regulation 39)"),
            places={"name": name},
            tab=entrusting.PROCESSOR,
        )


def unreturned(session: Session, work: UnitOfWork) -> Iterable[Point]:
    """Colleagues whose account was disabled, without the checklist of their last day."""
    del session
    for staff in work.staff.all():
        if not staff.enabled and not work.records.all(LEAVING, staff.uid):
            yield Point(
                weight=Weight.SOON,
                sentence=N_("{name} has left: fill in the checklist, hand over the reminder"),
                places={"name": staff.name},
                tab=LEAVING,
                subject=staff.uid,
            )


def unsworn(session: Session, work: UnitOfWork) -> Iterable[Point]:
    """Colleagues without a valid confidentiality undertaking: how many, never who."""
    today = session.clock.today()
    staff = [one for one in work.staff.all() if one.enabled]
    count = sum(undertakings.held_until(work, one.uid, today) is None for one in staff)
    if count:
        yield Point(
            weight=Weight.SOON,
            sentence=N_("Accounts without a valid confidentiality undertaking: {count}"),
            places={"count": count},
            tab=SECRECY,
        )


def outgrown(session: Session, work: UnitOfWork) -> Iterable[Point]:
    """What an office of so many people may not or must do any more."""
    del session
    people = work.people.count()
    sentence = _OUTGROWN.get(assessments.size(people))
    if sentence:
        places = {"count": people}
        yield Point(weight=Weight.MUST, sentence=sentence, places=places, tab=assessments.KIND)


_OUTGROWN: Mapping[str, str] = {
    "no": N_("{count} people: no small processor any more, the short forms do not apply"),
    "officer": N_("{count} people: a responsible person has to be named and reported (PIPL 52)"),
}
URGENT = (untold,)  # hours count: these stand before everything else
SOURCES = (unadopted, unaudited, undrilled, unsupervised, unreturned, unsworn, outgrown)

_AT_ONCE = N_("{number}: {whom} must be told without delay")
_IN_TIME = N_("{number}: {whom} must be told, {hours} hours are left")
_TOO_LATE = N_("{number}: {whom} should have been told {hours} hours ago")


def _limit(session: Session, one: Running, limit: Limit) -> Point:
    left = limit.hours_left(session.clock.local())
    sentence = _AT_ONCE if left is None else _IN_TIME if left >= 0 else _TOO_LATE
    return Point(
        weight=Weight.MUST,
        sentence=sentence,
        places={
            "number": one.record.number,
            "whom": limit.whom,
            "hours": "" if left is None else f"{abs(left):.1f}",
        },
        tab=kind(one.record.kind).code,
        record=one.record.id,
    )
