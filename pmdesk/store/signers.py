"""The keys that may sign the log: those that an administrator of this office enrolled."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from pmdesk.domain.proof import RENEWED, RENEWED_TARGET
from pmdesk.store import schema
from pmdesk.store.audit import signed
from pmdesk.store.context import StoreContext
from pmdesk.store.vault import voucher
from pmdesk.store.vault.canonical import NotCanonicalError, parse
from pmdesk.store.vault.voucher import Voucher

__all__ = ["RENEWED", "RENEWED_TARGET", "enrolled"]

Keys = Mapping[str, tuple[bytes, ...]]

_signer = schema.signer
_audit = schema.audit


@dataclass(frozen=True, slots=True, kw_only=True)
class _Claim:
    """A key on record, with the roster that is said to vouch for it."""

    uid: str
    key: bytes
    roster: Voucher | None


def enrolled(connection: Connection, context: StoreContext) -> Keys:
    """By account, the keys on record that a roster of this office vouches for.

    A roster counts when it leads to the present recovery key, or to one before it that an
    administrator named, with his signature, when it was renewed.
    """
    present = voucher.read(context.certificate)
    if present is None or present.vault != context.vault_id:
        return {}
    claims = tuple(_claims(connection, context.vault_id))
    roots = {present.root}
    while True:
        known = [one for one in claims if _counts(one, present, roots)]
        earlier = _earlier_roots(connection, known, present) - roots
        if not earlier:
            return _by_account(known)
        roots |= earlier


def _claims(connection: Connection, vault: str) -> Iterable[_Claim]:
    for row in connection.execute(select(_signer)):
        for roster in voucher.each(row.certificate):
            fits = roster is not None and roster.vault == vault and roster.vouches(row.uid, row.key)
            yield _Claim(uid=row.uid, key=row.key, roster=roster if fits else None)


def _counts(claim: _Claim, present: Voucher, roots: set[str]) -> bool:
    if present.vouches(claim.uid, claim.key):
        return True
    return claim.roster is not None and claim.roster.root in roots


def _earlier_roots(connection: Connection, known: Iterable[_Claim], present: Voucher) -> set[str]:
    """Recovery keys that administrators, with keys that count, named as replaced."""
    pens = {one.key for one in known if (one.roster or present).is_administrator(one.uid)}
    entries = select(_audit).where(_audit.c.target == RENEWED_TARGET)
    found: set[str] = set()
    for row in connection.execute(entries):
        if any(signed(pen, row.sig, row.hash) for pen in pens):
            found |= set(_named(row.body))
    return found


def _named(body: bytes) -> tuple[str, ...]:
    try:
        doc = parse(body)
    except NotCanonicalError:
        return ()
    fields = doc.get("fields")
    if doc.get("action") != RENEWED or not isinstance(fields, list):
        return ()
    return tuple(str(field) for field in fields)


def _by_account(known: Iterable[_Claim]) -> Keys:
    keys: dict[str, tuple[bytes, ...]] = {}
    for one in known:
        if one.key not in keys.get(one.uid, ()):
            keys[one.uid] = (*keys.get(one.uid, ()), one.key)
    return keys
