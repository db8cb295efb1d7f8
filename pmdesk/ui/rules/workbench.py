"""The grid with everything around it that follows each edit: picker, findings, live counts."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QHideEvent, QResizeEvent, QShowEvent, QUndoStack
from PySide6.QtWidgets import QMenu, QSplitter, QVBoxLayout, QWidget
from typing_extensions import override

from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, told
from pmdesk.rules.check import check
from pmdesk.rules.facts import Fact
from pmdesk.rules.finding import Finding
from pmdesk.rules.rule import HitPolicy
from pmdesk.rules.table import DecisionTable
from pmdesk.services import rules
from pmdesk.services.rules import Effect
from pmdesk.services.session import Session
from pmdesk.ui import theme
from pmdesk.ui.commands import Command, build_actions
from pmdesk.ui.rules import arrange
from pmdesk.ui.rules.actions import Actions
from pmdesk.ui.rules.cell_card import CellCard
from pmdesk.ui.rules.cell_menu import cell_menu
from pmdesk.ui.rules.clipping import Clipping
from pmdesk.ui.rules.columns import Columns
from pmdesk.ui.rules.findings import FindingsList
from pmdesk.ui.rules.grid import RulesGrid
from pmdesk.ui.rules.model import RulesModel
from pmdesk.ui.rules.places import Place
from pmdesk.ui.rules.policy_box import WARNINGS
from pmdesk.ui.rules.preview import PreviewCard, rule_counts
from pmdesk.ui.rules.toolbar import GridToolbar
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.visibility import set_shown

RowAct = Callable[[Sequence[int], QModelIndex], Place | None]
QUIET_MS = 250
_READING = {Command.CHECK, Command.WHY_LOCKED}
UNDO_STEPS = 100
_NARROW = 800  # pixels, growing with the text: below, the cards stand one above the other
_LEAST, _TALL = 480, 1060  # height beside and above each other; a lower window scrolls
_ALONE = 400  # height of the grid where the cards are folded


class Workbench(QWidget):
    """Edits one table; nothing that is counted or checked ever holds up typing."""

    edited = Signal(object)  # DecisionTable
    checked = Signal(object)  # the findings, in a tuple
    submit_wanted = Signal()

    def __init__(self, session: Session, tasks: Tasks, table: DecisionTable) -> None:
        super().__init__()
        self._session = session
        self._tasks = tasks
        self._facts: tuple[Fact, ...] = ()
        self._findings: tuple[Finding, ...] = ()
        self._is_starting = False
        self._narrow: bool | None = None  # not yet known
        self.effect: Effect | None = None
        self.undo = QUndoStack(self)
        self.undo.setUndoLimit(UNDO_STEPS)
        self.model = RulesModel(table, self.undo)
        self.model.setParent(self)
        self.grid = RulesGrid(self.model)
        self.acts = Actions(self.model, self._explain)
        self.columns = Columns(self, self.model, self.grid, self.acts, self._tell)
        self.clipping = Clipping(self.model, self.grid, self.acts, self._tell)
        self.card = CellCard(self.model)
        self.findings = FindingsList()
        self.preview = PreviewCard()
        self.message = Banner()
        self.meaning = Banner(action=_("Put the strongest first"), pressed=self._sort)
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(QUIET_MS)
        self.actions_by_command = self._build_actions()
        self.toolbar = GridToolbar(self._tools())
        self._lay_out()
        self._connect()

    def start(self, table: DecisionTable, facts: Sequence[Fact], *, editable: bool) -> None:
        """The bench holds this version; there is nothing to undo."""
        self._facts = self.clipping.offered = self.columns.offered = tuple(facts)
        self.findings.editable = editable
        self._is_starting = True
        self.model.start(table, editable=editable)
        self._is_starting = False
        self._findings = ()
        self.effect = None
        self._enable()
        self.look_now()

    def hold(self) -> None:
        """Nothing can be entered any more: another version is on its way."""
        self.model.editable = False
        self._enable()

    def settle(self) -> None:
        """What is being typed stands in the table."""
        self.grid.settle()
        self.card.settle()

    def put_strip(self, strip: QWidget) -> None:
        """The widget stands between the buttons and the grid."""
        self._strip.addWidget(strip)

    def look_now(self) -> None:
        """The table is checked and counted, without waiting for a pause in typing."""
        self._quiet.stop()
        self.findings.show_busy()
        self.preview.show_busy()
        self._tasks.query(
            partial(check, self.model.table, self._facts),
            owner=self,
            done=self._show_checked,
            newest="checked",
        )
        self._tasks.query(
            partial(rules.effect, self._session, self.model.table),
            owner=self,
            done=self._show_effect,
            failed=lambda error: self.preview.show_problem(told(error)),
            newest="counted",
        )

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < theme.length(_NARROW)
        way = Qt.Orientation.Vertical if is_narrow else Qt.Orientation.Horizontal
        self._bound()
        if self._below.orientation() is not way:
            self._below.setOrientation(way)
        if self._narrow is not is_narrow:
            self._narrow = is_narrow
            _share(self._halves, (2, 3) if is_narrow else (5, 2))
            _share(self._below, (5, 6, 5) if is_narrow else (5, 5, 4))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._bound()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.setMinimumHeight(0)

    def _fold(self, folded: bool) -> None:
        """The grid has the room of the cards, or gives it back."""
        set_shown(self._below, not folded)
        self._bound()

    def _bound(self) -> None:
        """A lower window scrolls."""
        if not self.isVisible():
            return  # another tab may be lower
        tall = _TALL if self.width() < theme.length(_NARROW) else _LEAST
        self.setMinimumHeight(theme.length(_ALONE if self.toolbar.fold.is_folded else tall))

    def _build_actions(self) -> dict[Command, QAction]:
        grid = self.grid
        made = build_actions(
            self,
            {
                Command.NEW: lambda: self._add_row(below=True),
                Command.ROW_ABOVE: lambda: self._add_row(below=False),
                Command.COPY_ROW: lambda: self._on_rows(self.acts.copy_rows),
                Command.MOVE_UP: lambda: self._move_rows(grid.rows[:1], -1),
                Command.MOVE_DOWN: lambda: self._move_rows(grid.rows[-1:], 2),
                Command.MOVE_LEFT: lambda: self.columns.move(-1),
                Command.MOVE_RIGHT: lambda: self.columns.move(1),
                Command.DELETE_ROW: lambda: self._on_rows(self.acts.delete_rows),
                Command.PASTE_ROWS: self._paste_rows,
                Command.FILL_DOWN: self._fill,
                Command.UNDO: self.undo.undo,
                Command.REDO: self.undo.redo,
                Command.CHECK: self.look_now,
                Command.SAVE_NEXT: self._submit,
                Command.WHY_LOCKED: lambda: self._tell_locked(grid.current),
            },
        )
        new = made[Command.NEW]
        new.setText(_("New row below"))
        new.setToolTip(_("New row below  Ctrl+N"))
        return made

    def _tools(self) -> tuple[QAction | None, ...]:
        order = (
            *(Command.NEW, Command.COPY_ROW, Command.MOVE_UP, Command.MOVE_DOWN),
            *(Command.DELETE_ROW, None, Command.FILL_DOWN, None, Command.UNDO, Command.REDO),
            *(None, Command.CHECK),
        )
        return tuple(self.actions_by_command[c] if c else None for c in order)

    def _lay_out(self) -> None:
        top = Card(margin=8)
        top.body.setSpacing(6)
        self._strip = QVBoxLayout()
        top.add(self.toolbar)
        top.add(self.meaning)
        top.body.addLayout(self._strip)
        top.add(self.grid, 1)
        top.add(self.message)
        cards = (self.card, self.findings, self.preview)
        self._below = _split(Qt.Orientation.Horizontal, *cards)
        self._halves = _split(Qt.Orientation.Vertical, top, self._below)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._halves)

    def _connect(self) -> None:
        self.model.changed.connect(self._on_changed)
        self.model.refused.connect(self._tell)
        self.model.taken_back.connect(self._on_taken_back)
        self._quiet.timeout.connect(self.look_now)
        self.grid.current_changed.connect(self.card.show_index)
        self.grid.menu_wanted.connect(self.columns.show_menu)
        self.grid.left.connect(self._leave)
        self.grid.rows_dropped.connect(self.acts.move_rows)
        self.grid.columns_dropped.connect(self.acts.move_columns)
        for part in (self.grid.asked, self.grid.given):
            part.wanted.connect(self._on_wanted)
            part.locked.connect(self._tell_locked)
        self.grid.cell_menu_wanted.connect(lambda at: self.cell_menu().popup(at))
        self.findings.place_chosen.connect(self.grid.lead)
        self.findings.mend_wanted.connect(self.acts.mend)
        self.toolbar.used_only.connect(self.grid.show_only_used)
        self.toolbar.expert_wanted.connect(self.model.show_expert)
        self.toolbar.expert_wanted.connect(lambda _on: self.card.refresh())
        self.toolbar.fold.toggled.connect(self._fold)
        self.toolbar.policy.chosen.connect(self.acts.set_policy)
        self.toolbar.add_column.wanted.connect(self.columns.add)
        self.toolbar.add_column.group_wanted.connect(self.columns.ask_group)
        # methods, not lambdas: a stack that is destroyed with its bench still speaks
        self.undo.undoTextChanged.connect(self._name_undo)
        self.undo.redoTextChanged.connect(self._name_redo)
        self.undo.indexChanged.connect(self._enable)

    def _on_changed(self, table: DecisionTable) -> None:
        self._show_table()
        self.findings.hold()
        self._quiet.start()
        self.message.show_sentence("")
        if not self._is_starting:
            self.edited.emit(table)

    def _on_taken_back(self) -> None:
        self.message.show_sentence("")
        self._show_findings()

    def _show_table(self) -> None:
        table, editable = self.model.table, self.model.editable
        self.toolbar.show_table(table, self._facts, editable=editable)
        words = WARNINGS.get(table.policy, "")
        self.meaning.show_sentence(_(words) if words else "", Tone.WARN)
        is_first = table.policy is HitPolicy.FIRST
        sorts = editable and is_first and arrange.by_strength(table) != table
        set_shown(self.meaning.action, sorts)

    def _show_checked(self, findings: tuple[Finding, ...]) -> None:
        self._findings = findings
        self.findings.release()
        self._show_findings()
        self.checked.emit(findings)

    def _show_effect(self, effect: Effect) -> None:
        self.effect = effect
        self.model.set_counts(rule_counts(self.model.table, effect))
        self.preview.show_effect(self.model.table.scheme, effect)
        self._show_findings()

    def _show_findings(self) -> None:
        stale = self.effect.stale if self.effect else ()
        findings = (*self._findings, *stale)
        self.model.set_findings(findings)
        self.findings.show_findings(
            self.model.table, findings, self.model.refusals, self._others_words()
        )
        self.toolbar.fold.show_found(self.findings.summary.text())

    def _others_words(self) -> str:
        """How many people the last row decides about now."""
        table = self.model.table
        if self.effect is None or not table.is_complete:
            return ""
        count = rule_counts(table, self.effect).get(table.rules[-1].id, "")
        return _("today {count} people").format(count=count) if count else ""

    def _explain(self, error: PmdeskError) -> None:
        self._tell(told(error))

    def _tell(self, sentence: str) -> None:
        self.message.show_sentence(sentence, Tone.PROBLEM)
        self._show_findings()

    def _tell_locked(self, index: QModelIndex) -> None:
        """Why nothing can be entered there, and what would help."""
        if (why := self.model.why_locked(index)) is not None:
            self.message.show_sentence(told(why), Tone.INFO)

    def _enable(self, _at: int = 0) -> None:
        may = self.model.editable
        for command, action in self.actions_by_command.items():
            action.setEnabled(may or command in _READING)
        self.actions_by_command[Command.UNDO].setEnabled(may and self.undo.canUndo())
        self.actions_by_command[Command.REDO].setEnabled(may and self.undo.canRedo())
        self._show_table()

    def _name_undo(self, text: str) -> None:
        tip = _("Undo: {name}").format(name=text) if text else _("Undo")
        self.actions_by_command[Command.UNDO].setToolTip(f"{tip}  Ctrl+Z")

    def _name_redo(self, text: str) -> None:
        tip = _("Redo: {name}").format(name=text) if text else _("Redo")
        self.actions_by_command[Command.REDO].setToolTip(f"{tip}  Ctrl+Y")

    # ---- acts ------------------------------------------------------------------------------

    def _on_rows(self, act: RowAct) -> None:
        if self.grid.rows:
            self._go(act(self.grid.rows, self.grid.current))

    def _add_row(self, *, below: bool) -> None:
        rows = self.grid.rows or (-1,)
        self._go(self.acts.add_row(rows[-1] + 1 if below else max(rows[0], 0)))

    def _move_rows(self, edge: tuple[int, ...], by: int) -> None:
        if edge:
            self.acts.move_rows(self.grid.rows, edge[0] + by)

    def _go(self, place: Place | None) -> None:
        self.grid.go(place)

    def _fill(self) -> None:
        if self.grid.rows:
            self.acts.fill_down(self.grid.rows, self.grid.columns)

    def _paste_rows(self) -> None:
        if self.grid.has_focus:
            self.clipping.paste_rows()

    def _submit(self) -> None:
        self.settle()
        self.submit_wanted.emit()

    def _sort(self) -> None:
        self.acts.sort_by_strength()

    def _leave(self, by: int) -> None:
        self.focusNextPrevChild(by > 0)

    def _on_wanted(self, word: str) -> None:
        if not self.grid.current.isValid():
            return
        grid = self.grid
        acts: Mapping[str, Callable[[], object]] = {
            "copy": self.clipping.copy,
            "copy_headed": self.clipping.copy_with_headings,
            "cut": self.clipping.cut,
            "paste": self.clipping.paste,
            "clear": lambda: self.acts.clear(grid.rows, grid.columns),
            "choose_all": grid.choose_all,
            "take_back": lambda: self.model.take_back(grid.current.row(), grid.current.column()),
        }
        acts[word]()

    def cell_menu(self) -> QMenu:
        """What can be done with what is chosen."""
        acts = (
            *(Command.PASTE_ROWS, Command.NEW, Command.ROW_ABOVE, Command.COPY_ROW),
            *(Command.MOVE_UP, Command.MOVE_DOWN, Command.DELETE_ROW, Command.FILL_DOWN),
        )
        actions = [self.actions_by_command[command] for command in acts]
        return cell_menu(self, self._on_wanted, actions, editable=self.model.editable)


def _split(way: Qt.Orientation, *parts: QWidget) -> QSplitter:
    made = QSplitter(way)
    for part in parts:
        made.addWidget(part)
    made.setChildrenCollapsible(False)
    made.setHandleWidth(theme.length(10))
    return made


def _share(split: QSplitter, shares: Sequence[int]) -> None:
    """The parts have these shares of the room, and keep them when it grows."""
    for place, share in enumerate(shares):
        split.setStretchFactor(place, share)
    room = split.height() if split.orientation() is Qt.Orientation.Vertical else split.width()
    split.setSizes([room * share // sum(shares) for share in shares])
