"""Folding the cards below the grid: the grid has the room, and the user's choice is remembered."""

import pytest

from pmdesk.app.config import preferences
from pmdesk.ui.pages.rules import RulesPage


@pytest.fixture
def open_page(office, tasks, prompts, shown, settled, tmp_path):
    def _open():
        page = RulesPage(office.session("manager"), tasks, prompts, preferences(tmp_path))
        shown(page)
        settled()
        return page

    return _open


def test_the_grid_has_the_room_of_the_cards(open_page, settled):
    page = open_page()
    bench, fold = page.bench, page.bench.toolbar.fold
    before = bench.grid.height()

    fold.button.click()
    settled()

    assert not bench.card.isVisible()
    assert bench.grid.height() > before
    assert bench.findings.summary.text() in fold.button.text()

    fold.button.click()
    settled()

    assert bench.card.isVisible()
    assert bench.findings.summary.text() not in fold.button.text()


def test_the_choice_is_remembered_on_this_computer(open_page):
    open_page().bench.toolbar.fold.button.click()

    page = open_page()

    assert page.bench.toolbar.fold.is_folded
    assert not page.bench.card.isVisible()


def test_it_stands_beside_the_tabs_only_while_the_grid_is_seen(open_page, settled):
    page = open_page()
    fold = page.bench.toolbar.fold
    assert fold.isVisible()

    page.tabs.panel("examples")
    settled()

    assert not fold.isVisible()
    assert page.bench.minimumHeight() == 0, "a low tab does not make the page scroll"

    page.tabs.panel("table")
    settled()

    assert fold.isVisible()
    assert page.bench.minimumHeight() > 0
