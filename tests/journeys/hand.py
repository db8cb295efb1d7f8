"""What a person at the desk can do: look at the window, click, type, sign, wait. Nothing else.

Clicks and keys go to the window, as the window system would send them: what is covered, scrolled
away or disabled cannot be used here either. A wait that takes too long ends the program, with a
picture and the words on the screen, also from inside a question that holds everything up.
"""

import os
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QRadioButton,
    QTabBar,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

PATIENCE = 10.0  # seconds
TICK_MS = 10
SHOTS = "PMDESK_SHOTS"  # a folder; pictures are taken only when it is named
_LEFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


class Hand:
    """Eyes and hands on the one window that is in front."""

    def __init__(self, app):
        self.notes: dict[str, int] = {}  # what was seen and is compared later
        self.file: Path | None = None  # what is chosen when a file is asked for
        self.answered = True
        self._app = app
        self._folder = os.environ.get(SHOTS)
        self._taken = 0
        self._poll = QTimer()
        self._poll.setInterval(TICK_MS)

    # ---- looking ---------------------------------------------------------------------------

    @property
    def window(self):
        """The window in front: a question, or the program itself."""
        asked = QApplication.activeModalWidget()
        shown = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
        return asked or QApplication.activeWindow() or next(iter(shown), None)

    def all(self, name, inside=None):
        """The visible widgets of that object name, accessible name or text."""
        root = inside or self.window
        found = root.findChildren(QWidget) if root else []
        return [one for one in found if one.isVisible() and name in _names(one)]

    def find(self, name, inside=None):
        """The first of them, once it is there."""
        return self.until(f"“{name}”", lambda: self.all(name, inside))[0]

    def words(self, inside=None):
        """Everything that can be read in the window."""
        root = inside or self.window
        seen = root.findChildren(QWidget) if root else []
        return [text for one in seen if one.isVisible() for text in _names(one) if text]

    def says(self, text, inside=None):
        """Whether the window shows this."""
        return any(text in line for line in self.words(inside))

    def reads(self, text, inside=None):
        """The window shows this, sooner or later."""
        self.until(f"the words “{text}”", lambda: self.says(text, inside))

    def is_at(self, name):
        """Whether the cursor stands in the widget of that name."""
        here = QApplication.focusWidget()
        return here is not None and name in _names(here)

    def lines(self, view):
        """The rows of a table as they are shown."""
        model = view.model()
        return [
            tuple(
                str(model.index(row, column).data() or "") for column in range(model.columnCount())
            )
            for row in range(model.rowCount())
        ]

    def line(self, view, text):
        """The place of the row that shows `text`, once there is one."""
        return self.until(f"a row “{text}”", lambda: _rows(self.lines(view), text))[0]

    def picture(self, name):
        """A picture of the whole screen, if pictures are wanted."""
        if self._folder:
            self._app.processEvents()
            self._taken += 1
            path = Path(self._folder, f"journey-{self._taken:02}-{name}.png")
            self._app.primaryScreen().grabWindow(0).save(str(path))

    # ---- waiting ---------------------------------------------------------------------------

    def until(self, what, check):
        """What `check` answers, once it is true; the program goes on meanwhile."""
        loop, late = QEventLoop(), time.monotonic() + PATIENCE
        seen: list[Any] = [check()]

        def look():
            seen[0] = seen[0] or check()
            if seen[0]:
                loop.quit()
            elif time.monotonic() > late:
                self.give_up(f"waited in vain for {what}")

        if not seen[0]:
            self._poll.timeout.connect(look)
            self._poll.start()
            loop.exec()
            self._poll.timeout.disconnect(look)
        return seen[0]

    def give_up(self, sentence):
        """The journey has failed."""
        self.picture("failed")
        sys.stderr.write("\n".join(["The window shows:", *self.words(), sentence, ""]))
        sys.stderr.flush()
        os._exit(1)

    # ---- acting ----------------------------------------------------------------------------

    def click(self, target, inside=None):
        """The mouse has pressed this: a widget, or what `find` finds under the name."""
        widget = self.find(target, inside) if isinstance(target, str) else target
        try:
            self.until("it to be usable", widget.isEnabled)
            self._click_at(widget, lambda: _spot(widget))
        except RuntimeError:
            if isValid(widget) or not isinstance(target, str):
                raise
            self.click(target, inside)  # the page was read anew meanwhile and shows another one

    def click_cell(self, view, row, column):
        """The mouse has pressed a cell of the table."""
        index = view.model().index(row, column)
        self.until("the cell to be laid out", lambda: view.visualRect(index).isValid())
        self._click_at(view.viewport(), lambda: view.visualRect(index).center())

    def turn_to(self, words):
        """The mouse has pressed the tab with these words."""
        bar, place = self.until(f"a tab “{words}”", lambda: self._tab(words))
        self._click_at(bar, lambda: bar.tabRect(place).center())

    def choose(self, target, *words):
        """The menu of the button was opened; these entries of it and its submenus were clicked."""
        self.click(target)
        for one in words:
            menu, entry = self.until(f"the entry “{one}”", partial(_entry, one))
            self.picture("menu")
            QTest.mouseClick(menu.windowHandle(), *_LEFT, menu.actionGeometry(entry).center())

    def press(self, keys):
        """These keys were pressed, such as Ctrl+S."""
        self._come_to_front()
        pressed = QKeySequence(keys)[0]  # type: ignore[index]  # the stub lacks it
        QTest.keyClick(self.window.windowHandle(), pressed.key(), pressed.keyboardModifiers())

    def type(self, text):
        """The text was typed where the cursor stands."""
        self._find_cursor()
        if (line := QApplication.focusWidget()) is not None:
            QTest.keyClicks(line, text)

    def compose(self, text, letters):
        """The text was entered with an input method, out of these letters."""
        self._find_cursor()
        for count in range(1, len(letters) + 1):
            self._app.sendEvent(QApplication.focusObject(), QInputMethodEvent(letters[:count], []))
        done = QInputMethodEvent()
        done.setCommitString(text)
        self._app.sendEvent(QApplication.focusObject(), done)

    def draw(self, widget, places):
        """One stroke with the mouse; `places` are hundredths of the widget's sides."""
        self._bring(widget, widget.rect().center)
        window = widget.window()
        width, height = widget.width(), widget.height()
        points = [
            widget.mapTo(window, QPoint(x * width // 100, y * height // 100)) for x, y in places
        ]
        handle = window.windowHandle()
        QTest.mousePress(handle, *_LEFT, points[0])
        for point in points:
            QTest.mouseMove(handle, point)
        QTest.mouseRelease(handle, *_LEFT, points[-1])

    def answer(self, words):
        """The next question will be answered with this button; `answered` tells when it was."""
        self.answered = False

        def look():
            box = QApplication.activeModalWidget()
            if box is not None and box.isVisible() and (found := self.all(words, box)):
                self._poll.timeout.disconnect(look)
                self.picture("question")
                self.click(found[0])
                self.answered = True

        self._poll.timeout.connect(look)
        self._poll.start()

    def _tab(self, words):
        for bar in self.window.findChildren(QTabBar):
            texts = [bar.tabText(at) for at in range(bar.count())]
            if bar.isVisible() and words in texts:
                return bar, texts.index(words)
        return None

    def _come_to_front(self):
        """The window has the keyboard: a bare screen has no window manager that would see to it."""
        if not self.window.isActiveWindow():
            self.window.activateWindow()
            self.until("the keyboard", lambda: self.window.isActiveWindow())

    def _find_cursor(self):
        self._come_to_front()
        self.until("a cursor", lambda: QApplication.focusObject() is not None)

    def _click_at(self, widget, spot):
        self._come_to_front()
        self._bring(widget, spot)
        window = widget.window()
        place = widget.mapTo(window, spot())
        hit = window.childAt(place)
        if hit is None or not (hit is widget or widget.isAncestorOf(hit)):
            self.give_up(f"{_names(widget)} is covered by {hit and _names(hit)}")
        QTest.mouseClick(window.windowHandle(), *_LEFT, place)

    def _bring(self, widget, spot):
        """The wheel was turned until the spot is in sight."""
        self.until("the window to be laid out", lambda: widget.width() > 0)
        late = time.monotonic() + PATIENCE
        while not widget.visibleRegion().contains(spot()):
            if time.monotonic() > late:
                self.give_up(f"{_names(widget)} cannot be brought into sight")
            area = _hiding(widget, spot())
            if area is None:
                self._app.processEvents()
                continue
            port = area.viewport()
            at = port.mapTo(widget.window(), QPoint(6, port.height() // 2))
            turn = _turn(port.rect(), widget.mapTo(port, spot()))
            QTest.wheelEvent(widget.window().windowHandle(), at, turn)
            self._app.processEvents()


def _entry(words):
    """The entry of the open menu with these words, and the menu."""
    menu = QApplication.activePopupWidget()
    entries = menu.actions() if isinstance(menu, QMenu) else []
    return next(((menu, one) for one in entries if one.isEnabled() and one.text() == words), None)


def _hiding(widget, spot):
    """The scroll area in which the spot lies out of sight."""
    parent = widget
    while parent is not None:
        area = parent.parentWidget()
        is_port = isinstance(area, QAbstractScrollArea) and area.viewport() is parent
        if is_port and not parent.rect().contains(widget.mapTo(parent, spot)):
            return area
        parent = area
    return None


def _turn(seen, place):
    """How the wheel is turned to see the place: sideways where it lies beside what is seen."""
    if seen.top() <= place.y() <= seen.bottom():
        return QPoint(60 if place.x() < seen.left() else -60, 0)
    return QPoint(0, 60 if place.y() < seen.top() else -60)


def _spot(widget):
    middle = widget.rect().center()
    if isinstance(widget, (QCheckBox, QRadioButton)):
        return QPoint(widget.height() // 2, middle.y())
    return middle


def _names(widget):
    names = {widget.objectName(), widget.accessibleName()}
    if isinstance(widget, (QAbstractButton, QLabel, QLineEdit)):
        names.add(widget.text())
    elif isinstance(widget, QComboBox):
        names.add(widget.currentText())
    elif isinstance(widget, QTextEdit):
        names.add(widget.toPlainText())
    elif isinstance(widget, QAbstractItemView):
        names.discard("")
    return names


def _rows(lines, text):
    return [at for at, line in enumerate(lines) if any(text in cell for cell in line)]
