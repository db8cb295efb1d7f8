"""What a correction changed is kept as codes, and nothing that somebody wrote is among them."""

from datetime import timedelta

from pmdesk.domain.orders import amending
from pmdesk.domain.orders.kinds import Urgency
from tests.domain.orders.made import NOW, order


def test_each_part_is_kept_as_it_was_and_as_it_is():
    before, soon = order(), NOW + timedelta(hours=1)
    after = order(kind="electric", urgency=Urgency.URGENT, appointment=soon, due_at=soon)
    found = amending.read(amending.noted(before, after))

    assert found == {
        "kind": ("plumbing", "electric"),
        "urgency": (str(Urgency.NORMAL.value), str(Urgency.URGENT.value)),
        "appointment": ("", soon.isoformat()),
        "due_at": (before.due_at.isoformat(), soon.isoformat()),
    }
    assert amending.changed(before, after) == tuple(found)


def test_of_a_description_only_that_it_changed_is_kept():
    note = amending.noted(order(words="厨房漏水"), order(words="浴室漏水"))

    assert amending.read(note) == {"words": ("", "")}
    assert "漏水" not in note


def test_where_nothing_changed_nothing_is_kept_and_older_lines_say_nothing():
    assert amending.noted(order(), order()) == ""
    assert amending.read("") == {}
