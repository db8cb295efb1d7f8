"""What the first kilobytes of a backup say, and their one accepted spelling."""

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from pmdesk.domain.anchors import Anchor
from pmdesk.store.backup.lock import Lock, cost_document, cost_of
from pmdesk.store.backup.shapes import (
    Doc,
    NewerShapeError,
    exactly,
    hexed,
    moment,
    number,
    require,
    spelled,
    word,
)
from pmdesk.store.vault.canonical import canon, parse
from pmdesk.store.vault.header import ENGINE, RECOVERY, SEALED, Holder, Slot
from pmdesk.store.vault.kdf import SALT, Kdf
from pmdesk.store.vault.keys import GRANT, KEY, SIGNATURE, SLOT, Info, verified

FORMAT = "pmdesk-backup"
VERSION = 1
LONGEST = 1 << 16
HASH = 32
TYPED = "passphrase"  # the way in that is not the recovery key

_UID = 16
_MOST = 1 << 53
_MOST_TABLES = 500
_MOST_GEN = 999_999


@dataclass(frozen=True, slots=True, kw_only=True)
class ByPassphrase:
    """The keys of the backup, for whoever knows the passphrase."""

    cost: Kdf
    salt: str
    box: str
    key: str
    sealed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ByRecovery:
    """The keys of the backup, for whoever has the recovery sheet."""

    holder: Holder  # grants only `sealed`
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupHeader:
    """Everything a backup says in the open; no personal data."""

    app: str
    schema: str
    made_at: datetime
    by: str
    pen: str  # the public key that checks the maker's signature
    vault: str
    gen: int
    root: str
    sealed_pub: str
    counts: Mapping[str, int]
    newest: str  # when the newest entry of the log was made; empty without one
    rules: int  # the version in force; 0 without one
    anchor: Anchor  # how far the signed log reached, under the maker's signature
    size: int
    sha256: str
    passphrase: ByPassphrase = field(repr=False)
    recovery: ByRecovery = field(repr=False)
    mac: str = ""
    sig: str = ""


def key_info(vault: str, way: str, sha256: str) -> Info:
    """What a wrapped backup key is bound to."""
    return ["pmdesk-backup-key", 1, vault, way, sha256]


def way_of(lock: Lock, key: str) -> ByPassphrase:
    """The way in by the passphrase of this lock."""
    return ByPassphrase(cost=lock.cost, salt=lock.salt, box=lock.box, key=key, sealed=lock.sealed)


def mac_of(key: bytearray, header: BackupHeader) -> str:
    """What only a holder of the backup key can write below its header."""
    doc = document(header)
    del doc["mac"], doc["sig"]
    derived = HKDF(algorithm=SHA256(), length=HASH, salt=None, info=b"pmdesk-backup-mac-1")
    return hmac.digest(derived.derive(bytes(key)), canon(doc), "sha256").hex()


def signed(header: BackupHeader, sign: Callable[[bytes], bytes]) -> BackupHeader:
    """The header under the signature of who made the backup."""
    return replace(header, sig=sign(_sig_body(header)).hex())


def written(header: BackupHeader) -> bytes:
    """The bytes of the header."""
    return canon(document(header))


def read(raw: bytes) -> BackupHeader:
    """The header; ValueError unless each byte is under the signature of who made it."""
    require(len(raw) <= LONGEST)
    header = _from_document(parse(raw))
    require(verified(header.pen, header.sig, _sig_body(header)))
    return header


def document(header: BackupHeader) -> Doc:
    """The header as the JSON object of the file."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "engine": ENGINE,
        "app": header.app,
        "schema": header.schema,
        "made_at": spelled(header.made_at),
        "by": header.by,
        "pen": header.pen,
        "vault": header.vault,
        "gen": header.gen,
        "root": header.root,
        "sealed_pub": header.sealed_pub,
        "counts": dict(header.counts),
        "newest": header.newest,
        "rules": header.rules,
        "anchor": _anchor_document(header.anchor),
        "payload": {"size": header.size, "sha256": header.sha256},
        "passphrase": _by_passphrase_document(header.passphrase),
        "recovery": _by_recovery_document(header.recovery),
        "mac": header.mac,
        "sig": header.sig,
    }


def _sig_body(header: BackupHeader) -> bytes:
    doc = document(header)
    del doc["sig"]
    return canon(["pmdesk-backup-sig", 1, doc])


def _anchor_document(anchor: Anchor) -> Doc:
    return {
        "count": anchor.count,
        "head": anchor.head,
        "roster": anchor.roster,
        "at": anchor.at,
        "by": anchor.by,
        "sig": anchor.sig,
    }


def _by_passphrase_document(way: ByPassphrase) -> Doc:
    kdf = cost_document(way.cost, way.salt)
    return {"kdf": kdf, "box": way.box, "key": way.key, "sealed": way.sealed}


def _by_recovery_document(way: ByRecovery) -> Doc:
    holder = way.holder
    return {
        "box": holder.box,
        "sig": holder.sig,
        "kdf": holder.slot.kdf(),
        "slot": holder.slot.secret,
        "slot_sig": holder.slot.by,
        "sealed": holder.grants[SEALED],
        "key": way.key,
    }


_TOP = {
    *("format", "version", "engine", "app", "schema", "made_at", "by", "pen", "vault", "gen"),
    *("root", "sealed_pub", "counts", "newest", "rules", "anchor", "payload"),
    *("passphrase", "recovery", "mac", "sig"),
}


def _from_document(doc: Doc) -> BackupHeader:
    require(doc.get("format") == FORMAT)
    _refuse_newer(doc)
    exactly(doc, _TOP)
    payload = exactly(doc["payload"], {"size", "sha256"})
    header = BackupHeader(
        app=word(doc["app"]),
        schema=word(doc["schema"]),
        made_at=moment(doc["made_at"]),
        by=_uid(doc["by"]),
        pen=hexed(doc["pen"], KEY),
        vault=_uid(doc["vault"]),
        gen=number(doc["gen"], 1, _MOST_GEN),
        root=hexed(doc["root"], KEY),
        sealed_pub=hexed(doc["sealed_pub"], KEY),
        counts=_counts(doc["counts"]),
        newest=doc["newest"] and spelled(moment(doc["newest"])),  # type: ignore[arg-type]  # "" or a moment
        rules=number(doc["rules"], 0, _MOST),
        anchor=_anchor(doc["anchor"], _uid(doc["vault"])),
        size=number(payload["size"], 1, _MOST),
        sha256=hexed(payload["sha256"], HASH),
        passphrase=_by_passphrase(doc["passphrase"]),
        recovery=_by_recovery(doc["recovery"]),
        mac=hexed(doc["mac"], HASH),
        sig=hexed(doc["sig"], SIGNATURE),
    )
    require(header.recovery.holder.sig == header.root)
    require(header.anchor.by == header.by)
    return header


def _refuse_newer(doc: Doc) -> None:
    version, engine = doc.get("version"), doc.get("engine")
    require(type(version) is int and version > 0 and isinstance(engine, str))
    if version != VERSION or engine != ENGINE:
        raise NewerShapeError


def _counts(value: object) -> Mapping[str, int]:
    require(isinstance(value, dict) and len(value) <= _MOST_TABLES)
    found = value if isinstance(value, dict) else {}
    return {word(name): number(count, 0, _MOST) for name, count in found.items()}


def _anchor(value: object, vault: str) -> Anchor:
    doc = exactly(value, {"count", "head", "roster", "at", "by", "sig"})
    return Anchor(
        vault=vault,
        count=number(doc["count"], 0, _MOST),
        head=hexed(doc["head"], HASH),
        roster=hexed(doc["roster"], HASH),
        at=spelled(moment(doc["at"])),
        by=_uid(doc["by"]),
        sig=hexed(doc["sig"], SIGNATURE),
    )


def _uid(value: object) -> str:
    return hexed(value, _UID)


def _by_passphrase(value: object) -> ByPassphrase:
    doc = exactly(value, {"kdf", "box", "key", "sealed"})
    cost, salt = cost_of(doc["kdf"])
    return ByPassphrase(
        cost=cost,
        salt=salt,
        box=hexed(doc["box"], KEY),
        key=hexed(doc["key"], GRANT),
        sealed=hexed(doc["sealed"], GRANT),
    )


def _by_recovery(value: object) -> ByRecovery:
    doc = exactly(value, {"box", "sig", "kdf", "slot", "slot_sig", "sealed", "key"})
    kdf = exactly(doc["kdf"], {"alg", "salt"})
    require(kdf["alg"] == "hkdf-sha256")
    slot = Slot(
        cost=None,
        salt=hexed(kdf["salt"], SALT),
        secret=hexed(doc["slot"], SLOT),
        by=hexed(doc["slot_sig"], SIGNATURE),
    )
    holder = Holder(
        uid=RECOVERY,
        box=hexed(doc["box"], KEY),
        sig=hexed(doc["sig"], KEY),
        slot=slot,
        grants={SEALED: hexed(doc["sealed"], GRANT)},
    )
    return ByRecovery(holder=holder, key=hexed(doc["key"], GRANT))
