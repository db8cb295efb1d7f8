"""Personal data recognised by its shape, wherever it stands."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from pmdesk.i18n import Words


class Pattern(StrEnum):
    """A shape of personal data."""

    ID_NUMBER = "id_number"
    OLD_ID_NUMBER = "old_id_number"
    BANK_CARD = "bank_card"
    PASSPORT = "passport"
    PLATE = "plate"
    EMAIL = "email"
    MOBILE = "mobile"
    BIRTH_DATE = "birth_date"
    INCOME = "income"
    AGE = "age"


LABELS = {
    Pattern.ID_NUMBER: Words("身份证号", "ID number"),
    Pattern.OLD_ID_NUMBER: Words("15 位身份证号", "15-digit ID number"),
    Pattern.BANK_CARD: Words("银行卡号", "bank card number"),
    Pattern.PASSPORT: Words("护照或通行证号", "passport number"),
    Pattern.PLATE: Words("车牌号", "number plate"),
    Pattern.EMAIL: Words("电子邮箱", "e-mail address"),
    Pattern.MOBILE: Words("手机号", "mobile number"),
    Pattern.BIRTH_DATE: Words("出生日期", "date of birth"),
    Pattern.INCOME: Words("收入金额", "amount of income"),
    Pattern.AGE: Words("年龄", "age"),
}

# What identifies a person for life or moves money: refused wherever a file hides it.
CREDENTIALS = frozenset(
    (Pattern.ID_NUMBER, Pattern.OLD_ID_NUMBER, Pattern.BANK_CARD, Pattern.PASSPORT)
)

_LONG = re.compile(r"(?<![0-9A-Za-z])[0-9](?:[ -]?[0-9]){13,18}[ -]?[0-9Xx](?![0-9A-Za-z])")
_PASSPORT = re.compile(
    r"(?<![0-9A-Za-z])(?:[EGDSPH][A-Z]?[0-9]{7,8}|[HM][0-9]{8,10})(?![0-9A-Za-z])"
)
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
    r"[A-HJ-NP-Z][·\s-]?(?:[A-HJ-NP-Z0-9]{5,6}|[A-HJ-NP-Z0-9]{4}[学警港澳挂])(?![A-Z0-9])"
)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_MOBILE = re.compile(r"(?<![0-9])(?:\+?86[ -]?)?1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}(?![0-9])")
_DATE = re.compile(
    r"(?<![0-9])((?:19|20)[0-9]{2})(?:年|[-/.])?(0?[1-9]|1[0-2])(?:月|[-/.])?"
    r"(0?[1-9]|[12][0-9]|3[01])日?(?![0-9])"
)
_BIRTH_WORD = re.compile(r"生日|出生|生于|诞辰|birth|\bborn\b|\bDOB\b", re.IGNORECASE)
_INCOME = re.compile(
    r"(?:工资|月薪|年薪|薪水|收入|salary|income)[^0-9]{0,8}[0-9][0-9,.]{2,}|"
    r"(?:工资|月薪|年薪|薪水|收入)[^0-9]{0,8}[0-9.]+\s*[万千wk]",
    re.IGNORECASE,
)
_AGE = re.compile(
    r"(?<![0-9])(?:1[01])?[0-9]{1,2}\s*[多来]?\s*周?岁|[一二三四五六七八九]?十[一二三四五六七八九]?[多来]?周?岁|"
    r"\baged\s+[0-9]{1,3}\b|\b[0-9]{1,3}[\s-]years?[\s-]old\b",
    re.IGNORECASE,
)
_SHORTEST = 8  # characters of a passport number
_SHORTEST_DIGITS = 15  # of an old identity number
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_PROVINCES = frozenset(
    (11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50)
) | frozenset((51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83))
_GROWN_UP = 15  # a date this many years before the files of this decade looks like a birth date
_RECENT = 2024 - _GROWN_UP


def found(text: str) -> tuple[Pattern, ...]:
    """The kinds of personal data that `text` holds, never the data themselves."""
    return tuple(dict.fromkeys(pattern for pattern, _position in placed(text)))


def placed(text: str) -> tuple[tuple[Pattern, int], ...]:
    """The kinds of personal data in `text`, each with the place in `text` where it begins."""
    tidy, places = _tidied(text)
    hits = list(_credentials(tidy))
    hits += [
        (pattern, match.start()) for pattern, shape in _SHAPES if (match := shape.search(tidy))
    ]
    born = _birth_date(tidy)
    if born is not None:
        hits.append((Pattern.BIRTH_DATE, born))
    return tuple((pattern, places[at]) for pattern, at in hits)


def _tidied(text: str) -> tuple[str, tuple[int, ...]]:
    """Full width as half width, nothing invisible; and where each character came from."""
    parts = [
        (part, place)
        for place, character in enumerate(text)
        if unicodedata.category(character) != "Cf"
        for part in unicodedata.normalize("NFKC", character)
    ]
    return "".join(part for part, _place in parts), tuple(place for _part, place in parts)


def credentials(text: str) -> tuple[Pattern, ...]:
    """Identity and bank card numbers in `text`: the quick look that every imported cell gets."""
    return tuple(dict.fromkeys(pattern for pattern, _place in _credentials(text)))


def _credentials(text: str) -> Iterator[tuple[Pattern, int]]:
    if len(text) < _SHORTEST or (len(text) < _SHORTEST_DIGITS and text.isdigit()):
        return
    for match in _LONG.finditer(text):
        kind = _long(match.group())
        if kind:
            yield kind, match.start()
    passport = _PASSPORT.search(text)
    if passport:
        yield Pattern.PASSPORT, passport.start()


def is_id_number(text: str) -> bool:
    """18 digits whose region, birth date and check digit all fit (GB 11643)."""
    number = text.upper()
    if not re.fullmatch(r"[1-9][0-9]{16}[0-9X]", number):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return (
        int(number[:2]) in _PROVINCES
        and _is_date(number[6:14])
        and _CHECKS[total % 11] == number[17]
    )


def is_old_id_number(text: str) -> bool:
    """15 digits whose region and two-digit birth year fit."""
    fits = re.fullmatch(r"[1-9][0-9]{14}", text)
    return bool(fits) and int(text[:2]) in _PROVINCES and _is_date("19" + text[6:12])


def is_bank_card(text: str) -> bool:
    """16 to 19 digits that pass Luhn's check and begin as cards do."""
    if not re.fullmatch(r"[3-6][0-9]{15,18}", text):
        return False
    digits = [int(digit) for digit in reversed(text)]
    doubled = (2 * digit - 9 * (digit > 4) for digit in digits[1::2])  # noqa: PLR2004  # Luhn
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def _long(text: str) -> Pattern | None:
    number = re.sub(r"[ -]", "", text)
    if is_id_number(number):
        return Pattern.ID_NUMBER
    if is_old_id_number(number):
        return Pattern.OLD_ID_NUMBER
    return Pattern.BANK_CARD if is_bank_card(number) else None


def _is_date(text: str) -> bool:
    try:
        date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return False
    return int(text[:4]) >= 1880  # noqa: PLR2004  # nobody living is older


def _birth_date(text: str) -> int | None:
    """Where a date stands beside a word of birth, or one too old to be about the building."""
    dates = [(int(match.group(1)), match.start()) for match in _DATE.finditer(text)]
    if not dates:
        return None
    oldest, place = min(dates)
    return place if oldest <= _RECENT or _BIRTH_WORD.search(text) else None


_SHAPES = (
    (Pattern.PLATE, _PLATE),
    (Pattern.EMAIL, _EMAIL),
    (Pattern.MOBILE, _MOBILE),
    (Pattern.INCOME, _INCOME),
    (Pattern.AGE, _AGE),
)
