"""Large tables over any facts: a ladder of overlapping rows, and rows that never overlap."""

from dataclasses import replace
from datetime import date

from pmdesk.rules.cells import ANY, UNKNOWN, Cell, Range, united
from pmdesk.rules.facts import FactType
from pmdesk.rules.rule import HitPolicy, Rule
from pmdesk.rules.table import DecisionTable

PIECES = 12  # that a number or a day is cut into
DAYS = (date(2010, 1, 1).toordinal(), date(2026, 1, 1).toordinal())


def ladder(random, facts, scheme, count):
    """Each row asks about one to three columns for some of the values: many fit a person."""
    rules = [_rule(f"r{number}", [ANY] * len(facts), scheme, random) for number in range(count - 1)]
    made = []
    for rule in rules:
        cells = list(rule.cells)
        for place in random.sample(range(len(facts)), random.randint(1, 3)):
            atoms = _atoms(facts[place])
            low = random.randrange(len(atoms))
            kept = atoms[low : low + random.randint(1, max(1, len(atoms) // 2))]
            cells[place] = united(kept, facts[place])
        made.append(replace(rule, cells=tuple(cells)))
    return _table(facts, made, scheme, HitPolicy.FIRST)


def partition(random, facts, scheme, count):
    """Exactly one row fits each person, unknown values included."""
    boxes = [[_atoms(fact) for fact in facts]]
    while len(boxes) < count - 1:
        divisible = [n for n, box in enumerate(boxes) if any(len(atoms) > 1 for atoms in box)]
        box = boxes.pop(random.choice(divisible))
        place = random.choice([n for n, atoms in enumerate(box) if len(atoms) > 1])
        at = random.randint(1, len(box[place]) - 1)
        boxes += [
            [*box[:place], part, *box[place + 1 :]] for part in (box[place][:at], box[place][at:])
        ]
    rules = [
        _rule(
            f"r{number}",
            [united(a, f) for a, f in zip(box, facts, strict=True)],
            scheme,
            random,
        )
        for number, box in enumerate(boxes)
    ]
    random.shuffle(rules)
    return _table(facts, rules, scheme, HitPolicy.UNIQUE)


def _atoms(fact):
    """The values of the fact in pieces; all together they ask for nothing."""
    if fact.type is FactType.FLAG:
        known = [Cell(values=(False,)), Cell(values=(True,))]
    elif fact.is_ordered:
        low, high = DAYS if fact.type is FactType.DATE else _span(fact)
        ends = [low + (high - low) * n // PIECES for n in range(1, PIECES)]
        pieces = zip([None, *ends], [*ends, None], strict=True)
        known = [Cell(ranges=(Range(*ends),)) for ends in pieces]
    else:
        known = [Cell(values=(code,)) for code in fact.codes]
    return [*known, UNKNOWN]


def _span(fact):
    low = 0 if fact.low is None else fact.low
    return low, low + 240 if fact.high is None else fact.high


def _rule(rule_id, cells, scheme, random):
    return Rule(
        id=rule_id,
        cells=tuple(cells),
        tier=random.choice(scheme.tier_keys),
        tags=frozenset(random.sample(scheme.tag_keys, min(len(scheme.tags), random.randint(0, 2)))),
        reason="按本人选择安排",
    )


def _table(facts, rules, scheme, policy):
    made = DecisionTable(facts=tuple(facts), rules=tuple(rules), scheme=scheme, policy=policy)
    return made.with_rule(made.blank_rule())
