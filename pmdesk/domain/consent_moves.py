"""The life of a consent: every legal move from one state to the next, in one table."""

from collections.abc import Mapping
from enum import StrEnum

from pmdesk.domain.consents import ConsentState

_S = ConsentState


class Move(StrEnum):
    """What may happen to the consent of a person to a purpose."""

    AGREE = "agree"  # also anew: a renewal
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    NEAR_END = "near_end"  # the last month begins
    RUN_OUT = "run_out"
    CHANGE_NOTICE = "change_notice"  # a new major version
    RESTRICT = "restrict"
    LIFT = "lift"  # the restriction


IN_FORCE = frozenset({_S.LIVE, _S.EXPIRING})  # values may be read and written
STANDING = IN_FORCE | {_S.RESTRICTED}  # values are there
ENDED = frozenset(_S) - STANDING - {_S.NEVER_ASKED}

_AGREES = frozenset(_S) - {_S.RESTRICTED}  # first the restriction is lifted

MOVES: Mapping[Move, Mapping[ConsentState, ConsentState]] = {
    Move.AGREE: dict.fromkeys(_AGREES, _S.LIVE),
    Move.REFUSE: dict.fromkeys(_S, _S.REFUSED),
    Move.WITHDRAW: dict.fromkeys(STANDING, _S.WITHDRAWN),
    Move.NEAR_END: {_S.LIVE: _S.EXPIRING},
    Move.RUN_OUT: dict.fromkeys(STANDING, _S.EXPIRED),
    Move.CHANGE_NOTICE: dict.fromkeys(STANDING, _S.STALE),
    Move.RESTRICT: dict.fromkeys(IN_FORCE, _S.RESTRICTED),
    Move.LIFT: {_S.RESTRICTED: _S.LIVE},  # or EXPIRING, by the day
}


def may(shown: ConsentState, move: Move) -> bool:
    """Whether the move is legal in that state."""
    return shown in MOVES[move]
