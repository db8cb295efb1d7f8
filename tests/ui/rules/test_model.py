"""The grid's model: consistent under edits, undo and redo; refused entries stay where they are."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QUndoStack
from PySide6.QtTest import QAbstractItemModelTester

from pmdesk.rules.check import check
from pmdesk.rules.rule import HitPolicy
from pmdesk.ui.rules.actions import Actions
from pmdesk.ui.rules.edits import Output, column_of
from pmdesk.ui.rules.model import RulesModel
from pmdesk.ui.rules.table_model import FINDING_ROLE, REFUSED_ROLE
from tests.ui.rules.starter import COLUMNS, table

WATER = COLUMNS["repair_need.water"]


@pytest.fixture
def model(qapp, chinese):
    undo = QUndoStack()
    made: Any = RulesModel(table(), undo)
    made.tester = QAbstractItemModelTester(
        made, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    made.stack = undo
    return made


@pytest.fixture
def said():
    return []


@pytest.fixture
def acts(model, said):
    return Actions(model, lambda error: said.append(error.sentence))


def test_undo_restores_every_act_in_turn(model, acts):
    cell = model.index(8, WATER)
    seen = [model.table]
    for act in (
        lambda: model.setData(cell, "否"),
        lambda: acts.add_row(3),
        lambda: acts.copy_rows((8, 9), cell),
        lambda: acts.move_rows((8, 9), 3),
        lambda: acts.delete_rows((8,), cell),
        lambda: acts.fill_down((2, 3, 4, 5), (WATER,)),
        lambda: acts.clear((2, 3), (WATER,)),
        lambda: acts.move_columns((WATER,), 0),
        lambda: acts.set_policy(HitPolicy.FIRST),
        lambda: acts.move_rows((20, 21), 0),
        lambda: acts.sort_by_strength(),
        lambda: acts.remove_column(model.fact_at(0)),
        lambda: acts.add_column(table().facts[WATER]),
    ):
        act()
        assert model.table != seen[-1]
        seen.append(model.table)

    for before in reversed(seen[:-1]):
        model.stack.undo()
        assert model.table == before
    for after in seen[1:]:
        model.stack.redo()
        assert model.table == after


def test_undo_is_named(model):
    model.setData(model.index(8, WATER), "否")

    assert model.stack.undoText() == "修改“维修关注：水”"


def test_a_refused_entry_keeps_its_text_and_says_where(model, qtbot):
    cell = model.index(19, COLUMNS["handover_date.months"])

    with qtbot.waitSignal(model.refused) as told:
        assert not model.setData(cell, ">= 3 and < 2")

    assert cell.data() == cell.data(Qt.ItemDataRole.EditRole) == ">= 3 and < 2"
    assert cell.data(REFUSED_ROLE)
    assert told.args[0].startswith("第 20 行“交付日期至今”：从第 1 个字起")
    assert cell.data(Qt.ItemDataRole.ToolTipRole) == told.args[0]
    assert model.table == table()
    assert not model.stack.canUndo()


def test_a_refused_entry_goes_when_it_is_mended_or_taken_back(model):
    cell = model.index(19, COLUMNS["handover_date.months"])
    for mend in (
        lambda: model.setData(cell, "< 25"),
        lambda: model.take_back(cell.row(), cell.column()),
    ):
        model.setData(cell, "很久")

        mend()

        assert not model.refusals
        assert cell.data() == "不足 25 个月"


def test_a_refused_entry_moves_with_its_row_and_goes_with_it(model, acts):
    model.setData(model.index(8, WATER), "也许")
    acts.add_row(2)
    assert model.index(9, WATER).data() == "也许"

    acts.delete_rows((9,), model.index(9, WATER))

    assert not model.refusals
    model.stack.undo()
    assert model.index(9, WATER).data() == "也许"


def test_the_last_row_stays_and_only_its_words_can_be_changed(model, acts, said):
    last = model.index(len(table().rules) - 1, 0)
    count = column_of(table(), Output.COUNT)
    editable = {
        column
        for column in range(model.columnCount())
        if model.flags(last.siblingAtColumn(column)) & Qt.ItemFlag.ItemIsEditable
    }

    free = (Output.TAGS, Output.REASON, Output.LEGAL)
    assert editable == {column_of(table(), output) for output in free}
    assert acts.delete_rows((last.row(),), last) is None
    assert not acts.move_rows((last.row(),), 2)
    assert not model.setData(last, "是")
    assert model.table == table()
    assert (
        said
        == ["The last row stands for everyone else and cannot be narrowed, raised or removed."] * 2
    )
    assert not model.flags(model.index(0, count)) & Qt.ItemFlag.ItemIsEditable


def test_a_version_that_is_not_ones_own_draft_cannot_be_touched(model, acts):
    model.start(table(), editable=False)

    assert acts.add_row(1) is None
    assert not model.setData(model.index(8, WATER), "否")
    assert model.table == table()


def test_a_row_can_only_be_moved_inside_the_table(model, acts):
    assert not acts.move_rows((0,), -1)
    acts.move_rows((28,), 33)

    assert model.table.rules[-1] == table().rules[-1]
    assert not acts.move_columns((0,), -1)
    assert not acts.move_columns((0,), len(table().facts) + 1)


def test_findings_are_marked_at_their_cell(model):
    silent = table().with_output("r3", reason="")
    model.start(silent, editable=True)
    model.set_findings(check(silent))

    cell = model.index(2, column_of(silent, Output.REASON))

    assert model.has_errors()
    assert cell.data(FINDING_ROLE).rules == ("r3",)
    assert "第 3 行" in cell.data(Qt.ItemDataRole.ToolTipRole)


def test_a_cell_that_asks_nothing_says_so_to_who_hears_it(model):
    cell = model.index(0, COLUMNS["pet_kind"])

    assert cell.data() == "–"
    assert cell.data(Qt.ItemDataRole.ToolTipRole) == "饲养宠物：不限"


def test_places_that_are_gone_have_no_index(model):
    assert not model.index_of(("r99", "clean_need")).isValid()
    assert not model.index_of(("r1", "no_such_field")).isValid()
