"""移交: the hand-overs to another company, a form to begin one, and what is next."""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pmdesk.domain import office
from pmdesk.domain.office import Changes
from pmdesk.domain.records import RecordId
from pmdesk.domain.staff import Permission
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, told
from pmdesk.services.rights import handover
from pmdesk.services.rights.handover import Handover, Stage
from pmdesk.services.session import Session
from pmdesk.ui.forms.form import Form
from pmdesk.ui.keeping.handover_steps import STAGES, HandoverSteps
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tables.model import Column, RowsModel
from pmdesk.ui.tables.view import Table
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.flow import FlowLayout
from pmdesk.ui.widgets.header import EmptyState
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.page import scrolled
from pmdesk.ui.widgets.pill import Badge
from pmdesk.ui.widgets.visibility import set_shown

_KINDS = {office.RECORDS, office.PURPOSES, office.RESIDENTS}
_TABLE = 150  # pixels: room for a few lines


class HandoverPanel(QWidget):
    """The present step of the chosen hand-over above the list; the form stands in its place."""

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts) -> None:
        super().__init__()
        self._session, self._tasks, self._prompts = session, tasks, prompts
        self._may = session.staff.may(Permission.CONFIGURE)
        self.model = RowsModel[Handover](_columns())
        empty = _("Nothing was handed over. Needed when another company takes over or on a merger.")
        closed = _("Only an administrator hands over to another company.")
        self.table = Table(self.model, EmptyState(empty if self._may else closed))
        self.table.setMinimumHeight(_TABLE)
        self.table.view.picked.connect(self._pick)
        self._chosen: RecordId | None = None
        self.new = button(_("Begin a hand-over"), self.begin, picture="plus")
        self.form = Form(handover.form())
        self.tell = button(_("Tell everybody"), self.begin_telling, look="primary")
        self.cancel = button(_("Cancel"), self._close_form)
        self.message = Banner()
        self.asked = self._form_card()
        self.listed = self._list_card()
        self.steps = HandoverSteps(session, tasks, prompts)
        self._arrange()
        self.reload()

    def reload(self, changes: Changes | None = None) -> None:
        """The list shows how far each hand-over has come."""
        if self._may and (changes is None or changes.kinds & _KINDS):
            self._tasks.query(
                partial(handover.handovers, self._session),
                owner=self,
                done=self._show,
                newest="handovers",
            )

    def begin(self) -> None:
        """The empty form is open."""
        self.form.show_values({"occasion": "handover"})
        self.message.show_sentence("")
        self.steps.show_handover(None)
        self._show_form(on=True)
        self.form.focus_first()

    def begin_telling(self) -> None:
        """The notice is made and everybody stands on its list, if the form is complete."""
        document = self.form.values()
        found = handover.problems(document)
        self.form.show_problems(found)
        if found:
            self.form.focus_first_problem()
            return
        if self._prompts.confirm(
            _("Must every resident be told now who takes over?"),
            yes=_("Tell everybody"),
            detail=_("The change notice is made as entered and cannot be changed afterwards."),
        ):
            work = partial(handover.begin, self._session, document)
            self._tasks.command(work, owner=self, done=self._begun, failed=self._failed)

    def _begun(self, made: tuple[RecordId, Changes]) -> None:
        self._chosen = made[0]
        self._close_form()

    def _failed(self, error: PmdeskError) -> None:
        self.message.show_sentence(told(error), Tone.PROBLEM)

    def _close_form(self) -> None:
        self._show_form(on=False)
        self.reload()

    def _show_form(self, *, on: bool) -> None:
        set_shown(self.asked, on)
        set_shown(self.listed, not on)

    def _show(self, found: tuple[Handover, ...]) -> None:
        self.model.set_rows(found)
        chosen = next((one for one in found if one.record.id == self._chosen), None)
        if self.asked.isHidden():
            self.steps.show_handover(chosen)

    def _pick(self, one: Handover | None) -> None:
        if one is not None:
            self._chosen = one.record.id
            self.steps.show_handover(one)

    def _form_card(self) -> Card:
        card = Card(_("A new hand-over"))
        why = _(
            "Only where a rule or the contract names the roster, only after everybody was told,"
            " and only what the contract needs: name, room, role and phone."
        )
        card.add(label(why, "muted", wrap=True))
        card.add(self.form)
        card.add(self.message)
        acts = FlowLayout(12)
        acts.addWidget(self.tell)
        acts.addWidget(self.cancel)
        card.body.addLayout(acts)
        card.hide()
        return card

    def _list_card(self) -> Card:
        card = Card(_("Hand-over to another company"))
        why = _("What people agreed to (P2 to P8) is never handed over.")
        card.add(label(why, "muted", wrap=True))
        card.add(self.table, 1)
        card.aside.addWidget(self.new)
        set_shown(self.new, self._may)
        return card

    def _arrange(self) -> None:
        content = QVBoxLayout()
        content.setContentsMargins(0, 0, 0, 0)
        content.setSpacing(16)
        content.addWidget(self.asked)
        content.addWidget(self.steps)
        content.addWidget(self.listed, 1)
        content.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scrolled(content))
        self.setFocusProxy(self.new if self._may else self.table.view)


def _columns() -> tuple[Column[Handover], ...]:
    return (
        Column(key="number", title=_("Number"), cell=lambda one: one.record.number, width=18),
        Column(key="to", title=_("Who takes over"), cell=lambda one: one.recipient),
        Column(key="day", title=_("Day"), cell=_day, width=14),
        Column(key="state", title=_("State"), cell=_state, badge=_badge, width=26),
    )


def _day(one: Handover) -> str:
    return one.day.isoformat() if one.day else "—"


def _state(one: Handover) -> str:
    return _(STAGES[one.stage])


def _badge(one: Handover) -> Badge:
    if one.stage is Stage.HANDED:
        return Badge(words=_state(one), tone=Tone.GOOD, icon="circle-check")
    if one.stage is Stage.CLOSED:
        return Badge(words=_state(one), tone=Tone.NEUTRAL, icon="circle-minus")
    return Badge(words=_state(one), tone=Tone.WARN, icon="clock")
