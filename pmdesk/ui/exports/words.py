"""How a request for a large list reads: its state as a pill and in a sentence."""

from collections.abc import Mapping
from datetime import datetime

from pmdesk.domain.export_guard import MOST, MOST_ECONOMIC, Stage
from pmdesk.i18n import N_, _, ngettext
from pmdesk.services.export_guard import Shown, Sizing
from pmdesk.services.wording import EXPORT_PURPOSES, RECIPIENTS
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.pill import Badge

_BADGES: Mapping[Stage, tuple[str, Tone, str]] = {
    Stage.WAITING: (N_("Waits for agreement"), Tone.INFO, "clock"),
    Stage.COOLING: (N_("Agreed, waits an hour"), Tone.INFO, "clock"),
    Stage.READY: (N_("Can be fetched"), Tone.GOOD, "circle-check"),
    Stage.FETCHED: (N_("Fetched"), Tone.NEUTRAL, "check"),
    Stage.REFUSED: (N_("Not agreed to"), Tone.WARN, "ban"),
    Stage.WITHDRAWN: (N_("Taken back by the asker"), Tone.NEUTRAL, "x"),
    Stage.EXPIRED: (N_("Run out"), Tone.NEUTRAL, "clock"),
}


def badge(one: Shown) -> Badge:
    """The state in a word."""
    words, tone, icon = _BADGES[one.stage]
    return Badge(words=_(words), tone=tone, icon=icon)


def held_words(size: Sizing) -> str:
    """Why the list has to wait, and what happens next."""
    if size.people > MOST:
        words = ngettext(
            "This list has {count} person.", "This list has {count} people.", size.people
        ).format(count=f"{size.people:,}")
    elif size.economic > MOST_ECONOMIC:
        words = ngettext(
            "This list tells of the budget or payments of {count} person.",
            "This list tells of the budget or payments of {count} people.",
            size.economic,
        ).format(count=size.economic)
    else:
        words = _(
            "This list has {count} people, and {earlier} left in your lists of the last 24 hours."
        ).format(count=size.people, earlier=size.earlier)
    return words + _(" Somebody else has to agree, then it waits an hour.")


def what_words(one: Shown) -> str:
    """What it is and for how many, for whom and why."""
    request = one.request
    count = ngettext("{count} person", "{count} people", request.people)
    money = ngettext(
        "{count} of them with budget or payments",
        "{count} of them with budget or payments",
        request.economic,
    )
    parts = [
        one.what,
        count.format(count=f"{request.people:,}"),
        money.format(count=f"{request.economic:,}") if request.economic else "",
        _(EXPORT_PURPOSES[request.errand.purpose]),
        request.errand.to or _(RECIPIENTS[request.errand.recipient]),
    ]
    return " · ".join(part for part in parts if part)


def state_words(one: Shown, now: datetime, *, asker: bool = True) -> str:
    """How far it has come, with the time that matters next, for the asker or who decides."""
    request = one.request
    places = {
        "name": one.decider,
        "until": _moment(request.ends_at, now),
        "time": _moment(one.waits_until or request.ends_at, now),
        "words": request.words,
        "number": request.number,
    }
    sentence = _STATES[one.stage]
    if one.stage is Stage.WAITING and one.waits_until is not None:
        sentence = N_("You are the only one who may decide: from {time} on.")
    elif one.stage is Stage.WAITING and not asker:
        sentence = N_("To be decided until {until}.")
    words = _(sentence).format(**places)
    return words + " " + _("(approved by one person alone)") if request.alone else words


_STATES: Mapping[Stage, str] = {
    Stage.WAITING: N_("A colleague decides under “Compliance records”, until {until}."),
    Stage.COOLING: N_("{name} agreed. It can be fetched from {time} on."),
    Stage.READY: N_("{name} agreed. One file can be fetched until {until}."),
    Stage.FETCHED: N_("Left as {number}."),
    Stage.REFUSED: N_("{name} did not agree: {words}"),
    Stage.WITHDRAWN: N_("Whoever asked does not want it any more."),
    Stage.EXPIRED: N_("Nobody used it in time."),
}


def _moment(at: datetime, now: datetime) -> str:
    """The time by the clock on the wall, with the day unless it is today."""
    there = at.astimezone(now.tzinfo)
    return f"{there:%H:%M}" if there.date() == now.date() else f"{there:%Y-%m-%d %H:%M}"
