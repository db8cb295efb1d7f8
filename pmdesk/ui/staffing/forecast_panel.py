"""What comes in the next days: the picture, how good it was before, and the numbers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pmdesk.analytics.buildings import building_words
from pmdesk.domain import office
from pmdesk.domain.office import Changes
from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.orders.names import SERVICES
from pmdesk.errors import PmdeskError, RefusedError
from pmdesk.i18n import N_, _, joined, said, told
from pmdesk.services import forecast_words, forecasting
from pmdesk.services.forecasting import Past, View
from pmdesk.services.session import Session
from pmdesk.services.staffing import rosters
from pmdesk.ui import theme
from pmdesk.ui.forms.cell import cell, choice_box, fill
from pmdesk.ui.staffing.chart import ForecastChart, Roll, rolls
from pmdesk.ui.staffing.hour_grid import HourGrid
from pmdesk.ui.staffing.words import day_words
from pmdesk.ui.tables.model import MISSING, Align, Column, RowsModel
from pmdesk.ui.tables.view import TableView
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.choice import Segmented
from pmdesk.ui.widgets.flow import FlowLayout
from pmdesk.ui.widgets.header import EmptyState
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.working import working_bar

DAYS = 7
_ALL = ""
_LEGEND = N_(
    "Grey bars: orders that came. Line: their mean expected. Band: at least 8 days of 10 lie in it."
    " Dashes: what the roster can do of such a mix of orders."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A view with what the roster of those days can do."""

    seen: Past
    view: View
    capacity: Mapping[date, float]


class ForecastPanel(QWidget):
    """Service and building are chosen above; below stand picture, sentence and numbers."""

    days_requested = Signal()  # the table of holidays
    orders_requested = Signal()  # where orders are registered

    def __init__(self, session: Session, tasks: Tasks) -> None:
        super().__init__()
        self._session, self._tasks = session, tasks
        self.seen: Past | None = None
        self._picture: Picture | None = None
        self.service, self.building = choice_box(), choice_box()
        self.form = Segmented(((False, _("By days")), (True, _("By hours"))))
        self.form.show_value(value=False)
        self.working = working_bar(_("Counting"))
        self.warning = Banner(action=_("Holidays…"), pressed=self.days_requested.emit)
        self.failure = Banner()
        self.empty = EmptyState(
            _("There are no orders yet, so nothing can be foretold."),
            picture="chart-column",
            action=_("To the work orders"),
            pressed=self.orders_requested.emit,
        )
        self.chart, self.hours = ForecastChart(), HourGrid()
        self.skill = label("", wrap=True)
        self.legend = label(_(_LEGEND), "muted", wrap=True)
        self.toggle = button(_("Data table"), self.switch, look="quiet", picture="table")
        self.card = Card(_("How many orders come in the next seven days?"), wraps=True)
        self._table: TableView | None = None
        self._arrange()
        for box in (self.service, self.building):
            box.currentIndexChanged.connect(lambda _at: self._choose())
        self.form.chosen.connect(lambda _value: self._show_picture())
        self.reload()

    def reload(self, changes: Changes | None = None) -> None:
        """The picture shows what the book holds now; until then the old one stays."""
        kinds = {office.ORDERS, office.STAFFING, office.REQUESTS, office.RESIDENTS}
        if changes is None or changes.kinds & kinds:
            self.working.show()
            self._tasks.query(
                partial(forecasting.past, self._session, hours=True),
                owner=self,
                done=self.show_past,
                failed=self.explain,
                newest="past",
            )

    # ---- building --------------------------------------------------------------------------

    def _arrange(self) -> None:
        row = self.choices = QWidget()
        flow = FlowLayout(16, Qt.AlignmentFlag.AlignTop)
        for holder in (
            cell(_("Service"), self.service),
            cell(_("Building"), self.building),
            cell(_("Shown"), self.form),
        ):
            holder.setMinimumWidth(theme.length(170))
            flow.addWidget(holder)
        row.setLayout(flow)
        self.card.aside.addWidget(self.toggle)
        for part in (self.chart, self.hours, self.skill, self.legend):
            self.card.add(part)
        self._place = QHBoxLayout()
        self.card.body.insertLayout(3, self._place)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        for line in (row, self.working, self.failure, self.warning, self.empty, self.card):
            column.addWidget(line)
        column.addStretch(1)
        for hidden in (self.hours, self.card, self.empty, row):
            hidden.hide()

    # ---- showing ---------------------------------------------------------------------------

    def show_past(self, seen: Past) -> None:
        """This past, and what follows from it, is shown."""
        self.seen = seen
        self.failure.show_sentence("")
        self.empty.hide()
        self.choices.show()
        services = [(_("All services"), _ALL)]
        services += [(said(SERVICES[one]), one.value) for one in seen.services]
        buildings: list[tuple[str, object]] = [(_("All buildings"), None)]
        buildings += [(building_words(name) or _("no building"), name) for name in seen.buildings]
        for box, entries in ((self.service, services), (self.building, buildings)):
            box.blockSignals(True)
            fill(box, entries)
            box.blockSignals(False)
        self.warning.show_sentence("\n".join(forecast_words.warnings(seen)), Tone.WARN)
        self.form.buttons()[1].setEnabled(bool(seen.hourly))
        self.form.buttons()[1].setToolTip(
            "" if seen.hourly else _("The orders have no time of day.")
        )
        self._choose()

    def _choose(self) -> None:
        if self.seen is not None:
            self.working.show()
            chosen = str(self.service.currentData() or "")
            work = partial(
                _picture,
                self._session,
                self.seen,
                Service(chosen) if chosen else None,
                self.building.currentData(),
            )
            self._tasks.query(work, owner=self, done=self._take, failed=self.explain, newest="view")

    def _take(self, picture: Picture) -> None:
        self.working.hide()
        self._picture = picture
        self.card.show()
        self.chart.show_view(picture.view, picture.capacity)
        self.hours.show_view(picture.view)
        self._show_picture()

    def _show_picture(self) -> None:
        by_hours = self.form.value is True and bool(self._picture and self._picture.view.hours)
        self._tell_skill(by_hours=by_hours)
        if by_hours and self._table is not None:
            self.switch()  # the tiles have their numbers
            return
        self.toggle.setVisible(not by_hours)
        in_table = self._table is not None
        self.chart.setVisible(not by_hours and not in_table)
        self.hours.setVisible(by_hours and not in_table)
        self.legend.setVisible(not by_hours and not in_table)
        if in_table:
            self._drop_table()
            self._make_table()

    def _tell_skill(self, *, by_hours: bool) -> None:
        if self._picture is not None:
            view, days = self._picture.view, self._picture.seen.days
            hours = forecast_words.hour_words(view.hour_skill) if by_hours else ""
            self.skill.setText(joined(forecast_words.skill_words(view.outlook, days), hours))

    def switch(self) -> None:
        """The table is seen instead of the picture, or the other way round."""
        if self._table is None:
            self._make_table()
        else:
            self._drop_table()
        self.toggle.setText(_("Data table") if self._table is None else _("Chart"))
        self.toggle.setAccessibleName(self.toggle.text())
        self._show_picture()

    def _make_table(self) -> None:
        if self._picture is not None:
            self._table = table_of(rolls(self._picture.view, self._picture.capacity))
            self._place.addWidget(self._table)

    def _drop_table(self) -> None:
        if self._table is not None:
            self._table.hide()
            self._table.deleteLater()
            self._table = None

    def explain(self, error: PmdeskError) -> None:
        """Why there is no picture."""
        self.working.hide()
        self.card.hide()
        nothing = isinstance(error, RefusedError)  # the only one: there is nothing to tell from
        self.empty.setVisible(nothing)
        self.choices.setVisible(not nothing)
        self.failure.show_sentence("" if nothing else told(error), Tone.PROBLEM)


def _picture(session: Session, seen: Past, service: Service | None, building: object) -> Picture:
    """The view, and the roster of its days: of one building there is none."""
    name = building if isinstance(building, str) else None
    view = forecasting.view(seen, service, name, DAYS)
    first = view.past[0][0] if view.past else seen.end
    chosen = frozenset(Service) if service is None else frozenset({service})
    last = seen.end + timedelta(days=DAYS)
    capacity = {} if name is not None else rosters.capacities(session, first, last, chosen)
    return Picture(seen=seen, view=view, capacity=capacity)


def table_of(shown: tuple[Roll, ...]) -> TableView:
    """The numbers of the picture, all rows to be seen."""
    columns: tuple[Column[Roll], ...] = (
        Column(key="day", title=_("Day"), cell=lambda one: day_words(one.day)),
        _number(_("Came"), lambda one: _whole(one.came)),
        _number(
            _("Orders expected"),
            lambda one: f"{one.expected.mean:.1f}" if one.expected else MISSING,
        ),
        _number(_("At least"), lambda one: _whole(one.expected.low if one.expected else None)),
        _number(_("At most"), lambda one: _whole(one.expected.high if one.expected else None)),
        _number(_("Roster can do"), lambda one: MISSING if one.can is None else f"{one.can:.0f}"),
    )
    view = TableView(RowsModel[Roll](columns, shown), nobody=True)
    view.setAccessibleName(_("Orders of the last weeks, and expected ones"))
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
    high = view.verticalHeader().defaultSectionSize() * len(shown)
    view.setFixedHeight(high + view.horizontalHeader().sizeHint().height() + theme.length(24))
    return view


def _number(title: str, shown: Callable[[Roll], str]) -> Column[Roll]:
    return Column(key=title, title=title, cell=shown, align=Align.END, width=14)


def _whole(count: int | None) -> str:
    return MISSING if count is None else str(count)
