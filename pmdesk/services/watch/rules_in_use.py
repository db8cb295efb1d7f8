"""How the rules in force do: what changed from month to month, how people answer, what is due."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, tzinfo
from itertools import pairwise

from pmdesk.analytics.drift import Drift, Verdict, drift
from pmdesk.analytics.fairness import gravest
from pmdesk.analytics.suppression import Margins, suppressed
from pmdesk.domain import fairness as fair
from pmdesk.domain.catalogue import Catalogue
from pmdesk.domain.classification import Ruleset
from pmdesk.domain.consents import Decision
from pmdesk.domain.orders.names import SERVICES
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.ports.watch import Bins
from pmdesk.domain.requests import Request, RequestId
from pmdesk.domain.rights import RightCode
from pmdesk.domain.staff import Permission
from pmdesk.domain.watch import FEWEST, WITH, About, month_start
from pmdesk.i18n import N_, Words, _, said
from pmdesk.services import month_counts as counting
from pmdesk.services.session import Session
from pmdesk.services.watch import due, reviews
from pmdesk.services.watch.due import NextReview
from pmdesk.services.watch.reviews import Complaint, Proposal

MONTHS = 6  # of the table
EVENTS: Mapping[str, Words] = {
    "given": Words("同意分类", "Agreed"),
    "refused": Words("拒绝分类", "Refused"),
    "withdrawn": Words("撤回同意", "Withdrawn"),
    "objections": Words("异议", "Objections"),
    "reviews": Words("人工复核", "Reviews"),
    "changed": Words("复核后改变", "Changed"),
    "complaints": Words("分类投诉", "Complaints"),
    "upheld": Words("投诉成立", "Upheld"),
}
_TIERS = Words("等级", "Tiers")
_ELSE = Words("“其他人”规则", "The row for everyone else")
_SERVICES = Words("工单类别", "Services asked for")
_FIRST = (counting.TIERS, counting.ELSE)  # of the list
_CHANGED = (Verdict.ACT, Verdict.LOOK)
_SAYS: Mapping[Verdict, str] = {
    Verdict.STABLE: N_("Nothing to see."),
    Verdict.LOOK: N_("It changed: look whether there is a reason."),
    Verdict.ACT: N_("It changed much: check the rules and what is asked."),
    Verdict.TOO_FEW: N_("Too little data to say anything."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What one count was last month and is now."""

    key: str
    name: Words
    drift: Drift
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """Events of one month; None where they stand for too few people."""

    month: date
    counts: tuple[int | None, ...]  # in the order of EVENTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """How many people have a tier or a tag, by month; None where they are too few to be told."""

    key: str
    name: Words
    counts: tuple[int | None, ...]  # of the months with counts, the oldest first

    @property
    def change(self) -> int | None:
        """From the month before to the last one."""
        now, before = (*self.counts[:-3:-1], None, None)[:2]
        return None if now is None or before is None else now - before


@dataclass(frozen=True, slots=True, kw_only=True)
class Fairness:
    """What the last fairness report of the version in force says."""

    verdict: fair.Verdict | None  # None: no report of this text
    day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InUse:
    """Everything about the version in force; without one, only the months."""

    active: Ruleset | None
    everyone_else: str
    fairness: Fairness
    changes: tuple[Change, ...]
    compared: tuple[date, date] | None  # months; None: there is only one yet
    months: tuple[Month, ...]
    kept: tuple[date, ...]  # months of `held`, the oldest first
    held: tuple[Held, ...]
    complaints: tuple[Complaint, ...]
    proposals: tuple[Proposal, ...]
    review: NextReview | None


def in_use(session: Session) -> InUse:
    """What a reviewer looks at every month."""
    judged = reviews.complaints(session)
    with session.reading(Permission.SEE_RULES) as work:
        now, active = session.clock.local(), work.rulesets.active()
        today = now.date()
        kept = work.watch.months()[:MONTHS]
        return InUse(
            active=active,
            everyone_else=_everyone_else(work),
            fairness=_fairness(work, active, now.tzinfo),
            changes=_gravest_first((*_changes(work, kept[:2]), *_of_orders(work, today))),
            compared=(kept[1], kept[0]) if len(kept) > 1 else None,
            months=_months(work, now),
            kept=kept[::-1],
            held=_held(work, kept[::-1]),
            complaints=judged,
            proposals=reviews.proposals_in(work),
            review=due.next_review(work, today),
        )


def _everyone_else(work: UnitOfWork) -> str:
    found = counting.everyone_else(work)
    if found is None or not found[1]:
        return _("Nobody is classified.")
    count, total = found
    if 0 < count < FEWEST or 0 < total - count < FEWEST:
        return _("The number is not shown: it stands for fewer than {few} people.").format(
            few=FEWEST
        )
    words = _("Only the row for everyone else fits {share:.0%} of {total} classified people.")
    return words.format(share=count / total, total=f"{total:,}")


def _fairness(work: UnitOfWork, active: Ruleset | None, zone: tzinfo | None) -> Fairness:
    report = work.fairness.report(active.id) if active else None
    if report is None or active is None or report.digest != active.digest:
        return Fairness(verdict=None, day=None)
    compared = [one.verdict for one in report.lines if not one.is_reference]
    return Fairness(verdict=gravest(compared), day=report.at.astimezone(zone).date())


# ---- drift ----------------------------------------------------------------------------------


def _changes(work: UnitOfWork, kept: Sequence[date]) -> Iterator[Change]:
    if len(kept) < 2:  # noqa: PLR2004  # a month and the one before
        return
    now, before = (work.watch.counts(month) or {} for month in kept)
    catalogue = work.catalogue.live()
    names = dict.fromkeys(key.partition("/")[0] for key in now)
    for key in sorted(names, key=lambda key: _FIRST.index(key) if key in _FIRST else len(_FIRST)):
        if (name := _name(catalogue, key)) is not None:
            several = [one for one in now if one.startswith(key + "/")]
            yield (
                _of_several(catalogue, key, name, several, before, now)
                if several
                else _change(key, name, before, now)
            )


def _of_several(
    catalogue: Catalogue, key: str, name: Words, answers: Sequence[str], before: Bins, now: Bins
) -> Change:
    """Of answers of which several may be chosen: that which changed most, and all that changed."""
    found = [_change(one, name, before, now, tests=len(answers)) for one in answers]
    first = _gravest_first(found)[0]
    if first.drift.verdict not in _CHANGED:
        return replace(first, key=key)
    labels = {
        str(o.code): said(o.label)
        for f in catalogue.fields
        for o in f.options
        if f"field:{f.key}" == key
    }
    names = [
        labels.get(one.key.partition("/")[2], "") for one in found if one.drift.verdict in _CHANGED
    ]
    told = _("Changed: {names}.").format(names=_(", ").join(filter(None, names)))
    return replace(first, key=key, sentence=f"{first.sentence} {told}")


def _gravest_first(changes: Iterable[Change]) -> tuple[Change, ...]:
    order = (*_CHANGED, Verdict.STABLE, Verdict.TOO_FEW)
    return tuple(sorted(changes, key=lambda one: order.index(one.drift.verdict)))


def _of_orders(work: UnitOfWork, today: date) -> Iterator[Change]:
    """What was asked for in the last whole month, and in the one before."""
    spans = (month_start(today, 2), month_start(today, 1), month_start(today))
    counts: list[dict[str, int]] = []
    for since, until in pairwise(spans):
        found: dict[str, int] = {}
        for one in work.order_counts.by_day(since=since, until=until):
            found[one.service.value] = found.get(one.service.value, 0) + one.orders
        counts.append(found)
    if all(counts):
        yield _change("services", _SERVICES, {"services": counts[0]}, {"services": counts[1]})


def _change(key: str, name: Words, before: Bins, now: Bins, tests: int = 1) -> Change:
    found = drift(*counting.alike(before.get(key, {}), now[key]), tests=tests)
    new = [code for code in found.new if code != counting.FEW]
    sentence = _(_SAYS[found.verdict])
    if new:
        names = {service.value: said(words) for service, words in SERVICES.items()}
        listed = _(", ").join(names.get(code, code) for code in new)
        sentence = f"{sentence} {_('New: {names}.').format(names=listed)}"
    return Change(key=key, name=name, drift=found, sentence=sentence)


def _name(catalogue: Catalogue, key: str) -> Words | None:
    """What a count is called; None for a field or tag that is gone by now."""
    if key in {counting.TIERS, counting.ELSE}:
        return _TIERS if key == counting.TIERS else _ELSE
    kind, _colon, code = key.partition(":")
    tags = {tag.code: tag.name for tag in catalogue.tags}
    fields = {str(field.key): field.label for field in catalogue.fields if field.enabled}
    return tags.get(code) if kind == "tag" else fields.get(code)


def _held(work: UnitOfWork, kept: Sequence[date]) -> tuple[Held, ...]:
    """People by tier and by tag in the months with counts."""
    catalogue = work.catalogue.live()
    bins = [work.watch.counts(month) or {} for month in kept]
    tiers = [
        Held(key=one.code, name=one.name, counts=tuple(_of_tier(each, one.code) for each in bins))
        for one in catalogue.tiers
    ]
    tags = [
        Held(
            key=counting.TAG + one.code,
            name=one.name,
            counts=tuple(each.get(counting.TAG + one.code, {}).get(WITH) for each in bins),
        )
        for one in catalogue.tags
    ]
    return (*tiers, *(one for one in tags if any(one.counts))) if any(bins) else ()


def _of_tier(bins: Bins, tier: str) -> int | None:
    """Nobody, where no tier is put together with others and this one is not there."""
    told = bins.get(counting.TIERS, {counting.FEW: 0})
    return told.get(tier, None if counting.FEW in told else 0)


# ---- months ---------------------------------------------------------------------------------


def _months(work: UnitOfWork, now: datetime) -> tuple[Month, ...]:
    """The last months on the wall, the present one first; counts of few people are not told."""
    requests, findings = work.requests.all(), work.watch.findings()
    about = {one.request: one.upheld for one in findings if one.about is not About.OTHER}
    first = [month_start(now.date(), back) for back in range(-1, MONTHS)]
    starts = [datetime.combine(day, time(), now.tzinfo) for day in first]
    return tuple(
        Month(month=since.date(), counts=_events(work, requests, about, since, until))
        for until, since in pairwise(starts)
    )


def _events(
    work: UnitOfWork,
    requests: Sequence[Request],
    about: Mapping[RequestId, bool],
    since: datetime,
    until: datetime,
) -> tuple[int | None, ...]:
    choices = work.watch_counts.choices(since=since, until=until)
    came = [one for one in requests if since <= one.received_at < until]
    plain = (
        choices.get(Decision.GIVEN.value, 0),
        choices.get(Decision.REFUSED.value, 0),
        choices.get(Decision.WITHDRAWN.value, 0),
        sum(one.asked is RightCode.OBJECTION for one in came),
    )
    looked = work.watch.reviews(None, since=since.date(), until=until.date())
    named = [about[one.id] for one in came if one.id in about]
    return (
        *map(_told, plain),
        *_parted(looked.total, looked.changed),
        *_parted(len(named), sum(named)),
    )


def _parted(total: int, part: int) -> tuple[int | None, int | None]:
    """The whole and a part of it; neither the part nor the rest may be told where it is small."""
    counts = [[part, total - part]]
    shown = suppressed(counts, FEWEST, Margins(columns=False))
    return shown.rows[0], shown.cells[0][0]


def _told(count: int) -> int | None:
    return None if 0 < count < FEWEST else count
