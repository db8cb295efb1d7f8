"""What a table means: how rows decide, columns for several options, S-FEEL, reasons."""

import pytest
from PySide6.QtCore import Qt

from pmdesk.assets import asset
from pmdesk.i18n import _, install
from pmdesk.rules.diff_words import POLICY_WORDS
from pmdesk.rules.rule import HitPolicy
from pmdesk.services.rule_exchange.sheet_writing import policy_words
from pmdesk.ui.rules.group_dialog import GroupDialog
from pmdesk.ui.rules.policy_box import ANSWERS
from tests.ui.rules.hands import LAST, LEGAL, MONTHS, REASON, TIER, WATER, here, said
from tests.ui.rules.starter import COLUMNS, table


def test_the_topmost_row_deciding_warns_and_offers_to_keep_the_meaning(bench, at):
    box = bench.toolbar.policy.box
    bench.acts.move_rows((20,), 0)
    assert bench.meaning.isHidden()

    box.activated.emit(box.findData("first"))

    assert bench.model.table.policy is HitPolicy.FIRST
    assert "次序" in bench.meaning.sentence
    bench.meaning.action.click()
    assert bench.model.table.rules[0].tier == "special"
    assert bench.meaning.action.isHidden()
    for _step in range(3):
        bench.undo.undo()
    assert bench.model.table == table()
    assert box.currentData() == "priority"


def test_one_row_only_is_checked_and_an_overlap_is_an_error(bench, settled):
    box = bench.toolbar.policy.box

    box.activated.emit(box.findData("unique"))
    bench.look_now()
    settled()

    assert bench.model.has_errors()
    assert "不能提交" in bench.meaning.sentence


def test_several_options_of_one_field_make_one_column(bench, at):
    at(3, WATER)
    bench.toolbar.add_column.setFocus()
    menu = bench.toolbar.add_column.fill()
    lists = [action.menu() for action in menu.actions() if action.menu()]
    repairs = next(m for m in lists if m.title() == "维修关注")
    repairs.actions()[-1].trigger()
    dialog = bench.findChild(GroupDialog)
    assert not dialog.done_button.isEnabled()
    for chip in dialog.chips.buttons()[:2]:
        chip.click()

    dialog.done_button.click()

    fact = bench.model.table.facts[-1]
    assert here(bench) == (3, len(table().facts))  # in the row where one was
    assert bench.grid.has_focus
    assert len(fact.any_of) == 2
    assert fact.label.zh.endswith("任一")
    bench.undo.undo()
    assert bench.model.table == table()


def test_the_options_of_such_a_column_are_changed_and_its_cells_kept(bench):
    flags = [f for f in table().facts if f.list == "repair_need"]
    before = flags[0]

    dialog = bench.columns.ask_group(flags, before)
    assert dialog.ticked == (before,)
    dialog.chips.buttons()[1].click()
    dialog.done_button.click()

    column = bench.model.table.column_of(f"{before.key}|{flags[1].any_of[0]}")
    assert column == WATER
    kept = [rule.cells[WATER] for rule in bench.model.table.rules]
    assert kept == [rule.cells[WATER] for rule in table().rules]
    words = [a.text() for a in bench.columns.menu(column).actions()]
    assert words[0] == "改选项…"


def test_a_column_that_is_there_already_is_not_added_twice(bench):
    flags = [f for f in table().facts if f.list == "repair_need"]
    for _time in range(2):
        dialog = bench.columns.ask_group(flags, None)
        for chip in dialog.chips.buttons()[:2]:
            chip.click()
        dialog.done_button.click()

    assert len(bench.model.table.facts) == len(table().facts) + 1
    assert "已经有一列" in bench.message.sentence


def test_experts_see_and_type_s_feel(bench, at):
    at(3, COLUMNS["clean_need"])
    bench.toolbar.expert.setChecked(True)

    assert said(bench, 3, COLUMNS["clean_need"]) == '"in_home"'
    assert bench.card.line.text() == '"in_home"'
    assert bench.model.attempt(3, MONTHS, "[12..24)")
    assert said(bench, 3, MONTHS) == "[12..24)"
    assert said(bench, 3, TIER) != "enhanced"
    bench.toolbar.expert.setChecked(False)
    assert said(bench, 3, MONTHS) == "12 到不足 24 个月"


def test_no_cell_shows_quotes_or_brackets_to_others(bench):
    columns = range(len(COLUMNS))
    cells = [bench.model.index(row, c) for row in range(LAST) for c in columns]

    shown = {i.data() for i in cells} | {i.data(Qt.ItemDataRole.EditRole) for i in cells}

    assert not [text for text in shown if set(text) & set('"[](){}')]


def test_reason_and_ground_are_written_in_the_card_and_counted(bench, at, qtbot):
    at(3, REASON)
    card = bench.card
    assert card.prose.isVisible()
    assert card.line.isHidden() or not card.line.isVisible()
    card.prose.setPlainText("长" * 121)
    assert card.count.text() == "121 / 120 字"
    bench.settle()
    assert "120" in card.problem.text()
    assert bench.model.table == table()
    card.prose.setPlainText("按本人\n选择安排")
    bench.settle()
    assert bench.model.rule_at(3).reason == "按本人 选择安排"

    at(3, LEGAL)
    assert card.count.isHidden()
    card.prose.setPlainText("民法典第942条")
    bench.settle()
    assert bench.model.rule_at(3).legal == "民法典第942条"


def test_the_dialog_is_as_high_as_its_options_need(bench):
    flags = [f for f in bench.columns.offered if f.list == "repair_need" and "|" not in f.key]
    dialog = bench.columns.ask_group(flags, None)
    dialog.setFixedWidth(300)
    dialog.chips.chosen.emit(())

    needed = dialog.layout().totalHeightForWidth(300)

    assert dialog.height() == needed
    assert dialog.chips.heightForWidth(252) > dialog.done_button.height(), "several lines"
    dialog.reject()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_policy_is_called_alike_in_the_window_in_a_sheet_and_in_a_comparison(language, chinese):
    install(language, asset("locale"))
    for policy, answer in ANSWERS.items():
        name = _(POLICY_WORDS[policy])
        assert _(answer).startswith(name)
        assert policy_words(policy).startswith(name)
