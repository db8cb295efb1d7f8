"""One step of an order, prepared and done with Enter: by whom, why, how it was found."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget
from typing_extensions import override

from pmdesk.domain.orders.moving import Terms
from pmdesk.domain.orders.order import OPEN, STARS, Move, OrderId
from pmdesk.domain.ports.orders import OrderQuery
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, ngettext, said
from pmdesk.services.orders import book
from pmdesk.services.orders.book import Hand, Line
from pmdesk.services.session import Session
from pmdesk.ui.forms.cell import cell, choice_box
from pmdesk.ui.forms.line import PinyinEdit
from pmdesk.ui.orders.entries import flowing
from pmdesk.ui.orders.prepared import Prepared
from pmdesk.ui.orders.task import Doing, Task, explained, needs_words, task_name
from pmdesk.ui.orders.words import what
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.choice import Segmented
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.visibility import set_shown

_MOST = 50  # orders that one can be merged into


class MovePanel(Prepared):
    """Stands across the page while one step is prepared; hidden otherwise."""

    moved = Signal(object)  # OrderId

    def __init__(self, session: Session, tasks: Tasks) -> None:
        super().__init__()
        self._session = session
        self._tasks = tasks
        self._task: Task = Move.ASSIGN
        self._line: Line | None = None
        self.title = label("", "heading", wrap=True)
        self.says = label("", "muted", wrap=True)
        self.hand = _hand_box()
        self.stars = Segmented([(one, _stars(one)) for one in STARS])
        self.parent_order = choice_box()
        self.words = PinyinEdit()
        self.confirm = button("", self.do, look="primary", tip="Enter")
        self._arrange()
        self.hide()

    def start(self, line: Line, task: Task) -> None:
        """The step is prepared; what it needs is asked for."""
        self._line, self._task = line, task
        name = said(task_name(task))
        title = _("{step}: {number}, {where}, {subject}").format(
            step=name, number=line.number, where=line.where, subject=what(line)
        )
        self.title.setText(title)
        self.setAccessibleName(title)
        self.says.setText(explained(task))
        set_shown(self.says, shown=bool(explained(task)))
        self.confirm.setText(name)
        self.confirm.setAccessibleName(name)
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
        self.confirm.setEnabled(True)
        self.show()
        self._first().setFocus()

    @override
    def do(self) -> None:
        if self._line is None or not self.confirm.isEnabled():
            return
        doing = Doing(order=self._line.id, task=self._task, terms=self._terms())
        self.confirm.setEnabled(False)
        self._tasks.command(
            partial(doing.do, self._session),
            owner=self,
            done=lambda _changes: self._done(doing.order),
            failed=self._failed,
        )

    # ---- building --------------------------------------------------------------------------

    def _arrange(self) -> None:
        self._hand_cell = cell(_("Done by"), self.hand)
        self._stars_cell = flowing(_("How satisfied"), self.stars)
        self._parent_cell = cell(_("The order that goes on"), self.parent_order)
        self._words_cell = cell(_("In words"), self.words)
        cells = (self._hand_cell, self._stars_cell, self._parent_cell, self._words_cell)
        for part in (self.title, self.says, *cells, self.note, self._buttons()):
            self.add(part)

    def _first(self) -> QWidget:
        if self._task is Move.ASSIGN:
            return self.hand
        if self._task is Move.MERGE:
            return self.parent_order
        return self.words

    # ---- asking ----------------------------------------------------------------------------

    def _ask(self) -> None:
        if self._task is Move.ASSIGN:
            self._tasks.query(
                partial(book.hands, self._session),
                owner=self,
                done=self._show_hands,
                newest="around",
            )
        elif self._task is Move.MERGE and self._line is not None:
            self._tasks.query(
                partial(_others, self._session, self._line),
                owner=self,
                done=self._show_others,
                newest="around",
            )

    def _show_hands(self, hands: Sequence[Hand]) -> None:
        typed = self.hand.currentText() if self.hand.currentIndex() < 0 else ""
        self.hand.clear()
        for one in hands:
            self.hand.addItem(one.name, one.code)
        self.hand.setCurrentIndex(-1)
        self.hand.setEditText(typed)

    def _show_others(self, lines: Sequence[Line]) -> None:
        self.parent_order.clear()
        for one in lines:
            self.parent_order.addItem(f"{one.number}  {one.where}  {what(one)}", int(one.id))
        if not lines:
            self.note.show_sentence(_("No other order is open in this building."), Tone.WARN)
        self.confirm.setEnabled(bool(lines))

    def _terms(self) -> Terms:
        stars = self.stars.value
        chosen = self.parent_order.currentData() if self._task is Move.MERGE else None
        return Terms(
            reason=self.words.text(),
            assignee=self._assignee() if self._task is Move.ASSIGN else "",
            rating=stars if isinstance(stars, int) and self._task is Move.CLOSE else None,
            parent=None if chosen is None else OrderId(chosen),
        )

    def _assignee(self) -> str:
        """The account of that name, else the name itself."""
        typed = self.hand.currentText().strip()
        at = self.hand.findText(typed, Qt.MatchFlag.MatchFixedString)
        return str(self.hand.itemData(at)) if at >= 0 and typed else typed

    def _done(self, order: OrderId) -> None:
        self.hide()
        self.moved.emit(order)

    @override
    def _failed(self, error: PmdeskError) -> None:
        super()._failed(error)
        self._first().setFocus()


def _hand_box() -> QComboBox:
    box = choice_box()
    box.setEditable(True)
    box.setLineEdit(PinyinEdit(_("A colleague, a firm or a worker")))
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    return box


def _stars(count: int) -> str:
    return ngettext("{count} star", "{count} stars", count).format(count=count)


def _others(session: Session, line: Line) -> tuple[Line, ...]:
    """Open orders of the same building, else of the estate."""
    building = line.building
    found = book.found(session, OrderQuery(states=OPEN, building=building, order="newest"))
    ids = [one for one in found if one != line.id]
    return book.lines(session, ids[:_MOST])
