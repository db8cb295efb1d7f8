"""Large tables, previews, one person, the static check and memory, in one encrypted office.

    python benchmarks/rules.py [--people 100000] [--memory 1000000]

Budgets: a table of 200 rules by 10 inputs, laddered or disjoint, in 4 times the table of 12 by 6;
preview counts in 2.5 times reading the columns and, at 100,000 people, in 300 ms; one person
classified and explained in 5 ms; the static check of 200 by 10 in 100 ms (95th percentile); peak
memory of 100,000 people and of a million 100 MB apart. Times are of the processor, best of three.
"""

import argparse
import functools
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sqlalchemy import Connection, func, select

from benchmarks.classify import AT, AUTHOR, INPUTS, RUNS, TODAY, Office, opened
from benchmarks.classify import rules as small_table
from pmdesk.analytics.facts import fact_of
from pmdesk.domain.classification import RulesetId
from pmdesk.domain.people import PersonId
from pmdesk.rules.check import check
from pmdesk.rules.explain import explain
from pmdesk.rules.sql import compile_table
from pmdesk.rules.table import DecisionTable
from pmdesk.services import starters
from pmdesk.store import deciding
from pmdesk.store.catalogue_register import SqlCatalogue
from pmdesk.store.classifications import SqlClassifications
from pmdesk.store.rulesets import SqlRulesets
from tests.rules import large

MORE = (
    *INPUTS,
    "addon_budget_band",
    "unit_use",
    "parking_contract",
    "repair_need.electricity|doors_windows",
)
COUNT = 200
TABLES = 20  # of each kind whose static check is timed
NEEDS = """
UPDATE answers_p2 SET addon_budget_band = CASE person * 13 % 11 WHEN 0 THEN NULL
  WHEN 1 THEN 'over_800' WHEN 2 THEN '301_to_800' WHEN 3 THEN '101_to_300' WHEN 4 THEN 'up_to_100'
  ELSE 'none' END
"""
CONTRACT = """
UPDATE answers_p1 SET unit_use = CASE person * 7 % 17 WHEN 0 THEN NULL WHEN 1 THEN 'shop'
  WHEN 2 THEN 'office' WHEN 3 THEN 'garage' ELSE 'home' END,
  parking_contract = CASE person * 5 % 7 WHEN 0 THEN NULL WHEN 1 THEN 'owned' WHEN 2 THEN 'rented'
  ELSE 'none' END
"""


class Tables:
    """The tables that are measured, and how long they take."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.connection: Connection = office.connection
        self.results = SqlClassifications(office.connection, office.context)
        self.small = small_table()
        catalogue = starters.catalogue()
        facts = [fact for key in MORE if (fact := fact_of(catalogue, key)) is not None]
        assert len(facts) == len(MORE)
        random = Random(7)
        self._parts = (random, facts, self.small.scheme, COUNT)
        self.ladder = self._made(large.ladder)
        self.disjoint = self._made(large.partition)

    def _made(self, kind: Callable[..., DecisionTable]) -> DecisionTable:
        return kind(*self._parts)

    def decide(self) -> None:
        """Deciding about everyone, nothing written."""
        few = best(lambda: self._decide(self.small))
        print(f"  decide 12 x 6                {few:7.3f} s")
        scan = best(lambda: self._read(INPUTS))
        wide = best(lambda: self._read(MORE))
        print(f"  read the 6, the 10 columns   {scan:7.3f} s {wide:7.3f} s")
        for name, table in (("ladder", self.ladder), ("disjoint", self.disjoint)):
            taken = best(functools.partial(self._decide, table))
            print(f"  decide {COUNT} x 10, {name:9} {taken:10.3f} s   {taken / few:5.2f} x (<= 4)")
        flat = functools.partial(compile_table, many=float("inf"))
        with mock.patch.object(deciding, "compile_table", flat):
            taken = best(lambda: self._decide(self.disjoint))
        print(f"  the disjoint one flat        {taken:7.3f} s   {taken / few:5.2f} x")
        for name, table, columns in (
            ("12 x 6", self.small, scan),
            ("ladder", self.ladder, wide),
            ("disjoint", self.disjoint, wide),
        ):
            text = table.to_json()
            taken = best(lambda text=text: self.results.preview(text, today=TODAY))  # type: ignore[misc]  # bound in the loop
            print(
                f"  preview counts, {name:10}   {taken:7.3f} s   {taken / columns:5.2f} x reading "
                "(<= 2.5)"
            )
        edited = self.small.with_output("r1", reason="改一个字")
        start = time.process_time()
        self.results.preview(edited.to_json(), today=TODAY)
        print(f"  preview after an edit        {time.process_time() - start:7.3f} s   first time")

    def one_person(self) -> None:
        """One person is classified anew and the result explained."""
        rulesets = SqlRulesets(self.connection, self.office.context)
        for name, table in (("12 x 6", self.small), ("ladder", self.ladder)):
            ruleset = rulesets.get(self._saved(rulesets, table))
            asked = [fact.key for fact in table.facts]
            times = []
            for turn in range(60):
                person = PersonId(1 + turn * 997 % self.office.people)
                start = time.process_time()
                self.results.classify(ruleset, today=TODAY, person=person)
                explain(table, self.results.facts(person, today=TODAY, asked=asked))
                times.append((time.process_time() - start) * 1000)
            print(
                f"  one person, {name:8}         {statistics.median(times):7.2f} ms  p95 "
                f"{_p95(times):.2f} ms (<= 5)"
            )

    def check(self) -> None:
        """The static check of large tables."""
        for kind in (large.ladder, large.partition):
            times = []
            for _ in range(TABLES):
                table = self._made(kind)
                start = time.process_time()
                check(table)
                times.append((time.process_time() - start) * 1000)
            print(
                f"  check {COUNT} x 10, {kind.__name__:10} {statistics.median(times):10.2f} ms  "
                f"p95 {_p95(times):.2f} ms (<= 100)"
            )

    def _saved(self, rulesets: SqlRulesets, table: DecisionTable) -> RulesetId:
        return rulesets.add(table.to_json(), table.digest(), author=AUTHOR, at=AT)

    def _reading(self, keys: Sequence[str]) -> deciding.Reading:
        catalogue = SqlCatalogue(self.connection, self.office.context).live()
        return deciding.reading(self.connection, catalogue, keys)

    def _read(self, keys: Sequence[str]) -> None:
        known = self._reading(keys).facts().limit(-1).subquery("known")
        counted = (func.count(known.c[key]) for key in keys)
        self.connection.execute(select(*counted), deciding.values(TODAY)).one()

    def _decide(self, table: DecisionTable) -> None:
        keys = [fact.key for fact in table.facts]
        _compiled, decided = self._reading(keys).decided(table)
        totals = (func.sum(decided.c.rule), func.sum(decided.c.tags))
        self.connection.execute(select(*totals), deciding.values(TODAY)).one()


def best(act: Callable[[], object]) -> float:
    """The best time of a few runs."""
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        act()
        times.append(time.process_time() - start)
    return min(times)


def _p95(times: Sequence[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


def peak(folder: Path, people: int) -> float:
    """MB that a process of its own takes to open such an office, classify everyone and preview."""
    with opened(folder, people) as office:
        print(f"  {people:,} people made", file=sys.stderr)
        del office
    code = [sys.executable, __file__, "--run", str(folder), "--people", str(people)]
    done = subprocess.run(code, check=True, capture_output=True, text=True)
    return float(done.stdout)


def run(folder: Path, people: int) -> None:
    """What is measured for memory, in a process of its own."""
    with opened(folder, people) as office:
        results = SqlClassifications(office.connection, office.context)
        results.classify(office.ruleset, today=TODAY)
        results.preview(office.ruleset.document, today=TODAY)
        office.connection.commit()
    status = Path("/proc/self/status").read_text(encoding="ascii")
    print(int(status.split("VmHWM:")[1].split()[0]) / 1024)  # what getrusage says is inherited


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--memory", type=int, default=0, help="people of the larger office")
    parser.add_argument("--run", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run:
        run(options.run, options.people)
        return
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder), options.people) as office:
        print(f"{options.people:,} people")
        for statement in (NEEDS, CONTRACT):
            office.connection.exec_driver_sql(statement)
        tables = Tables(office)
        tables.decide()
        tables.one_person()
        tables.check()
    if options.memory:
        sizes = []
        for people in (options.people, options.memory):
            with tempfile.TemporaryDirectory() as folder:
                sizes.append(peak(Path(folder), people))
        less, more = sizes
        print(
            f"  peak memory                  {less:7.0f} MB {more:.0f} MB: {more - less:.0f} MB "
            f"more for {options.memory:,} people (<= 100)"
        )


if __name__ == "__main__":
    main()
