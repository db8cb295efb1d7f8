"""A consent withdrawn, a person archived and the daily sweep, in an office of some size.

    python benchmarks/acts.py [--people 100000]

Budgets at 100,000 residents: withdrawn in 30 ms as a service call (median); the sweep of a day
with its usual share of consents that run out, and of 400 days at once, in 5 s; a major version of
the notice, which ends every consent, in force in 10 s.
"""

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.list_and_search import residents as invented
from benchmarks.saving import median, opened
from pmdesk.app.clock import SystemClock
from pmdesk.domain.acts import ArchiveReason
from pmdesk.domain.people import PersonId
from pmdesk.domain.purposes import CLASSIFICATION
from pmdesk.domain.staff import Role
from pmdesk.i18n import Words
from pmdesk.services import acts, retention
from pmdesk.services.consent import consents
from pmdesk.services.notices import purpose_desk, purpose_shelf
from pmdesk.services.session import Session
from pmdesk.store.vault.keys import KeyPair, bulk_sealer, sealed

DAYS = 730  # a consent runs out on one of them


class Ring:
    """Seals as a vault does."""

    def __init__(self) -> None:
        self._public = KeyPair.generated().box_public

    def seal(self, info: Sequence[str | int], data: bytes) -> bytes:
        """A blob that nobody opens here."""
        return sealed(data, self._public, list(info))

    def bulk_seal(self) -> Callable[[Sequence[str | int], bytes], bytes]:
        """Seals as a vault does for the thousands of one act."""
        seal = bulk_sealer(self._public, ["bulk"])
        return lambda info, data: seal(data, list(info))


class Later(SystemClock):
    """A clock that can be set forward."""

    def __init__(self) -> None:
        self.days = 0

    def now(self) -> datetime:
        """The moment, so many days later."""
        return super().now() + timedelta(days=self.days)

    def local(self) -> datetime:
        """The moment here, so many days later."""
        return super().local() + timedelta(days=self.days)


def filled(session: Session, people: int) -> list[PersonId]:
    """Residents with answers and results under consents that run out on any of 730 days."""
    today = session.clock.today()
    with session.store.writing() as work:
        ids = list(work.people.add_many(invented(people), at=session.clock.now()))
        run = work._connection.exec_driver_sql  # type: ignore[attr-defined]  # noqa: SLF001  # raw rows
        version = run("SELECT version FROM notice WHERE purpose = 'P2'").scalar()
        run(
            "INSERT INTO consent_event (id, person, purpose, decision, notice_version, "
            "notice_language, notice_digest, channel, act, paper_ref, witness, given_by, "
            "adult_confirmed, receipt, at, by) SELECT id, id, 'P2', 'given', ?, 'zh_CN', '', "
            "'paper', 'paper', 'A', '', 'self', 1, 'R' || id, "
            "'2026-03-02T00:00:00.000000+00:00', '' FROM person",
            (version,),
        )
        run(
            "INSERT INTO consent (person, purpose, event, notice_version, given_on, valid_until) "
            "SELECT person, purpose, id, notice_version, '2026-03-02', "
            "date(?, '+' || (id % ?) || ' days') FROM consent_event",
            (today.isoformat(), DAYS),
        )
        fields = [f for f in work.catalogue.live().answers(CLASSIFICATION) if f.options]
        dice = random.Random(7)
        choices = [f for f in fields if f.kind == "choice"]
        work.answers.put_many(
            CLASSIFICATION,
            ((one, {f.key: dice.choice(f.options).code for f in choices}) for one in ids),
            source="bench",
            at=session.clock.now(),
        )
        run(
            "INSERT INTO classification (person, ruleset, rule, tier, tags, decided_on) "
            "SELECT person, 1, 0, 1, 1, given_on FROM consent"
        )
        work.commit()
    return ids


def swept(session: Session) -> tuple[float, str]:
    """Seconds that the sweep took, and what went."""
    start = time.perf_counter()
    with session.store.writing() as work:
        report = retention.sweep(session, work)
        work.commit()
    return time.perf_counter() - start, str(dict(report.counts)) if report else "nothing"


def published(session: Session) -> float:
    """Seconds until a major version that ends every consent to classification is in force."""
    made = purpose_desk.draft(session, CLASSIFICATION)
    plan = purpose_shelf.detail(session, CLASSIFICATION).plan
    if plan is None:
        raise SystemExit("this purpose has no plan")
    words = Words("不再每月打两次电话，改为一次。", "One call a month instead of two.")
    facts = replace(plan.particulars, times_a_month="1")
    purpose_desk.save(
        session, made, replace(plan, summary=words, particulars=facts, wants_major=True)
    )
    purpose_desk.submit(session, made)
    second = replace(session, staff=replace(session.staff, uid="d" * 32, role=Role.REVIEWER))
    start = time.perf_counter()
    purpose_desk.approve(second, made, "benchmark")
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    people = parser.parse_args().people
    with tempfile.TemporaryDirectory() as folder:
        founded, _store = opened(Path(folder) / "data-000001.db")
        clock = Later()
        session = replace(founded, accounts=Ring(), clock=clock, undertaken=date.max)  # type: ignore[arg-type]  # nobody is enrolled here
        ids = filled(session, people)
        print(f"{people:,} residents")
        middle, high = median(lambda turn: consents.withdraw(session, ids[turn], CLASSIFICATION))
        print(f"withdraw one             {middle:7.2f} ms  p95 {high:7.2f} ms")
        start = time.perf_counter()
        with session.store.writing() as work:
            acts.archive(session, work, ids[-1], ArchiveReason.MOVED_OUT)
            work.commit()
        print(f"archive one              {(time.perf_counter() - start) * 1000:7.2f} ms")
        for days in (0, 1, 1, 31, 400):
            clock.days += days
            seconds, gone = swept(session)
            print(f"sweep after {days:3} days     {seconds:7.2f} s   {gone}")
    with tempfile.TemporaryDirectory() as folder:
        founded, _store = opened(Path(folder) / "data-000001.db")
        session = replace(founded, accounts=Ring(), clock=Later(), undertaken=date.max)  # type: ignore[arg-type]  # nobody is enrolled here
        filled(session, people)
        print(f"major notice in force    {published(session):7.2f} s")


if __name__ == "__main__":
    main()
