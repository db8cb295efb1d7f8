"""The main job in the real window, by key and mouse only; afterwards, what the office still holds.

The journey is a program of its own: this one draws to memory, that one needs a screen.
"""

from collections import Counter

import pytest

from tests.journeys.main_job import CHANGED, CONTACT, NEIGHBOUR, NEWCOMER
from tests.journeys.program import travelled
from tests.offices import founded_office, resident
from tests.pages import traces

CODES = ("water", "laundry", "doorstep")  # the newcomer's answers
RULE = "您关注用水"  # and what followed from them
REGISTER = {"person", "occupancy", "person_search_docsize"}  # stay under the service contract


@pytest.fixture
def office(tmp_path, clock):
    """Residents enough for a change to be counted, and a neighbour of nearly the same name."""
    founded = founded_office(tmp_path / "founded", people=300, unsigned=["clerk"])
    made = founded.copied(tmp_path / "office", clock)
    resident(made.session("manager"), NEIGHBOUR, "13800000042", "9-1-102")
    yield made
    made.close()


def tables_with(office, person):
    """The tables that hold a row of this person."""
    names = [name for (name,) in office.sql("SELECT name FROM sqlite_schema WHERE type='table'")]
    found = set()
    for name in names:
        columns = {row[1] for row in office.sql(f"PRAGMA table_info('{name}')")}
        key = "person" if "person" in columns else "id" if name in REGISTER else ""
        if key and office.sql(f'SELECT 1 FROM "{name}" WHERE {key} = :person', person=person):
            found.add(name)
    return found


def test_a_resident_is_registered_classified_explained_and_forgotten(display, office, tmp_path):
    before = Counter(office.cells())
    office.close()

    travelled(display, "main_job", office.folder, tmp_path / "kept")

    assert traces(office, CONTACT, CHANGED, NEWCOMER) == {NEWCOMER}
    ((person,),) = office.sql("SELECT id FROM person WHERE name = :name", name=NEWCOMER)
    assert tables_with(office, person) == {*REGISTER, "consent_event", "erasure"}
    added = Counter(office.cells()) - before
    left = {(name, word) for name, cell in added for word in (*CODES, RULE) if word in cell}
    assert {name for name, _word in left} == {"ruleset"}  # the new version's text, nobody's answer
    assert office.sql("SELECT count(*) FROM draft") == [(0,)]
    assert office.broken_link() is None
