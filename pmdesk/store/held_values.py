"""Values on their way under a seal and back: one document for each person and purpose."""

import base64
import json
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any, cast

from sqlalchemy import ColumnElement, Connection, Table, func, select

from pmdesk.domain.acts import Held
from pmdesk.domain.catalogue import Catalogue
from pmdesk.domain.fields import Field, FieldKey, Kind, Value
from pmdesk.domain.purposes import PurposeCode
from pmdesk.store import gate, schema
from pmdesk.store.gate import AnswersTable

_sealed = schema.sealed_value

Document = dict[str, Any]


def contents(
    connection: Connection, catalogue: Catalogue, purpose: PurposeCode, people: Collection[int]
) -> Iterator[tuple[int, bytes]]:
    """The stored values of each of these people who has any, as they lie in the tables."""
    documents: dict[int, Document] = {}
    ids = json.dumps(list(people))
    answers = gate.tables(catalogue).get(purpose)
    if answers is not None:
        _read_answers(connection, answers, ids, documents)
    sealed = select(_sealed).where(_sealed.c.purpose == purpose, _among(_sealed, ids))
    for row in connection.execute(sealed):
        one = documents.setdefault(row.person, {})
        one.setdefault("sealed", {})[row.field] = base64.b64encode(row.blob).decode()
    for person, document in documents.items():
        yield person, json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def values(catalogue: Catalogue, held: Held, content: bytes) -> Mapping[FieldKey, Value]:
    """What the document tells about the fields that the catalogue still has, as it has them."""
    document = json.loads(content)
    row, chosen = document.get("row", {}), document.get("chosen", {})
    told = {field.key: _value(field, row, chosen) for field in catalogue.answers(held.purpose)}
    problems = catalogue.problems(held.purpose, told)
    unfit = {problem.key for problem in problems if not problem.warning}
    return {key: value for key, value in told.items() if value is not None and key not in unfit}


def sealed(catalogue: Catalogue, held: Held, content: bytes) -> Mapping[FieldKey, bytes]:
    """The values that were sealed one by one, and still are."""
    known = {field.key for field in catalogue.sealed(held.purpose)}
    blobs = json.loads(content).get("sealed", {})
    return {FieldKey(key): base64.b64decode(blob) for key, blob in blobs.items() if key in known}


def _read_answers(
    connection: Connection, answers: AnswersTable, ids: str, documents: dict[int, Document]
) -> None:
    names = [part.name for part in answers.table.columns]
    plain = ", ".join(f'"{name}"' for name in names)
    statement = _SELECTED.format(columns=plain, table=answers.table.name)
    rows = connection.exec_driver_sql(statement, (ids,))
    for row in rows:
        documents[row[0]] = {
            "row": {
                name: value for name, value in zip(names, row, strict=True) if value is not None
            }
        }
    for key, child in answers.children.items():
        chosen = connection.exec_driver_sql(
            _SELECTED.format(columns="person, value", table=child.name), (ids,)
        )
        for person, value in chosen:
            documents[person].setdefault("chosen", {}).setdefault(key, []).append(value)


def _value(field: Field, row: Mapping[str, Any], chosen: Mapping[str, Any]) -> Value:
    if field.kind is Kind.CHOICES:
        return tuple(chosen.get(field.key, ())) if row.get(field.key + gate.KNOWN) else None
    if field.kind is Kind.PERIOD:
        first, last = (row.get(field.key + end) for end in (gate.FROM, gate.TO))
        return (_day(first), _day(last)) if first or last else None
    value = row.get(field.key)
    if field.kind is Kind.DATE:
        return _day(value)
    if field.kind is Kind.FLAG and value is not None:
        return bool(value)
    return cast("Value", value)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _among(table: Table, ids: str) -> ColumnElement[bool]:
    return table.c.person.in_(select(func.json_each(ids).table_valued("value").c.value))


_SELECTED = 'SELECT {columns} FROM "{table}" WHERE person IN (SELECT value FROM json_each(?))'
