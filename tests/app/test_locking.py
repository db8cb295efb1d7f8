"""The lock waits for nobody: no question, no long work and no fault keeps the office open."""

import threading
from functools import partial

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox  # noqa: TID251  # a page of others

from pmdesk.app import offices, room
from pmdesk.app.gate import STOPPED
from pmdesk.app.guesses import guessable
from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.staff import Role
from pmdesk.errors import VaultBusyError, WrongKeyError
from pmdesk.services import backups, keys, residents, staff
from pmdesk.services.exchange import importing
from pmdesk.services.exchange.delimited import table
from pmdesk.store.shelf import Shelf
from pmdesk.store.vault import folder as files
from pmdesk.ui.pages.signin import SignInPage
from pmdesk.ui.pages.undertaking import UndertakingPage
from pmdesk.ui.preferences import LOGIN
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.staff.recovery_dialog import RecoveryDialog
from pmdesk.ui.wizard.keys import RecoveryStep
from tests.offices import ACCOUNTS, CHEAP, PASSPHRASE, PROFILE

NEW = "walnut copper igloo marathon"
SECRET = "granite teapot willow sunrise 47"

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class Asking(QDialog):
    """A dialog that will not be closed without an answer."""

    def reject(self):
        """Asks, and the question waits for somebody."""
        QMessageBox.question(self, "pmdesk", "?")


@pytest.fixture
def told(monkeypatch):
    """What was told in boxes that have to be closed."""
    heard = []
    monkeypatch.setattr(Prompts, "tell", lambda _self, said, **_more: heard.append(said))
    return heard


def is_free(folder):
    """Whether nobody holds the office and nothing lies beside its data file."""
    files.locked(folder).release()
    return not list(folder.glob("*-wal"))


def test_a_dialog_that_asks_before_it_closes_does_not_hold_up_the_lock(desk, sign_in, folder):
    sign_in()
    dialog = Asking(desk.main)
    QTimer.singleShot(0, desk.lock)
    dialog.exec()

    assert desk.locked == 1
    assert not dialog.isVisible()
    assert QApplication.activeModalWidget() is None
    assert is_free(folder)


def test_the_system_locks_the_office_too(desk, sign_in, folder):
    sign_in()
    desk.system.away.emit()

    assert desk.locked == 1
    assert is_free(folder)


def test_a_fault_on_the_way_does_not_keep_the_office_open(desk, sign_in, monkeypatch):
    sign_in()
    opened = desk.room.entered

    def broken():
        raise ZeroDivisionError

    monkeypatch.setattr(desk.room, "close", broken)
    with pytest.raises(ZeroDivisionError):
        desk.lock()

    assert desk.locked == 1
    assert not desk.gate.shell.isHidden()
    opened.close()


def test_work_that_does_not_stop_is_left_to_the_end_of_the_process(
    desk, sign_in, monkeypatch, told, settled
):
    monkeypatch.setattr(room, "_PATIENCE_MS", 20)
    sign_in()
    gate, opened = threading.Event(), desk.room.entered
    desk.room.tasks.long(lambda _tell: gate.wait(20), owner=desk.room, reported=lambda *_at: None)
    desk.lock()

    assert desk.locked == 1
    assert desk.preferences.value(STOPPED) == 1
    gate.set()
    opened.close()


def backing_up(session):
    """A backup, as the page starts it."""
    backups.set_passphrase(session, SECRET)
    return partial(backups.make, session)


def changing_keys(session):
    """A change of the keys of the office."""
    return partial(keys.rotate, session, sealed=True)


def importing_many(session):
    """An import of more rows than it tells of at once."""
    rows = (f"3\t1\t{place}\t人{place}\t{13800000000 + place}" for place in range(1, 2_000))
    planned = importing.dry_run(session, table("\n".join(("楼栋\t单元\t房号\t姓名\t手机", *rows))))
    return lambda tell: importing.enter(session, planned, progress=tell)


@pytest.mark.parametrize("begin", [backing_up, changing_keys, importing_many])
def test_long_work_that_runs_is_stopped_undone_and_told(
    desk, sign_in, monkeypatch, told, folder, begin
):
    monkeypatch.setattr(Shelf.__init__, "__defaults__", (CHEAP,))
    sign_in("admin")
    opened = desk.room.entered.close.__self__.vault
    work, header = begin(desk.room.entered.session), opened.header
    begun, locking = threading.Event(), threading.Event()

    def slowly(progress):
        def tell(done, total):
            begun.set()
            locking.wait(20)
            progress.report(done, total)

        return work(tell)

    desk.room.tasks.long(slowly, owner=desk.room, reported=lambda *_at: None)
    assert begun.wait(20)
    finish = desk.room.tasks.finish
    monkeypatch.setattr(
        desk.room.tasks, "finish", lambda patience: (locking_soon(locking), finish(patience))[1]
    )
    desk.lock()

    assert is_free(folder)
    assert not list(folder.rglob("*.pmbak*"))
    assert [path.name for path in folder.glob("data-*")] == [header.db]
    assert desk.preferences.value(STOPPED) == 1
    sign_in("admin")
    assert len(told) == 1
    assert "1 long task" in told[0]
    assert desk.room.entered.close.__self__.vault.header == header
    assert not list(residents.found(desk.room.entered.session, ResidentQuery()))
    desk.lock()
    sign_in("admin")
    assert len(told) == 1, "told once"


def locking_soon(event):
    """The work goes on a moment after it was asked to stop."""
    threading.Timer(0.05, event.set).start()


def test_who_was_given_a_passphrase_hears_of_it_at_the_next_sign_in(
    desk, sign_in, told, folder, clock
):
    opened = offices.sign_in(folder, "admin", PASSPHRASE, clock)
    uid = next(one.uid for one in staff.everyone(opened.session) if one.login == "clerk")
    staff.reset_password(opened.session, uid, NEW)
    opened.close()

    sign_in("clerk", NEW)

    assert len(told) == 1
    assert told[0].startswith("周敏 set a new passphrase for your account on 2026-03-02")


def test_a_reset_that_broke_off_is_told_with_what_to_do(
    desk, sign_in, told, folder, clock, monkeypatch
):
    opened = offices.sign_in(folder, "admin", PASSPHRASE, clock)
    uid = next(one.uid for one in staff.everyone(opened.session) if one.login == "clerk")
    with monkeypatch.context() as patched:
        patched.setattr(type(opened.session.accounts), "reset_password", lambda *_all: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            staff.reset_password(opened.session, uid, NEW)
    opened.close()

    sign_in("clerk")

    assert len(told) == 1
    assert told[0].startswith("周敏 began to set a new passphrase for your account on 2026-03-02")
    assert "is the one that counts" in told[0]


def test_nobody_who_signs_in_as_ever_is_told_anything(desk, sign_in, told):
    sign_in()

    assert told == []


def test_an_open_office_that_waits_for_a_signature_locks_too(desk, sign_in, folder, clock):
    clock.advance(days=400)
    sign_in()
    assert isinstance(desk.page, UndertakingPage)
    with pytest.raises(VaultBusyError):
        files.locked(folder)

    desk.idle.idle.emit()

    assert desk.locked == 1
    assert is_free(folder)


def test_a_sign_in_window_that_nobody_touches_is_left_alone(desk, sign_in, folder):
    desk.gate.start(folder)
    desk.lock()

    assert desk.locked == 0


def test_switching_users_locks_and_asks_for_the_account(desk, sign_in, settled, qtbot):
    sign_in()
    desk.main.top_bar.switch_requested.emit()
    settled()

    assert desk.locked == 1
    assert desk.preferences.value(LOGIN) == ""
    assert isinstance(desk.page, SignInPage)
    qtbot.waitUntil(lambda: desk.page.login.count() == len(ACCOUNTS))
    assert desk.page.login.currentText() == ""


def test_quitting_closes_the_office(desk, sign_in, folder):
    sign_in()
    desk.main.top_bar.leave_requested.emit()

    assert desk.room is None
    assert desk.locked == 0
    assert is_free(folder)


def test_after_a_new_recovery_key_this_computer_trusts_it(desk, sign_in, settled, told):
    sign_in("admin")
    desk.main.open_page("settings")
    settled()
    desk.main.page.recovery.make.click()
    dialog = desk.main.findChild(RecoveryDialog)
    dialog.go.click()
    assert dialog.message.sentence
    dialog.line.show_text("not mine", openly=False)
    dialog.go.click()
    settled()
    assert not dialog.findChildren(RecoveryStep)
    dialog.line.show_text(PASSPHRASE, openly=False)
    dialog.go.click()
    settled()
    (step,) = dialog.findChildren(RecoveryStep)
    key = "-".join(words.text() for words in step._labels)
    step.hide_key()
    step.typed.setText(key)
    dialog.go.click()
    settled()
    assert not dialog.isVisible()
    assert desk.main.page.recovery.message.sentence

    desk.lock()
    sign_in("admin")

    assert desk.room is not None, "no question about another fingerprint"


def test_a_new_recovery_key_that_is_given_up_never_counts(desk, sign_in, settled, founded):
    sign_in("admin")
    desk.main.open_page("settings")
    desk.main.page.recovery.make.click()
    dialog = desk.main.findChild(RecoveryDialog)
    dialog.line.show_text(PASSPHRASE, openly=False)
    dialog.go.click()
    settled()
    dialog.reject()

    vault = desk.room.entered.close.__self__.vault
    assert vault.confirm_recovery(founded.recovery)


def test_only_administrators_see_the_recovery_key_in_the_settings(desk, sign_in):
    sign_in("manager")
    desk.main.open_page("settings")

    assert desk.main.page.recovery is None


def test_wrong_passphrases_are_on_record_at_the_next_good_sign_in(folder, clock):
    for _time in range(20):
        with pytest.raises(WrongKeyError):
            offices.sign_in(folder, "clerk", "wrong", clock)
        clock.advance(minutes=16)
    opened = offices.sign_in(folder, "clerk", PASSPHRASE, clock)
    with opened.session.store.reading() as work:
        newest = work.audit.recent(40)
    opened.close()

    failed = next(entry for entry in newest if entry.action == "sign_in.failed")
    assert failed.fields == ("20",)


def offices_error():
    from pmdesk.errors import WrongKeyError  # named once

    return WrongKeyError


def test_a_role_that_somebody_wrote_into_the_register_is_not_obeyed(folder, clock):
    opened = offices.sign_in(folder, "clerk", PASSPHRASE, clock)
    with opened.session.store.writing() as work:
        run = work._connection.exec_driver_sql  # type: ignore[attr-defined]  # beneath the port
        run("UPDATE staff SET role = 'admin' WHERE login = 'clerk'")
        work.commit()
    opened.close()

    opened = offices.sign_in(folder, "clerk", PASSPHRASE, clock)
    assert opened.session.staff.role is Role.CLERK
    opened.close()


@pytest.mark.parametrize("password", ["qingchuanhuayuan88", "wangfang2026", "zhoumin-2026"])
def test_names_that_everybody_here_knows_are_no_passphrase(folder, clock, password):
    opened = offices.sign_in(folder, "admin", PASSPHRASE, clock)
    weak = opened.session.accounts.password_problems(password, "sunyue", "王芳")
    good = opened.session.accounts.password_problems(NEW, "sunyue", "王芳")
    opened.close()

    assert weak
    assert not good


def test_chinese_names_are_guessed_as_they_are_typed():
    assert guessable([PROFILE.name])[1:4] == ("qingchuan", "qingchuanhua", "qingchuanhuayuan")
    assert guessable(["sunyue"]) == ("sunyue",)
    assert "zengxiaoming" in guessable(["曾小明"])
    assert "dongyuan" in guessable(["3 栋苑"])
