"""When backups are made by themselves, and where they go."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QVBoxLayout

from pmdesk.domain.backups import Plan, When
from pmdesk.domain.office import Clock
from pmdesk.i18n import _
from pmdesk.services.backups import PlaceState, State
from pmdesk.ui.backups import words
from pmdesk.ui.icons import Ink
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.choice import Segmented
from pmdesk.ui.widgets.label import Picture, label
from pmdesk.ui.widgets.spin import indented

_LAST_HOUR = 23


class PlanCard(Card):
    """Every change is asked of the page at once: there is no button to save."""

    changed = Signal(object)  # Plan

    def __init__(self, prompts: Prompts, clock: Clock) -> None:
        super().__init__(_("When and where"))
        self._prompts = prompts
        self._clock = clock
        self._plan = Plan()
        self.when = Segmented(
            (
                (When.EXIT, _("When pmdesk is closed")),
                (When.DAILY, _("Every day")),
                (When.OFF, _("Only by hand")),
            )
        )
        self.hour = indented(QSpinBox())
        self.hour.setRange(0, _LAST_HOUR)
        self.hour.setSuffix(_(" o'clock"))
        self.hour.setAccessibleName(_("Hour of the daily backup"))
        self.when.chosen.connect(self._choose)
        self.hour.editingFinished.connect(self._set_hour)
        self.places = QVBoxLayout()
        self.places.setSpacing(6)
        self.more = button(_("Add a place…"), self._add, picture="plus")
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.when, 1)
        row.addWidget(self.hour)
        self.body.addLayout(row)
        self.add(label(_explanation(), "muted", wrap=True))
        self.body.addLayout(self.places)
        last = QHBoxLayout()
        last.addWidget(self.more)
        last.addStretch(1)
        self.body.addLayout(last)
        self.body.addStretch(1)

    def show_state(self, state: State) -> None:
        """The plan and its places as they are now."""
        self._plan = state.plan
        self.when.show_value(state.plan.when)
        self.hour.setValue(state.plan.hour)
        self.hour.setVisible(state.plan.when is When.DAILY)
        while (item := self.places.takeAt(0)) is not None:
            if (inner := item.layout()) is not None:
                while (part := inner.takeAt(0)) is not None:
                    if (widget := part.widget()) is not None:
                        widget.deleteLater()
        for one in state.places:
            self.places.addLayout(self._line(one))

    def _line(self, one: PlaceState) -> QHBoxLayout:
        there = one.place.present
        tone = Tone.GOOD if there else Tone.WARN
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(Picture("circle-check" if there else "triangle-alert", tone, 18))
        name = _("inside the office") if one.place.own else str(one.place.path)
        row.addWidget(label(name, wrap=True), 1)
        row.addWidget(label(words.place(one, self._clock), "muted"))
        if one.place.synced:
            mark = Picture("upload", Tone.WARN, 16)
            mark.setToolTip(_("{service} copies this folder.").format(service=one.place.synced))
            row.addWidget(mark)
        if not one.place.own:
            path = one.place.path
            remove = button("", lambda: self._remove(path), look="quiet", picture="x")
            remove.setToolTip(_("No longer there"))
            remove.setAccessibleName(_("No backups to {place} any more").format(place=path))
            row.addWidget(remove)
        else:
            row.addWidget(Picture("lock", Ink.MUTED, 16))
        return row

    def _choose(self, when: object) -> None:
        if isinstance(when, When):
            self.changed.emit(replace(self._plan, when=when))

    def _set_hour(self) -> None:
        if self.hour.value() != self._plan.hour:
            self.changed.emit(replace(self._plan, hour=self.hour.value()))

    def _add(self) -> None:
        chosen = self._prompts.folder(_("A folder for backups, on a stick for example"))
        if chosen is not None and chosen not in self._plan.places:
            self.changed.emit(replace(self._plan, places=(*self._plan.places, chosen)))

    def _remove(self, path: Path) -> None:
        left = tuple(one for one in self._plan.places if one != path)
        self.changed.emit(replace(self._plan, places=left))


def _explanation() -> str:
    return _(
        "Each backup is restored once to prove it, then copied to every place that is there. Kept"
        " are 7 days, 5 weeks and 12 months. A stick that lies elsewhere also helps after a fire."
    )
