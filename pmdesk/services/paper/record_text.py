"""The words of a record on paper, derived from its kind; the same in a file and on the printer."""

from collections.abc import Iterator
from dataclasses import dataclass

from pmdesk.domain.fields import Field, Kind, Value
from pmdesk.domain.records import Grid, Section
from pmdesk.i18n import _, said
from pmdesk.services.records.record_desk import OpenRecord
from pmdesk.services.value_words import value_words
from pmdesk.services.wording import RECORD_STATES

Row = tuple[str, ...]
_WIDE = {Kind.PROSE: 3.0, Kind.TEXT: 2.0}  # shares of a grid's width; others get one


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A heading with one table below it; the first row is the table's own heading."""

    title: str
    rows: tuple[Row, ...]
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordText:
    """Everything the paper says, in the user's language."""

    title: str
    lines: tuple[str, ...]
    blocks: tuple[Block, ...]
    footer: str


def record_text(shown: OpenRecord) -> RecordText:
    """The whole record: its sections, then who wrote it and who decided on it."""
    blocks = [block for section in shown.kind.sections for block in _section(section, shown)]
    return RecordText(
        title=said(shown.kind.title),
        lines=(f"{shown.office.name} · {shown.record.number}", state(shown), _source(shown)),
        blocks=(*blocks, _history(shown)),
        footer=footer(shown),
    )


def state(shown: OpenRecord) -> str:
    """The version, its state, and whether a single person decided."""
    record = shown.record
    words = [_(RECORD_STATES[record.status]), _("version {version}").format(version=record.version)]
    if record.alone:
        words.append(_("decided by a single person"))
    return " · ".join(words)


def answer(field: Field, value: Value) -> str:
    """An answer in words; a dash where there is none."""
    return value_words(field, value) or "—"


def footer(shown: OpenRecord) -> str:
    """What stands below each page."""
    return _("{office} · {number} · version {version} · form {edition}").format(
        office=shown.office.name,
        number=shown.record.number,
        version=shown.record.version,
        edition=shown.kind.edition,
    )


def _source(shown: OpenRecord) -> str:
    return said(shown.kind.source)


def _section(section: Section, shown: OpenRecord) -> Iterator[Block]:
    title = said(section.title)
    plain: list[Row] = []
    for part in section.parts:
        if isinstance(part, Grid):
            yield from _answers(title if plain else "", plain)
            title = title if not plain else ""
            plain = []
            yield _grid(" · ".join(filter(None, (title, said(part.label)))), part, shown)
            title = ""
        else:
            plain.append((said(part.label), answer(part, shown.document.get(part.key))))
    yield from _answers(title, plain)


def _answers(title: str, rows: list[Row]) -> Iterator[Block]:
    if rows:
        yield Block(title=title, rows=((_("Entry"), _("Answer")), *rows), shares=(2.0, 5.0))


def _grid(title: str, grid: Grid, shown: OpenRecord) -> Block:
    head = ("", *(said(column.label) for column in grid.columns))
    rows = tuple(
        (
            said(row.label),
            *(answer(cell, shown.document.get(cell.key)) for cell in grid.cells(row)),
        )
        for row in grid.rows
    )
    shares = (2.0, *(_WIDE.get(column.kind, 1.0) for column in grid.columns))
    return Block(title=title, rows=(head, *rows), shares=shares)


def _history(shown: OpenRecord) -> Block:
    head = (_("When"), _("Version"), _("What"), _("Who"), _("Words"))
    alone = _("decided by a single person")
    steps = [
        (
            one.at,
            one.version,
            _(RECORD_STATES[one.step]),
            shown.name(one.by),
            f"{one.words} ({alone})" if one.alone else one.words,
        )
        for one in shown.decisions
    ] + [(one.at, one.number, _("Written"), shown.name(one.author), "") for one in shown.versions]
    rows = tuple(
        (f"{at.astimezone():%Y-%m-%d %H:%M}", str(version), what, who, words)
        for at, version, what, who, words in sorted(steps, key=lambda step: step[0])
    )
    return Block(
        title=_("Versions and decisions"), rows=(head, *rows), shares=(3.2, 1.4, 2.4, 2.8, 7.0)
    )
