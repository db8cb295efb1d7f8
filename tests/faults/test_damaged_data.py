"""Damage in the data file and in the log beside it: what shows at the start, and what cannot."""

import collections
import functools
import random
import shutil

import pytest

from pmdesk.app import entrance, offices
from pmdesk.app.last_anchors import LastAnchors
from pmdesk.errors import PmdeskError, VaultDamagedError
from pmdesk.services import log_proof, residents
from pmdesk.services import office as office_services
from pmdesk.store.vault.kdf import Kdf
from pmdesk.ui.keys.damage_help import is_damage
from tests.fakes import FakeClock
from tests.faults.scale import counted, times
from tests.offices import P1, P2, PASSPHRASE, Office, answers, consenting, resident

FLIPS = times(100, 1_000)
WAL_FAULTS = times(50, 300)
STALE = times(20, 100)
PAGE = 4096
WISHES = (answers(clean_need="in_home"), answers(clean_need="common_only"))


@pytest.fixture
def folder(founded, tmp_path):
    return founded.copied(tmp_path / "office").folder


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    """The same password costs its work once."""
    monkeypatch.setattr(Kdf, "derive", functools.lru_cache(Kdf.derive))


def data_file(folder):
    (path,) = folder.glob("data-*.db")
    return path


def is_told(folder, clock):
    """Whether the sign-in or the check that it starts tells of damage, in words for the user."""
    try:
        entered = entrance.sign_in(folder, "clerk", PASSPHRASE, clock, None)
    except PmdeskError as error:
        return is_damage(error)
    try:
        entered.check(lambda: None)
    except PmdeskError as error:
        return is_damage(error)
    finally:
        entered.close()
    return False


def told(folder, raw, clock):
    """The same, of the office with these bytes in its data file."""
    for end in ("-wal", "-shm"):
        data_file(folder).with_name(data_file(folder).name + end).unlink(missing_ok=True)
    data_file(folder).write_bytes(raw)
    return is_told(folder, clock)


def test_every_flipped_bit_of_the_data_file_is_told_at_the_start(folder, clock, figure):
    raw = data_file(folder).read_bytes()
    for number in counted("flipped bits", FLIPS):
        chance, flipped = random.Random(f"flip {number}"), bytearray(raw)
        flipped[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
        assert told(folder, flipped, clock), number

    assert not told(folder, raw, clock)
    figure("flipped bits in the data file", FLIPS, "all told at the start")


@pytest.mark.parametrize("damaged", [True, False])
def test_nonsense_that_the_sign_in_reads_is_told_as_damage_where_it_is(
    folder, clock, monkeypatch, damaged
):
    """A damaged page of a long value is read as zeroes, without an error of the database."""
    raw = bytearray(data_file(folder).read_bytes())
    raw[-100] ^= damaged

    def nonsense(*_args):
        raise ValueError("no date")

    monkeypatch.setattr(office_services, "sign_in", nonsense)
    assert told(folder, raw, clock) is damaged


@pytest.mark.parametrize("part", [0.01, 0.3, 0.6, 0.99])
@pytest.mark.parametrize("inside", [0, 1000])
def test_a_data_file_that_was_cut_is_told_at_the_start(folder, clock, part, inside):
    raw = data_file(folder).read_bytes()
    pages = max(1, int(len(raw) // PAGE * part))

    assert told(folder, raw[: pages * PAGE + inside], clock)


@pytest.mark.parametrize("number", range(10))
def test_two_pages_in_each_others_place_are_told_at_the_start(folder, clock, number):
    raw = bytearray(data_file(folder).read_bytes())
    one, two = random.Random(number).sample(range(len(raw) // PAGE), 2)
    first, second = (slice(at * PAGE, (at + 1) * PAGE) for at in (one, two))
    raw[first], raw[second] = raw[second], raw[first]

    assert told(folder, raw, clock)


def test_a_page_of_yesterday_is_mostly_told_and_never_breaks_the_program(
    founded, tmp_path, clock, figure
):
    """It needs no key: a page knows its place, not its time. What shows it is the log."""
    office, memory = founded.copied(tmp_path / "office", clock), LastAnchors(tmp_path)
    clerk = office.session("clerk")
    person = consenting(clerk, values=WISHES[0])
    office.close()
    before = data_file(office.folder).read_bytes()
    clerk = office.session("clerk")
    for number in range(12):
        residents.save_answers(clerk, person, P1, answers(floor_area=number + 1))
        residents.save_answers(clerk, person, P2, WISHES[number % 2])
    resident(clerk, "欧阳后来")
    log_proof.at_sign_in(clerk, memory)
    office.close()
    after = data_file(office.folder).read_bytes()
    old = [
        at for at in range(0, len(before), PAGE) if before[at : at + PAGE] != after[at : at + PAGE]
    ]

    tally: collections.Counter[str] = collections.Counter()
    for number in counted("pages of yesterday", STALE):
        at = random.Random(f"stale {number}").choice(old)
        raw = after[:at] + before[at : at + PAGE] + after[at + PAGE :]
        tally[shown(office, raw, memory, clock)] += 1

    outcome = ", ".join(f"{count} {by}" for by, count in sorted(tally.items()))
    figure("pages replaced by an older version", STALE, outcome)
    assert tally["told at the start"] + tally["told by the log"] > 0


def shown(office, raw, memory, clock):
    """Which check tells of these bytes first."""
    if told(office.folder, raw, clock):
        return "told at the start"
    data_file(office.folder).write_bytes(raw)
    entered = offices.sign_in(office.folder, "reviewer", PASSPHRASE, clock)
    try:
        report = log_proof.full(entered.session, memory)
    except VaultDamagedError:
        return "told by the log"
    finally:
        entered.close()
    if report.lost or report.checked.broken:
        return "told by the log"
    return "told by the rows" if report.differences else "not told"


# ---- the log beside the data file ------------------------------------------------------------


@pytest.fixture(scope="module")
def unsettled(founded, tmp_path_factory):
    """An office as a crash leaves it, its last saves beside its data, and two anchors."""
    folder = tmp_path_factory.mktemp("unsettled")
    office = founded.copied(folder / "office", FakeClock())
    clerk = office.session("clerk")
    person = consenting(clerk, values=WISHES[0])
    anchors = []
    for _half in range(2):
        for number in range(10):
            residents.save_answers(clerk, person, P1, answers(floor_area=number + 1))
            residents.save_answers(clerk, person, P2, WISHES[number % 2])
        with clerk.store.reading() as work:
            anchors.append(work.proof.anchor(clerk.clock.now()))
    shutil.copytree(office.folder, folder / "copy", ignore=shutil.ignore_patterns("*-shm"))
    office.close()
    return folder / "copy", tuple(anchors)


def wal_fault(path, chance):
    """A bit is another one, the end is gone, or the file is."""
    raw = bytearray(path.read_bytes())
    kind = chance.choice(("flip", "flip", "cut", "delete"))
    if kind == "delete":
        path.unlink()
        return
    if kind == "flip":
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
    else:
        del raw[chance.randrange(len(raw)) :]
    path.write_bytes(raw)


@pytest.mark.parametrize(("which", "name"), [(1, "its end"), (0, "its middle")])
def test_what_the_log_beside_the_data_lost_is_told_as_far_as_an_anchor_reaches(
    founded, unsettled, tmp_path, clock, figure, which, name
):
    source, anchors = unsettled
    anchor, lost, found = anchors[which], 0, 0
    count = WAL_FAULTS if which else WAL_FAULTS // 2
    for number in counted("faults of the WAL", count):
        folder = tmp_path / f"office-{number}"
        shutil.copytree(source, folder)
        wal_fault(next(folder.glob("*-wal")), random.Random(f"wal {number}"))
        office, memory = Office(folder=folder, founded=founded, clock=clock), LastAnchors(folder)
        memory.keep(anchor)
        clerk = office.session("clerk")
        with clerk.store.reading() as work:
            behind = work.proof.count() < anchor.count
        standing = log_proof.at_sign_in(clerk, memory)
        office.close()
        lost += behind
        found += bool(standing.lost)
        assert bool(standing.lost) is behind
        shutil.rmtree(folder)

    assert 0 < lost == found
    figure(f"faults of the WAL, anchor at {name}", count, f"{lost} behind the anchor, {found} told")
