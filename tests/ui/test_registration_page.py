"""Registering somebody at the counter."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from pmdesk.domain import office as kinds
from pmdesk.domain.office import Changes
from pmdesk.services import drafts, residents
from pmdesk.ui import autosave
from pmdesk.ui.pages.registration import RegistrationPage

_CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(office_session, tasks, shown):
    return shown(RegistrationPage(office_session, tasks))


def _type(page, qtbot, name="王小明", mobile="13800001234", room="3栋1单元502", role=0):
    for key, text in (("person_name", name), ("mobile", mobile), ("unit_ref", room)):
        line = page.entries.form.editor(key).line
        line.selectAll()
        _commit(line, text)
    if role is not None:
        page.entries.form.editor("party_role").parts.buttons()[role].click()


def _commit(line, text):
    """What an input method does when a word is chosen."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(line, event)


def _problem(page, key):
    return page.entries.form.rows[key].problem


def test_a_resident_typed_in_is_in_the_register_and_opens(page, office_session, qtbot):
    _type(page, qtbot)
    with qtbot.waitSignal(page.opened) as opened:
        qtbot.keyClick(page, Qt.Key.Key_S, _CTRL)

    person = residents.detail(office_session, opened.args[0]).person
    assert (person.name, person.mobile, person.room) == ("王小明", "138****1234", "3-1-502")


def test_return_while_composing_saves_nothing_and_goes_nowhere(page, qtbot, settled):
    _type(page, qtbot)
    line = page.entries.form.editor("person_name").line
    line.setFocus()
    QApplication.sendEvent(line, QInputMethodEvent("xiao", []))
    with qtbot.assertNotEmitted(page.opened):
        qtbot.keyClick(line, Qt.Key.Key_Return)
        qtbot.keyClick(line, Qt.Key.Key_S, _CTRL)
        settled()

    assert line.hasFocus()


def test_enter_goes_to_the_next_field(page, qtbot):
    name = page.entries.form.editor("person_name").line
    assert name.hasFocus()
    qtbot.keyClick(name, Qt.Key.Key_Return)

    assert page.entries.form.editor("mobile").line.hasFocus()


def test_a_problem_stands_under_its_field_after_leaving_it(page, qtbot):
    _type(page, qtbot, mobile="1380000", room="四楼那家", role=None)
    page.entries.form.editor("mobile").left.emit()
    page.entries.form.editor("unit_ref").left.emit()

    assert "11" in page.entries.form.rows["mobile"]._words.text()
    assert _problem(page, "unit_ref") is not None
    assert _problem(page, "party_role") is None  # not visited yet


def test_saving_an_unfinished_form_shows_every_problem_and_saves_nothing(page, qtbot, settled):
    with qtbot.assertNotEmitted(page.opened):
        page.saver.click()
        settled()

    assert all(_problem(page, key) for key in ("person_name", "unit_ref", "party_role"))
    assert page.entries.form.editor("person_name").line.hasFocus()


def test_the_room_is_read_back_as_it_was_understood(page, qtbot):
    _type(page, qtbot, room="3-1-502")

    assert page.entries._reading.text() == "识别为：3 栋 1 单元 502 室"
    _type(page, qtbot, room="A座1202")
    assert page.entries._reading.text() == "识别为：A 栋 1202 室"


def test_save_and_next_empties_the_form_for_the_next_one(page, office_session, qtbot):
    _type(page, qtbot)
    page.look_alikes.show_people(())
    with qtbot.assertNotEmitted(page.opened):
        qtbot.keyClick(page, Qt.Key.Key_Return, _CTRL)
        qtbot.waitUntil(lambda: page.entries.entry.is_blank)

    assert "王*明" in page.done.sentence
    assert "小" not in page.done.sentence
    assert page.entries.form.editor("person_name").line.hasFocus()


def test_look_alikes_appear_while_typing_and_never_block(
    office_session, tasks, shown, enter, qtbot
):
    known = enter("王晓明", "13900001234", "8-1-101")
    page = shown(RegistrationPage(office_session, tasks))
    _type(page, qtbot)
    qtbot.waitUntil(lambda: bool(page.look_alikes.people))

    assert page.look_alikes.isVisible()
    with qtbot.waitSignal(page.opened) as opened:
        page.saver.click()
    assert opened.args[0] != known


def test_a_look_alike_can_be_opened_or_set_apart_for_good(
    office_session, tasks, shown, enter, qtbot, settled
):
    known = enter("王晓明", "13900001234", "8-1-101")
    page = shown(RegistrationPage(office_session, tasks, "王晓明"))
    page.reload()
    qtbot.waitUntil(lambda: bool(page.look_alikes.people))
    open_it, apart = page.look_alikes.people[0].findChildren(type(page.saver))
    with qtbot.waitSignal(page.opened) as opened:
        open_it.click()
    apart.click()
    page.reload(Changes.of(kinds.RESIDENTS))
    settled()

    assert opened.args == [known]
    assert page.look_alikes.isHidden()


def test_undo_and_redo_go_through_the_fields_by_name(page, qtbot):
    _type(page, qtbot)
    line = page.entries.form.editor("unit_ref").line
    line.setFocus()
    assert page.entries.history.stack.undoText() == "修改“身份”"
    qtbot.keyClick(line, Qt.Key.Key_Z, _CTRL)
    qtbot.keyClick(line, Qt.Key.Key_Z, _CTRL)

    assert page.entries.entry.role == ""
    assert line.text() == ""
    assert page.entries.entry.mobile == "13800001234"
    qtbot.keyClick(line, Qt.Key.Key_Y, _CTRL)
    assert line.text() == "3栋1单元502"


def test_what_was_typed_is_kept_and_comes_back_visibly(
    office_session, tasks, shown, qtbot, monkeypatch
):
    monkeypatch.setattr(autosave, "PAUSE_MS", 1)
    page = shown(RegistrationPage(office_session, tasks))
    _type(page, qtbot)
    with qtbot.waitSignal(page.autosave.kept):
        pass
    page.hide()
    again = shown(RegistrationPage(office_session, tasks))

    assert again.draft.isVisible()
    assert again.entries.entry.is_blank
    again.draft.restore.click()
    assert again.entries.entry == page.entries.entry
    assert not again.entries.history.is_clean


def test_a_lock_keeps_what_waits_and_saving_removes_the_draft(page, office_session, qtbot):
    _type(page, qtbot)
    page.keep_draft()
    (kept,) = drafts.mine(office_session)
    assert json.loads(kept.document)["person_name"] == "王小明"
    with qtbot.waitSignal(page.opened):
        page.saver.click()

    assert drafts.mine(office_session) == ()


def test_a_lock_before_the_older_draft_is_found_costs_neither(office_session, tasks, shown, qtbot):
    drafts.keep(office_session, "resident", "new", '{"person_name": "曾"}')
    page = shown(RegistrationPage(office_session, tasks))
    _type(page, qtbot)
    page.keep_draft()  # the draft of before is still being looked up

    documents = (json.loads(one.document) for one in drafts.mine(office_session))
    assert {one["person_name"] for one in documents} == {"王小明", "曾"}


def test_somebody_else_takes_the_place_of_no_draft(office_session, tasks, shown, settled, qtbot):
    drafts.keep(office_session, "resident", "new", '{"person_name": "曾"}')
    page = shown(RegistrationPage(office_session, tasks))
    settled()
    _type(page, qtbot)
    page.keep_draft()
    assert len(drafts.mine(office_session)) == 2
    with qtbot.waitSignal(page.opened):
        page.saver.click()

    (kept,) = drafts.mine(office_session)
    assert "曾" in kept.document
    again = shown(RegistrationPage(office_session, tasks, draft="new"))
    settled()
    assert again.draft.isVisible()


def test_leaving_the_form_at_once_loses_nothing(page, office_session, qtbot, settled):
    _type(page, qtbot)
    page.hide()
    settled()

    assert len(drafts.mine(office_session)) == 1


def test_a_discarded_draft_is_gone(office_session, tasks, shown, settled):
    drafts.keep(office_session, "resident", "new", '{"person_name": "王"}')
    page = shown(RegistrationPage(office_session, tasks))
    page.draft.discard.click()
    settled()

    assert page.draft.isHidden()
    assert drafts.mine(office_session) == ()


def test_a_full_disk_keeps_everything_on_the_page(page, qtbot, settled, monkeypatch):
    from pmdesk.errors import StorageError

    def full(*_args):
        raise StorageError("The disk is full.", "Free some space.")

    _type(page, qtbot)
    monkeypatch.setattr(residents, "register", full)
    page.saver.click()
    settled()

    assert "The disk is full." in page.done.sentence
    assert page.entries.entry.name == "王小明"
    assert page.saver.isEnabled()
