"""The sweep: what is due goes, however long the office was closed, and a report tells of it."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

import pytest

from pmdesk.app import offices
from pmdesk.domain import retention as schedule
from pmdesk.domain.acts import ArchiveReason, EraseReason, Scope, Sweepable
from pmdesk.domain.catalogue import Catalogue
from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.consents import ConsentState
from pmdesk.errors import RefusedError
from pmdesk.services import acts, drafts, export, home, residents, retention
from pmdesk.services.consent import consents
from pmdesk.services.registers import REGISTERS
from tests.offices import (
    ERRAND,
    P2,
    P3,
    P7,
    PASSPHRASE,
    SPECIAL,
    answers,
    consenting,
    decide,
    learnt,
    resident,
    tier,
)


def sweep(session):
    with session.store.writing() as work:
        report = retention.sweep(session, work)
        work.commit()
    return report


def reports(session):
    return retention.overview(session).reports


def test_a_consent_that_ends_at_midnight_is_gone_in_the_morning(office, clerk, manager):
    person = consenting(clerk, values=SPECIAL)
    office.clock.advance(days=731)  # 24 months, one of the years a leap year: the last day
    assert retention.catch_up(clerk) == retention.NOTHING
    assert tier(clerk, person) == "care"
    office.clock.advance(days=1)
    changes = retention.catch_up(clerk)
    assert "classification" in changes.kinds
    assert tier(clerk, person) is None
    assert office.sql("SELECT * FROM answers_p2") == []
    (report,) = reports(manager)[:1]
    assert report.counts["consents"] == 1
    assert retention.catch_up(clerk) == retention.NOTHING


def test_what_ran_out_waits_for_thirty_days_and_comes_back_with_a_new_consent(
    office, clerk, manager
):
    person = consenting(clerk, values=SPECIAL)
    before = tier(clerk, person)
    office.clock.advance(days=732)
    sweep(clerk)
    page = residents.detail(manager, person)
    group = next(one for one in page.groups if one.purpose.code == P2)
    assert (group.state, group.answers) == (ConsentState.EXPIRED, None)
    assert group.held is not None
    with pytest.raises(RefusedError) as missing:
        acts.bring_back(manager, person, P2)
    assert missing.value.code == "E_NO_CONSENT"
    learnt(manager)
    decide(manager, person, {P2: True})
    with pytest.raises(RefusedError):
        acts.bring_back(clerk, person, P2)  # what was sealed opens for few
    acts.bring_back(manager, person, P2)
    assert tier(manager, person) == before
    with pytest.raises(Exception, match="wait"):
        acts.bring_back(manager, person, P2)


def test_after_thirty_days_it_is_gone_for_good(office, clerk):
    person = consenting(clerk, values=SPECIAL)
    office.clock.advance(days=732)
    sweep(clerk)
    office.clock.advance(days=31)
    assert sweep(clerk).counts["held"] == 1
    assert office.sql("SELECT * FROM held") == []
    with clerk.store.reading() as work:
        (line,) = work.erasures.of(person)
    assert (line.scope, line.reason) == (Scope(purpose=P2), EraseReason.PERIOD_OVER)


@pytest.fixture
def act_of():
    """Does one act in a unit of work."""

    def _act_of(session, act):
        with session.store.writing() as work:
            result = act(work)
            work.commit()
        return result

    return _act_of


@contextmanager
def signed_in(office, **later):
    """The office was closed for so long; a manager signs in."""
    folder, clock = office.folder, office.clock
    office.close()
    clock.advance(**later)
    opened = offices.sign_in(folder, "manager", PASSPHRASE, clock)
    try:
        yield opened.session
    finally:
        opened.close()


def test_four_hundred_days_off_are_caught_up_with_at_the_next_sign_in(office, clerk, act_of):
    person = consenting(clerk, P2, P3, values=SPECIAL)
    now = clerk.clock.now()
    act_of(clerk, lambda work: work.service_notes.add(person, "厨房漏水", at=now))
    drafts.keep(clerk, "resident", "new", '{"name": "草稿"}')
    with signed_in(office, days=400) as session:
        (report,) = reports(session)
        assert report.days == 400
        assert report.counts == {"consents": 1, "notes": 1, "drafts": 1}
        with session.store.reading() as work:
            assert set(work.consents.live(person)) == {P2}
            assert work.service_notes.of(person) == ()


def test_the_archive_goes_at_its_legal_end(office, clerk, act_of):
    moved = resident(clerk, "搬离者", "13900000001", "4-1-404")
    act_of(clerk, lambda work: acts.archive(clerk, work, moved, ArchiveReason.MOVED_OUT))
    with signed_in(office, days=1096) as session, session.store.reading() as work:
        assert work.archive.get(moved).keep_until == date(2029, 3, 2)
    with signed_in(office, days=1) as session:
        assert reports(session)[0].counts["archive"] == 1
        with session.store.reading() as work:
            assert work.archive.all() == ()
            (line,) = work.erasures.of(moved)
        assert line.reason is EraseReason.PERIOD_OVER


def test_what_ended_too_long_ago_is_not_held_back_first(office, clerk):
    consenting(clerk, values=SPECIAL)
    with signed_in(office, days=1200) as session:
        counts = reports(session)[0].counts
        assert (counts["consents"], "held" in counts) == (1, False)
        with session.store.reading() as work:
            assert work.sweeps.oldest(Sweepable.HELD) is None


def test_a_clock_that_is_set_back_sweeps_nothing_and_says_so(office, clerk, manager, admin):
    consenting(clerk, values=SPECIAL)
    office.clock.advance(days=10)
    sweep(clerk)
    office.clock.advance(days=-370)
    assert sweep(clerk) is None
    assert retention.catch_up(clerk) == retention.NOTHING
    retention.run_now(manager)
    shown = retention.overview(manager)
    assert shown.clock_is_back
    assert shown.swept_to == date(2026, 3, 12)
    assert home.overview(clerk).clock_back_from == date(2026, 3, 12)
    office.clock.advance(days=370)
    assert home.overview(clerk).clock_back_from is None
    with admin.store.writing() as work, pytest.raises(Exception, match="only goes on"):
        work.sweeps.advance(date(2020, 1, 1), at=office.clock.now())


def test_a_sweep_is_whole_or_not_at_all(office, clerk, monkeypatch):
    consenting(clerk, values=SPECIAL)
    office.clock.advance(days=732)
    broken = replace(REGISTERS[0], expire=lambda _session, _work: 1 // 0)
    monkeypatch.setattr(retention, "REGISTERS", (broken,))
    with pytest.raises(ZeroDivisionError):
        sweep(clerk)
    assert office.sql("SELECT count(*) FROM answers_p2") == [(1,)]
    assert office.sql("SELECT day FROM sweep") == [("2026-03-02",)]
    monkeypatch.undo()
    assert sweep(clerk).counts["consents"] == 1


def test_to_sweep_twice_changes_nothing(office, clerk, manager):
    consenting(clerk, values=SPECIAL)
    office.clock.advance(days=732)
    sweep(clerk)
    before = office.cells()
    assert sweep(clerk) is None
    assert office.cells() == before
    retention.run_now(manager)
    assert len(reports(manager)) == 1  # nothing went, nothing to report


def test_evidence_and_records_go_after_three_years_and_never_before(office, clerk, manager):
    person = consenting(clerk, P2, P7, values=SPECIAL)
    consents.withdraw(clerk, person, P2)
    export.listing(manager, ResidentQuery(), ERRAND)
    count = "SELECT count(*) FROM consent_event WHERE purpose = 'P2'"
    office.clock.advance(days=1096)  # three years and one leap day: the last day
    sweep(clerk)
    assert office.sql(count) == [(2,)]
    office.clock.advance(days=1)
    report = sweep(clerk)
    assert {"evidence": 2, "exports": 1, "journal": 1}.items() <= report.counts.items()
    assert office.sql(count) == [(0,)]
    live = office.sql("SELECT count(*) FROM consent_event WHERE purpose = 'P7'")
    assert live == [(1,)]  # the consent goes on, and so does its proof


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM consent_event",
        "DELETE FROM erasure",
        "DELETE FROM export_list",
        "UPDATE erasure SET person = 1",
        "DELETE FROM sweep",
        "UPDATE sweep SET day = '2000-01-01'",
        "INSERT INTO sweep VALUES (1, '2000-01-01', '')",
        "UPDATE sweep_report SET document = '{}'",
    ],
)
def test_the_database_itself_keeps_the_minimum_periods(office, clerk, manager, statement):
    person = consenting(clerk, P2, values=SPECIAL)
    export.listing(manager, ResidentQuery(), ERRAND)
    consents.withdraw(clerk, person, P2)
    consenting(clerk, P2)
    office.clock.advance(days=735)
    sweep(clerk)
    with clerk.store.writing() as work:
        run = work._connection.exec_driver_sql
        run("DELETE FROM export_person")
        with pytest.raises(Exception, match=r"kept|only|append"):
            run(statement)


def test_the_page_tells_when_the_first_of_each_kind_goes(office, clerk, manager):
    consenting(clerk, values=SPECIAL)
    drafts.keep(clerk, "resident", "new", "{}")
    due = {one.kind: one for one in retention.overview(manager).due}
    assert set(due) == set(Sweepable) | {one.key for one in REGISTERS}
    assert due[Sweepable.DRAFTS].first == date(2026, 3, 10)
    assert due[Sweepable.CONSENTS].first == date(2028, 3, 3)
    assert due[Sweepable.HELD].first is None
    notes = due[Sweepable.NOTES].line
    assert notes is not None
    assert notes.code == "R-P1-NOTE"
    with pytest.raises(RefusedError):
        retention.overview(clerk)


def test_every_term_of_the_schedule_is_a_line_of_the_catalogue(manager):
    catalogue = residents.catalogue(manager)
    today = date(2026, 3, 2)
    for term in schedule.TERMS:
        assert term.before(catalogue, today) <= today
        assert not term.retention or term.line(catalogue) is not None
        first = term.due(catalogue, today)
        assert term.before(catalogue, first) > today
        assert term.before(catalogue, first - timedelta(days=1)) <= today


def test_a_schedule_without_a_period_is_refused():
    bare = Catalogue(fields=(), purposes=(), retentions=(), tiers=(), tags=())
    with pytest.raises(RefusedError) as missing:
        schedule.BY_KIND[Sweepable.NOTES].before(bare, date(2026, 3, 2))
    assert missing.value.code == "E_RETENTION_MISSING"


def test_what_no_rule_reads_comes_back_the_same_way(office, clerk, manager):
    person = consenting(clerk, P3)
    residents.save_answers(clerk, person, P3, answers(hobby_tags=("reading",)))
    office.clock.advance(days=366)
    sweep(clerk)
    learnt(manager)
    decide(manager, person, {P3: True})
    acts.bring_back(manager, person, P3)
    with manager.store.reading() as work:
        assert work.answers.get(person, P3).values["hobby_tags"] == ("reading",)
