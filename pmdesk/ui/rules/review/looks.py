"""How the items of the legality review look: a word, a tone and an icon, never colour alone."""

from collections.abc import Mapping, Sequence

from pmdesk.domain.reviews import ItemKind, ItemResult, Line, Review, State, Verdict, counted
from pmdesk.i18n import N_, _, ngettext, said
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.pill import Badge

_MOST_NAMED = 3
_STATES: Mapping[State, tuple[str, Tone, str]] = {
    State.PASS: (N_("passes"), Tone.GOOD, "circle-check"),
    State.FAIL: (N_("blocks"), Tone.PROBLEM, "circle-alert"),
    State.FLAG: (N_("needs a reason"), Tone.WARN, "triangle-alert"),
    State.OPEN: (N_("not answered yet"), Tone.NEUTRAL, "circle"),
}
_VERDICTS: Mapping[Verdict, tuple[str, Tone, str]] = {
    Verdict.PASS: (N_("passed by the reviewer"), Tone.GOOD, "circle-check"),
    Verdict.CONDITION: (N_("agreed on a condition"), Tone.WARN, "clipboard-check"),
    Verdict.FAIL: (N_("not passed by the reviewer"), Tone.PROBLEM, "ban"),
}
VERDICT_WORDS: Mapping[Verdict, str] = {
    Verdict.PASS: N_("Passes review"),
    Verdict.CONDITION: N_("On a condition"),
    Verdict.FAIL: N_("Does not pass"),
}
TITLES: Mapping[ItemKind, tuple[str, str]] = {
    ItemKind.AUTOMATIC: (N_("What the program checks"), N_("Each of these must pass.")),
    ItemKind.FLAG: (
        N_("What figures show"),
        N_("A flag is no proof; a person writes why it is right."),
    ),
    ItemKind.HUMAN: (
        N_("What people judge"),
        N_("A reviewer who is not the author answers, with a reason."),
    ),
}


def badge(line: Line) -> Badge:
    """How the item stands: what a person answered counts before what the program found."""
    if line.item.kind is not ItemKind.AUTOMATIC and line.answer and not line.unanswered:
        return _badge(_VERDICTS[Verdict.FAIL if line.refused else line.answer.verdict])
    state = line.result.state if line.result else State.OPEN
    if state is State.OPEN and line.item.kind is ItemKind.AUTOMATIC:
        return Badge(words=_("not there yet"), icon="clock")
    return _badge(_STATES[state])


def progress(review: Review) -> tuple[str, Tone]:
    """How many items still block, in words."""
    count = len(review.hindering)
    if count:
        words = ngettext("{count} item still open", "{count} items still open", count)
        refused = any(line.refused for line in review.lines)
        return words.format(count=count), Tone.PROBLEM if refused else Tone.WARN
    if review.signature is None:
        return _("Nothing blocks: the version can be approved."), Tone.GOOD
    day = review.signature.next_review.isoformat()
    if review.signature.alone:
        words = _("Signed in a single-person office; next review by {day}")
        return words.format(day=day), Tone.WARN
    return _("Reviewed and signed; next review by {day}").format(day=day), Tone.GOOD


def summary(results: Sequence[ItemResult]) -> tuple[str, Tone]:
    """The automatic items of a draft in one sentence."""
    states = counted(results)
    failing = states[State.FAIL]
    passing = ngettext("{count} item passes", "{count} items pass", states[State.PASS])
    words = passing.format(count=states[State.PASS])
    if not failing:
        return _("Legality: {passing}").format(passing=words), Tone.GOOD
    bad = ngettext("{count} does not", "{count} do not", failing).format(count=failing)
    both = _("Legality: {passing}, {failing}").format(passing=words, failing=bad)
    return both, Tone.PROBLEM


def unready(review: Review) -> tuple[str, str]:
    """What of a draft the program does not pass, and what it found; empty where all passes."""
    failing = [
        line
        for line in review.lines
        if line.item.kind is ItemKind.AUTOMATIC and line.result and line.result.state is State.FAIL
    ]
    if not failing:
        return "", ""
    titles = _(", ").join(f"“{said(line.item.title)}”" for line in failing[:_MOST_NAMED])
    if len(failing) > _MOST_NAMED:
        titles = _("{titles} and others").format(titles=titles)
    words = ngettext(
        "{count} point of the legality check does not pass yet: {titles}. "
        "The version cannot be approved like this.",
        "{count} points of the legality check do not pass yet: {titles}. "
        "The version cannot be approved like this.",
        len(failing),
    )
    found = "\n".join(line.result.words() for line in failing[:_MOST_NAMED] if line.result)
    return words.format(count=len(failing), titles=titles), found


def _badge(look: tuple[str, Tone, str]) -> Badge:
    words, tone, icon = look
    return Badge(words=_(words), tone=tone, icon=icon)
