"""A backup changed by chance or by intent: never accepted, never dear, never a crash."""

import random
from pathlib import Path
from typing import Any

import pytest

from pmdesk.domain.progress import silent
from pmdesk.errors import VaultDamagedError, VaultTooNewError
from pmdesk.store.backup import container, files, lock, making
from pmdesk.store.vault.canonical import canon, parse
from pmdesk.store.vault.kdf import Kdf
from tests.faults.backing_up import LOGIN, SECRET
from tests.faults.mutating import mutated
from tests.faults.scale import counted, times
from tests.offices import CHEAP

MUTATIONS = times(500, 5_000)
LOCK_MUTATIONS = times(200, 2_000)
REFUSED = (VaultDamagedError, VaultTooNewError)
START = len(container.MAGIC) + 4  # where the header of a backup begins


@pytest.fixture(scope="module")
def office(founded, tmp_path_factory):
    from tests.fakes import FakeClock

    folder = tmp_path_factory.mktemp("office")
    made = founded.copied(folder / "office", FakeClock())
    made.session(LOGIN)
    lock.put(made.opened[LOGIN], SECRET, CHEAP)
    yield made
    made.close()


@pytest.fixture(scope="module")
def backups(office, tmp_path_factory):
    """The bytes of two backups of the office."""
    vault, to = office.opened[LOGIN], tmp_path_factory.mktemp("to")
    found = lock.require_set(lock.load(vault.folder, vault.header))
    now = office.clock.now()
    return tuple(
        Path(made[0]).read_bytes()
        for made in [making.make(vault, to, found, now=now, name="b", tell=silent) for _ in "12"]
    )


@pytest.fixture
def derived(monkeypatch):
    """Every derivation that was asked for, none of them done twice."""
    asked: list[Kdf] = []
    real, known = Kdf.derive, {}

    def derive(cost, password, salt):
        asked.append(cost)
        if (cost, password, salt) not in known:
            known[cost, password, salt] = real(cost, password, salt)
        return known[cost, password, salt]

    monkeypatch.setattr(Kdf, "derive", derive)
    return asked


def length(raw):
    """How long the header of the backup is."""
    return START + int.from_bytes(raw[len(container.MAGIC) : START], "big")


def changed(raw, other, chance):
    """One mutation: of the whole file, or of its beginning, where all that counts is."""
    if chance.random() < 0.3:
        return mutated(raw, chance, other)
    end = length(raw)
    return mutated(raw[:end], chance, other[:end]) + raw[end:]


def refusal(path, raw):
    path.write_bytes(raw)
    with pytest.raises(REFUSED) as caught:
        files.prove(path, SECRET, silent)
    return caught.value


def test_no_mutation_of_a_backup_is_accepted(backups, derived, tmp_path, figure):
    raw, other = backups
    path, dearest = tmp_path / "one.pmbak", 0
    for number in counted("mutations of a backup", MUTATIONS):
        derived.clear()
        refusal(path, changed(raw, other, random.Random(f"backup {number}")))
        dearest = max(dearest, len(derived))

    assert dearest <= 1
    path.write_bytes(raw)
    assert files.prove(path, SECRET, silent).entries > 0
    outcome = f"0 accepted, 0 uncaught, at most {dearest} derivations each"
    figure("mutations of a backup", MUTATIONS, outcome)


@pytest.mark.parametrize("missing", [1, 4096, 100_000])
def test_a_backup_with_its_end_cut_off_says_how_much(backups, derived, tmp_path, missing):
    caught = refusal(tmp_path / "one.pmbak", backups[0][:-missing])

    assert "cut off" in caught.sentence
    assert caught.places["count"] == missing
    assert derived == []


def test_the_data_of_another_backup_are_refused(backups, derived, tmp_path):
    one, two = backups

    refusal(tmp_path / "one.pmbak", one[: length(one)] + two[length(two) :])
    assert derived == []


def test_a_forged_cost_of_a_backup_is_refused_before_any_work(backups, derived, tmp_path):
    raw = backups[0]
    doc: Any = parse(raw[START : length(raw)])
    for part, dear in (("m", 1 << 31), ("t", 999), ("p", 255)):
        doc["passphrase"]["kdf"][part] = dear
        head = canon(doc)
        put = container.MAGIC + len(head).to_bytes(4, "big") + head + raw[length(raw) :]
        refusal(tmp_path / "one.pmbak", put)
    assert derived == []


def test_no_mutation_of_the_lock_of_backups_is_accepted(office, derived, figure):
    vault = office.opened[LOGIN]
    path = vault.folder / lock.FILE
    raw = path.read_bytes()
    for number in counted("mutations of the lock", LOCK_MUTATIONS):
        path.write_bytes(mutated(raw, random.Random(f"lock {number}")))
        assert lock.load(vault.folder, vault.header) is None, number
    path.write_bytes(raw)

    assert lock.load(vault.folder, vault.header) is not None
    assert derived == []
    figure("mutations of the lock of backups", LOCK_MUTATIONS, "0 accepted, 0 uncaught")
