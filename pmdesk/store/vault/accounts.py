"""Accounts of the roster: founding, enrolling and changing them, as changed headers."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pmdesk.domain.fields import Problem
from pmdesk.domain.staff import Role, Staff
from pmdesk.errors import ConflictError, RefusedError
from pmdesk.i18n import N_
from pmdesk.store.vault import password as passwords
from pmdesk.store.vault import recovery, trust
from pmdesk.store.vault.header import (
    LONGEST_LOGIN,
    MOST_USERS,
    OPS,
    RECOVERY,
    RINGS,
    ROOT,
    SEALED,
    Header,
    Holder,
    Slot,
    State,
    User,
    cleaned,
    fits_login,
)
from pmdesk.store.vault.kdf import Kdf
from pmdesk.store.vault.keys import KeyPair, box_public, new_key

Rings = Mapping[str, bytearray]

_UID = 16  # bytes of an account's id


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What the sign-in window may know of an account."""

    uid: str
    login: str
    role: Role
    state: State

    @property
    def active(self) -> bool:
        """Whether the account may sign in."""
        return self.state is State.ACTIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What a new account signs in with, and the cost of guessing it."""

    login: str
    password: str = field(repr=False)
    cost: Kdf

    def require_fit(self, header: Header | None = None, words: Iterable[str] = ()) -> None:
        """Raises unless login and password may be used; forms ask for the problems before."""
        require_none(login_problems(self.login, header))
        require_none(passwords.problems(self.password, (self.login, *words)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """The administrator who acts: their keys and the rings they hold."""

    uid: str
    pair: KeyPair
    rings: Rings = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What a restored office has in common with the one it was copied from."""

    vault: str
    gen: int
    sealed: bytearray = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Founding:
    """A new office: its header, the first administrator and the recovery key on paper."""

    header: Header
    signer: Signer
    recovery_key: str = field(repr=False)


def login_problems(login: str, header: Header | None = None) -> tuple[Problem, ...]:
    """What keeps this from being the login of a new account."""
    name = cleaned(login)
    if not fits_login(name):
        sentence = N_("A login has 1 to {count} characters on one line.")
        return (Problem(key="login", sentence=sentence, places={"count": LONGEST_LOGIN}),)
    if header is not None and header.login(name) is not None:
        return (Problem(key="login", sentence=N_("This login is taken: choose another.")),)
    return ()


def require_none(problems: tuple[Problem, ...]) -> None:
    """Raises RefusedError with the first problem."""
    for problem in problems:
        raise RefusedError(problem.sentence, "", **problem.places)


def account(user: User) -> Account:
    """What the sign-in window may know of this user."""
    return Account(uid=user.uid, login=user.login, role=user.role, state=user.state)


def new_uid() -> str:
    """The id of an account that is to be."""
    return secrets.token_hex(_UID)


def founded(credentials: Credentials) -> Founding:
    """A new office with one administrator, certified by the recovery key."""
    vault, sealed = secrets.token_hex(16), new_key()
    secret, root, pair = recovery.new_secret(), KeyPair.generated(), KeyPair.generated()
    rings = {OPS: new_key(), SEALED: sealed}
    admin = _certified_admin(_user(vault, pair, Role.ADMIN, credentials), vault, root)
    header = Header(
        vault=vault,
        gen=1,
        root=root.pen_public,
        sealed_pub=box_public(sealed),
        users=(admin,),
        recovery=_recovery_holder(vault, root, secret),
    )
    root.wipe()
    signer = Signer(uid=admin.uid, pair=pair, rings=rings)
    header = _granted_to_recovery(_put(header, signer, admin), rings)
    return Founding(
        header=trust.signed(header, admin.uid, pair),
        signer=signer,
        recovery_key=recovery.spelled(secret),
    )


def enrolled(header: Header, signer: Signer, role: Role, credentials: Credentials) -> Header:
    """The header with one account more, which holds the rings of its role."""
    if len(header.users) >= MOST_USERS:
        raise ConflictError(
            N_("An office has at most {count} accounts."),
            N_("Enable an account that is no longer used instead of adding one."),
            count=MOST_USERS,
        )
    pair = KeyPair.generated()
    user = _user(header.vault, pair, role, credentials)
    pair.wipe()
    return _signed(_put(header, signer, _as_admin(header, signer, user)), signer)


def changed(header: Header, signer: Signer, user: User) -> Header:
    """The header with the role and state of `user`, who gets the rings these call for."""
    moved = _put(header, signer, _as_admin(header, signer, user))
    _require_administrator(moved)
    return _signed(moved, signer)


def reissued(header: Header, signer: Signer, user: User, credentials: Credentials) -> Header:
    """The header with a new password and new keys for `user`, whose old keys are lost."""
    pair = KeyPair.generated()
    fresh = _rekeyed(header.vault, user, pair, credentials)
    pair.wipe()
    if user.cert_by:
        fresh = trust.certified(fresh, header.vault, signer.uid, signer.pair)
    users = tuple(
        trust.certified(other, header.vault, signer.uid, signer.pair)
        if other.cert_by == user.uid and other.uid != signer.uid
        else other
        for other in header.users
    )
    return _signed(_put(replace(header, users=users), signer, fresh), signer)


def recovered(header: Header, user: User, rings: Rings, credentials: Credentials) -> Founding:
    """The office under a new recovery key, with new keys for the administrator `user`."""
    secret, root, pair = recovery.new_secret(), KeyPair.generated(), KeyPair.generated()
    fresh = _rekeyed(header.vault, replace(user, state=State.ACTIVE), pair, credentials)
    signer = Signer(uid=user.uid, pair=pair, rings=rings)
    complete = renewed(_put(header, signer, fresh), signer, secret, root)
    root.wipe()
    return Founding(header=complete, signer=signer, recovery_key=recovery.spelled(secret))


def renewed(header: Header, signer: Signer, secret: bytes, root: KeyPair) -> Header:
    """The header under this recovery key; accounts, passwords and data keys stay as they are."""
    moved = replace(
        header,
        root=root.pen_public,
        recovery=_recovery_holder(header.vault, root, secret),
        users=tuple(
            _certified_admin(user, header.vault, root) if user.cert_by else user
            for user in header.users
        ),
    )
    return _signed(_granted_to_recovery(moved, signer.rings), signer)


def refounded(past: Past, staff: Sequence[Staff], uid: str, credentials: Credentials) -> Founding:
    """The header of a restored office: the account `uid` administers it under this password.

    All others of the staff are there as before, each with keys that nobody has: an administrator
    sets a new password for them.
    """
    secret, root = recovery.new_secret(), KeyPair.generated()
    rings = {OPS: new_key(), SEALED: past.sealed}
    header = Header(
        vault=past.vault,
        gen=past.gen,
        root=root.pen_public,
        sealed_pub=box_public(past.sealed),
        users=(),
        recovery=_recovery_holder(past.vault, root, secret),
    )
    pair = KeyPair.generated()
    signer = Signer(uid=uid, pair=pair, rings=rings)
    for one in staff:
        mine = one.uid == uid
        user = _former(past.vault, one, pair if mine else KeyPair.generated(), credentials)
        if mine:
            user = replace(user, slot=_password_slot(past.vault, user, pair, credentials))
        if user.role is Role.ADMIN:
            user = _certified_admin(user, past.vault, root)
        header = _put(header, signer, user)
    root.wipe()
    complete = _signed(_granted_to_recovery(header, rings), signer)
    return Founding(header=complete, signer=signer, recovery_key=recovery.spelled(secret))


def turned(
    header: Header, signer: Signer, fresh_rings: Iterable[str] = (OPS,)
) -> tuple[Header, Signer]:
    """The next generation, and the signer with its rings: active accounts hold the fresh keys."""
    rings = {**signer.rings, **{ring: new_key() for ring in fresh_rings}}
    fresh = replace(signer, rings=rings)
    moved = replace(header, gen=header.gen + 1, sealed_pub=box_public(rings[SEALED]))
    for user in header.users:
        moved = _put(moved, fresh, user)
    return _signed(_granted_to_recovery(moved, rings), fresh), fresh


def with_password(header: Header, user: User, pair: KeyPair, credentials: Credentials) -> Header:
    """The header with the same keys of `user` under a new password; no administrator needed."""
    slot = _password_slot(header.vault, user, pair, credentials)
    return _replaced(header, replace(user, slot=slot))


def _user(vault: str, pair: KeyPair, role: Role, credentials: Credentials) -> User:
    blank = User(
        uid=new_uid(),
        login=cleaned(credentials.login),
        role=role,
        state=State.ACTIVE,
        box=pair.box_public,
        sig=pair.pen_public,
        slot=trust.empty_slot(credentials.cost),
        grants={},
    )
    return replace(blank, slot=_password_slot(vault, blank, pair, credentials))


def _former(vault: str, staff: Staff, pair: KeyPair, credentials: Credentials) -> User:
    """An account of a restored office under a key that is thrown away at once."""
    user = User(
        uid=staff.uid,
        login=cleaned(staff.login),
        role=staff.role,
        state=State.ACTIVE if staff.enabled else State.DISABLED,
        box=pair.box_public,
        sig=pair.pen_public,
        slot=trust.empty_slot(credentials.cost),
        grants={},
    )
    return replace(user, slot=trust.with_slot(vault, user, pair, bytes(new_key()), user.slot))


def _rekeyed(vault: str, user: User, pair: KeyPair, credentials: Credentials) -> User:
    fresh = replace(user, box=pair.box_public, sig=pair.pen_public)
    return replace(fresh, slot=_password_slot(vault, fresh, pair, credentials))


def _password_slot(vault: str, user: User, pair: KeyPair, credentials: Credentials) -> Slot:
    slot = trust.empty_slot(credentials.cost)
    kek = credentials.cost.derive(credentials.password, bytes.fromhex(slot.salt))
    return trust.with_slot(vault, user, pair, kek, slot)


def _recovery_holder(vault: str, root: KeyPair, secret: bytes) -> Holder:
    slot = trust.empty_slot(None)
    holder = Holder(uid=RECOVERY, box=root.box_public, sig=root.pen_public, slot=slot, grants={})
    kek = recovery.kek(secret, bytes.fromhex(slot.salt))
    return replace(holder, slot=trust.with_slot(vault, holder, root, kek, slot))


def _granted_to_recovery(header: Header, rings: Rings) -> Header:
    grants = trust.granted(header, RECOVERY, header.recovery.box, rings)
    return replace(header, recovery=replace(header.recovery, grants=grants))


def _certified_admin(user: User, vault: str, root: KeyPair) -> User:
    return trust.certified(user, vault, ROOT, root)


def _as_admin(header: Header, signer: Signer, user: User) -> User:
    if user.role is not Role.ADMIN or user.cert_by:
        return user
    return trust.certified(user, header.vault, signer.uid, signer.pair)


def _put(header: Header, signer: Signer, user: User) -> Header:
    """The header with `user`, who holds exactly the rings that role and state call for."""
    wanted = RINGS[user.role] if user.active else frozenset[str]()
    rings = {ring: key for ring, key in signer.rings.items() if ring in wanted}
    return _replaced(header, replace(user, grants=trust.granted(header, user.uid, user.box, rings)))


def _replaced(header: Header, user: User) -> Header:
    if header.user(user.uid) is None:
        return replace(header, users=(*header.users, user))
    users = tuple(user if other.uid == user.uid else other for other in header.users)
    return replace(header, users=users)


def _require_administrator(header: Header) -> None:
    """Nobody could change anything any more without an administrator who may sign in."""
    if not any(user.active and user.role is Role.ADMIN for user in header.users):
        raise RefusedError(
            N_("This is the last administrator who can sign in."),
            N_("Make somebody else an administrator first."),
        )


def _signed(header: Header, signer: Signer) -> Header:
    return trust.signed(header, signer.uid, signer.pair)
