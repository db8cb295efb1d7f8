"""Entries of a consent that ran out: sealed, and back with one press after a new consent."""

import pytest

from pmdesk.domain.consents import Decision
from pmdesk.ui.pages.resident import ResidentPage
from tests.offices import P2, PAPER, consenting, decide
from tests.ui.residents import stored


@pytest.fixture
def person(office_session, office):
    made = consenting(office_session, P2, values={"clean_need": "in_home"}, name="曾国强")
    desk = office.session("manager")
    with desk.store.writing() as work:
        work.consent_ends.end_stale(
            P2,
            "2.0",
            at=desk.clock.now(),
            today=desk.clock.today(),
            seal=desk.accounts.seal,
        )
        work.commit()
    return made


def test_a_locked_group_says_until_when_earlier_entries_wait(
    office_session, tasks, prompts, shown, person
):
    card = shown(ResidentPage(office_session, tasks, prompts, person)).groups[P2]

    assert card.lock_panel is not None
    assert card.group.state.value == Decision.STALE.value
    assert "2026-04-01" in card.held.sentence
    assert card.held.action.isHidden()


def test_a_leader_brings_them_back_after_a_new_consent(
    office, tasks, prompts, shown, person, settled
):
    desk = office.session("manager")
    decide(desk, person, {P2: True})
    page = shown(ResidentPage(desk, tasks, prompts, person))
    page.groups[P2].held.action.click()
    settled()

    assert stored(desk, person, P2) == {"clean_need": "in_home"}
    assert page.groups[P2].held.sentence == ""


def test_a_clerk_is_told_who_can(office_session, tasks, prompts, shown, person):
    decide(office_session, person, {P2: True})
    card = shown(ResidentPage(office_session, tasks, prompts, person)).groups[P2]

    assert "主管" in card.held.sentence
    assert card.held.action.isHidden()


def test_a_consent_about_to_end_is_renewed_from_its_group(
    office_session, tasks, prompts, shown, clock, qtbot
):
    made = consenting(office_session, P2, name="曾国墙")
    clock.advance(days=30)
    fresh = shown(ResidentPage(office_session, tasks, prompts, made))
    assert fresh.groups[P2].renew.isHidden()
    fresh.hide()
    with office_session.store.writing() as work:
        notice = work.catalogue.notice(P2, "zh_CN")
        today = clock.today()
        work.consents.record(
            made,
            P2,
            Decision.GIVEN,
            notice=notice,
            evidence=PAPER,
            at=clock.now(),
            today=today,
            valid_until=today,
        )
        work.commit()
    card = shown(ResidentPage(office_session, tasks, prompts, made)).groups[P2]

    with qtbot.waitSignal(card.consent_requested) as asked:
        card.renew.click()
    assert asked.args == [P2]
