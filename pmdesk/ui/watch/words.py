"""States of the watch as pills: icon, word and colour."""

from collections.abc import Mapping

from pmdesk.analytics import drift
from pmdesk.domain import fairness
from pmdesk.domain.watch import STATES, Alarm, MeasureState
from pmdesk.i18n import Words, _, said
from pmdesk.services.watch.measures import Line
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.pill import Badge

_STATES: Mapping[MeasureState, tuple[Tone, str]] = {
    MeasureState.OPEN: (Tone.INFO, "clock"),
    MeasureState.DONE: (Tone.GOOD, "circle-check"),
    MeasureState.DROPPED: (Tone.NEUTRAL, "x"),
}
_DRIFT: Mapping[drift.Verdict, tuple[Words, Tone, str]] = {
    drift.Verdict.STABLE: (Words("稳定", "Stable"), Tone.GOOD, "circle-check"),
    drift.Verdict.LOOK: (Words("看一看", "Look"), Tone.WARN, "eye"),
    drift.Verdict.ACT: (Words("要处理", "Act"), Tone.PROBLEM, "triangle-alert"),
    drift.Verdict.TOO_FEW: (Words("数据太少", "Too little data"), Tone.NEUTRAL, "minus"),
}
_FAIR: Mapping[fairness.Verdict, tuple[Tone, str]] = {
    fairness.Verdict.REVIEW: (Tone.PROBLEM, "triangle-alert"),
    fairness.Verdict.WATCH: (Tone.WARN, "eye"),
    fairness.Verdict.CLEAR: (Tone.GOOD, "circle-check"),
    fairness.Verdict.TOO_FEW: (Tone.NEUTRAL, "minus"),
}


def attention() -> Badge:
    """A place is watched: no more than that is said of it."""
    return Badge(words=_("Attention"), tone=Tone.WARN, icon="eye")


def late(count: int) -> Badge:
    """How many measures at a place are overdue."""
    words = _("overdue: {count}").format(count=count)
    return Badge(words=words, tone=Tone.PROBLEM, icon="triangle-alert")


def state_badge(line: Line) -> Badge:
    """How far a measure is; an open one says when it is late."""
    if line.alarm is Alarm.OVERDUE:
        return Badge(words=_("Overdue"), tone=Tone.PROBLEM, icon="triangle-alert")
    if line.alarm is Alarm.DUE:
        return Badge(words=_("Due soon"), tone=Tone.WARN, icon="clock")
    tone, icon = _STATES[line.measure.state]
    return Badge(words=said(STATES[line.measure.state]), tone=tone, icon=icon)


def drift_badge(verdict: drift.Verdict) -> Badge:
    """Whether a count changed."""
    words, tone, icon = _DRIFT[verdict]
    return Badge(words=said(words), tone=tone, icon=icon)


def fair_badge(verdict: fairness.Verdict) -> Badge:
    """What a comparison of groups says."""
    tone, icon = _FAIR[verdict]
    return Badge(words=said(fairness.VERDICTS[verdict]), tone=tone, icon=icon)
