"""The same decisions by zen-engine's batch path, read and written past SQLAlchemy.

What stands in for our statement has to leave the same row for each person: the rule, its tier, and
the tags of every rule that fits. One collecting table gives all of it, quicker than two tables.
"""

import functools
import gc
import time
from collections.abc import Sequence
from operator import or_
from typing import TYPE_CHECKING, Any

from benchmarks.classify import INPUTS, RULES, TODAY, rules
from pmdesk.store import deciding

if TYPE_CHECKING:
    from benchmarks.classify import Office

ZEN = "table"
BATCH = 1000  # faster than one large batch

Times = tuple[float, float, float]


def seconds(office: "Office", reading: deciding.Reading) -> Times | None:
    """Of reading, evaluating and writing; None where zen-engine is not installed."""
    try:
        import zen  # noqa: PLC0415  # an extra that need not be there
    except ImportError:
        return None
    engine = zen.ZenEngine({"loader": {"type": "static", "content": {ZEN: model()}}})
    office.empty()
    read = (
        reading.facts()
        .params(deciding.values(TODAY))
        .compile(dialect=office.connection.dialect, compile_kwargs={"literal_binds": True})
    )
    office.connection.exec_driver_sql("SELECT 1")  # begins the transaction of all that is written
    raw: Any = office.connection.connection.driver_connection
    gc.disable()  # millions of small objects: collecting them is not what is measured
    times = through(engine, raw, raw.cursor().execute(str(read)), office.ruleset.id)
    gc.enable()
    return times


def through(engine: Any, raw: Any, cursor: Any, ruleset: int) -> Times:
    """All rows of the cursor are decided and written, batch by batch."""
    table = rules()
    ranks = [table.scheme.rank(rule.tier) for rule in table.rules]
    bits = [table.scheme.bits(rule.tags) for rule in table.rules]
    reading = evaluating = writing = 0.0
    start = time.process_time()
    while rows := cursor.fetchmany(BATCH):
        got = time.process_time()
        results = evaluated(engine, rows)
        written = [
            (row[0], fits[0], ranks[fits[0]], functools.reduce(or_, [bits[n] for n in fits]))
            for row, fits in zip(rows, results, strict=True)
        ]
        decided = time.process_time()
        raw.executemany(
            "INSERT INTO classification (person, ruleset, rule, tier, tags, decided_on) "
            f"VALUES (?, {ruleset}, ?, ?, ?, '{TODAY}')",
            written,
        )
        done = time.process_time()
        reading, evaluating, writing = (
            reading + got - start,
            evaluating + decided - got,
            writing + done - decided,
        )
        start = time.process_time()
    return reading, evaluating, writing


def evaluated(engine: Any, rows: Sequence[Any]) -> list[list[int]]:
    """The places of all rules that fit each row, by zen-engine's batch path."""
    batch = [{"key": ZEN, "context": context(*row)} for row in rows]
    return [
        [fit["rule"] for fit in one["data"]["result"]["fits"]]
        for one in engine.evaluate_batch(batch)
    ]


def context(
    _person: int, clean: str, water: int, green: str, months: int, occupancy: str, works: int
) -> dict[str, object]:
    """The inputs as zen reads them: a flag is no number there."""
    return {
        "clean_need": clean,
        "repair_need_water": None if water is None else water == 1,
        "green_need": green,
        "handover_date_months": months,
        "occupancy": occupancy,
        "renovation_now": None if works is None else works == 1,
    }


def name(key: str) -> str:
    """A fact's key as zen reads names."""
    return key.replace(".", "_")


def model() -> dict[str, object]:
    """The same table in zen-engine's own JSON; unknown never matches there either."""
    inputs = [{"id": key, "name": key, "field": name(key)} for key in INPUTS]
    lines = [
        {
            "_id": f"r{place}",
            **{key: cells.get(key, "") for key in INPUTS},
            "rule": str(place),
        }
        for place, (_tier, cells) in enumerate(RULES)
    ]
    table = {
        "hitPolicy": "collect",
        "outputPath": "fits",
        "inputs": inputs,
        "outputs": [{"id": "rule", "name": "rule", "field": "rule"}],
        "rules": lines,
    }
    return {
        "nodes": [
            {"id": "in", "type": "inputNode", "name": "in"},
            {"id": "table", "type": "decisionTableNode", "name": "table", "content": table},
            {"id": "out", "type": "outputNode", "name": "out"},
        ],
        "edges": [
            {"id": "1", "sourceId": "in", "targetId": "table", "type": "edge"},
            {"id": "2", "sourceId": "table", "targetId": "out", "type": "edge"},
        ],
    }
