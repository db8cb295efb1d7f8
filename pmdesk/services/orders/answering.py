"""By when somebody takes care of an order: the contract's time, or the sooner one of a plan.

It is said beside the order and decides nothing: who is next and when an order is due follow from
urgency alone, whoever asks (Civil Code 942).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pmdesk.domain.orders.first_answer import answered_at
from pmdesk.domain.orders.order import Deed, Order, OrderState, OrderStep
from pmdesk.domain.people import PersonId
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.purposes import CLASSIFICATION, CONTRACT
from pmdesk.domain.tiers import STANDARD, Tier
from pmdesk.i18n import _, ngettext, said
from pmdesk.services.orders import floor
from pmdesk.services.session import Session

_GONE = frozenset({OrderState.CANCELLED, OrderState.MERGED})
_FREEZE = frozenset({CLASSIFICATION, CONTRACT})  # purposes that a promise of a plan needs
_HOUR, _MINUTE = timedelta(hours=1), timedelta(minutes=1)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Until when somebody was promised to take care, and when somebody did."""

    received_at: datetime
    span: timedelta
    tier: Tier | None  # whose plan promises it sooner; None: the contract does
    at: datetime | None
    is_hidden: bool  # of a complaint that was not opened: nothing tells whose it is
    is_before: bool = False  # it was reopened since, and waits for somebody anew

    @property
    def until(self) -> datetime:
        """When the promised time is over."""
        return self.received_at + self.span


def answer(
    session: Session,
    work: UnitOfWork,
    order: Order,
    steps: tuple[OrderStep, ...],
    *,
    opened: bool = False,
) -> Answer | None:
    """As it was promised on the day on which the order came; None where nothing was entered here.

    What came with an import has no history of its own, and what is cancelled needs no answer. A
    plan's sooner time of a complaint is for who `opened` it: it would tell whose it is.
    """
    at, entered = answered_at(steps), any(one.act == Deed.RECEIVED.value for one in steps)
    if not entered or order.state in _GONE or (at is None and not order.is_open):
        return None
    day = order.received_at.astimezone(session.clock.local().tzinfo).date()
    plan = floor.in_force(work, day)
    contract = plan.plans.answer(STANDARD, order.service, plan.floor)
    hides = order.is_complaint and not opened
    tier = STANDARD if hides else _tier(work, order.person, day)
    span = plan.plans.answer(tier, order.service, plan.floor)
    sooner = work.catalogue.live().tier(tier) if span < contract else None
    return Answer(
        received_at=order.received_at,
        span=span,
        tier=sooner,
        at=at,
        is_hidden=hides,
        is_before=order.reopened > 0 and order.is_open,
    )


def answer_words(session: Session, one: Answer) -> str:
    """By when somebody takes care and who promises it; once somebody did, after how long."""
    if one.at is None:
        return _until(session, one)
    waited = max(one.at - one.received_at, timedelta(0))
    words = _("Somebody took care after {time}").format(time=_span(waited))
    if one.is_before:
        words = _("{words}, before it was reopened").format(words=words)
    if one.at <= one.until:
        return words
    late = _("{words}, later than promised ({promise})")
    return late.format(words=words, promise=_promise(one))


def _until(session: Session, one: Answer) -> str:
    local = session.clock.local()
    until = one.until.astimezone(local.tzinfo)
    today = until.date() == local.date()
    words = _("Somebody takes care by {moment} ({promise})").format(
        moment=f"{until:%H:%M}" if today else f"{until:%Y-%m-%d %H:%M}", promise=_promise(one)
    )
    return _("{words}; that time is over").format(words=words) if until < local else words


def _promise(one: Answer) -> str:
    """How soon, and who promises it."""
    time = _hours(one.span)
    if one.is_hidden:
        return time
    plan = _("service plan: {tier}").format(tier=said(one.tier.name)) if one.tier else ""
    return _("{who}, {time}").format(who=plan or _("contract"), time=time)


def _tier(work: UnitOfWork, person: PersonId | None, day: date) -> str:
    """The tier that the person had on that day; nobody uses it while it is frozen."""
    if person is None or _FREEZE & work.acts.restrictions(person).keys():
        return STANDARD
    periods = work.classifications.history(person)
    held = (
        one.tier for one in periods if one.since <= day and (one.until is None or day < one.until)
    )
    return next(held, STANDARD)


def _hours(span: timedelta) -> str:
    hours = span // _HOUR
    return ngettext("{count} hour", "{count} hours", hours).format(count=hours)


def _span(waited: timedelta) -> str:
    """Minutes as minutes, so that in time and late can be told apart; beyond two days in days."""
    if waited < _HOUR:
        minutes = max(1, waited // _MINUTE)
        return ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes)
    if waited < 2 * _DAY:
        minutes, words = waited // _MINUTE % 60, _hours(waited)
        if not minutes:
            return words
        more = ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes)
        return _("{hours} {minutes}").format(hours=words, minutes=more)
    days = waited // _DAY
    return ngettext("{count} day", "{count} days", days).format(count=days)
