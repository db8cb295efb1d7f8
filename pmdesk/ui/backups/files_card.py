"""The list of backups over all places, with what can be done with one."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from pmdesk.domain.office import Clock
from pmdesk.i18n import _
from pmdesk.services.backups import Listed
from pmdesk.ui import theme
from pmdesk.ui.backups import words
from pmdesk.ui.tables.model import Align, Column, RowsModel
from pmdesk.ui.tables.view import Table
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.flow import FlowLayout
from pmdesk.ui.widgets.header import EmptyState

_HEIGHT = 220


class FilesCard(Card):
    """Emits which file is to be proved or restored; None: the user chooses one elsewhere."""

    prove_requested = Signal(object)  # Path
    restore_requested = Signal(object)  # Path, or None
    pin_requested = Signal(object, bool)  # Path, and whether it is to stay

    def __init__(self, clock: Clock) -> None:
        super().__init__(_("Backups"))
        self._clock = clock
        self.model = RowsModel[Listed](self._columns())
        self.empty = EmptyState(_("No backup yet. The first one takes less than a minute."))
        self.table = Table(self.model, self.empty)
        self.table.setMinimumHeight(theme.length(_HEIGHT))
        self.table.view.picked.connect(self._pick)
        self.prove = button(_("Prove it again…"), self._prove, picture="shield")
        self.restore = button(_("Restore from it…"), self._restore, picture="history")
        self.pin = button(_("Keep for good"), self._pin, picture="lock")
        self.other = button(
            _("Restore from a file…"),
            lambda: self.restore_requested.emit(None),
            picture="folder-open",
        )
        row = FlowLayout()
        for part in (self.prove, self.restore, self.pin, self.other):
            row.addWidget(part)
        self.add(self.table, 1)
        self.body.addLayout(row)
        self._pick(None)

    def show_files(self, found: Sequence[Listed]) -> None:
        """These backups, newest first."""
        self.empty.show_sentence(_("No backup yet. The first one takes less than a minute."))
        self.model.set_rows(found)
        self._pick(None)

    def show_failure(self, sentence: str) -> None:
        """The list could not be read."""
        self.model.set_rows(())
        self.empty.show_sentence(sentence)

    def _pick(self, one: Listed | None) -> None:
        whole = one is not None and one.found.facts is not None
        self.prove.setEnabled(whole)
        self.restore.setEnabled(whole)
        self.pin.setEnabled(one is not None and whole and not one.found.foreign)
        pinned = one is not None and one.pinned
        self.pin.setText(_("No longer keep for good") if pinned else _("Keep for good"))

    def _prove(self) -> None:
        for one in self.table.view.chosen[:1]:
            self.prove_requested.emit(one.found.path)

    def _pin(self) -> None:
        for one in self.table.view.chosen[:1]:
            self.pin_requested.emit(one.found.path, not one.pinned)

    def _restore(self) -> None:
        for one in self.table.view.chosen[:1]:
            self.restore_requested.emit(one.found.path)

    def _columns(self) -> tuple[Column[Listed], ...]:
        return (
            Column(key="at", title=_("Made"), cell=self._at, tip=_age_words, width=26),
            Column(
                key="size",
                title=_("Size"),
                cell=lambda one: words.size(one.found.size),
                align=Align.END,
                width=11,
            ),
            Column(
                key="check",
                title=_("Check"),
                cell=lambda one: words.check(one).words,
                badge=words.check,
                width=20,
            ),
            Column(key="what", title=_("Content"), cell=words.content, tip=words.content),
            Column(key="where", title=_("Place"), cell=_where, tip=_where),
        )

    def _at(self, one: Listed) -> str:
        facts = one.found.facts
        if facts is None:
            return one.found.path.name
        at = words.moment(facts.made_at, self._clock)
        return _("{at} · kept").format(at=at) if one.pinned else at


def _age_words(one: Listed) -> str:
    if one.to_come:
        return _("This time is still to come: the clock was wrong when the backup was made.")
    if one.pinned:
        return _("Kept for good: it is never dropped by itself.")
    return ""


def _where(one: Listed) -> str:
    return str(one.found.path.parent)
