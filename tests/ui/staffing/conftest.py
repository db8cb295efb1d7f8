"""A window onto an office with twenty weeks of orders and four hands."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pmdesk.domain.orders.kinds import Service
from pmdesk.services.staffing import plans
from pmdesk.ui.pages.staffing import StaffingPage
from tests.services.staffing.booked import book, line, weeks
from tests.services.staffing.conftest import DAYS, HANDS, WEEK

FORECAST, ROSTER, ROUNDS = range(3)


@pytest.fixture
def crewed(manager):
    """Four hands are known."""
    crew, edition = plans.crew(manager)
    plans.save_crew(manager, replace(crew, hands=HANDS), edition)


@pytest.fixture
def booked(manager):
    """Repairs, and a garage with trouble on Friday evenings."""
    first = WEEK - timedelta(days=DAYS)
    book(manager, weeks(first, DAYS, (9, 4, 4, 4, 6, 2, 2), hour=9))
    fridays = (WEEK - timedelta(days=3 + 7 * step) for step in range(12))
    book(manager, [line(day, Service.SECURITY, "1", 21, "地下车库") for day in fridays])


@pytest.fixture
def opened(shown, tasks, prompts, manager, settled):
    """The page of a session, at a tab."""

    def _opened(tab=FORECAST, session=None, **size):
        page = shown(StaffingPage(session or manager, tasks, prompts), **size)
        page.open_tab(tab)
        settled()
        return page

    return _opened
