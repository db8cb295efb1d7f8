"""What of the watch waits on the landing page."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pmdesk.domain.reviews import Signature
from pmdesk.domain.watch import MeasureState, Plan, month_start
from pmdesk.errors import DeniedError
from pmdesk.services.watch import due, measures
from pmdesk.services.watch.due import NextReview

TODAY = date(2026, 3, 2)


def planned(session, *, days, owner=None):
    plan = Plan(
        building="3",
        topic="noise",
        words="装修时间公示",
        owner=(owner or session).staff.uid,
        due=TODAY + timedelta(days=days),
    )
    return measures.add(session, plan)


def test_an_office_without_measures_is_quiet(manager):
    assert due.waiting(manager).is_quiet


def test_measures_wait_from_a_week_before_their_day(manager, manager2, clock):
    ended = planned(manager, days=0)
    measures.end(manager, ended, MeasureState.DONE)
    planned(manager, days=7)
    planned(manager, days=8, owner=manager2)
    found = due.waiting(manager)
    assert (found.due, found.overdue, found.mine) == (1, 0, 1)
    clock.advance(days=8)
    found = due.waiting(manager)
    assert (found.due, found.overdue, found.mine) == (1, 1, 1)
    assert not found.is_quiet


def test_the_next_review_is_told_a_month_ahead_to_who_reviews(manager, reviewer, clock):
    with reviewer.store.writing() as work:
        active = work.rulesets.active()
        signature = Signature(
            signer=reviewer.staff.uid,
            alone=False,
            note="看过全部二十六项，没有发现问题",
            signed_at=clock.now(),
            next_review=TODAY + timedelta(days=100),
        )
        work.reviews.sign(active, signature)
        reviewer.log(work, "review.renew")
        work.commit()
    clock.advance(days=69)
    assert due.waiting(reviewer).is_quiet
    clock.advance(days=1)
    near = NextReview(version=1, day=TODAY + timedelta(days=100), is_over=False)
    assert due.waiting(reviewer).review == near
    clock.advance(days=31)
    assert due.waiting(manager).review == replace(near, is_over=True)


def test_the_front_desk_is_not_asked(clerk):
    with pytest.raises(DeniedError):
        due.waiting(clerk)


@pytest.mark.parametrize(
    ("day", "back", "first"),
    [
        (date(2026, 3, 31), 0, date(2026, 3, 1)),
        (date(2026, 3, 31), 3, date(2025, 12, 1)),
        (date(2026, 12, 31), -1, date(2027, 1, 1)),
        (date(2024, 2, 29), 12, date(2023, 2, 1)),
    ],
)
def test_months_are_counted_across_the_year(day, back, first):
    assert month_start(day, back) == first
