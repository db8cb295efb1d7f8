"""Where service plans are edited: the tools, the grid, and the line about the current cell."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QMenu, QVBoxLayout, QWidget

from pmdesk.domain.orders.floor import ServicePlan
from pmdesk.domain.orders.plan_draft import CONTRACT, PlanCell, PlanDraft
from pmdesk.i18n import _, ngettext, said
from pmdesk.services.plans import wording
from pmdesk.services.plans.desk import Shelf
from pmdesk.ui import theme
from pmdesk.ui.commands import Command, build_actions
from pmdesk.ui.forms.cell import cell as titled
from pmdesk.ui.forms.line import PinyinEdit
from pmdesk.ui.plans.cell_card import CellCard
from pmdesk.ui.plans.grid import PlanGrid
from pmdesk.ui.plans.model import PlanModel
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.columns import Beside
from pmdesk.ui.widgets.flow import FlowLayout
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.visibility import set_shown

_GRID = 380  # pixels that the grid takes at least, growing with the text
_WIDE = 820  # pixels from which on the card stands beside the grid


class PlanBench(QWidget):
    """Holds a draft; publishes nothing itself."""

    edited = Signal(object)  # PlanDraft
    reasoned = Signal()  # why less is promised was typed

    def __init__(self, plan: ServicePlan) -> None:
        super().__init__()
        self.model = PlanModel(plan, self)
        self.grid = PlanGrid(self.model)
        self.grid.setMinimumHeight(theme.length(_GRID))
        self.card = CellCard(self.model)
        self.faults = Banner()
        self.finder = button(_("Go to the cell"), self._go, picture="arrow-right")
        self.raiser = button(_("Raise to the contract"), self._lift, picture="arrow-up")
        self.message = Banner()
        self.reason = PinyinEdit(_("Such as: owners' meeting of 1 June 2026, decision 3"))
        self.why_less = titled(_("Why less is promised: the owners' decision"), self.reason)
        self.why_less.hide()
        self.opener = QCheckBox(_("Change the contract"))
        self.opener.setToolTip(_("The contract is what everybody is promised, in every tier"))
        self.copier = button(_("Copy the contract to"), picture="copy")
        self.copier.setMenu(QMenu(self.copier))
        self.undoer = button(_("Undo"), self.model.undo.undo, look="quiet", picture="undo-2")
        self.redoer = button(_("Redo"), self.model.undo.redo, look="quiet", picture="redo-2")
        self._lay_out()
        self._connect()
        self._enable()

    def show_shelf(self, shelf: Shelf, draft: PlanDraft, *, may_edit: bool) -> None:
        """The grid shows this draft over the tiers there are; there is nothing to undo."""
        self.message.show_sentence("")
        self.model.allow(may_edit=may_edit)
        self.model.start(draft, shelf.tiers, shelf.columns)
        menu = self.copier.menu()
        menu.clear()
        for tier in shelf.tiers:
            if tier.code != CONTRACT:
                menu.addAction(said(tier.name), partial(self.copy_contract, tier.code))
        for part in (self.opener, self.copier, self.undoer, self.redoer):
            set_shown(part, may_edit)
        self.opener.setChecked(False)
        self._show_faults()

    def copy_contract(self, tier: str) -> None:
        """The tier promises what the contract does."""
        name = wording.column_words(tier, self.model.tiers)
        words = _("copy the contract to {tier}").format(tier=name)
        self.model.edit(self.model.draft.as_contract(tier), words)

    def put(self, draft: PlanDraft, words: str) -> None:
        """The grid shows that draft, as one step that can be undone."""
        self.model.edit(draft, words)

    def first_fault(self) -> PlanCell | None:
        """The first cell that cannot stand."""
        return next((fault.cell for fault in self.model.draft.faults()), None)

    def _lay_out(self) -> None:
        tools = FlowLayout(10)
        for part in (self.undoer, self.redoer, self.copier, self.opener):
            tools.addWidget(part)
        mending = FlowLayout(10)
        mending.addWidget(self.finder)
        mending.addWidget(self.raiser)
        top = Card(margin=12)
        top.body.setSpacing(8)
        top.body.addLayout(tools)
        top.add(self.grid, 1)
        top.add(self.faults)  # what comes and goes stands below: no row moves under the mouse
        top.body.addLayout(mending)
        top.add(self.message)
        top.add(self.why_less)
        top.add(label(_rule(), "muted", wrap=True))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Beside(top, self.card, (7, 3), _WIDE))

    def _connect(self) -> None:
        model = self.model
        self.actions_by_command: dict[Command, QAction] = build_actions(
            self,
            {
                Command.UNDO: model.undo.undo,
                Command.REDO: model.undo.redo,
                Command.FILL_DOWN: self.grid.fill_down,
                Command.WHY_LOCKED: self._why,
            },
        )
        model.changed.connect(self._on_changed)
        model.undo.indexChanged.connect(self._enable)
        self.grid.current_changed.connect(self.card.show_cell)
        self.grid.locked.connect(self.card.insist)
        self.card.cleared.connect(self._clear)
        self.opener.toggled.connect(self._open)
        self.reason.query.connect(lambda _text: self.reasoned.emit())

    def _on_changed(self, draft: PlanDraft) -> None:
        self.message.show_sentence("")
        self._show_faults()
        self.card.refresh()
        self.edited.emit(draft)

    def _show_faults(self) -> None:
        found = self.model.draft.faults()
        set_shown(self.finder, bool(found))
        set_shown(self.raiser, self.model.draft.lifted() != self.model.draft)
        if not found:
            odd = wording.look_again(self.model.behind, self.model.tiers)
            self.faults.show_sentence(odd, Tone.WARN)
            return
        words = ngettext(
            "{count} cell has to be mended before the plans can be published. {cell}: {why}",
            "{count} cells have to be mended before the plans can be published. {cell}: {why}",
            len(found),
        ).format(
            count=len(found),
            cell=wording.cell_words(found[0].cell, self.model.tiers),
            why=wording.fault_words(found[0]),
        )
        self.faults.show_sentence(words, Tone.PROBLEM)

    def _open(self, on: bool) -> None:  # Qt's own signature
        self.model.open_contract(on=on)
        self.card.refresh()
        self.message.show_sentence(_contract_opened() if on else "", Tone.WARN)

    def _go(self) -> None:
        cell = self.first_fault()
        if cell is not None:
            self.grid.go(cell)

    def _lift(self) -> None:
        self.model.edit(self.model.draft.lifted(), _("raise to the contract"))

    def _clear(self, cell: PlanCell) -> None:
        self.model.edit(self.model.draft.cleared([cell]), _("clear"))

    def _why(self) -> None:
        cell = self.grid.current
        if cell is not None:
            self.card.insist(cell)

    def _enable(self, _at: int = 0) -> None:
        undo = self.model.undo
        for part, may, words, command in (
            (self.undoer, undo.canUndo(), undo.undoText(), Command.UNDO),
            (self.redoer, undo.canRedo(), undo.redoText(), Command.REDO),
        ):
            part.setEnabled(may)
            part.setToolTip(words)
            self.actions_by_command[command].setEnabled(may)


def _rule() -> str:
    return _(
        "Empty or pale: as the contract. The queue and the due time look at urgency and safety,"
        " never at a tier; a plan says how soon somebody answers. No tier costs anything."
    )


def _contract_opened() -> str:
    return _(
        "You change what everybody is promised. Enter what the signed contract says; to promise"
        " less, the owners have to agree first."
    )
