"""What lies in a scroll area and holds texts that break into lines: never pressed together."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override


class Flowing(QWidget):
    """Things one below the other; at its present width it is as high as they need."""

    def __init__(self, spacing: int) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(spacing)

    @override
    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.Resize}:
            high = self.column.heightForWidth(self.width())
            if high != self.minimumHeight():
                self.setMinimumHeight(max(high, 0))
        return done
