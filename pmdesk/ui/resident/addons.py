"""Add-on services of a person: ordered at the published price, ended at any time."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from pmdesk.domain import office
from pmdesk.domain.addons import Addon, AddonOrder, yuan
from pmdesk.domain.office import Changes
from pmdesk.domain.people import PersonId
from pmdesk.domain.staff import Permission
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, told
from pmdesk.services import addons
from pmdesk.services.addons import Stand
from pmdesk.services.session import Session
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.visibility import set_shown


class AddonCard(Card):
    """What was ordered, and the price list to order from; one price for everybody."""

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts, person: PersonId) -> None:
        super().__init__(_("Add-on services"))
        self._session = session
        self._tasks = tasks
        self._prompts = prompts
        self._person = person
        self._may = session.staff.may(Permission.EDIT_RESIDENTS)
        self._name = ""
        self._offered: tuple[Addon, ...] = ()
        self.lines = QVBoxLayout()
        self.lines.setSpacing(6)
        self.choice = QComboBox()
        self.choice.setAccessibleName(_("Add-on services"))
        self.choice.setPlaceholderText(_("Choose a service…"))
        self.choice.currentIndexChanged.connect(self._show_choice)
        self.content = label("", "muted", wrap=True)
        self.orderer = button(_("Order…"), self.order, picture="plus")
        self.message = Banner()
        self.ordering = QWidget()
        column = QVBoxLayout(self.ordering)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.choice)
        column.addWidget(self.content)
        column.addWidget(self.orderer, 0, Qt.AlignmentFlag.AlignRight)
        self.body.addLayout(self.lines)
        self.add(self.ordering)
        self.add(self.message)
        self.reload()

    def reload(self, changes: Changes | None = None) -> None:
        """The card shows the orders and the prices of today."""
        if changes is None or (
            office.ADDONS in changes.kinds
            and (not changes.people or self._person in changes.people)
        ):
            self._tasks.query(
                partial(addons.stand, self._session, self._person),
                owner=self,
                done=self.show_stand,
                newest="addons",
            )

    def show_stand(self, stand: Stand) -> None:
        """These orders stand, these services can be ordered; none is chosen beforehand."""
        orders, offered = stand.orders, stand.offered
        self._name, self._offered = stand.name, offered
        while (item := self.lines.takeAt(0)) is not None:
            if (part := item.widget()) is not None:
                part.deleteLater()
        for one in orders:
            self.lines.addWidget(self._line(one))
        if not orders:
            words = _("Nothing ordered.") if offered else _("No prices are published yet.")
            self.lines.addWidget(label(words, "muted", wrap=True))
        self.choice.clear()
        for addon in offered:
            self.choice.addItem(_priced(addon))
        self.choice.setCurrentIndex(-1)
        self._show_choice(-1)
        set_shown(self.ordering, self._may and bool(offered))

    def order(self) -> None:
        """The chosen service is ordered at its published price, once somebody confirmed it all."""
        at = self.choice.currentIndex()
        if not 0 <= at < len(self._offered):
            return
        addon = self._offered[at]
        words = _("Did {name} ask for this service?").format(name=self._name)
        detail = "\n".join((_priced(addon), addons.content_words(addon), _only_asked()))
        if not self._prompts.confirm(words, yes=_("Order"), detail=detail):
            return
        work = partial(addons.order, self._session, self._person, addon.id)
        self._tasks.command(work, owner=self, done=lambda _c: self._done(), failed=self._failed)

    def _show_choice(self, at: int) -> None:
        chosen = 0 <= at < len(self._offered)
        self.content.setText(addons.content_words(self._offered[at]) if chosen else "")
        set_shown(self.content, chosen)
        self.orderer.setEnabled(chosen)

    def _line(self, one: AddonOrder) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        if one.ended_on is None:
            words = _("{name} · {price} yuan · since {date}")
        else:
            words = _("{name} · {price} yuan · {date} to {end}")
        said = words.format(
            name=one.addon.name, price=yuan(one.price), date=one.ordered_on, end=one.ended_on
        )
        row.addWidget(label(said, "muted" if one.ended_on else "", wrap=True), 1)
        if one.ended_on is None and self._may:
            row.addWidget(button(_("End"), partial(self._end, one), look="link"))
        return line

    def _end(self, one: AddonOrder) -> None:
        work = partial(addons.end, self._session, one.id)
        self._tasks.command(work, owner=self, done=lambda _c: self._done(), failed=self._failed)

    def _done(self) -> None:
        self.message.show_sentence("")
        self.reload()

    def _failed(self, error: PmdeskError) -> None:
        self.message.show_sentence(told(error), Tone.PROBLEM)


def _priced(addon: Addon) -> str:
    return _("{name} · {price} yuan per {unit}").format(
        name=addon.name, price=yuan(addon.price), unit=addon.unit
    )


def _only_asked() -> str:
    return _("Only what somebody asked for is ordered; it can be ended at any time.")
