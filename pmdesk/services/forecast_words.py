"""What the forecast says of itself: how good it was, and why it uses what it uses."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pmdesk.analytics.demand.expected import Method
from pmdesk.i18n import N_, _, joined, ngettext

if TYPE_CHECKING:
    from pmdesk.analytics.demand.outlook import Outlook
    from pmdesk.analytics.demand.scores import Score
    from pmdesk.services.forecasting import Past

_LEAST_WEEKS = 4
METHODS: Mapping[Method, str] = {
    Method.MODEL: N_("forecast"),
    Method.LAST_WEEK: N_("as last week"),
    Method.MEAN: N_("mean of the days before"),
}


def skill_words(found: "Outlook", days: int) -> str:
    """One sentence: what is shown, and how it compares with copying last week."""
    trial = found.trial
    if found.method is Method.MEAN:
        return _(
            "A forecast needs at least {weeks} weeks of orders; there are {days} days. The mean of"
            " these days is shown: it is no more than a hint."
        ).format(weeks=_LEAST_WEEKS, days=days)
    if not (trial.model or trial.last_week or any(round(one.mean, 1) for one in found.days)):
        return _("There were no orders of this kind in the last weeks.")
    if not trial.weeks:
        return _("There is too little history to test the forecast yet; its skill is not known.")
    places = {
        "weeks": trial.weeks,
        "model": f"{trial.model:.2f}",
        "copy": f"{trial.last_week:.2f}",
        "skill": f"{abs(trial.skill):.0%}",
        "covered": f"{trial.covered:.0%}",
    }
    copied, groups = found.methods[Method.LAST_WEEK], found.methods.total()
    if copied == groups:
        return _worse(is_even=trial.model == trial.last_week).format(**places)
    better = _(
        "Over the last {weeks} weeks the median foretold was {skill} closer than copying last week"
        " (off by {model} instead of {copy} orders a day); the band held {covered} of the days."
        " What is shown is the mean: unlike medians, means add up to a week or an office."
    )
    mixed = _(
        "In {copied} of {groups} buildings last week's numbers are used, because over the last"
        " {weeks} weeks the forecast was not better there."
    )
    told = [better] * trial.is_better + [mixed] * bool(copied)
    return joined(*told).format(**places, copied=copied, groups=groups)


def _worse(*, is_even: bool) -> str:
    if is_even:
        return _(
            "Last week's numbers are used, because over the last {weeks} weeks the forecast was no"
            " better: both were off by {copy} orders a day."
        )
    return _(
        "Last week's numbers are used, because over the last {weeks} weeks the forecast was not"
        " better: it was off by {model} orders a day, copying last week by {copy}."
    )


def hour_words(skill: float | None) -> str:
    """How good the hours of the last weeks were, in one sentence."""
    if skill is None:
        return _("There is too little history to test the hours yet; take them as a hint.")
    if skill <= 0:
        return _(
            "By the hour the forecast was no closer than copying last week: take it as a hint."
        )
    return _(
        "By the hour the mean was {skill} closer than copying the hours of last week (root mean"
        " square)."
    ).format(skill=f"{skill:.0%}")


def warnings(seen: "Past") -> tuple[str, ...]:
    """What makes the numbers doubtful, one sentence each."""
    told = []
    if seen.quiet:
        told.append(_quiet(seen))
    if seen.unknown_years:
        years = _(", ").join(map(str, seen.unknown_years))
        told.append(
            _(
                "The public holidays of {years} are not entered: only weekends are known there, so"
                " holidays of these years are foretold like ordinary days."
            ).format(years=years)
        )
    return tuple(told)


def _quiet(seen: "Past") -> str:
    silent = ngettext(
        "No order came for {count} day before {day}.",
        "No order came for {count} days before {day}.",
        seen.quiet,
    ).format(count=seen.quiet, day=seen.end.isoformat())
    return joined(
        silent,
        _("The last one is of {last}: choose a day soon after it if these are old orders.").format(
            last=seen.last_order.isoformat()
        ),
    )


def score_words(score: "Score") -> str:
    """The errors of all services in the customary unit, in one sentence."""
    if not score.series:
        return _("Too few orders to tell how good the forecast is.")
    return _(
        "All services, {series} busy series: error (MASE) {model} for the forecast's median, {copy}"
        " for copying last week, {skill} better ({mean} for the mean); the band held {covered} of"
        " the days."
    ).format(
        series=score.series,
        model=f"{score.model:.3f}",
        mean=f"{score.mean:.3f}",
        copy=f"{score.last_week:.3f}",
        skill=f"{score.skill:.1%}",
        covered=f"{score.covered:.1%}",
    )
