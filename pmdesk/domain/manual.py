"""The manual: chapters of short sections, in both languages."""

from dataclasses import dataclass
from enum import StrEnum

from pmdesk.i18n import Words

Row = tuple[Words, ...]


class Kind(StrEnum):
    """What a piece of a chapter is."""

    HEADING = "heading"
    TEXT = "text"
    BULLET = "bullet"
    STEP = "step"
    TABLE = "table"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece of a chapter in one language; `rows` of a table, the first one its heading."""

    kind: Kind
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One matter: a few lines, and perhaps a table below them.

    A line that begins with “- ” is a point, one that begins with “1. ” a step.
    """

    title: Words
    text: Words
    table: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """One chapter; its code names it in links and tests."""

    code: str
    title: Words
    sections: tuple[Section, ...]
