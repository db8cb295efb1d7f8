"""Records of compliance work: kinds as data, versions that never change, decisions upon them."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import chain
from typing import NewType

from pmdesk.domain.fields import Field, FieldKey, Kind, Option, Problem, Value
from pmdesk.i18n import Words

RecordId = NewType("RecordId", int)
Document = Mapping[str, Value]

LEAST_MONTHS = 36  # PIPL 56(2) and the policy of law.md 6.8: nothing is kept for less
COOLING_OFF = timedelta(hours=24)  # before a single person decides on what he wrote (law.md 6.6)


class RecordStatus(StrEnum):
    """草稿 → 待批 → 已批准 or 退回; an approved one ends when it is closed."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    REJECTED = "rejected"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The same few fields for each row of a closed list, such as the risks of an assessment."""

    key: str
    label: Words
    rows: tuple[Option, ...]
    columns: tuple[Field, ...]

    def cells(self, row: Option) -> tuple[Field, ...]:
        """The fields of one row; their keys are `grid.row.column`."""
        return tuple(
            replace(column, key=FieldKey(f"{self.key}.{row.code}.{column.key}"))
            for column in self.columns
        )

    @property
    def fields(self) -> Iterator[Field]:
        """All cells, each labelled with its row and column."""
        for row in self.rows:
            for cell in self.cells(row):
                zh, en = row.label.zh, row.label.en
                label = Words(f"{zh}：{cell.label.zh}", f"{en}: {cell.label.en}")
                yield replace(cell, label=label)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading of the form with what stands below it."""

    key: str
    title: Words
    parts: tuple[Field | Grid, ...]
    note: Words | None = None

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields of the section, those of its grids in place."""
        return tuple(
            chain.from_iterable((p,) if isinstance(p, Field) else p.fields for p in self.parts)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordKind:
    """What a kind of record asks for; form, checks, differences and papers are made from it."""

    code: str
    edition: str  # of the form: it changes with the law, what was written stays as it is
    title: Words
    use: Words  # what the record is for, said while there is none
    source: Words  # the articles that ask for it
    prefix: str  # of its numbers: PIA-2026-001
    keeps_months: int
    second_person: bool  # whether somebody else has to approve it
    headline: str  # key of the field that names a record in lists
    sections: tuple[Section, ...]
    subject: str = ""  # what a record is about: "ruleset", "purpose"; empty: only itself

    def __post_init__(self) -> None:
        """Refuses a kind that would be kept for less than the law wants."""
        if self.keeps_months < LEAST_MONTHS:
            raise ValueError(self.code)

    @property
    def fields(self) -> tuple[Field, ...]:
        """All fields in the order of the form."""
        return tuple(chain.from_iterable(section.fields for section in self.sections))

    def field(self, key: str) -> Field:
        """The field of that key."""
        return next(one for one in self.fields if one.key == key)

    def malformed(self, document: Document) -> tuple[Problem, ...]:
        """What cannot be kept even as a draft: a date that is none, a text that is too long."""
        filled = (f for f in self.fields if document.get(f.key) not in _EMPTY)
        return tuple(p for f in filled for p in f.problems(document[f.key]) if not p.warning)

    def problems(self, document: Document) -> tuple[Problem, ...]:
        """What must be mended before somebody can decide on it, missing entries included."""
        return tuple(
            p for f in self.fields for p in f.problems(document.get(f.key)) if not p.warning
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A record at its present version."""

    id: RecordId
    kind: str
    number: str
    subject: str
    status: RecordStatus
    version: int
    author: str  # uid of who wrote the present version
    created_at: datetime
    last_at: datetime  # when it was written or decided on last
    keeps_months: int
    alone: bool  # 单人审批: its author approved it, in an office of one person

    @property
    def keep_until(self) -> date:
        """The first day on which it may go, if it has ended."""
        return months_later(self.last_at.date(), self.keeps_months)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordVersion:
    """What somebody wrote at a time; it never changes."""

    record: RecordId
    number: int
    document: str  # canonical JSON
    digest: str  # SHA-256 of the document
    author: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDecision:
    """A step that somebody took with a version; it never changes."""

    version: int
    step: RecordStatus
    by: str
    at: datetime
    words: str
    alone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A field that two versions answer differently."""

    field: Field
    before: Value
    after: Value


def differences(kind: RecordKind, before: Document, after: Document) -> tuple[Difference, ...]:
    """What changed, in the order of the form."""
    return tuple(
        Difference(field=field, before=before.get(field.key), after=after.get(field.key))
        for field in kind.fields
        if _plain(before.get(field.key)) != _plain(after.get(field.key))
    )


def written(document: Document) -> str:
    """The one spelling of the document, without empty entries."""
    kept = {key: _plain(value) for key, value in document.items() if value not in _EMPTY}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    """SHA-256 of a written document."""
    return hashlib.sha256(text.encode()).hexdigest()


def read(kind: RecordKind, text: str) -> dict[str, Value]:
    """The document that `written` wrote; what the form does not ask any more stays as text."""
    fields = {field.key: field for field in kind.fields}
    return {
        key: _value(fields[FieldKey(key)], plain) if key in fields else str(plain)
        for key, plain in json.loads(text).items()
    }


def months_later(day: date, months: int) -> date:
    """The day so many months later; the 31st becomes the 1st of the month after a short one."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1) + timedelta(days=day.day - 1)


_EMPTY: tuple[Value, ...] = (None, "", (), (None, None))


def _plain(value: Value) -> object:
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


def _value(field: Field, plain: object) -> Value:
    if field.kind is Kind.DATE and isinstance(plain, str):
        return date.fromisoformat(plain)
    if field.kind is Kind.PERIOD and isinstance(plain, list):
        first, last = (date.fromisoformat(end) if end else None for end in plain)
        return first, last
    if isinstance(plain, list):
        return tuple(str(code) for code in plain)
    return plain if isinstance(plain, str | bool | int) else None
