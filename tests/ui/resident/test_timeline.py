"""The record of decisions tells the circumstances, and leads to its proof."""

import json

import pytest

from pmdesk.domain.consents import GivenBy, Representative
from pmdesk.services.consent import consents
from pmdesk.ui.pages.resident import ResidentPage
from tests.offices import P2, P5, PAPER, decide, renamed, resident
from tests.ui.residents import words

DAUGHTER = Representative(name="王小红", relation="女儿", document="监护判决书")


@pytest.fixture
def person(office_session):
    made = resident(office_session, "曾国强")
    guarded = renamed(PAPER, given_by=GivenBy.GUARDIAN, representative=DAUGHTER)
    decide(office_session, made, {P2: True, (P5, "ramp"): True, (P5, "carrying"): True}, guarded)
    consents.withdraw(office_session, made, P5, item=2)
    return made


def test_a_line_tells_the_item_who_decided_and_on_whose_initiative(
    office_session, tasks, prompts, shown, person
):
    said = words(shown(ResidentPage(office_session, tasks, prompts, person)).timeline)

    assert "第 2 项" in said
    assert "监护人 王小红" in said
    assert "本人主动提出" in said


@pytest.mark.parametrize("name", ["proof.pdf", "proof.json"])
def test_a_reviewer_saves_the_proof_of_all_consents(
    office, tasks, prompts, shown, person, tmp_path, settled, name
):
    page = shown(ResidentPage(office.session("reviewer"), tasks, prompts, person))
    prompts.path = tmp_path / name
    page.timeline.proof.click()
    settled()

    made = prompts.path.read_bytes()
    assert made.startswith(b"%PDF") or len(json.loads(made)["decisions"]) == 4
    assert name in page.note.sentence


def test_a_clerk_is_not_offered_the_proof(office_session, tasks, prompts, shown, person):
    page = shown(ResidentPage(office_session, tasks, prompts, person))

    assert page.timeline.proof.isHidden()


def test_who_saves_no_proof_gets_no_file(office, tasks, prompts, shown, person, settled):
    page = shown(ResidentPage(office.session("reviewer"), tasks, prompts, person))
    with office.logged() as acts:
        page.timeline.proof.click()
        settled()

    assert acts == []
