"""Residents: entered, saved, listed, compared and removed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.consents import ConsentState, Decision
from pmdesk.domain.people import NewResident, Occupancy, PartyRole, PersonId, Premises
from pmdesk.errors import ConflictError, NotFoundError
from pmdesk.store import resident_list
from pmdesk.store.consent_ends import SqlConsentEnds
from pmdesk.store.people import SqlPeople
from pmdesk.store.premises import SqlPremises
from tests.store.conftest import AT, TODAY, UID

DOCUMENT = (
    '{"rules":[{"id":"r1"}],"scheme":{"tiers":[{"key":"standard"},{"key":"care"},'
    '{"key":"special"}],"tags":[{"key":"need"},{"key":"addon"}]}}'
)


@pytest.fixture
def people(connection, context):
    return SqlPeople(connection, context)


@pytest.fixture
def premises(connection, context):
    return SqlPremises(connection, context)


def listed(people, **query):
    rows = people.rows(people.ids(ResidentQuery(**query), today=TODAY), today=TODAY)
    return [row.name for row in rows]


def test_a_person_comes_back_as_entered(people, premises):
    def home(room, role):
        key = premises.ensure("3", "1", room)
        unit = Premises(id=key, building="3", entrance="1", room=room)
        return Occupancy(unit=unit, role=role, since=TODAY)

    homes = (home("502", PartyRole.TENANT), home("101", PartyRole.OWNER))
    person = people.get(people.add("曾国强", "13800000042", homes, at=AT))
    assert (person.name, person.mobile, person.occupancies) == ("曾国强", "13800000042", homes)
    assert (person.revision, person.updated_at, person.updated_by) == (1, AT, UID)
    assert person.room == "3-1-502"
    [row] = people.rows([person.id], today=TODAY)
    assert (row.room, row.role, row.tier, row.rule) == ("3-1-502", "tenant", None, "")
    assert row.consent is ConsentState.NEVER_ASKED


def test_the_second_of_two_editors_is_told(people, enter):
    person = enter()
    assert people.save(person, "曾国强", "", (), revision=1, at=AT) == 2
    with pytest.raises(ConflictError):
        people.save(person, "曾强", "", (), revision=1, at=AT)
    assert people.get(person).name == "曾国强"


def test_a_person_who_is_gone_is_not_found_and_the_number_is_never_used_again(people, enter):
    person = enter()
    people.remove(person)
    for act in (
        lambda: people.get(person),
        lambda: people.remove(person),
        lambda: people.save(person, "", "", (), revision=1, at=AT),
    ):
        with pytest.raises(NotFoundError):
            act()
    assert enter() > person
    assert people.rows([person], today=TODAY) == ()


def test_lists_stand_in_natural_order(people, enter):
    rooms = ["10-1-101", "2-1-1102", "2-1-302", "2-10-101", "2-2-101", "A-1-1", ""]
    names = {f"王{n}": room for n, room in zip("一二三四五六七", rooms, strict=True)}
    for name, room in names.items():
        enter(name, "", room)
    in_order = ["2-1-302", "2-1-1102", "2-2-101", "2-10-101", "10-1-101", "A-1-1", ""]
    assert [names[name] for name in listed(people)] == in_order
    assert [names[name] for name in listed(people, descending=True)] == in_order[::-1]


def test_lists_can_stand_by_the_sound_of_the_name_and_by_change(people, enter):
    for name in ("周杰", "安然", "曾国强"):
        enter(name, "", "")
    assert listed(people, order="name") == ["安然", "曾国强", "周杰"]
    people.save(PersonId(1), "周杰", "", (), revision=1, at=AT + timedelta(minutes=1))
    assert listed(people, order="updated", descending=True)[0] == "周杰"


def test_the_list_of_a_building_has_everybody_there(people, enter):
    enter("王一", "", "3-1-101")
    enter("王二", "", "30-1-101")
    assert listed(people, building="3") == ["王一"]
    assert listed(people, building="3", text="wang") == ["王一"]
    assert listed(people, building="4") == []


def test_every_consent_state_can_be_listed(connection, context, people, enter, decide):
    ends = SqlConsentEnds(connection, context)
    steps = {
        ConsentState.NEVER_ASKED: (),
        ConsentState.LIVE: ((Decision.GIVEN, None),),
        ConsentState.EXPIRING: ((Decision.GIVEN, TODAY + timedelta(days=30)),),
        ConsentState.REFUSED: ((Decision.REFUSED, None),),
        ConsentState.WITHDRAWN: ((Decision.GIVEN, None), (Decision.WITHDRAWN, None)),
        ConsentState.STALE: ((Decision.GIVEN, None), (Decision.STALE, None)),
        ConsentState.EXPIRED: ((Decision.GIVEN, TODAY - timedelta(days=1)),),
        ConsentState.RESTRICTED: ((Decision.GIVEN, None),),
    }
    entered = {state: enter(state.value, "", "") for state in steps}
    for state, decisions in steps.items():
        for decision, until in decisions:
            decide(entered[state], decision, valid_until=until)
    connection.exec_driver_sql(
        "INSERT INTO restriction (person, purpose, since) VALUES (?, 'P2', '2026-03-02')",
        (entered[ConsentState.RESTRICTED],),
    )
    over = [row.name for row in people.rows(range(1, 8), today=TODAY) if row.consent == "expired"]
    assert over == listed(people, consent=ConsentState.EXPIRED) == ["expired"]  # at once
    assert ends.expire(today=TODAY, at=AT, seal=lambda _info, data: data) == 1
    for state in ConsentState:
        assert listed(people, consent=state) == [state.value]
    rows = people.rows(people.ids(ResidentQuery(), today=TODAY), today=TODAY)
    assert {row.name for row in rows} == set(ConsentState)
    assert all(row.consent == row.name for row in rows)


def classify(connection, person, tier, tags):
    connection.exec_driver_sql(
        "INSERT INTO classification (person, ruleset, rule, tier, tags, decided_on) "
        "VALUES (?, 1, ?, ?, ?, '2026-03-02')",
        (person, -1 if tier == 0 else 0, tier, tags),
    )


@pytest.fixture
def classified(connection, enter, decide):
    """Three residents with a tier each, one of them tagged, and one without consent."""
    connection.exec_driver_sql(
        "INSERT INTO ruleset (id, version, status, document, digest, author, created_at) "
        "VALUES (1, 1, 'active', ?, '', 'a', '2026-03-02')",
        (DOCUMENT,),
    )
    for name, tier, tags in (("王一", 1, 2), ("王二", 0, 0), ("王三", 2, 3)):
        person = enter(name, "", "")
        decide(person)
        classify(connection, person, tier, tags)
    enter("王四", "", "")


def test_rows_tell_tier_tags_and_rule_in_the_words_of_the_rule_set(people, classified):
    rows = people.rows([3, 1, 2, 4], today=TODAY)
    assert [(row.tier, row.tags, row.rule) for row in rows] == [
        ("special", ("need", "addon"), "r1"),
        ("care", ("addon",), "r1"),
        ("standard", (), ""),
        (None, (), ""),
    ]


def test_lists_can_be_of_a_tier_or_a_tag_and_stand_by_tier(people, classified):
    assert listed(people, tier="care") == ["王一"]
    assert listed(people, tag="addon") == ["王一", "王三"]
    assert listed(people, tier="none such") == listed(people, tag="none such") == []
    assert listed(people, order="tier") == ["王三", "王一", "王二", "王四"]
    assert listed(people, order="tier", descending=True) == ["王四", "王二", "王一", "王三"]


def test_who_may_be_the_same_person_is_shown(people, premises, enter):
    same_phone = enter("李娜", "13800000042", "3-1-101")
    same_sound = enter("增国强", "13900000001", "3-1-102")
    same_unit = enter("陈静", "13900000002", "3-1-502")
    enter("王伟", "13900000003", "3-1-103")
    unit = premises.find("3", "1", "502").id
    assert people.look_alikes("曾国强", "13800000042", unit) == (same_phone, same_sound, same_unit)
    assert people.look_alikes("钱多", "", None) == ()


def test_at_most_ten_look_alikes_are_shown(people, enter):
    for _ in range(12):
        enter("王伟", "", "")
    assert len(people.look_alikes("王伟", "", None)) == 10


def test_many_are_entered_as_one_would_be(connection, people, premises, enter):
    first = enter("曾国强", "13800000042", "3-1-502")
    people.remove(first)
    new = [
        NewResident(
            name=f"王{n}",
            mobile=f"1380000{n:04}",
            building="3",
            entrance="1",
            room=f"{n // 2}",
            role=PartyRole.OWNER,
        )
        for n in range(6000)
    ]
    homeless = replace(new[0], name="安然", building="", entrance="", room="")
    ids = people.add_many([*new, homeless], at=AT)
    assert ids == tuple(range(first + 1, first + 6002))
    assert people.count() == 6001
    assert premises.count() == 3000  # 502 was there
    entered = people.get(ids[5])
    assert (entered.name, entered.mobile, entered.room) == ("王5", "13800000005", "3-1-2")
    assert (entered.revision, entered.updated_at, entered.updated_by) == (1, AT, UID)
    assert listed(people, text="00005999") == ["王5999"]
    assert listed(people, text="3-1-2999") == ["王5998", "王5999"]
    assert listed(people)[-1] == "安然"
    assert people.existing() >= {("3", "1", "0", "王0"), ("3", "1", "2999", "王5999")}
    assert people.add_many([], at=AT) == ()


def test_a_search_that_finds_very_many_keeps_order_and_filters(people, monkeypatch, enter):
    monkeypatch.setattr(resident_list, "MANY", 2)
    for name, room in (("王一", "10-1-1"), ("王二", "2-1-1"), ("李三", "2-1-2"), ("王四", "3-1-1")):
        enter(name, "", room)
    assert listed(people, text="w") == ["王二", "王四", "王一"]
    assert listed(people, text="w", order="name", descending=True) == ["王一", "王四", "王二"]
    assert listed(people, text="w", building="2") == ["王二"]


def test_units_are_entered_once_and_buildings_listed_in_natural_order(premises):
    first = premises.ensure("10", "1", "101")
    assert premises.ensure("10", "1", "101") == first
    premises.ensure("2", "", "101")
    premises.ensure("A", "", "101")
    assert premises.buildings() == ("2", "10", "A")
    assert premises.count() == 3
    assert premises.find("2", "", "101").label == "2-101"
    assert premises.find("2", "9", "101") is None
