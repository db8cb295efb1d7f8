"""Small random tables with lists and groups, and literally everybody whom they may be about."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from typing import Any

from pmdesk.i18n import Words
from pmdesk.rules.cells import ANY, Cell, Range, holds
from pmdesk.rules.facts import Fact, FactType, group
from pmdesk.rules.table import DecisionTable, HitPolicy, Rule, Scheme

UNKNOWN: Any = None
NAME = Words(zh="名", en="name")
OPTIONS = ("water", "power", "roof")
TEXTS = ("x", "y")
FIRST_DAY = date(2024, 2, 27)
SCHEME = Scheme(
    tiers=tuple((key, NAME) for key in ("standard", "care", "special")),
    tags=tuple((key, NAME) for key in ("need", "addon")),
)


def flag(code, **changes):
    return Fact(
        key=f"needs.{code}",
        label=NAME,
        type=FactType.FLAG,
        list="needs",
        any_of=(code,),
        **changes,
    )


AGE = Fact(key="age", label=NAME, type=FactType.NUMBER, low=0, high=6)
ZONE = Fact(
    key="zone", label=NAME, type=FactType.CHOICE, options=tuple((code, NAME) for code in "abc")
)
ASKED = Fact(key="asked", label=NAME, type=FactType.FLAG)
DAY = Fact(key="day", label=NAME, type=FactType.DATE)
NOTE = Fact(key="note", label=NAME, type=FactType.TEXT)
WATER, POWER, ROOF = (flag(code) for code in OPTIONS)
WATER_OR_POWER = group((WATER, POWER))
POWER_OR_ROOF = group((POWER, ROOF))
FACTS = (AGE, ZONE, ASKED, DAY, NOTE, WATER, POWER, ROOF, WATER_OR_POWER, POWER_OR_ROOF)


def facts(random):
    """Up to four facts, some never unknown."""
    drawn = random.sample(FACTS, random.randint(1, 4))
    always = random.random() < 0.2
    return tuple(
        replace(fact, nullable=not always) if fact.list or random.random() < 0.3 else fact
        for fact in drawn
    )


def cell(random, fact):
    """A cell that can be true for this fact alone."""
    if random.random() < 0.35:
        return ANY
    unknown = fact.nullable and random.random() < 0.3
    if unknown and random.random() < 0.3:
        return Cell(unknown=True)
    if fact.is_ordered:
        return Cell(ranges=_ranges(random, fact), unknown=unknown)
    values = (False, True) if fact.type is FactType.FLAG else fact.codes or TEXTS
    chosen = random.sample(values, random.randint(1, len(values) - 1 or 1))
    return Cell(values=tuple(sorted(chosen)), unknown=unknown)


def rows(random, drawn, most=7):
    """Some rows of cells for these facts."""
    return [tuple(cell(random, fact) for fact in drawn) for _ in range(random.randint(1, most))]


def table(random, policy=None, most=7):
    """A complete table."""
    drawn = facts(random)
    rules = tuple(
        Rule(
            id=f"r{number}",
            cells=cells,
            tier=random.choice(SCHEME.tier_keys),
            tags=frozenset(key for key in SCHEME.tag_keys if random.random() < 0.3),
            reason=random.choice(("because", "because", "therefore")),
        )
        for number, cells in enumerate(rows(random, drawn, most))
    )
    made = DecisionTable(
        facts=drawn,
        rules=rules,
        scheme=SCHEME,
        policy=policy or random.choice(list(HitPolicy)),
    )
    return made.with_rule(replace(made.blank_rule(), reason="else"))


def everybody(drawn):
    """Each person there can be, by fact key; a list is unknown as a whole or not at all."""
    free = [fact for fact in drawn if not fact.list]
    listed = [fact for fact in drawn if fact.list]
    chosen = [
        {fact.key: bool(set(fact.any_of) & set(some)) for fact in listed}
        for some in _subsets(listed)
    ]
    if all(fact.nullable for fact in listed):
        chosen.append(dict.fromkeys((fact.key for fact in listed), UNKNOWN))
    for values in product(*(_values(fact) for fact in free)):
        known = dict(zip((fact.key for fact in free), values, strict=True))
        for answers in chosen if listed else [{}]:
            yield known | answers


def fitting(drawn, cells, person):
    """Whether the row fits the person."""
    return all(holds(c, person[fact.key]) for c, fact in zip(cells, drawn, strict=True))


def _subsets(listed):
    options = sorted({code for fact in listed for code in fact.any_of})
    return [
        [o for o, is_in in zip(options, ins, strict=True) if is_in]
        for ins in product((False, True), repeat=len(options))
    ]


def _values(fact):
    known = {
        FactType.NUMBER: lambda: list(range(7)),
        FactType.CHOICE: lambda: list(fact.codes),
        FactType.FLAG: lambda: [False, True],
        FactType.DATE: lambda: [FIRST_DAY + timedelta(days=n) for n in range(6)],
        FactType.TEXT: lambda: [*TEXTS, "…"],
    }[fact.type]()
    return [*known, None] if fact.nullable else known


def _ranges(random, fact):
    start = FIRST_DAY.toordinal() if fact is DAY or fact.type is FactType.DATE else 0
    ends = sorted(random.sample(range(1, 6), random.randint(1, 3)))
    ends = [start + end for end in ends]
    if len(ends) == 1:
        return (Range(None, ends[0]),) if random.random() < 0.5 else (Range(ends[0], None),)
    if len(ends) == 2:
        return (Range(*ends),)
    return (Range(None, ends[0]), Range(*ends[1:]))
