"""Rows that break like words: nothing is cut, and what belongs together is level."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from shiboken6 import delete

from pmdesk.ui.forms.cell import cell
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.choice import Chips, Segmented
from pmdesk.ui.widgets.flow import FlowLayout

Align = Qt.AlignmentFlag


@pytest.fixture
def shown(qtbot):
    def _shown(layout, *parts, width=900):
        holder = QWidget()
        qtbot.addWidget(holder)
        for part in parts:
            layout.addWidget(part)
        holder.setLayout(layout)
        holder.resize(width, max(layout.heightForWidth(width), 1))
        holder.show()
        return holder

    return _shown


def test_chips_that_break_into_lines_within_a_row_are_all_seen(shown):
    chips = Chips([(at, f"a service with a long name {at}") for at in range(6)])

    holder = shown(FlowLayout(10), QLabel("first"), chips, width=420)

    last = chips.buttons()[-1]
    assert last.geometry().bottom() <= chips.height()
    assert chips.geometry().bottom() <= holder.height()


def test_names_above_entries_are_level_at_the_top(shown):
    short = cell("Shown", Segmented(((1, "By days"), (2, "By hours"))))
    tall = cell("Service", QLabel("one\ntwo\nthree"))

    _holder = shown(FlowLayout(16, Align.AlignTop), tall, short)

    assert short.y() == tall.y()


def test_a_button_stands_at_the_foot_of_the_entries_beside_it(shown):
    tall, made = cell("Day", QLabel("one\ntwo\nthree")), button("Add the round")

    _holder = shown(FlowLayout(14, Align.AlignBottom), tall, made)

    assert made.geometry().bottom() == tall.geometry().bottom()


def test_a_row_outlives_other_rows_whose_items_lay_at_the_same_address(qtbot):
    other, row = QWidget(), QWidget()
    qtbot.addWidget(row)
    column, flow = QVBoxLayout(other), FlowLayout()
    parts = [QLabel() for _at in range(20)]
    for part in parts:
        column.addWidget(part)
    held = [column.itemAt(at) for at in range(column.count())]
    for part in parts:
        delete(part)  # Qt deletes its item too, and Python does not hear of it
    row.setLayout(flow)
    for at in range(20):
        flow.addWidget(QLabel(f"part {at}"))

    delete(other)

    assert len(held) == flow.count()
    assert flow.minimumSize().width() > 0
    assert flow.sizeHint().width() > 0
