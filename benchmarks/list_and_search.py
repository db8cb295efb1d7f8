"""How fast lists and searches are, as ratios to the barest query on the same encrypted file.

    python benchmarks/list_and_search.py [--people 100000]

Budgets (first page and search as you type): 50 ms at 100,000 residents, 100 ms at 1,000,000.
"""

import argparse
import random
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.consents import ConsentState
from pmdesk.domain.people import NewResident, PartyRole
from pmdesk.domain.staff import Role
from pmdesk.services import starters
from pmdesk.store.context import StoreContext
from pmdesk.store.migrations import upgrade
from pmdesk.store.unit_of_work import SqlUnitOfWork, Store
from pmdesk.store.vault.engine import make_engine

TODAY = date(2026, 3, 2)
AT = datetime(2026, 3, 2, tzinfo=UTC)
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗曾覃解仇单区"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英国强建华文博子涵雨欣浩然"
TIMES = 15


def residents(count: int) -> Iterator[NewResident]:
    """Invented people, about eight to a storey and 60 storeys to a building."""
    dice = random.Random(7)
    for number in range(count):
        name = dice.choice(SURNAMES) + "".join(dice.choices(GIVEN, k=dice.choice((1, 2, 2))))
        building, rest = divmod(number, 480)
        entrance, place = divmod(rest, 160)
        yield NewResident(
            name=name,
            mobile=f"13{dice.randrange(10**9):09}",
            building=f"{building + 1}",
            entrance=f"{entrance + 1}",
            room=f"{place // 4 + 1}{place % 4 + 1:02}",
            role=PartyRole.OWNER,
        )


def filled(store: Store, count: int) -> float:
    """The seconds it took to enter so many residents."""
    everybody = list(residents(count))
    with store.writing() as work:
        work.catalogue.install(starters.catalogue())
        start = time.perf_counter()
        work.people.add_many(everybody, at=AT)
        work.commit()
    return time.perf_counter() - start


def consent(connection: Connection) -> None:
    """Every second resident consented to P2, as raw rows: what is measured only reads them."""
    run = connection.exec_driver_sql
    run("INSERT INTO notice VALUES ('P2', '1.0', 'zh_CN', '', '', '[]', '')")
    run(
        "INSERT INTO consent_event (id, person, purpose, decision, notice_version, "
        "notice_language, notice_digest, channel, act, paper_ref, witness, given_by, "
        "adult_confirmed, receipt, at, by) SELECT id, id, 'P2', 'given', '1.0', 'zh_CN', '', "
        "'paper', 'paper', '', '', 'self', 1, 'R' || id, '', '' FROM person WHERE id % 2"
    )
    run(
        "INSERT INTO consent SELECT id, 'P2', id, '1.0', '2026-03-02', NULL "
        "FROM person WHERE id % 2"
    )


def timed(act: Callable[[], object]) -> tuple[float, float]:
    """Median and 95th percentile in milliseconds."""
    taken = []
    for _ in range(TIMES):
        start = time.perf_counter()
        act()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken), sorted(taken)[int(TIMES * 0.95)]


def report(name: str, act: Callable[[], object], base: float) -> None:
    median, high = timed(act)
    print(f"{name:<34} {median:9.2f} ms  p95 {high:9.2f} ms  {median / base:7.2f} x base")


def lists(work: SqlUnitOfWork, bare: Any) -> None:
    """Vectors of ids and pages of rows, beside the driver's own answer."""
    base = timed(lambda: bare.execute("SELECT id FROM person ORDER BY place").fetchall())[0]
    print(f"base: select id by room, fetched      {base:9.2f} ms")
    for name, query in {
        "ids by room": ResidentQuery(),
        "ids by room, descending": ResidentQuery(descending=True),
        "ids by name": ResidentQuery(order="name"),
        "ids by change": ResidentQuery(order="updated", descending=True),
        "ids by tier": ResidentQuery(order="tier"),
        "ids of one building": ResidentQuery(building="7"),
        "ids with live consent": ResidentQuery(consent=ConsentState.LIVE),
        "ids never asked": ResidentQuery(consent=ConsentState.NEVER_ASKED),
    }.items():
        report(name, partial(work.people.ids, query, today=TODAY), base)
    ids = work.people.ids(ResidentQuery(), today=TODAY)
    middle = list(ids[len(ids) // 2 :][:256])
    report("rows of 256 ids", lambda: work.people.rows(middle, today=TODAY), base)

    def first_page() -> object:
        found = work.people.ids(ResidentQuery(), today=TODAY)
        return work.people.rows(list(found[:256]), today=TODAY)

    report("first page", first_page, base)


def searches(work: SqlUnitOfWork, bare: Any) -> None:
    """One letter is the worst: it finds a good part of everybody."""
    scan = "SELECT count(*) FROM person WHERE name LIKE '%国%'"
    base = timed(lambda: bare.execute(scan).fetchall())[0]
    print(f"base: count of a LIKE scan            {base:9.2f} ms")
    for text in ("曾国强", "曾国", "曾", "强", "zgq", "zg", "z", "w", "zengguo", "0042", "42"):
        searched(work, text, base)
    for text in ("4", "3-1-502", "502", "3栋", "3栋 王", "3-1", "1", "没有此人"):
        searched(work, text, base)


def searched(work: SqlUnitOfWork, text: str, base: float) -> None:
    query = ResidentQuery(text=text)
    hits = len(work.people.ids(query, today=TODAY))
    report(f"search {text} ({hits})", partial(work.people.ids, query, today=TODAY), base)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    count = parser.parse_args().people
    context = StoreContext(
        uid="0" * 32,
        role=Role.MANAGER,
        sign=lambda _data: b"",
        public=b"",
        certify=str,
        vault_id="0" * 32,
    )
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(Path(folder) / "data.db", bytearray(secrets.token_bytes(32)))
        upgrade(engine)
        store = Store(engine, context)
        print(f"{count} residents entered in {filled(store, count):.2f} s")
        with engine.connect().execution_options(write=True) as connection:
            consent(connection)
            connection.commit()
        with store.reading() as work, engine.connect() as other:
            bare = other.connection.driver_connection
            lists(work, bare)
            searches(work, bare)
        engine.dispose()


if __name__ == "__main__":
    main()
