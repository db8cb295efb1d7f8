"""The words and colours of the rights desk."""

from collections.abc import Mapping

from pmdesk.domain.deadlines import Alarm
from pmdesk.domain.requests import Request, RequestState, StepCode, Todo
from pmdesk.i18n import N_, _, ngettext
from pmdesk.services.rights.request_book import Row
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.pill import Badge

STATES: Mapping[RequestState, str] = {
    RequestState.RECEIVED: N_("received"),
    RequestState.VERIFYING: N_("identity is being confirmed"),
    RequestState.IN_PROGRESS: N_("in progress"),
    RequestState.PARTLY_DONE: N_("partly done"),
    RequestState.DONE: N_("done"),
    RequestState.REFUSED: N_("refused"),
    RequestState.WITHDRAWN_BY_PERSON: N_("taken back by the person"),
}
TODOS: Mapping[Todo, str] = {
    Todo.VERIFY: N_("Confirm who asks"),
    Todo.ASSIGN: N_("Assign it"),
    Todo.ACT: N_("Carry it out"),
    Todo.CHECK: N_("Second person checks"),
    Todo.ANSWER: N_("Give the answer"),
    Todo.CLOSE: N_("Close the case"),
    Todo.NOTHING: N_("Nothing"),
}
STEPS: Mapping[StepCode, str] = {
    StepCode.RECEIVED: N_("Received"),
    StepCode.ASKED_AGAIN: N_("Asked for another way to confirm who it is"),
    StepCode.IDENTIFIED: N_("Identity confirmed"),
    StepCode.ASSIGNED: N_("Assigned"),
    StepCode.EXTENDED: N_("Due later"),
    StepCode.ACTED: N_("Carried out"),
    StepCode.CHECKED: N_("Checked by a second person"),
    StepCode.HANDED: N_("Paper or file made"),
    StepCode.ANSWERED: N_("Answered"),
    StepCode.CLOSED: N_("Closed"),
    StepCode.REFUSED: N_("Turned down"),
    StepCode.WITHDRAWN: N_("Taken back by the person"),
    StepCode.NOTED: N_("Note"),
}
_CLOSED: Mapping[RequestState, tuple[Tone, str]] = {
    RequestState.DONE: (Tone.GOOD, "circle-check"),
    RequestState.REFUSED: (Tone.NEUTRAL, "ban"),
    RequestState.WITHDRAWN_BY_PERSON: (Tone.NEUTRAL, "undo-2"),
}


def days_badge(row: Row) -> Badge:
    """How long there is: colour, icon and words."""
    request = row.request
    if not request.is_open:
        tone, picture = _CLOSED[request.state]
        return Badge(words=_(STATES[request.state]), tone=tone, icon=picture)
    if row.alarm is Alarm.STOPPED:
        return Badge(words=_("past 30 days"), tone=Tone.PROBLEM, icon="circle-alert")
    if row.alarm is Alarm.OVERDUE:
        words = ngettext("{count} day late", "{count} days late", -row.days)
        return Badge(words=words.format(count=-row.days), tone=Tone.PROBLEM, icon="circle-alert")
    if not row.days:
        return Badge(words=_("today"), tone=Tone.WARN, icon="triangle-alert")
    words = ngettext("{count} working day", "{count} working days", row.days)
    soon = row.alarm is Alarm.SOON
    return Badge(
        words=words.format(count=row.days),
        tone=Tone.WARN if soon else Tone.INFO,
        icon="triangle-alert" if soon else "clock",
    )


def next_step(request: Request) -> str:
    """What the case waits for."""
    return _(TODOS[request.todo]) if request.is_open else "—"
