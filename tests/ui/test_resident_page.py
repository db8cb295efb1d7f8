"""The page of one resident: locked groups, entries, withdrawal."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from pmdesk.domain import office as kinds
from pmdesk.domain.consents import Decision
from pmdesk.domain.office import Changes
from pmdesk.domain.purposes import PurposeCode
from pmdesk.errors import StorageError
from pmdesk.services import drafts, residents
from pmdesk.services.consent import consents
from pmdesk.ui import autosave
from pmdesk.ui.pages.resident import ResidentPage
from tests.offices import P1, P2, P5, PAPER, answers, consenting, decide, resident
from tests.ui.residents import commit, editor, stored, words

_CTRL = Qt.KeyboardModifier.ControlModifier
PLATE = PurposeCode("P1-plate")


@pytest.fixture
def person(office_session):
    values = {"clean_need": "in_home"}
    return consenting(office_session, P2, P5, values=values, name="曾国强")


@pytest.fixture
def page(office_session, tasks, prompts, shown, person):
    return shown(ResidentPage(office_session, tasks, prompts, person))


def test_each_locked_group_says_why_how_and_who_to_everybody(page):
    panel = page.groups[PLATE].lock_panel
    sentence = page.groups[PLATE].why_locked()

    assert "还没有就“车牌号（车位放行）”征求本人同意" in sentence
    assert "怎样解锁" in sentence
    assert "您现在就可以办理" in sentence
    assert panel.toolTip() == panel.accessibleDescription() == sentence
    assert all(part in words(panel) for part in sentence.split("\n"))


def test_the_contract_group_is_never_locked_by_a_refusal(office_session, tasks, prompts, shown):
    person = resident(office_session)
    decide(office_session, person, {P2: False}, PAPER)
    page = shown(ResidentPage(office_session, tasks, prompts, person))

    assert page.groups[P1].lock_panel is None
    assert "本人的权利" in page.groups[P2].why_locked()


def test_a_key_asks_for_consent_and_another_says_why_it_is_locked(page, qtbot, person):
    with qtbot.waitSignal(page.consent_requested) as asked:
        qtbot.keyClick(page, Qt.Key.Key_G, _CTRL)
    assert asked.args == [person, PLATE]
    qtbot.keyClick(page, Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)

    assert page.note.sentence == page.groups[PLATE].why_locked()
    assert page.groups[PLATE].lock_panel.button.hasFocus()


def test_the_button_of_a_locked_group_begins_with_that_purpose(page, qtbot, person):
    with qtbot.waitSignal(page.consent_requested) as asked:
        page.groups[PurposeCode("P8")].lock_panel.button.click()

    assert asked.args == [person, "P8"]


def test_a_saved_answer_moves_the_tier_at_once(page, office_session, person, qtbot, settled):
    before = page.tier.reason.text()
    chips = editor(page, P2, "repair_need").parts
    codes = [option.code for option in page.groups[P2].answers.fields["repair_need"].options]
    chips.buttons()[codes.index("water")].click()
    qtbot.keyClick(page, Qt.Key.Key_S, _CTRL)
    settled()

    assert stored(office_session, person, P2)["repair_need"] == ("water",)
    assert page.tier.reason.text() != before
    assert page.detail.tier.code == "enhanced"
    assert not page.groups[P2].is_dirty


def test_without_consent_the_standard_is_named_and_explained(office_session, tasks, prompts, shown):
    page = shown(ResidentPage(office_session, tasks, prompts, resident(office_session)))

    assert "按标准服务" in page.tier.reason.text()
    assert page.tier.why.isHidden()


def test_the_explanation_is_one_press_away(page, qtbot, person):
    with qtbot.waitSignal(page.explain_requested) as asked:
        page.tier.why.click()

    assert asked.args == [person]


def test_return_while_composing_saves_nothing(page, office_session, person, settled, qtbot):
    line = editor(page, P1, "mail_address").line
    commit(line, "江边路")
    line.setFocus()
    QApplication.sendEvent(line, QInputMethodEvent("yi", []))
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.keyClick(page, Qt.Key.Key_S, _CTRL)
    settled()

    assert stored(office_session, person, P1) == {}
    assert line.hasFocus()


def test_a_problem_keeps_the_group_open_and_marks_the_field(page, office_session, person, settled):
    commit(editor(page, P1, "email").line, "nobody")
    page.save()
    settled()

    assert stored(office_session, person, P1) == {}
    assert "name@example.cn" in words(page.groups[P1].answers)
    assert editor(page, P1, "email").line.hasFocus()


def test_undo_goes_back_in_the_group_that_was_edited(page, qtbot):
    line = editor(page, P1, "mail_address").line
    commit(line, "江边路 8 号")
    page.setFocus()
    qtbot.keyClick(page, Qt.Key.Key_Z, _CTRL)

    assert line.text() == ""
    assert not page.groups[P1].is_dirty
    qtbot.keyClick(page, Qt.Key.Key_Y, _CTRL)
    assert line.text() == "江边路 8 号"


def test_a_draft_comes_back_on_the_new_page(
    office_session, tasks, prompts, shown, person, qtbot, monkeypatch
):
    monkeypatch.setattr(autosave, "PAUSE_MS", 1)
    page = shown(ResidentPage(office_session, tasks, prompts, person))
    with qtbot.waitSignal(page.groups[P1].autosave.kept):
        commit(editor(page, P1, "mail_address").line, "江边路")
    page.hide()
    again = shown(ResidentPage(office_session, tasks, prompts, person))
    assert again.groups[P1].draft.isVisible()
    assert again.groups[P2].draft.isHidden()
    again.groups[P1].draft.restore.click()

    assert editor(again, P1, "mail_address").line.text() == "江边路"
    assert again.groups[P1].is_dirty


def test_leaving_the_page_at_once_loses_nothing(page, office_session, person, settled):
    commit(editor(page, P1, "mail_address").line, "江边路")
    page.hide()
    settled()

    assert drafts.kept(office_session, "answers", drafts.answers_of(person, P1))


def test_a_lock_keeps_what_was_not_saved(page, office_session, person):
    commit(editor(page, P1, "mail_address").line, "江边路")
    page.keep_draft()

    assert drafts.kept(office_session, "answers", drafts.answers_of(person, P1))


def test_somebody_elses_save_is_told_and_not_overwritten_by_accident(
    page, office_session, person, settled
):
    commit(editor(page, P1, "mail_address").line, "江边路")
    residents.save_answers(office_session, person, P1, answers(email="a@example.cn"))
    page.save()
    settled()

    group = page.groups[P1]
    assert "通讯地址" in group.note.sentence
    assert "电子邮箱" in group.note.sentence
    assert stored(office_session, person, P1) == {"email": "a@example.cn"}
    page.save()
    settled()
    assert stored(office_session, person, P1) == {"mail_address": "江边路"}


def test_another_pages_change_is_shown_but_what_was_typed_stays(
    page, office_session, person, settled
):
    commit(editor(page, P1, "mail_address").line, "江边路")
    residents.save_answers(office_session, person, P1, answers(email="a@example.cn"))
    consents.withdraw(office_session, person, P5)
    page.reload(Changes.of(kinds.RESIDENTS, people=[person]))
    settled()

    assert editor(page, P1, "mail_address").line.text() == "江边路"
    assert page.groups[P1].note.isVisible()
    assert page.groups[P5].lock_panel is not None


def test_a_full_disk_keeps_what_was_typed(page, settled, monkeypatch):
    def full(*_args, **_rest):
        raise StorageError("The disk is full.")

    monkeypatch.setattr(residents, "save_answers", full)
    commit(editor(page, P1, "mail_address").line, "江边路")
    page.save()
    settled()

    assert "The disk is full." in page.groups[P1].note.sentence
    assert page.groups[P1].saver.isEnabled()
    assert page.groups[P1].is_dirty


# ---- withdrawal ----------------------------------------------------------------------------


def test_two_presses_withdraw_and_say_beforehand_what_is_erased(
    page, office_session, person, settled
):
    page.groups[P2].withdraw.click()
    panel = page.groups[P2].withdrawal
    said = words(panel)
    assert "入户" not in said  # names of fields, not values
    assert "保洁" in said
    assert "不能恢复" in said
    assert "2029-03-02" in said
    panel.confirm.click()
    settled()

    detail = residents.detail(office_session, person)
    assert detail.classification is None
    assert stored(office_session, person, P2) == {}
    assert page.groups[P2].lock_panel is not None
    assert "按标准服务" in page.tier.reason.text()
    assert "撤回" in page.receipt.sentence


def test_withdrawing_asks_for_nothing_but_the_two_presses(page, prompts, settled):
    page.groups[P2].withdraw.click()
    page.groups[P2].withdrawal.confirm.click()
    settled()

    assert prompts.asked == []


def test_who_goes_back_withdraws_nothing(page, office_session, person, settled):
    page.groups[P2].withdraw.click()
    page.groups[P2].show_withdrawal()
    page.groups[P2].withdrawal.back.click()
    settled()

    assert page.groups[P2].withdrawal is None
    assert residents.detail(office_session, person).events[0].decision is Decision.GIVEN


def test_the_receipt_of_a_withdrawal_is_a_file_with_the_number(page, prompts, tmp_path, settled):
    prompts.path = tmp_path / "receipt.pdf"
    page.groups[P2].withdraw.click()
    page.groups[P2].withdrawal.confirm.click()
    settled()
    page.receipt.action.click()
    settled()

    assert prompts.path.read_bytes().startswith(b"%PDF")
    assert "receipt.pdf" in page.receipt.sentence


def test_a_withdrawal_that_failed_can_be_tried_again(page, prompts, settled, monkeypatch):
    def full(*_args, **_rest):
        raise StorageError("The disk is full.")

    monkeypatch.setattr(consents, "withdraw", full)
    page.groups[P2].withdraw.click()
    page.groups[P2].withdrawal.confirm.click()
    settled()

    assert prompts.told == ["The disk is full."]
    assert page.groups[P2].withdrawal.confirm.isEnabled()
