"""Working and locking, in the program's own windows on a real office."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu, QPushButton

from pmdesk.domain.office import RESIDENTS, Changes
from pmdesk.errors import StorageError
from pmdesk.services import drafts
from pmdesk.store.vault import folder as files
from pmdesk.store.vault import vault
from pmdesk.ui import theme
from pmdesk.ui.pages.password import PasswordDialog
from pmdesk.ui.pages.registration import RegistrationPage
from pmdesk.ui.preferences import IDLE_MINUTES, LANGUAGE, TEXT_SCALE, THEME
from pmdesk.ui.prompts import Prompts
from tests.offices import PASSPHRASE


def test_each_role_sees_its_own_pages(desk, sign_in):
    sign_in("reviewer")
    keys = {spec.key for spec in desk.main.pages}

    assert {"home", "residents", "classes", "charts", "rules", "training", "settings"} <= keys
    assert not keys & {"staff", "import"}


def test_the_administrator_sees_staff_and_import(desk, sign_in):
    sign_in("admin")

    assert {"staff", "import"} <= {spec.key for spec in desk.main.pages}


def test_every_page_opens(desk, sign_in, settled):
    sign_in("admin")
    for spec in desk.main.pages:
        desk.main.open_page(spec.key)
        settled()
        assert desk.main.page is desk.main.page_of(spec.key)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_idle_locks_although_a_dialog_and_a_menu_are_open(desk, sign_in, settled, folder, clock):
    sign_in()
    desk.room.navigator.register("曾国强")
    page = desk.main.findChild(RegistrationPage)
    page.autosave.touch()
    desk.room._change_password()
    menu = QMenu(desk.main)
    menu.addAction("…")
    menu.popup(desk.main.pos())
    dialog = desk.main.findChild(PasswordDialog)
    desk.idle.idle.emit()
    settled()

    assert desk.locked == 1
    assert not dialog.isVisible()
    assert not menu.isVisible()
    assert not list(folder.glob("*-wal"))
    files.locked(folder).release()  # nobody holds the office
    opened = vault.unlock(folder, login="clerk", password=PASSPHRASE, clock=clock)
    opened.close()


class Clipboard:
    """A clipboard that says whose its content is."""

    def __init__(self, *, ours):
        self.ours = ours
        self.text = "138 0000 0042"

    def ownsClipboard(self):  # noqa: N802  # Qt's own name
        return self.ours

    def clear(self):
        self.text = ""


@pytest.mark.parametrize(("ours", "left"), [(True, ""), (False, "138 0000 0042")])
def test_the_lock_empties_the_clipboard_only_of_what_pmdesk_put_there(
    desk, sign_in, monkeypatch, ours, left
):
    clipboard = Clipboard(ours=ours)
    monkeypatch.setattr(QGuiApplication, "clipboard", lambda: clipboard)
    sign_in()
    desk.lock()

    assert clipboard.text == left


def test_a_draft_is_announced_at_the_lock_and_back_after_it(desk, sign_in, settled):
    sign_in()
    desk.room.navigator.register("曾国强")
    desk.main.findChild(RegistrationPage).autosave.touch()
    desk.main.lock_requested.emit()
    settled()

    assert desk.page.message.sentence == "1 unsaved draft comes back after signing in."
    assert desk.page.login.currentText() == "clerk"
    sign_in()
    assert len(drafts.mine(desk.room.entered.session)) == 1


def test_after_the_lock_the_keys_are_zeroes(desk, sign_in, settled):
    sign_in("manager")
    opened = desk.room.entered.close.__self__.vault
    keys = list(opened._signer.rings.values())
    desk.lock()

    assert all(not any(key) for key in keys)


def test_closing_the_window_keeps_drafts_and_frees_the_office(desk, sign_in, folder):
    sign_in()
    desk.room.navigator.register("曾国强")
    desk.main.findChild(RegistrationPage).autosave.touch()
    desk.main.close()

    assert desk.room is None
    assert not list(folder.glob("*-wal"))
    files.locked(folder).release()


def test_a_while_after_the_last_change_nothing_erased_lies_beside_the_data_file(
    desk, sign_in, settled, folder
):
    sign_in()
    drafts.keep(desk.room.entered.session, "resident", "new", "{}")
    desk.room.tasks.changed.emit(Changes.of(RESIDENTS))
    (beside,) = folder.glob("*-wal")
    assert desk.room.rest.isActive()
    assert beside.stat().st_size

    desk.room.rest.timeout.emit()
    settled()

    assert not beside.stat().st_size


def test_a_full_disk_does_not_keep_the_office_open(desk, sign_in, folder, monkeypatch):
    def full(*_args):
        raise StorageError("The disk is full.")

    sign_in()
    desk.room.navigator.register("曾国强")
    desk.main.findChild(RegistrationPage).autosave.touch()
    monkeypatch.setattr(drafts, "keep", full)
    desk.lock()

    assert desk.room is None
    assert not list(folder.glob("*-wal"))
    files.locked(folder).release()


def test_text_size_reaches_every_widget_and_is_remembered(desk, sign_in, qtbot):
    sign_in()
    before = desk.main.search.fontMetrics().height()
    desk.main.text_scale_requested.emit(2.0)

    qtbot.waitUntil(lambda: desk.main.search.fontMetrics().height() > 1.7 * before)
    assert desk.preferences.value(TEXT_SCALE) == 2.0
    desk.main.text_scale_requested.emit(9.0)
    assert theme.applied().scale == theme.LARGEST
    desk.main.text_scale_requested.emit(1.0)


def ticked(main):
    """What the menu says is chosen."""
    menu = main.top_bar.findChild(QPushButton, "user").menu()
    return [action.text() for action in menu.actions() if action.isChecked()]


def test_choices_of_the_window_are_remembered(desk, sign_in):
    sign_in()
    assert len(ticked(desk.main)) == 2
    desk.main.scheme_requested.emit("dark")
    desk.main.language_requested.emit("en")
    desk.room.navigator.idle_requested.emit(25.0)

    assert theme.applied().scheme == "dark"
    assert ticked(desk.main) == ["Dark", "English"]
    assert desk.preferences.value(THEME) == "dark"
    assert desk.preferences.value(LANGUAGE) == "en"
    assert desk.preferences.value(IDLE_MINUTES) == 25.0
    desk.main.scheme_requested.emit("light")


def test_failed_sign_ins_are_told_at_the_next_good_one(desk, sign_in, clock):
    sign_in("clerk", "nonsense")
    clock.advance(seconds=timedelta(minutes=5).total_seconds())
    desk.page.wait(0)
    sign_in()

    assert desk.main._note.text() == "1 failed sign-in since the last good one"


def test_a_fresh_process_takes_over_after_the_lock(monkeypatch):
    from pmdesk.app import restart

    started = []
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr("os.execv", lambda *command: started.append(command))
    restart.replace_process()

    ((program, command),) = started
    assert command == [program, "-m", "pmdesk"]


def test_windows_starts_the_fresh_process_beside_this_one(monkeypatch):
    from pmdesk.app import restart

    started = []
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setattr("subprocess.Popen", lambda command, **_more: started.append(command))
    monkeypatch.setattr("os._exit", lambda code: started.append(code))
    monkeypatch.setattr("os.execv", lambda *_command: None)
    restart.replace_process()

    assert started[0][1:] == ["-m", "pmdesk"]
    assert started[1] == 0


def test_every_page_can_keep_its_draft_before_the_office_closes(desk, sign_in, folder):
    sign_in()
    opened = desk.room.entered
    kept = []
    desk.main.page.keep_draft = lambda: kept.append(drafts.mine(opened.session))
    desk.lock()

    assert kept == [()]  # asked once, while the store still answers


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_ctrl_l_locks_although_a_question_is_open(desk, sign_in, settled, qtbot):
    sign_in()
    prompts = Prompts(desk.main)

    def press():
        box = QApplication.activeModalWidget()
        qtbot.keyClick(box, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)

    QTimer.singleShot(0, press)

    assert not prompts.confirm("Delete?", yes="Delete")
    assert desk.locked == 1
    settled()


def test_the_window_is_no_larger_than_a_small_screen(desk, sign_in):
    sign_in()

    screen = desk.main.screen().availableSize()  # 800 x 800 when drawn into memory
    least = desk.main.minimumSizeHint().expandedTo(desk.main.minimumSize())
    assert desk.main.width() == max(screen.width(), least.width())
