"""Steps of orders, whoever asks for them: done at once, prepared, refused in words, taken back."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from pmdesk.domain.office import Changes
from pmdesk.domain.orders.names import MOVES, STATES
from pmdesk.domain.orders.order import MOVES as RULES
from pmdesk.domain.orders.order import Deed, Move, OrderId
from pmdesk.domain.staff import Permission
from pmdesk.errors import PmdeskError, RefusedError
from pmdesk.i18n import _, said, told
from pmdesk.services.orders import moving
from pmdesk.services.orders.book import Line
from pmdesk.services.orders.moving import DoneStep
from pmdesk.services.session import Session
from pmdesk.ui.orders.move_panel import MovePanel
from pmdesk.ui.orders.task import AT_ONCE, Doing, Task, task_name
from pmdesk.ui.orders.words import NEXT, advice_words
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner


class OrderActs(QObject):
    """Each step that was done is told in one line, which offers the way back."""

    prepared = Signal()
    moved = Signal(object)  # OrderId

    def __init__(
        self, session: Session, tasks: Tasks, panel: Callable[[], MovePanel], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._tasks = tasks
        self._panel = panel
        self._handles = session.staff.may(Permission.HANDLE_ORDERS)
        self._last: DoneStep | None = None
        self._under_way: set[Doing] = set()
        self._pressed: Callable[[], object] = self.take_back
        self.note = Banner(pressed=lambda: self._pressed())
        self.say("")

    def say(self, sentence: str, tone: Tone = Tone.INFO) -> None:
        """The page says this, and nothing else."""
        self.note.show_sentence(sentence, tone)
        self.note.action.hide()

    def offer(self, sentence: str, name: str, act: Callable[[], object]) -> None:
        """The page says what was done, with a button for what may follow."""
        self.say(sentence, Tone.GOOD)
        self._pressed = act
        self._show_action(name)

    def start(self, line: Line, task: Task) -> None:
        """The step is done, or prepared where something has to be said with it."""
        if not self._handles:
            return
        self.say("")
        if isinstance(task, Move) and line.state not in RULES[task].start:
            words = _("“{step}” is not possible now. {advice}")
            told_ = words.format(step=said(task_name(task)), advice=advice_words(line.state))
            self.say(told_, Tone.INFO)
        elif task in AT_ONCE:
            self._do(Doing(order=line.id, task=task), partial(self.moved_on, line.id))
        else:
            self._panel().start(line, task)
            self.prepared.emit()

    def assign(self, line: Line) -> None:
        """Who does it is asked for."""
        self.start(line, Move.ASSIGN)

    def step(self, line: Line) -> None:
        """What usually comes next is done, or said why nothing does."""
        if line.state in NEXT:
            self.start(line, NEXT[line.state])
        else:
            words = _("No step comes after this one. {advice}")
            self.say(words.format(advice=advice_words(line.state)))

    def urge(self, order: OrderId, done: Callable[[], object]) -> None:
        """Somebody asked again for what is in the book."""

        def told_(_step: DoneStep | None) -> None:
            done()
            self.say(_("Urged. Nothing new was registered."), Tone.GOOD)

        self._do(Doing(order=order, task=Deed.URGED), told_)

    def take_back(self) -> None:
        """The last step that was done here never happened, as far as state and clock go."""
        done, self._last = self._last, None  # pressed twice, it is taken back once
        if done is None:
            self.say(
                _(
                    "There is no step to take back. What was entered wrong is put right, what was"
                    " registered twice is merged or cancelled, what was closed is reopened."
                )
            )
            return
        self._tasks.command(
            partial(moving.take_back, self._session, done),
            owner=self,
            done=lambda _changes: self._taken_back(done),
            failed=partial(self._not_taken_back, done),
        )

    def moved_on(self, order: OrderId, step: DoneStep | None) -> None:
        """It is told where the order stands now, and how that step is taken back."""
        if step is not None:
            self._last = step
            named = said(MOVES[step.move]), said(STATES[step.state])
            ways = " → ".join(dict.fromkeys(named))  # some steps are called as they end
            words = _("{number}: {words}").format(number=step.before.number, words=ways)
            self.offer(words, _("Take back (Ctrl+Z)"), self.take_back)
        self.moved.emit(order)

    # ---- answers ---------------------------------------------------------------------------

    def _do(self, doing: Doing, done: Callable[[DoneStep | None], None]) -> None:
        """It is done once, however often it was pressed before it was done."""
        if doing in self._under_way:
            return

        over = partial(self._under_way.discard, doing)

        def did(answer: tuple[DoneStep | None, Changes]) -> None:
            over()
            done(answer[0])

        def failed(error: PmdeskError) -> None:
            over()
            self._failed(error)

        self._under_way.add(doing)
        work = partial(doing.do, self._session)
        self._tasks.command(work, owner=self, done=did, failed=failed, broken=over)

    def _taken_back(self, done: DoneStep) -> None:
        words = _("Taken back: {step}. {number} is “{state}” again, and its clock runs as before.")
        said_ = words.format(
            step=said(MOVES[done.move]),
            number=done.before.number,
            state=said(STATES[done.before.state]),
        )
        if done.had_number:
            said_ += _(" The number to call back was deleted when it was closed: ask for it again.")
        self.say(said_, Tone.GOOD)
        self.moved.emit(done.before.id)

    def _not_taken_back(self, done: DoneStep, error: PmdeskError) -> None:
        """The way back stays unless it was refused: the disk may be busy or full just now."""
        self._failed(error)
        if not isinstance(error, RefusedError) and self._last is None:
            self._last = done
            self._pressed = self.take_back
            self._show_action(_("Take back (Ctrl+Z)"))

    def _show_action(self, name: str) -> None:
        self.note.action.setText(name)
        self.note.action.setAccessibleName(name)
        self.note.action.show()

    def _failed(self, error: PmdeskError) -> None:
        self.say(told(error), Tone.WARN)
