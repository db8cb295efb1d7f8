"""A backup from the page: asked for, watched, stopped, failed, and when the next one comes."""

import threading
from pathlib import Path

import pytest

from pmdesk.domain.backups import Plan, When
from pmdesk.domain.progress import silent
from pmdesk.errors import StorageError
from pmdesk.services import backups
from pmdesk.store.backup import making
from pmdesk.ui.pages.backups import BackupsPage
from pmdesk.ui.theme import Scheme
from tests.offices import resident
from tests.ui.backups.shelved import SECRET, cells
from tests.ui.clipping import clipped


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


def test_a_backup_that_reached_only_some_places_says_which(page, ready, settled, tmp_path):
    backups.save_plan(ready, Plan(places=(tmp_path / "away",)))
    one = page()
    one.now.click()
    settled()

    assert str(tmp_path / "away") in one.message.sentence


def test_the_page_says_when_the_next_one_comes(page, ready, settled, clock):
    backups.save_plan(ready, Plan(when=When.DAILY, hour=20))
    backups.make(ready, silent)
    one = page()
    assert "下次：今天 20:00" in one.state.sentence

    clock.advance(hours=12)
    one.reload()
    settled()
    assert "几分钟之内" in one.state.sentence
    backups.make(ready, silent)
    one.reload()
    settled()
    assert "下次：明天 20:00" in one.state.sentence
    for when, said in ((When.EXIT, "关闭 pmdesk 时"), (When.OFF, "立即备份")):
        backups.save_plan(ready, Plan(when=when))
        one.reload()
        settled()
        assert said in one.state.sentence


@pytest.mark.parametrize("scheme", Scheme)
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_no_word_is_cut_off(ready, tasks, prompts, shown, wear, scheme, scale, qtbot):
    backups.make(ready, silent)
    wear(scheme, scale)
    one = shown(BackupsPage(ready, tasks, prompts), 1100, 1000)

    qtbot.waitUntil(lambda: clipped(one) == [])
    assert Path(one.files.model.row(0).found.path).exists()
