"""Nobody finds out a hidden number from the figures and sentences of the cards themselves."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from pmdesk.domain.dashboard import CardKey, Period, Scope, scope_of
from pmdesk.domain.orders.kinds import Service
from pmdesk.errors import RefusedError
from pmdesk.services.dashboard import desk, going_out
from pmdesk.services.monthly import report
from pmdesk.services.watch import delivered
from tests.services.dashboard.attention import served
from tests.services.dashboard.reader import reader

KEYS = (CardKey.WHEN, CardKey.TIERS, CardKey.STAFF, CardKey.LOAD, CardKey.LOAD, CardKey.DISPUTES)


def scopes(dice, today):
    """Whole periods and free days, some of which differ by a day or two."""
    while True:
        if dice.random() < 0.5:
            scope = scope_of(dice.choice(list(Period)), today)
        else:
            until = today - timedelta(days=dice.choice((0, 0, 1, 2, 3, 7, 14)))
            scope = Scope(since=until - timedelta(days=dice.choice((4, 7, 28, 90))), until=until)
        buildings = dice.sample("123456", dice.choice((0, 0, 1, 2)))
        services = dice.sample(list(Service), dice.choice((0, 0, 1)))
        yield replace(scope, buildings=tuple(buildings), services=tuple(services))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_sequence_of_cards_tells_of_too_few_homes(busy, seed):
    manager, dice = busy.session("manager"), random.Random(seed)
    attacker = reader(busy, manager)

    for scope, _time in zip(scopes(dice, attacker.today), range(14), strict=False):
        attacker.read(desk.card(manager, dice.choice(KEYS), scope))

    attacker.facts += served(delivered.board(manager))

    assert len(attacker.facts) > 50
    assert not attacker.wrong()
    assert not attacker.found_out(dice)
    assert not attacker.pinned(dice)


@pytest.mark.parametrize("seed", [4, 5])
def test_files_of_two_accounts_tell_no_more_beside_each_other(busy, seed):
    """Cards that each of them carries out, and the report of a month."""
    sessions, dice = [busy.session("manager"), busy.session("manager2")], random.Random(seed)
    attacker = reader(busy, sessions[0])

    for scope, _time in zip(scopes(dice, attacker.today), range(10), strict=False):
        session = dice.choice(sessions)
        card = desk.card(session, dice.choice(KEYS), scope)
        try:
            going_out.handed_out(session, card, "csv")
        except RefusedError:
            continue
        attacker.read(card)
    made = report.compiled(sessions[1], date(2026, 1, 1), lambda *_: None)
    for card in (*made.cards, *made.today):
        attacker.read(card)

    assert len(attacker.facts) > 50
    assert not attacker.wrong()
    assert not attacker.found_out(dice)


def test_the_attacker_is_worth_his_name(busy, monkeypatch):
    """With nothing remembered, he finds something: by sums, and between the bounds."""
    manager, dice = busy.session("manager"), random.Random(1)
    attacker = reader(busy, manager)
    monkeypatch.setattr(desk, "_remembered", lambda *_: True)
    year = scope_of(Period.YEAR, attacker.today)

    for key in (CardKey.STAFF, *[CardKey.WHEN] * 6):
        attacker.read(desk.card(manager, key, year))
        year = replace(year, until=year.until - timedelta(days=1))

    assert attacker.found_out(dice)
    assert attacker.pinned(dice)
