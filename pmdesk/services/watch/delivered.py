"""The service that came to whom: in time or not, how long the wait was, by tier and by building.

The contract's floor is the same for every tier and for who is not classified at all; here the
office sees whether it was kept for all alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from pmdesk.analytics import delivered as figures
from pmdesk.analytics.buildings import building_words
from pmdesk.analytics.delivered import Delivered, Served, Share, Wait
from pmdesk.analytics.fairness import Compared
from pmdesk.domain.catalogue import Catalogue
from pmdesk.domain.fairness import VERDICTS, Verdict
from pmdesk.domain.staff import Permission
from pmdesk.domain.watch import month_start
from pmdesk.i18n import Words, _, said
from pmdesk.services.dashboard.served import buildings_told
from pmdesk.services.fairness import words
from pmdesk.services.office import smallest_count
from pmdesk.services.session import Session
from pmdesk.services.watch.hot_spots import MONTHS, Period

NOBODY, PUBLIC = "none", "public"  # groups that are no tier
_NOBODY = Words("未分类（按合同）", "Not classified")
_DAY = timedelta(days=1)
_HOURS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One tier or building."""

    key: str
    name: Words
    orders: str
    share: str
    wait: str
    verdict: Verdict
    is_reference: bool
    sentence: str  # what can be said beside the group that fares best


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """Both comparisons of one period."""

    period: Period
    tiers: tuple[Line, ...]
    buildings: tuple[Line, ...]
    answer: str
    smallest: int


def board(session: Session) -> Board:
    """Three whole months, as far as work is done or overdue.

    What is late by building is told beside what cards tell of it: the share of a building is kept
    back where with it that of few homes would follow.
    """
    smallest, now = smallest_count(session), session.clock.now()
    today = session.clock.today()
    period = Period(since=month_start(today, MONTHS), until=month_start(today))
    safe = buildings_told(session, period.since, period.until)
    with session.reading(Permission.SEE_CHARTS) as work:
        served = work.watch_counts.served(since=period.since, until=period.until, now=now)
        catalogue = work.catalogue.live()
        order = _order(catalogue, work.premises.buildings())
    found = {}
    for by, one in served.items():
        behind = {name: one.people[name] for name in order[by] if name in one.people}
        back = behind.keys() - safe if by == "building" else ()
        found[by] = figures.delivered(one.parts, behind, smallest, back)
    tiers = _lines(found["tier"], _names(catalogue))
    homes = {one.group: building_words(one.group) for one in found["building"].groups}
    buildings = _lines(found["building"], {name: Words(told, told) for name, told in homes.items()})
    return Board(
        period=period,
        tiers=tiers,
        buildings=buildings,
        answer=_answer(tiers),
        smallest=smallest,
    )


def _order(catalogue: Catalogue, buildings: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    return {
        "tier": (NOBODY, *(tier.code for tier in catalogue.tiers)),
        "building": buildings,
    }


def _names(catalogue: Catalogue) -> Mapping[str, Words]:
    return {NOBODY: _NOBODY} | {tier.code: tier.name for tier in catalogue.tiers}


def _lines(found: Delivered, names: Mapping[str, Words]) -> tuple[Line, ...]:
    compared = {one.group.name: one for one in found.whole.others}
    within = {one.group: one for one in found.within.common}
    reference = found.whole.reference.name if found.whole.reference else ""
    hidden = {one.group for one in found.groups if one.share is None or one.share.value is None}
    lines = []
    for one in found.groups:
        other = compared.get(one.group)
        alike = within.get(one.group)
        verdict = other.verdict if other else Verdict.TOO_FEW
        if alike is not None and alike.verdict is not Verdict.TOO_FEW:
            verdict = alike.verdict
        is_reference = one.group == reference
        told = other is not None and not {one.group, reference} & hidden
        lines.append(
            Line(
                key=one.group,
                name=names.get(one.group, Words(one.group, one.group)),
                orders=_few() if one.orders is None else _about(one.orders),
                share=_share(one),
                wait=_wait(one.wait),
                verdict=Verdict.CLEAR if is_reference else verdict,
                is_reference=is_reference,
                sentence=_sentence(verdict, other if told else None, is_reference=is_reference),
            )
        )
    return tuple(lines)


def _few() -> str:
    return _("too few people")


def _about(orders: int) -> str:
    return _("about {count}").format(count=f"{orders:,}")


def _share(one: Served) -> str:
    if one.is_kept_back:
        return _("not told: others could be worked out")
    if one.share is None:
        return _few()
    return share_words(one.share)


def share_words(share: Share) -> str:
    """A share with its interval; few are only told to be few."""
    if share.value is not None:
        text = _("{value:.0%} ({low:.0%}–{high:.0%})")
        return text.format(value=share.value, low=share.low, high=share.high)
    if share.high < 1:
        return _("at most {value:.0%}").format(value=share.high)
    return _("at least {value:.0%}").format(value=share.low)


def _wait(wait: Wait | None) -> str:
    if wait is None:
        return "—"
    words = _("{usual} ({low}–{high})")
    return words.format(usual=_hours(wait.hours), low=_hours(wait.low), high=_hours(wait.high))


def _hours(hours: int) -> str:
    if hours < 1:
        return _("under 1 hour")
    if hours < 2 * _HOURS:
        return _("{count} h").format(count=hours)
    return _("{count} d").format(count=round(hours / _HOURS))


def _sentence(verdict: Verdict, other: Compared | None, *, is_reference: bool) -> str:
    if is_reference:
        return _("The others are compared with this group.")
    verdict_words = words.full(said(VERDICTS[verdict]))
    if other is None:
        return verdict_words
    figure = words.statistic(other.ratio, other.low, other.high, other.p, other.holm)
    return words.joined(verdict_words, words.full(figure))


def _answer(tiers: tuple[Line, ...]) -> str:
    if not tiers:
        return _("No order of a resident was due in these months.")
    verdicts = {one.verdict for one in tiers if not one.is_reference}
    if Verdict.REVIEW in verdicts:
        return _(
            "At the same urgency some groups are served in time clearly less often. The contract is"
            " the same for all: look why."
        )
    if Verdict.WATCH in verdicts:
        return _("There are differences at the same urgency; watch them.")
    if verdicts <= {Verdict.TOO_FEW}:
        return _("There is too little data to compare. That does not mean that all is well.")
    return _("No tier is served in time clearly less often than another.")
