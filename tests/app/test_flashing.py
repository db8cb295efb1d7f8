"""Nothing that belongs on a page is seen as a window of its own, not even for a moment."""

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget
from typing_extensions import override


class Windows(QObject):
    """Remembers what was shown as a window of its own."""

    def __init__(self):
        super().__init__()
        self.shown = []

    @override
    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(f"{type(watched).__name__} {watched.accessibleName()}")
        return False


@pytest.mark.parametrize("login", ["clerk", "admin"])
def test_no_part_of_a_page_flashes_up_as_a_window_before_it_has_its_place(
    desk, sign_in, settled, qapp, login
):
    sign_in(login)
    seen = Windows()
    qapp.installEventFilter(seen)
    for spec in desk.main.pages:
        desk.main.open_page(spec.key)
        settled()
        assert not seen.shown, spec.key
    qapp.removeEventFilter(seen)
