"""Somebody set the clock back, somebody else deleted a notice: the window goes on honestly."""

import pytest

from pmdesk.services import residents, retention
from tests.journeys.bad_days import NAME, ROOM
from tests.journeys.program import travelled
from tests.offices import P2, P3, SPECIAL, answers, consenting, founded_office

DELETED = "DELETE FROM notice WHERE purpose = 'P3'"


@pytest.fixture
def office(tmp_path, clock):
    """Swept today; somebody agreed to two purposes, and the notice of one of them is lost."""
    made = founded_office(tmp_path / "founded").copied(tmp_path / "office", clock)
    manager = made.session("manager")
    person = consenting(manager, P2, P3, values=SPECIAL, name=NAME, room=ROOM)
    residents.save_answers(manager, person, P3, answers(hobby_tags=("reading",)))
    with manager.store.writing() as work:
        retention.sweep(manager, work)
        work.commit()
    delete_by_hand(made)
    yield made
    made.close()


def delete_by_hand(office):
    """What somebody with the key and another program does to the file."""
    office.session("admin")
    with office.opened["admin"].engine.connect() as connection:
        raw = connection.connection.driver_connection
        raw.execute("PRAGMA foreign_keys = OFF")
        raw.execute("DROP TRIGGER IF EXISTS notice_stays")
        raw.execute("DROP TRIGGER IF EXISTS notice_stands")
        raw.execute(DELETED)
        raw.commit()
        raw.execute("PRAGMA foreign_keys = ON")


def test_a_wrong_clock_and_a_lost_notice_are_said_and_survived(display, office, tmp_path):
    office.close()

    travelled(display, "bad_days", office.folder, tmp_path / "kept")

    decisions = office.sql("SELECT purpose, decision FROM consent_event ORDER BY id")
    assert sorted(decisions) == [("P2", "given"), ("P2", "withdrawn"), ("P3", "given")]
    assert office.sql("SELECT 1 FROM answers_p2") == []
    versions = office.sql("SELECT DISTINCT version FROM notice WHERE purpose = 'P3'")
    assert versions == [("1.1",)]
    assert office.broken_link() is None
