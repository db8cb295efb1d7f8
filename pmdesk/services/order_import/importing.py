"""The import of past orders: read, choose what words mean, look at it, then all or nothing."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pmdesk.domain import office
from pmdesk.domain.office import Changes
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.ports.orders import OrderLine
from pmdesk.domain.progress import Progress
from pmdesk.domain.staff import Permission
from pmdesk.errors import ExchangeError
from pmdesk.i18n import N_
from pmdesk.services.exchange.examining import (
    Examined,
    examine,
    live_catalogue,
    opened,
    redirected,
)
from pmdesk.services.exchange.headers import Header, located
from pmdesk.services.exchange.importing import EVERY, Told, log_import
from pmdesk.services.exchange.sheet import Book
from pmdesk.services.exchange.vocabulary import Vocabulary
from pmdesk.services.order_import.columns import ORDERS, OrderTarget
from pmdesk.services.order_import.planned import Choices, Note, OrderPlan, ReadList
from pmdesk.services.order_import.reading import Wall, read_rows
from pmdesk.services.order_import.settling import Office, Settling
from pmdesk.services.orders import floor, retention
from pmdesk.services.refusal import screen
from pmdesk.services.session import Session

_GUESSED = Choices()


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderReport:
    """What an import entered; the rest is in the plan."""

    entered: int
    open: int
    known: int
    plan: OrderPlan


def examined(session: Session, source: Path | Book, known: Vocabulary = ORDERS) -> Examined:
    """The worksheet most like a list of orders, its columns and where each would lead."""
    return examine(session, source, known)


def is_usable(header: Header) -> bool:
    """Whether a row can become an order: there is a day on which it came."""
    return bool(header.indices(OrderTarget.RECEIVED))


def read(
    session: Session,
    source: Path | Book,
    mapping: Mapping[int, str] | None = None,
    *,
    known: Vocabulary = ORDERS,
    progress: Progress = lambda _done, _all: None,
) -> ReadList:
    """All rows of the file; `mapping` leads columns (from 0) to other targets. No write."""
    catalogue = live_catalogue(session)
    sheet, header = located(opened(source), catalogue, known=known)
    header = redirected(header, mapping or {}, tuple(OrderTarget))
    if not is_usable(header):
        raise ExchangeError(
            N_("The sheet has no column for the day on which an order came."),
            N_("Choose for each column what it holds, or name one 报修时间."),
        )
    reader = read_rows(sheet, header, _wall(session), lambda row: progress(row, 0))
    with session.reading(Permission.IMPORT) as work:
        buildings = frozenset(work.premises.buildings())
    return ReadList(
        sheet=sheet.name,
        header=header,
        orders=tuple(reader.orders),
        bad=tuple(reader.bad),
        duplicates=tuple(reader.duplicates),
        types=dict(reader.types.most_common()),
        buildings=dict(reader.buildings.most_common()),
        strange=tuple(b for b, _ in reader.buildings.most_common() if b and b not in buildings),
        known=buildings,
        tells_closing=reader.tells_closing,
    )


def planned(
    session: Session,
    listed: ReadList,
    choices: Choices = _GUESSED,
    *,
    progress: Progress = lambda _done, _all: None,
) -> OrderPlan:
    """What the list would bring with these choices. No write."""
    with session.reading(Permission.IMPORT) as work:
        settling = Settling(_office(session, work), listed, choices)
        entered_before = work.orders.sources()
    fresh = [row for row in listed.orders if row.source not in entered_before]
    known = [row for row in listed.orders if row.source in entered_before]
    settling.notes[Note.NO_NUMBER] += sum(Note.NO_NUMBER in row.notes for row in known)
    lines: list[OrderLine] = []
    for place, row in enumerate(fresh):
        line = settling.line(row)
        if line is not None:
            lines.append(line)
        if place % EVERY == 0:
            progress(place, len(fresh))
    days = [line.day for line in lines]
    used = Counter(line.order.spot.building for line in lines)
    return OrderPlan(
        sheet=listed.sheet,
        header=listed.header,
        lines=tuple(lines),
        bad=listed.bad,
        duplicates=listed.duplicates,
        known=len(known),
        left_out=len(fresh) - len(lines),
        open=sum(line.order.is_open for line in lines),
        first=min(days, default=None),
        last=max(days, default=None),
        notes=+settling.notes,
        new_buildings=tuple(sorted(b for b in used if b and b not in listed.known)),
    )


def enter(
    session: Session, plan: OrderPlan, *, progress: Progress = lambda _done, _all: None
) -> tuple[Changes, OrderReport]:
    """The planned orders are in the book, those that came there meanwhile only once.

    One transaction: what `progress` raises, and any fault, leaves nothing behind.
    """
    with session.writing(Permission.IMPORT) as work:
        known = work.orders.sources()
        fresh = [line for line in plan.lines if line.order.source not in known]
        count = work.orders.add_many(Told(progress, len(fresh)).each(fresh))
        if count:
            work.orders.record_import(count, at=session.clock.now(), by=session.staff.uid)
        report = OrderReport(
            entered=count,
            open=sum(line.order.is_open for line in fresh),
            known=plan.known + len(plan.lines) - len(fresh),
            plan=plan,
        )
        counts = {"entered": report.entered, "open": report.open, "known": report.known}
        log_import(session, work, "import.orders", "import:orders", plan, counts)
        work.commit()
    return Changes.of(office.ORDERS), report


def _wall(session: Session) -> Wall:
    """The clock on the wall; one offset for all years, as China has had since 1991."""
    local = session.clock.local()
    return Wall(now=local.replace(tzinfo=None), zone=local.tzinfo)


def _office(session: Session, work: UnitOfWork) -> Office:
    today = session.clock.today()
    complaints, others = retention.past(work, today)
    return Office(
        by=session.staff.uid,
        prefix=_prefix(work),
        wall=_wall(session),
        now=session.clock.now(),
        floor=floor.in_force(work, today).floor,
        lexicon=screen.lexicon(work),
        rooms=work.premises.rooms(),
        people=work.people.by_home(),
        colleagues={one.name: one.uid for one in work.staff.all()},
        complaints_since=complaints,
        orders_since=others,
    )


def _prefix(work: UnitOfWork) -> str:
    """Of the numbers: H-17; after a withdrawn import, whose numbers stay taken, H2-17."""
    withdrawn = sum(one.is_withdrawn for one in work.orders.imports())
    return f"H{withdrawn + 1}-" if withdrawn else "H-"
