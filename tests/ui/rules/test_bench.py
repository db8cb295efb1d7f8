"""The grid with its keys, its picker card, its findings and its live counts."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit

from pmdesk.ui.rules.edits import Output, column_of
from pmdesk.ui.rules.pickers import ChoicePicker, FlagPicker, RangePicker, TagsPicker, TierPicker
from tests.ui.rules.starter import COLUMNS, table

WATER = COLUMNS["repair_need.water"]
MONTHS = COLUMNS["handover_date.months"]
TIER = column_of(table(), Output.TIER)
REASON = column_of(table(), Output.REASON)
CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
_Key = Qt.Key


def editor(bench):
    part = bench.grid.asked
    return next(
        (line for line in part.viewport().findChildren(QLineEdit) if line.isVisible()), None
    )


def retyped(bench, press, text):
    press(_Key.Key_F2)
    line = editor(bench)
    line.setText(text)  # key clicks know no Chinese
    return line


def test_enter_keeps_what_was_typed_and_goes_down(bench, at, press, qtbot):
    at(19, MONTHS)

    line = retyped(bench, press, "2..5")
    qtbot.keyClick(line, _Key.Key_Return)

    assert bench.model.index(19, MONTHS).data(Qt.ItemDataRole.EditRole) == "2 到不足 6 个月"
    assert (bench.grid.current.row(), bench.grid.current.column()) == (20, MONTHS)
    assert editor(bench) is None


def test_what_cannot_be_read_stays_open_and_is_explained(bench, at, press, qtbot):
    at(19, MONTHS)

    line = retyped(bench, press, ">= 3 and < 2")
    qtbot.keyClick(line, _Key.Key_Return)

    assert editor(bench) is line
    assert line.text() == ">= 3 and < 2"
    assert "第 20 行“交付日期至今”" in bench.message.sentence
    assert bench.findings.rows[0].text == bench.message.sentence
    qtbot.keyClick(line, _Key.Key_Escape)
    assert not bench.model.refusals
    assert bench.model.table == table()


def test_leaving_a_cell_that_cannot_be_read_keeps_its_text(bench, at, press):
    at(19, MONTHS)
    retyped(bench, press, "很久")

    bench.grid.go(bench.model.place(3, WATER))

    assert bench.model.index(19, MONTHS).data() == "很久"
    bench.findings.rows[0].chosen.emit()
    assert (bench.grid.current.row(), bench.grid.current.column()) == (19, MONTHS)
    assert bench.card.line.text() == "很久"
    assert "第 20 行" in bench.card.problem.text()


def test_tab_goes_on_to_the_pinned_half_and_back(bench, at, press):
    at(3, bench.grid.visible_columns[len(COLUMNS) - 1])

    press(_Key.Key_Tab)
    assert bench.grid.current.column() == TIER
    assert bench.grid.given.hasFocus()

    press(_Key.Key_Left)
    assert bench.grid.asked.hasFocus()


def test_rows_are_added_copied_moved_and_deleted_by_keys(bench, at, press):
    at(3, WATER)

    press(_Key.Key_N, CTRL)
    assert bench.grid.current.row() == 4
    assert bench.model.rule_at(4).fits_everyone
    press(_Key.Key_Delete, CTRL)
    at(3, WATER)
    press(_Key.Key_D, CTRL | SHIFT)
    assert bench.model.rule_at(4).cells == table().rules[3].cells
    press(_Key.Key_Up, ALT)
    press(_Key.Key_Up, ALT)
    assert bench.grid.current.row() == 2
    press(_Key.Key_Down, ALT)
    assert bench.grid.current.row() == 3
    for _step in range(6):
        press(_Key.Key_Z, CTRL)

    assert bench.model.table == table()


def test_cells_are_copied_pasted_filled_and_cleared_by_keys(bench, at, press):
    at(8, WATER)
    press(_Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "是"

    at(20, WATER)
    press(_Key.Key_V, CTRL)
    at(21, WATER)
    press(_Key.Key_D, CTRL)
    assert [bench.model.index(row, WATER).data() for row in (20, 21)] == ["是", "是"]
    press(_Key.Key_Delete)
    assert bench.model.index(21, WATER).data() == "–"


def test_the_last_row_cannot_be_deleted_and_says_why(bench, at, press):
    at(len(table().rules) - 1, WATER)

    press(_Key.Key_Delete, CTRL)

    assert bench.model.table == table()
    assert "最后一行" in bench.message.sentence


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        (WATER, FlagPicker),
        (COLUMNS["clean_need"], ChoicePicker),
        (MONTHS, RangePicker),
        (TIER, TierPicker),
        (column_of(table(), Output.TAGS), TagsPicker),
    ],
)
def test_each_column_has_its_own_picker(bench, at, column, kind):
    at(4, column)

    assert isinstance(bench.card.picker, kind)


def test_picking_writes_the_cell_and_the_text(bench, at, qtbot):
    at(4, COLUMNS["clean_need"])
    chips = bench.card.picker.choice.buttons()

    for chip in (chips[0], chips[-1]):
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)

    cell = bench.model.rule_at(4).cells[COLUMNS["clean_need"]]
    assert cell.values
    assert cell.unknown
    assert "未知" in bench.card.line.text()
    for chip in (chips[0], chips[-1]):
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert bench.model.rule_at(4).cells[COLUMNS["clean_need"]].is_any


@pytest.mark.parametrize(
    ("how", "text"),
    [
        ("any", "-"),
        ("least", "至少 12 个月"),
        ("under", "不足 24 个月"),
        ("between", "12 到不足 24 个月"),
        ("exactly", "12"),
        ("unknown", "未知"),
        ("known", "已知"),
    ],
)
def test_a_range_is_picked_in_words(bench, at, how, text):
    at(4, MONTHS)
    picker = bench.card.picker
    picker.low.setValue(12)
    picker.high.setValue(24)

    picker.how.setCurrentIndex(picker.how.findData(how))
    picker.how.activated.emit(picker.how.currentIndex())

    assert bench.model.index(4, MONTHS).data(Qt.ItemDataRole.EditRole) == text


def test_a_range_that_is_not_yet_one_waits(bench, at):
    at(4, MONTHS)
    picker = bench.card.picker
    picker.low.setValue(24)
    picker.high.setValue(12)

    picker.how.setCurrentIndex(picker.how.findData("between"))
    picker.how.activated.emit(picker.how.currentIndex())

    assert bench.model.table == table()


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("< 3, >= 10", "text"),
        ("已知", "known"),
        ("3", "exactly"),
        ("3..5", "between"),
        (">= 3", "least"),
        ("未知", "unknown"),
        ("-", "any"),
    ],
)
def test_the_picker_shows_what_is_there(bench, at, text, how):
    bench.model.attempt(4, MONTHS, text)

    at(4, MONTHS)

    assert bench.card.picker.how.currentData() == how


def test_typing_in_the_card_is_kept_and_explained(bench, at, qtbot):
    at(4, WATER)
    line = bench.card.line
    line.setText("也许")
    qtbot.keyClick(line, _Key.Key_Return)
    assert line.text() == "也许"
    assert "第 5 行“维修关注：水”" in bench.card.problem.text()

    line.setText("否")
    qtbot.keyClick(line, _Key.Key_Return)

    assert bench.card.problem.isHidden()
    assert bench.model.index(4, WATER).data() == "否"


def test_counts_follow_an_edit_without_being_asked(bench, at, settled, qtbot):
    settled()
    effect = bench.effect

    bench.model.attempt(7, COLUMNS["clean_need"], "-")
    qtbot.waitUntil(lambda: bench.effect is not effect)

    assert bench.effect.after.rules["r8"] > effect.after.rules["r8"]
    assert bench.effect.after.moved > 0
    assert "等级会变" in bench.preview.summary.text()


def test_only_the_newest_table_is_counted(bench, settled, qtbot):
    settled()
    first = bench.effect
    bench.model.attempt(7, COLUMNS["clean_need"], "-")
    bench.look_now()
    bench.undo.undo()
    bench.look_now()

    settled()

    assert bench.effect is not first
    assert bench.effect.after == first.after


def test_a_row_that_can_never_fire_is_found_and_leads_to_its_cell(bench, press, settled, qtbot):
    bench.model.attempt(3, TIER, "标准")
    bench.model.attempt(3, column_of(table(), Output.TAGS), "")

    press(_Key.Key_F9)
    settled()

    row = bench.findings.rows[0]
    assert "第 4 行" in row.text
    qtbot.keyClick(row, _Key.Key_Return)
    assert (bench.grid.current.row(), bench.grid.current.column()) == (3, TIER)


def test_unused_columns_are_hidden_until_asked_for(bench):
    bench.acts.clear((26,), (COLUMNS["parcel_pref"],))
    bench.toolbar.only_used.setChecked(False)
    assert COLUMNS["parcel_pref"] in bench.grid.visible_columns
    bench.toolbar.only_used.setChecked(True)
    assert COLUMNS["parcel_pref"] not in bench.grid.visible_columns

    added = next(a for a in bench.toolbar.add_column.fill().actions() if not a.menu())
    added.trigger()

    assert bench.model.fact_at(bench.grid.current.column()).key == bench.model.table.facts[-1].key
    assert bench.grid.current.column() in bench.grid.visible_columns


def test_a_rule_chosen_by_what_it_gives_shows_what_it_asks(bench, at):
    bench.grid.asked.horizontalScrollBar().setValue(0)

    at(28, REASON)

    asked = COLUMNS["addon_budget_band"]
    assert bench.grid.asked.columnViewportPosition(asked) < bench.grid.asked.viewport().width()


def test_a_column_is_removed_from_its_heading(bench):
    asked_for = []
    bench.grid.menu_wanted.disconnect()
    bench.grid.menu_wanted.connect(lambda column, _at: asked_for.append(column))
    head = bench.grid.asked.horizontalHeader()

    head.customContextMenuRequested.emit(QPoint(5, 5))
    bench.columns.menu(asked_for[0]).actions()[0].trigger()

    assert bench.model.table == table().without_fact(table().facts[0].key)
    bench.undo.undo()
    bench.model.editable = False
    assert bench.columns.menu(0).isEmpty()


def test_nothing_can_be_edited_where_it_must_not(bench, at, press):
    bench.start(table(), (), editable=False)
    at(3, WATER)

    for key, modifier in ((_Key.Key_N, CTRL), (_Key.Key_Delete, CTRL), (_Key.Key_D, CTRL)):
        press(key, modifier)
    press(_Key.Key_F2)

    assert editor(bench) is None
    assert bench.model.table == table()
    assert bench.card.picker is None
    assert not bench.toolbar.add_column.isEnabled()
