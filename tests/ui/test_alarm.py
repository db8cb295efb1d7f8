"""A finding of the check of the log stands on the home page until somebody explains it."""

import pytest

from pmdesk.services import log_proof
from pmdesk.ui.log.alarm import AlarmBanner
from tests.offices import resident
from tests.services.test_log_proof import Memory


@pytest.fixture
def banner(office, tasks, shown):
    """The banner as somebody of that role sees it."""
    return lambda login: shown(AlarmBanner(office.session(login), tasks), 900, 80)


@pytest.fixture
def tampered(office):
    """Somebody changed two rows with another tool, and a check found it."""
    resident(office.session("clerk"))
    office.tampered("UPDATE person SET name = '李四'", "DELETE FROM occupancy")
    log_proof.rows(office.session("reviewer"))


def test_nothing_is_said_while_nothing_was_found(banner):
    assert banner("reviewer").sentence == ""


@pytest.mark.parametrize("login", ["reviewer", "admin"])
def test_the_finding_is_named_and_leads_to_the_log(banner, tampered, qtbot, login):
    page = banner(login)
    assert "有人在 pmdesk 之外" in page.sentence
    assert "另有 1 处" in page.sentence

    with qtbot.waitSignal(page.page_requested) as asked:
        page.action.click()
    assert asked.args == ["log"]


def test_whoever_does_not_see_the_log_is_not_told(banner, tampered):
    assert banner("clerk").sentence == ""


def test_it_goes_with_the_explanation(banner, tampered, office, settled):
    page = banner("admin")
    log_proof.accept(office.session("admin"), Memory(), "试过，已改回。")
    page.reload()
    settled()

    assert page.sentence == ""
