"""The papers of a case: when each is offered, what it says, and what it leaves out."""

import pytest

from pmdesk.domain.acts import EVERYTHING, EraseReason, Scope
from pmdesk.domain.ports.requests import DeskSettings
from pmdesk.domain.requests import Identity, Requester
from pmdesk.domain.rights import Reason, RightCode
from pmdesk.errors import NotFoundError, RefusedError
from pmdesk.services.case_words import Paper
from pmdesk.services.paper.letter import letter_pdf
from pmdesk.services.rights import request_acts, request_papers, requests, requests_poster
from pmdesk.services.rights.request_acts import Order
from tests.offices import P2, P3, SPECIAL, consenting, resident
from tests.pdf import text_of
from tests.services.desk import acted, assigned, received, request_of


def text_of_letter(letter):
    """Everything that stands on the paper."""
    cells = [" ".join(row) for row in letter.rows]
    return "\n".join([letter.title, letter.number, letter.opening, *cells, *letter.closing])


def offered(session, request):
    return set(request_papers.offered(request_of(session, request)))


def test_the_receipt_is_there_at_once_with_number_days_and_no_copy_of_papers(clerk):
    request = received(clerk, "D1", resident(clerk))
    assert offered(clerk, request) == {Paper.RECEIPT}
    found = request_of(clerk, request)
    text = text_of_letter(request_papers.letter(clerk, request, Paper.RECEIPT))
    for words in (
        found.number,
        found.due.isoformat(),
        found.stop.isoformat(),
        "王小明",
        "个人信息保护法 45",
    ):
        assert words in text
    with clerk.store.reading() as work:
        assert work.requests.steps(request)[-1].note == Paper.RECEIPT


def test_the_receipt_of_kin_says_who_asks(clerk):
    kin = {"requester": Requester.KIN, "requester_name": "王芸", "relation": "女儿"}
    letter = request_papers.letter(clerk, received(clerk, "D12", **kin), Paper.RECEIPT)
    assert "王芸" in letter.opening
    assert any("女儿" in row[1] for row in letter.rows)


def test_a_refusal_letter_has_each_part_that_the_law_wants(clerk, manager):
    request = assigned(clerk, manager, "D1", resident(clerk))
    with pytest.raises(NotFoundError):
        request_papers.letter(manager, request, Paper.REFUSAL)
    requests.refuse(manager, request, Reason.SECRECY, "涉密部分不给，其余照办。")
    rows = request_papers.letter(manager, request, Paper.REFUSAL).rows[1:]
    assert all(cell.strip() for row in rows for cell in row)
    text = "\n".join(row[1] for row in rows)
    for words in ("查阅", "第十八条", "其余照办", "12345", "0000-12329", "50 (2)"):
        assert words in text


@pytest.mark.parametrize("paper", [Paper.DOSSIER, Paper.CERTIFICATE, Paper.REPLY])
def test_what_a_case_cannot_give_out_yet_is_not_made(clerk, paper):
    with pytest.raises(NotFoundError):
        request_papers.letter(clerk, received(clerk, "D1", resident(clerk)), paper)


def test_files_are_made_only_when_it_is_clear_who_asks_and_about_whom(clerk, manager):
    early = received(clerk, "D1", resident(clerk))
    other = assigned(clerk, manager, "D8", resident(clerk, name="李静"))
    nobody = assigned(clerk, manager, "D1")
    for request in (early, other, nobody):
        with pytest.raises(RefusedError):
            request_papers.make_dossier(manager, request)


def test_a_withdrawal_is_confirmed_by_the_name_of_its_purpose(clerk, manager):
    person = consenting(clerk, values=SPECIAL)
    request, _done = acted(clerk, manager, "D7", person, purposes=(P2,))
    assert Paper.CONFIRMATION in offered(clerk, request)
    letter = request_papers.letter(manager, request, Paper.CONFIRMATION)
    assert [row[0] for row in letter.rows[1:]] != []
    assert "withdrawn, values erased" in letter.rows[1][0]


def test_a_certificate_names_scope_reason_method_and_what_is_still_held(clerk, manager):
    person = consenting(clerk, P2, P3, values=SPECIAL)
    order = Order(scope=Scope(purpose=P3), erase_reason=EraseReason.PURPOSE_DONE)
    request, done = acted(clerk, manager, "D5", person, order=order)
    text = text_of_letter(request_papers.letter(manager, request, Paper.CERTIFICATE))
    assert done.erasures[0].certificate in text
    assert "values are still held" in text  # of P2, with a live consent


def test_a_certificate_of_everything_says_that_contract_data_stay(clerk, manager):
    person = consenting(clerk, values=SPECIAL)
    order = Order(scope=EVERYTHING, erase_reason=EraseReason.OTHER_LAW)
    request, _done = acted(clerk, manager, "D5", person, order=order)
    text = text_of_letter(request_papers.letter(manager, request, Paper.CERTIFICATE))
    assert "Contract data stay while the contract runs" in text


def test_a_decision_that_keeps_the_result_of_the_rules_says_so(clerk, manager):
    person = consenting(clerk, values=SPECIAL)
    order = Order(tier=None, note="核对过记录，规则结果合适。")
    request, _done = acted(clerk, manager, "D9", person, order=order)
    letter = request_papers.letter(manager, request, Paper.DECISION)
    rows = {name: said for name, *said in letter.rows}
    assert rows["Tier decided"] == ["the result of the rules stands"]
    assert rows["Decided by"] == ["李静"]


def test_a_corrected_value_is_told_before_and_after_and_a_kept_one_with_the_words(clerk, manager):
    person = consenting(clerk, values=SPECIAL)
    right = assigned(clerk, manager, "D4", person, field="clean_need")
    kept = request_acts.act(manager, right, Order(statement="我已经不需要了"))
    letter = request_papers.corrected(manager, right, kept)
    assert "statement" in letter.rows[0][1]
    wrong = assigned(clerk, manager, "D4", person, field="repair_need")
    done = request_acts.act(manager, wrong, Order(value=("water",)))
    letter = request_papers.corrected(manager, wrong, done)
    assert letter.rows[1] == (done.field, done.before, done.after)
    assert Paper.CORRECTION not in offered(clerk, wrong)  # later nobody knows the value before


def test_an_answer_in_words_is_on_paper_with_where_to_complain(clerk, manager):
    request, _done = acted(clerk, manager, "D14", resident(clerk))
    requests.answer(manager, request, "已查实并改正。", "书面")
    letter = request_papers.letter(manager, request, Paper.REPLY)
    assert "已查实并改正。" in letter.opening
    assert "12345" in letter.closing[0]


def test_a_reply_before_the_answer_tells_what_is_done(clerk, manager):
    request, _done = acted(clerk, manager, "D14", resident(clerk))
    letter = request_papers.letter(manager, request, Paper.REPLY)
    assert letter.opening.strip()


def test_the_explanation_of_a_human_decision_says_that_people_decided(clerk, manager):
    person = consenting(clerk, values=SPECIAL)
    request = assigned(clerk, manager, "D9", person)
    request_acts.act(manager, request, Order(tier="care", note="看过报修记录，防水确需跟进。"))
    rows = request_papers.letter(manager, request, Paper.EXPLANATION).rows
    assert ("Decided by", "people: you objected to the program's result") in rows


def test_guardians_get_the_paper_of_the_right_they_exercise(clerk, manager):
    person = consenting(clerk, values=SPECIAL)
    guardian = {
        "requester": Requester.GUARDIAN,
        "requester_name": "王建国",
        "relation": "父亲",
        "identity": Identity.RELATION,
        "inner": RightCode.RESTRICTION,
    }
    request = assigned(clerk, manager, "D13", person, **guardian)
    request_acts.act(manager, request, Order(purposes=(P2,)))
    assert request_papers.letter(manager, request, Paper.RESTRICTION).rows[1][1]


@pytest.mark.parametrize("city", ["default", "hangzhou"])
def test_the_poster_names_every_right_the_office_and_the_duties_of_the_city(admin, clerk, city):
    with admin.store.writing() as work:
        work.requests.configure(DeskSettings(city=city, target=15))
        work.commit()
    text = "".join(text_of(requests_poster.poster_pdf(clerk))).replace(" ", "").replace("\n", "")
    assert len(requests_poster.plain_rights()) == len(RightCode) - 1
    for words in (*requests_poster.plain_rights(), "0000-12345678", "12345"):
        assert words.replace(" ", "") in text
    assert ("生物识别" in text) == (city == "hangzhou")


def test_each_letter_becomes_a_sheet_with_or_without_a_table(clerk, manager):
    person = consenting(clerk, values=SPECIAL)
    request, _done = acted(clerk, manager, "D7", person, purposes=(P2,))
    requests.answer(manager, request, "当场撤回，已经删除。", "当面")
    assert {Paper.CONFIRMATION, Paper.REPLY} <= offered(clerk, request)
    for paper in (Paper.CONFIRMATION, Paper.REPLY, Paper.RECEIPT):
        letter = request_papers.letter(manager, request, paper)
        text = "".join(text_of(letter_pdf(letter))).replace(" ", "").replace("\n", "")
        for words in (letter.title, letter.number, *letter.closing):
            assert words.replace(" ", "") in text
