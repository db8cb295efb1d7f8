"""Residents who may be the one being registered: shown below the form, never in the way."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pmdesk.domain.classification import ResidentRow
from pmdesk.domain.people import PersonId
from pmdesk.i18n import _
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.label import Picture, label


class LookAlikes(Card):
    """One line for each look-alike, with a button to open it and one to say it is not the same."""

    opened = Signal(object)  # PersonId

    def __init__(self) -> None:
        super().__init__(_("Perhaps already registered"))
        self._note = label(_("Equal names are common: this never keeps you from saving."), "muted")
        self.add(self._note)
        self._lines: list[QWidget] = []
        self._others: set[PersonId] = set()
        self.hide()

    @property
    def people(self) -> Sequence[QWidget]:
        """The lines that are shown."""
        return tuple(self._lines)

    def start(self) -> None:
        """Nobody was said to be somebody else yet."""
        self._others.clear()
        self.show_people(())

    def show_people(self, rows: Sequence[ResidentRow]) -> None:
        """These may be the same person, but for those the user said are not."""
        for line in self._lines:
            self.body.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = [self._line(row) for row in rows if row.id not in self._others]
        for line in self._lines:
            self.add(line)
        self.setVisible(bool(self._lines))

    def _line(self, row: ResidentRow) -> QWidget:
        line = QWidget()
        line.setAccessibleName(f"{row.room} {row.name} {row.mobile}")
        parts = QHBoxLayout(line)
        parts.setContentsMargins(0, 0, 0, 0)
        parts.setSpacing(12)
        parts.addWidget(Picture("user", Tone.WARN))
        parts.addWidget(label(row.room))
        parts.addWidget(label(row.name))
        parts.addWidget(label(row.mobile, "muted"))
        parts.addStretch(1)
        parts.addWidget(button(_("Open"), lambda: self.opened.emit(row.id), look="link"))
        parts.addWidget(
            button(_("Not the same person"), lambda: self._set_apart(row.id, line), look="quiet")
        )
        return line

    def _set_apart(self, person: PersonId, line: QWidget) -> None:
        self._others.add(person)
        self._lines.remove(line)
        line.hide()
        line.deleteLater()
        self.setVisible(bool(self._lines))
