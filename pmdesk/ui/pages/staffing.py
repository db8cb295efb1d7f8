"""排班: what comes, who works when, and which rounds are walked."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from pmdesk.domain.office import Changes
from pmdesk.i18n import _
from pmdesk.services.session import Session
from pmdesk.ui.icons import icon
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.staffing.days_dialog import DaysDialog
from pmdesk.ui.staffing.forecast_panel import ForecastPanel
from pmdesk.ui.staffing.patrol_panel import PatrolPanel
from pmdesk.ui.staffing.roster_panel import RosterPanel
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.header import PageHeader
from pmdesk.ui.widgets.page import scrolled

Panel = ForecastPanel | RosterPanel | PatrolPanel


class StaffingPage(QWidget):
    """Three tabs; each is built when it is first opened."""

    page_requested = Signal(str)

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts) -> None:
        super().__init__()
        self.setProperty("look", "page")
        self._session, self._tasks, self._prompts = session, tasks, prompts
        self.days = button(_("Holidays…"), self.open_days, picture="calendar")
        again = button(_("Refresh"), self.reload, picture="refresh-cw", tip="F5")
        self.header = PageHeader(_("Staffing"), _subtitle(), (self.days, again))
        self.panels: dict[int, Panel] = {}
        self._areas: dict[int, QWidget] = {}
        self.bar = QTabBar()
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.bar.setAccessibleName(_("Parts of the page"))
        self.bar.addTab(icon("chart-column"), _("Forecast"))
        self.bar.addTab(icon("users"), _("Shift roster"))
        self.bar.addTab(icon("shield"), _("Rounds"))
        self.stack = QStackedWidget()
        self.bar.currentChanged.connect(self.open_tab)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 22, 28, 24)
        column.setSpacing(14)
        column.addWidget(self.header)
        column.addWidget(self.bar)
        column.addWidget(self.stack, 1)
        self.open_tab(0)

    @property
    def panel(self) -> Panel:
        """The panel that is seen."""
        return self.panels[self.bar.currentIndex()]

    def reload(self, changes: Changes | None = None) -> None:
        """Every panel shows what the office holds now."""
        for panel in self.panels.values():
            panel.reload(changes)

    def open_tab(self, place: int) -> None:
        """That panel is seen."""
        self.bar.setCurrentIndex(place)
        if place not in self.panels:
            self.panels[place] = self._made(place)
            self._areas[place] = scrolled(self.panels[place])
            self.stack.addWidget(self._areas[place])
        self.stack.setCurrentWidget(self._areas[place])

    def open_days(self) -> None:
        """The table of holidays lies over the page."""
        DaysDialog(
            self._session, self._tasks, self._session.clock.today().year, self.window()
        ).open()

    def _made(self, place: int) -> Panel:
        if place == 1:
            return RosterPanel(self._session, self._tasks, self._prompts)
        if place:
            return PatrolPanel(self._session, self._tasks, self._prompts)
        made = ForecastPanel(self._session, self._tasks)
        made.days_requested.connect(self.open_days)
        made.orders_requested.connect(lambda: self.page_requested.emit("orders"))
        return made


def _subtitle() -> str:
    return _("The program suggests from past orders, without names; the manager decides.")
