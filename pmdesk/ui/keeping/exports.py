"""导出清单: which lists left the office, and which have to be fetched back."""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pmdesk.domain import office
from pmdesk.domain.acts import ExportList
from pmdesk.domain.office import Changes
from pmdesk.domain.staff import Permission
from pmdesk.i18n import _
from pmdesk.services import acts
from pmdesk.services.session import Session
from pmdesk.services.wording import LISTS
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tables.model import Column, RowsModel
from pmdesk.ui.tables.view import Table
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.header import EmptyState
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.pill import Badge
from pmdesk.ui.widgets.visibility import set_shown


class ExportsPanel(QWidget):
    """When somebody on a list withdraws, the list waits here until it is back and destroyed."""

    def __init__(self, session: Session, tasks: Tasks, _prompts: Prompts) -> None:
        super().__init__()
        self._session = session
        self._tasks = tasks
        self.model = RowsModel[ExportList](_columns())
        self.table = Table(self.model, EmptyState(_("No list has left the office.")))
        self.table.view.picked.connect(self._pick)
        self._picked: ExportList | None = None
        self.back = button(_("Fetched back and destroyed"), self.returned, picture="check")
        set_shown(self.back, session.staff.may(Permission.KEEP_RECORDS))
        self.back.setEnabled(False)
        self._arrange()
        self.reload()

    def reload(self, changes: Changes | None = None) -> None:
        """The lists as they stand now."""
        if changes is None or changes.kinds & {office.RECORDS, office.CONSENTS}:
            self._tasks.query(
                partial(acts.lists, self._session),
                owner=self,
                done=self._show,
                newest="exports",
            )

    def returned(self) -> None:
        """The chosen list is settled."""
        if self._picked is not None:
            self.back.setEnabled(False)
            work = partial(acts.returned, self._session, self._picked.number)
            self._tasks.command(work, owner=self)

    def _show(self, found: tuple[ExportList, ...]) -> None:
        self.model.set_rows(found)
        self._pick(None)

    def _pick(self, one: ExportList | None) -> None:
        self._picked = one
        self.back.setEnabled(one is not None and one.is_recalled)

    def _arrange(self) -> None:
        card = Card(_("Lists that left the office"))
        why = _(
            "When somebody on a list withdraws, the list has to be fetched back from whoever got"
            " it. The records go after three years."
        )
        card.add(label(why, "muted", wrap=True))
        card.add(self.table, 1)
        row = QHBoxLayout()
        row.addWidget(self.back)
        row.addStretch(1)
        card.body.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card, 1)


def _columns() -> tuple[Column[ExportList], ...]:
    return (
        Column(key="number", title=_("Number"), cell=lambda one: one.number, width=15),
        Column(key="day", title=_("Day"), cell=_day, width=11),
        Column(key="what", title=_("What"), cell=lambda one: _(LISTS[one.what])),
        Column(key="to", title=_("To whom"), cell=lambda one: one.recipient or "—"),
        Column(key="people", title=_("People"), cell=lambda one: f"{one.people:,}", width=8),
        Column(key="state", title=_("State"), cell=_state, badge=_badge, width=18),
    )


def _day(one: ExportList) -> str:
    return one.at.astimezone().date().isoformat()


def _state(one: ExportList) -> str:
    if one.is_recalled:
        return _("To be fetched back")
    return _("Fetched back") if one.recalled_at else _("In use")


def _badge(one: ExportList) -> Badge:
    if one.is_recalled:
        return Badge(words=_state(one), tone=Tone.WARN, icon="triangle-alert")
    tone = Tone.GOOD if one.recalled_at else Tone.NEUTRAL
    return Badge(words=_state(one), tone=tone, icon="circle-check" if one.recalled_at else "circle")
