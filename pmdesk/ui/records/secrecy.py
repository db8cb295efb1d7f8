"""Who has signed the confidentiality undertaking, until when, and who has to do it anew."""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pmdesk.domain import office
from pmdesk.domain.office import Changes
from pmdesk.i18n import _, pgettext
from pmdesk.services import undertakings
from pmdesk.services.session import Session
from pmdesk.services.undertakings import Standing
from pmdesk.services.wording import STAFF_ROLES
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tables.model import Column, RowsModel
from pmdesk.ui.tables.view import Table
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.header import EmptyState
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.pill import Badge


class SecrecyPanel(QWidget):
    """A list to look at: everybody signs for himself, right after signing in."""

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts) -> None:
        super().__init__()
        del prompts  # nothing is asked here
        self._session, self._tasks = session, tasks
        self.model = RowsModel[Standing](_columns())
        self.table = Table(self.model, EmptyState(_("No accounts yet.")))
        card = Card(_("Confidentiality undertakings"))
        words = _("Everybody signs it after signing in, and again every year. Nobody else can.")
        card.add(label(words, "muted", wrap=True))
        card.add(self.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        self.setFocusProxy(self.table.view)
        self.reload()

    def reload(self, changes: Changes | None = None) -> None:
        """The list shows how everybody stands today."""
        if changes is None or office.STAFF in changes.kinds:
            self._tasks.query(
                partial(undertakings.standings, self._session),
                owner=self,
                done=self.model.set_rows,
                newest="standings",
            )


def _columns() -> tuple[Column[Standing], ...]:
    return (
        Column(key="name", title=_("Name"), cell=lambda one: one.staff.name),
        Column(
            key="role",
            title=pgettext("staff", "Role"),
            cell=lambda one: _(STAFF_ROLES[one.staff.role]),
        ),
        Column(key="signed", title=_("Signed on"), cell=_signed, width=12),
        Column(key="until", title=_("Valid until"), cell=_until, width=12),
        Column(key="state", title=_("State"), cell=_state, badge=_badge, width=16),
    )


def _signed(one: Standing) -> str:
    return f"{one.last.signed_at.astimezone():%Y-%m-%d}" if one.last else "—"


def _until(one: Standing) -> str:
    return one.last.valid_until.isoformat() if one.last else "—"


def _state(one: Standing) -> str:
    return _("Signed") if one.holds else _("To be signed")


def _badge(one: Standing) -> Badge:
    tone, picture = (Tone.GOOD, "signature") if one.holds else (Tone.WARN, "clock")
    return Badge(words=_state(one), tone=tone, icon=picture)
