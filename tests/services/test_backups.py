"""Backups as the administrator sees them: proved, due, kept, rehearsed, and on record."""

from datetime import timedelta

import pytest

from pmdesk.domain.acts import ArchiveReason
from pmdesk.domain.backups import Owner, Plan, When
from pmdesk.domain.progress import silent
from pmdesk.errors import (
    ConflictError,
    RefusedError,
    StorageError,
    WrongKeyError,
)
from pmdesk.services import backups, person_acts
from pmdesk.store.backup import making
from tests.offices import PASSPHRASE, resident
from tests.services.backing_up import SECRET, make, ready_to_back_up

pytestmark = pytest.mark.usefixtures("cheap_keys")


@pytest.fixture
def ready(admin):
    return ready_to_back_up(admin)


def test_without_a_passphrase_no_backup_is_made_and_the_state_says_so(admin, office):
    assert not backups.state(admin).ready
    with pytest.raises(RefusedError, match="passphrase of this office is not set"):
        make(admin)
    assert backups.state(admin).overdue
    assert not (office.folder / "backups").exists()


def test_a_weak_passphrase_is_not_taken(admin):
    with pytest.raises(RefusedError):
        backups.set_passphrase(admin, "wy20260101")
    assert not backups.state(admin).ready


def test_a_backup_is_on_record_with_imprint_and_place(ready, office):
    with office.logged() as log:
        made = make(ready)

    assert log == [
        (
            "backup.made",
            "backup",
            (f"sha256:{made.facts.sha256}", f"place:{office.folder / 'backups'}"),
        )
    ]
    state = backups.state(ready)
    assert state.last is not None
    assert state.last.sha256 == made.facts.sha256
    assert not state.overdue
    assert not state.failed


def test_the_last_proved_backup_grows_old(ready, clock):
    make(ready)

    clock.advance(days=6)
    assert not backups.state(ready).overdue
    clock.advance(days=1)
    assert backups.state(ready).overdue


def test_a_backup_that_failed_is_told_until_one_comes_about(ready, monkeypatch):
    def full(*_rest, **_more):
        raise StorageError("full")

    with monkeypatch.context() as patch:
        patch.setattr(making, "make", full)
        with pytest.raises(StorageError):
            make(ready)
    assert backups.state(ready).failed

    make(ready)
    assert not backups.state(ready).failed


def test_the_list_tells_which_were_proved_and_which_are_of_another_office(ready, office, tmp_path):
    made = make(ready)
    (office.folder / "backups" / "broken.pmbak").write_bytes(b"nothing")

    newest, broken = backups.listed(ready)

    assert newest.proved == ready.clock.now()
    assert newest.found.path == made.path
    assert not newest.found.foreign
    assert broken.found.facts is None
    assert broken.found.fault


def test_places_say_when_something_last_came_to_them(ready, clock, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    backups.save_plan(ready, Plan(when=When.OFF, places=(stick,)))
    make(ready)
    stick.rename(tmp_path / "pulled")
    clock.advance(days=9)

    made = make(ready)

    own, away = backups.state(ready).places
    assert made.absent == (stick,)
    assert (own.last, own.place.present) == (clock.today(), True)
    assert away.last == clock.today() - timedelta(days=9)
    assert not away.place.present


def test_a_place_is_a_full_path(ready):
    from pathlib import Path

    with pytest.raises(RefusedError):
        backups.save_plan(ready, Plan(places=(Path("backups"),)))


def test_old_backups_go_and_the_newest_proved_one_stays(ready, clock, office):
    for _day in range(15):
        make(ready)
        clock.advance(days=1)

    found = backups.listed(ready)

    assert len(found) == 8, "seven days, and the newest of a week before"
    assert found[0].proved


def test_a_daily_backup_is_due_from_its_hour_on_and_once(ready, clock):
    backups.save_plan(ready, Plan(when=When.DAILY, hour=12))

    assert clock.local().hour == 9
    assert not backups.is_due(ready, leaving=False)
    clock.advance(hours=3)
    assert backups.is_due(ready, leaving=False)
    assert not backups.is_due(ready, leaving=True)
    backups.automatic(ready, silent)
    assert not backups.is_due(ready, leaving=False)
    clock.advance(days=1)
    assert backups.is_due(ready, leaving=False)


def test_leaving_makes_a_backup_when_something_changed(ready, clerk):
    backups.save_plan(ready, Plan(when=When.EXIT))
    make(ready)
    assert not backups.is_due(clerk, leaving=True)

    resident(clerk)

    assert backups.is_due(clerk, leaving=True)
    _changes, made = backups.automatic(clerk, silent)
    assert made.facts.by == clerk.staff.uid
    assert not backups.is_due(clerk, leaving=True)


def test_nothing_is_due_while_backups_are_off_or_have_no_passphrase(admin):
    assert not backups.is_due(admin, leaving=True)
    backups.set_passphrase(admin, SECRET)
    backups.save_plan(admin, Plan(when=When.OFF))
    assert not backups.is_due(admin, leaving=True)
    assert not backups.is_due(admin, leaving=False)


def test_a_rehearsal_has_no_consequence_but_its_date(ready, clock):
    assert not backups.state(ready).rehearsal_due
    clock.advance(days=31)
    assert backups.state(ready).rehearsal_due

    assert not backups.rehearse(ready, "four wrong words here")[1]
    assert backups.state(ready).rehearsal_due
    assert backups.rehearse(ready, SECRET)[1]
    assert not backups.state(ready).rehearsal_due
    assert backups.state(ready).rehearsed == clock.today()


def test_a_preview_says_what_would_be_lost(ready, clerk):
    made = make(ready)
    resident(clerk)

    changes, seen = backups.preview(ready, made.path, SECRET, silent)

    assert changes.kinds == {"backups"}
    assert (seen.facts.counts["person"], seen.now["person"]) == (0, 1)
    assert seen.lost >= 2
    assert not seen.foreign


def test_a_preview_needs_the_passphrase(ready):
    made = make(ready)

    with pytest.raises(WrongKeyError):
        backups.preview(ready, made.path, "four wrong words here", silent)


def test_a_restore_beside_the_office_erases_what_was_erased_here(
    ready, manager, clerk, tmp_path, office
):
    person = resident(clerk)
    made = make(ready)
    person_acts.leave(manager, person, ArchiveReason.CONTRACT_ENDED)
    owner = Owner(folder=tmp_path / "new", login="admin", name="", password=PASSPHRASE)

    with office.logged() as log:
        _changes, restored = backups.restore(ready, made.path, SECRET, owner, silent)

    assert restored.replayed == 1
    assert log[-1][0] == "backup.restored"
    assert f"place:{tmp_path / 'new'}" in log[-1][2]


def test_a_backup_of_another_office_is_restored_without_the_journal_of_this_one(
    ready, founded, tmp_path, clock
):
    other = founded.copied(tmp_path / "other", clock)
    made = make(ready)
    header = other.session("admin").accounts.backups
    other.opened["admin"]._header = type(header._vault.header)(
        **{
            name: getattr(header._vault.header, name)
            for name in header._vault.header.__dataclass_fields__
        }
        | {"vault": "f" * 32}
    )
    owner = Owner(folder=tmp_path / "new", login="admin", name="", password=PASSPHRASE)

    person = resident(other.session("clerk"))
    person_acts.leave(other.session("manager"), person, ArchiveReason.CONTRACT_ENDED)
    assert backups.listed(other.session("admin")) == ()
    _changes, seen = backups.preview(other.session("admin"), made.path, SECRET, silent)
    _changes, restored = backups.restore(other.session("admin"), made.path, SECRET, owner, silent)

    assert seen.foreign
    assert restored.replayed == 0
    other.close()


def test_two_backups_at_once_are_not_made(ready):
    def again(_done, _total):
        make(ready)

    with pytest.raises(ConflictError, match="already"):
        backups.make(ready, again)
    assert backups.listed(ready) == ()


def test_signing_in_alone_is_nothing_to_back_up(ready, office):
    backups.save_plan(ready, Plan(when=When.EXIT))
    make(ready)
    for _time in range(60):
        with ready.store.writing() as work:
            ready.log(work, "sign_in")
            work.commit()

    assert backups.is_due(ready, leaving=True), "too long ago to tell: better one too many"


def test_a_folder_for_the_restored_office_is_suggested_that_is_not_there(ready, tmp_path):
    first = backups.suggested_folder(ready)
    first.mkdir()

    assert first == tmp_path / "office-20260302"
    assert backups.suggested_folder(ready) == tmp_path / "office-20260302-2"
