"""The service that came to whom: by tier and by building, in time or not, and how long the wait."""

from functools import partial

from typing_extensions import override

from pmdesk.i18n import _, said
from pmdesk.services.session import Session
from pmdesk.services.watch import delivered
from pmdesk.services.watch.delivered import Board, Line
from pmdesk.ui import theme
from pmdesk.ui.tables.model import Column, RowsModel
from pmdesk.ui.tables.view import Table
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.watch.panel import Panel
from pmdesk.ui.watch.words import fair_badge
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.header import EmptyState
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.pill import Badge

_ROWS = 12  # to be seen at once


class ServedPanel(Panel):
    """Whether the contract's floor was kept for all alike."""

    def __init__(self, session: Session, tasks: Tasks) -> None:
        super().__init__(tasks)
        self._session = session
        self.answer = label("", "heading", wrap=True)
        self.source = label("", "muted", wrap=True)
        self.tiers = _Part(_("By tier"), _("Tier"))
        self.buildings = _Part(_("By building"), _("Building"))
        self.head = Card()
        for part in (self.answer, self.source):
            self.head.add(part)
        for card in (self.head, self.tiers, self.buildings):
            self.column.addWidget(card)
            card.hide()

    @override
    def reload(self) -> None:
        """The panel shows the last three whole months."""
        self.ask(partial(delivered.board, self._session), self.show_board, "served")

    def show_board(self, board: Board) -> None:
        """These figures are shown."""
        self.answer.setText(board.answer)
        words = _(
            "{months}. Orders that are done or overdue, rounded to multiples of {count}, and shares"
            " of the rounded numbers; groups of fewer than {count} residents are not shown. Due"
            " times come from the contract: they are the same for every tier."
        )
        self.source.setText(words.format(months=board.period.words, count=board.smallest))
        self._fill(self.tiers, board.tiers)
        self._fill(self.buildings, board.buildings)
        for card in (self.head, self.tiers, self.buildings):
            card.show()

    def _fill(self, part: "_Part", lines: tuple[Line, ...]) -> None:
        part.model.set_rows(lines)
        rows = min(max(len(lines), 3), _ROWS)
        high = part.table.view.verticalHeader().defaultSectionSize()
        part.table.setFixedHeight(high * rows + theme.length(64))
        part.sentence.setText("")
        if lines:
            part.table.view.selectRow(0)
            part.say(lines[0])


class _Part(Card):
    """A table of groups, and below it what is said of the chosen one."""

    def __init__(self, title: str, name: str) -> None:
        super().__init__(title)
        self.model = RowsModel[Line](_columns(name))
        empty = EmptyState(_("No order of a resident was due in these months."), picture="clock")
        self.table = Table(self.model, empty, nobody=True)
        self.table.view.setAccessibleName(title)
        self.sentence = label("", wrap=True, select=True)
        self.table.view.picked.connect(self.say)
        self.add(self.table)
        self.add(self.sentence)

    def say(self, line: Line | None) -> None:
        """The sentence about this group."""
        words = _("{name}: {words}")
        told = words.format(name=said(line.name), words=line.sentence) if line else ""
        self.sentence.setText(told)


def _columns(name: str) -> tuple[Column[Line], ...]:
    return (
        Column(key="name", title=name, cell=lambda line: said(line.name), width=18),
        Column(key="orders", title=_("Orders"), cell=lambda line: line.orders, width=14),
        Column(key="share", title=_("In time (95 % interval)"), cell=_share, width=24),
        Column(key="wait", title=_("Usual wait until begun"), cell=lambda line: line.wait),
        Column(
            key="verdict",
            title=_("Beside the others"),
            cell=lambda line: _badge(line).words,
            badge=_badge,
            width=20,
        ),
    )


def _share(line: Line) -> str:
    return line.share


def _badge(line: Line) -> Badge:
    if line.is_reference:
        return Badge(words=_("Reference"))
    return fair_badge(line.verdict)
