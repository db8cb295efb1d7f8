"""Rows of the office bound to the log: every entry commits to the rows that its act changed.

While the program writes, temporary triggers of its own connection note which rows are touched;
another tool has no such triggers. The next entry carries one imprint of salted imprints of those
rows, in the same transaction. A migration that changes rows has to touch them the same way.
"""

import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine

SALT, DIGEST = 16, 32
GONE = bytes(DIGEST)  # the imprint of a row that is not there any more
ANSWERS = "answers_"

# what the log does not bind, and why
UNBOUND: Mapping[str, str] = {
    "audit": "the log itself",
    "audit_salt": "bound by the entries of the log",
    "signer": "bound by the certificates in it",
    "row_leaves": "what binds",
    "row_salt": "what binds",
    "draft": "forms that nobody saved yet",
    "sweep": "the day up to which things were erased",
    "classification": "made anew from bound answers by bound rules",
    "tier_history": "made anew from bound answers by bound rules",
    "order_mark": "made anew from bound orders, by the database itself",
    "shown_view": "grows with every look at a chart, which is no act",
    "fairness_sample": "its pseudonym may stand in no other table",
    "alembic_version": "version of the tables",
    "sqlite_sequence": "the database's own",
}

_WATCHED = "rows watched at"
_PARTS = 3  # columns that a primary key has at most


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A table whose rows are bound, with the lists that hang on its rows."""

    name: str
    keys: tuple[str, ...]
    columns: tuple[str, ...]
    defaults: tuple[str | None, ...]
    lists: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaves:
    """Imprints of rows of one table, as an entry of the log commits to them."""

    tab: str
    keys: str
    digests: bytes


def connected(engine: Engine) -> Connection:
    """A connection whose writes are noted; nothing is begun yet."""
    connection = engine.connect()
    version = _schema(connection)
    if connection.info.get(_WATCHED, version) != version:  # tables came or went since
        connection.invalidate()
        connection.close()
        connection = engine.connect()
    if _WATCHED not in connection.info:
        cursor = connection.connection.cursor()
        cursor.execute(_TOUCHED)
        for statement in _triggers(bound(connection)):
            cursor.execute(statement)
        connection.info[_WATCHED] = version
    return connection


def remade(connection: Connection) -> None:
    """The answers tables are new: every row of them counts as touched and is watched again."""
    if _WATCHED not in connection.info:
        return
    answers = [one for one in bound(connection) if one.name.startswith(ANSWERS)]
    for statement in _triggers(answers):
        connection.exec_driver_sql(statement)
    for one in answers:
        connection.exec_driver_sql(_touch(one))
    known = {one.name for one in answers}
    for (tab,) in connection.exec_driver_sql(_ANSWERS_BEFORE).all():
        if tab not in known:  # the family is gone, and its rows with it
            connection.exec_driver_sql(_ALL_GONE, (tab,))


def touch_unbound(connection: Connection, most: int) -> int:
    """Rows that no entry knows yet count as touched; how many there were, at most `most`."""
    found = 0
    for one in bound(connection):
        if found < most:
            limit = f" WHERE {unbound(one)} LIMIT {most - found}"
            found += connection.exec_driver_sql(_touch(one) + limit).rowcount
    return found


def is_touched(connection: Connection) -> bool:
    """Whether a row was changed that no entry binds yet."""
    if _WATCHED not in connection.info:
        return False
    return connection.exec_driver_sql("SELECT 1 FROM touched LIMIT 1").first() is not None


def taken(connection: Connection) -> tuple[Leaves, ...]:
    """The imprints of what was touched since the last entry; each row has a new salt."""
    if _WATCHED not in connection.info:
        return ()
    names = connection.exec_driver_sql("SELECT DISTINCT tab FROM touched").scalars().all()
    if not names:
        return ()
    known = {one.name: one for one in bound(connection, names)}
    leaves = tuple(_leaves(connection, name, known.get(name)) for name in sorted(names))
    connection.exec_driver_sql("DELETE FROM touched")
    return leaves


def put(connection: Connection, seq: int, leaves: Sequence[Leaves]) -> None:
    """The imprints stand beside the entry that commits to them."""
    lines = [(seq, one.tab, one.keys, one.digests) for one in leaves]
    if lines:
        connection.exec_driver_sql("INSERT INTO row_leaves VALUES (?, ?, ?, ?)", lines)


def root(leaves: Iterable[Leaves]) -> str:
    """One imprint of all of them, in hex."""
    whole = hashlib.sha256(b"pmdesk-rows-1")
    for one in leaves:
        for part in (one.tab.encode(), one.keys.encode(), one.digests):
            whole.update(len(part).to_bytes(8, "big") + part)
    return whole.hexdigest()


def imprint(salt: bytes, one: Bound, key: str, values: Sequence[Any]) -> bytes:
    """What binds a row without telling it; columns that came later at their default add nothing."""
    width = len(one.columns)
    plain = list(values[:width])
    while plain and _is_default(plain[-1], one.defaults[len(plain) - 1]):
        plain.pop()
    chosen = [part for part in zip(one.lists, values[width:], strict=True) if part[1]]
    text = json.dumps([one.name, key, plain, chosen], default=bytes.hex, separators=(",", ":"))
    return hashlib.sha256(salt + text.encode()).digest()


def read(connection: Connection, one: Bound, keys: str) -> Iterator[tuple[str, Sequence[Any]]]:
    """Rows as (key, values), the lists that hang on them last.

    `keys` is a query that gives the parts of the keys as k1, k2 and k3.
    """
    columns = [f'x."{column}"' for column in one.columns]
    columns += [_CHOSEN.format(name=name) for name in one.lists]
    pairs = [f'x."{column}" = t.k{place}' for place, column in enumerate(one.keys, 1)]
    rows = connection.exec_driver_sql(
        f"SELECT k1, k2, k3, {', '.join(columns)} FROM ({keys}) t"
        f' LEFT JOIN "{one.name}" x ON {" AND ".join(pairs)}'
    )
    for row in rows:
        yield "/".join(map(str, row[: len(one.keys)])), row[_PARTS:]


def every_key(one: Bound) -> str:
    """The query for `read` that gives all rows there are."""
    columns = ", ".join(f"{part} AS k{place}" for place, part in enumerate(_parts(one, "x"), 1))
    return f'SELECT {columns} FROM "{one.name}" x'


def is_gone(one: Bound, values: Sequence[Any]) -> bool:
    """Whether the join found no row."""
    return values[one.columns.index(one.keys[0])] is None


def unbound(one: Bound) -> str:
    """The condition, for the table as `x`, that no entry knows the row."""
    key = " || '/' || ".join(f'x."{column}"' for column in one.keys)
    return (
        f"NOT EXISTS (SELECT 1 FROM row_salt s WHERE s.tab = '{one.name}' AND s.key = {key} || '')"
    )


def bound(connection: Connection, names: Iterable[str] | None = None) -> tuple[Bound, ...]:
    """The bound tables that this office has; or those of these names."""
    cursor = connection.connection.cursor()
    found = {name for (name,) in cursor.execute(_TABLES)}
    answers = {name for name in found if name.startswith(ANSWERS)}
    wanted = found if names is None else found.intersection(names)
    return tuple(
        _bound(cursor, name, sorted(one for one in answers if one.startswith(name + "_")))
        for name in sorted(wanted)
        if name not in UNBOUND and not (name in answers and name.count("_") > 1)
    )


def _bound(cursor: Any, name: str, lists: Sequence[str]) -> Bound:
    info = cursor.execute(f'PRAGMA table_info("{name}")').fetchall()
    keys = sorted((place, column) for _cid, column, _type, _nn, _default, place in info if place)
    return Bound(
        name=name,
        keys=tuple(column for _place, column in keys),
        columns=tuple(column for _cid, column, *_rest in info),
        defaults=tuple(default for *_rest, default, _place in info),
        lists=tuple(lists) if name.startswith(ANSWERS) else (),
    )


def _leaves(connection: Connection, name: str, one: Bound | None) -> Leaves:
    if one is None:  # the whole table went
        keys = connection.exec_driver_sql(_KEYS, (name,)).scalars().all()
        connection.exec_driver_sql("DELETE FROM row_salt WHERE tab = ?", (name,))
        return Leaves(tab=name, keys=_listed(keys), digests=GONE * len(keys))
    touched = f"SELECT k1, k2, k3 FROM touched WHERE tab = '{name}'"
    keys, digests, salts, gone = [], [], [], []
    for key, values in read(connection, one, touched):
        keys.append(key)
        if is_gone(one, values):
            gone.append((name, key))
            digests.append(GONE)
            continue
        salt = secrets.token_bytes(SALT)
        salts.append((name, key, salt))
        digests.append(imprint(salt, one, key, values))
    if salts:
        connection.exec_driver_sql(_SALT, salts)
    if gone:
        connection.exec_driver_sql("DELETE FROM row_salt WHERE tab = ? AND key = ?", gone)
    return Leaves(tab=name, keys=_listed(keys), digests=b"".join(digests))


def _listed(keys: Sequence[str]) -> str:
    return json.dumps(list(keys), separators=(",", ":"))


def _triggers(tables: Iterable[Bound]) -> Iterator[str]:
    for one in tables:
        for name in (one.name, *one.lists):
            yield from _watching(one, name)


def _watching(one: Bound, name: str) -> Iterator[str]:
    new, old = _noted(one, "NEW"), _noted(one, "OLD")
    for act, noted in (("INSERT", new), ("UPDATE", f"{old}; {new}"), ("DELETE", old)):
        yield (
            f'CREATE TEMP TRIGGER IF NOT EXISTS "watch_{name}_{act}" AFTER {act} ON main."{name}"'
            f" BEGIN {noted}; END"
        )


def _noted(one: Bound, half: str) -> str:
    """The row is noted once; not by OR IGNORE, which an upsert outside would overrule."""
    parts = _parts(one, half)
    # the plus takes the type from the column, so that the key of `touched` can be looked up
    same = " AND ".join(f"k{place} = +{part}" for place, part in enumerate(parts, 1))
    known = f"SELECT 1 FROM touched WHERE tab = '{one.name}' AND {same}"
    return f"INSERT INTO touched SELECT '{one.name}', {', '.join(parts)} WHERE NOT EXISTS ({known})"


def _touch(one: Bound) -> str:
    parts = ", ".join(_parts(one, "x"))
    return f"INSERT OR IGNORE INTO touched SELECT '{one.name}', {parts} FROM \"{one.name}\" x"


def _parts(one: Bound, of: str) -> list[str]:
    return [f'{of}."{column}"' for column in one.keys] + ["''"] * (_PARTS - len(one.keys))


def _schema(connection: Connection) -> int:
    return int(connection.connection.cursor().execute("PRAGMA schema_version").fetchone()[0])


def _is_default(value: object, default: str | None) -> bool:
    if value is None or default is None:
        return value is None and default is None
    return str(value) == default.strip("'")


_TABLES = """
SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT GLOB 'person_search*'"""
_TOUCHED = """CREATE TEMP TABLE IF NOT EXISTS touched (
  tab TEXT, k1, k2, k3, PRIMARY KEY (tab, k1, k2, k3)) WITHOUT ROWID"""
_CHOSEN = """(SELECT group_concat(value, char(31)) FROM
  (SELECT value FROM "{name}" WHERE person = x.person ORDER BY value))"""
_SALT = """INSERT INTO row_salt VALUES (?, ?, ?)
ON CONFLICT (tab, key) DO UPDATE SET salt = excluded.salt"""
_KEYS = "SELECT key FROM row_salt WHERE tab = ? ORDER BY key"
_ANSWERS_BEFORE = "SELECT DISTINCT tab FROM row_salt WHERE tab GLOB 'answers_*'"
_ALL_GONE = "INSERT OR IGNORE INTO touched VALUES (?, 0, '', '')"
