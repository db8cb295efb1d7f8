"""Large lists as an inspector tries them: over the line, in slices, by oneself."""

from dataclasses import replace

import pytest

from pmdesk.domain import staff as staff_rules
from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.export_guard import Errand, ExportPurpose, Recipient, Stage
from pmdesk.domain.staff import MATRIX, Permission
from pmdesk.errors import ConflictError, RefusedError
from pmdesk.services import export, export_guard, person_acts, staff
from pmdesk.services.audits import record_points
from tests.offices import CONTRACTOR, ERRAND, P2
from tests.services.exports.lists import (
    EVERYBODY,
    PLAIN,
    REASON,
    TELLING,
    WORDS,
    ids_of,
    never,
    refused,
    stage,
)

# ---- over the line -----------------------------------------------------------------------------


def test_26_people_of_whom_it_tells_something_economic_are_held_back(manager, office):
    size = export.sizing(manager, TELLING)
    assert (size.people, size.economic, size.is_large) == (26, 26, True)
    with office.logged() as log:
        error = refused(export.listing, manager, TELLING, ERRAND)
    assert error.places["count"] == 26
    assert [(action, target) for action, target, _fields in log] == [
        ("export.held", "classification")
    ]
    assert office.sql("SELECT count(*) FROM export_list") == [(0,)]


def test_251_people_of_any_kind_are_held_back_and_250_are_not(manager):
    size = export.sizing(manager, PLAIN)
    assert (size.people, size.economic, size.is_large) == (251, 0, True)
    refused(export.listing, manager, PLAIN, ERRAND)
    assert len(export.listing(manager, ResidentQuery(building="2"), ERRAND).rows) == 250


def test_slices_of_a_day_count_together_and_the_same_people_once(manager, manager2, office):
    for _again in range(3):
        assert len(export.listing(manager, ResidentQuery(building="1"), ERRAND).rows) == 25
    assert export.sizing(manager, ResidentQuery(building="4")).earlier == 25
    refused(export.listing, manager, ResidentQuery(building="4"), ERRAND)
    assert export.listing(manager2, ResidentQuery(building="4"), ERRAND).rows  # a colleague
    office.clock.advance(hours=24)
    assert export.listing(manager, ResidentQuery(building="4"), ERRAND).rows


def test_slices_of_people_without_anything_economic_count_together_too(manager):
    export.listing(manager, ResidentQuery(building="2"), ERRAND)
    refused(export.listing, manager, ResidentQuery(building="3"), ERRAND)


def test_a_clock_set_back_does_not_make_the_day_shorter(manager, office):
    export.listing(manager, ResidentQuery(building="1"), ERRAND)
    office.clock.advance(minutes=-4)
    refused(export.listing, manager, ResidentQuery(building="4"), ERRAND)
    office.clock.advance(hours=-40)
    refused(export.listing, manager, ResidentQuery(building="4"), ERRAND, code="E_CLOCK")


def test_every_list_says_by_name_who_gets_it(manager):
    nameless = replace(CONTRACTOR, to="  ")
    small = ResidentQuery(building="3")
    refused(export.listing, manager, small, nameless, code="E_EXPORT_RECIPIENT")
    refused(export.ask, manager, EVERYBODY, nameless, REASON, code="E_EXPORT_RECIPIENT")
    committee = Errand(purpose=ExportPurpose.MEETING, recipient=Recipient.COMMITTEE, to="业委会")
    made = export.listing(manager, small, committee)
    assert "For the owners' meeting → 业委会" in made.footer
    assert "For the owners' meeting" not in made.stamp


def test_whoever_wants_no_use_is_on_no_list_and_counts_for_nothing(manager, clerk):
    (person,) = ids_of(manager, ResidentQuery(building="4"))
    person_acts.restrict(clerk, person, P2)
    assert export.sizing(manager, ResidentQuery(building="4")).people == 0
    assert export.listing(manager, ResidentQuery(building="4"), ERRAND).rows == ()


def test_what_was_chosen_last_is_known(manager):
    assert export_guard.last_errand(manager) is None
    export.listing(manager, ResidentQuery(building="3"), CONTRACTOR)
    assert export_guard.last_errand(manager) == CONTRACTOR


def test_whole_names_leave_with_those_only_who_may_see_them(manager, monkeypatch):
    may = MATRIX[manager.staff.role] - {Permission.REVEAL}
    monkeypatch.setattr(staff_rules, "MATRIX", {**MATRIX, manager.staff.role: may})
    small = ResidentQuery(building="3")
    for act, more in ((export.listing, ()), (export.ask, (REASON,))):
        with pytest.raises(RefusedError):
            act(manager, small, ERRAND, *more, unmasked=True)
    assert export.listing(manager, small, ERRAND).rows


# ---- asking and deciding -----------------------------------------------------------------------


def test_a_request_needs_a_reason_and_filters_instead_of_a_name(manager):
    refused(export.ask, manager, EVERYBODY, ERRAND, "要用", code="")
    refused(export.ask, manager, ResidentQuery(text="王"), ERRAND, REASON, code="")
    assert export_guard.own(manager) == ()


def test_who_decides_sees_what_how_many_and_why(manager, asked, reviewer, office):
    (shown,) = export_guard.everybody(reviewer)
    request = shown.request
    assert (request.people, request.economic) == (277, 26)
    assert (request.reason, request.errand) == (REASON, CONTRACTOR)
    assert (shown.asker, shown.stage, shown.decidable) == ("李静", Stage.WAITING, True)
    assert export.query_of(request.wish) == EVERYBODY
    assert not export_guard.everybody(manager)[0].decidable
    stored = str(office.sql("SELECT * FROM export_request"))
    assert "王小明" not in stored


def test_whoever_may_decide_is_told_on_the_landing_page(manager, asked, reviewer):
    point, *others = record_points.points(reviewer)  # whoever waits comes before the chores
    assert (point.tab, point.places) == (export_guard.TAB, {"count": 277, "name": "李静"})
    assert "{name} is waiting for you" in point.sentence
    assert others
    assert export_guard.TAB not in {one.tab for one in others}
    assert not [one for one in record_points.points(manager) if one.tab == export_guard.TAB]


def test_nobody_agrees_to_a_list_of_his_own(manager, asked, office):
    with office.logged() as log:
        refused(export_guard.approve, manager, asked, WORDS)
    assert [action for action, _target, _fields in log] == ["denied"]
    assert stage(manager) is Stage.WAITING


def test_the_database_itself_refuses_an_approval_of_ones_own(manager, asked):
    with manager.store.writing() as work, pytest.raises(Exception, match=r"constraint|CHECK"):
        work.export_requests.decide(
            asked,
            approved=True,
            by=manager.staff.uid,
            at=manager.clock.now(),
            words=WORDS,
            alone=False,
        )


def test_a_decision_needs_words_and_is_made_once(asked, reviewer, manager2):
    refused(export_guard.approve, reviewer, asked, " ", code="")
    export_guard.refuse(reviewer, asked, WORDS)
    with pytest.raises(ConflictError):
        export_guard.approve(manager2, asked, WORDS)


def test_a_disabled_account_decides_nothing_even_in_an_open_session(asked, reviewer, admin, office):
    staff.disable(admin, reviewer.staff.uid)
    with pytest.raises(RefusedError):
        export_guard.approve(reviewer, asked, WORDS)


def test_what_a_since_disabled_account_agreed_to_holds_no_more(
    manager, agreed, reviewer, admin, office
):
    staff.disable(admin, reviewer.staff.uid)
    office.clock.advance(hours=2)
    refused(export.fetched, manager, agreed, never)


def test_a_clerk_neither_asks_nor_decides(clerk, asked):
    for act in (
        lambda: export.ask(clerk, EVERYBODY, ERRAND, REASON),
        lambda: export_guard.approve(clerk, asked, WORDS),
        lambda: export.fetched(clerk, asked, never),
        lambda: export_guard.everybody(clerk),
    ):
        with pytest.raises(RefusedError):
            act()


def test_only_who_asked_takes_it_back_and_then_it_leads_nowhere(manager, manager2, asked, reviewer):
    with pytest.raises(RefusedError):
        export_guard.withdraw(manager2, asked)
    export_guard.withdraw(manager, asked)
    with pytest.raises(ConflictError):
        export_guard.approve(reviewer, asked, WORDS)
    refused(export.fetched, manager, asked, never)
    with pytest.raises(ConflictError):
        export_guard.withdraw(manager, asked)
    assert stage(manager) is Stage.WITHDRAWN
