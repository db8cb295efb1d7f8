"""Backups while the clock jumps, and backups that are to stay: what the administrator is told."""

from datetime import timedelta
from pathlib import Path

import pytest

from pmdesk.domain.backups import Plan, When
from pmdesk.domain.progress import silent
from pmdesk.errors import RefusedError, WrongKeyError
from pmdesk.services import backup_sheet, backups
from tests.offices import PASSPHRASE, resident

pytestmark = pytest.mark.usefixtures("cheap_keys")

SECRET = "granite teapot willow sunrise 47"


@pytest.fixture
def ready(admin):
    backups.set_passphrase(admin, SECRET)
    return admin


def make(session):
    return backups.make(session, silent)[1]


def by_imprint(session):
    """Every listed backup by the imprint of its data."""
    return {one.found.facts and one.found.facts.sha256: one for one in backups.listed(session)}


def test_a_backup_of_days_to_come_does_not_stop_the_daily_one(ready, clock):
    backups.save_plan(ready, Plan(when=When.DAILY, hour=8))
    clock.advance(days=900)
    make(ready)
    clock.advance(days=-900)

    assert backups.is_due(ready, leaving=False)
    state = backups.state(ready)
    assert state.overdue, "nobody knows how old it is"
    make(ready)
    assert not backups.is_due(ready, leaving=False)
    assert not backups.state(ready).overdue


def test_a_backup_of_days_to_come_is_marked_and_pushes_out_none_of_today(ready, clock):
    mine = [make(ready).facts.sha256]
    clock.advance(days=900)
    ahead = []
    for _day in range(8):
        clock.advance(days=1)
        ahead.append(make(ready).facts.sha256)
    clock.advance(days=-907)
    mine.append(make(ready).facts.sha256)

    found = by_imprint(ready)

    assert set(mine) <= set(found)
    assert found[ahead[-1]].to_come
    assert not any(found[one].to_come for one in mine)


def test_a_passphrase_typed_in_days_to_come_is_rehearsed_again(ready, clock):
    clock.advance(days=900)
    backups.rehearse(ready, SECRET)
    assert not backups.state(ready).rehearsal_due
    clock.advance(days=-800)

    assert backups.state(ready).rehearsal_due


def test_the_next_one_is_told(ready, clock):
    assert backups.state(ready).next is None, "on leaving"
    local = clock.local()
    backups.save_plan(ready, Plan(when=When.DAILY, hour=20))
    assert backups.state(ready).next == local.replace(hour=20)
    backups.save_plan(ready, Plan(when=When.DAILY, hour=8))
    assert backups.state(ready).next == local, "its hour has come"
    make(ready)
    assert backups.state(ready).next == local.replace(hour=8) + timedelta(days=1)


def test_a_pinned_backup_stays_until_it_is_unpinned(ready, clock, office):
    first = make(ready)
    with office.logged() as log:
        backups.pin(ready, first.path)
    assert log == [("backup.pinned", "backup", (f"sha256:{first.facts.sha256}",))]
    for _day in range(10):
        clock.advance(days=1)
        make(ready)
    kept = {imprint: one.pinned for imprint, one in by_imprint(ready).items()}
    assert kept[first.facts.sha256]
    assert list(kept.values()).count(True) == 1

    backups.unpin(ready, first.path)
    clock.advance(days=1)
    make(ready)
    assert not first.path.exists()


def test_only_a_whole_backup_of_this_office_can_be_pinned(ready, tmp_path):
    (tmp_path / "broken.pmbak").write_bytes(b"nothing")

    with pytest.raises(RefusedError, match="whole backup"):
        backups.pin(ready, tmp_path / "broken.pmbak")


def test_replacing_pins_the_copy_of_how_it_was_also_in_the_older_log(ready, clerk, office):
    from pmdesk.app import offices

    made = make(ready)
    resident(clerk)
    backups.replace(ready, made.path, SECRET, PASSPHRASE, silent)
    office.close()

    opened = offices.sign_in(office.folder, "admin", PASSPHRASE, office.clock)
    pinned = [one.found.facts for one in backups.listed(opened.session) if one.pinned]
    opened.close()

    assert [facts and facts.counts["person"] for facts in pinned] == [1]


def test_twenty_wrong_passphrases_change_nothing(ready):
    made = make(ready)
    before = made.path.read_bytes()

    for attempt in range(20):
        with pytest.raises(WrongKeyError, match="not the backup passphrase"):
            backups.prove(ready, made.path, f"wrong words number {attempt}", silent)

    assert made.path.read_bytes() == before
    assert backups.prove(ready, made.path, SECRET, silent)[1].sha256 == made.facts.sha256
    last = backups.state(ready).last
    assert last is not None
    assert last.sha256 == made.facts.sha256


def test_the_paper_for_a_restore_names_places_and_holds_no_secret(ready, founded, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    backups.save_plan(ready, Plan(places=(stick,)))
    made = make(ready)

    found = backup_sheet.sheet(ready)

    assert str(stick) in found.places
    assert found.mark in made.path.name
    told = repr(found)
    assert SECRET not in told
    assert founded.recovery not in told
    assert found.on == ready.clock.today()
    assert all(Path(place).is_absolute() for place in found.places)
