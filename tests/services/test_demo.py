"""The demo office: repeatable, lawful in every row, and with something of everything."""

from collections import Counter
from datetime import date, timedelta

import pytest

from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.consents import ConsentState
from pmdesk.domain.names import clean_name
from pmdesk.domain.orders.kinds import Service, Urgency
from pmdesk.domain.orders.order import OPEN, OrderState
from pmdesk.domain.ports.orders import OrderQuery
from pmdesk.domain.screening import Use, screen
from pmdesk.services import classification, demo, demo_orders, residents
from pmdesk.services.order_kinds import shipped
from pmdesk.services.refusal.screen import lexicon


def everyone(session):
    with session.store.reading() as work:
        ids = work.people.ids(ResidentQuery(order="updated"), today=session.clock.today())
        return work.people.rows(sorted(ids), today=session.clock.today())


@pytest.fixture(scope="module")
def full(founded, tmp_path_factory):
    """An office with the default demo, everyone classified."""
    office = founded.copied(tmp_path_factory.mktemp("demo") / "office")
    demo.fill(office.session("admin"), 300, 7)
    classification.classify_all(office.session("admin"))
    yield office
    office.close()


@pytest.fixture
def filled(full):
    return full.session("admin")


def test_every_consent_state_every_tier_and_every_role_is_there(filled, full):
    people = everyone(filled)

    assert len(people) == 300
    assert {row.consent for row in people} >= set(ConsentState) - {ConsentState.RESTRICTED}
    assert {row.tier for row in people} == {None, "standard", "care", "enhanced", "special"}
    assert {row.role for row in people} == {"owner", "tenant", "occupant"}
    assert any("·" in row.name for row in people)
    assert len(residents.buildings(filled)) >= 5
    assert all(clean_name(row.name) == (row.name, None) for row in people)
    assert Counter(action for action, _, _ in full.acts())["demo.fill"] == 1


def test_only_people_whose_consent_runs_have_a_tier(filled):
    for row in everyone(filled):
        runs = row.consent in {ConsentState.LIVE, ConsentState.EXPIRING}
        assert (row.tier is not None) is runs


def test_the_same_seed_makes_the_same_people(founded, tmp_path, clock):
    made = []
    for name, seed in (("a", 7), ("b", 7), ("c", 8)):
        office = founded.copied(tmp_path / name, clock)
        demo.fill(office.session("admin"), 30, seed)
        made.append([(row.name, row.mobile, row.room) for row in everyone(office.session("admin"))])
        office.close()

    assert made[0] == made[1] != made[2]


@pytest.mark.parametrize("people", [1, 7])
def test_a_small_demo_works_and_seven_people_show_seven_states(admin, people):
    demo.fill(admin, people, 7)

    assert len({row.consent for row in everyone(admin)}) == people


def test_a_purpose_without_a_notice_is_asked_of_nobody(admin, office, monkeypatch):
    monkeypatch.setattr("pmdesk.store.catalogue_register.SqlCatalogue.notice", lambda *_: None)
    monkeypatch.setattr(demo, "_STATES", (("refused", 1), ("never", 1)))

    demo.fill(admin, 10, 7)

    assert office.sql("SELECT * FROM consent_event") == []


# ---- a year of work orders ------------------------------------------------------------------


@pytest.fixture(scope="module")
def asked(founded, tmp_path_factory):
    """An office with the orders of the default demo, some of them made at the desk."""
    office = founded.copied(tmp_path_factory.mktemp("orders") / "office")
    demo.fill(office.session("admin"), 300, 7)
    demo_orders.ask(office.session("clerk"))
    demo_orders.fill(office.session("admin"), 7)
    yield office
    office.close()


def book_of(office):
    """All orders of the book."""
    with office.session("admin").store.reading() as work:
        return work.orders.rows(work.orders.ids(OrderQuery()))


def test_a_year_of_orders_is_there_and_some_are_open_overdue_and_waiting(asked, clock):
    orders = book_of(asked)
    states = {one.state for one in orders}
    owed = [one for one in orders if one.is_open and one.state is not OrderState.CALLBACK]
    late = [one for one in owed if one.is_overdue(clock.now())]
    span = max(one.received_at for one in orders) - min(one.received_at for one in orders)

    assert 1 <= len(late) <= 3
    assert all(clock.now() - one.due_at < timedelta(hours=6) for one in late)
    assert not any(one.urgency is Urgency.EMERGENCY for one in owed)
    assert 3_000 < len(orders) < 7_000
    assert states > {*OPEN, OrderState.CLOSED} - {OrderState.CALLBACK}
    assert span.days in {364, 365}
    assert all(one.received_at <= clock.now() for one in orders)
    assert {one.service for one in orders} == set(Service)
    assert {1, 5} < {one.rating for one in orders} - {None}


def test_orders_follow_weekday_hour_and_holidays(asked):
    with asked.session("admin").store.reading() as work:
        counted = work.order_counts.by_day(
            since=date(2025, 3, 3), until=date(2026, 3, 2), hours=True
        )
    repairs: Counter[int] = Counter()
    days: Counter[tuple[date, Service]] = Counter()
    hours: Counter[int | None] = Counter()
    for one in counted:
        if one.service is Service.REPAIR:
            repairs[one.day.weekday()] += one.orders
            hours[one.hour] += one.orders
        days[one.day, one.service] += one.orders

    assert repairs[0] > 1.3 * repairs[6]
    assert hours[9] > 5 * hours[23]
    october = [date(2025, 10, day) for day in range(1, 8)]
    later = [date(2025, 10, day) for day in range(20, 27)]
    assert sum(days[day, Service.SECURITY] for day in october) > 1.3 * sum(
        days[day, Service.SECURITY] for day in later
    )


def test_one_house_has_more_complaints_than_the_others_two_months_in_a_row(asked, clock):
    for back in (0, 30):
        end = clock.now() - timedelta(days=back)
        near = Counter(
            one.spot.building
            for one in book_of(asked)
            if one.is_complaint and timedelta(0) <= end - one.received_at < timedelta(days=30)
        )
        (_house, most), (_other, second) = near.most_common(2)
        assert most > 1.4 * second


def test_nobody_asks_for_what_all_share_and_residents_ask_for_their_own_home(asked):
    orders = book_of(asked)
    with asked.session("admin").store.reading() as work:
        homes = {(place[0], person) for place, person in work.people.by_home().items()}
    for one in orders:
        assert (one.person is None) is one.spot.is_public
        assert one.person is None or (one.spot.building, one.person) in homes


def test_the_words_of_the_demo_are_such_as_a_clerk_may_write(asked):
    session = asked.session("admin")
    words = {one.words for one in book_of(asked)}
    with session.store.reading() as work:
        known = lexicon(work)
    assert [text for text in sorted(words) if screen(text, known, Use.PROSE)] == []
    kinds = {(one.service, one.kind) for one in book_of(asked)}
    known_kinds = {one.code: one.service for one in shipped().kinds}
    assert all(known_kinds[kind] is service for service, kind in kinds)


def test_the_same_seed_makes_the_same_orders(founded, tmp_path, clock):
    made = []
    for name, seed in (("a", 7), ("b", 7), ("c", 8)):
        office = founded.copied(tmp_path / name, clock)
        demo.fill(office.session("admin"), 7, 7)
        demo_orders.fill(office.session("admin"), seed)
        made.append([(one.number, one.kind, one.state, one.closed_at) for one in book_of(office)])
        office.close()

    assert made[0] == made[1] != made[2]


def test_an_office_without_residents_has_no_invented_orders(admin):
    assert demo_orders.fill(admin, 7) == 0
