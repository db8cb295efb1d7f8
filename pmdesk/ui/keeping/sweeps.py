"""到期删除: what went by the calendar, what goes next, and the button that does it now."""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pmdesk.domain import office
from pmdesk.domain.acts import SweepReport
from pmdesk.domain.office import Changes
from pmdesk.domain.staff import Permission
from pmdesk.i18n import _, ngettext, said
from pmdesk.services import retention
from pmdesk.services.retention import Due, Overview
from pmdesk.services.session import Session
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tables.model import Column, RowsModel
from pmdesk.ui.tables.view import Table
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.header import EmptyState
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.visibility import set_shown


class SweepsPanel(QWidget):
    """Two tables: the schedule with the next days, and the reports, newest first."""

    def __init__(self, session: Session, tasks: Tasks, _prompts: Prompts) -> None:
        super().__init__()
        self._session = session
        self._tasks = tasks
        self.warning = Banner()
        self.state = label("", "muted", wrap=True)
        self.now = button(_("Erase what is due now"), self.run, picture="trash-2")
        set_shown(self.now, session.staff.may(Permission.KEEP_RECORDS))
        self.done = Banner()
        self.due = RowsModel[Due](_due_columns())
        self.reports = RowsModel[SweepReport](_report_columns())
        self._arrange()
        self.reload()

    def reload(self, changes: Changes | None = None) -> None:
        """The tables show how things stand now."""
        if changes is None or changes.kinds & {office.RESIDENTS, office.RECORDS, office.OFFICE}:
            self._tasks.query(
                partial(retention.overview, self._session),
                owner=self,
                done=self.show_overview,
                newest="sweeps",
            )

    def run(self) -> None:
        """What is due is gone; the panel says how much it was."""
        self.now.setEnabled(False)
        self._tasks.command(
            partial(retention.run_now, self._session),
            owner=self,
            done=self._ran,
            failed=lambda _error: self.now.setEnabled(True),
        )

    def show_overview(self, found: Overview) -> None:
        """The tables and the state above them."""
        self.warning.show_sentence(_back_words(found) if found.clock_is_back else "", Tone.WARN)
        self.state.setText(
            _("Everything due up to {date} is erased. It happens once a day by itself.").format(
                date=found.swept_to.isoformat()
            )
        )
        self.now.setEnabled(not found.clock_is_back)
        self.due.set_rows(found.due)
        self.reports.set_rows(found.reports)

    def _ran(self, _changes: Changes) -> None:
        self.now.setEnabled(True)
        self.done.show_sentence(_("Done: nothing that is due is left."), Tone.GOOD)

    def _arrange(self) -> None:
        schedule = Card(_("Erased by the calendar"))
        schedule.aside.addWidget(self.now)
        schedule.add(self.state)
        schedule.add(self.done)
        schedule.add(Table(self.due, EmptyState(_("Nothing is kept for a term yet."))), 1)
        history = Card(_("What went so far"))
        empty = EmptyState(_("Nothing has gone yet. A report appears here on the day it does."))
        history.add(Table(self.reports, empty), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self.warning)
        column.addWidget(schedule, 5)
        column.addWidget(history, 2)


def counts_words(report: SweepReport) -> str:
    """How many of what went, in the order of the schedule."""
    parts = (
        _("{what} {count}").format(what=said(name), count=report.counts[key])
        for key, name in retention.NAMES.items()
        if key in report.counts
    )
    return _(", ").join(parts)


def _back_words(found: Overview) -> str:
    return _(
        "The clock of this computer shows {today}, but the office was swept up to {date}. Nothing"
        " is erased until the date is right."
    ).format(today=found.today.isoformat(), date=found.swept_to.isoformat())


def _due_columns() -> tuple[Column[Due], ...]:
    return (
        Column(key="what", title=_("What"), cell=_name, tip=_name),
        Column(key="period", title=_("Kept"), cell=_period, tip=_period),
        Column(key="why", title=_("Why"), cell=_why, tip=_why),
        Column(key="next", title=_("Next due"), cell=_next, width=12),
    )


def _name(one: Due) -> str:
    return said(one.name)


def _period(one: Due) -> str:
    words = one.line.period if one.line else one.period
    return said(words) if words else ""


def _why(one: Due) -> str:
    return said(one.line.reason) if one.line else _("not needed any longer")


def _next(one: Due) -> str:
    return one.first.isoformat() if one.first else "—"


def _report_columns() -> tuple[Column[SweepReport], ...]:
    return (
        Column(key="day", title=_("Day"), cell=lambda one: one.day_to.isoformat(), width=14),
        Column(key="days", title=_("Caught up"), cell=_caught_up, width=16),
        Column(key="what", title=_("Erased"), cell=counts_words, tip=counts_words),
    )


def _caught_up(one: SweepReport) -> str:
    return ngettext("{count} day", "{count} days", one.days).format(count=one.days)
