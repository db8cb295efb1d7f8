"""Charts count people where they lie: by tier, by building, by state of consent."""

from datetime import timedelta

import pytest

from pmdesk.domain.classification import RulesetStatus
from pmdesk.domain.consents import ConsentState, Decision
from pmdesk.store.answers import SqlAnswers
from pmdesk.store.catalogue_register import SqlCatalogue
from pmdesk.store.classifications import SqlClassifications
from pmdesk.store.counts import SqlCounts
from pmdesk.store.people import SqlPeople
from pmdesk.store.rulesets import SqlRulesets
from tests.store.conftest import AT, P2, TODAY, UID
from tests.store.deciders import COVERING, table

OTHER = "0" * 31 + "2"


@pytest.fixture
def counts(connection, context):
    return SqlCounts(connection, context)


@pytest.fixture
def settle(connection, context, enter, decide):
    """A classified person with answers, in a unit."""
    SqlCatalogue(connection, context).add_notice(COVERING, at=AT)
    rulesets = SqlRulesets(connection, context)
    wanted = table((("care", {"clean_need": '"home"'}), ("standard", {})))
    active = rulesets.add(wanted.to_json(), wanted.digest(), author=UID, at=AT)
    for status in (RulesetStatus.SUBMITTED, RulesetStatus.APPROVED, RulesetStatus.ACTIVE):
        rulesets.move(active, status, by=OTHER, words="", at=AT)

    def settle(room, values):
        person = enter(room=room)
        decide(person, notice=COVERING)
        SqlAnswers(connection, context).put(person, P2, values, source="counter", at=AT)
        results = SqlClassifications(connection, context)
        results.classify(rulesets.get(active), today=TODAY, person=person)
        return person

    return settle


def test_tiers_and_buildings_are_counted_with_those_that_have_nobody(counts, settle, enter):
    settle("3-1-101", {"clean_need": "home", "patrol_need": ("door", "escort")})
    settle("3-1-102", {"clean_need": "none", "patrol_need": ("escort",)})
    settle("10-1-101", {"clean_need": "common", "patrol_need": ()})
    settle("", {"clean_need": "home"})
    enter(room="2-1-101")
    assert counts.tiers() == {"standard": 2, "care": 2, "enhanced": 0, "special": 0}
    assert list(counts.people(by="building").items()) == [("2", 0), ("3", 2), ("10", 1)]


def test_whoever_chose_several_options_counts_once(counts, settle):
    settle("3-1-101", {"patrol_need": ("door", "escort")})
    settle("3-1-102", {"patrol_need": ("escort",)})
    settle("10-1-101", {"patrol_need": ("vacant",)})
    assert counts.needs("patrol_need", ("door", "escort"), by="building") == {"3": 2, "10": 0}
    assert counts.needs("patrol_need", ("vacant",), by="tier")["standard"] == 1


def test_a_single_choice_is_counted_by_its_options(counts, settle):
    settle("3-1-101", {"clean_need": "home"})
    settle("3-1-102", {"clean_need": "none"})
    settle("3-1-103", {})
    assert counts.needs("clean_need", ("home", "common"), by="building") == {"3": 1}
    assert counts.needs("clean_need", ("home",), by="tier")["care"] == 1


def test_the_evidence_of_people_who_left_is_not_counted(connection, context, counts, enter, decide):
    person = enter()
    decide(person, Decision.REFUSED)
    SqlPeople(connection, context).remove(person)
    assert sum(counts.consent_states(P2, today=TODAY).values()) == 0


def test_everyone_is_in_exactly_one_state_of_consent(counts, enter, decide, connection):
    enter()
    decide(enter())
    decide(enter(), valid_until=TODAY + timedelta(days=30))
    decide(enter(), valid_until=TODAY + timedelta(days=31))
    decide(enter(), valid_until=TODAY - timedelta(days=1))
    for decision in (Decision.REFUSED, Decision.STALE, Decision.EXPIRED, Decision.WITHDRAWN):
        person = enter()
        decide(person)
        decide(person, decision)
    again = enter()
    decide(again, Decision.REFUSED)
    decide(again)
    frozen = enter()
    decide(frozen)
    connection.exec_driver_sql(
        "INSERT INTO restriction (person, purpose, since) VALUES (?, 'P2', '2026-03-02')", (frozen,)
    )
    assert counts.consent_states(P2, today=TODAY) == {
        ConsentState.NEVER_ASKED: 1,
        ConsentState.LIVE: 3,
        ConsentState.EXPIRING: 1,
        ConsentState.REFUSED: 1,
        ConsentState.WITHDRAWN: 1,
        ConsentState.STALE: 1,
        ConsentState.EXPIRED: 2,
        ConsentState.RESTRICTED: 1,
    }


def test_moves_are_counted_from_the_last_result_of_another_version(counts, settle, connection):
    person = settle("3-1-101", {"clean_need": "home"})
    settle("3-1-102", {"clean_need": "none"})
    active = connection.exec_driver_sql("SELECT max(id) FROM ruleset").scalar()
    assert counts.moves(active) == {("care", "care"): 1, ("standard", "standard"): 1}

    connection.exec_driver_sql(
        "INSERT INTO ruleset (version, status, document, digest, author, created_at) "
        "SELECT version + 1, 'retired', document, digest, author, created_at FROM ruleset"
    )
    connection.exec_driver_sql(
        "INSERT INTO tier_history (person, number, since, until, ruleset, rule, tier, tags, cause)"
        " VALUES (?, 0, '2026-01-01', '2026-02-01', ?, 1, 0, 0, 0)",
        (person, active + 1),
    )
    assert counts.moves(active) == {("standard", "care"): 1, ("standard", "standard"): 1}
