"""The grid with everything around it that follows each edit: picker, findings, live counts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QResizeEvent, QUndoStack
from PySide6.QtWidgets import QMenu, QSplitter, QVBoxLayout, QWidget
from typing_extensions import override

from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, said, told
from pmdesk.rules.check import Finding, check
from pmdesk.rules.facts import Fact
from pmdesk.rules.table import DecisionTable
from pmdesk.services import rules
from pmdesk.services.rules import Effect
from pmdesk.services.session import Session
from pmdesk.ui import theme
from pmdesk.ui.commands import Command, build_actions
from pmdesk.ui.rules.actions import Actions
from pmdesk.ui.rules.cell_card import CellCard
from pmdesk.ui.rules.findings import FindingsList
from pmdesk.ui.rules.grid import RulesGrid
from pmdesk.ui.rules.model import Place, RulesModel
from pmdesk.ui.rules.preview import PreviewCard, rule_counts
from pmdesk.ui.rules.toolbar import GridToolbar
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.card import Card

RowAct = Callable[[QModelIndex], Place | None]
QUIET_MS = 250
UNDO_STEPS = 100
_NARROW = 800  # pixels, growing with the text: below, the cards stand one above the other
_LEAST, _TALL = 540, 960  # height beside and above each other; a lower window scrolls


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the background found out about a table."""

    findings: tuple[Finding, ...]
    effect: Effect


class Workbench(QWidget):
    """Edits one table; nothing that is counted or checked ever holds up typing."""

    edited = Signal(object)  # DecisionTable
    answered = Signal(object)  # Answer

    def __init__(self, session: Session, tasks: Tasks, table: DecisionTable) -> None:
        super().__init__()
        self._session = session
        self._tasks = tasks
        self._facts: tuple[Fact, ...] = ()
        self._findings: tuple[Finding, ...] = ()
        self._is_starting = False
        self.effect: Effect | None = None
        self.undo = QUndoStack(self)
        self.undo.setUndoLimit(UNDO_STEPS)
        self.model = RulesModel(table, self.undo)
        self.model.setParent(self)
        self.grid = RulesGrid(self.model)
        self.acts = Actions(self.model, self._explain)
        self.card = CellCard(self.model)
        self.findings = FindingsList()
        self.preview = PreviewCard()
        self.message = Banner()
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(QUIET_MS)
        self.actions_by_command = self._build_actions()
        self.toolbar = GridToolbar(self._tools())
        self._lay_out()
        self._connect()

    def start(self, table: DecisionTable, facts: Sequence[Fact], *, editable: bool) -> None:
        """The bench holds this version; there is nothing to undo."""
        self._facts = tuple(facts)
        self._is_starting = True
        self.model.start(table, editable=editable)
        self._is_starting = False
        self._findings = ()
        self.effect = None
        self._enable()
        self.look_now()

    def look_now(self) -> None:
        """The table is checked and counted, without waiting for a pause in typing."""
        self._quiet.stop()
        self.preview.show_busy()
        self._tasks.query(
            partial(_examined, self._session, self.model.table, self._facts),
            owner=self,
            done=self._show_answer,
            failed=lambda error: self.preview.show_problem(told(error)),
            newest="examined",
        )

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < theme.length(_NARROW)
        way = Qt.Orientation.Vertical if is_narrow else Qt.Orientation.Horizontal
        if self._below.orientation() is not way:
            self._below.setOrientation(way)
        self.setMinimumHeight(theme.length(_TALL if is_narrow else _LEAST))

    def _build_actions(self) -> dict[Command, QAction]:
        made = build_actions(
            self,
            {
                Command.NEW: lambda: self._go(self.acts.add_row(self.grid.current.row())),
                Command.COPY_ROW: lambda: self._on_row(self.acts.copy_row),
                Command.MOVE_UP: lambda: self._on_row(partial(self.acts.move_row, by=-1)),
                Command.MOVE_DOWN: lambda: self._on_row(partial(self.acts.move_row, by=1)),
                Command.DELETE_ROW: lambda: self._on_row(self.acts.delete_row),
                Command.FILL_DOWN: self._fill,
                Command.UNDO: self.undo.undo,
                Command.REDO: self.undo.redo,
                Command.CHECK: self.look_now,
            },
        )
        new = made[Command.NEW]
        new.setText(_("New row below"))
        new.setToolTip(_("New row below  Ctrl+N"))
        new.setShortcuts([QKeySequence("Ctrl+N"), QKeySequence("Ctrl+Shift+N")])
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
        top.add(self.toolbar)
        top.add(self.grid, 1)
        top.add(self.message)
        cards = ((self.card, 5), (self.findings, 4), (self.preview, 4))
        self._below = _split(Qt.Orientation.Horizontal, *cards)
        halves = _split(Qt.Orientation.Vertical, (top, 5), (self._below, 3))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(halves)

    def _connect(self) -> None:
        self.model.changed.connect(self._on_changed)
        self.model.refused.connect(self._tell)
        self._quiet.timeout.connect(self.look_now)
        self.grid.current_changed.connect(self.card.show_index)
        self.grid.menu_wanted.connect(self._show_menu)
        for part in (self.grid.asked, self.grid.given):
            part.wanted.connect(self._on_wanted)
        self.findings.place_chosen.connect(self._go)
        self.toolbar.used_only.connect(self.grid.show_only_used)
        self.toolbar.column_wanted.connect(lambda fact: self._go(self.acts.add_column(fact)))
        # methods, not lambdas: a stack that is destroyed with its bench still speaks
        self.undo.undoTextChanged.connect(self._name_undo)
        self.undo.redoTextChanged.connect(self._name_redo)
        self.undo.indexChanged.connect(self._enable)

    def _on_changed(self, table: DecisionTable) -> None:
        self.toolbar.show_facts(self._facts, table.facts, editable=self.model.editable)
        self._quiet.start()
        self.message.show_sentence("")
        if not self._is_starting:
            self.edited.emit(table)

    def _show_answer(self, answer: Answer) -> None:
        self._findings, self.effect = answer.findings, answer.effect
        self.model.set_findings(answer.findings)
        self.model.set_counts(rule_counts(self.model.table, answer.effect))
        self.preview.show_effect(self.model.table.scheme, answer.effect)
        self._show_findings()
        self.answered.emit(answer)

    def _show_findings(self) -> None:
        self.findings.show_findings(self._findings, self.model.refusals)

    def _explain(self, error: PmdeskError) -> None:
        self._tell(told(error))

    def _tell(self, sentence: str) -> None:
        self.message.show_sentence(sentence, Tone.PROBLEM)
        self._show_findings()

    def _enable(self, _at: int = 0) -> None:
        may = self.model.editable
        for command, action in self.actions_by_command.items():
            action.setEnabled(may or command is Command.CHECK)
        self.actions_by_command[Command.UNDO].setEnabled(may and self.undo.canUndo())
        self.actions_by_command[Command.REDO].setEnabled(may and self.undo.canRedo())
        self.toolbar.show_facts(self._facts, self.model.table.facts, editable=may)

    def _name_undo(self, text: str) -> None:
        tip = _("Undo: {name}").format(name=text) if text else _("Undo")
        self.actions_by_command[Command.UNDO].setToolTip(f"{tip}  Ctrl+Z")

    def _name_redo(self, text: str) -> None:
        tip = _("Redo: {name}").format(name=text) if text else _("Redo")
        self.actions_by_command[Command.REDO].setToolTip(f"{tip}  Ctrl+Y")

    def _on_row(self, act: RowAct) -> None:
        if self.grid.current.isValid():
            self._go(act(self.grid.current))

    def _go(self, place: Place | None) -> None:
        self.grid.go(place)

    def _fill(self) -> None:
        if self.grid.rows:
            self.acts.fill_down(self.grid.rows, self.grid.columns)

    def _on_wanted(self, word: str) -> None:
        grid, board = self.grid, QGuiApplication.clipboard()
        if not grid.current.isValid():
            return
        if word == "copy":
            board.setText(self.acts.copied(grid.rows, grid.columns))
        elif word == "paste":
            columns = grid.columns_from(grid.columns[0])
            self.acts.paste(grid.rows[0], columns, board.text())
        else:
            self.acts.clear(grid.rows, grid.columns)

    def column_menu(self, column: int) -> QMenu:
        """What can be done with a column; nothing in a version that cannot be edited."""
        menu = QMenu(self)
        fact = self.model.fact_at(column)
        if fact is not None and self.model.editable:
            words = _("Remove the column “{column}”").format(column=said(fact.label))
            menu.addAction(words, partial(self.acts.remove_column, fact))
        return menu

    def _show_menu(self, column: int, at: QPoint) -> None:
        menu = self.column_menu(column)
        if not menu.isEmpty():
            menu.popup(at)


def _split(way: Qt.Orientation, *parts: tuple[QWidget, int]) -> QSplitter:
    made = QSplitter(way)
    for place, (widget, share) in enumerate(parts):
        made.addWidget(widget)
        made.setStretchFactor(place, share)
    made.setChildrenCollapsible(False)
    made.setHandleWidth(theme.length(10))
    return made


def _examined(session: Session, table: DecisionTable, facts: tuple[Fact, ...]) -> Answer:
    effect = rules.effect(session, table)
    return Answer(findings=(*check(table, facts), *effect.stale), effect=effect)
