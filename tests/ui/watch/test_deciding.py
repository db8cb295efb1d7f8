"""Proposals to suspend lead to a person; complaints are judged; home tells what waits."""

from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QComboBox

from pmdesk.domain.classification import RulesetId, RulesetStatus
from pmdesk.domain.tiers import STANDARD
from pmdesk.domain.watch import About, Ground, Plan, Verdict
from pmdesk.errors import StorageError
from pmdesk.services import rules
from pmdesk.services.watch import measures, reviews
from pmdesk.services.watch.due import NextReview, Waiting
from pmdesk.ui.pages.home import HomePage
from pmdesk.ui.pages.rules import RulesPage
from pmdesk.ui.pages.watch import RULES, WatchPage
from tests.services.watch.test_reviews import REASON, complained, objecting

TODAY = date(2026, 3, 2)


def test_a_proposal_stands_on_the_rules_page_until_a_person_decides(
    clerk, manager, reviewer, tasks, prompts, shown, settled
):
    objecting(clerk, manager, STANDARD, room="3-1-501")
    page = shown(RulesPage(reviewer, tasks, prompts))
    assert page.proposal.sentence.startswith("提议暂停第 1 版规则：")
    page.proposal.action.click()
    form = page.proposal.dialog
    form.save()
    assert form.message.sentence == "请在两项中选一项。"
    form.verdict.show_value(Verdict.KEEP)
    form.verdict.chosen.emit(Verdict.KEEP)
    assert form.meaning.text().startswith("规则继续使用。")
    form.reason.setText("太短")
    form.save()
    assert "至少 20 个字" in form.message.sentence
    form.reason.setText(REASON)
    form.save()
    settled()
    assert page.proposal.isHidden()
    with reviewer.store.reading() as work:
        assert work.rulesets.active().version == 1


def test_suspending_is_explained_and_done_by_the_person(
    clerk, manager, reviewer, tasks, prompts, shown, settled
):
    objecting(clerk, manager, STANDARD, room="3-1-501")
    page = shown(RulesPage(reviewer, tasks, prompts))
    page.proposal.decide()
    form = page.proposal.dialog
    form.verdict.show_value(Verdict.SUSPEND)
    form.verdict.chosen.emit(Verdict.SUSPEND)
    assert "所有人按合同标准服务" in form.meaning.text()
    form.reason.setText(REASON)
    form.save()
    settled()
    assert all(one.status is not RulesetStatus.ACTIVE for one in rules.versions(reviewer))
    assert page.proposal.isHidden()


def test_somebody_who_was_slower_is_told(clerk, manager, reviewer, tasks, prompts, shown, settled):
    objecting(clerk, manager, STANDARD, room="3-1-501")
    page = shown(RulesPage(reviewer, tasks, prompts))
    page.proposal.decide()
    reviews.decide(manager, RulesetId(1), Ground.REVERSALS, Verdict.KEEP, REASON)
    form = page.proposal.dialog
    form.verdict.show_value(Verdict.SUSPEND)
    form.reason.setText(REASON)
    form.save()
    settled()
    assert "刚才有人作了决定" in form.message.sentence
    assert form.go.isEnabled()


def test_a_complaint_is_judged_on_the_page_and_leads_to_its_case(
    clerk, manager, reviewer, tasks, prompts, shown, settled, qtbot
):
    request = complained(clerk, manager)
    page = shown(WatchPage(reviewer, tasks, prompts))
    page.show_part(RULES)
    settled()
    (box,) = page.in_use.complaints.findChildren(QComboBox)
    assert box.currentText() == "尚未判断"
    box.activated.emit(5)
    settled()
    assert page.in_use.proposal.sentence.startswith("提议暂停")
    finding = reviews.complaints(reviewer)[0].finding
    assert finding is not None
    assert finding.about is About.DISCRIMINATION
    (box,) = page.in_use.complaints.findChildren(QComboBox)
    assert box.currentText() == "认为受歧视，成立"
    box.activated.emit(0)
    settled()
    (box,) = page.in_use.complaints.findChildren(QComboBox)
    assert box.currentText() == "认为受歧视，成立"
    with qtbot.waitSignal(page.case_requested) as asked:
        page.in_use.complaints.findChildren(type(page.measures.done))[0].click()
    assert asked.args == [request]
    with qtbot.waitSignal(page.page_requested) as asked:
        page.in_use.proposal.action.click()
    assert asked.args == ["rules"]


def test_a_judgement_that_could_not_be_kept_is_not_shown(
    clerk, manager, reviewer, tasks, prompts, shown, settled, monkeypatch
):
    def full(*_args, **_more):
        raise StorageError("The disk is full.")

    complained(clerk, manager)
    page = shown(WatchPage(reviewer, tasks, prompts))
    page.show_part(RULES)
    settled()
    (box,) = page.in_use.complaints.findChildren(QComboBox)
    monkeypatch.setattr(reviews, "found", full)
    box.setCurrentIndex(5)
    box.activated.emit(5)
    settled()

    (box,) = (one for one in page.in_use.complaints.findChildren(QComboBox) if not one.isHidden())
    assert page.in_use.banner.sentence == "The disk is full."
    assert box.isVisible()
    assert box.currentText() == "尚未判断"


def test_an_office_without_rules_in_force_says_so(
    clerk, manager, reviewer, tasks, prompts, shown, settled
):
    objecting(clerk, manager, STANDARD, room="3-1-501")
    reviews.decide(reviewer, RulesetId(1), Ground.REVERSALS, Verdict.SUSPEND, REASON)
    page = shown(WatchPage(reviewer, tasks, prompts))
    page.show_part(RULES)
    settled()
    assert page.in_use.version.text() == "没有生效的规则：所有人按合同标准服务。"


# ---- home -----------------------------------------------------------------------------------


def waiting(**changes):
    usual = {"due": 0, "overdue": 0, "mine": 0, "proposals": (), "review": None}
    return Waiting(**{**usual, **changes})


def test_home_tells_due_measures_and_leads_to_them(
    manager, tasks, prompts, shown, clock, qtbot, settled
):
    measures.add(
        manager,
        Plan(
            building="3",
            topic="noise",
            words="装修时间公示",
            owner=manager.staff.uid,
            due=TODAY + timedelta(days=3),
        ),
    )
    page = shown(HomePage(manager, tasks, prompts))
    assert page.watch.sentence == "1 项措施一周内到期 · 其中您负责 1 项"
    clock.advance(days=4)
    page.reload()
    settled()
    assert page.watch.sentence.startswith("1 项措施已超期")
    with qtbot.waitSignal(page.page_requested) as asked:
        page.watch.action.click()
    assert asked.args == ["watch"]


def test_home_tells_a_proposal_before_all_else(
    clerk, manager, reviewer, tasks, prompts, shown, qtbot
):
    objecting(clerk, manager, STANDARD, room="3-1-501")
    page = shown(HomePage(reviewer, tasks, prompts))
    assert page.watch.sentence.startswith("提议暂停第 1 版规则")
    with qtbot.waitSignal(page.page_requested) as asked:
        page.watch.action.click()
    assert asked.args == ["rules"]


@pytest.mark.parametrize(
    ("is_over", "words"),
    [
        (False, "第 1 版规则的合法性复审应在 2026-03-20 前完成。"),
        (True, "第 1 版规则的合法性复审已于 2026-03-20 到期。"),
    ],
)
def test_home_tells_the_next_review(manager, tasks, prompts, shown, is_over, words):
    page = shown(HomePage(manager, tasks, prompts))
    review = NextReview(version=1, day=date(2026, 3, 20), is_over=is_over)
    page.watch.show_waiting(waiting(review=review))
    assert page.watch.sentence == words
    page.watch.show_waiting(waiting())
    assert page.watch.isHidden()


def test_the_front_desk_is_told_nothing_of_it(clerk, tasks, prompts, shown):
    page = shown(HomePage(clerk, tasks, prompts))
    assert page.watch.isHidden()
