"""The power fails while somebody saves: no acknowledged save and no changed account is lost."""

import functools
from typing import Any

import pytest

from pmdesk.app import offices
from pmdesk.store.vault import folder as files
from pmdesk.store.vault.kdf import Kdf
from tests.faults import backing_up, saver
from tests.faults.backing_up import ROLES
from tests.faults.power import after, recording
from tests.faults.power.recording import Recorder
from tests.faults.saver import ANSWERS, described
from tests.faults.scale import counted, times
from tests.offices import PASSPHRASE, consenting, tier

CUTS = times(200, 1500)
ACCOUNT_CUTS = times(100, 500)
CONTROLS = times(30, 100)
WHOLE = 40  # every so many cuts everybody signs in with their password
ROUNDS = 14

pytestmark = pytest.mark.skipif(bool(recording.why_not()), reason=recording.why_not())


def recorded(founded, folder, module, login, **environment):
    """An office and the program that will work in it."""
    from tests.fakes import FakeClock

    office = founded.copied(folder / "office", FakeClock())
    person = consenting(office.session("clerk"), values=ANSWERS[0])
    office.close()
    first = described(office.folder, founded.signers[login])
    return person, Recorder(module, first, office.folder, folder / "calls", environment)


def saves(founded, folder, *, runs=2, **environment):
    """The person, and what several savers, killed one after the other, did to the office."""
    person, recorder = recorded(founded, folder, saver.__name__, saver.LOGIN, **environment)
    for run in range(runs):
        recorder.run(run * ROUNDS, person, until="area", count=ROUNDS)
    return person, recorder.close()


@pytest.fixture(scope="module")
def saving(founded, tmp_path_factory):
    return saves(founded, tmp_path_factory.mktemp("saving"))


@pytest.fixture(scope="module")
def changing(founded, tmp_path_factory):
    """What changing accounts did to the office."""
    module, folder = backing_up.__name__, tmp_path_factory.mktemp("changing")
    _person, recorder = recorded(founded, folder, module, backing_up.LOGIN)
    recorder.run("accounts")
    (made,) = recorder.close()
    return made


@pytest.fixture
def quick(monkeypatch):
    """The same password costs its work once."""
    monkeypatch.setattr(Kdf, "derive", functools.lru_cache(Kdf.derive))


def last(told, word):
    """The highest number that was told with this word."""
    return max([0, *(int(one.split()[1]) for one in told if one.startswith(word + " "))])


def saved_faults(founded, clock, at, told, person, number):
    """What is wrong with the office after a cut; `told` was acknowledged."""
    office = after.office_at(at, founded, clock)
    try:
        after.ring_for_all(at, founded)
        ids, area, wish = after.state(office.session("clerk"), person)
        made = {int(one.split()[1]) for one in told if one.startswith("person ")}
        wrong = {
            "lost people": bool(made - ids),
            "lost answers": bool(area and area < last(told, "area")),
            "a half save": wish is None,
            "damage": bool(after.damage(office)),
            "log": office.broken_link() is not None,
            "tier": tier(office.session("clerk"), person)
            != ("care" if wish == "in_home" else "standard"),
        }
    finally:
        office.close()
    if number % WHOLE == 0:
        for login in founded.signers:
            offices.sign_in(at, login, PASSPHRASE, clock).close()
    return [name for name, is_so in wrong.items() if is_so]


def account_faults(founded, clock, at, told, number):
    """What is wrong with the accounts after a cut."""
    header = files.load_header(at)
    done, renewed = last(told, "role"), last(told, "password")
    manager: Any = header.user(founded.signers["manager"].uid)
    wrong = (
        ["role"]
        if manager.role not in {ROLES[one % len(ROLES)] for one in (done, done + 1)}
        else []
    )
    after.ring_for_all(at, founded)
    passwords = [PASSPHRASE + (f" {one}" if one else "") for one in (renewed, renewed + 1)]
    if not any(_opens(at, word, clock) for word in passwords):
        wrong.append("password")
    if number % WHOLE == 0:
        offices.sign_in(at, "clerk", PASSPHRASE, clock).close()
    return wrong


def _opens(at, password, clock):
    from pmdesk.errors import WrongKeyError

    try:
        offices.sign_in(at, "admin", password, clock).close()
    except WrongKeyError:
        clock.advance(hours=1)
        return False
    return True


def test_no_acknowledged_save_is_lost(founded, saving, tmp_path, clock, quick, figure):
    person, recordings = saving
    each = CUTS // len(recordings)
    for run, made in enumerate(recordings):
        numbers = counted("power cuts while saving", each)
        for number, (at, told) in enumerate(made.cuts(numbers, run, tmp_path)):
            assert saved_faults(founded, clock, at, told, person, number) == [], (run, at.name)
    figure("power cuts while saving", each * len(recordings), "0 lost, 0 damaged")


def test_no_changed_account_is_lost(founded, changing, tmp_path, clock, quick, figure):
    numbers = counted("power cuts while accounts are changed", ACCOUNT_CUTS)
    for number, (at, told) in enumerate(changing.cuts(numbers, "accounts", tmp_path)):
        assert account_faults(founded, clock, at, told, number) == [], at.name
    figure("power cuts while accounts are changed", ACCOUNT_CUTS, "0 lost, all passwords open")


# ---- controls: what must be seen to be lost --------------------------------------------------


def failing(cuts, faults):
    """How many of the cuts leave something wrong, or an office that does not open at all."""
    count = 0
    for at, told in cuts:
        try:
            count += bool(faults(at, told))
        except Exception:  # noqa: BLE001  # an office that is lost altogether, in whatever way
            count += 1
    return count


def test_without_the_sync_of_the_log_beside_the_data_saves_are_lost(
    founded, saving, tmp_path, clock, figure
):
    person, recordings = saving
    cuts = recordings[0].cuts(range(CONTROLS), 3, tmp_path, lambda path: path.endswith("-wal"))
    lost = failing(cuts, lambda at, told: saved_faults(founded, clock, at, told, person, 1))
    figure("control: no fsync of the WAL", CONTROLS, f"{lost} lost")
    assert lost > 0


def test_with_synchronous_normal_saves_are_lost(founded, tmp_path, clock, figure):
    person, (made,) = saves(founded, tmp_path, runs=1, PMDESK_TESTS_SYNCHRONOUS="NORMAL")
    cuts = made.cuts(range(CONTROLS), 4, tmp_path)
    lost = failing(cuts, lambda at, told: saved_faults(founded, clock, at, told, person, 1))
    figure("control: synchronous=NORMAL", CONTROLS, f"{lost} lost")
    assert lost > 0


@pytest.mark.parametrize(
    ("what", "deaf"),
    [
        ("the new header", lambda path: path.endswith(".json.tmp")),
        ("the folder", lambda path: path.endswith("office")),
    ],
)
def test_without_one_sync_of_the_key_file_accounts_are_lost(
    founded, changing, tmp_path, clock, quick, figure, what, deaf
):
    cuts = changing.cuts(range(CONTROLS), 5, tmp_path, deaf)
    lost = failing(cuts, lambda at, told: account_faults(founded, clock, at, told, 1))
    figure(f"control: no fsync of {what}", CONTROLS, f"{lost} lost")
    assert lost > 0
