"""What the edited rules would do today: people per tier before and after, small groups hidden."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from pmdesk.analytics.suppression import Margins, suppressed
from pmdesk.i18n import _, said
from pmdesk.rules.scheme import Scheme
from pmdesk.rules.table import DecisionTable
from pmdesk.services.comparison import sides
from pmdesk.services.rules import Effect
from pmdesk.ui import theme
from pmdesk.ui.rules.flowing import Flowing
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.page import scrolled

_MARGINS = Margins(known_rows=True, columns=False)  # the totals are on the consent chart
HIDDEN = "∗"  # too few people to be shown, or they would tell of too few


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One tier: how many people now and then, None where they are too few to be shown."""

    name: str
    before: int | None
    after: int | None

    @property
    def words(self) -> str:
        """The change in numbers."""
        now, then = count_words(self.before), count_words(self.after)
        if self.before == self.after:
            return then
        if self.before is None or self.after is None:
            return f"{now} → {then}"
        return f"{now} → {then}  {self.after - self.before:+,}"


def bars(scheme: Scheme, effect: Effect) -> tuple[Bar, ...]:
    """The tiers, weakest first; what is hidden cannot be found out from the rest either.

    A tier is hidden before and after, or neither: who moved would tell the one from the other.
    """
    keys = scheme.tier_keys
    return tuple(
        Bar(name=said(scheme.tier_label(key)), before=before, after=after)
        for key, before, after in zip(keys, *sides(keys, effect), strict=True)
    )


def rule_counts(table: DecisionTable, effect: Effect) -> Mapping[str, str]:
    """People by deciding rule, in words that hide small groups beside the bars of the tiers.

    Nobody and fewer than shown are one sign: the difference would tell of single people.
    """
    keys = table.scheme.tier_keys
    rules = [rule for rule in table.rules if rule.id in effect.after.rules]
    counts = [
        [effect.after.rules[rule.id] if rule.tier == key else 0 for rule in rules] for key in keys
    ]
    hidden = {
        (row, len(rules)) for row, bar in enumerate(bars(table.scheme, effect)) if bar.after is None
    }
    shown = suppressed(counts, effect.smallest, _MARGINS, hidden=hidden)
    return {
        rule.id: count_words(shown.cells[keys.index(rule.tier)][column] or None)
        for column, rule in enumerate(rules)
    }


def count_words(count: int | None) -> str:
    """The number, or a sign that it is not shown."""
    return HIDDEN if count is None else f"{count:,}"


def moved_words(effect: Effect) -> str:
    """How many people would have another tier."""
    if effect.after.moved < effect.smallest:
        return few_words()
    return _("About {count} people change tier.").format(count=f"{effect.after.moved:,}")


def limit_words(effect: Effect) -> str:
    """Which numbers are not to be seen, so that no number tells of a single person."""
    return _(
        "Groups under {smallest} are hidden ({sign}); changes of fewer than {most} people may not"
        " be counted."
    ).format(smallest=effect.smallest, sign=HIDDEN, most=effect.surely_counted)


def partial_words(effect: Effect) -> str:
    """A warning where many changes are missing in the numbers; nothing otherwise."""
    if not effect.partial:
        return ""
    return " " + _(
        "Many more people change than these numbers may say after so many previews;"
        " the list on the tab “Compare” names them."
    )


def few_words() -> str:
    """That no change can be shown; nobody and somebody are the same words on purpose."""
    return _("No change that is large enough to be shown.")


class _Chart(QWidget):
    """A bar for each tier; a line marks where it ended before."""

    def __init__(self) -> None:
        super().__init__()
        self.bars: tuple[Bar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_bars(self, bars: tuple[Bar, ...]) -> None:
        """The chart shows these."""
        self.bars = bars
        self.setAccessibleName("; ".join(f"{bar.name} {bar.words}" for bar in bars))
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.length(260), self._line() * max(len(self.bars), 4))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(theme.length(160), self.sizeHint().height())

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self.updateGeometry()
        super().changeEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = self.fontMetrics()
        names = max((metrics.horizontalAdvance(bar.name) for bar in self.bars), default=0)
        words = max((metrics.horizontalAdvance(bar.words) for bar in self.bars), default=0)
        left, right = names + theme.length(12), words + theme.length(12)
        most = max((n or 0 for bar in self.bars for n in (bar.before, bar.after)), default=0)
        scale = max(self.width() - left - right, 0) / max(most, 1)
        for place, bar in enumerate(self.bars):
            row = QRect(0, place * self._line(), self.width(), self._line())
            self._paint_words(painter, row, bar)
            self._paint_bar(painter, row, bar, left, scale)

    def _line(self) -> int:
        return round(self.fontMetrics().height() * 1.2)

    def _paint_words(self, painter: QPainter, row: QRect, bar: Bar) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(theme.applied().colour("text"))
        painter.drawText(row, int(middle | Qt.AlignmentFlag.AlignLeft), bar.name)
        is_same = bar.before == bar.after and bar.before is not None
        painter.setPen(theme.applied().colour("muted" if is_same else "text"))
        painter.drawText(row, int(middle | Qt.AlignmentFlag.AlignRight), bar.words)

    def _paint_bar(self, painter: QPainter, row: QRect, bar: Bar, left: int, scale: float) -> None:
        high = self._line() * 0.46
        top = row.top() + (row.height() - high) / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.applied().colour("chart_1"))
        painter.drawRoundedRect(QRectF(left, top, (bar.after or 0) * scale, high), 3, 3)
        if bar.before is not None and bar.after is not None and bar.before != bar.after:
            painter.setPen(QPen(theme.applied().colour("text"), theme.length(2)))
            at = left + bar.before * scale
            painter.drawLine(round(at), round(top - 3), round(at), round(top + high + 3))


class PreviewCard(Card):
    """The bars, and how many people would change tier."""

    def __init__(self) -> None:
        super().__init__(margin=14)
        self.summary = label("", "heading", wrap=True)
        self.chart = _Chart()
        self.note = label("", "muted", wrap=True)
        self.body.setSpacing(8)
        self.add(self.summary)
        flowing = Flowing(spacing=8)
        flowing.column.setContentsMargins(0, 0, theme.length(8), 0)
        flowing.column.addWidget(self.chart)
        flowing.column.addWidget(self.note)
        flowing.column.addStretch(1)
        area = scrolled(flowing)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.add(area, 1)

    def show_busy(self) -> None:
        """A newer answer is on its way."""
        self.note.setText(_("Counting…"))

    def show_effect(self, scheme: Scheme, effect: Effect) -> None:
        """The card says this."""
        self.summary.setText(moved_words(effect))
        self.chart.show_bars(bars(scheme, effect))
        words = _("Counts only, nobody is touched. {limits}").format(limits=limit_words(effect))
        self.note.setText(f"{words}{partial_words(effect)}")

    def show_problem(self, sentence: str) -> None:
        """Counting failed, for this reason."""
        self.note.setText(sentence)
