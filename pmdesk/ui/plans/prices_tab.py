"""The public price list of add-on services, to look at and to print; it is made in the settings."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pmdesk.domain.addons import Addon
from pmdesk.domain.office import Changes
from pmdesk.domain.staff import Permission
from pmdesk.i18n import _
from pmdesk.services.plans import papers
from pmdesk.services.plans.desk import Shelf
from pmdesk.services.session import Session
from pmdesk.ui import theme
from pmdesk.ui.plans.addon_orders import AddonOrdersCard
from pmdesk.ui.plans.papers import paper_button
from pmdesk.ui.price_columns import price_columns
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tables.model import RowsModel
from pmdesk.ui.tables.view import Table
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.flow import FlowLayout
from pmdesk.ui.widgets.header import EmptyState
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.visibility import set_shown


class PricesTab(QWidget):
    """What anybody can order today, at one price for everybody."""

    settings_requested = Signal()
    resident_requested = Signal(object)  # PersonId
    said = Signal(str)  # that the list is saved

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts) -> None:
        super().__init__()
        make = partial(papers.prices, session)
        self.paper = paper_button(_("Price list"), make, self, (tasks, prompts), self.said.emit)
        self.changer = button(
            _("Change prices in the settings"), self.settings_requested.emit, picture="settings"
        )
        set_shown(self.changer, session.staff.may(Permission.CONFIGURE))
        self.model = RowsModel[Addon](price_columns())
        self.table = Table(self.model, _empty(), nobody=True)
        self.table.setMinimumHeight(theme.length(170))
        self.orders = AddonOrdersCard(session, tasks, prompts)
        self.orders.resident_requested.connect(self.resident_requested)
        acts = FlowLayout(10)
        acts.addWidget(self.paper)
        acts.addWidget(self.changer)
        card = Card(_("Add-on services"), margin=16)
        card.add(label(_says(), "muted", wrap=True))
        card.body.addLayout(acts)
        card.add(self.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(card, 1)
        column.addWidget(self.orders, 2)

    def reload(self, changes: Changes | None = None) -> None:
        """The orders are shown as they are now."""
        self.orders.reload(changes)

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
