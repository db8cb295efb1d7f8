"""What must be true of an office after a crash, checked as cheaply as it can be."""

from typing import Any

from pmdesk.domain.purposes import CLASSIFICATION, CONTRACT
from pmdesk.store.backup import lock
from pmdesk.store.vault import folder as files
from pmdesk.store.vault import trust
from pmdesk.store.vault.header import State
from tests.offices import Office


def office_at(folder, founded, clock):
    """The office in that folder; its accounts open it with the keys they hold."""
    return Office(folder=folder, founded=founded, clock=clock)


def ring_for_all(folder, founded):
    """The key of the data file: every active account and nobody else gets it, and all the same."""
    header = files.load_header(folder)
    found = set()
    for signer in founded.signers.values():
        user: Any = header.user(signer.uid)
        rings = trust.rings_of(header, user, signer.pair)
        assert ("ops" in rings) is (user.state is State.ACTIVE)
        found |= {bytes(rings["ops"])} if rings else set()
    (ring,) = found
    return bytearray(ring)


def damage(office):
    """What the database itself finds wrong, page by page and row by row.

    After a cut a page may be torn that the log beside the data still has whole: it is put back
    first.
    """
    office.session("admin")
    office.opened["admin"].settle()
    cipher = office.sql("PRAGMA cipher_integrity_check")
    plain = [row for row in office.sql("PRAGMA integrity_check") if row[0] != "ok"]
    return [*cipher, *plain, *office.sql("PRAGMA foreign_key_check")]


def state(session, person):
    """Everybody's id, and the area and the wish of the one person."""
    with session.store.reading() as work:
        ids = {row.id for row in work.people.rows(range(1, 10_000), today=session.clock.today())}
        area = work.answers.get(person, CONTRACT)
        wish = work.answers.get(person, CLASSIFICATION)
    return ids, area.values["floor_area"] if area else 0, wish.values["clean_need"]


def leftovers(folder):
    """Files that a crash left and the next sign-in should have cleared away."""
    known = files.load_header(folder).db
    for path in sorted(folder.rglob("*")):
        name = path.name
        is_other = name.startswith("data-") and not name.startswith(known)
        is_other = is_other or name == lock.NEXT
        if is_other or name.startswith(".pmdesk-") or path.suffix in {".tmp", ".part"}:
            yield name
