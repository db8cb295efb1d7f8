"""A list at which something is done does nothing in passing."""

import pytest
from PySide6.QtCore import Qt

from pmdesk.ui.forms.cell import CarefulBox, choice_box, fill


@pytest.fixture
def opened(monkeypatch):
    """How often a list was opened."""
    times = []
    monkeypatch.setattr(CarefulBox, "showPopup", lambda _box: times.append(1))
    return times


@pytest.fixture
def box(qtbot, opened):
    made = choice_box(careful=True)
    qtbot.addWidget(made)
    fill(made, [("尚未判断", None), ("成立", 1), ("apart", 2)])
    made.show()
    return made


@pytest.mark.parametrize("key", [Qt.Key.Key_Down, Qt.Key.Key_End, Qt.Key.Key_A])
def test_keys_open_the_list_and_choose_nothing(box, opened, qtbot, key):
    with qtbot.assertNotEmitted(box.activated):
        qtbot.keyClick(box, key)

    assert opened
    assert box.currentIndex() == 0


def test_going_on_with_tab_opens_nothing(box, opened, qtbot):
    qtbot.keyClick(box, Qt.Key.Key_Tab)

    assert not opened
