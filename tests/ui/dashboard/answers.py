"""Answers as the dashboard gives them, made up, so that pages and drawings can be tried on all."""

from dataclasses import replace
from datetime import date, timedelta

from pmdesk.analytics.figures import HIDDEN, NO_DATA, Cell, Figure, FigureKind, Series
from pmdesk.domain.dashboard import CardKey, CardState, Scope
from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.ports.orders import OrderQuery
from pmdesk.services.dashboard.card import Card, Target

SCOPE = Scope(since=date(2025, 12, 1), until=date(2026, 3, 1))
TIERS = ("标准", "关怀", "加强", "专项")
DAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
SERVICES = (("repair", "维修"), ("cleaning", "保洁"), ("security", "安保"), ("complaint", "投诉"))


def answer(key, state=CardState.SHOWN, scope=SCOPE, figures=None):
    """A card of that question."""
    shown = state is CardState.SHOWN
    return Card(
        key=key,
        scope=scope,
        state=state,
        answer=f"{key.value}：答案。",
        remedy="" if shown else "先登记工单。",
        figures=(FIGURES[key]() if figures is None else figures) if shown else (),
        notes=("备注。",) if shown else (),
        as_of=date(2026, 2, 28),
        version=1,
        smallest=5,
        targets=TARGETS.get(key, ()),
    )


def heat(key="repair", title="维修", slots=12, most=60):
    names = tuple(f"{24 // slots * at:02}–{24 // slots * (at + 1):02}" for at in range(slots))
    counts = [[(day * 7 + at * 5) ** 2 % most for at in range(slots)] for day in range(7)]
    return figure(
        f"when_{key}",
        FigureKind.HEAT,
        names,
        [(str(day), DAYS[day], map(few, counts[day])) for day in range(7)],
        title=title,
    )


def moves():
    return figure(
        "tier_moves",
        FigureKind.MATRIX,
        TIERS,
        [
            (str(row), f"原来：{name}", [few((row * 37 + at * 23) % 60) for at in range(4)])
            for row, name in enumerate(TIERS)
        ],
    )


def demand():
    parts = [
        (key, name, [Cell(value=float(9 + place * row)) for row in range(3)] + [HIDDEN])
        for place, (key, name) in enumerate(SERVICES)
    ]
    ends = [("low", "从", [31, 40, 50]), ("high", "到", [45, 58, 70])]
    parts += [
        (key, name, [*(Cell(value=float(one)) for one in told), NO_DATA])
        for key, name, told in ends
    ]
    return figure("demand_by_tier", FigureKind.STACKED, TIERS, parts)


def outlook():
    first = date(2026, 2, 16)
    days = [first + timedelta(days=at) for at in range(21)]
    past = [few(3 + at * 5 % 14) for at in range(14)]
    none, later = [NO_DATA] * 14, [NO_DATA] * 7
    return figure(
        "hands",
        FigureKind.OUTLOOK,
        tuple(f"{day:%m-%d}" for day in days),
        [
            ("past", "实际", past + later),
            ("expected", "预计", none + [Cell(value=8 + at % 3) for at in range(7)]),
            ("low", "至少", none + [Cell(value=4.0)] * 7),
            ("high", "至多", none + [Cell(value=14.0)] * 7),
            ("roster", "排班可完成", none + [Cell(value=12.0)] * 5 + [NO_DATA] * 2),
        ],
        keys=tuple(day.isoformat() for day in days),
    )


def in_time():
    weeks = tuple(f"{month:02}-{day:02}" for month in (12, 1, 2) for day in (2, 9, 16, 23))
    told = [
        HIDDEN if at == 3 else NO_DATA if at == 6 else Cell(value=70.0 + at) for at in range(12)
    ]
    return figure(
        "in_time",
        FigureKind.SHARES,
        weeks,
        [
            ("share", "按时", told),
            ("target", "目标", [Cell(value=90.0)] * 12),
            ("count", "完成", [Cell(value=40.0)] * 12),
        ],
        title="按时完成多少？",
    )


def ages():
    bands = ("1 天内", "2–3 天", "4–7 天", "8–30 天", "30 天以上")
    cells = [Cell(value=float(one)) for one in (8, 12, 6)] + [HIDDEN, Cell(value=0.0)]
    return figure(
        "open_by_age", FigureKind.BARS, bands, [("orders", "未结", cells)], title="开着？"
    )


def ranked():
    rates = [[26, 20, 32, 88, 97], [15, 11, 19, 33, 40], [9, 6, 12, 15, 1], None]
    made = figure(
        "disputes",
        FigureKind.RANKED,
        ("2栋", "5栋", "1栋", "3栋"),
        [
            (key, key, [HIDDEN if row is None else Cell(value=float(row[at])) for row in rates])
            for at, key in enumerate(("rate", "low", "high", "events", "raised"))
        ],
        keys=("watch", "none", "none", "none"),
    )
    return replace(made, remarks=("关注", "", "", ""), remark="提示")


def ratios():
    told = [[0.67, 0.5, 0.9], [0.95, 0.8, 1.1], None]
    return figure(
        "fairness",
        FigureKind.RATIOS,
        ("甲组", "乙组", "丙组"),
        [
            (key, key, [NO_DATA if row is None else Cell(value=row[at], digits=2) for row in told])
            for at, key in enumerate(("ratio", "low", "high"))
        ],
        keys=("review", "clear", "too_few"),
    )


def judged():
    """Ratios with their verdicts in words and the people that they are of."""
    words = ("需复核", "未见明显差异", "样本不足")
    people = Series(key="people", label="人数", cells=tuple(few(40 * at) for at in (3, 2, 0)))
    made = ratios()
    return replace(made, remarks=words, remark="结论", series=(*made.series, people))


def coverage():
    keys = (
        ("live", "有效"),
        ("expiring", "将到期"),
        ("refused", "拒绝"),
        ("never_asked", "未询问"),
    )
    cells = [[Cell(value=40.0), HIDDEN], [Cell(value=10.0), HIDDEN], [HIDDEN] * 2]
    cells.append([Cell(value=44.0), Cell(value=90.0)])
    rows = [(*key, one) for key, one in zip(keys, cells, strict=True)]
    return figure("consent_coverage", FigureKind.COVERAGE, ("服务需求分类", "社区活动"), rows)


FIGURES = {
    CardKey.WHEN: lambda: (heat(), heat("cleaning", "保洁")),
    CardKey.TIERS: lambda: (demand(),),
    CardKey.MOVES: lambda: (moves(),),
    CardKey.STAFF: lambda: (outlook(),),
    CardKey.FAIR: lambda: (ratios(), judged()),
    CardKey.CONSENT: lambda: (coverage(),),
    CardKey.LOAD: lambda: (ages(), in_time()),
    CardKey.DISPUTES: lambda: (ranked(),),
}
TARGETS = {
    CardKey.WHEN: (
        Target(
            page="orders",
            label="这些工单",
            query=OrderQuery(services=frozenset({Service.REPAIR}), buildings=frozenset({"3栋"})),
        ),
    ),
    CardKey.FAIR: (Target(page="fairness", label="公平性"),),
    CardKey.CONSENT: (Target(page="consents", label="同意"),),
    CardKey.DISPUTES: (Target(page="watch", label="关注"), Target(page="cellar", label="地窖")),
}


def few(count):
    """Hidden where it stands for too few."""
    return HIDDEN if 0 < count < 5 else Cell(value=float(count))


def figure(key, kind, categories, series, *, keys=None, title="问题？"):
    return Figure(
        key=key,
        title=title,
        answer="一句话。",
        unit="单",
        kind=kind,
        axis="类别",
        categories=tuple(categories),
        category_keys=keys or tuple(map(str, range(len(categories)))),
        series=tuple(
            Series(key=one, label=label, cells=tuple(cells)) for one, label, cells in series
        ),
    )
