"""Rows against the log: what lies in the tables now, and what its signed entries last said.

Of answers, rules, notices, accounts, settings and prices an entry tells more than the imprint that
it holds of every row: for these the field is named, or the signature that the row contradicts.
"""

import ast
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from pmdesk.domain.people import PersonId
from pmdesk.domain.progress import Progress, silent
from pmdesk.domain.proof import Difference, Kind
from pmdesk.domain.purposes import PurposeCode
from pmdesk.store import gate, intact, row_check, rows, schema
from pmdesk.store.answers import SqlAnswers
from pmdesk.store.catalogue_register import SqlCatalogue
from pmdesk.store.context import StoreContext
from pmdesk.store.schema_addons import addon
from pmdesk.store.schema_requests import rights_desk
from pmdesk.store.vault import voucher
from pmdesk.store.vault.header import folded

# entries about a person after which the answers are still those that were saved
QUIET = frozenset(
    {
        *("resident.open", "resident.correct", "reveal", "sealed.open", "sealed.write"),
        *("classification.explain", "classification.history", "classification.letter"),
        *("classification.objected", "classification.decided", "classification.tag_deleted"),
        *("consent.proof", "dossier.make", "note.add", "addon.order", "addon.end", "answers.save"),
    }
)
BULK = ("field.off", "retention.swept", "restore")  # take values of many at once

_ruleset = schema.ruleset
_EMPTY = frozenset({"None", "''", "()"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """An entry whose values are still there."""

    seq: int
    action: str
    target: str
    fields: tuple[str, ...]
    row: Mapping[str, Any]


def differences(
    connection: Connection, context: StoreContext, progress: Progress = silent
) -> tuple[Difference, ...]:
    """Every row that is not as the log last committed to it, each once."""
    known = _told(connection, context)
    said = {_told_of(one) for one in known}
    others = row_check.differences(connection, progress)
    return (*known, *(one for one in others if _row(one.target) not in said))


def _told_of(one: Difference) -> str:
    """The row, spelled as `_row` does."""
    spelled = {
        Kind.ANSWERS: f"answers:{one.target.partition(':')[2]}",
        Kind.NOTICE: f"notice:{one.target.replace(' ', '/')}",
        Kind.DESK: "rights_desk:1",
    }
    return spelled.get(one.kind, one.target)


def _row(target: str) -> str:
    """The answers of a person without their purpose, a notice without its language."""
    table, _colon, key = target.partition(":")
    if table == "notice":
        return f"{table}:{key.rpartition('/')[0]}"
    return f"answers:{key}" if table.startswith(rows.ANSWERS) else target


def _told(connection: Connection, context: StoreContext) -> tuple[Difference, ...]:
    entries = tuple(_entries(connection))
    return (
        *_of_answers(connection, context, [e for e in entries if e.action == "answers.save"]),
        *_of_rules(connection, [e for e in entries if e.action == "rules.save"]),
        *_of_notices(connection),
        *_of_accounts(connection, context),
        *_of_desk(connection, [e for e in entries if e.action == "desk.configure"]),
        *_of_prices(connection, [e for e in entries if e.action == "addon.publish"]),
    )


def _entries(connection: Connection) -> Iterator[_Entry]:
    for seq, body, row in connection.exec_driver_sql(_COMMITTED):
        doc = json.loads(body)
        yield _Entry(
            seq=seq,
            action=doc["action"],
            target=doc["object"],
            fields=tuple(doc["fields"]),
            row=json.loads(row),
        )


# ---- answers --------------------------------------------------------------------------------


def _of_answers(
    connection: Connection, context: StoreContext, entries: Iterable[_Entry]
) -> Iterator[Difference]:
    purposes = _purposes(connection, context)
    newest: dict[tuple[str, PurposeCode], _Entry] = {}
    for entry in entries:
        purpose = next((purposes[k] for k in (*entry.row, *entry.fields) if k in purposes), None)
        if purpose is not None:
            newest[entry.target, purpose] = entry
    swept = connection.exec_driver_sql(_SWEPT).scalar() or 0
    answers = SqlAnswers(connection, context)
    for (target, purpose), entry in newest.items():
        if _touched_since(connection, entry):
            continue
        found = answers.get(PersonId(int(target.partition(":")[2])), purpose)
        if found is None and (swept > entry.seq or not _any(entry)):
            continue
        now = {str(key): repr(value) for key, value in (found.values if found else {}).items()}
        wrong = _others(entry.row, now, purposes, gone_is_fine=swept > entry.seq)
        if wrong:
            yield Difference(kind=Kind.ANSWERS, target=target, seq=entry.seq, fields=wrong)


def _purposes(connection: Connection, context: StoreContext) -> Mapping[str, PurposeCode]:
    """By field, the purpose under whose answers it lies."""
    families = gate.tables(SqlCatalogue(connection, context).live())
    return {
        field.key: PurposeCode(purpose)
        for purpose, family in families.items()
        for field in family.fields
    }


def _any(entry: _Entry) -> bool:
    return any(value not in _EMPTY for value in entry.row.values())


def _touched_since(connection: Connection, entry: _Entry) -> bool:
    later = connection.exec_driver_sql(_LATER, (entry.target, entry.seq))
    return any(json.loads(body)["action"] not in QUIET for (body,) in later)


def _others(
    said: Mapping[str, str],
    now: Mapping[str, str],
    known: Mapping[str, PurposeCode],
    *,
    gone_is_fine: bool,
) -> tuple[str, ...]:
    """The fields that hold something else than was said; a value of the wrong spelling is one."""
    wrong = []
    for key in sorted({*said, *now}):
        there, then = _plain(now.get(key, "None")), _plain(said.get(key, "None"))
        if there != then and key in known and not (gone_is_fine and there == "None"):
            wrong.append(key)
    return tuple(wrong)


def _plain(spelled: str) -> str:
    """The value without the order of its choices; nothing, whichever way it is spelled."""
    if spelled in _EMPTY:
        return "None"
    if spelled.startswith("(") and "datetime" not in spelled:
        return repr(tuple(sorted(map(str, ast.literal_eval(spelled)))))
    return spelled


# ---- rules, notices, accounts, settings ------------------------------------------------------


def _of_rules(connection: Connection, entries: Iterable[_Entry]) -> Iterator[Difference]:
    last = {entry.target: entry for entry in entries}
    for row in connection.execute(select(_ruleset)):
        target = f"ruleset:{row.id}"
        digest = hashlib.sha256(row.document.encode()).hexdigest()
        entry = last.get(target)
        said = entry.row.get("digest") if entry else row.digest
        if not digest == row.digest == said:
            yield Difference(kind=Kind.RULES, target=target, seq=entry.seq if entry else 0)


def _of_notices(connection: Connection) -> Iterator[Difference]:
    found = tuple(connection.execute(select(schema.notice)))
    by_purpose = {row.purpose for row in found} | {key[0] for key in intact.imprints(connection)}
    for purpose in sorted(by_purpose):
        mine = [row for row in found if row.purpose == purpose]
        for version, fault in intact.sound_versions(connection, mine).items():
            if fault is not None:
                yield Difference(kind=Kind.NOTICE, target=f"{purpose} {version}", seq=0)


def _of_accounts(connection: Connection, context: StoreContext) -> Iterator[Difference]:
    """Accounts that are not as the roster says, which an administrator signed."""
    roster = voucher.read(context.certificate)
    if roster is None:
        return
    mine = f'"user":"{context.uid}"'.encode()
    since = connection.exec_driver_sql(_SIGNED_IN, (mine,)).scalar() or 0
    for row in connection.execute(select(schema.staff)):
        target = f"staff:{row.uid}"
        later = connection.exec_driver_sql(_LATER, (target, since))
        if any(json.loads(body)["action"].startswith("staff.") for (body,) in later):
            continue  # changed by this very session, which knows the roster of its beginning
        user = roster.users.get(row.uid)
        said = (folded(user.login), user.role.value, user.active) if user else None
        if said != (folded(row.login), row.role, row.enabled):
            yield Difference(kind=Kind.ACCOUNT, target=target, seq=0, fields=(row.login,))


def _of_desk(connection: Connection, entries: Iterable[_Entry]) -> Iterator[Difference]:
    last = next(iter(sorted(entries, key=lambda entry: -entry.seq)), None)
    row = connection.execute(select(rights_desk)).first()
    if last is not None and (row is None or (row.city, row.target) != _desk(last)):
        yield Difference(kind=Kind.DESK, target="desk", seq=last.seq)


def _desk(entry: _Entry) -> tuple[object, object]:
    return entry.row.get("city"), entry.row.get("target")


def _of_prices(connection: Connection, entries: Iterable[_Entry]) -> Iterator[Difference]:
    prices = {f"addon:{row.id}": row.price for row in connection.execute(select(addon))}
    for entry in entries:
        if prices.get(entry.target) != entry.row.get("price"):
            yield Difference(kind=Kind.PRICE, target=entry.target, seq=entry.seq)


_COMMITTED = """
SELECT a.seq, a.body, s.row FROM audit_salt s JOIN audit a ON a.seq = s.seq ORDER BY a.seq"""
_LATER = "SELECT body FROM audit WHERE target = ? AND seq > ?"
_SIGNED_IN = """
SELECT seq FROM audit WHERE instr(body, CAST('"action":"sign_in"' AS BLOB))
AND instr(body, ?) ORDER BY seq DESC LIMIT 1"""
_SWEPT = "SELECT max(seq) FROM audit WHERE " + " OR ".join(
    f'instr(body, CAST(\'"action":"{action}"\' AS BLOB))' for action in BULK
)
