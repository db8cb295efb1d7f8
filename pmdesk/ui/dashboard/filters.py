"""The one filter bar of the charts; what is left out of the office is said loudly."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pmdesk.analytics.buildings import building_entries, building_words
from pmdesk.domain.dashboard import PERIODS, Period
from pmdesk.domain.dashboard_views import USUAL, Choice
from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.orders.names import SERVICES
from pmdesk.i18n import _, said
from pmdesk.ui import theme
from pmdesk.ui.forms.dates import DateLine
from pmdesk.ui.forms.filter_box import FilterBox
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.choice import Chips
from pmdesk.ui.widgets.flow import FlowLayout
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.late import join_order
from pmdesk.ui.widgets.visibility import set_shown

_OWN = "own"
_DAY = 9  # average letters of a date


class FilterBar(QWidget):
    """Tells `changed` when the user chose something else; `choice` is what is chosen."""

    changed = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self.choice = USUAL
        self.period = QComboBox()
        self.period.setAccessibleName(_("Stretch of time"))
        self.period.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for period, words in PERIODS.items():
            self.period.addItem(said(words), period.value)
        self.period.addItem(_("Days of my choice"), _OWN)
        self.first, self.last = DateLine(_("First day")), DateLine(_("Last day"))
        self.building = FilterBox(_("Building"), _("Add a building"))
        self.services = Chips([(one, said(words)) for one, words in SERVICES.items()])
        self.days = _days(self.first, self.last)
        self.state = Banner(action=_("Show the whole office"), pressed=self.reset, picture="funnel")
        self._chosen = FlowLayout(8)
        self._chips = QWidget()
        self._chips.setLayout(self._chosen)
        self._arrange()
        self._connect()
        self.show_choice(USUAL)

    def show_choice(self, choice: Choice) -> None:
        """The bar says that this is shown."""
        self.choice = choice
        code = choice.period.value if choice.period else _OWN
        self.period.setCurrentIndex(self.period.findData(code))
        scope = choice.scope(self._today)
        set_shown(self.days, choice.period is None)
        self.first.show_value(scope.since)
        self.last.show_value(scope.until.fromordinal(max(scope.until.toordinal() - 1, 1)))
        self.services.show_value(choice.services)
        self._show_buildings()
        self._show_state()

    def show_buildings(self, names: Sequence[str]) -> None:
        """The buildings that can be chosen."""
        self.building.fill(building_entries(names), "")

    def reset(self) -> None:
        """The whole office is shown; the period stays."""
        self.building.setFocus()  # the button goes, and with it the cursor
        self._take(replace(self.choice, buildings=(), services=()))

    def _take(self, choice: Choice) -> None:
        if choice != self.choice:
            self.show_choice(choice)
            self.changed.emit()

    # ---- what the user chooses -----------------------------------------------------------------

    def _connect(self) -> None:
        self.period.activated.connect(lambda _at: self._take_period())
        self.building.activated.connect(lambda _at: self._add(str(self.building.currentData())))
        self.services.chosen.connect(self._take_services)
        for line in (self.first, self.last):
            line.edited.connect(self._take_days)

    def _take_period(self) -> None:
        code = str(self.period.currentData())
        if code != _OWN:
            self._take(replace(self.choice, period=Period(code), first=None, last=None))
            return
        scope = self.choice.scope(self._today)
        last = scope.until.fromordinal(scope.until.toordinal() - 1)
        self._take(replace(self.choice, period=None, first=scope.since, last=last))

    def _take_days(self) -> None:
        """Only whole days in their order count; while one is typed nothing happens."""
        first, last = self.first.value, self.last.value
        if not isinstance(first, date) or not isinstance(last, date) or first > last:
            return
        choice = replace(self.choice, period=None, first=first, last=last)
        if choice != self.choice:
            self.choice = choice
            self._show_state()
            self.changed.emit()

    def _add(self, name: str) -> None:
        self.building.show_value("")
        if name and name not in self.choice.buildings:
            self._take(replace(self.choice, buildings=(*self.choice.buildings, name)))

    def _remove(self, name: str) -> None:
        self.building.setFocus()  # as above
        left = tuple(one for one in self.choice.buildings if one != name)
        self._take(replace(self.choice, buildings=left))

    def _take_services(self, chosen: Sequence[object]) -> None:
        services = tuple(one for one in Service if one in chosen)
        self._take(replace(self.choice, services=services))

    # ---- what the bar says ---------------------------------------------------------------------

    def _show_buildings(self) -> None:
        while (item := self._chosen.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for name in self.choice.buildings:
            words = building_words(name)
            made = button(words, partial(self._remove, name), look="chip", picture="x")
            made.setAccessibleName(_("Take off: {name}").format(name=words))
            made.setToolTip(made.accessibleName())
            self._chosen.addWidget(made)
        set_shown(self._chips, bool(self.choice.buildings))
        join_order(self._chips)

    def _show_state(self) -> None:
        words = ""
        if self.choice.is_filtered:
            parts = [building_words(one) for one in self.choice.buildings]
            parts += [said(SERVICES[one]) for one in self.choice.services]
            words = _("Filtered: {what}. The charts show a part of the office.").format(
                what=_(", ").join(parts)
            )
        self.state.show_sentence(words, Tone.WARN)

    def _arrange(self) -> None:
        row = FlowLayout(10)
        for part in (self.period, self.days, self.building, self._chips, self.services):
            row.addWidget(part)
        filters = QWidget()
        filters.setLayout(row)
        policy = filters.sizePolicy()
        policy.setHeightForWidth(True)
        policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
        filters.setSizePolicy(policy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(filters)
        column.addWidget(self.state)


def _days(first: DateLine, last: DateLine) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    for line in (first, last):
        line.line.setMinimumWidth(theme.length(_DAY * 12))
    row.addWidget(first)
    row.addWidget(label("–", "muted"))
    row.addWidget(last)
    return made
