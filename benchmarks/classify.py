"""How much deciding costs over reading, writing over a constant, and against a rule engine.

    python benchmarks/classify.py --people 100000 --people 1000000

All ratios of a size come from one encrypted file in one run, best of three, in seconds of processor
time of all threads: what else the machine does counts little.
"""

import argparse
import contextlib
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sqlalchemy import Connection, Integer, Subquery, func, literal_column, select
from sqlalchemy.dialects.sqlite import insert as upsert

from pmdesk.analytics.facts import facts
from pmdesk.domain.classification import Ruleset, RulesetStatus
from pmdesk.domain.people import PersonId
from pmdesk.domain.staff import Role
from pmdesk.rules.cells import ANY
from pmdesk.rules.parse import parse
from pmdesk.rules.rule import HitPolicy, Rule
from pmdesk.rules.scheme import Scheme
from pmdesk.rules.table import DecisionTable
from pmdesk.services import starters
from pmdesk.store import deciding, schema
from pmdesk.store.catalogue_register import SqlCatalogue
from pmdesk.store.classifications import SqlClassifications
from pmdesk.store.context import StoreContext
from pmdesk.store.migrations import upgrade
from pmdesk.store.rulesets import SqlRulesets
from pmdesk.store.vault.engine import make_engine

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
AUTHOR = "0" * 32
KEY = b"\x2d" * 32
RUNS = 3

INPUTS = (
    "clean_need",
    "repair_need.water",
    "green_need",
    "handover_date.months",
    "occupancy",
    "renovation.now",
)
RULES: Sequence[tuple[str, dict[str, str]]] = (
    ("special", {"renovation.now": "true", "repair_need.water": "true"}),
    ("special", {"clean_need": '"in_home"', "green_need": '"plant_care"'}),
    ("enhanced", {"clean_need": '"in_home"', "repair_need.water": "true"}),
    ("enhanced", {"repair_need.water": "true", "handover_date.months": "<= 60"}),
    ("enhanced", {"renovation.now": "true"}),
    ("care", {"clean_need": '"in_home"'}),
    ("care", {"repair_need.water": "true"}),
    ("care", {"green_need": '"plant_care"'}),
    ("care", {"occupancy": '"vacant"', "handover_date.months": "> 120"}),
    ("standard", {"green_need": '"around_home"'}),
    ("standard", {"handover_date.months": "<= 24"}),
    ("standard", {}),
)

PEOPLE = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {people})
INSERT INTO person (id, name, mobile, sound, place, revision, updated_at, updated_by)
SELECT i, '住户' || i, '1380000' || (i % 10000), 'zhuhu', printf('%08d', i), 1, '{at}', '{by}'
FROM n
"""
EVENTS = """
INSERT INTO consent_event (id, person, purpose, decision, notice_version, notice_language,
  notice_digest, channel, act, paper_ref, witness, given_by, adult_confirmed, receipt,
  valid_until, at, by)
SELECT id, id, 'P2', 'given', '{version}', 'zh_CN', '', 'paper', 'paper', 'A', '', 'self', 1,
  'R' || id, date('2027-01-01', (id % 360) || ' days'), '{at}', '{by}' FROM person
"""
CONSENTS = """
INSERT INTO consent (person, purpose, event, notice_version, given_on, valid_until)
SELECT person, purpose, id, notice_version, '2026-01-01', valid_until FROM consent_event
"""
CONTRACT = """
INSERT INTO answers_p1 (person, occupancy, handover_date, renovation_from, renovation_to, source,
  collected_at, confirmed_at, "by")
SELECT id, CASE id % 10 WHEN 0 THEN NULL WHEN 1 THEN 'vacant' WHEN 2 THEN 'let' ELSE 'self' END,
  CASE WHEN id % 7 THEN date('2010-01-01', (id * 7919 % 5800) || ' days') END,
  CASE WHEN id % 11 = 0 THEN '2026-02-01' END, CASE WHEN id % 22 = 0 THEN '2026-05-01' END,
  'counter', '{at}', '{at}', '{by}' FROM person
"""
NEEDS = """
INSERT INTO answers_p2 (person, clean_need, green_need, repair_need_known, source, collected_at,
  confirmed_at, "by")
SELECT id, CASE id * 31 % 9 WHEN 0 THEN NULL WHEN 1 THEN 'in_home' WHEN 2 THEN 'in_home'
  WHEN 3 THEN 'none' ELSE 'common_only' END,
  CASE id * 17 % 13 WHEN 0 THEN NULL WHEN 1 THEN 'plant_care' WHEN 2 THEN 'around_home'
  ELSE 'none' END,
  id % 5 > 0, 'counter', '{at}', CASE id % 50 WHEN 0 THEN '{old}' ELSE '{at}' END, '{by}'
FROM person
"""
REPAIRS = """
INSERT INTO answers_p2_repair_need (person, value)
SELECT person, CASE person % 3 WHEN 0 THEN 'water' WHEN 1 THEN 'doors_windows' ELSE 'appliances' END
FROM answers_p2 WHERE repair_need_known AND person % 4 > 0
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, action="append")
    parser.add_argument("--no-zen", action="store_true")
    options = parser.parse_args()
    for people in options.people or [100_000]:
        with tempfile.TemporaryDirectory() as folder:
            measure(Path(folder), people, zen=not options.no_zen)


def measure(folder: Path, people: int, *, zen: bool) -> None:
    with opened(folder, people) as office:
        print(f"\n{people:,} people, {len(RULES)} rules x {len(INPUTS)} inputs")
        office.measure()
        if zen:
            office.measure_zen()


@contextlib.contextmanager
def opened(folder: Path, people: int) -> Iterator["Office"]:
    """The office in this folder, made when there is none yet."""
    context = StoreContext(
        uid=AUTHOR,
        role=Role.MANAGER,
        sign=lambda _data: b"",
        public=b"",
        certify=str,
        vault_id="",
    )
    path = folder / "data-000001.db"
    is_new = not path.exists()
    engine = make_engine(path, bytearray(KEY))
    if is_new:
        upgrade(engine)
    with engine.connect().execution_options(write=True) as connection:
        if is_new:
            office = Office.made(connection, context, people)
            connection.commit()
        else:
            active = SqlRulesets(connection, context).active()
            assert active is not None
            office = Office(connection, context, active, people)
        yield office
    engine.dispose()


@dataclass
class Office:
    """An office of so many consented people, and what is measured in it."""

    connection: Connection
    context: StoreContext
    ruleset: Ruleset
    people: int

    @classmethod
    def made(cls, connection: Connection, context: StoreContext, people: int) -> "Office":
        """The office, its data made by SQL over the real tables."""
        register = SqlCatalogue(connection, context)
        register.install(starters.catalogue())
        version = ""
        for notice in starters.notices("zh_CN"):
            if notice.purpose == "P2":
                register.add_notice(notice, at=AT)
                version = notice.version
        places = {
            "people": people,
            "at": AT.isoformat(timespec="microseconds"),
            "old": AT.replace(year=2020).isoformat(timespec="microseconds"),
            "by": AUTHOR,
            "version": version,
        }
        for statement in (PEOPLE, EVENTS, CONSENTS, CONTRACT, NEEDS, REPAIRS):
            connection.exec_driver_sql(statement.format(**places))
        table = rules()
        rulesets = SqlRulesets(connection, context)
        draft = rulesets.add(table.to_json(), table.digest(), author=AUTHOR, at=AT)
        for status in (RulesetStatus.SUBMITTED, RulesetStatus.APPROVED, RulesetStatus.ACTIVE):
            rulesets.move(draft, status, by="1" * 32, words="", at=AT)
        return cls(connection, context, rulesets.get(draft), people)

    @property
    def known(self) -> Subquery:
        """The joined columns that deciding reads."""
        return self._reading().facts().limit(literal_column("-1")).subquery("known")

    def measure(self) -> None:
        """The ratios to reading and writing are printed."""
        read = self.best(self._read)
        print(f"  read the joined columns      {read:7.3f} s")
        decide = self.best(self._decide)
        print(
            f"  decide                       {decide:7.3f} s   {decide / read:5.2f} x reading "
            "(<= 2)"
        )
        bare = self.best(self._write_bare, self.empty)
        print(f"  write a constant, read none  {bare:7.3f} s")
        constant = self.best(self._write_constant, self.empty)
        print(f"  write a constant, read all   {constant:7.3f} s")
        both = self.best(self._classify, self.empty)
        print(
            f"  decide and write             {both:7.3f} s   {both / constant:5.2f} x constant and "
            f"reading (<= 1.4), {both / bare:.2f} x bare constant"
        )
        again = self.best(self._classify)
        print(f"  decide again, nothing moved  {again:7.3f} s   {again / read:5.2f} x reading")
        preview = self.best(self._preview)
        print(f"  preview counts               {preview:7.3f} s   {preview / read:5.2f} x reading")
        one = self.best(self._one)
        print(f"  one person                   {one * 1000:7.2f} ms")
        print(f"  per million people           {both / self.people * 1e6:7.3f} s decide and write")

    def measure_zen(self) -> None:
        """The ratio to a rule engine is printed."""
        from benchmarks import zen_batch  # noqa: PLC0415  # it reads the rules from here

        runs = [zen_batch.seconds(self, self._reading()) for _ in range(RUNS)]
        times = min((one for one in runs if one), key=sum, default=None)
        if times is None:
            print("  zen-engine is not installed (pip install pmdesk[bench]): left out")
            return
        theirs = self.results()
        ours = self.best(self._classify, self.empty)
        same = theirs == self.results()
        reading, evaluating, writing = times
        again = self.best(self._classify)
        print(
            f"  zen-engine, batch, the same  {sum(times):7.3f} s   {sum(times) / ours:5.2f} x "
            f"decide and write (>= 10): reading {reading:.3f}, evaluating {evaluating:.3f}, "
            f"writing {writing:.3f}; same rules, tiers and tags: {same}"
        )
        print(
            f"  where nothing moved          {reading + evaluating:7.3f} s   "
            f"{(reading + evaluating) / again:5.2f} x ours, if it compared for nothing; evaluating "
            f"alone {evaluating / self.best(self._decide):.1f} x decide"
        )

    def best(self, act: Callable[[], object], before: Callable[[], object] | None = None) -> float:
        """The best time of three runs."""
        times = []
        for _ in range(RUNS):
            if before:
                before()
            start = time.process_time()
            act()
            times.append(time.process_time() - start)
        return min(times)

    def _reading(self) -> deciding.Reading:
        catalogue = SqlCatalogue(self.connection, self.context).live()
        return deciding.reading(self.connection, catalogue, INPUTS)

    def _read(self) -> None:
        known = self.known
        columns = (func.count(known.c[key]) for key in INPUTS)
        self.connection.execute(select(*columns), deciding.values(TODAY)).one()

    def _decide(self) -> None:
        _compiled, decided = self._reading().decided(rules())
        totals = (func.sum(decided.c.rule), func.sum(decided.c.tags))
        self.connection.execute(select(*totals), deciding.values(TODAY)).one()

    def _write_bare(self) -> None:
        live = schema.consent.c
        fits = (live.purpose == "P2", live.valid_until >= TODAY)
        self._write(live.person, literal_column("1", Integer), *fits)

    def _write_constant(self) -> None:
        known = self.known
        unread: Any = func.max(0, *(known.c[key].is_(None) for key in INPUTS)) * 0
        self._write(known.c.person, unread, literal_column("1") == 1)

    def _write(self, person: Any, constant: Any, *fits: Any) -> None:
        ruleset: Any = literal_column(str(self.ruleset.id))
        day: Any = literal_column(f"'{TODAY}'")
        one: Any = literal_column("1")
        zero: Any = literal_column("0")
        rows = select(person, literal_column("'P2'"), ruleset, constant, one, one, day, zero)
        names = ("person", "purpose", "ruleset", "rule", "tier", "tags", "decided_on", "objected")
        statement = upsert(schema.classification).from_select(names, rows.where(*fits))
        self.connection.execute(statement, deciding.values(TODAY))

    def _classify(self) -> None:
        SqlClassifications(self.connection, self.context).classify(self.ruleset, today=TODAY)

    def _one(self) -> None:
        results = SqlClassifications(self.connection, self.context)
        results.classify(self.ruleset, today=TODAY, person=PersonId(self.people // 2))

    def _preview(self) -> None:
        results = SqlClassifications(self.connection, self.context)
        results.preview(self.ruleset.document, today=TODAY)

    def empty(self) -> None:
        """Nobody has a result."""
        self.connection.exec_driver_sql("DELETE FROM classification")
        self.connection.commit()

    def results(self) -> list[Any]:
        """What stands in the table of results."""
        own = schema.classification.c
        read = select(own.person, own.rule, own.tier, own.tags).order_by(own.person)
        return list(self.connection.execute(read))


def rules() -> DecisionTable:
    """The table that is measured."""
    catalogue = starters.catalogue()
    by_key = {fact.key: fact for fact in facts(catalogue)}
    columns = tuple(by_key[key] for key in INPUTS)
    tags = [tag.code for tag in catalogue.tags]
    return DecisionTable(
        facts=columns,
        rules=tuple(
            Rule(
                id=f"r{place}",
                cells=tuple(
                    parse(cells[fact.key], fact) if fact.key in cells else ANY for fact in columns
                ),
                tier=tier,
                tags=frozenset({tags[place % len(tags)]} if cells else ()),
            )
            for place, (tier, cells) in enumerate(RULES, 1)
        ),
        scheme=Scheme(
            tiers=tuple((tier.code, tier.name) for tier in catalogue.tiers),
            tags=tuple((tag.code, tag.name) for tag in catalogue.tags),
        ),
        policy=HitPolicy.FIRST,
    )


if __name__ == "__main__":
    main()
