"""Small offices in which one step of the guard alone keeps something from being found out."""

import numpy as np

from pmdesk.analytics.dashboard import guard
from pmdesk.analytics.dashboard.lattice import Box
from pmdesk.analytics.dashboard.marks import Marks
from tests.analytics.dashboard.worlds import SMALLEST, inside, question

MANY = 30
WHOLE = Box(since=0, until=1)
CORNER = Box(since=0, until=1, buildings=frozenset({1}), services=frozenset({0}))


def office(*groups):
    """Of each group (building, service, slot, homes) every home has one order."""
    rows = [
        (building, service, slot, home)
        for building, service, slot, homes in groups
        for home in range(homes)
    ]
    building, service, slot, _home = map(np.array, zip(*rows, strict=True))
    return Marks(
        day=np.zeros(len(rows), dtype=np.int64),
        hour=slot,
        service=service,
        outcome=np.zeros(len(rows), dtype=np.int64),
        building=building,
        home=np.arange(1, len(rows) + 1),
    )


def asked(marks, *boxes, cut):
    """What is permitted of each box, asked for one after the other."""
    seen: tuple[guard.Seen, ...] = ()
    found = []
    for box in boxes:
        answer = guard.permitted(marks, question(marks, box, cut, "one"), seen, SMALLEST)
        seen += answer.fresh if answer else ()
        found.append(answer)
    return found


def test_what_is_hidden_of_a_box_is_together_no_small_number():
    """Two hours with one and two homes: hiding these alone tells that three homes called then."""
    marks = office((1, 0, 0, 1), (1, 0, 1, 2), (1, 0, 2, MANY))

    (answer,) = asked(marks, WHOLE, cut="slot")

    (hidden,) = answer.hidden
    homes = sum(int((inside(marks, WHOLE) & (marks.hour == one)).sum()) for one in hidden)
    assert {0, 1} < hidden
    assert homes >= SMALLEST


def test_hidden_numbers_that_must_all_be_one_are_not_left_so():
    """As many hidden hours as orders in them: each could only be one, however many homes."""
    hours = SMALLEST + 1
    marks = office(*((1, 0, slot, 1) for slot in range(hours)), (1, 0, hours, MANY))
    asking = guard.Question(
        scope=WHOLE, boxes=(WHOLE,), cut="hour", parts=marks.hour, count=hours + 1
    )

    answer = guard.permitted(marks, asking, (), SMALLEST)

    assert answer is not None
    assert answer.hidden == (frozenset(range(hours + 1)),)


def corner(slot_two):
    """Everybody asks in a corner, but for three homes in what is left: that is no box."""
    cells = ((1, 1), (2, 0), (2, 1))
    return office(
        (1, 0, 0, MANY),
        *((*cell, 0, 1) for cell in cells),
        (1, 0, 2, MANY),
        *((*cell, 2, slot_two) for cell in cells),
    )


def test_what_is_left_of_a_part_is_looked_at_though_it_is_no_box():
    marks = corner(MANY)

    whole, part = asked(marks, WHOLE, CORNER, cut="slot")

    assert whole.hidden == (frozenset(),)
    assert part.hidden[0] == {0, 2}  # 0 alone would follow from the total and the others


def test_what_is_left_of_a_total_is_looked_at_though_it_is_no_box():
    whole, part = asked(corner(0), WHOLE, CORNER, cut=guard.WHOLE)

    assert whole is not None
    assert part is None


def test_blocks_of_boxes_tell_what_all_of_them_tell():
    """Services have nothing to do with each other, until a box of all of them joins them."""
    marks = office(
        *((1, service, slot, MANY) for service in (0, 1) for slot in (0, 2)),
        *((2, service, slot, MANY) for service in (0, 1) for slot in (0, 2)),
        (2, 1, 1, 2),
        (1, 1, 1, MANY),
    )
    boxes = [Box(since=0, until=1, services=frozenset({one})) for one in (0, 1)]
    building = Box(since=0, until=1, buildings=frozenset({1}))

    *_services, one = asked(marks, *boxes, building, cut="slot")

    assert one is None or 1 in one.hidden[0]  # all services without building 1 are two homes


def test_one_small_part_takes_the_next_smallest_with_it():
    """The total is known, so another part is hidden; the card is not refused for it."""
    marks = office((1, 0, 0, 2), (1, 0, 1, 6), (1, 0, 2, MANY))

    (answer,) = asked(marks, WHOLE, cut="slot")

    assert answer.hidden == ({0, 1},)


def test_one_small_part_spares_the_same_part_of_other_boxes():
    marks = office(
        *((1, service, slot, MANY) for service in (0, 1) for slot in (0, 2)),
        (1, 0, 1, 2),
        (1, 1, 1, 8),
    )

    answer = guard.permitted(marks, question(marks, WHOLE, "slot", "services"), (), SMALLEST)

    assert answer
    first, second, *_none = answer.hidden
    assert first
    assert 1 in first
    assert len(first) == 2
    assert second == frozenset()


def test_what_became_too_few_is_hidden_though_it_was_shown():
    """An order went; what the same view shows now is no small number by itself."""
    groups = ((1, 0, 1, 8), (1, 0, 2, MANY))
    before = office((1, 0, 0, SMALLEST), *groups)
    after = office((1, 0, 0, SMALLEST - 1), *groups)
    shown = guard.permitted(before, question(before, WHOLE, "slot", "one"), (), SMALLEST)

    assert shown
    again = guard.permitted(after, question(after, WHOLE, "slot", "one"), shown.fresh, SMALLEST)

    assert shown.hidden == (frozenset(),)
    assert again
    assert 0 in (again.hidden[0] or ())
