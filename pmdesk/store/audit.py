"""The log: entries chained by hash and signed by who acts, in the transaction of the act."""

import functools
import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection, Select, insert, select, update

from pmdesk.domain.ports import AuditEntry
from pmdesk.domain.proof import Flaw
from pmdesk.domain.staff import Role
from pmdesk.store import rows, schema
from pmdesk.store.context import StoreContext
from pmdesk.store.rows import Leaves
from pmdesk.store.vault import voucher
from pmdesk.store.vault.canonical import NotCanonicalError, canon, parse

DOMAIN = b"pmdesk-audit-1"
SEALED = "rows.sealed"  # an entry that is about nothing but the rows it binds
FIRST = bytes(32)  # what the first entry follows
SALT = 32

_BODY = frozenset({"seq", "time", "user", "role", "action", "object", "fields", "commit"})
_BODIES = (_BODY, _BODY | {"rows"})  # the second where rows were changed
_table = schema.audit
_salt = schema.audit_salt
_signer = schema.signer


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An entry as it is stored."""

    seq: int
    body: bytes  # canonical JSON, the exact bytes that the hash covers
    hash: bytes
    sig: bytes
    target: str  # copy of the body's object, to look up by


class SqlAudit:
    """The signed log of the office; it only grows."""

    def __init__(self, connection: Connection, context: StoreContext) -> None:
        self._connection = connection
        self._context = context

    def append(
        self,
        action: str,
        target: str = "",
        *,
        fields: Iterable[str] = (),
        at: datetime,
        row: Mapping[str, object] | None = None,
    ) -> None:
        """The act is on record, and binds the rows that were changed since the last one.

        `row` is told only as a commitment, its values in a row that can go.
        """
        last = self._connection.execute(_LAST).first()
        seq, prev = (last.seq + 1, last.hash) if last else (1, FIRST)
        content = None if row is None else canon(dict(row))
        salt = secrets.token_bytes(SALT)
        leaves = rows.taken(self._connection)
        body = canon(
            {
                "seq": seq,
                "time": at.astimezone(UTC).isoformat(timespec="microseconds"),
                "user": self._context.uid,
                "role": self._context.role.value,
                "action": action,
                "object": target,
                "fields": list(fields),
                "commit": None if content is None else commitment(salt, content).hex(),
            }
            | ({"rows": rows.root(leaves)} if leaves or seq == 1 else {})
        )
        digest = chained(prev, body)
        self._enter_signer()
        self._connection.execute(
            insert(_table).values(
                seq=seq, body=body, hash=digest, sig=self._context.sign(digest), target=target
            )
        )
        self._beside(seq, salt, content, leaves)

    def _beside(
        self, seq: int, salt: bytes, content: bytes | None, leaves: Sequence[Leaves]
    ) -> None:
        """What the entry committed to stands beside it."""
        rows.put(self._connection, seq, leaves)
        if content is not None:
            self._connection.execute(insert(_salt).values(seq=seq, salt=salt, row=content.decode()))

    def seal(self) -> None:
        """Rows that were changed after the last entry are bound by one of their own."""
        last = self.recent(1)
        if last and rows.is_touched(self._connection):
            self.append(SEALED, at=last[0].at)

    def cover(self, most: int) -> int:
        """The next entry binds so many rows that none knows yet; how many there were."""
        return rows.touch_unbound(self._connection, most)

    def recent(self, limit: int) -> tuple[AuditEntry, ...]:
        """Newest first."""
        return self._entries(select(_table.c.body).order_by(_table.c.seq.desc()).limit(limit))

    def about(self, target: str) -> tuple[AuditEntry, ...]:
        """Newest first, those of one object."""
        of_target = select(_table.c.body).where(_table.c.target == target)
        return self._entries(of_target.order_by(_table.c.seq.desc()))

    def links(self) -> Iterator[Link]:
        """The whole chain in order, as it is stored."""
        for row in self._connection.execute(select(_table).order_by(_table.c.seq)):
            yield Link(seq=row.seq, body=row.body, hash=row.hash, sig=row.sig, target=row.target)

    def keys(self) -> Mapping[str, tuple[bytes, ...]]:
        """The public keys that ever signed, by account."""
        found: dict[str, tuple[bytes, ...]] = {}
        for row in self._connection.execute(select(_signer)):
            found[row.uid] = (*found.get(row.uid, ()), row.key)
        return found

    def _enter_signer(self) -> None:
        """The key that signs is on record with rosters that vouch for it.

        There is one for each recovery key it was used under: an earlier one is found from a later.
        """
        uid, key, present = self._context.uid, self._context.public, self._context.certificate
        mine = (_signer.c.uid == uid) & (_signer.c.key == key)
        known = self._connection.scalar(select(_signer.c.certificate).where(mine))
        if known is None:
            entered = insert(_signer).values(uid=uid, key=key, certificate=present)
            self._connection.execute(entered)
        elif (more := voucher.with_root(known, present)) != known:
            self._connection.execute(update(_signer).where(mine).values(certificate=more))

    def _entries(self, found: Select[tuple[bytes]]) -> tuple[AuditEntry, ...]:
        return tuple(entry(row.body) for row in self._connection.execute(found))


def chained(prev: bytes, body: bytes) -> bytes:
    """The hash of an entry that follows the one with the hash `prev`."""
    # as `_sha256(DOMAIN, prev, body)`, for chains of a hundred thousand
    return hashlib.sha256(_START + prev + len(body).to_bytes(8, "big") + body).digest()


def commitment(salt: bytes, row: bytes) -> bytes:
    """What binds an entry to values without telling them."""
    return _sha256(salt, row)


def verify(links: Iterable[Link], keys: Mapping[str, Sequence[bytes]]) -> int | None:
    """The seq of the first entry that is broken, None when the chain holds.

    Each entry must follow the one before without a gap and carry the signature of the account it
    names, by one of the keys of that account.
    """
    prev = FIRST
    for seq, link in enumerate(links, 1):
        if flaw(link, seq, prev, keys) is not None:
            return seq
        prev = link.hash
    return None


def flaw(link: Link, seq: int, prev: bytes, keys: Mapping[str, Sequence[bytes]]) -> Flaw | None:
    """What is wrong with the entry that should be number `seq` and follow the hash `prev`."""
    if link.seq != seq:
        return Flaw.GAP
    try:
        body = parse(link.body)
    except NotCanonicalError:
        return Flaw.UNREADABLE
    if body.keys() not in _BODIES or (body["seq"], body["object"]) != (seq, link.target):
        return Flaw.UNREADABLE
    if link.hash != chained(prev, link.body):
        return Flaw.UNLINKED
    known = keys.get(str(body["user"]), ())
    if not known:
        return Flaw.UNKNOWN_KEY
    return None if any(signed(key, link.sig, link.hash) for key in known) else Flaw.UNSIGNED


def signed(key: bytes, signature: bytes, data: bytes) -> bool:
    """Whether the holder of the private half of `key` signed `data`."""
    try:
        _loaded(key).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True


@functools.lru_cache(maxsize=1024)
def _loaded(key: bytes) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(key)


def _sha256(*parts: bytes) -> bytes:
    """Of the parts, each with its length before it, so that no two lists of parts meet."""
    whole = b"".join([len(part).to_bytes(8, "big") + part for part in parts])
    return hashlib.sha256(whole).digest()


def entry(raw: bytes) -> AuditEntry:
    """The entry that the bytes of a body tell."""
    body = cast("dict[str, Any]", json.loads(raw))
    return AuditEntry(
        seq=body["seq"],
        at=datetime.fromisoformat(body["time"]),
        by=body["user"],
        role=Role(body["role"]),
        action=body["action"],
        target=body["object"],
        fields=tuple(body["fields"]),
    )


_START = len(DOMAIN).to_bytes(8, "big") + DOMAIN + len(FIRST).to_bytes(8, "big")
_LAST = select(_table.c.seq, _table.c.hash).order_by(_table.c.seq.desc()).limit(1)
