"""The way into an office: find it, sign in, make a new one, or come back with the recovery key."""

import threading
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pmdesk.app.config import TrustedRoots
from pmdesk.app.entered import Entered, Rekeyed
from pmdesk.app.setup import OfficeSetup
from pmdesk.domain.damage import Damage
from pmdesk.domain.office import Clock
from pmdesk.errors import PmdeskError, WrongKeyError
from pmdesk.i18n import _, ngettext, told
from pmdesk.ui.pages.signin import SignInPage
from pmdesk.ui.preferences import LOGIN, OFFICE, Option, Preferences
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.shell import Shell
from pmdesk.ui.tasks import Tasks

if TYPE_CHECKING:  # the sign-in window does not wait for what a session needs
    from pmdesk.services.session import Session
    from pmdesk.ui.pages.undertaking import UndertakingPage

NAME = Option(key="vault/office_name", default="", read=str)
DRAFTS = Option(key="vault/drafts", default=0, read=int)  # kept at the last lock
STOPPED = Option(key="vault/stopped", default=0, read=int)  # long work that the lock ended


class Gate(QObject):
    """Emits `entered` with an open office."""

    entered = Signal(object)  # Entered
    opened = Signal()  # an office is open, and waits for a signature
    language_requested = Signal(str)

    def __init__(
        self,
        preferences: Preferences,
        roots: TrustedRoots,
        clock: Clock,
        setup: OfficeSetup,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.shell = Shell()
        self.prompts = Prompts(self.shell)
        self.folder = Path()
        self._closed = False
        self._unsigned: Entered | None = None  # open, and waiting for a signature
        self._preferences = preferences
        self._roots = roots
        self._clock = clock
        self._setup = setup
        self._tasks = Tasks(self.prompts.explain, self)
        self.shell.painted.connect(self._on_first_paint)

    def start(self, folder: Path | None, login: str = "") -> None:
        """The window asks for the passphrase, or how to begin where there is no office yet."""
        known = self._preferences.value(OFFICE)
        if folder is None and not known:
            self.show_wizard()
        else:
            self.show_sign_in(folder or Path(known), login)
        self.shell.show()

    def show_sign_in(self, folder: Path, login: str = "") -> None:
        """The window asks for the passphrase of this office."""
        mine = str(folder) == self._preferences.value(OFFICE)
        self.folder = folder
        page = SignInPage(
            office=self._preferences.value(NAME) if mine else "",
            login=login or (self._preferences.value(LOGIN) if mine else ""),
        )
        page.submitted.connect(self._sign_in)
        page.new_office_requested.connect(self.show_wizard)
        page.other_folder_requested.connect(self.choose_folder)
        page.forgotten_requested.connect(self.show_recovery)
        page.manual_requested.connect(self._show_manual)
        page.restore_requested.connect(self.show_restore)
        self.shell.show_page(page)
        page.focus()
        warning = self._setup.place(folder).warning  # a folder that is copied elsewhere
        page.show_note("\n".join(filter(None, (self._drafts(mine=mine), warning))))
        if self.shell.was_painted:
            self._look()

    def show_wizard(self) -> None:
        """The window asks what a new office needs."""
        from pmdesk.ui.pages.wizard import WizardPage  # noqa: PLC0415  # not at each sign-in

        known = self._preferences.value(OFFICE)
        page = WizardPage(self._setup, self._tasks, self.prompts, can_leave=bool(known))
        page.finished.connect(lambda made: self._admit(made.entered))
        page.abandoned.connect(lambda: self.show_sign_in(Path(known)))
        page.open_requested.connect(self.choose_folder)
        page.restore_requested.connect(self.show_restore)
        page.language_requested.connect(self.language_requested)
        self.shell.show_page(page, page.may_close)
        page.go.setFocus()

    def show_recovery(self) -> None:
        """The window asks for the recovery key."""
        from pmdesk.ui.pages.recovery import RecoveryPage  # noqa: PLC0415  # rarely needed

        login = self._login()
        page = RecoveryPage(lambda text, name: self._setup.weak(text, [name]), login)
        page.submitted.connect(self._recover)
        page.back_requested.connect(lambda: self.show_sign_in(self.folder, login))
        self.shell.show_page(page)

    def show_restore(self) -> None:
        """The window asks which backup is to become an office."""
        from pmdesk.app.restoring import OfficeRestoring  # noqa: PLC0415  # rarely needed
        from pmdesk.ui.restore.page import RestorePage  # noqa: PLC0415  # rarely needed

        ways = OfficeRestoring(self._setup, self._clock)
        page = RestorePage(ways, self._tasks, self.prompts, start=self.folder)
        page.finished.connect(self.show_sign_in)
        page.abandoned.connect(self._go_back)
        self.shell.show_page(page, page.may_close)

    def _go_back(self) -> None:
        known = self._preferences.value(OFFICE)
        if self.folder != Path() or known:
            self.show_sign_in(self.folder if self.folder != Path() else Path(known))
        else:
            self.show_wizard()

    @property
    def is_open(self) -> bool:
        """Whether an office is open that nobody has entered yet."""
        return self._unsigned is not None

    def choose_folder(self) -> None:
        """The sign-in page of another office is shown, if the user chose one."""
        chosen = self.prompts.folder(_("Folder of the office"), start=self.folder)
        if chosen is not None:
            self.show_sign_in(chosen)

    def _show_manual(self) -> None:
        from pmdesk.ui.manual.dialog import ManualDialog  # noqa: PLC0415  # rarely needed here

        ManualDialog(self._tasks, self.prompts, self.shell, chapter="protection").open()

    def close(self) -> None:
        """Nothing runs any more and the window is gone."""
        if self._closed:
            return
        self._closed = True
        self._let_go()
        self._tasks.finish()
        self.shell.hide()
        self.shell.deleteLater()  # not left to Python, which may do it in any thread

    # ---- signing in ------------------------------------------------------------------------

    def _sign_in(self, login: str, password: str) -> None:
        page = self.shell.page
        if not isinstance(page, SignInPage):
            return
        page.show_busy()
        root = self._roots.get(self.folder)
        self._tasks.query(
            partial(_sign_in, self.folder, login, password, self._clock, root),
            owner=page,
            done=self._admit,
            failed=partial(self._refused, page),
        )

    def show_damage(self, error: PmdeskError) -> None:
        """The window says what is lost, what is not, and what to do."""
        from pmdesk.ui.pages.damaged import DamagedPage  # noqa: PLC0415  # rarely needed

        login = self._login()
        page = DamagedPage(error, self.folder)
        page.check_requested.connect(lambda: self.show_sign_in(self.folder, login))
        page.restore_requested.connect(self.show_restore)
        page.other_folder_requested.connect(self.choose_folder)
        self.shell.show_page(page)

    def _refused(self, page: SignInPage, error: PmdeskError) -> None:
        if error.code in set(Damage):
            self.show_damage(error)
            return
        page.show_failure(told(error))
        root = getattr(error, "root", "")
        if root:
            page.offer(_("The fingerprint is the same: go on"), partial(self._trust, page, root))
        if isinstance(error, WrongKeyError):
            self._tasks.query(partial(_wait, self.folder, self._clock), owner=page, done=page.wait)

    def _trust(self, page: SignInPage, root: str) -> None:
        self._roots.put(self.folder, root)
        page.show_note(_("Please type your passphrase once more."))
        page.focus()

    # ---- the confidentiality undertaking ---------------------------------------------------

    def _admit(self, entered: Entered) -> None:
        """The office is entered by whoever has signed; others are shown what to sign first."""
        from pmdesk.services import undertakings  # noqa: PLC0415  # not before signing in
        from pmdesk.ui.pages.undertaking import UndertakingPage  # noqa: PLC0415  # once a year

        session = entered.session
        if not undertakings.is_due(session):
            self._enter(entered)
            return
        page = UndertakingPage(undertakings.text(), session.staff.name, session.undertaken)
        page.signed.connect(partial(self._sign, page, entered))
        page.later_requested.connect(lambda: self._enter(entered))
        page.back_requested.connect(partial(self._turn_back, entered))
        self._unsigned = entered
        self.shell.show_page(page)
        page.setFocus()
        self.opened.emit()

    def _sign(self, page: "UndertakingPage", entered: Entered, typed: str) -> None:
        from pmdesk.services import undertakings  # noqa: PLC0415  # not before signing in

        self._tasks.query(
            partial(undertakings.sign, entered.session, typed),
            owner=page,
            done=partial(self._signed, entered),
            failed=lambda error: page.show_failure(told(error)),
        )

    def _signed(self, entered: Entered, session: "Session") -> None:
        self._enter(replace(entered, session=session))

    def _enter(self, entered: Entered) -> None:
        self._unsigned = None
        self.entered.emit(entered)

    def _turn_back(self, entered: Entered) -> None:
        self._let_go()
        self.show_sign_in(entered.folder, entered.session.staff.login)

    def _let_go(self) -> None:
        """An office that nobody signed for is closed."""
        entered, self._unsigned = self._unsigned, None
        if entered is not None:
            entered.close()

    def _drafts(self, *, mine: bool) -> str:
        count = self._preferences.value(DRAFTS) if mine else 0
        words = ngettext(
            "{count} unsaved draft comes back after signing in.",
            "{count} unsaved drafts come back after signing in.",
            count,
        )
        return words.format(count=count) if count else ""

    # ---- before anybody signed in ----------------------------------------------------------

    def _on_first_paint(self) -> None:
        """The slow modules load while the user types."""
        threading.Thread(target=_load, name="imports", daemon=True).start()
        self._look()

    def _look(self) -> None:
        page = self.shell.page
        if isinstance(page, SignInPage):
            self._tasks.query(
                partial(_logins, self.folder),
                owner=page,
                done=page.show_accounts,
                failed=partial(self._refused, page),
            )
            self._tasks.query(partial(_wait, self.folder, self._clock), owner=page, done=page.wait)

    def _login(self) -> str:
        page = self.shell.page
        return page.login.currentText() if isinstance(page, SignInPage) else ""

    # ---- with the recovery key -------------------------------------------------------------

    def _recover(self, key: str, login: str, password: str) -> None:
        page = self.shell.page
        if page is not None:
            self._tasks.query(
                partial(_recover, self.folder, key, login, password, self._clock),
                owner=page,
                done=self._recovered,
                failed=self._not_recovered,
            )

    def _not_recovered(self, error: PmdeskError) -> None:
        from pmdesk.ui.pages.recovery import RecoveryPage  # noqa: PLC0415  # rarely needed

        page = self.shell.page
        if isinstance(page, RecoveryPage):
            page.show_failure(told(error))

    def _recovered(self, made: Rekeyed) -> None:
        from pmdesk.ui.pages.recovery import NewKeyPage  # noqa: PLC0415  # rarely needed
        from pmdesk.ui.wizard.paper import print_recovery  # noqa: PLC0415  # rarely needed

        page = NewKeyPage(made)
        page.finished.connect(lambda: self._admit(made.entered))
        page.print_requested.connect(lambda: print_recovery(page, made.entered.profile.name, made))
        self.shell.show_page(page, partial(self._may_leave, made))

    def _may_leave(self, made: Rekeyed) -> bool:
        agreed = self.prompts.confirm(
            _("The new recovery key is not confirmed yet. Close pmdesk all the same?"),
            yes=_("Close pmdesk"),
            detail=_("The old sheet is void. Without the new key on paper nobody can help later."),
        )
        if agreed:
            made.entered.close()
        return agreed


# The ways into an office need the encryption, the database and more; the first picture does not.


def _load() -> None:
    from pmdesk.app import entrance, room  # noqa: F401, PLC0415  # loads them, see above
    from pmdesk.services.records import record_kinds  # noqa: PLC0415  # see above

    record_kinds.kinds()  # many files; the search of the window knows their names


def _sign_in(folder: Path, login: str, password: str, clock: Clock, root: str | None) -> Entered:
    from pmdesk.app import entrance  # noqa: PLC0415  # see above

    return entrance.sign_in(folder, login, password, clock, root)


def _recover(folder: Path, key: str, login: str, password: str, clock: Clock) -> Rekeyed:
    from pmdesk.app import entrance  # noqa: PLC0415  # see above

    return entrance.recover(folder, key, login, password, clock)


def _logins(folder: Path) -> tuple[str, ...]:
    from pmdesk.app import entrance  # noqa: PLC0415  # see above

    return entrance.logins(folder)


def _wait(folder: Path, clock: Clock) -> int:
    from pmdesk.app import entrance  # noqa: PLC0415  # see above

    return entrance.wait(folder, clock)
