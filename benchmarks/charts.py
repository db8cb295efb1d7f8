"""How long the eight cards of the charts page take, from the click to the numbers.

    python benchmarks/charts.py [--people 100000] [--orders 1000000]

Budget: 500 ms for each card at 100,000 residents and 1,000,000 orders of three years, over the last
three months and over the last year, for the whole office and for one building, also after dozens of
other views; a work order is registered in 15 ms all the same. The same numbers are counted from the
orders themselves, without the packed ones that the database keeps beside them, to show what those
are for.
"""

import argparse
import importlib
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.saving import filled, opened
from pmdesk.app.threads import keep_to_one
from pmdesk.domain.dashboard import CARDS, Period, Scope, scope_of
from pmdesk.domain.orders.kinds import Service
from pmdesk.services.dashboard import desk
from pmdesk.services.orders import registering
from pmdesk.services.orders.intake import Intake
from pmdesk.services.session import Session

DAYS = 3 * 365
PUBLIC = 0.1  # share of orders that are of places which all share
TIMES = 5
BUDGET = 500.0  # ms
SAVING = 15.0
WEIGHTS = (45, 20, 10, 12, 8, 5)  # of the services
HOURS = (1, 1, 1, 1, 1, 1, 2, 4, 8, 9, 8, 7, 5, 6, 7, 7, 6, 6, 5, 5, 4, 3, 2, 1)
_INSERT = (
    "INSERT INTO work_order (number, service, kind, urgency, state, channel, unit, building, "
    "received_at, received_by, day, hour, due_at, finished_at, closed_at) "
    "VALUES (?, ?, 'other', 2, ?, 'phone', ?, ?, ?, '', ?, ?, ?, ?, ?)"
)


def rows(count: int, homes: list[tuple[int, int]], today: date) -> Iterator[tuple[object, ...]]:
    """Invented orders; the last days have some that are open."""
    dice = random.Random(7)
    services = [one.value for one in Service]
    at = "{}T{:02}:00:00.000000+00:00"
    for number in range(count):
        back = number * DAYS // count + 1
        day, hour = today - timedelta(days=DAYS + 1 - back), dice.choices(range(24), HOURS)[0]
        unit, building = dice.choice(homes)
        ended = at.format(day + timedelta(days=dice.choice((0, 1, 1, 2, 4, 9))), 23)
        is_open = back > DAYS - 5 and dice.random() < 0.3  # noqa: PLR2004  # a share that fits
        yield (
            f"B{number:07}",
            dice.choices(services, WEIGHTS)[0],
            "new" if is_open else "closed",
            None if dice.random() < PUBLIC else unit,
            building,
            at.format(day, hour),
            day.isoformat(),
            hour,
            at.format(day + timedelta(days=2), hour),
            None if is_open else ended,
            None if is_open else ended,
        )


def booked(session: Session, count: int) -> float:
    """Seconds that it took to enter so many orders."""
    with session.store.writing() as work:
        run = work._connection.exec_driver_sql  # type: ignore[attr-defined]  # noqa: SLF001  # raw rows
        homes = [tuple(row) for row in run("SELECT id, building FROM unit").all()]
        start = time.perf_counter()
        waiting = rows(count, homes, session.clock.today())
        while batch := [row for row, _ in zip(waiting, range(20_000), strict=False)]:
            run(_INSERT, batch)
        run("UPDATE classification SET tier = person % 4")
        run("DELETE FROM touched")  # the log binds them in `audit.py`
        work.commit()
    return time.perf_counter() - start


def timed(act: Callable[[], object]) -> tuple[float, float]:
    """Median and worst in milliseconds; the first time is the click that counts."""
    taken = []
    for _ in range(TIMES):
        start = time.perf_counter()
        act()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken), max(taken)


def cards(session: Session, name: str, scope: Scope) -> bool:
    """Whether each card is in its budget."""
    fits = True
    for key in CARDS:
        start, work = time.perf_counter(), time.process_time()
        state = desk.card(session, key, scope).state.value
        first, own = (time.perf_counter() - start) * 1000, (time.process_time() - work) * 1000
        median, _worst = timed(lambda key=key: desk.card(session, key, scope))  # type: ignore[misc]  # bound now
        fits &= first <= BUDGET
        print(
            f"{name:<24} {key.value:<9} {state:<9} first {first:6.0f} ms ({own:4.0f} computing)"
            f"  again {median:6.0f} ms"
        )
    return fits


def plainly(session: Session, scope: Scope) -> float:
    """Seconds to count homes by weekday and hour from the orders themselves."""
    statement = (
        "SELECT service, strftime('%w', day), hour, count(*), count(DISTINCT unit) "
        "FROM work_order WHERE day >= ? AND day < ? GROUP BY 1, 2, 3"
    )
    with session.store.reading() as work:
        run = work._connection.exec_driver_sql  # type: ignore[attr-defined]  # noqa: SLF001  # raw rows
        start = time.perf_counter()
        run(statement, (scope.since.isoformat(), scope.until.isoformat())).all()
        return time.perf_counter() - start


def main() -> int:
    keep_to_one()  # as the program does when it starts
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--orders", type=int, default=1_000_000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        session, _store = opened(Path(folder) / "data.db")
        filled(session, chosen.people)
        print(f"{chosen.orders:,} orders entered in {booked(session, chosen.orders):.0f} s")
        importlib.import_module("pmdesk.services.dashboard.demand")  # as soon after signing in
        today, fits = session.clock.today(), True
        quarter, year = scope_of(Period.QUARTER, today), scope_of(Period.YEAR, today)
        print(f"a quarter counted plainly {1000 * plainly(session, quarter):.0f} ms, "
              f"a year {1000 * plainly(session, year):.0f} ms")  # fmt: skip
        for period in (Period.QUARTER, Period.YEAR):
            for buildings in ((), ("7",)):
                scope = scope_of(period, today, buildings)
                fits &= cards(session, f"{period.value} {buildings or 'all'}", scope)
        for number in range(20):  # a manager who looks at everything
            desk.card(session, CARDS[0], scope_of(Period.QUARTER, today, (str(number + 10),)))
        fits &= cards(session, "after 20 more buildings", scope_of(Period.QUARTER, today, ("40",)))
        intake = Intake(
            service=Service.CLEANING, kind="stairs", words="大厅地面脏", building="7", area="大厅"
        )
        median, _worst = timed(lambda: registering.register(session, intake))
        print(f"an order registered in {median:.1f} ms")
    return 0 if fits and median <= SAVING else 1


if __name__ == "__main__":
    sys.exit(main())
