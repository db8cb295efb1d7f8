"""Found, open and close an office: the one place where use-cases and store are joined."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pmdesk.domain.office import Clock, OfficeProfile
from pmdesk.domain.staff import Role, Staff
from pmdesk.services import office
from pmdesk.services.session import Session
from pmdesk.store.backup.shelf import Shelf
from pmdesk.store.context import StoreContext
from pmdesk.store.migrations import upgrade
from pmdesk.store.unit_of_work import Store
from pmdesk.store.vault import folder as files
from pmdesk.store.vault import password as passwords
from pmdesk.store.vault import vault
from pmdesk.store.vault.kdf import Kdf
from pmdesk.store.vault.opened import OpenVault


class VaultAccounts:
    """The accounts of an open vault, as the use-cases know them."""

    def __init__(self, opened: OpenVault) -> None:
        self._vault = opened
        self._shelf = Shelf(opened)

    @property
    def backups(self) -> Shelf:
        """The backups of the office."""
        return self._shelf

    def enrol(self, login: str, password: str, role: Role) -> str:
        """The uid of a new account that can sign in from now on."""
        return self._vault.enrol(login, password, role).uid

    def change_password(self, old: str, new: str) -> None:
        """The next sign-in of this account needs `new`."""
        self._vault.change_password(old, new)

    def reset_password(self, uid: str, password: str) -> None:
        """The account has new keys under this passphrase."""
        self._vault.reset_password(uid, password)

    def disable(self, uid: str) -> None:
        """The account cannot sign in any more."""
        self._vault.disable(uid)

    def password_problems(self, password: str, login: str) -> tuple[str, ...]:
        """Why the passphrase is too weak, as message ids."""
        return tuple(found.sentence for found in passwords.problems(password, [login]))

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
        session = office.found(_store(opened), VaultAccounts(opened), clock, profile, first)
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
        upgrade(opened.engine)
        session = office.sign_in(_store(opened), VaultAccounts(opened), clock, opened.identity.uid)
    except BaseException:
        opened.close()
        raise
    return OpenOffice(session=session, vault=opened)


def _store(opened: OpenVault) -> Store:
    identity = opened.identity
    return Store(
        opened.engine,
        StoreContext(
            uid=identity.uid,
            role=identity.role,
            sign=identity.sign,
            public=bytes.fromhex(identity.public),
            certificate=opened.certificate,
            vault_id=opened.header.vault,
        ),
    )
