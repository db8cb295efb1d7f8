"""DMN files on the command line: what is outside the profile, and results for JSON lines."""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO

from pmdesk.app.dmn_sql import SqlEngine
from pmdesk.app.dmn_strays import Strays
from pmdesk.errors import ExchangeError, PmdeskError
from pmdesk.i18n import N_, _, ngettext, told
from pmdesk.rules.dmn.check import findings
from pmdesk.rules.dmn.evaluate import (
    Engine,
    OutsideProfileError,
    Plan,
    ReferenceEngine,
    evaluated,
    plan_for,
)
from pmdesk.rules.dmn.model import Decision, Model, Problem
from pmdesk.rules.dmn.outcome import Outcome
from pmdesk.rules.dmn.read import read_model
from pmdesk.rules.dmn.spell import json_text
from pmdesk.rules.dmn.tree import LARGEST, too_large

DONE, FINDING, REFUSED = 0, 1, 3
ENGINES = ("reference", "sql")
LONGEST_LINE = 1 << 20  # bytes
_CHUNK = 1 << 16
_BOOKS = (b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1"))  # how workbooks begin, new and old


class UsageError(PmdeskError):
    """The command was given something that is not there."""

    exit_code = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One line: its id and inputs, or what is wrong with it."""

    id: object = None
    inputs: Mapping[str, object] = field(default_factory=dict)
    error: str = ""


def check(path: Path) -> int:
    """Prints what is outside the profile and what is wrong with the tables, each with its place."""
    model = _model(path)
    problems = [problem for decision in model.decisions for problem in _problems(decision)]
    for problem in problems:
        print(placed(path, problem))
    if problems:
        return FINDING
    count = len(model.decisions)
    print(
        ngettext(
            "{path}: {count} decision, nothing found.",
            "{path}: {count} decisions, nothing found.",
            count,
        ).format(path=path, count=count)
    )
    return DONE


def evaluate(path: Path, name: str, engine: str) -> int:
    """Prints a line of JSON for each line of JSON that comes in."""
    try:
        plan = _plan(_model(path), name)
    except OutsideProfileError as error:
        print(told(error), file=sys.stderr)
        for problem in error.problems:
            print(placed(path, problem), file=sys.stderr)
        return error.exit_code
    chosen: Engine = SqlEngine() if engine == "sql" else ReferenceEngine()
    strays, is_clean = Strays(plan), True
    for cases in _read_cases(sys.stdin.buffer):
        for case in cases:
            strays.watch(case.inputs)
        for line, is_good in _answers(plan, cases, chosen):
            sys.stdout.buffer.write(f"{line}\n".encode())  # JSON is UTF-8 on every system
            is_clean = is_clean and is_good
        sys.stdout.buffer.flush()
    return DONE if is_clean else FINDING


def placed(path: Path, problem: Problem) -> str:
    """The problem with the file, decision, row and column where it stands."""
    places = [
        (problem.decision, _("decision “{name}”")),
        (problem.row, _("row {name}")),
        (problem.column, _("column “{name}”")),
    ]
    words = [text.format(name=value) for value, text in places if value]
    return f"{path}: {', '.join(words)}: {problem.words()}"


def _problems(decision: Decision) -> tuple[Problem, ...]:
    if decision.table is None:
        return decision.problems
    return findings(decision.name, decision.table)


def _model(path: Path) -> Model:
    try:
        if path.stat().st_size > LARGEST:
            raise too_large()
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(
            N_("The file “{name}” cannot be read."),
            N_("Check its path and permissions."),
            name=path,
        ) from error
    if data.startswith(_BOOKS):
        raise ExchangeError(
            N_("This command reads DMN files, and “{name}” is an Excel workbook."),
            N_("A workbook of rules is imported in the window: rules, Import/export."),
            name=path,
        )
    model = read_model(data)
    if not model.decisions:
        raise PmdeskError(N_("The file has no decisions."), N_("Choose a file with a table."))
    return model


def _plan(model: Model, name: str) -> Plan:
    plan = plan_for(model, name)
    if plan is None:
        raise UsageError(
            N_("The file has no decision “{name}”."),
            N_("It has: {names}."),
            name=name,
            names=", ".join(f"“{decision.name}”" for decision in model.decisions),
        )
    return plan


def _read_cases(stream: BinaryIO) -> Iterator[list[Case]]:
    """The cases as they come: all lines that are there are read before the next answer."""
    number, rest = 0, b""
    while chunk := stream.read1(_CHUNK):  # type: ignore[attr-defined]  # buffered streams have it
        *lines, rest = (rest + chunk).split(b"\n")
        if len(rest) > LONGEST_LINE:
            rest = rest[: LONGEST_LINE + 1]
        yield [case for at, line in enumerate(lines, start=number + 1) if (case := _case(line, at))]
        number += len(lines)
    if (last := _case(rest, number + 1)) is not None:
        yield [last]


def _case(line: bytes, number: int) -> Case | None:
    """The case on this line; None where the line is blank."""
    if not line.strip():
        return None
    try:
        text = line[: LONGEST_LINE + 1].decode("utf-8-sig")
        read = json.loads(text, parse_float=Decimal, parse_int=Decimal, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return Case(error=_("Line {number} is no JSON.").format(number=number))
    key, inputs = (read.get("id"), read.get("inputs")) if isinstance(read, dict) else (None, None)
    if isinstance(key, dict | list):
        return Case(error=_("The id on line {number} is no text or number.").format(number=number))
    if not isinstance(inputs, dict):
        return Case(id=key, error=_("Line {number} has no “inputs” by name.").format(number=number))
    return Case(id=key, inputs=inputs)


def _refuse(constant: str) -> object:
    """JSON knows neither NaN nor infinity."""
    raise ValueError(constant)


def _answers(plan: Plan, cases: Sequence[Case], engine: Engine) -> Iterator[tuple[str, bool]]:
    """For each case a line of JSON, and whether it is free of errors."""
    sound = iter(evaluated(plan, [case.inputs for case in cases if not case.error], engine))
    for case in cases:
        if case.error:
            yield json_text({"id": case.id, "error": case.error}), False
        else:
            found = next(sound)
            yield json_text(_record(case, found)), not found.violations


def _record(case: Case, found: Outcome) -> dict[str, object]:
    record: dict[str, object] = {"id": case.id, "result": found.result, "rules": found.rules}
    if found.violations:
        record["error"] = " ".join(violation.words() for violation in found.violations)
    return record
