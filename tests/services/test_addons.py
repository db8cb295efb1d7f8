"""Add-on services: one published price for everybody, orders at that price and at no other."""

from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from pmdesk.domain.addons import AddonId, OrderId, price_of, problems, yuan
from pmdesk.errors import ConflictError, NotFoundError, RefusedError
from pmdesk.services import addons
from tests.offices import SPECIAL, consenting, resident


def published(admin, name="入户保洁", price=8000):
    addons.publish(admin, name, "擦净地面和台面", "次", price)
    return next(one for one in addons.offered(admin) if one.name == name)


def test_an_order_stands_at_the_published_price_whoever_orders(admin, clerk):
    service = published(admin)
    people = [resident(clerk), consenting(clerk, values=SPECIAL, room="3-2-502")]
    for person in people:
        addons.order(clerk, person, service.id)

    assert [addons.orders(clerk, person)[0].price for person in people] == [8000, 8000]


def test_no_other_price_can_get_into_the_store(admin, clerk, office):
    service = published(admin)
    person = resident(clerk)
    insert = (
        "INSERT INTO addon_order (person, addon, price, ordered_on, at, by)"
        " VALUES (:person, :addon, :price, :day, 'x', 'x')"
    )
    day = clerk.clock.today().isoformat()
    with pytest.raises(IntegrityError, match="published price"):
        office.sql(insert, person=person, addon=service.id, price=7000, day=day)
    addons.order(clerk, person, service.id)
    with pytest.raises(IntegrityError):
        office.sql("UPDATE addon_order SET price = 1")
    with pytest.raises(IntegrityError):
        office.sql("UPDATE addon SET price = 1")
    with pytest.raises(IntegrityError):
        office.sql("DELETE FROM addon")


def test_nothing_is_ordered_without_a_published_price(admin, clerk, office):
    person = resident(clerk)
    with pytest.raises(RefusedError):
        addons.order(clerk, person, AddonId(99))
    service = published(admin)
    addons.withdraw(admin, service.id)
    addons.order(clerk, person, service.id)  # the last day
    office.clock.advance(days=1)
    assert addons.offered(clerk) == ()
    with pytest.raises(RefusedError):
        addons.order(clerk, person, service.id)
    with pytest.raises(RefusedError):
        addons.withdraw(admin, service.id)


def test_a_new_price_ends_the_old_one_and_orders_keep_theirs(admin, clerk, office):
    old = published(admin)
    person = resident(clerk)
    addons.order(clerk, person, old.id)
    with pytest.raises(ConflictError):
        addons.publish(admin, "入户保洁", "擦净地面和台面", "次", 9000)
    office.clock.advance(days=1)
    new = published(admin, price=9000)
    addons.order(clerk, person, new.id)

    assert [one.price for one in addons.orders(clerk, person)] == [9000, 8000]
    history = addons.price_list(clerk)
    assert [one.price for one in history] == [9000, 8000]
    assert history[1].until == history[0].since - timedelta(days=1)


def test_an_order_ends_once_and_the_log_says_whose_it_was(office, admin, clerk):
    service = published(admin)
    person = resident(clerk)
    addons.order(clerk, person, service.id)
    (made,) = addons.orders(clerk, person)
    with office.logged() as log:
        changes = addons.end(clerk, made.id)

    assert log == [("addon.end", f"person:{person}", ("addon_orders",))]
    assert changes.people == {person}
    assert addons.orders(clerk, person)[0].ended_on == clerk.clock.today()
    with pytest.raises(NotFoundError):
        addons.end(clerk, made.id)
    with pytest.raises(NotFoundError):
        addons.end(clerk, OrderId(99))


@pytest.mark.parametrize(
    ("name", "unit", "price"),
    [
        ("", "次", 100),
        ("保洁", "", 100),
        ("保洁", "次", None),
        ("保洁", "次", -1),
        ("长" * 31, "次", 1),
        ("VIP 保洁", "次", 100),
        ("高端管家", "月", 100),
        ("老人陪护", "次", 100),
    ],
)
def test_a_line_without_price_or_with_a_ranking_name_is_not_published(admin, name, unit, price):
    with pytest.raises(RefusedError):
        addons.publish(admin, name, "擦净地面和台面", unit, price)
    assert addons.price_list(admin) == ()


@pytest.mark.parametrize(
    "content", ["", " ", "长" * 201, "只给富人做", "先看身份证 110101199003070003 再做"]
)
def test_a_line_says_what_is_delivered_in_fair_words(admin, content):
    with pytest.raises(RefusedError):
        addons.publish(admin, "入户保洁", content, "次", 8000)
    assert addons.price_list(admin) == ()


def test_what_a_published_line_consists_of_stands(admin, office):
    service = published(admin)

    assert service.content == "擦净地面和台面"
    with pytest.raises(IntegrityError, match="never changes"):
        office.sql("UPDATE addon SET content = '什么都不做'")


def test_a_line_of_earlier_days_says_that_its_content_is_not_written(admin, office):
    insert = "INSERT INTO addon (name, unit, price, since) VALUES ('旧', '次', 100, '2026-01-01')"
    office.tampered(insert)

    (old,) = addons.offered(admin)
    assert "not written" in addons.content_words(old)


def test_only_an_administrator_publishes(manager, clerk):
    for session in (manager, clerk):
        with pytest.raises(RefusedError):
            addons.publish(session, "保洁", "擦净地面和台面", "次", 100)


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("80", 8000),
        ("80.5", 8050),
        ("０.０５", 5),
        (" 12.30 元", 1230),
        ("1,000", None),
        ("-1", None),
        ("", None),
        ("1.234", None),
    ],
)
def test_a_price_is_typed_in_yuan(text, price):
    assert price_of(text) == price


def test_a_price_reads_as_it_is_written():
    assert yuan(8050) == "80.50"
    assert problems("保洁", "擦净", "次", 8050) == ()
    wrong = problems(" ", " ", "", None)
    assert {one.key for one in wrong} == {"name", "content", "unit", "price"}


def test_a_price_of_tomorrow_is_not_offered_today(admin):
    service = published(admin)
    assert not service.offered_on(service.since - timedelta(days=1))
    assert service.offered_on(date(2099, 1, 1))
