"""Pointing at a chart tells what the table tells of that place, and never more."""

import re
import tomllib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from pmdesk.analytics.figures import HIDDEN, NO_DATA, Cell, FigureKind, Gap
from pmdesk.assets import asset
from pmdesk.domain.dashboard import CARDS
from pmdesk.i18n import install
from pmdesk.ui.charts import sheet
from pmdesk.ui.charts.marks import Tip, stepped, tip
from pmdesk.ui.charts.spoken import spoken
from pmdesk.ui.charts.view import ChartView
from tests.ui.dashboard import answers

LIGHT = tomllib.loads(asset("themes/light.toml").read_text(encoding="utf-8"))
ALL = [(key, at) for key in CARDS for at in range(len(answers.FIGURES[key]()))]
NUMBER = re.compile(r"\d[\d,.]*")


@pytest.fixture(autouse=True)
def _chinese():
    install("zh_CN", asset("locale"))


def drawn(figure):
    return sheet.picture(figure, LIGHT, width=700, scale=1.0, ratio=1.0).marks


@pytest.mark.parametrize(("key", "at"), ALL)
def test_the_tip_of_every_mark_has_the_words_of_the_table(key, at):
    figure = answers.FIGURES[key]()[at]
    head, *rows = figure.table()
    marks = drawn(figure)
    assert marks
    for mark in marks:
        told = tip(figure, mark.category, mark.series)
        row = rows[mark.category]
        assert row[0] in told.head
        named = [at for at in mark.series if figure.series[at].key not in {"low", "high"}]
        for place in mark.series:
            assert row[place + 1] in "\n".join(told.lines)
            assert named == [place] or head[place + 1] in told.words
        assert 0 <= mark.left < mark.right <= 1
        assert 0 <= mark.top < mark.bottom <= 1


@pytest.mark.parametrize(("key", "at"), ALL)
def test_every_number_and_every_gap_that_is_seen_can_be_pointed_at(key, at):
    figure = answers.FIGURES[key]()[at]
    reached = {(mark.category, place) for mark in drawn(figure) for place in mark.series}
    seen = {
        (category, place)
        for place, one in enumerate(figure.series)
        for category, cell in enumerate(one.cells)
        if (cell.value or cell.gap is Gap.HIDDEN) and one.key not in {"low", "high", "events"}
    }
    hidden_lines = {(row, 0) for row, place in seen if (row, 0) in reached}
    assert all(one in reached or (one[0], 0) in hidden_lines for one in seen)


@pytest.mark.parametrize("kind", list(FigureKind))
@settings(max_examples=12, deadline=None)
@given(st.data())
def test_a_tip_has_no_number_that_the_table_has_not(kind, data):
    """Tips are on the attacker's surface: they are made of the suppressed figure alone."""
    cell = st.one_of(
        st.just(HIDDEN), st.just(NO_DATA), st.integers(5, 999).map(lambda n: Cell(value=float(n)))
    )
    keys = {
        FigureKind.BARS: ["one"],
        FigureKind.COVERAGE: ["live", "refused"],
        FigureKind.OUTLOOK: ["past", "expected", "low", "high", "roster"],
        FigureKind.SHARES: ["share", "target", "count"],
        FigureKind.RANKED: ["rate", "low", "high", "events"],
        FigureKind.RATIOS: ["ratio", "low", "high", "people"],
    }.get(kind, ["a", "b", "c"])
    size = len(keys) if kind is FigureKind.MATRIX else 3
    lines = data.draw(
        st.lists(
            st.lists(cell, min_size=size, max_size=size), min_size=len(keys), max_size=len(keys)
        )
    )
    figure = answers.figure(
        "any",
        kind,
        "甲乙丙"[:size],
        [(key, key, row) for key, row in zip(keys, lines, strict=True)],
    )
    for category in range(size):
        for series in [*[(at,) for at in range(len(keys))], tuple(range(len(keys)))]:
            told = tip(figure, category, series)
            numbers = {one.cells[category].text for one in figure.series}
            assert set(NUMBER.findall(told.words)) <= numbers
            gone = [figure.series[at].cells[category].gap for at in series]
            if gone == [Gap.HIDDEN]:
                assert not NUMBER.search(told.words)
                assert "不显示" in told.words
                assert "相减" in told.foot


def test_nothing_to_count_is_not_a_zero():
    figure = answers.figure(
        "ages", FigureKind.BARS, "甲乙", [("one", "未结", [Cell(value=0.0), NO_DATA])]
    )
    zero, none = (tip(figure, at, (0,)) for at in range(2))
    assert zero.lines == ("0",)
    assert zero.foot == "单"
    assert none.lines == ("无数据",)
    assert "不等于零" in none.foot


def test_a_verdict_is_told_in_words():
    figure = answers.judged()
    assert tip(figure, 0, (0,)).lines[-1] == "结论：需复核"
    assert "需复核" in spoken(figure)


# ---- mouse and keys ------------------------------------------------------------------------------


@pytest.fixture
def view(tasks, shown, qtbot):
    made = shown(ChartView(answers.heat(slots=6), tasks), 640, 420)
    qtbot.waitUntil(lambda: made.is_drawn, timeout=10_000)
    return made


def test_the_mouse_brings_a_tip_and_takes_it_away(view):
    mark = view.marks[2]
    QTest.mouseMove(view, view._area(mark).center())
    told = tip(answers.heat(slots=6), mark.category, mark.series)
    assert words_of(view) == [told.head, "\n".join(told.lines), told.foot]
    assert view.accessibleDescription() == told.words
    QTest.mouseMove(view, QPoint(2, 2))
    assert not view._bubble.isVisible()
    assert view.accessibleDescription() == spoken(answers.heat(slots=6))


def test_a_tip_is_as_wide_as_its_own_words(view):
    view.point_at(view.marks[0])
    bubble, area = view._bubble, view.rect()
    short = Tip(head="周一", lines=("5",), foot="工单数")
    bubble.show_tip(short, area, area.center())
    wide = bubble.width()
    bubble.show_tip(
        replace(short, foot="不显示：人数过少，或与其他数字相减就能看出。"), area, area.center()
    )
    assert bubble.width() > wide
    bubble.show_tip(short, area, area.center())
    assert bubble.width() == wide


@pytest.mark.parametrize("figure", [answers.heat(slots=6), answers.coverage(), answers.outlook()])
def test_the_tip_stays_within_what_is_seen_and_off_its_mark(tasks, shown, qtbot, figure):
    page = QWidget()
    view = ChartView(figure, tasks)
    QVBoxLayout(page).addWidget(view)
    shown(page, 640, 420)
    qtbot.waitUntil(lambda: view.is_drawn, timeout=10_000)
    for mark in view.marks:
        view.point_at(mark)
        bubble = view._bubble
        assert bubble is not None
        area = view._area(mark).translated(view.mapTo(page, QPoint(0, 0)))
        assert page.rect().contains(bubble.geometry())
        assert not bubble.geometry().intersects(area)


def test_arrow_keys_walk_every_mark(view):
    view.setFocus()
    seen = []
    QTest.keyClick(view, Qt.Key.Key_Home)
    for _step in view.marks:
        seen.append(view._mark)
        QTest.keyClick(view, Qt.Key.Key_Right)
    assert tuple(seen) == view.marks
    QTest.keyClick(view, Qt.Key.Key_Home)
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view._mark.category == view.marks[0].category
    assert view._mark.series == (1,)
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert view._mark == view.marks[0]
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view._mark == view.marks[-1]
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view._mark is None
    assert not view._bubble.isVisible()


def test_the_page_follows_who_walks_by_keys(tasks, shown, qtbot):
    area = QScrollArea()
    inner = QWidget()
    column = QVBoxLayout(inner)
    view = ChartView(answers.heat(slots=6), tasks)
    column.addWidget(view)
    area.setWidget(inner)
    area.setWidgetResizable(True)
    shown(area, 640, 180)
    qtbot.waitUntil(lambda: view.is_drawn, timeout=10_000)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_End)
    seen = inner.visibleRegion().boundingRect()
    assert seen.contains(view.mapTo(inner, view._area(view.marks[-1]).center()))
    assert view._bubble
    assert seen.contains(view._bubble.geometry())
    area.takeWidget().deleteLater()


def test_another_figure_takes_the_tip_away(view, qtbot):
    view.point_at(view.marks[0])
    view.show_figure(answers.ages())
    assert not view._bubble.isVisible()
    assert view.marks == ()
    qtbot.waitUntil(lambda: view.is_drawn, timeout=10_000)
    assert len(view.marks) == 5


def test_there_is_no_way_where_there_is_no_mark(view):
    assert stepped((), None, "next") is None
    assert stepped(view.marks, None, "") is None
    assert stepped(view.marks, view.marks[-1], "next") is None
    assert stepped(view.marks, view.marks[-1], "below") is None


def words_of(view):
    return [part.text() for part in view._bubble._parts if part.isVisible()]
