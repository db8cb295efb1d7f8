"""The office while somebody works in it: its window, its pages and its background work."""

import contextlib
from functools import partial

from PySide6.QtCore import QObject, QSize, QTimer, Signal
from PySide6.QtWidgets import QApplication

from pmdesk.app.entered import Entered
from pmdesk.app.last_anchors import LastAnchors
from pmdesk.app.log_watch import LogWatch
from pmdesk.app.navigator import Navigator
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, ngettext
from pmdesk.services import drafts, retention, rule_life
from pmdesk.services.wording import STAFF_ROLES
from pmdesk.ui import theme
from pmdesk.ui.application import chosen_theme
from pmdesk.ui.backups.watch import BackupWatch
from pmdesk.ui.day_watch import DayWatch
from pmdesk.ui.main_window import MainWindow, WindowFacts
from pmdesk.ui.pages.password import PasswordDialog
from pmdesk.ui.preferences import IDLE_MINUTES, LANGUAGE, TEXT_SCALE, THEME, Preferences
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.widgets.stack import fit_to_screen

_WIDTH, _HEIGHT = 1280, 800
_REST_MS = 30_000


class Room(QObject):
    """One signed-in session; `close` ends it with nothing left open."""

    lock_requested = Signal()
    closing = Signal()
    idle_requested = Signal(float)

    def __init__(
        self, entered: Entered, app: QApplication, preferences: Preferences, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.entered = entered
        self._app = app
        self._preferences = preferences
        session = entered.session
        prompts = Prompts()
        self.tasks = Tasks(prompts.explain, self)
        self.navigator = Navigator(session, self.tasks, prompts, preferences, self)
        facts = WindowFacts(
            office=entered.profile.name,
            user=session.staff.name,
            role=_(STAFF_ROLES[session.staff.role]),
            demo=entered.is_demo,
        )
        self.main = MainWindow(self.navigator.specs(), facts, session.staff.may)
        prompts.parent = self.main
        self.navigator.attach(self.main)
        memory = LastAnchors(preferences.folder)
        self.log = LogWatch(session, self.tasks, prompts, memory, self)
        self.days = DayWatch(session.clock.today, self)
        note = self.main.show_note
        self.backups = BackupWatch(session, self.tasks, prompts, note, self)
        self.rest = QTimer(self)
        self.rest.setSingleShot(True)
        self.rest.setInterval(_REST_MS)
        self._listen()

    def show(self) -> None:
        """The window is shown where it was last, with the landing page."""
        wished = QSize(theme.length(_WIDTH), theme.length(_HEIGHT))
        fit_to_screen(self.main, wished)
        self.main.restoreGeometry(self._preferences.geometry())
        self.main.open_page("home")
        self.main.show_note(_greeting(self.entered.failed_before))
        self.main.show()
        if self.main.page is not None:
            self.main.page.setFocus()
        self.log.begin()

    def close(self) -> int:
        """What was typed is kept, the office is closed, its window gone; the drafts kept."""
        self.main.hide()
        self.navigator.keep_drafts()
        self._preferences.put_geometry(self.main.saveGeometry())
        self.log.stop()
        self.tasks.finish()
        count = self._count_drafts()
        self._remember_log()
        self.entered.close()
        self.main.deleteLater()
        return count

    def _count_drafts(self) -> int:
        try:
            return len(drafts.mine(self.entered.session))
        except PmdeskError:
            return 0

    def _remember_log(self) -> None:
        # a full disk must not keep the office open
        with contextlib.suppress(PmdeskError):
            self.log.advance()

    def _listen(self) -> None:
        self.main.lock_requested.connect(self.lock_requested)
        self.main.closing.connect(self._say_farewell)
        self.main.password_requested.connect(self._change_password)
        for asks in (self.main, self.navigator):
            asks.scheme_requested.connect(self._wear_scheme)
            asks.text_scale_requested.connect(self._wear_scale)
            asks.language_requested.connect(self._speak_later)
        self.navigator.idle_requested.connect(self._wait_for)
        self.days.begun.connect(self._catch_up)
        self.tasks.changed.connect(lambda _changes: self.rest.start())
        self.rest.timeout.connect(self._settle)

    def _say_farewell(self) -> None:
        """The backup on leaving comes first; then the window goes."""
        self.backups.leave(self.main)
        self.closing.emit()

    def _catch_up(self) -> None:
        """What ended at midnight is gone from the pages too; rules of this day are in force."""
        for catch_up in (retention.catch_up, rule_life.due):
            self.tasks.command(partial(catch_up, self.entered.session), owner=self)

    def _settle(self) -> None:
        """Nobody changed anything for a while: what was erased leaves the log beside the file."""
        self.tasks.query(
            self._settled,
            owner=self,
            done=lambda _none: None,
            failed=lambda _error: self.rest.start(),  # a busy or full disk: the next rest
        )

    def _settled(self) -> None:
        self.entered.settle()
        self.log.advance()

    def _change_password(self) -> None:
        PasswordDialog(self.entered.session, self.tasks, self.main).open()

    def _wear_scheme(self, scheme: str) -> None:
        self._preferences.put(THEME, scheme)
        theme.apply(chosen_theme(self._preferences), self._app)

    def _wear_scale(self, scale: float) -> None:
        self._preferences.put(TEXT_SCALE, min(max(scale, theme.SMALLEST), theme.LARGEST))
        theme.apply(chosen_theme(self._preferences), self._app)
        if not self.main.isMaximized():
            fit_to_screen(self.main, self.main.size())
        self.navigator.show_scale(theme.applied().scale)

    def _speak_later(self, language: str) -> None:
        self._preferences.put(LANGUAGE, language)
        self.main.show_note(_("Another language appears after the next sign-in."))

    def _wait_for(self, minutes: float) -> None:
        self._preferences.put(IDLE_MINUTES, minutes)
        self.idle_requested.emit(minutes)


def _greeting(failed: int) -> str:
    if not failed:
        return _("Ready")
    return ngettext(
        "{count} failed sign-in since the last good one",
        "{count} failed sign-ins since the last good one",
        failed,
    ).format(count=failed)
