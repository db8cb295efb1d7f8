"""The values of `vault.json` and their exact shape on disk."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from pmdesk.domain.staff import Role
from pmdesk.store.vault.kdf import SALT, Kdf
from pmdesk.store.vault.keys import GRANT, KEY, SIGNATURE, SLOT

FORMAT = "pmdesk-vault"
VERSION = 1
ENGINE = "sqlcipher4/4096"
ROOT = "root"  # who certifies the first administrator: the recovery key
RECOVERY = "recovery"
OPS = "ops"  # the ring that opens the database
SEALED = "sealed"  # the ring that opens sealed fields
LONGEST_LOGIN = 64
MOST_USERS = 500
NUMBERED = "[0-9]" * 6 + ".db"  # how our data files end, unlike copies that a cloud tool makes

RINGS: Mapping[Role, frozenset[str]] = {
    Role.CLERK: frozenset({OPS}),
    Role.MANAGER: frozenset({OPS, SEALED}),
    Role.REVIEWER: frozenset({OPS, SEALED}),
    Role.ADMIN: frozenset({OPS, SEALED}),
}

_T = TypeVar("_T")
_Doc = dict[str, object]


class FlawError(ValueError):
    """The document is no header: a field is missing, unknown or out of its limits."""


class NewerError(ValueError):
    """The document says that a later version of the format or the engine wrote it."""


class State(StrEnum):
    """Whether an account may sign in."""

    ACTIVE = "active"
    DISABLED = "disabled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """Private keys under a password (or the recovery key, which needs no `cost`), in hex."""

    cost: Kdf | None
    salt: str
    secret: str = field(repr=False)
    by: str  # the holder's own signature

    def kdf(self) -> _Doc:
        """How the key-encryption key is made, as the header says it."""
        if self.cost is None:
            return {"alg": "hkdf-sha256", "salt": self.salt}
        cost = {"m": self.cost.memory, "t": self.cost.passes, "p": self.cost.lanes}
        return {"alg": "argon2id", **cost, "salt": self.salt}


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Someone with a key pair: its public halves, the slot of the private ones, the grants."""

    uid: str
    box: str
    sig: str
    slot: Slot
    grants: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class User(Holder):
    """An account; administrators carry a certificate that leads back to the root."""

    login: str
    role: Role
    state: State
    cert_by: str = ""
    cert_sig: str = ""

    @property
    def active(self) -> bool:
        """Whether the account may sign in."""
        return self.state is State.ACTIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Everything `vault.json` says."""

    vault: str
    gen: int
    root: str
    sealed_pub: str
    users: tuple[User, ...]
    recovery: Holder
    roster_by: str = ""
    roster_sig: str = ""
    head_by: str = ""
    head_sig: str = ""

    @property
    def db(self) -> str:
        """The name of the data file of this generation."""
        return data_name(self.gen)

    def user(self, uid: str) -> User | None:
        """The account with this id."""
        return next((user for user in self.users if user.uid == uid), None)

    def login(self, login: str) -> User | None:
        """The account that signs in under this name."""
        wanted = folded(login)
        return next((user for user in self.users if folded(user.login) == wanted), None)


def data_name(gen: int) -> str:
    """The file of a generation, such as `data-000007.db`."""
    return f"data-{gen:06}.db"


def cleaned(login: str) -> str:
    """The login as it is stored."""
    return unicodedata.normalize("NFC", login).strip()


def folded(login: str) -> str:
    """The login as it is compared."""
    return cleaned(login).casefold()


def document(header: Header) -> _Doc:
    """The header as the JSON object of `vault.json`."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "vault": header.vault,
        "gen": header.gen,
        "db": header.db,
        "engine": ENGINE,
        "root": header.root,
        "sealed_pub": header.sealed_pub,
        "users": [_user_document(user) for user in header.users],
        "recovery": _holder_document(header.recovery),
        "roster_by": header.roster_by,
        "roster_sig": header.roster_sig,
        "head_by": header.head_by,
        "head_sig": header.head_sig,
    }


def _holder_document(holder: Holder) -> _Doc:
    return {
        "box": holder.box,
        "sig": holder.sig,
        "kdf": holder.slot.kdf(),
        "slot": holder.slot.secret,
        "slot_sig": holder.slot.by,
        "grants": dict(holder.grants),
    }


def _user_document(user: User) -> _Doc:
    return {
        "uid": user.uid,
        "login": user.login,
        "role": user.role.value,
        "state": user.state.value,
        "cert_by": user.cert_by,
        "cert_sig": user.cert_sig,
        **_holder_document(user),
    }


_ID = 16  # bytes
_MOST_GEN = 999_999
_TOP = {"format", "version", "vault", "gen", "db", "engine", "root", "sealed_pub", "users"} | {
    *("recovery", "roster_by", "roster_sig", "head_by", "head_sig")
}
_HOLDER = {"box", "sig", "kdf", "slot", "slot_sig", "grants"}
_USER = _HOLDER | {"uid", "login", "role", "state", "cert_by", "cert_sig"}


def from_document(doc: _Doc) -> Header:
    """The header a document spells; FlawError or NewerError when it is none of ours."""
    _require(doc.get("format") == FORMAT)
    _refuse_newer(doc)
    _keys(doc, _TOP)
    header = Header(
        vault=_hex(doc["vault"], _ID),
        gen=_number(doc["gen"], 1, _MOST_GEN),
        root=_hex(doc["root"], KEY),
        sealed_pub=_hex(doc["sealed_pub"], KEY),
        users=tuple(_user(user) for user in _list(doc["users"])),
        recovery=_recovery(doc["recovery"]),
        roster_by=_hex(doc["roster_by"], _ID),
        roster_sig=_hex(doc["roster_sig"], SIGNATURE),
        head_by=_hex(doc["head_by"], _ID),
        head_sig=_hex(doc["head_sig"], SIGNATURE),
    )
    _require(doc["db"] == header.db)
    _require(header.recovery.sig == header.root)
    _require(len({user.uid for user in header.users}) == len(header.users))
    _require(len({folded(user.login) for user in header.users}) == len(header.users))
    return header


def _refuse_newer(doc: _Doc) -> None:
    version, engine = doc.get("version"), doc.get("engine")
    _require(type(version) is int and version > 0)
    _require(isinstance(engine, str))
    if version != VERSION or engine != ENGINE:
        raise NewerError


def _holder(doc: _Doc) -> dict[str, str]:
    return {"box": _hex(doc["box"], KEY), "sig": _hex(doc["sig"], KEY)}


def _recovery(value: object) -> Holder:
    doc = _object(value)
    _keys(doc, _HOLDER)
    kdf = _object(doc["kdf"])
    _keys(kdf, {"alg", "salt"})
    _require(kdf["alg"] == "hkdf-sha256")
    grants = _grants(doc["grants"], frozenset({OPS, SEALED}))
    return Holder(uid=RECOVERY, **_holder(doc), slot=_slot(doc, kdf, None), grants=grants)


def _user(value: object) -> User:
    doc = _object(value)
    _keys(doc, _USER)
    role, state = _member(Role, doc["role"]), _member(State, doc["state"])
    return User(
        uid=_hex(doc["uid"], _ID),
        **_holder(doc),
        login=_login(doc["login"]),
        role=role,
        state=state,
        slot=_password_slot(doc),
        grants=_grants(doc["grants"], RINGS[role] if state is State.ACTIVE else frozenset[str]()),
        **_certificate(doc),
    )


def _certificate(doc: _Doc) -> dict[str, str]:
    by, sig = doc["cert_by"], doc["cert_sig"]
    if by == sig == "":
        return {}
    return {
        "cert_by": ROOT if by == ROOT else _hex(by, _ID),
        "cert_sig": _hex(sig, SIGNATURE),
    }


def _password_slot(doc: _Doc) -> Slot:
    kdf = _object(doc["kdf"])
    _keys(kdf, {"alg", "m", "t", "p", "salt"})
    _require(kdf["alg"] == "argon2id")
    memory, passes, lanes = (_number(kdf[key], 1, 1 << 20) for key in ("m", "t", "p"))
    try:
        cost = Kdf(memory=memory, passes=passes, lanes=lanes)
    except ValueError as error:
        raise FlawError from error
    return _slot(doc, kdf, cost)


def _slot(doc: _Doc, kdf: _Doc, cost: Kdf | None) -> Slot:
    return Slot(
        cost=cost,
        salt=_hex(kdf["salt"], SALT),
        secret=_hex(doc["slot"], SLOT),
        by=_hex(doc["slot_sig"], SIGNATURE),
    )


def _grants(value: object, rings: frozenset[str]) -> Mapping[str, str]:
    doc = _object(value)
    _keys(doc, rings)
    return {ring: _hex(doc[ring], GRANT) for ring in sorted(doc)}


def _login(value: object) -> str:
    if not isinstance(value, str) or not fits_login(value):
        raise FlawError
    return value


def fits_login(login: str) -> bool:
    """Whether the text can be a login as it stands: short, printable, trimmed."""
    return 0 < len(login) <= LONGEST_LOGIN and login.isprintable() and login == cleaned(login)


def _require(holds: bool) -> None:
    if not holds:
        raise FlawError


def _keys(doc: _Doc, keys: frozenset[str] | set[str]) -> None:
    _require(doc.keys() == keys)


def _hex(value: object, size: int) -> str:
    if not isinstance(value, str) or not re.fullmatch(f"[0-9a-f]{{{2 * size}}}", value):
        raise FlawError
    return value


def _number(value: object, least: int, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise FlawError
    return value


def _object(value: object) -> _Doc:
    if not isinstance(value, dict):
        raise FlawError
    return value


def _list(value: object) -> list[object]:
    if not isinstance(value, list) or not 0 < len(value) <= MOST_USERS:
        raise FlawError
    return value


def _member(kind: type[_T], value: object) -> _T:
    try:
        return kind(value)  # type: ignore[call-arg]  # every enumeration takes its value
    except ValueError as error:
        raise FlawError from error
