"""Orders let go of people: after their time, on an erasure, and when somebody leaves."""

import json

import pytest

from pmdesk.domain.acts import ArchiveReason, EraseReason, Scope
from pmdesk.domain.fields import FieldKey
from pmdesk.domain.orders.order import Move
from pmdesk.errors import RefusedError
from pmdesk.services import drafts, retention
from pmdesk.services.acts.archiving import archive
from pmdesk.services.acts.erasing import erase
from pmdesk.services.orders import book, reading
from pmdesk.services.rights import dossier, dossier_text
from tests.offices import P1, resident
from tests.services.orders.asked import CLOSED, asked, complaint, moved, registered

MARKS = ("标记漏水", "标记投诉", "13900007777")


def person_with_orders(session, *, closed=True, name="慕容标记"):
    """A resident with a repair and a complaint."""
    person = resident(session, name=name)
    orders = (
        registered(session, asked(person=person, words=MARKS[0], callback=MARKS[2])),
        registered(session, complaint(person=person, words=MARKS[1])),
    )
    for order in orders if closed else ():
        moved(session, order, *CLOSED)
    return person, orders


def told(office):
    """Which of the marks stand in any cell of any table."""
    cells = [cell for _table, cell in office.cells()]
    return {mark for mark in MARKS if any(mark in cell for cell in cells)}


def whose(session, order):
    with session.store.reading() as work:
        return work.orders.get(order).person


# ---- leaving and erasure --------------------------------------------------------------------


@pytest.mark.parametrize("closed", [True, False])
def test_nothing_of_who_left_is_in_any_order(manager, office, closed):
    person, orders = person_with_orders(manager, closed=closed)
    assert told(office) >= {MARKS[0], MARKS[1]}
    with manager.store.writing() as work:
        archive(manager, work, person, ArchiveReason.MOVED_OUT)
        work.commit()

    assert told(office) == set()
    lines = book.lines(manager, orders)
    assert {(one.where, one.who, one.words) for one in lines} == {("Building 3", "", "")}
    assert office.broken_link() is None


FORMS = (
    ("3-2-501", "水龙头滴水", ""),
    ("501", "", ""),
    ("mu rong biao ji", "", ""),
    ("大堂", "慕容标记说灯不亮", ""),
    ("大堂", "灯不亮", "139 0000-8888"),
)


def typed(session, where, words, number):
    """An order that somebody is typing."""
    form = {"where": where, "words": words, "kind": "", "callback": number}
    drafts.keep(session, "order", "new", json.dumps(form, ensure_ascii=False))


@pytest.mark.parametrize("form", FORMS)
def test_an_unsaved_order_about_who_left_goes_too(manager, clerk, office, form):
    person = resident(manager, "慕容标记", "13900008888")
    typed(clerk, *form)
    typed(manager, "9-1-1501", "门禁坏了", "13900001111")
    with manager.store.writing() as work:
        archive(manager, work, person, ArchiveReason.MOVED_OUT)
        work.commit()

    assert drafts.kept(clerk, "order", "new") is None
    assert drafts.kept(manager, "order", "new") is not None, "it is about somebody else"


def test_a_form_left_aside_when_somebody_was_registered_goes_with_them(manager, clerk, office):
    for subject, name, number in (("new", "慕容标记", ""), ("new-2", "", "139 0000 8888")):
        form = {"person_name": name, "mobile": number, "room": "9-1-1501"}
        drafts.keep(clerk, "resident", subject, json.dumps(form, ensure_ascii=False))
    other = json.dumps({"person_name": "尉迟旁人", "room": "9-1-1501"}, ensure_ascii=False)
    drafts.keep(clerk, "resident", "new-3", other)
    person = resident(manager, "慕容标记", "13900008888")
    with manager.store.writing() as work:
        archive(manager, work, person, ArchiveReason.MOVED_OUT)
        work.commit()

    assert [left for (left,) in office.sql("SELECT document FROM draft")] == [other]


@pytest.mark.parametrize("field", ["work_orders", "complaints"])
def test_an_unsaved_order_goes_with_the_person_s_orders(manager, clerk, field):
    person, _orders = person_with_orders(manager)
    typed(clerk, *FORMS[0])
    with manager.store.writing() as work:
        erase(
            manager, work, person, Scope(purpose=P1, field=FieldKey(field)), EraseReason.OTHER_LAW
        )
        work.commit()

    assert drafts.kept(clerk, "order", "new") is None


@pytest.mark.parametrize(("field", "gone", "stays"), [("work_orders", 0, 1), ("complaints", 1, 0)])
def test_one_kind_of_orders_is_erased_and_the_other_stays(manager, office, field, gone, stays):
    person, orders = person_with_orders(manager)
    scope = Scope(purpose=P1, field=FieldKey(field))
    with manager.store.writing() as work:
        done = erase(manager, work, person, scope, EraseReason.OTHER_LAW)
        work.commit()

    assert done.certificate
    assert (whose(manager, orders[gone]), whose(manager, orders[stays])) == (None, person)
    assert told(office) == {MARKS[stays]}


def test_what_the_office_still_owes_is_not_erased(manager, office):
    person, _orders = person_with_orders(manager, closed=False)
    scope = Scope(purpose=P1, field=FieldKey("work_orders"))

    with manager.store.writing() as work, pytest.raises(RefusedError):
        erase(manager, work, person, scope, EraseReason.OTHER_LAW)
    assert told(office) == set(MARKS)


def test_the_archive_keeps_the_orders_sealed_but_no_complaint(manager, admin):
    person, _orders = person_with_orders(manager)
    with manager.store.writing() as work:
        archive(manager, work, person, ArchiveReason.MOVED_OUT)
        work.commit()
    with admin.store.reading() as work:
        made = dossier.gathered(admin, work, person, "D1")
        sections = dossier_text.sections(work, made)

    kept = next(one for one in sections if one.title == "Kept sealed in the archive")
    assert ("W20260302-001 · 维修 · 水暖", "2026-03-02 标记漏水") in kept.rows
    assert MARKS[1] not in repr(made.tables)


# ---- by the calendar ------------------------------------------------------------------------


def test_complaints_tell_nothing_two_years_after_closing(manager, admin, office, clock):
    person, (repair, secret) = person_with_orders(manager)
    line = next(one for one in retention.overview(manager).due if one.kind == "orders")
    assert line.line is not None
    assert (str(line.first), line.line.code) == ("2028-03-02", "R-P1-COMPLAINT")
    clock.advance(days=730)
    retention.catch_up(admin)
    assert whose(manager, secret) == person
    clock.advance(days=2)
    retention.catch_up(admin)

    assert whose(manager, secret) is None
    assert whose(manager, repair) == person
    assert told(office) == {MARKS[0]}
    assert reading.complaint(manager, secret).words == ""
    line = next(one for one in retention.overview(manager).due if one.kind == "orders")
    assert line.first is None


def test_what_is_nobodys_tells_nothing_after_the_contract(manager, admin, office, clock):
    order = moved(manager, registered(manager, asked(words=MARKS[0])), Move.ASSIGN, Move.START)
    moved(manager, order, Move.FINISH)
    clock.advance(days=3 * 366)
    retention.catch_up(admin)

    assert told(office) == set()


# ---- the copy of a person's data ------------------------------------------------------------


def test_the_copy_of_the_data_has_the_orders_and_not_the_neighbours(manager, clerk):
    person, _orders = person_with_orders(manager)
    registered(manager, asked(person=person, words="标记灯"))
    person_with_orders(manager, name="欧阳别人")
    with manager.store.reading() as work:
        made = dossier.gathered(manager, work, person, "D1")
        sections = dossier_text.sections(work, made)

    found = next(one for one in sections if one.title == "工单和投诉")
    assert [row[2] for row in found.rows[1:]] == [MARKS[0], MARKS[1], "标记灯"]
    assert "维修 · 水暖" in found.rows[1][1]
    assert "李师傅" not in repr(made.tables), "who did the work is another's"
    assert "2026-03-02 结单" in found.rows[1][3]


def test_a_copy_without_orders_says_nothing_of_them(manager):
    person = resident(manager)
    with manager.store.reading() as work:
        made = dossier.gathered(manager, work, person, "D1")
        sections = dossier_text.sections(work, made)

    assert "工单和投诉" not in {one.title for one in sections}
