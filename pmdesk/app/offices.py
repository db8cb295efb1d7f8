"""Found, open and close an office: the one place where use-cases and store are joined."""

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pmdesk.app.guesses import guessable
from pmdesk.domain.office import Clock, OfficeProfile
from pmdesk.domain.staff import Role, Staff
from pmdesk.errors import StorageError
from pmdesk.services import office
from pmdesk.services.session import Session
from pmdesk.store import checking
from pmdesk.store.context import StoreContext
from pmdesk.store.generations import leftovers, upgrading
from pmdesk.store.generations.keyring import Keyring
from pmdesk.store.migrations import upgrade
from pmdesk.store.shelf import Shelf
from pmdesk.store.unit_of_work import Store
from pmdesk.store.vault import folder as files
from pmdesk.store.vault import password as passwords
from pmdesk.store.vault import vault
from pmdesk.store.vault.kdf import Kdf
from pmdesk.store.vault.opened import OpenVault
from pmdesk.store.vault.renewal import Renewal


class VaultAccounts:
    """The accounts of an open vault, as the use-cases know them."""

    def __init__(self, opened: OpenVault) -> None:
        self.names: tuple[str, ...] = ()  # of the office and its people, which others know
        self._vault = opened
        self._shelf = Shelf(opened)
        self._keyring = Keyring(opened)

    @property
    def backups(self) -> Shelf:
        """The backups of the office."""
        return self._shelf

    @property
    def keys(self) -> Keyring:
        """The keys of the office, to be changed."""
        return self._keyring

    @property
    def failures(self) -> int:
        """Wrong passphrases before this sign-in, since the last good one."""
        return self._vault.failed_before

    def role_of(self, uid: str) -> Role:
        """The role in which the signed roster has the account."""
        return next(one.role for one in self._vault.accounts if one.uid == uid)

    def enrol(self, login: str, password: str, role: Role) -> str:
        """The uid of a new account that can sign in from now on."""
        return self._vault.enrol(login, password, role).uid

    def change_password(self, old: str, new: str) -> None:
        """The next sign-in of this account needs `new`."""
        self._vault.change_password(old, new)

    def reset_password(self, uid: str, password: str) -> None:
        """The account has new keys under this passphrase."""
        self._vault.reset_password(uid, password)

    def set_role(self, uid: str, role: Role) -> None:
        """The account holds the keys of this role, from its next sign-in on."""
        self._vault.set_role(uid, role)

    def disable(self, uid: str) -> None:
        """The account cannot sign in any more."""
        self._vault.disable(uid)

    def enable(self, uid: str) -> None:
        """The account can sign in again, with the passphrase it had."""
        self._vault.enable(uid)

    def require_own(self, password: str, clock: Clock) -> None:
        """WrongKeyError unless that is the passphrase of who acts."""
        self._vault.require_own(password, clock)

    def renewal(self, password: str) -> Renewal:
        """A new recovery key, which counts once it is adopted."""
        return self._vault.renewal(password)

    def password_problems(self, password: str, *words: str) -> tuple[str, ...]:
        """Why the passphrase is too weak, as message ids; the office's names are known to all."""
        known = guessable((*words, *self.names))
        return tuple(found.sentence for found in passwords.problems(password, known))

    def seal(self, info: Sequence[str | int], data: bytes) -> bytes:
        """A blob that only the ring `sealed` opens."""
        return self._vault.seal(info, data)

    def bulk_seal(self) -> Callable[[Sequence[str | int], bytes], bytes]:
        """What seals like `seal`, for the thousands of one act."""
        return self._vault.bulk_seal()

    def open_sealed(self, info: Sequence[str | int], blob: bytes) -> bytes:
        """The clear value; RefusedError for an account without the ring."""
        return self._vault.open_sealed(info, blob)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenOffice:
    """An office that somebody has signed in to."""

    session: Session
    vault: OpenVault

    def close(self) -> None:
        """The database is closed, the keys are zeroed, the folder is free for others."""
        self.vault.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Founder:
    """The first administrator, as the first-run wizard asks for."""

    login: str
    name: str
    password: str


def found(
    folder: Path,
    profile: OfficeProfile,
    founder: Founder,
    clock: Clock,
    *,
    kdf: Kdf | None = None,
) -> tuple[OpenOffice, str]:
    """A new office, open, and its recovery key: to be printed and typed back, then forgotten."""
    opened, recovery = vault.create(
        folder,
        office_hint=profile.name,
        login=founder.login,
        password=founder.password,
        kdf=kdf,
    )
    try:
        upgrade(opened.engine)
        first = Staff(
            uid=opened.identity.uid, login=founder.login, name=founder.name, role=Role.ADMIN
        )
        accounts = VaultAccounts(opened)
        accounts.names = _names(profile)
        session = office.found(_store(opened), accounts, clock, profile, first)
    except BaseException:
        opened.close()
        raise
    return OpenOffice(session=session, vault=opened), recovery


def sign_in(
    folder: Path, login: str, password: str, clock: Clock, *, trusted_root: str | None = None
) -> OpenOffice:
    """The office, open for that account; WrongKeyError says nothing about the cause.

    `trusted_root` is the recovery key's public half as seen at the last sign-in on this computer.
    """
    opened = vault.unlock(
        folder, login=login, password=password, clock=clock, trusted_root=trusted_root
    )
    return _signed_in(opened, clock)


def recover(
    folder: Path, recovery_key: str, login: str, password: str, clock: Clock
) -> tuple[OpenOffice, str]:
    """The office, open for the administrator under a new passphrase, and a new recovery key."""
    former = files.load_header(folder).root
    opened, fresh_key = vault.recover(
        folder, recovery_key=recovery_key, login=login, password=password, clock=clock
    )
    entered = _signed_in(opened, clock)
    try:
        office.renewed(entered.session, former)
    except BaseException:
        entered.close()
        raise
    return entered, fresh_key


def _signed_in(opened: OpenVault, clock: Clock) -> OpenOffice:
    try:
        with contextlib.suppress(StorageError):  # a full disk keeps nobody out
            opened.settle()
        leftovers.clear(opened, clock.now())
        upgraded = upgrading.brought_up(opened, clock)
        accounts = VaultAccounts(opened)
        session = office.sign_in(_store(opened), accounts, clock, opened.identity.uid)
        accounts.names = _names(office.profile(session))
        if upgraded:
            office.upgraded(session)
    except Exception:
        with opened:  # a damaged page of a long value is read as zeroes, without an error
            checking.require_whole(opened.engine, lambda: None)
            raise
    except BaseException:
        opened.close()
        raise
    return OpenOffice(session=session, vault=opened)


def _names(profile: OfficeProfile) -> tuple[str, ...]:
    """What everybody knows of the office: no part of a passphrase."""
    return tuple(filter(None, (profile.name, profile.responsible)))


def _store(opened: OpenVault) -> Store:
    identity = opened.identity
    return Store(
        opened.engine,
        StoreContext(
            uid=identity.uid,
            role=identity.role,
            sign=identity.sign,
            public=bytes.fromhex(identity.public),
            certify=lambda: opened.certificate,
            vault_id=opened.header.vault,
        ),
    )
