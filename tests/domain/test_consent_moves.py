"""The table of moves says what may happen to a consent, and nothing else may."""

import pytest

from pmdesk.domain.consent_moves import ENDED, IN_FORCE, MOVES, STANDING, Move, may
from pmdesk.domain.consents import ConsentState


def test_every_move_is_in_the_table_and_leads_to_a_state():
    assert set(MOVES) == set(Move)
    for steps in MOVES.values():
        assert set(steps) <= set(ConsentState)
        assert set(steps.values()) <= set(ConsentState)


def test_states_are_in_force_standing_ended_or_never_asked():
    assert IN_FORCE < STANDING
    assert STANDING | ENDED | {ConsentState.NEVER_ASKED} == set(ConsentState)
    assert not STANDING & ENDED


@pytest.mark.parametrize("shown", list(ConsentState))
def test_a_no_is_always_possible_and_only_what_stands_can_end(shown):
    assert may(shown, Move.REFUSE)
    for move in (Move.WITHDRAW, Move.RUN_OUT, Move.CHANGE_NOTICE):
        assert may(shown, move) is (shown in STANDING)


def test_a_restricted_purpose_is_not_agreed_to_behind_the_persons_back():
    assert not may(ConsentState.RESTRICTED, Move.AGREE)
    assert may(ConsentState.RESTRICTED, Move.LIFT)
    assert may(ConsentState.RESTRICTED, Move.WITHDRAW)


def test_only_an_answer_of_the_person_brings_a_consent_into_force_again():
    for shown in ENDED:
        leading = {m for m in Move if may(shown, m) and MOVES[m][shown] in STANDING}
        assert leading == {Move.AGREE}
