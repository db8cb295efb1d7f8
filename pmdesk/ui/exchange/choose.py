"""Step 1 of an import: a file dropped or chosen, a pasted block, or the empty template."""

from pathlib import Path
from typing import cast

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from pmdesk.i18n import _
from pmdesk.ui import theme
from pmdesk.ui.icons import Ink
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.flow import FlowLayout
from pmdesk.ui.widgets.label import Picture, label


class DropZone(QFrame):
    """Takes one file that is dropped on it."""

    dropped = Signal(object)  # Path

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(24, 36, 24, 36)
        self.body.setSpacing(14)
        theme.look(self, look="drop", state="idle")

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _file_of(event) is not None:
            theme.look(self, state="over")
            event.acceptProposedAction()

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        theme.look(self, state="idle")

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        theme.look(self, state="idle")
        path = _file_of(event)
        if path is not None:
            event.acceptProposedAction()
            self.dropped.emit(path)


class ChooseStep(QWidget):
    """Emits `chosen` with a path, or `pasted` with the text of the clipboard."""

    chosen = Signal(object)  # Path
    pasted = Signal(str)
    browse_requested = Signal()
    template_requested = Signal()

    def __init__(self, never: str = "") -> None:
        """`never` says what is never read, where that is not as in lists of residents."""
        super().__init__()
        self._never = never
        self.zone = DropZone()
        self.zone.dropped.connect(lambda path: self.chosen.emit(path))
        middle = Qt.AlignmentFlag.AlignHCenter
        says = label(_("Drop an Excel or CSV file here, or choose one"), "heading", wrap=True)
        says.setAlignment(middle)
        hint = label(
            _("xlsx, xls or csv, up to 100,000 rows; title rows and merged cells are understood"),
            "muted",
            wrap=True,
        )
        hint.setAlignment(middle)
        self.browse = button(
            _("Choose a file…"),
            self.browse_requested.emit,
            look="primary",
            picture="folder-open",
        )
        self.paste = button(_("Paste a table"), self._paste, picture="copy", tip="Ctrl+V")
        self.template = button(
            _("Download an empty template"),
            self.template_requested.emit,
            look="link",
            picture="download",
        )
        self.zone.body.addWidget(Picture("upload", Ink.ACCENT, 40), 0, middle)
        self.zone.body.addWidget(says)
        self.zone.body.addWidget(hint)
        self.zone.body.addLayout(_centred(self.browse, self.paste))
        self.zone.body.addWidget(self.template, 0, middle)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self, self._paste)
        self._arrange()

    def _arrange(self) -> None:
        never = Banner(
            self._never
            or _(
                "Identity numbers, sex, ethnic group, religion, health and the like are never "
                "collected here: such columns are left out before anything is read, and the "
                "report says so."
            ),
            theme.Tone.INFO,
            picture="shield",
        )
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(self.zone, 1)
        column.addWidget(never)
        column.addStretch(1)

    def add_below(self, widget: QWidget) -> None:
        """The widget stands below everything else."""
        self._column.insertWidget(self._column.count() - 1, widget)

    def _paste(self) -> None:
        # an empty clipboard has no data, whatever the binding's annotation says
        data = cast("QMimeData | None", QGuiApplication.clipboard().mimeData()) or QMimeData()
        files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if files:
            self.chosen.emit(files[0])
        else:
            self.pasted.emit(data.text())


def _centred(*widgets: QWidget) -> QHBoxLayout:
    inner = QWidget()
    flow = FlowLayout(12)
    for widget in widgets:
        flow.addWidget(widget)
    inner.setLayout(flow)
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(inner)
    row.addStretch(1)
    return row


def _file_of(event: QDropEvent) -> Path | None:
    urls = [url for url in event.mimeData().urls() if url.isLocalFile()]
    return Path(urls[0].toLocalFile()) if len(urls) == 1 else None
