"""The rights desk: receive, verify, assign, extend, answer, close, refuse."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pmdesk.domain.deadlines import Alarm
from pmdesk.domain.ports.requests import DeskSettings, OfficeDay
from pmdesk.domain.requests import Identity, Requester, RequestState, Todo
from pmdesk.domain.rights import Reason, RightCode
from pmdesk.errors import ConflictError, NotFoundError, PmdeskError, RefusedError
from pmdesk.services.rights import request_acts, request_book, requests
from pmdesk.services.rights.request_intake import Intake, problems
from tests.offices import P2, resident
from tests.services.desk import acted, assigned, intake, received, request_of, steps_of


def keys(found):
    return {problem.key for problem in found}


def test_name_and_room_are_enough_and_verification_comes_later(clerk):
    request = received(clerk, "D1")
    found = request_of(clerk, request)
    assert (found.state, found.todo, found.number) == (
        RequestState.RECEIVED,
        Todo.VERIFY,
        "D20260302-0001",
    )
    assert request_book.book(clerk)[0].said == "3-2-501 王*明"


def test_a_request_by_a_resident_keeps_no_second_copy_of_the_name(clerk):
    person = resident(clerk)
    request = received(clerk, "D1", person, who="王小明", unit="3-2-501")
    found = request_of(clerk, request)
    assert (found.who, found.unit) == ("", "")
    assert request_book.of_person(clerk, person)[0].said == "3-2-501 王*明"


@pytest.mark.parametrize(
    ("entry", "key"),
    [
        (Intake(code=RightCode.ACCESS, who="王小明"), "who"),
        (intake("D1", requester=Requester.KIN), "requester_name"),
        (intake("D12"), "requester"),
        (intake("D15", requester=Requester.AGENT, requester_name="李", relation="侄"), "inner"),
        (intake("D1", inner=RightCode.COPY), "inner"),
        (intake("D7"), "purposes"),
        (intake("D14", target="nobody"), "target"),
        (intake("D1", words="字" * 501), "words"),
        (intake("D1", words="证件 11010119900307803X"), "words"),
    ],
)
def test_what_is_missing_or_must_not_be_collected_is_told(entry, key, clerk):
    assert key in keys(problems(entry))
    with pytest.raises(RefusedError):
        request_acts.receive(clerk, entry)


def test_identity_is_noted_as_seen_and_work_begins(clerk):
    request = received(clerk, "D1", resident(clerk))
    requests.verify(clerk, request, Identity.CALLBACK)
    found = request_of(clerk, request)
    assert (found.state, found.identity) == (RequestState.IN_PROGRESS, Identity.CALLBACK)
    assert steps_of(clerk, request) == ["received", "identified"]


@pytest.mark.parametrize(
    ("requester", "identity"),
    [(Requester.KIN, Identity.KNOWN), (Requester.AGENT, Identity.SEEN)],
)
def test_who_asks_for_another_shows_the_proof_of_that(clerk, requester, identity):
    request = received(
        clerk, "D1", resident(clerk), requester=requester, requester_name="李", relation="女儿"
    )
    with pytest.raises(RefusedError):
        requests.verify(clerk, request, identity, "回拨过本人")


def test_an_agent_counts_only_after_the_person_was_called_back(clerk):
    request = received(
        clerk,
        "D15",
        resident(clerk),
        requester=Requester.AGENT,
        requester_name="李强",
        relation="受托人",
        inner=RightCode.COPY,
    )
    with pytest.raises(RefusedError):
        requests.verify(clerk, request, Identity.LETTER)
    requests.verify(clerk, request, Identity.LETTER, "回拨本人，只办复制")
    assert request_of(clerk, request).state is RequestState.IN_PROGRESS


def test_a_person_found_later_is_bound_to_the_request(clerk):
    request, person = received(clerk, "D1"), resident(clerk)
    requests.bind(clerk, request, person)
    found = request_of(clerk, request)
    assert (found.person, found.who) == (person, "")


def test_only_the_assigned_colleague_or_an_admin_goes_on(clerk, manager, manager2, admin):
    request = assigned(clerk, manager, "D8", resident(clerk))
    with pytest.raises(RefusedError):
        request_acts.act(manager2, request, request_acts.Order(note="讲清楚了"))
    with pytest.raises(RefusedError):
        requests.assign(clerk, request, clerk.staff.uid)
    with pytest.raises(RefusedError):
        requests.assign(manager, request, clerk.staff.uid)
    request_acts.act(admin, request, request_acts.Order(note="讲清楚了"))


def test_nobody_handles_a_complaint_about_himself(clerk, manager, manager2, office):
    request = received(clerk, "D14", resident(clerk), target=manager.staff.uid)
    requests.verify(clerk, request, Identity.KNOWN)
    with pytest.raises(RefusedError):
        requests.assign(manager2, request, manager.staff.uid)
    view = request_book.case(manager2, request)
    assert manager.staff.uid not in {one.uid for one in view.colleagues}
    requests.assign(manager2, request, manager2.staff.uid)
    with pytest.raises(PmdeskError), manager2.store.writing() as work:
        work.requests.save(replace(request_of(manager2, request), handler=manager.staff.uid))


def test_an_answered_request_is_closed_with_the_hash_of_its_answer(clerk, manager):
    request, _done = acted(clerk, manager, "D8", resident(clerk))
    with pytest.raises(RefusedError):
        requests.close(manager, request)
    requests.answer(manager, request, "规则已讲明。", "当面")
    requests.close(manager, request)
    found = request_of(manager, request)
    assert (found.state, found.closed_on) == (RequestState.DONE, date(2026, 3, 2))
    assert steps_of(manager, request)[-2:] == ["answered", "closed"]
    for late in (
        lambda: requests.assign(manager, request, manager.staff.uid),
        lambda: requests.withdraw(clerk, request),
        lambda: requests.answer(manager, request, "再答", "当面"),
    ):
        with pytest.raises(RefusedError):
            late()


def test_nothing_is_answered_before_it_was_done(clerk, manager):
    request = assigned(clerk, manager, "D8", resident(clerk))
    with pytest.raises(RefusedError):
        requests.answer(manager, request, "好了", "当面")


def test_a_part_may_be_done_first(clerk, manager):
    request, _done = acted(clerk, manager, "D8", resident(clerk))
    requests.part(manager, request, "先讲了分类")
    assert request_of(manager, request).state is RequestState.PARTLY_DONE
    requests.answer(manager, request, "都讲了", "当面")
    requests.close(manager, request)
    assert request_of(manager, request).state is RequestState.DONE


@pytest.mark.parametrize("text", ["", "   "])
def test_a_refusal_without_reason_in_words_is_not_closed(clerk, manager, text):
    request = assigned(clerk, manager, "D1", resident(clerk))
    with pytest.raises(RefusedError) as told:
        requests.refuse(manager, request, Reason.SECRECY, text)
    assert told.value.code == "E_REFUSAL_REASON"
    assert request_of(manager, request).is_open


@pytest.mark.parametrize("code", ["D8", "D9", "D10", "D14"])
def test_some_rights_cannot_be_refused_at_all(clerk, manager, code):
    request = assigned(clerk, manager, code, resident(clerk))
    for reason in Reason:
        with pytest.raises(RefusedError):
            requests.refuse(manager, request, reason, "不办")


def test_another_way_is_asked_for_before_identity_is_a_reason(clerk, manager):
    request = received(clerk, "D1", resident(clerk))
    requests.assign(manager, request, manager.staff.uid)
    with pytest.raises(RefusedError):
        requests.refuse(manager, request, Reason.IDENTITY, "认不出")
    requests.ask_again(clerk, request, "可以请本人回拨登记电话")
    requests.ask_again(clerk, request, "也可以带身份证来看一眼")
    requests.refuse(manager, request, Reason.IDENTITY, "两种方式都没有确认")
    found = request_of(manager, request)
    assert (found.state, found.reason) == (RequestState.REFUSED, Reason.IDENTITY)


def test_the_file_itself_refuses_a_refusal_without_words(clerk, office):
    request = received(clerk, "D1", resident(clerk))
    for change in ("state = 'refused', closed_on = '2026-03-02'", "closed_on = '2026-03-02'"):
        with pytest.raises(Exception, match="constraint"):
            office.sql(f"UPDATE rights_request SET {change} WHERE id = {int(request)}")


def test_a_deadline_moves_with_a_reason_and_never_past_the_hard_stop(clerk, manager):
    request = assigned(clerk, manager, "D1", resident(clerk))
    found = request_of(clerk, request)
    with pytest.raises(RefusedError):
        requests.extend(manager, request, found.stop, " ")
    with pytest.raises(RefusedError):
        requests.extend(manager, request, found.stop + timedelta(days=1), "资料多")
    requests.extend(manager, request, found.stop, "资料多")
    assert request_of(clerk, request).due == found.stop
    assert "extended" in steps_of(clerk, request)


def test_the_book_counts_days_and_tells_what_is_late(clerk, manager, clock):
    near, late = received(clerk, "D1"), received(clerk, "D7", resident(clerk), purposes=(P2,))
    clock.advance(days=1)
    with manager.store.reading() as work:
        told = request_book.waiting(manager, work)
    assert (told.open, told.overdue) == (2, 1)
    assert told.nearest is not None
    assert told.nearest.request.id == late
    clock.advance(days=13)
    alarms = {row.request.id: row.alarm for row in request_book.book(clerk)}
    assert alarms[near] is Alarm.SOON
    clock.advance(days=30)
    assert {row.alarm for row in request_book.book(clerk)} == {Alarm.STOPPED}


def test_the_city_and_the_offices_own_days_count(clerk, admin):
    with admin.store.writing() as work:
        work.requests.configure(DeskSettings(city="hangzhou", target=10))
        work.requests.put_day(OfficeDay(day=date(2026, 3, 3), working=False, note="停电"))
        work.commit()
    complaint, access = received(clerk, "D14"), received(clerk, "D1")
    assert request_of(clerk, complaint).due == date(2026, 3, 12)
    assert request_of(clerk, access).due == date(2026, 3, 17)


def test_a_year_without_official_holidays_is_named(clerk, clock):
    clock.advance(days=295)
    view = request_book.case(clerk, received(clerk, "D1"))
    assert view.unknown_years == (2027,)


def test_a_request_that_is_taken_back_is_over(clerk):
    request = received(clerk, "D1", resident(clerk))
    requests.withdraw(clerk, request, "不用了")
    assert request_of(clerk, request).state is RequestState.WITHDRAWN_BY_PERSON


def test_the_timeline_and_a_closed_case_stand(clerk, manager, office):
    request, _done = acted(clerk, manager, "D8", resident(clerk))
    requests.answer(manager, request, "讲明了", "当面")
    requests.close(manager, request)
    for statement in (
        "UPDATE request_step SET note = 'x'",
        "DELETE FROM request_step",
        "DELETE FROM rights_request",
        "UPDATE rights_request SET answer = 'x'",
    ):
        with pytest.raises(Exception, match=r"kept|grows|stands"):
            office.sql(statement)


def test_three_years_after_closing_the_case_goes_with_its_timeline(clerk, manager, office, clock):
    old, _done = acted(clerk, manager, "D8", resident(clerk))
    requests.answer(manager, old, "讲明了", "当面")
    requests.close(manager, old)
    still = received(clerk, "D1", resident(clerk, name="李静"))
    clock.advance(days=3 * 366)
    with manager.store.writing() as work:
        work.sweeps.advance(clock.today(), at=clock.now())
        assert requests.expire(manager, work) == 1
        work.commit()
    with pytest.raises(NotFoundError):
        request_book.case(clerk, old)
    assert request_book.case(clerk, still).case.request.id == still
    assert office.sql("SELECT count(*) FROM request_step WHERE request = :id", id=int(old)) == [
        (0,)
    ]


def test_numbers_of_a_day_never_repeat(clerk, clock):
    first = [request_of(clerk, received(clerk, "D1")).number for _again in range(2)]
    clock.advance(days=1)
    assert first == ["D20260302-0001", "D20260302-0002"]
    assert request_of(clerk, received(clerk, "D1")).number == "D20260303-0001"


def test_each_step_is_in_the_log_without_names(clerk, manager, office):
    with office.logged() as entries:
        request, _done = acted(clerk, manager, "D8", resident(clerk), words="王小明要听规则")
    acts = [act for act, target, _fields in entries if target == f"request:{request}"]
    assert acts == ["request.receive", "request.identify", "request.assign", "request.act"]
    assert not any("王小明".encode() in body for body in office.bodies())


def test_two_editors_of_one_case_do_not_lose_a_step(clerk, manager):
    request = assigned(clerk, manager, "D8", resident(clerk))
    request_acts.act(manager, request, request_acts.Order(note="讲了"))
    with pytest.raises((RefusedError, ConflictError)):
        request_acts.act(manager, request, request_acts.Order(note="又讲"))
