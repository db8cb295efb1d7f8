"""The price list of add-on services: one public price for everybody, with its history."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit

from pmdesk.domain import office
from pmdesk.domain.addons import Addon, price_of, problems
from pmdesk.domain.office import Changes
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, told
from pmdesk.services import addons
from pmdesk.services.session import Session
from pmdesk.ui import theme
from pmdesk.ui.forms.line import named_line
from pmdesk.ui.price_columns import price_columns
from pmdesk.ui.tables.model import Column, RowsModel
from pmdesk.ui.tables.view import Table
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.header import EmptyState
from pmdesk.ui.widgets.label import label


class PriceListCard(Card):
    """A new price ends the older one of the same name; what was published stays to be seen."""

    def __init__(self, session: Session, tasks: Tasks) -> None:
        super().__init__(_("Price list of add-on services"))
        self._session = session
        self._tasks = tasks
        self.name, self.content, self.unit, self.price = (
            named_line(_("Service")),
            named_line(_("Content")),
            named_line(_("Unit")),
            named_line(_("Yuan")),
        )
        self.content.setPlaceholderText(_("What is done, how long, and what is not included"))
        self.publisher = button(_("Publish from today"), self.publish, picture="tag")
        self.price.returnPressed.connect(self.publish)
        self.model = RowsModel[Addon](self._columns())
        self.table = Table(self.model, EmptyState(_("No prices are published yet.")), nobody=True)
        self.table.setMinimumHeight(theme.length(150))
        self.table.view.picked.connect(self._show_state)
        self.ender = button(_("Offer it no longer"), self.withdraw, look="link")
        self.message = Banner()
        self.add(label(_says(), "muted", wrap=True))
        self.body.addLayout(self._grid())
        self.add(self.message)
        self.add(self.table)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.ender)
        self.body.addLayout(row)
        self._show_state(None)
        self.reload()

    def reload(self, changes: Changes | None = None) -> None:
        """The list shows what is published."""
        if changes is None or office.ADDONS in changes.kinds:
            work = partial(addons.price_list, self._session)
            self._tasks.query(work, owner=self, done=self.show_prices, newest="prices")

    def show_prices(self, found: Sequence[Addon]) -> None:
        """These prices, newest first."""
        self.model.set_rows(found)
        self._show_state(None)

    def publish(self) -> None:
        """The typed service has this price from today."""
        price = price_of(self.price.text())
        texts = (self.name.text(), self.content.text(), self.unit.text())
        found = problems(*texts, price)
        if found:
            first = found[0]
            self.message.show_sentence(_(first.sentence).format(**first.places), Tone.WARN)
            lines = {"name": self.name, "content": self.content, "unit": self.unit}
            lines.get(first.key, self.price).setFocus()
            return
        work = partial(addons.publish, self._session, *texts, price)
        self._tasks.command(
            work, owner=self, done=lambda _c: self._published(), failed=self._failed
        )

    def withdraw(self) -> None:
        """The chosen service is offered for the last time today."""
        for one in self.table.view.chosen[:1]:
            work = partial(addons.withdraw, self._session, one.id)
            self._tasks.command(work, owner=self, done=self.reload, failed=self._failed)

    def _published(self) -> None:
        self.message.show_sentence(_("Published: the same price for everybody."), Tone.GOOD)
        for line in (self.name, self.content, self.unit, self.price):
            line.clear()
        self.name.setFocus()
        self.reload()

    def _failed(self, error: PmdeskError) -> None:
        self.message.show_sentence(told(error), Tone.PROBLEM)

    def _show_state(self, one: Addon | None) -> None:
        self.ender.setEnabled(one is not None and one.until is None)

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        for at, (line, stretch) in enumerate(((self.name, 4), (self.unit, 1), (self.price, 1))):
            grid.addWidget(_head(line), 0, at)
            grid.addWidget(line, 1, at)
            grid.setColumnStretch(at, stretch)
        grid.addWidget(_head(self.content), 2, 0, 1, 3)
        grid.addWidget(self.content, 3, 0, 1, 3)
        grid.addWidget(self.publisher, 4, 0, 1, 3, Qt.AlignmentFlag.AlignRight)
        return grid

    def _columns(self) -> tuple[Column[Addon], ...]:
        return (
            *price_columns(),
            Column(
                key="until", title=_("To"), cell=lambda one: str(one.until or _("open")), width=10
            ),
        )


def _head(line: QLineEdit) -> QLabel:
    made = label(line.accessibleName(), "label")
    made.setBuddy(line)
    return made


def _says() -> str:
    return _(
        "Everybody pays the published price: it never depends on the person, a tier or a tag."
        " A price that was published stays in the list."
    )
