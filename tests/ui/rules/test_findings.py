"""The list of findings: mended by one click, folded, honest about what is under way."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton

from pmdesk.rules.rule import HitPolicy
from pmdesk.ui.rules.edits import Output, column_of
from tests.ui.clipping import clipped
from tests.ui.rules.hands import REASON, TIER, WATER
from tests.ui.rules.starter import table


def test_one_click_mends_a_finding_and_one_undo_brings_it_back(bench, settled):
    bench.model.attempt(3, TIER, "标准")
    bench.model.attempt(3, column_of(table(), Output.TAGS), "")
    broken = bench.model.table
    bench.look_now()
    settled()
    row = bench.findings.rows[0]
    assert row.example.text().startswith("例如：")

    row.mend.click()

    assert len(bench.model.table.rules) == len(table().rules) - 1
    bench.undo.undo()
    assert bench.model.table == broken


def test_who_falls_to_everyone_else_is_told_with_how_many(bench, settled):
    bench.look_now()
    settled()

    titles = [label.text() for label in bench.findings.titles]

    assert any("其他所有人" in title and "今天" in title for title in titles)


def test_a_check_under_way_is_said_and_the_old_findings_stay(bench, settled):
    settled()
    before = bench.findings.summary.text()

    bench.findings.show_busy()

    assert before in bench.findings.summary.text()
    assert "正在重新检查" in bench.findings.summary.text()


def test_what_was_found_before_an_edit_cannot_be_mended_any_more(bench, settled):
    def mends():
        return [row.mend.isEnabled() for row in bench.findings.rows if not row.mend.isHidden()]

    bench.look_now()
    settled()
    assert set(mends()) == {True}

    bench.model.attempt(3, TIER, "标准")
    assert set(mends()) == {False}
    bench.model.attempt(3, TIER, "看不懂")  # what cannot be read is listed at once
    assert set(mends()) == {False}

    bench.look_now()
    settled()
    assert set(mends()) == {True}


def test_a_finding_leads_to_its_cell_and_one_types_there(bench, settled):
    bench.model.attempt(3, TIER, "标准")
    bench.look_now()
    settled()
    row = next(row for row in bench.findings.rows if "第 4 行" in row.text)
    row.setFocus()

    QTest.keyClick(row, Qt.Key.Key_Return)

    assert bench.grid.current.row() == 3
    assert bench.grid.has_focus


def test_nothing_can_be_mended_in_a_version_that_cannot_be_edited(bench, settled):
    silent = table().with_output("r3", tier="standard")
    bench.start(silent, table().facts, editable=False)
    settled()

    assert all(row.mend.isHidden() for row in bench.findings.rows)


def test_a_long_finding_is_cut_until_it_is_chosen(bench, settled):
    bench.look_now()
    settled()
    row = next(row for row in bench.findings.rows if len(row.text) > 90)
    assert row.sentence.text().endswith("…")

    QTest.mouseClick(row, Qt.MouseButton.LeftButton)

    assert row.sentence.text() == row.text


def test_what_is_only_to_know_is_folded_away(bench, settled):
    bench.look_now()
    settled()
    count = len(bench.findings.rows)
    more = next(b for b in bench.findings.findChildren(QPushButton) if b.text().startswith("全部"))

    more.click()
    assert len(bench.findings.rows) > count
    settled()
    fewer = [b for b in bench.findings.findChildren(QPushButton) if b.text() == "收起"]
    next(b for b in fewer if b.isVisible()).click()
    assert len(bench.findings.rows) == count


def test_a_strip_stands_between_the_buttons_and_the_grid(bench, settled):
    strip = QLineEdit()

    bench.put_strip(strip)
    settled()

    assert strip.isVisible()
    assert bench.toolbar.geometry().bottom() < strip.geometry().top()
    assert strip.geometry().bottom() < bench.grid.geometry().top()


def test_a_screen_reader_hears_the_rule_and_the_cell_with_its_heading(bench):
    role = Qt.ItemDataRole.AccessibleTextRole

    assert bench.model.index(4, WATER).data(role) == "维修关注：水：不限"
    assert bench.model.index(4, 0).data(role).startswith("第 5 行：“维修关注：防水”是")
    assert bench.grid.asked.accessibleName()
    assert bench.grid.given.accessibleName()


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_nothing_around_the_grid_is_clipped(bench, wear, settled, at, scale):
    bench.acts.set_policy(HitPolicy.FIRST)
    bench.model.attempt(3, TIER, "贵宾")
    wear(scale=scale)
    bench.resize(1400, bench.minimumHeight())
    at(3, REASON)
    bench.look_now()
    for _layout in range(4):
        settled()

    assert not clipped(bench.toolbar)
    assert not clipped(bench.meaning)
    assert not clipped(bench.card)
    assert not clipped(bench.findings)
