"""An attacker who reads every number of the cards he is given, and puts all of them together."""

import itertools
import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np

from pmdesk.domain.dashboard import CardKey, CardState
from tests.analytics.dashboard.worlds import Reduced
from tests.services.dashboard.bounds import Bounds

SMALLEST = 5
EVER = (date(2000, 1, 1), date(2100, 1, 1))
OPEN, LATE, KEPT = 1, 2, 4  # of how an order stands; kept: done by its time
NOBODY, PUBLIC = 4, 5  # tiers of who asked: not classified; what all share
STATES = [8 * tier + how for tier in range(6) for how in range(6)]  # never late and kept
AGES = {"1": (0, 1), "3": (2, 3), "7": (4, 7), "30": (8, 30), "more": (31, 10_000)}
_ORDERS = """
    SELECT o.day, o.hour, o.service, b.name, o.unit, o.state, o.due_at, o.paused,
           coalesce(o.finished_at, o.closed_at), o.closed_at,
           (SELECT max(c.tier) FROM occupancy p LEFT JOIN classification c ON c.person = p.person
            WHERE p.unit = o.unit),
           (SELECT count(*) FROM occupancy p WHERE p.unit = o.unit),
           (SELECT c.tier FROM classification c WHERE c.person = o.person), o.person
    FROM work_order o LEFT JOIN building b ON b.id = o.building
"""
PARTS = {"slot": 42, "tier": 5, "state": 48}


def states(**wanted):
    """The parts of those that are open, late, kept (or not), or of a tier."""
    bits = {"is_open": OPEN, "late": LATE, "kept": KEPT}
    return {
        one
        for one in STATES
        if all(bool(one & bits[name]) == value for name, value in wanted.items() if name in bits)
        and wanted.get("tier", one // 8) == one // 8
    }


def told(number):
    """What a rounded number stands for: the fewest and the most."""
    if number in (0, None):
        return number, number
    if number < SMALLEST:
        return 1, SMALLEST - 1
    return max(SMALLEST, round(number) - 2), round(number) + 2


@dataclass(frozen=True)
class Fact:
    """A number that was read: of which orders, and how many. No parts: all of them."""

    cut: str
    since: date
    until: date
    buildings: frozenset[Any]
    services: frozenset[Any]
    parts: frozenset[int]
    value: int | None = None  # None: hidden, or rounded
    low: int = 0
    high: int | None = None


@dataclass
class Reader:
    """`orders`: day, building, service, home, and the part into which each falls by each cut."""

    today: date
    orders: list[Any]
    homes: dict[Any, Any]  # how many of each tier are in the office, by building
    facts: list[Fact] = field(default_factory=list)

    def read(self, card):
        """Every number of the card is known."""
        if card.state is not CardState.SHOWN:
            return
        read = {
            CardKey.WHEN: self._when,
            CardKey.TIERS: self._tiers,
            CardKey.STAFF: self._staff,
            CardKey.LOAD: self._load,
        }
        self.facts += read[card.key](card) if card.key in read else ()

    def wrong(self):
        """What was read and is not so: then this reader does not understand the cards."""
        return [
            one
            for one in self.facts
            for count in [len(list(self._of(one)))]
            if (one.value is not None and one.value != count)
            or count < one.low
            or (one.high is not None and count > one.high)
        ]

    def found_out(self, dice, most=120):
        """Numbers that stand for too few homes and follow from what was read."""
        return [one for cut in PARTS for one in self._found_out(cut, dice, most)]

    def pinned(self, dice, most=25):
        """Such numbers that can only be one, as all that was read are whole and not negative.

        Rounded numbers say between which two a count lies, and what is hidden is not nobody.
        """
        return [one for cut in PARTS for one in self._pinned(cut, dice, most)]

    # ---- what the cards say ------------------------------------------------------------------

    def _when(self, card):
        for figure in card.figures:
            key = figure.key.removeprefix("when_")
            services = {key} if key != "all" else {one.value for one in card.scope.services}
            slots = len(figure.categories)
            for day, series in enumerate(figure.series):
                for at, cell in enumerate(series.cells):
                    assert slots == 6
                    yield self._fact(card, "slot", {day * slots + at}, cell.value, services)

    def _tiers(self, card):
        names = ["standard", "care", "enhanced", "special", "none"]
        (figure,) = card.figures
        for series in figure.series:
            for key, cell in zip(figure.category_keys, series.cells, strict=True):
                if series.key in ("low", "high"):
                    continue
                tier = names.index(key)
                own = [self.homes[b][tier] for b in card.scope.buildings or self.homes]
                value = None if cell.value is None else round(cell.value * sum(own) / 100)
                yield self._fact(card, "tier", {tier}, value, {series.key})

    def _staff(self, card):
        (figure,) = card.figures
        (past,) = [one for one in figure.series if one.key == "past"]
        for key, cell in zip(figure.category_keys, past.cells, strict=True):
            day = date.fromisoformat(key)
            if day < self.today:
                yield self._fact(card, "state", (), cell.value, days=(day, day + timedelta(1)))

    def _load(self, card):
        for figure in card.figures:
            told = {one.key: one.cells for one in figure.series}
            if figure.key == "open_by_age":
                yield from self._ages(card, zip(figure.category_keys, told["orders"], strict=True))
                continue
            ends = [*map(date.fromisoformat, figure.category_keys), card.scope.until]
            for days, share, count in zip(
                itertools.pairwise(ends), told["share"], told["count"], strict=True
            ):
                late = None
                if count.value and share.value is not None:
                    late = count.value - share.value * count.value / 100
                    late = round(2 * late) / 2
                yield self._rounded(card, (), count.value, days=days)
                yield self._rounded(card, states(late=True), late, days=days)
        yield from self._said(card)

    def _ages(self, card, cells):
        for key, cell in cells:
            young, old = AGES[key]
            first = max(EVER[0], self.today - timedelta(min(old, 9_000)))
            days = first, self.today - timedelta(young - 1)
            yield self._rounded(card, states(is_open=True), cell.value, days=days)

    def _said(self, card):
        for words, parts in (
            (r"about ([0-9,]+) orders are open", states(is_open=True)),
            (r"(Nothing) is open", states(is_open=True)),
            (r"About ([0-9,]+) of them are overdue", states(is_open=True, late=True)),
            (r"(None) of them is overdue", states(is_open=True, late=True)),
        ):
            for told in re.findall(words, card.answer):
                value = 0 if told in ("None", "Nothing") else int(told.replace(",", ""))
                yield self._rounded(card, parts, value, days=EVER)

    def _rounded(self, card, parts, number, days):
        """A number that stands for several; nothing is told where it is hidden."""
        low, high = told(number)
        own = self._fact(card, "state", parts, None, days=days)
        exact = number if number == 0 else None
        return replace(own, value=exact, low=low or 0, high=high)

    def _fact(self, card, cut, parts, value, services=None, days=None):
        scope = card.scope
        since, until = days or (scope.since, scope.until)
        return Fact(
            cut,
            since,
            until,
            frozenset(scope.buildings),
            frozenset({one.value for one in scope.services} if services is None else services),
            frozenset(parts),
            None if value is None else round(value),
        )

    # ---- what follows ------------------------------------------------------------------------

    def _of(self, fact):
        return (
            one
            for one in self.orders
            if fact.since <= one["day"] < fact.until
            and (not fact.buildings or one["building"] in fact.buildings)
            and (not fact.services or one["service"] in fact.services)
            and (not fact.parts or one[fact.cut] in fact.parts)
        )

    def _found_out(self, cut, dice, most):
        facts = [one for one in self.facts if one.cut == cut or not one.parts]
        table = _Table(self.orders, facts, cut)
        rows = [table.row(one) for one in facts if one.value is not None]
        if not rows:
            return []
        known = Reduced(np.array(rows))
        targets = self._targets(facts, dice)
        return [
            one
            for one in dice.sample(targets, min(len(targets), most))
            if 0 < len({o["home"] for o in self._of(one) if o["home"]}) < SMALLEST
            and known.spans(table.row(one))
        ]

    def _pinned(self, cut, dice, most):
        facts = [one for one in self.facts if one.cut == cut or not one.parts]
        if not any(one.cut == cut for one in facts):
            return []
        targets = self._targets(facts, dice)
        hidden = [one for one in targets if one in facts]
        some = dice.sample(targets, min(len(targets), most))
        asked = [*dice.sample(hidden, min(len(hidden), most)), *some]
        table = _Table(self.orders, [*facts, *asked], cut)
        bounds = Bounds([(table.row(one), *_ends(one)) for one in facts], map(table.row, asked))
        return [one for at, one in enumerate(asked) if bounds.is_pinned(at)]

    def _targets(self, facts, dice):
        """What is hidden, and what is left when one number is taken from another."""
        kept = {one for one in facts if one.value is None}
        ends = sorted({end for one in facts for end in (one.since, one.until)})
        for _time in range(4_000):
            one, other = dice.choice(facts), dice.choice(facts)
            since, until = sorted(dice.sample(ends, 2))
            if one.parts and one.cut == "state":
                since, until = _both(one, other)
            kept.add(
                Fact(
                    one.cut,
                    since,
                    until,
                    dice.choice((one.buildings, other.buildings - one.buildings)),
                    dice.choice((one.services, other.services - one.services)),
                    one.parts,
                )
            )
        few = [one for one in sorted(kept, key=repr) if one.since < one.until]
        return [
            one
            for one in few
            if 0 < len({o["home"] for o in self._of(one) if o["home"]}) < SMALLEST
        ]


def _both(one, other):
    """What is open is told by its age alone: no other days of it can be asked for."""
    opened = states(is_open=True, late=False)
    is_open = opened & one.parts or opened & other.parts or not other.parts
    if is_open:
        return one.since, one.until
    return min(one.since, other.since), max(one.since, other.since)


def _ends(fact):
    """Between which numbers it lies; what is hidden of hours and tiers is not nobody."""
    if fact.value is not None:
        return fact.value, fact.value
    if fact.cut != "state" and fact.parts:
        return 1, np.inf
    return fact.low, np.inf if fact.high is None else fact.high


class _Table:
    """Sums as rows over the finest counts that any number tells apart."""

    def __init__(self, orders, facts, cut):
        self._cut, self._count = cut, PARTS[cut]
        self._ends = sorted({end for one in facts for end in (one.since, one.until)})
        self._buildings = sorted({one["building"] for one in orders})
        self._services = sorted({one["service"] for one in orders})
        filled = np.zeros(self._shape, dtype=bool)
        for one in orders:
            at = np.searchsorted(self._ends, one["day"], side="right") - 1
            if 0 <= at < len(self._ends) - 1:
                filled[
                    at,
                    self._buildings.index(one["building"]),
                    self._services.index(one["service"]),
                ] = True
        self._filled = filled.ravel()

    @property
    def _shape(self):
        return (
            len(self._ends) - 1, len(self._buildings), len(self._services), self._count + 1
        )  # fmt: skip

    def row(self, fact):
        """The number; where there is no order the reader knows so. The last part is none."""
        days = [fact.since <= one < fact.until for one in self._ends[:-1]]
        buildings = [not fact.buildings or one in fact.buildings for one in self._buildings]
        services = [not fact.services or one in fact.services for one in self._services]
        parts = [not fact.parts or one in fact.parts for one in range(self._count + 1)]
        if self._cut == "state":
            parts = [one and at in STATES for at, one in enumerate(parts)]
        row = np.einsum("d,b,s,p->dbsp", *(np.array(one, dtype=np.int64) for one in (
            days, buildings, services, parts)))  # fmt: skip
        return row.ravel()[self._filled]


def reader(office, session):
    """Somebody who knows what is true, to see whether he can tell it."""
    now = session.clock.now()
    orders = [_order(row, now) for row in office.sql(_ORDERS)]
    homes: dict[Any, Any] = {}
    for name, tier, count in office.sql(
        "SELECT b.name, coalesce(t.tier, 4), count(*) FROM (SELECT p.unit, max(c.tier) AS tier "
        "FROM occupancy p LEFT JOIN classification c ON c.person = p.person GROUP BY p.unit) t "
        "JOIN unit u ON u.id = t.unit JOIN building b ON b.id = u.building GROUP BY 1, 2"
    ):
        homes.setdefault(name, [0] * 5)[tier] = count
    return Reader(session.clock.today(), orders, homes)


def _order(row, now):
    day, hour, service, building, unit, state, due, paused, end, closed, tier, lived, own, who = row
    day = date.fromisoformat(day)
    done, is_open = state in ("closed", "callback"), closed is None
    over = _moment(end) if end else now
    is_late = (
        due is not None
        and (done or is_open)
        and over > _moment(due) + timedelta(seconds=paused or 0)
    )
    is_kept = due is not None and end is not None and done and not is_late
    asker = PUBLIC if not unit and not who else NOBODY if own is None else own
    return {
        "day": day,
        "building": building or "",
        "service": service,
        "home": unit,
        "slot": 42 if hour is None else day.weekday() * 6 + hour // 4,
        "tier": 5 if not unit or not lived else 4 if tier is None else tier,
        "state": 8 * asker + LATE * is_late + OPEN * is_open + KEPT * is_kept,
    }


def _moment(text):
    return datetime.fromisoformat(str(text))
