"""Reading a course: one short section after the other, then its test."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from pmdesk.domain.training import Course
from pmdesk.i18n import _, said
from pmdesk.ui.training.sheet import lay_out
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.keys import Keys
from pmdesk.ui.widgets.label import label


class Reader(QWidget):
    """Enter or the right arrow leads on, the left arrow back, Esc to the courses."""

    test_requested = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.course: Course | None = None
        self.at = 0
        self.place = label("", "muted")
        self.title = label("", "heading", wrap=True)
        self.text = label("", wrap=True, select=True)
        self.leaver = button(_("All courses"), self.left.emit, look="quiet", tip="Esc")
        self.back = button(
            _("Previous section"), lambda: self.turn(-1), picture="chevron-left", tip="←"
        )
        self.on = button(_("Next section"), lambda: self.turn(1), look="primary", tip="→")
        card = Card()
        for widget in (self.place, self.title, self.text):
            card.add(widget)
        lay_out(self, card, self.leaver, self.back, self.on)
        Keys(
            self,
            {
                "Return": lambda: self.turn(1),
                "Right": lambda: self.turn(1),
                "Left": lambda: self.turn(-1),
                "Esc": self.left.emit,
            },
        )

    def start(self, course: Course) -> None:
        """The course is read from its first section on."""
        self.course, self.at = course, 0
        self._show()

    def turn(self, step: int) -> None:
        """The section after or before; after the last one the test is asked for."""
        if self.course is None:
            return
        if self.at + step >= len(self.course.sections):
            self.test_requested.emit(self.course.code)
            return
        self.at = max(self.at + step, 0)
        self._show()

    def _show(self) -> None:
        if self.course is None:
            return
        count = len(self.course.sections)
        section = self.course.sections[self.at]
        self.place.setText(
            _("{course} · section {number} of {count}").format(
                course=said(self.course.title), number=self.at + 1, count=count
            )
        )
        self.title.setText(said(section.title))
        self.text.setText("\n\n".join(said(section.text).splitlines()))
        self.back.setEnabled(self.at > 0)
        last = self.at == count - 1
        self.on.setText(_("Take the test") if last else _("Next section"))
        self.setAccessibleName(self.place.text())
        self.setAccessibleDescription(f"{self.title.text()}\n{self.text.text()}")
        self.setFocus()
