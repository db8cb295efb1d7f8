"""排班: what comes, who works when, and which rounds are walked."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from pmdesk.domain.office import Changes
from pmdesk.i18n import N_, _
from pmdesk.services.session import Session
from pmdesk.ui.icons import icon
from pmdesk.ui.places import Part
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.staffing.days_dialog import DaysDialog
from pmdesk.ui.staffing.forecast_panel import ForecastPanel
from pmdesk.ui.staffing.patrol_panel import PatrolPanel
from pmdesk.ui.staffing.roster_panel import RosterPanel
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.header import PageHeader
from pmdesk.ui.widgets.page import scrolled

_PARTS = (
    ("forecast", "chart-column", N_("Forecast"), ""),
    ("roster", "users", N_("Shift roster"), N_("shifts, rota, crew")),
    ("rounds", "shield", N_("Rounds"), N_("patrols, patrol plan")),
)
_DAYS = "days"
_EDGE = 28  # from the page's side edges

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
        for _key, picture, title, _words in _PARTS:
            self.bar.addTab(icon(picture), _(title))
        self.stack = QStackedWidget()
        self.bar.currentChanged.connect(self.open_tab)
        column = QVBoxLayout(self)
        column.setContentsMargins(_EDGE, 22, 0, 24)
        column.setSpacing(14)
        column.addLayout(_with_edge(self.header))
        column.addWidget(self.bar)
        column.addWidget(self.stack, 1)
        self.open_tab(0)

    @staticmethod
    def parts() -> tuple[Part, ...]:
        """What the search finds here."""
        days = Part(key=_DAYS, title=_("Holidays…"), words=N_("working days, days off"))
        tabs = (Part(key=key, title=_(title), words=words) for key, _icon, title, words in _PARTS)
        return (*tabs, days)

    def open_part(self, key: str) -> None:
        """That tab is seen, or the table of holidays."""
        if key == _DAYS:
            self.open_days()
        else:
            self.open_tab([one[0] for one in _PARTS].index(key))

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
            self._areas[place] = scrolled(_with_edge(self.panels[place]))
            self.stack.addWidget(self._areas[place])
        self.stack.setCurrentWidget(self._areas[place])

    def open_days(self) -> None:
        """The table of holidays lies over the page."""
        year = self._session.clock.today().year
        made = DaysDialog(self._session, self._tasks, year, self.window())
        made.finished.connect(made.deleteLater)
        made.open()

    def _made(self, place: int) -> Panel:
        if place == 1:
            return RosterPanel(self._session, self._tasks, self._prompts)
        if place:
            return PatrolPanel(self._session, self._tasks, self._prompts)
        made = ForecastPanel(self._session, self._tasks)
        made.days_requested.connect(self.open_days)
        made.orders_requested.connect(lambda: self.page_requested.emit("orders"))
        return made


def _with_edge(widget: QWidget) -> QVBoxLayout:
    """The widget, clear of the right edge of the page."""
    place = QVBoxLayout()
    place.setContentsMargins(0, 0, _EDGE, 0)
    place.addWidget(widget)
    return place


def _subtitle() -> str:
    return _("The program suggests from past orders, without names; the manager decides.")
