"""The courses as cards: what each is about, how one stands with it, and what can be done."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pmdesk.domain.training import Standing
from pmdesk.i18n import _, said
from pmdesk.services.training import Learning
from pmdesk.ui.training.words import badge, until
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.columns import Columns
from pmdesk.ui.widgets.flow import FlowLayout
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.pill import Pill
from pmdesk.ui.widgets.visibility import set_shown

_WIDE = 300
_COUNTS = (Standing.VALID, Standing.ENDING)


class CourseCards(QWidget):
    """Courses of the role first; `show_courses` keeps nothing of what was shown before."""

    read_requested = Signal(str)
    test_requested = Signal(str)
    paper_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.cards: dict[str, CourseCard] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)

    def show_courses(self, found: Sequence[Learning]) -> None:
        """One card for each course."""
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        first = next((one for one in found if one.is_due), None)
        self.cards = {one.course.code: CourseCard(one, first=one is first) for one in found}
        for card in self.cards.values():
            card.read.clicked.connect(
                lambda _on=False, code=card.code: self.read_requested.emit(code)
            )
            card.test.clicked.connect(
                lambda _on=False, code=card.code: self.test_requested.emit(code)
            )
            card.paper.clicked.connect(
                lambda _on=False, code=card.code: self.paper_requested.emit(code)
            )
        mine = [self.cards[one.course.code] for one in found if one.required]
        others = [self.cards[one.course.code] for one in found if not one.required]
        self._column.addWidget(Columns(mine, least=_WIDE))
        if others:
            self._column.addWidget(label(_("Further courses"), "heading"))
            self._column.addWidget(Columns(others, least=_WIDE))
        self._column.addStretch(1)


class CourseCard(Card):
    """Title, state, one sentence, and the buttons."""

    def __init__(self, learning: Learning, *, first: bool = False) -> None:
        super().__init__()
        course, status = learning.course, learning.status
        self.code = course.code
        title = said(course.title)
        self.pill = Pill(badge(learning))
        self.read = button(_("Read"), look="primary" if first else "", picture="book-open")
        self.test = button(_("Test only"), look="quiet")
        self.paper = button(_("Certificate…"), look="quiet", picture="download")
        for made in (self.read, self.test, self.paper):
            made.setAccessibleName(f"{title}: {made.text()}")
        set_shown(self.paper, status.standing in _COUNTS)
        self.setAccessibleName(f"{title} {self.pill.badge.words}")
        head = QWidget()
        flow = FlowLayout(10)
        flow.addWidget(label(title, "heading"))
        flow.addWidget(self.pill)
        head.setLayout(flow)
        self.add(head)
        self.add(label(said(course.summary), wrap=True))
        facts = _("{minutes} minutes · version {version}").format(
            minutes=course.minutes, version=course.version
        )
        days = until(status) if learning.required or status.certificate else ""
        self.add(label(_("; ").join(part for part in (days, facts) if part), "muted", wrap=True))
        self.body.addStretch(1)
        buttons = QWidget()
        row = FlowLayout(8)
        for made in (self.read, self.test, self.paper):
            row.addWidget(made)
        buttons.setLayout(row)
        self.add(buttons)
