"""How somebody stands with a course, in words and as a pill."""

from collections.abc import Mapping

from pmdesk.domain.training import Standing, Status, Task
from pmdesk.i18n import N_, _, ngettext, said
from pmdesk.services.training import Learning
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.pill import Badge

_LOOKS: Mapping[Standing, tuple[str, Tone, str]] = {
    Standing.VALID: (N_("Valid"), Tone.GOOD, "circle-check"),
    Standing.ENDING: (N_("Ends soon"), Tone.INFO, "clock"),
    Standing.GRACE: (N_("To be learnt"), Tone.WARN, "clock"),
    Standing.LAPSED: (N_("Lapsed"), Tone.PROBLEM, "circle-alert"),
}

_CLOSED: Mapping[Task, str] = {
    Task.CONSENT: N_(
        "Your training “{course}” has lapsed: you cannot take consent until you pass it again. A"
        " no or a withdrawal is recorded as always."
    ),
    Task.SEALED: N_(
        "Your training “{course}” has lapsed: sealed values stay closed to you until you pass it"
        " again."
    ),
    Task.REVIEW: N_(
        "Your training “{course}” has lapsed: you cannot approve until you pass it again. Sending"
        " back stays possible."
    ),
}


def badge(learning: Learning) -> Badge:
    """The state of a course on its card; one that nobody asks for says so."""
    if not learning.required and learning.status.standing in {Standing.GRACE, Standing.LAPSED}:
        return Badge(words=_("Free to read"), tone=Tone.NEUTRAL, icon="book-open")
    return standing_badge(learning.status)


def standing_badge(status: Status) -> Badge:
    """The state as a pill."""
    words, tone, icon = _LOOKS[status.standing]
    return Badge(words=_(words), tone=tone, icon=icon)


def until(status: Status) -> str:
    """Until when it counts, or by when it has to be learnt."""
    day = status.last.isoformat()
    if status.standing in {Standing.VALID, Standing.ENDING}:
        return _("Certificate valid until {date}").format(date=day)
    if status.standing is Standing.GRACE:
        return _("Due by {date}").format(date=day)
    return _("Was due on {date}").format(date=day)


def sentence(learning: Learning, task: Task | None = None) -> str:
    """What the banner says of a course that is due; of a `task` what it closes."""
    title = said(learning.course.title)
    if learning.status.standing is Standing.LAPSED and task is not None:
        return _(_CLOSED[task]).format(course=title)
    if learning.status.standing is Standing.LAPSED:
        return _(
            "Your training “{course}” has lapsed. Read it and pass its six questions, about five"
            " minutes."
        ).format(course=title)
    return ngettext(
        "Training “{course}” is due: one day left. It takes about five minutes.",
        "Training “{course}” is due: {count} days left. It takes about five minutes.",
        learning.status.days,
    ).format(course=title, count=learning.status.days)


def tone(learning: Learning) -> Tone:
    """How loud the banner is."""
    return Tone.PROBLEM if learning.status.standing is Standing.LAPSED else Tone.WARN
