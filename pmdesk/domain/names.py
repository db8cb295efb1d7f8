"""A person's name: cleaned, checked, and the keys by which it is found."""

import re
import unicodedata
from typing import NamedTuple

from pmdesk.domain.fields import Problem
from pmdesk.domain.surnames import COMPOUND, READINGS, SETTLED
from pmdesk.i18n import N_

KEY = "person_name"
LONGEST = 30

_PLAIN = re.compile("[\u4e00-\u9fff]{2,4}")
_IDEOGRAPH = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd々〇]")
_DOTS = re.compile(r"\s*[·•‧∙⋅・･‥․ꞏ]\s*")
_SEPARATORS = re.compile(r"[、,，;；/|\n\r]")
_MASK = re.compile(r"[*＊×?？□■�]")
_JOINERS = frozenset("·-'’. ()&")  # inside Latin and company names
_VARIANTS = frozenset("\ufe0e\ufe0f\u20e3")  # they turn letters into pictures
_LONGEST_NUMBER = re.compile(r"\d{5,}")


class NameKeys(NamedTuple):
    """What a search compares with: pairs of characters, and every way the pinyin may be typed.

    Initials and syllables are matched from their start (`wxm`, `wangxi`), bigrams anywhere.
    """

    bigrams: tuple[str, ...]
    initials: tuple[str, ...]
    syllables: tuple[str, ...]


def clean_name(text: str) -> tuple[str, Problem | None]:
    """The name in one Unicode form without padding, and what forbids keeping it, if anything."""
    if _PLAIN.fullmatch(text):
        return text, None
    name = _tidied(text)
    sentence = _refusal(name)
    if sentence:
        return name, Problem(key=KEY, sentence=sentence, places={"count": LONGEST})
    return name, None


def search_keys(name: str) -> NameKeys:
    """The keys of a cleaned name; a surname with several readings is found under each."""
    letters = "".join(c for c in name.casefold() if _is_letter(c) or c.isdigit())
    bigrams = tuple(dict.fromkeys(letters[i : i + 2] for i in range(len(letters))))
    ways = readings(name)
    return NameKeys(
        bigrams=bigrams,
        initials=tuple(dict.fromkeys("".join(part[0] for part in parts) for parts in ways)),
        syllables=tuple(dict.fromkeys("".join(parts) for parts in ways)),
    )


def readings(name: str) -> tuple[tuple[str, ...], ...]:
    """Every way to read the name, each as its syllables; the surname varies, the rest does not."""
    if not _IDEOGRAPH.match(name):
        words = tuple(re.findall(r"[^\W_]+", name.casefold()))
        return (words,) if words else ()
    width = 2 if name[:2] in COMPOUND else 1
    tail = tuple(found[0] for c in name[width:] if (found := _dictionary(c)))
    return tuple(parts for head in _heads(name[:width]) if (parts := head + tail))


def _tidied(text: str) -> str:
    name = unicodedata.normalize("NFC", text).strip().strip("'\ufeff\u200b")
    name = name.replace("（", "(").replace("）", ")")
    name = _DOTS.sub("·", name)
    parts = re.split(r"[^\S\n\r]+", name)  # a line end parts two people, see _SEPARATORS
    if all(_IDEOGRAPH.match(part) for part in parts if part):
        return "".join(parts)  # 王　明: padded to the width of three
    return " ".join(parts)


def _refusal(name: str) -> str:
    """The sentence to say about a tidied name; empty when it may be kept."""
    if not name:
        return ""  # whether a name must be there, the field itself says
    if len(name) > LONGEST:
        return N_("A name has at most {count} characters")
    if _SEPARATORS.search(name):
        return N_("More than one name in one place: give each person a row of their own")
    if _MASK.search(name):
        return N_("The name is masked or damaged: write it in full")
    if _LONGEST_NUMBER.search(name):
        return N_("A number stands in the place of the name")
    return next((found for c in name if (found := _objection(c))), "") or _lettered(name)


def _lettered(name: str) -> str:
    return "" if any(_is_letter(c) for c in name) else N_("This is not a name")


def _is_letter(character: str) -> bool:
    # Newer CJK extensions are unassigned in the tables of Python 3.11.
    return character.isalpha() or _IDEOGRAPH.match(character) is not None


def _objection(character: str) -> str:
    if _is_letter(character) or character in _JOINERS or character.isdigit():
        return ""
    category = unicodedata.category(character)
    if category in {"Mn", "Mc"} and character not in _VARIANTS:
        return ""
    if category == "Co":
        return N_(
            "A character of the name only exists on the computer it was typed on: "
            "choose the standard character"
        )
    if category in {"So", "Sk", "Cf", "Mn", "Me", "Cn"}:
        return N_("Pictures such as emoji cannot be part of a name")
    return N_("A sign in the name is not a letter")


def _heads(surname: str) -> tuple[tuple[str, ...], ...]:
    """The ways to read a surname, each as its syllables; one empty way when nobody knows."""
    listed = tuple(tuple(reading.split()) for reading in READINGS.get(surname, ()))
    plain: tuple[tuple[str, ...], ...] = ((),)
    if len(surname) > 1:
        plain = (tuple(found[0] for c in surname if (found := _dictionary(c))),)
    elif found := _dictionary(surname):
        plain = tuple((one,) for one in (found[:1] if surname in SETTLED else found))
    return tuple(dict.fromkeys((*listed, *(() if listed and plain == ((),) else plain))))


def _dictionary(character: str) -> tuple[str, ...]:
    from pmdesk.domain.pinyin import syllables  # noqa: PLC0415  # a sign-in need not wait for it

    return syllables(character)
