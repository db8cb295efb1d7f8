"""A backup in the place of the office: the own passphrase, what is kept, and what counts after."""

import pytest

from pmdesk.app import offices
from pmdesk.domain.acts import ArchiveReason
from pmdesk.domain.progress import silent
from pmdesk.errors import OfficeClosedError, RefusedError, StorageError, WrongKeyError
from pmdesk.services import backups, person_acts
from pmdesk.store.vault import folder
from tests.offices import PASSPHRASE, _copied, resident
from tests.services.backing_up import SECRET, make, ready_to_back_up

pytestmark = pytest.mark.usefixtures("cheap_keys")


@pytest.fixture
def ready(admin):
    return ready_to_back_up(admin)


def test_a_backup_takes_the_place_of_the_office_which_is_kept_as_a_backup(
    ready, manager, clerk, office, monkeypatch
):
    resident(clerk)
    gone = resident(clerk, "欧阳远山", "13800001239", "3-2-509")
    made = make(ready)
    person_acts.leave(manager, gone, ArchiveReason.CONTRACT_ENDED)
    resident(clerk, "李伟", "13900005678", "4-1-101")
    uid = ready.staff.uid

    again = backups.replace(ready, made.path, SECRET, PASSPHRASE, silent)

    assert again == 1
    with pytest.raises(RefusedError, match="locked"):
        assert office.opened["admin"].engine
    office.close()
    monkeypatch.setitem(office.founded.signers, "admin", rekeyed(office))
    now = office.session("admin")
    assert now.staff.uid == uid
    assert [one.name for one in office.folder.glob("data-*.db")] == ["data-000002.db"]
    with now.store.reading() as work:
        assert work.people.count() == 1
    assert office.broken_link() is None
    safety = backups.listed(now)[0].found.facts
    assert safety is not None
    assert safety.counts["person"] == 2
    make(now)
    assert [one.name for one in office.folder.glob("data-*.db")] == ["data-000002.db"]


def rekeyed(office):
    """The keys of the administrator in the present generation, taken by signing in."""
    opened = offices.sign_in(office.folder, "admin", PASSPHRASE, office.clock)
    signer = _copied(opened.vault._signer)
    opened.close()
    return signer


def test_everybody_signs_in_as_before_once_a_backup_took_the_place(ready, office, clock):
    made = make(ready)
    backups.replace(ready, made.path, SECRET, PASSPHRASE, silent)
    office.close()

    for login in ("clerk", "manager", "reviewer", "admin"):
        opened = offices.sign_in(office.folder, login, PASSPHRASE, clock)
        assert opened.session.staff.login == login
        opened.close()


def test_a_replacement_that_fails_leaves_the_office_as_it_is(ready, office, clerk, monkeypatch):
    made = make(ready)
    resident(clerk)
    before = {one.name for one in office.folder.glob("data-*.db")}

    def full(*_rest):
        raise StorageError("full")

    with monkeypatch.context() as patch:
        patch.setattr(folder, "save_header", full)
        with pytest.raises(StorageError):
            backups.replace(ready, made.path, SECRET, PASSPHRASE, silent)
    with pytest.raises(WrongKeyError):
        backups.replace(ready, made.path, "four wrong words here", PASSPHRASE, silent)

    assert {one.name for one in office.folder.glob("data-*.db")} == before
    with clerk.store.reading() as work:
        assert work.people.count() == 1


def test_a_replacement_wants_the_own_passphrase_and_guesses_wait(ready, office, clock, clerk):
    made = make(ready)
    resident(clerk)

    def wrong():
        with pytest.raises(WrongKeyError, match="not your own") as caught:
            backups.replace(ready, made.path, SECRET, "not the passphrase of mine", silent)
        return caught.value

    wrong()
    with pytest.raises(WrongKeyError, match="wait"):
        backups.replace(ready, made.path, SECRET, PASSPHRASE, silent)
    assert len(backups.listed(ready)) == 1, "no safety copy was made for a guess"
    with clerk.store.reading() as work:
        assert work.people.count() == 1
    clock.advance(seconds=2)

    backups.replace(ready, made.path, SECRET, PASSPHRASE, silent)

    with pytest.raises(RefusedError, match="locked"):
        assert office.opened["admin"].engine


def test_the_copy_made_before_a_replacement_counts_as_the_last_backup(
    ready, office, clock, monkeypatch
):
    made = make(ready)
    clock.advance(days=3)
    between = make(ready)
    clock.advance(days=3)
    backups.replace(ready, made.path, SECRET, PASSPHRASE, silent)
    office.close()
    monkeypatch.setitem(office.founded.signers, "admin", rekeyed(office))
    now = office.session("admin")

    state = backups.state(now)
    proved = {one.found.path: one.proved for one in backups.listed(now)}

    assert state.last is not None
    assert state.last.at == clock.now()
    assert not state.overdue
    assert state.places[0].last == clock.today()
    assert len(proved) == 3
    assert all(proved.values())
    assert between.path in proved
    newest = backups.listed(now)[0]
    assert newest.pinned
    assert newest.found.facts is not None
    assert newest.found.facts.sha256 == state.last.sha256
    assert office.broken_link() is None


def test_once_the_header_names_the_new_generation_it_is_never_removed(
    ready, office, monkeypatch, clock
):
    made = make(ready)
    real = folder.save_header

    def late(*rest):
        real(*rest)
        raise StorageError("the folder could not be synced")

    with monkeypatch.context() as patch:
        patch.setattr(folder, "save_header", late)
        with pytest.raises(OfficeClosedError):
            backups.replace(ready, made.path, SECRET, PASSPHRASE, silent)
    office.close()

    opened = offices.sign_in(office.folder, "clerk", PASSPHRASE, clock)
    assert opened.vault.header.gen == 2
    opened.close()
