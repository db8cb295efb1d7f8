"""Facts, cells, tables and rows for the tests of rules, drawn at random around the same few values.

Everything is drawn from a `random.Random`, so that the differential test runs through thousands of
tables quickly and Hypothesis can still drive the same code through `st.randoms()`.
"""

from datetime import date, timedelta

from pmdesk.errors import EntryError
from pmdesk.i18n import Words
from pmdesk.rules import examples
from pmdesk.rules.facts import Fact, FactType, group
from pmdesk.rules.parse import parse
from pmdesk.rules.table import DecisionTable, HitPolicy, Rule, Scheme


def made_up(table):
    """Examples for each row of the table, expected as it gives them."""
    return examples.accepted(table, examples.proposed(table, ()))


def words(text):
    return Words(zh=text, en=text)


AGE = Fact(
    key="age",
    label=Words(zh="楼龄", en="age of the building"),
    type=FactType.NUMBER,
    low=0,
    high=120,
    unit=Words(zh="年", en="years"),
)
FEE = Fact(key="fee", label=Words(zh="费用", en="fee"), type=FactType.NUMBER, scale=2)
ZONE = Fact(
    key="zone",
    label=Words(zh="区域", en="zone"),
    type=FactType.CHOICE,
    options=(
        ("a", Words(zh="东区", en="east")),
        ("B", Words(zh="西区", en="west")),
        ("b", Words(zh="非住宅", en="shops")),
        ("É", Words(zh="≤100", en="up to 100")),
    ),
)
ASKED = Fact(key="asked", label=Words(zh="本人申请", en="asked for it"), type=FactType.FLAG)
DAY = Fact(key="day", label=Words(zh="交付日期", en="handed over"), type=FactType.DATE)
NOTE = Fact(key="note", label=Words(zh="备注", en="note"), type=FactType.TEXT)
FACTS = (AGE, FEE, ZONE, ASKED, DAY, NOTE)

NEEDS = "need"  # a list, asked for option by option and by groups of options
OPTIONS = ("water", "power", "door")
SINGLE = tuple(
    Fact(
        key=f"{NEEDS}.{code}",
        label=Words(zh=f"关注：{code}", en=f"need: {code}"),
        type=FactType.FLAG,
        list=NEEDS,
        any_of=(code,),
    )
    for code in OPTIONS
)
GROUPS = (group(SINGLE[:2]), group(SINGLE[1:]), group(SINGLE))
ALL_FACTS = (*FACTS, *SINGLE, *GROUPS)

SCHEME = Scheme(
    tiers=tuple((key, words(key)) for key in ("standard", "care", "enhanced", "special")),
    tags=tuple((key, words(key)) for key in ("need", "addon", "assist")),
)
AGES = (0, 3, 60, 75, 120)
FEES = ("-1", "0", "0.01", "10", "10.05", "10.005")
DAYS = (date(2024, 2, 28), date(2024, 2, 29), date(2024, 12, 31))
NOTES = ("x", "X", 'say "hi"', "e\u0301")


def cell_text(random, fact):
    """A cell as somebody could write it: any, values, ranges, negations, unknown."""
    if random.random() < 0.3:
        return "-"
    parts = [_part(random, fact) for _ in range(random.randint(1, 3))]
    text = ", ".join(parts)
    if fact is not NOTE and random.random() < 0.25:
        text = f"not({text})"
    if random.random() < 0.25:
        text += ", null"
    return text if random.random() < 0.95 else "null"


def cell(random, fact):
    """A cell that can be true."""
    while True:
        try:
            return parse(cell_text(random, fact), fact)
        except EntryError:  # the draw can never be true: draw again
            continue


def table(random, *, most_rules=8, policy=None, offered=FACTS):
    """A table of some of the facts; now and then without a last row."""
    facts = random.sample(offered, random.randint(1, 4))
    rules = [rule(random, facts, f"r{number}") for number in range(random.randint(1, most_rules))]
    drawn = DecisionTable(
        facts=tuple(facts),
        rules=tuple(rules),
        scheme=SCHEME,
        policy=policy or random.choice(list(HitPolicy)),
    )
    return drawn.with_rule(drawn.blank_rule()) if random.random() < 0.7 else drawn


def rule(random, facts, rule_id):
    """A rule of these facts."""
    return Rule(
        id=rule_id,
        cells=tuple(cell(random, fact) for fact in facts),
        tier=random.choice(SCHEME.tier_keys),
        tags=frozenset(key for key in SCHEME.tag_keys if random.random() < 0.2),
        reason="按本人选择安排",
    )


def row(random):
    """A value for each fact: unknown, or at, just below or just above a value used in cells."""
    values = {
        "age": random.choice(AGES) + random.choice((-1, 0, 1)),
        "fee": int(float(random.choice(FEES)) * 100) + random.choice((-1, 0, 1)),
        "zone": random.choice((*ZONE.codes, "A", "e\u0301")),
        "asked": random.random() < 0.5,
        "day": random.choice(DAYS) + timedelta(days=random.choice((-1, 0, 1))),
        "note": random.choice((*NOTES, "", "é")),
    }
    return {key: None if random.random() < 0.2 else value for key, value in values.items()}


def chosen(random):
    """What was chosen from the list: unknown, nothing, or something."""
    if random.random() < 0.2:
        return None
    return tuple(code for code in OPTIONS if random.random() < 0.3)


def listed(choice):
    """The value of each fact about the list."""
    return {
        fact.key: None if choice is None else any(code in choice for code in fact.any_of)
        for fact in (*SINGLE, *GROUPS)
    }


def _part(random, fact):
    if fact is ZONE:
        return f'"{random.choice(ZONE.codes)}"'
    if fact.type is FactType.FLAG:
        return random.choice(("true", "false"))
    if fact is NOTE:
        return '"' + random.choice(NOTES).replace('"', '\\"') + '"'
    low, high = (_bound(random, fact) for _ in "ab")
    forms = (
        f"{random.choice(('<', '<=', '>', '>='))} {low}",
        f"{random.choice('[(]')}{low}..{high}{random.choice('])[')}",
        f">= {low} and < {high}",
        low,
    )
    return random.choice(forms)


def _bound(random, fact):
    if fact is AGE:
        return str(random.choice(AGES))
    return random.choice(FEES) if fact is FEE else f'date("{random.choice(DAYS)}")'
