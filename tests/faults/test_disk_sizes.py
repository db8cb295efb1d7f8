"""The disk is full at many sizes: saving, new keys, an old office say so, or it is done.

A backup and a restore on a full disk are in `test_backup_disk.py`.
"""

import functools
import json
import random
import shutil
from functools import partial
from pathlib import Path

import pytest

from pmdesk.app import offices
from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.people import PersonId
from pmdesk.domain.progress import silent
from pmdesk.errors import StorageError
from pmdesk.services import keys, residents
from pmdesk.store.vault.kdf import Kdf
from tests.fakes import FakeClock
from tests.faults.power.after import damage, leftovers
from tests.faults.scale import counted, times
from tests.faults.small_disk import leave, mounted
from tests.offices import P1, PASSPHRASE, answers, resident

SIZES = times(20, 100)
DISK = 24 << 20
OLDEST = Path(__file__).parent / "golden" / "0001"


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 24 megabytes."""
    with mounted(tmp_path / "disk", DISK) as at:
        yield at


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    """The same password costs its work once."""
    monkeypatch.setattr(Kdf, "derive", functools.lru_cache(Kdf.derive))


def done(act):
    """Whether the act was done; refused for want of room, it says so and what to do."""
    try:
        act()
    except StorageError as error:
        if not (error.sentence and error.remedy):
            raise AssertionError("refused without words") from error
        return False
    return True


def until_full(clerk):
    """Registers people until there is no more room; those who were."""
    made: set[PersonId] = set()

    def one_more():
        made.add(resident(clerk, f"王{chr(0x4E00 + len(made))}"))

    while done(one_more):
        pass
    return made


def test_saving_at_many_sizes(founded, small_disk, figure):
    office = founded.copied(small_disk / "office", FakeClock())
    clerk = office.session("clerk")
    person = resident(clerk)
    office.close()
    for number in counted("sizes of a full disk: saving", SIZES):
        clerk = office.session("clerk")
        before = set(residents.found(clerk, ResidentQuery()))
        filler = leave(small_disk, random.Random(f"size {number}").randrange(400_000))
        made = until_full(clerk)
        done(partial(residents.save_answers, clerk, person, P1, answers(floor_area=9)))
        office.close()
        filler.unlink()
        clerk = office.session("clerk")
        assert set(residents.found(clerk, ResidentQuery())) == before | made
        assert damage(office) == []
        assert office.broken_link() is None
        office.close()
    assert list(leftovers(office.folder)) == []
    figure("sizes of a full disk: saving", SIZES, "a clear message each, nothing lost")


def test_changing_keys_at_many_sizes(founded, small_disk, clock, figure):
    folder, refused = small_disk / "office", 0
    most = 4 * sum(path.stat().st_size for path in founded.folder.iterdir())
    for number in counted("sizes of a full disk: changing keys", SIZES):
        office = founded.copied(folder, clock)
        admin = office.session("admin")
        filler = leave(small_disk, most * number // SIZES)
        was_done = done(partial(keys.rotate, admin, silent, sealed=number % 2 == 1))
        refused += not was_done
        office.close()
        assert list(leftovers(folder)) == []
        filler.unlink()
        for login in founded.signers:
            opened = offices.sign_in(folder, login, PASSPHRASE, clock)
            with opened.session.store.reading() as work:
                assert work.people.count() == 10
            turned = opened.vault.header.gen > 1
            opened.close()
            assert turned is was_done
        assert list(leftovers(folder)) == []
        shutil.rmtree(folder)

    assert 0 < refused < SIZES
    outcome = f"{refused} refused with a clear message, nothing lost or left"
    figure("sizes of a full disk: changing keys", SIZES, outcome)


def test_opening_an_old_office_at_many_sizes(small_disk, clock, figure):
    folder, refused = small_disk / "office", 0
    told = json.loads((OLDEST / "golden.json").read_text(encoding="utf-8"))
    passphrase = told["passphrases"]["admin"]
    most = 4 * sum(path.stat().st_size for path in (OLDEST / "office").iterdir())

    def open_it():
        offices.sign_in(folder, "admin", passphrase, clock).close()

    for number in counted("sizes of a full disk: a migration", SIZES):
        shutil.copytree(OLDEST / "office", folder)
        filler = leave(small_disk, most * number // SIZES)
        refused += not done(open_it)
        filler.unlink()
        clock.advance(hours=1)
        opened = offices.sign_in(folder, "admin", passphrase, clock)
        with opened.session.store.reading() as work:
            assert work.people.count() == len(told["people"])
        opened.close()
        assert list(leftovers(folder)) == []
        shutil.rmtree(folder)

    assert 0 < refused < SIZES
    outcome = f"{refused} refused with a clear message, all open once there is room"
    figure("sizes of a full disk: a migration", SIZES, outcome)
