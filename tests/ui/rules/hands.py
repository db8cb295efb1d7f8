"""What a hand does to the grid and what an eye sees there."""

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from pmdesk.ui.rules.edits import Output, column_of
from tests.ui.rules.starter import COLUMNS, table

WATER = COLUMNS["repair_need.water"]
POWER = COLUMNS["repair_need.electricity"]
MONTHS = COLUMNS["handover_date.months"]
TIER, REASON, LEGAL = (column_of(table(), o) for o in (Output.TIER, Output.REASON, Output.LEGAL))
LAST = len(table().rules) - 1
NONE, CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def here(bench):
    """The row and the column of the current cell."""
    return bench.grid.current.row(), bench.grid.current.column()


def board(text=None):
    """What the clipboard holds, after `text` was put there."""
    if text is not None:
        QGuiApplication.clipboard().setText(text)
    return QGuiApplication.clipboard().text()


def said(bench, row, column):
    """What a cell says."""
    return bench.model.index(row, column).data()


def editor(bench):
    """The line that is open in a cell."""
    lines = (
        line
        for part in (bench.grid.asked, bench.grid.given)
        for line in part.viewport().findChildren(QLineEdit)
    )
    return next((line for line in lines if line.isVisible()), None)


def dragged(part, start, end):
    """The mouse goes down on one section, over some points, and up on another."""
    view = part.viewport()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    for step in (start + QPoint(8, 8), end):
        moved(part, step)


def moved(part, at):
    """The mouse moves with its button down."""
    point = QPointF(at)
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        point,
        part.viewport().mapToGlobal(point),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton,
        NONE,
    )
    QApplication.sendEvent(part.viewport(), event)


def middle(head, section, after=1):
    """A point a little beyond the middle of a section."""
    along = head.sectionViewportPosition(section) + head.sectionSize(section) // 2 + after
    across = 10
    is_row = head.orientation() is Qt.Orientation.Vertical
    return QPoint(across, along) if is_row else QPoint(along, across)


def menu_event(part, spot):
    """The mouse asks for the menu there."""
    reason = QContextMenuEvent.Reason.Mouse
    return QContextMenuEvent(reason, spot, part.viewport().mapToGlobal(spot))
