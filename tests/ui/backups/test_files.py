"""The list of backups: proved again, damaged, of another office, kept for good."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from pmdesk.domain.progress import silent
from pmdesk.errors import StorageError
from pmdesk.services import backups
from pmdesk.store.shelf import Shelf
from pmdesk.ui.backups.secret_dialog import SecretDialog
from tests.ui.backups.shelved import cells


def test_a_backup_is_proved_again_and_a_wrong_passphrase_is_asked_for_again(
    page, ready, settled, answer
):
    backups.make(ready, silent)
    one = page()
    assert not one.files.prove.isEnabled()
    one.files.table.view.selectRow(0)
    one.files.prove.click()

    answer(one, "four wrong words here")
    assert len(one.findChildren(SecretDialog)) == 2
    answer(one)

    assert "完好" in one.message.sentence
    assert "1 " in one.message.sentence or "0 人" in one.message.sentence


def test_a_file_elsewhere_that_is_no_backup_is_named(
    page, ready, settled, answer, prompts, tmp_path
):
    prompts.path = tmp_path / "x.pmbak"
    prompts.path.write_bytes(b"nothing")
    one = page()

    one.files.other.click()
    answer(one)

    assert "不是 pmdesk 的备份" in one.message.sentence


def test_a_damaged_file_is_listed_with_what_is_wrong(page, ready, settled):
    made = backups.make(ready, silent)[1]
    raw = made.path.read_bytes()
    made.path.write_bytes(raw[:-10])
    one = page()

    assert cells(one.files.table)[2] == "已损坏"
    assert "10 个字节" in cells(one.files.table)[3]
    one.files.table.view.selectRow(0)
    assert not one.files.restore.isEnabled()


def test_a_list_that_cannot_be_read_says_why(page, ready, settled, monkeypatch):
    def gone(*_rest):
        raise StorageError("The disk with the office cannot be read or written.")

    monkeypatch.setattr(Shelf, "listed", gone)
    one = page()

    assert "读写" in one.state.sentence or "读" in one.state.sentence
    assert one.files.model.rowCount() == 0


def test_a_backup_of_another_office_is_listed_as_such(page, ready, settled, monkeypatch):
    made = backups.make(ready, silent)[1]
    monkeypatch.setattr(Shelf, "vault", "f" * 32)
    one = page()

    assert cells(one.files.table)[2] == "其他服务中心"
    one.prove(made.path)
    assert one.findChildren(SecretDialog)


def test_a_backup_is_kept_for_good_by_one_button_and_let_go_by_the_same(page, ready, settled):
    backups.make(ready, silent)
    one = page()
    assert not one.files.pin.isEnabled()
    one.files.table.view.selectRow(0)

    one.files.pin.click()
    settled()
    assert cells(one.files.table)[0] == "今天 09:00 · 长期保留"
    one.files.table.view.selectRow(0)
    assert one.files.pin.text() == "取消长期保留"
    one.files.pin.click()
    settled()
    assert cells(one.files.table)[0] == "今天 09:00"


def test_a_backup_of_days_to_come_is_explained(page, ready, clock):
    clock.advance(days=900)
    backups.make(ready, silent)
    clock.advance(days=-900)
    one = page()

    column = one.files.model.index(0, 0)
    assert "时钟不对" in column.data(Qt.ItemDataRole.ToolTipRole)


def test_the_dialog_says_what_follows_a_proof_and_a_restore(page, ready, settled):
    made = backups.make(ready, silent)[1]
    one = page()

    one.prove(made.path)
    one.restore(made.path)

    proof, restore = (
        " ".join(part.text() for part in dialog.findChildren(QLabel))
        for dialog in one.findChildren(SecretDialog)
    )
    assert "试恢复到一个私密文件夹" in proof
    assert "选择恢复到哪里" in restore


def test_a_lapsed_passphrase_is_said_with_its_cause(page, ready, settled, monkeypatch):
    monkeypatch.setattr(Shelf, "has_passphrase", lambda _self: False)
    monkeypatch.setattr(Shelf, "has_lapsed", lambda _self: True)

    one = page()

    assert "备份口令已失效" in one.state.sentence
    assert "忘记口令" in one.state.sentence
    assert one.key.fresh.isVisible()
    assert not one.now.isEnabled()
