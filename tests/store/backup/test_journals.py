"""What later backups in the same folder know of erasures, when there is no office any more."""

import shutil

import pytest

from pmdesk.domain.acts import ArchiveReason
from pmdesk.domain.backups import Owner
from pmdesk.domain.progress import silent
from pmdesk.errors import WrongKeyError
from pmdesk.services import person_acts
from pmdesk.store.backup import container, files, lock
from pmdesk.store.backup.lock import private_half
from pmdesk.store.backup.opening import Opener
from pmdesk.store.backup.restoring import Into
from tests.offices import CHEAP, PASSPHRASE, resident
from tests.store.backup.conftest import NAME, SECRET

OTHER = "quiet harbour lantern seven 19"


@pytest.fixture
def line(office, back_up):
    """Three backups: with a resident, after erasing them, and a day later."""
    gone = resident(office.session("clerk"), NAME)
    made = [back_up(office, name="first")]
    person_acts.leave(office.session("manager"), gone, ArchiveReason.CONTRACT_ENDED)
    office.clock.advance(days=1)
    made.append(back_up(office, name="second"))
    resident(office.session("clerk"))
    office.clock.advance(days=1)
    made.append(back_up(office, name="third"))
    return made


def into(folder, clock):
    owner = Owner(folder=folder, login="admin", name="", password=PASSPHRASE)
    return Into(owner=owner, clock=clock, cost=CHEAP)


def test_an_older_backup_is_told_by_the_newest_one(line, clock, tmp_path):
    seen = files.inside(line[0], SECRET, silent)

    newest = container.opened(line[2]).header
    assert len(seen.newer.erasures) == 1
    assert (seen.newer.entries, seen.newer.head) == (newest.anchor.count, newest.anchor.head)
    assert seen.newer.until == newest.made_at
    assert seen.unknown_days(clock.today()) == 0
    assert [one.login for one in seen.staff].count("admin") == 1
    assert seen.office

    restored = files.restore(line[0], SECRET, into(tmp_path / "new", clock), silent)
    assert restored.replayed == 1


def test_the_newest_one_has_nothing_newer(line, clock):
    clock.advance(days=12)
    seen = files.inside(line[2], SECRET, silent)

    assert seen.newer.entries == 0
    assert seen.newer.until == seen.facts.made_at
    assert seen.unknown_days(clock.today()) == 12


def test_a_damaged_newest_one_is_passed_over(line):
    raw = bytearray(line[2].read_bytes())
    raw[-100] ^= 1
    line[2].write_bytes(raw)

    newer = files.newer(line[0], SECRET)

    assert newer.entries == container.opened(line[1]).header.anchor.count


def test_a_cut_off_one_is_passed_over(line):
    line[2].write_bytes(line[2].read_bytes()[:-100])

    assert files.newer(line[0], SECRET).entries == container.opened(line[1]).header.anchor.count


def test_later_ones_under_another_passphrase_are_counted(office, line, back_up):
    office.session("admin")
    lock.put(office.opened["admin"], OTHER, CHEAP)
    resident(office.session("clerk"), "李伟", "13900005678", "4-1-101")
    back_up(office, name="fourth")

    newer = files.newer(line[0], SECRET)

    assert newer.locked == 1
    assert newer.entries == container.opened(line[2]).header.anchor.count


def test_a_history_that_went_another_way_is_not_believed(line, founded, tmp_path, clock, back_up):
    """The same office was restored from before the first backup and worked on."""
    other = founded.copied(tmp_path / "other", clock)
    gone = resident(other.session("clerk"), "王小明")
    person_acts.leave(other.session("manager"), gone, ArchiveReason.CONTRACT_ENDED)
    for _number in range(40):
        with other.session("admin").store.writing() as work:
            other.session("admin").log(work, "sign_in")
            work.commit()
    strange = back_up(other, tmp_path / "strange", name="strange")
    other.close()
    alone = tmp_path / "alone"
    alone.mkdir()
    first = shutil.copy(line[0], alone / "first.pmbak")
    shutil.copy(strange, alone / "strange.pmbak")
    counts = [container.opened(path).header.anchor.count for path in (first, strange)]
    assert counts[1] > counts[0]

    newer = files.newer(first, SECRET)

    assert newer.entries == 0
    assert newer.erasures == ()


def test_one_passphrase_is_derived_once_for_all_backups_of_a_lock(line, monkeypatch):
    derived = []

    def counted(*rest):
        derived.append(1)
        return private_half(*rest)

    monkeypatch.setattr("pmdesk.store.backup.opening.private_half", counted)
    files.inside(line[0], SECRET, silent)

    assert len(derived) == 1


def test_a_wrong_passphrase_stays_wrong_without_deriving_twice(line, monkeypatch):
    opener, derived = Opener("four wrong words here"), []

    def counted(*rest):
        derived.append(1)
        return private_half(*rest)

    monkeypatch.setattr("pmdesk.store.backup.opening.private_half", counted)
    for _attempt in range(2):
        with pytest.raises(WrongKeyError):
            opener.keys(container.opened(line[0]))
    opener.wipe()
    assert len(derived) == 1


def test_the_recovery_key_reads_later_journals_too(line, founded):
    assert len(files.newer(line[0], founded.recovery).erasures) == 1


def test_a_cancel_while_later_ones_are_read_comes_out(line):
    class CancelledError(Exception):
        """Somebody pressed Cancel."""

    def tell(done, total):
        if done > total // 2:
            raise CancelledError

    with pytest.raises(CancelledError):
        files.inside(line[0], SECRET, tell)
