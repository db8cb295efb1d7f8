"""Both models keep Qt's contract, and the long one reads no more than is looked at."""

from array import array
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from pmdesk.ui.tables.model import (
    BADGE_ROLE,
    MISSING,
    PAGE,
    PAGES,
    Align,
    Column,
    PagedModel,
    RowsModel,
    digits,
)
from pmdesk.ui.widgets.pill import Badge

COLUMNS: tuple[Column[Any], ...] = (
    Column(key="room", title="房号", cell=lambda row: row[1], tip=lambda row: f"#{row[0]}"),
    Column(
        key="count",
        title="数量",
        cell=lambda row: str(row[0]),
        align=Align.END,
        sort=lambda row: row[0],
    ),
    Column(
        key="tier", title="等级", cell=lambda _row: "标准", badge=lambda _row: Badge(words="标准")
    ),
)
ROWS = ((2, "2-101"), (10, "1-102"), (1, "3-103"))
Role = Qt.ItemDataRole


@pytest.fixture
def strict(qapp):
    """Qt's own examiner, for as long as the test runs."""
    examiners = []

    def _strict(model):
        mode = QAbstractItemModelTester.FailureReportingMode.Fatal
        examiners.append(QAbstractItemModelTester(model, mode))
        return model

    yield _strict
    examiners.clear()


@pytest.fixture
def rows(strict):
    return strict(RowsModel(COLUMNS, ROWS))


@pytest.fixture
def fetched():
    return []


@pytest.fixture
def paged(strict, fetched):
    def fetch(ids):
        fetched.append(len(ids))
        return [(one, f"r{one}") for one in reversed(ids) if one != 13]

    return strict(PagedModel(COLUMNS, fetch, key=lambda row: row[0]))


def _column(model, column):
    return [model.index(row, column).data() for row in range(model.rowCount())]


def test_a_row_says_itself_in_every_role(rows):
    cell = rows.index(0, 0)

    assert cell.data() == "2-101"
    assert cell.data(Role.ToolTipRole) == "#2"
    assert cell.data(Role.AccessibleTextRole) == "房号 2-101, 数量 2, 等级 标准"
    assert rows.index(0, 1).data(Role.AccessibleTextRole) == "2"
    assert rows.index(0, 1).data(Role.TextAlignmentRole) == Align.END.value
    assert rows.index(0, 2).data(BADGE_ROLE) == Badge(words="标准")
    assert cell.data(Role.DecorationRole) is None


def test_the_head_says_the_columns(rows):
    titles = [rows.headerData(i, Qt.Orientation.Horizontal) for i in range(rows.columnCount())]

    assert titles == ["房号", "数量", "等级"]
    assert rows.headerData(0, Qt.Orientation.Vertical) is None
    assert rows.headerData(0, Qt.Orientation.Horizontal, Role.DecorationRole) is None


def test_a_short_list_sorts_by_its_key_and_stays_sorted(rows):
    rows.sort(1, Qt.SortOrder.DescendingOrder)
    assert _column(rows, 1) == ["10", "2", "1"]

    rows.set_rows((*ROWS, (5, "x")))
    assert _column(rows, 1) == ["10", "5", "2", "1"]
    rows.sort(0)
    assert _column(rows, 0) == ["1-102", "2-101", "3-103", "x"]
    rows.sort(-1)
    assert rows.rowCount() == 4


def test_one_row_changes_without_a_reset(rows, qtbot):
    with qtbot.waitSignal(rows.dataChanged), qtbot.assertNotEmitted(rows.modelReset):
        rows.replace(1, (11, "1-103"))

    assert rows.row_at(rows.index(1, 0)) == (11, "1-103")
    assert rows.row_at(rows.index(-1, 0)) is None
    assert rows.row(99) is None


def test_only_pages_that_are_looked_at_are_read(paged, fetched):
    paged.set_ids(array("q", range(100_000)))
    fetched.clear()

    last = paged.index(99_999, 0)
    assert last.data() == "r99999"
    assert paged.index(99_998, 0).data() == "r99998"

    assert paged.rowCount() == 100_000
    assert fetched == [100_000 % PAGE]


def test_pages_long_unseen_are_forgotten(paged, fetched):
    paged.set_ids(array("q", range(PAGE * (PAGES + 2))))
    for page in range(PAGES + 2):
        paged.row(page * PAGE)
    fetched.clear()

    paged.row(PAGE * (PAGES + 1))
    assert not fetched
    paged.row(0)
    assert fetched == [PAGE]


def test_a_row_that_is_gone_shows_a_dash(paged):
    paged.set_ids(array("q", [12, 13]))

    assert _column(paged, 0) == ["r12", MISSING]
    assert paged.index(1, 0).data(Role.ToolTipRole) is None
    assert paged.row(1) is None
    assert paged.row(2) is None


def test_reloading_reads_again_and_keeps_the_place(paged, fetched, qtbot):
    paged.set_ids(array("q", range(10)))
    paged.row(0)
    fetched.clear()

    with qtbot.waitSignal(paged.dataChanged), qtbot.assertNotEmitted(paged.modelReset):
        paged.reload()
    paged.row(0)

    assert fetched == [10]


def test_an_empty_long_list_reloads_in_silence(paged, qtbot):
    with qtbot.assertNotEmitted(paged.dataChanged, wait=0):
        paged.reload()


def test_sorting_a_long_list_is_a_wish(paged, qtbot):
    with qtbot.waitSignal(paged.sort_requested) as heard:
        paged.sort(1, Qt.SortOrder.DescendingOrder)

    assert heard.args == ["count", True]
    with qtbot.assertNotEmitted(paged.sort_requested, wait=0):
        paged.sort(-1)


def test_a_chinese_character_is_almost_two_digits_wide():
    assert digits(("凭理由", "—")) == digits(("123456",))
    assert digits(("To be fetched back", "在用")) == len("To be fetched back")
