"""What Windows says in its native messages locks the office, and nothing else does."""

import ctypes
from ctypes import wintypes

import pytest

from pmdesk.ui.away.windows import POWER, SESSION_CHANGE, WindowsSigns, registered

KIND = b"windows_generic_MSG"


@pytest.fixture
def windows(qapp):
    """Handles of the windows that were registered."""
    return []


@pytest.fixture
def signs(windows):
    made = WindowsSigns(register=windows.append)
    made.begin()
    yield made
    made.end()


def send(signs, number, what, kind=KIND):
    """A message as Qt hands it to its native filters; what the filter answers."""
    message = wintypes.MSG()
    message.message, message.wParam = number, what
    return signs._filter.nativeEventFilter(kind, ctypes.addressof(message))


@pytest.mark.parametrize(
    ("number", "what"),
    [
        (SESSION_CHANGE, 7),
        (SESSION_CHANGE, 2),
        (SESSION_CHANGE, 4),
        (SESSION_CHANGE, 6),
        (POWER, 4),
    ],
    ids=["locked", "another user", "remote session ended", "signed out", "sleep"],
)
def test_lock_cut_off_and_sleep_say_that_the_desk_is_left(signs, qtbot, number, what):
    with qtbot.waitSignal(signs.away):
        assert send(signs, number, what) == (False, 0)  # others see the message too


@pytest.mark.parametrize(
    ("number", "what", "kind"),
    [
        (SESSION_CHANGE, 8, KIND),
        (SESSION_CHANGE, 5, KIND),
        (POWER, 18, KIND),
        (0x0100, 7, KIND),
        (SESSION_CHANGE, 7, b"xcb_generic_event_t"),
    ],
    ids=["unlocked", "signed in", "woken up", "a key", "another system"],
)
def test_coming_back_and_everything_else_lock_nothing(signs, qtbot, number, what, kind):
    with qtbot.assertNotEmitted(signs.away, wait=0):
        assert send(signs, number, what, kind) == (False, 0)


def test_a_window_of_its_own_is_registered_and_never_seen(signs, windows):
    assert windows == [signs._window.winId()]
    assert not signs._window.isVisible()


def test_after_the_end_the_window_is_gone(signs):
    signs.end()
    signs.end()

    assert signs._window is None


def test_elsewhere_there_is_nothing_to_register(qapp):
    assert registered(0) in {False, True}
