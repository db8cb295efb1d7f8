"""Where the user is in a row of steps."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from pmdesk.i18n import _
from pmdesk.ui import theme
from pmdesk.ui.widgets.label import label


class StepBar(QWidget):
    """1 Notice — 2 Choices — …: done steps with a tick, the present one marked."""

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__()
        self._titles = tuple(titles)
        self._numbers: list[QLabel] = []
        self._words: list[QLabel] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for index, title in enumerate(titles):
            if index:
                row.addWidget(label("—", "muted"))
            self._numbers.append(label(str(index + 1)))
            self._words.append(label(title))
            row.addWidget(self._numbers[-1])
            row.addWidget(self._words[-1])
        row.addStretch(1)
        self.show_step(0)

    def show_step(self, step: int) -> None:
        """Step number `step`, counted from 0, is the present one."""
        for index, (number, words) in enumerate(zip(self._numbers, self._words, strict=True)):
            state = "done" if index < step else "now" if index == step else "next"
            number.setText("✓" if index < step else str(index + 1))
            theme.look(number, step=state)
            theme.look(words, steptext=state)
        self.setAccessibleName(
            _("Step {number} of {count}: {title}").format(
                number=step + 1, count=len(self._titles), title=self._titles[step]
            )
        )
