"""How the desk counts days: the city, the office's own target, and days the calendar lacks."""

from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from pmdesk.domain.deadlines import TARGET
from pmdesk.domain.office import Changes
from pmdesk.domain.ports.requests import OfficeDay
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, capitalised, said, told
from pmdesk.services.rights import desk_settings
from pmdesk.services.rights.desk_settings import DeskOptions
from pmdesk.services.session import Session
from pmdesk.ui.forms.cell import cell, choice_box, fill
from pmdesk.ui.forms.dates import DateLine
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.choice import Segmented
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.spin import indented


class DeskSettingsCard(Card):
    """For administrators; what is changed counts for new requests."""

    def __init__(self, session: Session, tasks: Tasks) -> None:
        super().__init__(_("How days are counted"))
        self._session = session
        self._tasks = tasks
        self.city = choice_box()
        self.target = indented(QSpinBox())
        self.target.setRange(1, TARGET)
        self.target.setSuffix(_(" working days"))
        self.known = label("", "muted", wrap=True)
        self.duties = label("", "muted", wrap=True)
        self.day = DateLine(_("Day"))
        self.working = Segmented(((False, _("day off")), (True, _("working day"))))
        self.working.show_value(value=False)
        self.note = Banner()
        self._days = QWidget()
        self.aside.addWidget(button(_("Close"), self.hide, look="quiet", picture="x"))
        self._arrange()

    def start(self) -> None:
        """The card is shown with what is set now."""
        self.note.show_sentence("")
        self.show()
        self._read()

    def _arrange(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(20)
        first.addWidget(cell(_("City"), self.city), 1)
        first.addWidget(cell(_("Answer within"), self.target), 1)
        save = button(_("Save"), self._save, picture="save")
        first.addWidget(save, 0, Qt.AlignmentFlag.AlignBottom)
        second = QHBoxLayout()
        second.setSpacing(20)
        second.addWidget(cell(_("A day of this office"), self.day), 1)
        second.addWidget(cell(capitalised(_("counts as")), self.working), 1)
        add = button(_("Add the day"), self._add_day, picture="plus")
        second.addWidget(add, 0, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(first)
        self.add(self.duties)
        self.add(self.known)
        self.body.addLayout(second)
        self.add(self._days)
        self.add(self.note)

    def _read(self) -> None:
        self._tasks.query(
            partial(desk_settings.options, self._session), owner=self, done=self._show
        )

    def _show(self, found: DeskOptions) -> None:
        fill(self.city, [(said(one.name), one.code) for one in found.cities])
        self.city.setCurrentIndex(self.city.findData(found.city.code))
        self.target.setValue(found.settings.target)
        duties = [f"{said(duty.says)}（{duty.article}）" for duty in found.city.duties]
        self.duties.setText("\n".join(duties))
        self.duties.setVisible(bool(duties))
        years = _(", ").join(map(str, found.known))
        self.known.setText(
            _(
                "Official holidays are known for {years}; other years leave out weekends only."
            ).format(years=years)
        )
        self._show_days(found.days)

    def _show_days(self, days: tuple[OfficeDay, ...]) -> None:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        for one in days:
            row = QHBoxLayout()
            words = _("working day") if one.working else _("day off")
            row.addWidget(label(f"{one.day.isoformat()}　{words}"), 1)
            drop = partial(self._drop, one.day)
            row.addWidget(button(_("Remove"), drop, look="quiet", picture="x"))
            column.addLayout(row)
        self.body.replaceWidget(self._days, made)
        self._days.hide()
        self._days.deleteLater()
        self._days = made

    def _save(self) -> None:
        city, target = str(self.city.currentData()), self.target.value()
        self._do(partial(desk_settings.configure, self._session, city, target))

    def _add_day(self) -> None:
        day = self.day.value
        if not isinstance(day, date):
            self.note.show_sentence(_("A date looks like 2026-03-08"), Tone.WARN)
            return
        working = self.working.value is True
        self._do(partial(desk_settings.put_day, self._session, day, working=working))

    def _drop(self, day: date) -> None:
        self._do(partial(desk_settings.drop_day, self._session, day))

    def _do(self, work: "partial[Changes]") -> None:
        self._tasks.command(
            work, owner=self, done=lambda _changes: self._saved(), failed=self._failed
        )

    def _saved(self) -> None:
        self.note.show_sentence(_("Saved. It counts for new requests."), Tone.GOOD)
        self._read()

    def _failed(self, error: PmdeskError) -> None:
        self.note.show_sentence(told(error), Tone.PROBLEM)
