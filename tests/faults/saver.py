"""A program that saves until it is killed: told over stdin what to open, it tells each commit.

One process imports everything; for each line on stdin a fork of it opens the office and saves. So
forty crashes take seconds, and each crashed process is a real one.
"""

import json
import os
import sys
from pathlib import Path

from pmdesk.services import residents
from pmdesk.store.vault import engine
from pmdesk.store.vault.accounts import Signer
from pmdesk.store.vault.keys import KeyPair
from tests.fakes import FakeClock
from tests.offices import P1, P2, Founded, Office, answers, entry

ANSWERS = (answers(clean_need="in_home"), answers(clean_need="common_only"))
LOGIN = "clerk"
SETTLED = 6  # after so many rounds everything is in the data file itself


def described(office, signer):
    """What the saver has to know, as one line."""
    return json.dumps(
        {
            "folder": str(office),
            "uid": signer.uid,
            "box": signer.pair.box.hex(),
            "pen": signer.pair.pen.hex(),
            "rings": {name: key.hex() for name, key in signer.rings.items()},
        }
    )


def main():
    """Reads the office, then forks a saver for each line `run first person`."""
    told = json.loads(sys.stdin.readline())
    pair = KeyPair(box=bytearray.fromhex(told["box"]), pen=bytearray.fromhex(told["pen"]))
    rings = {name: bytearray.fromhex(key) for name, key in told["rings"].items()}
    signer = Signer(uid=told["uid"], pair=pair, rings=rings)
    founded = Founded(Path(told["folder"]), "", {LOGIN: signer})
    level = os.environ.get("PMDESK_TESTS_SYNCHRONOUS")  # a control: with less, saves are lost
    if level:
        setattr(engine, "PRAGMAS", (*engine.PRAGMAS, f"synchronous={level}"))  # noqa: B010  # another length
    for line in sys.stdin:
        first, person = map(int, line.split())
        child = os.fork()
        if child == 0:
            save(Office(folder=founded.folder, founded=founded, clock=FakeClock()), first, person)
        tell("pid", child)
        os.waitpid(child, 0)
        tell("dead", child)


def save(office, first, person):
    """Registers and saves answers by turns, and tells the commits once they are done."""
    session = office.session(LOGIN)
    number = first
    while True:
        number += 1
        made = residents.register(session, entry(f"王{chr(0x4E00 + number)}", "", "3-2-501"))
        tell("person", made)
        residents.save_answers(session, person, P1, answers(floor_area=number))
        tell("area", number)
        residents.save_answers(session, person, P2, ANSWERS[number % 2])
        if number % SETTLED == 0:
            office.opened[LOGIN].settle()


def tell(what, number):
    """One line in one write: it is in the pipe whole or not at all."""
    os.write(1, f"{what} {number}\n".encode())


if __name__ == "__main__":
    main()
