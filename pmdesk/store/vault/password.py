"""Which passwords are good enough: long, and not among the guesses somebody would try first."""

import re
from collections.abc import Iterable
from functools import cache

from zxcvbn import zxcvbn

from pmdesk.assets import asset
from pmdesk.domain.fields import Problem
from pmdesk.i18n import N_
from pmdesk.store.vault.kdf import normalised

SHORTEST, LONGEST = 12, 128
GUESSES = 10  # powers of ten that a password must withstand

_ESTIMATED = 72  # zxcvbn refuses more
_PHONE = re.compile(r"1[3-9]\d{9}")
_BIRTH = re.compile(r"(?:19|20)\d{2}(?:0\d|1[0-2])(?:[0-2]\d|3[01])")


def problems(password: str, words: Iterable[str] = ()) -> tuple[Problem, ...]:
    """What keeps this from being a password; `words` are names that others know, the login say."""
    text = normalised(password)
    if len(text) < SHORTEST:
        return (_problem(N_("Use at least 12 characters.")),)
    if len(text) > LONGEST:
        return (_problem(N_("Use at most 128 characters.")),)
    if text.casefold() in common() or strength(text, words) < GUESSES:
        return (
            _problem(
                N_(
                    "This can be guessed: avoid names, dates, phone numbers and well-known phrases."
                    " Four words that have nothing to do with each other are good."
                )
            ),
        )
    return ()


def strength(password: str, words: Iterable[str] = ()) -> float:
    """How many guesses it takes, as a power of ten."""
    text = normalised(password)[:_ESTIMATED]
    personal = [*_known(words), *_PHONE.findall(text), *_BIRTH.findall(text)]
    return float(zxcvbn(text, user_inputs=[*personal, *common()])["guesses_log10"])


def _known(words: Iterable[str]) -> Iterable[str]:
    for word in words:
        yield word
        yield from re.findall(r"\w{3,}", word)


@cache
def common() -> tuple[str, ...]:
    """Passwords and parts of passwords that are common in China, in lower case."""
    lines = asset("passwords_zh.txt").read_text("utf-8").splitlines()
    return tuple(line.strip().casefold() for line in lines if line and not line.startswith("#"))


def _problem(sentence: str) -> Problem:
    return Problem(key="password", sentence=sentence)
