"""What is missing or overdue among the records: the strip above them and the home page say it."""

from collections.abc import Callable, Iterable, Mapping

from pmdesk.domain.assessments import KIND
from pmdesk.domain.points import Point, Weight
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.staff import Permission
from pmdesk.i18n import N_
from pmdesk.services import export_guard
from pmdesk.services.audits import book_points
from pmdesk.services.records import assessments, record_desk
from pmdesk.services.records.record_kinds import kind
from pmdesk.services.session import Session

Source = Callable[[Session, UnitOfWork], Iterable[Point]]


def points(session: Session) -> tuple[Point, ...]:
    """Running hours, then colleagues who wait for this user, then what is missing or overdue."""
    with session.reading(Permission.SEE_RECORDS) as work:
        urgent = [point for source in book_points.URGENT for point in source(session, work)]
        found = [point for source in SOURCES for point in source(session, work)]
    return (*urgent, *sorted(found, key=lambda point: tuple(Weight).index(point.weight)))


def waiting(session: Session, work: UnitOfWork) -> Iterable[Point]:
    """Records that this user may decide on now."""
    for record in work.records.all():
        if record_desk.is_decidable(session, work, record):
            yield Point(
                weight=Weight.ASKED,
                sentence=N_("{kind} {number} waits for your decision"),
                places={"kind": kind(record.kind).title, "number": record.number},
                tab=record.kind,
                record=record.id,
            )


def unassessed(session: Session, work: UnitOfWork) -> Iterable[Point]:
    """Processing that needs an impact assessment and has none, or an old one."""
    for need in assessments.needs(session, work):
        found = need.assessed
        if found.state is assessments.State.VALID:
            continue
        yield Point(
            weight=Weight.SOON if found.is_valid else Weight.MUST,
            sentence=_ASSESSMENT[found.state],
            places={"what": need.what, "day": found.due.isoformat() if found.due else ""},
            tab=KIND,
            record=found.record,
            subject=found.subject,
        )


_ASSESSMENT: Mapping[assessments.State, str] = {
    assessments.State.NONE: N_("No impact assessment yet: {what}"),
    assessments.State.DRAFT: N_("The impact assessment is a draft: {what}"),
    assessments.State.WAITING: N_("The impact assessment waits for approval: {what}"),
    assessments.State.REJECTED: N_("The impact assessment was sent back: {what}"),
    assessments.State.FORBIDDEN: N_("The impact assessment says it must not begin yet: {what}"),
    assessments.State.LAPSED: N_("The impact assessment is older than its review date: {what}"),
    assessments.State.DUE: N_("The impact assessment is due for review on {day}: {what}"),
}

SOURCES: tuple[Source, ...] = (
    export_guard.points,
    waiting,
    unassessed,
    *book_points.SOURCES,
)
