"""Step 1: the notices, each shown to its end or printed before anybody is asked."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QWidget,
)
from typing_extensions import override

from pmdesk.domain.purposes import LegalBasis, PurposeCode
from pmdesk.i18n import _, said
from pmdesk.services.consent.consents import Choice
from pmdesk.services.wording import notice_lines
from pmdesk.ui import theme
from pmdesk.ui.consent.decisions import Decisions
from pmdesk.ui.icons import Ink, icon
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.label import label

_LETTERS = 42  # of a line of Chinese
_NORMAL, _LARGE = 1.08, 1.5


class NoticeStep(QWidget):
    """A notice for each purpose; what was opened has to be read to its end, or printed."""

    opened = Signal(object)  # PurposeCode: its notice is on the screen
    read = Signal(object)  # PurposeCode: and was scrolled to its end
    told = Signal(bool)
    save_requested = Signal()
    print_requested = Signal()

    def __init__(self, operator: str) -> None:
        super().__init__()
        self._choices: tuple[Choice, ...] = ()
        self._choice: Choice | None = None
        self.list = QListWidget()
        self.list.setAccessibleName(_("Notices"))
        side = theme.length(16)
        self.list.setIconSize(QSize(side, side))
        self.list.setWordWrap(True)
        self.version = label("", "muted")
        self.text = QTextBrowser()
        self.text.setAccessibleName(_("Notice text"))
        self.text.setOpenLinks(False)
        self.text.setPlaceholderText(_("Open what is to be asked about."))
        self.large = QCheckBox(_("Large print"))
        self.tick = QCheckBox(
            _("Read out, or handed over to be read, by {name}").format(name=operator)
        )
        self._laid_out = QTimer(self)  # a turn of the event loop, and the text has its place
        self._laid_out.setSingleShot(True)
        self._laid_out.setInterval(0)
        self._laid_out.timeout.connect(self._look)
        self._arrange()
        # not the current row: the keyboard's mere arrival in the list makes the first one current
        self.list.itemSelectionChanged.connect(self._open)
        self.text.verticalScrollBar().valueChanged.connect(lambda _value: self._scrolled())
        self.text.verticalScrollBar().rangeChanged.connect(lambda _low, _high: self.show_again())
        self.large.toggled.connect(lambda _on: self._show())
        self.tick.clicked.connect(lambda on: self.told.emit(on))

    @property
    def choice(self) -> Choice | None:
        """The purpose whose notice is on the screen."""
        return self._choice

    def start(self, choices: Sequence[Choice], first: PurposeCode | None) -> None:
        """These notices can be shown; the one of `first` is on the screen, otherwise none."""
        self._choices = tuple(choices)
        self.list.blockSignals(True)
        self.list.clear()
        for choice in choices:
            self.list.addItem(QListWidgetItem(said(choice.purpose.name)))
        self.list.blockSignals(False)
        codes = [choice.purpose.code for choice in choices]
        if first in codes:
            self.list.setCurrentRow(codes.index(first))

    def show_decisions(self, decisions: Decisions) -> None:
        """Each notice shows whether it was opened and read to its end."""
        for row, choice in enumerate(self._choices):
            code = choice.purpose.code
            name, words = "circle", _("not shown")
            ink: Ink | Tone = Ink.MUTED
            if code in decisions.read:
                name, ink, words = "circle-check", Tone.GOOD, _("shown")
            elif code in decisions.shown:
                name, ink, words = "eye", Tone.WARN, _("scroll to the end")
            item = self.list.item(row)
            item.setIcon(icon(name, ink))
            item.setToolTip(words)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{item.text()}, {words}")
        self.tick.setChecked(decisions.told)

    def show_again(self) -> None:
        """A notice whose end is on the screen once it is laid out counts as shown."""
        self._laid_out.start()

    def scroll_to_end(self) -> None:
        """The end of the notice is on the screen."""
        self.text.document().size()  # lays all of it out
        bar = self.text.verticalScrollBar()
        bar.setValue(bar.maximum())
        self._look()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.show_again()

    def _arrange(self) -> None:
        tools = QHBoxLayout()
        tools.setSpacing(12)
        tools.addWidget(self.version, 1)
        tools.addWidget(self.large)
        tools.addWidget(
            button(_("Save as PDF…"), self.save_requested.emit, look="quiet", picture="download")
        )
        tools.addWidget(
            button(
                _("Print…"),
                self.print_requested.emit,
                look="quiet",
                picture="printer",
                tip="Ctrl+P",
            )
        )
        sheet = Card(margin=16)
        sheet.body.addLayout(tools)
        sheet.add(self.text, 1)
        sheet.add(self.tick)
        names = Card(_("Notices"), margin=16)
        names.add(label(_("Open what is to be asked about."), "muted", wrap=True))
        names.add(self.list, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(names, 3)
        row.addWidget(sheet, 8)

    def _open(self) -> None:
        rows = self.list.selectionModel().selectedRows()
        if rows:
            self._choice = self._choices[rows[0].row()]
            self.show_again()  # nothing counts as read before its text is there
            self.opened.emit(self._choice.purpose.code)
            self._show()

    def _show(self) -> None:
        choice = self.choice
        if choice is None:
            return
        factor = _LARGE if self.large.isChecked() else _NORMAL
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * factor)
        self.text.document().setDefaultFont(font)
        self.text.setFont(font)
        width = self.text.fontMetrics().horizontalAdvance("国") * _LETTERS
        self.text.setMaximumWidth(width + 40)
        self.text.setHtml(notice_html(choice))
        self.text.verticalScrollBar().setValue(0)
        separate = choice.purpose.basis is LegalBasis.SEPARATE_CONSENT
        self.version.setText(
            _("Version {version}").format(version=choice.notice.version)
            + (" · " + _("separate consent") if separate else "")
        )
        self.show_again()

    def _scrolled(self) -> None:
        if not self._laid_out.isActive():
            self._look()

    def _look(self) -> None:
        """The notice counts as read if its end is to be seen."""
        self._laid_out.stop()
        choice = self.choice
        if choice is None or not self.isVisible():
            return
        self.text.document().size()  # a long text is laid out bit by bit: to its end first
        self._laid_out.stop()
        bar = self.text.verticalScrollBar()
        if bar.value() >= bar.maximum():
            self.read.emit(choice.purpose.code)


def notice_html(choice: Choice) -> str:
    """The notice as a page of text; markup in it is shown, not obeyed."""
    parts = []
    for line in notice_lines(choice.notice.text):
        heading = line.startswith("# ")
        words = escape(line.removeprefix("# "))
        parts.append(f"<h3>{words}</h3>" if heading else f'<p style="line-height:150%">{words}</p>')
    return "".join(parts)
