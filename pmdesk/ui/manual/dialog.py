"""The manual in a window of its own: contents, search, and on paper."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QTextBrowser,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from pmdesk.domain.manual import Chapter
from pmdesk.i18n import _, said
from pmdesk.services import manual
from pmdesk.services.files import write_whole
from pmdesk.ui import printing, theme
from pmdesk.ui.forms.search_box import SearchBox
from pmdesk.ui.manual import keys
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.keys import Keys
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.stack import fit_to_screen

_WIDTH, _HEIGHT, _WIDEST, _SPARE, _INDENT = 1040, 760, 320, 24, 24


class ManualDialog(QDialog):
    """Contents on the left, the chosen chapter on the right; Enter in the search goes on."""

    def __init__(
        self,
        tasks: Tasks,
        prompts: Prompts,
        parent: QWidget | None = None,
        *,
        chapter: str = "",
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Manual"))
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._tasks = tasks
        self._prompts = prompts
        self._text = ""
        self.chapters = (*manual.chapters(), keys.chapter())
        self.search = SearchBox(_("Search the manual"))
        self.contents = _contents([said(one.title) for one in self.chapters])
        self.page = _page()
        self.nothing = label(_("Nothing found. Try a shorter word."), "muted", wrap=True)
        self.nothing.hide()
        self._arrange()
        self.search.searched.connect(self._look_for)
        Keys(self.search, {"Return": self._enter})
        self.contents.currentRowChanged.connect(self._show)
        self.open_chapter(chapter or self.chapters[0].code)
        fit_to_screen(self, QSize(theme.length(_WIDTH), theme.length(_HEIGHT)))

    def open_chapter(self, code: str) -> None:
        """The chapter of that code is shown from its beginning."""
        codes = [one.code for one in self.chapters]
        self.contents.setCurrentRow(codes.index(code))

    def save_pdf(self) -> None:
        """The whole manual is a PDF file where the user says."""
        path = self._prompts.save_file(_("Save the manual"), f"{_('Manual')}.pdf", "PDF (*.pdf)")
        if path is not None:
            work = partial(_write, self.chapters, path)
            self._tasks.query(work, owner=self, done=lambda _none: None)

    def print_it(self) -> None:
        """The chapter goes to the printer, after a look at it."""
        chapter = self.chapters[self.contents.currentRow()]
        printing.preview(printing.document([manual.html(chapter)]), _("Manual"), self)

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.search, 1)
        head.addWidget(button(_("Save as PDF…"), self.save_pdf, picture="download"))
        head.addWidget(button(_("Print…"), self.print_it, picture="printer"))
        head.addWidget(button(_("Close"), self.close))
        left = QVBoxLayout()
        left.addWidget(self.contents, 1)
        left.addWidget(self.nothing)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(left)
        row.addWidget(self.page, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addLayout(row, 1)

    def _show(self, row: int) -> None:
        if row >= 0:
            self.page.setHtml(manual.html(self.chapters[row]))
            self._mark()

    def _look_for(self, text: str) -> None:
        """Only chapters with the text are listed; one named like it, or the first, is shown."""
        if text.strip() == self._text:
            return
        self._text = text.strip()
        wanted = self._text.casefold()
        found = [wanted in manual.words(one).casefold() for one in self.chapters]
        for row, holds in enumerate(found):
            self.contents.item(row).setHidden(not holds)
        self.nothing.setVisible(not any(found))
        named = [wanted in said(one.title).casefold() for one in self.chapters]
        best = named if any(named) else found
        if any(found) and not best[self.contents.currentRow()]:
            self.contents.setCurrentRow(best.index(True))
        else:
            self._mark()

    def _mark(self) -> None:
        """Every place of the text is marked, and the first one to be seen."""
        marks = list(_marks(self.page.document(), self._text)) if self._text else []
        self.page.setExtraSelections(marks)
        self.page.moveCursor(QTextCursor.MoveOperation.Start)
        if marks:
            self.page.find(self._text)

    def _enter(self) -> None:
        """The next place is to be seen, after the last one the first again; a new text at once."""
        typed = self.search.text().strip()
        if typed != self._text:
            self._look_for(typed)
        elif self._text and not self.page.find(self._text):
            self.page.moveCursor(QTextCursor.MoveOperation.Start)
            self.page.find(self._text)


def _contents(titles: list[str]) -> QListWidget:
    made = QListWidget()
    made.setAccessibleName(_("Contents"))
    made.setSpacing(2)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.addItems(titles)
    for row, title in enumerate(titles):
        made.item(row).setToolTip(title)
    widest = made.sizeHintForColumn(0) + theme.length(_SPARE)
    made.setFixedWidth(min(widest, theme.length(_WIDEST)))
    return made


def _page() -> QTextBrowser:
    made = QTextBrowser()
    made.setAccessibleName(_("Manual"))
    made.setOpenLinks(False)
    made.document().setIndentWidth(theme.length(_INDENT))
    style = "p, li { line-height: 140%; margin: 3px 0 } h3 { margin: 18px 0 6px 0 }"
    line = theme.applied().colour("line").name()
    made.document().setDefaultStyleSheet(f"{style} table {{ border-color: {line} }}")
    return made


def _marks(document: QTextDocument, text: str) -> list[QTextEdit.ExtraSelection]:
    shown = theme.applied()
    found, cursor = [], document.find(text)
    while not cursor.isNull():
        mark: QTextEdit.ExtraSelection = QTextEdit.ExtraSelection()
        mark.cursor = cursor
        mark.format.setBackground(shown.colour("warn_soft"))
        found.append(mark)
        cursor = document.find(text, cursor)
    return found


def _write(chapters: tuple[Chapter, ...], path: Path) -> None:
    from pmdesk.services.paper.manual import manual_pdf  # noqa: PLC0415  # reportlab is slow

    write_whole(path, manual_pdf(chapters))
