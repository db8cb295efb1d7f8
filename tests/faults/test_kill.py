"""Killed while saving: what was acknowledged is there, whole, and nothing half of it."""

import os
import random
import select
import signal
import subprocess
import sys
from typing import Any

import pytest

from tests.checkout import ROOT
from tests.faults.power.after import damage, state
from tests.faults.saver import ANSWERS, LOGIN, described
from tests.faults.scale import counted, times
from tests.offices import consenting, tier

RUNS = times(40, 500)
MOST = 6  # lines read before the kill
LONGEST = 0.004  # seconds between the last one waited for and the kill

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="forks its savers")


@pytest.fixture
def office(founded, tmp_path, clock):
    copy = founded.copied(tmp_path / "office", clock)
    yield copy
    copy.close()


@pytest.fixture
def saver(office):
    """The program that saves, waiting for its first line."""
    process: Any
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.saver"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    ) as process:
        process.stdin.write(described(office.folder, office.founded.signers[LOGIN]) + "\n")
        yield process
        process.stdin.close()
        process.wait()


def told(saver, wanted=""):
    """The next lines, up to the first that begins with `wanted`, as (word, number)."""
    found: list[tuple[str, int]] = []
    while not found or (wanted and found[-1][0] != wanted):
        line = saver.stdout.readline()
        assert line, "the saver ended by itself"
        word, number = line.split()
        found.append((word, int(number)))
    return found


def crashed(saver, chance, first, person):
    """Runs a saver, kills it somewhere, and tells what it acknowledged."""
    saver.stdin.write(f"{first} {person}\n")
    lines = [told(saver)[0] for _ in range(chance.randint(2, MOST))]
    pid = next((number for word, number in lines if word == "pid"), None)
    while pid is None:
        lines += told(saver)
        pid = next((number for word, number in lines if word == "pid"), None)
    select.select([], [], [], chance.uniform(0, LONGEST))
    os.kill(pid, signal.SIGKILL)
    lines += told(saver, "dead")
    return lines


def test_kills_lose_no_acknowledged_save(office, saver, figure):
    chance = random.Random(17)
    clerk = office.session(LOGIN)
    person = consenting(clerk, values=ANSWERS[0])
    people, number, _wish = state(clerk, person)
    office.close()

    for _run in counted("kills while saving", RUNS):
        lines = crashed(saver, chance, number, person)

        people |= {made for word, made in lines if word == "person"}
        told_last = max([number, *(done for word, done in lines if word == "area")])
        ids, number, wish = state(office.session(LOGIN), person)
        assert people <= ids
        assert len(ids - people) <= 1, "at most the one that was not acknowledged"
        assert number in {told_last, told_last + 1}
        people = ids
        expected = "care" if wish == "in_home" else "standard"
        assert tier(office.session(LOGIN), person) == expected
        assert damage(office) == []
        assert office.broken_link() is None
        office.close()

    assert number > RUNS, "the savers did save"
    figure("kills while saving", RUNS, f"0 lost of {len(people) + 2 * number} saves, 0 damaged")
