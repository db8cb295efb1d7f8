"""Which examples of the version before still speak of rows of a table that comes in."""

from pmdesk.domain.ports import UnitOfWork
from pmdesk.errors import PmdeskError
from pmdesk.rules import examples
from pmdesk.rules.examples import Example, Verdict
from pmdesk.rules.table import DecisionTable


def carried(work: UnitOfWork, table: DecisionTable) -> tuple[Example, ...]:
    """The examples of the version in force, else of the newest, that the table has the rows for."""
    known = work.rulesets.all()
    source = work.rulesets.active() or (known[0] if known else None)
    if source is None:
        return ()
    try:
        read = examples.read(source.examples, table.facts)
    except PmdeskError:
        return ()  # a version before that cannot be read is no reason to refuse the file
    return tuple(one for one in read if _speaks_of(table, one))


def _speaks_of(table: DecisionTable, example: Example) -> bool:
    try:
        return examples.verdict(table, example) is not Verdict.GONE
    except PmdeskError:
        return False  # a value of it is none of its column any more
