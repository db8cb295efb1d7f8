"""Requests: legal moves, what is next, and the rights as data."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pmdesk.domain.people import PersonId
from pmdesk.domain.requests import (
    CLOSED,
    MOVES,
    Case,
    Identity,
    Request,
    RequestChannel,
    Requester,
    RequestId,
    RequestState,
    Step,
    StepCode,
    Todo,
    in_order,
)
from pmdesk.domain.rights import INNER, REASONS, RIGHTS, Need, RightCode

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
NEW = Request(
    id=RequestId(1),
    number="D20260302-0001",
    code=RightCode.ACCESS,
    inner=None,
    channel=RequestChannel.ORAL,
    state=RequestState.RECEIVED,
    received_at=AT,
    received_by="c",
    person=PersonId(1),
    who="",
    unit="",
    requester=Requester.SELF,
    requester_name="",
    relation="",
    words="",
    purposes=(),
    field="",
    target="",
    identity=None,
    handler="",
    acted_by="",
    checked_by="",
    warn=date(2026, 3, 16),
    due=date(2026, 3, 23),
    stop=date(2026, 4, 1),
    answer="",
    answered_by="",
    delivered_how="",
    reason=None,
    reason_text="",
)


def test_all_fifteen_rights_are_there_with_article_and_output():
    assert [right.code.value for right in RIGHTS.values()] == [f"D{n}" for n in range(1, 16)]
    for right in RIGHTS.values():
        for words in (right.title, right.article, right.plain, right.done, right.limits):
            assert words.zh
            assert words.en
        assert set(right.reasons) <= set(REASONS)


@pytest.mark.parametrize("code", ["D7", "D8", "D9", "D10", "D14"])
def test_what_the_law_grants_to_everybody_knows_no_reason_to_refuse(code):
    assert RIGHTS[RightCode(code)].reasons == ()


def test_somebody_elses_rights_name_the_right_they_are_about():
    speaking = {code for code, right in RIGHTS.items() if Need.INNER in right.needs}
    assert speaking == {RightCode.MINOR, RightCode.AGENT}
    assert not speaking & set(INNER)


def test_a_closed_request_moves_nowhere_and_every_open_one_can_end():
    assert {"done", "refused", "withdrawn_by_person"} == CLOSED
    for state in set(RequestState) - CLOSED:
        assert MOVES[state]
    assert not NEW.may_move(RequestState.REFUSED)
    assert not NEW.may_move(RequestState.DONE)
    assert NEW.may_move(RequestState.VERIFYING)


def test_a_case_asks_for_one_thing_at_a_time():
    known = replace(NEW, identity=Identity.SEEN, state=RequestState.IN_PROGRESS)
    steps = [
        NEW,
        known,
        known := replace(known, handler="m"),
        known := replace(known, acted_by="m"),
        known := replace(known, checked_by="r"),
        known := replace(known, delivered_how="当面"),
        replace(known, state=RequestState.DONE),
    ]
    assert [one.todo for one in steps] == [
        Todo.VERIFY,
        Todo.ASSIGN,
        Todo.ACT,
        Todo.CHECK,
        Todo.ANSWER,
        Todo.CLOSE,
        Todo.NOTHING,
    ]


def test_without_other_peoples_data_nobody_has_to_look_twice():
    acted = replace(
        NEW,
        code=RightCode.CORRECTION,
        identity=Identity.SEEN,
        state=RequestState.IN_PROGRESS,
        handler="m",
        acted_by="m",
    )
    assert acted.todo is Todo.ANSWER


def test_an_agents_copy_is_checked_like_any_copy():
    agent = replace(NEW, code=RightCode.AGENT, inner=RightCode.COPY, requester=Requester.AGENT)
    assert agent.asked is RightCode.COPY
    assert agent.checks


def test_minors_come_first_then_the_nearest_day_and_closed_ones_last():
    minor = replace(NEW, id=RequestId(3), code=RightCode.MINOR, due=date(2026, 3, 30))
    near = replace(NEW, id=RequestId(2), due=date(2026, 3, 10))
    done = replace(NEW, id=RequestId(4), state=RequestState.DONE, due=date(2026, 3, 1))
    assert in_order((done, NEW, near, minor)) == (minor, near, NEW, done)


def test_a_case_knows_the_steps_that_were_taken():
    case = Case(request=NEW, steps=(Step(code=StepCode.RECEIVED, at=AT, by="c"),))
    assert case.has(StepCode.RECEIVED)
    assert not case.has(StepCode.ASKED_AGAIN)
