"""The page of plans opens with the grid alone; what stands beside it comes when it is looked at."""

import pytest

from pmdesk.ui.pages.plans import PlansPage, Tab
from pmdesk.ui.plans.prices_tab import PricesTab
from pmdesk.ui.plans.tiers_tab import TiersTab
from pmdesk.ui.plans.versions_tab import VersionsTab
from pmdesk.ui.plans.visits_tab import VisitsTab
from pmdesk.ui.widgets.pill import Pill

KINDS = {
    Tab.TIERS: TiersTab,
    Tab.VISITS: VisitsTab,
    Tab.PRICES: PricesTab,
    Tab.VERSIONS: VersionsTab,
}


@pytest.fixture
def page(office, tasks, prompts, shown):
    return shown(PlansPage(office.session("manager"), tasks, prompts), 1300, 900)


def test_it_opens_with_the_grid_alone(page, settled):
    page.reload()
    settled()

    assert not [one for kind in KINDS.values() for one in page.findChildren(kind)]


@pytest.mark.parametrize("tab", KINDS)
def test_a_part_that_is_chosen_is_the_only_one_seen(page, settled, tab):
    page.open_part(tab.value)
    settled()
    others = [one for kind in KINDS.values() for one in page.findChildren(kind)]

    assert [type(one) for one in others] == [KINDS[tab]]
    assert others[0].isVisible()
    assert not page.bench.isVisible()

    page.open_part(Tab.PLAN)
    assert page.bench.isVisible()
    assert not others[0].isVisible()


def test_what_was_read_before_is_shown_in_a_part_that_comes_later(page, settled):
    for tab in (Tab.TIERS, Tab.VERSIONS):
        page.open_part(tab.value)

    assert len(page.tiers.findChildren(Pill)) == len(page.shelf.tiers)
    assert page.versions.model.rows == page.shelf.versions


def test_rows_are_as_high_as_their_words_when_the_grid_is_seen(page):
    """Hidden, it is not measured: its font comes with the page."""
    grid = page.bench.grid
    for row in range(grid.model().rowCount()):
        assert grid.rowHeight(row) >= grid.sizeHintForRow(row)


def test_a_part_that_is_chosen_once_more_keeps_the_cursor_in_it(page):
    page.bench.grid.setFocus()

    page.show_tab(Tab.PLAN)

    assert page.bench.grid.hasFocus()
