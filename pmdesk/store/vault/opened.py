"""An office that somebody signed in to: its database, sealed fields and accounts."""

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import Self

import sqlcipher3.dbapi2 as sqlcipher
from filelock import FileLock
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from pmdesk.domain.office import Clock
from pmdesk.domain.staff import NO_KEY, Permission, Role
from pmdesk.errors import (
    DeniedError,
    NotFoundError,
    RefusedError,
    VaultDamagedError,
    WrongKeyError,
)
from pmdesk.i18n import N_
from pmdesk.store.vault import accounts, folder, recovery, throttle, trust
from pmdesk.store.vault import password as passwords
from pmdesk.store.vault.accounts import Account, Credentials, Signer, account
from pmdesk.store.vault.engine import WRITE, checkpoint, make_engine, translated
from pmdesk.store.vault.header import OPS, SEALED, Header, State, User
from pmdesk.store.vault.kdf import Kdf
from pmdesk.store.vault.keys import (
    BULK,
    Info,
    KeyPair,
    UnfitKeyError,
    bulk_sealer,
    opened,
    opened_of_bulk,
    sealed,
    wipe,
)
from pmdesk.store.vault.renewal import Renewal
from pmdesk.store.vault.signin import unwrapped

_BULK_INFO = ("pmdesk-bulk", 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who acts: their entries in the log carry their signature."""

    uid: str
    login: str
    role: Role
    public: str  # the Ed25519 key that checks the signatures, in hex
    sign: Callable[[bytes], bytes] = field(repr=False)


class OpenVault:
    """The office, open until `close`; then the keys are zeroed and the lock is free."""

    def __init__(
        self, where: Path, header: Header, signer: Signer, engine: Engine, lock: FileLock
    ) -> None:
        self.folder = where
        self.failed_before = 0  # wrong passwords since the last good sign-in
        self.mended = False  # the key file was damaged; its copy was used
        self._header = header
        self._signer = signer
        self._engine = engine
        self._lock = lock
        self._open = True

    @property
    def is_open(self) -> bool:
        """Whether nobody has closed the office yet."""
        return self._open

    @property
    def header(self) -> Header:
        """What `vault.json` says now."""
        return self._header

    @property
    def engine(self) -> Engine:
        """The encrypted database."""
        self._require_open()
        return self._engine

    @property
    def rings(self) -> frozenset[str]:
        """The rings of keys this account holds: `ops`, perhaps `sealed`."""
        return frozenset(self._signer.rings)

    @property
    def fingerprint(self) -> str:
        """Of the recovery key: the same on the recovery sheet and at each sign-in."""
        return trust.fingerprint(self._header.root)

    @property
    def identity(self) -> Identity:
        """Who signed in."""
        user = self._user(self._signer.uid)
        return Identity(
            uid=user.uid, login=user.login, role=user.role, public=user.sig, sign=self._sign
        )

    @property
    def certificate(self) -> str:
        """What proves by which administrator the present keys were enrolled."""
        return trust.voucher(self._header)

    @property
    def accounts(self) -> tuple[Account, ...]:
        """All accounts, also the disabled ones."""
        return tuple(account(user) for user in self._header.users)

    def seal(self, info: Sequence[str | int], data: bytes) -> bytes:
        """`data`, readable only by holders of the ring `sealed` and only under this `info`."""
        self._require_open()
        return sealed(data, self._header.sealed_pub, self._sealed_info(info))

    def bulk_seal(self, public: str | None = None) -> Callable[[Sequence[str | int], bytes], bytes]:
        """What seals like `seal`, for the thousands of one act: far faster for each.

        Under the key of now, or under the one whose public half is given.
        """
        self._require_open()
        common = self._sealed_info(_BULK_INFO)
        seal = bulk_sealer(public or self._header.sealed_pub, common)
        return lambda info, data: seal(data, self._sealed_info(info))

    def open_sealed(self, info: Sequence[str | int], blob: bytes) -> bytes:
        """What was sealed under this `info`; RefusedError for an account without the ring."""
        self._require_open()
        key = self._signer.rings.get(SEALED)
        if key is None:
            raise DeniedError(
                N_("Your account holds no key for sealed fields."),
                N_("Ask a manager to look this up."),
                act=Permission.OPEN_SEALED,
                why=NO_KEY,
            )
        try:
            if blob.startswith(BULK):
                common = self._sealed_info(_BULK_INFO)
                return opened_of_bulk(blob, key, common, self._sealed_info(info))
            return opened(blob, key, self._sealed_info(info))
        except UnfitKeyError as error:
            raise VaultDamagedError(
                N_("A sealed field is damaged or belongs to another record."),
                N_("Enter it again, or restore the office from a backup."),
            ) from error

    def grant_sealed(self, box: str, info: Info) -> bytes:
        """The key of sealed fields for the holder of `box` alone; an administrator gives it."""
        return sealed(self._administrator().rings[SEALED], box, info)

    def turned(self, fresh_rings: Iterable[str] = (OPS,)) -> tuple[Header, Signer]:
        """The next generation under new keys of these rings, not on the disk yet."""
        return accounts.turned(self._header, self._administrator(), fresh_rings)

    def granted_to(self, user: User, info: Info, key: bytearray | None = None) -> bytes:
        """`key`, or else the present data key, for this account alone and under this `info`."""
        self._require_open()
        return sealed(key or self._signer.rings[OPS], user.box, info)

    def opened_grant(self, blob: bytes, info: Info) -> bytearray:
        """The key that was granted to the present account alone; UnfitKeyError for another."""
        self._require_open()
        return bytearray(opened(blob, self._signer.pair.box, info))

    @contextmanager
    def still(self) -> Iterator[Path]:
        """Nobody writes to the data file meanwhile, not even another thread; everybody reads."""
        self._require_open()
        path = self.folder / self._header.db
        engine = make_engine(path, self._signer.rings[OPS])
        try:
            with engine.connect().execution_options(**{WRITE: True}) as holding:
                holding.begin()
                yield path
        finally:
            engine.dispose()

    def enrol(self, login: str, password: str, role: Role) -> Account:
        """A new account that can sign in at once with the rights and keys of its role."""
        signer = self._administrator()
        credentials = Credentials(login=login, password=password, cost=self._cost())
        credentials.require_fit(self._header)
        self._adopt(accounts.enrolled(self._header, signer, role, credentials))
        return self.accounts[-1]

    def set_role(self, uid: str, role: Role) -> Account:
        """The account has this role and the keys of it from its next sign-in on."""
        return self._change(replace(self._other(uid), role=role))

    def disable(self, uid: str) -> Account:
        """The account can no longer sign in and holds no key of the present office."""
        return self._change(replace(self._other(uid), state=State.DISABLED))

    def enable(self, uid: str) -> Account:
        """The account can sign in again with its old password."""
        return self._change(replace(self._other(uid), state=State.ACTIVE))

    def reset_password(self, uid: str, password: str) -> Account:
        """The account has new keys under this password: its person had lost the old one."""
        user = self._other(uid)
        credentials = Credentials(login=user.login, password=password, cost=self._cost())
        accounts.require_none(passwords.problems(password, (user.login,)))
        header = accounts.reissued(self._header, self._administrator(), user, credentials)
        if not trust.sound(header):
            raise RefusedError(
                N_("This administrator once enrolled you; you cannot give them new keys."),
                N_("Use the recovery key at the sign-in window to set their password."),
            )
        self._adopt(header)
        return account(self._user(uid))

    def change_password(self, old: str, new: str) -> None:
        """The present user signs in with `new`; WrongKeyError unless `old` was the password."""
        self._require_open()
        user = self._user(self._signer.uid)
        unwrapped(self._header, user, old).wipe()
        accounts.require_none(passwords.problems(new, (user.login,)))
        credentials = Credentials(login=user.login, password=new, cost=self._cost())
        self._adopt(accounts.with_password(self._header, user, self._signer.pair, credentials))

    def require_own(self, password: str, clock: Clock) -> None:
        """WrongKeyError unless that is the password of the present user; guesses wait as there."""
        self._require_open()
        throttle.begin(self.folder, clock)
        try:
            unwrapped(self._header, self._user(self._signer.uid), password).wipe()
        except WrongKeyError as error:
            raise WrongKeyError(
                N_("This is not your own passphrase."),
                N_("Check Caps Lock and the input method, then try again."),
            ) from error
        throttle.succeed(self.folder)

    def renewal(self, password: str) -> Renewal:
        """A new recovery key to be put on paper; WrongKeyError unless the password is the user's.

        The key of before counts until the new one was typed back and adopted.
        """
        signer = self._administrator()
        unwrapped(self._header, self._user(signer.uid), password).wipe()
        return Renewal(self._header.root, self._renew)

    def _renew(self, secret: bytes, root: KeyPair) -> None:
        self._adopt(accounts.renewed(self._header, self._administrator(), secret, root))

    def confirm_recovery(self, text: str) -> bool:
        """Whether this is the recovery key of the office, typed back from paper."""
        secret = recovery.read(text)
        if secret is None:
            return False
        slot = self._header.recovery.slot
        kek = recovery.kek(secret, bytes.fromhex(slot.salt))
        try:
            pair = trust.slot_keys(self._header.vault, self._header.recovery, kek)
        except UnfitKeyError:
            return False
        pair.wipe()
        return True

    def settle(self) -> None:
        """Everything is in the data file itself; beside it lies nothing of what was erased."""
        self._require_open()
        try:
            checkpoint(self._engine)
        except (DBAPIError, sqlcipher.Error) as error:
            raise translated(error) from error

    def close(self) -> None:
        """The database is one closed file, the keys are zeroes, the office is free."""
        if not self._open:
            return
        self._open = False
        with contextlib.suppress(Exception):  # a full disk must not keep the office locked
            checkpoint(self._engine)
        self._engine.dispose()
        self._signer.pair.wipe()
        for key in self._signer.rings.values():
            wipe(key)
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _sign(self, data: bytes) -> bytes:
        self._require_open()
        return self._signer.pair.sign(data)

    def _sealed_info(self, info: Sequence[str | int]) -> list[object]:
        return ["pmdesk-sealed", 1, self._header.vault, *info]

    def _cost(self) -> Kdf:
        """What the first account of the office costs, calibrated when the office was made."""
        return self._header.users[0].slot.cost or Kdf()

    def _change(self, user: User) -> Account:
        self._adopt(accounts.changed(self._header, self._administrator(), user))
        return account(self._user(user.uid))

    def _adopt(self, header: Header) -> None:
        # read back what is about to be written: a header nobody can open must not reach the disk
        checked = trust.read(trust.written(header))
        folder.save_header(self.folder, checked)
        self._header = checked

    def _user(self, uid: str) -> User:
        user = self._header.user(uid)
        if user is None:
            raise NotFoundError(N_("This account does not exist."), N_("Reload the list."))
        return user

    def _other(self, uid: str) -> User:
        self._administrator()
        if uid == self._signer.uid:
            raise RefusedError(
                N_("You cannot change the role or the state of your own account."),
                N_("Ask another administrator."),
            )
        return self._user(uid)

    def _administrator(self) -> Signer:
        self._require_open()
        if self._user(self._signer.uid).role is not Role.ADMIN:
            raise DeniedError(
                N_("Only an administrator may change accounts."),
                N_("Ask an administrator."),
                act=Permission.MANAGE_STAFF,
                why=NO_KEY,
            )
        return self._signer

    def _require_open(self) -> None:
        if not self._open:
            raise RefusedError(N_("The office is locked."), N_("Sign in again."))
