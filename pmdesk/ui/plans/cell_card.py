"""The line below the plan grid: which cell, what it means, why it is locked, and its ways."""

from PySide6.QtCore import Qt, Signal

from pmdesk.domain.orders.names import WAYS
from pmdesk.domain.orders.plan_draft import CONTRACT, PlanCell
from pmdesk.domain.orders.plan_reading import Aspect
from pmdesk.i18n import N_, _, said
from pmdesk.services.plans import wording
from pmdesk.ui.plans.model import PlanModel
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.choice import Chips
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.visibility import set_shown

_HINTS = {
    Aspect.VISITS: N_("Type how often in a year: 12, or “monthly”, “2 a week”."),
    Aspect.RESPOND: N_(
        "Type hours: 24; or days: “3 days”. Answered means that somebody takes it in hand and"
        " contacts the resident."
    ),
    Aspect.WAYS: N_("Tick the ways; what the contract promises stays ticked."),
    Aspect.DONE: N_("Type hours: 24; or days: “3 days”."),
}


class CellCard(Card):
    """Shows the current cell; ways are ticked here."""

    cleared = Signal(object)  # PlanCell

    def __init__(self, model: PlanModel) -> None:
        super().__init__(margin=14)
        self._model = model
        self._cell: PlanCell | None = None
        self.body.setSpacing(8)
        self.title = label("", "heading", wrap=True)
        self.base = label("", "muted", wrap=True)
        self.ways = Chips([(code, said(words)) for code, words in WAYS.items()])
        self.ways.chosen.connect(self._choose)
        self.hint = label("", "muted", wrap=True)
        self.problem = Banner()
        self.back = button(_("As the contract"), self._clear, look="link", picture="rotate-ccw")
        self.where = label("", "muted", wrap=True)
        self.add(self.where)
        self.add(self.title)
        for part in (self.base, self.ways, self.hint, self.problem):
            self.add(part)
        self.body.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)
        self.show_cell(None)

    def show_cell(self, cell: PlanCell | None) -> None:
        """The card is about this cell; without one it says what can be done here."""
        self._cell = cell
        if cell is None:
            self.where.setText("")
            self.title.setText(_("Choose a cell"))
            for part in (self.base, self.ways, self.hint, self.problem, self.back):
                set_shown(part, False)
            return
        model, aspect = self._model, cell.line.aspect
        self.where.setText(wording.cell_words(cell, model.tiers))
        self.title.setText(model.shown(cell))
        self._show_base(cell)
        self._show_ways(cell)
        why = model.why_locked(cell)
        self.hint.setText("" if why else _(_HINTS[aspect]))
        set_shown(self.hint, not why)
        if look := model.why_look(cell):
            self.problem.show_sentence(look, Tone.PROBLEM if model.fault(cell) else Tone.WARN)
        else:
            self.problem.show_sentence(why, Tone.INFO)
        own = cell.tier != CONTRACT and (cell in model.draft.own or cell in model.draft.unread)
        set_shown(self.back, own and model.may_type(cell))

    def insist(self, cell: PlanCell) -> None:
        """Somebody typed there in vain: why nothing can be entered stands out."""
        self.show_cell(cell)
        if why := self._model.why_locked(cell):
            self.problem.show_sentence(why, Tone.WARN)

    def refresh(self) -> None:
        """What the card says is true of the draft as it stands."""
        self.show_cell(self._cell)

    def _show_base(self, cell: PlanCell) -> None:
        tier = cell.tier != CONTRACT
        set_shown(self.base, tier)
        if tier:
            base = wording.value_words(self._model.draft.floor[cell.line], cell.line.aspect)
            self.base.setText(_("Contract, for everybody: {value}").format(value=base))

    def _show_ways(self, cell: PlanCell) -> None:
        value = self._model.draft.value(cell)
        base = self._model.draft.floor[cell.line]
        may = self._model.may_type(cell)
        shown = isinstance(value, frozenset) and isinstance(base, frozenset)
        set_shown(self.ways, shown)
        if isinstance(value, frozenset) and isinstance(base, frozenset):
            self.ways.show_value(tuple(value))
            for code, chip in zip(WAYS, self.ways.buttons(), strict=True):
                promised = cell.tier != CONTRACT and code in base and code in value
                chip.setEnabled(may and not promised)

    def _choose(self, codes: tuple[object, ...]) -> None:
        cell = self._cell
        if cell is None or not self._model.may_type(cell):
            return
        value = self._model.draft.value(cell)
        known = frozenset(str(code) for code in codes)
        if isinstance(value, frozenset):
            known |= value - set(WAYS)  # ways of a newer version stay
        words = _("change {cell}").format(cell=wording.cell_words(cell, self._model.tiers))
        self._model.edit(self._model.draft.filled(cell, known), words)

    def _clear(self) -> None:
        if self._cell is not None:
            self.cleared.emit(self._cell)
