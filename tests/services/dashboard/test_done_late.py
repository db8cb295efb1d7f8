"""What is late less what is overdue is what was done late: that tells of no few homes either."""

from dataclasses import replace
from datetime import date

from pmdesk.domain.dashboard import CardKey, Scope
from pmdesk.domain.orders.kinds import Service
from pmdesk.services.dashboard import desk, load
from tests.services.dashboard.book import repair
from tests.services.dashboard.reader import EVER, Fact, reader, states
from tests.services.watch.events import BUILDINGS, entered, settled

LATE = {"1": 7, "2": 7, "3": 7, "4": 12}  # told as 5, 5, 5 and 10; together 33, told as 35
SERVICES = tuple(Service)[:4]  # eight overdue of each, told as 10; together 32, told as 30
FEBRUARY = Scope(since=date(2026, 2, 1), until=date(2026, 3, 1))
DONE_LATE = Fact(
    "state", *EVER, frozenset(), frozenset(), frozenset(states(late=True, is_open=False)), low=0
)


class Always:
    """Dice that take everything."""

    def sample(self, some, _count):
        return list(some)


def filled(office, *, done_late):
    """Thirty-two orders are overdue, and so many more homes were served late."""
    settled(office)
    late = [(building, room) for building, count in LATE.items() for room in range(1, count + 1)]
    late += [("5", room) for room in range(1, done_late)]
    first = len(late)

    def is_open(at):
        return at < 32 or first <= at < first + 64  # sixteen of each service have time yet

    kept = [(building, room) for building in BUILDINGS for room in range(15, 41)]
    orders = [
        repair(
            at, building, room, date(2026, 2, 3 + at % 9),
            late=at < len(late), done=not is_open(at), service=SERVICES[at % 4],
        )
        for at, (building, room) in enumerate([*late, *kept])
    ]  # fmt: skip
    entered(office, orders)
    return office.session("manager")


def pinned(office, manager):
    """Whether somebody who reads the card of all, of each building and service finds out."""
    attacker = reader(office, manager)
    scopes = [FEBRUARY]
    scopes += [replace(FEBRUARY, buildings=(one,)) for one in BUILDINGS]
    scopes += [replace(FEBRUARY, services=(one,)) for one in SERVICES]
    answers = []
    for scope in scopes:
        card = desk.card(manager, CardKey.LOAD, scope)
        attacker.read(card)
        answers.append(card.answer)
    assert not attacker.wrong()
    attacker._targets = lambda _facts, _dice: [DONE_LATE]
    return attacker.pinned(Always()), answers


def test_one_home_served_late_does_not_follow(office):
    found, answers = pinned(office, filled(office, done_late=1))

    assert not found
    assert not any("overdue" in one for one in answers[:1])


def test_without_asking_about_what_is_done_it_would_follow(office, monkeypatch):
    """33 told as 35 is at least 33, in parts at most 33; 32 told as 30 is at most 32, and so on."""
    monkeypatch.setattr(load, "_tells_done", lambda *_: False)

    found, _answers = pinned(office, filled(office, done_late=1))

    assert found


def test_what_is_overdue_is_told_beside_many_homes_served_late(office):
    manager = filled(office, done_late=8)

    answer = desk.card(manager, CardKey.LOAD, FEBRUARY).answer

    assert "About 30 of them are overdue" in answer
