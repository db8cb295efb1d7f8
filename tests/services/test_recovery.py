"""A new recovery key: after the own passphrase, once typed back, on record and on trial."""

import pytest

from pmdesk.app import offices
from pmdesk.errors import RefusedError, WrongKeyError
from pmdesk.services import log_proof, recovery, staff
from tests.offices import PASSPHRASE

NEW = "walnut copper igloo marathon"


class NoMemory:
    """A computer that remembers nothing of any log."""

    def of(self, vault):
        return ()

    def keep(self, anchor):
        """Nothing is kept."""

    forget = keep


def test_the_key_counts_once_it_is_typed_back(office, admin, founded):
    made = recovery.begin(admin, PASSPHRASE)
    with office.logged() as log:
        with pytest.raises(RefusedError):
            recovery.finish(admin, made, founded.recovery)
        recovery.finish(admin, made, made.recovery_key.lower())
    office.close()

    assert log == [
        ("office.renewed", "recovery-key", (made.former,)),
        ("recovery.key", "recovery-key", ()),
    ]
    with pytest.raises(WrongKeyError):
        offices.recover(office.folder, founded.recovery, "admin", NEW, office.clock)
    office.clock.advance(minutes=15)
    opened, _fresh = offices.recover(office.folder, made.recovery_key, "admin", NEW, office.clock)
    opened.close()


def test_nobody_makes_one_without_the_own_passphrase(admin, clerk):
    with pytest.raises(WrongKeyError):
        recovery.begin(admin, "not mine")
    with pytest.raises(RefusedError):
        recovery.begin(clerk, PASSPHRASE)


def test_the_log_of_before_still_holds_also_of_keys_that_are_gone(office):
    admin = office.session("admin")
    clerk = office.session("clerk").staff
    staff.reset_password(admin, clerk.uid, NEW)  # the key that signed the log is no more
    made = recovery.begin(admin, PASSPHRASE)
    recovery.finish(admin, made, made.recovery_key)
    office.close()

    opened = offices.sign_in(office.folder, "reviewer", PASSPHRASE, office.clock)
    report = log_proof.full(opened.session, NoMemory())
    opened.close()

    assert report.holds, report


def test_the_log_holds_when_the_new_key_had_to_help_after_all(office):
    admin = office.session("admin")
    made = recovery.begin(admin, PASSPHRASE)
    recovery.finish(admin, made, made.recovery_key)
    office.close()

    opened, _key = offices.recover(office.folder, made.recovery_key, "admin", NEW, office.clock)
    report = log_proof.full(opened.session, NoMemory())
    opened.close()

    assert report.holds, report
