"""A shielded person is served as everybody else, but no list tells where they are found."""

from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.people import PartyRole
from pmdesk.services import export, residents
from tests.offices import ERRAND, P1, answers, entry, resident

ROOM, MOBILE = "3-2-501", "13800001234"


def shielded(session):
    """王小明, for whose safety nobody is told the room."""
    person = resident(session)
    residents.save_answers(session, person, P1, answers(confidentiality_flag=True))
    return person


def listed(session, **query):
    """The ids of the list."""
    return list(residents.found(session, ResidentQuery(**query)))


def test_lists_and_exports_show_neither_room_nor_number(clerk, manager):
    person = shielded(clerk)

    (row,) = residents.rows(clerk, [person])
    (line,) = export.listing(manager, ResidentQuery(), ERRAND, unmasked=True).rows

    assert (row.room, row.mobile, row.shielded) == ("", "", True)
    assert not {"501", MOBILE} & {part for cell in line for part in cell.split("-")}
    assert line[0] == "Shielded"


def test_a_search_by_room_number_or_building_finds_nobody_there_and_by_name_the_person(clerk):
    person = shielded(clerk)

    for text in (ROOM, "501", MOBILE, MOBILE[-4:]):
        assert listed(clerk, text=text) == [], text
    assert listed(clerk, building="3") == []
    assert listed(clerk, text="王小明") == listed(clerk, text="wxm") == [person]


def test_a_look_alike_does_not_tell_the_room_or_number(clerk):
    shielded(clerk)

    assert residents.look_alikes(clerk, entry("陈一", MOBILE, ROOM, PartyRole.TENANT)) == ()


def test_a_correction_keeps_the_shield_and_lifting_it_brings_everything_back(clerk):
    person = shielded(clerk)
    before = residents.detail(clerk, person).person
    residents.correct(clerk, person, entry(mobile="13900002222"), revision=before.revision)
    assert listed(clerk, text="13900002222") == []

    residents.save_answers(clerk, person, P1, answers(confidentiality_flag=False))

    (row,) = residents.rows(clerk, [person])
    assert (row.room, row.shielded) == (ROOM, False)
    assert listed(clerk, text="501") == listed(clerk, building="3") == [person]


def test_the_own_page_still_serves_the_person(clerk):
    person = shielded(clerk)

    assert residents.detail(clerk, person).person.room == ROOM
