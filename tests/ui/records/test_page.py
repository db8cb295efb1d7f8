"""The records page: written by one person, approved by another, everything within reach."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit

from pmdesk.domain.assessments import KIND
from pmdesk.domain.office import RECORDS, Changes
from pmdesk.domain.records import RecordStatus
from pmdesk.services.records import record_desk
from pmdesk.ui.pages.records import RecordsPage
from pmdesk.ui.records.strip import sentence
from pmdesk.ui.theme import Scheme
from tests.services.recorded import P5_SUBJECT, answers_about, assessed, handed_in
from tests.ui.clipping import clipped


@pytest.fixture
def open_page(office, tasks, prompts, shown):
    """The page as this account sees it."""

    def _open(login, **size):
        page = RecordsPage(office.session(login), tasks, prompts)
        return shown(page, **size)

    return _open


@pytest.fixture
def press(qtbot, settled):
    """Presses a button and waits for the answers."""

    def _press(button):
        assert button.isVisible()
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        settled()
        settled()

    return _press


def panel_of(page):
    return page.open_tab(KIND)


def view_of(page):
    return panel_of(page).view


def status_of(view):
    return view.shown.record.status


def fill(view, **answers):
    """The user gives these answers."""
    for form in view.form.forms:
        for key in form.rows:
            if key in answers:
                form.editor(key).show_value(answers[key])
    view.form.edited.emit()


def latest(session):
    return record_desk.lines(session, KIND)[0].record


def test_the_list_shows_what_there_is_and_what_is_missing(open_page):
    page = open_page("manager")

    (line,) = panel_of(page).model.rows
    assert (line.record.number, line.headline, line.author) == (
        "PIA-2026-001",
        "分类规则第1版",
        "周敏",
    )
    assert "还没有影响评估：P5 特殊协助" in [sentence(point) for point in page.strip.points]


def test_an_assessment_is_written_submitted_and_approved(open_page, office, press, settled):
    page = open_page("manager")
    page.begin(KIND, P5_SUBJECT)
    settled()
    view = view_of(page)
    assert view.form.values()["activity"] == "P5 特殊协助"
    assert view.message.sentence
    assert not page.strip.isVisible()  # an open record gets the room

    fill(view, opinion_responsible="同意开展。", conclusion="go")
    press(view.buttons["submit"])

    assert view.shown.record.status is RecordStatus.SUBMITTED
    assert view.shown.record.subject == P5_SUBJECT
    assert view.decision.isVisible()
    assert not view.decision.approve.isEnabled()
    assert "另一位同事" in view.decision.approve.toolTip()

    second = open_page("reviewer")
    second.open_record(KIND, view.shown.record.id)
    settled()
    other = view_of(second)
    press(other.decision.approve)
    assert "理由" in other.message.sentence
    other.decision.words.setText("与实际一致。")
    press(other.decision.approve)

    assert latest(office.session("manager")).status is RecordStatus.APPROVED
    assert other.pill.badge.words == "已通过"
    assert not other.decision.isVisible()
    assert not other.message.sentence  # what was refused is done


def test_what_was_refused_is_not_held_against_a_record_that_is_opened_again(
    open_page, office, press, settled
):
    record = handed_in(office.session("manager"))
    page = open_page("reviewer")
    page.open_record(KIND, record)
    settled()
    view = view_of(page)
    press(view.decision.approve)
    assert view.message.sentence

    page.open_record(KIND, record)
    settled()

    assert not view.message.sentence


def test_gaps_are_marked_and_the_cursor_stands_in_the_first(open_page, press, settled, qtbot):
    page = open_page("manager")
    page.begin(KIND, P5_SUBJECT)
    settled()
    view = view_of(page)

    press(view.buttons["submit"])

    assert "2 处" in view.message.sentence
    rows = {key: row for form in view.form.forms for key, row in form.rows.items()}
    marked = [key for key, row in rows.items() if row.problem]
    assert marked == ["opinion_responsible", "conclusion"]
    here = rows["opinion_responsible"].editor
    assert here.focusProxy().hasFocus()
    assert not here.visibleRegion().isEmpty()
    assert view.shown is None


def test_a_draft_is_saved_with_the_key_and_found_again(open_page, office, press, settled, qtbot):
    page = open_page("manager")
    page.begin(KIND, P5_SUBJECT)
    settled()
    view = view_of(page)
    fill(view, minors="另行说明")

    qtbot.keyClick(view, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settled()
    settled()

    record = latest(office.session("manager"))
    assert record.status is RecordStatus.DRAFT
    opened = record_desk.opened(office.session("manager"), record.id)
    assert opened.document["minors"] == "另行说明"
    assert opened.document["scope"]  # what the form does not show is kept


def test_what_cannot_be_kept_is_said(open_page, press, settled, office):
    page = open_page("manager")
    page.begin(KIND, P5_SUBJECT)
    settled()
    view = view_of(page)
    fill(view, next_review="改天")

    press(view.buttons["save"])

    assert "下次复评日期" in view.message.sentence
    assert latest(office.session("manager")).number == "PIA-2026-001"


def test_unsaved_words_are_not_lost_by_going_back(open_page, prompts, press, settled):
    page = open_page("manager")
    page.begin(KIND, P5_SUBJECT)
    settled()
    view = view_of(page)
    fill(view, minors="另行说明")
    prompts.confirms = False

    view._leave()
    assert panel_of(page).is_covered
    page.begin(KIND, "purpose:P6")
    settled()
    assert view.form.values()["activity"] == "P5 特殊协助"
    prompts.confirms = True
    view._leave()

    assert not panel_of(page).is_covered
    assert page.strip.isVisible()


def test_a_lock_keeps_what_was_typed_as_a_draft(open_page, office, settled):
    page = open_page("manager")
    page.begin(KIND, P5_SUBJECT)
    settled()
    view = view_of(page)
    view.keep_now()
    assert latest(office.session("manager")).number == "PIA-2026-001"  # nothing was typed
    fill(view, minors="另行说明")

    view.keep_now()

    assert latest(office.session("manager")).status is RecordStatus.DRAFT


def test_an_approved_record_is_read_and_edited_only_on_purpose(open_page, office, press, settled):
    manager, reviewer = office.session("manager"), office.session("reviewer")
    record = assessed(manager, reviewer)
    page = open_page("manager")
    page.open_record(KIND, record)
    settled()
    view = view_of(page)
    editors = [row.editor for form in view.form.forms for row in form.rows.values()]
    assert not any(editor.isEnabled() for editor in editors)
    assert not view.buttons["save"].isVisible()

    press(view.buttons["edit"])
    fill(view, minors="另行说明")
    press(view.buttons["save"])

    assert view.shown.record.version == 2
    assert view.shown.record.status is RecordStatus.DRAFT
    newest = view.history.findChildren(type(view.title))[1]
    assert newest.text() == "第 2 版，李静 撰写"


def test_a_record_is_filled_in_anew_with_todays_facts(open_page, office, press, settled):
    manager = office.session("manager")
    document = answers_about(manager, individuals=77)
    record, _changes = record_desk.save(manager, KIND, P5_SUBJECT, document)
    page = open_page("manager")
    page.open_record(KIND, record)
    settled()
    view = view_of(page)
    assert view.form.values()["individuals"] == 77

    press(view.buttons["renew"])

    assert view.form.values()["individuals"] == 0
    assert view.form.values()["conclusion"] is None
    assert view.is_dirty


def test_a_record_is_closed_with_a_reason(open_page, office, prompts, press, settled):
    record = assessed(office.session("manager"), office.session("reviewer"))
    page = open_page("reviewer")
    page.open_record(KIND, record)
    settled()
    view = view_of(page)

    press(view.buttons["close"])  # the question was answered with going back
    assert status_of(view) is RecordStatus.APPROVED
    prompts.text = "不再处理"
    press(view.buttons["close"])

    assert status_of(view) is RecordStatus.CLOSED
    assert not view.buttons["edit"].isVisible()


def test_only_a_record_past_its_period_can_be_erased(open_page, office, prompts, press, settled):
    record = handed_in(office.session("manager"))
    reviewer = office.session("reviewer")
    record_desk.approve(reviewer, record, "看过。")
    page = open_page("reviewer")
    page.open_record(KIND, record)
    settled()
    assert view_of(page).buttons["erase"].isHidden()
    record_desk.close(reviewer, record, "业务停了。")
    view_of(page).reload()
    settled()
    erase = view_of(page).buttons["erase"]
    assert erase.isVisible()
    assert not erase.isEnabled()
    assert "2029-03-02" in erase.toolTip()
    office.clock.advance(days=1096)
    view_of(page).reload()
    settled()
    assert erase.isEnabled()
    with reviewer.store.writing() as work:  # the day is swept, and the record was let be
        work.sweeps.advance(office.clock.today(), at=office.clock.now())
        work.commit()
    press(erase)
    assert "彻底删除" in prompts.asked[-1]
    assert record not in [one.record.id for one in record_desk.lines(reviewer, KIND)]


def test_the_long_and_the_short_form_are_saved_as_files(
    open_page, office, prompts, press, settled, tmp_path
):
    record = handed_in(office.session("manager"))
    page = open_page("manager")
    page.open_record(KIND, record)
    settled()
    view = view_of(page)
    for key in ("pdf", "paper0"):
        prompts.path = tmp_path / f"{key}.pdf"

        press(view.buttons[key])

        assert prompts.path.read_bytes().startswith(b"%PDF")
        assert f"{key}.pdf" in view.message.sentence


def test_a_point_leads_to_its_record_or_to_a_new_one(open_page, office, settled, press):
    record = handed_in(office.session("manager"))
    page = open_page("reviewer")

    page.do(next(point for point in page.strip.points if point.record == record))
    settled()
    assert view_of(page).shown.record.id == record
    page.do(next(point for point in page.strip.points if point.subject == "purpose:P6"))
    settled()
    assert view_of(page).form.values()["activity"] == "P6 公平性审计"
    page.do(next(point for point in page.strip.points if point.tab != KIND))
    settled()


def test_the_assessment_of_something_is_opened_or_begun(open_page, office, settled):
    page = open_page("manager")
    page.assess(P5_SUBJECT)
    settled()
    settled()
    assert view_of(page).shown is None
    assert view_of(page).form.values()["activity"] == "P5 特殊协助"

    record = handed_in(office.session("manager2"))
    page.assess(P5_SUBJECT)
    settled()
    settled()
    assert view_of(page).shown.record.id == record


def test_news_of_a_colleague_arrive_in_the_open_record(open_page, office, settled, tasks):
    record = handed_in(office.session("manager"))
    page = open_page("manager")
    page.open_record(KIND, record)
    settled()

    record_desk.reject(office.session("reviewer"), record, "第四部分太笼统")
    page.reload(Changes.of(RECORDS))
    settled()

    assert view_of(page).pill.badge.words == "已退回"
    assert "第四部分太笼统" in "".join(
        one.text() for one in view_of(page).history.findChildren(type(view_of(page).title))
    )


def test_every_tab_opens_and_says_what_it_is_for(open_page, settled):
    page = open_page("manager")

    for key, button in page._buttons.items():
        button.click()
        settled()
        assert page._stack.currentWidget() is page._panels[key]


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_nothing_is_clipped(open_page, office, wear, scale, settled, qapp):
    wear(Scheme.LIGHT, scale)
    record = handed_in(office.session("manager"))
    page = open_page("reviewer", width=int(1070 * scale), height=int(800 * scale))
    assert not clipped(page)
    page.open_record(KIND, record)
    settled()
    qapp.processEvents()

    assert not clipped(page)
    texts = [one for one in page.findChildren(QPlainTextEdit) if one.isVisible()]
    assert texts
    assert not [one for one in texts if one.verticalScrollBar().maximum() > 0]
