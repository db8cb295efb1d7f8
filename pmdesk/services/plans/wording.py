"""Service plans in words: cells, what is wrong with them, what changed, and what a tier adds."""

from collections.abc import Iterator, Mapping, Sequence

from pmdesk.domain.orders.kinds import Service, Urgency
from pmdesk.domain.orders.names import SERVICES, URGENCIES, WAYS
from pmdesk.domain.orders.plan_changes import PlanChange
from pmdesk.domain.orders.plan_draft import (
    COMPLAINTS,
    CONTRACT,
    Fault,
    Line,
    PlanCell,
    PlanDraft,
)
from pmdesk.domain.orders.plan_ladder import Behind
from pmdesk.domain.orders.plan_reading import Aspect, Value
from pmdesk.domain.tiers import Tier
from pmdesk.i18n import N_, Words, _, ngettext, said

ASPECTS: Mapping[Aspect, str] = {
    Aspect.VISITS: N_("We come by ourselves"),
    Aspect.RESPOND: N_("Somebody answers within"),
    Aspect.WAYS: N_("How to reach us"),
    Aspect.DONE: N_("An order is done within"),
}
_DAY, _TWO_DAYS = 24, 48
_PERIODS = (  # days of a year, and how often in it one still counts so
    (365, 10, N_("{count} a day")),
    (52, 6, N_("{count} a week")),
    (12, 6, N_("{count} a month")),
)


def value_words(value: Value, aspect: Aspect) -> str:
    """The value as people say it: 3 days, once a week, at the counter and by phone."""
    if isinstance(value, frozenset):
        return _(", ").join(said(words) for code, words in _named_ways(value))
    return _often(value) if aspect is Aspect.VISITS else _hours(value)


def typed_words(value: Value) -> str:
    """The value as one types it again."""
    if isinstance(value, frozenset):
        return _(", ").join(said(words) for code, words in _named_ways(value))
    return str(value)


def line_words(line: Line) -> str:
    """What a row is about."""
    if line.aspect is Aspect.DONE:
        return _of_urgency(line.of)
    return said(SERVICES[Service(line.of)])


def column_words(tier: str, tiers: Sequence[Tier]) -> str:
    """What a column is called."""
    if tier == CONTRACT:
        return _("Contract")
    return next((said(one.name) for one in tiers if one.code == tier), tier)


def cell_words(cell: PlanCell, tiers: Sequence[Tier]) -> str:
    """Which cell it is."""
    parts = (column_words(cell.tier, tiers), _(ASPECTS[cell.line.aspect]), line_words(cell.line))
    return " · ".join(parts)


def fault_words(fault: Fault) -> str:
    """Why a cell cannot stand."""
    bound = "" if fault.bound is None else value_words(fault.bound, fault.cell.line.aspect)
    return _(fault.sentence).format(bound=bound)


def behind_words(one: Behind, tiers: Sequence[Tier]) -> str:
    """That a higher tier is promised less than a lower one."""
    return _("{tier} is promised more, though it is the lower tier: {value}.").format(
        tier=column_words(one.lower, tiers), value=value_words(one.value, one.cell.line.aspect)
    )


def look_again(found: Sequence[Behind], tiers: Sequence[Tier]) -> str:
    """What should be looked at before it is published; empty where each tier adds to the last."""
    if not found:
        return ""
    return ngettext(
        "A higher tier is promised less than a lower one, in {count} cell. {cell}: {why} It can be"
        " published if it is meant so.",
        "A higher tier is promised less than a lower one, in {count} cells. {cell}: {why} It can"
        " be published if it is meant so.",
        len(found),
    ).format(
        count=len(found),
        cell=cell_words(found[0].cell, tiers),
        why=behind_words(found[0], tiers),
    )


def change_words(change: PlanChange, tiers: Sequence[Tier]) -> str:
    """What a version says otherwise in one cell."""
    aspect = change.cell.line.aspect
    words = _("{cell}: {before} → {after}").format(
        cell=cell_words(change.cell, tiers),
        before=_told(change.before, aspect, follows=change.was_contract),
        after=_told(change.after, aspect, follows=change.is_contract),
    )
    return _("{words}, less than before").format(words=words) if change.less else words


def reason_words(reason: str) -> str:
    """Why a version promises less than the one before."""
    return _("Why less is promised: {reason}").format(reason=reason)


def service_words(draft: PlanDraft, tier: str, service: Service) -> str:
    """What a tier promises of a service, whole."""
    parts = (
        _(_SENTENCES[aspect]).format(
            value=value_words(draft.value(PlanCell(tier, Line(aspect, service))), aspect)
        )
        for aspect in _SENTENCES
    )
    return _("; ").join(parts)


def order_words(draft: PlanDraft) -> tuple[str, ...]:
    """How soon orders are done, for everybody the same."""
    lines = [line for line in draft.floor if line.aspect is Aspect.DONE]
    return tuple(
        _("{what}: within {hours}").format(
            what=line_words(line), hours=value_words(draft.floor[line], line.aspect)
        )
        for line in lines
    )


def added(draft: PlanDraft, tier: str) -> tuple[tuple[Service, str], ...]:
    """What a tier adds to the contract, service by service; nothing where it adds nothing."""
    found = ((service, _("; ").join(_added(draft, tier, service))) for service in Service)
    return tuple((service, words) for service, words in found if words)


def added_words(draft: PlanDraft, tier: str) -> tuple[str, ...]:
    """The same, a sentence for each service."""
    return tuple(
        _("{service}: {words}").format(service=said(SERVICES[service]), words=words)
        for service, words in added(draft, tier)
    )


_SENTENCES: Mapping[Aspect, str] = {
    Aspect.VISITS: N_("we come by ourselves: {value}"),
    Aspect.RESPOND: N_("an answer within {value}"),
    Aspect.WAYS: N_("reach us: {value}"),
}
_ADDED: Mapping[Aspect, str] = {
    Aspect.VISITS: N_("we come by ourselves: {value} (contract: {base})"),
    Aspect.RESPOND: N_("an answer within {value} (contract: {base})"),
}


def _added(draft: PlanDraft, tier: str, service: Service) -> Iterator[str]:
    for aspect in _SENTENCES:
        cell = PlanCell(tier, Line(aspect, service))
        if tier == CONTRACT or not draft.differs(cell):
            continue
        value, base = draft.value(cell), draft.floor[cell.line]
        if isinstance(value, frozenset) and isinstance(base, frozenset):
            yield _("also: {ways}").format(ways=value_words(value - base, aspect))
        else:
            yield _(_ADDED[aspect]).format(
                value=value_words(value, aspect), base=value_words(base, aspect)
            )


def _told(value: Value, aspect: Aspect, *, follows: bool) -> str:
    words = value_words(value, aspect)
    return _("as the contract ({value})").format(value=words) if follows else words


def _of_urgency(name: str) -> str:
    if name == COMPLAINTS:
        return _("Complaint, answered")
    urgency = Urgency[name.upper()]
    if urgency is Urgency.EMERGENCY:
        return _("Emergency, danger over")
    return said(URGENCIES[urgency])


def _often(visits: int) -> str:
    if not visits:
        return _("when asked")
    for period, most, words in _PERIODS:
        if visits % period == 0 and visits // period <= most:
            return _(words).format(count=visits // period)
    return _("{count} a year").format(count=visits)


def _hours(hours: int) -> str:
    if hours >= _TWO_DAYS and hours % _DAY == 0:
        return ngettext("{count} day", "{count} days", hours // _DAY).format(count=hours // _DAY)
    return ngettext("{count} hour", "{count} hours", hours).format(count=hours)


def _named_ways(value: frozenset[str]) -> tuple[tuple[str, Words], ...]:
    """In the usual order; a way of a newer version by its code."""
    known = tuple((code, words) for code, words in WAYS.items() if code in value)
    return (*known, *((code, Words(code, code)) for code in sorted(value - set(WAYS))))
