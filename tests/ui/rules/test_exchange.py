"""Rules in files, from the page: out with two clicks, in after a look at what was understood."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLabel

from pmdesk.services import rule_examples, rules
from pmdesk.services.rule_exchange.exchange import export_dmn, read_file
from pmdesk.ui.pages.rules import RulesPage
from tests.services.rule_exchange.dmn_files import decision, dmn
from tests.services.rule_exchange.sheets import saved

CLEAN = ("保洁需求", "clean_need", "string")
QUESTION = decision([CLEAN], [('not("none")', '"care"'), ("-", '"standard"')])


@pytest.fixture
def open_page(office, tasks, prompts, shown):
    """The page as this account sees it."""

    def _open(login):
        return shown(RulesPage(office.session(login), tasks, prompts))

    return _open


@pytest.fixture
def look_at(open_page, prompts, settled, tmp_path):
    """The page of the manager after a file of that content was chosen."""

    def _look(content, name="rules.dmn"):
        page = open_page("manager")
        prompts.path = tmp_path / name
        prompts.path.write_bytes(content)
        page.exchange.importing.trigger()
        settled()
        return page

    return _look


def words(dialog):
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


@pytest.mark.parametrize(("at", "name"), [(0, "rules.xlsx"), (1, "rules.dmn")])
def test_the_shown_version_is_exported_where_the_user_says(
    office, open_page, prompts, settled, tmp_path, at, name
):
    page = open_page("reviewer")
    prompts.path = tmp_path / name
    page.exchange.exports[at].trigger()
    settled()
    manager = office.session("manager")
    newest = rules.versions(manager)[0].id
    assert read_file(manager, prompts.path).table == rules.table(manager, newest)
    assert name in prompts.told[0]


def test_the_dialog_says_what_becomes_of_the_examples(office, look_at, tmp_path):
    manager = office.session("manager")
    newest = rules.versions(manager)[0].id
    count = len(rule_examples.of(manager, newest).examples)
    whole = export_dmn(manager, newest, tmp_path / "whole.dmn").read_bytes()

    assert look_at(whole).exchange.dialog.examples.text() == (
        f"样例：沿用 {count} 个，其余请到“样例”页补齐。"
    )
    foreign = look_at(dmn(decision([CLEAN], [('"none"', '"care"'), ("-", '"standard"')])))
    assert foreign.exchange.dialog.examples.text() == "样例：没有可以沿用的，请到“样例”页补齐。"


def test_who_may_not_edit_rules_is_offered_no_import(open_page):
    page = open_page("reviewer")
    assert page.exchange.importing is None
    assert len(page.exchange.menu.actions()) == 2
    assert not page.acceptDrops()


def test_nothing_happens_when_the_user_goes_back(open_page, prompts, settled):
    page = open_page("manager")
    prompts.path = None
    page.exchange.importing.trigger()
    page.exchange.exports[0].trigger()
    settled()
    assert page.exchange.dialog is None
    assert prompts.told == []


def test_a_name_without_an_ending_gets_the_right_one(open_page, prompts, settled, tmp_path):
    page = open_page("manager")
    prompts.path = tmp_path / "rules"
    page.exchange.exports[0].trigger()
    settled()
    assert (tmp_path / "rules.xlsx").exists()


def test_what_was_edited_just_now_is_in_the_file(office, open_page, prompts, settled, tmp_path):
    manager = office.session("manager")
    draft = rules.draft_from(manager, rules.versions(manager)[0].id)
    page = open_page("manager")
    page.show_version(draft)
    settled()
    page.bench.model.edit(page.bench.model.table.without_rule("r8"), "x")
    prompts.path = tmp_path / "rules.dmn"
    page.exchange.exports[1].trigger()
    settled()
    saved = read_file(manager, prompts.path).table
    assert saved is not None
    assert "r8" not in {rule.id for rule in saved.rules}


def test_a_file_becomes_a_draft_after_a_look(office, look_at, qtbot, settled):
    before = len(rules.versions(office.session("manager")))
    page = look_at(saved(("保洁需求", "等级"), ("无", "关怀"), (None, "标准")), "rules.xlsx")
    dialog = page.exchange.dialog
    assert dialog.isVisible()
    assert "保洁需求" in words(dialog)
    assert len(rules.versions(office.session("manager"))) == before, "nothing is kept yet"
    qtbot.mouseClick(dialog.import_button, Qt.MouseButton.LeftButton)
    settled()
    assert not dialog.isVisible()
    newest = rules.versions(office.session("manager"))[0]
    assert len(rules.versions(office.session("manager"))) == before + 1
    assert page.bench.model.table == rules.table(office.session("manager"), newest.id)
    assert page.bench.model.editable


@pytest.mark.parametrize("keep", [False, True])
def test_the_question_about_unknown_is_answered_before_anything_is_kept(
    office, look_at, qtbot, settled, keep
):
    page = look_at(dmn(QUESTION))
    dialog = page.exchange.dialog
    (choice,) = dialog.answers.values()
    assert choice.value is False, "a rule never fits unknown unless somebody says so"
    if keep:
        qtbot.mouseClick(choice.buttons()[1], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(dialog.import_button, Qt.MouseButton.LeftButton)
    settled()
    cell = page.bench.model.table.rules[0].cells[0]
    assert cell.unknown is keep
    assert [fact.key for fact in page.bench.model.table.facts] == ["clean_need"]


def test_a_file_with_faults_lists_each_with_its_place_and_cannot_be_taken(look_at):
    page = look_at(saved(("保洁需求", "等级"), ("打扫", "关怀"), (None, "第一")), "rules.xlsx")
    dialog = page.exchange.dialog
    assert not dialog.import_button.isVisible()
    assert "第 2 行" in words(dialog)
    assert "第 3 行" in words(dialog)
    assert "2" in dialog.banner.sentence


def test_a_file_that_cannot_be_read_is_told_and_opens_nothing(look_at, prompts):
    page = look_at(b"hello")
    assert page.exchange.dialog is None
    assert len(prompts.told) == 1


def test_another_file_can_be_chosen_and_going_back_keeps_nothing(office, look_at, settled):
    page = look_at(dmn(QUESTION))
    before = rules.versions(office.session("manager"))
    first = page.exchange.dialog
    first.again_button.click()
    settled()
    assert page.exchange.dialog is not first
    page.exchange.dialog.reject()
    assert rules.versions(office.session("manager")) == before


def test_what_is_refused_while_importing_is_said_in_the_dialog(office, look_at, qtbot, settled):
    page = look_at(dmn(decision([CLEAN], [("-", ('"standard"', "高端客户优先"))])))
    dialog = page.exchange.dialog
    qtbot.mouseClick(dialog.import_button, Qt.MouseButton.LeftButton)
    settled()
    assert dialog.isVisible()
    assert "高端" in dialog.banner.sentence
    dialog.reject()


def test_a_file_dropped_on_the_page_is_looked_at(open_page, settled, qapp, tmp_path):
    page = open_page("manager")
    path = tmp_path / "rules.dmn"
    path.write_bytes(dmn(QUESTION))
    for name, taken in (("letter.pdf", False), ("rules.dmn", True)):
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(tmp_path / name))])
        events = _drag(data)
        for event in events:
            event.ignore()
            qapp.sendEvent(page, event)
        assert events[-1].isAccepted() is taken
    settled()
    assert page.exchange.dialog.isVisible()
    page.exchange.dialog.reject()


def _drag(data):
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), action, data, button, none)
    return enter, QDropEvent(QPointF(9, 9), action, data, button, none)


def test_a_draft_whose_field_left_the_catalogue_opens_and_is_mended(office, open_page, settled):
    manager = office.session("manager")
    draft = rules.draft_from(manager, rules.versions(manager)[0].id)
    with manager.store.writing() as work:
        text = work.rulesets.get(draft).document.replace("green_need", "grass_need")
        work.rulesets.rewrite(draft, text, "0" * 64)
        work.commit()
    page = open_page("manager")
    page.show_version(draft)
    settled()
    fact = next(one for one in page.bench.model.table.facts if one.key == "grass_need")
    assert "已停用" in fact.label.zh
    page.bench.model.edit(page.bench.model.table.without_rule("r8"), "x")
    page.save()
    settled()
    assert "grass_need" in page.bar.banner.sentence, "the way out is said"
    page.bench.acts.remove_column(fact)
    page.save()
    settled()
    assert "grass_need" not in {one.key for one in rules.table(manager, draft).facts}
