"""A list that is too large to leave at once: the sentence, the request, and its state."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from pmdesk.domain.export_guard import SHORTEST_REASON, ExportRequest, Stage
from pmdesk.i18n import _
from pmdesk.services.export_guard import Shown, Sizing
from pmdesk.services.session import Session
from pmdesk.ui.exports.errand_form import named
from pmdesk.ui.exports.request_line import RequestLine
from pmdesk.ui.exports.words import held_words
from pmdesk.ui.forms.line import PinyinEdit
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.flow import FlowLayout
from pmdesk.ui.widgets.visibility import set_shown

Ways = Callable[[ExportRequest], Sequence[QPushButton]]


class GuardPanel(QWidget):
    """Hidden while the list is small and nothing was asked for."""

    asked = Signal(str)  # the reason
    withdrawn = Signal(object)  # ExportRequestId
    due = Signal()  # an hour of waiting is over

    def __init__(self, session: Session, ways: Ways) -> None:
        """`ways` makes the buttons by which a ready list is fetched."""
        super().__init__()
        self._session, self._ways = session, ways
        self.held = Banner()
        self.reason = PinyinEdit(_("Why so many? Do not write names here"))
        self.reason.setAccessibleName(_("Why this list is needed"))
        self.ask = button(_("Ask for approval"), self._ask, look="primary")
        self.lines: list[RequestLine] = []
        self._form = QWidget()
        self._form.setLayout(FlowLayout(10))
        self._list = QVBoxLayout()
        self._wake = QTimer(self)
        self._wake.setSingleShot(True)
        self._wake.timeout.connect(self.due)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self._why = named(_("Why this list is needed"), self.reason)
        for part in (self.held, self._why, self._form):
            column.addWidget(part)
        column.addLayout(self._list)
        form = self._form.layout()
        if form is not None:
            form.addWidget(self.ask)
        self.reason.textChanged.connect(lambda _text: self._enable())
        self.reason.returnPressed.connect(self._ask)
        self.show_guard(None, ())

    def show_guard(self, size: Sizing | None, requests: Sequence[Shown], wanted: str = "") -> None:
        """The list is that large; these are the user's own requests.

        Whoever has an open request for the list `wanted` (its fingerprint) is not asked again.
        """
        is_large = size is not None and size.is_large
        words = held_words(size) if size is not None and size.is_large else ""
        self.held.show_sentence(words, Tone.WARN)
        is_asked = any(one.stage.is_open and one.request.fingerprint == wanted for one in requests)
        for part in (self._why, self._form):
            set_shown(part, is_large and not is_asked)
        self._fill(requests)
        set_shown(self, is_large or bool(requests))
        self._enable()
        self._sleep(requests)

    def _fill(self, requests: Sequence[Shown]) -> None:
        for old in self.lines:
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()
        now = self._session.clock.local()
        self.lines = [RequestLine(one, now, self._buttons(one)) for one in requests]
        for line in self.lines:
            self._list.addWidget(line)

    def _buttons(self, one: Shown) -> Sequence[QPushButton]:
        if not one.stage.is_open:
            return ()
        ways = tuple(self._ways(one.request)) if one.stage is Stage.READY else ()
        back = button(
            _("Take the request back"), lambda: self.withdrawn.emit(one.request.id), look="quiet"
        )
        return (*ways, back)

    def _ask(self) -> None:
        if self.ask.isEnabled():
            self.asked.emit(self.reason.text().strip())

    def _enable(self) -> None:
        self.ask.setEnabled(len(self.reason.text().strip()) >= SHORTEST_REASON)

    def _sleep(self, requests: Sequence[Shown]) -> None:
        """When the next hour is over, whoever shows the panel reads it anew."""
        now = self._session.clock.now()
        ends = [
            one.waits_until - now
            for one in requests
            if one.stage is Stage.COOLING and one.waits_until is not None
        ]
        self._wake.stop()
        if ends:
            self._wake.start(max(min(ends), timedelta(seconds=1)) // timedelta(milliseconds=1))
