"""Where one can go by a name: pages, their parts, and what people call them."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pmdesk.domain.names import search_keys
from pmdesk.domain.staff import Permission
from pmdesk.i18n import _

_MOST = 5
_MOST_SOUNDING = 3  # what only sounds like it may as well be a person
_LEAST = 2  # letters, or characters of a name
_SOUNDS = 4  # scores from here on: only the sound fits
_COMMA = re.compile("[,，、]\\s*")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a page, which its `open_part(key)` shows."""

    key: str
    title: str  # in the user's language
    words: str = ""  # message id: what else people call it, with commas between
    permission: Permission | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A page or a part of one, with every name that leads there; its own name stands first."""

    page: str
    part: str = ""
    title: str
    icon: str
    names: tuple[str, ...]


def place(page: str, icon: str, title: str, words: str, part: str = "", of: str = "") -> Place:
    """The place of that title, and where it is part `of` a page; `words` is a message id."""
    more = (*_COMMA.split(words), *_COMMA.split(_(words))) if words else ()
    plain = title.rstrip("…")
    return Place(
        page=page,
        part=part,
        title=f"{of} › {plain}" if of else plain,
        icon=icon,
        names=tuple(dict.fromkeys(_plain(name) for name in (plain, *more) if name)),
    )


def found(places: Iterable[Place], text: str) -> tuple[Place, ...]:
    """What `text` may mean, best first: a name, a piece of one, or its pinyin."""
    typed = _plain(text)
    if not typed:
        return ()
    scored = [(score, one) for one in places if (score := _score(one, typed)) is not None]
    best = sorted(scored, key=lambda pair: pair[0])
    named = [one for score, one in best if score < _SOUNDS]
    return tuple(named[:_MOST] or [one for _score, one in best][:_MOST_SOUNDING])


def is_name(places: Sequence[Place], text: str) -> bool:
    """Whether `text` is exactly what the first of them is called."""
    return bool(places) and _plain(text) in places[0].names


def _score(one: Place, typed: str) -> int | None:
    scores = (_fit(name, typed, is_own=at == 0) for at, name in enumerate(one.names))
    return min((score for score in scores if score is not None), default=None)


def _fit(name: str, typed: str, *, is_own: bool) -> int | None:
    """How well the name fits: 0 is the place's own, whole name."""
    if typed == name:
        return 0 if is_own else 1
    if not typed.isascii():
        if name.startswith(typed) or (len(name) >= _LEAST and typed.startswith(name)):
            return 2
        return 3 if typed in name else None
    if len(typed) < _LEAST:
        return None
    if name.isascii():
        begins = name.startswith(typed) or any(w.startswith(typed) for w in _WORD.findall(name))
        return 2 if begins else None
    return _fit_of_sounds(_sounds(name), typed, is_own=is_own)


def _fit_of_sounds(sounds: Sequence[str], typed: str, *, is_own: bool) -> int | None:
    if typed in sounds:
        return _SOUNDS if is_own else _SOUNDS + 1
    begins = any(sound.startswith(typed) for sound in sounds)
    return _SOUNDS + 2 + (not is_own) if begins else None


@lru_cache(maxsize=1024)
def _sounds(name: str) -> tuple[str, ...]:
    keys = search_keys(name)
    return (*keys.initials, *keys.syllables)


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold().strip()
    return plain if plain.isascii() else "".join(plain.split())
