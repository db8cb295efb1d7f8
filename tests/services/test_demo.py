"""The demo office: repeatable, lawful in every row, and with something of everything."""

from collections import Counter

import pytest

from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.consents import ConsentState
from pmdesk.domain.names import clean_name
from pmdesk.services import classification, demo, residents


def everyone(session):
    with session.store.reading() as work:
        ids = work.people.ids(ResidentQuery(order="updated"), today=session.clock.today())
        return work.people.rows(sorted(ids), today=session.clock.today())


@pytest.fixture(scope="module")
def full(founded, tmp_path_factory):
    """An office with the default demo, everyone classified."""
    office = founded.copied(tmp_path_factory.mktemp("demo") / "office")
    demo.fill(office.session("admin"), 300, 7)
    classification.classify_all(office.session("admin"))
    yield office
    office.close()


@pytest.fixture
def filled(full):
    return full.session("admin")


def test_every_consent_state_every_tier_and_every_role_is_there(filled, full):
    people = everyone(filled)

    assert len(people) == 300
    assert {row.consent for row in people} >= set(ConsentState) - {ConsentState.RESTRICTED}
    assert {row.tier for row in people} == {None, "standard", "care", "enhanced", "special"}
    assert {row.role for row in people} == {"owner", "tenant", "occupant"}
    assert any("·" in row.name for row in people)
    assert len(residents.buildings(filled)) >= 5
    assert all(clean_name(row.name) == (row.name, None) for row in people)
    assert Counter(action for action, _, _ in full.acts())["demo.fill"] == 1


def test_only_people_whose_consent_runs_have_a_tier(filled):
    for row in everyone(filled):
        runs = row.consent in {ConsentState.LIVE, ConsentState.EXPIRING}
        assert (row.tier is not None) is runs


def test_the_same_seed_makes_the_same_people(founded, tmp_path, clock):
    made = []
    for name, seed in (("a", 7), ("b", 7), ("c", 8)):
        office = founded.copied(tmp_path / name, clock)
        demo.fill(office.session("admin"), 30, seed)
        made.append([(row.name, row.mobile, row.room) for row in everyone(office.session("admin"))])
        office.close()

    assert made[0] == made[1] != made[2]


@pytest.mark.parametrize("people", [1, 7])
def test_a_small_demo_works_and_seven_people_show_seven_states(admin, people):
    demo.fill(admin, people, 7)

    assert len({row.consent for row in everyone(admin)}) == people


def test_a_purpose_without_a_notice_is_asked_of_nobody(admin, office, monkeypatch):
    monkeypatch.setattr("pmdesk.store.catalogue_register.SqlCatalogue.notice", lambda *_: None)
    monkeypatch.setattr(demo, "_STATES", (("refused", 1), ("never", 1)))

    demo.fill(admin, 10, 7)

    assert office.sql("SELECT * FROM consent_event") == []
