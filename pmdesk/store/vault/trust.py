"""Who signed which part of the header, and the one check that decides whether to trust it."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import replace

from pmdesk.domain.damage import Damage
from pmdesk.domain.staff import Role
from pmdesk.errors import VaultDamagedError, VaultTooNewError
from pmdesk.i18n import N_
from pmdesk.store.vault.canonical import canon, parse
from pmdesk.store.vault.header import (
    ROOT,
    FlawError,
    Header,
    Holder,
    NewerError,
    Slot,
    User,
    document,
    from_document,
)
from pmdesk.store.vault.kdf import SALT, Kdf
from pmdesk.store.vault.keys import Info, KeyPair, opened, sealed, verified


def read(raw: bytes) -> Header:
    """The header, every byte of it vouched for; otherwise VaultTooNewError, VaultDamagedError."""
    try:
        header = from_document(parse(raw))
        if not sound(header):
            raise FlawError  # the same answer as for every other flaw
    except NewerError as error:
        newer = VaultTooNewError(
            N_("This office was made by a newer version of pmdesk."),
            N_("Install the newer version on this computer, then open it again."),
        )
        raise newer.coded(Damage.NEWER) from error
    except ValueError as error:
        damage = VaultDamagedError(
            N_("The key file vault.json of this office is damaged or was changed."),
            N_("Restore the office from a backup; do not create a new one in this folder."),
        )
        raise damage.coded(Damage.HEADER) from error
    return header


def written(header: Header) -> bytes:
    """The bytes of `vault.json`."""
    return canon(document(header))


def slot_info(vault: str, holder: Holder, kdf: Mapping[str, object]) -> Info:
    """What a slot is bound to."""
    return ["pmdesk-slot", 1, vault, holder.uid, holder.box, holder.sig, kdf]


def grant_info(vault: str, gen: int, uid: str, ring: str) -> Info:
    """What a grant is bound to."""
    return ["pmdesk-grant", 1, vault, gen, uid, ring]


def with_slot(vault: str, holder: Holder, pair: KeyPair, kek: bytes, slot: Slot) -> Slot:
    """`slot` holding the keys of `pair`, signed by their holder."""
    secret = pair.wrapped(kek, slot_info(vault, holder, slot.kdf())).hex()
    filled = replace(slot, secret=secret)
    return replace(filled, by=pair.sign(_slot_body(vault, holder, filled)).hex())


def slot_keys(vault: str, holder: Holder, kek: bytes) -> KeyPair:
    """The private keys of the holder; UnfitKeyError when `kek` is another."""
    secret = bytes.fromhex(holder.slot.secret)
    return KeyPair.unwrapped(secret, kek, slot_info(vault, holder, holder.slot.kdf()))


def empty_slot(cost: Kdf | None) -> Slot:
    """A slot with a fresh salt, still to be filled."""
    return Slot(cost=cost, salt=secrets.token_hex(SALT), secret="", by="")


def granted(
    header: Header, uid: str, box: str, rings: Mapping[str, bytearray]
) -> Mapping[str, str]:
    """The keys of these rings for the holder of `box` alone."""
    return {
        ring: sealed(key, box, grant_info(header.vault, header.gen, uid, ring)).hex()
        for ring, key in rings.items()
    }


def rings_of(header: Header, holder: Holder, pair: KeyPair) -> dict[str, bytearray]:
    """The keys that were granted to this holder."""
    return {
        ring: bytearray(
            opened(
                bytes.fromhex(blob),
                pair.box,
                grant_info(header.vault, header.gen, holder.uid, ring),
            )
        )
        for ring, blob in holder.grants.items()
    }


def certified(user: User, vault: str, by: str, pair: KeyPair) -> User:
    """The account with a certificate that it may act as administrator."""
    return replace(user, cert_by=by, cert_sig=pair.sign(_certificate_body(vault, user)).hex())


def signed(header: Header, by: str, pair: KeyPair) -> Header:
    """The header with roster and head signed by the administrator `by`."""
    roster = replace(header, roster_by=by)
    roster = replace(roster, roster_sig=pair.sign(_roster_body(roster)).hex(), head_by=by)
    return replace(roster, head_sig=pair.sign(_head_body(roster)).hex())


def voucher(header: Header) -> str:
    """The signed roster as it stands alone: it names every key and who enrolled it."""
    return canon({"roster": _roster_body(header).decode(), "sig": header.roster_sig}).decode()


def roster_sound(header: Header) -> bool:
    """Whether an administrator of the roster signed it, certified back to the root."""
    return _signed_by_admin(header, header.roster_by, header.roster_sig, _roster_body(header))


def roster_print(header: Header) -> str:
    """The fingerprint of who has which key in this office, under which recovery key."""
    return hashlib.sha256(_roster_body(header)).hexdigest()


def _slot_body(vault: str, holder: Holder, slot: Slot) -> bytes:
    return canon(["pmdesk-slot-sig", slot_info(vault, holder, slot.kdf()), slot.secret])


def _certificate_body(vault: str, user: User) -> bytes:
    return canon(["pmdesk-cert", 1, vault, user.uid, user.box, user.sig])


def _roster_body(header: Header) -> bytes:
    users = [
        [u.uid, u.login, u.role.value, u.state.value, u.box, u.sig, u.cert_by, u.cert_sig]
        for u in header.users
    ]
    return canon(["pmdesk-roster", 1, header.vault, header.root, header.roster_by, users])


def _head_body(header: Header) -> bytes:
    # users sign their own slots, so that a new password needs no administrator
    users = [[user.uid, user.grants] for user in header.users]
    doc = {**document(header), "users": users}
    del doc["head_sig"]
    return canon(["pmdesk-head", 1, doc])


def sound(header: Header) -> bool:
    """Whether every part is signed by those who may."""
    holders: tuple[Holder, ...] = (*header.users, header.recovery)
    return (
        all(_holds(header.vault, holder) for holder in holders)
        and roster_sound(header)
        and _signed_by_admin(header, header.head_by, header.head_sig, _head_body(header))
    )


def _holds(vault: str, holder: Holder) -> bool:
    return verified(holder.sig, holder.slot.by, _slot_body(vault, holder, holder.slot))


def _signed_by_admin(header: Header, by: str, signature: str, body: bytes) -> bool:
    admin = header.user(by)
    return (
        admin is not None
        and admin.active
        and admin.role is Role.ADMIN
        and _leads_to_root(header, admin)
        and verified(admin.sig, signature, body)
    )


def _leads_to_root(header: Header, user: User) -> bool:
    """Follows certificates; those of former administrators still count for whom they enrolled."""
    seen: set[str] = set()
    while user.uid not in seen:
        seen.add(user.uid)
        body = _certificate_body(header.vault, user)
        if user.cert_by == ROOT:
            return verified(header.root, user.cert_sig, body)
        issuer = header.user(user.cert_by)
        if issuer is None or not verified(issuer.sig, user.cert_sig, body):
            return False
        user = issuer
    return False


def fingerprint(root: str) -> str:
    """The root key in 5 groups of 4 characters, to be compared by eye with the recovery sheet."""
    digest = hashlib.sha256(b"pmdesk-root-1" + bytes.fromhex(root)).hexdigest().upper()
    return " ".join(digest[start : start + 4] for start in range(0, 20, 4))
