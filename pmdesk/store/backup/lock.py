"""The passphrase of backups: a key pair derived from it, so that backups need no typing.

What only the passphrase opens is sealed to the public half; the private half is nowhere but in
the passphrase. The lock lies beside the office and is signed by the administrator who set it.
"""

import contextlib
import secrets
from dataclasses import dataclass, replace
from pathlib import Path

from pmdesk.domain.staff import Role
from pmdesk.errors import RefusedError, VaultError, WrongKeyError
from pmdesk.i18n import N_
from pmdesk.store.backup.shapes import Doc, ShapeError, exactly, hexed, number, require
from pmdesk.store.vault.accounts import require_none
from pmdesk.store.vault.canonical import LONGEST, canon, parse
from pmdesk.store.vault.engine import translated
from pmdesk.store.vault.folder import write_atomic
from pmdesk.store.vault.header import Header
from pmdesk.store.vault.kdf import SALT, Kdf
from pmdesk.store.vault.keys import GRANT, KEY, SIGNATURE, Info, box_public, sealed, wipe
from pmdesk.store.vault.keys import verified as signed_by
from pmdesk.store.vault.opened import OpenVault
from pmdesk.store.vault.password import problems

FILE = "backup-key.json"
NEXT = "backup-key.next.json"  # counts once the office has the key of sealed fields that is in it
FORMAT = "pmdesk-backup-key"
COST = Kdf(memory=1 << 18, passes=3, lanes=4)  # 256 MiB: a backup lies about in drawers

_UID = 16
_KEYS = {"format", "version", "vault", "kdf", "box", "sealed_pub", "sealed", "by", "sig"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """What a passphrase opens; nothing here is secret."""

    vault: str
    cost: Kdf
    salt: str
    box: str  # the public key that the passphrase has the private half of
    sealed_pub: str
    sealed: str  # the private key of sealed fields, for the holder of `box`
    by: str = ""
    sig: str = ""

    def private(self, passphrase: str) -> bytearray:
        """The key that the passphrase spells; WrongKeyError for another. Slow by intention."""
        return private_half(self.cost, self.salt, self.box, passphrase)


def private_half(cost: Kdf, salt: str, box: str, passphrase: str) -> bytearray:
    """The private half of `box`; WrongKeyError unless the passphrase spells it."""
    key = bytearray(cost.derive(passphrase, bytes.fromhex(salt)))
    if box_public(key) != box:
        raise wrong_passphrase()
    return key


def wrong_passphrase() -> WrongKeyError:
    """The one answer."""
    return WrongKeyError(
        N_("This is not the backup passphrase."),
        N_("Check Caps Lock and the input method, then try again; or use the recovery key."),
    )


def put(opened: OpenVault, passphrase: str, cost: Kdf = COST) -> Lock:
    """From now on this passphrase opens the backups of the office; older ones keep theirs."""
    require_none(problems(passphrase, (opened.identity.login,)))
    salt = secrets.token_bytes(SALT)
    private = bytearray(cost.derive(passphrase, salt))
    box = box_public(private)
    wipe(private)
    header = opened.header
    lock = Lock(
        vault=header.vault,
        cost=cost,
        salt=salt.hex(),
        box=box,
        sealed_pub=header.sealed_pub,
        sealed=opened.grant_sealed(box, sealed_info(header.vault, box)).hex(),
        by=opened.identity.uid,
    )
    lock = replace(lock, sig=opened.identity.sign(_body(lock)).hex())
    save(opened.folder, lock)
    return lock


def save(folder: Path, lock: Lock) -> None:
    """The lock of the office in this folder is this one."""
    write_atomic(folder / FILE, canon(_document(lock)))
    with contextlib.suppress(OSError):
        (folder / NEXT).unlink(missing_ok=True)


def announce(folder: Path, lock: Lock) -> None:
    """The lock is on the disk for a change of keys that is about to be: `settle` finishes it."""
    write_atomic(folder / NEXT, canon(_document(lock)))


def settle(folder: Path, header: Header) -> None:
    """What a killed change of keys left waiting is the lock now, or gone if it came to nothing."""
    with contextlib.suppress(OSError, VaultError):
        fresh = _at(folder / NEXT)
        if fresh is not None and _is_trusted(fresh, header):
            save(folder, fresh)
        else:
            (folder / NEXT).unlink(missing_ok=True)


def regranted(opened: OpenVault, public: str, sealed_key: bytearray) -> Lock | None:
    """The lock with another key of sealed fields for the same passphrase; None where none is."""
    lock = load(opened.folder, opened.header)
    if lock is None:
        return None
    info = sealed_info(lock.vault, lock.box)
    fresh = replace(
        lock,
        sealed_pub=public,
        sealed=sealed(sealed_key, lock.box, info).hex(),
        by=opened.identity.uid,
    )
    return replace(fresh, sig=opened.identity.sign(_body(fresh)).hex())


def load(folder: Path, header: Header) -> Lock | None:
    """The lock of this office; None when none was set or it is not to be trusted any more."""
    lock = _at(folder / FILE)
    return lock if lock is not None and _is_trusted(lock, header) else None


def has_lapsed(folder: Path, header: Header) -> bool:
    """Whether one was set that does not count any more: who set it has other keys since."""
    lock = _at(folder / FILE)
    return lock is not None and lock.vault == header.vault and not _is_trusted(lock, header)


def require_set(lock: Lock | None) -> Lock:
    """RefusedError while the office has no backup passphrase."""
    if lock is None:
        raise RefusedError(
            N_("The backup passphrase of this office is not set."),
            N_("An administrator sets it on the page “Backups”, once."),
        )
    return lock


def sealed_info(vault: str, box: str) -> Info:
    """What the sealed key in a lock is bound to."""
    return ["pmdesk-backup-sealed", 1, vault, box]


def _at(path: Path) -> Lock | None:
    if not path.exists():
        return None
    try:
        with path.open("rb") as file:
            return _read(file.read(LONGEST + 1))
    except OSError as error:
        raise translated(error) from error
    except ValueError:
        return None


def _is_trusted(lock: Lock, header: Header) -> bool:
    """Signed with the present key of an administrator; otherwise somebody could swap it."""
    admin = header.user(lock.by)
    return (
        (lock.vault, lock.sealed_pub) == (header.vault, header.sealed_pub)
        and admin is not None
        and admin.role is Role.ADMIN
        and signed_by(admin.sig, lock.sig, _body(lock))
    )


def _document(lock: Lock) -> Doc:
    return {
        "format": FORMAT,
        "version": 1,
        "vault": lock.vault,
        "kdf": cost_document(lock.cost, lock.salt),
        "box": lock.box,
        "sealed_pub": lock.sealed_pub,
        "sealed": lock.sealed,
        "by": lock.by,
        "sig": lock.sig,
    }


def _body(lock: Lock) -> bytes:
    doc = _document(lock)
    del doc["sig"]
    return canon(doc)


def _read(raw: bytes) -> Lock:
    doc = exactly(parse(raw), _KEYS)
    require(doc["format"] == FORMAT)
    require(doc["version"] == 1)
    cost, salt = cost_of(doc["kdf"])
    return Lock(
        vault=hexed(doc["vault"], _UID),
        cost=cost,
        salt=salt,
        box=hexed(doc["box"], KEY),
        sealed_pub=hexed(doc["sealed_pub"], KEY),
        sealed=hexed(doc["sealed"], GRANT),
        by=hexed(doc["by"], _UID),
        sig=hexed(doc["sig"], SIGNATURE),
    )


def cost_document(cost: Kdf, salt: str) -> Doc:
    """How a passphrase becomes a key, as files say it."""
    return {"alg": "argon2id", "m": cost.memory, "t": cost.passes, "p": cost.lanes, "salt": salt}


def cost_of(value: object) -> tuple[Kdf, str]:
    """Cost and salt; a cost beyond the limits is refused before anything is derived."""
    doc = exactly(value, {"alg", "m", "t", "p", "salt"})
    require(doc["alg"] == "argon2id")
    memory, passes, lanes = (number(doc[key], 1, 1 << 20) for key in ("m", "t", "p"))
    try:
        cost = Kdf(memory=memory, passes=passes, lanes=lanes)
    except ValueError as error:
        raise ShapeError from error
    return cost, hexed(doc["salt"], SALT)
