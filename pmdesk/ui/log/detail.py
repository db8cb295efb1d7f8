"""One entry in full: its record as it was signed, and what it changed, on request."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from pmdesk.i18n import _
from pmdesk.services.log_book import Line, Values
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.label import label


class EntryCard(Card):
    """Hidden until an entry is chosen."""

    values_requested = Signal(int)  # number of the entry
    resident_requested = Signal(object)  # PersonId
    about_requested = Signal(str, str)  # words, target

    def __init__(self) -> None:
        super().__init__(_("Log entry"))
        self._line: Line | None = None
        self.note = Banner()
        self._facts = label("", wrap=True, select=True)
        self._raw = label("", "muted", wrap=True, select=True)
        self.values = button(_("Before and after…"), self._ask_values, picture="eye")
        self.same = button(_("All about this"), self._ask_about, picture="funnel")
        self.person = button(_("Open the resident"), self._ask_person, picture="user")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(24)
        self._holder = QWidget()
        self._holder.setLayout(self._grid)
        row = QHBoxLayout()
        for act in (self.values, self.same, self.person):
            row.addWidget(act)
        row.addStretch(1)
        self.aside.addWidget(button(_("Close"), self.hide, look="quiet", picture="x"))
        for part in (self._facts, self._raw):
            self.add(part)
        self.body.addLayout(row)
        self.add(self.note)
        self.add(self._holder)
        self.hide()

    def show_line(self, line: Line | None) -> None:
        """The card is about this entry; without one it disappears."""
        self._line = line
        self._clear()
        if line is None:
            self.hide()
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
        self.show()

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

    def _ask_values(self) -> None:
        if self._line is not None:
            self.values_requested.emit(self._line.entry.seq)

    def _ask_about(self) -> None:
        if self._line is not None:
            self.about_requested.emit(self._line.about, self._line.entry.target)

    def _ask_person(self) -> None:
        if self._line is not None and self._line.person is not None:
            self.resident_requested.emit(self._line.person)
