"""What a clerk types, and which places it may mean."""

from dataclasses import replace

import pytest

from pmdesk.domain.acts import ArchiveReason
from pmdesk.services import person_acts
from pmdesk.services.orders import places
from tests.offices import resident

ROOM = "3-1-502"


@pytest.fixture
def person(clerk):
    return resident(clerk, "曾国强", "13800000042", ROOM)


@pytest.mark.parametrize("text", ["zgq", "曾国强", "0042", ROOM, "3栋1单元502室"])
def test_a_resident_is_found_by_name_pinyin_phone_and_room(clerk, person, text):
    first = places.offered(clerk, text)[0]

    assert (first.room, first.name) == (ROOM, "曾*强")
    assert first.person == person


def test_a_room_is_offered_without_a_name_too(clerk, person):
    found = places.offered(clerk, ROOM)

    assert [one.person for one in found] == [person, None]
    assert not found[1].is_new


def test_a_room_that_is_in_no_register_says_so_and_comes_last(clerk, person):
    found = places.offered(clerk, "3-1-999")

    assert [one.is_new for one in found] == [True]
    assert found[0].room == "3-1-999"


@pytest.mark.parametrize(
    ("text", "building", "area"),
    [
        ("大堂", "", "大堂"),
        ("3栋大堂", "3", "大堂"),
        ("3-大堂", "3", "大堂"),
        ("3号楼北门", "3", "北门"),
        ("3楼道", "3", "楼道"),
        ("3栋 楼道", "3", "楼道"),
        ("3号楼楼梯", "3", "楼梯"),
        ("3-座椅", "3", "座椅"),
    ],
)
def test_a_place_that_all_share_may_name_its_building(clerk, person, text, building, area):
    found = [one for one in places.offered(clerk, text) if one.area]

    assert [(one.building, one.area) for one in found] == [(building, area)]


@pytest.mark.parametrize("text", ["", "  ", "13800000042", "xyz", "大" * 21])
def test_what_is_no_place_is_offered_as_none(clerk, person, text):
    assert not any(one.area for one in places.offered(clerk, text))


def test_somebody_with_two_flats_is_two_places(clerk, person):
    other = resident(clerk, "曾国强", "13800000043", "3-1-503")
    rooms = [one.room for one in places.offered(clerk, "zgq") if one.person is not None]
    assert sorted(rooms) == [ROOM, "3-1-503"]
    assert [one.room for one in places.of_person(clerk, other)] == ["3-1-503"]


def test_who_asked_for_confidentiality_is_found_without_the_room(clerk, person, office):
    office.tampered(f"UPDATE person SET shielded = 1 WHERE id = {person}")
    (found,) = (one for one in places.offered(clerk, "zgq") if one.person)

    assert (found.shown, found.room) == ("", ROOM)


def test_a_flat_that_somebody_has_left_is_no_place_of_his(clerk, manager):
    person = resident(clerk, "曾国强", "13800000042", ROOM)
    with clerk.store.writing() as work:
        other = work.premises.ensure("3", "1", "503")
        one = work.people.get(person)
        entered = replace(one.occupancies[0], unit=work.premises.find("3", "1", "503"))
        work.people.save(
            person,
            one.name,
            one.mobile,
            (*one.occupancies, entered),
            revision=one.revision,
            at=clerk.clock.now(),
        )
        work.commit()
    assert len(places.of_person(clerk, person)) == 2
    person_acts.leave(manager, person, ArchiveReason.MOVED_OUT, other)

    assert [one.room for one in places.of_person(clerk, person)] == [ROOM]
