"""误收 on the resident's page: choose what and why, and it is gone from there."""

import pytest

from pmdesk.domain.quarantine import Mistake
from pmdesk.errors import StorageError
from pmdesk.services import notes, residents
from pmdesk.services.refusal import quarantine
from pmdesk.ui.pages.resident import ResidentPage
from tests.offices import P1, P2, PLATE, PLATE_NO, SPECIAL, answers, consenting
from tests.ui.residents import words


@pytest.fixture
def person(office_session):
    made = consenting(office_session, P2, PLATE, values=SPECIAL)
    residents.save_answers(office_session, made, P1, answers(mail_address="误收路 9 号"))
    residents.seal_value(office_session, made, PLATE, PLATE_NO, "苏A12345")
    notes.add(office_session, made, "厨房水管漏水，请上午来修")
    return made


@pytest.fixture
def page(office_session, tasks, prompts, shown, person):
    return shown(ResidentPage(office_session, tasks, prompts, person))


def offered(page):
    what = page.mistake.what
    return [what.itemText(index) for index in range(what.count())]


def choose(page, text, mistake=Mistake.REFUSED):
    card = page.mistake
    card.what.setCurrentIndex(next(i for i, one in enumerate(offered(page)) if text in one))
    card.why.setCurrentIndex(card.why.findData(mistake))


def waiting(office):
    return quarantine.waiting(office.session("manager"))


def test_only_what_holds_a_value_is_offered(page):
    assert offered(page) == [
        "姓名",
        "手机",
        "履行物业服务合同：通讯地址（不自住时）",
        "车牌号（车位放行）：车牌号",
        "服务需求分类：保洁需求",
        "服务需求分类：维修关注",
        "服务备注：厨房水管漏水，请上午来修…",
        "全部信息：这个人是未成年人",
    ]


def test_a_value_is_taken_away_and_the_page_shows_it_gone(page, office, settled):
    page.mistake.starter.click()
    assert page.mistake.panel.isVisible()
    choose(page, "通讯地址", Mistake.NOT_NEEDED)
    page.mistake.taker.click()
    settled()

    (one,) = waiting(office)
    assert (one.field.zh, one.entry.mistake) == ("通讯地址（不自住时）", Mistake.NOT_NEEDED)
    assert "已移走" in page.mistake.message.sentence
    assert page.mistake.panel.isHidden()
    assert not any("通讯地址" in text for text in offered(page))


def test_beside_a_group_the_choice_begins_with_its_values(page):
    page.groups[P2].mistake.click()

    assert page.mistake.what.currentText().startswith("服务需求分类")
    assert page.mistake.what.hasFocus()


@pytest.mark.parametrize("text", ["姓名", "手机", "车牌号", "服务备注"])
def test_names_numbers_plates_and_notes_can_be_taken_away(page, office, settled, text):
    page.mistake.start()
    choose(page, text)
    page.mistake.take()
    settled()

    assert len(waiting(office)) == 1
    assert not any(text in one for one in offered(page) if one.startswith(text))


def test_a_whole_person_is_taken_away_only_after_a_question(page, office, prompts, settled):
    page.mistake.start()
    choose(page, "未成年人")
    prompts.confirms = False
    page.mistake.take()
    settled()
    assert waiting(office) == ()
    prompts.confirms = True
    page.mistake.take()
    settled()

    assert waiting(office)[0].entry.is_everything
    assert "（已隔离）" in words(page.header)


def test_who_goes_back_takes_nothing_away(page, office, settled):
    page.mistake.start()
    next(
        one for one in page.mistake.panel.findChildren(type(page.mistake.taker))
        if one.text() == "取消"
    ).click()  # fmt: skip
    settled()

    assert page.mistake.panel.isHidden()
    assert waiting(office) == ()


def test_what_failed_can_be_tried_again(page, settled, monkeypatch):
    def full(*_args, **_rest):
        raise StorageError("The disk is full.")

    monkeypatch.setattr(quarantine, "take", full)
    page.mistake.start()
    page.mistake.take()
    settled()

    assert "The disk is full." in page.mistake.message.sentence
    assert page.mistake.taker.isEnabled()


def test_who_may_not_edit_takes_nothing_away(office, tasks, prompts, shown, person):
    page = shown(ResidentPage(office.session("reviewer"), tasks, prompts, person))

    assert page.mistake.isHidden()
    assert page.groups[P2].mistake.isHidden()


# ---- service notes --------------------------------------------------------------------------


def test_a_note_is_kept_and_shown(page, settled):
    page.notes.line.setText("阳台窗户关不上")
    page.notes.saver.click()
    settled()

    assert "阳台窗户关不上" in words(page.notes)
    assert page.notes.line.text() == ""
    assert "只写维修事项" in page.notes.line.placeholderText()


def test_a_refused_word_is_told_while_typing_and_stops_the_note(page, settled, office):
    page.notes.line.setText("家有老人独居")
    page.notes.line.left.emit()
    settled()
    assert "独居" in page.notes.message.sentence or "老人" in page.notes.message.sentence
    page.notes.save()
    settled()

    assert "本系统不收集" in page.notes.message.sentence
    assert page.notes.line.text() == "家有老人独居"
    assert office.sql("SELECT count(*) FROM service_note") == [(1,)]
    page.notes.line.setText("")
    page.notes.save()
    page.notes.line.left.emit()
    settled()
    assert page.notes.message.isHidden()
