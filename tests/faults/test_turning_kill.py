"""Killed while keys are changed or an old office is opened: the old or the new, for everybody."""

import functools
import json
import os
import random
import shutil
from pathlib import Path
from typing import Any

import pytest

from pmdesk.app import offices
from pmdesk.store import audit, migrations
from pmdesk.store.vault.kdf import Kdf
from tests.faults import backing_up
from tests.faults.backing_up import LOGIN
from tests.faults.killing import Victims
from tests.faults.power.after import leftovers
from tests.faults.saver import described
from tests.faults.scale import counted, times
from tests.offices import PASSPHRASE

RUNS = times(10, 100)
OLDEST = Path(__file__).parent / "golden" / "0001"

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="forks its victims")


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    """The same password costs its work once."""
    monkeypatch.setattr(Kdf, "derive", functools.lru_cache(Kdf.derive))


@pytest.fixture
def victims(founded, tmp_path):
    """The program; its office lies in `office`."""
    first = described(tmp_path / "office", founded.signers[LOGIN])
    program = Victims(backing_up.__name__, first)
    yield program
    program.close()


def faults(folder, passphrases, clock, people):
    """What is wrong with the office: with anybody's sign-in, its people, its pages or its log."""
    wrong = []
    clock.advance(hours=1)  # a sign-in that was killed counts as a failed one for a while
    for login, passphrase in passphrases.items():
        opened = offices.sign_in(folder, login, passphrase, clock)
        try:
            with opened.session.store.reading() as work:
                wrong += [] if work.people.count() == people else ["people"]
        finally:
            opened.close()
    opened = offices.sign_in(folder, LOGIN, passphrases[LOGIN], clock)
    try:
        with opened.session.store.reading() as work:
            log: Any = work.audit
            wrong += ["log"] if audit.verify(log.links(), log.keys()) else []
        with opened.vault.engine.connect() as connection:
            for check in ("cipher_integrity_check", "integrity_check"):
                found = connection.exec_driver_sql(f"PRAGMA {check}").all()
                wrong += [] if found in ([], [("ok",)]) else [check]
            newest = migrations.revision(connection) == migrations.HEAD
            wrong += [] if newest else ["schema"]
    finally:
        opened.close()
    return wrong + list(leftovers(folder))


@pytest.mark.parametrize("sealed", [(), ("sealed",)], ids=["data", "sealed fields too"])
def test_killed_while_keys_are_changed(founded, victims, sealed, tmp_path, clock, figure):
    chance, folder, done = random.Random(8), tmp_path / "office", 0
    shutil.copytree(founded.folder, folder)
    longest = victims.timed("rotate", *sealed)
    what = f"kills while keys are changed{', sealed fields too' if sealed else ''}"
    for _run in counted(what, RUNS):
        shutil.rmtree(folder)
        shutil.copytree(founded.folder, folder)
        done += victims.killed(chance.uniform(0, longest), "rotate", *sealed)
        passphrases = dict.fromkeys(founded.signers, PASSPHRASE)
        assert faults(folder, passphrases, clock, people=10) == []

    assert done < RUNS
    figure(what, RUNS, f"{RUNS - done} in the middle, old or new for everybody")


def test_killed_while_an_office_of_the_first_version_is_opened(victims, tmp_path, clock, figure):
    chance, folder, done = random.Random(9), tmp_path / "old", 0
    told = json.loads((OLDEST / "golden.json").read_text(encoding="utf-8"))
    line = ("migrate", folder, OLDEST / "golden.json")
    shutil.copytree(OLDEST / "office", folder)
    longest = victims.timed(*line)
    for _run in counted("kills in a migration", RUNS):
        shutil.rmtree(folder)
        shutil.copytree(OLDEST / "office", folder)
        done += victims.killed(chance.uniform(0, longest), *line)
        assert faults(folder, told["passphrases"], clock, len(told["people"])) == []

    assert done < RUNS
    figure("kills in a migration", RUNS, f"{RUNS - done} in the middle, all opened by the next")
