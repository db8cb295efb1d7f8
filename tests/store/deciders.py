"""A rule table over the small catalogue, and people with all sorts of answers."""

from datetime import date, timedelta

from pmdesk.analytics.facts import facts, groups_of
from pmdesk.domain.notices import Notice
from pmdesk.i18n import Words
from pmdesk.rules.cells import ANY
from pmdesk.rules.parse import parse
from pmdesk.rules.rule import Rule
from pmdesk.rules.scheme import Scheme
from pmdesk.rules.table import DecisionTable
from tests.store.conftest import FIELDS, P2, small_catalogue

USED = tuple(field.key for field in FIELDS)
COVERING = Notice(purpose=P2, version="2.0", language="zh_CN", text="全部", fields=USED)

RULES: tuple[tuple[str, dict[str, str]], ...] = (
    ("special", {"patrol_need.vacant": "true", "renovation.now": "true"}),
    ("enhanced", {"clean_need": '"home"', "asked_on.months": "<= 12"}),
    ("enhanced", {"budget": "> 500"}),
    ("care", {"clean_need": '"home"'}),
    ("care", {"quiet": "true", "unit_use": '"home"'}),
    ("care", {"patrol_need.escort": "true"}),
    ("care", {"clean_need": '"common","none"', "unit_use": "null"}),
    ("standard", {"quiet": "null"}),
    ("standard", {"clean_need": "null", "budget": "null"}),
    ("standard", {}),
)


TIERS = ("standard", "care", "enhanced", "special")


def table(rules=RULES, tiers=TIERS):
    """The table; its tiers and tags are those of the small catalogue unless said otherwise."""
    catalogue = small_catalogue()
    asked = {key for _tier, cells in rules for key in cells}
    columns = (
        *(fact for fact in facts(catalogue) if fact.key in asked),
        *groups_of(catalogue, sorted(asked)),
    )
    return DecisionTable(
        facts=columns,
        rules=tuple(
            Rule(
                id=f"r{place}",
                cells=tuple(parse(cells[f.key], f) if f.key in cells else ANY for f in columns),
                tier=tier,
                tags=frozenset({"need"} if cells else ()),
            )
            for place, (tier, cells) in enumerate(rules, 1)
        ),
        scheme=Scheme(
            tiers=tuple((tier, Words(tier, tier)) for tier in tiers),
            tags=tuple((tag.code, tag.name) for tag in catalogue.tags),
        ),
    )


def answers_of(random, today):
    """Random answers of P1 and of P2; any may be missing."""
    first = _day(random, today)
    last = _day(random, today)
    period = (first, last) if not (first and last) or first <= last else (last, first)
    contract = {"unit_use": _one(random, ("home", "shop")), "renovation": period}
    needs = {
        "clean_need": _one(random, ("common", "home", "none")),
        "patrol_need": _one(random, ((), ("door",), ("vacant", "escort"), ("vacant",))),
        "quiet": _one(random, (True, False)),
        "budget": _one(random, (0, 500, 501, 900)),
        "asked_on": _day(random, today),
    }
    return contract, needs


def _one(random, values):
    return random.choice((None, *values))


def _day(random, today):
    edges = (date(2024, 2, 29), date(2024, 1, 31), date(2025, 2, 28), date(2025, 3, 31))
    near = today + timedelta(days=random.randint(-800, 40))
    return random.choice((None, today, near, near, *edges))
