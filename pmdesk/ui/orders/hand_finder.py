"""Who does it? One line for a name or pinyin, and below it those who can be given the order."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QListWidgetItem
from typing_extensions import override

from pmdesk.domain.names import search_keys
from pmdesk.domain.orders.names import SERVICES
from pmdesk.i18n import _, said
from pmdesk.services.orders.hands import Duty, Hand
from pmdesk.ui import theme
from pmdesk.ui.forms.finder import Finder
from pmdesk.ui.icons import Ink, icon

_LINES = 6  # that are seen at once; the list scrolls
_ICON = 16


class HandFinder(Finder):
    """Nobody is chosen until a name is typed or taken; a name that is not listed is taken too."""

    def __init__(self) -> None:
        super().__init__(_("A colleague, a firm or a worker"), _("Who can do it"))
        self._hands: tuple[Hand, ...] = ()
        self._fitting: tuple[Hand, ...] = ()
        self._chosen: Hand | None = None
        self.hits.setIconSize(QSize(theme.length(_ICON), theme.length(_ICON)))

    @property
    def assignee(self) -> str:
        """The account of the name that stands here, else the name itself; empty for nobody."""
        typed = self.box.text().strip()
        known = self._chosen
        if known is None or known.name != typed:
            known = next((one for one in self._hands if one.name == typed), None)
        return known.code if known else typed

    def start(self) -> None:
        """Nobody is chosen, and nobody is known yet."""
        self._chosen = None
        self.box.show_search("")
        self.show_hands(())

    def show_hands(self, hands: Sequence[Hand]) -> None:
        """These can be chosen, whatever was typed meanwhile."""
        self._hands = tuple(hands)
        self._search(self.box.text())

    @override
    def _search(self, text: str) -> None:
        wanted = text.strip()
        self._fitting = tuple(one for one in self._hands if _fits(one, wanted))
        items = [QListWidgetItem(_picture(one), _words(one)) for one in self._fitting]
        if wanted and not any(one.name == wanted for one in self._fitting):
            new = _("Take this name as it is: {name}").format(name=wanted)
            items.append(QListWidgetItem(icon("plus", Ink.MUTED), new))
        self._show_items(items)
        self._keep_height()
        if not wanted:
            self.hits.setCurrentRow(-1)

    @override
    def _enter(self) -> None:
        """The chosen line is taken; then Enter reaches the panel, which does the step."""
        self._search(self.box.text())  # the list waits a moment for more letters
        self._take()

    @override
    def _taken(self, at: int) -> None:
        if at < len(self._fitting):
            self._chosen = self._fitting[at]
            self.box.show_search(self._chosen.name)
        self.box.setFocus()

    def _keep_height(self) -> None:
        """What stands below does not move while letters are typed."""
        lines = min(len(self._hands) + 1, _LINES) if self._hands else self.hits.count()
        line = self.hits.sizeHintForRow(0)
        if self.hits.count():
            self.hits.setFixedHeight(line * lines + 2 * self.hits.frameWidth() + 2)


def _fits(hand: Hand, wanted: str) -> bool:
    if not wanted or wanted in hand.name:
        return True
    keys = search_keys(hand.name)
    letters = wanted.casefold()
    return any(one.startswith(letters) for one in (*keys.initials, *keys.syllables))


def _words(hand: Hand) -> str:
    """李师傅  正在当班 · 维修."""
    duties = {Duty.NOW: _("on duty now"), Duty.LATER: _("on duty later today")}
    parts = [duties[hand.duty]] if hand.duty in duties else []
    parts += [said(words) for one, words in SERVICES.items() if one in hand.skills]
    return "  ".join(part for part in (hand.name, " · ".join(parts)) if part)


def _picture(hand: Hand) -> QIcon:
    return icon("user" if hand.is_staff else "wrench", Ink.MUTED)
