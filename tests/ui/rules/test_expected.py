"""The tab “examples”: made-up people, the tier they should get, and what the rules give."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from pmdesk.domain.office import RULES, Changes
from pmdesk.rules.examples import Example, Verdict, accepted, proposed
from pmdesk.services import rule_examples, rules
from pmdesk.ui.rules.expected.lines import person_words
from pmdesk.ui.rules.expected.panel import ExamplesPanel
from pmdesk.ui.rules.lifecycle import desk
from pmdesk.ui.rules.shown import Shown
from tests.offices import table_of


@pytest.fixture
def open_panel(office, tasks, prompts, shown, settled):
    """The tab for a version, as an account sees it."""

    def _open(login, ruleset, table=None):
        session = office.session(login)
        panel = shown(ExamplesPanel(session, tasks, prompts), 1000)
        panel.show_version(version(session, ruleset, table))
        settled()
        return panel

    return _open


def version(session, ruleset, table=None):
    versions = rules.versions(session)
    found = next(one for one in versions if one.id == ruleset)
    return Shown(
        ruleset=found,
        table=table or table_of(session, ruleset),
        desk=desk(found, session.staff, {}),
        facts=(),
        versions=versions,
        names={},
    )


@pytest.fixture
def draft(office):
    session = office.session("manager")
    made = rules.draft_from(session, rules.versions(session)[0].id)
    rule_examples.keep(session, made, ())
    return made


def test_an_author_completes_and_answers_them_with_the_keyboard(
    open_panel, draft, office, qtbot, settled
):
    panel = open_panel("manager", draft)
    assert panel.model.rowCount() == 0
    assert panel.fill.isEnabled()

    panel.complete()
    settled()
    count = panel.model.rowCount()
    assert count
    assert all(line.verdict is Verdict.OPEN for line in panel.model.rows)
    assert "待填写" in panel.summary.sentence

    qtbot.keyClick(panel, Qt.Key.Key_4)
    settled()
    assert panel.model.row(0).expected == "专项"
    assert panel._line.place == 1

    panel.accept()
    settled()
    found = rule_examples.of(office.session("manager"), draft)
    assert len(found.examples) == count
    assert Verdict.OPEN not in found.verdicts


def test_a_digit_answers_where_the_cursor_is_in_the_list(open_panel, draft, qtbot, settled):
    panel = open_panel("manager", draft)
    panel.fill.setFocus()
    qtbot.mouseClick(panel.fill, Qt.MouseButton.LeftButton)
    settled()
    assert panel.table.view.hasFocus()  # and not the button that removes

    qtbot.keyClick(panel.table.view, Qt.Key.Key_3)
    settled()

    assert panel.model.row(0).expected == "加强"
    assert panel._line.place == 1


def test_what_is_not_as_expected_is_gone_to_and_completing_is_not_offered_for_it(
    open_panel, draft, office, qtbot, settled
):
    session = office.session("manager")
    edited = table_of(session, draft).with_output("r8", tier="special")
    whole = accepted(edited, proposed(edited, ()))
    wrong = {place: replace(whole[place], tier="standard") for place in (2, 5)}
    known = [wrong.get(place, one) for place, one in enumerate(whole)]
    rule_examples.keep(session, draft, known)
    panel = open_panel("manager", draft, edited)
    assert panel._line.place == 2
    assert not panel.fill.isEnabled()

    given = [words for _key, words in edited.scheme.tiers]
    qtbot.keyClick(panel.table.view, Qt.Key.Key_1 + _at(given, panel._line.given))
    settled()

    assert panel._line.place == 5
    panel.show_version(version(session, draft, edited))  # as after an edit elsewhere
    panel.table.view.selectRow(0)
    settled()
    assert panel._line.place == 0


def _at(words, said):
    return [one.zh for one in words].index(said)


def test_whole_examples_say_so(open_panel, draft, settled):
    panel = open_panel("manager", draft)
    panel.complete()
    settled()
    panel.accept()
    settled()
    assert "都与预期一致" in panel.summary.sentence
    assert not panel.take.isVisible()
    assert not panel.fill.isEnabled()


def test_an_edit_in_the_grid_shows_which_examples_no_longer_agree(
    open_panel, draft, office, settled
):
    panel = open_panel("manager", draft)
    panel.complete()
    settled()
    panel.accept()
    settled()
    session = office.session("manager")
    edited = table_of(session, draft).with_output("r8", tier="special")

    panel.show_version(version(session, draft, edited))
    settled()

    assert "不符" in panel.summary.sentence
    assert any(line.verdict is Verdict.FAILS for line in panel.model.rows)


def test_a_chosen_example_is_removed(open_panel, draft, qtbot, settled):
    panel = open_panel("manager", draft)
    panel.complete()
    settled()
    before = panel.model.rowCount()
    qtbot.keyClick(panel, Qt.Key.Key_Delete)
    settled()
    assert panel.model.rowCount() == before - 1


def test_others_look_and_change_nothing(open_panel, draft, qtbot, settled):
    own = open_panel("manager", draft)
    own.complete()
    settled()

    panel = open_panel("reviewer", draft)

    assert panel.model.rowCount() == own.model.rowCount()
    assert not panel.fill.isVisible()
    assert not panel.remove.isVisible()
    qtbot.keyClick(panel, Qt.Key.Key_1)
    panel.delete()
    panel.expect("care")
    settled()
    assert all(line.expected == "" for line in panel.model.rows)


def test_a_reviewer_sees_what_was_stored_meanwhile(open_panel, draft, office, settled):
    panel = open_panel("reviewer", draft)
    assert panel.model.rowCount() == 0
    session = office.session("manager")
    made = proposed(table_of(session, draft), ())
    rule_examples.keep(session, draft, made)

    panel.reload(Changes.of(RULES))
    settled()

    assert panel.model.rowCount() == len(made)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "什么信息都没有的人"),
        ({"repair_need.water": True, "repair_need.electricity": False}, "维修关注：水；其余未知"),
        ({"repair_need.water": False}, "维修关注：这几项都没有；其余未知"),
        ({"clean_need": "in_home"}, "保洁需求：有入户意向；其余未知"),
    ],
)
def test_a_person_is_told_by_what_is_known(open_panel, draft, values, words):
    panel = open_panel("manager", draft)
    example = Example(rule="r1", fires=True, values=values)
    assert person_words(panel._shown.table, example) == words
