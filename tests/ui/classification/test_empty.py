"""The classification table before there is anything to show: what is missing, the next step."""

import pytest

from pmdesk.ui.pages.classification import ClassificationPage
from pmdesk.ui.widgets.header import EmptyState
from tests.offices import founded_office, resident


@pytest.fixture(scope="session")
def without_rules(tmp_path_factory):
    return founded_office(tmp_path_factory.mktemp("bare") / "office", active=False)


@pytest.fixture
def page_of(tasks, prompts, shown):
    return lambda session: shown(ClassificationPage(session, tasks, prompts))


def pressed(state: EmptyState):
    return next(child for child in state.children() if hasattr(child, "click"))


def test_without_active_rules_one_is_led_to_them(without_rules, tmp_path, page_of, qtbot):
    office = without_rules.copied(tmp_path / "bare")
    page = page_of(office.session("manager"))

    assert page.no_rules.isVisible()
    assert not page.view.isVisible()
    with qtbot.waitSignal(page.rules_requested):
        pressed(page.no_rules).click()
    office.close()


def test_without_any_consent_one_is_led_to_the_residents(founded, tmp_path, page_of, qtbot):
    office = founded.copied(tmp_path / "empty")
    resident(office.session("clerk"))
    page = page_of(office.session("manager"))

    assert page.no_consent.isVisible()
    assert not page.panel.isVisible()
    with qtbot.waitSignal(page.residents_requested):
        pressed(page.no_consent).click()
    office.close()
