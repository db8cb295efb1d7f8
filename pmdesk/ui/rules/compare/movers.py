"""Who would move, by name: asked for on purpose, and written into the log."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pmdesk.i18n import _, ngettext, said
from pmdesk.rules.scheme import Scheme
from pmdesk.services.comparison import Mover, Movers
from pmdesk.services.wording import where
from pmdesk.ui import theme
from pmdesk.ui.tables.model import Column, RowsModel
from pmdesk.ui.tables.view import TableView
from pmdesk.ui.widgets.label import label

_MOST_ROWS = 10  # to be seen at once
_EXTRA = 22


class MoversList(QWidget):
    """Hidden until somebody asked; room, masked name, and the two tiers."""

    def __init__(self) -> None:
        super().__init__()
        self._scheme: Scheme | None = None
        self.words = label("", wrap=True)
        self.model = RowsModel[Mover](
            [
                Column(key="room", title=_("Room"), cell=lambda one: where(one.row), width=16),
                Column(key="name", title=_("Name"), cell=lambda one: one.row.name, width=10),
                Column(
                    key="now",
                    title=_("Tier now"),
                    cell=lambda one: self._tier(one.present),
                    width=12,
                ),
                Column(key="then", title=_("Tier then"), cell=lambda one: self._tier(one.tier)),
            ]
        )
        self.view = TableView(self.model)
        self.view.setAccessibleName(_("Who would change tier"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.words)
        column.addWidget(self.view)
        self.hide()

    def show_movers(self, scheme: Scheme, found: Movers) -> None:
        """These people are listed."""
        self._scheme = scheme
        words = ngettext(
            "{count} person would change tier today. Your name and this number are in the log.",
            "{count} people would change tier today. Your name and this number are in the log.",
            found.total,
        ).format(count=f"{found.total:,}")
        more = found.total - len(found.people)
        if more:
            words += " " + _("The first {count} are listed.").format(count=len(found.people))
        self.words.setText(words)
        self.model.set_rows(found.people)
        rows = min(max(len(found.people), 1), _MOST_ROWS)
        high = self.view.verticalHeader().defaultSectionSize() * rows
        head = self.view.horizontalHeader().sizeHint().height()
        self.view.setFixedHeight(high + head + theme.length(_EXTRA))
        self.view.setVisible(bool(found.people))
        self.show()

    def _tier(self, key: str) -> str:
        known = self._scheme is not None and key in self._scheme.tier_keys
        return said(self._scheme.tier_label(key)) if self._scheme and known else key
