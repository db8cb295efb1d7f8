"""Putting a version into force from the page: the day, the progress, and the way back."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from pmdesk.domain.classification import RulesetStatus
from pmdesk.errors import RefusedError
from pmdesk.services import rule_life, rules
from pmdesk.ui.pages.rules import RulesPage
from pmdesk.ui.rules.lifecycle import Step
from tests.offices import assessed, reviewed, table_of, tried


@pytest.fixture
def approved(office):
    """A changed version that may be put into force."""
    return draft_that_is_approved(office.session("manager"), office.session("manager2"), "r8")


def draft_that_is_approved(manager, second, without):
    """A version without that row, as two people made it."""
    draft = rules.draft_from(manager, rules.versions(manager)[0].id)
    rules.save_draft(manager, draft, table_of(manager, draft).without_rule(without))
    tried(manager, draft)
    rules.submit(manager, draft)
    reviewed(second, draft)
    rules.approve(second, draft, "与合同一致。")
    assessed(manager, second, draft)
    return draft


@pytest.fixture
def page(office, tasks, prompts, shown, approved):
    """The page of the second manager."""
    made = RulesPage(office.session("manager2"), tasks, prompts)
    tasks.changed.connect(made.reload)
    return shown(made)


@pytest.fixture
def press(page, qtbot, settled):
    """Presses the button of a step."""

    def _press(step):
        button = page.bar.buttons[step]
        assert button.isVisible()
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        settled()

    return _press


def found(office, ruleset):
    return next(one for one in rules.versions(office.session("admin")) if one.id == ruleset)


def test_the_day_is_asked_for_shown_and_taken_back(office, page, press, settled, clock, approved):
    press(Step.SCHEDULE)
    dialog = page.force.dialog
    assert dialog.day.value.day == 1
    dialog.day.show_value(clock.today())
    dialog.done_button.click()
    assert "今天以后" in dialog.banner.sentence
    day = clock.today() + timedelta(days=20)
    dialog.day.show_value(day)
    dialog.done_button.click()
    settled()
    assert page.force.dialog is None
    assert found(office, approved).active_from == day
    assert "将于" in page.bar.banner.sentence
    press(Step.UNSCHEDULE)
    assert found(office, approved).active_from is None
    assert "将于" not in page.bar.banner.sentence


def test_a_refused_day_is_said_in_the_dialog(page, press, settled, clock):
    press(Step.SCHEDULE)
    dialog = page.force.dialog
    dialog.day.show_value(clock.today() + timedelta(days=900))
    dialog.done_button.click()
    settled()
    assert "一年之内" in dialog.banner.sentence
    assert dialog.done_button.isEnabled()
    dialog.reject()


def test_the_question_says_which_version_comes_next(
    office, page, press, prompts, clock, approved, settled, monkeypatch
):
    manager, second = office.session("manager"), office.session("manager2")
    later = draft_that_is_approved(manager, second, "r7")
    day = clock.today() + timedelta(days=12)
    rule_life.schedule(second, later, day)
    rule_life.schedule(second, approved, day + timedelta(days=9))  # its own day says nothing
    page.show_version(approved)
    settled()
    details = []

    def confirm(_sentence, *, yes, detail=""):
        details.append(detail)
        return False

    monkeypatch.setattr(prompts, "confirm", confirm)
    press(Step.ACTIVATE)

    version = found(office, later).version
    assert details[0].endswith(f"第 {version} 版仍定于 {day.isoformat()} 生效，会接着取代它。")
    assert details[0].count("仍定于") == 1


def test_a_day_that_another_version_has_is_refused_in_the_dialog(
    office, page, press, settled, clock, approved
):
    manager, second = office.session("manager"), office.session("manager2")
    later = draft_that_is_approved(manager, second, "r7")
    day = clock.today() + timedelta(days=12)
    rule_life.schedule(second, later, day)
    page.show_version(approved)
    settled()
    press(Step.SCHEDULE)
    dialog = page.force.dialog
    dialog.day.show_value(day)
    dialog.done_button.click()
    settled()
    assert f"第 {found(office, later).version} 版已定在这一天" in dialog.banner.sentence
    assert found(office, approved).active_from is None
    dialog.reject()


def test_a_missed_day_is_explained_on_the_page(
    office, tasks, prompts, shown, clock, approved, monkeypatch
):
    session = office.session("manager2")
    rule_life.schedule(session, approved, clock.today() + timedelta(days=1))
    clock.advance(days=2)

    def lapsed(*_args):
        raise RefusedError("影响评估已失效。")

    monkeypatch.setattr("pmdesk.services.records.assessments.require", lapsed)
    page = shown(RulesPage(session, tasks, prompts))
    assert "没有生效：影响评估已失效。" in page.bar.banner.sentence


def test_activating_tells_the_changes_and_can_be_cancelled(
    office, page, press, prompts, approved, monkeypatch
):
    details = []

    def confirm(_sentence, *, yes, detail=""):
        details.append(f"{yes}\n{detail}")
        return True

    def cancelled_meanwhile(session, ruleset, progress):
        progress.cancel()
        return rule_life.activate(session, ruleset, progress)

    monkeypatch.setattr(prompts, "confirm", confirm)
    with monkeypatch.context() as patched:
        patched.setattr("pmdesk.services.rules.activate", cancelled_meanwhile)
        press(Step.ACTIVATE)
    assert "− 删去第 8 行" in details[0]
    assert found(office, approved).status is RulesetStatus.APPROVED
    assert page.bar.banner.sentence == "已取消，未作任何更改。"
    assert not page.force.working.isVisible()
    press(Step.ACTIVATE)
    assert found(office, approved).status is RulesetStatus.ACTIVE
    assert not page.force.working.isVisible()


def test_a_retired_version_comes_back_as_a_draft(office, page, settled, qtbot, approved, press):
    second = office.session("manager2")
    first = rules.versions(second)[-1]
    rules.activate(second, approved)
    page.reload()
    settled()
    page.show_version(first.id)
    settled()
    press(Step.RESTORE)
    newest = rules.versions(second)[0]
    assert newest.restored_from == first.id
    assert "恢复自 v1" in page.bar.accessibleName()
