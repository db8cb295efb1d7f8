"""Hot spots: by building and topic, twice in a row, never by person, small numbers hidden."""

from dataclasses import replace

import pytest

from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.orders.order import OrderState
from pmdesk.errors import DeniedError
from pmdesk.services.watch import hot_spots
from tests.services.watch.events import BEFORE, BUILDINGS, PAST, entered, hot, line, noisy, settled


def found(session):
    return hot_spots.hot_spots(session)


def test_an_office_without_orders_says_what_will_be_here(manager):
    page = found(manager)
    assert page.is_short
    assert page.spots == ()
    assert page.figure.is_empty
    assert "no work orders yet" in page.figure.answer


def test_a_building_that_complains_more_twice_in_a_row_asks_for_attention(manager, office):
    hot(office)
    page = found(manager)

    assert [(one.building, one.topic) for one in page.spots] == [("3", ""), ("3", "noise")]
    assert page.spots[0].sentence.startswith(
        "About 20 complaints in three months (rounded to multiples of 5), about "
    )
    assert "it was so in the three months before" in page.spots[0].sentence
    assert page.figure.categories == ("Building 3",)
    assert page.figure.category_keys == ("watch",)
    assert page.figure.answer == "1 building asks for attention: Building 3."
    assert "7 buildings with fewer than 5 complaints are not drawn" in page.figure.note
    assert (page.now.words, page.before.words) == ("2025-12 – 2026-02", "2025-09 – 2025-11")


def test_once_is_not_enough(manager, office):
    hot(office, before=4)
    page = found(manager)
    assert page.spots == ()
    assert (
        page.figure.answer == "Over all complaints no building stands out clearly twice in a row."
    )


def test_a_place_that_stands_out_on_a_topic_alone_is_named_beside_all_complaints(manager, office):
    settled(office)
    counts = dict.fromkeys(BUILDINGS, 20)
    lines = [line(900_000, day=BEFORE.replace(month=8))]
    for start, day in ((0, PAST), (10_000, BEFORE)):
        lines += noisy({"3": 20}, start=start, day=day)
        other = {one: count for one, count in counts.items() if one != "3"}
        lines += noisy(other, start=start + 1000, day=day, kind="parking")
    entered(office, lines)
    page = found(manager)

    assert [(one.building, one.topic) for one in page.spots] == [("3", "noise")]
    assert "watch" not in page.figure.category_keys
    assert page.figure.answer == (
        "Over all complaints no building stands out clearly twice in a row, on a topic alone this"
        f" does: {hot_spots.where('3', 'noise')}."
    )
    assert "all topics together" in page.figure.title


def test_what_has_ended_is_not_told_any_more(manager, office):
    hot(office, now=4, before=20)
    assert found(manager).spots == ()


def test_less_than_six_months_of_orders_say_nothing_twice(manager, office):
    settled(office)
    entered(office, noisy(dict.fromkeys(BUILDINGS, 4) | {"3": 20}, day=PAST))
    page = found(manager)
    assert page.is_short
    assert page.spots == ()
    assert page.figure.categories == ("Building 3",)


def test_one_home_alone_makes_no_hot_spot(manager, office):
    settled(office)
    often = [line(n, building="3", room="101", day=PAST) for n in range(30)]
    earlier = [line(n + 50, building="3", room="101", day=BEFORE) for n in range(30)]
    entered(office, [line(900_000, day=BEFORE.replace(month=8)), *often, *earlier])

    page = found(manager)
    assert page.spots == ()
    assert page.figure.categories == ()


def test_complaints_that_were_merged_or_cancelled_do_not_count(manager, office):
    settled(office)
    merged = [
        replace(one, order=replace(one.order, state=state))
        for state in (OrderState.MERGED, OrderState.CANCELLED)
        for one in noisy({"3": 20}, start=100 if state is OrderState.MERGED else 200)
    ]
    entered(office, merged)
    assert found(manager).figure.is_empty


def test_where_homes_are_not_known_complaints_are_compared_with_all_orders(manager, office):
    counts = {"A": 20, "B": 3, "C": 3, "D": 3}
    lines = []
    for start, day in ((0, PAST), (1000, BEFORE)):
        for at, (building, count) in enumerate(counts.items()):
            for n in range(60):
                kind = {} if n < count else {"service": "repair", "kind": "lift"}
                number = start + at * 100 + n
                lines.append(line(number, building=building, day=day, **_typed(kind)))
    entered(office, [line(900_000, day=BEFORE.replace(month=8)), *lines])

    page = found(manager)
    assert not page.by_homes
    assert {one.building for one in page.spots} == {"A"}


def test_a_front_desk_does_not_see_them(clerk):
    with pytest.raises(DeniedError):
        found(clerk)


def _typed(kind):
    return {**kind, "service": Service(kind["service"])} if kind else {}
