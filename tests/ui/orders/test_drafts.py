"""What is typed about an order survives Esc, a lock and another page, until it is done."""

import json
from datetime import timedelta

import pytest

from pmdesk.domain.orders.kinds import Urgency
from pmdesk.domain.orders.order import Deed, Move, OrderChannel
from pmdesk.services import drafts
from pmdesk.services.orders import book, moving
from pmdesk.services.orders.moving import Amended
from pmdesk.ui import unsaved
from tests.offices import resident
from tests.services.orders.asked import DONE, asked, complaint, moved, public, registered

ROOM = "3-1-502"
DRAFTED = {"where": "", "words": "厨房漏水", "kind": "", "callback": ""}


@pytest.fixture
def person(office_session):
    return resident(office_session, "曾国强", "13800000042", ROOM)


@pytest.fixture
def look_at(opened, settled):
    """The page with this order open."""

    def _look_at(order):
        page = opened()
        page.show_order(order)
        settled()
        return page

    return _look_at


def typed(line, words):
    """The words stand there, as if they were typed."""
    line.setText(words)
    line.query.emit(words)


def again(page, settled):
    """The form for a new order, left and opened again, with its draft restored."""
    page._leave_intake()
    settled()
    page.start_order()
    settled()
    page.intake.draft.restore.click()
    settled()


# ---- a new order ---------------------------------------------------------------------------


@pytest.mark.parametrize("where", ["zgq", "3栋大堂", "9-9-901"])
def test_all_of_a_new_order_comes_back(opened, person, settled, office_session, clock, where):
    page = opened()
    page.start_order()
    settled()
    card = page.intake
    typed(card.finder.box, where)
    card.finder.box.returnPressed.emit()
    settled()
    typed(card.words, "厨房漏水")
    card.urgency.buttons()[0].click()
    card.channel.buttons()[0].click()
    typed(card.callback, "13900000042")
    card.appointment.show_moment(clock.local() + timedelta(days=1))
    before = card.intake()
    assert (before.urgency, before.channel) == (Urgency.EMERGENCY, OrderChannel.COUNTER)
    again(page, settled)

    assert card.intake() == before
    (kept,) = drafts.mine(office_session)
    assert "曾" not in kept.document


def test_the_suggestions_stay_suggestions_and_half_a_day_comes_back(opened, settled):
    page = opened()
    page.start_order()
    typed(page.intake.words, "厨房漏水")
    page.intake.appointment.day.line.setText("明天")
    page.intake.finder.box.setText("没有这个")
    again(page, settled)

    assert page.intake.intake().urgency is None
    assert page.intake.appointment.is_wrong
    assert page.intake.finder.box.text() == "没有这个"


def test_of_who_lives_elsewhere_by_now_the_room_comes_back(opened, person, settled, office):
    page = opened()
    page.start_order(person)
    settled()
    typed(page.intake.words, "厨房漏水")
    page.intake.keep_draft()
    office.tampered(f"DELETE FROM occupancy WHERE person = {person}")
    again(page, settled)

    found = page.intake.intake()
    assert (found.person, found.room) == (None, ROOM)


def test_the_page_of_a_resident_alone_makes_no_draft(opened, person, settled, office_session):
    page = opened()
    page.start_order(person)
    settled()
    page._leave_intake()
    settled()

    assert drafts.mine(office_session) == ()


def test_another_order_takes_the_place_of_no_draft(opened, settled, office_session):
    page = opened()
    page.start_order()
    settled()
    typed(page.intake.words, "厨房漏水")
    page._leave_intake()
    settled()
    page.start_order()
    settled()
    typed(page.intake.finder.box, "3栋大堂")
    page.intake.finder.box.returnPressed.emit()
    settled()
    typed(page.intake.words, "大堂灯不亮")
    unsaved.keep_all(page)  # as a lock does
    assert len(drafts.mine(office_session)) == 2

    page.intake.save()
    settled()
    (kept,) = drafts.mine(office_session)
    assert "厨房漏水" in kept.document
    page.start_order()
    settled()
    page.intake.draft.restore.click()
    assert page.intake.words.text() == "厨房漏水"
    page.intake.autosave.discard()
    settled()
    assert drafts.mine(office_session) == ()


def test_taking_up_a_draft_loses_nothing_that_was_typed_beside_it(opened, settled, office_session):
    drafts.keep(office_session, "order", "new", json.dumps(DRAFTED))
    page = opened()
    page.start_order()
    settled()
    typed(page.intake.words, "大堂灯不亮")
    page.intake.draft.restore.click()
    settled()

    assert page.intake.words.text() == "厨房漏水"
    kept = {one.document for one in drafts.mine(office_session)}
    assert len(kept) == 2
    assert any("大堂灯不亮" in one for one in kept)


def test_of_several_drafts_the_wanted_one_is_offered(opened, settled, office_session):
    for subject, words in (("new", "厨房漏水"), ("new-2", "大堂灯不亮")):
        drafts.keep(office_session, "order", subject, json.dumps({**DRAFTED, "words": words}))
        office_session.clock.advance(seconds=1)
    page = opened()
    page.start_order()
    settled()
    page.intake.draft.restore.click()
    assert page.intake.words.text() == "大堂灯不亮", "the newest"

    page.start_order(draft="new")
    settled()
    page.intake.draft.restore.click()
    assert page.intake.words.text() == "厨房漏水"


def test_a_draft_of_what_stands_in_the_form_is_not_offered_again(opened, settled, office_session):
    page = opened()
    page.start_order()
    settled()
    typed(page.intake.words, "厨房漏水")
    unsaved.keep_all(page)
    (kept,) = drafts.mine(office_session)
    page.start_order(draft=kept.subject)  # from the landing page
    settled()
    typed(page.intake.words, "厨房漏水严重")
    unsaved.keep_all(page)

    assert page.intake.draft.isHidden()
    (kept,) = drafts.mine(office_session)
    assert "严重" in kept.document


def test_a_draft_that_is_gone_costs_no_other_one(opened, settled, office_session):
    drafts.keep(office_session, "order", "new", json.dumps(DRAFTED))
    page = opened()
    page.start_order(draft="new-2")  # the landing page showed it; it was given up meanwhile
    settled()
    typed(page.intake.words, "大堂灯不亮")
    unsaved.keep_all(page)

    assert len(drafts.mine(office_session)) == 2


def test_giving_up_an_old_draft_keeps_what_was_typed_beside_it(opened, settled, office_session):
    drafts.keep(office_session, "order", "new", json.dumps(DRAFTED))
    page = opened()
    page.start_order()
    settled()
    typed(page.intake.words, "大堂灯不亮")
    page.intake.draft.discard.click()
    settled()
    page.intake.keep_draft()

    (kept,) = drafts.mine(office_session)
    assert "大堂灯不亮" in kept.document


def test_a_draft_of_an_earlier_version_is_read(opened, settled, office_session):
    old = {"where": ROOM, "words": "厨房漏水", "kind": "", "callback": ""}
    drafts.keep(office_session, "order", "new", json.dumps(old))
    page = opened()
    page.start_order()
    settled()
    page.intake.draft.restore.click()
    settled()

    assert page.intake.words.text() == "厨房漏水"
    assert page.intake.channel.value is OrderChannel.PHONE


# ---- a step --------------------------------------------------------------------------------


@pytest.mark.parametrize("task", [Deed.CALLED_BACK, Move.CLOSE])
def test_half_a_reason_is_kept_when_the_office_locks(
    look_at, office_session, person, settled, task
):
    order = registered(office_session, asked(person=person, room=ROOM))
    page = look_at(moved(office_session, order, *DONE))
    page.detail._want(task)
    typed(page.panel.words, "住户说周")
    if task is Move.CLOSE:
        page.panel.stars.buttons()[3].click()
    unsaved.keep_all(page)  # as a lock does
    (kept,) = drafts.mine(office_session)
    assert (kept.page, kept.subject) == ("order", f"{task.value}:{order}")

    page.panel.leave()
    page.detail._want(task)
    settled()
    assert page.panel.words.text() == ""
    page.panel.draft.restore.click()
    assert page.panel.words.text() == "住户说周"
    page.panel.do()
    settled()
    assert drafts.mine(office_session) == ()
    if task is Move.CLOSE:
        assert book.detail(office_session, order).order.rating == 4


def test_one_step_s_words_are_not_offered_for_another(look_at, office_session, settled):
    order = moved(office_session, registered(office_session), Move.ASSIGN)
    page = look_at(order)
    page.detail._want(Move.CANCEL)
    typed(page.panel.words, "登错了")
    page.detail._want(Move.SEND_BACK)
    settled()

    assert page.panel.draft.isHidden()
    assert {one.subject for one in drafts.mine(office_session)} == {f"cancel:{order}"}
    typed(page.panel.words, "不")
    typed(page.panel.words, "")
    settled()
    assert len(drafts.mine(office_session)) == 1, "of nothing there is no draft"


def test_what_was_half_put_right_is_kept(look_at, office_session, settled, clock):
    order = registered(office_session, asked(room=ROOM))
    page = look_at(order)
    page.detail._start_amending()
    form = page.detail.amend
    typed(form.words, "改了一半")
    form.urgency.buttons()[0].click()
    form.kind.show_kind("electric")
    form.appointment.show_moment(clock.local() + timedelta(days=1))
    wanted = form._entered(page.detail.detail.order)
    form.leave()
    settled()
    page.detail._start_amending()
    settled()
    assert form.words.text() == "水龙头滴水"
    form.draft.restore.click()

    assert form._entered(page.detail.detail.order) == wanted
    form.do()
    settled()
    after = book.detail(office_session, order).order
    assert (after.words, after.kind, after.urgency) == ("改了一半", "electric", Urgency.EMERGENCY)
    assert drafts.mine(office_session) == ()


def test_the_words_of_a_complaint_are_in_no_draft(look_at, office_session, settled):
    page = look_at(registered(office_session, complaint()))
    page.detail._start_amending()
    page.detail.amend.urgency.buttons()[0].click()
    page.detail.amend.keep_draft()

    (kept,) = drafts.mine(office_session)
    assert "装修" not in kept.document


def test_who_is_erased_is_in_no_draft(office_session, person):
    other = registered(office_session, public())
    assert other == person, "the draft of an order goes with its person, not with a like number"
    order = registered(office_session, asked(person=person, room=ROOM))
    for subject in (f"close:{order}", f"close:{other}"):
        drafts.keep(office_session, "order", subject, '{"words": "说家里有人"}')
    drafts.keep(office_session, "order", "new", json.dumps({"place": {"person": person}}))
    with office_session.store.writing() as work:
        work.people.remove(person)
        work.commit()

    assert [one.subject for one in drafts.mine(office_session)] == [f"close:{other}"]


# ---- putting right -------------------------------------------------------------------------


def test_an_appointment_that_is_cleared_is_gone(look_at, office_session, settled, clock):
    order = registered(office_session, asked(room=ROOM))
    moving.amend(office_session, order, Amended(appointment=clock.now() + timedelta(days=1)))
    page = look_at(order)
    page.detail._start_amending()
    page.detail.amend.appointment.show_moment(None)
    page.detail.amend.do()
    settled()

    assert book.detail(office_session, order).order.appointment is None
    page.detail._start_amending()
    page.detail.amend.appointment.show_moment(clock.local() - timedelta(days=1))
    page.detail.amend.do()
    settled()
    assert "已经过了" in page.detail.amend.note.sentence


def test_where_a_complaint_waits_its_clock_is_said_to_go_on(look_at, office_session, settled):
    order = moved(office_session, registered(office_session, complaint()), Move.ASSIGN)
    page = look_at(order)
    page.detail._want(Move.WAIT)

    assert "不因等待而延长" in page.panel.says.text()
