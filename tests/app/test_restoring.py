"""从备份恢复 from the sign-in window and the wizard, through to signing in: on a new machine."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pmdesk.domain.acts import ArchiveReason
from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.progress import silent
from pmdesk.services import backups, person_acts, residents, staff
from pmdesk.ui.pages.signin import SignInPage
from pmdesk.ui.pages.undertaking import UndertakingPage
from pmdesk.ui.pages.wizard import WizardPage
from pmdesk.ui.restore.page import RestorePage
from tests.offices import PASSPHRASE, resident

pytestmark = pytest.mark.usefixtures("cheap_keys")

SECRET = "granite teapot willow sunrise 47"


@pytest.fixture
def kept(office, tmp_path):
    """Two backups on a stick: between them one resident was erased. The office is gone."""
    stick = tmp_path / "stick"
    stick.mkdir()
    session = office.session("admin")
    backups.set_passphrase(session, SECRET)
    backups.save_plan(session, replace(session.accounts.backups.plan(), places=(stick,)))
    gone = resident(office.session("clerk"))
    resident(office.session("clerk"), "欧阳远山", "13900005678", "4-1-101")
    made = [backups.make(session, silent)[1]]
    person_acts.leave(office.session("manager"), gone, ArchiveReason.CONTRACT_ENDED)
    office.clock.advance(days=3)
    made.append(backups.make(session, silent)[1])
    office.close()
    return [stick / one.path.name for one in made]


@pytest.fixture
def restore(desk, settled):
    """Goes through the pages of a restore with that file and secret, up to its new key."""

    def restore(path, folder, secret=SECRET, login="admin", name=""):
        page = desk.page
        assert isinstance(page, RestorePage)
        page.file.line.setText(str(path))
        page.file.secret.line.setText(secret)
        page.go.click()
        settled()
        page.go.click()
        page.place.line.setText(str(folder))
        page.go.click()
        page.owner.login.setText(login)
        if name:
            page.owner.name.setText(name)
        page.owner.passphrase.first.line.setText(PASSPHRASE)
        page.owner.passphrase.second.line.setText(PASSPHRASE)
        page.go.click()
        settled()
        return page

    return restore


def come_in(page, desk, settled):
    """Types the new key back and signs in."""
    page.key.hide_key()
    page.key.typed.setText(page.made.recovery_key)
    page.go.click()
    settled()
    signing = desk.page
    assert isinstance(signing, SignInPage)
    signing.password.setText(PASSPHRASE)
    signing.enter.click()
    settled()
    if desk.room is None and isinstance(
        desk.page, UndertakingPage
    ):  # whoever is new signs one first
        desk.page.signed.emit("郑爽朗")
        settled()


def test_a_new_machine_gets_the_office_from_the_wizard(desk, kept, restore, settled, tmp_path):
    desk.gate.start(None)
    assert isinstance(desk.page, WizardPage)
    desk.page.welcome.restore.click()

    page = restore(kept[1], tmp_path / "machine" / "office")
    come_in(page, desk, settled)

    session = desk.room.entered.session
    assert len(residents.found(session, ResidentQuery())) == 1
    assert session.staff.login == "admin"
    assert {one.login for one in staff.everyone(session)} >= {"clerk", "manager"}


def test_from_an_older_backup_what_a_later_one_saw_erased_stays_erased(
    desk, kept, restore, settled, tmp_path, clock
):
    desk.gate.start(None)
    desk.page.welcome.restore.click()

    page = restore(kept[0], tmp_path / "machine" / "office")

    assert page.made.replayed == 1
    come_in(page, desk, settled)
    assert len(residents.found(desk.room.entered.session, ResidentQuery())) == 1


def test_the_recovery_key_opens_a_backup_as_well(desk, kept, restore, founded, tmp_path):
    desk.gate.start(None)
    desk.page.welcome.restore.click()

    page = restore(kept[1], tmp_path / "machine" / "office", founded.recovery)

    assert page.made.recovery_key != founded.recovery


def test_the_sign_in_window_leads_there_and_back(desk, folder, settled):
    desk.gate.start(folder)
    settled()
    desk.page.restore_requested.emit()
    assert isinstance(desk.page, RestorePage)

    desk.page.leave.click()
    assert isinstance(desk.page, SignInPage)
    assert desk.gate.folder == folder


def test_without_any_office_cancelling_leads_back_to_the_wizard(desk):
    desk.gate.start(None)
    desk.page.welcome.restore.click()
    desk.page.leave.click()

    assert isinstance(desk.page, WizardPage)


def test_an_administrator_that_nobody_was_enters_and_old_entries_verify(
    desk, kept, restore, settled, tmp_path, clock
):
    desk.gate.start(None)
    desk.page.welcome.restore.click()
    clock.advance(minutes=5)

    page = restore(kept[1], tmp_path / "machine" / "office", login="zheng", name="郑爽朗")
    come_in(page, desk, settled)

    session = desk.room.entered.session
    with session.store.reading() as work:
        assert work.proof.check().holds
        assert any(entry.by != session.staff.uid for entry in work.audit.recent(50))


def test_a_preview_says_for_how_long_nobody_knows_what_was_erased(kept, clock, desk):
    from pmdesk.app.restoring import OfficeRestoring
    from pmdesk.app.setup import OfficeSetup

    ways = OfficeRestoring(OfficeSetup(clock), clock)
    clock.advance(days=9)

    older, newer = (ways.inside(path, SECRET, silent) for path in kept)

    assert older.newer.entries == newer.facts.entries
    assert older.unknown_days(ways.today()) == newer.unknown_days(ways.today()) == 9
    assert older.newer.until == older.facts.made_at + timedelta(days=3)
    assert ways.weak("short", ["", "admin"])
