"""The list of purposes."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal

from pmdesk.i18n import _, said
from pmdesk.services.notices.purpose_shelf import PurposeRow
from pmdesk.ui.notices.words import basis_words, name_words, state_badge
from pmdesk.ui.tables.model import Align, Column, RowsModel
from pmdesk.ui.tables.view import Table
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.header import EmptyState
from pmdesk.ui.widgets.page import Page


class PurposeShelf(Page):
    """Every purpose with its basis, version, consents and term."""

    opened = Signal(object)  # PurposeCode
    add_requested = Signal()
    rules_requested = Signal()

    def __init__(self, *, editable: bool) -> None:
        rules = button(
            _("Public handling rules"), lambda: self.rules_requested.emit(), picture="file-text"
        )
        add = button(
            _("Add a purpose"), lambda: self.add_requested.emit(), look="primary", picture="plus"
        )
        super().__init__(_("Purposes and notices"), _says(), (rules, add) if editable else (rules,))
        self.model = RowsModel[PurposeRow](_columns())
        self.table = Table(self.model, EmptyState(_("No purposes yet.")))
        self.table.view.opened.connect(lambda row: self.opened.emit(row.purpose.code))
        card = Card()
        card.add(self.table, 1)
        self.add(card, 1)

    def show_rows(self, rows: Sequence[PurposeRow]) -> None:
        """The list shows these."""
        self.model.set_rows(rows)


def _says() -> str:
    return _(
        "Why personal information is processed, and what people are told. The administrator plans"
        " a version, the reviewer puts it into force. Open a line with Enter."
    )


def _columns() -> tuple[Column[PurposeRow], ...]:
    return (
        Column(
            key="name",
            title=_("Purpose"),
            cell=lambda row: name_words(row.purpose),
            tip=lambda row: name_words(row.purpose),
        ),
        Column(
            key="basis",
            title=_("Basis"),
            cell=lambda row: basis_words(row.purpose),
            tip=lambda row: basis_words(row.purpose),
            width=16,
        ),
        Column(key="version", title=_("Version"), cell=lambda row: row.version or "—", width=8),
        Column(
            key="state",
            title=_("State"),
            cell=lambda row: state_badge(row).words,
            badge=state_badge,
            tip=lambda row: state_badge(row).words,
            width=18,
        ),
        _count("live", _("Agree now"), lambda row: row.live),
        _count("stale", _("Outdated"), lambda row: row.stale),
        Column(
            key="kept",
            title=_("Kept"),
            cell=lambda row: said(row.retention.period),
            tip=lambda row: said(row.retention.period),
            width=18,
        ),
    )


def _count(key: str, title: str, people: Callable[[PurposeRow], int]) -> Column[PurposeRow]:
    """How many people; nobody is counted where nobody is asked."""
    return Column(
        key=key,
        title=title,
        cell=lambda row: f"{people(row):,}" if row.purpose.needs_consent else "—",
        align=Align.END,
        width=8,
    )
