"""Changing the keys: what it gives and cannot give is said first; it can be stopped."""

import threading

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from pmdesk.errors import OfficeClosedError, StorageError
from pmdesk.services import keys
from pmdesk.ui.keys.rotation_dialog import RotationDialog
from pmdesk.ui.theme import Scheme
from tests.ui.clipping import clipped


@pytest.fixture
def dialog(office, tasks, prompts, shown):
    def _dialog(why=""):
        return shown(RotationDialog(office.session("admin"), tasks, prompts, why=why), 640, 560)

    return _dialog


def said(part):
    return "\n".join(label.text() for label in part.findChildren(QLabel))


def test_it_says_what_happens_what_it_gives_and_what_it_cannot(dialog):
    one = dialog("王芳的账号已停用。")

    for words in (
        "王芳的账号已停用",
        "各人口令不变",
        "读不到今后录入的内容",
        "以前带走的副本仍然读得出来",
    ):
        assert words in said(one)
    assert not one.is_working


def test_afterwards_the_office_is_closed_and_the_window_hears_of_it(dialog, office, settled, qtbot):
    one = dialog()
    with qtbot.waitSignal(one.rotated):
        one.go.click()
    settled()

    assert one.result() == RotationDialog.DialogCode.Accepted
    assert (office.folder / "data-000002.db").exists()
    assert not office.opened["admin"]._open


def test_the_box_decides_about_sealed_fields(dialog, monkeypatch, settled):
    asked = []
    monkeypatch.setattr(keys, "rotate", lambda _s, _tell, *, sealed: asked.append(sealed))
    for tick in (False, True):
        one = dialog()
        one.sealed.setChecked(tick)
        one.go.click()
        settled()

    assert asked == [False, True]


def test_stopping_changes_nothing_and_one_can_try_again(dialog, monkeypatch, office, settled):
    began, go_on = threading.Event(), threading.Event()

    def rotate(_session, tell, *, sealed):
        tell(1, 100)
        began.set()
        go_on.wait(5)
        tell(2, 100)

    monkeypatch.setattr(keys, "rotate", rotate)
    one = dialog()
    one.go.click()
    began.wait(5)
    assert one.is_working
    assert not one.go.isEnabled()
    one.reject()  # Escape, or the button of the window: it stops what runs
    assert one.isVisible()
    go_on.set()
    settled()

    assert not one.is_working
    assert "未作任何更改" in one.message.sentence
    assert one.go.isEnabled()
    one.reject()
    assert not one.isVisible()


def test_what_went_wrong_stays_in_the_dialog(dialog, monkeypatch, settled):
    def rotate(_session, _tell, *, sealed):
        raise StorageError("The disk is full; what was saved before is still there.", "")

    monkeypatch.setattr(keys, "rotate", rotate)
    one = dialog()
    one.go.click()
    settled()

    assert "磁盘" in one.message.sentence
    assert one.isVisible()


def test_an_error_behind_the_last_step_is_told_and_the_window_locks(
    dialog, monkeypatch, settled, prompts, qtbot
):
    def rotate(_session, _tell, *, sealed):
        raise OfficeClosedError("It is done.")

    monkeypatch.setattr(keys, "rotate", rotate)
    one = dialog()
    with qtbot.waitSignal(one.rotated):
        one.go.click()
    settled()

    assert prompts.told == ["It is done."]
    assert not one.isVisible()


def test_what_is_typed_elsewhere_is_kept_before_the_office_closes(
    office, tasks, prompts, shown, monkeypatch, settled
):
    class Form(QWidget):
        kept = 0

        def keep_draft(self):
            Form.kept += 1

    window = shown(QWidget(), 400, 300)
    Form(window)
    monkeypatch.setattr(keys, "rotate", lambda _s, _tell, *, sealed: None)
    one = RotationDialog(office.session("admin"), tasks, prompts, window)
    one.go.click()
    settled()

    assert Form.kept == 1


@pytest.mark.parametrize("scheme", list(Scheme))
def test_nothing_is_cut_off(dialog, scheme):
    one = dialog("王芳的账号已停用。")
    assert clipped(one) == []
