"""The ways from one page to another, as their signals ask for them."""

import pytest

from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.consents import ConsentState
from pmdesk.domain.office import RESIDENTS, Changes
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


def test_the_name_of_a_page_opens_it(room, settled):
    room.main.search_requested.emit(" rules ")
    settled()

    assert page(room) == "rules"


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
