"""The review in the head of the rules page, in the line below the buttons, and what it stops."""

import pytest

from pmdesk.domain.classification import RulesetStatus
from pmdesk.domain.reviews import Detail, Verdict
from pmdesk.errors import RefusedError
from pmdesk.services import review, rules, staff
from pmdesk.services.rules import approve, draft_from, save_draft, submit
from pmdesk.ui.pages.rules import RulesPage
from pmdesk.ui.rules.lifecycle import Step
from tests.offices import assessed, reviewed, table_of, tried

WHY = "逐条看过规则和理由，差别都来自住户自己填写的服务需要。"


@pytest.fixture
def draft(office):
    manager = office.session("manager")
    made = draft_from(manager, rules.versions(manager)[0].id)
    save_draft(manager, made, table_of(manager, made).with_output("r8", tier="special"))
    tried(manager, made)
    return made


@pytest.fixture
def open_page(office, tasks, prompts, shown, settled):
    """The rules page as that account sees it."""

    def _open(login):
        page = shown(RulesPage(office.session(login), tasks, prompts))
        settled()
        tasks.changed.connect(page.reload)
        return page

    return _open


def strip_words(page, settled, qtbot):
    qtbot.waitUntil(lambda: not page.review.strip._timer.isActive())
    settled()
    return page.review.strip.words.text()


def test_nothing_can_be_approved_before_the_review_is_finished(open_page, office, draft, settled):
    tried(office.session("manager"), draft)
    submit(office.session("manager"), draft)
    page = open_page("reviewer")

    assert page.bar.review.pill.badge.words == "还差11项"
    assert not page.bar.buttons[Step.APPROVE].isEnabled()
    assert page.bar.buttons[Step.REJECT].isEnabled()

    reviewed(office.session("reviewer"), draft)
    page.review.reload(rules.CHANGED)
    settled()

    assert page.bar.buttons[Step.APPROVE].isEnabled()
    assert not page.bar.buttons[Step.APPROVE].toolTip()


def test_the_way_from_the_head_leads_to_the_tab_and_a_place_back_to_the_grid(
    open_page, office, draft, settled
):
    tried(office.session("manager"), draft)
    submit(office.session("manager"), draft)
    page = open_page("reviewer")

    page.bar.review.open.click()
    settled()
    assert page.tabs.current == "review"
    panel = page.tabs.panel("review")
    panel.place_chosen.emit(("r8", "REASON"))

    assert page.tabs.current == "table"


def test_a_draft_has_a_line_that_follows_each_edit(open_page, draft, settled, qtbot):
    page = open_page("manager")
    assert strip_words(page, settled, qtbot) == "合法性：13项通过"
    assert not page.bar.review.isVisible()

    page._tell_panels(page.bench.model.table.with_output("r8", reason="您欠费两个月。"))
    words = strip_words(page, settled, qtbot)

    assert "1项不通过" in words
    assert "欠费" in words
    page.review.strip.open.click()
    assert page.tabs.current == "review"


def test_a_line_that_cannot_be_made_is_not_there(open_page, draft, settled, qtbot, monkeypatch):
    page = open_page("manager")

    def failing(*_arguments):
        raise RefusedError("Nobody reviews rules of his own.")

    monkeypatch.setattr(review, "of_draft", failing)
    page._tell_panels(page.bench.model.table)
    strip_words(page, settled, qtbot)

    assert not page.review.strip.isVisible()


def test_the_conditions_stand_on_the_version(open_page, office, draft):
    reviewer = office.session("reviewer")
    tried(office.session("manager"), draft)
    submit(office.session("manager"), draft)
    reviewed(reviewer, draft)
    detail = Detail(condition="生效前贴到大厅")
    review.answer(reviewer, draft, "LR-22", Verdict.CONDITION, WHY, detail)
    approve(reviewer, draft, "同意")

    page = open_page("reviewer")

    assert "生效前贴到大厅" in page.bar.review.conditions.text()
    assert "复审日" in page.bar.review.pill.badge.words


def test_a_review_that_stops_the_activation_is_told_before_anything_is_asked(
    open_page, office, draft, prompts, settled
):
    manager, reviewer = office.session("manager"), office.session("reviewer")
    tried(manager, draft)
    submit(manager, draft)
    reviewed(reviewer, draft)
    approve(reviewer, draft, "同意")
    assessed(manager, reviewer, draft)
    review.answer(reviewer, draft, "LR-21", Verdict.FAIL, WHY)
    page = open_page("reviewer")

    page.bar.buttons[Step.ACTIVATE].click()
    settled()

    assert "LR-21" in page.bar.banner.sentence
    assert not prompts.asked


def test_the_only_person_decides_on_his_own_version(open_page, office, settled):
    admin = office.session("admin")
    for login in ("manager", "manager2", "reviewer"):
        staff.disable(admin, office.session(login).staff.uid)
    made = draft_from(admin, rules.versions(admin)[0].id)
    tried(admin, made)
    submit(admin, made)
    reviewed(admin, made)
    page = open_page("admin")
    assert "单人服务中心" in page.bar.banner.sentence
    office.clock.advance(days=1)

    page.bar.words.setText("隔天再看，没有问题。")
    page.bar.buttons[Step.APPROVE].click()
    settled()

    version = next(v for v in rules.versions(admin) if v.id == made)
    assert version.status is RulesetStatus.APPROVED
    assert "作者本人（单人服务中心）" in page.bar.banner.sentence
    assert "单人服务中心签名" in page.bar.review.pill.badge.words
