"""What can be done to an order, one after the other, with the words for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pmdesk.domain.office import Changes
from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.orders.moving import Terms
from pmdesk.domain.orders.names import MOVES
from pmdesk.domain.orders.order import MOVES as RULES
from pmdesk.domain.orders.order import Deed, Move, OrderId
from pmdesk.i18n import N_, Words, _, said
from pmdesk.services.orders import moving
from pmdesk.services.orders.moving import DoneStep
from pmdesk.services.session import Session

Task = Move | Deed
AT_ONCE = frozenset({Move.START, Move.RESUME})  # nothing has to be said with it
_DEEDS: Mapping[Deed, Words] = {  # as something to do; in the history it is done
    Deed.URGED: Words("催单", "Urge"),
    Deed.CALLED_BACK: Words("回访", "Note a call"),
}
_ICONS: Mapping[Task, str] = {
    Move.ASSIGN: "user",
    Move.SEND_BACK: "undo-2",
    Move.START: "arrow-right",
    Move.WAIT: "hourglass",
    Move.RESUME: "arrow-right",
    Move.FINISH: "check",
    Move.REDO: "rotate-ccw",
    Move.CLOSE: "circle-check",
    Move.CANCEL: "x",
    Move.MERGE: "merge",
    Move.REOPEN: "rotate-ccw",
    Deed.URGED: "bell",
    Deed.CALLED_BACK: "phone",
}
_SAYS: Mapping[Task, str] = {
    Move.ASSIGN: N_("Who does it? A colleague, or the name of a firm or a worker."),
    Move.SEND_BACK: N_("It is new again, and nobody does it."),
    Move.WAIT: N_(
        "The clock stands until you resume it. Only for waiting for the resident: parts, a firm or"
        " the weather do not stop it. For those enter an appointment with “Put right…”: the"
        " calendar follows it, the due time stays."
    ),
    Move.FINISH: N_("Then who asked is called back; where that is nobody, it is closed at once."),
    Move.REDO: N_("It goes back to who did it."),
    Move.CLOSE: N_("What the resident said when called back; the stars may be left out."),
    Move.CANCEL: N_("It ends here. It can be reopened and keeps its number."),
    Move.MERGE: N_(
        "It ends here. The other order goes on, with the higher urgency and the earlier due time"
        " of the two."
    ),
    Move.REOPEN: N_("It keeps its number and its place in the queue, and gets a new due time."),
    Deed.URGED: N_("It is counted and seen by everybody. The queue stays as it is."),
    Deed.CALLED_BACK: N_("What was said; the order stays where it is."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """One thing to be done to one order, with what was entered for it."""

    order: OrderId
    task: Task
    terms: Terms = field(default_factory=Terms)

    def do(self, session: Session) -> tuple[DoneStep | None, Changes]:
        """It is done, and in the history; a move can be taken back."""
        if self.task is Deed.URGED:
            return None, moving.urge(session, self.order, self.terms.reason)
        if self.task is Deed.CALLED_BACK:
            return None, moving.call_back(session, self.order, self.terms.reason)
        return moving.step_on(session, self.order, Move(self.task), self.terms)


def task_name(task: Task) -> Words:
    """What it is called on its button."""
    return MOVES[task] if isinstance(task, Move) else _DEEDS[task]


def confirm_name(task: Task) -> str:
    """What the button is called that does it; “Cancel” alone might close the card."""
    return _("Cancel the order") if task is Move.CANCEL else said(task_name(task))


def noted_words(task: Task, *, is_sealed: bool) -> str:
    """That something was noted; `is_sealed`: its words stand with those of a complaint."""
    words = _("The urging is noted.") if task is Deed.URGED else _("The call is noted.")
    if is_sealed:
        words += _(" What you wrote is kept with the complaint: “Open the words” shows it.")
    return words


def picture(task: Task) -> str:
    """Its icon."""
    return _ICONS[task]


def explained(task: Task, service: Service) -> str:
    """What happens then; empty where the name says it."""
    if task is Move.WAIT and service is Service.COMPLAINT:
        return _("The deadline of a complaint is not extended by waiting: its clock goes on.")
    words = _SAYS.get(task, "")
    return _(words) if words else ""


def needs_words(task: Task) -> bool:
    """Whether it is refused without a few words."""
    return RULES[task].reason if isinstance(task, Move) else task is Deed.CALLED_BACK
