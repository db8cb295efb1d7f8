"""Unsaved forms: back after a crash, each seen by its writer only, gone after a week."""

from pmdesk.services import drafts
from pmdesk.services import office as office_service
from tests.offices import P1, P2, consenting, resident


def test_what_was_typed_is_back_for_its_writer_only(clerk, manager):
    drafts.keep(clerk, "resident", "new", "王小")
    drafts.keep(clerk, "resident", "new", "王小明")

    assert [draft.document for draft in drafts.mine(clerk)] == ["王小明"]
    assert drafts.kept(clerk, "resident", "new") == drafts.mine(clerk)[0]
    assert drafts.kept(manager, "resident", "new") is None
    assert drafts.mine(manager) == ()


def test_the_newest_form_comes_first(clerk, clock):
    for subject in ("1", "2", "3"):
        drafts.keep(clerk, "resident", subject, subject)
        clock.advance(seconds=5)

    assert [draft.subject for draft in drafts.mine(clerk)] == ["3", "2", "1"]


def test_a_discarded_form_is_gone(clerk, office):
    drafts.keep(clerk, "resident", "new", "王小明")

    drafts.discard(clerk, "resident", "new")

    assert drafts.kept(clerk, "resident", "new") is None
    assert office.sql("SELECT * FROM draft") == []


def test_a_form_older_than_a_week_is_not_offered_and_goes_at_the_next_sign_in(
    clerk, manager, clock, office
):
    drafts.keep(clerk, "resident", "old", "old one")
    drafts.keep(manager, "resident", "old", "a colleague's")
    clock.advance(days=6)
    drafts.keep(clerk, "resident", "new", "new one")
    clock.advance(days=1)

    assert drafts.kept(clerk, "resident", "old") is None
    assert [draft.subject for draft in drafts.mine(clerk)] == ["new"]
    clock.advance(days=1)
    office_service.sign_in(clerk.store, clerk.accounts, clock, clerk.staff.uid)
    left = {document for (document,) in office.sql("SELECT document FROM draft")}
    assert left == {"new one"}  # a colleague's old one went too


def test_answers_are_kept_where_their_purpose_allows(clerk):
    agreed, silent = consenting(clerk), resident(clerk, "李伟", room="1-1-101")
    for person, purpose in ((agreed, P1), (agreed, P2), (silent, P1), (silent, P2)):
        drafts.keep(clerk, "answers", drafts.answers_of(person, purpose), "{}")

    assert {draft.subject for draft in drafts.mine(clerk)} == {
        f"{agreed}:P1",
        f"{agreed}:P2",
        f"{silent}:P1",
    }
