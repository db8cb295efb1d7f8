"""导出清单: large lists that wait, lists that left, and those to be fetched back."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from pmdesk.domain import office
from pmdesk.domain.acts import ExportList
from pmdesk.domain.office import Changes
from pmdesk.domain.staff import Permission
from pmdesk.i18n import _
from pmdesk.services import acts
from pmdesk.services.session import Session
from pmdesk.services.wording import EXPORT_PURPOSES, LISTS
from pmdesk.ui import theme
from pmdesk.ui.exports.desk import ExportDesk
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tables.model import PILL, Column, RowsModel, digits
from pmdesk.ui.tables.view import Table
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.header import EmptyState
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.page import scrolled
from pmdesk.ui.widgets.pill import Badge
from pmdesk.ui.widgets.visibility import set_shown

_LEAST = 220  # height of the table; a lower window scrolls


class ExportsPanel(QWidget):
    """When somebody on a list withdraws, the list waits here until it is back and destroyed."""

    def __init__(self, session: Session, tasks: Tasks, _prompts: Prompts) -> None:
        super().__init__()
        self._session = session
        self._tasks = tasks
        self.desk = ExportDesk(session, tasks)
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
        """Requests and lists as they stand now."""
        self.desk.reload(changes)
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
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(self.desk)
        column.addWidget(card, 1)
        area = scrolled(column)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.table.setMinimumHeight(theme.length(_LEAST))


def _columns() -> tuple[Column[ExportList], ...]:
    return (
        Column(key="number", title=_("Number"), cell=lambda one: one.number, width=15),
        Column(key="day", title=_("Day"), cell=_day, width=10),
        Column(key="what", title=_("What"), cell=lambda one: _(LISTS[one.what])),
        Column(key="to", title=_("To whom"), cell=_recipient, tip=_recipient),
        Column(key="for", title=_("What for"), cell=_purpose, tip=_purpose),
        Column(key="people", title=_("People"), cell=lambda one: f"{one.people:,}", width=6),
        Column(
            key="state", title=_("State"), cell=_state, badge=_badge, width=digits(_states()) + PILL
        ),
    )


def _day(one: ExportList) -> str:
    return one.at.astimezone().date().isoformat()


def _recipient(one: ExportList) -> str:
    return one.recipient or "—"


def _purpose(one: ExportList) -> str:
    return _(EXPORT_PURPOSES[one.errand.purpose]) if one.errand else "—"


def _states() -> tuple[str, ...]:
    return _("To be fetched back"), _("Fetched back"), _("In use")


def _state(one: ExportList) -> str:
    if one.is_recalled:
        return _("To be fetched back")
    return _("Fetched back") if one.recalled_at else _("In use")


def _badge(one: ExportList) -> Badge:
    if one.is_recalled:
        return Badge(words=_state(one), tone=Tone.WARN, icon="triangle-alert")
    tone = Tone.GOOD if one.recalled_at else Tone.NEUTRAL
    return Badge(words=_state(one), tone=tone, icon="circle-check" if one.recalled_at else "circle")
