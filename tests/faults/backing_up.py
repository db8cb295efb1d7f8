"""A program that backs up or restores until it is killed; it forks for each line on stdin."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from pmdesk.domain.backups import Newer, Owner
from pmdesk.store.backup import container, lock, making, opening, replacing, restoring
from pmdesk.store.vault.accounts import Signer
from pmdesk.store.vault.keys import KeyPair
from tests.fakes import FakeClock
from tests.offices import CHEAP, PASSPHRASE, Founded, Office

LOGIN = "admin"
SECRET = "granite teapot willow sunrise 47"


def main():
    """Reads the office, then forks for each line `backup`, `restore` or `replace` with paths."""
    told = json.loads(sys.stdin.readline())
    pair = KeyPair(box=bytearray.fromhex(told["box"]), pen=bytearray.fromhex(told["pen"]))
    rings = {name: bytearray.fromhex(key) for name, key in told["rings"].items()}
    signer = Signer(uid=told["uid"], pair=pair, rings=rings)
    founded = Founded(Path(told["folder"]), "", {LOGIN: signer})
    for line in sys.stdin:
        word, *paths = line.split()
        child = os.fork()
        if child == 0:
            ACTS[word](founded, *map(Path, paths))
            tell("done", 0)
            os._exit(0)
        tell("pid", child)
        os.waitpid(child, 0)
        tell("dead", child)


def back_up(founded, to):
    """A backup of the office lies in the folder."""
    office = Office(folder=founded.folder, founded=founded, clock=FakeClock())
    office.session(LOGIN)
    vault = office.opened[LOGIN]
    found = lock.require_set(lock.load(vault.folder, vault.header))
    tell("begun", 0)
    making.make(vault, to, found, now=office.clock.now(), name="pmdesk", tell=told)


def restore(_founded, file, folder):
    """The office of the backup lies in the folder."""
    found = container.opened(file)
    keys = opening.by_passphrase(found, SECRET)
    owner = Owner(folder=folder, login=LOGIN, name="", password=PASSPHRASE)
    tell("begun", 0)
    into = restoring.Into(owner=owner, clock=FakeClock(), cost=CHEAP)
    restoring.restore(found, keys, into, told)


def replace(founded, file, folder):
    """The backup is in the place of the office in that folder."""
    office = Office(folder=folder, founded=founded, clock=FakeClock())
    with office.session(LOGIN).store.reading() as work:
        staff = work.staff.all()
    vault = office.opened[LOGIN]
    found = container.opened(file)
    keys = opening.by_passphrase(found, SECRET)
    tell("begun", 0)
    replacing.replace_current(vault, found, keys, (staff, Newer()), office.clock, told)


def told(done, _total):
    """How far it is, for the killer."""
    tell("at", done)


def tell(what, number):
    """One line in one write: it is in the pipe whole or not at all."""
    os.write(1, f"{what} {number}\n".encode())


ACTS: dict[str, Callable[..., object]] = {
    "backup": back_up,
    "restore": restore,
    "replace": replace,
}

if __name__ == "__main__":
    main()
