"""Damaged files: plain help at the sign-in window and in the open one, and a way out."""

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel

from pmdesk.store.vault import folder as files
from pmdesk.ui.keys.damage_dialog import DamageDialog
from pmdesk.ui.pages.damaged import DamagedPage
from pmdesk.ui.pages.signin import SignInPage
from pmdesk.ui.restore.page import RestorePage

PAGE = 4096


def said(part):
    return "\n".join(label.text() for label in part.findChildren(QLabel))


def cut_headers(folder):
    for name in (files.HEADER, files.COPY):
        raw = (folder / name).read_bytes()
        (folder / name).write_bytes(raw[: len(raw) // 2])


def no_headers(folder):
    for name in (files.HEADER, files.COPY):
        (folder / name).unlink()


def newer(folder):
    for name in (files.HEADER, files.COPY):
        raw = (folder / name).read_bytes().replace(b'"version":1', b'"version":2')
        (folder / name).write_bytes(raw)


def data_file(folder):
    (found,) = folder.glob("data-*.db")
    return found


def flipped(folder, page):
    """One bit of that page is another."""
    path = data_file(folder)
    raw = bytearray(path.read_bytes())
    raw[page * PAGE + 1000] ^= 4
    path.write_bytes(raw)


@pytest.fixture
def looked(desk, folder, settled):
    """The window as it is at first sight."""

    def _looked():
        desk.gate.start(folder)
        desk.gate.shell.painted.emit()
        settled()
        return desk.page

    return _looked


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (cut_headers, ("vault.copy.json", "Do not make a new office")),
        (no_headers, ("vault.copy.json", "Do not make a new office")),
        (newer, ("Nothing is lost", "Install the newest pmdesk")),
    ],
)
def test_key_files_that_help_nobody_are_explained_at_first_sight(folder, looked, harm, words):
    harm(folder)
    page = looked()

    assert isinstance(page, DamagedPage)
    for word in (*words, "What is lost", "What is not lost", "What to do", str(folder)):
        assert word in said(page)
    assert page.help.restore.isHidden() is (harm is newer)


def test_a_data_file_that_is_gone_is_explained(desk, folder, sign_in):
    data_file(folder).unlink()
    sign_in()

    assert isinstance(desk.page, DamagedPage)
    assert "since the last backup was only there" in said(desk.page)


def test_a_damaged_first_page_is_explained(desk, folder, sign_in):
    flipped(folder, 0)
    sign_in()

    assert isinstance(desk.page, DamagedPage)
    assert "copy the whole folder to another disk" in said(desk.page)


def test_once_the_file_is_back_checking_again_leads_to_signing_in(desk, folder, sign_in, settled):
    path = data_file(folder)
    path.rename(folder / "moved")
    sign_in("manager")
    desk.page.help.check.click()
    settled()
    assert isinstance(desk.page, SignInPage)
    assert desk.page.login.currentText() == "manager"

    (folder / "moved").rename(path)
    sign_in("manager")
    assert desk.main.isVisible()


def test_the_ways_out_are_a_backup_the_folder_and_another_folder(desk, folder, looked, monkeypatch):
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    cut_headers(folder)
    page = looked()

    page.help.show_folder.click()
    assert opened[0].toLocalFile() == str(folder)
    page.help.restore.click()
    assert isinstance(desk.page, RestorePage)


def test_another_folder_can_be_chosen(desk, folder, looked, monkeypatch, tmp_path):
    cut_headers(folder)
    page = looked()
    monkeypatch.setattr(desk.gate.prompts, "folder", lambda _title, *, start: tmp_path / "other")
    page.other.click()

    assert isinstance(desk.page, SignInPage)
    assert desk.gate.folder == tmp_path / "other"


def test_the_copy_of_the_key_file_helps_and_that_is_told(desk, folder, sign_in):
    whole = (folder / files.HEADER).read_bytes()
    (folder / files.HEADER).write_bytes(b"{}")
    sign_in()

    assert "its copy was used" in desk.main._note.text()
    assert (folder / files.HEADER).read_bytes() == whole


def test_a_copy_that_lags_behind_is_mended_without_a_word(desk, folder, sign_in):
    (folder / files.COPY).unlink()
    sign_in()

    assert desk.main._note.text() == "Ready"
    assert (folder / files.COPY).read_bytes() == (folder / files.HEADER).read_bytes()


def last_page(folder):
    return data_file(folder).stat().st_size // PAGE - 1


def test_damage_that_no_query_meets_is_told_in_the_window_which_then_locks(
    desk, folder, sign_in, settled, qtbot
):
    free_pages(folder)
    flipped(folder, last_page(folder))
    sign_in()

    (dialog,) = desk.main.findChildren(DamageDialog)
    assert "A part of the data file cannot be read" in said(dialog)
    dialog.lock.click()
    qtbot.waitUntil(lambda: desk.room is None)
    settled()
    assert desk.locked == 1
    assert isinstance(desk.page, SignInPage)


def test_a_cut_off_end_is_told_too(desk, folder, sign_in):
    free_pages(folder)
    path = data_file(folder)
    with path.open("rb+") as file:
        file.truncate(path.stat().st_size - PAGE)
    sign_in()

    told_in_window = desk.room is not None and desk.main.findChildren(DamageDialog)
    assert told_in_window or isinstance(desk.page, DamagedPage)


def test_a_lock_while_the_help_is_shown_locks_once(desk, folder, sign_in, settled, qtbot):
    free_pages(folder)
    flipped(folder, last_page(folder))
    sign_in()
    desk.lock()
    settled()
    qtbot.wait(1)

    assert desk.locked == 1


def free_pages(folder):
    """The end of the data file holds pages that no query of a sign-in reads."""
    from pmdesk.app import offices
    from tests.fakes import FakeClock
    from tests.offices import PASSPHRASE

    opened = offices.sign_in(folder, "admin", PASSPHRASE, FakeClock())
    with opened.vault.engine.connect().execution_options(write=True) as connection:
        connection.exec_driver_sql("CREATE TABLE ballast (x BLOB)")
        connection.exec_driver_sql("INSERT INTO ballast VALUES (randomblob(80000))")
        connection.commit()
    opened.close()
