"""A button for what cannot be undone looks dead while it is."""

import pytest
from PySide6.QtGui import QColor

from pmdesk.ui import theme
from pmdesk.ui.theme import Scheme
from pmdesk.ui.widgets.button import button


@pytest.mark.parametrize("scheme", Scheme)
def test_a_danger_button_that_is_off_shows_no_red(qtbot, wear, scheme):
    wear(scheme)
    one = button("停用账号…", lambda: None, look="danger")
    qtbot.addWidget(one)
    one.resize(one.sizeHint())
    red = QColor(theme.loaded(scheme).colour("problem")).rgb()

    assert red in pixels(one.grab().toImage())
    one.setEnabled(False)
    assert red not in pixels(one.grab().toImage())


def pixels(image):
    """The colours of the picture."""
    return {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}
