"""The page of attention opens with its first part; the others come when they are looked at."""

import pytest

from pmdesk.ui.pages.watch import PLACES, RULES, SERVED, WatchPage
from pmdesk.ui.watch.in_use import InUsePanel
from pmdesk.ui.watch.served import ServedPanel

LATE = {RULES: InUsePanel, SERVED: ServedPanel}


@pytest.fixture
def page(manager, tasks, prompts, shown):
    return shown(WatchPage(manager, tasks, prompts))


def late(page):
    return [one for kind in LATE.values() for one in page.findChildren(kind)]


def test_it_opens_with_places_and_measures_alone(page, settled):
    page.reload()
    settled()

    assert not late(page)
    assert page.spots.isVisible()


@pytest.mark.parametrize("part", LATE)
def test_a_part_is_built_and_counted_when_it_is_looked_at(page, settled, part):
    page.show_part(part)
    settled()

    (panel,) = late(page)
    assert isinstance(panel, LATE[part])
    assert panel.isVisible()
    assert part not in page._stale
    assert not page.spots.isVisible()

    page.show_part(PLACES)
    assert page.spots.isVisible()
    assert not panel.isVisible()
