"""Backups that make themselves: at their hour and on leaving; and their age on the landing page."""

import threading

import pytest

from pmdesk.domain.backups import Plan, When
from pmdesk.domain.progress import silent
from pmdesk.errors import StorageError
from pmdesk.services import backups
from pmdesk.store.backup import making
from pmdesk.ui.backups.home_card import BackupBanner
from pmdesk.ui.backups.watch import BackupWatch, FarewellDialog
from pmdesk.ui.pages.backups import BackupsPage

pytestmark = pytest.mark.usefixtures("cheap_keys")

SECRET = "granite teapot willow sunrise 47"


@pytest.fixture
def ready(office):
    """The administrator of an office whose backup passphrase is set."""
    session = office.session("admin")
    backups.set_passphrase(session, SECRET)
    return session


@pytest.fixture
def page(ready, tasks, prompts, shown):
    return lambda: shown(BackupsPage(ready, tasks, prompts), 1100, 1000)


def test_the_landing_page_of_an_administrator_tells_the_age(ready, tasks, shown, settled, clock):
    backups.make(ready, silent)
    one = shown(BackupBanner(ready, tasks))
    assert "今天 09:00" in one.sentence
    clock.advance(days=40)
    one.reload()
    settled()
    assert "很久" in one.sentence
    assert "一个月" in one.sentence


def test_others_see_no_banner(office, tasks, qtbot, settled):
    one = BackupBanner(office.session("clerk"), tasks)
    qtbot.addWidget(one)
    settled()
    assert one.sentence == ""


def test_at_its_hour_a_backup_makes_itself(ready, tasks, prompts, settled, chinese):
    backups.save_plan(ready, Plan(when=When.DAILY, hour=9))
    notes: list[str] = []
    watch = BackupWatch(ready, tasks, prompts, notes.append)

    watch.look()
    settled()
    settled()

    assert "试恢复通过" in notes[-1]
    watch.look()
    settled()
    assert len(backups.listed(ready)) == 1


def test_a_backup_that_fails_by_itself_is_noted(
    ready, tasks, prompts, settled, chinese, monkeypatch
):
    def full(*_rest, **_more):
        raise StorageError("The disk is full; what was saved before is still there.")

    monkeypatch.setattr(making, "make", full)
    backups.save_plan(ready, Plan(when=When.DAILY, hour=9))
    notes: list[str] = []

    BackupWatch(ready, tasks, prompts, notes.append).look()
    settled()
    settled()

    assert "磁盘已满" in notes[-1]


def test_leaving_makes_the_backup_first(ready, tasks, prompts, qtbot, page, office):
    backups.save_plan(ready, Plan(when=When.EXIT))
    one = page()

    BackupWatch(ready, tasks, prompts, lambda _note: None).leave(one)

    assert len(backups.listed(ready)) == 1
    assert prompts.told == []
    BackupWatch(ready, tasks, prompts, lambda _note: None).leave(one)
    assert len(backups.listed(ready)) == 1, "nothing changed since"


def test_whoever_will_not_wait_leaves_without_one(ready, tasks, settled, qtbot, monkeypatch):
    real, pressed = making.make, threading.Event()

    def waiting(*rest, **more):
        pressed.wait()
        return real(*rest, **more)

    monkeypatch.setattr(making, "make", waiting)
    dialog = FarewellDialog(ready, tasks)
    qtbot.addWidget(dialog)
    dialog.begin()
    dialog.skip.click()
    pressed.set()
    settled()

    assert dialog.result() == 0
    assert dialog.problem == ""
    assert backups.listed(ready) == ()


def test_a_backup_that_fails_on_leaving_is_told_and_does_not_keep_the_window(
    ready, tasks, prompts, monkeypatch, page
):
    def full(*_rest, **_more):
        raise StorageError("The disk is full; what was saved before is still there.")

    monkeypatch.setattr(making, "make", full)
    one = page()

    BackupWatch(ready, tasks, prompts, lambda _note: None).leave(one)

    assert prompts.told == ["没有做成备份。"]
