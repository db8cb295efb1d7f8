"""Steps through the text of a cell, and says plainly what cannot be read."""

import re
import unicodedata
from collections.abc import Sequence
from typing import NoReturn

from pmdesk.errors import EntryError
from pmdesk.i18n import N_, Words
from pmdesk.rules.cells import NEVER_TRUE
from pmdesk.rules.facts import Fact, FactType
from pmdesk.rules.words import decimal_text

_FOLDED = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    ord(odd): ord(plain)
    for odd, plain in zip("\u3000\u00a0–—−、≧≦\t\n\r", "  ---,≥≤   ", strict=True)
}
_QUOTES = {'"': '"', "“": "”", "”": "”", "「": "」", "＂": "＂"}


def fold(text: str) -> str:
    """`text` with full-width and look-alike characters made plain, length unchanged."""
    plain = text.translate(_FOLDED)
    lower = plain.lower()
    return lower if len(lower) == len(plain) else plain


class Scanner:
    """One pass over one cell; `at` is the next character to read."""

    def __init__(self, text: str, fact: Fact) -> None:
        self.text = text
        self.folded = fold(text)
        self.fact = fact
        self.at = 0
        self.options = _spellings(fact)

    def option(self, *, peek: bool = False) -> str | None:
        """The option whose code or label comes next: the longest, and as it is written."""
        found = [
            (folded, written, code)
            for folded, written, code in self.options
            if self.folded.startswith(folded, self.at) and self.ends_word(self.at + len(folded))
        ]
        if not found:
            return None
        length = len(found[0][0])
        typed = self.text[self.at : self.at + length]
        same = (code for _folded, written, code in found if written == typed)
        if not peek:
            self.at += length
        return next(same, found[0][2])

    def option_in(self, text: str) -> str | None:
        """The option whose code or label `text` is, exactly or else but for its case."""
        same = (code for _folded, written, code in self.options if written == text)
        alike = (code for folded, _written, code in self.options if folded == fold(text))
        return next(same, next(alike, None))

    def ends_word(self, end: int) -> bool:
        """Whether a word may end before `end`."""
        rest = self.folded[end : end + 1]
        return not rest.isalnum() or rest == "或" or not self.folded[end - 1 : end].isalnum()

    def quoted(self) -> str:
        """The text in the quotes that come next."""
        start = self.place()
        closing = _QUOTES.get(self.text[start : start + 1])
        if closing is None:
            self.fail_here()
        content: list[str] = []
        self.at += 1
        while self.at < len(self.text):
            char = self.text[self.at]
            self.at += 1
            if char == closing:
                break
            if char == "\\" and self.text[self.at : self.at + 1] in {"\\", '"'}:
                char = self.text[self.at]
                self.at += 1
            content.append(char)
        else:
            self.fail(
                N_("From character {position}: the closing quotation mark is missing."), start
            )
        return unicodedata.normalize("NFC", "".join(content)).strip()

    def place(self) -> int:
        """The next character that is no space."""
        while self.folded[self.at : self.at + 1] == " ":
            self.at += 1
        return self.at

    def take(self, words: Sequence[str]) -> bool:
        """Whether one of `words` comes next, which is then read."""
        for word in words:
            end = self.at + len(word)
            if self.folded.startswith(word, self.at) and not (
                word.isascii() and word.isalpha() and _continues(self.folded, end)
            ):
                self.at = end
                return True
        return False

    def fail(self, sentence: str, at: int, remedy: str = "", **places: object) -> NoReturn:
        """The sentence about character `at`, as an error."""
        raise EntryError(sentence, remedy, position=at, **places)

    def fail_option(self, at: int) -> NoReturn:
        """The error for a value that is none of the options."""
        labels = [label for _code, label in self.fact.options]
        self.fail(
            N_("From character {position}: this is none of the options of “{label}”."),
            at,
            N_("Choose from: {options}."),
            label=self.fact.label,
            options=Words(
                zh="、".join(label.zh for label in labels),
                en=", ".join(label.en for label in labels),
            ),
        )

    def fail_text(self, at: int) -> NoReturn:
        """The error for asking all other text of a free text."""
        self.fail(
            N_("From character {position}: free text cannot be negated."),
            at,
            N_("Write the values that fit."),
        )

    def fail_never(self, at: int) -> NoReturn:
        """The error for a condition that nobody can meet."""
        self.fail(NEVER_TRUE, at, N_("Write the smaller value first, or clear the cell."))

    def fail_outside(self, at: int) -> NoReturn:
        """The error for a range that no value of the fact can lie in."""
        if self.fact.type is FactType.DATE:
            self.fail_never(at)
        low, high = (
            "…" if end is None else decimal_text(end, self.fact.scale) for end in self.fact.span
        )
        self.fail(
            N_("From character {position}: “{label}” only goes from {low} to {high}."),
            at,
            label=self.fact.label,
            low=low,
            high=high,
        )

    def fail_sign(self) -> None:
        """Raises the error for a sign that no cell knows, if one stands here."""
        at = self.place()
        for pattern, sentence, remedy in _SIGNS:
            if re.compile(pattern).match(self.folded, at):
                self.fail(sentence, at, remedy)

    def fail_after(self) -> NoReturn:
        """The error for what follows a complete entry without a separator."""
        self.fail_sign()
        self.fail(
            N_("From character {position}: this does not belong to what stands before it."),
            self.place(),
            N_("Put a comma between values."),
        )

    def fail_here(self) -> NoReturn:
        """The most telling error for what stands here and cannot be read."""
        self.fail_sign()
        at = self.place()
        if self.fact.type is FactType.CHOICE:
            self.fail_option(at)
        sentence, remedy = _EXPECTED[self.fact.type]
        self.fail(sentence, at, remedy)


_CALCULATION = (
    N_("From character {position}: a cell cannot calculate."),
    N_("For a range write two dots, like 60..74."),
)
_SIGNS = (
    (
        r"!=|<>|≠",
        N_("From character {position}: this sign is not known here."),
        N_("Write not(…)."),
    ),
    (r"\?", N_("From character {position}: a question mark cannot be read."), ""),
    (
        r"(?!date\b)[a-z_][a-z_ ]*\(",
        N_("From character {position}: a cell cannot call a function."),
        "",
    ),
    (r"[-+*/^%]", *_CALCULATION),
    (r"$", N_("At character {position}: something is missing."), ""),
)
_EXPECTED = {
    FactType.NUMBER: (
        N_("From character {position}: a number is expected here."),
        N_("Examples: >= 6, 2..5, 3, 4, unknown."),
    ),
    FactType.DATE: (
        N_("From character {position}: a date is expected here."),
        N_("Examples: >= 2026-01-31, 2026-01-01..2026-12-31, unknown."),
    ),
    FactType.FLAG: (
        N_("From character {position}: this is neither yes nor no."),
        N_("Write yes, no, unknown, or - for any."),
    ),
    FactType.TEXT: (
        N_("From character {position}: text stands in quotation marks."),
        N_('Example: "garden".'),
    ),
}


def _continues(text: str, end: int) -> bool:
    following = text[end : end + 1]
    return following.isascii() and (following.isalnum() or following == "_")


def _spellings(fact: Fact) -> tuple[tuple[str, str, str], ...]:
    """Each option as folded, as written and by its code: the longest first, codes before labels."""
    codes = [(fold(code), code, code) for code in fact.codes]
    labels = [(fold(word), word, code) for code, label in fact.options for word in label]
    named = [entry for entry in (*codes, *labels) if entry[0].strip()]
    return tuple(sorted(named, key=lambda entry: -len(entry[0])))
