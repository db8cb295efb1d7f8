"""Tables of what came: each order stands at its service, building, day and hour."""

from array import array
from datetime import date

from pmdesk.analytics.dashboard.marks import SERVICES, Marks, number
from pmdesk.analytics.demand.history import DayKind
from pmdesk.analytics.demand.tables import Came
from pmdesk.domain.orders.kinds import Service

FIRST, END = date(2026, 3, 2), date(2026, 3, 5)
REPAIR, CLEANING = (SERVICES.index(one) for one in (Service.REPAIR, Service.CLEANING))


def packed(day, hour, service, building):
    return ((((number(day) * 32 + hour + 1) * 8 + service) * 4) * 16384 + building) << 24


def came(*orders):
    marks = Marks.unpacked(array("q", [packed(*one) for one in orders]))
    return Came(marks=marks, buildings={"2": 9, "1": 4}, kinds=lambda _day: DayKind.ORDINARY)


def test_each_order_stands_at_its_building_and_day():
    found = came((FIRST, 9, REPAIR, 9), (FIRST, 9, REPAIR, 9), (date(2026, 3, 4), -1, REPAIR, 0))

    [(service, history)] = found.by_day(FIRST, END).items()

    assert service is Service.REPAIR
    assert history.groups == ("1", "2", "")  # what belongs to no building comes last
    assert history.counts[:, :, 0].tolist() == [[0, 0, 0], [2, 0, 0], [0, 0, 1]]


def test_without_such_orders_there_is_no_group_of_none_and_other_days_do_not_count():
    found = came((FIRST, 9, REPAIR, 4), (END, 9, REPAIR, 4)).by_day(FIRST, END)

    assert found[Service.REPAIR].groups == ("1", "2")
    assert found[Service.REPAIR].counts.sum() == 1


def test_hours_are_told_where_enough_are_known():
    some = came((FIRST, 9, REPAIR, 4), (FIRST, -1, CLEANING, 4)).by_hour(FIRST, END)
    few = came((FIRST, 9, REPAIR, 4), *[(FIRST, -1, CLEANING, 4)] * 2).by_hour(FIRST, END)

    assert some[Service.REPAIR].counts[0, 0, 9] == 1
    assert some[Service.CLEANING].counts.sum() == 0  # it was asked for, nobody knows when
    assert few == {}
    assert came((FIRST, -1, REPAIR, 4)).by_hour(FIRST, END) == {}
