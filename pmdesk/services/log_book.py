"""The log to be read: plain sentences in pages, the values before and after, and files of it."""

import ast
import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from pmdesk.domain.access_words import ACTS, BARS
from pmdesk.domain.anchors import Anchor
from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.fields import Field, Kind, Problem
from pmdesk.domain.people import PersonId
from pmdesk.domain.ports import AuditEntry, UnitOfWork
from pmdesk.domain.ports.proof import LogQuery
from pmdesk.domain.reveals import REASONS, Why
from pmdesk.domain.rooms import parsed_room
from pmdesk.domain.staff import Permission, Role
from pmdesk.i18n import N_, _, said
from pmdesk.services import log_facts, log_guard, log_words, masking
from pmdesk.services.files import write_whole
from pmdesk.services.log_proof import FINDINGS
from pmdesk.services.log_sentences import sentence
from pmdesk.services.session import Session
from pmdesk.services.staff import BEGUN
from pmdesk.services.value_words import value_words
from pmdesk.services.wording import STAFF_ROLES, where

PAGE = 100
LONGEST = 100_000  # lines of an exported file
VALUES, EXPORTED = "log.values", "log.exported"
TARGET = "log"

_PERSON, _STAFF, _FIELD = "person:", "staff", "field"
_NOBODY: Mapping[str, str] = {}
_WHOLES: Mapping[str, str] = {  # what there is only one of
    TARGET: N_("the log"),
    "backup": N_("the backups"),
    "keys": N_("the keys of the office"),
    "recovery-key": N_("the recovery key"),
    "notices": N_("the notices"),
    "copies": N_("copies of notices"),
    "purposes": N_("the purposes"),
    "records": N_("the compliance records"),
    "import:tables": N_("a table of residents"),
    "import:orders": N_("a table of work orders"),
    "crew": N_("shifts and hands"),
}
_OBJECT = re.compile(r"[a-z]+:[\w-]+")
_DAY = re.compile(r"datetime\.date\((\d+), (\d+), (\d+)\)")
_MOST = 20
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_HEAD = (
    *(N_("No."), N_("Time"), N_("Who"), N_("Role")),
    *(N_("Act"), N_("About"), N_("Fields")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An entry as it is read."""

    entry: AuditEntry
    at: datetime  # by the clock of the office
    who: str
    role: str
    what: str
    about: str  # a room or another object; never the name of a resident
    fields: str
    person: PersonId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """A page of the log, and from where the next one is to be asked for; None at its beginning."""

    lines: tuple[Line, ...]
    before: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """What stood there before and after, by the names of the fields."""

    before: Mapping[str, str]
    after: Mapping[str, str]


def page(
    session: Session, query: LogQuery, *, before: int | None = None, limit: int = PAGE
) -> Lines:
    """The wanted entries, newest first; perhaps fewer than `limit`, and more further back."""
    with session.reading(Permission.SEE_AUDIT) as work:
        found = work.proof.page(query, before=before, limit=limit)
        return Lines(lines=tuple(_lines(session, work, found.entries)), before=found.before)


def values(session: Session, seq: int) -> Values:
    """What the entry changed, as far as it was not erased since; looking is logged."""
    with session.writing(Permission.SEE_AUDIT) as work:
        after, before = work.proof.values(seq)
        fields = {str(one.key): one for one in work.catalogue.live().fields}
        role = session.staff.role
        found = Values(before=_told(role, before, fields), after=_told(role, after, fields))
        if found.before or found.after:
            session.log(work, VALUES, f"entry:{seq}")
            work.commit()
    return found


def export(session: Session, query: LogQuery, path: Path) -> Anchor:
    """The wanted entries lie at `path`, and beside them what proves them: FILE.proof.json.

    Beyond the limits of the export guard residents stand in it by number, not by room.
    """
    with session.writing(Permission.SEE_AUDIT) as work:
        lines = _guarded(session, work, _gathered(session, work, query))
        content = _csv(lines)
        digest = hashlib.sha256(content).hexdigest()
        session.log(work, EXPORTED, TARGET, fields=[f"sha256:{digest}", f"lines:{len(lines)}"])
        anchor = work.proof.anchor(session.clock.now())
        write_whole(path, content)
        summary = {"file": path.name, "sha256": digest, "lines": len(lines), **summed(anchor)}
        write_whole(path.with_name(path.name + ".proof.json"), _json(summary))
        work.commit()
    return anchor


def summed(anchor: Anchor) -> dict[str, object]:
    """The anchor as files tell it; its entry names the imprint of the file beside it."""
    parts = ("vault", "count", "head", "roster", "at", "by", "sig", "code")
    return {"anchor": {part: getattr(anchor, part) for part in parts}}


def about_person(person: PersonId) -> str:
    """What entries about this person are filed under."""
    return f"{_PERSON}{person}"


def colleagues(session: Session) -> tuple[tuple[str, str], ...]:
    """Who may have acted, by name: (name, uid)."""
    with session.reading(Permission.SEE_AUDIT) as work:
        return tuple((one.name, one.uid) for one in work.staff.all())


def targets(session: Session, text: str) -> tuple[tuple[str, str], ...]:
    """The objects that a room, a name or an object of the log means: (words, target); at most 20.

    Names are looked for, and only rooms are answered.
    """
    with session.reading(Permission.SEE_AUDIT) as work:
        if _OBJECT.fullmatch(text.strip()):
            names = {one.uid: one.name for one in work.staff.all()}
            return ((_about(text.strip(), names), text.strip()),)
        today = session.clock.today()
        ids = work.people.ids(ResidentQuery(text=text), today=today)[:_MOST]
        return tuple(
            (where(row), f"{_PERSON}{row.id}") for row in work.people.rows(ids, today=today)
        )


def household(session: Session, room: str) -> tuple[str, ...]:
    """The objects of everybody on record with that room, however it is typed; none for no room."""
    session.require(Permission.SEE_AUDIT)
    label = parsed_room(room)
    if isinstance(label, Problem):
        return ()
    with session.reading(Permission.SEE_AUDIT) as work:
        unit = work.premises.find(*label)
        people = work.premises.household(unit.id) if unit else ()
    return tuple(map(about_person, people))


def household_of(session: Session, person: PersonId) -> tuple[str, ...]:
    """The objects of the person and of whoever shares a room with the person."""
    with session.reading(Permission.SEE_AUDIT) as work:
        units = [one.unit.id for one in work.people.get(person).occupancies]
        others = [one for unit in units for one in work.premises.household(unit)]
    return tuple(dict.fromkeys(map(about_person, (person, *others))))


def _guarded(session: Session, work: UnitOfWork, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines as they may leave the office."""
    people = {int(line.person) for line in lines if line.person is not None}
    if log_guard.rooms_may_leave(session, work, people):
        return lines
    return tuple(
        line if line.person is None else replace(line, about=_about(line.entry.target))
        for line in lines
    )


def _gathered(session: Session, work: UnitOfWork, query: LogQuery) -> tuple[Line, ...]:
    found: list[Line] = []
    before: int | None = None
    while len(found) < LONGEST:
        part = work.proof.page(query, before=before, limit=1_000)
        found += _lines(session, work, part.entries)
        before = part.before
        if before is None:
            break
    return tuple(found[:LONGEST])


def _lines(session: Session, work: UnitOfWork, entries: Iterable[AuditEntry]) -> Iterable[Line]:
    entries = tuple(entries)
    names = {one.uid: one.name for one in work.staff.all()}
    people = {one for one in map(_person, entries) if one is not None}
    rows = work.people.rows(sorted(people), today=session.clock.today())
    rooms = {row.id: where(row) for row in rows}
    labels = dict(_labels(work))
    for entry in entries:
        person = _person(entry)
        known = person is not None and person in rooms
        yield Line(
            entry=entry,
            at=entry.at.astimezone(session.clock.local().tzinfo),
            who=names.get(entry.by, entry.by[:8]),
            role=_(STAFF_ROLES[entry.role]),
            what=sentence(entry.action),
            about=rooms[person]
            if known and person is not None
            else _about(entry.target, names | labels),
            fields=_fields(entry, labels, names),
            person=person if known else None,
        )


def _fields(entry: AuditEntry, labels: Mapping[str, str], names: Mapping[str, str]) -> str:
    if entry.action in FINDINGS:
        return log_words.named(" ".join(log_words.finding_words(entry)), names)
    if entry.action == BEGUN:
        return "、".join(map(sentence, entry.fields))
    told = (log_facts.words(entry.action, str(one), labels) for one in entry.fields)
    return "、".join(told)


def _labels(work: UnitOfWork) -> Mapping[str, str]:
    """Fields and purposes by name."""
    catalogue = work.catalogue.live()
    fields = {str(one.key): said(one.label) for one in catalogue.fields}
    whys = {Why(reason=one).mark: said(words) for one, words in REASONS.items()}
    bars = {code: said(words) for code, words in BARS.items()}
    roles = {role.value: _(words) for role, words in STAFF_ROLES.items()}
    purposes = {str(one.code): said(one.name) for one in catalogue.purposes}
    return fields | roles | purposes | whys | bars


def _person(entry: AuditEntry) -> PersonId | None:
    number = entry.target.removeprefix(_PERSON)
    is_person = entry.target.startswith(_PERSON) and number.isdecimal()
    return PersonId(int(number)) if is_person else None


def _about(target: str, names: Mapping[str, str] = _NOBODY) -> str:
    """An object by its number, in words; a person who is gone has nothing but the number."""
    if target in ACTS:
        return said(ACTS[target])
    if target in _WHOLES:
        return _(_WHOLES[target])
    kind, _colon, rest = target.partition(":")
    rest = names.get(rest, rest) if kind in {_STAFF, _FIELD} else rest
    words = _OBJECTS.get(kind)
    return _(words).format(number=rest) if words else target


def _told(role: Role, row: str, fields: Mapping[str, Field]) -> Mapping[str, str]:
    found = json.loads(row) if row else {}
    return {
        said(fields[key].label) if key in fields else key: _spoken(role, fields.get(key), value)
        for key, value in found.items()
    }


def _spoken(role: Role, field: Field | None, value: object) -> str:
    """A value in words, masked as on the page; as written when it is not in the catalogue now."""
    if field is None:
        return "" if value is None else str(value)
    try:
        known: Any = masking.value(role, field, ast.literal_eval(_DAY.sub(_iso, str(value))))
        if field.kind is Kind.PERIOD and known:
            return " — ".join(day or "…" for day in known)
        return value_words(field, known)
    except (ValueError, SyntaxError, KeyError, StopIteration, TypeError):
        return str(value)


def _iso(found: "re.Match[str]") -> str:
    year, month, day = map(int, found.groups())
    return repr(f"{year:04}-{month:02}-{day:02}")


def _csv(lines: Iterable[Line]) -> bytes:
    """Readable by Excel, with nothing in it that a spreadsheet would take for a formula."""
    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\r\n")
    writer.writerow([_(title) for title in _HEAD])
    for line in lines:
        time = line.at.strftime("%Y-%m-%d %H:%M:%S")
        cells = (str(line.entry.seq), time, line.who, line.role, line.what, line.about, line.fields)
        writer.writerow(["'" + cell if cell.startswith(_FORMULA) else cell for cell in cells])
    return b"\xef\xbb\xbf" + held.getvalue().encode()


def _json(document: Mapping[str, object]) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


_OBJECTS: Mapping[str, str] = {
    "person": N_("resident no. {number}"),
    "ruleset": N_("rules no. {number}"),
    "request": N_("request no. {number}"),
    "record": N_("record no. {number}"),
    "course": N_("course {number}"),
    "purpose": N_("purpose {number}"),
    "change": N_("change no. {number}"),
    "addon": N_("service no. {number}"),
    "staff": N_("account {number}"),
    "entry": N_("log entry {number}"),
    "export": N_("request for a list no. {number}"),
    "order": N_("work order no. {number}"),
    "plan": N_("service plans, version {number}"),
    "measure": N_("measure no. {number}"),
    "refused": N_("word that is not collected, no. {number}"),
    "field": N_("field {number}"),
    "roster": N_("roster of {number}"),
    "patrol": N_("rounds of {number}"),
}
