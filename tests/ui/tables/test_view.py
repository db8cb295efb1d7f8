"""The table: quiet to look at, quick by keys, and never just blank."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from pmdesk.ui import theme
from pmdesk.ui.tables.model import Column, RowsModel
from pmdesk.ui.tables.view import Table
from pmdesk.ui.theme import Scheme, Tone
from pmdesk.ui.widgets.header import EmptyState
from pmdesk.ui.widgets.pill import Badge

COLUMNS: tuple[Column[Any], ...] = (
    Column(key="room", title="房号", cell=lambda row: row[0], width=12),
    Column(key="name", title="姓名", cell=lambda row: row[1]),
    Column(
        key="tier",
        title="等级",
        cell=lambda _row: "标准",
        width=10,
        badge=lambda _row: Badge(words="标准", tone=Tone.GOOD, icon="check"),
    ),
)
ROWS = [("3-101", "王\t小明"), ("3-102", "李四"), ("3-103", "张三")]


@pytest.fixture
def table(qtbot, wear):
    wear()
    empty = EmptyState("还没有住户。")
    made = Table(RowsModel(COLUMNS, ROWS), empty, sortable=True, nobody=True)
    qtbot.addWidget(made)
    made.resize(800, 400)
    with qtbot.waitActive(made):
        made.show()
    return made


def test_rows_are_seen_or_else_why_there_are_none(table):
    assert table.view.isVisible()

    table.view.table.set_rows([])

    assert table.empty.isVisible()
    assert not table.view.isVisible()
    table.empty.show_sentence("没有符合条件的住户。")
    table.view.table.set_rows(ROWS)
    assert table.view.isVisible()


def test_chosen_rows_are_copied_as_they_are_shown(table, qtbot):
    table.view.selectAll()

    qtbot.keyClick(table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    copied = QApplication.clipboard().text().splitlines()
    assert copied == ["3-101\t王 小明\t标准", "3-102\t李四\t标准", "3-103\t张三\t标准"]
    assert table.view.chosen == tuple(ROWS)


def test_enter_and_double_click_open_the_row(table, qtbot):
    opened: list[object] = []
    table.view.opened.connect(opened.append)

    table.view.selectRow(1)
    qtbot.keyClick(table.view, Qt.Key.Key_Return)
    table.view.doubleClicked.emit(table.view.table.index(2, 0))

    assert opened == ROWS[1:]


@pytest.mark.parametrize("key", ["ControlModifier", "ShiftModifier"])
def test_a_row_that_the_program_shows_is_chosen_whatever_keys_are_held(table, qtbot, key):
    table.view.selectRow(2)
    qtbot.keyPress(table.view, Qt.Key.Key_F1, Qt.KeyboardModifier[key])

    for _again in range(2):
        table.view.selectRow(1)
        assert table.view.chosen == (ROWS[1],)
    table.view.selectRow(9)
    assert table.view.chosen == (ROWS[1],), "there is no such row"


def test_a_row_is_chosen_where_its_first_column_is_hidden(table):
    table.view.show_column("room", shown=False)

    table.view.selectRow(1)

    assert table.view.currentIndex().column() == 1, "the cursor can be seen"
    assert table.view.chosen == (ROWS[1],)


def test_enter_without_a_row_opens_nothing(table, qtbot):
    table.view.table.set_rows([])

    with qtbot.assertNotEmitted(table.view.opened, wait=0):
        qtbot.keyClick(table.view, Qt.Key.Key_Return)


def test_moving_through_rows_is_told(table, qtbot):
    table.view.selectRow(0)

    with qtbot.waitSignal(table.view.picked) as heard:
        qtbot.keyClick(table.view, Qt.Key.Key_Down)

    assert heard.args == [ROWS[1]]


def test_a_click_on_the_head_sorts(table):
    table.view.horizontalHeader().setSortIndicator(0, Qt.SortOrder.DescendingOrder)

    assert table.view.table.rows[0] == ROWS[2]


def test_row_height_and_columns_follow_the_text_size(table, wear):
    before = table.view.rowHeight(0), table.view.columnWidth(0)

    wear(scale=2.0)

    assert table.view.rowHeight(0) > 1.8 * before[0]
    assert table.view.columnWidth(0) > 1.7 * before[1]


@pytest.mark.parametrize("scheme", Scheme)
def test_a_state_is_painted_in_its_colour(table, wear, scheme):
    wear(scheme)
    view = table.view
    picture = view.viewport().grab(view.visualRect(view.table.index(1, 2))).toImage()

    seen = {
        picture.pixelColor(x, y).name()
        for x in range(0, picture.width(), 2)
        for y in range(0, picture.height(), 2)
    }
    assert theme.applied().ground(Tone.GOOD).name() in seen


def test_a_pill_asks_for_room_in_its_cell(table):
    view = table.view

    assert view.sizeHintForIndex(view.table.index(0, 2)).width() > 40
    assert view.sizeHintForIndex(view.table.index(0, 0)).width() > 20


def test_a_menu_is_asked_for_the_row_below_the_mouse(table):
    asked = []
    table.on_menu(lambda row, _place: asked.append(row))

    at = table.view.visualRect(table.view.table.index(1, 0)).center()
    table.view.customContextMenuRequested.emit(at)
    table.view.customContextMenuRequested.emit(QPoint(5, 390))

    assert asked == [ROWS[1]]
