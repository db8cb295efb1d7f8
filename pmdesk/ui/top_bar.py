"""The bar above the pages: search, text size, lock, and the menu of who is signed in."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from pmdesk.i18n import _
from pmdesk.ui.forms.search_box import SearchBox
from pmdesk.ui.theme import STEP, Tone
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.pill import Badge, Pill

_NARROW = 96  # digits; below, only what has no other place is shown
_LANGUAGES = (("zh_CN", "简体中文"), ("en", "English"))


class TopBar(QFrame):
    """Wishes only: the window decides what comes of them."""

    step_requested = Signal(float)  # of the text size
    lock_requested = Signal()
    switch_requested = Signal()  # somebody else signs in
    leave_requested = Signal()
    help_requested = Signal()
    manual_requested = Signal()
    password_requested = Signal()
    scheme_requested = Signal(str)
    language_requested = Signal(str)

    def __init__(self, user: str, role: str = "", *, demo: bool) -> None:
        super().__init__()
        self._user, self._role = user, role
        self.setProperty("look", "topbar")
        self.search = SearchBox(_("Find a person, a room, an order or a page"))
        self.search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(28, 10, 28, 10)
        self._row.setSpacing(8)
        self._row.addWidget(self.search, 5)
        self._row.addStretch(2)
        if demo:
            self._row.addWidget(Pill(Badge(words=_("Demo data"), tone=Tone.WARN, icon="info")))
        smaller, self._larger_text = self._sizes()
        self._lock = button(
            "", self.lock_requested.emit, look="quiet", picture="lock", tip=_("Lock now")
        )
        self._lock.setObjectName("lock")
        self._who = button(user, look="menu", picture="user", tip=self._named)
        self._who.setObjectName("user")
        self._who.setMenu(self._menu(self._who))
        for made in (smaller, self._larger_text, self._lock, self._who):
            self._row.addWidget(made)
        self._larger_text.hide()  # narrow until the window is known to be wide

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and self._row.count():
            self.fit()

    def mark(self, *chosen: str) -> None:
        """The menu ticks the colours and the language that are chosen on this computer."""
        for action in self._who.menu().actions():
            if action.isCheckable():
                action.setChecked(action.data() in chosen)

    def fit(self) -> None:
        """A narrow window leaves larger text to the menu, and words of lock and role to tips."""
        wide = self.width() >= _NARROW * self.fontMetrics().horizontalAdvance("0")
        self._row.setStretch(1, 2 if wide else 0)  # else the search has all the room that is left
        self._larger_text.setVisible(wide)  # the way back to smaller text always stays
        self._lock.setText(_("Lock") if wide else "")
        self._who.setText(self._named if wide else self._user)

    @property
    def _named(self) -> str:
        """Who is signed in, and as what."""
        return " · ".join(filter(None, (self._user, self._role)))

    def _sizes(self) -> tuple[QPushButton, QPushButton]:
        smaller = button("A-", self._smaller, look="quiet", tip=_("Smaller text"))
        larger = button("A+", self._larger, look="quiet", tip=_("Larger text"))
        return smaller, larger

    def _smaller(self) -> None:
        self.step_requested.emit(-STEP)

    def _larger(self) -> None:
        self.step_requested.emit(STEP)

    def _menu(self, owner: QWidget) -> QMenu:
        menu = QMenu(owner)
        menu.addAction(_("Change passphrase…"), self.password_requested.emit)
        menu.addSeparator()
        menu.addAction(_("Larger text"), self._larger)
        menu.addAction(_("Smaller text"), self._smaller)
        schemes = (("light", _("Light")), ("dark", _("Dark")), ("system", _("As the system")))
        _choices(menu, schemes, self.scheme_requested.emit)
        _choices(menu, _LANGUAGES, self.language_requested.emit)
        menu.addSeparator()
        menu.addAction(_("Manual…"), self.manual_requested.emit)
        menu.addAction(_("Help and keys"), self.help_requested.emit)
        menu.addSeparator()
        menu.addAction(_("Lock now"), self.lock_requested.emit)
        menu.addAction(_("Switch user"), self.switch_requested.emit)
        menu.addAction(_("Quit pmdesk"), self.leave_requested.emit)
        return menu


def _choices(
    menu: QMenu, choices: tuple[tuple[str, str], ...], wish: Callable[[str], None]
) -> None:
    menu.addSeparator()
    for value, words in choices:
        made = menu.addAction(words, partial(wish, value))
        made.setCheckable(True)
        made.setData(value)
