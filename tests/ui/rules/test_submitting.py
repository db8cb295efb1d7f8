"""What is not ready is said before a draft is submitted; its author decides."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from pmdesk.domain.classification import RulesetStatus
from pmdesk.domain.reviews import ItemKind, Review, failed
from pmdesk.errors import RefusedError
from pmdesk.services import rule_examples, rules
from pmdesk.services.review import standing
from pmdesk.ui.pages.rules import RulesPage
from pmdesk.ui.rules.lifecycle import Step
from tests.offices import table_of, tried


@pytest.fixture
def drafted(office):
    """A changed draft of the manager, its examples answered."""
    session = office.session("manager")
    draft = rules.draft_from(session, rules.versions(session)[0].id)
    rules.save_draft(session, draft, table_of(session, draft).without_rule("r8"))
    tried(session, draft)
    return draft


@pytest.fixture
def open_page(office, tasks, prompts, shown):
    """The page of the draft's author."""

    def _open():
        page = RulesPage(office.session("manager"), tasks, prompts)
        tasks.changed.connect(page.reload)
        return shown(page)

    return _open


@pytest.fixture
def submit(qtbot, settled):
    """Presses the button and waits for the answers."""

    def _submit(page):
        qtbot.mouseClick(page.bar.buttons[Step.SUBMIT], Qt.MouseButton.LeftButton)
        settled()

    return _submit


def status(office, ruleset):
    return next(v.status for v in rules.versions(office.session("admin")) if v.id == ruleset)


def test_what_is_not_ready_is_said_before_a_draft_is_submitted(
    open_page, submit, office, drafted, prompts, settled
):
    rule_examples.keep(office.session("manager"), drafted, ())
    page = open_page()
    prompts.confirms = False

    submit(page)

    assert ["“正反例测试齐全并通过”" in sentence for sentence in prompts.asked] == [True]
    assert status(office, drafted) is RulesetStatus.DRAFT
    assert page.bench.model.editable
    prompts.confirms = True
    submit(page)
    assert status(office, drafted) is RulesetStatus.SUBMITTED


def test_a_draft_whose_examples_were_answered_meanwhile_is_submitted_without_a_question(
    open_page, submit, office, drafted, prompts, settled
):
    rule_examples.keep(office.session("manager"), drafted, ())
    page = open_page()
    tried(office.session("manager"), drafted)
    page.reload(rules.CHANGED)
    settled()

    submit(page)

    assert not prompts.asked
    assert status(office, drafted) is RulesetStatus.SUBMITTED


def test_at_most_three_points_are_named_before_submitting(
    open_page, submit, office, drafted, prompts, monkeypatch
):
    page = open_page()

    def failing(_session, ruleset, _table):
        lines = standing(office.session("manager"), ruleset.id).lines
        spoilt = [
            replace(line, result=failed(line.item.code, "It fails."))
            for line in lines
            if line.item.kind is ItemKind.AUTOMATIC
        ]
        return Review(ruleset=ruleset, lines=tuple(spoilt[:4]))

    monkeypatch.setattr("pmdesk.services.review.of_draft", failing)
    submit(page)

    assert "还有 4 项" in prompts.asked[0]
    assert prompts.asked[0].count("“") == 3
    assert "等。" in prompts.asked[0]


def test_what_cannot_be_reviewed_is_not_submitted(
    open_page, submit, office, drafted, prompts, monkeypatch
):
    page = open_page()

    def refusing(*_arguments):
        raise RefusedError("Nobody reviews rules of his own.")

    monkeypatch.setattr("pmdesk.services.review.of_draft", refusing)
    submit(page)

    assert page.bar.banner.sentence
    assert status(office, drafted) is RulesetStatus.DRAFT


def test_the_author_takes_the_version_back_with_the_keyboard_and_goes_on_editing(
    open_page, submit, office, drafted, qtbot, settled
):
    page = open_page()
    submit(page)
    assert not page.bench.model.editable
    back = page.bar.buttons[Step.WITHDRAW]
    assert back.isVisible()

    back.setFocus()
    qtbot.keyClick(back, Qt.Key.Key_Space)
    settled()

    assert status(office, drafted) is RulesetStatus.DRAFT
    assert page.bench.model.editable
    assert not back.isVisible()
