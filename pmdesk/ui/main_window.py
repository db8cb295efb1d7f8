"""The window: sidebar, top bar with the search, one page at a time, status bar."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from pmdesk.domain.staff import Permission
from pmdesk.i18n import N_, _
from pmdesk.ui import theme
from pmdesk.ui.building import built
from pmdesk.ui.commands import Command, build_actions
from pmdesk.ui.help import HelpOverlay
from pmdesk.ui.place_list import PlaceList
from pmdesk.ui.places import Place, place
from pmdesk.ui.sidebar import PageSpec, Sidebar
from pmdesk.ui.text_keys import TextKeys
from pmdesk.ui.theme import STEP
from pmdesk.ui.top_bar import TopBar
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.page import scrolled
from pmdesk.ui.widgets.stack import PageStack


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowFacts:
    """What the frame shows of the office and of who acts."""

    office: str
    user: str
    role: str  # in the user's language
    demo: bool = False


class MainWindow(QMainWindow):
    """The frame around the pages; what it cannot do itself it asks for by a signal."""

    search_requested = Signal(str)
    lock_requested = Signal()
    switch_requested = Signal()  # somebody else signs in
    password_requested = Signal()
    manual_requested = Signal()
    scheme_requested = Signal(str)  # light, dark or system
    language_requested = Signal(str)
    text_scale_requested = Signal(float)
    page_opened = Signal(str)
    closing = Signal()

    def __init__(
        self, pages: Sequence[PageSpec], facts: WindowFacts, may: Callable[[Permission], bool]
    ) -> None:
        super().__init__()
        self.pages = tuple(p for p in pages if p.permission is None or may(p.permission))
        self._built: dict[str, QWidget] = {}
        self._stack = PageStack()
        self._note = label(_("Ready"), "muted")
        self._undo = label("", "muted")
        self.sidebar = Sidebar(self.pages, "pmdesk")
        self.top_bar = TopBar(facts.user, facts.role, demo=facts.demo)
        self.search = self.top_bar.search
        self.places = PlaceList(self.search, places_of(self.pages, may), self)
        self.setWindowTitle(f"{facts.office} · pmdesk")
        self.setCentralWidget(self._frame())
        self._listen()
        self.text_keys = TextKeys(self)
        self.text_keys.requested.connect(self.text_scale_requested)
        self.actions_by_command = build_actions(
            self,
            {
                Command.SEARCH: self.focus_search,
                Command.LOCK: self.lock_requested.emit,
                Command.TEXT_LARGER: lambda: self._scale(STEP),
                Command.TEXT_SMALLER: lambda: self._scale(-STEP),
                Command.TEXT_NORMAL: lambda: self.text_scale_requested.emit(1.0),
                Command.HELP: self.show_help,
            },
        )

    @property
    def page(self) -> QWidget | None:
        """The page that is open."""
        return self._stack.currentWidget()

    def page_of(self, key: str) -> QWidget:
        """The page of that key, built if it was not yet."""
        if key not in self._built:
            self._built[key] = built(partial(self._build, key))
        return self._built[key]

    def open_page(self, key: str) -> None:
        """The page is shown, if this role may see it."""
        if any(one.key == key for one in self.pages):
            self._stack.setCurrentWidget(self.page_of(key))
            if isinstance(QApplication.focusWidget(), QScrollArea):  # Qt found nothing better
                self.page_of(key).setFocus()
            self.sidebar.mark(key)
            self.page_opened.emit(key)

    def open_place(self, one: Place) -> None:
        """The page is shown with that part of it, or what has no page of its own is done."""
        acts = {"password": self.password_requested.emit, "manual": self.manual_requested.emit}
        if not one.page:
            acts[one.part]()
            return
        self.open_page(one.page)
        page: Any = self.page_of(one.page)
        page.setFocus()
        if one.part:
            page.open_part(one.part)

    def search_places(self, text: str) -> bool:
        """Whether `text` names a place; then it is listed below the search, ready for Enter."""
        if not self.places.knows(text):
            return False
        self.search.setFocus()
        self.search.show_search(text)
        self.search.deselect()
        self.places.show_for(text)
        return True

    def open_detail(self, page: QWidget) -> None:
        """A page that is not in the sidebar is shown; `close_detail` goes back and deletes it."""
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)

    def close_detail(self, page: QWidget, back_to: str) -> None:
        """The detail page is gone and the page `back_to` is shown."""
        self._stack.removeWidget(page)
        page.deleteLater()
        self.open_page(back_to)

    def focus_search(self) -> None:
        """The cursor stands in the search field."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def show_note(self, text: str) -> None:
        """The status bar says this."""
        self._note.setText(text or _("Ready"))

    def show_undo(self, name: str) -> None:
        """The status bar names what Ctrl+Z would undo; nothing when `name` is empty."""
        self._undo.setText(_("Undo: {name}").format(name=name) if name else "")

    def show_help(self) -> None:
        """The list of keys lies over the window."""
        overlay = HelpOverlay(self, self.manual_requested.emit)
        overlay.show()
        overlay.setFocus()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)

    def _build(self, key: str) -> QWidget:
        page = next(one for one in self.pages if one.key == key).build()
        page.setObjectName(f"page.{key}")
        self._stack.addWidget(page)
        return page

    def _search(self, text: str) -> None:
        if not self.places.claims:
            self.search_requested.emit(text)

    def _scale(self, step: float) -> None:
        self.text_scale_requested.emit(round(theme.applied().scale + step, 2))

    def _frame(self) -> QWidget:
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.top_bar)
        right.addWidget(scrolled(self._stack), 1)
        right.addWidget(self._status_bar())
        middle = QWidget()
        middle.setProperty("look", "page")
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        row.addLayout(right, 1)
        return middle

    def _listen(self) -> None:
        """What the bars ask for is passed on, or done."""
        bar = self.top_bar
        self.sidebar.chosen.connect(self.open_page)
        bar.search.searched.connect(self._search)
        self.places.chosen.connect(self.open_place)
        bar.step_requested.connect(self._scale)
        bar.lock_requested.connect(self.lock_requested)
        bar.switch_requested.connect(self.switch_requested)
        bar.leave_requested.connect(self.close)
        bar.help_requested.connect(self.show_help)
        bar.manual_requested.connect(self.manual_requested)
        bar.password_requested.connect(self.password_requested)
        bar.scheme_requested.connect(self.scheme_requested)
        bar.language_requested.connect(self.language_requested)

    def _status_bar(self) -> QWidget:
        bar = QFrame()
        bar.setProperty("look", "statusbar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(28, 5, 28, 5)
        row.addWidget(self._note)
        row.addStretch(1)
        row.addWidget(self._undo)
        return bar


def places_of(pages: Sequence[PageSpec], may: Callable[[Permission], bool]) -> tuple[Place, ...]:
    """Everything the search leads to: the pages, their parts, and two things of the menu."""
    found = []
    for page in pages:
        title = _(page.title)
        found.append(place(page.key, page.icon, title, page.words))
        found += [
            place(page.key, page.icon, part.title, part.words, part.key, title)
            for part in page.parts()
            if part.permission is None or may(part.permission)
        ]
    words = N_("passphrase, own passphrase")
    found.append(place("", "key", _("Change passphrase…"), words, "password"))
    words = N_("help, instructions")
    found.append(place("", "book-open", _("Manual…"), words, "manual"))
    return tuple(found)
