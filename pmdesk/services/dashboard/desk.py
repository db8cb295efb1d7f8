"""Answers to the eight questions, each by itself: one that fails leaves the others standing."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from pmdesk.domain.dashboard import CardKey, Scope, SeenView
from pmdesk.domain.staff import Permission
from pmdesk.services import office
from pmdesk.services.dashboard import people
from pmdesk.services.dashboard.asking import Asking
from pmdesk.services.dashboard.card import Card
from pmdesk.services.session import Session

Answer = Callable[[Asking], Card]
Told = TypeVar("Told")


OUTSIDE = "*"  # whose memory holds what left the program, by whosever hand


def card(session: Session, key: CardKey, scope: Scope) -> Card:
    """The answer as everybody who sees charts may see it: no number tells of single homes.

    What it shows is remembered for the account, in the office and beyond this sign-in, so that a
    later card, filter or export cannot be subtracted from it. That holds for a book as it stands:
    who looks at the same days again after an order came, or was closed, sees what that changed.
    """
    session.require(Permission.SEE_CHARTS)
    return _answered(session, key, scope, session.staff.uid)


def may_leave(session: Session, card: Card) -> bool:
    """Whether the card may leave the program; if so, it counts as lying around in the office.

    It may not where beside all that ever left, by anybody, it would tell of single homes. Beside
    what its own account saw it was answered already.
    """
    session.require(Permission.EXPORT)
    if not card.figures:
        return True
    again = _answered(session, card.key, card.scope, OUTSIDE, card.told)
    return card.told <= again.told


def _answered(
    session: Session,
    key: CardKey,
    scope: Scope,
    memory: str,
    start: frozenset[SeenView] = frozenset(),
) -> Card:
    """The answer beside all that is in that memory, where it is remembered if `start` stands."""
    return remembered(session, key, scope, memory, _answers()[key], start)


def remembered(
    session: Session,
    key: CardKey,
    scope: Scope,
    memory: str,
    answer: Callable[[Asking], Told],
    start: frozenset[SeenView] = frozenset(),
) -> Told:
    """What is answered beside all that is in that memory; what it shows is remembered there."""
    smallest = office.smallest_count(session)
    while True:
        with session.reading(Permission.SEE_CHARTS) as work:
            scope = scope.settled(session.clock.today())
            before = work.seen_views.last(memory)
            asking = Asking(
                session=session,
                work=work,
                key=key,
                scope=scope,
                smallest=smallest,
                active=work.rulesets.active(),
                memory=memory,
                seen=work.seen_views.of(memory),
                start=start,
            )
            answered = answer(asking)
        if not start <= frozenset(asking.told):
            return answered
        if not asking.shown_now or _remembered(session, memory, before, asking.shown_now):
            return answered


def _remembered(session: Session, memory: str, before: int, shown: list[SeenView]) -> bool:
    """Whether it was, which is not so when something else was shown meanwhile."""
    with session.writing(Permission.SEE_CHARTS) as work:
        if work.seen_views.last(memory) != before:
            return False
        work.seen_views.add(memory, shown, session.clock.today())
        work.commit()
    return True


def _answers() -> Mapping[CardKey, Answer]:
    from pmdesk.services.dashboard import (  # noqa: PLC0415  # numpy takes its time
        demand,
        hands,
        load,
        places,
    )

    return {
        CardKey.WHEN: demand.when,
        CardKey.TIERS: demand.tiers,
        CardKey.MOVES: people.moves,
        CardKey.STAFF: hands.hands,
        CardKey.FAIR: people.fairness,
        CardKey.CONSENT: people.consent,
        CardKey.LOAD: load.load,
        CardKey.DISPUTES: places.disputes,
    }
