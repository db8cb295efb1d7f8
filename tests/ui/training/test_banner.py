"""Where training is due: home, taking consent, sealed values, approving rules."""

import pytest

from pmdesk.domain.training import Task
from pmdesk.services import residents, rules
from pmdesk.ui.consent.page import ConsentPage
from pmdesk.ui.pages.home import HomePage
from pmdesk.ui.pages.resident import ResidentPage
from pmdesk.ui.pages.rules import RulesPage
from pmdesk.ui.training.banner import TrainingBanner
from tests.offices import PLATE, PLATE_NO, consenting, learnt, resident, tried

GRACE, LAPSED = 368, 390


@pytest.fixture
def asked():
    return []


def test_while_training_is_valid_no_banner_nags(office, tasks, prompts, shown):
    page = shown(HomePage(office.session("clerk"), tasks, prompts))

    assert not page.training.isVisible()


def test_the_home_page_counts_the_days_left_and_leads_to_the_course(
    office, tasks, prompts, shown, asked
):
    office.clock.advance(days=GRACE)
    page = shown(HomePage(office.session("clerk"), tasks, prompts))
    page.course_requested.connect(asked.append)

    assert "还剩 11 天" in page.training.sentence
    page.training.action.click()
    assert asked == ["notice"]


def test_the_consent_page_says_what_is_closed_and_what_is_not(
    office, tasks, prompts, shown, settled, asked
):
    clerk = office.session("clerk")
    person = resident(clerk)
    office.clock.advance(days=LAPSED)
    page = shown(ConsentPage(clerk, tasks, prompts, person))
    page.course_requested.connect(asked.append)

    assert "不能取得同意" in page.training.sentence
    assert "撤回照常登记" in page.training.sentence
    page.training.action.click()
    assert asked == ["consent"]


def test_the_banner_goes_when_the_test_is_passed(office, tasks, qtbot, settled):
    from pmdesk.services import training

    office.clock.advance(days=LAPSED)
    clerk = office.session("clerk")
    banner = TrainingBanner(clerk, tasks, Task.CONSENT)
    qtbot.addWidget(banner)
    settled()
    assert banner.sentence

    learnt(clerk, "consent")
    tasks.changed.emit(training.CHANGED)
    settled()
    assert not banner.sentence


def test_a_sealed_value_says_why_it_stays_closed_to_whoever_might_open_it(
    office, tasks, prompts, shown, asked
):
    manager = office.session("manager")
    person = consenting(office.session("clerk"), PLATE)
    residents.seal_value(manager, person, PLATE, PLATE_NO, "苏A12345")
    office.clock.advance(days=LAPSED - 30)
    learnt(manager, "consent")
    office.clock.advance(days=30)
    page = shown(ResidentPage(manager, tasks, prompts, person))
    page.course_requested.connect(asked.append)

    banner = next(one for one in page.findChildren(TrainingBanner) if one.isVisible())
    assert "密封" in banner.sentence
    banner.action.click()
    assert asked == ["sealed"]


def test_whoever_may_not_open_sealed_values_sees_no_banner_about_them(
    office, tasks, prompts, shown
):
    clerk = office.session("clerk")
    person = consenting(clerk, PLATE)
    residents.seal_value(clerk, person, PLATE, PLATE_NO, "苏A12345")
    office.clock.advance(days=LAPSED)
    page = shown(ResidentPage(clerk, tasks, prompts, person))

    assert not page.findChildren(TrainingBanner)


def test_whoever_decides_on_rules_sees_what_lapsed_training_closes(
    office, tasks, prompts, shown, settled, asked
):
    manager = office.session("manager")
    draft = rules.draft_from(manager, rules.versions(manager)[0].id)
    tried(manager, draft)
    rules.submit(manager, draft)
    office.clock.advance(days=LAPSED)
    page = shown(RulesPage(office.session("reviewer"), tasks, prompts))
    page.course_requested.connect(asked.append)

    assert "退回照常可以" in page.training.sentence
    page.training.action.click()
    assert asked == ["fairness"]


def test_at_home_what_has_lapsed_is_said_before_what_is_due(office, tasks, prompts, shown):
    clerk = office.session("clerk")
    office.clock.advance(days=LAPSED)
    page = shown(HomePage(clerk, tasks, prompts))

    assert "已过期" in page.training.sentence
