"""How long the check of a decision table takes while somebody types: median and p95.

    python benchmarks/check.py --tables 20

Each kind of table is drawn anew for every run; `--without-solver` measures the fallback. Told are
the time of computing, which other programs do not disturb, and the time on the clock.
"""

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable, Mapping

from pmdesk.i18n import Words
from pmdesk.rules.cells import ANY, EVERYTHING, Cell, Range
from pmdesk.rules.check import FindingKind, check
from pmdesk.rules.facts import Fact, FactType, group
from pmdesk.rules.table import DecisionTable, HitPolicy, Rule, Scheme

NAME = Words(zh="名", en="name")
TIERS = ("standard", "care", "enhanced", "special")
SCHEME = Scheme(tiers=tuple((key, NAME) for key in TIERS), tags=(("need", NAME), ("addon", NAME)))
MOST = 1000
INPUTS = 10

Row = tuple[Cell, ...]
Drawn = tuple[tuple[Fact, ...], list[Row]]


def number(name: str, *, nullable: bool = True) -> Fact:
    return Fact(key=name, label=NAME, type=FactType.NUMBER, low=0, high=MOST, nullable=nullable)


def choice(name: str) -> Fact:
    options = tuple((f"o{place}", NAME) for place in range(8))
    return Fact(key=name, label=NAME, type=FactType.CHOICE, options=options)


def flag(code: str) -> Fact:
    return Fact(key=f"needs.{code}", label=NAME, type=FactType.FLAG, list="needs", any_of=(code,))


def between(low: int | None, high: int | None) -> Cell:
    return Cell(ranges=(Range(low, high),))


def ladder(draw: random.Random, rules: int) -> Drawn:
    """Rows of two to six conditions, as people write them."""
    facts = tuple(
        number(f"f{place}") if place % 2 else choice(f"f{place}") for place in range(INPUTS)
    )
    return facts, [asking(draw, facts, draw.randint(2, 6)) for _row in range(rules)]


def asking(draw: random.Random, facts: tuple[Fact, ...], count: int) -> Row:
    asked = set(draw.sample(range(len(facts)), count))
    return tuple(
        condition(draw, fact) if place in asked else ANY for place, fact in enumerate(facts)
    )


def condition(draw: random.Random, fact: Fact) -> Cell:
    if fact.is_ordered:
        low = draw.randrange(0, MOST, 5)
        return between(low, low + draw.randrange(5, 300, 5))
    values = fact.codes or (False, True)
    return Cell(values=tuple(sorted(draw.sample(values, draw.randint(1, len(values) // 2)))))


def needs(draw: random.Random, rules: int) -> Drawn:
    """Eight options of one list, a group of them, and one number: columns that depend."""
    flags = tuple(flag(f"n{place}") for place in range(INPUTS - 2))
    facts = (*flags, group(flags[:3]), number("age"))
    return facts, [asking(draw, facts, draw.randint(1, 4)) for _row in range(rules)]


def partition(draw: random.Random, rules: int) -> Drawn:
    """Boxes that cover everybody exactly once."""
    facts = tuple(number(f"f{place}", nullable=False) for place in range(INPUTS))
    boxes = [[EVERYTHING] * INPUTS]
    while len(boxes) < rules:
        box = boxes.pop(draw.randrange(len(boxes)))
        place = draw.randrange(INPUTS)
        low, high = box[place].low or 0, box[place].high or MOST + 1
        if high - low < 2:  # noqa: PLR2004  # it cannot be cut
            boxes.append(box)
            continue
        cut = draw.randrange(low + 1, high)
        halves = Range(box[place].low, cut), Range(cut, box[place].high)
        boxes.extend([*box[:place], half, *box[place + 1 :]] for half in halves)
    return facts, [
        tuple(ANY if span == EVERYTHING else Cell(ranges=(span,)) for span in box) for box in boxes
    ]


def half_lines(share: float) -> Callable[[random.Random, int], Drawn]:
    """“At least” and “under” in this share of the cells: each bound is another, nothing repeats."""

    def drawn(draw: random.Random, rules: int) -> Drawn:
        facts = tuple(number(f"f{place}") for place in range(INPUTS))
        return facts, [
            tuple(half_line(draw) if draw.random() < share else ANY for _fact in facts)
            for _row in range(rules)
        ]

    return drawn


def half_line(draw: random.Random) -> Cell:
    bound = draw.randrange(1, MOST)
    return between(None, bound) if draw.random() < 0.5 else between(bound, None)  # noqa: PLR2004


KINDS: Mapping[str, tuple[Callable[[random.Random, int], Drawn], int]] = {
    "ladder 200 x 10": (ladder, 200),
    "one list 200 x 10": (needs, 200),
    "partition 200 x 10": (partition, 200),
    "half-lines in all cells 200 x 10": (half_lines(1), 200),
    "half-lines in every second cell 200 x 10": (half_lines(0.5), 200),
    "half-lines in every third cell 200 x 10": (half_lines(0.35), 200),
    "ladder 1000 x 10": (ladder, 999),
    "half-lines in all cells 1000 x 10": (half_lines(1), 999),
}


def table_of(draw: random.Random, drawn: Drawn, policy: HitPolicy) -> DecisionTable:
    facts, rows = drawn
    rules = tuple(
        Rule(
            id=f"r{place}",
            cells=cells,
            tier=draw.choice(TIERS),
            tags=frozenset(tag for tag in SCHEME.tag_keys if draw.random() < 0.1),  # noqa: PLR2004
            reason="因本人需要",
        )
        for place, cells in enumerate(rows)
    )
    made = DecisionTable(facts=facts, rules=rules, scheme=SCHEME, policy=policy)
    return made.with_rule(made.blank_rule())


def measure(name: str, tables: int) -> None:
    make, rules = KINDS[name]
    for policy in HitPolicy:
        computed, passed, open_ends = [], [], 0
        for seed in range(tables):
            draw = random.Random(seed)
            table = table_of(draw, make(draw, rules), policy)
            begin, at = time.thread_time(), time.perf_counter()
            found = check(table)
            computed.append((time.thread_time() - begin) * 1000)
            passed.append((time.perf_counter() - at) * 1000)
            open_ends += any(one.kind is FindingKind.NOT_PROVED for one in found)
        print(
            f"{name:41} {policy.value:8} computing {told(computed)}   clock {told(passed)}"
            f"   not all proved: {open_ends} of {tables}"
        )


def told(times: list[float]) -> str:
    high = statistics.quantiles(times, n=20)[-1]
    return f"median {statistics.median(times):5.1f} p95 {high:5.1f} ms"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--tables", type=int, default=20)
    parser.add_argument("--without-solver", action="store_true")
    asked = parser.parse_args()
    if asked.without_solver:
        sys.modules["pysat.solvers"] = None  # type: ignore[assignment]  # so it cannot be imported
    check(table_of(random.Random(0), ladder(random.Random(0), 5), HitPolicy.FIRST))  # imports
    for name in KINDS:
        measure(name, asked.tables)


if __name__ == "__main__":
    main()
