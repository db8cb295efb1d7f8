"""What the columns of one kind of list are called, and what is to be said of the others."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

_SUFFIX = re.compile(r"[(\[【].*?[)\]】]|[*:：\s_]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The headers of a list by where they lead; a header that says nothing is looked up in here."""

    shapes: tuple[tuple[str, re.Pattern[str]], ...]  # target and its names, the best known first
    meta: re.Pattern[str]  # headers that tell where the header row is, and lead nowhere
    example: str  # message id: what a header row looks like
    shared: frozenset[str] = frozenset()  # targets that may take several columns
    codes: frozenset[str] = frozenset()  # targets of running numbers, which look like card numbers
    left_out: Mapping[str, re.Pattern[str]] = field(default_factory=dict)  # by the reason
    has_fields: bool = False  # whether other columns may lead to fields of the catalogue

    def target(self, plain: str) -> str:
        """Where a header leads by its name; nothing when it is not known."""
        return next(iter(self.targets(plain)), "")

    def targets(self, plain: str) -> tuple[str, ...]:
        """Wherever a header may lead by its name, the likeliest first."""
        return tuple(target for target, shape in self.shapes if shape.fullmatch(plain))

    def reason(self, plain: str) -> str:
        """Why a column of that name is left out; nothing when nothing is said of it."""
        return next((why for why, shape in self.left_out.items() if shape.fullmatch(plain)), "")

    def rank(self, target: str, plain: str) -> int:
        """The place of a header among the names of its target."""
        shape = next((shape for known, shape in self.shapes if known == target), None)
        words = shape.pattern.split("|") if shape else []
        return words.index(plain) if plain in words else len(words)


def plain(header: str) -> str:
    """The header in half width and lower case, without blanks and what stands in brackets."""
    text = unicodedata.normalize("NFKC", header).casefold()
    return _SUFFIX.sub("", text)
