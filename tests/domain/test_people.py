"""Residents and premises as they are shown."""

from datetime import UTC, datetime

import pytest

from pmdesk.domain.people import Occupancy, PartyRole, Person, PersonId, Premises, UnitId


def unit(building, entrance, room):
    return Premises(id=UnitId(1), building=building, entrance=entrance, room=room)


@pytest.mark.parametrize(
    ("parts", "label"),
    [(("3", "1", "502"), "3-1-502"), (("A", "", "1202"), "A-1202"), (("3", "", ""), "3")],
)
def test_a_unit_is_labelled_as_people_write_it(parts, label):
    assert unit(*parts).label == label


def test_a_person_lives_first_where_the_first_unit_is():
    homes = tuple(
        Occupancy(unit=unit(*parts), role=PartyRole.OWNER)
        for parts in (("3", "1", "502"), ("4", "1", "101"))
    )
    person = Person(
        id=PersonId(1),
        name="王小明",
        mobile="",
        occupancies=homes,
        revision=1,
        updated_at=datetime(2026, 3, 2, tzinfo=UTC),
        updated_by="u",
    )

    assert person.room == "3-1-502"


def test_a_person_without_a_unit_has_no_room():
    person = Person(
        id=PersonId(1),
        name="王小明",
        mobile="",
        occupancies=(),
        revision=1,
        updated_at=datetime(2026, 3, 2, tzinfo=UTC),
        updated_by="u",
    )

    assert person.room == ""
