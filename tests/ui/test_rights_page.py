"""The rights desk in the window: receive by keyboard, carry out step by step, hand out papers."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton

from pmdesk.domain.requests import Identity, RequestState, Todo
from pmdesk.domain.rights import RightCode
from pmdesk.services.case_words import Paper
from pmdesk.services.rights import request_acts, requests
from pmdesk.services.rights.request_acts import Order
from pmdesk.services.rights.request_intake import Intake
from pmdesk.ui.pages.resident import ResidentPage
from pmdesk.ui.pages.rights import RightsPage
from pmdesk.ui.rights.home_banner import RightsBanner
from pmdesk.ui.rights.step_card import ExtensionCard, RefusalCard
from tests.offices import P2, SPECIAL, consenting
from tests.services.desk import assigned, received, request_of


@pytest.fixture
def desk(office, tasks, prompts, shown):
    """The page of this account."""

    def _desk(login="clerk"):
        return shown(RightsPage(office.session(login), tasks, prompts))

    return _desk


def test_before_the_first_request_the_rights_are_told_in_plain_words(desk):
    page = desk()
    assert not page.explained.isHidden()
    assert page._list.isHidden()


def test_a_request_is_received_with_the_keyboard_alone(desk, enter, qtbot, settled, office_session):
    person = enter()
    page = desk()
    qtbot.keyClick(page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    settled()
    assert not page.intake.isHidden()
    qtbot.keyClicks(page.intake.finder.box, "zgq")
    qtbot.keyClick(page.intake.finder.box, Qt.Key.Key_Return)
    settled()
    assert page.intake.finder.person == person
    qtbot.keyClick(page.intake.words, Qt.Key.Key_Return)
    settled()
    assert page.intake.isHidden()
    assert page.case.view is not None
    assert page.case.view.case.request.person == person
    assert "D20260302-0001" in page.case.note.sentence


def test_what_is_missing_is_told_and_nothing_is_entered(desk, settled):
    page = desk()
    page.start_request()
    settled()
    page.intake.save()
    assert page.intake.note.sentence
    assert page.rows == ()


def test_name_and_room_are_enough(desk, settled, office_session):
    page = desk()
    page.start_request(RightCode.COMPLAINT)
    settled()
    page.intake.who.setText("王小明")
    page.intake.unit.setText("3-2-501")
    page.intake.save()
    settled()
    assert page.case.view.case.request.code is RightCode.COMPLAINT
    assert page.explained.isHidden()


def test_each_right_has_a_form_of_its_own(desk, settled):
    page = desk()
    for code in RightCode:
        page.start_request(code)
        settled()
        assert page.intake.code is code
        assert page.intake.intake().code is code


def test_the_list_shows_days_handler_and_next_step(desk, office, settled):
    clerk, manager = office.session("clerk"), office.session("manager")
    assigned(clerk, manager, "D8", consenting(clerk))
    received(clerk, "D1")
    page = desk("manager")
    shown = [column.cell(page.model.rows[0]) for column in page.model.columns]
    assert shown[0].startswith("D2026")
    assert all(shown)
    page.filter.buttons()[0].click()  # mine
    assert len(page.model.rows) == 1
    page.filter.buttons()[3].click()  # closed
    assert page.model.rows == ()


def test_a_case_goes_from_receipt_to_closing_in_its_own_steps(desk, office, settled, prompts):
    clerk = office.session("clerk")
    request = received(clerk, "D8", consenting(clerk, values=SPECIAL))
    page = desk("manager")
    page.show_request(request)
    settled()
    assert not page.case.step.primary.isEnabled()  # nobody is confirmed by a button alone
    assert page.case.step.primary.toolTip() == page.case.step.hindrance.text() != ""
    page.case.step.identity.buttons()[0].click()
    assert page.case.step.hindrance.isHidden()
    page.case.step.primary.click()  # identity
    settled()
    assert page.case.view.case.request.identity is Identity.SEEN
    page.case.step.primary.click()  # assign: myself
    settled()
    page.case.step.form.note.setText("当面讲清")
    page.case.step.primary.click()  # carry out
    settled()
    page.case.step.text.setPlainText("规则已讲明。")
    page.case.step.primary.click()  # answer
    settled()
    assert page.case.view.case.request.todo is Todo.CLOSE
    page.case.step.primary.click()
    settled()
    assert page.case.view.case.request.state is RequestState.DONE
    page.case.back_requested.emit()
    settled()
    assert page.model.rows == ()


def test_access_asks_for_files_and_then_for_a_second_person(
    desk, office, settled, prompts, tmp_path
):
    clerk, manager = office.session("clerk"), office.session("manager")
    request = assigned(clerk, manager, "D1", consenting(clerk, values=SPECIAL))
    prompts.path = tmp_path / "资料.pdf"
    page = desk("manager")
    page.show_request(request)
    settled()
    page.case.step._files()
    settled()
    assert prompts.path.read_bytes().startswith(b"%PDF")
    assert prompts.path.with_suffix(".json").exists()
    page.case.step.primary.click()
    settled()
    assert page.case.view.case.request.todo is Todo.CHECK
    assert page.case.step.primary is None  # not by the same person
    second = desk("reviewer")
    second.show_request(request)
    settled()
    second.case.step.primary.click()
    settled()
    assert request_of(clerk, request).checked_by == office.session("reviewer").staff.uid


@pytest.mark.parametrize(
    ("code", "fill"),
    [
        ("D4", lambda form: form.value.show_value(("water",))),
        ("D5", lambda form: form.scope.setCurrentIndex(0)),
        ("D6", lambda form: form.purposes.buttons()[1].click()),
        ("D9", lambda form: form.note.setText("看过记录，安排合适。好的。")),
        ("D11", lambda form: None),
    ],
)
def test_each_right_is_carried_out_from_its_form(
    desk, office, settled, prompts, tmp_path, code, fill
):
    clerk, manager = office.session("clerk"), office.session("manager")
    more = {"field": "repair_need"} if code == "D4" else {}
    request = assigned(clerk, manager, code, consenting(clerk, values=SPECIAL), **more)
    prompts.path = tmp_path / "更正.pdf"
    page = desk("manager")
    page.show_request(request)
    settled()
    fill(page.case.step.form)
    page.case.step.primary.click()
    settled()
    assert request_of(clerk, request).acted_by == manager.staff.uid
    if code == "D4":
        assert prompts.path.exists()


def test_nothing_is_erased_without_a_second_look(desk, office, settled, prompts):
    clerk, manager = office.session("clerk"), office.session("manager")
    request = assigned(clerk, manager, "D11", consenting(clerk, values=SPECIAL))
    prompts.confirms = False
    page = desk("manager")
    page.show_request(request)
    settled()
    page.case.step.primary.click()
    settled()
    assert request_of(clerk, request).todo is Todo.ACT


def test_a_refusal_needs_words_and_gives_its_letter(desk, office, settled, prompts, tmp_path):
    clerk, manager = office.session("clerk"), office.session("manager")
    request = assigned(clerk, manager, "D1", consenting(clerk))
    page = desk("manager")
    page.show_request(request)
    settled()
    page.case._ask_refusal()
    card = page.case.findChild(RefusalCard)
    card._refuse()
    settled()
    assert prompts.told
    page.case._ask_refusal()
    card = page.case.findChildren(RefusalCard)[-1]
    card.reason.setCurrentIndex(card.reason.findData("secrecy"))
    card.text.setPlainText("涉及保密，其他部分照办。")
    card._refuse()
    settled()
    assert request_of(clerk, request).state is RequestState.REFUSED
    prompts.path = tmp_path / "拒绝.pdf"
    page.case._papers.save(request, "D1", Paper.REFUSAL, page.case, page.case._saved)
    settled()
    assert prompts.path.exists()


def test_a_deadline_can_be_moved_with_a_reason(desk, office, settled):
    clerk, manager = office.session("clerk"), office.session("manager")
    request = assigned(clerk, manager, "D1", consenting(clerk))
    page = desk("manager")
    page.show_request(request)
    settled()
    page.case._ask_later()
    card = page.case.findChild(ExtensionCard)
    card.reason.setText("资料多")
    card._extend()
    settled()
    found = request_of(clerk, request)
    assert found.due == found.stop


def test_a_request_can_be_taken_back_and_another_way_be_asked_for(desk, office, settled, prompts):
    clerk = office.session("clerk")
    request = received(clerk, "D1")
    prompts.text = "可以回拨登记电话"
    page = desk()
    page.show_request(request)
    settled()
    page.case._ask_again()
    settled()
    assert request_of(clerk, request).state is RequestState.VERIFYING
    page.case._take_back()
    settled()
    assert request_of(clerk, request).state is RequestState.WITHDRAWN_BY_PERSON


def test_a_person_found_later_is_bound_from_the_case(desk, office, settled):
    clerk = office.session("clerk")
    request, person = received(clerk, "D1"), consenting(clerk)
    page = desk()
    page.show_request(request)
    settled()
    page.case.step.bound.emit(person)
    settled()
    assert request_of(clerk, request).person == person


def test_a_clerk_sees_the_case_and_cannot_carry_it_out(desk, office, settled):
    clerk, manager = office.session("clerk"), office.session("manager")
    request = assigned(clerk, manager, "D8", consenting(clerk))
    page = desk()
    page.show_request(request)
    settled()
    assert page.case.step.primary is None
    assert page.case.step.hindrance.text() == "已转主管办理，您这一步完成了。"
    assert not page.case.step.findChildren(QComboBox)


def test_the_receipt_of_a_new_request_is_saved_from_the_note_above_it(
    desk, settled, prompts, tmp_path
):
    prompts.path = tmp_path / "回执.pdf"
    page = desk()
    page.start_request(RightCode.ERASURE)
    settled()
    page.intake.who.setText("王小明")
    page.intake.unit.setText("3-2-501")
    page.intake.words.setText("删除旧电话")
    page.intake.save()
    settled()
    assert page.case.receipt.isVisibleTo(page.case.note)
    told = [one.text() for one in page.case.findChildren(QLabel)]
    assert any("删除旧电话" in one for one in told)  # the clerk reads what he entered himself
    page.case.receipt.findChildren(QPushButton)[0].click()
    settled()
    assert prompts.path.exists()
    assert page.case.receipt.isHidden()


def test_what_took_effect_at_once_is_told(desk, office, settled):
    clerk = office.session("clerk")
    person = consenting(clerk, values=SPECIAL)
    page = desk()
    page.start_request(RightCode.OBJECTION, person, "3-2-501 王*明")
    settled()
    page.intake.save()
    settled()
    assert "标准" in page.case.note.sentence


def test_the_poster_and_the_receipt_are_pdf_files(desk, office, settled, prompts, tmp_path):
    clerk = office.session("clerk")
    prompts.path = tmp_path / "海报.pdf"
    page = desk()
    page._save_poster()
    settled()
    assert prompts.path.read_bytes().startswith(b"%PDF")
    request = received(clerk, "D1")
    prompts.path = tmp_path / "回执.pdf"
    page.show_request(request)
    settled()
    page.case._papers.save(request, "D1", Paper.RECEIPT, page.case, page.case._saved)
    settled()
    assert prompts.path.read_bytes().startswith(b"%PDF")


def test_an_admin_sets_the_city_and_adds_days(desk, office, settled):
    page = desk("admin")
    page._toggle_settings()
    settled()
    page.settings.city.setCurrentIndex(page.settings.city.findData("hangzhou"))
    page.settings.target.setValue(10)
    page.settings._save()
    settled()
    page.settings.day.show_value("没有这天")
    page.settings._add_day()
    assert page.settings.note.sentence
    page.settings.day.line.setText("2026-03-03")
    page.settings._add_day()
    settled()
    with office.session("admin").store.reading() as work:
        assert work.requests.settings().city == "hangzhou"
        assert len(work.requests.days()) == 1
    page.settings._drop(date(2026, 3, 3))
    settled()
    page._toggle_settings()
    assert page.settings.isHidden()


def test_the_window_follows_a_withdrawal_received_here(desk, office, settled):
    clerk = office.session("clerk")
    person = consenting(clerk, values=SPECIAL)
    done = request_acts.receive(
        clerk,
        Intake(code=RightCode.WITHDRAWAL, person=person, purposes=(P2,), identity=Identity.KNOWN),
    )
    requests.assign(office.session("manager"), done.id, office.session("manager").staff.uid)
    request_acts.act(office.session("manager"), done.id, Order())
    page = desk("manager")
    page.show_request(done.id)
    settled()
    assert page.case.view.case.request.todo is Todo.ANSWER


def test_the_home_page_tells_what_is_late_and_leads_there(office, tasks, shown, settled, clock):
    clerk = office.session("clerk")
    request = received(clerk, "D1")
    clock.advance(days=24)
    banner = shown(RightsBanner(clerk, tasks))
    assert "1" in banner.sentence
    heard: list[int] = []
    banner.case_requested.connect(heard.append)
    banner.action.click()
    assert heard == [request]


def test_the_persons_page_leads_to_a_request_and_to_an_objection(
    office, tasks, prompts, shown, settled
):
    clerk = office.session("clerk")
    person = consenting(clerk, values=SPECIAL)
    page = shown(ResidentPage(clerk, tasks, prompts, person))
    heard = []
    page.request_requested.connect(lambda *asked: heard.append(asked[:2]))
    page.asker.click()
    page.tier.objection.click()
    assert heard == [(RightCode.ACCESS, person), (RightCode.OBJECTION, person)]
