"""Answers to the eight questions, each by itself: one that fails leaves the others standing."""

from collections.abc import Callable, Mapping

from pmdesk.domain.dashboard import CardKey, Scope, SeenView
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.staff import Permission
from pmdesk.services import office
from pmdesk.services.dashboard import people
from pmdesk.services.dashboard.asking import Asking
from pmdesk.services.dashboard.card import Card
from pmdesk.services.session import Session

Answer = Callable[[Asking], Card]


def card(session: Session, key: CardKey, scope: Scope) -> Card:
    """The answer as everybody who sees charts may see it: no number tells of single homes.

    What it shows is remembered for the account, in the office and beyond this sign-in, so that a
    later card, filter or export cannot be subtracted from it.
    """
    session.require(Permission.SEE_CHARTS)
    smallest = office.smallest_count(session)
    scope = scope.settled(session.clock.today())
    while True:
        with session.reading(Permission.SEE_CHARTS) as work:
            before = _seen(session, work)
            asking = Asking(
                session=session,
                work=work,
                key=key,
                scope=scope,
                smallest=smallest,
                active=work.rulesets.active(),
            )
            answered = _answers()[key](asking)
        if not asking.shown_now or _remembered(session, before, asking.shown_now):
            return answered


def warm() -> None:
    """What the cards count with is loaded; call it in the background before the first click."""
    import scipy.stats  # noqa: F401, PLC0415  # half a second, which no click has to wait for

    _answers()


def _remembered(session: Session, before: int, shown: list[SeenView]) -> bool:
    """Whether it was, which is not so when the account was shown something else meanwhile."""
    with session.writing(Permission.SEE_CHARTS) as work:
        if _seen(session, work) != before:
            return False
        work.seen_views.add(session.staff.uid, shown, session.clock.today())
        work.commit()
    return True


def _seen(session: Session, work: UnitOfWork) -> int:
    return work.seen_views.last(session.staff.uid)


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
