"""A form shows, tells, explains, and leads the user on."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from pmdesk.domain.fields import Problem
from pmdesk.i18n import N_, Words
from pmdesk.ui.forms.editors import TextEditor
from pmdesk.ui.forms.form import Form, sentence
from tests.ui import fields
from tests.ui.clipping import clipped

VALUES = {
    "name": "王小明",
    "elder": True,
    "role": "owner",
    "wishes": ("x",),
    "area": 895,
    "day": date(2026, 3, 8),
}


@pytest.fixture
def form(qtbot, wear):
    wear()
    made = Form(fields.ALL)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    with qtbot.waitActive(made):
        made.show()
    return made


def _said(form):
    return {label.text() for label in form.findChildren(QLabel) if label.isVisible()}


def test_shown_values_come_back_and_the_rest_is_unknown(form):
    form.show_values(VALUES)

    assert {key: value for key, value in form.values().items() if value is not None} == VALUES


def test_showing_values_is_no_edit(form, qtbot):
    with qtbot.assertNotEmitted(form.changed, wait=0):
        form.show_values(VALUES)


def test_an_edit_is_told_with_its_key(form, qtbot):
    heard = []
    form.changed.connect(lambda *args: heard.append(args))

    qtbot.keyClicks(form.editor("mobile").focusProxy(), "1")
    qtbot.mouseClick(form.editor("elder").parts.buttons()[1], Qt.MouseButton.LeftButton)

    assert heard == [("mobile", "1"), ("elder", False)]


def test_a_problem_is_said_in_words_and_the_cursor_goes_there(form):
    form.show_problems(
        [
            Problem(key="name", sentence=N_("Choose yes or no"), warning=True),
            Problem(key="mobile", sentence=N_("At most {count} characters"), places={"count": 5}),
        ]
    )

    assert form.focus_first_problem()
    assert QApplication.focusWidget() is form.editor("mobile").focusProxy()
    assert sentence(form.rows["mobile"].problem) in _said(form)
    assert "5" in form.editor("mobile").accessibleDescription()
    form.show_problems([])
    assert not form.focus_first_problem()


def test_leaving_a_field_checks_it_but_an_empty_one_is_left_in_peace(form, qtbot):
    form.focus_first()
    qtbot.keyClick(form.editor("name").focusProxy(), Qt.Key.Key_Tab)
    assert form.rows["name"].problem is None

    qtbot.keyClicks(form.editor("mobile").focusProxy(), "12")
    assert form.rows["mobile"].problem is None
    qtbot.keyClick(form.editor("mobile").focusProxy(), Qt.Key.Key_Tab)

    assert form.rows["mobile"].problem is not None


def test_too_long_a_name_is_a_problem_and_stays_whole(form):
    form.show_values({"name": "欧阳" * 4})

    form.rows["name"].check()

    assert form.values()["name"] == "欧阳" * 4
    assert form.rows["name"].problem is not None


def test_the_hint_stands_there_until_a_problem_takes_its_place(form):
    assert "同证件" in _said(form)
    form.show_problems([Problem(key="name", sentence=N_("Choose yes or no"))])
    assert "同证件" not in _said(form)


def test_enter_leads_through_all_fields_and_then_out(form, qtbot):
    form.focus_first()
    seen = []
    with qtbot.waitSignal(form.completed):
        for _field in fields.ALL:
            here = QApplication.focusWidget()
            seen += [key for key, row in form.rows.items() if row.editor.isAncestorOf(here)]
            qtbot.keyClick(here, Qt.Key.Key_Return)

    assert seen == [field.key for field in fields.ALL]


def test_ctrl_enter_is_left_to_the_page(form, qtbot):
    form.focus_first()
    before = QApplication.focusWidget()

    qtbot.keyClick(before, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert QApplication.focusWidget() is before


def test_a_locked_form_says_why_and_what_would_unlock_it(form, qtbot):
    form.lock("未取得同意，不能填写。", action="去取得同意…")

    assert not any(row.editor.isEnabled() for row in form.rows.values())
    assert form.editor("name").accessibleDescription() == "未取得同意，不能填写。"
    assert "未取得同意，不能填写。" in _said(form)
    button = next(b for b in form.findChildren(QPushButton) if b.text() == "去取得同意…")
    with qtbot.waitSignal(form.unlock_requested):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    form.unlock()
    assert all(row.editor.isEnabled() for row in form.rows.values())
    assert not button.isVisible()


def test_a_field_may_bring_an_editor_of_its_own(qtbot, chinese):
    class Own(TextEditor):
        """Takes the place of the usual one."""

    form = Form([fields.NAME, fields.DAY], {"day": Own})
    qtbot.addWidget(form)

    assert isinstance(form.editor("day"), Own)


def test_a_problem_may_carry_texts_of_the_data():
    problem = Problem(key="x", sentence="{name}", places={"name": Words("标准", "Standard")})

    assert sentence(problem) in {"标准", "Standard"}


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("width", [420, 1000])
def test_nothing_is_clipped_in_one_column_or_two(form, wear, qapp, scale, width):
    wear(scale=scale)
    form.show_values(VALUES)
    form.show_problems([Problem(key=f.key, sentence=N_("Choose yes or no")) for f in fields.ALL])

    form.resize(int(width * scale), form.heightForWidth(int(width * scale)) + 400)
    for _round in range(3):
        qapp.processEvents()

    assert not clipped(form)
