"""Reads rules from a DMN file: one decision gives the tier, others collect the tags."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from pmdesk.errors import PmdeskError
from pmdesk.i18n import N_, Words
from pmdesk.rules.dmn.model import COLLECTING, Aggregation, Decision, Model, Problem, Table
from pmdesk.rules.dmn.own import Marks
from pmdesk.rules.scheme import Scheme
from pmdesk.rules.table import DecisionTable
from pmdesk.rules.typed import read_tags, read_tier
from pmdesk.services.rule_exchange.columns import Columns
from pmdesk.services.rule_exchange.dmn_parts import Faults, Part, PartReader, Why
from pmdesk.services.rule_exchange.dmn_rows import Rows
from pmdesk.services.rule_exchange.incoming import Column, Fault, Incoming, Kind, listed


def read_dmn(
    model: Model, marked: Mapping[str, Marks], columns: Columns, scheme: Scheme, why: Why
) -> Incoming:
    """What the file says, or everything that keeps it from being taken."""
    faults = Faults([_fault_of(problem) for one in model.decisions for problem in one.problems])
    tiers, tags = ([], []) if faults.found else _sorted(model, scheme, faults)
    if not faults.found and len(tiers) != 1:
        faults.found.append(Fault(error=_one_tier(tiers)))
    if faults.found:
        return Incoming(kind=Kind.DMN, faults=listed(faults.found))
    parts = [
        PartReader(decision, table, marked.get(decision.id, Marks()), columns, faults).part(why)
        for decision, table in (*tiers, *tags)
    ]
    return _together(parts[0], parts[1:], scheme, faults)


def _together(tier: Part, tags: Sequence[Part], scheme: Scheme, faults: Faults) -> Incoming:
    rows = Rows(tier, tags, scheme, faults)
    table: DecisionTable | None = None
    if not faults.found:
        table = rows.table()
    return Incoming(
        kind=Kind.DMN,
        table=None if faults.found else table,
        columns=_columns((tier, *tags)),
        rows=len(tier.lines),
        questions=rows.questions if table else (),
        faults=listed(faults.found),
        remarks=tuple(rows.remarks),
    )


Found = tuple[Decision, Table]


def _sorted(model: Model, scheme: Scheme, faults: Faults) -> tuple[list[Found], list[Found]]:
    """The decisions that give tiers, and those that give tags; each other one is a fault."""
    tiers: list[Found] = []
    tags: list[Found] = []
    for decision, table in ((one, one.table) for one in model.decisions if one.table):
        try:
            (tiers if _gives_tiers(table, scheme) else tags).append((decision, table))
        except PmdeskError as error:
            faults.add(error, decision)
    return tiers, tags


def _gives_tiers(table: Table, scheme: Scheme) -> bool:
    if len(table.outputs) != 1:
        raise PmdeskError(
            N_("The table gives several things at once."),
            N_("Make one table for the tier, and one with COLLECT for the tags."),
        )
    given = [str(row.outputs[0]) for row in table.rows if row.outputs[0] is not None]
    odd = next((text for text in given if not _can(read_tier, text, scheme)), None)
    if odd is None and (given or table.policy not in COLLECTING):
        return True
    odd = next((text for text in given if not _can(read_tags, text, scheme)), None)
    if odd is not None:
        raise PmdeskError(
            N_("“{value}” is neither a tier nor a tag of this office."),
            N_("Choose from: {options}."),
            value=odd,
            options=_names(scheme),
        )
    _require_collecting(table)
    return False


def _require_collecting(table: Table) -> None:
    """Tags of all rows that fit add up, so nothing else may be made of them."""
    if table.policy not in COLLECTING or table.aggregation is not Aggregation.NONE:
        raise PmdeskError(
            N_("Tags add up, which the hit policy “{name}” does not do."),
            N_("Use COLLECT without an aggregation."),
            name=f"{table.policy.value} {table.aggregation.value}".strip(),
        )


def _can(read: Callable[[str, Scheme], object], text: str, scheme: Scheme) -> bool:
    try:
        read(text, scheme)
    except PmdeskError:
        return False
    return bool(text.strip())


def _names(scheme: Scheme) -> Words:
    both = [words for _key, words in (*scheme.tiers, *scheme.tags)]
    return Words(zh="、".join(one.zh for one in both), en=", ".join(one.en for one in both))


def _one_tier(tiers: Sequence[Found]) -> PmdeskError:
    if tiers:
        return PmdeskError(
            N_("Several decisions give tiers: {names}."),
            N_("Leave one of them in the file."),
            names=", ".join(decision.name for decision, _table in tiers),
        )
    return PmdeskError(
        N_("No decision of the file gives a tier of this office."),
        N_("Write the tiers by their names or codes into the output column."),
    )


def _fault_of(problem: Problem) -> Fault:
    return Fault(
        error=PmdeskError(problem.sentence, problem.remedy, **problem.places),
        sheet=problem.decision,
        row=str(problem.row) if problem.row else "",
        column=problem.column,
    )


def _columns(parts: Iterable[Part]) -> tuple[Column, ...]:
    found = {
        fact.key: Column(title=part.titles[fact.key], fact=fact)
        for part in reversed(tuple(parts))
        for fact in part.facts
    }
    return tuple(found.values())
