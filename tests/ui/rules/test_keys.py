"""The grid as a spreadsheet: keys, typing and the clipboard."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pmdesk.ui.rules.edits import Output, column_of
from tests.ui.rules.hands import (
    ALT,
    CTRL,
    LAST,
    LEGAL,
    MONTHS,
    POWER,
    REASON,
    SHIFT,
    TIER,
    WATER,
    board,
    editor,
    here,
    said,
)
from tests.ui.rules.starter import COLUMNS, table

_Key = Qt.Key


def test_arrows_with_shift_choose_across_both_halves(bench, at, press):
    last_fact = bench.grid.visible_columns[len(COLUMNS) - 1]
    at(3, last_fact)

    for key in (_Key.Key_Right, _Key.Key_Down, _Key.Key_Down):
        press(key, SHIFT)

    assert bench.grid.rows == (3, 4, 5)
    assert bench.grid.columns == (last_fact, TIER)
    press(_Key.Key_Up, SHIFT)
    assert bench.grid.rows == (3, 4)
    press(_Key.Key_Up)
    assert bench.grid.rows == (3,)


def test_ctrl_and_home_or_end_lead_to_the_corners_and_edges(bench, at, press):
    at(4, WATER)

    press(_Key.Key_End, CTRL)
    assert here(bench) == (LAST, LEGAL)
    assert bench.grid.given.hasFocus()
    press(_Key.Key_Home, CTRL)
    assert here(bench) == (0, bench.grid.visible_columns[0])
    press(_Key.Key_End)
    assert here(bench) == (0, LEGAL)
    press(_Key.Key_Home, SHIFT)
    assert bench.grid.columns == bench.grid.visible_columns


def test_ctrl_and_an_arrow_leads_over_what_asks_nothing(bench, at, press):
    at(3, WATER)

    press(_Key.Key_Down, CTRL)

    filled = [r for r, rule in enumerate(table().rules) if not rule.cells[WATER].is_any]
    assert here(bench)[0] == next(row for row in filled if row > 3)


def test_tab_leaves_the_grid_behind_the_last_cell_and_before_the_first(bench, at, press):
    at(3, LEGAL)
    press(_Key.Key_Tab)
    assert here(bench) == (4, bench.grid.visible_columns[0])
    at(LAST, LEGAL)
    press(_Key.Key_Tab)
    assert not bench.grid.has_focus
    at(0, bench.grid.visible_columns[0])
    press(_Key.Key_Backtab, SHIFT)
    assert not bench.grid.has_focus


def test_enter_opens_a_cell_and_leads_on_where_nothing_can_be_entered(bench, at, press, qtbot):
    at(3, WATER)
    press(_Key.Key_Return)
    line = editor(bench)
    assert line.text() == "是"
    qtbot.keyClick(line, _Key.Key_Return, SHIFT)
    assert here(bench) == (2, WATER)

    at(3, column_of(table(), Output.COUNT))
    press(_Key.Key_Return)
    assert editor(bench) is None
    assert here(bench)[0] == 4


def test_typing_replaces_what_was_there(bench, at, press, qtbot):
    at(19, MONTHS)

    press(_Key.Key_7)
    qtbot.keyClick(editor(bench), _Key.Key_Tab)

    assert bench.model.typed(19, MONTHS) == "7"
    assert here(bench)[1] > MONTHS


def test_composing_with_an_input_method_replaces_too(bench, at):
    at(3, WATER)

    event = QInputMethodEvent("fou", [])
    QApplication.sendEvent(bench.grid.asked, event)
    line = editor(bench)
    assert line is not None
    commit = QInputMethodEvent()
    commit.setCommitString("否")
    QApplication.sendEvent(line, commit)
    QTest.keyClick(line, _Key.Key_Return)

    assert said(bench, 3, WATER) == "否"


def test_enter_while_composing_ends_the_word_not_the_entry(bench, at, press):
    at(3, REASON)
    press(_Key.Key_F2)
    line = editor(bench)

    QApplication.sendEvent(line, QInputMethodEvent("an'ben'ren", []))
    QTest.keyClick(line, _Key.Key_Return)

    assert editor(bench) is line
    assert here(bench) == (3, REASON)


def test_esc_in_the_grid_takes_back_what_cannot_be_read(bench, at, press):
    bench.model.attempt(3, WATER, "也许")
    at(3, WATER)

    press(_Key.Key_Escape)

    assert said(bench, 3, WATER) == "是"
    assert not bench.model.refusals


def test_esc_in_the_open_cell_takes_the_message_and_the_finding_away(bench, at, press, qtbot):
    at(19, MONTHS)
    press(_Key.Key_F2)
    line = editor(bench)
    line.setText("很久")
    qtbot.keyClick(line, _Key.Key_Return)
    assert bench.message.sentence
    assert "看不懂" in bench.findings.summary.text() + bench.findings.titles[0].text()

    qtbot.keyClick(line, _Key.Key_Escape)

    assert not bench.message.sentence
    assert not bench.message.isVisible()
    assert not any("看不懂" in title.text() for title in bench.findings.titles)
    assert not any("第 20 行“交付日期至今”" in row.text for row in bench.findings.rows)
    assert bench.card.line.text() == "不足 25 个月"
    assert not bench.card.problem.text()


def test_undo_brings_no_old_error_back_to_a_cell_that_was_mended(bench, at, press, qtbot):
    at(19, MONTHS)
    press(_Key.Key_F2)
    line = editor(bench)
    line.setText("很久")
    qtbot.keyClick(line, _Key.Key_Return)
    line.setText("3")
    qtbot.keyClick(line, _Key.Key_Return)
    assert said(bench, 19, MONTHS) == "正好 3 个月"

    press(_Key.Key_Z, CTRL)

    assert said(bench, 19, MONTHS) == "不足 25 个月"
    assert not bench.model.refusals
    assert not bench.message.sentence
    qtbot.waitUntil(lambda: not any("看不懂" in title.text() for title in bench.findings.titles))
    press(_Key.Key_Y, CTRL)
    assert said(bench, 19, MONTHS) == "正好 3 个月"


def test_the_old_value_typed_again_leaves_nothing_to_undo(bench, at, press, qtbot):
    at(3, WATER)
    press(_Key.Key_F2)
    line = editor(bench)
    line.setText("也许")
    qtbot.keyClick(line, _Key.Key_Return)
    line.setText("是")
    qtbot.keyClick(line, _Key.Key_Return)

    assert not bench.model.refusals
    assert not bench.message.sentence
    assert not bench.undo.canUndo()


def test_a_block_is_copied_cut_and_pasted_and_chosen_afterwards(bench, at, press):
    at(2, WATER)
    press(_Key.Key_Right, SHIFT)
    press(_Key.Key_Down, SHIFT)
    press(_Key.Key_C, CTRL)
    assert board() == "是\t-\n是\t-"
    press(_Key.Key_X, CTRL)
    assert [said(bench, row, WATER) for row in (2, 3)] == ["–", "–"]

    at(20, WATER)
    press(_Key.Key_V, CTRL)

    assert [said(bench, row, WATER) for row in (20, 21)] == ["是", "是"]
    assert (bench.grid.rows, bench.grid.columns) == ((20, 21), (WATER, POWER))
    press(_Key.Key_Z, CTRL)
    press(_Key.Key_Z, CTRL)
    assert bench.model.table == table()


def test_one_copied_cell_fills_all_that_is_chosen(bench, at, press):
    board("未知")
    at(LAST - 2, WATER)
    for _step in range(2):
        press(_Key.Key_Down, SHIFT)

    press(_Key.Key_V, CTRL)

    assert [said(bench, row, WATER) for row in (LAST - 2, LAST - 1)] == ["未知"] * 2
    assert bench.model.table.rules[-1] == table().rules[-1]
    at(LAST, WATER)
    press(_Key.Key_V, CTRL)
    assert "最后一行" in bench.message.sentence


def test_a_long_block_adds_rows_and_says_what_it_could_not_read(bench, at, press):
    board("是\r\n很多\r\n否\r\n")
    at(LAST - 1, WATER)

    press(_Key.Key_V, CTRL)

    assert len(bench.model.table.rules) == len(table().rules) + 2
    assert said(bench, LAST, WATER) == "很多"
    assert "1 格看不懂" in bench.message.sentence
    press(_Key.Key_Z, CTRL)
    assert bench.model.table == table()
    assert not bench.model.refusals
    press(_Key.Key_Y, CTRL)
    assert said(bench, LAST, WATER) == "很多"


def test_copied_with_headings_it_finds_its_columns_again(bench, at, press):
    at(2, WATER)
    press(_Key.Key_Right, SHIFT)
    press(_Key.Key_C, CTRL | SHIFT)
    assert board().startswith("维修关注：水\t维修关注：电\n")

    at(20, TIER)
    press(_Key.Key_V, CTRL)

    assert said(bench, 20, WATER) == "是"
    assert bench.grid.columns == (WATER, POWER)


def test_pasted_as_rows_it_moves_the_others_down(bench, at, press):
    board("是\n否")
    at(3, WATER)

    press(_Key.Key_V, CTRL | SHIFT)

    assert [said(bench, row, WATER) for row in (3, 4, 5)] == ["是", "否", "是"]
    assert bench.model.table.rules[5] == table().rules[3]


def test_headings_of_no_column_are_named_and_nothing_is_pasted(bench, at, press):
    board("维修关注：水\t籍贯\n是\t北京")
    at(3, WATER)

    press(_Key.Key_V, CTRL)

    assert "籍贯" in bench.message.sentence
    assert bench.model.table == table()


def test_whole_rows_go_out_and_come_back_the_same(bench, at, press):
    press_all = bench.grid.choose_all
    press_all()
    bench.clipping.copy()
    bench.acts.clear(range(LAST), range(len(COLUMNS)))
    at(0, bench.grid.visible_columns[0])

    bench.clipping.paste()

    assert bench.model.table == table()


def test_several_rows_move_together_and_stay_chosen(bench, at, press):
    at(3, WATER)
    press(_Key.Key_Down, SHIFT)

    press(_Key.Key_Down, ALT)

    moved = [rule.id for rule in bench.model.table.rules[3:6]]
    assert moved == ["r6", "r4", "r5"]
    assert bench.grid.rows == (4, 5)
    press(_Key.Key_Up, ALT)
    assert bench.model.table == table()


def test_a_column_moves_by_keys_as_one_step(bench, at, press):
    at(3, WATER)

    press(_Key.Key_Right, ALT)
    assert [f.key for f in bench.model.table.facts[WATER : POWER + 1]] == [
        "repair_need.electricity",
        "repair_need.water",
    ]
    assert here(bench) == (3, POWER)
    press(_Key.Key_Left, ALT)
    press(_Key.Key_Left, ALT)
    press(_Key.Key_Left, ALT)
    assert bench.model.table.facts[0].key == "repair_need.water"
    for _step in range(3):
        press(_Key.Key_Z, CTRL)
    assert bench.model.table == table()


def test_rows_are_added_above_and_below(bench, at, press):
    at(3, WATER)
    press(_Key.Key_N, CTRL | SHIFT)
    assert here(bench)[0] == 3
    assert bench.model.rule_at(3).fits_everyone
    assert bench.model.rule_at(4) == table().rules[3]


def test_ctrl_enter_asks_to_submit_what_is_being_typed_too(bench, at, press, qtbot):
    at(3, WATER)
    press(_Key.Key_F2)
    editor(bench).setText("否")

    with qtbot.waitSignal(bench.submit_wanted):
        press(_Key.Key_Return, CTRL)

    assert said(bench, 3, WATER) == "否"


def test_typing_where_nothing_can_be_entered_says_why(bench, at, press):
    at(LAST, WATER)
    press(_Key.Key_7)
    assert "最后一行" in bench.message.sentence

    at(3, column_of(table(), Output.COUNT))
    press(_Key.Key_F2)
    assert "人数" in bench.message.sentence

    bench.start(table(), (), editable=False)
    at(3, WATER)
    press(_Key.Key_F1, SHIFT)
    assert "复制为草稿" in bench.message.sentence
    assert bench.model.table == table()
