"""The two languages: marking, choosing and showing text."""

import gettext
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple, Protocol

LANGUAGES = ("zh_CN", "en")
DEFAULT = "zh_CN"


class Words(NamedTuple):
    """A text that comes with the data (a field's label, a tier's name) in both languages."""

    zh: str
    en: str


class Told(Protocol):
    """What `told` needs of an error: a sentence, a remedy and what fills them."""

    sentence: str
    remedy: str
    places: dict[str, object]


class _State:
    language = DEFAULT
    catalogue: gettext.NullTranslations = gettext.NullTranslations()


def install(language: str, locales: Path) -> None:
    """From now on texts appear in `language`; English ids show through where none is known."""
    _State.language = language if language in LANGUAGES else DEFAULT
    _State.catalogue = gettext.translation(
        "pmdesk", str(locales), languages=[_State.language], fallback=True
    )


def language() -> str:
    """The language texts appear in."""
    return _State.language


def _(message: str) -> str:
    """`message` in the user's language."""
    return _State.catalogue.gettext(message) if message else ""


def N_(message: str) -> str:  # noqa: N802  # gettext's own name for a mark
    """`message` itself, marked for translation where it is shown."""
    return message


def ngettext(one: str, many: str, count: int) -> str:
    """`one` or `many` in the user's language; the placeholder `{count}` stays for the caller."""
    return _State.catalogue.ngettext(one, many, count)


def pgettext(context: str, message: str) -> str:
    """`message` in the user's language where one English word has two Chinese ones."""
    return _State.catalogue.pgettext(context, message)


def said(words: Words) -> str:
    """The data's own text in the user's language."""
    return words.en if _State.language == "en" else words.zh


def told(error: Told) -> str:
    """The error as sentences for a user: what happened, and what to do."""
    places: Mapping[str, object] = {
        name: said(value) if isinstance(value, Words) else value
        for name, value in error.places.items()
    }
    parts = (_(error.sentence), _(error.remedy))
    return joined(*(part.format_map(dict(places)) for part in parts))


def capitalised(words: str) -> str:
    """The words as they stand at the head of a column or above an entry."""
    return words[:1].upper() + words[1:]


def joined(*sentences: str) -> str:
    """The sentences one after the other; Chinese ones need no blank between them."""
    joint = "" if _State.language == "zh_CN" else " "
    return joint.join(sentence for sentence in sentences if sentence)
