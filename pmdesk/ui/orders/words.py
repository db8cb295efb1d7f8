"""How services, urgencies, states and clocks of orders look everywhere: icon, word and colour."""

from collections.abc import Mapping
from datetime import timedelta

from pmdesk.domain.orders.kinds import Service, Urgency
from pmdesk.domain.orders.moving import advice
from pmdesk.domain.orders.names import SERVICES, STATES, URGENCIES
from pmdesk.domain.orders.order import Move, OrderState
from pmdesk.i18n import _, ngettext, said
from pmdesk.services.orders.book import Line, Waiting, span_words
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.pill import Badge

ICONS: Mapping[Service, str] = {
    Service.REPAIR: "wrench",
    Service.CLEANING: "sparkles",
    Service.SECURITY: "shield",
    Service.COMPLAINT: "megaphone",
    Service.ENQUIRY: "circle-help",
    Service.OTHER: "clipboard-list",
}
_S = OrderState
_STATES: Mapping[OrderState, tuple[Tone, str]] = {
    _S.NEW: (Tone.INFO, "plus"),
    _S.ASSIGNED: (Tone.INFO, "user"),
    _S.WORKING: (Tone.PLUM, "loader-circle"),
    _S.WAITING: (Tone.NEUTRAL, "hourglass"),
    _S.CALLBACK: (Tone.WARN, "phone"),
    _S.CLOSED: (Tone.GOOD, "circle-check"),
    _S.CANCELLED: (Tone.NEUTRAL, "x"),
    _S.MERGED: (Tone.NEUTRAL, "merge"),
}
_URGENCIES: Mapping[Urgency, tuple[Tone, str]] = {
    Urgency.EMERGENCY: (Tone.PROBLEM, "triangle-alert"),
    Urgency.URGENT: (Tone.WARN, "circle-alert"),
    Urgency.NORMAL: (Tone.NEUTRAL, "circle"),
}
NEXT: Mapping[OrderState, Move] = {  # what usually comes next
    _S.NEW: Move.ASSIGN,
    _S.ASSIGNED: Move.START,
    _S.WORKING: Move.FINISH,
    _S.WAITING: Move.RESUME,
    _S.CALLBACK: Move.CLOSE,
}


def state_badge(state: OrderState) -> Badge:
    """How far the order is."""
    tone, icon = _STATES[state]
    return Badge(words=said(STATES[state]), tone=tone, icon=icon)


def urgency_badge(urgency: Urgency) -> Badge:
    """How urgent it is; follows from what happened, never from whom it happened to."""
    tone, icon = _URGENCIES[urgency]
    return Badge(words=said(URGENCIES[urgency]), tone=tone, icon=icon)


def clock_badge(line: Line) -> Badge | None:
    """How much time is left; None once nothing is owed."""
    if not line.clock:
        return None
    if line.is_overdue:
        return Badge(words=line.clock, tone=Tone.PROBLEM, icon="clock")
    if line.state is OrderState.WAITING:
        return Badge(words=line.clock, tone=Tone.NEUTRAL, icon="hourglass")
    return Badge(words=line.clock, tone=Tone.NEUTRAL, icon="clock")


def clock_sample() -> str:
    """About the longest that a clock says while it runs."""
    return _("Overdue by {time}").format(time=span_words(timedelta(hours=20)))


def what(line: Line) -> str:
    """Service and kind: 维修 · 水暖."""
    return " · ".join(dict.fromkeys((said(SERVICES[line.service]), said(line.kind))))


def story(line: Line) -> str:
    """What a list says it is about; of a complaint only its kind."""
    return line.words or said(line.kind)


def day_of(line: Line) -> str:
    """The day on which it came, short."""
    return f"{line.received_at.astimezone():%m-%d}"


def hour_of(line: Line) -> str:
    """The time at which it is planned; that it is overdue says more."""
    if line.is_overdue:
        return _("Overdue")
    return f"{line.planned.astimezone():%H:%M}" if line.planned else ""


def marks(line: Line) -> str:
    """What else a clerk should see at once: urged, reopened."""
    parts = []
    if line.urged:
        parts.append(_("urged {count}×").format(count=line.urged))
    if line.reopened:
        parts.append(_("reopened"))
    return " · ".join(parts)


def summary(line: Line) -> str:
    """The whole card in one sentence, for those who hear it."""
    parts = (
        line.number,
        line.where,
        what(line),
        "" if line.urgency is Urgency.NORMAL else said(URGENCIES[line.urgency]),
        said(STATES[line.state]),
        line.words,
        line.assignee,
        line.clock,
        marks(line),
    )
    return _(", ").join(part for part in parts if part)


def advice_words(state: OrderState) -> str:
    """What has to be done before other steps are possible."""
    words = advice(state)
    return _(words)


def waiting_words(found: Waiting) -> str:
    """How many are open, and how many of them late; empty when nothing is open."""
    if not found.open:
        return ""
    words = ngettext("{count} open order", "{count} open orders", found.open)
    parts = [words.format(count=f"{found.open:,}")]
    if found.overdue:
        parts.append(_("{count} overdue").format(count=f"{found.overdue:,}"))
    return " · ".join(parts)


def leaving_words(count: int) -> str:
    """What is said before somebody with open orders goes out of the register."""
    return ngettext(
        "{count} work order of this person is open. Then it loses the room, the words and the"
        " person: finish or cancel it first, or note where the worker has to go.",
        "{count} work orders of this person are open. Then they lose the room, the words and the"
        " person: finish or cancel them first, or note where the workers have to go.",
        count,
    ).format(count=count)
