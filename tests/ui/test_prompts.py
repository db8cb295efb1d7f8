"""The real questions: what each button means, and that closing is going back."""

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,  # noqa: TID251  # what the prompts are made of
    QInputDialog,
    QMessageBox,  # noqa: TID251  # what the prompts are made of
)

from pmdesk.errors import NotFoundError
from pmdesk.ui.prompts import Prompts


@pytest.fixture
def real(qapp, chinese):
    prompts = Prompts()
    yield prompts
    prompts.forget_waiting()  # a box that opened after its test would wait for nobody


@pytest.fixture
def when_open(qtbot):
    """Does something to the dialog that opens next."""
    timer = QTimer()
    timer.setInterval(5)

    def _when_open(act):
        def look():
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, QDialog):
                timer.stop()
                act(dialog)

        timer.timeout.connect(look)
        timer.start()

    yield _when_open
    timer.stop()


def _press(words):
    def press(box):
        next(one for one in box.buttons() if one.text() == words).click()

    return press


def _note(seen, look, end):
    def note(box):
        seen.append(look(box))
        end(box)

    return note


def test_yes_is_yes(real, when_open):
    when_open(_press("撤回同意"))

    assert real.confirm("撤回后数据将被删除。", yes="撤回同意")


@pytest.mark.parametrize("back", [_press("取消"), QDialog.close, QDialog.reject])
def test_going_back_and_closing_are_no(real, when_open, back):
    when_open(back)

    assert not real.confirm("撤回后数据将被删除。", yes="撤回同意", detail="不能撤销。")


def test_one_of_several_answers(real, when_open):
    when_open(_press("另存"))

    assert real.ask("文件已存在。", ["覆盖", "另存"]) == 1


def test_enter_does_not_agree_by_accident(real, when_open):
    seen: list[str] = []
    when_open(_note(seen, lambda box: box.defaultButton().text(), QDialog.reject))

    real.confirm("删除？", yes="删除")

    assert seen == ["取消"]


def test_an_error_is_told_in_the_users_words(real, when_open):
    seen: list[str] = []
    when_open(_note(seen, lambda box: box.text(), QDialog.accept))

    real.explain(NotFoundError("At most {count} characters", "Choose yes or no", count=5))

    assert "5" in seen[0]
    assert "At most" not in seen[0]


def test_a_fault_offers_its_report(real, when_open):
    seen: list[str] = []
    when_open(_note(seen, lambda box: box.detailedText(), QDialog.accept))

    real.apologise("ValueError\n  _load")

    assert seen == ["ValueError\n  _load"]


def test_telling_is_answered_by_one_button(real, when_open):
    seen: list[str] = []
    when_open(_note(seen, lambda box: f"{box.text()} {len(box.buttons())}", _press("好")))

    real.tell("已保存。", detail="3 行")

    assert seen == ["已保存。 1"]


@pytest.mark.parametrize(("end", "answer"), [(QDialog.accept, "理由"), (QDialog.reject, None)])
def test_a_line_of_text(real, when_open, end, answer):
    def type_in(dialog):
        assert isinstance(dialog, QInputDialog)
        dialog.setTextValue(" 理由 ")
        end(dialog)

    when_open(type_in)

    assert real.ask_text("为什么？") == answer


def test_files_and_folders_come_as_paths_and_going_back_as_none(real, monkeypatch):
    answers = {"getOpenFileName": ("/a/b.xlsx", ""), "getSaveFileName": ("", "")}
    for name, answer in answers.items():
        monkeypatch.setattr(QFileDialog, name, lambda *_args, answer=answer: answer)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: "/a")

    assert real.open_file("打开", "Excel (*.xlsx)", folder=Path("/a")) == Path("/a/b.xlsx")
    assert real.save_file("保存", "表.xlsx", "Excel (*.xlsx)") is None
    assert real.folder("选择") == Path("/a")


@pytest.mark.parametrize(
    ("typed", "kind", "path"),
    [
        ("图.png", "PNG (*.png)", "图.png"),
        ("图.PNG", "PNG (*.png)", "图.PNG"),
        ("图 2026.11", "PNG (*.png)", "图 2026.11.png"),
        ("图", "CSV (*.csv)", "图.csv"),
        ("图.png", "CSV (*.csv)", "图.png"),
        ("图.v1", "", "图.v1.png"),
    ],
)
def test_a_file_ends_as_its_kind_does(real, monkeypatch, tmp_path, typed, kind, path):
    name = str(tmp_path / typed)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (name, kind))

    assert real.save_file("保存", "图.png", "PNG (*.png);;CSV (*.csv)") == tmp_path / path


@pytest.mark.parametrize(("answer", "is_replaced"), [(QDialog.reject, False), (None, True)])
def test_no_file_is_replaced_unasked_because_of_its_ending(
    real, monkeypatch, tmp_path, when_open, answer, is_replaced
):
    path = tmp_path / "图 11.2.pdf"
    path.write_text("kept")
    typed = str(path.with_suffix(""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (typed, "PDF (*.pdf)"))
    when_open(answer or _press("替换"))

    assert real.save_file("保存", "图.pdf", "PDF (*.pdf)") == (path if is_replaced else None)


def test_locking_answers_every_open_question_with_no(real, when_open):
    when_open(lambda _box: real.dismiss())

    assert not real.confirm("删除？", yes="删除")
    assert QApplication.activeModalWidget() is None


def test_a_question_that_cannot_be_closed_does_not_hang_the_lock(real, qtbot):
    class Stubborn(QMessageBox):
        """Ignores being closed."""

        def closeEvent(self, event):  # noqa: N802  # Qt's name
            event.ignore()

    box = Stubborn()
    qtbot.addWidget(box)
    box.setModal(True)
    box.show()

    real.dismiss()

    assert box.isVisible()
    box.hide()


def test_what_nobody_asked_for_waits_until_no_other_box_is_open(real, qtbot):
    seen: list[list[object]] = []

    def look():
        boxes = [one for one in QApplication.topLevelWidgets() if isinstance(one, QMessageBox)]
        open_ones = [one for one in boxes if one.isVisible()]
        seen.append([one.text() for one in open_ones])
        if seen[-1] == ["第一个"] and len(seen) < 3:
            later = lambda: real.warn("第二个", detail="停止使用")  # noqa: E731  # said when free
            QTimer.singleShot(0, lambda: real.when_free(later))
            return
        seen[-1].append(open_ones[-1].icon())
        open_ones[-1].close()

    timer = QTimer(interval=20)
    timer.timeout.connect(lambda: QApplication.activeModalWidget() and look())
    timer.start()
    real.when_free(lambda: real.tell("第一个"))
    qtbot.waitUntil(lambda: len(seen) > 4 and QApplication.activeModalWidget() is None)
    timer.stop()

    icon = QMessageBox.Icon
    assert seen[:2] == [["第一个"], ["第一个"]]
    assert seen[2] == ["第一个", icon.Information]
    assert all(one == ["第二个", icon.Warning] for one in seen[3:])


def test_who_left_is_told_nothing_any_more(real, qtbot):
    box = QMessageBox()
    qtbot.addWidget(box)
    box.setModal(True)
    box.show()
    told = []
    real.when_free(lambda: told.append("too late"))
    real.forget_waiting()
    box.hide()
    real._go_on()

    assert told == []
