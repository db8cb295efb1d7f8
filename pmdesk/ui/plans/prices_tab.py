"""The public price list of add-on services, to look at and to print; it is made in the settings."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pmdesk.domain.addons import Addon, yuan
from pmdesk.domain.staff import Permission
from pmdesk.i18n import _
from pmdesk.services.plans import papers
from pmdesk.services.plans.desk import Shelf
from pmdesk.services.session import Session
from pmdesk.ui import theme
from pmdesk.ui.plans.papers import paper_button
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tables.model import Align, Column, RowsModel
from pmdesk.ui.tables.view import Table
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.header import EmptyState
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.visibility import set_shown


class PricesTab(QWidget):
    """What anybody can order today, at one price for everybody."""

    settings_requested = Signal()

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts) -> None:
        super().__init__()
        make = partial(papers.prices, session)
        self.paper = paper_button(_("Price list"), make, self, tasks, prompts)
        self.changer = button(
            _("Change prices in the settings"), self.settings_requested.emit, picture="settings"
        )
        set_shown(self.changer, session.staff.may(Permission.CONFIGURE))
        self.model = RowsModel[Addon](_columns())
        self.table = Table(self.model, _empty(), nobody=True)
        self.table.setMinimumHeight(theme.length(260))
        acts = QHBoxLayout()
        acts.addWidget(self.paper)
        acts.addWidget(self.changer)
        acts.addStretch(1)
        card = Card(_("Add-on services"), margin=16)
        card.add(label(_says(), "muted", wrap=True))
        card.body.addLayout(acts)
        card.add(self.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card, 1)

    def show_shelf(self, shelf: Shelf) -> None:
        """What is offered today."""
        self.model.set_rows(shelf.prices)


def _empty() -> EmptyState:
    return EmptyState(
        _("No add-on service is offered. An administrator publishes prices in the settings."),
        picture="tag",
    )


def _says() -> str:
    return _(
        "Ordered by whoever wants it, on the resident's page; no tier, tag or person changes a"
        " price."
    )


def _columns() -> tuple[Column[Addon], ...]:
    return (
        Column(key="name", title=_("Service"), cell=lambda one: one.name),
        Column(key="unit", title=_("Unit"), cell=lambda one: one.unit, width=10),
        Column(
            key="price",
            title=_("Yuan"),
            cell=lambda one: yuan(one.price),
            align=Align.END,
            width=14,
        ),
        Column(key="since", title=_("From"), cell=lambda one: str(one.since), width=14),
    )
