"""Every kind of field has an editor that gives back what it shows."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QCalendarWidget, QComboBox, QLineEdit, QPushButton

from pmdesk.domain.fields import Kind
from pmdesk.ui.forms.dates import read_date
from pmdesk.ui.forms.editors import EDITORS
from tests.ui import fields

VALUES = [
    (fields.NAME, "王小明"),
    (fields.MOBILE, "13800001234"),
    (fields.MAIL, "a@example.cn"),
    (fields.STORY, "第一行\n第二行"),
    (fields.ELDER, True),
    (fields.ELDER, False),
    (fields.ROLE, "tenant"),
    (fields.WAY, "e"),
    (fields.WISHES, ("x", "z")),
    (fields.AREA, 895),
    (fields.AREA, 0),
    (fields.DAY, date(2026, 3, 8)),
    (fields.LEASE, (date(2026, 3, 8), None)),
    (fields.LEASE, (date(2026, 3, 8), date(2027, 3, 7))),
]


@pytest.fixture
def editor(qtbot, chinese):
    def _editor(field):
        made = EDITORS[field.kind](field)
        qtbot.addWidget(made)
        made.show()
        return made

    return _editor


def test_every_kind_that_a_form_can_hold_has_an_editor():
    assert set(EDITORS) == set(Kind) - {Kind.REFERENCE, Kind.RECORDS}


@pytest.mark.parametrize(("field", "value"), VALUES)
def test_what_is_shown_comes_back_without_a_signal(editor, qtbot, field, value):
    made = editor(field)

    with qtbot.assertNotEmitted(made.edited, wait=0):
        made.show_value(value)

    assert made.value == value
    assert not field.problems(made.value)


@pytest.mark.parametrize("field", fields.ALL, ids=lambda field: field.key)
def test_unknown_is_a_value_of_its_own(editor, field):
    made = editor(field)
    assert made.value is None

    made.show_value(next(value for known, value in VALUES if known is field))
    made.show_value(None)

    assert made.value is None


@pytest.mark.parametrize("field", fields.ALL, ids=lambda field: field.key)
def test_an_editor_says_its_name(editor, field):
    made = editor(field)

    assert made.accessibleName() == field.key
    parts = made.findChildren(QLineEdit) + made.findChildren(QComboBox)
    parts += made.findChildren(QPushButton)
    assert all(part.accessibleName() for part in parts)


def test_typing_is_told_letter_by_letter(editor, qtbot):
    made = editor(fields.NAME)
    heard: list[object] = []
    made.edited.connect(heard.append)

    qtbot.keyClicks(made.focusProxy(), "Li ")

    assert heard == ["L", "Li", "Li"]


def test_blanks_around_a_text_go_when_it_is_left(editor):
    made = editor(fields.NAME)
    made.line.setText("  李  ")

    made.line.left.emit()

    assert made.line.text() == "李"


@pytest.mark.parametrize(("words", "value"), [("是", True), ("否", False), ("未填写", None)])
def test_a_flag_is_answered_by_one_click(editor, qtbot, words, value):
    made = editor(fields.ELDER)
    button = next(one for one in made.parts.buttons() if one.text() == words)

    heard: list[object] = []
    made.edited.connect(heard.append)
    with qtbot.waitSignal(made.left):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    assert heard == [value]
    assert button.isChecked()


def test_a_required_choice_begins_with_nothing_chosen_and_cannot_be_left_out(editor):
    made = editor(fields.ROLE)

    assert [button.text() for button in made.parts.buttons()] == ["owner", "tenant"]
    assert not any(button.isChecked() for button in made.parts.buttons())


def test_many_options_are_a_list_that_begins_with_not_filled_in(editor, qtbot):
    made = editor(fields.WAY)
    assert made.box.currentText() == "未填写"

    with qtbot.waitSignals([made.edited, made.left]):
        made.box.setCurrentIndex(2)
        made.box.activated.emit(2)

    assert made.value == "b"


def test_chips_come_in_the_order_of_the_list(editor, qtbot):
    made = editor(fields.WISHES)
    last, first = made.parts.buttons()[2], made.parts.buttons()[0]
    heard: list[object] = []
    made.edited.connect(heard.append)

    for button in (last, first, last, first):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    assert heard == [("z",), ("x", "z"), ("x",), None]


@pytest.mark.parametrize("typed", ["12.34", "a lot", "NaN", "1e999999999"])
def test_a_number_that_cannot_be_kept_is_a_problem_and_not_lost(editor, qtbot, typed):
    made = editor(fields.AREA)
    made.line.setText(typed)

    assert made.value == typed
    assert fields.AREA.problems(made.value)


@given(number=st.integers(min_value=-(10**9), max_value=10**9), scale=st.integers(0, 4))
@settings(max_examples=60, deadline=None)
def test_numbers_keep_every_digit(qapp, number, scale):
    made = EDITORS[Kind.NUMBER](fields.field("n", Kind.NUMBER, scale=scale))

    made.show_value(number)

    assert made.value == number


@pytest.mark.parametrize(
    "typed", ["2026-3-8", "2026/03/08", "2026.3.8", "20260308", " 2026年3月8日 ", "2026 年 3 月 8"]
)
def test_a_day_may_be_written_in_many_ways(typed):
    assert read_date(typed) == date(2026, 3, 8)


@pytest.mark.parametrize("typed", ["", "8.3.2026", "2026-13-01", "2026-02-30", "tomorrow"])
def test_what_is_not_a_day_is_not_guessed(typed):
    assert read_date(typed) is None


def test_a_wrong_day_is_a_problem_and_not_lost(editor):
    made = editor(fields.DAY)
    made.day.line.setText("2026-02-30")
    made.day.line.left.emit()

    assert made.value == "2026-02-30"
    assert fields.DAY.problems(made.value)


def test_a_day_is_written_out_when_the_line_is_left(editor):
    made = editor(fields.DAY)
    made.day.line.setText("20260308")

    made.day.line.left.emit()

    assert made.day.line.text() == "2026-03-08"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_day_can_be_picked_from_the_calendar(editor, qtbot):
    made = editor(fields.DAY)
    made.show_value(date(2026, 3, 8))
    made.day.open_calendar()
    calendar = made.findChild(QCalendarWidget)
    assert calendar.selectedDate() == QDate(2026, 3, 8)

    with qtbot.waitSignal(made.edited):
        calendar.clicked.emit(QDate(2026, 4, 1))

    assert made.value == date(2026, 4, 1)


def test_half_a_period_that_is_not_a_day_is_a_problem(editor):
    made = editor(fields.LEASE)
    made.show_value((date(2026, 3, 8), None))
    made.last.line.setText("soon")

    assert made.value == "soon"
    assert fields.LEASE.problems(made.value)
