"""One step of an order, prepared and done with Enter: by whom, why, how it was found."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.orders.moving import Terms
from pmdesk.domain.orders.order import STARS, Move, OrderId
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, ngettext, said
from pmdesk.services.orders import hands, merging
from pmdesk.services.orders.book import Line
from pmdesk.services.orders.moving import DoneStep
from pmdesk.services.session import Session
from pmdesk.ui.forms.cell import cell, choice_box
from pmdesk.ui.forms.line import PinyinEdit
from pmdesk.ui.orders.entries import flowing
from pmdesk.ui.orders.hand_finder import HandFinder
from pmdesk.ui.orders.prepared import Kept, Prepared
from pmdesk.ui.orders.task import (
    Doing,
    Task,
    confirm_name,
    explained,
    needs_words,
    noted_words,
    task_name,
)
from pmdesk.ui.orders.words import what
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.choice import Segmented
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.visibility import set_shown


class MovePanel(Prepared):
    """Stands across the page while one step is prepared; hidden otherwise."""

    moved = Signal(object, object)  # OrderId; DoneStep, or None where no move was done
    noted = Signal(str)  # what was done beside moving it

    def __init__(self, session: Session, tasks: Tasks) -> None:
        super().__init__(session, tasks)
        self._session = session
        self._tasks = tasks
        self._task: Task = Move.ASSIGN
        self._line: Line | None = None
        self.title = label("", "heading", wrap=True)
        self.says = label("", "muted", wrap=True)
        self.hand = HandFinder()
        self.stars = Segmented([(one, _stars(one)) for one in STARS])
        self.parent_order = choice_box()
        self.words = PinyinEdit()
        self.confirm = button("", self.do, look="primary", tip="Enter")
        self._arrange()
        self.words.query.connect(lambda _text: self._touch())
        self.stars.chosen.connect(lambda _value: self._touch())
        for mended in (self.hand.box.textChanged, self.words.textChanged):
            mended.connect(lambda _text: self.note.show_sentence(""))
        self.hide()

    def start(self, line: Line, task: Task) -> None:
        """The step is prepared; what it needs is asked for."""
        self.autosave.hurry()  # of what was prepared before
        self._line, self._task = line, task
        name = said(task_name(task))
        title = _("{step}: {number}, {where}, {subject}").format(
            step=name, number=line.number, where=line.where, subject=what(line)
        )
        self.title.setText(title)
        self.setAccessibleName(title)
        says = explained(task, line.service)
        self.says.setText(says)
        set_shown(self.says, shown=bool(says))
        self.confirm.setText(confirm_name(task))
        self.confirm.setAccessibleName(confirm_name(task))
        self.note.show_sentence("")
        self.words.clear()
        self.words.setPlaceholderText(
            _("Why, in a few words") if needs_words(task) else _("A few words, may be left out")
        )
        self.stars.show_value(None)
        set_shown(self._hand_cell, shown=task is Move.ASSIGN)
        set_shown(self._stars_cell, shown=task is Move.CLOSE)
        set_shown(self._parent_cell, shown=task is Move.MERGE)
        set_shown(self._words_cell, shown=task not in {Move.ASSIGN, Move.MERGE})
        self._ask()
        self._watch(line.id, task.value)
        self.confirm.setEnabled(True)
        self.show()
        self._first().setFocus()

    @override
    def do(self) -> None:
        if self._line is None or not self.confirm.isEnabled():
            return
        line = self._line
        doing = Doing(order=line.id, task=self._task, terms=self._terms())
        self.confirm.setEnabled(False)
        self._tasks.command(
            partial(doing.do, self._session),
            owner=self,
            done=lambda answer: self._done(line, doing, answer[0]),
            failed=self._failed,
            broken=self._broken,
        )

    @override
    def typed(self) -> Kept:
        stars = self.stars.value if self._task is Move.CLOSE else None
        kept = {"words": self.words.text(), "stars": stars if isinstance(stars, int) else None}
        return kept if any(kept.values()) else {}

    @override
    def restore(self, kept: Kept) -> None:
        self.words.setText(str(kept["words"]))
        self.stars.show_value(kept["stars"])
        self.words.setFocus()

    # ---- building --------------------------------------------------------------------------

    def _arrange(self) -> None:
        self._hand_cell = cell(_("Done by"), self.hand)
        self._stars_cell = flowing(_("How satisfied"), self.stars)
        self._parent_cell = cell(_("The order that goes on"), self.parent_order)
        self._words_cell = cell(_("In words"), self.words)
        cells = (self._hand_cell, self._stars_cell, self._parent_cell, self._words_cell)
        for part in (self.title, self.says, *cells, self._buttons(), self.draft, self.note):
            self.add(part)

    def _first(self) -> QWidget:
        if self._task is Move.ASSIGN:
            return self.hand
        if self._task is Move.MERGE:
            return self.parent_order
        return self.words

    # ---- asking ----------------------------------------------------------------------------

    def _ask(self) -> None:
        if self._line is None:
            return
        if self._task is Move.ASSIGN:
            self.hand.start()
            self._tasks.query(
                partial(hands.hands, self._session, self._line.service),
                owner=self,
                done=self.hand.show_hands,
                newest="around",
            )
        elif self._task is Move.MERGE:
            self._tasks.query(
                partial(merging.offered, self._session, self._line.id),
                owner=self,
                done=partial(self._show_others, self._line),
                newest="around",
            )

    def _show_others(self, of: Line, lines: Sequence[Line]) -> None:
        if (of, Move.MERGE) != (self._line, self._task):  # another step is prepared by now
            return
        self.parent_order.clear()
        self.parent_order.addItem(_("Choose…"), None)
        for one in lines:
            self.parent_order.addItem(f"{one.number}  {one.where}  {what(one)}", int(one.id))
        if not lines:
            none = _("No open order of this building can go on with this one.")
            self.note.show_sentence(none, Tone.WARN)
        self.confirm.setEnabled(bool(lines))

    def _terms(self) -> Terms:
        stars = self.stars.value
        chosen = self.parent_order.currentData() if self._task is Move.MERGE else None
        return Terms(
            reason=self.words.text(),
            assignee=self.hand.assignee if self._task is Move.ASSIGN else "",
            rating=stars if isinstance(stars, int) and self._task is Move.CLOSE else None,
            parent=None if chosen is None else OrderId(chosen),
        )

    def _done(self, line: Line, doing: Doing, step: DoneStep | None) -> None:
        """It is over; a step that was begun meanwhile stays, with its words."""
        self._over(doing.order, doing.task.value)
        self.moved.emit(doing.order, step)
        if step is None:
            is_sealed = line.service is Service.COMPLAINT and bool(doing.terms.reason.strip())
            self.noted.emit(noted_words(doing.task, is_sealed=is_sealed))

    @override
    def _failed(self, error: PmdeskError) -> None:
        super()._failed(error)
        self._first().setFocus()


def _stars(count: int) -> str:
    return ngettext("{count} star", "{count} stars", count).format(count=count)
