"""Tables over the catalogue an office starts with, lists and named groups among their columns."""

from pmdesk.analytics.facts import facts
from pmdesk.errors import EntryError
from pmdesk.rules.facts import FactType, group
from pmdesk.rules.parse import parse
from pmdesk.rules.table import DecisionTable, HitPolicy, Rule
from pmdesk.services import starters
from pmdesk.services.rule_exchange.exchange import scheme_of

CATALOGUE = starters.catalogue()
OFFERED = facts(CATALOGUE)
SCHEME = scheme_of(CATALOGUE)
LISTS = {fact.list for fact in OFFERED if fact.list}


def flags(name):
    """The flags about one list."""
    return [fact for fact in OFFERED if fact.list == name]


def columns(random):
    """A few facts, a named group now and then."""
    chosen = random.sample(OFFERED, random.randint(1, 6))
    if random.random() < 0.7:
        members = flags(random.choice(sorted(LISTS)))
        several = random.sample(members, random.randint(2, len(members)))
        chosen.append(group([fact for fact in members if fact in several]))
    return tuple(chosen)


def table(random, policy=None):
    """A random table, with odd rule ids, reasons and legal grounds now and then."""
    asked = columns(random)
    rules = [_rule(random, asked, number) for number in range(random.randint(0, 8))]
    drawn = DecisionTable(
        facts=asked,
        rules=tuple(rules),
        scheme=SCHEME,
        policy=policy or random.choice(list(HitPolicy)),
    )
    return drawn.with_rule(drawn.blank_rule()) if random.random() < 0.8 else drawn


def person(random, asked):
    """Values by fact key, the flags of one list known or unknown together."""
    values: dict[str, object] = {}
    for name in LISTS:
        chosen = None
        if random.random() < 0.8:
            chosen = {code for flag in flags(name) for code in flag.any_of if random.random() < 0.4}
        for fact in asked:
            if fact.list == name:
                values[fact.key] = None if chosen is None else bool(chosen & set(fact.any_of))
        values[name] = chosen
    for fact in asked:
        if not fact.list:
            values[fact.key] = None if random.random() < 0.2 else _value(random, fact)
    return values


def _value(random, fact):
    if fact.type is FactType.CHOICE:
        return random.choice(fact.codes)
    if fact.type is FactType.FLAG:
        return random.random() < 0.5
    return random.randint(max(fact.low or 0, 0), 70)


def _rule(random, asked, number):
    return Rule(
        id=random.choice((f"r{number}", f"行 {number}", f"{number}", f"tier_{number}")),
        cells=tuple(_cell(random, fact) for fact in asked),
        tier=random.choice(SCHEME.tier_keys),
        tags=frozenset(key for key in SCHEME.tag_keys if random.random() < 0.2),
        reason=random.choice(("", "按本人选择安排。", '<a & "b">', "two\nlines")),
        legal=random.choice(("", "民法典第942条；不影响价格。")),
    )


def _cell(random, fact):
    while True:
        try:
            return parse(_text(random, fact), fact)
        except EntryError:  # can never be true: draw again
            continue


def _text(random, fact):
    if random.random() < 0.5:
        return "-"
    if fact.type is FactType.CHOICE:
        parts = [f'"{code}"' for code in random.sample(fact.codes, random.randint(1, 2))]
    elif fact.type is FactType.FLAG:
        parts = [random.choice(("true", "false"))]
    else:
        low = random.randint(0, 60)
        parts = [random.choice((f"< {low + 1}", f">= {low}", f"[{low}..{low + 5})", f"{low}"))]
    if random.random() < 0.2:
        parts.append("null")
    text = ", ".join(parts)
    return f"not({text})" if random.random() < 0.2 else text
