"""How old the keys are, who left since, and changing them: administrators only, on record."""

import pytest

from pmdesk.app import offices
from pmdesk.domain.keys import Before, Kept
from pmdesk.domain.progress import silent
from pmdesk.errors import RefusedError
from pmdesk.services import keys, staff
from pmdesk.services.key_words import kept_words, standing
from tests.offices import PASSPHRASE


def uid_of(admin, login):
    return next(one.uid for one in staff.everyone(admin) if one.login == login)


def test_the_first_keys_are_those_of_the_first_day(admin, clock):
    found = keys.state(admin)

    assert (found.rotated, found.due, found.left, found.kept) == (False, False, 0, ())
    assert found.since == clock.today()
    assert standing(found).startswith("The keys are those of the first day")


def test_after_a_year_they_are_due(admin, clock):
    clock.advance(days=364)
    assert not keys.state(admin).due
    clock.advance(days=1)

    found = keys.state(admin)
    assert found.due
    assert "more than a year ago" in standing(found)


def test_whoever_left_makes_them_due_until_they_are_changed(office, admin, clock):
    staff.disable(admin, uid_of(admin, "clerk"))
    staff.disable(admin, uid_of(admin, "manager2"))
    found = keys.state(admin)
    assert (found.due, found.left) == (True, 2)
    assert "2 accounts were disabled" in standing(found)

    keys.rotate(admin, silent)

    office.close()
    opened = offices.sign_in(office.folder, "admin", PASSPHRASE, clock)
    found = keys.state(opened.session)
    assert (found.rotated, found.due, found.left) == (True, False, 0)
    assert standing(found).startswith("Keys last changed on ")
    opened.close()


def test_the_session_that_changed_the_keys_is_over(admin):
    keys.rotate(admin, silent)

    with pytest.raises(RefusedError):
        admin.accounts.keys.rotate(admin.clock, silent, sealed=False)


@pytest.mark.parametrize("login", ["clerk", "manager", "reviewer"])
def test_others_change_no_keys_and_the_attempt_is_on_record(office, login):
    session = office.session(login)

    with office.logged() as log, pytest.raises(RefusedError):
        keys.rotate(session, silent)

    assert [(action, target) for action, target, _fields in log] == [("denied", "manage_staff")]
    assert not (office.folder / "data-000002.db").exists()


def test_an_unknown_copy_is_told(admin):
    with pytest.raises(Exception, match="not there any more"):
        keys.bring_back(admin, "before-upgrade-000009.db", silent)


@pytest.mark.parametrize(
    ("before", "words"),
    [(Before.UPGRADE, "before the upgrade of "), (Before.RESTORE, "before the restore of ")],
)
def test_a_copy_is_spoken_of_by_its_time(clock, before, words):
    one = Kept(name="x", before=before, made_at=clock.now(), schema="0003", size=1)

    said = kept_words(one, clock)
    assert said.startswith(words)
    assert said.endswith(f"{clock.local():%Y-%m-%d %H:%M}")
