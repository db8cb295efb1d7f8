"""The eight cards: what they say, when they say nothing, and that they remember what they said."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pmdesk.analytics.dashboard import guard
from pmdesk.analytics.figures import FigureKind, Gap
from pmdesk.domain.dashboard import CARDS, OF_THE_WHOLE, CardKey, CardState, Period, scope_of
from pmdesk.domain.orders.kinds import Service
from pmdesk.errors import DeniedError
from pmdesk.services.dashboard import desk, targets
from tests.services.orders.asked import public, registered

BY_TODAYS_RULES = {CardKey.TIERS, CardKey.STAFF}  # the rules are younger than the period


@pytest.fixture
def manager(busy):
    return busy.session("manager")


def quarter(session, **filters):
    return replace(scope_of(Period.QUARTER, session.clock.today()), **filters)


def year(session, **filters):
    return replace(scope_of(Period.YEAR, session.clock.today()), **filters)


def cells(card):
    """Every number of the card, by figure, series and category."""
    return {
        (figure.key, series.key, category): cell
        for figure in card.figures
        for series in figure.series
        for category, cell in zip(figure.categories, series.cells, strict=True)
    }


def test_every_question_has_an_answer(manager):
    shown = {key: desk.card(manager, key, year(manager)) for key in CARDS}

    assert {key for key, card in shown.items() if card.state is not CardState.SHOWN} == {
        CardKey.FAIR  # nobody made a report
    }
    for card in shown.values():
        assert card.question
        assert card.answer.strip()
        assert card.version == (1 if card.key in OF_THE_WHOLE | BY_TODAYS_RULES else None)
        assert card.state is CardState.SHOWN or card.remedy
        for table in card.tables():
            assert {len(row) for row in table} == {len(table[0])}


def test_the_numbers_are_those_of_the_book(busy, manager):
    card = desk.card(manager, CardKey.WHEN, year(manager))
    scope = card.scope

    rows = busy.sql(
        "SELECT (strftime('%w', day) + 6) % 7, hour / 4, count(*), count(DISTINCT unit) "
        "FROM work_order WHERE day >= :since AND day < :until AND hour IS NOT NULL GROUP BY 1, 2",
        since=scope.since.isoformat(),
        until=scope.until.isoformat(),
    )
    expected = {(day, hour): (orders, homes) for day, hour, orders, homes in rows}
    (figure,) = card.figures
    hidden = 0
    for day, series in enumerate(figure.series):
        for hour, cell in enumerate(series.cells):
            orders, homes = expected.get((day, hour), (0, 0))
            if cell.gap is Gap.HIDDEN:
                hidden += 1
                continue
            assert cell.value == orders
            assert homes == 0 or homes >= card.smallest
    assert figure.kind is FigureKind.HEAT
    assert 0 < hidden < 20


def test_filters_narrow_what_is_counted(manager):
    everything = desk.card(manager, CardKey.WHEN, year(manager))
    repairs = desk.card(manager, CardKey.WHEN, year(manager, services=(Service.REPAIR,)))

    assert repairs.scope.is_filtered
    told, narrowed = cells(everything), cells(repairs)
    some = [
        (cell.value, told["when_all", day, hour].value)
        for (_key, day, hour), cell in narrowed.items()
        if cell.value is not None and told["when_all", day, hour].value is not None
    ]
    assert some
    assert all(part <= whole for part, whole in some)


@pytest.mark.parametrize("key", sorted(OF_THE_WHOLE))
def test_what_tells_of_residents_takes_no_filter(manager, key):
    filtered = desk.card(manager, key, quarter(manager, buildings=("1",)))

    assert filtered.figures == desk.card(manager, key, quarter(manager)).figures


@pytest.mark.parametrize(
    "filters", [{"services": (Service.SECURITY,)}, {"buildings": ("9999",)}, {"buildings": ("",)}]
)
@pytest.mark.parametrize("key", [CardKey.WHEN, CardKey.TIERS, CardKey.LOAD, CardKey.DISPUTES])
def test_a_part_with_few_homes_tells_nothing(manager, key, filters):
    card = desk.card(manager, key, quarter(manager, **filters))

    if card.state is CardState.SHOWN:  # public places have no homes that could be told of
        homes = [cell for cell in cells(card).values() if cell.value]
        assert filters == {"buildings": ("",)} or not homes or key is CardKey.DISPUTES
    else:
        assert card.remedy
        assert not card.figures


def test_the_list_behind_a_card_has_the_filters_of_the_card(manager):
    scope = year(manager, buildings=("1", "2"), services=(Service.REPAIR, Service.CLEANING))

    for target in (targets.orders(scope), targets.waiting(scope)):
        assert target.query
        assert target.query.buildings == {"1", "2"}
        assert target.query.services == {Service.REPAIR, Service.CLEANING}


def test_what_was_shown_is_remembered_beyond_the_session(busy, manager):
    scope = year(manager)
    first = desk.card(manager, CardKey.LOAD, scope)
    known = busy.sql("SELECT count(*) FROM shown_view")[0][0]
    busy.close()

    again = desk.card(busy.session("manager"), CardKey.LOAD, scope)

    assert known
    assert again.figures == first.figures
    assert busy.sql("SELECT count(*) FROM shown_view")[0][0] == known


def test_each_account_has_a_memory_of_its_own(busy, manager):
    desk.card(manager, CardKey.LOAD, year(manager))
    desk.card(busy.session("admin"), CardKey.LOAD, year(manager))

    per_account = busy.sql("SELECT uid, count(*) FROM shown_view GROUP BY uid")
    assert len({uid for uid, _count in per_account}) == 2
    assert len({count for _uid, count in per_account}) == 1


def test_one_day_more_is_refused_where_that_day_tells_of_few(manager):
    """The difference of two periods is a day on which two homes or so called."""
    whole = year(manager, services=(Service.REPAIR,))
    longer = replace(whole, until=whole.until + timedelta(days=1))
    counted = desk.card(manager, CardKey.WHEN, whole)

    card = desk.card(manager, CardKey.WHEN, longer)

    assert counted.state is CardState.SHOWN
    assert card.state is CardState.REFUSED
    assert not card.figures
    assert card.remedy


def test_a_view_that_was_refused_is_no_knowledge(busy, manager):
    whole = year(manager, services=(Service.REPAIR,))
    desk.card(manager, CardKey.WHEN, whole)
    known = busy.sql("SELECT count(*) FROM shown_view")

    desk.card(manager, CardKey.WHEN, replace(whole, until=whole.until + timedelta(days=1)))

    assert busy.sql("SELECT count(*) FROM shown_view") == known


def test_two_cards_at_the_same_time_know_of_each_other(manager, monkeypatch):
    """What is shown meanwhile is taken into account: the answer is made again."""
    whole = year(manager, services=(Service.REPAIR,))
    permitted, asked = guard.permitted, []

    def interrupted(*given):
        asked.append(given)
        if len(asked) == 1:
            desk.card(manager, CardKey.WHEN, whole)
        return permitted(*given)

    monkeypatch.setattr(guard, "permitted", interrupted)
    longer = replace(whole, until=whole.until + timedelta(days=1))

    assert desk.card(manager, CardKey.WHEN, longer).state is CardState.REFUSED


def test_a_clerk_sees_no_charts(busy):
    clerk = busy.session("clerk")

    with pytest.raises(DeniedError):
        desk.card(clerk, CardKey.LOAD, year(clerk))


def test_an_office_without_orders_says_what_to_do(office):
    manager = office.session("manager")
    for key in CARDS:
        card = desk.card(manager, key, year(manager))
        assert card.state is CardState.EMPTY
        assert card.answer
        assert card.remedy


def test_a_forecast_needs_four_weeks(office):
    manager = office.session("manager")
    registered(manager, public())
    office.clock.advance(days=6)

    card = desk.card(manager, CardKey.STAFF, year(manager))

    assert card.state is CardState.EMPTY
    assert "6" in card.answer
