"""The pages of the sidebar in their order: who may open them, and what people call them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtWidgets import QWidget

from pmdesk.domain.staff import Permission
from pmdesk.i18n import N_
from pmdesk.ui.pages.backups import BackupsPage
from pmdesk.ui.pages.charts import ChartsPage
from pmdesk.ui.pages.classification import ClassificationPage
from pmdesk.ui.pages.home import HomePage
from pmdesk.ui.pages.importing import ImportPage
from pmdesk.ui.pages.log import LogPage
from pmdesk.ui.pages.orders import OrdersPage
from pmdesk.ui.pages.plans import PlansPage
from pmdesk.ui.pages.purposes import PurposesPage
from pmdesk.ui.pages.records import RecordsPage
from pmdesk.ui.pages.refused import RefusedPage
from pmdesk.ui.pages.residents import ResidentsPage
from pmdesk.ui.pages.rights import RightsPage
from pmdesk.ui.pages.rules import RulesPage
from pmdesk.ui.pages.settings import SettingsPage
from pmdesk.ui.pages.staff import StaffPage
from pmdesk.ui.pages.staffing import StaffingPage
from pmdesk.ui.pages.training import TrainingPage
from pmdesk.ui.pages.watch import WatchPage
from pmdesk.ui.places import Part

_May = Permission


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A page of the sidebar; its parts are those that the page itself names."""

    key: str
    title: str  # message id
    icon: str
    page: type[QWidget]
    may: Permission | None = None
    words: str = ""  # message id: what else people call it, with commas between
    below: bool = False

    @property
    def parts(self) -> Callable[[], Sequence[Part]]:
        """What the search finds on the page."""
        page: Any = self.page
        named: Callable[[], Sequence[Part]] = getattr(page, "parts", tuple)
        return named


PAGES: tuple[Listed, ...] = (
    Listed(
        key="home",
        title=N_("Home"),
        icon="house",
        page=HomePage,
        words=N_("today, to do"),
    ),
    Listed(
        key="residents",
        title=N_("Residents"),
        icon="users",
        page=ResidentsPage,
        may=_May.SEE_RESIDENTS,
        words=N_("owners, tenants, people"),
    ),
    Listed(
        key="orders",
        title=N_("Work orders"),
        icon="wrench",
        page=OrdersPage,
        may=_May.SEE_ORDERS,
        words=N_("repairs, complaints, cleaning, board"),
    ),
    Listed(
        key="classes",
        title=N_("Classification"),
        icon="table",
        page=ClassificationPage,
        may=_May.SEE_CLASSIFICATION,
        words=N_("classification table, tiers, tags"),
    ),
    Listed(
        key="rights",
        title=N_("Rights"),
        icon="hand-heart",
        page=RightsPage,
        may=_May.RECEIVE_REQUESTS,
        words=N_("rights request, access, correction, deletion, objection"),
    ),
    Listed(
        key="plans",
        title=N_("Service plans"),
        icon="heart-handshake",
        page=PlansPage,
        may=_May.SEE_ORDERS,
        words=N_("contract, contract floor, promises"),
    ),
    Listed(
        key="staffing",
        title=N_("Staffing"),
        icon="calendar",
        page=StaffingPage,
        may=_May.SEE_ORDERS,
    ),
    Listed(
        key="charts",
        title=N_("Charts"),
        icon="chart-column",
        page=ChartsPage,
        may=_May.SEE_CHARTS,
        words=N_("figures, statistics, dashboard"),
    ),
    Listed(
        key="watch",
        title=N_("Attention"),
        icon="eye",
        page=WatchPage,
        may=_May.SEE_CHARTS,
    ),
    Listed(
        key="rules",
        title=N_("Rules"),
        icon="scale",
        page=RulesPage,
        may=_May.SEE_RULES,
        words=N_("classification rules, decision table, versions"),
    ),
    Listed(
        key="training",
        title=N_("Training"),
        icon="book-open",
        page=TrainingPage,
        words=N_("courses, test, learning"),
    ),
    Listed(
        key="records",
        title=N_("Compliance records"),
        icon="shield",
        page=RecordsPage,
        may=_May.SEE_RECORDS,
    ),
    Listed(
        key="log",
        title=N_("Log"),
        icon="history",
        page=LogPage,
        may=_May.SEE_AUDIT,
        words=N_("audit, journal, anchor, who did what"),
    ),
    Listed(
        key="import",
        title=N_("Import"),
        icon="upload",
        page=ImportPage,
        may=_May.IMPORT,
        words=N_("Excel, spreadsheet, CSV"),
    ),
    Listed(
        key="refused",
        title=N_("Not collected"),
        icon="ban",
        page=RefusedPage,
        may=_May.SEE_RESIDENTS,
        words=N_("forbidden words, identity card"),
    ),
    Listed(
        key="purposes",
        title=N_("Purposes and notices"),
        icon="clipboard-check",
        page=PurposesPage,
        may=_May.APPROVE_PURPOSES,
        words=N_("notice, purpose, fields, retention period"),
    ),
    Listed(
        key="staff",
        title=N_("Staff"),
        icon="user-cog",
        page=StaffPage,
        may=_May.MANAGE_STAFF,
        words=N_("accounts, roles, colleagues, leaving, reset a passphrase"),
    ),
    Listed(
        key="backups",
        title=N_("Backups"),
        icon="save",
        page=BackupsPage,
        may=_May.BACK_UP,
        words=N_("back up now, copy"),
    ),
    Listed(
        key="settings",
        title=N_("Settings"),
        icon="settings",
        page=SettingsPage,
        below=True,
    ),
)


def listed(*, edits_purposes: bool) -> tuple[Listed, ...]:
    """All pages; that of the purposes asks for what the user would do there."""
    edits = {"purposes": _May.EDIT_PURPOSES} if edits_purposes else {}
    return tuple(replace(one, may=edits.get(one.key, one.may)) for one in PAGES)
