"""A card as a file, on paper or in the clipboard; the log knows of it before it leaves."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from pmdesk.errors import PmdeskError
from pmdesk.i18n import _
from pmdesk.services.dashboard import going_out
from pmdesk.services.dashboard.card import Card
from pmdesk.services.files import write_whole
from pmdesk.services.session import Session
from pmdesk.ui import printing, theme
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Scheme

if TYPE_CHECKING:
    from pmdesk.ui.charts.sheet import Sheet

KINDS: Mapping[str, str] = {
    "png": "PNG (*.png)",
    "svg": "SVG (*.svg)",
    "pdf": "PDF (*.pdf)",
    "csv": "CSV (*.csv)",
}
_MARGIN = 0.06  # of the paper's width


class WayOut:
    """`done` hears a sentence that says what became of it, `failed` why nothing did."""

    def __init__(
        self,
        session: Session,
        tasks: Tasks,
        prompts: Prompts,
        done: Callable[[str], None],
        failed: Callable[[PmdeskError], None],
    ) -> None:
        self._session = session
        self._tasks = tasks
        self._prompts = prompts
        self._done = done
        self._failed = failed

    def save(self, card: Card, form: str, owner: QWidget) -> None:
        """The card is a file of that form, where the user wants it."""
        name = f"{card.question.rstrip('？?')}.{form}"
        path = self._prompts.save_file(_("Save the chart"), name, KINDS[form])
        if path is None:
            return
        path = path if path.suffix else path.with_suffix(f".{form}")
        write = partial(_write, card, theme.applied().colours, self._foot(card))
        self._tasks.query(
            partial(going_out.export, self._session, card, path, write),
            owner=owner,
            done=lambda path: self._done(_("Saved: {name}").format(name=path.name)),
            failed=self._failed,
        )

    def copy(self, card: Card, owner: QWidget) -> None:
        """The picture of the card is in the clipboard."""
        self._tasks.query(
            partial(self._picture, card, going_out.CLIPBOARD, theme.applied().colours),
            owner=owner,
            done=self._to_clipboard,
            failed=self._failed,
        )

    def print(self, card: Card, owner: QWidget) -> None:
        """The card goes to the printer in light colours, after a look at it."""
        light = theme.loaded(Scheme.LIGHT).colours
        self._tasks.query(
            partial(self._picture, card, going_out.PRINT, light),
            owner=owner,
            done=partial(_preview, card.question, owner),
            failed=self._failed,
        )

    def _picture(self, card: Card, form: str, colours: Mapping[str, str]) -> QImage:
        from pmdesk.ui.charts import sheet  # noqa: PLC0415  # matplotlib takes its time

        going_out.handed_out(self._session, card, form)
        return QImage.fromData(sheet.png(sheet_of(card, self._foot(card)), colours))

    def _to_clipboard(self, picture: QImage) -> None:
        QGuiApplication.clipboard().setImage(picture)
        self._done(_("The chart is in the clipboard."))

    def _foot(self, card: Card) -> str:
        """Who took it out, and when."""
        del card
        return _("{name}, {moment}").format(
            name=self._session.staff.name, moment=f"{self._session.clock.local():%Y-%m-%d %H:%M}"
        )


def _preview(title: str, owner: QWidget, picture: QImage) -> None:
    preview(picture, title, owner.window())


def preview(picture: QImage, title: str, parent: QWidget) -> bool:
    """Whether the user sent the picture to a printer."""
    return printing.looked_at(printing.painted_first(partial(paint, picture), title, parent))


def paint(picture: QImage, printer: QPrinter) -> None:
    """The picture stands at the top of one page, as wide as the paper allows."""
    painter = QPainter(printer)
    page = QRectF(painter.viewport())
    edge = page.width() * _MARGIN
    room = page.adjusted(edge, edge, -edge, -edge)
    size = picture.size().scaled(
        round(room.width()), round(room.height()), Qt.AspectRatioMode.KeepAspectRatio
    )
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(QRectF(room.x(), room.y(), size.width(), size.height()), picture)
    painter.end()


def sheet_of(card: Card, foot: str) -> "Sheet":
    """Everything of the card that may be seen, with where it is from and who took it out."""
    from pmdesk.ui.charts.sheet import Sheet  # noqa: PLC0415  # matplotlib takes its time

    return Sheet(
        title=card.question,
        answer=card.answer,
        figures=tuple(one for one in card.figures if not one.is_empty),
        lines=(*going_out.lines(card), foot),
    )


def _write(card: Card, colours: Mapping[str, str], foot: str, path: Path) -> None:
    if path.suffix.lower() == ".csv":
        write_whole(path, going_out.as_csv(card))
        return
    from pmdesk.ui.charts import sheet  # noqa: PLC0415  # as above

    sheet.save(sheet_of(card, foot), colours, path)
