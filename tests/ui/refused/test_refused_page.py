"""The page of what is not collected: search, own words, and what was collected by mistake."""

import pytest

from pmdesk.domain.quarantine import MOBILE, Mistake
from pmdesk.errors import StorageError
from pmdesk.services import residents
from pmdesk.services.refusal import quarantine, screen
from pmdesk.ui.pages.home import HomePage
from pmdesk.ui.pages.refused import RefusedPage
from tests.offices import P1, resident
from tests.ui.residents import words


@pytest.fixture
def page_of(office, tasks, prompts, shown):
    """The page as an account sees it."""

    def _page(login="admin"):
        return shown(RefusedPage(office.session(login), tasks, prompts))

    return _page


def buttons(widget):
    return {one.text(): one for one in widget.findChildren(type(widget.adder)) if one.isVisible()}


def labels(page):
    return [item.label.zh for item in page.items.model.rows]


def test_everybody_may_read_the_whole_list(page_of, office):
    page = page_of("clerk")

    assert len(page.items.model.rows) == len(screen.refused(office.session("clerk")))
    assert page.waiting is None
    assert not page.own.adder.isVisible()
    assert "本系统不收集" in words(page.header)


def test_a_search_narrows_the_list_and_says_whether_such_a_text_passes(page_of, settled):
    page = page_of()
    page.items.search.searched.emit("户口所在地")
    settled()
    assert labels(page) == ["籍贯、户籍、国籍、方言"]
    assert "户口" in page.items.told.sentence
    assert "沟通语言" in page.items.told.sentence
    page.items.search.searched.emit("入户保洁次数")
    settled()
    assert labels(page) == []
    assert page.items.table.empty.isVisible()
    assert "没有碰到" in page.items.told.sentence
    page.items.search.searched.emit("")
    settled()
    assert len(labels(page)) > 20
    assert page.items.told.isHidden()


def test_a_number_in_the_search_is_told_by_its_kind(page_of, settled):
    page = page_of()
    page.items.search.searched.emit("11010519491231002X")
    settled()

    assert "身份证号" in page.items.told.sentence
    assert "110105" not in page.items.told.sentence


def test_the_chosen_item_says_why_and_by_what_it_is_recognised(page_of):
    page = page_of()
    page.items.table.view.selectRow(0)

    assert "宪法" in page.items.detail.text()
    assert "少数民族" in page.items.detail.text()
    page.items.look_for("征信")
    assert page.items.detail.text() == ""


def test_an_own_word_is_added_proposed_for_removal_and_removed_by_another(
    page_of, prompts, settled, office
):
    page = page_of()
    page.own.word.setText("网红")
    page.own.why.setText("与服务无关")
    page.own.adder.click()
    settled()
    assert "网红" in page.own.message.sentence
    assert "网红" in labels(page)
    assert page.own.word.text() == ""

    prompts.text = "误加"
    buttons(page.own)["移除…"].click()
    settled()
    assert "误加" in words(page.own)
    assert "等另一人确认" in words(page.own)
    assert "同意移除" not in buttons(page.own)

    other = page_of("manager")
    buttons(other.own)["同意移除"].click()
    settled()
    assert screen.own_words(office.session("admin")) == ()


def test_a_proposal_to_remove_can_be_turned_down_or_not_made(page_of, prompts, settled, office):
    screen.add_word(office.session("admin"), "网红", "与服务无关")
    page = page_of()
    prompts.text = None
    buttons(page.own)["移除…"].click()
    settled()
    assert not screen.own_words(office.session("admin"))[0].is_disputed
    prompts.text = " "
    buttons(page.own)["移除…"].click()
    settled()
    assert "理由" in page.own.message.sentence
    prompts.text = "误加"
    buttons(page.own)["移除…"].click()
    settled()
    buttons(page.own)["保留"].click()
    settled()

    assert not screen.own_words(office.session("admin"))[0].is_disputed


def test_a_clerk_sees_who_wants_a_word_removed_and_decides_nothing(page_of, office):
    admin = office.session("admin")
    screen.add_word(admin, "网红", "与服务无关")
    screen.propose_removal(admin, screen.own_words(admin)[0].id, "误加")
    page = page_of("clerk")

    assert "误加" in words(page.own)
    assert not buttons(page.own)


def test_a_word_that_cannot_be_added_says_why_and_stays(page_of, settled):
    page = page_of()
    page.own.word.setText("单身")
    page.own.why.setText("无关")
    page.own.add_word()
    settled()

    assert "已经在清单" in page.own.message.sentence
    assert page.own.word.text() == "单身"


# ---- what waits -----------------------------------------------------------------------------


@pytest.fixture
def mistake(office_session):
    person = resident(office_session)
    quarantine.take(office_session, person, P1, MOBILE, Mistake.OTHER_PERSON)
    return person


def test_what_waits_is_listed_without_its_content(page_of, mistake):
    page = page_of("manager")
    (row,) = page.waiting.model.rows

    texts = [column.cell(row) for column in page.waiting.model.columns]
    assert texts == ["3-2-501", "手机号", "别人的信息", "王芳", "2026-03-09"]
    assert not page.waiting.eraser.isEnabled()


def test_an_entry_is_erased_after_a_question(page_of, mistake, prompts, settled, office):
    page = page_of("manager")
    page.waiting.table.view.selectRow(0)
    prompts.confirms = False
    page.waiting.eraser.click()
    settled()
    assert quarantine.count(office.session("manager")) == 1
    prompts.confirms = True
    page.waiting.eraser.click()
    settled()

    assert "3-2-501" in prompts.asked[0]
    assert quarantine.count(office.session("manager")) == 0
    assert page.waiting.nothing.isVisible()
    assert page.waiting.table.isHidden()
    assert "已删除" in page.waiting.message.sentence


def test_an_entry_is_put_back_with_a_reason(page_of, mistake, prompts, settled, office):
    page = page_of("manager")
    page.waiting.table.view.selectRow(0)
    prompts.text = None
    page.waiting.restorer.click()
    settled()
    prompts.text = "是本人的号码"
    page.waiting.restorer.click()
    settled()

    person = residents.detail(office.session("clerk"), mistake).person
    assert person.mobile == "138****1234"
    assert "已放回" in page.waiting.message.sentence


def test_what_could_not_be_done_is_said(page_of, mistake, prompts, settled, monkeypatch):
    def full(*_args):
        raise StorageError("The disk is full.")

    monkeypatch.setattr(quarantine, "erase", full)
    page = page_of("manager")
    page.waiting.table.view.selectRow(0)
    page.waiting.erase()
    settled()

    assert "The disk is full." in page.waiting.message.sentence


def test_the_home_page_tells_those_who_decide(office, tasks, prompts, shown, mistake, settled):
    page = shown(HomePage(office.session("manager"), tasks, prompts))
    assert "误收待处理：1 条" in page.mistakes.sentence
    opened: list[str] = []
    page.page_requested.connect(opened.append)
    page.mistakes.action.click()
    assert opened == ["refused"]

    clerk = shown(HomePage(office.session("clerk"), tasks, prompts))
    assert clerk.mistakes.isHidden()
    entry = quarantine.waiting(office.session("manager"))[0].entry.id
    tasks.command(lambda: quarantine.erase(office.session("manager"), entry), owner=page)
    settled()
    assert page.mistakes.isHidden()
