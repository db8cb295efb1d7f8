"""Entering a measure or changing it, and ending one with a remark."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from pmdesk.analytics.buildings import building_entries
from pmdesk.domain.fields import Problem
from pmdesk.domain.watch import EVERY_TOPIC, Measure, MeasureState, Plan
from pmdesk.i18n import _, said
from pmdesk.services.session import Session
from pmdesk.services.watch import measures
from pmdesk.services.watch.measures import Choices, Line
from pmdesk.ui.forms.cell import cell, choice_box, fill
from pmdesk.ui.forms.dates import DateLine
from pmdesk.ui.forms.form import sentence
from pmdesk.ui.forms.line import is_typed, named_line
from pmdesk.ui.forms.small_dialog import SmallDialog
from pmdesk.ui.kept_words import Kept, KeptWords
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.label import label

NEW = "new"  # sort of the drafts of measures that are not planned yet
_USUAL = timedelta(days=30)  # until a new measure should be done


class MeasureDialog(SmallDialog):
    """Asks who does what until when; of a measure there is, the place stays."""

    def __init__(
        self,
        session: Session,
        tasks: Tasks,
        choices: Choices,
        start: Plan | Measure | None,
        parent: QWidget | None = None,
    ) -> None:
        self._old = start if isinstance(start, Measure) else None
        go = button(_("Save"), self.save, look="primary")
        title = _("Change the measure") if self._old else _("Plan a measure")
        super().__init__(title, parent, go)
        self._session, self._tasks = session, tasks
        self.building, self.topic, self.owner = choice_box(), choice_box(), choice_box()
        self.words = named_line(_("What will be done"))
        self.due = DateLine(_("Until"))
        fill(self.building, building_entries(choices.buildings))
        fill(self.topic, [(said(name), code) for code, name in choices.topics])
        fill(self.owner, [(name, uid) for uid, name in choices.owners])
        self._show(self._old.plan if self._old else start if isinstance(start, Plan) else None)
        for box in (self.building, self.topic):
            box.setEnabled(self._old is None)
        kept = self.kept = KeptWords(session, tasks, self, "measure", self.words)
        self.arrange(label(_about(), "muted", wrap=True), *self._cells(), kept)
        self.words.setFocus()
        kept.keep_beside(self._typed, self._put)
        kept.watch(str(self._old.id) if self._old else NEW)

    @property
    def plan(self) -> Plan:
        """What is entered; a day that cannot be read counts as past, which is told."""
        day = self.due.value
        return Plan(
            building=str(self.building.currentData() or ""),
            topic=str(self.topic.currentData() or EVERY_TOPIC),
            words=self.words.text(),
            owner=str(self.owner.currentData() or ""),
            due=day if isinstance(day, date) else date.min,
        )

    @property
    @override
    def is_edited(self) -> bool:
        return is_typed(self.words)

    def save(self) -> None:
        """The measure is kept and the dialog closes; or it says what is missing."""
        if self._old is not None:
            work = partial(measures.change, self._session, self._old.id, self.plan)
            self.do(self._tasks, work)
            return
        self._tasks.query(
            partial(measures.problems, self._session, self.plan),
            owner=self,
            done=self._keep,
            newest="problems",  # pressed twice, it is kept once
        )

    def _keep(self, problems: tuple[Problem, ...]) -> None:
        if problems:
            self.warn(sentence(problems[0]))
            self._entry(problems[0].key).setFocus()
            return
        self.do(self._tasks, partial(_added, self._session, self.plan))

    def _entry(self, key: str) -> QWidget:
        entries: dict[str, QWidget] = {
            "building": self.building,
            "owner": self.owner,
            "due": self.due,
        }
        return entries.get(key, self.words)

    def _show(self, plan: Plan | None) -> None:
        today = self._session.clock.today()
        shown = plan or Plan(building="", topic=EVERY_TOPIC, words="", owner="", due=today + _USUAL)
        for box, value in (
            (self.building, shown.building),
            (self.topic, shown.topic),
            (self.owner, shown.owner or self._session.staff.uid),
        ):
            box.setCurrentIndex(max(box.findData(value), 0))
        self.words.setText(shown.words)
        self.due.show_value(shown.due)

    def _typed(self) -> Kept:
        plan = self.plan
        parts = (("building", plan.building), ("topic", plan.topic), ("owner", plan.owner))
        return {**dict(parts), "due": self.due.line.text()}

    def _put(self, kept: Kept) -> None:
        """As it was typed; of a measure there is, the place stays."""
        boxes = {"owner": self.owner}
        if self._old is None:
            boxes |= {"building": self.building, "topic": self.topic}
        for name, box in boxes.items():
            box.setCurrentIndex(max(box.findData(kept[name]), 0))
        self.due.line.setText(kept["due"])

    def _cells(self) -> tuple[QWidget, ...]:
        return (
            _beside(cell(_("Building"), self.building), cell(_("Topic"), self.topic)),
            cell(_("What will be done"), self.words),
            _beside(cell(_("Who sees to it"), self.owner), cell(_("Until"), self.due)),
        )


class EndDialog(SmallDialog):
    """Ends a measure as done or dropped, with a remark."""

    def __init__(
        self,
        session: Session,
        tasks: Tasks,
        line: Line,
        state: MeasureState,
        parent: QWidget | None = None,
    ) -> None:
        dropping = state is MeasureState.DROPPED
        title = _("Drop the measure?") if dropping else _("Is the measure done?")
        name = _("Drop") if dropping else _("Done")
        super().__init__(title, parent, button(name, self.save, look="primary"))
        self._work: Callable[[str], object] = partial(measures.end, session, line.measure.id, state)
        self._tasks = tasks
        self.note = named_line(_("Why is nothing done?") if dropping else _("What came of it?"))
        hint = (
            _("The reason stays on record.")
            if dropping
            else _("Three whole months later the page says whether complaints became fewer.")
        )
        kept = self.kept = KeptWords(session, tasks, self, "measure", self.note)
        self.arrange(
            label(measures.said_place(line.measure), "heading", wrap=True),
            label(line.measure.plan.words, wrap=True),
            cell(self.note.accessibleName(), self.note),
            label(hint, "muted", wrap=True),
            kept,
        )
        kept.watch(f"{state}:{line.measure.id}")

    @property
    @override
    def is_edited(self) -> bool:
        return is_typed(self.note)

    def save(self) -> None:
        """The measure is ended."""
        self.do(self._tasks, partial(self._work, self.note.text()))


def _beside(*cells: QWidget) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(20)
    for one in cells:
        row.addWidget(one, 1)
    return made


def started(building: str, topic: str, session: Session) -> Plan:
    """A plan for this place, to be filled in."""
    due = session.clock.today() + _USUAL
    return Plan(building=building, topic=topic, words="", owner=session.staff.uid, due=due)


def _added(session: Session, plan: Plan) -> object:
    measures.add(session, plan)
    return measures.CHANGED


def _about() -> str:
    return _(
        "A measure offers service to a place: extra cleaning, hours for mediation, a notice. It"
        " names no resident and changes nobody's tier."
    )
