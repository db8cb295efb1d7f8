"""An office with a year of orders behind it and people who can be put on a shift."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.staffing import Hand
from pmdesk.services.staffing import plans
from tests.services.staffing.booked import book, weeks

WEEK = date(2026, 3, 2)  # the clock's own, on its Monday
DAYS = 140
HANDS = (
    Hand(code="li", name="李师傅", skills=frozenset({Service.REPAIR})),
    Hand(code="wang", name="王师傅", skills=frozenset({Service.REPAIR, Service.SECURITY})),
    Hand(code="wu", name="吴保安", skills=frozenset({Service.SECURITY})),
    Hand(code="zheng", name="郑保安", skills=frozenset({Service.SECURITY})),
)


@pytest.fixture
def crewed(manager):
    """The office knows four hands."""
    crew, edition = plans.crew(manager)
    plans.save_crew(manager, replace(crew, hands=HANDS), edition)
    return manager


@pytest.fixture
def busy(crewed):
    """Repairs of twenty weeks, most on Mondays, with the hour they came."""
    first = WEEK - timedelta(days=DAYS)
    book(crewed, weeks(first, DAYS, (9, 4, 4, 4, 6, 2, 2), hour=9))
    return crewed
