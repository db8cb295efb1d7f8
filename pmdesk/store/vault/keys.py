"""The key pair of each account, its password slot, and data keys granted to public keys."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Self

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from pmdesk.store.vault.canonical import canon

KEY = 32  # bytes of every key here
NONCE = 12
TAG = 16
SLOT = NONCE + 2 * KEY + TAG
GRANT = KEY + KEY + TAG  # encapsulated key, data key, tag
SIGNATURE = 64
BULK = b"pmdesk-bulk-1\x00"  # how a blob of a bulk sealer begins

_SUITE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)

Info = Sequence[object]


class UnfitKeyError(Exception):
    """This key does not open these bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPair:
    """The private keys of one account: `box` opens grants, `pen` signs; `wipe` zeroes both."""

    box: bytearray = field(repr=False)
    pen: bytearray = field(repr=False)

    @classmethod
    def generated(cls) -> Self:
        """Fresh random keys."""
        return cls(box=new_key(), pen=new_key())

    @property
    def box_public(self) -> str:
        """The public half of `box` in hex."""
        return box_public(self.box)

    @property
    def pen_public(self) -> str:
        """The public half of `pen` in hex."""
        key = Ed25519PrivateKey.from_private_bytes(self.pen)
        return key.public_key().public_bytes_raw().hex()

    def sign(self, data: bytes) -> bytes:
        """The Ed25519 signature of `data`."""
        return Ed25519PrivateKey.from_private_bytes(self.pen).sign(data)

    def wrapped(self, kek: bytes, aad: Info) -> bytes:
        """Both private keys under `kek`, which serves for this one encryption."""
        nonce = secrets.token_bytes(NONCE)
        return nonce + AESGCM(kek).encrypt(nonce, bytes(self.box + self.pen), canon(aad))

    @classmethod
    def unwrapped(cls, slot: bytes, kek: bytes, aad: Info) -> Self:
        """The keys in `slot`; UnfitKeyError when `kek` is another."""
        try:
            both = AESGCM(kek).decrypt(slot[:NONCE], slot[NONCE:], canon(aad))
        except InvalidTag as error:
            raise UnfitKeyError from error
        return cls(box=bytearray(both[:KEY]), pen=bytearray(both[KEY:]))

    def wipe(self) -> None:
        """Both keys are zeroes."""
        wipe(self.box)
        wipe(self.pen)


def new_key() -> bytearray:
    """32 random bytes that can be zeroed."""
    return bytearray(secrets.token_bytes(KEY))


def wipe(key: bytearray) -> None:
    """The bytes are zeroes."""
    key[:] = bytes(len(key))


def box_public(box: bytearray) -> str:
    """The public half of a private X25519 key in hex."""
    return X25519PrivateKey.from_private_bytes(box).public_key().public_bytes_raw().hex()


def verified(public: str, signature: str, data: bytes) -> bool:
    """Whether the Ed25519 signature in hex is that of `public` over `data`."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
        key.verify(bytes.fromhex(signature), data)
    except (InvalidSignature, ValueError):
        return False
    return True


def sealed(data: bytes | bytearray, public: str, info: Info) -> bytes:
    """`data` for the holder of the private half of `public`, and for no other `info`."""
    key = X25519PublicKey.from_public_bytes(bytes.fromhex(public))
    return _SUITE.encrypt(bytes(data), key, info=canon(info))


def bulk_sealer(public: str, info: Info) -> Callable[[bytes, Info], bytes]:
    """Seals by the thousand: one data key, itself sealed once, and a nonce for each blob.

    Each blob carries the sealed data key, opens alone, and only under an info of its own.
    """
    data_key = secrets.token_bytes(KEY)
    head = BULK + sealed(data_key, public, info)
    cipher = AESGCM(data_key)

    def seal(data: bytes, own: Info) -> bytes:
        nonce = secrets.token_bytes(NONCE)
        return head + nonce + cipher.encrypt(nonce, data, canon(own))

    return seal


def opened_of_bulk(blob: bytes, private: bytearray, info: Info, own: Info) -> bytes:
    """What a bulk sealer sealed; UnfitKeyError for anything else."""
    end = len(BULK) + GRANT
    data_key = opened(blob[len(BULK) : end], private, info)
    try:
        return AESGCM(data_key).decrypt(blob[end : end + NONCE], blob[end + NONCE :], canon(own))
    except (InvalidTag, ValueError) as error:
        raise UnfitKeyError from error


def opened(blob: bytes, private: bytearray, info: Info) -> bytes:
    """What was sealed; UnfitKeyError for another key, another info or changed bytes."""
    key = X25519PrivateKey.from_private_bytes(private)
    try:
        return _SUITE.decrypt(blob, key, info=canon(info))
    except (InvalidTag, ValueError) as error:
        raise UnfitKeyError from error
