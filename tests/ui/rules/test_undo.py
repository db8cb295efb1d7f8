"""Whatever is done to the grid in whatever order: undoing all gives the start, redoing the end."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QGuiApplication, QUndoStack
from PySide6.QtTest import QAbstractItemModelTester

from pmdesk.rules.check import check
from pmdesk.rules.rule import HitPolicy
from pmdesk.ui.rules import arrange
from pmdesk.ui.rules.actions import Actions
from pmdesk.ui.rules.clipping import Clipping
from pmdesk.ui.rules.grid import RulesGrid
from pmdesk.ui.rules.model import RulesModel
from tests.ui.rules.starter import table

OFFERED = table().facts
LISTS = tuple(arrange.lists(OFFERED).values())
TEXTS = ("是", "否", "未知", "-", "12..24", "很多", "专项", "按本人选择", "需求安排")
BLOCKS = ("是", "是\t否\n-\t未知", "维修关注：水\t维修关注：电\n是\t很多", "x\n" * 40)


class Hand:
    """Does one act after the other, drawn at random."""

    def __init__(self, model, grid, random):
        self.model, self.grid, self.random = model, grid, random
        self.acts = Actions(model, lambda _error: None)
        self.clipping = Clipping(model, grid, self.acts, lambda _sentence: None)
        self.clipping.offered = OFFERED

    def act(self):
        """One act on what happens to be chosen."""
        rows, columns = self.chosen()
        self.grid.choose(rows, columns)
        index, facts = self.grid.current, self.model.table.facts
        fact = self.random.choice(facts)
        QGuiApplication.clipboard().setText(self.random.choice(BLOCKS))
        to = self.random.randrange(len(self.model.table.rules) + 1)
        self.random.choice(
            (
                lambda: self.model.attempt(rows[0], columns[0], self.random.choice(TEXTS)),
                lambda: self.acts.add_row(to),
                lambda: self.acts.copy_rows(rows, index),
                lambda: self.acts.delete_rows(rows[:1], index),
                lambda: self.acts.move_rows(rows, to),
                lambda: self.acts.move_columns(columns[:1], min(to, len(facts))),
                lambda: self.acts.remove_column(fact) if len(facts) > 2 else None,
                lambda: self.acts.add_column(self.random.choice(OFFERED)),
                self.regroup,
                lambda: self.acts.set_policy(self.random.choice(list(HitPolicy))),
                self.acts.sort_by_strength,
                lambda: self.acts.fill_down(rows, columns),
                lambda: self.acts.clear(rows, columns),
                self.clipping.cut,
                self.clipping.paste,
                self.clipping.paste_rows,
                self.mend,
            )
        )()

    def regroup(self):
        """Another group in place of a column about the same list, or as a new column."""
        flags = self.random.choice(LISTS)
        group = arrange.group_of(self.random.sample(flags, 2))
        before = [f for f in self.model.table.facts if f.list == flags[0].list]
        if before and self.random.random() < 0.5:
            self.acts.replace_column(self.random.choice(before), group)
        else:
            self.acts.add_column(group)

    def mend(self):
        """One of the mends that the check offers."""
        found = [finding for finding in check(self.model.table) if finding.mend]
        if found:
            self.acts.mend(self.random.choice(found))

    def chosen(self):
        """Some rows and columns side by side."""
        order = self.grid.visible_columns
        row = self.random.randrange(len(self.model.table.rules))
        at = self.random.randrange(len(order))
        rows = range(row, min(row + self.random.randint(1, 3), len(self.model.table.rules)))
        return list(rows), order[at : at + self.random.randint(1, 3)]


@pytest.fixture
def stage(qtbot, look):
    """A grid without an office."""
    undo = QUndoStack()
    model = RulesModel(table(), undo)
    grid = RulesGrid(model)
    qtbot.addWidget(grid)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    return model, grid, undo, tester


@given(random=st.randoms(use_true_random=False), count=st.integers(1, 14))
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_undoing_everything_gives_the_start_and_redoing_it_the_end(stage, random, count):
    model, grid, undo, _tester = stage
    model.start(table(), editable=True)
    hand = Hand(model, grid, random)
    for _act in range(count):
        hand.act()
        assert model.table.is_complete
        assert grid.current.isValid()
    end = model.table

    while undo.canUndo():
        undo.undo()
    assert model.table == table()
    while undo.canRedo():
        undo.redo()
    assert model.table == end
