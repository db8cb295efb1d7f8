"""Passphrases that can be remembered: four everyday words in pinyin and a number."""

import secrets
from dataclasses import dataclass, field
from functools import cache

from pmdesk.assets import asset

_COUNT = 4  # words: with the number some 3 · 10^12 passphrases


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A passphrase, and the words it spells, to remember it by."""

    passphrase: str = field(repr=False)
    words: str = field(repr=False)


def suggested() -> Suggestion:
    """A passphrase drawn by chance; each call draws anew."""
    drawn = [secrets.choice(_words()) for _place in range(_COUNT)]
    number = str(10 + secrets.randbelow(90))
    return Suggestion(
        passphrase=" ".join([*(spelling for spelling, _word in drawn), number]),
        words=" ".join([*(word for _spelling, word in drawn), number]),
    )


@cache
def _words() -> tuple[tuple[str, str], ...]:
    lines = asset("passphrase_words.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split(" ") for line in lines if not line.startswith("#"))
    return tuple((spelling, word) for spelling, word in pairs)
