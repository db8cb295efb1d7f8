"""The training page: read, answer by keyboard, see why, save the certificate; who is due."""

import pytest
from PySide6.QtCore import Qt

from pmdesk.domain.training import CourseCode, Standing
from pmdesk.errors import RefusedError
from pmdesk.services import training
from pmdesk.ui.pages.training import TrainingPage
from pmdesk.ui.theme import Scheme
from tests.offices import learnt
from tests.pdf import text_of
from tests.ui.clipping import clipped

KEY = Qt.Key
CONSENT = CourseCode("consent")


@pytest.fixture
def opened():
    """Files that the system was asked to open."""
    return []


@pytest.fixture
def open_page(office, tasks, prompts, shown, opened):
    def _open(login="clerk", **size):
        made = TrainingPage(office.session(login), tasks, prompts, opened.append)
        return shown(made, **size)

    return _open


@pytest.fixture
def page(open_page):
    return open_page()


def view(page):
    """The view that can be seen."""
    return next(one for one in page.views if one.isVisible())


def answer_all(page, qtbot, *, wrong=()):
    """Every question is answered by key, right but for those numbers."""
    for number, question in enumerate(page.quiz.exam.questions):
        right = question.right
        chosen = (right + 1) % len(question.answers) if number in wrong else right
        qtbot.keyClick(page.quiz, "ABCD"[chosen])
        qtbot.keyClick(page.quiz, KEY.Key_Return)


def test_cards_say_how_one_stands_with_each_course(page):
    cards = page.cards.cards

    assert list(cards)[:5] == ["notice", "consent", "equality", "requests", "incident"]
    assert cards["consent"].pill.badge.words == "有效"
    assert cards["consent"].paper.isVisible()
    assert cards["sealed"].pill.badge.words == "可自选学习"
    assert not cards["sealed"].paper.isVisible()
    assert not page.tabs.isVisible()


def test_a_course_is_read_section_by_section_with_one_key_and_ends_in_its_test(
    page, qtbot, settled
):
    page.cards.cards["consent"].read.click()
    assert view(page) is page.reader
    assert page.reader.title.text() == "怎样的同意才算数"
    qtbot.keyClick(page.reader, KEY.Key_Left)
    qtbot.keyClick(page.reader, KEY.Key_Right)
    assert "第 2 节" in page.reader.place.text()
    for _section in range(3):
        qtbot.keyClick(page.reader, KEY.Key_Return)
    settled()

    assert view(page) is page.quiz
    assert "第 1 题，共 6 题" in page.quiz.place.text()


def test_esc_leads_back_to_the_courses(page, qtbot, settled):
    page.cards.cards["consent"].read.click()
    qtbot.keyClick(page.reader, KEY.Key_Escape)
    assert view(page) is page.cards
    page.begin("consent")
    settled()
    qtbot.keyClick(page.quiz, KEY.Key_Escape)
    assert view(page) is page.cards


def test_the_test_is_answered_by_keyboard_and_passed(page, qtbot, settled, office):
    office.clock.advance(days=340)
    page.reload()
    settled()
    assert page.cards.cards["consent"].pill.badge.words == "即将到期"
    page.cards.cards["consent"].test.click()
    settled()

    answer_all(page, qtbot)
    settled()

    assert view(page) is page.result
    assert "6 题答对 6 题" in page.result.verdict.sentence
    assert page.result.paper.hasFocus()
    assert page.cards.cards["consent"].pill.badge.words == "有效"
    found = training.mine(office.session("clerk"))
    status = next(one.status for one in found if one.course.code == "consent")
    assert (status.standing, status.days) == (Standing.VALID, 365)


def test_a_failed_test_shows_what_is_right_and_why_and_can_be_taken_again(page, qtbot, settled):
    page.begin("consent")
    settled()
    first = page.quiz.exam
    answer_all(page, qtbot, wrong=(0, 1))
    settled()

    assert "还没有通过" in page.result.verdict.sentence
    assert not page.result.paper.isVisible()
    text = all_text(page.result)
    for question in first.questions:
        assert question.reason.zh in text
        assert question.article.zh in text
    assert text.count("您的回答：") == 2
    page.result.again.click()
    settled()
    assert view(page) is page.quiz
    assert page.quiz.exam.questions != first.questions
    assert page.quiz.answers == {}


def all_text(widget):
    from PySide6.QtWidgets import QLabel

    return "\n".join(one.text() for one in widget.findChildren(QLabel))


def test_nothing_is_handed_in_without_an_answer_and_going_back_keeps_them(page, qtbot, settled):
    page.begin("consent")
    settled()
    qtbot.keyClick(page.quiz, KEY.Key_Return)
    assert page.quiz.at == 0

    qtbot.keyClick(page.quiz, "2")
    qtbot.keyClick(page.quiz, KEY.Key_Return)
    qtbot.keyClick(page.quiz, KEY.Key_Left)
    assert page.quiz.at == 0
    assert page.quiz.rows[1].radio.isChecked()


def test_the_whole_line_of_an_answer_can_be_clicked(page, qtbot, settled):
    page.begin("consent")
    settled()

    qtbot.mouseClick(page.quiz.rows[0], Qt.MouseButton.LeftButton)

    assert page.quiz.rows[0].radio.isChecked()
    assert page.quiz.on.isEnabled()


def test_a_key_for_an_answer_that_is_not_there_does_nothing(page, qtbot, settled):
    page.begin("consent")
    settled()
    while len(page.quiz.rows) > 2:
        qtbot.keyClick(page.quiz, "A")
        qtbot.keyClick(page.quiz, KEY.Key_Return)
    before = dict(page.quiz.answers)

    qtbot.keyClick(page.quiz, "D")

    assert page.quiz.answers == before


def test_a_test_handed_in_elsewhere_keeps_the_answers_and_says_why(
    page, qtbot, settled, office_session
):
    page.begin("consent")
    settled()
    learnt(office_session, CONSENT)

    answer_all(page, qtbot)
    settled()

    assert "已经交过" in page.note.sentence
    assert view(page) is page.quiz
    assert page.quiz.isEnabled()
    assert len(page.quiz.answers) == 6


def test_the_certificate_is_a_file_with_name_course_days_and_lines_to_sign(
    page, settled, prompts, tmp_path, opened
):
    prompts.path = tmp_path / "证明.pdf"
    page.cards.cards["consent"].paper.click()
    settled()

    text = "".join(text_of(prompts.path.read_bytes()))
    for words in ("培训合格证明", "王芳", "同意与撤回", "2026-03-02", "2027-03-02", "签名", "1.0"):
        assert words in text
    assert "晴川花园物业服务中心" in text
    assert str(prompts.path) in page.note.sentence
    assert opened == [prompts.path], "it is printed from there"


def test_no_path_no_certificate_and_an_expired_one_is_refused(
    page, settled, prompts, tmp_path, office
):
    prompts.path = None
    page.save_paper("consent")
    settled()
    assert page.note.sentence == ""

    office.clock.advance(days=400)
    prompts.path = tmp_path / "a.pdf"
    page.save_paper("consent")
    settled()
    assert "没有有效的证书" in page.note.sentence
    assert not prompts.path.exists()


def test_a_course_asked_for_before_the_page_knows_it_opens_when_it_arrives(
    office, tasks, prompts, shown, settled
):
    made = TrainingPage(office.session("clerk"), tasks, prompts)
    made.open_course("equality")
    shown(made)

    assert view(made) is made.reader
    assert made.reader.course.code == "equality"


def test_a_page_that_cannot_read_says_so(office, tasks, prompts, shown, monkeypatch):
    def refuse(_session):
        raise RefusedError("unreadable page", "")

    monkeypatch.setattr(training, "mine", refuse)
    page = shown(TrainingPage(office.session("clerk"), tasks, prompts))

    assert page.note.sentence == "unreadable page"
    assert page.cards.cards == {}


def test_the_certificate_is_offered_with_the_result(page, qtbot, settled, prompts, tmp_path):
    prompts.path = tmp_path / "a.pdf"
    page.begin("consent")
    settled()
    answer_all(page, qtbot)
    settled()
    page.result.paper.click()
    settled()

    assert prompts.path.read_bytes().startswith(b"%PDF")


def test_a_second_result_replaces_the_first(page, qtbot, settled):
    for wrong in ((0, 1, 2), ()):
        page.begin("consent")
        settled()
        answer_all(page, qtbot, wrong=wrong)
        settled()

    assert all_text(page.result).count("答错") == 0
    qtbot.keyClick(page.result.paper, KEY.Key_Escape)
    assert view(page) is page.cards


def test_what_has_lapsed_says_since_when(page, settled, office):
    office.clock.advance(days=400)
    page.reload()
    settled()

    card = page.cards.cards["consent"]
    assert card.pill.badge.words == "已过期"
    assert "应在 2027-03-16 前学完" in all_text(card)
    assert not card.paper.isVisible()


# ---- managers -------------------------------------------------------------------------------


def test_a_manager_sees_who_is_due(open_page, office, settled):
    office.clock.advance(days=340)
    page = open_page("manager")
    page.tabs.buttons()[1].click()
    settled()

    assert view(page) is page.due
    names = {one.name for one in page.due.model.rows}
    assert names == {"周敏", "李静", "赵磊", "陈磊", "王芳"}


def test_nobody_due_is_said_in_a_sentence(open_page):
    page = open_page("manager")
    page.show_view(page.due)

    assert page.due.table.empty.isVisible()


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("login", ["clerk", "manager"])
def test_nothing_is_clipped(open_page, wear, scale, login, qtbot, settled, qapp):
    wear(Scheme.LIGHT, scale)
    page = open_page(login, width=760)

    def check():
        for _round in range(4):  # a layout asks its parents, one event after the other
            qapp.processEvents()
        assert not clipped(page)

    check()
    page.open_course("notice")
    check()
    page.begin("notice")
    settled()
    check()
    answer_all(page, qtbot, wrong=(1,))
    settled()
    check()
    if login == "manager":
        page.show_view(page.due)
        check()
        page.show_view(page.own)
        page.own.open(None)
        check()
