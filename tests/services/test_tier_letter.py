"""The letter that explains a tier at the counter, without a case."""

from datetime import date

import pytest

from pmdesk.services import classification
from pmdesk.services.paper.letter import letter_pdf
from pmdesk.services.rights.tier_letter import tier_letter
from tests.offices import P2, answers, consenting, decide
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
    assert {line.partition(": ")[0] for line in told} <= {
        line.partition(": ")[0] for line in seen.splitlines()
    }
    assert "duty leader" not in seen


def test_whoever_has_no_consent_gets_the_standard_explained(office, clerk, person):
    decide(clerk, person, {P2: False})
    assert len(tier_letter(clerk, person).rows) == 2


def test_each_letter_leaves_a_trace(office, clerk, person):
    with office.logged() as log:
        tier_letter(clerk, person)
    assert log == [("classification.letter", f"person:{person}", ())]


def test_the_letter_is_dated_by_the_office_clock(office, clerk, person):
    assert date.fromisoformat(tier_letter(clerk, person).number) == clerk.clock.today()
