"""Large lists as an inspector tries them: too early, twice, grown, run out, alone."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.export_guard import ExportRequestId, Stage
from pmdesk.domain.people import PersonId
from pmdesk.domain.ports.proof import LogQuery
from pmdesk.errors import ConflictError, NotFoundError, StorageError
from pmdesk.services import export, export_guard, log_book, retention, staff
from pmdesk.services.notices import notice_changes
from pmdesk.services.records import record_desk
from pmdesk.services.rights import handover, handover_package
from pmdesk.services.session import about
from tests.offices import ERRAND
from tests.pdf import text_of
from tests.services.exports.lists import (
    EVERYBODY,
    PLAIN,
    REASON,
    WORDS,
    never,
    refused,
    settle,
    stage,
    taken,
)
from tests.services.test_handover import PLAN

# ---- waiting and fetching ----------------------------------------------------------------------


def test_the_list_leaves_an_hour_after_the_approval_and_not_a_minute_earlier(
    manager, agreed, office
):
    for minutes in (0, 59):
        office.clock.advance(minutes=minutes)
        refused(export.fetched, manager, agreed, never)
    assert stage(manager) is Stage.COOLING
    office.clock.advance(minutes=1)
    assert stage(manager) is Stage.READY
    with office.logged() as log:
        made = export.fetched(manager, agreed, taken)
    assert len(made.rows) == 277
    assert {action for action, _target, _fields in log} == {
        "export.fetched",
        "export.classification",
    }
    assert "保洁公司" in made.footer


def test_nothing_leaves_before_anybody_agreed_or_after_a_no(manager, asked, reviewer, office):
    office.clock.advance(hours=2)
    refused(export.fetched, manager, asked, never)
    export_guard.refuse(reviewer, asked, WORDS)
    refused(export.fetched, manager, asked, never)
    assert stage(manager) is Stage.REFUSED


def test_an_approval_is_good_for_one_file(manager, agreed, office):
    office.clock.advance(hours=1)
    export.fetched(manager, agreed, taken)
    refused(export.fetched, manager, agreed, never)
    assert stage(manager) is Stage.FETCHED


def test_what_was_agreed_to_does_not_count_against_the_rest_of_the_day(manager, agreed, office):
    office.clock.advance(hours=1)
    export.fetched(manager, agreed, taken)
    assert export.listing(manager, ResidentQuery(building="4"), ERRAND).rows


def test_a_file_that_cannot_be_written_does_not_use_the_approval_up(
    manager, agreed, office, tmp_path
):
    office.clock.advance(hours=1)
    with pytest.raises(StorageError):
        export.fetched(manager, agreed, lambda made: export.write_pdf(made, tmp_path / "no" / "a"))
    assert stage(manager) is Stage.READY
    made = export.fetched(manager, agreed, lambda made: export.write_pdf(made, tmp_path / "a.pdf"))
    pages = text_of((tmp_path / "a.pdf").read_bytes())
    assert all(made.stamp in page for page in pages)


def test_an_approval_is_for_who_asked(manager2, agreed, office):
    office.clock.advance(hours=1)
    refused(export.fetched, manager2, agreed, never)


def test_a_list_that_has_grown_is_asked_for_anew(manager, agreed, office):
    with manager.store.writing() as work:
        settle(office, work, "5", "101")
        work.commit()
    office.clock.advance(hours=1)
    error = refused(export.fetched, manager, agreed, never)
    assert (error.places["count"], error.places["more"]) == (277, 278)


def test_after_seven_days_it_has_run_out(manager, agreed, office):
    office.clock.advance(days=7, hours=1)
    refused(export.fetched, manager, agreed, never)
    assert stage(manager) is Stage.EXPIRED
    office.clock.advance(days=8)
    assert export_guard.own(manager) == ()


def test_a_request_nobody_answers_runs_out_too(manager, asked, reviewer, office):
    office.clock.advance(days=7)
    with pytest.raises(ConflictError):
        export_guard.approve(reviewer, asked, WORDS)


def test_a_clock_set_back_neither_shortens_the_hour_nor_revives_what_ran_out(
    manager, asked, reviewer, office
):
    office.clock.advance(hours=2)
    export.listing(manager, ResidentQuery(building="3"), ERRAND)  # the log knows the hour
    office.clock.advance(hours=-2)
    refused(export_guard.approve, reviewer, asked, WORDS, code="E_CLOCK")
    office.clock.advance(hours=2, minutes=-5)
    export_guard.approve(reviewer, asked, WORDS)
    office.clock.advance(minutes=64)
    refused(export.fetched, manager, asked, never)
    office.clock.advance(minutes=1)
    export.fetched(manager, asked, taken)


def test_whoever_changes_a_stored_request_by_hand_gets_nothing(manager, asked, reviewer, office):
    export_guard.approve(reviewer, asked, WORDS)
    office.clock.advance(hours=1)
    with pytest.raises(Exception, match="never changes"):
        office.sql("UPDATE export_request SET people = 99999")
    with manager.store.writing() as work:
        found = work.export_requests.get(asked)
    other = replace(found, wish=replace(found.wish, unmasked=True))
    assert other.fingerprint != other.wish.fingerprint


def test_the_masking_that_was_agreed_to_is_what_leaves(manager, reviewer, office):
    export.ask(manager, EVERYBODY, ERRAND, REASON, unmasked=True)
    request = export_guard.own(manager)[0].request
    assert request.wish.unmasked
    export_guard.approve(reviewer, request.id, WORDS)
    office.clock.advance(hours=1)
    made = export.fetched(manager, request.id, taken)
    assert "not masked" in made.footer
    assert any("王小明" in line for line in made.rows)


# ---- alone, kept, copied -----------------------------------------------------------------------


@pytest.fixture
def alone(admin, office, manager, manager2, reviewer):
    """Only the administrator is left."""
    for one in (manager, manager2, reviewer):
        staff.disable(admin, one.staff.uid)
    return admin


def test_a_single_person_decides_after_a_day_and_the_list_says_so(alone, office):
    export.ask(alone, EVERYBODY, ERRAND, REASON)
    (shown,) = export_guard.everybody(alone)
    assert not shown.decidable
    assert shown.waits_until == office.clock.now() + timedelta(hours=24)
    refused(export_guard.approve, alone, shown.request.id, WORDS)
    office.clock.advance(hours=24)
    export_guard.approve(alone, shown.request.id, WORDS)
    refused(export.fetched, alone, shown.request.id, never)
    office.clock.advance(hours=1)
    assert "approved by one person alone" in export.fetched(alone, shown.request.id, taken).footer


def test_requests_go_after_three_years_and_not_a_day_earlier(manager, clerk, asked, office):
    office.clock.advance(days=365 * 3)
    with clerk.store.writing() as work:
        retention.sweep(clerk, work)
        work.commit()
    assert office.sql("SELECT count(*) FROM export_request") == [(1,)]
    office.clock.advance(days=1)
    with clerk.store.writing() as work:
        report = retention.sweep(clerk, work)
        work.commit()
    assert report is not None
    assert report.counts["export_requests"] == 1


def test_the_first_day_of_going_is_on_the_page(manager):
    assert due(manager) is None
    export.ask(manager, EVERYBODY, ERRAND, REASON)
    assert str(due(manager)) == "2029-03-02"


def due(session):
    lines = retention.overview(session).due
    return next(one.first for one in lines if one.kind == "export_requests")


def test_a_large_hand_over_waits_like_every_list(admin, clerk, manager, office):
    record = handover.begin(admin, PLAN)[0]
    notice_changes.post(clerk, handover.handovers(admin)[0].change)
    handover.put_forward(admin, record)
    record_desk.approve(manager, record, WORDS)
    refused(handover_package.package, admin, record)
    size, requests = handover_package.guarded(admin, record)
    assert (size.people, size.is_large, requests) == (277, True, ())
    handover_package.ask(admin, record, REASON)
    (shown,) = handover_package.guarded(admin, record)[1]
    assert shown.request.errand.to == "青禾物业"
    assert "DIS-2026-001" in shown.what
    assert not export_guard.everybody(admin)[0].decidable
    export_guard.approve(manager, shown.request.id, WORDS)
    refused(handover_package.package, admin, record, shown.request.id, never)
    office.clock.advance(hours=1)
    assert handover_package.package(admin, record, shown.request.id).people == 277
    refused(handover_package.package, admin, record, shown.request.id, never)


def test_an_approval_of_one_list_lets_no_other_out(admin, clerk, manager, reviewer, office):
    export.ask(admin, EVERYBODY, ERRAND, REASON)
    request = export_guard.own(admin)[0].request.id
    export_guard.approve(reviewer, request, WORDS)
    office.clock.advance(hours=1)
    record = handover.begin(admin, PLAN)[0]
    notice_changes.post(clerk, handover.handovers(admin)[0].change)
    handover.put_forward(admin, record)
    record_desk.approve(manager, record, WORDS)
    refused(handover_package.package, admin, record, request, never)


def test_a_large_file_of_the_log_tells_no_rooms(reviewer, office, tmp_path):
    with reviewer.store.writing() as work:
        ids = work.people.ids(PLAIN, today=reviewer.clock.today())
        for person in ids:
            reviewer.log(work, "resident.open", about(PersonId(person)))
        work.commit()
    looked = LogQuery(actions=("resident.open",))
    log_book.export(reviewer, looked, tmp_path / "all.csv")
    assert "2-1-1" not in (tmp_path / "all.csv").read_text("utf-8")
    assert f"resident no. {ids[0]}" in (tmp_path / "all.csv").read_text("utf-8")
    assert office.sql("SELECT count(*) FROM export_list") == [(0,)]
    one = LogQuery(targets=(about(PersonId(ids[0])),))
    log_book.export(reviewer, one, tmp_path / "one.csv")
    assert "2-1-" in (tmp_path / "one.csv").read_text("utf-8")
    assert office.sql("SELECT people FROM export_list") == [(1,)]


def test_an_attempt_to_copy_many_rows_is_in_the_log(clerk, office):
    with office.logged() as log:
        export_guard.kept_back(clerk, 40)
    assert log == [("export.held", "clipboard", ())]


def test_a_request_that_is_not_there_is_said_so(manager):
    with pytest.raises(NotFoundError):
        export.fetched(manager, ExportRequestId(4711), never)
