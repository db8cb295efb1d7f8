"""The page of one resident: sealed values, the person's own entries, who may see what."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from pmdesk.domain.people import PersonId
from pmdesk.services import residents
from pmdesk.ui.pages.resident import ResidentPage
from tests.offices import P1, P2, PLATE, consenting
from tests.ui.residents import commit, editor, words

_CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def person(office_session):
    values = {"clean_need": "in_home"}
    return consenting(office_session, P2, PLATE, values=values, name="曾国强")


@pytest.fixture
def page(office_session, tasks, prompts, shown, person):
    return shown(ResidentPage(office_session, tasks, prompts, person))


# ---- sealed values -------------------------------------------------------------------------


def _reasons(page):
    return page.groups[PLATE].sealed.reasons


def reveal(page, settled):
    """The whole number is on the screen, for the first reason of the list."""
    page.card.eye.click()
    page.card.reasons.choices[0].click()
    settled()


def _sealed(page):
    return page.groups[PLATE].sealed.fields[0]


def _write(page, settled):
    field = _sealed(page)
    field.write.click()
    commit(field.form.editor("plate_no").line, "演A12345")
    field.seal.click()
    settled()


def test_a_sealed_value_is_written_and_a_clerk_cannot_read_it_back(page, settled):
    _write(page, settled)

    assert _sealed(page).pill.badge.words == "已密封"
    assert _sealed(page).open.isHidden()
    assert "演A" not in words(page)


def test_a_leader_opens_it_for_a_reason_and_it_is_gone_when_the_page_is_left(
    office, tasks, prompts, shown, person, settled
):
    page = shown(ResidentPage(office.session("manager"), tasks, prompts, person))
    _write(page, settled)
    with office.logged() as acts:
        _sealed(page).open.click()
        _reasons(page).choices[0].click()
        settled()
    assert "演A12345" in words(_sealed(page))
    assert acts == [("sealed.open", f"person:{person}", ("plate_no",))]
    page.hide()

    assert _sealed(page).clear_text.text() == ""


def test_without_a_reason_nothing_is_opened(office, tasks, prompts, shown, person, settled):
    page = shown(ResidentPage(office.session("manager"), tasks, prompts, person))
    _write(page, settled)
    _sealed(page).open.click()
    _reasons(page).choices[-1].click()
    _reasons(page).own.setText(" ")
    _reasons(page).fine.click()
    settled()

    assert _reasons(page).isVisible()
    assert _sealed(page).clear_text.text() == ""


# ---- person --------------------------------------------------------------------------------


def test_the_number_is_masked_until_a_reason_is_given(page, office, settled, person, qtbot):
    assert page.card.mobile.text() == "138****1234"
    with office.logged() as acts:
        page.card.eye.click()
        qtbot.keyClick(page.card.reasons.choices[0], Qt.Key.Key_2)
        settled()
    assert page.card.mobile.text() == "13800001234"
    assert acts == [("reveal", f"person:{person}", ("mobile", "why:call_back"))]
    page.card.eye.click()

    assert page.card.mobile.text() == "138****1234"


def test_a_number_that_nobody_hides_is_masked_after_a_minute(page, settled):
    reveal(page, settled)
    assert page.card._timer.isActive()
    page.card._timer.timeout.emit()

    assert page.card.mobile.text() == "138****1234"


def test_a_reload_leaves_a_number_that_is_shown_its_minute(page, settled):
    reveal(page, settled)
    page.reload()
    settled()

    assert page.card.mobile.text() == "13800001234"


def test_a_copied_number_goes_from_the_clipboard_when_it_is_masked(page, settled, qapp):
    reveal(page, settled)
    qapp.clipboard().setText(f"电话 {page.card.mobile.text()}")
    page.card.hide_mobile()
    assert qapp.clipboard().text() == ""
    qapp.clipboard().setText("别的内容")
    page.card.hide_mobile()

    assert qapp.clipboard().text() == "别的内容"


def test_a_reason_holds_for_a_while_on_the_page_of_one_person(page, office, settled, person):
    reveal(page, settled)
    page.card.eye.click()
    with office.logged() as acts:
        page.card.eye.click()
        settled()

    assert page.card.reasons.isHidden()
    assert acts == [("reveal", f"person:{person}", ("mobile", "why:service"))]


def test_a_reason_that_holds_refused_words_shows_nothing(page, prompts, settled):
    page.card.eye.click()
    page.card.reasons.choices[-1].click()
    page.card.reasons.own.setText("他是少数民族")
    page.card.reasons.own.returnPressed.emit()
    settled()

    assert len(prompts.told) == 1
    assert page.card.mobile.text() == "138****1234"


def test_to_correct_the_entries_is_a_reason_on_record(page, office, settled, person):
    with office.logged() as acts:
        page.card.edit.click()
        settled()

    assert acts == [("reveal", f"person:{person}", ("mobile", "why:correcting"))]
    assert page.correction.entries.entry.mobile == "13800001234"


def test_a_form_to_correct_goes_with_the_page_unless_something_was_typed(page, settled):
    page.card.edit.click()
    settled()
    page.hide()
    assert page.correction.isHidden()
    page.show()
    page.card.edit.click()
    settled()
    commit(page.correction.entries.form.editor("person_name").line, "曾国富")
    page.hide()
    page.show()

    assert page.correction.isVisible()


def test_leaving_the_page_masks_the_number_and_forgets_the_reason(page, settled):
    reveal(page, settled)
    page.hide()
    page.show()
    page.card.eye.click()
    assert page.card.reasons.isVisible()

    assert page.card.mobile.text() == "138****1234"


def test_a_correction_stands_and_the_page_follows(page, qtbot, settled):
    page.card.edit.click()
    settled()
    commit(page.correction.entries.form.editor("person_name").line, "曾国富")
    qtbot.keyClick(page, Qt.Key.Key_S, _CTRL)
    settled()

    assert page.card.name.text() == "曾国富"
    assert page.correction.isHidden()
    assert page.card.isVisible()


def test_a_correction_of_an_old_state_is_refused_and_kept(page, office_session, person, settled):
    page.card.edit.click()
    settled()
    commit(page.correction.entries.form.editor("person_name").line, "曾国富")
    old = page.detail.person
    entry = page.correction.entries.entry.registration()
    residents.correct(office_session, person, entry, revision=old.revision)
    page.correction.save()
    settled()

    assert page.correction.note.isVisible()
    assert page.correction.entries.entry.name == "曾国富"


def test_the_record_tells_decisions_in_plain_words(page):
    said = words(page.timeline)

    assert "同意“服务需求分类”" in said
    assert "纸质签字" in said


def test_a_resident_who_is_gone_leads_back(office_session, tasks, prompts, shown, qtbot):
    page = ResidentPage(office_session, tasks, prompts, PersonId(4711))
    with qtbot.waitSignal(page.back_requested):
        shown(page)

    assert len(prompts.told) == 1


def test_a_reviewer_sees_everything_and_changes_nothing(office, tasks, prompts, shown, person):
    page = shown(ResidentPage(office.session("reviewer"), tasks, prompts, person))
    visible = [one.text() for one in page.findChildren(QPushButton) if one.isVisible()]

    assert not {"保存", "现在取得同意", "填写"} & set(visible)
    assert "撤回同意" in visible  # whoever is asked takes a withdrawal (PIPL 15)
    assert not editor(page, P1, "email").isEnabled()
    assert "角色" in page.groups[P1].why_locked()


def test_opening_is_logged_once_however_often_it_is_read_again(
    office, office_session, tasks, prompts, shown, person, settled
):
    with office.logged() as acts:
        page = shown(ResidentPage(office_session, tasks, prompts, person))
        page.reload()
        settled()

    assert [act for act, _who, _fields in acts] == ["resident.open"]
