"""A list of residents imported, beside reading it with calamine and writing it with executemany.

    python benchmarks/importing.py [--rows 100000]

Budgets: at most 1.5 times that, at most 300 MB, cancelled within a second with nothing left. The
writing is measured twice: into one plain table, and as the very statements that the import hands to
the driver (register, units, search index, values), replayed on an empty office.
"""

import argparse
import itertools
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Self

import psutil  # type: ignore[import-untyped]  # its stubs are a package of their own
import xlsxwriter
from python_calamine import CalamineWorkbook
from sqlalchemy import Engine, event

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.saving import opened
from pmdesk import i18n
from pmdesk.assets import asset
from pmdesk.domain.classification import ResidentQuery
from pmdesk.services import residents
from pmdesk.services.exchange import importing
from pmdesk.services.session import Session
from pmdesk.store.unit_of_work import Store

HEAD = ("类型", "期/园区", "栋", "单元/区域", "门牌号", "建筑面积", "姓名", "身份证", "手机号")
FAMILY = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英国建文华玉志红玲海燕宇晨欣怡子涵"
ANY_ID = "11010519491231002X"  # the example of GB 11643; the column is refused
MB = 1 << 20

Batch = tuple[str, list[tuple[object, ...]]]


class StopError(Exception):
    """The user pressed Cancel."""


def sheet(path: Path, rows: int) -> Path:
    """A nine-column export of invented residents."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, HEAD)
        for i in range(rows):
            name = FAMILY[i % 20] + GIVEN[i // 20 % 40] + GIVEN[i // 7 % 40]
            home = (f"{i // 1440 + 1}栋", f"{i // 720 % 2 + 1}单元")
            room = f"{i // 40 % 18 + 1}{i % 40 + 1:02}"
            line = ("住房", "", *home, room, 89.5 + i % 50, name, ANY_ID, f"13{i % 10}{i:08}")
            page.write_row(i + 1, 0, line)
    return path


def timed(act: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds and what came of it."""
    start = time.perf_counter()
    result = act()
    return time.perf_counter() - start, result


class Peak:
    """The most memory that the process held meanwhile, sampled."""

    def __init__(self) -> None:
        self._process = psutil.Process()
        self._ended = threading.Event()
        self._sampling = threading.Thread(target=self._sample, daemon=True)
        self.highest: int = self._process.memory_info().rss
        self._before = self.highest

    @property
    def added(self) -> int:
        """More than before."""
        return int(self.highest - self._before)

    def __enter__(self) -> Self:
        self._sampling.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._ended.set()
        self._sampling.join()

    def _sample(self) -> None:
        while not self._ended.wait(0.02):
            self.highest = max(self.highest, self._process.memory_info().rss)


def engine_of(store: Store) -> Engine:
    """What lies below the store."""
    return store._engine  # noqa: SLF001  # a benchmark looks behind the port


def decoded(path: Path) -> list[tuple[object, ...]]:
    found = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
    return [tuple(row) for row in found.to_python()]


def into_one_table(store: Store, cells: list[tuple[object, ...]]) -> None:
    columns = ", ".join(f"c{at}" for at in range(len(HEAD)))
    places = ", ".join("?" * len(HEAD))
    every = [(f"INSERT INTO plain VALUES ({places})", cells)]
    replayed(engine_of(store), every, [f"CREATE TABLE plain ({columns})"])


def imported(session: Session, path: Path) -> importing.Report:
    return importing.enter(session, importing.dry_run(session, path))[1]


def recorded(engine: Engine, act: Callable[[], object]) -> list[Batch]:
    """What `act` handed to the driver by executemany."""
    batches: list[Batch] = []

    def note(_c: object, _cursor: object, sql: str, rows: Any, _x: object, many: bool) -> None:
        if many:
            batches.append((sql, [tuple(row) for row in rows]))

    event.listen(engine, "before_cursor_execute", note)
    act()
    event.remove(engine, "before_cursor_execute", note)
    return batches


def replayed(engine: Engine, batches: list[Batch], before: list[str]) -> None:
    with engine.connect().execution_options(write=True) as connection:
        for statement in before:
            connection.exec_driver_sql(statement)
        for sql, rows in batches:
            connection.exec_driver_sql(sql, rows)
        connection.commit()


def buildings(rows: int) -> list[str]:
    """The few rows that are not written by executemany, but that units hang on."""
    names = (f"{i + 1}" for i in range(rows // 1440 + 1))
    return [
        f"INSERT INTO building (id, name, position) VALUES ({at}, '{name}', '{name}')"
        for at, name in enumerate(names, 1)
    ]


def cancelled(session: Session, path: Path) -> tuple[float, float, int]:
    """The longest silence before a cancel is heard, the way back, and what is left."""
    plan = importing.dry_run(session, path)
    heard: list[float] = []
    total = 0

    def watch(done: int, all_of_them: int) -> None:
        nonlocal total
        total = all_of_them
        heard.append(time.perf_counter())
        if done and done >= all_of_them - importing.EVERY:
            raise StopError

    try:
        importing.enter(session, plan, progress=watch)
    except StopError:
        back = time.perf_counter() - heard[-1]
    else:
        raise AssertionError("it was not stopped")
    silence = max(later - earlier for earlier, later in itertools.pairwise(heard))
    return silence, back, len(residents.found(session, ResidentQuery()))


def offices(folder: Path) -> Iterator[tuple[Session, Store]]:
    for number in itertools.count():
        yield opened(folder / f"{number}.db")


def main() -> None:
    """Prints the ratios of one run."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=100_000)
    rows = parser.parse_args().rows
    i18n.install("zh_CN", asset("locale"))
    with tempfile.TemporaryDirectory() as folder:
        path = sheet(Path(folder) / "list.xlsx", rows)
        made = offices(Path(folder))
        session, _store = next(made)
        with Peak() as peak:
            took, report = timed(lambda: imported(session, path))
        assert report.entered == rows
        silence, back, left = cancelled(next(made)[0], path)
        read, cells = timed(lambda: decoded(path))
        flat, _ = timed(lambda: into_one_table(next(made)[1], cells))
        second, store = next(made)
        batches = recorded(engine_of(store), lambda: imported(second, path))
        same, _ = timed(lambda: replayed(engine_of(next(made)[1]), batches, buildings(rows)))
    print(f"{rows:,} rows: {took:.2f} s, of which calamine reads {read:.2f} s")
    print(f"import / (calamine + executemany of the same rows)  {took / (read + same):.2f}")
    print(f"import / (calamine + executemany into one table)    {took / (read + flat):.2f}")
    print(f"memory at most {peak.highest / MB:.0f} MB, {peak.added / MB:.0f} MB of it for this")
    print(f"cancel: heard within {silence:.2f} s, undone in {back:.2f} s, {left} residents left")


if __name__ == "__main__":
    main()
