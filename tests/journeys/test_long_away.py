"""Four hundred days off, then the real window; afterwards, what the office still holds."""

from pathlib import Path

import pytest

from pmdesk.domain.fields import FieldKey
from pmdesk.services import residents, retention
from tests.journeys.long_away import BEFORE, EXPIRED, HELD, NEWCOMER, OFFERED, ROOMS
from tests.journeys.program import travelled
from tests.offices import P2, P3, P7, SPECIAL, consenting, founded_office
from tests.pdf import text_of


@pytest.fixture
def office(tmp_path, clock):
    """In use for 630 days: one consent about to end, one just ended, one without an end."""
    made = founded_office(tmp_path / "founded").copied(tmp_path / "office", clock)
    manager = made.session("manager")
    consenting(manager, values=SPECIAL, name=EXPIRED, mobile="13900000301", room=ROOMS[EXPIRED])
    consenting(manager, P7, name=OFFERED, mobile="13900000303", room=ROOMS[OFFERED])
    clock.advance(days=260)
    person = consenting(manager, P3, name=HELD, mobile="13900000302", room=ROOMS[HELD])
    residents.save_answers(manager, person, P3, {FieldKey("hobby_tags"): ("reading",)})
    clock.advance(days=BEFORE - 260)
    made.close()
    with made.session("manager").store.writing() as work:
        retention.sweep(made.session("manager"), work)
        work.commit()
    assert len(made.sql("SELECT 1 FROM held")) == 1
    yield made
    made.close()


def test_what_ran_out_is_gone_and_a_lapsed_course_closes_one_thing_only(display, office, tmp_path):
    office.close()

    travelled(display, "long_away", office.folder, tmp_path / "kept")

    people = dict(office.sql("SELECT name, id FROM person"))
    events = "SELECT purpose, decision FROM consent_event WHERE person = :who ORDER BY id DESC"
    newest = {name: office.sql(events, who=people[name])[0] for name in ROOMS}
    assert newest == {
        EXPIRED: (P2, "expired"),
        HELD: (P3, "expired"),
        OFFERED: (P7, "withdrawn"),
        NEWCOMER: (P2, "given"),
    }
    assert office.sql("SELECT 1 FROM held") == []
    assert office.sql("SELECT 1 FROM answers_p2 WHERE person = :who", who=people[EXPIRED]) == []
    assert office.broken_link() is None
    (certificate,) = Path(tmp_path, "kept").glob("*.pdf")
    assert "王芳" in "".join(text_of(certificate.read_bytes()))
