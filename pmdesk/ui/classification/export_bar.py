"""Printing and exporting the list as it is filtered: masked unless one asks for more."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QProgressBar

from pmdesk.domain.classification import ResidentQuery
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, ngettext, told
from pmdesk.services import export
from pmdesk.services.export import Listing
from pmdesk.services.session import Session
from pmdesk.ui.forms.line import PinyinEdit
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tasks import Progress, Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.flow import FlowLayout
from pmdesk.ui.widgets.label import label

Write = Callable[[Listing, Path], None]
Done = tuple[str, int, Path]
_STAGES = 2


def open_file(path: Path) -> None:
    """The file is open in the program that the system has for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


class ExportBar(Card):
    """Two files to choose from, what they will hold, and afterwards where they lie."""

    def __init__(
        self,
        session: Session,
        tasks: Tasks,
        prompts: Prompts,
        opener: Callable[[Path], None] = open_file,
    ) -> None:
        super().__init__(_("Print or export"), margin=16)
        self._session = session
        self._tasks = tasks
        self._prompts = prompts
        self._open = opener
        self._is_busy = False
        self.query = ResidentQuery()
        self.unmasked = QCheckBox(_("Show full names and phone numbers (this is logged)"))
        self.what = label("", "muted", wrap=True)
        self.pdf = button(_("PDF to print…"), self.save_pdf, picture="printer")
        self.xlsx = button(_("Excel workbook…"), self.save_xlsx, picture="download")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.hide()
        self.recipient = PinyinEdit(_("To whom: a company, a colleague, yourself"))
        self.recipient.setAccessibleName(_("To whom"))
        self.outcome = Banner()
        self.aside.addWidget(button("", self.hide, look="quiet", picture="x", tip=_("Close")))
        acts = FlowLayout(12)
        for made in (self.pdf, self.xlsx):
            acts.addWidget(made)
        self.add(self.what)
        self.add(self.unmasked)
        self.add(self.recipient)
        self.body.addLayout(acts)
        self.add(self.progress)
        self.add(self.outcome)
        self.hide()

    def show_query(self, query: ResidentQuery, count: int) -> None:
        """The export will hold these residents."""
        self.query = query
        words = ngettext(
            "{count} resident as filtered now. Names and phone numbers are masked; number, time and"
            " your name stand on each page and in the log.",
            "{count} residents as filtered now. Names and phone numbers are masked; number, time"
            " and your name stand on each page and in the log.",
            count,
        )
        self.what.setText(words.format(count=f"{count:,}"))
        self.pdf.setEnabled(count > 0)
        self.xlsx.setEnabled(count > 0)

    def open(self) -> None:
        """The bar is to be seen, with nothing left over from the last time."""
        self.outcome.show_sentence("")
        self.unmasked.setChecked(False)
        self.show()
        self.pdf.setFocus()

    def save_pdf(self) -> None:
        """The list as paper, open in the viewer for a look before printing."""
        self._save(export.write_pdf, "PDF (*.pdf)", ".pdf", opens=True)

    def save_xlsx(self) -> None:
        """The list as a workbook."""
        self._save(export.write_xlsx, "Excel (*.xlsx)", ".xlsx", opens=False)

    def _save(self, write: Write, kinds: str, ending: str, *, opens: bool) -> None:
        day = self._session.clock.now().astimezone()
        name = _("classification table {day}").format(day=f"{day:%Y%m%d}") + ending
        if self._is_busy:
            return
        path = self._prompts.save_file(_("Save the classification table"), name, kinds)
        if path is None:
            return
        path = path if path.suffix else path.with_suffix(ending)
        self._show_busy(busy=True)
        self._tasks.long(
            partial(
                _written,
                self._session,
                self.query,
                write,
                path,
                unmasked=self.unmasked.isChecked(),
                recipient=self.recipient.text(),
            ),
            owner=self,
            reported=self._show_progress,
            done=partial(self._show_done, opens=opens),
            failed=self._show_failed,
        )

    def _show_busy(self, *, busy: bool) -> None:
        self.progress.setVisible(busy)
        self.progress.setRange(0, 0)
        self._is_busy = busy  # a disabled button would hand the cursor on, into the table
        if busy:
            self.outcome.show_sentence("")

    def _show_progress(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    def _show_done(self, done: Done, *, opens: bool) -> None:
        number, count, path = done
        self._show_busy(busy=False)
        words = ngettext(
            "{number}: {count} resident saved in {path}",
            "{number}: {count} residents saved in {path}",
            count,
        )
        self.outcome.show_sentence(
            words.format(number=number, count=f"{count:,}", path=path), Tone.GOOD
        )
        if opens:
            self._open(path)

    def _show_failed(self, error: PmdeskError) -> None:
        self._show_busy(busy=False)
        self.outcome.show_sentence(told(error), Tone.PROBLEM)


def _written(  # noqa: PLR0913  # one export has these parts
    session: Session,
    query: ResidentQuery,
    write: Write,
    path: Path,
    progress: Progress,
    *,
    unmasked: bool,
    recipient: str,
) -> Done:
    progress.report(0, _STAGES)
    made = export.listing(session, query, unmasked=unmasked, recipient=recipient)
    progress.report(1, _STAGES)
    write(made, path)
    progress.report(_STAGES, _STAGES)
    return made.number, len(made.rows), path
