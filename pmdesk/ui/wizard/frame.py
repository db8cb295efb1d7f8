"""The frame of a wizard: where one is, the step itself, and the buttons below it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from pmdesk.i18n import _
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.steps import StepBar
from pmdesk.ui.wizard.steps import Step


class StepsFrame(QWidget):
    """One question at a time; what the buttons do is for whoever has a frame to say."""

    def __init__(self, titles: Sequence[str], working: QWidget) -> None:
        super().__init__()
        self.setProperty("look", "page")
        self._titles = tuple(titles)
        self.steps: list[Step] = []
        self.bar = StepBar(self._titles)
        self.title = label(self._titles[0], "title")
        self.stack = QStackedWidget()
        self.note = label("", "muted", wrap=True)
        self.leave = button(_("Cancel"), lambda: self.abandon(), look="quiet")
        self.back = button(_("Back"), lambda: self.show_step(self.at - 1))
        self.go = button(_("Next"), lambda: self.go_on(), look="primary")
        self.go.setObjectName("next")
        self._arrange(working)

    @property
    def at(self) -> int:
        """Which step is shown."""
        return self.stack.currentIndex()

    def abandon(self) -> None:
        """The user leaves."""

    def go_on(self) -> None:
        """The user is done with the step that is shown."""

    def follow(self) -> None:
        """The buttons are as free as the steps and the work allow."""

    def words(self, at: int) -> str:
        """What the button says that leads on from that step."""
        del at
        return _("Next")

    def show_step(self, at: int) -> None:
        """The step is shown, with the cursor in it."""
        self.stack.setCurrentIndex(at)
        self.bar.show_step(at)
        self.title.setText(self._titles[at])
        self.go.setText(self.words(at))
        self.follow()
        self.steps[at].setFocus()

    def add_step(self, step: Step, at: int = -1) -> None:
        """The step can be shown; a long one scrolls."""
        area = QScrollArea()
        area.setWidgetResizable(True)
        step.setProperty("look", "clear")
        area.setWidget(step)
        area.setFocusProxy(step)
        self.stack.insertWidget(at, area)
        step.changed.connect(self.follow)
        step.changed.connect(lambda: _show_cursor(area))

    def put_step(self, at: int, step: Step) -> None:
        """The step takes the place of the one that stood there."""
        before = self.stack.widget(at)
        if before is not None:
            self.stack.removeWidget(before)
            before.setParent(None)
            before.deleteLater()
        self.steps[at] = step
        self.add_step(step, at)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, or presses the button that has the cursor."""
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)
            return
        focused = QApplication.focusWidget()
        pressed = focused if isinstance(focused, QPushButton) else self.go
        pressed.click()  # does nothing while it is disabled

    def _arrange(self, working: QWidget) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for part in (self.leave, self.back):
            foot.addWidget(part)
        foot.addWidget(self.note, 1, Qt.AlignmentFlag.AlignVCenter)
        foot.addWidget(self.go)
        card = Card(margin=28)
        card.add(self.bar)
        card.add(self.title)
        card.add(self.stack, 1)
        card.add(working)
        card.body.addLayout(foot)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(36, 32, 36, 32)
        outer.addWidget(card)


def _show_cursor(area: QScrollArea) -> None:
    """Where the user types is in sight, also when the text is large and the window small."""
    typing = QApplication.focusWidget()
    if typing is not None and area.isAncestorOf(typing):
        area.ensureWidgetVisible(typing)
