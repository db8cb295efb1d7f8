"""Who has to learn what until when; never how anybody answered."""

from collections.abc import Sequence

from pmdesk.i18n import _, pgettext, said
from pmdesk.services.training import Due
from pmdesk.services.wording import STAFF_ROLES
from pmdesk.ui.tables.model import Column, RowsModel
from pmdesk.ui.tables.view import Table
from pmdesk.ui.training.words import standing_badge
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.header import EmptyState
from pmdesk.ui.widgets.label import label


class DueCard(Card):
    """The most urgent first."""

    def __init__(self) -> None:
        super().__init__(_("Who is due"))
        self.model = RowsModel[Due](_columns())
        empty = EmptyState(
            _("Everybody's training is valid for a month or more."), picture="circle-check"
        )
        self.table = Table(self.model, empty, sortable=True)
        self.table.setMinimumHeight(320)
        words = _("Only what is due is shown here, never how anybody answered.")
        self.add(label(words, "muted", wrap=True))
        self.add(self.table, 1)

    def show_due(self, found: Sequence[Due]) -> None:
        """The list shows these."""
        self.model.set_rows(found)


def _columns() -> tuple[Column[Due], ...]:
    return (
        Column(key="name", title=_("Name"), cell=lambda one: one.name),
        Column(
            key="role",
            title=pgettext("staff", "Role"),
            cell=lambda one: _(STAFF_ROLES[one.role]),
            width=20,
        ),
        Column(key="course", title=_("Course"), cell=lambda one: said(one.course.title)),
        Column(
            key="state",
            title=_("State"),
            cell=lambda one: standing_badge(one.status).words,
            badge=lambda one: standing_badge(one.status),
            width=18,
        ),
        Column(key="until", title=_("By"), cell=lambda one: one.status.last.isoformat(), width=14),
    )
