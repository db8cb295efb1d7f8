"""Where is it? One line for a name, pinyin, a room, a phone number or a place that all share."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidgetItem
from typing_extensions import override

from pmdesk.analytics.buildings import spot_words
from pmdesk.domain.orders.order import Spot
from pmdesk.i18n import _, ngettext
from pmdesk.services.orders import places
from pmdesk.services.orders.places import Offer, Place
from pmdesk.services.session import Session
from pmdesk.ui import theme
from pmdesk.ui.forms.finder import Finder
from pmdesk.ui.icons import Ink, icon
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.widgets.visibility import set_shown

_ICON = 16


class PlaceFinder(Finder):
    """Type, press Enter: the first line is taken; with the arrow keys another one.

    What nobody understood may be a slip in a name: Enter takes it for no place by itself.
    """

    found = Signal(object)  # Place, or None while other words stand here
    unknown = Signal(str)  # Enter found nothing: what to do; empty while other words stand here

    def __init__(self, session: Session, tasks: Tasks) -> None:
        super().__init__(
            _("Name, pinyin, room, last 4 digits, or a shared place"), _("Places found")
        )
        self._session = session
        self._tasks = tasks
        self.place: Place | None = None
        self.offered: tuple[Place, ...] = ()
        self._first = 0  # the line of the first of them
        self.hits.setIconSize(QSize(theme.length(_ICON), theme.length(_ICON)))

    def show_place(self, place: Place | None) -> None:
        """This place is chosen, or none."""
        self.place = place
        self._hurried = False
        self._show_words("" if place is None else place_words(place))

    @override
    def _search(self, text: str) -> None:
        if self.place is not None and text == place_words(self.place):
            return
        self._hurried = False
        self.unknown.emit("")
        if self.place is not None:
            self._choose(None)  # other words are about another place
        if not text:
            set_shown(self.hits, shown=False)
            return
        self._tasks.query(
            partial(places.offered, self._session, text),
            owner=self,
            done=self._show,
            newest="places",
        )

    def _show(self, offer: Offer) -> None:
        self.offered = offer.places
        self._first = 0 if offer.is_sure or not offer.why else 1  # below the line that tells
        items = [
            QListWidgetItem(icon(_picture(one), Ink.MUTED), place_words(one))
            for one in offer.places
        ]
        if offer.more:
            rest = ngettext(
                "{count} more resident fits: type a few more letters",
                "{count} more residents fit: type a few more letters",
                offer.more,
            )
            items.append(_told(rest.format(count=f"{offer.more:,}")))
        if offer.why:
            items.insert(0 if self._first else len(items), _told(offer.why))
        is_asked = self._hurried
        self._show_items(items, 0 if offer.is_sure else -1)
        if is_asked and not offer.is_sure:
            self.unknown.emit(_unknown_words(offer))

    @override
    def _enter(self) -> None:
        if self.place is not None:
            self.found.emit(self.place)
        else:
            self._hurried = True

    @override
    def _taken(self, at: int) -> None:
        at -= self._first
        if 0 <= at < len(self.offered):  # the other lines only tell
            self._choose(replace(self.offered[at], is_guess=False))  # somebody says so

    def _choose(self, place: Place | None) -> None:
        self.place = place
        if place is not None:
            self.unknown.emit("")
            self.show_place(place)
        self.found.emit(place)


def place_words(place: Place) -> str:
    """The place as it stands in the line and in the list below it."""
    if place.person is not None:
        return "  ".join(
            part for part in (place.shown, place.name, place.role, place.mobile) if part
        )
    if place.is_new:
        return _("{room} (not in the register yet)").format(room=place.room)
    if place.room:
        return _("{room} (nobody named)").format(room=place.room)
    words = _("Register as a shared place: {place}") if place.is_guess else _("Shared: {place}")
    return words.format(place=spot_words(Spot(building=place.building, area=place.area)))


def _unknown_words(offer: Offer) -> str:
    """Why Enter took nothing, and what can be done."""
    if not offer.places:
        return offer.why
    return _(
        "{why} Check what you typed. If it is right, choose the line below it with ↓ and press"
        " Enter."
    ).format(why=offer.why)


def _told(words: str) -> QListWidgetItem:
    item = QListWidgetItem(words)
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    return item


def _picture(place: Place) -> str:
    if place.person is not None:
        return "user"
    return "house" if place.room else "building-2"
