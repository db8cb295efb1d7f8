"""Putting an order right: subject, urgency, words or appointment, while it is open."""

from functools import partial

from PySide6.QtCore import Signal
from typing_extensions import override

from pmdesk.domain.orders.kinds import Urgency
from pmdesk.domain.orders.order import Order
from pmdesk.i18n import _
from pmdesk.services.orders import moving
from pmdesk.services.orders.moving import Amended
from pmdesk.services.session import Session
from pmdesk.ui.commands import Command, build_actions
from pmdesk.ui.forms.cell import EntryGrid, cell
from pmdesk.ui.forms.form import sentence
from pmdesk.ui.forms.line import PinyinEdit
from pmdesk.ui.orders.entries import AppointmentLine, KindBox, flowing, urgency_choice, urgency_of
from pmdesk.ui.orders.prepared import Kept, Prepared
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.button import button

AMEND = "amend"  # what its drafts are kept for


class AmendPanel(Prepared):
    """Of a complaint the words are left alone: they are what the resident said."""

    amended = Signal(object)  # OrderId

    def __init__(self, session: Session, tasks: Tasks) -> None:
        super().__init__(session, tasks, _("Put the order right"))
        self._session = session
        self._tasks = tasks
        self._order: Order | None = None
        self._shown = Amended()  # what the fields said before anybody changed them
        self.kind = KindBox()
        self.urgency = urgency_choice()
        self.words = PinyinEdit()
        self.appointment = AppointmentLine()
        self.confirm = button(_("Save"), self.do, look="primary", picture="check", tip="Ctrl+S")
        self._arrange()
        self._listen()
        build_actions(self, {Command.SAVE: self.do, Command.SAVE_NEXT: self.do})
        self.hide()

    def start(self, order: Order) -> None:
        """The order's entries can be changed."""
        self.autosave.hurry()  # of what was prepared before
        self._order = order
        self.kind.offer((order.service,))
        self.kind.show_kind(order.kind)
        self.urgency.show_value(order.urgency)
        self.words.setText(order.words)
        zone = self._session.clock.local().tzinfo
        at = order.appointment
        self.appointment.show_moment(None if at is None else at.astimezone(zone))
        self._shown = self._entered(order)
        self.note.show_sentence("")
        self.confirm.setEnabled(True)
        hidden = {"words"} if order.is_complaint else set()
        self.grid.show_only([key for key in self.cells if key not in hidden])
        self._watch(order.id, AMEND)
        self.show()
        self.kind.setFocus()

    @override
    def typed(self) -> Kept:
        if self._order is None or self._is_untouched(self._order):
            return {}
        kind, urgency = self.kind.kind, urgency_of(self.urgency)
        return {
            "kind": kind.code if kind else "",
            "urgency": None if urgency is None else int(urgency),
            "words": "" if self._order.is_complaint else self.words.text(),
            **self.appointment.typed(),
        }

    @override
    def restore(self, kept: Kept) -> None:
        self.kind.show_kind(str(kept["kind"]))
        urgency = kept["urgency"]
        self.urgency.show_value(None if urgency is None else Urgency(int(urgency)))
        self.words.setText(str(kept["words"]))
        self.appointment.show_typed(kept)

    @override
    def do(self) -> None:
        if self._order is None or not self.confirm.isEnabled():
            return
        if (problem := self.appointment.problem) is not None:
            self.note.show_sentence(sentence(problem), Tone.WARN)
            self.appointment.wrong.setFocus()
            return
        order = self._order
        self.confirm.setEnabled(False)
        self._tasks.command(
            partial(moving.amend, self._session, order.id, self._amended(order)),
            owner=self,
            done=lambda _changes: self._done(order),
            failed=self._failed,
            broken=self._broken,
        )

    def _amended(self, order: Order) -> Amended:
        """Only what was changed here: the rest stays as colleagues have it by now."""
        now, shown = self._entered(order), self._shown
        return Amended(
            kind=None if now.kind == shown.kind else now.kind,
            urgency=None if now.urgency == shown.urgency else now.urgency,
            words=None if now.words == shown.words else now.words,
            appointment=None if now.appointment == shown.appointment else now.appointment,
            drops_appointment=shown.appointment is not None and now.appointment is None,
        )

    def _is_untouched(self, order: Order) -> bool:
        return not self.appointment.is_wrong and self._entered(order) == self._shown

    def _entered(self, order: Order) -> Amended:
        kind = self.kind.kind
        return Amended(
            kind=kind.code if kind else None,
            urgency=urgency_of(self.urgency),
            words=None if order.is_complaint else self.words.text(),
            appointment=self.appointment.value(self._session.clock.local().tzinfo),
        )

    def _done(self, order: Order) -> None:
        self._over(order.id, AMEND)
        self.amended.emit(order.id)

    def _listen(self) -> None:
        self.kind.activated.connect(lambda _at: self._touch())
        self.urgency.chosen.connect(lambda _value: self._touch())
        self.words.query.connect(lambda _text: self._touch())
        self.appointment.edited.connect(self._touch)

    def _arrange(self) -> None:
        self.cells = {
            "kind": cell(_("Subject"), self.kind),
            "urgency": flowing(_("Urgency"), self.urgency),
            "words": cell(_("Description"), self.words),
            "appointment": cell(_("Appointment, if one was made"), self.appointment),
        }
        self.grid = EntryGrid(self.cells)
        for part in (self.grid, self._buttons(), self.draft, self.note):
            self.add(part)
