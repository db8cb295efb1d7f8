"""The pages of a signed-in session, and the ways from one to the other."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from pmdesk.app.desk_routes import ORDER_NUMBER, DeskRoutes
from pmdesk.app.last_anchors import LastAnchors
from pmdesk.app.pages import listed
from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.people import PersonId
from pmdesk.domain.points import Point
from pmdesk.domain.ports.notices import ChangeId
from pmdesk.domain.ports.orders import OrderQuery
from pmdesk.domain.purposes import PurposeCode
from pmdesk.domain.requests import RequestId
from pmdesk.domain.rights import RightCode
from pmdesk.domain.staff import Permission
from pmdesk.services.home import OpenDraft
from pmdesk.services.session import Session
from pmdesk.ui import unsaved
from pmdesk.ui.building import built
from pmdesk.ui.consent.page import ConsentPage
from pmdesk.ui.main_window import MainWindow
from pmdesk.ui.pages.classification import ClassificationPage
from pmdesk.ui.pages.handling_rules import HandlingRulesPage
from pmdesk.ui.pages.importing_orders import OrderImportPage
from pmdesk.ui.pages.log import LogPage
from pmdesk.ui.pages.notice_change import NoticeChangePage
from pmdesk.ui.pages.records import RecordsPage
from pmdesk.ui.pages.registration import RegistrationPage
from pmdesk.ui.pages.resident import ResidentPage
from pmdesk.ui.pages.residents import ResidentsPage
from pmdesk.ui.pages.rights import RightsPage
from pmdesk.ui.pages.rules import RulesPage
from pmdesk.ui.pages.settings import SettingsPage
from pmdesk.ui.pages.training import TrainingPage
from pmdesk.ui.pages.watch import WatchPage
from pmdesk.ui.preferences import Preferences
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.sidebar import PageSpec
from pmdesk.ui.tasks import Tasks

EVERYBODY = ResidentQuery()
# where a draft is gone on with that is not about one person
_PAGES = {"rules": "rules", "plans": "plans", "measure": "watch", "proposal": "rules"}


class Navigator(QObject):
    """Builds pages when they are first opened and answers the signals by which they ask for others.

    A page asks by a signal of a known name (see `_routes`); it knows no other page.
    """

    scheme_requested = Signal(str)
    text_scale_requested = Signal(float)
    language_requested = Signal(str)
    idle_requested = Signal(float)
    recovery_renewed = Signal(str)  # the new root

    def __init__(
        self,
        session: Session,
        tasks: Tasks,
        prompts: Prompts,
        preferences: Preferences,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._tasks = tasks
        self._prompts = prompts
        self._preferences = preferences
        self._window: MainWindow | None = None
        self._detail: QWidget | None = None
        self._back: Callable[[], None] | None = None
        self._below = "residents"  # the page that lies below a detail page
        self._searching = False
        self._desk = DeskRoutes(self._open)

    def attach(self, window: MainWindow) -> None:
        """The pages appear in this window."""
        self._window = window
        window.page_opened.connect(self._forget_search)
        window.page_opened.connect(self._left_detail)
        window.search_requested.connect(self.search)
        window.search.returnPressed.connect(self._go_in)
        window.places.nobody = self._fits_nobody
        window.sidebar.chosen.connect(self._chosen)

    def specs(self) -> tuple[PageSpec, ...]:
        """All pages in the order of the sidebar, each with the permission it needs."""
        edits = self._session.staff.may(Permission.EDIT_PURPOSES)
        return tuple(
            PageSpec(
                key=one.key,
                title=one.title,
                icon=one.icon,
                build=self._made(self._built_otherwise().get(one.key, self._of(one.page))),
                permission=one.may,
                below=one.below,
                words=one.words,
                parts=one.parts,
            )
            for one in listed(edits_purposes=edits)
        )

    def search(self, text: str) -> None:
        """The order of that number is shown, or the residents who fit."""
        self._searching = True
        try:
            if ORDER_NUMBER.fullmatch(text.strip()):
                self._desk.show_orders(OrderQuery(text=text.strip()))
            elif text.strip() or self._below == "residents":
                self.show_list(ResidentQuery(text=text))
        finally:
            self._searching = False

    def search_on(self, text: str) -> None:
        """As `search`; the cursor goes along into the box of the list, behind what was typed.

        The name of a page is taken to the box above, which lists it.
        """
        if self._window is not None and self._window.search_places(text):
            return
        self.search(text)
        page = self._window.page if self._window else None
        if isinstance(page, ResidentsPage):
            page.focus_search()
            page.search.deselect()
            page.search.end(False)

    def show_list(self, query: ResidentQuery = EVERYBODY) -> None:
        """The list of residents shows these."""
        page = self._open("residents")
        if isinstance(page, ResidentsPage):
            page.show_query(query)

    def register(self, name: str = "", draft: str = "") -> None:
        """The form for somebody new lies over the list; of several drafts this one is offered."""
        self._show_detail(RegistrationPage(self._session, self._tasks, name, draft))

    def open_draft(self, one: OpenDraft) -> None:
        """The page or the dialog is open where what was typed is offered again."""
        kind, subject = one.draft.page, one.draft.subject
        if kind in _PAGES:
            page = self._open(_PAGES[kind])
            if kind == "measure" and isinstance(page, WatchPage):
                page.go_on_with(subject)
            elif kind == "proposal" and isinstance(page, RulesPage):
                page.proposal.go_on_with(subject)
        elif kind == "order":
            self._desk.open_draft(subject)
        elif one.person is None:
            self.register(draft=subject)
        else:
            self.open_resident(one.person)

    def open_resident(self, person: PersonId) -> None:
        """The page of this person lies over the list."""
        tools = self._session, self._tasks, self._prompts
        self._show_detail(built(partial(ResidentPage, *tools, person)))

    def take_consent(self, person: PersonId, first: PurposeCode | None = None) -> None:
        """The consent steps for this person; going back leads to the person's page."""
        shown = self._detail.detail if isinstance(self._detail, ResidentPage) else None
        name = f"{shown.person.room}  {shown.person.name}" if shown else ""
        self._show_detail(
            ConsentPage(self._session, self._tasks, self._prompts, person, name, first=first)
        )
        self._back = partial(self.open_resident, person)

    def open_change(self, change: ChangeId) -> None:
        """Who has to be told of this change lies over the page."""
        self._show_detail(NoticeChangePage(self._session, self._tasks, self._prompts, change))

    def open_handling_rules(self) -> None:
        """The public handling rules lie over the page."""
        self._show_detail(HandlingRulesPage(self._session, self._tasks, self._prompts))

    def explain(self, person: PersonId) -> None:
        """The classification table shows why this person has that tier."""
        page = self._open("classes")
        if isinstance(page, ClassificationPage):
            page.show_person(person)

    def show_course(self, code: str) -> None:
        """The training page shows this course."""
        page = self._open("training")
        if isinstance(page, TrainingPage):
            page.open_course(code)

    def do_point(self, point: Point) -> None:
        """The place in the records where this is done is open."""
        page = self._open("records")
        if isinstance(page, RecordsPage):
            page.do(point)

    def assess(self, subject: str) -> None:
        """The impact assessment of that is open, the one there is or a new one."""
        page = self._open("records")
        if isinstance(page, RecordsPage):
            page.assess(subject)

    def show_log(self, person: PersonId, words: str) -> None:
        """The log shows who looked at this person, or did anything else."""
        page = self._open("log")
        if isinstance(page, LogPage):
            page.show_person(person, words)

    def start_request(self, code: RightCode, person: PersonId, words: str) -> None:
        """The rights desk receives a request of this person."""
        page = self._open("rights")
        if isinstance(page, RightsPage):
            page.start_request(code, person, words)

    def show_request(self, request: RequestId) -> None:
        """The rights desk shows this case."""
        page = self._open("rights")
        if isinstance(page, RightsPage):
            page.show_request(request)

    def show_scale(self, scale: float) -> None:
        """The settings page, if it is built, shows the text size that keys chose."""
        page = self._window.findChild(SettingsPage) if self._window else None
        if page is not None:
            page.appearance.show_scale(scale)

    def keep_drafts(self) -> None:
        """What was typed anywhere and not saved is in the office, encrypted."""
        if self._window is not None:
            unsaved.keep_all(self._window)

    def back(self) -> None:
        """The page from which this one was opened is shown again."""
        back, self._back = self._back, None
        if back is None:
            self._open(self._below)
        else:
            back()

    def _routes(self) -> dict[str, Callable[..., object]]:
        return {
            "searched": self.search_on,
            "list_requested": self.show_list,
            "register_requested": self.register,
            "draft_opened": self.open_draft,
            "opened": self.open_resident,
            "resident_requested": self.open_resident,
            "consent_requested": self.take_consent,
            "explain_requested": self.explain,
            "course_requested": self.show_course,
            "residents_requested": self.show_list,
            "back_requested": self.back,
            "page_requested": self._open,
            "request_requested": self.start_request,
            "case_requested": self.show_request,
            "change_requested": self.open_change,
            **self._desk.by_signal(),
            "rules_document_requested": self.open_handling_rules,
            "import_requested": lambda: self._open("import"),
            "order_import_requested": lambda: self._show_detail(self._of(OrderImportPage)()),
            "assessment_requested": self.assess,
            "point_requested": self.do_point,
            "rules_requested": lambda: self._open("rules"),
            "lock_requested": self._lock,
            "log_requested": self.show_log,
        }

    def _built_otherwise(self) -> Mapping[str, Callable[[], QWidget]]:
        """The pages that are made of something else than the rest."""
        return {
            "residents": self._residents,
            "rules": self._rules,
            "log": self._log,
            "settings": self._settings,
        }

    def _of(self, page: Callable[..., QWidget]) -> Callable[[], QWidget]:
        return lambda: page(self._session, self._tasks, self._prompts)

    def _lock(self) -> None:
        if self._window is not None:
            self._window.lock_requested.emit()

    def _made(self, build: Callable[[], QWidget]) -> Callable[[], QWidget]:
        return lambda: self._connected(build())

    def _connected(self, page: QWidget) -> QWidget:
        for name, answer in self._routes().items():
            signal: Any = getattr(page, name, None)
            if signal is not None:
                signal.connect(answer)
        reload: Any = getattr(page, "reload", None)
        if reload is not None:
            self._tasks.changed.connect(reload)
        return page

    def _residents(self) -> QWidget:
        return ResidentsPage(self._session, self._tasks)

    def _rules(self) -> QWidget:
        return RulesPage(self._session, self._tasks, self._prompts, self._preferences)

    def _log(self) -> QWidget:
        memory = LastAnchors(self._preferences.folder)
        return LogPage(self._session, self._tasks, self._prompts, memory)

    def _settings(self) -> QWidget:
        page = SettingsPage(self._session, self._tasks, self._prompts, self._preferences)
        page.scheme_requested.connect(self.scheme_requested)
        page.text_scale_requested.connect(self.text_scale_requested)
        page.language_requested.connect(self.language_requested)
        page.idle_requested.connect(self.idle_requested)
        page.recovery_renewed.connect(self.recovery_renewed)
        return page

    def _open(self, key: str) -> QWidget | None:
        if self._window is None or all(one.key != key for one in self._window.pages):
            return None
        self._window.open_page(key)
        return self._window.page_of(key)

    def _show_detail(self, page: QWidget) -> None:
        if self._window is None:
            return
        if self._detail is not None or isinstance(page, RegistrationPage):
            self._forget_search("")
        self._left_detail(self._below)
        self._detail = self._connected(page)
        self._window.open_detail(page)
        page.setFocus()  # a page has a proxy where its cursor belongs

    def _go_in(self) -> None:
        """Once the search is answered, Enter leads into the list, or to orders if nobody fits."""
        page = self._window.page if self._window else None
        text = self._window.search.text().strip() if self._window else ""
        if not text or not isinstance(page, ResidentsPage):
            return
        if page.has_found(text):
            page.view.go_in()
        elif page.has_found(text) == 0:
            self._desk.show_orders(OrderQuery(text=text))

    def _fits_nobody(self, text: str) -> bool:
        """Whether the list, searched for this, shows nobody; or there is no list."""
        if not self._session.staff.may(Permission.SEE_RESIDENTS):
            return True
        page = self._window.page if self._window else None
        return isinstance(page, ResidentsPage) and page.has_found(text) == 0

    def _chosen(self, key: str) -> None:
        """Whoever chooses the list in the sidebar sees everybody."""
        page = self._window.page if self._window else None
        if key == "residents" and self._window and isinstance(page, ResidentsPage):
            self._window.search.show_search("")
            if page.query.is_narrowed:
                page.reset()

    def _forget_search(self, key: str) -> None:
        """What was searched is done with, here and in the list, once another page is opened."""
        box = self._window.search if self._window else None
        registered = isinstance(self._detail, RegistrationPage)
        if box is None or self._searching or not (box.text() or registered):
            return
        if key != "residents" or self._detail is not None:
            box.show_search("")
            page = self._window.findChild(ResidentsPage) if self._window else None
            if page is not None and page.query.text:
                page.show_query(replace(page.query, text=""))

    def _left_detail(self, key: str) -> None:
        """A detail page that is left keeps its draft and goes."""
        self._below, self._back = key, None
        page, self._detail = self._detail, None
        if page is not None and self._window is not None:
            unsaved.keep_one(page)
            stack = page.parentWidget()
            if isinstance(stack, QStackedWidget):
                stack.removeWidget(page)
            page.deleteLater()  # it keeps its parent: it may be the one that asked
