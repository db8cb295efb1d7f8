"""Whether the notices that live consents name are still what the people were shown."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, func, insert, literal, select
from sqlalchemy.exc import IntegrityError

from pmdesk.domain.notices import Notice
from pmdesk.domain.ports.notices import Fault
from pmdesk.domain.purposes import PurposeCode
from pmdesk.store import schema

TARGET = "notices"  # of the entries of the signed log that hold the imprints

T = TypeVar("T")

_notice = schema.notice
_event = schema.consent_event
_audit = schema.audit


def intact_fields(
    connection: Connection, purpose: PurposeCode, versions: Iterable[str]
) -> Mapping[str, frozenset[str]]:
    """What each of these versions covers; one that is missing or altered covers nothing."""
    wanted = frozenset(versions)
    rows = _rows(connection, purpose)
    sound = sound_versions(connection, rows)
    covered: dict[str, frozenset[str]] = {version: frozenset() for version in wanted}
    for row in rows:
        if row.version in wanted and sound.get(row.version) is None:
            covered[row.version] |= frozenset(json.loads(row.fields))
    return covered


def faults(
    connection: Connection, purpose: PurposeCode, versions: Iterable[str]
) -> Mapping[str, Fault]:
    """What is wrong with those of the versions that are not intact."""
    found = sound_versions(connection, _rows(connection, purpose))
    checked = {version: found.get(version, Fault.MISSING) for version in versions}
    return {version: fault for version, fault in checked.items() if fault is not None}


def sound_versions(connection: Connection, rows: Iterable[Row[Any]]) -> Mapping[str, Fault | None]:
    """By version, what is wrong with any of its rows; None when they are as they were signed.

    A version whose rows are all gone is not in the answer.
    """
    known = imprints(connection)
    found: dict[str, Fault | None] = {}
    languages: dict[str, set[str]] = {}
    for row in rows:
        languages.setdefault(row.version, set()).add(row.language)
        if not _is_sound(row, known):
            found[row.version] = Fault.ALTERED
        found.setdefault(row.version, None)
    purposes = {row.purpose for row in rows}
    for purpose, version, language in known:
        if purpose in purposes and language not in languages.get(version, set()):
            found[version] = Fault.MISSING
    return found


def imprints(connection: Connection) -> Mapping[tuple[str, str, str], str]:
    """By purpose, version and language, the whole imprint that was signed first."""
    entries = select(_audit.c.body).where(_audit.c.target == TARGET).order_by(_audit.c.seq)
    known: dict[tuple[str, str, str], str] = {}
    for body in connection.scalars(entries):
        for line in json.loads(body)["fields"]:
            purpose, version, language, _digest = line.split(" ")
            known.setdefault((purpose, version, language), line)
    return known


def standing_in(connection: Connection, purpose: PurposeCode, write: Callable[[], T]) -> T:
    """What `write` answers, also when a notice that the decision names was deleted by hand.

    A row without a text then stands for the lost one: it counts as damaged for good, and lets the
    consents to it end.
    """
    try:
        return write()
    except IntegrityError:
        if not _stand_in(connection, purpose):
            raise
        return write()


def _stand_in(connection: Connection, purpose: PurposeCode) -> int:
    named = (_event.c.purpose, _event.c.notice_version, _event.c.notice_language)
    here = select(_notice.c.version).where(
        _notice.c.purpose == _event.c.purpose,
        _notice.c.version == _event.c.notice_version,
        _notice.c.language == _event.c.notice_language,
    )
    lost = (
        select(
            *named,
            literal(""),
            func.min(_event.c.notice_digest),
            literal("[]"),
            func.min(_event.c.at),
        )
        .where(_event.c.purpose == purpose, ~here.exists())
        .group_by(*named)
    )
    columns = ("purpose", "version", "language", "text", "digest", "fields", "live_from")
    return connection.execute(insert(_notice).from_select(columns, lost)).rowcount


def notice_of(row: Row[Any]) -> Notice:
    """The notice of a row."""
    return Notice(
        purpose=PurposeCode(row.purpose),
        version=row.version,
        language=row.language,
        text=row.text,
        fields=tuple(json.loads(row.fields)),
    )


def _is_sound(row: Row[Any], known: Mapping[tuple[str, str, str], str]) -> bool:
    try:
        notice = notice_of(row)
    except (ValueError, TypeError):
        return False
    signed = known.get((row.purpose, row.version, row.language))
    return notice.digest == row.digest and signed in {None, notice.imprint}


def _rows(connection: Connection, purpose: PurposeCode) -> tuple[Row[Any], ...]:
    return tuple(connection.execute(select(_notice).where(_notice.c.purpose == purpose)))
