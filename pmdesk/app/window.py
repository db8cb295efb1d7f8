"""The window: sign-in, the office behind it, and back to sign-in when it is locked."""

import contextlib
import gc
import importlib
import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from pmdesk import i18n
from pmdesk.app import config
from pmdesk.app.clock import SystemClock
from pmdesk.app.config import TrustedRoots
from pmdesk.app.entered import Entered, Workplace
from pmdesk.app.gate import DRAFTS, NAME, STOPPED, Gate
from pmdesk.app.restart import replace_process
from pmdesk.app.setup import OfficeSetup
from pmdesk.app.threads import let_the_window_go_first
from pmdesk.assets import asset
from pmdesk.domain.office import Clock
from pmdesk.store.vault.hardening import harden_process
from pmdesk.ui.application import make_application, report_faults, speak, wear_scale
from pmdesk.ui.away.system import SystemWatch
from pmdesk.ui.idle import IdleWatch
from pmdesk.ui.lock_key import LockKey
from pmdesk.ui.preferences import IDLE_MINUTES, LANGUAGE, LOGIN, OFFICE, Preferences
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tidying import Tidier

# slow to import and needed soon after signing in: what cards count with, charts, papers, pinyin
_SOON = (
    "pmdesk.services.dashboard.demand",
    "pmdesk.ui.charts.sheet",
    "reportlab.platypus",
    "pmdesk.domain.pinyin",
)
_LANDED_MS = 1_000  # the landing page is there: loading no longer holds it up


def run(
    folder: Path | None = None,
    login: str = "",
    *,
    language: str = "",
    entered: Callable[[], Entered] | None = None,
) -> int:
    """Shows the window until the user closes it; `entered` opens an office without asking."""
    harden_process()
    kept = config.config_folder()
    preferences = config.preferences(kept)
    if language:
        preferences.put(LANGUAGE, language)
    i18n.install(preferences.value(LANGUAGE), asset("locale"))
    app = make_application(preferences)
    desk = Desk(app, preferences, TrustedRoots(kept))
    report_faults(_apologise)
    if entered is None:
        desk.gate.start(folder, login)
        return _run(app)
    before = {option: preferences.value(option) for option in (OFFICE, LOGIN, NAME)}
    desk.enter(entered())
    code = _run(app)
    for option, value in before.items():  # a demo is not what is opened next time
        preferences.put(option, value)
    return code


def _run(app: QApplication) -> int:
    let_the_window_go_first()
    tidier = Tidier(app)
    code = app.exec()
    tidier.rest()
    return code


class Desk(QObject):
    """Owns what is open: the gate, and behind it at most one office in its room."""

    def __init__(  # what the process is made of
        self,
        app: QApplication,
        preferences: Preferences,
        roots: TrustedRoots,
        *,
        clock: Clock | None = None,
        setup: OfficeSetup | None = None,
        restart: Callable[[], None] = replace_process,
    ) -> None:
        super().__init__()
        self._app = app
        self._preferences = preferences
        self._roots = roots
        self._clock = clock or SystemClock()
        self._setup = setup or OfficeSetup(self._clock)
        self._restart = restart
        self.room: Workplace | None = None
        self.gate = self._new_gate()
        self.idle = IdleWatch(preferences.value(IDLE_MINUTES), self)
        self.idle.idle.connect(self.lock)
        self.system = SystemWatch(self)
        self.system.away.connect(self.lock)
        self.lock_key = LockKey(self)
        self.lock_key.pressed.connect(self.lock)
        app.aboutToQuit.connect(self.close)

    def enter(self, entered: Entered) -> None:
        """The office is open in its window; the gate is gone."""
        from pmdesk.app.room import Room  # noqa: PLC0415  # the sign-in window does not wait for it

        self._remember(entered)
        self.room = room = Room(entered, self._app, self._preferences, self)
        room.lock_requested.connect(self.lock)
        room.switch_requested.connect(self.switch)
        room.closing.connect(self.close)
        room.idle_requested.connect(self.idle.set_minutes)
        room.show()
        self.gate.close()
        self._watch()
        room.greet(self._preferences.value(STOPPED))
        self._preferences.put(STOPPED, 0)
        QTimer.singleShot(_LANDED_MS, self, _preload_aside)

    def lock(self) -> None:
        """Drafts are kept, the office is closed, and a fresh sign-in window takes over.

        Whatever is open is gone at once and asks nothing: nobody may be there to answer. A fault
        on the way does not keep the office open: its keys go with the process.
        """
        if self.room is not None or self.gate.is_open:
            _hide_windows()
            try:
                self._leave()
            finally:
                self._restart()

    def switch(self) -> None:
        """As `lock`; the sign-in window waits for another account."""
        self._preferences.put(LOGIN, "")
        self.lock()

    def close(self) -> None:
        """Drafts are kept and the office is closed."""
        self._leave()
        self.gate.close()

    def back_to_gate(self) -> None:
        """The sign-in window in this very process, for tests; keys are zeroed all the same."""
        self.gate.close()
        self.gate.deleteLater()
        self.gate = self._new_gate()
        self.gate.start(None)

    def _leave(self) -> None:
        for watch in self._watches():
            watch.pause()
        room, self.room = self.room, None
        if room is None:
            self.gate.close()
        else:
            _clear_clipboard()
            left = room.close()
            self._preferences.put(DRAFTS, left.drafts)
            self._preferences.put(STOPPED, left.stopped)
            room.deleteLater()

    def _watch(self) -> None:
        """An office is open: whether somebody is there counts from now on."""
        for watch in self._watches():
            watch.pause()
            watch.resume()

    def _watches(self) -> tuple[IdleWatch, LockKey, SystemWatch]:
        return self.idle, self.lock_key, self.system

    def _remember(self, entered: Entered) -> None:
        self._roots.put(entered.folder, entered.root)
        self._preferences.put(OFFICE, str(entered.folder))
        self._preferences.put(LOGIN, entered.session.staff.login)
        self._preferences.put(NAME, entered.profile.name)

    def _new_gate(self) -> Gate:
        gate = Gate(self._preferences, self._roots, self._clock, self._setup, self)
        gate.entered.connect(self.enter)
        gate.opened.connect(self._watch)
        gate.language_requested.connect(self._speak_now)
        gate.shell.text_scale_requested.connect(self._wear_scale)
        return gate

    def _wear_scale(self, scale: float) -> None:
        wear_scale(self._app, self._preferences, scale)
        self.gate.shell.fit()

    def _speak_now(self, language: str) -> None:
        """Before the office is open, the wizard can change its language at once."""
        self._preferences.put(LANGUAGE, language)
        i18n.install(language, asset("locale"))
        speak(self._app, language)
        self.gate.show_wizard()


def _apologise(report: str) -> None:
    """Over whatever is open: the sign-in window is gone while the office is there."""
    Prompts(QApplication.activeWindow()).apologise(report)


def _hide_windows() -> None:
    """Menus, dialogs, previews and the window are gone; a question counts as not answered."""
    for widget in QApplication.topLevelWidgets():
        if widget.isVisible():
            widget.hide()


def _clear_clipboard() -> None:
    """What pmdesk put into the clipboard is gone; what others put there stays."""
    clipboard = QGuiApplication.clipboard()
    if clipboard.ownsClipboard():
        clipboard.clear()


def _preload_aside() -> None:
    # no daemon: Python must not end in the midst of an import
    threading.Thread(target=_preload, name="preload").start()


def _preload() -> None:
    for name in _SOON:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    gc.freeze()  # modules are never garbage: collecting need not look through them each time
