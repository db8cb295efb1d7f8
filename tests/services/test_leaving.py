"""Whoever leaves is asked for things and copies, and reminded of what was undertaken."""

from pmdesk.services import staff
from pmdesk.services.audits import book_starts, record_points
from tests.services.bookkeeping import filed


def left(session):
    return [one for one in record_points.points(session) if "has left" in one.sentence]


def test_a_disabled_account_asks_for_the_checklist_until_it_is_filed(office, admin, manager):
    uid = office.session("clerk").staff.uid
    assert left(manager) == []
    staff.disable(admin, uid)
    (point,) = left(manager)
    assert (point.places["name"], point.subject) == ("王芳", uid)

    document = book_starts.leaving(manager, uid)
    assert document == {"name": "王芳", "left_on": manager.clock.today(), "account_closed": True}
    done = ("media_returned", "papers_returned", "copies_deleted", "letter_given")
    filed(manager, "leaving", document | dict.fromkeys(done, True), subject=uid)
    assert left(manager) == []


def test_somebody_without_an_account_begins_empty(manager):
    assert book_starts.leaving(manager, "") == {}
