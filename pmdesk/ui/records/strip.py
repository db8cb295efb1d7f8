"""What is missing or overdue, above the records: gravest first, each with its button."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pmdesk.domain.points import Point, Weight
from pmdesk.i18n import Words, _, said
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.label import Picture, label

_SHOWN = 3
_LOOKS: Mapping[Weight, tuple[str, Tone]] = {
    Weight.MUST: ("circle-alert", Tone.PROBLEM),
    Weight.SOON: ("clock", Tone.WARN),
    Weight.ASKED: ("clipboard-check", Tone.INFO),
}


class PointStrip(QWidget):
    """The first few points; the others open on demand."""

    chosen = Signal(object)  # Point

    def __init__(self) -> None:
        super().__init__()
        self.points: tuple[Point, ...] = ()
        self._open = False
        self.fine = Banner(tone=Tone.GOOD)
        self._card = Card(margin=14)
        self._lines = QWidget()
        self._card.add(self._lines)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.fine)
        column.addWidget(self._card)
        self._card.hide()

    def show_points(self, points: Sequence[Point]) -> None:
        """These are missing or overdue; none: the strip says that all is in order."""
        self.points = tuple(points)
        fine = _("Nothing is missing or overdue.") if not points else ""
        self.fine.show_sentence(fine, Tone.GOOD)
        self._card.setVisible(bool(points))
        self._fill()

    def _fill(self) -> None:
        fresh = QWidget()
        column = QVBoxLayout(fresh)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        shown = self.points if self._open else self.points[:_SHOWN]
        for point in shown:
            column.addWidget(self._line(point))
        if len(self.points) > _SHOWN:
            words = (
                _("Show fewer")
                if self._open
                else _("Show all {count}").format(count=len(self.points))
            )
            more = QHBoxLayout()
            more.addWidget(button(words, self._toggle, look="link"))
            more.addStretch(1)
            column.addLayout(more)
        self._card.body.replaceWidget(self._lines, fresh)
        self._lines.hide()
        self._lines.deleteLater()
        self._lines = fresh

    def _line(self, point: Point) -> QWidget:
        picture, tone = _LOOKS[point.weight]
        words = sentence(point)
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(Picture(picture, tone))
        row.addWidget(label(words, wrap=True), 1)
        act = button(_("Do it"), lambda: self.chosen.emit(point))
        act.setAccessibleName(words)
        row.addWidget(act)
        return made

    def _toggle(self) -> None:
        self._open = not self._open
        self._fill()


def sentence(point: Point) -> str:
    """What a point says in the user's language."""
    places = {
        name: said(value) if isinstance(value, Words) else value
        for name, value in point.places.items()
    }
    return _(point.sentence).format_map(places)
