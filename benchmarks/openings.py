"""Steps of `beat.py`: everything that is built the first time somebody looks at it."""

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from pmdesk.app.room import Room
from pmdesk.domain.assessments import KIND as ASSESSMENT
from pmdesk.domain.orders.order import Deed, Move
from pmdesk.services.records import record_desk
from pmdesk.ui.help import HelpOverlay
from pmdesk.ui.pages.charts import ChartsPage
from pmdesk.ui.pages.orders import OrdersPage
from pmdesk.ui.pages.records import RecordsPage
from pmdesk.ui.pages.staffing import StaffingPage
from pmdesk.ui.pages.watch import WatchPage
from pmdesk.ui.records.panel import RecordPanel
from pmdesk.ui.staffing.roster_panel import RosterPanel

Step = tuple[str, Callable[[], object]]
_SEEN_MS = 400  # until a dialog is closed again


def over_pages(room: Room) -> Iterator[Step]:
    """Every page that this role sees, and every part of one that the search leads to."""
    for spec in room.main.pages:
        yield f"first: {spec.key}", partial(room.main.open_page, spec.key)
        may = room.entered.session.staff.may
        for part in spec.parts():
            if part.permission is None or may(part.permission):
                yield f"first: {spec.key}, {part.key}", partial(_part, room, spec.key, part.key)


def over_dialogs(room: Room) -> Iterator[Step]:
    """What lies over the pages: forms, one order and its steps, dialogs, previews."""
    main = room.main
    yield "first: list of keys", main.show_help
    yield "first: keys closed", _closed
    for name, asks in (("manual", main.manual_requested), ("passphrase", main.password_requested)):
        yield f"first: {name}", asks.emit
        yield f"first: {name} closed", _closed
    yield "first: somebody new", room.navigator.register
    yield from _over_an_order(room)
    yield from _over_the_watch(room)
    yield from _over_the_roster(room)
    yield from _over_a_record(room)
    charts = main.page_of("charts")
    if isinstance(charts, ChartsPage):
        yield "first: charts again", partial(main.open_page, "charts")
        card = next(iter(charts.cards.values()))
        yield "first: preview of a chart", partial(_briefly, card.print_requested.emit, card.key)


def _over_an_order(room: Room) -> Iterator[Step]:
    page = room.main.page_of("orders")
    if not isinstance(page, OrdersPage):
        return
    yield "first: orders again", partial(room.main.open_page, "orders")
    yield "first: Ctrl+N", page.start_order
    lines = [line for column in page.board.columns for line in column.cards.table.rows]
    yield "first: one order", partial(page.show_order, lines[0].id)
    for task in (Move.ASSIGN, Move.WAIT, Move.MERGE, Deed.CALLED_BACK):
        yield f"first: order, {task.value}", partial(page.start_task, lines[0], task)
    if page.detail.detail is not None:
        order = page.detail.detail.order
        yield "first: order put right", partial(page.detail.amend.start, order)
    yield "first: work sheet", partial(_briefly, page.detail.papers.print, lines[0])
    yield "first: order closed", page.close_order


def _over_the_watch(room: Room) -> Iterator[Step]:
    page = room.main.page_of("watch")
    if isinstance(page, WatchPage):
        yield "first: watch again", partial(room.main.open_page, "watch")
        yield "first: a measure", page.measures.plan
        yield "first: measure closed", _closed


def _over_the_roster(room: Room) -> Iterator[Step]:
    page = room.main.page_of("staffing")
    if not isinstance(page, StaffingPage):
        return
    yield "first: staffing again", partial(room.main.open_page, "staffing")
    yield "first: holidays", page.open_days
    yield "first: holidays closed", _closed
    yield "first: the shifts", partial(page.open_tab, 1)
    panel = page.panel
    if isinstance(panel, RosterPanel):
        yield "first: who works", panel.open_crew
        yield "first: crew closed", _closed
        cell = next(iter(panel.board.wanted(panel.careful)), None) if panel.board else None
        if cell is not None:
            yield "first: a shift", partial(panel.choose_hands, cell)
            yield "first: shift closed", _closed


def _over_a_record(room: Room) -> Iterator[Step]:
    page = room.main.page_of("records")
    if not isinstance(page, RecordsPage):
        return
    yield "first: records again", partial(room.main.open_page, "records")
    lines = record_desk.lines(room.entered.session, ASSESSMENT)
    if lines:
        yield "first: a record", partial(page.open_record, ASSESSMENT, lines[0].record.id)
    for part in page.parts():
        panel = page.open_tab(part.key)
        if isinstance(panel, RecordPanel) and part.key != ASSESSMENT:
            yield f"first: new record, {part.key}", panel.begin


def _part(room: Room, key: str, part: str) -> None:
    room.main.open_page(key)
    room.main.page_of(key).open_part(part)  # type: ignore[attr-defined]  # it names its parts


def _briefly(act: Callable[..., object], *given: object) -> None:
    """What asks and waits, at once or once it was read, is answered with going back."""
    closer = QTimer(QApplication.instance(), interval=_SEEN_MS)

    def close() -> None:
        if QApplication.activeModalWidget() is not None:
            closer.deleteLater()
            _closed()

    closer.timeout.connect(close)
    closer.start()
    act(*given)


def _closed() -> None:
    for one in QApplication.allWidgets():
        if one.isVisible() and (isinstance(one, HelpOverlay) or (one.isWindow() and one.isModal())):
            one.close()
