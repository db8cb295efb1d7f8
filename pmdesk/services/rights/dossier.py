"""The dossier: everything the office holds about one person, readable and for machines."""

import base64
import hashlib
import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pmdesk.domain.acts import archive_info, held_info, statement_info
from pmdesk.domain.fairness import sample_info
from pmdesk.domain.fields import FieldKey
from pmdesk.domain.masks import mask_name, mask_phone
from pmdesk.domain.people import PersonId
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.purposes import PurposeCode
from pmdesk.domain.quarantine import seal_info as quarantine_info
from pmdesk.domain.staff import Permission
from pmdesk.errors import RefusedError
from pmdesk.i18n import N_
from pmdesk.services.consent import consent_items
from pmdesk.services.residents import seal_info
from pmdesk.services.rights.dossier_places import place_of
from pmdesk.services.session import Session, about

THIRD = "***"  # stands where another person's data were
STAFF = "staff"  # stands where the uid of a colleague was
NOT_OPENED = "sealed"

# about other people: left out, whatever stands there
_OTHERS: Mapping[str, frozenset[str]] = {
    "consent_event": frozenset({"witness", "given_by", "guardian", "agent", "interpreter"}),
    "rights_request": frozenset({"requester_name", "relation", "target", "reason_text"}),
    "request_step": frozenset({"note"}),
    "work_order": frozenset({"assignee"}),
    "order_step": frozenset({"words"}),  # may tell of a neighbour, or of who does the work
}
_OF_OTHERS = frozenset({"minor", "other_person"})  # recorded by mistake, about somebody else
_MASKED = {"emergency_contact": mask_name, "emergency_phone": mask_phone}
_MACHINE = frozenset({"sound", "place"})  # sort keys made of what stands beside them

Rows = tuple[Mapping[str, object], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """All rows about a person by table; what is another's is left out or masked."""

    office: str
    number: str  # of the request
    person: PersonId
    made_at: datetime
    tables: Mapping[str, Rows]
    accesses: Mapping[str, int]  # how often the log names the person, by act
    others_removed: int  # how many values about other people were left out or masked
    not_opened: int  # sealed values that this account cannot open

    def as_json(self) -> bytes:
        """For machines, with a SHA-256 checksum of the content in the last line."""
        content = {
            "office": self.office,
            "request": self.number,
            "made_at": self.made_at.isoformat(),
            "used_to_train_models": False,
            "accesses": dict(self.accesses),
            "tables": {name: list(rows) for name, rows in self.tables.items() if rows},
        }
        text = json.dumps(content, ensure_ascii=False, sort_keys=True)
        digest = hashlib.sha256(text.encode()).hexdigest()
        return f'{{"content": {text},\n"sha256": "{digest}"}}\n'.encode()


def checks(file: bytes) -> bool:
    """Whether a dossier for machines is as it was handed over."""
    head, _mark, tail = file.decode().rpartition(',\n"sha256": "')
    content = head.removeprefix('{"content": ')
    return hashlib.sha256(content.encode()).hexdigest() == tail.removesuffix('"}\n')


def gathered(
    session: Session,
    work: UnitOfWork,
    person: PersonId,
    number: str,
    *,
    sealed: bool = True,
    only: Collection[str] | None = None,
) -> Dossier:
    """Every row of every table (or of `only` these) about the person.

    Without `sealed` nothing sensitive is opened: an agent does not see it.
    """
    uids = frozenset(one.uid for one in work.staff.all())
    gather = _Gathering(session, work, person, uids, sealed=sealed)
    names = [one for one in work.dossiers.tables() if one != "audit" and (not only or one in only)]
    tables = {name: gather.table(name) for name in names}
    return Dossier(
        office=work.office.get().name,
        number=number,
        person=person,
        made_at=session.clock.now(),
        tables={name: rows for name, rows in tables.items() if rows},
        accesses=Counter(entry.action for entry in work.audit.about(about(person))),
        others_removed=gather.removed,
        not_opened=gather.not_opened,
    )


def require_whole(dossier: Dossier) -> None:
    """RefusedError when sealed values are missing: somebody with the key has to finish it."""
    if dossier.not_opened:
        raise RefusedError(
            N_("{count} sealed values cannot be opened with this account."),
            N_("Let somebody make the dossier who opens them: the archive only an administrator."),
            count=dossier.not_opened,
        )


class _Gathering:
    """Reads table by table and counts what was left out."""

    def __init__(
        self,
        session: Session,
        work: UnitOfWork,
        person: PersonId,
        uids: frozenset[str],
        *,
        sealed: bool,
    ) -> None:
        self._session = session
        self._work = work
        self._person = person
        self._uids = uids
        self._opens = sealed and session.staff.may(Permission.OPEN_SEALED)
        self._opens_archive = session.staff.may(Permission.OPEN_ARCHIVE)
        self._asked = sealed
        self._found: dict[str, Rows] = {}
        self.removed = 0
        self.not_opened = 0

    def table(self, name: str) -> Rows:
        """The rows about the person, without what is another's."""
        return tuple(self._cleaned(name, row) for row in self._rows(name))

    def _rows(self, name: str) -> Rows:
        if name not in self._found:
            self._found[name] = self._read(name)
        return self._found[name]

    def _read(self, name: str) -> Rows:
        place = place_of(name)
        if place is None:
            return ()
        if place.via:
            linked = (row[place.link] for row in self._rows(place.via))
            found = (self._work.dossiers.rows(name, place.column, _key(one)) for one in linked)
            return tuple(row for rows in found for row in rows)
        rows = self._work.dossiers.rows
        key: str | int = f"{place.prefix}{self._person}" if place.prefix else int(self._person)
        if place.column == "subject":  # "17", and "17:P2" where a form is about one purpose
            purposes = [one.code for one in self._work.catalogue.live().purposes]
            keys = [str(self._person), *(f"{self._person}:{code}" for code in purposes)]
            return tuple(row for one in keys for row in rows(name, place.column, one))
        return rows(name, place.column, key)

    def _cleaned(self, name: str, row: Mapping[str, object]) -> Mapping[str, object]:
        return {
            key: self._value(name, row, key, value)
            for key, value in row.items()
            if key not in _MACHINE
        }

    def _value(self, name: str, row: Mapping[str, object], key: str, value: object) -> object:
        if value in (None, ""):
            return value
        if key in _OTHERS.get(name, ()) and value != "self":
            self.removed += 1
            return THIRD
        if key in _MASKED:
            self.removed += 1
            return _MASKED[key](str(value))
        if name == "quarantine" and key == "blob" and row["reason"] in _OF_OTHERS:
            self.removed += 1
            return THIRD
        if isinstance(value, str) and value in self._uids:
            return STAFF
        return self._opened(name, row, value) if isinstance(value, bytes) else value

    def _opened(self, name: str, row: Mapping[str, object], blob: bytes) -> object:
        info = _sealed_info(self._person, name, row)
        if info is None:
            return base64.b64encode(blob).decode()
        if not self._opens or (name == "archive" and not self._opens_archive):
            self.not_opened += self._asked
            return NOT_OPENED
        return (
            self._session.accounts.open_sealed(info, blob).decode().rstrip()
        )  # samples are padded


def _sealed_info(
    person: PersonId, name: str, row: Mapping[str, object]
) -> Sequence[str | int] | None:
    """What the blob of that row is bound to; None for what is not sealed: a signature."""
    purpose = PurposeCode(str(row.get("purpose", "")))
    field = FieldKey(str(row.get("field", "")))
    slot = row.get("item")
    bound: Mapping[str, Sequence[str | int]] = {
        "sealed_value": seal_info(person, purpose, field),
        "fairness_sample": sample_info(str(row.get("pseudonym", ""))),
        "consent_item": consent_items.seal_info(
            person, purpose, slot if isinstance(slot, int) else 0
        ),
        "held": held_info(person, purpose),
        "archive": archive_info(person),
        "dispute": statement_info(person, field),
        "quarantine": quarantine_info(person, field),
    }
    return bound.get(name)


def _key(value: object) -> str | int:
    return value if isinstance(value, str | int) else str(value)
