"""An office of some size with real accounts: a demo office with more residents and past orders."""

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from benchmarks.list_and_search import residents as invented
from pmdesk.app import demo
from pmdesk.app.clock import SystemClock
from pmdesk.domain.purposes import CLASSIFICATION
from pmdesk.services.session import Session

DAYS = 3 * 365
DEMO_PEOPLE = 300
ANSWERED = 0.7  # share of the questions that somebody answers
_BATCH = 20_000
_TOLD = (
    "service, kind, urgency, channel, unit IS NULL, area, words, received_by, hour, assignee, "
    "urged, rating, received_at, due_at, started_at, finished_at, closed_at"
)
_COLUMNS = (
    "number, service, kind, urgency, channel, unit, building, area, person, words, received_by, "
    "day, hour, assignee, urged, rating, state, received_at, due_at, started_at, finished_at, "
    "closed_at"
)


def made(folder: Path, people: int, orders: int) -> None:
    """The office is in that folder; who signs in is told in `pmdesk.app.demo`."""
    opened = demo.make(folder, DEMO_PEOPLE, 7, SystemClock())
    try:
        _people(opened.session, people)
        _orders(opened.session, orders)
    finally:
        opened.close()


def _people(session: Session, count: int) -> None:
    """More residents, most of whom agreed to be classified and answered."""
    dice = random.Random(7)
    with session.store.writing() as work:
        first = work.people.add_many(invented(count), at=session.clock.now())[0]
        run = work._connection.exec_driver_sql  # type: ignore[attr-defined]  # noqa: SLF001  # raw rows
        before = run("SELECT coalesce(max(id), 0) FROM consent_event").scalar()
        run(
            "INSERT INTO consent_event (id, person, purpose, decision, notice_version, "
            "notice_language, notice_digest, channel, act, paper_ref, witness, given_by, "
            "adult_confirmed, receipt, at, by) SELECT id + ?, id, 'P2', 'given', (SELECT version "
            "FROM notice WHERE purpose = 'P2' ORDER BY rowid DESC), 'zh_CN', '', 'paper', 'paper', "
            "'A', '', 'self', 1, 'R' || (id + 1000000), '2026-03-02T00:00:00.000000+00:00', '' "
            "FROM person WHERE id >= ? AND id % 10 < 8",
            (before, first),
        )
        run(
            "INSERT INTO consent (person, purpose, event, notice_version, given_on, valid_until) "
            "SELECT person, purpose, id, notice_version, '2026-03-02', "
            "date(?, '+' || (400 + id % 300) || ' days') FROM consent_event WHERE id > ?",
            (session.clock.today().isoformat(), before),
        )
        asked = [f for f in work.catalogue.live().answers(CLASSIFICATION) if f.options]
        choices = [f for f in asked if f.kind == "choice"]
        agreed = run("SELECT person FROM consent_event WHERE id > ?", (before,)).scalars().all()
        work.answers.put_many(
            CLASSIFICATION,
            (
                (one, {f.key: dice.choice(f.options).code for f in choices if _answers(dice)})
                for one in agreed
            ),
            source="bench",
            at=session.clock.now(),
        )
        active = work.rulesets.active()
        if active is not None:
            work.classifications.classify(active, today=session.clock.today())
        run("DELETE FROM touched")  # the log binds them in `audit.py`
        work.commit()


def _answers(dice: random.Random) -> bool:
    return dice.random() < ANSWERED


def _orders(session: Session, count: int) -> None:
    """Three years of orders like those of the demo, from all homes."""
    with session.store.writing() as work:
        run = work._connection.exec_driver_sql  # type: ignore[attr-defined]  # noqa: SLF001  # raw rows
        homes = run(
            "SELECT unit.id, unit.building, min(person) FROM unit JOIN occupancy "
            "ON occupancy.unit = unit.id GROUP BY unit.id"
        ).all()
        told = run(f"SELECT {_TOLD} FROM work_order WHERE state = 'closed'").all()
        last = run("SELECT max(id) FROM work_order").scalar()
        marks = ", ".join("?" * len(_COLUMNS.split(", ")))
        waiting = _rows(session, count, homes, told)
        while batch := [row for row, _ in zip(waiting, range(_BATCH), strict=False)]:
            run(f"INSERT INTO work_order ({_COLUMNS}) VALUES ({marks})", batch)
        run(
            "INSERT INTO order_step (work_order, at, by, act, words) SELECT id, received_at, "
            "received_by, 'imported', '' FROM work_order WHERE id > ?",
            (last,),
        )
        run("DELETE FROM touched")
        work.commit()


def _rows(
    session: Session, count: int, homes: Sequence[Sequence[int]], told: Sequence[Sequence[object]]
) -> Iterator[tuple[object, ...]]:
    """Orders by day, numbered as they came; what would lie ahead has not happened yet."""
    dice = random.Random(9)
    today, now = session.clock.today(), session.clock.now()
    for number in range(count):
        day = today - timedelta(days=DAYS - number * DAYS // count)
        *what, is_shared, area, words, by, hour, who, urged, rating = dice.choice(told)[:12]
        came, *times = map(_moment, dice.choice(told)[12:])
        start = datetime.combine(day, time(int(str(hour)), dice.randrange(60)), UTC)
        start = min(start, now - timedelta(minutes=5))
        due, *ends = (start + (one - came) if one and came else None for one in times)
        begun, finished, closed = (one if one and one <= now else None for one in ends)
        unit, building, person = dice.choice(homes)
        yield (
            f"W{day:%Y%m%d}-{5_000_000 + number}",
            *what,
            *((None, building, area, None) if is_shared else (unit, building, area, person)),
            *(words, by, day.isoformat(), hour, who, urged, rating if closed else None),
            "closed" if closed else "callback" if finished else "working" if begun else "new",
            *map(_written, (start, due, begun, finished, closed)),
        )


def _moment(text: object) -> datetime | None:
    return datetime.fromisoformat(str(text)) if text else None


def _written(moment: datetime | None) -> str | None:
    return f"{moment:%Y-%m-%dT%H:%M:%S.%f}+00:00" if moment else None
