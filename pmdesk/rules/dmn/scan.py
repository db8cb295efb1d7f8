"""Steps through the text of a DMN cell, strictly: what is not S-FEEL is said, never guessed."""

import re
from datetime import date
from decimal import Decimal
from typing import NoReturn

from pmdesk.errors import EntryError
from pmdesk.i18n import N_
from pmdesk.rules.dmn.values import Value

MOST_DIGITS = 34  # of a decimal128, which other engines calculate with
LONGEST = 100_000

_BLANK = re.compile(r"(?:\s|//[^\n]*(?:\n|\Z)|/\*.*?\*/)*", re.DOTALL)
_NUMBER = re.compile(r"-?\s*(?:\d+(?:\.\d+)?|\.\d+)(?!\w|\.(?!\.))", re.ASCII)
_WORD = re.compile(r"[^\W\d]\w*")
_CALL = re.compile(r"[^\W\d][\w ]*\(")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOMENT = re.compile(r"-?\d*-\d\d-\d\dT|\d\d:\d\d|-?P", re.ASCII)
_ESCAPES = {'"': '"', "'": "'", "\\": "\\", "n": "\n", "r": "\r", "t": "\t"}
_CODE = re.compile(r"u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})")
_ASK_ABOVE = N_(
    'The question belongs above the column: make list contains(variable, "value") its input'
    " expression, and write true or false in the cells."
)
_TIMES = ("time", "duration", "date and time", "years and months duration")

_SIGNS = (
    (re.compile(r"\?"), N_("From character {position}: a question mark cannot be read."), ""),
    (
        re.compile(r"!=|<>|≠|="),
        N_("From character {position}: this sign is not known here."),
        N_("Write the value alone, or not(…)."),
    ),
    (
        re.compile(r"[-+*/^%]"),
        N_("From character {position}: a cell cannot calculate."),
        N_("For a range write two dots in brackets, like [60..74]."),
    ),
    (re.compile(r"\Z"), N_("At character {position}: something is missing."), ""),
)


class Scan:
    """One pass over one text; `at` is the next character to read."""

    def __init__(self, text: str) -> None:
        if len(text) > LONGEST:
            raise EntryError(
                N_("From character {position}: the cell is too long."), position=LONGEST
            )
        self.text = text
        self.at = 0

    def place(self) -> int:
        """The next character that is neither blank nor part of a comment."""
        found = _BLANK.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.at

    def ends(self) -> bool:
        """Whether nothing else comes."""
        return self.place() == len(self.text)

    def take(self, sign: str) -> bool:
        """Whether this sign comes next, which is then read."""
        if not self.text.startswith(sign, self.place()):
            return False
        self.at += len(sign)
        return True

    def take_word(self, word: str) -> bool:
        """Whether this word comes next, which is then read."""
        found = _WORD.match(self.text, self.place())
        if found is None or found.group() != word:
            return False
        self.at = found.end()
        return True

    def literal(self) -> Value:
        """The value that comes next."""
        start = self.place()
        if self.text.startswith('"', start):
            return self.string()
        if (number := _NUMBER.match(self.text, start)) is not None:
            return self._number(number)
        if self.take("@"):
            return self._day(start, self._string_here(start))
        if re.compile(r'date\s*\(\s*"').match(self.text, start):
            return self._called_day(start)
        for word, value in (("true", True), ("false", False), ("null", None)):
            if not _CALL.match(self.text, start) and self.take_word(word):
                return value
        return self.fail_here()

    def string(self) -> str:
        """The text in the quotation marks that come next."""
        start = self.at
        self.at += 1
        content: list[str] = []
        while (char := self.text[self.at : self.at + 1]) != '"':
            if not char or char in "\n\r":
                self.fail(
                    N_("From character {position}: the closing quotation mark is missing."), start
                )
            self.at += 1
            content.append(self._escaped() if char == "\\" else char)
        self.at += 1
        return self._whole("".join(content), start)

    def fail(self, sentence: str, at: int, remedy: str = "", **places: object) -> NoReturn:
        """The sentence about character `at`, as an error."""
        raise EntryError(sentence, remedy, position=at, **places)

    def fail_here(self) -> NoReturn:
        """The most telling error for what stands here and cannot be read."""
        at = self.place()
        if (call := _CALL.match(self.text, at)) is not None:
            called = call.group()[:-1].strip()
            if called in _TIMES:
                self.fail_moment(at)
            self.fail(
                N_("From character {position}: a cell cannot call a function."),
                at,
                _ASK_ABOVE if called == "list contains" else "",
            )
        if _WORD.match(self.text, at):
            self.fail(
                N_("From character {position}: this word stands without quotation marks."),
                at,
                N_('Is it a text? Write "…" with straight marks. Variables cannot stand here.'),
            )
        for pattern, sentence, remedy in _SIGNS:
            if pattern.match(self.text, at):
                self.fail(sentence, at, remedy)
        self.fail(
            N_("From character {position}: this sign is not known here."),
            at,
            N_("Write the value alone, or not(…)."),
        )

    def fail_moment(self, at: int) -> NoReturn:
        """The error for a time of day or a duration."""
        self.fail(
            N_("From character {position}: times and durations are not read."),
            at,
            N_('Use whole days, like date("2026-01-31").'),
        )

    def fail_after(self) -> NoReturn:
        """The error for what follows a complete entry."""
        at = self.place()
        for pattern, sentence, remedy in _SIGNS[:3]:
            if pattern.match(self.text, at):
                self.fail(sentence, at, remedy)
        self.fail(
            N_("From character {position}: this does not belong to what stands before it."),
            at,
            N_("Put a comma between values."),
        )

    def _number(self, found: re.Match[str]) -> Decimal:
        plain = "".join(found.group().split())
        if sum(char.isdigit() for char in plain) > MOST_DIGITS:
            self.fail(
                N_("From character {position}: this number has more than {most} digits."),
                found.start(),
                most=MOST_DIGITS,
            )
        self.at = found.end()
        return Decimal(plain)

    def _called_day(self, start: int) -> date:
        self.at += len("date")
        self.take("(")
        text = self._string_here(start)
        if not self.take(")"):
            self.fail(N_("From character {position}: a closing bracket is missing."), self.place())
        return self._day(start, text)

    def _string_here(self, start: int) -> str:
        if not self.text.startswith('"', self.place()):
            self.fail(N_("From character {position}: this sign is not known here."), start)
        return self.string()

    def _day(self, start: int, text: str) -> date:
        if _MOMENT.match(text):
            self.fail_moment(start)
        try:
            return date.fromisoformat(text if _DAY.fullmatch(text) else "")
        except ValueError:
            self.fail(
                N_("From character {position}: there is no such date."),
                start,
                N_('Write four digits for the year, like date("2026-01-31").'),
            )

    def _escaped(self) -> str:
        if (code := _CODE.match(self.text, self.at)) is not None:
            number = int(code.group(1) or code.group(2), 16)
            self.at = code.end()
            if number <= 0x10FFFF:  # noqa: PLR2004  # the last code there is
                return chr(number)
        elif (char := _ESCAPES.get(self.text[self.at : self.at + 1])) is not None:
            self.at += 1
            return char
        return self.fail(
            N_("From character {position}: this backslash sequence is not known."), self.at - 1
        )

    def _whole(self, text: str, start: int) -> str:
        """The text with the two halves of an escaped character put together."""
        try:
            return text.encode("utf-16", "surrogatepass").decode("utf-16")
        except UnicodeDecodeError:
            return self.fail(
                N_("From character {position}: half a character stands in this text."), start
            )
