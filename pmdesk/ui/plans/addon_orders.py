"""Orders of add-on services of the whole office: who, what, price, when, and how far each is."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal

from pmdesk.domain import office
from pmdesk.domain.addons import Stage, yuan
from pmdesk.domain.office import Changes
from pmdesk.domain.staff import Permission
from pmdesk.errors import PmdeskError
from pmdesk.i18n import N_, _, told
from pmdesk.services import addon_desk
from pmdesk.services.addon_desk import AddonBook, AddonLine
from pmdesk.services.orders import places
from pmdesk.services.orders.places import Place
from pmdesk.services.orders.registering import Registered
from pmdesk.services.session import Session
from pmdesk.ui import theme
from pmdesk.ui.forms.search_box import SearchBox
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tables.model import MISSING, PILL, Align, Column, RowsModel, digits
from pmdesk.ui.tables.view import Table
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.flow import FlowLayout
from pmdesk.ui.widgets.header import EmptyState
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.pill import Badge
from pmdesk.ui.widgets.visibility import set_shown

_STAGES: Mapping[Stage, tuple[str, Tone, str]] = {
    Stage.ORDERED: (N_("ordered"), Tone.INFO, "plus"),
    Stage.UNDER_WAY: (N_("under way"), Tone.PLUM, "loader-circle"),
    Stage.DELIVERED: (N_("delivered"), Tone.GOOD, "circle-check"),
    Stage.ENDED: (N_("ended"), Tone.NEUTRAL, "x"),
}
_SHOWN = {office.ADDONS, office.ORDERS, office.RESIDENTS}


class AddonOrdersCard(Card):
    """What was ordered, to be found again, and the work order that delivers it."""

    resident_requested = Signal(object)  # PersonId

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts) -> None:
        super().__init__(_("Add-on orders"), margin=16)
        self._session, self._tasks, self._prompts = session, tasks, prompts
        self._text = ""
        self.search = SearchBox(_("Service, name or room"))
        self.search.setMinimumWidth(theme.length(220))
        self.search.searched.connect(self._search)
        self.maker = button(_("Make the work order…"), self.make, picture="clipboard-list")
        set_shown(self.maker, session.staff.may(Permission.HANDLE_ORDERS))
        self.opener = button(_("Open the resident"), self.open_resident, picture="user")
        self.model = RowsModel[AddonLine](_columns())
        self.empty = EmptyState(_nothing(), picture="tag")
        self.table = Table(self.model, self.empty)
        self.table.setMinimumHeight(theme.length(200))
        self.table.view.picked.connect(self._show_state)
        self.table.view.opened.connect(lambda _line: self.open_resident())
        self.more = label("", "muted", wrap=True)
        self.message = Banner()
        acts = FlowLayout(10)
        for one in (self.search, self.maker, self.opener):
            acts.addWidget(one)
        self.body.addLayout(acts)
        for part in (self.message, self.table, self.more):
            self.add(part, 1 if part is self.table else 0)
        self._show_state(None)
        self.reload()

    def reload(self, changes: Changes | None = None) -> None:
        """The list shows the orders as they are now."""
        if changes is None or changes.kinds & _SHOWN:
            work = partial(addon_desk.book, self._session, self._text)
            self._tasks.query(work, owner=self, done=self.show_book, newest="addon orders")

    def show_book(self, found: AddonBook) -> None:
        """These orders, newest first."""
        self.empty.show_sentence(_("No order fits.") if self._text else _nothing())
        self.model.set_rows(found.lines)
        words = _("The newest are shown, {count} are not: search for them.")
        self.more.setText(words.format(count=found.more))
        set_shown(self.more, found.more > 0)
        self._show_state(None)

    def make(self) -> None:
        """The chosen order is delivered by a work order, after a look at what and where."""
        for line in self.table.view.chosen[:1]:
            work = partial(places.of_person, self._session, line.order.person)
            self._tasks.query(work, owner=self, done=partial(self._ask, line), newest="rooms")

    def open_resident(self) -> None:
        """Who ordered it is shown."""
        for line in self.table.view.chosen[:1]:
            self.resident_requested.emit(line.order.person)

    def _ask(self, line: AddonLine, rooms: Sequence[Place]) -> None:
        if not rooms:
            self.message.show_sentence(_("This resident has no room in the register."), Tone.WARN)
            return
        words = _("Make a work order for “{name}” of {who}?")
        answers = [
            _("Work order for {room}").format(room=one.shown) if one.shown else _("Work order")
            for one in rooms
        ]
        chosen = self._prompts.ask(
            words.format(name=line.order.addon.name, who=line.who),
            answers,
            detail=_("It joins the queue like every other order: what is paid for is never first."),
        )
        if chosen is not None:
            work = partial(addon_desk.deliver, self._session, line.order.id, rooms[chosen].room)
            self._tasks.command(work, owner=self, done=self._made, failed=self._failed)

    def _made(self, made: Registered) -> None:
        words = _("Work order {number} is in the queue.").format(number=made.number)
        self.message.show_sentence(words, Tone.GOOD)
        self.reload()

    def _failed(self, error: PmdeskError) -> None:
        self.message.show_sentence(told(error), Tone.PROBLEM)

    def _search(self, text: str) -> None:
        self._text = text
        self.reload()

    def _show_state(self, line: AddonLine | None) -> None:
        self.opener.setEnabled(line is not None)
        self.maker.setEnabled(line is not None and line.order.may_be_delivered)


def _nothing() -> str:
    return _("Nothing is ordered. Orders are entered on the resident's page when somebody asks.")


def _badge(line: AddonLine) -> Badge:
    words, tone, picture = _STAGES[line.order.stage]
    return Badge(words=_(words), tone=tone, icon=picture)


def _work(line: AddonLine) -> str:
    return line.order.delivery.number if line.order.delivery else MISSING


def _columns() -> tuple[Column[AddonLine], ...]:
    pill = PILL + digits(_(words) for words, _tone, _icon in _STAGES.values())
    return (
        Column(key="who", title=_("Name"), cell=lambda one: one.who or MISSING, width=10),
        Column(key="room", title=_("Room"), cell=lambda one: one.room or MISSING, width=11),
        Column(key="name", title=_("Service"), cell=lambda one: one.order.addon.name),
        Column(
            key="price",
            title=_("Yuan"),
            cell=lambda one: yuan(one.order.price),
            align=Align.END,
            width=9,
        ),
        Column(
            key="on", title=_("Ordered on"), cell=lambda one: str(one.order.ordered_on), width=11
        ),
        Column(
            key="stage",
            title=_("State"),
            cell=lambda one: _badge(one).words,
            badge=_badge,
            width=pill,
        ),
        Column(key="work", title=_("Work order"), cell=_work, width=15),
    )
