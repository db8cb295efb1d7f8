"""Anchors of the log: made and signed here, kept as files, and looked up in the chain."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from sqlalchemy import Connection, select

from pmdesk.domain.anchors import Anchor
from pmdesk.store import schema
from pmdesk.store.audit import FIRST, Link, signed
from pmdesk.store.context import StoreContext
from pmdesk.store.vault.canonical import canon, parse
from pmdesk.store.vault.opened import OpenVault

__all__ = ["Anchor", "anchor", "contained", "contains", "document", "made", "of_document"]

_PARTS = ("vault", "head", "roster", "at", "by", "sig")
_table = schema.audit


def anchor(opened: OpenVault, connection: Connection, at: datetime) -> Anchor:
    """What the log is now, signed by who signed in."""
    identity = opened.identity
    context = StoreContext(
        uid=identity.uid,
        role=identity.role,
        sign=identity.sign,
        public=bytes.fromhex(identity.public),
        certify=lambda: opened.certificate,
        vault_id=opened.header.vault,
    )
    return made(connection, context, at)


def made(connection: Connection, context: StoreContext, at: datetime) -> Anchor:
    """What the log is now, signed by this account."""
    last = connection.execute(_LAST).first()
    bare = Anchor(
        vault=context.vault_id,
        count=last.seq if last else 0,
        head=(last.hash if last else FIRST).hex(),
        roster=_roster(context.certificate),
        at=at.astimezone(UTC).isoformat(timespec="microseconds"),
        by=context.uid,
    )
    return Anchor(
        vault=bare.vault,
        count=bare.count,
        head=bare.head,
        roster=bare.roster,
        at=bare.at,
        by=bare.by,
        sig=context.sign(_body(bare)).hex(),
    )


def genuine(anchor: Anchor, keys: Mapping[str, Iterable[bytes]]) -> bool:
    """Whether the account it names signed it, by one of these keys."""
    try:
        signature = bytes.fromhex(anchor.sig)
    except ValueError:
        return False
    return any(signed(key, signature, _body(anchor)) for key in keys.get(anchor.by, ()))


def contains(anchor: Anchor, links: Iterable[Link]) -> bool:
    """Whether the history that these entries are goes through the anchor."""
    if anchor.count == 0:
        return anchor.head == FIRST.hex()
    return any(link.seq == anchor.count and link.hash.hex() == anchor.head for link in links)


def contained(connection: Connection, anchor: Anchor) -> bool:
    """`contains` for the log of an open office, by one look-up."""
    if anchor.count == 0:
        return anchor.head == FIRST.hex()
    found = connection.scalar(select(_table.c.hash).where(_table.c.seq == anchor.count))
    return found is not None and found.hex() == anchor.head


def document(anchor: Anchor) -> dict[str, object]:
    """The anchor as a JSON object."""
    texts: dict[str, object] = {part: getattr(anchor, part) for part in _PARTS}
    return {**texts, "count": anchor.count}


def of_document(doc: object) -> Anchor | None:
    """The anchor that the object tells; None when it tells none."""
    if not isinstance(doc, dict) or doc.keys() != {*_PARTS, "count"}:
        return None
    count = doc["count"]
    if isinstance(count, bool) or not isinstance(count, int) or count < 0:
        return None
    if not all(isinstance(doc[part], str) for part in _PARTS):
        return None
    return Anchor(count=count, **{part: doc[part] for part in _PARTS})


def _body(anchor: Anchor) -> bytes:
    doc = document(anchor)
    del doc["sig"]
    return canon(["pmdesk-anchor", 1, doc])


def _roster(certificate: str) -> str:
    """The fingerprint of the roster in a certificate."""
    roster = parse(certificate.encode())["roster"] if certificate else ""
    return hashlib.sha256(str(roster).encode()).hexdigest()


_LAST = select(_table.c.seq, _table.c.hash).order_by(_table.c.seq.desc()).limit(1)
