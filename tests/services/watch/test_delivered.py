"""The service that came to whom: by tier and building, with intervals, small groups hidden."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pmdesk.domain.fairness import Verdict
from pmdesk.domain.orders.kinds import Service, Urgency
from pmdesk.domain.orders.order import OrderState
from pmdesk.errors import DeniedError
from pmdesk.services.watch import delivered
from tests.offices import P2, SPECIAL, consenting, resident
from tests.services.watch.events import BUILDINGS, HOUR, PAST, entered, line, noisy, settled

REPAIR = {"service": Service.REPAIR, "kind": "plumbing"}


@pytest.fixture
def people(clerk):
    """Six people with the tier of care, six with the standard, six whom nobody asked."""
    care = [consenting(clerk, P2, values=SPECIAL, room=f"1-1-{n}01") for n in range(1, 7)]
    plain = [consenting(clerk, P2, values={}, room=f"2-1-{n}01") for n in range(1, 7)]
    return {
        "care": care,
        "standard": plain,
        "none": [resident(clerk, room=f"3-1-{n}01") for n in range(1, 7)],
    }


def work(people, *, building, count, late, start, hours=2):
    """So many repairs of these people in turn; the last ones too late."""
    for at in range(count):
        at_room = at % len(people)
        done = 30 if at >= count - late else hours
        base = line(start + at, building=building, room=f"{at_room + 1}01", **REPAIR)
        yield base.__class__(
            order=_with(base.order, people[at_room], done),
            day=PAST,
            hour=10,
            entrance="1",
            room=f"{at_room + 1}01",
        )


def _with(order, person, hours):
    begun, done = order.received_at + hours * HOUR, order.received_at + hours * HOUR
    return replace(order, person=person, started_at=begun, finished_at=done, closed_at=done)


def board(session):
    return delivered.board(session)


def by_key(lines):
    return {one.key: one for one in lines}


def test_without_orders_the_board_says_so(manager):
    found = board(manager)
    assert (found.tiers, found.buildings) == ((), ())
    assert found.answer == "No order of a resident was due in these months."


def test_each_tier_has_its_share_in_time_and_its_wait(manager, office, people):
    entered(
        office,
        [
            *work(people["care"], building="1", count=60, late=6, start=0),
            *work(people["standard"], building="2", count=60, late=6, start=100, hours=5),
            *work(people["none"], building="3", count=60, late=6, start=200),
        ],
    )
    found = board(manager)
    tiers = by_key(found.tiers)

    assert list(tiers) == ["none", "standard", "care"]
    assert tiers["standard"].share == "92% (82%–96%)"
    assert tiers["standard"].wait == "5 h (5 h–5 h)"
    assert tiers["care"].orders == "about 60"
    assert {one.verdict for one in tiers.values()} == {Verdict.CLEAR}
    assert found.answer == "No tier is served in time clearly less often than another."
    assert set(by_key(found.buildings)) == {"1", "2", "3"}


def test_a_tier_that_is_served_late_more_often_asks_why(manager, office, people):
    entered(
        office,
        [
            *work(people["care"], building="1", count=60, late=0, start=0),
            *work(people["standard"], building="2", count=60, late=24, start=100),
        ],
    )
    found = board(manager)
    late = by_key(found.tiers)["standard"]
    assert late.verdict is Verdict.REVIEW
    assert late.sentence.startswith("需复核.ratio 0.583, 95 % interval")
    assert by_key(found.tiers)["care"].is_reference
    assert "look why" in found.answer


def test_what_only_looks_unfair_because_of_urgency_is_not_blamed(manager, office, people):
    def urgent(lines, urgency):
        return [replace(one, order=replace(one.order, urgency=urgency)) for one in lines]

    # emergencies are late often, whoever asks; care has more of them
    lines = []
    for start, (key, building, urgents) in enumerate((("care", "1", 90), ("standard", "2", 30))):
        base = start * 1000
        lines += urgent(
            work(people[key], building=building, count=urgents, late=urgents // 3, start=base),
            Urgency.EMERGENCY,
        )
        lines += urgent(
            work(people[key], building=building, count=120 - urgents, late=0, start=base + 500),
            Urgency.NORMAL,
        )
    entered(office, lines)
    found = by_key(board(manager).tiers)
    assert {one.verdict for one in found.values()} == {Verdict.CLEAR}


def test_groups_of_few_people_are_hidden(manager, office, people):
    entered(
        office,
        [
            *work(people["care"][:3], building="1", count=40, late=5, start=0),
            *work(people["standard"], building="2", count=60, late=10, start=100),
            *work(people["none"], building="3", count=60, late=10, start=200),
        ],
    )
    tiers = by_key(board(manager).tiers)
    assert tiers["care"].orders == tiers["care"].share == "too few people"
    assert tiers["standard"].orders == tiers["none"].orders == "about 60"


def test_where_few_were_late_only_a_bound_is_told(manager, office, people):
    entered(office, work(people["care"], building="1", count=60, late=2, start=0))
    care = by_key(board(manager).tiers)["care"]
    assert care.share == "at least 93%"
    assert "interval" not in care.sentence


def test_where_few_were_in_time_only_a_bound_is_told(manager, office, people):
    entered(office, work(people["care"], building="1", count=60, late=58, start=0))
    assert by_key(board(manager).tiers)["care"].share == "at most 7%"


def test_orders_that_are_overdue_count_and_those_with_time_left_do_not(
    manager, office, people, clock
):
    open_order = {
        "state": OrderState.ASSIGNED,
        "started_at": None,
        "finished_at": None,
        "closed_at": None,
    }
    lines = [
        replace(one, order=replace(one.order, person=person, **REPAIR, **open_order, due_at=due))
        for number, (person, due) in enumerate(
            (person, due)
            for person in people["care"]
            for due in (clock.now() - HOUR, clock.now() + 24 * HOUR)
        )
        for one in (line(number, building="1", room=f"{number}01"),)
    ]
    entered(office, lines)
    care = by_key(board(manager).tiers)["care"]
    assert (care.orders, care.share) == ("about 5", "0% (0%–43%)")


def test_a_pause_pushes_the_due_time_back(manager, office, people):
    lines = [
        replace(one, order=replace(one.order, paused=timedelta(hours=10)))
        for one in work(people["care"], building="1", count=30, late=30, start=0)
    ]
    entered(office, lines)
    assert by_key(board(manager).tiers)["care"].share.startswith("100%")


def test_a_complaint_that_waits_is_late_on_its_day_and_a_repair_is_not(manager, office, people):
    def waiting(service):
        return [
            replace(one, order=replace(one.order, service=service, **_waits(one.order)))
            for one in work(people["care"], building="1", count=30, late=0, start=30 * len(service))
        ]

    entered(office, waiting(Service.REPAIR))
    assert "care" not in by_key(board(manager).tiers), "its clock stands: it has time left"
    entered(office, waiting(Service.COMPLAINT))
    assert by_key(board(manager).tiers)["care"].share.startswith("0%")


def _waits(order):
    since = order.received_at + HOUR
    begun = {"started_at": since, "finished_at": None, "closed_at": None}
    return {"state": OrderState.WAITING, "paused_since": since, **begun}


def test_public_orders_are_in_no_tier_and_hidden_in_no_building(manager, office):
    settled(office)
    entered(office, [line(n, building="1", **REPAIR) for n in range(12)])
    found = board(manager)
    assert found.tiers == ()
    assert by_key(found.buildings)["1"].share == "100% (72%–100%)"


def test_a_building_of_few_homes_is_hidden(manager, office):
    settled(office)
    counts = dict.fromkeys(BUILDINGS, 10) | {"3": 3}
    entered(office, noisy(counts, **REPAIR))
    found = by_key(board(manager).buildings)
    assert found["3"].orders == "too few people"
    assert sum(one.orders == "too few people" for one in found.values()) == 1


def test_the_front_desk_does_not_see_it(clerk):
    with pytest.raises(DeniedError):
        board(clerk)


def test_a_long_wait_is_told_in_days_and_too_few_orders_say_nothing(manager, office, people):
    entered(
        office,
        [
            *work(people["care"], building="1", count=24, late=0, start=0, hours=72),
            *work(people["standard"], building="2", count=24, late=0, start=100, hours=0),
        ],
    )
    found = board(manager)
    tiers = by_key(found.tiers)
    assert tiers["care"].wait == "3 d (3 d–3 d)"
    assert tiers["standard"].wait == "under 1 hour (under 1 hour–under 1 hour)"
    assert found.answer.startswith("There is too little data to compare.")


def test_a_difference_that_may_be_chance_is_watched(manager, office, people):
    entered(
        office,
        [
            *work(people["care"], building="1", count=300, late=10, start=0),
            *work(people["standard"], building="2", count=300, late=50, start=1000),
        ],
    )
    found = board(manager)
    assert by_key(found.tiers)["standard"].verdict is Verdict.WATCH
    assert found.answer == "There are differences at the same urgency; watch them."
