"""档案: who left, why, until when it is sealed; opened for a reason, one at a time."""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pmdesk.domain import office
from pmdesk.domain.acts import ArchivedPerson, ArchiveEntry, ArchiveReason
from pmdesk.domain.office import Changes
from pmdesk.domain.staff import Permission
from pmdesk.errors import PmdeskError
from pmdesk.i18n import N_, _, told
from pmdesk.services import acts
from pmdesk.services.session import Session
from pmdesk.ui.forms.line import PinyinEdit
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

REASONS = {
    ArchiveReason.MOVED_OUT: N_("Moved out"),
    ArchiveReason.CONTRACT_ENDED: N_("Contract ended"),
    ArchiveReason.DECEASED: N_("Deceased"),
    ArchiveReason.ERASURE: N_("Erasure asked for"),
}


class ArchivePanel(QWidget):
    """Numbers, reasons and days; a name only after a reason was given, and then it is logged."""

    def __init__(self, session: Session, tasks: Tasks, _prompts: Prompts) -> None:
        super().__init__()
        self._session = session
        self._tasks = tasks
        self.model = RowsModel[ArchiveEntry](_columns())
        self._may = session.staff.may(Permission.OPEN_ARCHIVE)
        empty = _("Nobody is in the archive.")
        closed = _("Only an administrator opens the archive of people who left.")
        self.table = Table(self.model, EmptyState(empty if self._may else closed))
        self.table.view.picked.connect(self._pick)
        self._picked: ArchiveEntry | None = None
        self.reason = PinyinEdit(_("Why it has to be opened"))
        self.reason.setAccessibleName(_("Why it has to be opened"))
        self.reason.textChanged.connect(self._look)
        self.text = PinyinEdit(_("Name, phone or room"))
        self.text.setAccessibleName(_("Name, phone or room"))
        self.text.textChanged.connect(self._look)
        self.opener = button(_("Open the chosen one"), self.open, picture="lock-open")
        self.searcher = button(_("Search in the archive"), self.search, picture="search")
        self.note = Banner()
        self.shown = label("", wrap=True, select=True)
        self._arrange()
        self._look()
        self.reload()

    def reload(self, changes: Changes | None = None) -> None:
        """The list shows who is archived now."""
        touched = changes is None or changes.kinds & {office.RESIDENTS, office.RECORDS}
        if touched and self._may:
            self._tasks.query(
                partial(acts.archived, self._session),
                owner=self,
                done=self._show_list,
                newest="archive",
            )

    def open(self) -> None:
        """The chosen entry is shown in clear."""
        if self._picked is None:
            return
        work = partial(acts.opened, self._session, self._picked.person, self.reason.text())
        self._tasks.query(
            work, owner=self, done=lambda one: self._show((one,)), failed=self._failed
        )

    def search(self) -> None:
        """Everybody of the archive with that text is shown in clear."""
        work = partial(acts.searched, self._session, self.text.text(), self.reason.text())
        self._tasks.query(work, owner=self, done=self._show, failed=self._failed)

    def _show_list(self, found: tuple[ArchiveEntry, ...]) -> None:
        self.model.set_rows(found)
        self._pick(None)

    def _pick(self, one: ArchiveEntry | None) -> None:
        self._picked = one
        self._look()

    def _show(self, found: tuple[ArchivedPerson, ...]) -> None:
        self.note.show_sentence("" if found else _("Nobody in the archive fits."), Tone.INFO)
        self.shown.setText("\n".join(_line(one) for one in found))

    def _failed(self, error: PmdeskError) -> None:
        self.shown.clear()
        self.note.show_sentence(told(error), Tone.PROBLEM)

    def _look(self) -> None:
        reasoned = bool(self.reason.text().strip())
        self.opener.setEnabled(reasoned and self._picked is not None)
        self.searcher.setEnabled(reasoned and bool(self.text.text().strip()))

    def _arrange(self) -> None:
        card = Card(_("People who left"))
        card.add(
            label(
                _("Names are sealed. Each opening is logged with its reason."), "muted", wrap=True
            )
        )
        card.add(self.table, 1)
        card.add(self.reason)
        for part in (self.reason, self.opener, self.text, self.searcher):
            set_shown(part, self._may)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.opener)
        row.addWidget(self.text, 1)
        row.addWidget(self.searcher)
        card.body.addLayout(row)
        card.add(self.note)
        card.add(self.shown)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card, 1)


def _line(one: ArchivedPerson) -> str:
    units = _(", ").join(unit["unit"] for unit in one.units)
    return _("{number}: {name} · {mobile} · {units} · until {date}").format(
        number=one.entry.person,
        name=one.name,
        mobile=one.mobile or "—",
        units=units or "—",
        date=one.entry.keep_until.isoformat(),
    )


def _columns() -> tuple[Column[ArchiveEntry], ...]:
    return (
        Column(key="number", title=_("Number"), cell=lambda one: str(one.person), width=12),
        Column(key="reason", title=_("Why"), cell=lambda one: _(REASONS[one.reason])),
        Column(
            key="since",
            title=_("Archived on"),
            cell=lambda one: one.archived_on.isoformat(),
            width=16,
        ),
        Column(
            key="until",
            title=_("Kept until"),
            cell=lambda one: one.keep_until.isoformat(),
            width=16,
        ),
    )
