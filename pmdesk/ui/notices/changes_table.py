"""The list of change notices with how many people were told."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pmdesk.domain.ports.notices import NoticeChange
from pmdesk.domain.purposes import PurposeCode
from pmdesk.i18n import _, said
from pmdesk.ui.tables.model import Column, RowsModel
from pmdesk.ui.tables.view import Table
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.header import EmptyState
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.pill import Badge


class ChangesTable(QWidget):
    """Enter or a double click opens a change notice."""

    opened = Signal(object)  # ChangeId

    def __init__(self, names: Mapping[PurposeCode, str]) -> None:
        super().__init__()
        self.model = RowsModel[NoticeChange](_columns(names))
        self.table = Table(
            self.model, EmptyState(_("No notice has changed yet."), picture="file-text")
        )
        self.table.view.opened.connect(lambda one: self.opened.emit(one.id))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label(_says(), "muted", wrap=True))
        column.addWidget(self.table, 1)


def progress_words(one: NoticeChange) -> str:
    """How many were told of all that have to be."""
    if not one.people:
        return _("nobody has to be told")
    return _("{told} of {people} told").format(told=one.told, people=one.people)


def _columns(names: Mapping[PurposeCode, str]) -> tuple[Column[NoticeChange], ...]:
    return (
        Column(
            key="day",
            title=_("Day"),
            cell=lambda one: f"{one.made_at.astimezone():%Y-%m-%d}",
            width=12,
        ),
        Column(
            key="notice",
            title=_("Notice"),
            cell=lambda one: names.get(one.purpose) or _("every notice"),
            width=20,
        ),
        Column(key="version", title=_("Version"), cell=lambda one: one.version or "—", width=8),
        Column(key="what", title=_("What changed"), cell=lambda one: said(one.text.summary)),
        Column(key="told", title=_("Told"), cell=progress_words, badge=_badge, width=22),
    )


def _badge(one: NoticeChange) -> Badge:
    tone, picture = (Tone.GOOD, "circle-check") if one.is_done else (Tone.WARN, "clock")
    return Badge(words=progress_words(one), tone=tone, icon=picture)


def _says() -> str:
    return _(
        "People have to be told what changed (PIPL 17). Open a line to print the change notice or"
        " the poster, and to tick off who was told."
    )
