"""One entry in full: its record as it was signed, and what it changed, on request."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from pmdesk.i18n import _
from pmdesk.services.log_book import Line, Values
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.label import label

_AS_HIGH = "2026 张"  # Chinese may be higher than what is told without it


class EntryCard(Card):
    """Its room is kept while no entry is chosen: the list beside it never moves under a click."""

    values_requested = Signal(int)  # number of the entry
    resident_requested = Signal(object)  # PersonId
    about_requested = Signal(str, str)  # words, target
    left = Signal()

    def __init__(self) -> None:
        super().__init__(_("Log entry"))
        self._line: Line | None = None
        self.note = Banner()
        self._facts = label(_AS_HIGH, wrap=True, select=True)
        self._raw = label(_AS_HIGH, "muted", wrap=True, select=True)
        self.values = button(_("Before and after…"), self._ask_values, picture="eye")
        self.same = button(_("All about this"), self._ask_about, picture="funnel")
        self.person = button(_("Open the resident"), self._ask_person, picture="user")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(24)
        self._holder = QWidget()
        self._holder.setLayout(self._grid)
        self.hint = label(_("Click an entry of the list: here it is shown in full."), "muted")
        self.hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._close = button(_("Close"), self._leave, look="quiet", picture="x")
        policy = self._close.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._close.setSizePolicy(policy)
        self.aside.addWidget(self._close)
        self._stack = QStackedLayout()
        self.body.addLayout(self._stack)  # first: what has no place yet flashes up as a window
        self._stack.addWidget(self.hint)
        self._stack.addWidget(self._whole())
        self.show_line(None)

    def _whole(self) -> QWidget:
        acts = QHBoxLayout()
        for act in (self.values, self.same, self.person):
            acts.addWidget(act)
        acts.addStretch(1)
        whole = QWidget()
        parts = QVBoxLayout(whole)
        parts.setContentsMargins(0, 0, 0, 0)
        parts.addWidget(self._facts)
        parts.addWidget(self._raw)
        parts.addLayout(acts)
        parts.addWidget(self.note)
        parts.addWidget(self._holder)
        return whole

    def show_line(self, line: Line | None) -> None:
        """The card is about this entry; without one it says how to choose one."""
        self._line = line
        self._clear()
        self._close.setVisible(line is not None)
        self._stack.setCurrentIndex(0 if line is None else 1)
        if line is None:
            return
        at = line.at.strftime("%Y-%m-%d %H:%M:%S")
        self._facts.setText(f"{at}  {line.who} ({line.role})  {line.what}  {line.about}")
        entry = line.entry
        raw = _("No. {seq} · {action} · {target} · {fields}").format(
            seq=f"{entry.seq:,}",
            action=entry.action,
            target=entry.target or "—",
            fields=line.fields or "—",
        )
        self._raw.setText(raw)
        self.same.setEnabled(bool(entry.target))
        self.person.setEnabled(line.person is not None)
        self.values.setEnabled(True)

    def show_values(self, found: Values) -> None:
        """What stood there before and after."""
        self._clear()
        if not (found.before or found.after):
            self.note.show_sentence(
                _("The log keeps no values of this act, or they were erased."), Tone.INFO
            )
            return
        titles = (_("Fields"), _("Stood there before"), _("Stood there after"))
        for column, title in enumerate(titles):
            self._grid.addWidget(label(title, "muted"), 0, column)
        for place, key in enumerate(dict.fromkeys((*found.before, *found.after)), 1):
            cells = (key, found.before.get(key, "—") or "—", found.after.get(key, "—") or "—")
            for column, cell in enumerate(cells):
                self._grid.addWidget(label(cell, wrap=True, select=True), place, column)
        self._grid.setColumnStretch(2, 1)
        self._holder.show()

    def _clear(self) -> None:
        self.note.show_sentence("")
        self._holder.hide()
        while (item := self._grid.takeAt(0)) is not None:
            if (part := item.widget()) is not None:
                part.deleteLater()

    def _leave(self) -> None:
        self.show_line(None)
        self.left.emit()

    def _ask_values(self) -> None:
        if self._line is not None:
            self.values_requested.emit(self._line.entry.seq)

    def _ask_about(self) -> None:
        if self._line is not None:
            self.about_requested.emit(self._line.about, self._line.entry.target)

    def _ask_person(self) -> None:
        if self._line is not None and self._line.person is not None:
            self.resident_requested.emit(self._line.person)
