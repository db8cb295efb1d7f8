"""How long the dossier takes of one person with thousands of notes, in a large office.

    python benchmarks/dossier.py --people 100000 --notes 5000

Measured: reading every table, the words, the PDF file and the file for machines; best of three.
"""

import argparse
import secrets
import tempfile
import time
from pathlib import Path

from pmdesk.app.clock import SystemClock
from pmdesk.app.demo import PROFILE
from pmdesk.app.offices import Founder, found
from pmdesk.domain.people import NewResident, PartyRole, PersonId
from pmdesk.services import demo, undertakings
from pmdesk.services.rights import dossier, dossier_text
from pmdesk.services.rights.dossier_paper import dossier_pdf
from pmdesk.services.session import Session
from pmdesk.store.vault.kdf import MEMORY, Kdf

RUNS = 3
HUNDRED = 100
PASSPHRASE = secrets.token_hex(16)
NOTE = "第 {number} 次报修：厨房水管漏水，已更换软管并试水。"
CHEAP = Kdf(memory=MEMORY[0], passes=1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--notes", type=int, default=5_000)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        founder = Founder(login="admin", name="周敏", password=PASSPHRASE)
        office, _key = found(Path(folder) / "office", PROFILE, founder, SystemClock(), kdf=CHEAP)
        session = undertakings.sign(office.session, founder.name)
        _filled(session, wanted.people)
        person = _noted(session, wanted.notes)
        best = min(_once(session, person, print_size=run == 0) for run in range(RUNS))
        office.close()
    print(f"{wanted.people:,} people, {wanted.notes:,} notes: {best:.2f} s")


def _filled(session: Session, people: int) -> None:
    """A register of that size, with a hundred residents in every consent state."""
    demo.fill(session, HUNDRED, seed=7)
    entries = (
        NewResident(
            name="王小明",
            mobile=f"138{number:08}",
            building=str(number // 1000),
            entrance="1",
            room=str(number % 1000),
            role=PartyRole.OWNER,
        )
        for number in range(people - HUNDRED)
    )
    with session.store.writing() as work:
        work.people.add_many(entries, at=session.clock.now())
        work.commit()


def _noted(session: Session, notes: int) -> PersonId:
    """A resident of the hundred, with that many notes."""
    person = PersonId(HUNDRED // 2)
    with session.store.writing() as work:
        for number in range(notes):
            work.service_notes.add(
                person,
                f"第 {number} 次报修：厨房水管漏水，已更换软管并试水。",
                at=session.clock.now(),
            )
        work.commit()
    return person


def _once(session: Session, person: PersonId, *, print_size: bool) -> float:
    begun = time.perf_counter()
    with session.store.reading() as work:
        made = dossier.gathered(session, work, person, "D20260302-0001")
        sections = dossier_text.sections(work, made)
    read = time.perf_counter()
    plain = made.as_json()
    paper = dossier_pdf(made, sections)
    done = time.perf_counter()
    if print_size:
        print(f"read {read - begun:.2f} s, written {done - read:.2f} s")
        print(f"JSON {len(plain) / 1e6:.1f} MB, PDF {len(paper) / 1e6:.1f} MB")
    return done - begun


if __name__ == "__main__":
    main()
