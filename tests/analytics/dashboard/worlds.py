"""Small invented offices, and an attacker who puts together all numbers that were ever shown."""

import itertools
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linprog

from pmdesk.analytics.dashboard import guard
from pmdesk.analytics.dashboard.guard import Question
from pmdesk.analytics.dashboard.lattice import Box
from pmdesk.analytics.dashboard.marks import Marks

PRIME = 2_147_483_647
DAYS, BUILDINGS, SERVICES, SLOTS, TIERS = 3, 3, 3, 3, 2
SHAPE = (DAYS, BUILDINGS, SERVICES, SLOTS, TIERS)
SMALLEST = 5


def office(seed, orders, homes):
    """So many orders from so many homes of each building; some are of places that all share."""
    dice = np.random.default_rng(seed)
    building = dice.integers(1, BUILDINGS + 1, orders)
    home = building * 100 + dice.integers(0, homes, orders)
    weights = np.array([6, 3, 1]) / 10
    slot = dice.choice(SLOTS, orders, p=weights)
    return Marks(
        day=dice.integers(0, DAYS, orders),
        hour=slot,
        service=dice.choice(SERVICES, orders, p=weights),
        outcome=home % TIERS,  # stands for the tier: a home has one
        building=building,
        home=np.where(dice.random(orders) < 0.1, 0, home),
    )


def parts(marks, cut):
    """The part of each order, and how many there are; None: not divided."""
    if cut == guard.WHOLE:
        return None, 0
    return (marks.hour, SLOTS) if cut == "slot" else (marks.outcome, TIERS)


@dataclass
class Attacker:
    """Knows every number that was shown, as equations over the finest counts."""

    marks: Marks
    rows: list[np.ndarray] = field(default_factory=list)
    values: list[int] = field(default_factory=list)
    hidden: list[np.ndarray] = field(default_factory=list)  # at least one order each
    seen: tuple[guard.Seen, ...] = ()

    def ask(self, question, permitted=guard.permitted):
        """The question is asked, and what comes of it is kept."""
        found = permitted(self.marks, question, self.seen, SMALLEST)
        if found is None:
            return None
        for box in question.told:
            self._learn(box, question.cut, None)
        for box, hidden in zip(question.boxes, found.hidden, strict=True):
            if hidden is not None:
                self._learn(box, question.cut, None)
                for part in set(range(question.count)) - hidden:
                    self._learn(box, question.cut, part)
                self.hidden += [vector(box, question.cut, part).astype(float) for part in hidden]
        self.seen += found.fresh
        return found

    def finds(self):
        """Sums that stand for too few homes and follow from what was shown."""
        known = Reduced(np.array(self.rows))
        return [
            (box, cut, part)
            for box, cut, part in targets()
            if 0 < self.homes(box, cut, part) < SMALLEST
            and known.spans(vector(box, cut, part).astype(np.int64))
        ]

    def homes(self, box, cut, part):
        """Different homes behind a number."""
        own = inside(self.marks, box) & (self.marks.home > 0)
        if part is not None:
            own &= parts(self.marks, cut)[0] == part
        return len(np.unique(self.marks.home[own]))

    def bounds(self, box, cut, part):
        """The smallest and the largest it could be: counts are not negative, hidden ones not 0."""
        wanted, known = vector(box, cut, part).astype(float), np.array(self.rows, dtype=float)
        some = {"A_ub": -np.array(self.hidden), "b_ub": [-1.0] * len(self.hidden)}
        given = {"A_eq": known, "b_eq": self.values, **(some if self.hidden else {})}
        ends = [linprog(sign * wanted, **given) for sign in (1, -1)]
        low, high = (end.fun if end.status == 0 else -np.inf for end in ends)
        return low, -high

    def _learn(self, box, cut, part):
        own = inside(self.marks, box)
        if part is not None:
            own = own & (parts(self.marks, cut)[0] == part)
        self.rows.append(vector(box, cut, part).astype(np.int64))
        self.values.append(int(own.sum()))


def inside(marks, box):
    """Which orders lie in the box."""
    chosen = (marks.day >= box.since) & (marks.day < box.until)
    if box.buildings:
        chosen &= np.isin(marks.building, list(box.buildings))
    if box.services:
        chosen &= np.isin(marks.service, list(box.services))
    return chosen


def vector(box, cut, part):
    """The number as a sum of the finest counts."""
    table = np.zeros(SHAPE, dtype=bool)
    buildings = [one - 1 for one in box.buildings] or range(BUILDINGS)
    services = list(box.services) or range(SERVICES)
    slots = [part] if cut == "slot" and part is not None else range(SLOTS)
    tiers = [part] if cut == "tier" and part is not None else range(TIERS)
    days = range(box.since, box.until)
    table[np.ix_(list(days), list(buildings), list(services), list(slots), list(tiers))] = True
    return table.ravel()


def subsets(members):
    """Every choice of them but none; all is written as none."""
    members = list(members)
    some = [
        frozenset(chosen)
        for count in range(1, len(members))
        for chosen in itertools.combinations(members, count)
    ]
    return [frozenset(), *some]


def boxes():
    """Every box there is."""
    return [
        Box(since=since, until=until, buildings=buildings, services=services)
        for since in range(DAYS)
        for until in range(since + 1, DAYS + 1)
        for buildings in subsets(range(1, BUILDINGS + 1))
        for services in subsets(range(SERVICES))
    ]


def targets():
    """Every number that the charts page could show: of each box the whole and each part."""
    return [
        (box, cut, part)
        for box in boxes()
        for cut, count in ((guard.WHOLE, 0), ("slot", SLOTS), ("tier", TIERS))
        for part in (range(count) if count else [None])
    ]


def question(marks, scope, cut, division):
    """The scope in one box, or a box for each service, day or building of it."""
    split = {
        "one": [scope],
        "services": [
            Box(since=scope.since, until=scope.until, buildings=scope.buildings,
                services=frozenset({one}))
            for one in (scope.services or range(SERVICES))
        ],
        "days": [
            Box(since=day, until=day + 1, buildings=scope.buildings, services=scope.services)
            for day in range(scope.since, scope.until)
        ],
        "buildings": [
            Box(since=scope.since, until=scope.until, buildings=frozenset({one}),
                services=scope.services)
            for one in (scope.buildings or range(1, BUILDINGS + 1))
        ],
    }[division]  # fmt: skip
    of_each, count = parts(marks, cut)
    return Question(
        scope=scope, boxes=tuple(dict.fromkeys(split)), cut=cut, parts=of_each, count=count,
        tells_total=division != "days",
    )  # fmt: skip


class Reduced:
    """Rows in echelon form modulo a large prime: what they span, exactly."""

    def __init__(self, rows):
        self.rows, self.heads = [], []
        for row in np.unique(rows, axis=0):
            left = self._left(row)
            filled = np.flatnonzero(left)
            if len(filled):
                head = int(filled[0])
                self.rows.append(left * pow(int(left[head]), -1, PRIME) % PRIME)
                self.heads.append(head)

    def spans(self, row):
        """Whether the row is a combination of the others."""
        return not self._left(row).any()

    def _left(self, row):
        left = row.copy() % PRIME
        for head, known in zip(self.heads, self.rows, strict=True):
            if left[head]:
                left = (left - left[head] * known) % PRIME
        return left
