"""The manual that comes with the program, read from `resources/manual`."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from html import escape
from typing import Any

from pmdesk.assets import asset
from pmdesk.domain.manual import Chapter, Kind, Piece, Row, Section
from pmdesk.i18n import Words, said

Entry = Mapping[str, Any]

ORDER = (
    "begin",
    "desk",
    "orders",
    "rights",
    "rules",
    "figures",
    "office",
    "backups",
    "damage",
    "protection",
)
PROTECTION = "protection"

_STEP = re.compile(r"\d+\. +")


@cache
def chapters() -> tuple[Chapter, ...]:
    """The chapters in the order in which they are best read."""
    return tuple(_chapter(code) for code in ORDER)


def pieces(chapter: Chapter) -> tuple[Piece, ...]:
    """What stands in the chapter below its title, in the user's language."""
    return tuple(piece for section in chapter.sections for piece in _pieces(section))


def words(chapter: Chapter) -> str:
    """Everything the chapter says in the user's language, to search in."""
    found = [said(chapter.title)]
    for piece in pieces(chapter):
        found += [piece.text, *(cell for row in piece.rows for cell in row)]
    return "\n".join(found)


def html(chapter: Chapter) -> str:
    """The chapter as it is shown and printed."""
    made = [f"<h2>{escape(said(chapter.title))}</h2>"]
    before = Kind.HEADING
    for piece in pieces(chapter):
        made += [_ending(before, piece.kind), _tagged(piece)]
        before = piece.kind
    return "".join([*made, _ending(before, Kind.HEADING)])


def _pieces(section: Section) -> Iterator[Piece]:
    yield Piece(kind=Kind.HEADING, text=said(section.title))
    for line in filter(None, said(section.text).splitlines()):
        if line.startswith("- "):
            yield Piece(kind=Kind.BULLET, text=line[2:])
        elif step := _STEP.match(line):
            yield Piece(kind=Kind.STEP, text=line[step.end() :])
        else:
            yield Piece(kind=Kind.TEXT, text=line)
    if section.table:
        rows = tuple(tuple(said(cell) for cell in row) for row in section.table)
        yield Piece(kind=Kind.TABLE, rows=rows)


_LISTS = {Kind.BULLET: "ul", Kind.STEP: "ol"}


def _ending(before: Kind, after: Kind) -> str:
    """The tags between two pieces: points and steps that follow each other are one list."""
    if before is after:
        return ""
    ends = f"</{_LISTS[before]}>" if before in _LISTS else ""
    return ends + (f"<{_LISTS[after]}>" if after in _LISTS else "")


def _tagged(piece: Piece) -> str:
    text = escape(piece.text)
    if piece.kind is Kind.TABLE:
        head, *rows = piece.rows
        lines = [_line(head, "th"), *(_line(row, "td") for row in rows)]
        return f'<table width="100%" cellpadding="6" border="1">{"".join(lines)}</table>'
    if piece.kind is Kind.HEADING:
        return f"<h3>{text}</h3>"
    return f"<li>{text}</li>" if piece.kind in _LISTS else f"<p>{text}</p>"


def _line(cells: tuple[str, ...], tag: str) -> str:
    inner = "".join(f'<{tag} align="left" valign="top">{escape(cell)}</{tag}>' for cell in cells)
    return f"<tr>{inner}</tr>"


def _chapter(code: str) -> Chapter:
    with asset(f"manual/{code}.toml").open("rb") as file:
        entry = tomllib.load(file)
    return Chapter(
        code=code,
        title=Words(**entry["title"]),
        sections=tuple(_section(one) for one in entry["section"]),
    )


def _section(entry: Entry) -> Section:
    return Section(
        title=Words(**entry["title"]),
        text=Words(entry.get("zh", "").strip(), entry.get("en", "").strip()),
        table=_table(entry["table"]) if "table" in entry else (),
    )


def _table(entry: Entry) -> tuple[Row, ...]:
    """Rows of cells; in the file one row a line, its cells with bars between them."""
    chinese, english = (
        [[cell.strip() for cell in line.split("|")] for line in entry[tongue].strip().splitlines()]
        for tongue in ("zh", "en")
    )
    return tuple(
        tuple(Words(zh, en) for zh, en in zip(one, other, strict=True))
        for one, other in zip(chinese, english, strict=True)
    )
