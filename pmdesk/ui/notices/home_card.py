"""What the landing page says of notices: damage, plans that wait, people who have to be told."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from pmdesk.domain.office import Changes
from pmdesk.domain.ports.notices import BrokenNotice, ChangeId, NoticeChange
from pmdesk.domain.purpose_plans import ProposalStatus
from pmdesk.domain.staff import Permission
from pmdesk.i18n import _, said
from pmdesk.services.notices import notice_changes, purpose_shelf
from pmdesk.services.session import Session
from pmdesk.ui.icons import Ink
from pmdesk.ui.notices.changes_table import progress_words
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.label import Picture, label

Act = tuple[str, Callable[[], object]]  # a button's words, and what it does


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeTasks:
    """What waits, for the role that can do it."""

    broken: tuple[BrokenNotice, ...]
    plans: tuple[str, ...]  # names of purposes whose plan this user may decide on
    missing: tuple[str, ...]  # names of purposes that cannot go live for want of particulars
    changes: tuple[NoticeChange, ...]
    outdated: tuple[str, ...] = ()  # names of purposes whose notice names others than the books do

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits."""
        return not (self.broken or self.plans or self.missing or self.changes or self.outdated)


class NoticeCard(Card):
    """Hidden while nothing waits."""

    purposes_requested = Signal()
    settings_requested = Signal()
    change_requested = Signal(object)  # ChangeId

    def __init__(self, session: Session, tasks: Tasks) -> None:
        super().__init__(_("Notices"))
        self._session = session
        self._tasks = tasks
        self.hide()

    def reload(self, changes: Changes | None = None) -> None:
        """The card says what waits now."""
        del changes
        self._tasks.query(
            partial(waiting, self._session), owner=self, done=self.show_tasks, newest="notices"
        )

    def show_tasks(self, found: NoticeTasks) -> None:
        """The card says this."""
        self._clear()
        staff = self._session.staff
        sees = staff.may(Permission.EDIT_PURPOSES) or staff.may(Permission.APPROVE_PURPOSES)
        go = (_("Open"), self.purposes_requested.emit) if sees else None
        for damage in found.broken:
            self._line(_damage(damage), Tone.PROBLEM, "circle-alert", go)
        for name in found.plans:
            words = _("A new version of “{purpose}” waits for your decision").format(purpose=name)
            self._line(words, Ink.MUTED, "file-text", go)
        if found.missing:
            words = _("Not in force, the particulars of the office are incomplete: {purposes}")
            open_settings = (_("Settings"), self.settings_requested.emit)
            self._line(
                words.format(purposes=", ".join(found.missing)), Tone.WARN, "info", open_settings
            )
        for name in found.outdated:
            words = _(
                "Processors or recipients changed: “{purpose}” needs a new major notice version."
                " A draft is filled in from the books."
            ).format(purpose=name)
            self._line(words, Tone.WARN, "circle-alert", go)
        for one in found.changes:
            words = _("A notice changed: {progress}").format(progress=progress_words(one))
            self._line(words, Ink.MUTED, "users", (_("Open"), partial(self._open, one.id)))
        self.setVisible(not found.is_empty)

    def _open(self, change: ChangeId) -> None:
        self.change_requested.emit(change)

    def _line(self, words: str, ink: Ink | Tone, picture: str, act: Act | None) -> None:
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(Picture(picture, ink, 18))
        row.addWidget(label(words, wrap=True), 1)
        if act is not None:
            row.addWidget(button(act[0], act[1]))
        self.body.addLayout(row)

    def _clear(self) -> None:
        while self.body.count() > 1:
            item = self.body.takeAt(1)
            inner = item.layout() if item is not None else None
            while inner is not None and (one := inner.takeAt(0)) is not None:
                if (part := one.widget()) is not None:
                    part.deleteLater()


def waiting(session: Session) -> NoticeTasks:
    """What waits for this member of staff."""
    staff = session.staff
    tells = staff.may(Permission.TAKE_CONSENT)
    open_changes = [one for one in notice_changes.changes(session) if not one.is_done]
    rows = purpose_shelf.shelf(session) if _sees(session) else ()
    decides = staff.may(Permission.APPROVE_PURPOSES)
    return NoticeTasks(
        broken=purpose_shelf.broken(session),
        plans=tuple(
            said(row.purpose.name)
            for row in rows
            if decides and row.proposal and row.proposal.status is ProposalStatus.SUBMITTED
        ),
        missing=tuple(
            said(row.purpose.name)
            for row in rows
            if not row.version and row.purpose.code != "P0" and not row.is_local
        ),
        changes=tuple(open_changes) if tells else (),
        outdated=tuple(
            said(row.purpose.name) for row in rows if row.outdated and row.proposal is None
        ),
    )


def _sees(session: Session) -> bool:
    return session.staff.may(Permission.EDIT_PURPOSES) or session.staff.may(
        Permission.APPROVE_PURPOSES
    )


def _damage(damage: BrokenNotice) -> str:
    return _(
        "The notice {purpose} {version} was deleted or changed outside pmdesk: {count} consents"
        " are not processed. An administrator puts it into force again."
    ).format(purpose=damage.purpose, version=damage.version, count=damage.people)
