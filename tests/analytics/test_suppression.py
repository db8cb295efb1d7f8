"""Nothing hidden can be found out by subtraction, and no more is hidden than that needs."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pmdesk.analytics.suppression import Margins, shares, suppressed

K = 5
COUNT = st.one_of(st.integers(0, 6), st.integers(0, 60))


@st.composite
def tables(draw):
    rows, columns = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    line = st.lists(COUNT, min_size=columns, max_size=columns)
    return draw(st.lists(line, min_size=rows, max_size=rows))


def everything(shown):
    """The table with its totals, row by row."""
    return [[*cells, total] for cells, total in zip(shown.cells, shown.rows, strict=True)] + [
        [*shown.columns, shown.total]
    ]


def found_out(grid):
    """The hidden places whose value the shown ones leave no choice about."""
    hidden = [(r, c) for r, row in enumerate(grid) for c, value in enumerate(row) if value is None]
    if not hidden:
        return []
    bottom, right = len(grid) - 1, len(grid[0]) - 1
    equations = [
        {(line, c): -1 if c == right else 1 for c in range(right + 1)} for line in range(bottom + 1)
    ] + [
        {(r, line): -1 if r == bottom else 1 for r in range(bottom + 1)}
        for line in range(right + 1)
    ]
    matrix = np.array([[equation.get(place, 0) for place in hidden] for equation in equations])
    rank = np.linalg.matrix_rank(matrix)
    told = []
    for index, place in enumerate(hidden):
        unit = np.zeros((1, len(hidden)))
        unit[0, index] = 1
        if np.linalg.matrix_rank(np.vstack([matrix, unit])) == rank:
            told.append(place)
    return told


@settings(max_examples=150, deadline=None)
@given(tables())
def test_no_hidden_cell_follows_from_shown_cells_and_totals(counts):
    shown = suppressed(counts, K)
    grid = everything(shown)
    assert found_out(grid) == []
    assert not any(value is not None and 0 < value < K for row in grid for value in row)


@settings(max_examples=100, deadline=None)
@given(tables())
def test_the_hidden_cells_of_a_line_are_together_at_least_k(counts):
    shown = suppressed(counts, K)
    for row, cells, total in zip(counts, shown.cells, shown.rows, strict=True):
        gone = [count for count, cell in zip(row, cells, strict=True) if cell is None]
        if gone and total is not None:
            assert sum(gone) >= K
            assert sum(gone) > len(gone)


@settings(max_examples=100, deadline=None)
@given(tables())
def test_what_is_shown_is_true_and_nobody_is_shown_as_nobody(counts):
    shown = suppressed(counts, K)
    for row, cells in zip(counts, shown.cells, strict=True):
        for count, cell in zip(row, cells, strict=True):
            assert cell in {None, count}
            assert count or cell == 0


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=8))
def test_a_share_tells_neither_of_those_who_have_it_nor_of_those_who_do_not(pairs):
    counts = [has for has, _not in pairs]
    totals = [has + has_not for has, has_not in pairs]
    known = suppressed([totals], K, Margins(known_rows=True, columns=False)).cells[0]
    for (has, has_not), shown in zip(pairs, shares(counts, totals, known, K), strict=True):
        assert shown is None or (not 0 < has < K and not 0 < has_not < K)
    for total, shown in zip(known, shares(counts, totals, known, K), strict=True):
        assert total is not None or shown is None


def test_large_counts_are_all_shown():
    shown = suppressed([[5, 6], [7, 0]], K)
    assert shown.cells == ((5, 6), (7, 0))
    assert (shown.rows, shown.columns, shown.total) == ((11, 7), (12, 6), 18)


def test_one_small_cell_takes_the_next_smallest_of_its_row_and_column_along():
    shown = suppressed([[3, 20, 30], [40, 50, 60], [70, 80, 90]], K)
    hidden = {(r, c) for r in range(3) for c in range(3) if shown.cells[r][c] is None}
    assert hidden == {(0, 0), (0, 1), (1, 0), (1, 1)}
    assert shown.total == 443


def test_two_small_cells_do_not_stand_for_a_small_group_together():
    assert suppressed([[1, 1, 40, 50]], K, Margins(columns=False)).cells == (
        (None, None, None, 50),
    )


def test_a_small_total_is_hidden_with_its_only_cell():
    shown = suppressed([[3, 0]], K, Margins(columns=False))
    assert (shown.cells, shown.rows) == (((None, 0),), (None,))


def test_a_total_that_is_known_elsewhere_does_not_protect():
    shown = suppressed([[2, 40, 9]], K, Margins(known_rows=True, columns=False))
    assert shown.cells == ((None, 40, None),)
    assert shown.rows == (51,)


def test_a_total_known_elsewhere_goes_where_nothing_else_can_hide_its_only_part():
    margins = Margins(known_rows=True, columns=False)
    shown = suppressed([[7, 0]], K, margins, hidden={(0, 0)})
    assert (shown.cells, shown.rows) == (((None, 0),), (None,))


def test_a_higher_limit_hides_more():
    assert suppressed([[8, 20, 30]], 10, Margins(columns=False)).cells == ((None, None, 30),)


def test_hundreds_of_small_buildings_take_no_time():
    counts = [[place % 4, 3 - place % 4] for place in range(400)]
    shown = suppressed(counts, K)
    assert not any(cell for row in shown.cells for cell in row)
    assert shown.total == 1200


def test_an_empty_table_stays_empty():
    assert suppressed([], K).cells == ()
