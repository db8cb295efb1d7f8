"""By when somebody takes care is said by the plan; who is next never follows from it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmdesk.assets import asset
from pmdesk.domain.orders.kinds import Service, Urgency
from pmdesk.domain.orders.moving import Terms
from pmdesk.domain.orders.order import Move
from pmdesk.domain.orders.plan_draft import Line, PlanCell, drafted
from pmdesk.domain.orders.plan_reading import Aspect
from pmdesk.domain.ports.orders import OrderQuery
from pmdesk.errors import DeniedError
from pmdesk.i18n import install
from pmdesk.services import person_acts
from pmdesk.services.orders import book, floor, moving, reading
from pmdesk.services.plans import desk
from tests.offices import P1, P2, SPECIAL, consenting, resident, tier
from tests.services.orders.asked import asked, complaint, moved, public, registered


@pytest.fixture(autouse=True)
def _chinese():
    install("zh_CN", asset("locale"))


@pytest.fixture
def planned(manager):
    """Whoever is in the tier “care” is answered within four hours; the contract says 24."""
    promise(manager, "care", "repair", "4")


@pytest.fixture
def cared(clerk, planned):
    """A resident of that tier."""
    person = consenting(clerk, values=SPECIAL)
    assert tier(clerk, person) == "care"
    return person


def promise(session, code, service, hours, reason=""):
    newest = floor.versions(session)[0]
    cell = PlanCell(code, Line(Aspect.RESPOND, service))
    desk.publish(session, drafted(newest).entered(cell, hours), newest, reason)


def answer(session, order):
    return book.detail(session, order).answer


# ---- by when -----------------------------------------------------------------------------------


def test_the_plan_of_the_tier_says_by_when_somebody_takes_care(clerk, cared):
    assert answer(clerk, registered(clerk, asked(person=cared))) == (
        "应在 13:00 前有人接手（服务方案：关怀，4 小时）"
    )
    other = registered(clerk, asked(person=cared, kind="other", service=Service.OTHER))
    assert answer(clerk, other) == "应在 2026-03-03 09:00 前有人接手（合同，24 小时）"


def test_everybody_else_is_answered_by_the_contract(clerk, cared):
    neighbour = resident(clerk, name="李芳", room="4-1-101")
    words = "应在 2026-03-03 09:00 前有人接手（合同，24 小时）"
    for intake in (asked(person=neighbour), asked(), public()):
        assert answer(clerk, registered(clerk, intake)) == words
    guard = registered(clerk, public(service=Service.SECURITY, kind="patrol", words="门岗没人"))
    assert answer(clerk, guard) == "应在 10:00 前有人接手（合同，1 小时）"


def test_what_was_promised_on_the_day_holds_whatever_comes_later(clerk, manager, clock, cared):
    order = registered(clerk, asked(person=cared))
    clock.advance(days=1)
    promise(manager, "care", "repair", "12", "业主大会第 3 号决议")
    person_acts.object_to_tier(clerk, cared)

    assert answer(clerk, order) == (
        "应在 2026-03-02 13:00 前有人接手（服务方案：关怀，4 小时），已过时"
    )
    later = registered(clerk, asked(person=cared))
    assert answer(clerk, later).endswith("（合同，24 小时）")


def test_a_tier_is_gone_with_its_consent(clerk, cared):
    order = registered(clerk, asked(person=cared))
    person_acts.restrict(clerk, cared, P2)
    assert "合同" in answer(clerk, registered(clerk, asked(person=cared)))
    assert "合同" in answer(clerk, order)


@pytest.mark.parametrize("purpose", [P1, P2])
def test_what_is_frozen_promises_nothing_sooner(clerk, cared, purpose):
    order = registered(clerk, asked(person=cared))
    person_acts.restrict(clerk, cared, purpose)

    assert answer(clerk, order).endswith("（合同，24 小时）")


# ---- answered ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("waits", "words"),
    [
        ({"minutes": 38}, "38 分钟后有人接手"),
        ({"seconds": 5}, "1 分钟后有人接手"),
        ({"hours": 4}, "4 小时后有人接手"),
        ({"hours": 4, "minutes": 1}, "4 小时 1 分钟后有人接手，晚于承诺（服务方案：关怀，4 小时）"),
        ({"days": 3, "hours": 2}, "3 天后有人接手，晚于承诺（服务方案：关怀，4 小时）"),
    ],
)
def test_who_is_given_it_answers(clerk, clock, cared, waits, words):
    order = registered(clerk, asked(person=cared))
    clock.advance(**waits)
    moved(clerk, order, Move.ASSIGN)
    clock.advance(days=9)
    moved(clerk, order, Move.START, Move.FINISH)

    assert answer(clerk, order) == words


def test_a_call_back_answers_and_what_was_taken_back_does_not(clerk, clock, cared):
    order = registered(clerk, asked(person=cared))
    done, _changes = moving.step_on(clerk, order, Move.ASSIGN, Terms(assignee="李师傅"))
    assert "有人接手" in answer(clerk, order)
    moving.take_back(clerk, done)
    assert answer(clerk, order).startswith("应在")

    moving.urge(clerk, order, "再催一次")
    assert answer(clerk, order).startswith("应在")
    clock.advance(minutes=20)
    moving.call_back(clerk, order, "约好下午去")
    assert answer(clerk, order) == "20 分钟后有人接手"


def test_what_is_cancelled_needs_no_answer(clerk):
    order = registered(clerk, asked())
    moved(clerk, order, Move.CANCEL)
    assert answer(clerk, order) == ""


def test_a_complaint_says_it_without_telling_whose_it_is(clerk, manager, cared):
    promise(manager, "care", "complaint", "2")
    neighbour = resident(clerk, name="李芳", room="4-1-101")
    details = [
        book.detail(clerk, registered(clerk, complaint(person=person)))
        for person in (cared, neighbour)
    ]

    assert len({one.answer for one in details}) == 1, "a sooner time would tell of a tier"
    assert details[0].answer == "应在 2026-03-03 09:00 前有人接手（24 小时）"
    assert details[0].order.person is None


def test_who_opens_a_complaint_reads_what_the_plan_promises(clerk, manager, cared):
    promise(manager, "care", "complaint", "2")
    order = registered(clerk, complaint(person=cared))

    assert reading.complaint(manager, order).answer == (
        "应在 11:00 前有人接手（服务方案：关怀，2 小时）"
    )
    with pytest.raises(DeniedError):
        reading.complaint(clerk, registered(manager, complaint(person=cared)))
    neighbour = resident(clerk, name="李芳", room="4-1-101")
    other = registered(clerk, complaint(person=neighbour))
    assert "合同，24 小时" in reading.complaint(manager, other).answer
    ends = {book.detail(clerk, one).order.due_at for one in (order, other)}
    assert len(ends) == 1, "the clock itself is everybody's"


def test_what_needs_no_answer_says_none_when_it_is_opened(clerk):
    order = registered(clerk, complaint())
    moved(clerk, order, Move.CANCEL)
    assert reading.complaint(clerk, order).answer == ""


# ---- nothing is put first ----------------------------------------------------------------------


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    urgency=st.sampled_from(Urgency),
    first=st.booleans(),
    order=st.sampled_from(["queue", "due"]),
)
def test_two_of_different_tiers_differ_in_their_answer_and_in_nothing_else(
    pair, clerk, urgency, first, order
):
    """In the queue and by due time whoever asked first comes first, whatever the plan promises."""
    asking = pair if first else pair[::-1]
    made = [
        registered(clerk, asked(person=person, words="滴水", urgency=urgency)) for person in asking
    ]
    found = [one for one in book.found(clerk, OrderQuery(order=order)) if one in made]
    one, other = (book.detail(clerk, key) for key in made)

    assert found == made
    assert one.order.due_at == other.order.due_at
    assert (one.line.clock, one.line.planned) == (other.line.clock, other.line.planned)
    assert ("，4 小时" in one.answer, "，4 小时" in other.answer) == (first, not first)


@pytest.fixture
def pair(clerk, cared):
    """Two residents, the first of a higher tier."""
    return (cared, resident(clerk, name="李芳", room="4-1-101"))


def test_once_reopened_it_says_that_the_first_answer_was_before(clerk, clock, cared):
    order = registered(clerk, public())
    clock.advance(minutes=38)
    moved(clerk, order, Move.ASSIGN, Move.START, Move.FINISH, Move.REOPEN)

    assert answer(clerk, order) == "38 分钟后有人接手（重开以前）"
