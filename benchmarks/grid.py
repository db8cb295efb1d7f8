"""How long the rules grid keeps its user waiting: 200 rules over 10 inputs, 10,000 people counted.

    QT_QPA_PLATFORM=offscreen python benchmarks/grid.py [--rules 200] [--people 10000]

From the key press, the wheel or the edit until everything is painted, in milliseconds, and how
much of it the window's own thread worked (median); the last line is keys pressed while the check
and the counting run in the background. Budgets (p95):
opened in 500 ms; a key, a scroll or an edit painted in 50 ms, under the check in 100 ms; a row
added, dragged or undone in 100 ms, 50 rows pasted in 200 ms.
"""

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from benchmarks.saving import filled, opened
from pmdesk.assets import asset
from pmdesk.i18n import install
from pmdesk.rules.facts import Fact, FactType
from pmdesk.rules.parse import parse
from pmdesk.rules.rule import Rule
from pmdesk.rules.table import DecisionTable
from pmdesk.services import rules
from pmdesk.services.session import Session
from pmdesk.services.starters import starter_table
from pmdesk.ui import theme
from pmdesk.ui.application import chosen_font
from pmdesk.ui.rules import edits
from pmdesk.ui.rules.blocks import write_block
from pmdesk.ui.rules.workbench import Workbench
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Scheme

INPUTS = 10
TIMES = 40
ASKED_NOTHING = 0.6  # of the cells
KEY, STEP, PASTE, OPEN = 50, 100, 200, 500  # milliseconds
FLAGS = ("true", "false", "null")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A bench on the screen, and what it shows."""

    app: QApplication
    tasks: Tasks
    bench: Workbench
    table: DecisionTable
    facts: Sequence[Fact]

    def paint(self) -> None:
        """Everything that was asked for is on the screen."""
        self.app.processEvents()
        self.app.processEvents()

    def settle(self) -> None:
        """The background is done."""
        while not self.tasks.is_idle:
            self.app.processEvents()
        self.paint()


def written(draw: random.Random, fact: Fact) -> str:
    """A cell as somebody could write it; most ask nothing."""
    if draw.random() < ASKED_NOTHING:
        return "-"
    if fact.type is FactType.FLAG:
        return draw.choice(FLAGS)
    if fact.type is FactType.NUMBER:
        return f">= {draw.randint(1, 90)}"
    return ", ".join(f'"{code}"' for code in draw.sample(fact.codes, 2))


def drawn(session: Session, count: int) -> tuple[DecisionTable, Sequence[Fact]]:
    """A table of so many rules over ten of the facts that rules may ask about."""
    draw, facts = random.Random(5), rules.offered(session)
    starter = starter_table(facts)
    columns = tuple(draw.sample(starter.facts, INPUTS))
    rows = [
        Rule(
            id=f"r{number}",
            cells=tuple(parse(written(draw, fact), fact) for fact in columns),
            tier=draw.choice(starter.scheme.tier_keys),
            tags=frozenset(draw.sample(starter.scheme.tag_keys, 2)),
            reason="按本人选择的时间和次序安排上门，由一名负责人跟进。",
            legal="民法典第942条；只安排服务，不影响价格。",
        )
        for number in range(count - 1)
    ]
    table = replace(starter, facts=columns, rules=tuple(rows))
    return table.with_rule(replace(table.blank_rule(), id="last", reason="其他")), facts


def timed(
    stage: Stage, act: Callable[[int], object], times: int = TIMES
) -> list[tuple[float, float]]:
    """Milliseconds of each turn until all is painted, and how long the processor worked for it."""
    taken = []
    for turn in range(times):
        start, worked = time.perf_counter(), time.thread_time()
        act(turn)
        stage.paint()
        spent = time.perf_counter() - start, time.thread_time() - worked
        taken.append((spent[0] * 1000, spent[1] * 1000))
    return taken


def told(name: str, taken: Sequence[tuple[float, float]], budget: float) -> bool:
    """Prints a line; whether the budget is kept."""
    waited = sorted(wall for wall, _own in taken)
    p95 = waited[int(0.95 * (len(waited) - 1))]
    own = statistics.median(own for _wall, own in taken)
    mark = "" if p95 <= budget else "  OVER"
    median = statistics.median(waited)
    print(f"{name:34}{median:8.1f}{p95:8.1f}{own:8.1f}{budget:8.0f}{mark}")
    return p95 <= budget


def pressed(stage: Stage, key: Qt.Key, _turn: int) -> None:
    part = stage.bench.grid.asked
    QTest.keyClick(part if part.hasFocus() else stage.bench.grid.given, key)


def scrolled(stage: Stage, _turn: int) -> None:
    bar = stage.bench.grid.asked.verticalScrollBar()
    bar.setValue((bar.value() + 700) % max(bar.maximum(), 1))


def edited(stage: Stage, turn: int) -> None:
    column = next(c for c, f in enumerate(stage.table.facts) if f.type is FactType.FLAG)
    stage.bench.model.attempt(len(stage.table.rules) // 2, column, FLAGS[turn % 2])


def pasted(stage: Stage, turn: int) -> None:
    bench = stage.bench
    bench.grid.go(bench.model.place(turn % 20, 0))
    bench.clipping.paste()


def stood(stage: Stage, _turn: int) -> None:
    stage.bench.start(stage.table, stage.facts, editable=True)


def looked(stage: Stage, turn: int) -> None:
    """A key pressed just after the check and the counting set out."""
    if turn % 4 == 0:
        stage.bench.look_now()
    pressed(stage, Qt.Key.Key_Down, turn)


def measure(stage: Stage) -> bool:
    """Every act, one line each; whether all budgets are kept."""
    bench, rows, columns = stage.bench, range(50), range(INPUTS)
    kept = [told("opened", timed(stage, partial(stood, stage), 5), OPEN)]
    stage.settle()
    bench.grid.asked.setFocus()
    bench.grid.go(bench.model.place(2, 0))
    for name, key in (("key down", Qt.Key.Key_Down), ("key right", Qt.Key.Key_Right)):
        kept.append(told(name, timed(stage, partial(pressed, stage, key)), KEY))
    kept.append(told("scrolled", timed(stage, partial(scrolled, stage)), KEY))
    kept.append(told("cell edited", timed(stage, partial(edited, stage)), KEY))
    kept.append(told("row added", timed(stage, lambda _turn: bench.acts.add_row(90)), STEP))
    kept.append(told("undone", timed(stage, lambda _turn: bench.undo.undo()), STEP))
    drag = timed(stage, lambda turn: bench.acts.move_rows((90,), 20 + turn))
    kept.append(told("row dragged", drag, STEP))
    shift = timed(stage, lambda turn: bench.acts.move_columns((turn % 5,), 8))
    kept.append(told("column dragged", shift, STEP))
    text = write_block([[edits.typed(stage.table, r, c) for c in columns] for r in rows])
    QGuiApplication.clipboard().setText(text)
    kept.append(told("50 rows pasted", timed(stage, partial(pasted, stage)), PASTE))
    stage.settle()
    kept.append(told("key down under the check", timed(stage, partial(looked, stage)), STEP))
    stage.settle()
    return all(kept)


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    words.add_argument("--rules", type=int, default=200)
    words.add_argument("--people", type=int, default=10_000)
    args = words.parse_args()
    app = QApplication([])
    install("zh_CN", asset("locale"))
    app.setStyle("Fusion")
    app.setFont(chosen_font(app.font()))
    theme.apply(theme.loaded(Scheme.LIGHT), app)
    with tempfile.TemporaryDirectory() as folder:
        session, _store = opened(Path(folder) / "office.db")
        filled(session, args.people)
        table, facts = drawn(session, args.rules)
        tasks = Tasks(lambda error: sys.exit(str(error)))
        bench = Workbench(session, tasks, table)
        bench.resize(1400, 900)
        bench.show()
        print(f"{args.rules} rules, {INPUTS} inputs, {args.people} people")
        print(f"{'milliseconds':34}{'median':>8}{'p95':>8}{'own':>8}{'budget':>8}")
        stage = Stage(app=app, tasks=tasks, bench=bench, table=table, facts=facts)
        kept = measure(stage)
        tasks.finish()
    sys.exit(0 if kept else 1)


if __name__ == "__main__":
    main()
