"""One person saved, and one consent withdrawn, beside a bare one-row commit on the same file.

    python benchmarks/saving.py [--people 100000]

Budgets: saved, re-classified and audited in 15 ms; withdrawn in 30 ms as a service call (median).
"""

import argparse
import random
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.list_and_search import residents as invented
from pmdesk.analytics.facts import facts
from pmdesk.app.clock import SystemClock
from pmdesk.app.demo import PROFILE
from pmdesk.domain.classification import RulesetStatus
from pmdesk.domain.people import PersonId
from pmdesk.domain.purposes import CLASSIFICATION
from pmdesk.domain.staff import Role, Staff
from pmdesk.services import demo_records, office, residents, rules, starters, undertakings
from pmdesk.services.consent import consents
from pmdesk.services.session import Session
from pmdesk.store.context import StoreContext
from pmdesk.store.migrations import upgrade
from pmdesk.store.unit_of_work import Store
from pmdesk.store.vault.engine import make_engine

TIMES = 200


def opened(path: Path) -> tuple[Session, Store]:
    """A founded office without a vault around it: key derivation is not what is measured."""
    engine = make_engine(path, bytearray(secrets.token_bytes(32)))
    upgrade(engine)
    pen = Ed25519PrivateKey.generate()
    context = StoreContext(
        uid="a" * 32,
        role=Role.ADMIN,
        sign=pen.sign,
        public=pen.public_key().public_bytes_raw(),
        certify=str,
        vault_id="b" * 32,
    )
    store = Store(engine, context)
    first = Staff(uid="a" * 32, login="bench", name="周敏", role=Role.ADMIN)
    session = office.found(store, None, SystemClock(), PROFILE, first)  # type: ignore[arg-type]  # nobody is enrolled here
    return undertakings.sign(session, first.name), store


def filled(session: Session, people: int) -> list[PersonId]:
    """Residents with a live consent to classification, and active rules."""
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
            "INSERT INTO consent (person, purpose, event, notice_version, given_on) "
            "SELECT person, purpose, id, notice_version, '2026-03-02' FROM consent_event"
        )
        work.commit()
    waiting = rules.versions(session)[0]
    demo_records.review_rules(session, waiting.id)
    rules.approve(session, waiting.id, "benchmark")
    with session.store.writing() as work:  # its assessment is not what is measured
        now = session.clock.now()
        work.rulesets.move(waiting.id, RulesetStatus.ACTIVE, by="", words="", at=now)
        work.classifications.classify(work.rulesets.get(waiting.id), today=session.clock.today())
        work.commit()
    return ids


def median(act: Callable[[int], object]) -> tuple[float, float]:
    """Median and 95th percentile in milliseconds."""
    taken = []
    for turn in range(TIMES):
        start = time.perf_counter()
        act(turn)
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken), sorted(taken)[int(TIMES * 0.95)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    people = parser.parse_args().people
    dice = random.Random(7)
    with tempfile.TemporaryDirectory() as folder:
        session, _store = opened(Path(folder) / "data-000001.db")
        ids = filled(session, people)
        fields = starters.catalogue().answers(CLASSIFICATION)
        asked = {fact.key for fact in facts(starters.catalogue())}
        choices = [f for f in fields if f.options and (f.key in asked)]
        print(f"{people:,} residents")

        def bare(_turn: int) -> None:
            with session.store.writing() as work:
                work.drafts.put("bench", "1", str(dice.random()), at=session.clock.now())
                work.commit()

        def save(_turn: int) -> None:
            values = {f.key: dice.choice(f.options).code for f in choices}
            residents.save_answers(session, dice.choice(ids), CLASSIFICATION, values)

        base, _ = median(bare)
        print(f"bare one-row commit      {base:7.2f} ms")
        for name, act in (
            ("save one", save),
            ("withdraw one", lambda turn: consents.withdraw(session, ids[turn], CLASSIFICATION)),
        ):
            middle, high = median(act)
            print(f"{name:<24} {middle:7.2f} ms  p95 {high:7.2f} ms  {middle / base:5.2f} x bare")


if __name__ == "__main__":
    main()
