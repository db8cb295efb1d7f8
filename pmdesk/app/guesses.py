"""What somebody who knows the office would try first: names, also as they are typed in pinyin."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from pmdesk.domain.names import readings


def guessable(words: Iterable[str]) -> tuple[str, ...]:
    """The words and, of the Chinese ones, their beginnings in pinyin."""
    return tuple(found for word in words for found in (word, *_spoken(word)))


@lru_cache(maxsize=256)  # asked at each key while a passphrase is typed
def _spoken(word: str) -> tuple[str, ...]:
    return tuple(_beginnings(word))


def _beginnings(word: str) -> Iterator[str]:
    """Two syllables or more: the beginning of a name, or all of it."""
    for syllables in readings("".join(sign for sign in word if not sign.isascii())):
        for end in range(2, len(syllables) + 1):
            yield "".join(syllables[:end])
