"""Telephone numbers as people and spreadsheets write them."""

import re
import unicodedata
from typing import NamedTuple

from pmdesk.domain.fields import Problem
from pmdesk.i18n import N_

KEY = "mobile"
_SPLIT = re.compile(r"[、,;/|\n\r]+")
_PADDING = re.compile(r"[\s\-–—_.()·]+")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_COUNTRY = re.compile(r"(?:\+|00)?86(?=1[3-9][0-9]{9}$)")
_LANDLINE = re.compile(r"(0(?:10|2[0-9]|[3-9][0-9]{2}))-?([2-9][0-9]{6,7})(?:[-转]([0-9]{1,6}))?")
_RUN = re.compile(r"(?:1[3-9][0-9]{9}){2,}")
_SCIENTIFIC = re.compile(r"([0-9])(?:\.([0-9]+))?E\+?([0-9]{1,2})", re.IGNORECASE)
_FLOAT = re.compile(r"([0-9]+)\.0*")
_LOCAL = re.compile(r"[2-9][0-9]{6,7}")
_ANYWHERE = re.compile(
    r"(?<![0-9])(?:(?:\+?86[ -]?)?1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}"
    r"|(?:0[1-9][0-9]{1,2}[ -]?|400[ -]?)[0-9]{3,4}[ -]?[0-9]{4})(?![0-9])"
)


class Phones(NamedTuple):
    """The numbers of one entry, in order and without repeats, and what is wrong with the rest."""

    numbers: tuple[str, ...]
    problems: tuple[Problem, ...]

    @property
    def is_usable(self) -> bool:
        """Nothing is wrong that forbids saving."""
        return all(problem.warning for problem in self.problems)


_NONE = Phones((), ())


def without_phones(text: str) -> str:
    """The text with an ellipsis where a mobile or a landline number stood."""
    return _ANYWHERE.sub("…", text)


def parsed_phones(text: str) -> Phones:
    """The numbers that `text` holds; several may be parted by 、 , / ; a space or a line end."""
    if _MOBILE.fullmatch(text):
        return Phones((text,), ())
    tidy = unicodedata.normalize("NFKC", text).strip().strip("'")
    if not tidy:
        return _NONE
    found = [one for piece in _SPLIT.split(tidy) if piece.strip() for one in _pieces(piece)]
    numbers = dict.fromkeys(one for one in found if isinstance(one, str))
    problems = dict.fromkeys(one.sentence for one in found if isinstance(one, Problem))
    first = {one.sentence: one for one in found if isinstance(one, Problem)}
    problems_said = tuple(first[sentence] for sentence in problems)
    if any(number.startswith("0") for number in numbers):
        problems_said += (_LANDLINE_WARNING,)
    return Phones(tuple(numbers), problems_said)


_LANDLINE_WARNING = Problem(
    key=KEY, sentence=N_("A landline number: it cannot receive text messages"), warning=True
)


def _pieces(piece: str) -> list[str | Problem]:
    """One number, or several parted by spaces when they make no single one."""
    whole = _number(piece)
    if isinstance(whole, str):
        return [whole]
    digits = _PADDING.sub("", piece)
    if _RUN.fullmatch(digits):
        return [digits[i : i + 11] for i in range(0, len(digits), 11)]
    words = piece.split()
    each = [_number(word) for word in words]
    if len(words) > 1 and any(isinstance(one, str) for one in each):
        return each
    return [whole]


def _number(piece: str) -> str | Problem:
    text = piece.strip()
    if scientific := _SCIENTIFIC.fullmatch(text):
        return _from_scientific(*scientific.groups(default=""))
    if plain := _FLOAT.fullmatch(text):
        text = plain.group(1)
    bare = _PADDING.sub("", text)
    mobile = _COUNTRY.sub("", bare)
    if _MOBILE.fullmatch(mobile):
        return mobile
    landline = _LANDLINE.fullmatch(re.sub(r"[\s()]+", "", text))
    if landline:
        return "-".join(part for part in landline.groups() if part)
    return _refused(bare)


def _from_scientific(first: str, rest: str, power: str) -> str | Problem:
    """Excel's short form holds the number only when every digit was written out."""
    digits = first + rest
    if len(digits) != int(power) + 1:
        return Problem(
            key=KEY,
            sentence=N_(
                "The spreadsheet shortened this number and its last digits are lost: "
                "type it again as text"
            ),
        )
    return _number(digits)


def _refused(bare: str) -> Problem:
    count = len(bare.lstrip("+"))
    if not bare.lstrip("+").isdigit():
        return Problem(key=KEY, sentence=N_("A telephone number has only digits"))
    if _LOCAL.fullmatch(bare):
        return Problem(key=KEY, sentence=N_("The area code of the landline number is missing"))
    if bare.startswith("1"):
        sentence = N_("A mobile number has 11 digits and begins with 13 to 19; this has {count}")
        return Problem(key=KEY, sentence=sentence, places={"count": count})
    return Problem(
        key=KEY,
        sentence=N_("This is no telephone number of mainland China ({count} digits)"),
        places={"count": count},
    )
