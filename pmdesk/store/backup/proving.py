"""The proof of a backup: it is restored into a private folder and looked at from all sides."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import DBAPIError

from pmdesk.domain.anchors import Anchor
from pmdesk.errors import PmdeskError, VaultDamagedError, WrongKeyError
from pmdesk.i18n import N_
from pmdesk.store import chain, schema
from pmdesk.store.anchors import contained, genuine
from pmdesk.store.backup import container
from pmdesk.store.backup.container import Container, Tell, damaged
from pmdesk.store.backup.contents import contents
from pmdesk.store.backup.header import BackupHeader
from pmdesk.store.backup.lanes import Look, side_by_side
from pmdesk.store.interrupting import interruptible
from pmdesk.store.vault.engine import make_engine, require_stamp, translated

_EXTRACTED, _WHOLE, _PERCENT = 20, 80, 100  # how far the work is after its parts
_CACHE = -262_144  # KiB: the check of all indexes is several times as fast


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A backup that was restored and found whole."""

    header: BackupHeader
    entries: int  # of the signed log, each checked


def prove(found: Container, key: bytearray, work: Path, tell: Tell) -> Proof:
    """The proof; VaultDamagedError says which part of the backup is not whole."""
    path = work / "restored.db"
    container.extract(found, path, lambda done, total: tell(_EXTRACTED * done // total, _PERCENT))
    share = _PERCENT - _EXTRACTED
    return prove_extracted(
        path,
        key,
        found.header,
        lambda done, _all: tell(_EXTRACTED + share * done // _PERCENT, _PERCENT),
    )


def prove_extracted(  # a proof has these parts
    path: Path,
    key: bytearray,
    header: BackupHeader,
    tell: Tell,
    *,
    beside: Callable[[Look], object] = lambda _look: None,
    since: Anchor | None = None,
) -> Proof:
    """The proof of a database that lies outside its container, byte for byte as inside.

    `beside` runs meanwhile in another thread; what it raises is told like a fault of the proof.
    The log is walked from `since` on, which must be a point whose entries were verified before.
    """

    def other(look: Look) -> None:
        _require_sealed(path, key)
        look()
        beside(look)

    def mine(look: Look) -> Proof:
        def looked(done: int, total: int) -> None:
            look()
            tell(done, total)

        engine = make_engine(path, key)
        try:
            return _checked(engine, header, since, looked)
        finally:
            engine.dispose()

    try:
        return side_by_side(mine, other)[0]
    except (WrongKeyError, DBAPIError) as error:
        raise _not_whole(error) from error


def _checked(engine: Engine, header: BackupHeader, since: Anchor | None, tell: Tell) -> Proof:
    require_stamp(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA cache_size={_CACHE}")
        with interruptible(connection, lambda: tell(0, _PERCENT)):
            _require_sound(connection)
        tell(_WHOLE, _PERCENT)
        _require_told(connection, header)
        entries = _require_log(connection, header, since, tell)
    tell(_PERCENT, _PERCENT)
    return Proof(header=header, entries=entries)


def _require_sealed(path: Path, key: bytearray) -> None:
    """Each page, free ones too, is under the seal of the key."""
    engine = make_engine(path, key)
    try:
        with engine.connect() as connection:
            if connection.exec_driver_sql("PRAGMA cipher_integrity_check").all():
                raise damaged(N_("Pages of the database in this backup are damaged."))
    finally:
        engine.dispose()


def _require_sound(connection: Connection) -> None:
    run = connection.exec_driver_sql
    if [row[0] for row in run("PRAGMA integrity_check")] != ["ok"]:
        raise damaged(N_("The database in this backup is damaged."))
    if run("PRAGMA foreign_key_check").first() is not None:
        raise damaged(N_("Records in this backup do not belong together."))


def _require_told(connection: Connection, header: BackupHeader) -> None:
    found = contents(connection)
    told = (dict(header.counts), header.schema, header.newest, header.rules)
    if (dict(found.counts), found.schema, found.newest, found.rules) != told:
        raise damaged(N_("This backup does not hold what its beginning says."))


def _require_log(
    connection: Connection, header: BackupHeader, since: Anchor | None, tell: Tell
) -> int:
    """How many entries the log has; its maker, its chain and its anchor hold."""
    keys: dict[str, tuple[bytes, ...]] = {}
    for row in connection.execute(select(schema.signer)):
        keys[row.uid] = (*keys.get(row.uid, ()), row.key)
    if bytes.fromhex(header.pen) not in keys.get(header.by, ()) or not genuine(header.anchor, keys):
        raise damaged(N_("Whoever signed this backup is not known in its office."))
    checked = chain.check(
        connection, keys, since=since, progress=lambda at, of: tell(_log(at, of), _PERCENT)
    )
    if checked.broken is not None:
        seq = checked.broken.seq
        raise damaged(N_("Entry {count} of the log in this backup does not hold."), seq)
    if checked.count != header.anchor.count or not contained(connection, header.anchor):
        raise damaged(N_("The log in this backup is not the one its beginning names."))
    return checked.count


def _log(at: int, of: int) -> int:
    return _WHOLE + (_PERCENT - _WHOLE) * at // max(of, 1)


def _not_whole(error: Exception) -> PmdeskError:
    """A damaged database is a damaged backup; a full disk stays a full disk."""
    found = error if isinstance(error, PmdeskError) else translated(error)
    if isinstance(found, VaultDamagedError | WrongKeyError):
        return damaged(N_("The database in this backup is damaged."))
    return found
