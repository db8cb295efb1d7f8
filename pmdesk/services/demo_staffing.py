"""The demo office has people on shifts: a crew, a roster for two weeks, rounds for one."""

from dataclasses import replace
from datetime import timedelta

from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.staffing import Hand, monday
from pmdesk.services.session import Session
from pmdesk.services.staffing import patrols, plans, rosters

_REPAIR, _SECURITY = {Service.REPAIR}, {Service.SECURITY}
_DESK = {Service.ENQUIRY, Service.COMPLAINT, Service.OTHER}
HANDS = (
    ("钱师傅", _REPAIR),
    ("孔师傅", _REPAIR | {Service.OTHER}),
    ("严师傅", _REPAIR),
    ("华大姐", {Service.CLEANING}),
    ("魏大姐", {Service.CLEANING, Service.OTHER}),
    ("陶队长", _SECURITY | {Service.COMPLAINT}),
    ("姜师傅", _SECURITY),
    ("戚师傅", _SECURITY),
    ("谢师傅", _SECURITY),
    ("喻师傅", _SECURITY),
    ("水晓燕", _DESK),
    ("窦文静", _DESK),
)


def plan(session: Session) -> None:
    """Everything is as the program suggests it; what is there already stays."""
    crew, edition = plans.crew(session)
    if crew.hands:
        return
    hands = tuple(
        Hand(code=f"hand{number}", name=name, skills=frozenset(skills))
        for number, (name, skills) in enumerate(HANDS, 1)
    )
    plans.save_crew(session, replace(crew, hands=hands), edition)
    week = monday(session.clock.today() + timedelta(days=1))
    for ahead in (week, week + timedelta(weeks=1)):
        board = rosters.board(session, ahead)
        made = rosters.filled(board, board.wanted(crew.careful))
        if made.cells:
            plans.save_roster(session, made, board.edition)
    rounds = patrols.board(session, week)
    if rounds.suggested.rounds:
        patrols.save(session, rounds.suggested, rounds.edition)
