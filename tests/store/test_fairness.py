"""Samples in the database itself: under the gate, one for each person, results without people."""

import pytest

from pmdesk.domain.classification import RulesetId
from pmdesk.services import fairness
from tests.services.fairly import joined, sample


@pytest.fixture(scope="session")
def founded(tmp_path_factory):
    from tests.offices import founded_office

    return founded_office(tmp_path_factory.mktemp("founded") / "office")


@pytest.fixture
def office(founded, tmp_path, clock):
    copy = founded.copied(tmp_path / "office", clock)
    yield copy
    copy.close()


def run(office, statement):
    office.session("admin")
    with office.opened["admin"].engine.begin() as connection:
        connection.exec_driver_sql(statement)


def test_a_sample_falls_with_the_row_of_its_consent(office, clerk):
    first, second = joined(clerk, (2, sample(), {}))
    run(office, f"DELETE FROM consent WHERE person = {first} AND purpose = 'P6'")

    assert office.sql("SELECT person FROM fairness_sample") == [(second,)]


def test_a_sample_falls_with_the_person(office, clerk):
    (person,) = joined(clerk, (1, sample(), {}))
    run(office, f"DELETE FROM person WHERE id = {person}")

    assert office.sql("SELECT * FROM fairness_sample") == []


def test_no_other_purpose_lets_a_sample_in(office, clerk):
    (person,) = joined(clerk, (1, {}, {}))
    for purpose in ("P2", "P5"):
        with pytest.raises(Exception, match="CHECK"):
            run(
                office,
                "INSERT INTO fairness_sample (pseudonym, person, purpose, since, blob) "
                f"VALUES ('a', {person}, '{purpose}', '2026-01-01', x'00')",
            )
    with pytest.raises(Exception, match="FOREIGN KEY"):
        run(
            office,
            "INSERT INTO fairness_sample (pseudonym, person, since, blob) "
            "VALUES ('a', 4711, '2026-01-01', x'00')",
        )


def test_a_sample_under_a_notice_that_was_altered_is_not_used(office, clerk):
    joined(clerk, (3, sample(), {}))
    with clerk.store.reading() as work:
        assert work.fairness.count(today=clerk.clock.today()) == 3
    run(office, "DROP TRIGGER notice_stands")
    run(office, "UPDATE notice SET text = 'another' WHERE purpose = 'P6'")

    with clerk.store.reading() as work:
        assert work.fairness.count(today=clerk.clock.today()) == 0


def test_a_sample_under_a_consent_past_its_last_day_is_not_used(office, clerk):
    joined(clerk, (3, sample(), {}))
    office.clock.advance(days=731)

    with clerk.store.reading() as work:
        assert work.fairness.count(today=clerk.clock.today()) == 0


def test_only_the_first_report_starts_the_period(office, clerk):
    joined(clerk, (2, sample(), {}))
    ((one,), (other,)) = office.sql("SELECT pseudonym FROM fairness_sample")
    today = clerk.clock.today()
    with clerk.store.writing() as work:
        work.fairness.mark([one], today)
        work.fairness.mark([], today)
        work.fairness.mark([one, other], today.replace(day=28))
        assert work.fairness.first() == today
        gone = work.fairness.expire(today.replace(day=28), at=clerk.clock.now(), today=today)
        work.commit()

    assert gone == 1
    assert office.sql("SELECT pseudonym FROM fairness_sample") == [(other,)]


def test_nothing_to_erase_leaves_no_line_in_the_journal(office, clerk):
    with clerk.store.writing() as work:
        assert work.fairness.clear(at=clerk.clock.now(), today=clerk.clock.today()) == 0
        work.commit()

    assert office.sql("SELECT * FROM erasure") == []


def test_a_second_result_of_a_version_takes_the_place_of_the_first(office, clerk):
    joined(clerk, (12, sample(), {}))
    manager = office.session("manager")
    fairness.report(manager, RulesetId(1))
    office.clock.advance(days=1)
    fairness.report(manager, RulesetId(1))

    assert office.sql("SELECT ruleset, people, at >= '2026-03-03' FROM fairness_result") == [
        (1, 12, 1)
    ]
