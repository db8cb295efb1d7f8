"""The scenes of staffing: what comes, who works when, which rounds are walked."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from PySide6.QtWidgets import QDialog

from pmdesk.app.stage import Scene, Stage, Steps
from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.staffing import Need
from pmdesk.errors import StorageError
from pmdesk.services import demo_staffing
from pmdesk.services.forecasting import Past
from pmdesk.services.staffing import plans, rosters
from pmdesk.ui.pages.staffing import StaffingPage
from pmdesk.ui.staffing.crew_dialog import CrewDialog
from pmdesk.ui.staffing.days_dialog import DaysDialog
from pmdesk.ui.staffing.forecast_panel import ForecastPanel
from pmdesk.ui.staffing.hands_dialog import HandsDialog
from pmdesk.ui.staffing.patrol_panel import PatrolPanel
from pmdesk.ui.staffing.roster_panel import RosterPanel

OnStaffing = Callable[[StaffingPage, Stage], object]
_FORECAST, _ROSTER, _ROUNDS = range(3)


def _staffing(name: str, tab: int, *acts: OnStaffing) -> Scene:
    """The page at that tab after each of `acts`, one when the other has come."""

    def play(stage: Stage) -> Steps:
        demo_staffing.plan(stage.session)
        stage.window.open_page("staffing")
        page = stage.window.page_of("staffing")
        if not isinstance(page, StaffingPage):
            return
        page.open_tab(tab)
        page.reload()
        yield
        for act in acts:
            act(page, stage)
            yield

    return Scene(name, play)


def _forecast(act: Callable[[ForecastPanel], object]) -> OnStaffing:
    def done(page: StaffingPage, _stage: Stage) -> None:
        if isinstance(page.panel, ForecastPanel):
            act(page.panel)

    return done


def _roster(act: Callable[[RosterPanel], object]) -> OnStaffing:
    def done(page: StaffingPage, _stage: Stage) -> None:
        if isinstance(page.panel, RosterPanel):
            act(page.panel)

    return done


def _by_hours(panel: ForecastPanel) -> None:
    panel.form.buttons()[1].click()


def _by_days(panel: ForecastPanel) -> None:
    panel.form.buttons()[0].click()


def _service(service: Service) -> Callable[[ForecastPanel], object]:
    def choose(panel: ForecastPanel) -> None:
        panel.service.setCurrentIndex(panel.service.findData(service.value))

    return choose


def _all_services(panel: ForecastPanel) -> None:
    panel.service.setCurrentIndex(0)


def _few_days(panel: ForecastPanel) -> None:
    """As it was six days after the first order."""
    seen = panel.seen
    if seen is not None:
        panel.show_past(_young(seen))


def _young(seen: Past) -> Past:
    services = {key: history.until(6) for key, history in seen.services.items()}
    end = seen.first + timedelta(days=6)
    return replace(seen, services=services, hourly={}, end=end, unknown_years=(seen.first.year,))


def _trouble(panel: ForecastPanel) -> None:
    panel.explain(StorageError("The disk is full; what was saved before is still there."))


def _nothing(_stage: Stage) -> Steps:
    yield


def _hands(stage: Stage) -> QDialog:
    board = rosters.board(stage.session, stage.session.clock.today())
    cell = board.today, board.crew.shifts[0].code
    wanted = board.wanted(board.crew.careful).get(cell, Need())
    return HandsDialog(board, cell, wanted, stage.tasks, lambda _chosen: lambda: None, stage.window)


def _crew(stage: Stage) -> QDialog:
    crew, edition = plans.crew(stage.session)
    return CrewDialog(stage.session, stage.tasks, crew, edition, stage.window)


def _days(stage: Stage) -> QDialog:
    year = stage.session.clock.today().year
    return DaysDialog(stage.session, stage.tasks, year, stage.window)


def _changing(page: StaffingPage, _stage: Stage) -> None:
    panel = page.panels[_ROUNDS]
    if isinstance(panel, PatrolPanel):
        panel.table.view.selectRow(0)
        panel.change.click()


def _bold(panel: RosterPanel) -> None:
    panel.slider.setValue(panel.slider.minimum())


STAFFING: tuple[Scene, ...] = (
    _staffing("staffing", _FORECAST),
    _staffing("staffing-service", _FORECAST, _forecast(_service(Service.REPAIR))),
    _staffing("staffing-hours", _FORECAST, _forecast(_all_services), _forecast(_by_hours)),
    _staffing(
        "staffing-table", _FORECAST, _forecast(_by_days), _forecast(lambda panel: panel.switch())
    ),
    _staffing(
        "staffing-young",
        _FORECAST,
        _forecast(lambda panel: panel.switch()),
        _forecast(_few_days),
    ),
    _staffing("staffing-trouble", _FORECAST, _forecast(_trouble)),
    _staffing("staffing-roster", _ROSTER),
    _staffing("staffing-roster-bold", _ROSTER, _roster(_bold)),
    _staffing("staffing-rounds", _ROUNDS),
    _staffing("staffing-rounds-changing", _ROUNDS, _changing),
    Scene("staffing-hands", _nothing, _hands),
    Scene("staffing-crew", _nothing, _crew),
    Scene("staffing-days", _nothing, _days),
)
