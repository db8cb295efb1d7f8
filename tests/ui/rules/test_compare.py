"""The tab “Compare”: what differs in words and side by side, and who would move."""

import pytest
from PySide6.QtCore import Qt

from pmdesk.domain.office import RESIDENTS, Changes
from pmdesk.services import comparison, rules
from pmdesk.services.rules import draft_from, save_draft
from pmdesk.ui import theme
from pmdesk.ui.pages.rules import RulesPage
from pmdesk.ui.rules.compare.matrix import NONE
from pmdesk.ui.rules.compare.sides import TONE_ROLE
from pmdesk.ui.theme import Scheme, Tone
from tests.offices import table_of

STARTER_ROW = 7  # of r8


@pytest.fixture
def drafted(office):
    """A draft of the manager: one tier raised, one row moved, one gone, one new."""
    session = office.session("manager")
    draft = draft_from(session, rules.versions(session)[0].id)
    table = table_of(session, draft).with_output("r8", tier="special", reason="改过的理由")
    row = table.blank_rule()
    table = table.without_rule("r9").moved("r10", 0).with_rule(row, 1)
    save_draft(session, draft, table.with_output(row.id, reason="新的一行", legal="民法典 942"))
    return draft


@pytest.fixture
def compare(office, tasks, prompts, shown, settled):
    """The tab of a page that this account opened."""

    def _compare(login="manager"):
        page = RulesPage(office.session(login), tasks, prompts)
        tasks.changed.connect(page.reload)
        shown(page)
        panel = page.tabs.panel("compare")
        settled()
        return page, panel

    return _compare


def test_a_draft_is_compared_with_the_version_in_force(drafted, compare):
    _page, panel = compare()
    assert panel.others.currentText().startswith("v1 · 在用")
    words = panel.sentences.text()
    assert "~ 第 9 行，等级：关怀 → 专项" in words or "等级：关怀 → 专项" in words
    assert "− 删去第 9 行" in words
    assert "+ 新增第 2 行" in words
    assert "移到了第 1 行" in words
    assert "处不同" in panel.summary.text()


def test_side_by_side_shows_signs_colours_and_empty_places(drafted, compare, settled):
    _page, panel = compare()
    before, after = panel.sides.before, panel.sides.after
    assert before.rowCount() == after.rowCount()
    heads = [after.data(after.index(row, 0)) for row in range(after.rowCount())]
    assert any(head and head.startswith("+") for head in heads)
    assert any(head and head.startswith("~") for head in heads)
    assert None in heads  # the row that is gone has its place on the other side
    gone = heads.index(None)
    assert before.data(before.index(gone, 0)).startswith("−")
    assert before.data(before.index(gone, 0), TONE_ROLE) is Tone.PROBLEM
    assert after.data(after.index(gone, 0), TONE_ROLE) is None
    role = Qt.ItemDataRole.AccessibleTextRole
    assert "已删" in before.data(before.index(gone, 0), role)
    few = before.rowCount()
    panel.sides.all.setChecked(True)
    assert before.rowCount() > few


def test_both_sides_scroll_together(drafted, compare):
    _page, panel = compare()
    panel.sides.all.setChecked(True)
    left, right = panel.sides.views
    left.horizontalScrollBar().setValue(40)
    left.verticalScrollBar().setValue(30)
    assert right.horizontalScrollBar().value() == left.horizontalScrollBar().value()
    assert right.verticalScrollBar().value() == left.verticalScrollBar().value()


def test_the_matrix_has_every_tier_and_hides_what_is_small(drafted, compare):
    _page, panel = compare()
    assert len(panel.matrix.cells) == 25
    shown = {cell.text() for cell in panel.matrix.cells.values()}
    assert NONE in shown
    assert not shown & {"1", "2", "3", "4"}
    assert "专项" in panel.matrix.accessibleName()


def test_the_list_names_people_masked_and_is_logged(drafted, compare, office, qtbot, settled):
    _page, panel = compare()
    with office.logged() as log:
        qtbot.mouseClick(panel.list_button, Qt.MouseButton.LeftButton)
        settled()
    assert [(action, target) for action, target, _ in log] == [
        ("rules.movers", f"ruleset:{drafted}")
    ]
    found = comparison.movers(office.session("manager"), drafted)
    assert found.total == len(panel.movers.model.rows) > 0
    assert all("*" in one.row.name for one in found.people)
    assert str(found.total) in panel.movers.words.text()


def test_the_same_version_has_no_difference(compare, office, settled):
    session = office.session("manager")
    draft_from(session, rules.versions(session)[0].id)
    _page, panel = compare()
    assert panel.summary.text() == "两个版本内容相同。"
    assert not panel.cards[1].isVisible()


def test_alone_there_is_nothing_to_compare_with(compare):
    _page, panel = compare()
    assert "没有别的版本" in panel.banner.sentence
    assert not any(card.isVisible() for card in panel.cards)


def test_an_edit_and_another_version_are_followed(drafted, compare, office, settled, qtbot):
    page, panel = compare()
    before = panel.sentences.text()
    page.bench.model.edit(page.bench.model.table.without_rule("r8"), "")
    settled()
    assert panel.sentences.text() != before
    page.keep_now()
    other = draft_from(office.session("manager"), drafted)
    page.reload()
    settled()
    page.show_version(other)
    settled()
    panel.others.setCurrentIndex(panel.others.findData(drafted))
    panel.others.activated.emit(panel.others.currentIndex())
    settled()
    assert panel.compared.difference.is_empty
    panel.reload(Changes.of(RESIDENTS))
    settled()
    assert panel.compared.difference.is_empty


def test_an_old_reason_is_warned_about_and_a_problem_is_said(compare, office, settled, monkeypatch):
    session = office.session("manager")
    draft = draft_from(session, rules.versions(session)[0].id)
    table = table_of(session, draft)
    fact = table.facts[0]
    cell = table.rules[0].cells[0]
    rule = table.rules[STARTER_ROW]
    save_draft(session, draft, table.with_cell(rule.id, fact.key, cell))
    _page, panel = compare()
    assert "第 8 行的条件改了" in panel.banner.sentence

    def broken(*_args):
        from pmdesk.errors import PmdeskError  # only here

        raise PmdeskError("The field is gone.")

    monkeypatch.setattr("pmdesk.services.rules.effect", broken)
    panel.reload(Changes.of(RESIDENTS))
    settled()
    assert panel.banner.sentence == "The field is gone."
    assert not any(card.isVisible() for card in panel.cards)


@pytest.mark.parametrize("scheme", list(Scheme))
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_it_is_drawn_in_both_schemes_and_sizes(drafted, compare, wear, settled, scheme, scale):
    _page, panel = compare()
    wear(scheme, scale)
    settled()
    view = panel.sides.views[1]
    model = panel.sides.after
    index = next(
        model.index(row, column)
        for row in range(model.rowCount())
        for column in range(model.columnCount())
        if model.data(model.index(row, column), TONE_ROLE) is Tone.GOOD
    )
    view.scrollTo(index)
    place = view.visualRect(index).bottomRight()
    picture = view.viewport().grab().toImage()
    shown = picture.pixelColor(place.x() - 3, place.y() - 3)
    assert shown.name() == theme.applied().ground(Tone.GOOD).name()
