"""The recovery key on paper: 128 random bits and a checksum, typed back without mistakes."""

import hashlib
import secrets
import unicodedata

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SECRET = 16  # bytes
CHECK = 4  # bytes
GROUPS = 8
GROUP = 4  # characters
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U

_FOLDED = str.maketrans("OIL", "011", " -\t\r\n\u2010\u2011\u2012\u2013\u2014")


def new_secret() -> bytes:
    """128 random bits."""
    return secrets.token_bytes(SECRET)


def spelled(secret: bytes) -> str:
    """The secret in 8 groups of 4 characters, checksum included."""
    bits = int.from_bytes(secret + _checksum(secret))
    length = GROUPS * GROUP
    text = "".join(ALPHABET[bits >> 5 * place & 31] for place in reversed(range(length)))
    return "-".join(text[start : start + GROUP] for start in range(0, length, GROUP))


def read(text: str) -> bytes | None:
    """The secret that was typed in any case, width and grouping; None when it is mistyped."""
    folded = unicodedata.normalize("NFKC", text).upper().translate(_FOLDED)
    if len(folded) != GROUPS * GROUP or not set(folded) <= set(ALPHABET):
        return None
    bits = 0
    for character in folded:
        bits = bits << 5 | ALPHABET.index(character)
    raw = bits.to_bytes(SECRET + CHECK)
    secret, check = raw[:SECRET], raw[SECRET:]
    return secret if secrets.compare_digest(_checksum(secret), check) else None


def kek(secret: bytes, salt: bytes) -> bytes:
    """The key-encryption key of a recovery secret: full of entropy, so no slow derivation."""
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"pmdesk-recovery-1").derive(secret)


def _checksum(secret: bytes) -> bytes:
    return hashlib.sha256(b"pmdesk-recovery-check-1" + secret).digest()[:CHECK]
