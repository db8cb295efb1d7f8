"""What waits for somebody, under one title, the gravest first."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from pmdesk.i18n import _
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.visibility import set_shown

_GRAVEST = (Tone.PROBLEM, Tone.WARN, Tone.INFO, Tone.GOOD)
_PRESSING = _GRAVEST[:2]


class ToDo(QWidget):
    """Banners that come and go; their order is settled once, so that nothing moves later."""

    def __init__(self, banners: Sequence[Banner]) -> None:
        super().__init__()
        self.title = label(_("Needs doing"), "heading")
        self._banners = list(banners)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        for part in (self.title, *self._banners):
            self._column.addWidget(part)

    @property
    def shown(self) -> tuple[Banner, ...]:
        """Those that say something, from top to bottom."""
        return tuple(one for one in self._banners if not one.isHidden())

    @property
    def gravest(self) -> Banner | None:
        """The gravest of those that lead somewhere."""
        leading = [one for one in self.shown if not one.action.isHidden()]
        return min(leading, key=lambda one: _GRAVEST.index(one.tone), default=None)

    def settle(self) -> None:
        """The gravest stand above from now on; what says nothing yet stands below."""
        self._banners.sort(key=lambda one: (one.isHidden(), _GRAVEST.index(one.tone)))
        for place, one in enumerate(self._banners, 1):
            self._column.insertWidget(place, one)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:  # one came, went or says something else
            shown = self.shown
            pressing = any(one.tone in _PRESSING for one in shown)
            self.title.setText(_("Needs doing") if pressing else _("Nothing urgent"))
            set_shown(self.title, bool(shown))
        return super().event(event)
