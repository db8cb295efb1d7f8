"""Everything that is sealed, under another key: each column of blobs, and blobs in blobs."""

import base64
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, Row, Table, func, select, update

from pmdesk.domain.acts import archive_info, field_info, held_info, item_info, statement_info
from pmdesk.domain.fairness import sample_info
from pmdesk.domain.fields import FieldKey
from pmdesk.domain.people import PersonId
from pmdesk.domain.purposes import CONTRACT, PurposeCode
from pmdesk.domain.quarantine import seal_info as quarantine_info
from pmdesk.errors import VaultDamagedError
from pmdesk.store import schema, schema_acts, schema_consents, schema_fairness, schema_quarantine

Info = Sequence[str | int]
Open = Callable[[Info, bytes], bytes]
Seal = Callable[[Info, bytes], bytes]
Document = dict[str, Any]

_BATCH = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A column of sealed blobs: what each is bound to, and which blobs its content holds."""

    column: Column[Any]
    info: Callable[[Row[Any]], Info]
    inside: Callable[[Row[Any], Document], Iterator[tuple[Document, str, Info]]] | None = None

    @property
    def table(self) -> Table:
        """The table of the column."""
        return self.column.table


def reseal(
    connection: Connection, open_: Open, seal: Seal, tell: Callable[[int, int], None]
) -> tuple[int, int]:
    """Every blob opens with the new key only; how many did, and how many were damaged before.

    A blob that the old key does not open stays as it is: nobody can read it before or after.
    """
    total = sum(
        connection.scalar(select(func.count()).where(one.column.is_not(None))) or 0
        for one in COLUMNS
    )
    done = spoilt = 0
    for one in COLUMNS:
        for row in connection.execute(select(one.table).where(one.column.is_not(None))).all():
            try:
                blob = _resealed(one, row, open_, seal)
            except VaultDamagedError:
                spoilt += 1
                continue
            key = [part == row._mapping[part.name] for part in one.table.primary_key.columns]  # noqa: SLF001  # SQLAlchemy's public name for a row as a mapping
            connection.execute(update(one.table).where(*key).values({one.column: blob}))
            done += 1
            if done % _BATCH == 0:
                tell(done, total)
    return done, spoilt


def _resealed(one: Sealed, row: Row[Any], open_: Open, seal: Seal) -> bytes:
    info = one.info(row)
    clear = open_(info, row._mapping[one.column.name])  # noqa: SLF001  # as above
    if one.inside is not None:
        document = json.loads(clear)
        for holder, key, own in one.inside(row, document):
            inner = open_(own, base64.b64decode(holder[key]))
            holder[key] = base64.b64encode(seal(own, inner)).decode()
        clear = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    return seal(info, clear)


def _in_values(
    person: int, purpose: PurposeCode, document: Mapping[str, Any]
) -> Iterator[tuple[Document, str, Info]]:
    """The values that were sealed one by one before all of them were."""
    sealed = document.get("sealed", {})
    for field in list(sealed):
        yield sealed, field, field_info(PersonId(person), purpose, FieldKey(field))


def _in_held(row: Row[Any], document: Document) -> Iterator[tuple[Document, str, Info]]:
    return _in_values(row.person, PurposeCode(row.purpose), document)


def _in_archive(row: Row[Any], document: Document) -> Iterator[tuple[Document, str, Info]]:
    return _in_values(row.person, CONTRACT, document.get("answers", {}))


def _in_quarantine(row: Row[Any], document: Document) -> Iterator[tuple[Document, str, Info]]:
    person, purpose = PersonId(row.person), PurposeCode(row.purpose)
    if "sealed" in document:
        yield document, "sealed", field_info(person, purpose, FieldKey(row.field))
    items = document.get("items", {})
    for slot in list(items):
        yield items, slot, item_info(person, purpose, int(slot))


COLUMNS = (
    Sealed(
        column=schema.sealed_value.c.blob,
        info=lambda row: field_info(row.person, PurposeCode(row.purpose), FieldKey(row.field)),
    ),
    Sealed(
        column=schema_consents.consent_item.c.blob,
        info=lambda row: item_info(row.person, PurposeCode(row.purpose), row.item),
    ),
    Sealed(
        column=schema_acts.held.c.blob,
        info=lambda row: held_info(row.person, PurposeCode(row.purpose)),
        inside=_in_held,
    ),
    Sealed(
        column=schema_acts.dispute.c.statement,
        info=lambda row: statement_info(row.person, FieldKey(row.field)),
    ),
    Sealed(
        column=schema_acts.archive.c.blob,
        info=lambda row: archive_info(row.person),
        inside=_in_archive,
    ),
    Sealed(
        column=schema_fairness.fairness_sample.c.blob,
        info=lambda row: sample_info(row.pseudonym),
    ),
    Sealed(
        column=schema_quarantine.quarantine.c.blob,
        info=lambda row: quarantine_info(row.person, FieldKey(row.field)),
        inside=_in_quarantine,
    ),
)
