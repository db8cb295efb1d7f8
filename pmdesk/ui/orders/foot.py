"""The foot of the orders page: what is said comes here, so that nothing moves under the mouse."""

from PySide6.QtGui import QMoveEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from pmdesk.i18n import _
from pmdesk.ui import theme
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.visibility import set_shown

_SIDE = 28
_HIGH = 440


class Foot(QWidget):
    """The banners, and below the views the keys that are needed most."""

    def __init__(self, *banners: Banner) -> None:
        super().__init__()
        self._wanted = True
        self._keys = label(
            _("Enter opens · Ctrl+Shift+D assigns · Alt+→ next step · F1 all keys"),
            "muted",
            wrap=True,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(_SIDE, 0, _SIDE, 12)
        for part in (*banners, self._keys):
            column.addWidget(part)

    def show_keys(self, *, shown: bool) -> None:
        """The keys are told, or not: they act on the views."""
        self._wanted = shown
        self._fit()

    @override
    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where the page is low, the views need the line; F1 tells the keys there."""
        page = self.parentWidget()
        is_high = page is None or page.height() >= theme.length(_HIGH)
        set_shown(self._keys, self._wanted and is_high)
