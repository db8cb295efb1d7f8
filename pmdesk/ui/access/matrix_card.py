"""谁能做什么: what each role may do and see, and what it is that keeps it so."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial

from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from pmdesk.domain.access import Guard
from pmdesk.domain.access_words import GUARDS, SHORT
from pmdesk.i18n import Words, _, said
from pmdesk.services import access
from pmdesk.services.access import ROLES, Row
from pmdesk.services.session import Session
from pmdesk.ui import printing, theme
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tables.model import PILL, Column, RowsModel, digits
from pmdesk.ui.tables.view import TableView
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.choice import Segmented
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.late import join_order
from pmdesk.ui.widgets.pill import Badge, Pill

_LOOKS: Mapping[Guard, tuple[Tone, str]] = {
    Guard.ENCRYPTION: (Tone.GOOD, "lock"),
    Guard.DETECTED: (Tone.INFO, "history"),
    Guard.APP: (Tone.NEUTRAL, "shield"),
}
_ACTS, _VALUES = "acts", "values"
_MOST, _FEW = 12, 5  # rows that are seen at once at least; the rest scrolls
_NAME, _ABOVE = 12, 10  # digits that a name has at least; pixels around a name of two lines


class AccessCard(Card):
    """Two tables, one of acts and one of values; both can be copied and printed."""

    def __init__(self, least: int = _MOST) -> None:
        """The tables are as high as `least` rows, or higher where there is room."""
        super().__init__(_("Who may do what"))
        self.copier = button(_("Copy"), self.copy, look="quiet", picture="copy")
        self.printer = button(_("Print…"), self.print_table, look="quiet", picture="printer")
        self.aside.addWidget(self.copier)
        self.aside.addWidget(self.printer)
        words = _(
            "Roles are fixed; nobody can hand out single rights. Each line tells what keeps those"
            " away who may not."
        )
        self.add(label(words, "muted", wrap=True))
        self.which = Segmented(
            ((_ACTS, _("What each role may do")), (_VALUES, _("What is seen of a person")))
        )
        self.which.show_value(_ACTS)
        self.which.chosen.connect(self._choose)
        self.add(self.which)
        self.acts = _table(_act_columns(), access.acts(), _("What each role may do"), least)
        self._least = least
        self._stack = QStackedWidget()
        self._stack.addWidget(self.acts)
        self.add(self._stack, 1)
        self.add(_legend())
        self.setFocusProxy(self.acts)

    @cached_property
    def values(self) -> TableView:
        """The table of values, built when it is first looked at."""
        name = _("What is seen of a person")
        made = _table(_value_columns(), access.values(), name, self._least)
        self._stack.addWidget(made)
        join_order(self._stack)
        return made

    def copy(self) -> None:
        """The whole table that is seen is in the clipboard, for a spreadsheet."""
        lines = ("\t".join(row) for row in self._rows())
        QGuiApplication.clipboard().setText("\n".join(lines))

    def print_table(self) -> None:
        """Both tables are seen as they will be printed."""
        parts = [printing.heading(_("Who may do what"))]
        parts += [printing.table(rows) for rows in (access.act_table(), access.value_table())]
        parts += [
            printing.paragraph(f"{name}{_(': ')}{words}") for _one, name, words in access.legend()
        ]
        printing.preview(printing.document(parts), _("Who may do what"), self.window())

    def _rows(self) -> Sequence[Sequence[str]]:
        shows_acts = self._stack.currentWidget() is self.acts
        return access.act_table() if shows_acts else access.value_table()

    def _choose(self, which: object) -> None:
        self._stack.setCurrentWidget(self.acts if which == _ACTS else self.values)


class AccessPanel(QWidget):
    """The card as a tab of its own, for those who review and not only for administrators."""

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts) -> None:
        super().__init__()
        del session, tasks, prompts  # the table is the same for everybody, and asks nothing
        self.card = AccessCard(_FEW)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.card)
        self.setFocusProxy(self.card)


class _Grid(TableView):
    """As high as so many rows in the font of now; names too long for their column wrap."""

    _least = _MOST

    def show_rows(self, least: int) -> None:
        """At least so many rows are seen."""
        self._least = least
        self._measure()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._share()

    @override
    def _measure(self) -> None:
        super()._measure()
        rows = min(self.table.rowCount(), self._least)
        height = self.verticalHeader().defaultSectionSize()
        self.setMinimumHeight(rows * height + self.horizontalHeader().sizeHint().height() + 4)

    @override
    def _share(self) -> None:
        super()._share()
        if not self.isVisible():  # the width it will have is not known yet
            return
        letter, header = self.fontMetrics().horizontalAdvance("0"), self.verticalHeader()
        if self.columnWidth(0) <= letter * _NAME:  # it scrolls anyway: the names stay readable
            self.setColumnWidth(0, letter * _NAME * 2 + theme.length(24))
        header.setMinimumSectionSize(header.defaultSectionSize())
        self.resizeRowsToContents()
        for row in range(self.table.rowCount()):
            if self.rowHeight(row) > header.defaultSectionSize():
                self.setRowHeight(row, self.rowHeight(row) + theme.length(_ABOVE))


def _table(
    columns: tuple[Column[Row], ...], rows: tuple[Row, ...], name: str, least: int
) -> TableView:
    made = _Grid(RowsModel[Row](columns, rows))
    made.setAccessibleName(name)
    made.setWordWrap(True)
    made.show_rows(least)
    return made


def _act_columns() -> tuple[Column[Row], ...]:
    return (
        Column(key="name", title=_("Act"), cell=lambda row: row.name, tip=lambda row: row.note),
        *_role_columns(access.acts()),
        _guard_column(_("What keeps it so"), GUARDS),
    )


def _value_columns() -> tuple[Column[Row], ...]:
    rows = access.values()
    return (
        Column(
            key="name",
            title=_("Of a person"),
            cell=lambda row: row.name,
            tip=lambda row: f"{row.name}\n{row.note}",
        ),
        *_role_columns(rows),
        _narrow("lists", _("In lists"), [row.lists for row in rows], lambda row: row.lists),
        _narrow("files", _("In files"), [row.files for row in rows], lambda row: row.files),
        _guard_column(_("Kept by"), SHORT),
    )


def _role_columns(rows: Sequence[Row]) -> tuple[Column[Row], ...]:
    return tuple(
        _narrow(role.value, title, [row.cells[at] for row in rows], partial(_cell, at))
        for at, (role, title) in enumerate(zip(ROLES, access.titles(), strict=True))
    )


def _narrow(key: str, title: str, texts: Sequence[str], cell: Callable[[Row], str]) -> Column[Row]:
    """A column as wide as its widest text, so that the names get the room."""
    return Column(key=key, title=title, cell=cell, tip=cell, width=digits((title, *texts)))


def _cell(at: int, row: Row) -> str:
    return row.cells[at]


def _guard_column(title: str, words: Mapping[Guard, Words]) -> Column[Row]:
    """What keeps it so, in these words; the legend below explains the pictures."""
    texts = [said(one) for one in words.values()]
    return Column(
        key="guard",
        title=title,
        cell=lambda row: row.kept,
        badge=lambda row: _badge(row.guard, said(words[row.guard])),
        tip=lambda row: row.note,
        width=max(digits((title,)), digits(texts) + PILL),
    )


def _badge(guard: Guard, words: str) -> Badge:
    tone, picture = _LOOKS[guard]
    return Badge(words=words, tone=tone, icon=picture)


def _legend() -> QWidget:
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(1, 1)
    for at, (guard, name, words) in enumerate(access.legend()):
        grid.addWidget(Pill(_badge(guard, name)), at, 0)
        grid.addWidget(label(words, "muted", wrap=True), at, 1)
    return made
