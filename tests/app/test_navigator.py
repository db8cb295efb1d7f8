"""The ways from one page to another, as their signals ask for them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from pmdesk.assets import asset
from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.consents import ConsentState
from pmdesk.domain.office import RESIDENTS, Changes
from pmdesk.i18n import install
from pmdesk.services import drafts, home
from tests.offices import resident


@pytest.fixture
def settled(room, qtbot):
    def _settled():
        qtbot.waitUntil(lambda: room.tasks.is_idle)

    return _settled


@pytest.fixture
def person(room):
    return resident(room.entered.session, "曾国强", "13800000042", "3-1-502")


def page(room):
    """The key of the open page, or the type of a detail page."""
    shown = room.main.page
    return shown.objectName().removeprefix("page.") or type(shown).__name__


def test_a_search_leads_to_the_list(room, settled):
    room.main.search_requested.emit("曾")
    settled()

    assert page(room) == "residents"
    assert room.main.page.query.text == "曾"


def test_who_types_at_home_goes_on_typing_in_the_list(room, settled, qtbot):
    qtbot.waitActive(room.main)
    qtbot.keyClicks(room.main.page.search, "z")
    qtbot.waitUntil(lambda: page(room) == "residents")
    qtbot.keyClicks(room.main.focusWidget(), "gq")
    qtbot.waitUntil(lambda: room.main.page.query.text == "zgq")
    settled()


def test_a_search_is_over_once_another_page_is_opened(room, settled, person, qtbot):
    def searched(text):
        room.main.search.clear_search()
        qtbot.keyClicks(room.main.search, text)
        qtbot.waitUntil(lambda: page(room) == "residents" and room.main.page.query.text == text)
        assert room.main.search.text() == text
        settled()

    def rests():
        settled()
        return not room.main.search.text() and not room.main.page_of("residents").query.text

    searched("zgq")
    room.main.open_page("rules")
    assert rests()
    searched("zgq")
    room.navigator.open_resident(person)
    settled()
    room.main.page.back_requested.emit()
    assert rests()
    searched("nobody")
    room.main.page.register_requested.emit("")
    assert rests()
    room.navigator.back()
    settled()
    searched("zgq")
    room.navigator.open_resident(person)
    settled()
    searched("nobody")  # typed over a detail page: it stays while one types
    room.main.sidebar.chosen.emit("residents")
    assert rests()


def test_after_a_registration_the_list_is_whole(room, settled):
    room.main.page.searched.emit("nobody")
    settled()
    room.main.page.register_requested.emit("")
    settled()
    room.navigator.back()
    settled()
    assert not room.main.page.query.text


def test_the_sidebar_leads_to_everybody(room, settled):
    room.navigator.show_list(ResidentQuery(consent=ConsentState.EXPIRING))
    room.main.sidebar.chosen.emit("residents")
    settled()
    assert not room.main.page.query.is_narrowed


@pytest.fixture
def searching(chinese, room, qtbot):
    """The window in Chinese, with the cursor in its search."""
    with qtbot.waitActive(room.main):
        room.main.activateWindow()
    room.main.search.setFocus()
    qtbot.waitUntil(room.main.search.hasFocus)
    return room


@pytest.fixture
def chinese():
    install("zh_CN", asset("locale"))


def typed(room, qtbot, text, *keys):
    """What the search box does with text, as an input method commits it, and keys."""
    QApplication.sendEvent(room.main.search, committing(text))
    for key in keys:
        qtbot.keyClick(room.main.search, key)


def committing(text):
    event = QInputMethodEvent()
    event.setCommitString(text)
    return event


@pytest.mark.parametrize(
    ("text", "leads"), [(" 规则 ", "rules"), ("班次", "staffing"), ("月报", "charts")]
)
def test_the_name_of_a_page_or_a_part_opens_it_and_searches_nobody(
    searching, settled, qtbot, text, leads
):
    with qtbot.assertNotEmitted(searching.main.search_requested, wait=0):
        typed(searching, qtbot, text, Qt.Key.Key_Return)
    settled()

    assert page(searching) == leads
    assert not searching.main.search.text()
    assert searching.main.places.isHidden()


def test_a_part_is_shown_in_its_page(searching, settled, qtbot):
    typed(searching, qtbot, "巡查", Qt.Key.Key_Return)
    settled()

    assert searching.main.page.bar.currentIndex() == 2


def test_letters_that_fit_somebody_search_people_and_arrows_choose_the_page(
    searching, settled, qtbot
):
    resident(searching.entered.session, "高子轩", "13800000043", "3-1-503")
    typed(searching, qtbot, "gz", Qt.Key.Key_Return)
    settled()
    assert page(searching) == "residents"
    assert searching.main.page.query.text == "gz"
    assert searching.main.places.isVisible()

    qtbot.keyClick(searching.main.search, Qt.Key.Key_Down)
    qtbot.keyClick(searching.main.search, Qt.Key.Key_Return)
    assert page(searching) == "watch"
    settled()


def test_enter_leads_from_the_search_into_the_list_of_those_who_were_found(
    searching, settled, person, qtbot
):
    box = searching.main.search
    qtbot.keyClicks(box, "zgq")
    qtbot.keyClick(box, Qt.Key.Key_Return)  # before the answer: the cursor stays
    assert box.hasFocus()
    settled()
    qtbot.keyClick(box, Qt.Key.Key_Return)
    view = searching.main.page.view
    assert view.isAncestorOf(searching.main.focusWidget()) or view.hasFocus()
    qtbot.keyClick(searching.main.focusWidget(), Qt.Key.Key_Return)
    assert page(searching) == "ResidentPage"
    settled()


def test_a_page_that_is_opened_by_keys_has_the_cursor_where_one_types(searching, settled, qtbot):
    searching.main.page.setFocus()
    qtbot.keyClick(searching.main, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert searching.main.page.search.hasFocus()
    settled()


def test_letters_that_fit_nobody_lead_to_the_first_page_on_enter(searching, settled, qtbot):
    typed(searching, qtbot, "gz", Qt.Key.Key_Return)
    settled()
    qtbot.keyClick(searching.main.search, Qt.Key.Key_Return)
    assert page(searching) == "watch"
    settled()


def test_the_list_of_pages_goes_when_the_cursor_does_and_on_escape(searching, settled, qtbot):
    search = searching.main.search
    typed(searching, qtbot, "班次")
    assert searching.main.places.isVisible()
    assert "排班 › 排班表" in search.accessibleDescription()
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert searching.main.places.isHidden()
    assert not search.text()
    typed(searching, qtbot, "班次")
    searching.main.page.setFocus()
    assert searching.main.places.isHidden()
    settled()


def test_a_click_on_a_listed_page_opens_it(searching, settled, qtbot):
    typed(searching, qtbot, "班次")
    rows = searching.main.places.rows
    middle = rows.visualItemRect(rows.item(0)).center()
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert page(searching) == "staffing"
    settled()


def test_the_name_of_a_page_typed_at_home_is_taken_to_the_search_above(searching, settled, qtbot):
    searching.main.page.searched.emit("月报")
    assert searching.main.search.hasFocus()
    qtbot.keyClick(searching.main.search, Qt.Key.Key_Return)
    assert page(searching) == "charts"
    settled()


def test_the_own_passphrase_is_found_though_it_has_no_page(searching, settled, qtbot):
    with qtbot.waitSignal(searching.main.password_requested):
        typed(searching, qtbot, "口令", Qt.Key.Key_Return)
    settled()


def test_an_emptied_search_leaves_the_page_as_it_is(room, settled):
    room.main.open_page("rules")
    room.main.search_requested.emit("")
    settled()

    assert page(room) == "rules"


def test_the_home_page_leads_to_list_registration_and_pages(room, settled):
    start = room.main.page
    start.list_requested.emit(ResidentQuery(consent=ConsentState.EXPIRING))
    settled()
    assert room.main.page.query.consent is ConsentState.EXPIRING
    start.page_requested.emit("rules")
    assert page(room) == "rules"
    start.page_requested.emit("staff")  # not for a manager
    assert page(room) == "rules"
    start.register_requested.emit()
    assert page(room) == "RegistrationPage"
    settled()


def test_from_the_list_to_a_resident_to_the_consent_and_back(room, settled, person):
    room.main.open_page("residents")
    room.main.page.opened.emit(person)
    settled()
    assert page(room) == "ResidentPage"
    room.main.page.consent_requested.emit(person, None)
    settled()
    assert page(room) == "ConsentPage"
    room.main.page.back_requested.emit()
    settled()
    assert page(room) == "ResidentPage"
    room.main.page.back_requested.emit()
    settled()
    assert page(room) == "residents"


def test_an_explanation_is_shown_in_the_classification_table(room, settled, person):
    room.navigator.open_resident(person)
    settled()
    room.main.page.explain_requested.emit(person)
    settled()

    assert page(room) == "classes"


def test_import_and_rules_are_reached_from_other_pages(room, settled):
    room.main.open_page("residents")
    room.main.page.import_requested.emit()
    assert page(room) == "import"
    room.main.open_page("classes")
    room.main.page.rules_requested.emit()
    assert page(room) == "rules"
    settled()


def test_a_clerk_can_type_at_once_in_the_form_for_somebody_new(room, settled, qtbot):
    qtbot.waitActive(room.main)
    room.navigator.register()
    settled()

    focused = room.main.focusWidget()
    assert focused.accessibleName() in {"Name", "姓名"}


def test_a_detail_page_that_is_left_is_gone_and_its_draft_is_kept(room, settled, qtbot):
    room.navigator.register("曾国强")
    left = room.main.page
    left.autosave.touch()
    with qtbot.waitSignal(left.destroyed):
        room.main.open_page("rules")
    settled()

    assert len(drafts.mine(room.entered.session)) == 1


def test_a_draft_opens_where_it_was_typed(room, settled, person):
    session = room.entered.session
    drafts.keep(session, "resident", str(int(person)), "{}")
    drafts.keep(session, "resident", "new", "{}")
    drafts.keep(session, "rules", "7", "{}")
    drafts.keep(session, "plans", "plans", "{}")
    found = {one.draft.subject: one for one in home.overview(session).drafts}

    room.navigator.open_draft(found[str(int(person))])
    settled()
    assert page(room) == "ResidentPage"
    room.navigator.open_draft(found["new"])
    settled()
    assert page(room) == "RegistrationPage"
    room.navigator.open_draft(found["7"])
    settled()
    assert page(room) == "rules"
    room.navigator.open_draft(found["plans"])
    settled()
    assert page(room) == "plans"


def test_a_change_reloads_the_pages_that_show_it(room, settled, qtbot):
    start = room.main.page
    settled()
    room.navigator.register()
    resident(room.entered.session, "曾国强", "13800000042", "3-1-502")
    room.tasks.changed.emit(Changes.of(RESIDENTS))
    settled()

    qtbot.waitUntil(lambda: start.residents._figure.text() == "1")


def test_the_settings_page_follows_the_keys_for_text_size(room, settled):
    room.main.open_page("settings")
    room.navigator.show_scale(1.5)

    assert room.main.page.appearance.percent.text() == "150 %"
    settled()


def test_a_course_that_is_due_opens_from_wherever_its_banner_stands(room, settled):
    room.main.page.course_requested.emit("sealed")
    settled()

    assert page(room) == "training"
    assert room.main.page.reader.course.code == "sealed"
    assert room.main.page.reader.isVisible()


def test_the_rules_page_leads_to_the_assessment_of_a_version(room, settled):
    room.main.open_page("rules")
    settled()

    room.main.page_of("rules").assessment_requested.emit("purpose:P5")
    settled()
    settled()

    assert page(room) == "records"
    assert room.main.page.open_tab("pia").view.form.values()["activity"] == "P5 特殊协助"


def test_a_new_day_brings_what_is_due_into_force(room, settled, clock, monkeypatch):
    asked = []

    def due(session):
        asked.append(session)
        return Changes.of()

    monkeypatch.setattr("pmdesk.services.rule_life.due", due)
    clock.advance(days=1)
    room.days.check()
    settled()

    assert asked == [room.entered.session]
