"""The landing page reminds administrators of the keys, and nobody else."""

import pytest

from pmdesk.errors import StorageError
from pmdesk.services import keys, staff
from pmdesk.ui.keys.home_card import KeysBanner
from pmdesk.ui.pages.home import HomePage


@pytest.fixture
def banner(office, tasks, shown):
    return lambda login="admin": shown(KeysBanner(office.session(login), tasks), 800, 60)


def test_fresh_keys_are_not_spoken_of(banner):
    assert banner().sentence == ""


def test_a_year_later_it_leads_to_the_settings(banner, clock, qtbot, office):
    office.session("admin")
    clock.advance(days=365)
    one = banner()

    assert "超过一年" in one.sentence
    with qtbot.waitSignal(one.page_requested) as heard:
        one.action.click()
    assert heard.args == ["settings"]


def test_somebody_who_left_is_noticed_at_once(banner, office, settled):
    one = banner()
    admin = office.session("admin")
    clerk = next(s for s in staff.everyone(admin) if s.login == "clerk")
    one.reload(staff.disable(admin, clerk.uid))
    settled()

    assert "1 个账号被停用" in one.sentence


def test_others_never_see_it(banner, clock, office):
    office.session("clerk")
    clock.advance(days=400)

    assert banner("clerk").sentence == ""


def test_a_disk_that_cannot_be_read_says_so_elsewhere(banner, monkeypatch):
    def state(_session):
        raise StorageError("full")

    monkeypatch.setattr(keys, "state", state)
    assert banner().sentence == ""


def test_the_landing_page_holds_it(office, tasks, prompts, shown):
    page = shown(HomePage(office.session("admin"), tasks, prompts), 1100, 800)

    assert isinstance(page.keys, KeysBanner)
