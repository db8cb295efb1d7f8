"""The measures: who does what until when, and what the figures say afterwards."""

from functools import partial

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from pmdesk.domain.watch import MeasureState
from pmdesk.i18n import _
from pmdesk.services.drafts import BESIDE
from pmdesk.services.session import Session
from pmdesk.services.watch import measures
from pmdesk.services.watch.measures import Line, Measures
from pmdesk.ui import theme
from pmdesk.ui.tables.model import Column, RowsModel
from pmdesk.ui.tables.view import Table
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.watch.measure_dialog import NEW, EndDialog, MeasureDialog, started
from pmdesk.ui.watch.panel import Panel
from pmdesk.ui.watch.words import state_badge
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.flow import FlowLayout
from pmdesk.ui.widgets.header import EmptyState
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.visibility import set_shown

_ROWS = 8  # to be seen at once


class MeasuresPanel(Panel):
    """A table, and below it the chosen measure with its effect and what can be done with it."""

    def __init__(self, session: Session, tasks: Tasks) -> None:
        super().__init__(tasks)
        self._session = session
        self.found: Measures | None = None
        self.chosen: Line | None = None
        self.dialog: MeasureDialog | EndDialog | None = None
        self._wanted = ""  # subject of a draft to go on with once the measures are read
        self.new = button(_("Plan a measure…"), self.plan, picture="plus", tip="Ctrl+N")
        self.model = RowsModel[Line](_columns())
        self.table = Table(self.model, _empty(), nobody=True)
        self.table.view.picked.connect(self._show_line)
        self.table.view.opened.connect(lambda _line: self.change())
        self.place, self.words = label("", "heading", wrap=True), label("", wrap=True, select=True)
        self.effect = label("", wrap=True, select=True)
        self.done = button(_("Done…"), partial(self.end, MeasureState.DONE), picture="check")
        self.drop = button(_("Drop…"), partial(self.end, MeasureState.DROPPED), picture="x")
        self.edit = button(_("Change…"), self.change, picture="pencil")
        self.again = button(_("Take up again"), self.reopen, picture="undo-2")
        self._arrange()

    @override
    def reload(self) -> None:
        """The panel shows how things stand."""
        self.ask(partial(measures.measures, self._session), self.show_found, "measures")

    def show_found(self, found: Measures) -> None:
        """These measures are shown; the chosen one stays chosen."""
        before = self.chosen.measure.id if self.chosen else None
        self.found = found
        set_shown(self.new, found.may_change)
        self.model.set_rows(found.lines)
        rows = min(max(len(found.lines), 3), _ROWS)
        high = self.table.view.verticalHeader().defaultSectionSize()
        self.table.setFixedHeight(high * rows + theme.length(64))
        at = next((n for n, one in enumerate(self.model.rows) if one.measure.id == before), 0)
        if found.lines:
            self.table.view.selectRow(at)
            self._show_line(self.model.rows[at])
        else:
            self._show_line(None)
        subject, self._wanted = self._wanted, ""
        if subject:
            self._go_on(subject)

    def go_on_with(self, subject: str) -> None:
        """The form is open in which the draft of this subject is offered, once all is read."""
        self._wanted = subject
        self.reload()

    def plan(self, building: str = "", topic: str = "") -> None:
        """The form for a new measure is open, for that place where one is named."""
        if self.found is not None and self.found.may_change:
            start = started(building, topic, self._session) if building else None
            self._open(
                MeasureDialog(self._session, self._tasks, self.found.choices, start, self.window())
            )

    def change(self) -> None:
        """The form of the chosen measure is open."""
        found, line = self.found, self.chosen
        if found is not None and line is not None and found.may_change and line.measure.is_open:
            parts = (self._session, self._tasks, found.choices, line.measure, self.window())
            self._open(MeasureDialog(*parts))

    def end(self, state: MeasureState) -> None:
        """The chosen measure is to be ended so."""
        if self.chosen is not None:
            parts = (self._session, self._tasks, self.chosen, state, self.window())
            self._open(EndDialog(*parts))

    def reopen(self) -> None:
        """The chosen measure is under way again."""
        if self.chosen is not None:
            work = partial(measures.reopen, self._session, self.chosen.measure.id)
            self._tasks.command(work, owner=self, failed=self.explain)

    def _go_on(self, subject: str) -> None:
        state, _colon, sort = subject.partition(BESIDE)[0].rpartition(":")
        if sort == NEW:
            self.plan()
        elif (at := self._row_of(sort)) is None:
            self.banner.show_sentence(_("The measure of this draft is not under way any more."))
            return
        else:
            self.table.view.selectRow(at)
            self._show_line(self.model.rows[at])
            if state:
                self.end(MeasureState(state))
            else:
                self.change()
        if self.dialog is not None:
            self.dialog.kept.offer(subject)

    def _row_of(self, measure: str) -> int | None:
        """Where this measure stands in the table, as long as it is under way."""
        found = (n for n, one in enumerate(self.model.rows) if str(one.measure.id) == measure)
        return next((n for n in found if self.model.rows[n].measure.is_open), None)

    def _open(self, dialog: MeasureDialog | EndDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _arrange(self) -> None:
        card = Card(_("Measures at places"))
        card.aside.addWidget(self.new)
        card.add(self.table)
        self.detail = QWidget()
        acts = FlowLayout(12)
        for act in (self.done, self.edit, self.drop, self.again):
            acts.addWidget(act)
        self.acts = QWidget()
        self.acts.setLayout(acts)
        for part in (self.place, self.words, self.effect, self.acts):
            card.add(part)
        self.column.addWidget(card)
        self._show_line(None)

    def _show_line(self, line: Line | None) -> None:
        self.chosen = line
        may = self.found is not None and self.found.may_change
        for part in (self.place, self.words, self.effect, self.acts):
            set_shown(part, line is not None)
        if line is None:
            return
        self.place.setText(measures.said_place(line.measure))
        self.words.setText(line.measure.plan.words)
        self.effect.setText(_effect(line))
        set_shown(self.acts, may)
        for act in (self.done, self.drop, self.edit):
            set_shown(act, line.measure.is_open)
        set_shown(self.again, not line.measure.is_open)


def _effect(line: Line) -> str:
    parts = []
    if line.before:
        parts.append(_("Before: {rate}.").format(rate=line.before))
    if line.after:
        parts.append(_("After: {rate}.").format(rate=line.after))
    if line.outcome:
        parts.append(line.outcome)
    if line.measure.note:
        parts.append(_("Remark: {note}").format(note=line.measure.note))
    return "\n".join(parts)


def _empty() -> EmptyState:
    words = _("No measure is planned. Where a place asks for attention, plan what will be done.")
    return EmptyState(words, picture="clipboard-check")


def _columns() -> tuple[Column[Line], ...]:
    return (
        Column(
            key="place",
            title=_("Where"),
            cell=lambda line: measures.said_place(line.measure),
        ),
        Column(
            key="words",
            title=_("What will be done"),
            cell=lambda line: line.measure.plan.words,
            spare=True,  # stands in full below the table
        ),
        Column(
            key="owner",
            title=_("Who sees to it"),
            cell=lambda line: line.owner,
            width=12,
            spare=True,
        ),
        Column(
            key="due",
            title=_("Until"),
            cell=lambda line: line.measure.plan.due.isoformat(),
            width=12,
        ),
        Column(
            key="state",
            title=_("State"),
            cell=lambda line: state_badge(line).words,
            badge=state_badge,
            width=16,
        ),
    )
