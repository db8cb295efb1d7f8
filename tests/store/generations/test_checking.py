"""Damage anywhere in the data file is found, also where no query looks, while people work."""

import random

import pytest

from pmdesk.domain.damage import Damage
from pmdesk.errors import VaultDamagedError
from pmdesk.store import checking, interrupting

PAGE = 4096


class StopError(Exception):
    """The office is being left."""


@pytest.fixture
def vault(office):
    office.session("admin")
    return office.opened["admin"]


def look():
    """Nobody leaves."""


def test_a_whole_file_passes(vault):
    checking.require_sound(vault, look)


@pytest.mark.parametrize("seed", range(12))
def test_one_flipped_bit_is_found_wherever_it_is(vault, seed):
    vault.settle()
    path = vault.folder / vault.header.db
    chosen = random.Random(seed)
    raw = bytearray(path.read_bytes())
    raw[chosen.randrange(PAGE, len(raw))] ^= 1 << chosen.randrange(8)
    path.write_bytes(raw)

    with pytest.raises(VaultDamagedError) as caught:
        checking.require_sound(vault, look)
    assert caught.value.code == Damage.DATA


@pytest.mark.parametrize("lost", [PAGE, 3 * PAGE, 100, PAGE + 7])
def test_a_file_that_is_cut_off_is_found(vault, lost):
    vault.settle()
    path = vault.folder / vault.header.db
    with path.open("rb+") as file:
        file.truncate(path.stat().st_size - lost)

    with pytest.raises(VaultDamagedError) as caught:
        checking.require_sound(vault, look)
    assert caught.value.code == Damage.DATA


def test_a_finding_that_goes_away_while_nobody_writes_is_none(vault, monkeypatch):
    answers = [VaultDamagedError("a page that is being written"), None]
    seen = []

    def require_whole(_engine, _look):
        seen.append(1)
        answer = answers.pop(0)
        if answer:
            raise answer

    monkeypatch.setattr(checking, "require_whole", require_whole)

    checking.require_sound(vault, look)
    assert len(seen) == 2


def test_leaving_stops_the_check(vault):
    def leave():
        raise StopError

    with pytest.raises(StopError):
        checking.require_sound(vault, leave)


def test_leaving_in_the_middle_of_a_long_check_stops_it(vault, monkeypatch):
    monkeypatch.setattr(interrupting, "EVERY", 1)
    looked = []

    def leave():
        looked.append(1)
        if len(looked) > 3:
            raise StopError

    with pytest.raises(StopError):
        checking.require_sound(vault, leave)


def test_an_empty_log_ends_nowhere(engine_of_nothing):
    with engine_of_nothing.connect() as connection:
        assert checking.log_end(connection) == (0, b"")


@pytest.fixture
def engine_of_nothing(tmp_path):
    from pmdesk.store.migrations import upgrade
    from pmdesk.store.vault.engine import make_engine

    engine = make_engine(tmp_path / "new.db", bytearray(b"k" * 32))
    upgrade(engine)
    yield engine
    engine.dispose()
