"""A restore from the page: its preview, into a new folder or in the place of this office."""

import threading

from PySide6.QtWidgets import QLabel, QWidget

from pmdesk.domain.progress import silent
from pmdesk.errors import OfficeClosedError
from pmdesk.services import backups
from pmdesk.store.backup import restoring
from pmdesk.ui.backups.replace_dialog import ReplaceDialog
from pmdesk.ui.backups.restore_dialog import RestoreDialog
from tests.offices import PASSPHRASE, resident


class Form(QWidget):
    """A page on which somebody typed."""

    kept = 0

    def keep_draft(self):
        """Count how often it was to be kept."""
        self.kept += 1


def asked(dialog):
    return dialog.findChildren(ReplaceDialog)[-1]


def confirm(dialog, passphrase):
    asked(dialog).line.line.setText(passphrase)
    asked(dialog).go.click()


def test_a_restore_shows_what_would_be_lost_and_makes_a_new_office(
    page, ready, settled, answer, office, prompts, tmp_path
):
    backups.make(ready, silent)
    resident(office.session("clerk"))
    one = page()
    one.files.table.view.selectRow(0)
    one.files.restore.click()
    answer(one)

    dialog = one.findChild(RestoreDialog)
    assert dialog.preview.lost >= 1
    told = {one.text() for one in dialog.findChildren(QLabel)}
    assert {"工单", "服务方案（版本数）", "排班与巡查（版本数）"} <= told
    assert dialog.folder.text() == str(tmp_path / "office-20260302")
    dialog.go.click()
    assert dialog.message.sentence
    dialog.password.first.line.setText(PASSPHRASE)
    dialog.password.second.line.setText(PASSPHRASE)
    dialog.go.click()
    settled()

    assert (tmp_path / "office-20260302" / "vault.json").exists()
    assert dialog.key is not None
    prompts.confirms = False
    dialog.reject()
    assert dialog.isVisible(), "the key is not on paper yet"
    dialog.key.hide_key()
    dialog.key.typed.setText(dialog._restored.recovery_key)
    dialog.reject()
    assert not dialog.isVisible()


def test_a_restore_can_be_stopped_and_leaves_nothing(
    page, ready, settled, answer, tmp_path, monkeypatch
):
    backups.make(ready, silent)
    real, pressed = restoring.restore, threading.Event()

    def waiting(*rest):
        pressed.wait()
        return real(*rest)

    monkeypatch.setattr(restoring, "restore", waiting)
    one = page()
    one.files.table.view.selectRow(0)
    one.files.restore.click()
    answer(one)
    dialog = one.findChild(RestoreDialog)
    dialog.password.first.line.setText(PASSPHRASE)
    dialog.password.second.line.setText(PASSPHRASE)
    dialog.go.click()
    dialog.reject()
    pressed.set()
    settled()

    assert dialog.isVisible()
    assert "已取消" in dialog.message.sentence
    assert not (tmp_path / "office-20260302").exists()
    dialog.folder.setText("here")
    dialog.go.click()
    assert "完整路径" in dialog.message.sentence
    dialog.folder.setText(str(tmp_path / "x"))
    dialog.login.clear()
    dialog.go.click()
    assert "用户名" in dialog.message.sentence
    dialog.reject()
    assert not dialog.isVisible()


def test_replacing_this_office_wants_the_own_passphrase_and_then_locks(
    page, ready, settled, answer, office, qtbot, clock
):
    backups.make(ready, silent)
    resident(office.session("clerk"))
    one = page()
    one.files.table.view.selectRow(0)
    one.files.restore.click()
    answer(one)
    dialog = one.findChild(RestoreDialog)
    folder = dialog.folder.text()
    dialog.instead.click()
    asked(dialog).reject()
    assert dialog.isVisible()
    dialog.instead.click()
    assert not asked(dialog).go.isEnabled()
    confirm(dialog, "not the one of mine at all")
    settled()

    assert "这不是您本人的口令" in asked(dialog).message.sentence
    assert (dialog.folder.text(), dialog.go.isEnabled()) == (folder, True)
    confirm(dialog, PASSPHRASE)
    settled()
    assert "秒" in asked(dialog).message.sentence, "guesses wait as at sign-in"
    assert len(list(office.folder.glob("backups/*.pmbak"))) == 1
    clock.advance(seconds=5)

    with qtbot.waitSignal(one.lock_requested):
        confirm(dialog, PASSPHRASE)

    assert not dialog.isVisible()
    assert len(list(office.folder.glob("backups/*.pmbak"))) == 2


def test_what_is_typed_elsewhere_is_kept_before_this_office_is_replaced(
    page, ready, settled, answer, prompts, monkeypatch
):
    def replace(*_rest):
        raise OfficeClosedError("It is done.")

    made = backups.make(ready, silent)
    one = page()
    form = Form(one.window())
    monkeypatch.setattr(backups, "replace", replace)
    one.restore(made[1].path)
    answer(one)
    dialog = one.findChild(RestoreDialog)
    left: list[int] = []
    dialog.replaced.connect(lambda: left.append(1))
    dialog.instead.click()
    confirm(dialog, PASSPHRASE)
    settled()

    assert form.kept == 1
    assert left == [1]
    assert prompts.told == ["It is done."]
