"""The office while somebody works in it: its window, its pages and its background work."""

import contextlib
from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from pmdesk.app.config import TrustedRoots
from pmdesk.app.entered import Entered, Left
from pmdesk.app.health_watch import HealthWatch
from pmdesk.app.last_anchors import LastAnchors
from pmdesk.app.log_watch import LogWatch
from pmdesk.app.navigator import Navigator
from pmdesk.domain.office import Clock
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, ngettext
from pmdesk.services import colleagues, drafts, retention, rule_life
from pmdesk.services.colleagues import Handed
from pmdesk.services.wording import STAFF_ROLES
from pmdesk.ui import theme
from pmdesk.ui.application import chosen_theme, scaled_theme
from pmdesk.ui.backups.watch import BackupWatch
from pmdesk.ui.day_watch import DayWatch
from pmdesk.ui.keys.damage_dialog import DamageDialog
from pmdesk.ui.keys.damage_help import is_damage
from pmdesk.ui.main_window import MainWindow, WindowFacts
from pmdesk.ui.pages.password import PasswordDialog
from pmdesk.ui.preferences import IDLE_MINUTES, LANGUAGE, THEME, Preferences
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.restyling import Restyling
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Theme
from pmdesk.ui.widgets.stack import fit_to_screen

_WIDTH, _HEIGHT = 1280, 800
_REST_MS = 30_000
_PATIENCE_MS = 15_000  # for work that does not stop when it is asked to


class Room(QObject):
    """One signed-in session; `close` ends it with nothing left open."""

    lock_requested = Signal()
    switch_requested = Signal()
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
        self._prompts = prompts = Prompts()
        self.tasks = Tasks(self._explain, self)
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
        self.health = HealthWatch(entered, self.tasks, self)
        self._look = Restyling(app)
        self._damage: DamageDialog | None = None
        self.days = DayWatch(session.clock.today, self)
        note = self.main.show_note
        self.backups = BackupWatch(session, self.tasks, prompts, note, self)
        self.rest = QTimer(self)
        self.rest.setSingleShot(True)
        self.rest.setInterval(_REST_MS)
        self._listen()
        self._mark()

    def show(self) -> None:
        """The window is shown where it was last, and in a moment the landing page in it."""
        wished = QSize(theme.length(_WIDTH), theme.length(_HEIGHT))
        fit_to_screen(self.main, wished)
        self.main.restoreGeometry(self._preferences.geometry())
        self.main.show_note(_greeting(self.entered))
        self.main.show()
        self.tasks.in_turns(self._landing(), owner=self.main)

    def greet(self, stopped: int) -> None:
        """Whoever signed in is told what happened meanwhile, once the window is there."""
        self.tasks.query(
            partial(colleagues.handed, self.entered.session),
            owner=self,
            done=partial(self._tell, stopped),
            failed=lambda _error: self._tell(stopped, None),
        )

    def close(self) -> Left:
        """What was typed is kept, the office is closed, its window gone.

        Long work is stopped first: it would hold up the drafts, and what it did is undone. Work
        that does not stop is left to the end of this process, as a power cut would end it.
        """
        self.main.hide()
        self._prompts.forget_waiting()
        self.health.stop()
        self.log.stop()
        finished = self.tasks.finish(_PATIENCE_MS)
        self.navigator.keep_drafts()
        self._preferences.put_geometry(self.main.saveGeometry())
        left = Left(drafts=self._count_drafts(), stopped=finished.stopped)
        if finished.ended:
            self._remember_log()
            self.entered.close()
        self.main.deleteLater()
        return left

    def _landing(self) -> Iterator[None]:
        if self.main.page is None:  # nobody pressed a key for another one
            self.main.open_page("home")
        if self.main.page is not None:
            self.main.page.setFocus()
        yield
        self.health.begin()

    def _tell(self, stopped: int, handed: Handed | None) -> None:
        sentences = []
        if stopped:
            sentences.append(_stopped_words(stopped))
        if handed is not None:
            sentences.append(_handed_words(handed, self.entered.session.clock))
        if sentences:
            self._prompts.when_free(partial(self._prompts.tell, "\n\n".join(sentences)))

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
        self.health.passed.connect(self.log.begin)  # one after the other: people read meanwhile
        self.health.damaged.connect(self._show_damage)
        self.main.switch_requested.connect(self.switch_requested)
        self.main.closing.connect(self._say_farewell)
        self.main.page_opened.connect(lambda key: self._look.catch_up(self.main.page_of(key)))
        self.main.password_requested.connect(self._change_password)
        self.main.manual_requested.connect(self._show_manual)
        for asks in (self.main, self.navigator):
            asks.scheme_requested.connect(self._wear_scheme)
            asks.text_scale_requested.connect(self._wear_scale)
            asks.language_requested.connect(self._speak_later)
        self.navigator.idle_requested.connect(self._wait_for)
        self.navigator.recovery_renewed.connect(self._trust)
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

    def _explain(self, error: PmdeskError) -> None:
        if is_damage(error):
            self._show_damage(error)
        else:
            self._prompts.explain(error)

    def _show_damage(self, error: PmdeskError) -> None:
        """Nobody goes on working on damaged data: after the help pmdesk locks."""
        if self._damage is None:
            self._damage = DamageDialog(error, self.entered.folder, self.main)
            # queued: a lock that closes the dialog must not be locked again from inside
            self._damage.finished.connect(
                lambda _how: self.lock_requested.emit(), Qt.ConnectionType.QueuedConnection
            )
            self._damage.open()

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

    def _show_manual(self) -> None:
        from pmdesk.ui.manual.dialog import ManualDialog  # noqa: PLC0415  # not needed every day

        ManualDialog(self.tasks, self._prompts, self.main).open()

    def _trust(self, root: str) -> None:
        """The next sign-in on this computer expects the new recovery key."""
        TrustedRoots(self._preferences.folder).put(self.entered.folder, root)

    def _wear_scheme(self, scheme: str) -> None:
        self._preferences.put(THEME, scheme)
        self._mark()
        self._wear(chosen_theme(self._preferences))

    def _wear_scale(self, scale: float) -> None:
        wanted = scaled_theme(self._preferences, scale)
        if wanted == theme.applied():
            return
        self._wear(wanted)
        if not self.main.isMaximized():
            fit_to_screen(self.main, self.main.size())
        self.navigator.show_scale(theme.applied().scale)

    def _wear(self, wanted: Theme) -> None:
        self.tasks.in_turns(self._look.wear(wanted), owner=self.main, newest="look")

    def _speak_later(self, language: str) -> None:
        self._preferences.put(LANGUAGE, language)
        self._mark()
        self.main.show_note(_("Another language appears after the next sign-in."))

    def _mark(self) -> None:
        chosen = (self._preferences.value(key) for key in (THEME, LANGUAGE))
        self.main.top_bar.mark(*map(str, chosen))

    def _wait_for(self, minutes: float) -> None:
        self._preferences.put(IDLE_MINUTES, minutes)
        self.idle_requested.emit(minutes)


def _greeting(entered: Entered) -> str:
    if entered.mended:
        return _("The key file was damaged: its copy was used, both are whole again, nothing lost.")
    failed = entered.failed_before
    if not failed:
        return _("Ready")
    return ngettext(
        "{count} failed sign-in since the last good one",
        "{count} failed sign-ins since the last good one",
        failed,
    ).format(count=failed)


def _stopped_words(stopped: int) -> str:
    return ngettext(
        "pmdesk was locked while {count} long task was running, such as a backup or an import. It"
        " was stopped and changed nothing. Please start it again.",
        "pmdesk was locked while {count} long tasks were running, such as backups or imports. They"
        " were stopped and changed nothing. Please start them again.",
        stopped,
    ).format(count=stopped)


def _handed_words(handed: Handed, clock: Clock) -> str:
    at = handed.at.astimezone(clock.local().tzinfo)
    words = _(
        "{name} set a new passphrase for your account on {date}. You signed in with it now; choose"
        " one of your own, which only you know. If you did not ask for this, tell the head of the"
        " office."
    )
    if handed.broke_off:
        words = _(
            "{name} began to set a new passphrase for your account on {date}, and it broke off:"
            " the computer failed. The passphrase you just signed in with is the one that counts."
            " If it was given to you, choose one of your own now. If you did not ask for this,"
            " tell the head of the office."
        )
    return words.format(name=handed.by, date=f"{at:%Y-%m-%d %H:%M}")
