"""Nobody finds out a hidden number: whatever it is, the pages and sentences are the same.

Two worlds that differ only in what is not told (which number of one to four, which number of those
that are rounded alike) look alike to the last letter. So no formula that is tried backwards, and no
number that is taken from another, can tell them apart.
"""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmdesk.analytics.rounding import is_hidden, rounded
from pmdesk.domain.orders.kinds import Urgency
from pmdesk.domain.ports.watch import Complained, ServedBy, ServedPart, ServedPeople
from pmdesk.domain.watch import EVERY_TOPIC, MeasureState, Plan
from pmdesk.services.monthly import report
from pmdesk.services.watch import delivered, hot_spots, measures
from pmdesk.store.watch.counts import SqlWatchCounts
from tests.services.watch.events import BEFORE, BUILDINGS, entered, line, settled

BASE = 5
TOPICS = (EVERY_TOPIC, "noise", "hygiene")
CELLS = [(period, b, t) for period in range(3) for b in BUILDINGS[:6] for t in TOPICS]
COUNTS = st.lists(
    st.one_of(st.integers(0, 7), st.integers(8, 60)), min_size=len(CELLS), max_size=len(CELLS)
)
OFTEN = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def same(count):
    """All counts that are told like this one."""
    return [n for n in range(count + BASE) if told(n) == told(count)]


def told(count):
    return is_hidden(count, BASE), rounded(count, BASE)


def other(dice, count):
    return dice.choice(same(count))


@pytest.fixture
def office_with_measures(office, manager, clock):
    """Homes are known, orders are old enough, and measures at every topic of a building ended."""
    settled(office)
    entered(office, [line(1, day=BEFORE.replace(month=8))])
    for topic in TOPICS:
        plan = Plan(
            building="3",
            topic=topic,
            words="装修时间公示",
            owner=manager.staff.uid,
            due=clock.today() + timedelta(days=30),
        )
        measures.end(manager, measures.add(manager, plan), MeasureState.DONE)
    clock.advance(days=130)  # three whole months are over
    return manager


def complained(counts):
    """What the office counts of three neighbouring periods."""
    cells = dict(zip(CELLS, counts, strict=True))

    def complaints(_self, *, since, until):
        period = (since.year * 12 + since.month) // 3 % 3
        return tuple(
            Complained(building=b, topic=t, events=n)
            for (at, b, t), n in cells.items()
            if at == period and n and until > since
        )

    return complaints


def everything(session):
    """All that the page and the report say of complaints."""
    page = hot_spots.hot_spots(session)
    return (
        page.figure,
        page.figure.table(),
        page.spots,
        measures.measures(session).lines,
        report._sentences(session),
    )


@OFTEN
@given(COUNTS, st.randoms(use_true_random=False))
def test_worlds_that_are_told_alike_look_alike(office_with_measures, monkeypatch, counts, dice):
    seen = []
    for world in (counts, [other(dice, count) for count in counts]):
        monkeypatch.setattr(SqlWatchCounts, "complaints", complained(world))
        seen.append(everything(office_with_measures))
    assert seen[0] == seen[1]
    for row in seen[0][1][1:]:
        assert int(row[4]) % BASE == 0


SERVED = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=4, max_size=4)


def served(world):
    """Each order is of a home of its own."""
    parts, people = [], {}
    for group, (orders, late) in zip("1234", world, strict=True):
        for in_time, count in ((True, orders - late), (False, late)):
            if count:
                parts.append(
                    ServedPart(
                        group=group,
                        urgency=Urgency.NORMAL,
                        in_time=in_time,
                        hours=2,
                        orders=count,
                    )
                )
        people[group] = ServedPeople(group=group, people=orders, late=late, in_time=orders - late)
    by = ServedBy(parts=tuple(parts), people=people)
    return lambda _self, **_span: {"tier": by, "building": by}


def alike(orders, late):
    """What is told of so many orders of which so many are late, all of one home each."""
    if is_hidden(orders, BASE):
        return told(orders)
    kept = orders - late
    if is_hidden(kept, BASE):
        return told(orders), told(kept), is_hidden(late, BASE)
    return told(orders), told(late), told(kept)[0], kept > 0


@OFTEN
@given(SERVED, st.randoms(use_true_random=False))
def test_service_that_is_told_alike_looks_alike(office, manager, monkeypatch, groups, dice):
    settled(office)
    world = [(max(pair), min(pair)) for pair in groups]
    twin = [
        dice.choice(
            [
                (n, late)
                for n in range(orders + BASE)
                for late in range(n + 1)
                if alike(n, late) == alike(orders, lates)
            ]
        )
        for orders, lates in world
    ]
    seen = []
    for one in (world, twin):
        monkeypatch.setattr(SqlWatchCounts, "served", served(one))
        seen.append(delivered.board(manager))
    assert seen[0] == seen[1]


def test_what_is_told_is_never_only_one_number():
    """The attack by subtraction: what was told of a sum leaves more than one number for its part.

    33 homes in three months, 15 and 14 of them in the first and the last; so 4 in the middle one.
    """
    first, last, whole = (set(same(count)) for count in (15, 14, 33))
    middle = {w - a - b for w in whole for a in first for b in last}
    assert middle >= {1, 2, 3, 4}
