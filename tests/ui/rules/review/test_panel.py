"""The tab “合法性审查”: a checklist that leads to the cell, and answers that are kept."""

from dataclasses import replace

import pytest

from pmdesk.domain.reviews import ItemKind, Verdict
from pmdesk.errors import RefusedError
from pmdesk.i18n import said
from pmdesk.services import review, rules
from pmdesk.services.rules import draft_from, save_draft, submit
from pmdesk.ui.rules.lifecycle import desk
from pmdesk.ui.rules.review.panel import ReviewPanel
from pmdesk.ui.rules.shown import Shown
from pmdesk.ui.theme import Tone
from tests.offices import reviewed, table_of, tried
from tests.ui.clipping import clipped

WHY = "逐条看过规则和理由，差别都来自住户自己填写的服务需要。"


@pytest.fixture
def draft(office):
    """A draft of the manager's that changes one row."""
    manager = office.session("manager")
    made = draft_from(manager, rules.versions(manager)[0].id)
    save_draft(manager, made, table_of(manager, made).with_output("r8", tier="special"))
    return made


@pytest.fixture
def waiting(office, draft):
    """The same, submitted."""
    tried(office.session("manager"), draft)
    submit(office.session("manager"), draft)
    return draft


@pytest.fixture
def open_panel(office, tasks, prompts, shown, settled):
    """The panel of a version, as that account sees it."""

    def _open(login, ruleset, table=None):
        session = office.session(login)
        version = next(v for v in rules.versions(session) if v.id == ruleset)
        panel = shown(ReviewPanel(session, tasks, prompts))
        panel.show_version(
            Shown(
                ruleset=version,
                table=table or table_of(session, ruleset),
                desk=desk(version, session.staff, {}),
                facts=rules.offered(session),
                versions=rules.versions(session),
                names={office.session("reviewer").staff.uid: "陈磊"},
            )
        )
        settled()
        return panel

    return _open


def typed(box, verdict=Verdict.PASS, reason=WHY):
    """The reviewer chooses and writes."""
    box.verdict.buttons()[list(Verdict).index(verdict)].click()
    box.reason.setPlainText(reason)


def test_a_submitted_version_shows_26_items_and_how_many_are_open(open_panel, waiting):
    panel = open_panel("reviewer", waiting)

    assert len(panel.rows) == 26
    assert panel.state.text() == "还差11项"
    assert panel.rows["LR-01"].pill.badge.words == "通过"
    assert panel.rows["LR-15"].pill.badge.words == "需写理由"
    assert panel.rows["LR-18"].pill.badge.words == "待回答"
    assert panel.rows["LR-10"].pill.badge.words == "尚未完成"
    assert not panel.working.isVisible()
    assert all(row.pill.badge.icon for row in panel.rows.values())


def test_an_answer_is_written_in_the_list_and_counts_at_once(open_panel, waiting, settled, office):
    panel = open_panel("reviewer", waiting)
    row = panel.rows["LR-18"]
    assert not row.box.isVisible()
    row.title.click()
    assert row.box.isVisible()
    typed(row.box, reason="太短")
    assert not row.box.save.isEnabled()
    assert row.box.counter.text() == "还差18个字"

    typed(row.box)
    row.box.save.click()
    settled()
    panel._read()
    settled()

    assert row.pill.badge.words == "审查通过"
    assert "陈磊" in row.answers.text()
    assert WHY in row.answers.text()
    assert panel.state.text() == "还差10项"
    assert not row.is_open
    assert row.title.hasFocus()
    assert row.box.reason.toPlainText() == ""


def test_a_condition_has_to_be_written_and_stands_beside_the_reason(open_panel, waiting, settled):
    panel = open_panel("reviewer", waiting)
    box = panel.rows["LR-22"].box
    panel.rows["LR-22"].open(shown=True)
    assert not box.condition.isVisible()
    typed(box, Verdict.CONDITION)
    assert box.condition.isVisible()
    assert box.missing == "请写出条件。"
    box.condition.setText("生效前贴到大厅")

    box.save.click()
    settled()
    panel._read()
    settled()

    assert panel.rows["LR-22"].pill.badge.words == "附条件"
    assert "生效前贴到大厅" in panel.rows["LR-22"].answers.text()


def test_a_no_is_red_and_says_so_in_words(open_panel, waiting, office):
    review.answer(office.session("reviewer"), waiting, "LR-25", Verdict.FAIL, WHY)

    panel = open_panel("manager2", waiting)

    badge = panel.rows["LR-25"].pill.badge
    assert (badge.words, badge.tone) == ("审查不通过", Tone.PROBLEM)


def test_one_row_of_the_table_can_be_answered_alone(open_panel, waiting, settled):
    panel = open_panel("reviewer", waiting)
    row = panel.rows["LR-20"]
    row.open(shown=True)
    assert row.box.about.isVisible()
    typed(row.box)
    row.box.about.setCurrentIndex(3)

    row.box.save.click()
    settled()
    panel._read()
    settled()

    assert "第 3 行" in row.answers.text()
    assert row.pill.badge.words == "待回答"


def test_every_group_of_people_needs_a_note(open_panel, waiting):
    box = open_panel("reviewer", waiting).rows["LR-21"].box
    typed(box)
    assert box.missing == "每个群体写几个字，还差5个。"

    for line in box.notes.values():
        line.setText("服务照常")

    assert box.save.isEnabled()
    assert set(box.detail.notes.values()) == {"服务照常"}


def test_what_is_typed_stays_when_the_office_changes(open_panel, waiting, settled, qtbot):
    panel = open_panel("reviewer", waiting)
    panel.rows["LR-19"].open(shown=True)
    typed(panel.rows["LR-19"].box, reason="写到一半")

    with qtbot.waitSignal(panel.shown):
        panel.reload(rules.CHANGED)

    assert panel.rows["LR-19"].box.reason.toPlainText() == "写到一半"
    assert panel.rows["LR-19"].is_open


def test_the_author_and_who_may_not_approve_only_read(open_panel, waiting):
    panel = open_panel("manager", waiting)

    assert all(row.box is None for row in panel.rows.values())
    assert "查看" in panel.hint.text()


def test_a_draft_is_checked_while_it_is_written(open_panel, draft, office, settled, qtbot):
    table = table_of(office.session("manager"), draft)
    panel = open_panel("manager", draft)
    assert panel.state.text() == "草稿：边写边检查"
    assert not panel.save.isVisible()

    bad = table.with_output("r8", reason="欠费的不安排。")
    version = panel._version
    with qtbot.waitSignal(panel.shown):
        panel.show_version(replace(version, table=bad))

    row = panel.rows["LR-07"]
    assert (row.pill.badge.words, row.pill.badge.tone) == ("不通过", Tone.PROBLEM)
    with qtbot.waitSignal(panel.place_chosen) as heard:
        row.where.click()
    assert heard.args == [("r8", "REASON")]


def test_random_people_are_tried_in_the_background(open_panel, draft, settled, qtbot):
    panel = open_panel("manager", draft)

    found = panel.rows["LR-04"].found
    qtbot.waitUntil(lambda: "10000" in found.text())


def test_a_review_that_is_due_is_signed_anew_where_it_is_shown(
    open_panel, waiting, office, prompts, settled
):
    reviewer = office.session("reviewer")
    reviewed(reviewer, waiting)
    rules.approve(reviewer, waiting, "同意")
    panel = open_panel("reviewer", waiting)
    assert not panel.again.isVisible()
    office.clock.advance(days=367)
    panel._read()
    settled()
    assert panel.again.isVisible()
    prompts.text = None
    panel.again.click()
    prompts.text = "又看了一遍，没有变化。"

    panel.again.click()
    settled()
    panel._read()
    settled()

    assert not panel.again.isVisible()
    assert "复审日" in panel.state.text()


def test_a_place_without_a_row_leads_to_the_column(open_panel, draft, office, qtbot):
    panel = open_panel("manager", draft)
    from pmdesk.domain.reviews import Spot

    for spot, place in (
        (Spot(fact="pet_kind"), ("r1", "pet_kind")),
        (Spot(rule="r3"), ("r3", "TIER")),
    ):
        with qtbot.waitSignal(panel.place_chosen) as heard:
            panel._go(spot)
        assert heard.args == [place]


def test_an_answer_that_is_refused_is_explained_and_stays(
    open_panel, waiting, settled, monkeypatch
):
    panel = open_panel("reviewer", waiting)
    row = panel.rows["LR-19"]
    row.open(shown=True)
    typed(row.box)

    def refusing(*_arguments):
        raise RefusedError("Nobody reviews rules of his own.")

    monkeypatch.setattr(review, "answer", refusing)
    row.box.save.click()
    settled()

    assert "不能审查自己写的规则" in panel.banner.sentence
    assert row.box.reason.toPlainText() == WHY


def test_the_sheet_is_saved_where_the_user_says(open_panel, waiting, settled, prompts, tmp_path):
    panel = open_panel("reviewer", waiting)
    prompts.path = tmp_path / "审查表.pdf"

    panel.save.click()
    settled()

    assert prompts.path.read_bytes().startswith(b"%PDF")
    assert prompts.told == ["已保存为审查表.pdf"]
    prompts.path = None
    panel.save.click()
    settled()
    assert len(prompts.told) == 1


def test_a_failing_look_is_explained(open_panel, waiting, settled, monkeypatch):
    panel = open_panel("reviewer", waiting)

    def failing(*_arguments):
        raise RefusedError("The author signed his own rules.")

    monkeypatch.setattr(review, "standing", failing)
    panel._read()
    settled()

    assert panel.banner.sentence
    assert not panel.working.isVisible()


def test_a_reviewed_version_says_that_it_can_be_approved(open_panel, waiting, office):
    reviewed(office.session("reviewer"), waiting)
    panel = open_panel("reviewer", waiting)

    assert panel.state.text() == "没有挡住的项目，可以批准。"
    open_words = [row.pill.badge.words for row in panel.rows.values()]
    assert open_words.count("尚未完成") == 2


def test_an_item_opens_with_its_question_and_folds_again(open_panel, waiting):
    row = open_panel("manager", waiting).rows["LR-19"]
    row.title.click()
    assert row.more.isVisible()
    row.title.click()
    assert not row.more.isVisible()
    assert said(row.line.item.title) in row.title.accessibleName()


@pytest.mark.parametrize(
    ("words", "begins", "tone"),
    [
        ("独居女性多巡逻", "不可以。“独居”", Tone.PROBLEM),
        ("想要入户保洁的", "可以：用“保洁需求”", Tone.GOOD),
        ("月亮圆的时候", "没看懂这句话，这不是说不可以。\n换个说法再问", Tone.INFO),
        ("关心水电的", "没看懂这句话，这不是说不可以。\n最接近的：维修关注（水、电）。", Tone.INFO),
    ],
)
def test_a_criterion_in_plain_words_is_answered(open_panel, draft, settled, words, begins, tone):
    box = open_panel("manager", draft).criterion
    box.ask.click()
    assert not box.verdict.sentence
    box.words.setText(words)

    box.ask.click()
    settled()

    assert box.verdict.sentence.startswith(begins)
    assert box.verdict._tone is tone


def test_a_criterion_that_cannot_be_asked_is_explained(open_panel, draft, settled, monkeypatch):
    from pmdesk.services.review import criteria

    def failing(*_arguments):
        raise RefusedError("Nobody reviews rules of his own.")

    box = open_panel("manager", draft).criterion
    monkeypatch.setattr(criteria, "asked", failing)
    box.words.setText("想要入户保洁的")
    box.words.returnPressed.emit()
    settled()

    assert "不能审查" in box.verdict.sentence


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_nothing_is_clipped(open_panel, waiting, wear, scale, settled):
    wear(scale=scale)
    panel = open_panel("reviewer", waiting)
    for row in panel.rows.values():
        row.open(shown=row.line.item.kind is not ItemKind.AUTOMATIC)
    settled()

    assert not clipped(panel)
