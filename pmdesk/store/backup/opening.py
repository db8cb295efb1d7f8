"""From a backup and a passphrase or recovery key to the keys inside it."""

import hmac
from dataclasses import dataclass, field

from pmdesk.errors import PmdeskError, WrongKeyError
from pmdesk.i18n import N_
from pmdesk.store.backup.container import Container, damaged
from pmdesk.store.backup.header import TYPED, BackupHeader, key_info, mac_of
from pmdesk.store.backup.lock import private_half, sealed_info, wrong_passphrase
from pmdesk.store.vault import recovery, trust
from pmdesk.store.vault.header import RECOVERY, SEALED
from pmdesk.store.vault.keys import Info, KeyPair, UnfitKeyError, box_public, opened, wipe


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """What is inside the bundle of a backup; `wipe` zeroes both."""

    data: bytearray = field(repr=False)  # opens the database
    sealed: bytearray = field(repr=False)  # opens sealed fields

    def wipe(self) -> None:
        """Both keys are zeroes."""
        wipe(self.data)
        wipe(self.sealed)


class Opener:
    """Opens backups with what was typed once; each lock costs its slow derivation once only."""

    def __init__(self, secret: str) -> None:
        self._secret = secret
        self._known: dict[str, bytearray | None] = {}

    def keys(self, found: Container) -> Keys:
        """The keys; WrongKeyError when what was typed does not open this one."""
        if recovery.read(self._secret) is not None:
            return by_recovery_key(found, self._secret)
        way = found.header.passphrase
        lock = f"{way.cost}{way.salt}{way.box}"
        if lock not in self._known:
            self._known[lock] = None
            self._known[lock] = private_half(way.cost, way.salt, way.box, self._secret)
        private = self._known[lock]
        if private is None:
            raise wrong_passphrase()
        return _by_private(found.header, bytearray(private))

    def wipe(self) -> None:
        """Nothing that was derived is left."""
        for private in self._known.values():
            wipe(private or bytearray())
        self._known.clear()


def by_passphrase(found: Container, passphrase: str) -> Keys:
    """The keys, for the backup passphrase; WrongKeyError for another."""
    way = found.header.passphrase
    private = private_half(way.cost, way.salt, way.box, passphrase)
    return _by_private(found.header, private)


def _by_private(header: BackupHeader, private: bytearray) -> Keys:
    """The keys, for the private half of the lock, which is zeroes afterwards."""
    way = header.passphrase
    try:
        data = _unwrapped(way.key, private, key_info(header.vault, TYPED, header.sha256))
        sealed = _unwrapped(way.sealed, private, sealed_info(header.vault, way.box))
    finally:
        wipe(private)
    return _checked(header, Keys(data=data, sealed=sealed))


def by_recovery_key(found: Container, text: str) -> Keys:
    """The keys, for the recovery key of the office; WrongKeyError for another."""
    header = found.header
    root = _root(header, text)
    grant = trust.grant_info(header.vault, header.gen, RECOVERY, SEALED)
    way = header.recovery
    try:
        data = _unwrapped(way.key, root.box, key_info(header.vault, RECOVERY, header.sha256))
        sealed = _unwrapped(way.holder.grants[SEALED], root.box, grant)
    finally:
        root.wipe()
    return _checked(header, Keys(data=data, sealed=sealed))


def by_either(found: Container, secret: str) -> Keys:
    """The keys, for whichever of the two was typed."""
    if recovery.read(secret) is not None:
        return by_recovery_key(found, secret)
    return by_passphrase(found, secret)


def _root(header: BackupHeader, text: str) -> KeyPair:
    secret = recovery.read(text)
    if secret is None:
        raise _wrong_recovery_key()
    holder = header.recovery.holder
    kek = recovery.kek(secret, bytes.fromhex(holder.slot.salt))
    try:
        return trust.slot_keys(header.vault, holder, kek)
    except UnfitKeyError as error:
        raise _wrong_recovery_key() from error


def _unwrapped(blob: str, private: bytearray, info: Info) -> bytearray:
    try:
        return bytearray(opened(bytes.fromhex(blob), private, info))
    except UnfitKeyError as error:
        raise _forged() from error


def _checked(header: BackupHeader, keys: Keys) -> Keys:
    """The beginning was written by whoever made the key, and the sealed key fits the office."""
    if (
        not hmac.compare_digest(mac_of(keys.data, header), header.mac)
        or box_public(keys.sealed) != header.sealed_pub
    ):
        keys.wipe()
        raise _forged()
    return keys


def _forged() -> PmdeskError:
    return damaged(N_("The beginning of this backup is damaged or was changed."))


def _wrong_recovery_key() -> WrongKeyError:
    return WrongKeyError(
        N_("This is not the recovery key that was valid when this backup was made."),
        N_("Compare each group of four characters with the printed sheet."),
    )
