"""Two parts side by side: both answers, or the first error, and the other part stops."""

import threading

import pytest

from pmdesk.store.backup.lanes import side_by_side


def waiting(look):
    """Works until it is told to stop."""
    while True:
        look()


def test_both_answer():
    ran = []
    here, there = side_by_side(
        lambda _look: threading.get_ident(), lambda _look: ran.append(threading.get_ident())
    )

    assert there is None
    assert ran != [here], "in another thread"


def failing(_look):
    raise ValueError("mine")


def test_an_error_of_either_stops_the_other_and_comes_out():
    with pytest.raises(ValueError, match="mine"):
        side_by_side(failing, waiting)
    with pytest.raises(ValueError, match="mine"):
        side_by_side(waiting, failing)


def test_an_error_at_the_very_end_comes_out_too():
    with pytest.raises(ValueError, match="mine"):
        side_by_side(lambda _look: 1, failing)
