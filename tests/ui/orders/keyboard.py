"""A keyboard at the window in front: keys go where the window system would send them."""

from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication


class Keyboard:
    """Types into the window of this page."""

    def __init__(self, page, settled):
        self._page, self._settled = page, settled

    def press(self, *keys):
        """These keys, one after the other, each when the one before was answered."""
        for one in keys:
            pressed = QKeySequence(one)[0]  # type: ignore[index]  # the stub lacks it
            handle = self._page.window().windowHandle()
            QTest.keyClick(handle, pressed.key(), pressed.keyboardModifiers())
            self._settled()

    def type(self, text):
        """Letters and digits where the cursor stands."""
        line = QApplication.focusWidget()
        assert line is not None
        QTest.keyClicks(line, text)
        self._settled()

    def compose(self, text, letters):
        """A word made out of letters by an input method."""
        for count in range(1, len(letters) + 1):
            QApplication.sendEvent(
                QApplication.focusObject(), QInputMethodEvent(letters[:count], [])
            )
        done = QInputMethodEvent()
        done.setCommitString(text)
        QApplication.sendEvent(QApplication.focusObject(), done)
        self._settled()

    def register(self, where, words, letters):
        """An order from anywhere in the page: where, what, Enter."""
        self.press("Ctrl+N")
        self.type(where)  # pinyin, a room, digits
        self.press("Return")
        self.compose(words, letters)
        self.press("Return")

    def tab_to(self, text):
        """Tab, until the button with these words has the cursor; then Space."""
        for _step in range(60):
            there = QApplication.focusWidget()
            if getattr(there, "text", str)().startswith(text):
                self.press("Space")
                return
            self.press("Tab")
        raise AssertionError(f"Tab never comes to {text}")
