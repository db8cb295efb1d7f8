"""New keys by a new generation: never a rekey of the file that people work on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, Engine

from pmdesk.domain.keys import ROTATED, TARGET
from pmdesk.domain.office import Clock
from pmdesk.errors import VaultDamagedError
from pmdesk.i18n import N_
from pmdesk.store import checking, rows
from pmdesk.store.audit import SqlAudit
from pmdesk.store.backup import lock
from pmdesk.store.backup.container import Tell
from pmdesk.store.backup.contents import contents
from pmdesk.store.backup.making import copy_pages
from pmdesk.store.backup.restoring import context_of
from pmdesk.store.generations import kept, resealing
from pmdesk.store.generations.turning import remove, turned_over
from pmdesk.store.vault.engine import WRITE, checkpoint, make_engine
from pmdesk.store.vault.header import OPS, SEALED, Header
from pmdesk.store.vault.opened import OpenVault

_COPIED, _RESEALED, _PERCENT = 50, 75, 100  # how far the work is after its parts


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stand:
    """What has to be the same in both generations."""

    counts: Mapping[str, int]
    entries: int
    head: bytes


def rotate(opened: OpenVault, clock: Clock, tell: Tell, *, sealed: bool = False) -> None:
    """Active accounts hold new keys and nobody else any; the office is closed: sign in anew.

    Passwords stay as they are. With `sealed` all sealed fields are sealed anew too. An error or a
    cancel changes nothing.
    """
    before = opened.folder / opened.header.db
    opened.settle()
    header, signer = turn = opened.turned((OPS, SEALED) if sealed else (OPS,))
    renewed = lock.regranted(opened, header.sealed_pub, signer.rings[SEALED]) if sealed else None
    if renewed is not None:  # after a cut right behind the swap the next start puts it in place
        lock.announce(opened.folder, renewed)
    turned_over(opened, turn, partial(_fill, opened, header, clock, tell))
    if sealed:
        kept.drop_all(opened.folder)  # nobody has the key of what is sealed in them any more
    if renewed is not None:
        lock.save(opened.folder, renewed)
    remove(before)


def _fill(  # one generation has these parts
    opened: OpenVault, header: Header, clock: Clock, tell: Tell, path: Path, key: bytearray
) -> None:
    with opened.engine.connect() as source:
        stand = _stand(source)  # begins the transaction, so all is of one moment
        copy_pages(source.connection.driver_connection, path, key, _part(tell, 0, _COPIED))
    engine = make_engine(path, key)
    try:
        with engine.connect() as connection:
            if _stand(connection) != stand:
                raise _differs()
        _renew(opened, header, engine, clock, _part(tell, _COPIED, _RESEALED))
        checkpoint(engine)
        checking.require_whole(engine, lambda: tell(_RESEALED, _PERCENT))
    finally:
        engine.dispose()
    tell(_PERCENT, _PERCENT)


def _renew(  # one renewal has these parts
    opened: OpenVault, header: Header, engine: Engine, clock: Clock, tell: Tell
) -> None:
    """All seals are new where the key is; the entry says so, and binds the rows that changed."""
    fields = [OPS, f"gen:{header.gen}"]
    with rows.connected(engine).execution_options(**{WRITE: True}) as connection:
        if header.sealed_pub != opened.header.sealed_pub:
            seal = opened.bulk_seal(header.sealed_pub)
            _done, spoilt = resealing.reseal(connection, opened.open_sealed, seal, tell)
            fields[1:1] = [SEALED]
            fields += [f"spoilt:{spoilt}"] if spoilt else []
        audit = SqlAudit(connection, context_of(opened))
        audit.append(ROTATED, TARGET, fields=fields, at=clock.now())
        audit.seal()
        connection.commit()


def _stand(connection: Connection) -> _Stand:
    entries, head = checking.log_end(connection)
    return _Stand(counts=contents(connection).counts, entries=entries, head=head)


def _differs() -> VaultDamagedError:
    return VaultDamagedError(
        N_("The new data file is not the same as the old one; nothing was changed."),
        N_("Try again; if it happens again, check the disk of this computer."),
    )


def _part(tell: Callable[[int, int], None], start: int, end: int) -> Tell:
    """Reports of a part as shares of the whole."""

    def told(done: int, total: int) -> None:
        tell(start + (end - start) * done // max(total, 1), _PERCENT)

    return told
