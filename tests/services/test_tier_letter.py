"""The letter that explains a tier at the counter, without a case."""

from datetime import date

import pytest

from pmdesk.domain.fields import FieldKey
from pmdesk.i18n import said
from pmdesk.services import classification, residents
from pmdesk.services.paper.letter import letter_pdf
from pmdesk.services.rights import request_explain
from pmdesk.services.rights.tier_letter import tier_letter
from tests.offices import P2, SPECIAL, answers, consenting, decide
from tests.pdf import text_of


def said_of(session, person):
    """The rows of the letter by their heading."""
    return {row[0]: row[1] for row in tier_letter(session, person).rows}


@pytest.fixture
def person(clerk):
    return consenting(clerk, values=answers(patrol_need=("doorstep",), repair_need=("water",)))


def test_the_letter_says_why_and_what_one_can_do(office, person):
    made = tier_letter(office.session("manager"), person)
    why = classification.reasons(office.session("manager"), person)
    assert why is not None
    winner = why.explanation.winner
    assert winner is not None

    assert said_of(office.session("manager"), person)["Rule that fits"] == winner.rule.reason
    assert any("a person decides" in line for line in made.closing)
    paper = "".join(text_of(letter_pdf(made)))
    assert made.title in paper
    assert winner.rule.reason[:12] in paper


def test_the_front_desk_prints_no_value_that_it_does_not_see(office, person):
    seen = said_of(office.session("manager"), person)["Looked at"]
    hidden = said_of(office.session("clerk"), person)["Looked at"]

    told = [line for line in hidden.splitlines() if "duty leader" in line]
    assert told
    assert all(line.partition(": ")[0] in seen for line in told)
    assert "duty leader" not in seen


def test_each_list_is_told_once_with_what_was_chosen(office, person):
    seen = said_of(office.session("manager"), person)
    lines = seen["Looked at"].splitlines()

    names = [line.partition(": ")[0] for line in lines]
    assert len(set(names)) == len(names)
    assert "维修关注: 水" in lines
    assert "装修起止日期, " in lines[-1]
    assert names[-1] == "Not filled in"
    assert ": is " not in seen["What would change it"]
    assert ": yes" not in seen["What would change it"]


def test_the_letter_says_what_the_tier_means_and_which_needs_stand_beside_it(office, person):
    session = office.session("manager")
    with session.store.reading() as work:
        result = work.classifications.of(person)
        catalogue = work.catalogue.live()
    rows = said_of(session, person)

    assert rows["What this tier means"] == said(catalogue.tier(result.tier).meaning)
    tags = [said(tag.name) for tag in catalogue.tags if tag.code in result.tags]
    assert tags
    assert set(rows["Tags"].split(", ")) == set(tags)


def test_an_earlier_tier_is_named_with_its_last_day(office, clerk, clock):
    person = consenting(clerk, values=SPECIAL)
    assert "Before that" not in said_of(clerk, person)
    was = said_of(clerk, person)["Result"]
    clock.advance(days=3)
    residents.save_answers(clerk, person, P2, dict.fromkeys(map(FieldKey, SPECIAL)))

    rows = said_of(clerk, person)

    assert rows["Result"] != was
    assert rows["Before that"] == f"{was} (until {clock.today()})"


def test_only_rules_that_read_the_declared_budget_speak_of_it(office, clerk, person, monkeypatch):
    with_budget = said_of(clerk, person)["What rules never read"]
    assert "level of income" in with_budget
    assert "which add-ons are shown first" in with_budget

    monkeypatch.setattr(request_explain, "_BUDGET", "another")
    assert "add-on" not in said_of(clerk, person)["What rules never read"]


def test_whoever_has_no_consent_gets_the_standard_explained(office, clerk, person):
    decide(clerk, person, {P2: False})
    assert len(tier_letter(clerk, person).rows) == 2


def test_each_letter_leaves_a_trace(office, clerk, person):
    with office.logged() as log:
        tier_letter(clerk, person)
    assert log == [("classification.letter", f"person:{person}", ())]


def test_the_letter_is_dated_by_the_office_clock(office, clerk, person):
    assert date.fromisoformat(tier_letter(clerk, person).number) == clerk.clock.today()
