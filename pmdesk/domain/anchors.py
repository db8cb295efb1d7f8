"""Anchors: what the log was at a moment, kept where nobody who changes the log can reach it."""

import hashlib
import unicodedata
from dataclasses import dataclass

CODE = 20  # characters of a code on paper: 18 of the imprint, 2 of the checksum
GROUP = 5

_CHECKED = 2
_PRIME = 1021  # the largest below 32²: any one wrong or two exchanged characters change the rest
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
_FOLDED = str.maketrans("OIL", "011", " -\t\r\n\u2010\u2011\u2012\u2013\u2014")


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """The log of one office had `count` entries, the last with the hash `head`; signed by `by`."""

    vault: str
    count: int
    head: str  # hex
    roster: str  # hex: the accounts and their keys at that moment
    at: str  # UTC, as in the entries
    by: str  # uid
    sig: str = ""  # hex

    @property
    def code(self) -> str:
        """What stands on paper: it fits this state of the log of this office and no other."""
        return code(self.vault, self.count, self.head)


def code(vault: str, count: int, head: str) -> str:
    """20 characters in groups of 5, the last two a checksum against typing errors."""
    text = f"pmdesk-anchor-code-1\n{vault}\n{count}\n{head}"
    digest = hashlib.sha256(text.encode()).digest()
    value = int.from_bytes(digest) >> (8 * len(digest) - 5 * (CODE - _CHECKED))
    letters = _spelled(value, CODE - _CHECKED) + _spelled(value % _PRIME, _CHECKED)
    return "-".join(letters[start : start + GROUP] for start in range(0, CODE, GROUP))


def read_code(text: str) -> str | None:
    """The code as it is printed, however it was typed; None when it is mistyped."""
    folded = unicodedata.normalize("NFKC", text).upper().translate(_FOLDED)
    if len(folded) != CODE or not set(folded) <= set(_ALPHABET):
        return None
    value, check = _value(folded[:-_CHECKED]), _value(folded[-_CHECKED:])
    if value % _PRIME != check:
        return None
    return "-".join(folded[start : start + GROUP] for start in range(0, CODE, GROUP))


def _spelled(value: int, length: int) -> str:
    return "".join(_ALPHABET[value >> 5 * place & 31] for place in reversed(range(length)))


def _value(letters: str) -> int:
    value = 0
    for letter in letters:
        value = value << 5 | _ALPHABET.index(letter)
    return value
