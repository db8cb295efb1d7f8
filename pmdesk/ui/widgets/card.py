"""White cards on the page, and the tiles with one number."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pmdesk.ui import theme
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.label import label


class Card(QFrame):
    """A white area with a hairline; put things into `body`, buttons beside the title in `aside`.

    A title that `wraps` gets along with the width that large text leaves it.
    """

    def __init__(self, title: str = "", *, margin: int = 20, wraps: bool = False) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(margin, margin, margin, margin)
        self.body.setSpacing(12)
        self.aside = QHBoxLayout()
        self.heading = label(title, "heading", wrap=wraps) if title else None
        if self.heading is not None:
            self.aside.addWidget(self.heading, int(wraps))
            if not wraps:
                self.aside.addStretch(1)
            self.body.addLayout(self.aside)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """The widget stands below what the card holds."""
        self.body.addWidget(widget, stretch)


class Tile(Card):
    """One number with its name and a remark."""

    def __init__(
        self, name: str, figure: str = "—", remark: str = "", tone: Tone = Tone.INFO
    ) -> None:
        super().__init__()
        self.body.setSpacing(6)
        self._figure = label(figure, "figure")
        self._remark = label(remark)
        self.add(label(name, "muted"))
        self.add(self._figure)
        self.add(self._remark)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._name = name
        self.show_figure(figure, remark, tone)

    def show_figure(self, figure: str, remark: str = "", tone: Tone = Tone.INFO) -> None:
        """Another number is shown."""
        self._figure.setText(figure)
        self._remark.setText(remark)
        theme.look(self._remark, ink=tone.value)
        self.setAccessibleName(f"{self._name} {figure} {remark}".strip())
