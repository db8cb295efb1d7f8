"""Ways into an office for the window; slow to import, so the window does it in a thread."""

import contextlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from pmdesk.app import demo, offices
from pmdesk.app.entered import DemoOffice, Entered, FreshOffice, Rekeyed
from pmdesk.app.guesses import guessable
from pmdesk.app.offices import Founder, OpenOffice
from pmdesk.domain.office import Clock
from pmdesk.services import office
from pmdesk.store import checking
from pmdesk.store.vault import folder as files
from pmdesk.store.vault import password as passwords
from pmdesk.store.vault import throttle, vault
from pmdesk.store.vault.engine import translated
from pmdesk.store.vault.kdf import calibrated
from pmdesk.ui.wizard.setup import DemoAccount, Wish

DEMO_PEOPLE, DEMO_SEED = 300, 7


def logins(folder: Path) -> tuple[str, ...]:
    """Who may sign in; raises with a sentence when the office is damaged, missing or too new."""
    with _explained():
        return tuple(one.login for one in vault.accounts(folder) if one.active)


def sign_in(
    folder: Path, login: str, password: str, clock: Clock, trusted_root: str | None
) -> Entered:
    """The office, open for that account."""
    with _explained():
        opened = offices.sign_in(folder, login, password, clock, trusted_root=trusted_root)
        return entered(opened, folder)


def recover(folder: Path, recovery_key: str, login: str, password: str, clock: Clock) -> Rekeyed:
    """The office, open for the administrator under a new passphrase and a new recovery key."""
    with _explained():
        opened, key = offices.recover(folder, recovery_key, login, password, clock)
        return _rekeyed(opened, folder, key)


def wait(folder: Path, clock: Clock) -> int:
    """Whole seconds until somebody may try to sign in."""
    return throttle.wait(folder, clock)


def weak(passphrase: str, words: Sequence[str]) -> tuple[str, ...]:
    """Why the passphrase will not do, as message ids."""
    return tuple(problem.sentence for problem in passwords.problems(passphrase, guessable(words)))


def found(wish: Wish, clock: Clock) -> FreshOffice:
    """A new office, open; after an error no file of it is left."""
    who = wish.administrator
    founder = Founder(login=who.login, name=who.name, password=who.passphrase)
    made_folder = not wish.folder.exists()
    with _explained(), _whole_or_nothing(wish.folder, folder_too=made_folder):
        opened, key = offices.found(wish.folder, wish.profile, founder, clock, kdf=calibrated())
        made = _rekeyed(opened, wish.folder, key)

    def discard() -> None:
        opened.close()
        _remove(wish.folder, folder_too=made_folder)

    return FreshOffice(
        entered=made.entered,
        recovery_key=made.recovery_key,
        fingerprint=made.fingerprint,
        confirm=made.confirm,
        discard=discard,
    )


def demo_office(folder: Path, clock: Clock) -> DemoOffice:
    """The demo office in that folder: made at the first time, opened later."""
    first = demo.ACCOUNTS[0]
    with _explained():
        if files.exists(folder):
            opened = offices.sign_in(folder, first.login, demo.PASSPHRASE, clock)
        else:
            with _whole_or_nothing(folder, folder_too=not folder.exists()):
                opened = demo.make(folder, DEMO_PEOPLE, DEMO_SEED, clock)
        return DemoOffice(
            entered=entered(opened, folder),
            accounts=tuple(
                DemoAccount(name=one.name, login=one.login, role=one.role) for one in demo.ACCOUNTS
            ),
            passphrase=demo.PASSPHRASE,
        )


def entered(opened: OpenOffice, folder: Path) -> Entered:
    """The open office as the window knows it."""
    profile = office.profile(opened.session)
    return Entered(
        session=opened.session,
        profile=profile,
        folder=folder,
        root=opened.vault.header.root,
        failed_before=opened.vault.failed_before,
        is_demo=profile.name == demo.PROFILE.name,
        close=opened.close,
        settle=opened.vault.settle,
        check=partial(checking.require_sound, opened.vault),
        mended=opened.vault.mended,
    )


def _rekeyed(opened: OpenOffice, folder: Path, key: str) -> Rekeyed:
    return Rekeyed(
        entered=entered(opened, folder),
        recovery_key=key,
        fingerprint=opened.vault.fingerprint,
        confirm=opened.vault.confirm_recovery,
    )


@contextmanager
def _explained() -> Iterator[None]:
    """Errors of disk and database become sentences without the values that caused them."""
    try:
        yield
    except Exception as error:
        raise translated(error) from error


@contextmanager
def _whole_or_nothing(folder: Path, *, folder_too: bool) -> Iterator[None]:
    empty = not files.occupied(folder) if folder.is_dir() else True
    try:
        yield
    except BaseException:
        if empty:  # never touches an office that was there before
            _remove(folder, folder_too=folder_too)
        raise


def _remove(folder: Path, *, folder_too: bool) -> None:
    names = (files.LOCK, files.THROTTLE)
    found = [folder / name for name in names]
    for pattern in ("vault*.json*", "data-*.db*"):
        found += folder.glob(pattern)
    for path in found:
        with contextlib.suppress(OSError):
            path.unlink()
    if folder_too:
        with contextlib.suppress(OSError):
            folder.rmdir()
