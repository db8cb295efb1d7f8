"""What the forecast says of itself: how good it was, and why it uses what it uses."""

from typing import TYPE_CHECKING

from pmdesk.analytics.demand.expected import Method
from pmdesk.i18n import _, joined, ngettext

if TYPE_CHECKING:
    from pmdesk.analytics.demand.outlook import Outlook
    from pmdesk.analytics.demand.scores import Score
    from pmdesk.services.forecasting import Past

_LEAST_WEEKS = 4


def skill_words(found: "Outlook", days: int) -> str:
    """One sentence: what is shown, and how it compares with copying last week."""
    trial = found.trial
    if found.method is Method.MEAN:
        return _(
            "A forecast needs at least {weeks} weeks of orders; there are {days} days. The mean of"
            " these days is shown: it is no more than a hint."
        ).format(weeks=_LEAST_WEEKS, days=days)
    if not trial.weeks:
        return _("There is too little history to test the forecast yet; its skill is not known.")
    places = {
        "weeks": trial.weeks,
        "model": f"{trial.model:.2f}",
        "copy": f"{trial.last_week:.2f}",
        "skill": f"{abs(trial.skill):.0%}",
        "covered": f"{trial.covered:.0%}",
    }
    if found.method is Method.LAST_WEEK:
        return _worse(is_even=trial.model == trial.last_week).format(**places)
    return _(
        "Over the last {weeks} weeks the forecast was {skill} better than copying last week (off by"
        " {model} instead of {copy} orders a day); the band held {covered} of the days."
    ).format(**places)


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
        "All services, {series} busy series: error (MASE) {model} for the forecast, {copy} for"
        " copying last week, {skill} better; the band held {covered} of the days."
    ).format(
        series=score.series,
        model=f"{score.model:.3f}",
        copy=f"{score.last_week:.3f}",
        skill=f"{score.skill:.1%}",
        covered=f"{score.covered:.1%}",
    )
