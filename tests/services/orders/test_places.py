"""What a clerk types, and which places it may mean."""

from dataclasses import replace

import pytest

from pmdesk.domain.acts import ArchiveReason
from pmdesk.domain.orders.kinds import Service
from pmdesk.services import person_acts
from pmdesk.services.orders import book, places, registering
from pmdesk.services.orders.intake import Intake
from tests.offices import resident

ROOM = "3-1-502"


@pytest.fixture
def person(clerk):
    return resident(clerk, "曾国强", "13800000042", ROOM)


@pytest.mark.parametrize("text", ["zgq", "曾国强", "0042", ROOM, "3栋1单元502室"])
def test_a_resident_is_found_by_name_pinyin_phone_and_room(clerk, person, text):
    first = places.offered(clerk, text).places[0]

    assert (first.room, first.name) == (ROOM, "曾*强")
    assert first.person == person


def test_a_room_is_offered_without_a_name_too(clerk, person):
    found = places.offered(clerk, ROOM).places

    assert [one.person for one in found] == [person, None]
    assert not found[1].is_new


def test_a_room_that_is_in_no_register_says_so_and_comes_last(clerk, person):
    found = places.offered(clerk, "3-1-999").places

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
        ("3栋2单元楼道", "3", "2单元楼道"),
        ("3栋12层走廊", "3", "12层走廊"),
    ],
)
def test_a_place_that_all_share_may_name_its_building(clerk, person, text, building, area):
    found = [one for one in places.offered(clerk, text).places if one.area]

    assert [(one.building, one.area) for one in found] == [(building, area)]


@pytest.mark.parametrize("text", ["", "  ", "13800000042", "xyz", "大" * 21])
def test_what_is_no_place_is_offered_as_none(clerk, person, text):
    assert not any(one.area for one in places.offered(clerk, text).places)


def test_somebody_with_two_flats_is_two_places(clerk, person):
    other = resident(clerk, "曾国强", "13800000043", "3-1-503")
    rooms = [one.room for one in places.offered(clerk, "zgq").places if one.person is not None]
    assert sorted(rooms) == [ROOM, "3-1-503"]
    assert [one.room for one in places.of_person(clerk, other)] == ["3-1-503"]


def test_who_asked_for_confidentiality_is_found_without_the_room(clerk, person, office):
    office.tampered(f"UPDATE person SET shielded = 1 WHERE id = {person}")
    (found,) = (one for one in places.offered(clerk, "zgq").places if one.person)

    assert (found.shown, found.room, found.mobile) == ("", ROOM, "")


def test_two_of_one_name_are_told_apart_by_room_role_and_masked_number(clerk, person):
    other = resident(clerk, "曾国强", "13900000077", ROOM)

    found = [one for one in places.offered(clerk, "zgq").places if one.person]

    assert {(one.person, one.name, one.mobile) for one in found} == {
        (person, "曾*强", "138****0042"),
        (other, "曾*强", "139****0077"),
    }
    assert all(one.role for one in found)


def test_how_many_more_fit_is_told(clerk):
    for at in range(8):
        resident(clerk, "曾国强", f"138000000{at:02}", f"3-1-{at + 1}01")

    found = places.offered(clerk, "zgq")

    assert (len([one for one in found.places if one.person]), found.more) == (6, 2)


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


@pytest.mark.parametrize("text", ["3栋12层走廊", "3-1电梯", "3-2大堂", "3栋2号电梯"])
def test_a_place_that_all_share_never_becomes_a_new_room(clerk, person, text):
    assert not any(one.is_new for one in places.offered(clerk, text).places)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("xyz", "3栋电梯"),
        ("3-502厨房漏水", "3栋电梯"),
        ("大" * 21, "too long"),
        ("2单元楼道", "which building"),
        ("12栋大堂", "12"),
    ],
)
def test_what_does_not_fit_says_what_to_type(clerk, person, text, said):
    assert said in places.offered(clerk, text).why


@pytest.mark.parametrize("text", ["3-1-502", "zgq", "3栋大堂", "9-9-901", ""])
def test_nothing_is_said_where_something_fits(clerk, person, text):
    assert places.offered(clerk, text).why == ""


@pytest.mark.parametrize("text", ["3栋", "3栋2单元楼道", "3-1-502", "北门"])
def test_a_place_is_found_again_by_its_own_words(clerk, person, text):
    place = next(one for one in places.offered(clerk, text).places if one.person is None)

    assert place in places.offered(clerk, place.typed).places


def test_a_building_alone_is_a_place_to_register_at(clerk, person):
    place = places.offered(clerk, "3栋").places[0]
    asked = Intake(service=Service.REPAIR, kind="lift", words="电梯异响", building=place.building)
    made = registering.register(clerk, asked)

    assert book.lines(clerk, [made.order])[0].where == "Building 3"


def test_the_third_lift_of_the_estate_comes_before_the_lift_of_building_three(clerk, person):
    found = places.offered(clerk, "3号电梯").places

    assert [(one.building, one.area) for one in found] == [("", "3号电梯"), ("3", "电梯")]


@pytest.mark.parametrize("text", ["不存在的人zzz", "王方", "3栋王芳", "王芳-5", "张三门口"])
def test_words_that_nobody_understands_are_a_guess_and_say_so(clerk, person, text):
    """A slip in a name is not to become a place by itself."""
    found = places.offered(clerk, text)

    assert not found.is_sure
    assert all(one.is_guess for one in found.places)
    assert text in found.why


def test_who_is_found_comes_before_a_guess(clerk, person):
    found = places.offered(clerk, "曾国强")

    assert found.is_sure
    assert [one.is_guess for one in found.places] == [False, True]
    assert found.why == ""


def test_an_office_without_any_building_may_name_its_first_one(clerk):
    found = places.offered(clerk, "桂园-501")

    assert found.is_sure
    assert found.places[0].is_new


def test_a_building_that_is_named_comes_before_the_people_who_live_there(clerk, person):
    found = places.offered(clerk, "3栋").places

    assert (found[0].building, found[0].person) == ("3", None)
    assert person in {one.person for one in found}
