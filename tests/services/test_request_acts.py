"""Each right from its request to its effect on the data."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from pmdesk.domain.acts import EVERYTHING, REQUEST_WORDS, EraseReason, Scope
from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.requests import Identity, Requester, RequestState, Todo
from pmdesk.domain.rights import RightCode
from pmdesk.errors import RefusedError
from pmdesk.services import residents
from pmdesk.services.case_words import Paper
from pmdesk.services.rights import dossier, request_acts, request_book, request_papers, requests
from pmdesk.services.rights.request_acts import Order
from pmdesk.services.rights.request_intake import Intake
from tests.offices import (
    P1,
    P2,
    P3,
    P7,
    PLATE,
    PLATE_NO,
    SPECIAL,
    answers,
    consenting,
    resident,
    tier,
)
from tests.services.desk import acted, assigned, received, request_of, with_files


def answers_of(session, person, purpose=P2):
    with session.store.reading() as work:
        found = work.answers.get(person, purpose)
    return dict(found.values) if found else {}


def letter_of(session, request, paper):
    """The whole text of a letter."""
    made = request_papers.letter(session, request, paper)
    return "\n".join(
        [made.title, made.number, made.opening, *map(" | ".join, made.rows), *made.closing]
    )


def test_access_hands_out_a_dossier_that_a_second_person_saw(clerk, manager, reviewer):
    person = consenting(clerk, values=SPECIAL)
    request = assigned(clerk, manager, "D1", person)
    with pytest.raises(RefusedError):  # nothing was made yet
        request_acts.act(manager, request, Order())
    bundle = request_papers.make_dossier(manager, request)
    request_acts.act(manager, request, Order())
    with pytest.raises(RefusedError):
        requests.answer(manager, request, "资料给了", "当面")
    with pytest.raises(RefusedError):
        requests.check(manager, request)
    requests.check(reviewer, request)
    requests.answer(manager, request, "资料给了", "当面")
    requests.close(manager, request)
    pdf, plain = (file.data for file in bundle.files)
    assert pdf.startswith(b"%PDF")
    assert dossier.checks(plain)
    assert request_of(clerk, request).state is RequestState.DONE


def test_a_copy_is_made_like_access(clerk, manager):
    person = consenting(clerk, values=SPECIAL)
    request, bundle = with_files(clerk, manager, "D2", person)
    assert request_of(clerk, request).todo is Todo.CHECK
    assert [file.ending for file in bundle.files] == ["pdf", "json"]


def test_a_transfer_takes_contract_and_consented_values_only(clerk, manager, office):
    person = consenting(clerk, values=SPECIAL)
    request = assigned(clerk, manager, "D3", person)
    bundle = request_papers.make_package(manager, request, "新服务中心")
    request_acts.act(manager, request, Order(recipient="新服务中心"))
    content = json.loads(bundle.files[0].data)
    fields = {one["field"] for one in content["values"]}
    assert {"person_name", "mobile", "repair_need"} <= fields
    assert not fields & {"emergency_contact", "emergency_phone", "tier", "service_plan"}
    assert content["to"] == "新服务中心"
    assert [row.recipient for row in _lists(manager)] == ["新服务中心"]
    assert office.sql("SELECT kind FROM record WHERE kind = 'disclosure'") == [("disclosure",)]


def _lists(session):
    with session.store.reading() as work:
        return work.export_lists.all()


def test_a_wrong_value_is_out_of_the_rules_at_once_and_then_corrected(clerk, manager):
    person = consenting(clerk, values=answers(repair_need=("waterproofing",)))
    assert tier(clerk, person) == "care"
    request = assigned(clerk, manager, "D4", person, field="repair_need")
    assert tier(clerk, person) == "standard"  # unknown while it is checked
    done = request_acts.act(manager, request, Order(value=("waterproofing", "water")))
    assert tier(clerk, person) != "standard"
    letter = request_papers.corrected(manager, request, done)
    assert letter.rows[1][1:] == (done.before, done.after)
    requests.answer(manager, request, "已更正", "当面")
    requests.close(manager, request)


def test_a_name_is_corrected_in_the_register_and_found_by_it(clerk, manager):
    person = resident(clerk)
    _request, done = acted(
        clerk, manager, "D4", person, field="person_name", order=Order(value="王晓明")
    )
    assert (done.before, done.after) == ("王小明", "王晓明")
    assert list(_found(clerk, "王晓明")) == [person]
    assert not _found(clerk, "王小明")


def _found(session, text):
    with session.store.reading() as work:
        return work.people.ids(ResidentQuery(text=text), today=session.clock.today())


def test_a_value_that_is_right_stays_with_the_persons_words_beside_it(clerk, manager):
    person = consenting(clerk, values=SPECIAL)
    request = assigned(clerk, manager, "D4", person, field="clean_need")
    done = request_acts.act(manager, request, Order(statement="我已经不需要了"))
    letter = request_papers.corrected(manager, request, done)
    assert "clean_need" in answers_of(clerk, person)
    assert letter.rows[1][1] == done.after


def test_a_value_of_the_wrong_kind_is_not_written(clerk, manager):
    person = consenting(clerk, values=SPECIAL)
    request = assigned(clerk, manager, "D4", person, field="clean_need")
    with pytest.raises(RefusedError):
        request_acts.act(manager, request, Order(value="gold"))
    assert request_of(clerk, request).todo is Todo.ACT


def test_one_purpose_is_erased_with_a_certificate_that_names_no_content(clerk, manager):
    person = consenting(clerk, values=SPECIAL)
    order = Order(scope=Scope(purpose=P2), erase_reason=EraseReason.PURPOSE_DONE)
    request, done = acted(clerk, manager, "D5", person, order=order)
    assert not answers_of(clerk, person)
    assert tier(clerk, person) is None
    text = letter_of(manager, request, Paper.CERTIFICATE)
    assert done.erasures[0].certificate in text
    assert "47(1)(1)" in text
    assert "waterproofing" not in text
    assert "王小明" not in text.replace("王小明：", "").replace("To 王小明", "")


def test_erasure_needs_a_scope_and_a_legal_reason(clerk, manager):
    request = assigned(clerk, manager, "D5", resident(clerk))
    for order in (Order(), Order(scope=EVERYTHING), Order(erase_reason=EraseReason.UNLAWFUL)):
        with pytest.raises(RefusedError):
            request_acts.act(manager, request, order)


def test_everything_but_the_running_contract_is_erased(clerk, manager):
    person = consenting(clerk, P2, P3, values=SPECIAL)
    order = Order(scope=EVERYTHING, erase_reason=EraseReason.OTHER_LAW)
    request, done = acted(clerk, manager, "D5", person, order=order, words="都删掉")
    went = {(line.scope.purpose, line.scope.field) for line in done.erasures}
    assert went == {(P2, ""), (P3, ""), (P1, REQUEST_WORDS)}
    assert request_of(clerk, request).words == ""
    assert list(_found(clerk, "王小明")) == [person]


def test_an_erased_person_is_found_nowhere(clerk, manager, office):
    person = consenting(clerk, values=SPECIAL, name="欧阳若兰", mobile="13912345678")
    _end_contract(manager, person)
    order = Order(scope=EVERYTHING, erase_reason=EraseReason.PERIOD_OVER)
    request, _done = acted(clerk, manager, "D5", person, order=order, words="欧阳若兰要求删除")
    assert not _found(clerk, "欧阳若兰")
    assert not _found(clerk, "13912345678")
    for value in ("欧阳若兰", "13912345678", "ouyang"):
        holding = {table for table, cell in office.cells() if value in cell}
        assert not holding - {"person_search_data"}  # its dead entries go with its next merge
    assert request_book.book(clerk)[0].said == ""
    text = letter_of(manager, request, Paper.CERTIFICATE)
    assert "欧阳" not in text


def _end_contract(session, person):
    with session.store.writing() as work:
        who = work.people.get(person)
        ended = session.clock.today() - timedelta(days=1)
        homes = tuple(replace(home, until=ended) for home in who.occupancies)
        work.people.save(
            person, who.name, who.mobile, homes, revision=who.revision, at=session.clock.now()
        )
        work.commit()


def test_a_restricted_purpose_is_kept_and_used_for_nothing(clerk, manager):
    person = consenting(clerk, values=SPECIAL)
    request, _done = acted(clerk, manager, "D6", person, order=Order(purposes=(P2,)))
    assert tier(clerk, person) is None
    assert answers_of(clerk, person)
    assert "服务需求分类" in letter_of(manager, request, Paper.RESTRICTION)


def test_restriction_needs_a_purpose(clerk, manager):
    request = assigned(clerk, manager, "D6", resident(clerk))
    with pytest.raises(RefusedError):
        request_acts.act(manager, request, Order())


def test_a_withdrawal_works_in_the_moment_it_is_received(clerk, manager):
    person = consenting(clerk, values=SPECIAL)
    done = request_acts.receive(
        clerk,
        Intake(code=RightCode.WITHDRAWAL, person=person, purposes=(P2,), identity=Identity.KNOWN),
    )
    assert len(done.done) == 1
    assert not answers_of(clerk, person)
    with clerk.store.reading() as work:
        assert P2 not in work.consents.live(person)
        assert work.consents.events(person)[0].decision == "withdrawn"
    requests.assign(manager, done.id, manager.staff.uid)
    request_acts.act(manager, done.id, Order())
    assert letter_of(manager, done.id, Paper.CONFIRMATION)


def test_a_withdrawal_by_somebody_unknown_waits_for_the_handler(clerk, manager):
    person = consenting(clerk, values=SPECIAL)
    request = received(clerk, "D7", person, purposes=(P2,))
    assert answers_of(clerk, person)
    requests.verify(clerk, request, Identity.CALLBACK)
    requests.assign(manager, request, manager.staff.uid)
    request_acts.act(manager, request, Order())
    assert not answers_of(clerk, person)


def test_the_rules_are_explained_with_inputs_and_what_would_change_it(clerk, manager):
    person = consenting(clerk, values=SPECIAL)
    request = assigned(clerk, manager, "D8", person)
    rows = request_papers.letter(manager, request, Paper.EXPLANATION).rows
    assert len(rows) >= 6
    stranger = assigned(clerk, manager, "D8", resident(clerk, name="李静"))
    assert len(request_papers.letter(manager, stranger, Paper.EXPLANATION).rows) == 2


def test_an_objection_gives_the_standard_at_once_and_a_person_decides(clerk, manager):
    person = consenting(clerk, values=SPECIAL)
    request = received(clerk, "D9", person)
    assert tier(clerk, person) in {None, "standard"}
    requests.verify(clerk, request, Identity.SEEN)
    requests.assign(manager, request, manager.staff.uid)
    with pytest.raises(RefusedError):
        request_acts.act(manager, request, Order(tier="care", note="好"))
    request_acts.act(manager, request, Order(tier="care", note="看过报修记录，防水确需跟进。"))
    assert tier(clerk, person) == "care"
    text = letter_of(manager, request, Paper.DECISION)
    assert "看过报修记录" in text
    assert manager.staff.name in text
    assert Paper.EXPLANATION in request_papers.offered(request_of(clerk, request))


def test_who_objects_without_a_live_consent_is_answered_all_the_same(clerk, manager):
    request, _done = acted(
        clerk, manager, "D9", resident(clerk), order=Order(note="没有同意分类，本来就按标准服务。")
    )
    assert letter_of(manager, request, Paper.DECISION)


def test_marketing_stops_at_once_and_stays_stopped(clerk, manager):
    person = consenting(clerk, P7, mobile="13800001234")
    request = received(clerk, "D10", person)
    with clerk.store.reading() as work:
        assert P7 not in work.consents.live(person)
        assert work.optouts.has("13800001234", today=clerk.clock.today())
    requests.verify(clerk, request, Identity.KNOWN)
    requests.assign(manager, request, manager.staff.uid)
    request_acts.act(manager, request, Order())
    assert letter_of(manager, request, Paper.CONFIRMATION)


def test_deactivation_leaves_the_contract_alone(clerk, manager):
    person = consenting(clerk, P2, P3, values=SPECIAL)
    request, done = acted(clerk, manager, "D11", person)
    went = {(line.scope.purpose, line.scope.field) for line in done.erasures}
    assert went == {(P2, ""), (P3, "")}
    assert list(_found(clerk, "王小明")) == [person]
    assert letter_of(manager, request, Paper.CERTIFICATE)


def test_kin_get_a_limited_dossier_after_the_wishes_were_checked(clerk, manager):
    person = consenting(clerk, values=SPECIAL)
    kin = {
        "requester": Requester.KIN,
        "requester_name": "王芸",
        "relation": "女儿",
        "identity": Identity.RELATION,
    }
    request = assigned(clerk, manager, "D12", person, **kin)
    bundle = request_papers.make_dossier(manager, request)
    with pytest.raises(RefusedError):
        request_acts.act(manager, request, Order(interest="办理过户"))
    request_acts.act(manager, request, Order(interest="办理过户", wishes_checked=True))
    tables = json.loads(bundle.files[1].data)["content"]["tables"]
    assert set(tables) <= {"person", "occupancy", "answers_p1", "archive", "erasure"}


def test_a_guardians_request_comes_first_and_exercises_the_right_asked_for(clerk, manager):
    person = consenting(clerk, values=SPECIAL)
    received(clerk, "D1", resident(clerk, name="李静"))
    guardian = {
        "requester": Requester.GUARDIAN,
        "requester_name": "王建国",
        "relation": "父亲",
        "identity": Identity.RELATION,
        "inner": RightCode.ERASURE,
    }
    request = assigned(clerk, manager, "D13", person, **guardian)
    assert request_book.book(clerk)[0].request.id == request
    order = Order(scope=Scope(purpose=P2), erase_reason=EraseReason.UNLAWFUL)
    request_acts.act(manager, request, order)
    assert not answers_of(clerk, person)
    assert letter_of(manager, request, Paper.CERTIFICATE)


def test_a_complaint_is_answered_in_writing_by_somebody_else(clerk, manager, manager2):
    request = received(clerk, "D14", resident(clerk), target=manager.staff.uid)
    requests.verify(clerk, request, Identity.KNOWN)
    requests.assign(manager2, request, manager2.staff.uid)
    with pytest.raises(RefusedError):
        request_acts.act(manager2, request, Order())
    request_acts.act(manager2, request, Order(note="查了访问记录"))
    requests.answer(manager2, request, "查实没有泄露。", "书面")
    assert "查实没有泄露。" in letter_of(manager2, request, Paper.REPLY)


def test_an_agent_sees_no_sensitive_value(clerk, manager):
    person = consenting(clerk, PLATE)
    residents.seal_value(clerk, person, PLATE, PLATE_NO, "苏A12345")
    agent = {
        "requester": Requester.AGENT,
        "requester_name": "李强",
        "relation": "受托人",
        "identity": Identity.LETTER,
        "note": "回拨本人，只办复制",
        "inner": RightCode.COPY,
    }
    request = assigned(clerk, manager, "D15", person, **agent)
    plain = request_papers.make_dossier(manager, request).files[1].data.decode()
    assert "苏A12345" not in plain
    own = assigned(clerk, manager, "D2", person)
    assert "苏A12345" in request_papers.make_dossier(manager, own).files[1].data.decode()


@pytest.mark.parametrize("code", ["D1", "D3", "D5", "D6", "D11"])
def test_nothing_is_done_for_a_person_who_was_not_found(clerk, manager, code):
    request = assigned(clerk, manager, code)
    order = Order(
        scope=EVERYTHING,
        erase_reason=EraseReason.UNLAWFUL,
        purposes=(P2,),
        recipient="某单位",
    )
    with pytest.raises(RefusedError):
        request_acts.act(manager, request, order)
