"""How fairness figures look in tables: a pill for each verdict, numbers with their uncertainty."""

from collections.abc import Mapping

from pmdesk.domain.fairness import LEVELS, VERDICTS, Level, Verdict
from pmdesk.i18n import _, said
from pmdesk.services.fairness import FairnessLine, ProxyLine
from pmdesk.services.fairness import words as figures
from pmdesk.ui.tables.model import MISSING, Align, Column
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.pill import Badge

_VERDICTS: Mapping[Verdict, tuple[Tone, str]] = {
    Verdict.REVIEW: (Tone.PROBLEM, "circle-alert"),
    Verdict.WATCH: (Tone.WARN, "eye"),
    Verdict.CLEAR: (Tone.GOOD, "check"),
    Verdict.TOO_FEW: (Tone.NEUTRAL, "circle-help"),
}
_LEVELS: Mapping[Level, tuple[Tone, str]] = {
    Level.BLOCK: (Tone.PROBLEM, "ban"),
    Level.EXPLAIN: (Tone.WARN, "triangle-alert"),
    Level.NOTE: (Tone.INFO, "info"),
    Level.NONE: (Tone.GOOD, "check"),
    Level.TOO_FEW: (Tone.NEUTRAL, "circle-help"),
}


def verdict_badge(verdict: Verdict) -> Badge:
    """The verdict as a pill."""
    tone, icon = _VERDICTS[verdict]
    return Badge(words=said(VERDICTS[verdict]), tone=tone, icon=icon)


def level_badge(level: Level) -> Badge:
    """The level of a link as a pill."""
    tone, icon = _LEVELS[level]
    return Badge(words=said(LEVELS[level]), tone=tone, icon=icon)


def line_columns() -> tuple[Column[FairnessLine], ...]:
    """Verdict first; the sentence stands below the table for the chosen row."""
    return (
        Column(
            key="verdict",
            title=_("Verdict"),
            cell=lambda one: "" if _is_reference(one) else said(VERDICTS[one.verdict]),
            badge=lambda one: _badge(one),
            width=15,
        ),
        Column(
            key="attribute", title=_("Grouped by"), cell=lambda one: said(one.attribute), width=10
        ),
        Column(key="group", title=_("Group"), cell=lambda one: said(one.group), width=9),
        Column(key="outcome", title=_("Result"), cell=lambda one: said(one.outcome), width=18),
        Column(key="share", title=_("Share"), cell=_share, align=Align.END, width=18),
        Column(key="ratio", title=_("Ratio (95 %)"), cell=_ratio, align=Align.END, width=18),
        Column(key="p", title=_("Exact p, corrected"), cell=_p, align=Align.END),
    )


def proxy_columns() -> tuple[Column[ProxyLine], ...]:
    """The strongest links first."""
    return (
        Column(
            key="level",
            title=_("Verdict"),
            cell=lambda one: said(LEVELS[one.level]),
            badge=lambda one: level_badge(one.level),
            width=18,
        ),
        Column(
            key="fact", title=_("Input of the rules"), cell=lambda one: said(one.fact), width=24
        ),
        Column(key="attribute", title=_("tells"), cell=lambda one: said(one.attribute), width=9),
        Column(key="sentence", title=_("Figures"), cell=lambda one: one.sentence),
    )


def _badge(one: FairnessLine) -> Badge:
    if _is_reference(one):
        return Badge(words=_("Reference"), tone=Tone.INFO)
    return verdict_badge(one.verdict)


def _is_reference(one: FairnessLine) -> bool:
    return one.line is not None and one.line.is_reference


def _share(one: FairnessLine) -> str:
    line = one.line
    if line is None or line.people is None or line.having is None:
        return _("hidden: too few people")
    share = line.having / line.people if line.people else 0.0
    words = _("{having} of {people} ({share:.0%})")
    return words.format(having=line.having, people=line.people, share=share)


def _ratio(one: FairnessLine) -> str:
    line = one.line
    if line is None or line.ratio is None:
        return MISSING
    if line.low is None or line.high is None:
        return f"{line.ratio:.2f}"
    return f"{line.ratio:.2f} ({line.low:.2f}–{line.high:.2f})"


def _p(one: FairnessLine) -> str:
    return MISSING if one.line is None or one.line.holm is None else figures.small(one.line.holm)
