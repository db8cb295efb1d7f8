"""Certificates of keys in the log: the roster of the day, signed by an administrator."""

import functools
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pmdesk.domain.staff import Role
from pmdesk.store.vault import trust
from pmdesk.store.vault.canonical import NotCanonicalError, canon, parse
from pmdesk.store.vault.header import RECOVERY, Header, Holder, State, User

_FORM = "pmdesk-roster"
_NEXT = "\n"  # canonical JSON has none
_PARTS = 8  # of a user in the roster


@dataclass(frozen=True, slots=True, kw_only=True)
class Voucher:
    """A roster that holds together: who had which key, under which recovery key."""

    vault: str
    root: str  # the public half of the recovery key that certified its administrators
    users: Mapping[str, User]

    def vouches(self, uid: str, key: bytes) -> bool:
        """Whether this was the key of that account, and the account was in use."""
        user = self.users.get(uid)
        return user is not None and user.active and user.sig == key.hex()

    def is_administrator(self, uid: str) -> bool:
        """Whether the account was an administrator."""
        user = self.users.get(uid)
        return user is not None and user.role is Role.ADMIN


def read(text: str) -> Voucher | None:
    """The roster that `trust.voucher` wrote; None unless an administrator of it signed it."""
    try:
        doc = parse(text.encode())
        if doc.keys() != {"roster", "sig"}:
            return None
        header = _header(str(doc["roster"]), str(doc["sig"]))
        same = trust.voucher(header) == text
    except (NotCanonicalError, ValueError, TypeError, RecursionError):
        return None
    if not same or not trust.roster_sound(header):
        return None
    users = {user.uid: user for user in header.users}
    return Voucher(vault=header.vault, root=header.root, users=users)


def each(certificates: str) -> Iterator[Voucher | None]:
    """The rosters that were kept for a key, one for each recovery key."""
    return map(read, certificates.split(_NEXT))


def with_root(certificates: str, present: str) -> str:
    """The same with the present roster added where none leads to its recovery key yet."""
    if present in certificates.split(_NEXT) or (root := _root(present)) is None:
        return certificates
    if root in map(_root, certificates.split(_NEXT)):
        return certificates
    return certificates + _NEXT + present


@functools.lru_cache(maxsize=64)  # asked for at each entry of the log
def _root(certificate: str) -> str | None:
    found = read(certificate)
    return None if found is None else found.root


def _header(roster: str, signature: str) -> Header:
    """As much of a header as a roster tells; no slot and no grant is in it."""
    form, version, vault, root, by, users = json.loads(roster)
    if (form, version) != (_FORM, 1) or canon(json.loads(roster)) != roster.encode():
        raise NotCanonicalError("no roster")
    slot = trust.empty_slot(None)
    return Header(
        vault=_text(vault),
        gen=1,
        root=_text(root),
        sealed_pub="",
        users=tuple(_user(one) for one in users),
        recovery=Holder(uid=RECOVERY, box="", sig=_text(root), slot=slot, grants={}),
        roster_by=_text(by),
        roster_sig=signature,
    )


def _user(parts: object) -> User:
    if not isinstance(parts, list) or len(parts) != _PARTS:
        raise NotCanonicalError("no account")
    uid, login, role, state, box, sig, cert_by, cert_sig = (_text(part) for part in parts)
    return User(
        uid=uid,
        login=login,
        role=Role(role),
        state=State(state),
        box=box,
        sig=sig,
        slot=trust.empty_slot(None),
        grants={},
        cert_by=cert_by,
        cert_sig=cert_sig,
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise NotCanonicalError("no text")
    return value
