"""A filter of a list: a closed choice whose first entry means everything, loud while it is set."""

from collections.abc import Sequence

from pmdesk.ui import theme
from pmdesk.ui.forms.cell import CarefulBox


class FilterBox(CarefulBox):
    """`currentData()` is the chosen code; empty means everything."""

    def __init__(self, name: str, everything: str) -> None:
        super().__init__()
        self.addItem(everything, "")
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(CarefulBox.SizeAdjustPolicy.AdjustToContents)

    def fill(self, entries: Sequence[tuple[str, str]], chosen: str) -> None:
        """After the first entry stand these (words, code), and `chosen` is shown if it is there."""
        while self.count() > 1:
            self.removeItem(1)
        for words, code in entries:
            self.addItem(words, code)
        self.show_value(chosen)

    def show_value(self, chosen: str) -> None:
        """That code is shown, or everything when the list does not have it."""
        self.setCurrentIndex(max(self.findData(chosen), 0))
        self.show_state()

    def show_state(self) -> None:
        """The box looks active while it hides something."""
        theme.look(self, state="active" if self.currentIndex() > 0 else "")
