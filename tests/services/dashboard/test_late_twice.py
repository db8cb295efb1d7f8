"""What is late is told by a card and by the page Attention: together they give no month away."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from pmdesk.analytics.rounding import rounded
from pmdesk.domain.dashboard import CardKey, Scope
from pmdesk.services.dashboard import desk, load
from pmdesk.services.watch import delivered
from tests.services.dashboard import reader as reading
from tests.services.dashboard.attention import served
from tests.services.dashboard.book import repair
from tests.services.dashboard.reader import reader, states
from tests.services.watch.events import BUILDINGS, entered, settled

MONTHS = [date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)]
LATE = Counter({MONTHS[0]: 8, MONTHS[1]: 1, MONTHS[2]: 8})  # 17 are told as 15, 8 as 10
QUARTER = Scope(since=MONTHS[0], until=MONTHS[3], buildings=("1",))


class Always:
    """Dice that take everything."""

    def sample(self, some, _count):
        return list(some)


@pytest.fixture
def manager(office):
    """In building 1 one home was served late in January, and eight in the months beside it."""
    settled(office)
    entered(
        office,
        [
            repair(
                10_000 * at + 100 * month.month + room,
                building,
                room,
                month.replace(day=5 + room % 9),
                late=room <= (LATE[month] if building == "1" else 10),
            )
            for at, building in enumerate(BUILDINGS)
            for month in MONTHS[:3]
            for room in range(1, 41)
        ],
    )
    return office.session("manager")


def january(attacker):
    """What was late in January, of which the card does not tell: it cannot be nobody."""
    (found,) = [
        one
        for one in attacker.facts
        if one.since == MONTHS[1] and one.parts == states(late=True) and one.high is None
    ]
    attacker.facts = [replace(found, low=1) if one == found else one for one in attacker.facts]
    return replace(found, low=1)


def everything(office, manager):
    attacker = reader(office, manager)
    attacker.read(desk.card(manager, CardKey.LOAD, QUARTER))
    board = delivered.board(manager)
    attacker.facts += served(board)
    assert not attacker.wrong()
    return attacker, board, january(attacker)


def pinned(attacker, fact):
    attacker._targets = lambda _facts, _dice: [fact]
    return attacker.pinned(Always())


def test_a_hidden_month_does_not_follow_from_the_quarter_and_its_neighbours(office, manager):
    attacker, board, hidden = everything(office, manager)

    assert not pinned(attacker, hidden)
    (one, *others) = board.buildings
    assert one.share == "not told: others could be worked out"
    assert all("%" in other.share for other in others[1:])


def test_who_saw_the_quarter_first_sees_less_of_its_months(office, manager):
    board = delivered.board(manager)
    attacker = reader(office, manager)
    attacker.read(desk.card(manager, CardKey.LOAD, QUARTER))
    attacker.facts += served(board)

    assert not attacker.wrong()
    assert "%" in board.buildings[0].share
    late = [one for one in attacker.facts if one.parts == states(late=True)]
    months = [one.high for one in late if one.until in MONTHS and one.since in MONTHS[1:3]]
    assert len(months) == 2
    assert months[0] is None
    assert not pinned(attacker, replace(january(attacker), low=1))


@pytest.mark.parametrize("exact", [False, True])
def test_without_asking_both_together_the_month_would_follow(office, manager, monkeypatch, exact):
    """Rounding alone leaves one number: 17 told as 15 is at most 17, twice 10 at least 16."""
    names = frozenset(BUILDINGS)
    monkeypatch.setattr(delivered, "buildings_told", lambda *_: names)
    if exact:
        monkeypatch.setattr(load, "rounded", lambda count, _base: float(count))
        monkeypatch.setattr(reading, "told", lambda number: (number, number))
    else:
        assert (rounded(17, 5), rounded(8, 5)) == (15, 10)

    attacker, _board, hidden = everything(office, manager)

    assert pinned(attacker, hidden) == [hidden, hidden]
