"""Records, undertakings and training go when their periods are over, and not a day before."""

from datetime import date

import pytest

from pmdesk.services import retention, staff
from pmdesk.services.records import record_desk
from tests.services.bookkeeping import DISCLOSURE, PROCESSOR, assessed, filed

KINDS = (
    "requests",
    "training",
    "records",
    "undertakings",
    "fairness",
    "quarantine",
    "export_requests",
)


def sweep(session):
    with session.store.writing() as work:
        report = retention.sweep(session, work)
        work.commit()
    return report.counts if report else {}


def due(session, kind):
    return next(one for one in retention.overview(session).due if one.kind == kind)


def until(office, day):
    """The office's clock shows that day."""
    office.clock.advance(days=(date.fromisoformat(day) - office.clock.today()).days)


@pytest.fixture
def closed(manager, reviewer):
    """A disclosure that ended on the second of March."""
    record = filed(manager, "disclosure", DISCLOSURE, by=reviewer)
    record_desk.close(reviewer, record, "办完")
    return record


def test_every_register_is_on_the_page_with_name_and_period(manager):
    for kind in KINDS:
        one = due(manager, kind)
        words = [one.name, one.line.period if one.line else one.period]
        assert all(text for each in words for text in (each.zh, each.en))
        assert retention.NAMES[kind] == one.name


@pytest.mark.usefixtures("closed")
def test_a_closed_record_goes_after_three_years(office, clerk, manager):
    assert str(due(manager, "records").first) == "2029-03-02"
    until(office, "2029-03-01")
    assert "records" not in sweep(clerk)
    until(office, "2029-03-02")
    with office.logged() as log:
        assert sweep(clerk)["records"] == 1
    assert any(action == "record.expired" for action, _on, _fields in log)
    assert record_desk.lines(manager, "disclosure") == ()


def test_a_record_that_still_stands_never_goes(office, clerk, manager, reviewer):
    document = PROCESSOR | {"assessment": assessed(manager, reviewer)}
    record = filed(manager, "processor", document, by=reviewer)
    until(office, "2036-03-02")
    sweep(clerk)

    with clerk.store.reading() as work:
        assert work.records.get(record)


def test_an_undertaking_goes_three_years_after_it_ran_out_if_the_person_left(
    office, clerk, manager, manager2, admin
):
    assert due(manager, "undertakings").first is None
    before = office.sql("SELECT count(*) FROM undertaking")[0][0]
    staff.disable(admin, manager2.staff.uid)
    gone = due(manager, "undertakings").first
    assert str(gone) == "2030-03-03"
    until(office, "2030-03-02")
    assert "undertakings" not in sweep(clerk)
    until(office, "2030-03-03")
    assert sweep(clerk)["undertakings"] == 1
    assert office.sql("SELECT count(*) FROM undertaking")[0][0] == before - 1


def test_training_records_go_after_three_years(office, clerk, manager):
    first = due(manager, "training").first
    assert first is not None
    until(office, first.isoformat())
    assert sweep(clerk)["training"] >= 1
