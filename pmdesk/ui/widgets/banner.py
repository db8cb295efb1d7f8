"""A sentence across the page: a problem, a hint, or that the data are invented."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.ground import Ground
from pmdesk.ui.widgets.label import Picture, label
from pmdesk.ui.widgets.visibility import set_shown

_ICONS = {
    Tone.INFO: "info",
    Tone.GOOD: "circle-check",
    Tone.WARN: "triangle-alert",
    Tone.PROBLEM: "circle-alert",
}


class Banner(Ground):
    """Icon, sentence and perhaps one button; hidden while it has no sentence."""

    def __init__(
        self,
        sentence: str = "",
        tone: Tone = Tone.INFO,
        *,
        picture: str = "",
        action: str = "",
        pressed: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(tone)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._fixed = picture
        self._picture = Picture("info", tone)
        self._sentence = label("", wrap=True)
        self.action = button(action, pressed)
        set_shown(self.action, bool(action))
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 14, 10)
        row.setSpacing(10)
        row.addWidget(self._picture)
        row.addWidget(self._sentence, 1)
        row.addWidget(self.action)
        self.show_sentence(sentence, tone)

    @property
    def sentence(self) -> str:
        """What the banner says."""
        return self._sentence.text()

    @property
    def tone(self) -> Tone:
        """How grave that is."""
        return self._tone

    def show_sentence(self, sentence: str, tone: Tone = Tone.INFO) -> None:
        """The banner says this; with an empty sentence it disappears."""
        self._sentence.setText(sentence)
        self._picture.show_icon(self._fixed or _ICONS.get(tone, "info"), tone)
        self.setAccessibleName(sentence)
        self._tone = tone
        set_shown(self, bool(sentence))
        self.update()
