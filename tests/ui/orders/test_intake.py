"""Registering: what is suggested, what is asked back, and what is never lost."""

import pytest
from PySide6.QtCore import Qt

from pmdesk.domain.orders.kinds import Service, Urgency
from pmdesk.domain.orders.order import OrderChannel
from pmdesk.domain.ports.orders import OrderQuery
from pmdesk.services import addons, drafts
from pmdesk.services.orders import book
from pmdesk.ui.orders import entries
from tests.offices import resident
from tests.services.orders.asked import asked, registered


@pytest.fixture
def form(opened, settled):
    """The open form, and its page."""

    def _form(person=None):
        page = opened()
        page.start_order(person)
        settled()
        return page.intake

    return _form


@pytest.fixture
def say(settled):
    """The words stand in the form, as if they were typed."""

    def _say(form, words):
        form.words.setText(words)
        form.words.query.emit(words)
        settled()

    return _say


@pytest.fixture
def seek(settled):
    """The place is typed and the first hit taken."""

    def _seek(form, text):
        form.finder.box.setText(text)
        form.finder.box.query.emit(text)
        form.finder.box.returnPressed.emit()
        settled()
        return form.finder.place

    return _seek


def lines(session):
    """All orders."""
    return book.lines(session, book.found(session, OrderQuery()))


def test_words_that_begin_with_an_add_on_are_hinted_at_and_entered_as_ever(
    form, say, seek, office, office_session, settled
):
    resident(office_session, "曾国强", "13800000042", "3-1-502")
    addons.publish(office.session("admin"), "入户保洁", "擦净地面和台面", "次", 8000)
    card = form()
    seek(card, "zgq")
    say(card, "预约入户保洁")
    assert "入户保洁" in card.addon.text()
    assert card.addon.isVisible()
    say(card, "厨房漏水")
    assert card.addon.isHidden()
    say(card, "预约入户保洁，厨房漏水")
    card.save()
    settled()

    assert [one.words for one in lines(office_session)] == ["预约入户保洁，厨房漏水"]
    assert card.addon.isHidden()


def test_words_suggest_subject_and_urgency_and_say_why(form, say):
    card = form()
    say(card, "厨房漏水了")

    assert card.kind.kind.code == "plumbing"
    assert card.urgency.value is Urgency.URGENT
    assert "漏水" in card.hint.text()


def test_what_a_person_chose_stays_whatever_the_words_say(form, say):
    card = form()
    card.kind.show_kind("facility")
    card.kind.activated.emit(0)
    card.urgency.buttons()[2].click()
    say(card, "大堂漏水了")

    assert card.kind.kind.code == "facility"
    assert card.urgency.value is Urgency.NORMAL
    assert card.intake().urgency is Urgency.NORMAL


def test_a_name_a_room_and_a_shared_place_are_all_found_in_one_line(form, seek, enter):
    person = enter()
    card = form()

    assert seek(card, "zgq").person == person
    assert seek(card, "3栋大堂").area == "大堂"
    assert seek(card, "9-9-901").is_new
    card.finder.box.clear_search()
    assert card.finder.place is None


def test_another_hit_is_taken_with_the_arrow_keys(form, keyboard, enter, opened, settled):
    enter()
    page = opened()
    page.start_order()
    settled()
    keys = keyboard(page)
    keys.type("3-1-502")
    page.intake.finder.box.searched.emit("3-1-502")
    settled()
    keys.press("Down", "Down", "Return")

    assert page.intake.finder.place.person is None
    assert page.intake.finder.place.room == "3-1-502"


def test_a_resident_who_is_confidential_is_shown_without_the_room(form, enter, office, seek):
    person = enter()
    office.session("admin")
    office.tampered(f"UPDATE person SET shielded = 1 WHERE id = {person}")
    card = form()

    place = seek(card, "zgq")

    assert place.person == person
    assert "502" not in card.finder.box.text()


def test_what_is_missing_is_said_in_words_and_the_cursor_goes_there(form, say, settled):
    card = form()
    card.save()
    settled()
    assert card.isVisible()
    assert "事项" in card.note.sentence or "房" in card.note.sentence
    assert card.kind.hasFocus()
    say(card, "厨房漏水")
    card.save()
    settled()
    assert card.finder.box.hasFocus()


def test_an_appointment_without_a_time_is_asked_back(form, say, seek, enter, settled):
    enter()
    card = form()
    seek(card, "zgq")
    say(card, "厨房漏水")
    card.appointment.day.line.setText("2026-03-05")
    card.save()
    settled()
    assert "14:30" in card.note.sentence

    card.appointment.time.setText("1430")
    card.save()
    settled()
    assert not card.isVisible()


@pytest.mark.parametrize(
    ("text", "means"), [("14:30", "14:30"), ("1430", "14:30"), ("9点", "09:00"), ("25:00", None)]
)
def test_times_are_read_as_people_write_them(text, means):
    found = entries.read_time(text)

    assert (f"{found:%H:%M}" if found else None) == means


def test_what_may_be_a_repeat_is_shown_and_can_be_urged_instead(
    form, say, seek, enter, office_session, settled
):
    person = enter()
    first = registered(office_session, asked(person=person, room="3-1-502", words="厨房漏水"))
    card = form()
    seek(card, "zgq")
    say(card, "又漏水了")
    assert [one.order for one in card.repeats.repeats] == [first]

    card.repeats.urged.emit(first)
    settled()

    (line,) = lines(office_session)
    assert line.urged == 1
    assert not card.isVisible()


def test_a_repeat_can_be_looked_at(form, say, seek, enter, office_session, settled):
    person = enter()
    first = registered(office_session, asked(person=person, room="3-1-502", words="厨房漏水"))
    card = form()
    seek(card, "zgq")
    say(card, "又漏水了")
    card.repeats.opened.emit(first)
    settled()

    page = card.window()
    assert page.detail.detail.order.id == first


def test_a_form_that_was_left_is_kept_encrypted_and_offered_again(
    form, say, seek, enter, office_session, settled
):
    enter()
    card = form()
    seek(card, "3-1-502")
    say(card, "厨房漏水")
    card.callback.setText("13900000042")
    card.keep_draft()
    (kept,) = drafts.mine(office_session)
    assert "曾" not in kept.document
    page = card.window()
    page._leave_intake()
    page.start_order()
    settled()
    assert card.words.text() == ""
    card.draft.restore.click()
    settled()

    assert card.words.text() == "厨房漏水"
    assert card.callback.text() == "13900000042"
    assert card.finder.offered


def test_from_the_page_of_a_resident_the_room_is_already_there(form, say, enter, office_session):
    person = enter()
    card = form(person)
    assert card.intake().person == person
    assert card.words.hasFocus()


def test_a_draft_is_gone_once_the_order_is_registered(
    form, say, seek, enter, office_session, settled
):
    enter()
    card = form()
    seek(card, "zgq")
    say(card, "厨房漏水")
    card.keep_draft()
    card.save()
    settled()

    assert drafts.mine(office_session) == ()
    (line,) = lines(office_session)
    assert line.service is Service.REPAIR


def test_how_it_came_and_whom_to_call_are_kept(form, say, seek, office_session, order_of, settled):
    resident(office_session, "曾国强", "13800000042", "3-1-502")
    card = form()
    seek(card, "zgq")
    say(card, "厨房漏水")
    card.channel.buttons()[0].click()
    card.callback.setText("13900000042")
    card.save()
    settled()

    (line,) = lines(office_session)
    assert order_of(line.id).channel is OrderChannel.COUNTER
    assert book.detail(office_session, line.id).has_callback


def test_how_many_more_residents_fit_is_said_and_cannot_be_chosen(opened, office_session, settled):
    for at in range(8):
        resident(office_session, "曾国强", f"138000000{at:02}", f"3-1-{at + 1}01")
    page = opened()
    page.start_order()
    finder = page.intake.finder
    finder.box.setText("zgq")
    finder.box.searched.emit("zgq")
    settled()

    last = finder.hits.item(finder.hits.count() - 1)
    assert last.text() == "还有 2 个，请再多输入几个字"
    assert not last.flags() & Qt.ItemFlag.ItemIsSelectable
    finder.hits.itemClicked.emit(last)
    assert finder.place is None, "nobody else is taken instead"
    assert "138****0000" in finder.hits.item(0).text()
    assert "业主" in finder.hits.item(0).text()


def test_a_slip_in_a_name_becomes_no_place_until_somebody_says_so(
    form, seek, say, enter, keyboard, office_session, settled
):
    enter()
    card = form()
    say(card, "厨房漏水")
    assert seek(card, "不存在的人zzz") is None
    assert card.note.sentence.startswith("没有叫“不存在的人zzz”的住户")
    assert "↓" in card.note.sentence
    assert not card.finder.hits.item(0).flags() & Qt.ItemFlag.ItemIsEnabled
    assert card.finder.hits.item(1).text() == "作为公共区域登记：不存在的人zzz"
    card.save()
    settled()
    assert lines(office_session) == ()

    assert seek(card, "不存在的人zzz") is None
    card.finder.box.setFocus()
    keyboard(card.window()).press("Down", "Up")
    assert card.finder.box.hasFocus()
    keyboard(card.window()).press("Down", "Return")
    assert (card.finder.place.area, card.finder.place.is_guess) == ("不存在的人zzz", False)
    assert card.finder.box.text() == "公共区域：不存在的人zzz"
    assert card.note.sentence == ""


def test_what_enter_could_not_find_is_said_until_something_else_is_typed(form, seek, enter):
    enter()
    card = form()
    assert seek(card, "xyz") is None
    assert "3栋电梯" in card.note.sentence

    assert seek(card, "北门").area == "北门"
    assert card.note.sentence == ""


@pytest.mark.parametrize(
    ("day", "time", "says"),
    [
        ("明天 1430", "", "日期看不懂"),
        ("2026-03-05", "25:99", "时间看不懂"),
        ("2026-03-05", "", "一起写"),
        ("", "14:30", "一起写"),
    ],
)
def test_which_part_of_an_appointment_is_wrong_is_said_with_the_cursor_there(
    form, settled, day, time, says
):
    card = form()
    card.appointment.show_typed({"day": day, "time": time})
    card.save()
    settled()

    assert says in card.note.sentence
    wrong = card.appointment.time if day == "2026-03-05" else card.appointment.day.line
    assert wrong.hasFocus()


def test_a_new_order_can_be_opened_even_where_the_filters_hide_it(
    form, seek, say, enter, office_session, settled
):
    enter()
    card = form()
    page = card.window()
    page.filters.show_query(OrderQuery(text="没有这样的单"))
    seek(card, "zgq")
    say(card, "厨房漏水")
    card.save()
    settled()
    assert page.note.action.text() == "打开"
    page.note.action.click()
    settled()

    assert page.detail.detail.line == lines(office_session)[0]
