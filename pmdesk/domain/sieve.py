"""The screen at bulk speed: whether a text holds anything that is not collected, and no more."""

import re
import unicodedata

from pmdesk.domain.patterns import placed
from pmdesk.domain.screening import Lexicon, Use, listed, plain_text, words

_GAP = re.compile(r"[\s_\-·•・.*/|~'’]+")
_LATIN = re.compile(r"[a-z]")
_UNSEEN = frozenset({"Mn", "Cf"})
_PAIR = 2


class Sieve:
    """Answers as `screen` does, for thousands of texts.

    Nearly all texts hold none of the pairs of characters by which refused words begin: only the
    others are looked through word by word.
    """

    def __init__(self, lexicon: Lexicon, use: Use) -> None:
        self._lexicon = lexicon
        self._use = use
        known = [
            _GAP.sub("", plain_text(word)) for refused in lexicon for word in listed(refused, use)
        ]
        self._pairs = frozenset(word[:_PAIR] for word in known if len(word) >= _PAIR)
        self._singles = frozenset(word for word in known if len(word) == 1)

    def holds(self, text: str) -> bool:
        """Whether anything in the text is refused, by word or by shape."""
        if self._is_suspect(text) and words(text, self._lexicon, self._use):
            return True
        return bool(placed(text))

    def _is_suspect(self, text: str) -> bool:
        """Whether a word may stand in it; Latin letters may hide one in many ways."""
        bare = _GAP.sub("", plain_text(_seen(text)))
        if _LATIN.search(bare):
            return True
        pairs = {bare[at : at + _PAIR] for at in range(len(bare) - 1)}
        return not (self._pairs.isdisjoint(pairs) and self._singles.isdisjoint(bare))


def _seen(text: str) -> str:
    """The text without what cannot be seen, in its plainest form."""
    flat = unicodedata.normalize("NFKD", text)
    return "".join(
        one for one in flat if one < "\u0300" or unicodedata.category(one) not in _UNSEEN
    )
