"""The orders page of an office with a resident, and a keyboard before it."""

import pytest

from pmdesk.services.orders import book
from pmdesk.ui.pages.orders import OrdersPage
from tests.ui.orders.keyboard import Keyboard


@pytest.fixture
def opened(office, tasks, prompts, shown):
    """The page of this account."""

    def _opened(login="clerk", **size):
        return shown(OrdersPage(office.session(login), tasks, prompts), **size)

    return _opened


@pytest.fixture
def look_at(opened, settled):
    """The page with this order open."""

    def _look_at(order, login="clerk"):
        page = opened(login)
        page.show_order(order)
        settled()
        return page

    return _look_at


@pytest.fixture
def keyboard(settled):
    def _keyboard(page):
        return Keyboard(page, settled)

    return _keyboard


@pytest.fixture
def order_of(office_session):
    """One order as it stands."""
    return lambda order: book.detail(office_session, order).order
