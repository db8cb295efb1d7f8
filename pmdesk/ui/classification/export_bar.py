"""Printing and exporting the list as it is filtered: masked unless one asks for more."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QHideEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QProgressBar, QPushButton
from typing_extensions import override

from pmdesk.domain import office
from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.export_guard import Errand, ExportRequest, ExportRequestId
from pmdesk.domain.exports import ExportKind
from pmdesk.domain.office import Changes
from pmdesk.domain.staff import Permission
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, ngettext, told
from pmdesk.services import export, export_guard
from pmdesk.services.export_files import Listing, write_pdf, write_xlsx
from pmdesk.services.export_guard import Shown, Sizing
from pmdesk.services.session import Session
from pmdesk.ui.exports.errand_form import ErrandForm
from pmdesk.ui.exports.guard_panel import GuardPanel
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tasks import Progress, Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.flow import FlowLayout
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.visibility import set_shown

Make = Callable[[Callable[[Listing], object]], Listing]
Write = Callable[[Listing, Path], None]
Done = tuple[str, int, Path, Changes]
Guarded = tuple[Sizing, tuple[Shown, ...], Errand | None]
_STAGES = 2
_SHOWN_BY = {office.RECORDS, office.RESIDENTS, office.CONSENTS, office.CLASSIFICATION}


def open_file(path: Path) -> None:
    """The file is open in the program that the system has for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


class ExportBar(Card):
    """What for and for whom, two files to choose from, and where they lie; or why it waits."""

    opened = Signal(bool)  # or closed again

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
        self._count = 0
        self.query = ResidentQuery()
        self.unmasked = QCheckBox(_("Show full names and phone numbers (this is logged)"))
        self.what = label("", "muted", wrap=True)
        self.errand = ErrandForm()
        self.pdf = button(_("PDF to print…"), self.save_pdf, picture="printer")
        self.xlsx = button(_("Excel workbook…"), self.save_xlsx, picture="download")
        self.guard = GuardPanel(session, self._ways)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.hide()
        self.outcome = Banner()
        self._arrange()
        self.guard.asked.connect(self._ask)
        self.guard.withdrawn.connect(self._withdraw)
        self.guard.due.connect(self.reload)
        self.unmasked.toggled.connect(lambda _on: self.reload())
        self.hide()

    def show_query(self, query: ResidentQuery, count: int) -> None:
        """The export will hold these residents."""
        self.query, self._count = query, count
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
        self.reload()

    def open(self) -> None:
        """The bar is to be seen by whoever may export, with nothing left over from last time."""
        if not self._session.staff.may(Permission.EXPORT):
            return
        self.outcome.show_sentence("")
        self.unmasked.setChecked(False)
        self.show()
        self.reload()
        self.pdf.setFocus()

    def reload(self, changes: Changes | None = None) -> None:
        """Whether the list may leave at once, and how far the own requests have come."""
        touched = changes is None or changes.kinds & _SHOWN_BY
        if touched and not self.isHidden():
            self._tasks.query(
                partial(_guarded, self._session, self.query),
                owner=self,
                done=self._show_guard,
                failed=self._show_failed,
                newest="guard",
            )

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.opened.emit(True)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.opened.emit(not self.isHidden())  # with its page it stays open

    def save_pdf(self) -> None:
        """The list as paper, open in the viewer for a look before printing."""
        self._save(self._listing(), write_pdf, ".pdf")

    def save_xlsx(self) -> None:
        """The list as a workbook."""
        self._save(self._listing(), write_xlsx, ".xlsx")

    def _arrange(self) -> None:
        self.aside.addWidget(button("", self.hide, look="quiet", picture="x", tip=_("Close")))
        acts = FlowLayout(12)
        for made in (self.pdf, self.xlsx):
            acts.addWidget(made)
        self.add(self.what)
        self.add(self.errand)
        self.add(self.unmasked)
        self.body.addLayout(acts)
        self.add(self.guard)
        self.add(self.progress)
        self.add(self.outcome)

    def _listing(self) -> Make | None:
        """What makes the list for the chosen errand; None, and a word, while it is missing."""
        errand = self._errand()
        if errand is None:
            return None
        unmasked = self.unmasked.isChecked()
        return partial(_listed, self._session, self.query, errand, unmasked)

    def _errand(self) -> Errand | None:
        errand = self.errand.errand
        if errand is None:
            words = _("Choose first what the list is for and who gets it.")
            self.outcome.show_sentence(words, Tone.WARN)
        return errand

    def _ways(self, request: ExportRequest) -> Sequence[QPushButton]:
        make = partial(export.fetched, self._session, request.id)
        pdf, xlsx = (
            partial(self._save, make, write_pdf, ".pdf"),
            partial(self._save, make, write_xlsx, ".xlsx"),
        )
        return (
            button(_("Fetch as PDF…"), pdf, look="primary", picture="printer"),
            button(_("Fetch as Excel…"), xlsx, picture="download"),
        )

    def _ask(self, reason: str) -> None:
        errand = self._errand()
        if errand is not None:
            work = partial(
                export.ask,
                self._session,
                self.query,
                errand,
                reason,
                unmasked=self.unmasked.isChecked(),
            )
            self._tasks.command(work, owner=self, done=self._show_asked, failed=self._show_failed)

    def _show_asked(self, _changes: Changes) -> None:
        self.guard.reason.clear()
        words = _("Asked. Whoever may decide finds it on the landing page.")
        self.outcome.show_sentence(words, Tone.GOOD)
        self.reload()

    def _withdraw(self, request: ExportRequestId) -> None:
        work = partial(export_guard.withdraw, self._session, request)
        self._tasks.command(
            work, owner=self, done=lambda _done: self.reload(), failed=self._show_failed
        )

    def _save(self, make: Make | None, write: Write, ending: str) -> None:
        if self._is_busy or make is None:
            return
        day = self._session.clock.now().astimezone()
        name = _("classification table {day}").format(day=f"{day:%Y%m%d}") + ending
        kinds = "PDF (*.pdf)" if ending == ".pdf" else "Excel (*.xlsx)"
        path = self._prompts.save_file(_("Save the classification table"), name, kinds)
        if path is None:
            return
        path = path if path.suffix else path.with_suffix(ending)
        self._show_busy(busy=True)
        self._tasks.long(
            partial(_written, make, write, path),
            owner=self,
            reported=self._show_progress,
            done=partial(self._show_done, opens=ending == ".pdf"),
            failed=self._show_failed,
        )

    def _show_guard(self, found: Guarded) -> None:
        size, requests, errand = found
        if self.errand.errand is None:
            self.errand.show_errand(errand)
        own = [one for one in requests if one.request.wish.kind is ExportKind.CLASSIFICATION]
        for made in (self.pdf, self.xlsx):
            set_shown(made, not size.is_large)
        wish = export.wished(self.query, unmasked=self.unmasked.isChecked())
        self.guard.show_guard(size, own, wish.fingerprint)

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
        number, count, path, _changes = done
        self._show_busy(busy=False)
        words = ngettext(
            "{number}: {count} resident saved in {path}",
            "{number}: {count} residents saved in {path}",
            count,
        )
        self.outcome.show_sentence(
            words.format(number=number, count=f"{count:,}", path=path), Tone.GOOD
        )
        self.reload()
        if opens:
            self._open(path)

    def _show_failed(self, error: PmdeskError) -> None:
        self._show_busy(busy=False)
        self.outcome.show_sentence(told(error), Tone.PROBLEM)
        self.reload()


def _guarded(session: Session, query: ResidentQuery) -> Guarded:
    size = export.sizing(session, query)
    return size, export_guard.own(session), export_guard.last_errand(session)


def _listed(
    session: Session,
    query: ResidentQuery,
    errand: Errand,
    unmasked: bool,  # bound by position, as `write` comes last
    write: Callable[[Listing], object],
) -> Listing:
    made = export.listing(session, query, errand, unmasked=unmasked)
    write(made)
    return made


def _written(make: Make, write: Write, path: Path, progress: Progress) -> Done:
    progress.report(0, _STAGES)
    made = make(partial(_told_and_written, write, path, progress))
    progress.report(_STAGES, _STAGES)
    return made.number, len(made.rows), path, export_guard.CHANGED


def _told_and_written(write: Write, path: Path, progress: Progress, made: Listing) -> None:
    progress.report(1, _STAGES)
    write(made, path)
