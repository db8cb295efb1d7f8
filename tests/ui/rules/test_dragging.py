"""Rows and columns by mouse: dragged, chosen, widened, and the menu of a cell."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.rules.hands import (
    POWER,
    SHIFT,
    TIER,
    WATER,
    board,
    dragged,
    menu_event,
    middle,
    moved,
)
from tests.ui.rules.starter import table

_Key = Qt.Key


def test_a_row_is_dragged_to_where_the_line_shows(bench):
    head = bench.grid.asked.numbers

    dragged(head, middle(head, 1), middle(head, 4))
    assert bench.grid.line.isVisible()
    QTest.mouseRelease(head.viewport(), Qt.MouseButton.LeftButton, pos=middle(head, 4))

    assert [r.id for r in bench.model.table.rules[1:5]] == ["r3", "r4", "r5", "r2"]
    assert not bench.grid.line.isVisible()
    bench.undo.undo()
    assert bench.model.table == table()


def test_chosen_rows_are_dragged_together_and_never_below_the_last(bench):
    head = bench.grid.asked.numbers
    bench.grid.choose((0, 1), bench.grid.visible_columns)

    dragged(head, middle(head, 1), middle(head, 3))
    QTest.mouseRelease(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(10, 100_000))

    assert [r.id for r in bench.model.table.rules[-3:-1]] == ["r1", "r2"]
    assert bench.model.table.is_complete


def test_a_click_on_one_of_several_chosen_rows_chooses_it_alone(bench):
    head = bench.grid.asked.numbers
    bench.grid.choose((0, 1), bench.grid.visible_columns)

    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=middle(head, 1))

    assert bench.grid.rows == (1,)
    assert bench.model.table == table()


def test_a_column_is_dragged_and_esc_gives_up(bench):
    head = bench.grid.asked.heading

    dragged(head, middle(head, 0), middle(head, 2))
    assert bench.grid.line.isVisible()
    QTest.keyClick(head, _Key.Key_Escape)
    QTest.mouseRelease(head.viewport(), Qt.MouseButton.LeftButton, pos=middle(head, 2))
    assert bench.model.table == table()

    dragged(head, middle(head, 0), middle(head, 2))
    QTest.mouseRelease(head.viewport(), Qt.MouseButton.LeftButton, pos=middle(head, 2))
    assert [f.key for f in bench.model.table.facts[:3]] == [
        f.key for f in (table().facts[1], table().facts[2], table().facts[0])
    ]


def test_nothing_is_dragged_in_a_version_that_cannot_be_edited(bench):
    bench.start(table(), (), editable=False)
    head = bench.grid.asked.numbers

    dragged(head, middle(head, 1), middle(head, 4))
    QTest.mouseRelease(head.viewport(), Qt.MouseButton.LeftButton, pos=middle(head, 4))

    assert bench.model.table == table()


def test_the_menu_of_a_cell_does_what_the_keys_do(bench, at):
    at(3, WATER)
    part = bench.grid.asked
    spot = part.visualRect(bench.grid.current).center()
    asked: list[object] = []
    bench.grid.cell_menu_wanted.disconnect()
    bench.grid.cell_menu_wanted.connect(asked.append)

    QApplication.sendEvent(part.viewport(), menu_event(part, spot))
    [copy] = [a for a in bench.cell_menu().actions() if a.text() == "复制"]
    copy.trigger()

    assert asked
    assert board() == "是"
    bench.start(table(), (), editable=False)
    able = {a.text() for a in bench.cell_menu().actions() if a.isEnabled() and a.text()}
    assert able == {"复制", "连列名一起复制"}


def test_a_right_click_keeps_what_is_chosen_and_elsewhere_chooses(bench):
    part = bench.grid.asked
    bench.grid.cell_menu_wanted.disconnect()
    bench.grid.choose((2, 3), (WATER, POWER))

    for row, rows in ((3, (2, 3)), (5, (5,))):
        spot = part.visualRect(bench.model.index(row, WATER)).center()
        QTest.mousePress(part.viewport(), Qt.MouseButton.RightButton, pos=spot)
        QApplication.sendEvent(part.viewport(), menu_event(part, spot))

        assert bench.grid.rows == rows


def test_a_click_with_shift_chooses_up_to_there_in_the_other_half_too(bench, at):
    at(2, WATER)
    part = bench.grid.given
    spot = part.visualRect(bench.model.index(4, TIER)).center()

    QTest.mouseClick(part.viewport(), Qt.MouseButton.LeftButton, SHIFT, spot)

    assert bench.grid.rows == (2, 3, 4)
    assert (bench.grid.columns[0], bench.grid.columns[-1]) == (WATER, TIER)


def test_a_width_chosen_by_hand_stays_when_rows_come(bench):
    head = bench.grid.asked.heading
    edge = head.sectionViewportPosition(1) - 1
    QTest.mousePress(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(edge, 10))
    moved(head, QPoint(edge + 60, 10))
    QTest.mouseRelease(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(edge + 60, 10))
    wide = head.sectionSize(0)

    bench.acts.add_row(3)

    assert head.sectionSize(0) == wide
    assert bench.model.table.facts == table().facts


def test_rows_and_columns_follow_the_size_of_the_text(bench, wear):
    high = bench.grid.asked.rowHeight(0)
    wide = bench.grid.asked.columnWidth(WATER)

    wear(scale=1.6)

    assert bench.grid.asked.rowHeight(0) > high
    assert bench.grid.asked.columnWidth(WATER) > wide


def test_dragging_to_the_edge_brings_more_rows(bench):
    head, bar = bench.grid.asked.numbers, bench.grid.asked.verticalScrollBar()

    dragged(head, middle(head, 1), QPoint(10, head.height() - 5))
    assert bar.value() > 0
    QTest.mouseRelease(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(10, 20))


def test_a_double_click_where_nothing_can_be_entered_says_why(bench):
    bench.start(table(), (), editable=False)
    part = bench.grid.asked
    spot = part.visualRect(bench.model.index(2, WATER)).center()

    QTest.mouseClick(part.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    QTest.mouseDClick(part.viewport(), Qt.MouseButton.LeftButton, pos=spot)

    assert "复制为草稿" in bench.message.sentence
