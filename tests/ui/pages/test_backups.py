"""备份: how they stand, one now, proof, restore with preview, plan and passphrase."""

import threading
from pathlib import Path

import pytest

from pmdesk.domain.backups import Plan, When
from pmdesk.errors import StorageError
from pmdesk.services import backups
from pmdesk.store.backup import making, restoring
from pmdesk.store.backup.shelf import Shelf
from pmdesk.ui.backups.restore_dialog import RestoreDialog
from pmdesk.ui.backups.secret_dialog import SecretDialog
from pmdesk.ui.pages.backups import BackupsPage
from pmdesk.ui.theme import Scheme
from tests.offices import CHEAP, PASSPHRASE, resident
from tests.ui.clipping import clipped

SECRET = "granite teapot willow sunrise 47"


def quiet(_done, _total):
    """Nobody watches."""


@pytest.fixture(autouse=True)
def _cheap(monkeypatch):
    """Deriving a key takes a moment, not a second."""
    monkeypatch.setattr(Shelf.__init__, "__defaults__", (CHEAP,))
    monkeypatch.setattr(restoring, "Kdf", lambda: CHEAP)


@pytest.fixture
def admin(office):
    return office.session("admin")


@pytest.fixture
def ready(admin):
    backups.set_passphrase(admin, SECRET)
    return admin


@pytest.fixture
def page(admin, tasks, prompts, shown):
    return lambda: shown(BackupsPage(admin, tasks, prompts), 1100, 1000)


@pytest.fixture
def answer(settled):
    """Types into the dialog that asks what opens a backup."""

    def _answer(page, secret=SECRET):
        dialog = page.findChildren(SecretDialog)[-1]
        dialog.line.line.setText(secret)
        dialog.go.click()
        settled()

    return _answer


def cells(table, row=0):
    model = table.view.model()
    return [model.index(row, column).data() for column in range(model.columnCount())]


def test_an_office_without_backups_asks_for_a_passphrase_first(page, settled, admin):
    one = page()
    assert "备份口令" in one.state.sentence
    assert not one.now.isEnabled()
    assert one.key.fresh.isVisible()

    one.key.fresh.first.line.setText(SECRET)
    one.key.set.click()
    assert one.key.message.sentence
    one.key.fresh.second.line.setText(SECRET)
    one.key.set.click()
    settled()

    assert one.now.isEnabled()
    assert "还没有备份" in one.state.sentence
    assert not one.key.fresh.isVisible()


def test_a_backup_now_is_proved_listed_and_told(page, ready, settled, office):
    resident(office.session("clerk"))
    one = page()

    one.now.click()
    assert one.working.isVisible()
    assert not one.now.isEnabled()
    settled()

    assert "试恢复通过" in one.message.sentence
    assert "今天 09:00" in one.state.sentence
    assert one.files.model.rowCount() == 1
    assert cells(one.files.table)[2] == "试恢复通过"
    assert "1 人" in cells(one.files.table)[3]
    assert one.now.isEnabled()


def test_a_cancelled_backup_leaves_nothing_and_says_so(page, ready, settled, office, monkeypatch):
    one = page()
    real, pressed = making.make, threading.Event()

    def waiting(*rest, **more):
        pressed.wait()
        return real(*rest, **more)

    monkeypatch.setattr(making, "make", waiting)
    one.now.click()
    one.working.cancel.click()
    pressed.set()
    settled()

    assert "已取消" in one.message.sentence
    assert one.files.model.rowCount() == 0
    assert not (office.folder / "backups").exists()
    assert one.now.isEnabled()


def test_a_failed_backup_says_why_and_is_remembered(page, ready, settled, monkeypatch):
    def full(*_rest, **_more):
        raise StorageError("The disk is full; what was saved before is still there.")

    monkeypatch.setattr(making, "make", full)
    one = page()
    one.now.click()
    settled()

    assert "磁盘已满" in one.message.sentence
    assert "没有做成" in one.state.sentence


def test_a_backup_is_proved_again_and_a_wrong_passphrase_is_asked_for_again(
    page, ready, settled, answer
):
    backups.make(ready, quiet)
    one = page()
    assert not one.files.prove.isEnabled()
    one.files.table.view.selectRow(0)
    one.files.prove.click()

    answer(one, "four wrong words here")
    assert len(one.findChildren(SecretDialog)) == 2
    answer(one)

    assert "完好" in one.message.sentence
    assert "1 " in one.message.sentence or "0 人" in one.message.sentence


def test_a_restore_shows_what_would_be_lost_and_makes_a_new_office(
    page, ready, settled, answer, office, prompts, tmp_path
):
    backups.make(ready, quiet)
    resident(office.session("clerk"))
    one = page()
    one.files.table.view.selectRow(0)
    one.files.restore.click()
    answer(one)

    dialog = one.findChild(RestoreDialog)
    assert dialog.preview.lost >= 1
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
    backups.make(ready, quiet)
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


def test_a_file_elsewhere_that_is_no_backup_is_named(
    page, ready, settled, answer, prompts, tmp_path
):
    prompts.path = tmp_path / "x.pmbak"
    prompts.path.write_bytes(b"nothing")
    one = page()

    one.files.other.click()
    answer(one)

    assert "不是 pmdesk 的备份" in one.message.sentence


def test_the_plan_is_kept_at_once_and_says_which_place_is_away(
    page, ready, settled, prompts, tmp_path
):
    stick = tmp_path / "stick"
    stick.mkdir()
    prompts.folder = lambda _title, **_more: stick
    one = page()
    one.plan.when.buttons()[1].click()
    settled()
    assert one.plan.hour.isVisible()
    one.plan.hour.setValue(18)
    one.plan.hour.editingFinished.emit()
    settled()
    one.plan.more.click()
    settled()

    assert ready.accounts.backups.plan() == Plan(when=When.DAILY, hour=18, places=(stick,))
    stick.rmdir()
    one.reload()
    settled()
    assert not backups.state(ready).places[1].place.present
    one.plan._remove(stick)
    settled()
    assert ready.accounts.backups.plan().places == ()


def test_the_rehearsal_has_three_tries_and_no_consequence(page, ready, settled):
    one = page()
    said = []
    for _try in range(3):
        one.key.typed.line.setText("four wrong words here")
        one.key.try_it.click()
        settled()
        said.append(one.key.message.sentence)
    assert "2 次" in said[0]
    assert "1 次" in said[1]
    assert "换一个口令" in said[2]

    one.key.typed.line.setText(SECRET)
    one.key.try_it.click()
    settled()
    assert "正确" in one.key.message.sentence
    assert backups.state(ready).rehearsed is not None


def test_another_passphrase_can_be_set_and_a_weak_one_not(page, ready, settled):
    one = page()
    one.key.change.click()
    for part in (one.key.fresh.first, one.key.fresh.second):
        part.line.setText("another granite teapot 47")
    one.key.set.click()
    settled()

    assert "已设置" in one.key.message.sentence
    assert ready.accounts.backups.is_passphrase("another granite teapot 47")


def test_a_damaged_file_is_listed_with_what_is_wrong(page, ready, settled):
    made = backups.make(ready, quiet)[1]
    raw = made.path.read_bytes()
    made.path.write_bytes(raw[:-10])
    one = page()

    assert cells(one.files.table)[2] == "已损坏"
    assert "10 个字节" in cells(one.files.table)[3]
    one.files.table.view.selectRow(0)
    assert not one.files.restore.isEnabled()


@pytest.mark.parametrize("scheme", Scheme)
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_no_word_is_cut_off(ready, tasks, prompts, shown, wear, scheme, scale, settled):
    backups.make(ready, quiet)
    wear(scheme, scale)
    one = shown(BackupsPage(ready, tasks, prompts), 1100, 1000)

    assert clipped(one) == []
    assert Path(one.files.model.row(0).found.path).exists()


def test_replacing_this_office_asks_first_and_then_locks(
    page, ready, settled, answer, office, prompts, qtbot
):
    backups.make(ready, quiet)
    resident(office.session("clerk"))
    one = page()
    one.files.table.view.selectRow(0)
    one.files.restore.click()
    answer(one)
    dialog = one.findChild(RestoreDialog)
    prompts.confirms = False
    dialog.instead.click()
    assert dialog.isVisible()
    prompts.confirms = True

    with qtbot.waitSignal(one.lock_requested, timeout=20_000):
        dialog.instead.click()

    assert not dialog.isVisible()
    assert len(list(office.folder.glob("backups/*.pmbak"))) == 2


def test_a_list_that_cannot_be_read_says_why(page, ready, settled, monkeypatch):
    def gone(*_rest):
        raise StorageError("The disk with the office cannot be read or written.")

    monkeypatch.setattr(Shelf, "listed", gone)
    one = page()

    assert "读写" in one.state.sentence or "读" in one.state.sentence
    assert one.files.model.rowCount() == 0


def test_a_place_without_its_full_path_is_refused_on_the_page(page, ready, settled):
    one = page()
    one.plan.changed.emit(Plan(places=(Path("here"),)))
    settled()

    assert "完整路径" in one.message.sentence


def test_a_backup_that_reached_only_some_places_says_which(page, ready, settled, tmp_path):
    backups.save_plan(ready, Plan(places=(tmp_path / "away",)))
    one = page()
    one.now.click()
    settled()

    assert str(tmp_path / "away") in one.message.sentence


def test_a_backup_of_another_office_is_listed_as_such(page, ready, settled, monkeypatch):
    made = backups.make(ready, quiet)[1]
    monkeypatch.setattr(Shelf, "vault", "f" * 32)
    one = page()

    assert cells(one.files.table)[2] == "其他项目"
    one.prove(made.path)
    assert one.findChildren(SecretDialog)
