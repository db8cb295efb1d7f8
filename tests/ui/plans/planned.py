"""What tests of the plans page share: cells, typing, and versions in force."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from pmdesk.domain.orders.plan_draft import CONTRACT, Line, PlanCell, drafted
from pmdesk.domain.orders.plan_reading import Aspect
from pmdesk.services.orders import floor
from pmdesk.services.plans import desk

BASE = floor.shipped()
OWNERS = "2026-02-01 业主大会第 3 号决议"


def cell(tier, aspect, of="repair"):
    """A cell of the grid."""
    return PlanCell(tier, Line(aspect, of))


ANSWER = cell("care", Aspect.RESPOND)
VISITS = cell("care", Aspect.VISITS)
WAYS = cell("care", Aspect.WAYS)
DONE = cell("care", Aspect.DONE, "normal")
NORMAL = cell(CONTRACT, Aspect.DONE, "normal")


def write(qtbot, page, where, text, end=Qt.Key.Key_Return):
    """Somebody goes to the cell, types, and ends with that key."""
    grid = page.bench.grid
    grid.go(where)
    qtbot.keyClicks(grid, text[0])
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    qtbot.keyClicks(line, text[1:])
    qtbot.keyClick(line, end)


def published(office, entries):
    """Those entries are in force."""
    session = office.session("manager")
    newest = floor.versions(session)[0]
    draft = drafted(newest)
    for where, text in entries:
        draft = draft.entered(where, text)
    desk.publish(session, draft, newest, OWNERS)


def choose(page, first, last):
    """Those cells and all between them are chosen."""
    grid, plans = page.bench.grid, page.bench.model
    grid.go(first)
    grid.selectionModel().select(
        grid.selectionModel().selection().__class__(plans.index_of(first), plans.index_of(last)),
        grid.selectionModel().SelectionFlag.ClearAndSelect,
    )
