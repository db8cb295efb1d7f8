"""Chart and tables of a fairness report, and in plain words what they say and what they do not."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pmdesk.analytics.figures import Figure
from pmdesk.i18n import N_, _
from pmdesk.services.fairness import FairnessLine, FairnessPage
from pmdesk.ui import theme
from pmdesk.ui.charts.card import ChartCard
from pmdesk.ui.rules.fairness_words import line_columns, proxy_columns
from pmdesk.ui.tables.model import RowsModel
from pmdesk.ui.tables.view import TableView
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.visibility import set_shown

_MOST_ROWS = 14  # to be seen at once
_MEANING = (
    N_("Ratio: the share of a group, divided by the share of the group that gets it most often."),
    N_(
        "Needs review: below 0.8, and surely not by chance alone. Watch: close to it. Below 0.8 is"
        " a reason for people to look, not a line that the law draws."
    ),
    N_(
        "A difference can have a good reason: groups may want different services. Compare people"
        " with equal needs before blaming a rule."
    ),
    N_(
        "Too little data does not mean fair. It means that figures cannot tell, and that a person"
        " has to review the rules."
    ),
    N_("Counts below 10, and what they could be told from, are neither shown nor stored."),
)


_UNTOLD = N_("No ratio can be drawn; the table below says for each group what is known.")


class FairnessTables(QWidget):
    """Everything that a report holds."""

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self._tasks = tasks
        self._chart: ChartCard | None = None
        self.lines = TableView(RowsModel[FairnessLine](line_columns()), nobody=True)
        self.lines.setAccessibleName(_("Comparison of groups"))
        self.sentence = label("", wrap=True, select=True)
        self.lines.picked.connect(self._say)
        self.linked = label("", wrap=True, select=True)
        self.proxies = TableView(RowsModel[Any](proxy_columns()), nobody=True)
        self.proxies.setAccessibleName(_("What the inputs tell"))
        self.proxies.picked.connect(lambda one: self.linked.setText(one.sentence if one else ""))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(14)
        self.untold = label("", wrap=True, select=True)
        title = _("Does the same service come to every group?")
        self._without = self._card(title, self.untold)
        self._column.addWidget(self._without)
        self._column.addWidget(self._card(_("Comparison of groups"), self.lines, self.sentence))
        about = _("An input that tells a group could work in its place, even if nobody means it.")
        self._column.addWidget(
            self._card(
                _("What the inputs tell"),
                label(about, "muted", wrap=True),
                self.proxies,
                self.linked,
            )
        )
        self._column.addWidget(_meaning())

    def show_page(self, page: FairnessPage, figure: Figure) -> None:
        """These figures are shown."""
        self.untold.setText(f"{figure.answer} {_(_UNTOLD)}")
        set_shown(self._without, figure.is_empty)
        if not figure.is_empty:
            self._draw(figure)
        if self._chart is not None:
            set_shown(self._chart, not figure.is_empty)
        _fill(self.lines, page.lines)
        _fill(self.proxies, page.proxies)
        self._say(None)
        compared = (at for at, one in enumerate(page.lines) if not _is_reference(one))
        self.lines.selectRow(next(compared, 0))
        self.proxies.selectRow(0)

    def _draw(self, figure: Figure) -> None:
        if self._chart is None:
            self._chart = ChartCard(figure, self._tasks, may_export=False)
            self._column.insertWidget(0, self._chart)
        else:
            self._chart.show_figure(figure)

    def redraw(self) -> None:
        """The chart has the colours and the text size of the present theme."""
        if self._chart is not None:
            self._chart.redraw()
        for view in (self.lines, self.proxies):
            _fit(view)

    @property
    def chart(self) -> ChartCard | None:
        """The card of the chart; None before the first report with a ratio."""
        return self._chart

    def _card(self, title: str, *widgets: QWidget) -> Card:
        card = Card(title)
        for widget in widgets:
            card.add(widget)
        return card

    def _say(self, one: FairnessLine | None) -> None:
        hint = _("Choose a row to read what it says and how sure it is.")
        self.sentence.setText(one.sentence if one is not None else hint)


def _is_reference(one: FairnessLine) -> bool:
    return one.line is not None and one.line.is_reference


def _fill(view: TableView, rows: Sequence[Any]) -> None:
    model = view.table
    if isinstance(model, RowsModel):
        model.set_rows(rows)
    _fit(view)


def _fit(view: TableView) -> None:
    """All rows are seen up to a screenful; more scroll."""
    rows = min(max(view.model().rowCount(), 1), _MOST_ROWS)
    high = view.verticalHeader().defaultSectionSize() * rows
    view.setFixedHeight(high + view.horizontalHeader().sizeHint().height() + theme.length(22))


def _meaning() -> Card:
    card = Card(_("What these figures say, and what they do not"))
    for words in _MEANING:
        card.add(label(_(words), wrap=True))
    return card
