"""How single Chinese characters are read, without tones."""

import os

# its words would take 0.1 s, in which no key is answered, and some ten thousand kB
os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")

from pypinyin import Style, pinyin  # it asks the environment when it is loaded

_KNOWN: dict[str, tuple[str, ...]] = {}  # of single characters: never a whole name


def syllables(character: str) -> tuple[str, ...]:
    """The readings of one character, commonest first; none when it has none."""
    known = _KNOWN.get(character)
    if known is None:
        _KNOWN[character] = known = _looked_up(character)
    return known


def _looked_up(character: str) -> tuple[str, ...]:
    if character.isascii():
        return (character.casefold(),) if character.isalnum() else ()
    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(dict.fromkeys(found[0])) if found else ()
