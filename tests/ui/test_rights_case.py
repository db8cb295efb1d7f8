"""One case in the window: print preview, the archive, and why a button cannot be pressed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea

from pmdesk.domain.acts import ArchiveReason
from pmdesk.domain.requests import Identity, Requester, Todo
from pmdesk.domain.rights import RightCode
from pmdesk.services import acts
from pmdesk.services.rights import request_acts, request_papers, requests
from pmdesk.services.rights.request_acts import Order
from pmdesk.ui import printing
from pmdesk.ui.pages.rights import RightsPage
from pmdesk.ui.rights.finder import PersonFinder
from pmdesk.ui.rights.intake import IntakeCard
from pmdesk.ui.rights.step_card import RefusalCard
from tests.offices import SPECIAL, consenting
from tests.services.desk import acted, assigned, received, request_of, steps_of


@pytest.fixture
def opened(office, tasks, prompts, shown, settled):
    """The page of this account with the case open."""

    def _opened(request, login="manager"):
        page = shown(RightsPage(office.session(login), tasks, prompts))
        page.show_request(request)
        settled()
        return page.case

    return _opened


@pytest.fixture
def printed(monkeypatch):
    """(title, text) of each document that was shown before printing."""
    seen = []

    def preview(made, title, _parent):
        seen.append((title, made.toPlainText()))
        return True

    monkeypatch.setattr(printing, "preview", preview)
    return seen


def button_named(case, words):
    """The button that a screen reader calls so."""
    return next(one for one in case.findChildren(QPushButton) if one.accessibleName() == words)


def test_a_letter_is_seen_before_it_is_printed_and_that_is_in_the_timeline(
    opened, office, settled, printed
):
    clerk = office.session("clerk")
    request = received(clerk, "D1", consenting(clerk))
    case = opened(request, "clerk")
    button_named(case, "打印预览：回执").click()
    settled()
    ((title, text),) = printed
    assert title in text
    assert request_of(clerk, request).number in text
    assert "王小明" in text
    assert steps_of(clerk, request)[-1] == "handed"


def test_the_letter_of_a_correction_can_be_printed_at_once(
    opened, office, settled, prompts, printed, monkeypatch
):
    clerk, manager = office.session("clerk"), office.session("manager")
    person = consenting(clerk, values=SPECIAL)
    for answer, pages in ((1, 1), (None, 1)):  # print preview; neither
        request = assigned(clerk, manager, "D4", person, field="clean_need")
        monkeypatch.setattr(prompts, "ask", lambda *_asked, answer=answer, **_more: answer)
        case = opened(request)
        case.step.primary.click()
        settled()
        assert request_of(clerk, request).acted_by == manager.staff.uid
        assert len(printed) == pages


def moved_out(clerk, name="欧阳若兰"):
    """The id of somebody in the archive."""
    person = consenting(clerk, name=name)
    with clerk.store.writing() as work:
        acts.archive(clerk, work, person, ArchiveReason.MOVED_OUT)
        work.commit()
    return person


def test_an_administrator_looks_in_the_archive_from_the_case(opened, office, settled, prompts):
    clerk = office.session("clerk")
    person = moved_out(clerk)
    request = received(clerk, "D1", who="欧阳若兰", unit="3-2-501")
    prompts.text = "欧阳若兰"  # the same words stand for the reason
    case = opened(request, "admin")
    case.step.archive_requested.emit()
    settled()
    assert request_of(clerk, request).person == person
    assert "archive.open" in {act for act, _target, _fields in office.acts()}


def test_without_a_name_a_reason_or_a_hit_nobody_is_bound(opened, office, settled, prompts):
    clerk = office.session("clerk")
    moved_out(clerk)
    request = received(clerk, "D1")
    case = opened(request, "admin")
    for text in (None, "查无此人"):
        prompts.text = text
        case.step.archive_requested.emit()
        settled()
    assert prompts.told  # nobody fits
    prompts.text, prompts.confirms = "欧阳若兰", False
    case.step.archive_requested.emit()
    settled()
    assert request_of(clerk, request).person is None


def test_too_many_hits_are_not_listed(opened, office, settled, prompts):
    clerk = office.session("clerk")
    for number in range(6):
        moved_out(clerk, f"欧阳{'甲乙丙丁戊己'[number]}")
    request = received(clerk, "D1")
    prompts.text = "欧阳"
    case = opened(request, "admin")
    case.step.archive_requested.emit()
    settled()
    assert len(prompts.told) == 1
    assert request_of(clerk, request).person is None


def test_everybody_else_is_told_whom_to_ask(opened, office, settled):
    clerk = office.session("clerk")
    case = opened(received(clerk, "D1"), "clerk")
    assert any("管理员" in one.text() for one in case.step.findChildren(QLabel))


@pytest.mark.parametrize(("login", "words"), [("manager2", "李静"), ("manager", ""), ("admin", "")])
def test_a_button_that_cannot_be_pressed_says_why(opened, office, login, words):
    clerk, manager = office.session("clerk"), office.session("manager")
    case = opened(assigned(clerk, manager, "D8", consenting(clerk)), login)
    step = case.step
    assert step.primary.isEnabled() == (not words)
    if words:
        assert words in step.hindrance.text()
        assert step.primary.accessibleDescription() == step.hindrance.text()


def test_whoever_is_complained_about_is_told_that_a_colleague_answers(opened, office):
    clerk, admin = office.session("clerk"), office.session("admin")
    request = received(clerk, "D14", consenting(clerk), target=admin.staff.uid)
    requests.verify(clerk, request, Identity.KNOWN)
    case = opened(request, "admin")
    assert not case.step.primary.isEnabled()
    assert "针对您" in case.step.hindrance.text()
    others = {case.step.colleague.itemData(row) for row in range(case.step.colleague.count())}
    assert admin.staff.uid not in others


def test_the_maker_is_told_that_a_second_person_looks(opened, office):
    clerk, manager = office.session("clerk"), office.session("manager")
    request = assigned(clerk, manager, "D3", consenting(clerk))
    request_papers.make_package(manager, request, "新服务中心")
    request_acts.act(manager, request, Order(recipient="新服务中心"))
    step = opened(request).step
    assert step.primary is None
    assert any("同事" in one.text() for one in step.findChildren(QLabel))


def test_a_refusal_waits_for_its_reasons_and_some_rights_have_none(opened, office, settled):
    clerk, manager = office.session("clerk"), office.session("manager")
    person = consenting(clerk)
    case = opened(assigned(clerk, manager, "D1", person))
    case._ask_refusal()
    card = case.findChild(RefusalCard)
    assert not card.refuser.isEnabled()
    assert not card.hint.isHidden()
    card.text.setPlainText("涉及保密，其他部分照办。")
    assert card.refuser.isEnabled()
    assert card.hint.isHidden()
    never = opened(assigned(clerk, manager, "D8", person))
    assert any("不得拒绝" in one.text() for one in never.findChildren(QLabel))


def test_a_transfer_asks_for_its_recipient_and_makes_two_files(
    opened, office, settled, prompts, tmp_path
):
    clerk, manager = office.session("clerk"), office.session("manager")
    request = assigned(clerk, manager, "D3", consenting(clerk))
    prompts.path = tmp_path / "转移.pdf"
    case = opened(request)
    case.step.form.recipient.setText("新服务中心")
    case.step.primary.click()
    settled()
    assert prompts.path.exists()
    assert prompts.path.with_suffix(".json").exists()
    case.step.form.recipient.setText("新服务中心")
    case.step.primary.click()
    settled()
    assert case.view.case.request.todo is Todo.CHECK


def test_a_closed_case_shows_no_step_and_keeps_its_letters(opened, office):
    clerk, manager = office.session("clerk"), office.session("manager")
    request, _done = acted(clerk, manager, "D8", consenting(clerk))
    requests.answer(manager, request, "讲明了", "当面")
    requests.close(manager, request)
    case = opened(request)
    assert case.step is None
    assert button_named(case, "打印预览：回执")


def test_with_the_arrow_keys_another_person_is_chosen(office, tasks, shown, settled, qtbot):
    clerk = office.session("clerk")
    consenting(clerk, name="王小明")
    other = consenting(clerk, name="王小玲", room="3-2-502")
    card = shown(IntakeCard(clerk, tasks))
    card.start(RightCode.WITHDRAWAL)
    settled()
    finder = card.finder
    qtbot.keyClicks(finder.box, "wangxiao")
    qtbot.waitUntil(lambda: finder.hits.count() == 2)
    qtbot.keyClick(finder, Qt.Key.Key_Down)
    rows = [finder.hits.item(row).data(Qt.ItemDataRole.UserRole) for row in range(2)]
    finder.hits.setCurrentRow(rows.index(other))
    qtbot.keyClick(finder.hits, Qt.Key.Key_Return)
    settled()
    assert finder.person == other
    assert card.purpose_cell.isVisibleTo(card)
    assert card._purposes.buttons()[0].text()
    qtbot.keyClick(finder.box, Qt.Key.Key_Backspace)  # other words: nobody is chosen any more
    qtbot.waitUntil(lambda: finder.person is None)
    heard = []
    card.left.connect(lambda: heard.append(True))
    card._leave()
    assert heard
    assert card.isHidden()


def test_a_person_is_found_from_the_case_and_the_resident_is_opened(opened, office, settled, qtbot):
    clerk = office.session("clerk")
    request, person = received(clerk, "D1"), consenting(clerk)
    case = opened(request, "clerk")
    finder = case.step.findChild(PersonFinder)
    qtbot.keyClicks(finder.box, "wxm")
    qtbot.keyClick(finder.box, Qt.Key.Key_Return)
    settled()
    assert request_of(clerk, request).person == person
    heard: list[int] = []
    case.resident_requested.connect(heard.append)
    button_named(case, "打开住户页面").click()
    assert heard == [person]


def test_kin_show_what_they_need_it_for(opened, office, settled):
    clerk, manager = office.session("clerk"), office.session("manager")
    kin = {
        "requester": Requester.KIN,
        "requester_name": "王芸",
        "relation": "女儿",
        "identity": Identity.RELATION,
    }
    request = assigned(clerk, manager, "D12", consenting(clerk), **kin)
    form = opened(request).step.form
    form.interest.setText("办理过户")
    form.wishes.setChecked(True)
    order = form.order()
    assert (order.interest, order.wishes_checked) == ("办理过户", True)


def test_a_year_without_known_holidays_is_named_in_the_case(opened, office, clock):
    clock.advance(days=295)
    clerk = office.session("clerk")
    case = opened(received(clerk, "D1"), "clerk")
    assert any("2027" in one.text() for one in case.findChildren(QLabel))


def test_a_long_right_needs_no_scrolling_sideways_at_large_text(opened, office, settled, wear):
    clerk = office.session("clerk")
    request = received(clerk, "D9", consenting(clerk))
    wear(scale=2.0)
    case = opened(request)
    settled()

    assert not [one for one in areas(case) if one.horizontalScrollBar().maximum()]


def areas(case):
    """What the case scrolls in."""
    around = [case]
    while around[-1].parentWidget() is not None:
        around.append(around[-1].parentWidget())
    return [one for one in around if isinstance(one, QScrollArea)]
