"""Holidays and worked weekends of a year: looked at by everybody, entered by administrators."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget
from typing_extensions import override

from pmdesk.domain.office import Changes
from pmdesk.domain.staff import Permission
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, capitalised, told
from pmdesk.services.session import Session
from pmdesk.services.staffing import calendar
from pmdesk.services.staffing.calendar import CalendarDay, YearOfDays
from pmdesk.ui import theme
from pmdesk.ui.staffing.words import weekday
from pmdesk.ui.tables.model import Column, RowsModel
from pmdesk.ui.tables.view import Table
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.header import EmptyState
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.visibility import set_shown

_WIDE, _HIGH, _PASTE = 620, 260, 96
_AROUND = 100  # pixels that the screen has around it at least


class DaysDialog(QDialog):
    """A year at a time; a list can be pasted, one day a line."""

    def __init__(
        self, session: Session, tasks: Tasks, year: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Holidays and worked weekends"))
        self.setModal(True)
        self._session, self._tasks, self._year = session, tasks, year
        self._may = session.staff.may(Permission.CONFIGURE)
        self._picked: CalendarDay | None = None
        self._is_warned = False
        self.name = label(str(year), "heading")
        self.note = Banner()
        self.model = RowsModel[CalendarDay](_columns())
        self.table = Table(
            self.model, EmptyState(_("No holidays of this year are entered.")), nobody=True
        )
        room = self.screen().availableSize()
        self.table.setMinimumHeight(min(theme.length(_HIGH), room.height() // 4))
        self.table.view.picked.connect(self._on_picked)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(_("Days to enter"))
        self.text.setTabChangesFocus(True)
        self.text.setPlaceholderText(_("2027-01-01\n2027-02-05 — 2027-02-12\n2027-02-14 working"))
        self.text.setMinimumHeight(min(theme.length(_PASTE), room.height() // 8))
        self.enter = button(_("Enter these days"), self._put, look="primary", picture="plus")
        self.drop = button(_("Remove the day"), self._drop, picture="x")
        self._arrange()
        wide = min(theme.length(_WIDE), room.width() - _AROUND)
        self.setMinimumWidth(wide)
        self.setMinimumHeight(self._column.totalMinimumHeightForWidth(wide))
        self._read()

    @override
    def reject(self) -> None:
        """It is closed; days that are not entered yet are asked about first."""
        if self.text.toPlainText().strip() and not self._is_warned:
            self._is_warned = True
            words = _("This is not saved yet. Once more, and what you wrote is given up.")
            self.note.show_sentence(words, Tone.WARN)
        else:
            super().reject()

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.name)
        head.addStretch(1)
        head.addWidget(
            button("", partial(self._go, -1), picture="chevron-left", tip=_("Year before"))
        )
        head.addWidget(
            button("", partial(self._go, 1), picture="chevron-right", tip=_("Next year"))
        )
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.note)
        column.addWidget(self.table, 1)
        words = _(
            "Paste the list of the State Council: one day a line, or the first and the last day. A"
            " line with the word working is a weekend that is worked. It counts for forecasts,"
            " rosters and the rights desk."
        )
        hint = label(
            words if self._may else _("An administrator can enter days."), "muted", wrap=True
        )
        column.addWidget(hint)
        column.addWidget(self.text)
        set_shown(self.text, self._may)
        row = QHBoxLayout()
        row.addWidget(self.enter)
        row.addWidget(self.drop)
        row.addStretch(1)
        row.addWidget(button(_("Close"), self.reject), 0, Qt.AlignmentFlag.AlignRight)
        for part in (self.enter, self.drop):
            set_shown(part, self._may)
        column.addLayout(row)
        self.drop.setEnabled(False)

    def _read(self) -> None:
        self._tasks.query(
            partial(calendar.year, self._session, self._year),
            owner=self,
            done=self._show,
            failed=self._failed,
            newest="year",
        )

    def _show(self, found: YearOfDays) -> None:
        self.name.setText(str(found.year))
        self.model.set_rows(found.days)
        self._on_picked(None)

    def _go(self, step: int) -> None:
        self._year += step
        self.note.show_sentence("")
        self._read()

    def _on_picked(self, one: CalendarDay | None) -> None:
        self._picked = one
        self.drop.setEnabled(one is not None and one.own)

    def _put(self) -> None:
        self._do(partial(calendar.put, self._session, self.text.toPlainText()))

    def _drop(self) -> None:
        if self._picked is not None:
            self._do(partial(calendar.drop, self._session, self._picked.day))

    def _do(self, work: "partial[Changes]") -> None:
        self._tasks.command(
            work, owner=self, done=lambda _changes: self._done(), failed=self._failed
        )

    def _done(self) -> None:
        self.text.clear()
        self._is_warned = False
        self.note.show_sentence(_("Saved. Forecasts count these days from now on."), Tone.GOOD)
        self._read()

    def _failed(self, error: PmdeskError) -> None:
        self.note.show_sentence(told(error), Tone.PROBLEM)


def _columns() -> tuple[Column[CalendarDay], ...]:
    return (
        Column(
            key="day",
            title=_("Day"),
            cell=lambda one: f"{one.day.isoformat()} {weekday(one.day)}",
            width=22,
        ),
        Column(
            key="kind",
            title=capitalised(_("counts as")),
            cell=lambda one: _("working day") if one.working else _("day off"),
            width=16,
        ),
        Column(
            key="own",
            title=_("Entered by"),
            cell=lambda one: _("this office") if one.own else _("the program"),
        ),
    )
