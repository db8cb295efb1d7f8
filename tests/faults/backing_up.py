"""A program that backs up or restores until it is killed; it forks for each line on stdin."""

import functools
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pmdesk.app import offices
from pmdesk.domain.backups import Newer, Owner
from pmdesk.domain.staff import Role
from pmdesk.services import keys
from pmdesk.store.backup import container, lock, making, opening, restoring
from pmdesk.store.generations import replacing
from pmdesk.store.vault import folder as files
from pmdesk.store.vault.accounts import Signer
from pmdesk.store.vault.kdf import Kdf
from pmdesk.store.vault.keys import KeyPair
from tests.fakes import FakeClock
from tests.offices import CHEAP, PASSPHRASE, Founded, Office

LOGIN = "admin"
SECRET = "granite teapot willow sunrise 47"
CHANGES = 9
ROLES = (Role.MANAGER, Role.CLERK, Role.REVIEWER)


def main():
    """Reads the office, then forks for each line: a word of `ACTS` with its paths."""
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
    secrets = opening.by_passphrase(found, SECRET)
    owner = Owner(folder=folder, login=LOGIN, name="", password=PASSPHRASE)
    tell("begun", 0)
    into = restoring.Into(owner=owner, clock=FakeClock(), cost=CHEAP)
    restoring.restore(found, secrets, into, told)


def replace(founded, file, folder):
    """The backup is in the place of the office in that folder."""
    office = Office(folder=folder, founded=founded, clock=FakeClock())
    with office.session(LOGIN).store.reading() as work:
        staff = work.staff.all()
    vault = office.opened[LOGIN]
    found = container.opened(file)
    secrets = opening.by_passphrase(found, SECRET)
    tell("begun", 0)
    replacing.replace_current(vault, found, secrets, (staff, Newer()), office.clock, told)


def change_accounts(founded):
    """One account has had every role by turns, the administrator's password was changed twice."""
    office = Office(folder=founded.folder, founded=founded, clock=FakeClock())
    office.session(LOGIN)
    vault = office.opened[LOGIN]
    old, manager = PASSPHRASE, next(one.uid for one in vault.accounts if one.login == "manager")
    tell("begun", 0)
    for number in range(1, 1 + CHANGES):
        vault.set_role(manager, ROLES[number % len(ROLES)])
        tell("role", number)
        if number % 3 == 0:
            new = f"{PASSPHRASE} {number // 3}"
            vault.change_password(old, new)
            tell("password", number // 3)
            old = new
    office.close()


def rotate(founded, *_sealed):
    """The office has new keys, with a second word those of sealed fields too."""
    office = Office(folder=founded.folder, founded=founded, clock=FakeClock())
    session = office.session(LOGIN)
    tell("begun", 0)
    keys.rotate(session, told, sealed=bool(_sealed))


def migrate(_founded, folder, record):
    """The office of an older version has been opened by this one."""
    passphrase = json.loads(record.read_text(encoding="utf-8"))["passphrases"][LOGIN]
    keys_of(folder, passphrase)
    tell("begun", 0)
    offices.sign_in(folder, LOGIN, passphrase, FakeClock()).close()


def keys_of(folder, passphrase):
    """The slow part of a sign-in is done, and will not be done again."""
    user: Any = files.load_header(folder).login(LOGIN)
    setattr(Kdf, "derive", functools.lru_cache(Kdf.derive))  # noqa: B010  # of this fork only
    user.slot.cost.derive(passphrase, bytes.fromhex(user.slot.salt))


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
    "rotate": rotate,
    "migrate": migrate,
    "accounts": change_accounts,
}

if __name__ == "__main__":
    main()
