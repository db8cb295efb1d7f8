"""Complaints on Attention, in measures and in the monthly report: beside each other no home."""

from collections import defaultdict
from datetime import date, timedelta

from pmdesk.domain.watch import EVERY_TOPIC, Plan
from pmdesk.services.monthly import report
from pmdesk.services.watch import hot_spots, measures
from tests.services.dashboard.attention import complaints, homes
from tests.services.watch.events import entered, hot, line


def test_what_is_told_of_complaints_in_three_places_leaves_several_numbers(office, manager, clock):
    hot(office, now=22, before=17, others=4)
    past = date(2025, 12, 20)
    entered(
        office, [line(50_000 + n, building="5", room=f"{n + 20}01", day=past) for n in range(9)]
    )
    for building in "345":
        for topic in (EVERY_TOPIC, "noise", "hygiene"):
            plan = Plan(
                building=building,
                topic=topic,
                words="装修时间公示",
                owner=manager.staff.uid,
                due=clock.today() + timedelta(days=30),
            )
            measures.add(manager, plan)
    month = date(2026, 2, 1)

    read = list(
        complaints(
            hot_spots.hot_spots(manager),
            measures.measures(manager).lines,
            report.compiled(manager, month, lambda *_: None).watch,
        )
    )

    bounds = defaultdict(list)
    for building, topic, since, until, low, high in read:
        count = homes(office, building, topic, since, until)
        assert low <= count <= high
        bounds[building, topic, since, until].append((low, high, count))
    several = [one for one in bounds.values() if len(one) > 1]
    assert several
    for told in bounds.values():
        low, high, count = max(one[0] for one in told), min(one[1] for one in told), told[0][2]
        assert (low, high) == (1, 4) if 0 < count < 5 else high > low or not count
