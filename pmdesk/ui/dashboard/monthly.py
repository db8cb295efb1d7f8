"""The report of a month, from a menu on the charts page: chosen, saved, opened."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QMenu, QPushButton

from pmdesk.analytics.figures import Figure
from pmdesk.domain.progress import Progress as Told
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _
from pmdesk.services.files import write_whole
from pmdesk.services.monthly import report
from pmdesk.services.session import Session
from pmdesk.ui import theme
from pmdesk.ui.classification.export_bar import open_file
from pmdesk.ui.exchange.working import WorkingBar
from pmdesk.ui.icons import Ink, icon
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tasks import CancelledError, Progress, Tasks
from pmdesk.ui.theme import Scheme

_PDF = "PDF (*.pdf)"
_WIDTH = 680  # pixels of a chart at text size 100 %
_DOTS = 2.5  # in each of them, for paper


class MonthlyMenu(QPushButton):
    """Offers the months that are over; `working` shows how far the report is."""

    def __init__(
        self,
        session: Session,
        tasks: Tasks,
        prompts: Prompts,
        told: Callable[[str], None],
        failed: Callable[[PmdeskError], None],
        opener: Callable[[Path], None] = open_file,
    ) -> None:
        super().__init__(_("Monthly report"))
        self.setAutoDefault(False)
        self.setIcon(icon("file-text", Ink.TEXT))
        self._session, self._tasks, self._prompts = session, tasks, prompts
        self._told, self._failed, self._opener = told, failed, opener
        self._running: Progress | None = None
        self.working = WorkingBar(lambda _done: _("charts are being drawn"))
        self.working.cancelled.connect(self.cancel)
        self.list = QMenu(self)
        for month in report.months(session.clock.today()):
            words = _("{year}-{month:02}").format(year=month.year, month=month.month)
            self.list.addAction(words, partial(self.begin, month))
        self.setMenu(self.list)

    def begin(self, month: date) -> None:
        """The report of that month is made where the user says, and opened."""
        name = _("Monthly report {month}").format(month=f"{month:%Y-%m}")
        path = self._prompts.save_file(_("Save the monthly report"), f"{name}.pdf", _PDF)
        if path is None:
            return
        self.setEnabled(False)
        self.working.start(name)
        colours = theme.loaded(Scheme.LIGHT).colours
        path = path if path.suffix else path.with_suffix(".pdf")
        self._running = self._tasks.long(
            partial(made, self._session, month, path, colours),
            owner=self,
            reported=self.working.show_progress,
            done=self._done,
            failed=self._refused,
            broken=self._stop,
        )

    def cancel(self) -> None:
        """A report that is being made is not made."""
        if self._running is not None:
            self._running.cancel()

    def _done(self, path: Path) -> None:
        self._stop()
        self._told(_("Saved: {name}").format(name=path.name))
        self._opener(path)

    def _refused(self, error: PmdeskError) -> None:
        self._stop()
        if isinstance(error, CancelledError):
            self._told(_("Stopped. No report was made."))
        else:
            self._failed(error)

    def _stop(self) -> None:
        self._running = None
        self.working.stop()
        self.setEnabled(True)


def made(
    session: Session,
    month: date,
    path: Path,
    colours: Mapping[str, str],
    progress: Told,
) -> Path:
    """The report is at `path`, whole, and the log knows of it; `progress` hears of one way."""
    from pmdesk.services.monthly import paper  # noqa: PLC0415  # reportlab takes its time

    total = report.STEPS + paper.STEPS
    compiled = report.compiled(session, month, lambda done, _of: progress(done, total))
    pages = paper.monthly_pdf(
        compiled,
        partial(drawn, colours),
        lambda done, _of: progress(report.STEPS + done, total),
    )
    write_whole(path, pages)
    report.saved(session)
    return path


def drawn(colours: Mapping[str, str], figure: Figure) -> tuple[bytes, float]:
    """The chart without its title as a PNG for paper, and its height as a share of its width."""
    from pmdesk.ui.charts import sheet  # noqa: PLC0415  # matplotlib takes its time

    shown = sheet.picture(figure, colours, width=_WIDTH, scale=1.0, ratio=_DOTS)
    image = QImage(shown.pixels, shown.width, shown.height, QImage.Format.Format_RGBA8888)
    store = QBuffer()
    store.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(store, "PNG")  # type: ignore[call-overload]  # the stub wants bytes
    return bytes(store.data().data()), shown.height / shown.width
