"""Who first takes care answers; what was taken back never was."""

from datetime import timedelta

import pytest

from pmdesk.domain.orders.first_answer import answered_at, standing
from pmdesk.domain.orders.order import OrderStep
from tests.domain.orders.made import NOW


def steps(*acts):
    """One step a minute."""
    return [
        OrderStep(at=NOW + timedelta(minutes=at), by="a", act=act) for at, act in enumerate(acts)
    ]


@pytest.mark.parametrize(
    ("acts", "minute"),
    [
        (("received",), None),
        (("received", "urged", "changed"), None),
        (("received", "changed", "assign", "start"), 2),
        (("received", "called_back", "assign"), 1),
        (("received", "assign", "send_back", "assign"), 1),
        (("received", "assign", "taken_back"), None),
        (("received", "assign", "taken_back", "urged", "assign"), 4),
        (("received", "called_back", "assign", "taken_back"), 1),
        (("received", "cancel"), None),
        (("taken_back",), None),
    ],
)
def test_the_first_who_takes_care_answers(acts, minute):
    found = answered_at(steps(*acts))

    assert found == (None if minute is None else NOW + timedelta(minutes=minute))


def test_what_was_taken_back_is_struck_out_with_its_taking_back():
    history = steps("received", "assign", "taken_back", "urged", "reopen", "taken_back")

    assert [one.act for one in standing(history)] == ["received", "urged"]
