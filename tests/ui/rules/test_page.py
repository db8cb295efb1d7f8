"""The rules page: a draft keeps itself, a second person decides, activation changes tiers."""

from functools import partial

import pytest
from PySide6.QtCore import Qt

from pmdesk.domain.classification import RulesetStatus
from pmdesk.domain.office import RECORDS, RESIDENTS, STAFF, Changes
from pmdesk.services import rules
from pmdesk.services.demo_records import approve_assessment, assess_rules
from pmdesk.services.rules import approve, draft_from, reject, save_draft, submit
from pmdesk.ui.pages.rules import RulesPage
from pmdesk.ui.rules.edits import Output, column_of
from pmdesk.ui.rules.lifecycle import Step
from tests.offices import assessed, reviewed, table_of, tried
from tests.ui.rules.starter import COLUMNS

WATER = COLUMNS["repair_need.water"]
CLEAN = COLUMNS["clean_need"]


@pytest.fixture
def open_page(office, tasks, prompts, shown, settled):
    """The page as this account sees it."""

    def _open(login):
        page = RulesPage(office.session(login), tasks, prompts)
        tasks.changed.connect(page.reload)
        return shown(page)

    return _open


@pytest.fixture
def press(qtbot, settled):
    """Presses a button of the page and waits for the answers."""

    def _press(page, step):
        button = page.bar.buttons[step]
        assert button.isVisible()
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        settled()

    return _press


@pytest.fixture
def drafted(office):
    """A changed draft of the manager."""
    session = office.session("manager")
    newest = rules.versions(session)[0]
    draft = draft_from(session, newest.id)
    table = table_of(session, draft)
    edited = table.without_rule("r8")
    save_draft(session, draft, edited)
    return draft


def status(office, ruleset):
    return next(v.status for v in rules.versions(office.session("admin")) if v.id == ruleset)


def test_the_active_version_is_shown_and_cannot_be_edited(open_page):
    page = open_page("manager")

    assert "生效" in page.bar.banner.sentence
    assert page.desk.steps == (Step.COPY,)
    assert not page.bench.model.editable
    assert page.bar.versions.count() == 1


def test_a_copy_can_be_edited_and_saves_itself(open_page, press, office, qtbot, settled):
    page = open_page("manager")
    press(page, Step.COPY)
    assert page.bench.model.editable
    page._timer.setInterval(10)

    page.bench.model.attempt(8, WATER, "否")
    assert page.bench.toolbar.saved.text() == "还没保存"
    qtbot.waitUntil(lambda: "已保存" in page.bench.toolbar.saved.text())

    newest = rules.versions(office.session("manager"))[0]
    assert table_of(office.session("manager"), newest.id) == page.bench.model.table
    assert page.bench.undo.canUndo()  # saving does not forget what can be undone


def test_a_version_that_was_left_takes_no_entries_and_says_nothing_any_more(
    open_page, press, office, settled
):
    page = open_page("manager")
    active = rules.versions(office.session("manager"))[0].id
    press(page, Step.COPY)
    draft = rules.versions(office.session("manager"))[0].id

    page.bar.version_chosen.emit(active)
    assert not page.bench.model.editable  # before the table of the other one is there
    settled()
    page.reload(Changes.of(RECORDS))  # how the active one stands is being read …
    page.bar.version_chosen.emit(draft)
    settled()

    assert page.bench.model.editable
    assert page.bar.assessment.isHidden()  # … and a draft has neither
    assert page.bar.review.isHidden()


def test_leaving_the_page_saves_the_draft(open_page, press, office, settled):
    page = open_page("manager")
    press(page, Step.COPY)
    page.bench.model.attempt(8, WATER, "否")

    page.hide()
    settled()

    newest = rules.versions(office.session("manager"))[0]
    assert table_of(office.session("manager"), newest.id) == page.bench.model.table


def test_the_draft_is_saved_at_once_when_the_office_locks(open_page, press, office):
    page = open_page("manager")
    press(page, Step.COPY)
    page.bench.model.attempt(8, WATER, "否")

    page.keep_now()

    newest = rules.versions(office.session("manager"))[0]
    assert table_of(office.session("manager"), newest.id) == page.bench.model.table


def test_what_cannot_be_saved_is_said_and_not_lost(open_page, press, office, settled):
    page = open_page("manager")
    press(page, Step.COPY)
    newest = rules.versions(office.session("manager"))[0]
    page.bench.model.attempt(8, WATER, "否")
    tried(office.session("manager"), newest.id)
    submit(office.session("manager"), newest.id)  # in another window

    page.save()
    settled()

    assert "草稿" in page.bar.banner.sentence
    assert page._unsaved == page.bench.model.table


def test_a_draft_with_an_unreadable_entry_is_not_submitted(open_page, press, office, drafted):
    page = open_page("manager")
    page.bench.model.attempt(8, WATER, "也许")

    press(page, Step.SUBMIT)

    assert "看不懂" in page.bar.banner.sentence
    assert status(office, drafted) is RulesetStatus.DRAFT


def test_a_draft_with_errors_is_not_submitted(open_page, press, office, drafted, settled):
    page = open_page("manager")
    reason = column_of(page.bench.model.table, Output.REASON)
    page.bench.model.attempt(8, reason, "")

    press(page, Step.SUBMIT)

    assert page.bar.banner.sentence
    assert status(office, drafted) is RulesetStatus.DRAFT


def test_the_author_submits_and_cannot_approve(open_page, press, office, drafted):
    page = open_page("manager")

    press(page, Step.SUBMIT)

    assert status(office, drafted) is RulesetStatus.SUBMITTED
    assert not page.bar.decision.isVisible()
    assert "谁也不能审自己写的规则" in page.bar.banner.sentence
    assert not page.bench.model.editable


def test_a_second_person_needs_words_and_approves(open_page, press, office, drafted):
    tried(office.session("manager"), drafted)
    submit(office.session("manager"), drafted)
    reviewed(office.session("reviewer"), drafted)
    page = open_page("reviewer")
    press(page, Step.APPROVE)
    assert status(office, drafted) is RulesetStatus.SUBMITTED
    assert page.bar.banner.sentence

    page.bar.words.setText("逐条看过，人数变化合理。")
    press(page, Step.APPROVE)

    assert status(office, drafted) is RulesetStatus.APPROVED
    assert "逐条看过" in page.bar.banner.sentence


def test_a_second_person_sends_back_with_the_reason(open_page, press, office, drafted):
    tried(office.session("manager"), drafted)
    submit(office.session("manager"), drafted)
    page = open_page("manager2")
    page.bar.words.setText("第 3 行说不清。")

    press(page, Step.REJECT)

    assert status(office, drafted) is RulesetStatus.REJECTED
    assert "第 3 行说不清" in page.bar.banner.sentence


def test_activation_tells_its_effect_and_changes_tiers(
    open_page, press, office, drafted, prompts, settled
):
    author, second = office.session("manager"), office.session("reviewer")
    tried(author, drafted)
    submit(author, drafted)
    reviewed(second, drafted)
    approve(second, drafted, "同意")
    assessed(author, second, drafted)
    before = _tiers(author)
    page = open_page("reviewer")

    press(page, Step.ACTIVATE)
    settled()

    assert prompts.asked == ["启用第 2 版吗？"]
    assert status(office, drafted) is RulesetStatus.ACTIVE
    assert _tiers(author) != before


def test_activation_can_be_declined(open_page, press, office, drafted, prompts):
    tried(office.session("manager"), drafted)
    submit(office.session("manager"), drafted)
    reviewed(office.session("reviewer"), drafted)
    approve(office.session("reviewer"), drafted, "同意")
    assessed(office.session("manager"), office.session("reviewer"), drafted)
    prompts.confirms = False
    page = open_page("reviewer")

    press(page, Step.ACTIVATE)

    assert status(office, drafted) is RulesetStatus.APPROVED


def test_without_an_assessment_nothing_is_asked_and_the_reason_is_said(
    open_page, press, office, drafted, prompts
):
    tried(office.session("manager"), drafted)
    submit(office.session("manager"), drafted)
    reviewed(office.session("reviewer"), drafted)
    approve(office.session("reviewer"), drafted, "同意")
    page = open_page("reviewer")
    assert page.bar.assessment.pill.badge.words == "缺"

    press(page, Step.ACTIVATE)

    assert not prompts.asked
    assert "还没有影响评估" in page.bar.banner.sentence
    assert status(office, drafted) is RulesetStatus.APPROVED


def test_the_way_to_the_assessment_is_offered_with_its_state(
    open_page, press, office, drafted, qtbot, settled
):
    author, second = office.session("manager"), office.session("reviewer")
    page = open_page("manager")
    line = page.bar.assessment
    assert not line.isVisible()  # a draft still changes
    press(page, Step.SUBMIT)
    settled()
    assert (line.pill.badge.words, line.open.text()) == ("缺", "填写影响评估")

    with qtbot.waitSignal(page.assessment_requested) as asked:
        qtbot.mouseClick(line.open, Qt.MouseButton.LeftButton)
    assert asked.args[0].startswith("ruleset:")

    record = assess_rules(author, drafted)
    page.reload(Changes.of(RECORDS))
    settled()
    assert line.pill.badge.words == "待批（PIA-2026-002）"
    approve_assessment(second, record)
    page.reload(Changes.of(RECORDS))
    settled()
    assert line.pill.badge.words == "已通过（PIA-2026-002）"


def test_a_draft_is_discarded_only_when_confirmed(open_page, press, office, drafted, prompts):
    page = open_page("manager")
    prompts.confirms = False
    press(page, Step.DISCARD)
    assert len(rules.versions(office.session("manager"))) == 2

    prompts.confirms = True
    press(page, Step.DISCARD)

    assert len(rules.versions(office.session("manager"))) == 1
    assert page.desk.steps == (Step.COPY,)


def test_another_version_can_be_looked_at(open_page, settled, office, drafted):
    page = open_page("manager")
    assert len(page.bench.model.table.rules) == 29

    page.bar.versions.setCurrentIndex(1)
    page.bar.versions.activated.emit(1)
    settled()

    assert len(page.bench.model.table.rules) == 30
    assert page.desk.steps == (Step.COPY,)


def test_a_reviewer_only_reads(open_page, office, drafted, settled):
    page = open_page("reviewer")
    assert page.bar.versions.currentData() != drafted  # a colleague's draft is not what opens
    page.show_version(drafted)
    settled()

    assert page.desk.steps == ()
    assert "李静" in page.bar.banner.sentence
    assert not page.bench.model.editable


def test_news_of_a_decision_arrives_while_the_page_is_open(
    open_page, office, drafted, tasks, settled
):
    tried(office.session("manager"), drafted)
    submit(office.session("manager"), drafted)
    page = open_page("manager")

    tasks.command(partial(reject, office.session("reviewer"), drafted, "请改第 3 行"), owner=page)
    settled()

    assert "请改第 3 行" in page.bar.banner.sentence


def test_changes_of_residents_are_counted_again_and_others_are_ignored(open_page, settled):
    page = open_page("manager")
    first = page.bench.effect

    page.reload(Changes.of(STAFF))
    settled()
    assert page.bench.effect is first
    page.reload(Changes.of(RESIDENTS))
    settled()

    assert page.bench.effect is not first


def test_without_any_version_one_begins_with_the_starter_table(
    open_page, settled, monkeypatch, qtbot
):
    real = rules.versions
    monkeypatch.setattr(rules, "versions", lambda _session: ())
    page = open_page("manager")
    assert page.nothing.isVisible()

    monkeypatch.setattr(rules, "versions", real)
    page._begin()
    settled()

    assert not page.nothing.isVisible()
    assert page.bench.model.editable
    assert len(page.bench.model.table.rules) == 30


def _tiers(session):
    with session.store.reading() as work:
        return dict(work.counts.tiers())


def test_a_table_that_came_while_the_page_was_growing_is_not_painted_over(
    open_page, drafted, office, tasks, monkeypatch, settled
):
    in_turns, held = tasks.in_turns, []

    def hold(pieces, *, owner, newest=""):
        if newest == "bench":
            held.append(pieces)
        else:
            in_turns(pieces, owner=owner, newest=newest)

    monkeypatch.setattr(tasks, "in_turns", hold)
    page = open_page("manager")
    (growing,) = held
    next(growing)
    next(growing)
    newer = table_of(office.session("manager"), page._shown.id).with_output("r1", tier="special")
    page._show_table(page._shown.id, newer)
    assert list(growing) == []
    settled()

    assert page.bench.model.table == newer
