"""What a pasted block means: where its cells go, which rows are new, and what cannot be read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pmdesk.errors import PmdeskError
from pmdesk.i18n import N_, Words
from pmdesk.rules.cells import ANY
from pmdesk.rules.facts import Fact
from pmdesk.rules.rule import Rule
from pmdesk.rules.scanner import fold
from pmdesk.rules.table import MOST_RULES, DecisionTable
from pmdesk.ui.rules import edits
from pmdesk.ui.rules.blocks import Block
from pmdesk.ui.rules.edits import Output

Entry = tuple[str, PmdeskError]  # what was pasted, and why it cannot be read
Places = Mapping[tuple[str, int], Entry]  # by the id of the rule and the column


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """The table with all that could be read, and the rest by its cell."""

    table: DecisionTable
    refused: Places = field(default_factory=dict)
    rows: range = range(0)  # where the block stands
    columns: Sequence[int] = ()


def pasted(table: DecisionTable, row: int, columns: Sequence[int], block: Block) -> Pasted:
    """The block over the rows from `row` on; rows that it needs more are added below them."""
    end = len(table.rules) - table.is_complete
    block = _lines(block, fresh_from=max(end - row, 0))
    over = row + len(block) - end
    is_last = table.is_complete and over > 0 and _can_stand_last(table, columns, block[-1])
    missing = over - 1 if is_last else max(over, 0)
    return _over(_with_rows(table, end, missing), row, columns, block)


def inserted(table: DecisionTable, row: int, columns: Sequence[int], block: Block) -> Pasted:
    """The block in rows of its own, above row `row`."""
    block = _lines(block, fresh_from=0)
    at = min(row, len(table.rules) - table.is_complete)
    return _over(_with_rows(table, at, len(block)), at, columns, block)


def with_headings(
    table: DecisionTable, block: Block, offered: Sequence[Fact]
) -> tuple[DecisionTable, Sequence[int], Block] | None:
    """The block without its first line where that names columns; they are added if need be.

    None where the first line is none of headings. Columns without a heading are left out.
    """
    if len(block) < 2 or not any(block[0]):  # noqa: PLR2004  # a heading and something below
        return None
    names = [name for name in block[0] if name]
    known = {name: _column_key(table, name, offered) for name in names}
    if not any(known.values()):
        return None
    _refuse_unknown(known)
    for fact in offered:
        if fact.key in known.values() and fact.key not in {own.key for own in table.facts}:
            table = table.with_fact(fact)
    keys = [fact.key for fact in table.facts] + [output.name for output in Output]
    places = [place for place, name in enumerate(block[0]) if name]
    columns = [keys.index(str(known[block[0][place]])) for place in places]
    lines = [[line[place] if place < len(line) else "" for place in places] for line in block[1:]]
    return table, columns, lines


def _refuse_unknown(known: Mapping[str, str | None]) -> None:
    strange = [name for name, key in known.items() if key is None]
    if strange:
        raise PmdeskError(
            N_("The first line has headings, but “{name}” is none of this table."),
            N_("Add that column first, or copy the block without it."),
            name=strange[0],
        )
    if len(set(known.values())) < len(known):
        raise PmdeskError(N_("The first line names a column twice."), N_("Leave out one of them."))


def _column_key(table: DecisionTable, name: str, offered: Sequence[Fact]) -> str | None:
    for fact in (*table.facts, *offered):
        if fold(name) in _spellings(fact.label, fact.key):
            return fact.key
    for output in Output:
        if fold(name) in {fold(text) for text in edits.titles(output)}:
            return output.name
    return None


def _spellings(words: Words, key: str) -> set[str]:
    return {fold(words.zh), fold(words.en), fold(key)}


def _lines(block: Block, *, fresh_from: int) -> list[Sequence[str]]:
    """Without the empty lines that would only make empty rows."""
    return [line for at, line in enumerate(block) if at < fresh_from or any(line)]


def _can_stand_last(table: DecisionTable, columns: Sequence[int], line: Sequence[str]) -> bool:
    rule = table.rules[-1]
    try:
        for column, text in zip(columns, line, strict=False):
            if _counts(table, column, text):
                rule = edits.entered_rule(table, rule, column, text)
    except PmdeskError:
        return False
    return True


def _with_rows(table: DecisionTable, at: int, count: int) -> DecisionTable:
    if len(table.rules) + count > MOST_RULES:
        raise PmdeskError(
            N_("The block needs {count} new rows; a table has at most {most}."),
            N_("Paste a smaller block."),
            count=count,
            most=MOST_RULES,
        )
    cells = tuple(ANY for _fact in table.facts)
    fresh = [
        Rule(id=name, cells=cells, tier=table.scheme.weakest)
        for name in edits.fresh_ids(table, count)
    ]
    return replace(table, rules=(*table.rules[:at], *fresh, *table.rules[at:]))


def _over(table: DecisionTable, row: int, columns: Sequence[int], block: Block) -> Pasted:
    rules = list(table.rules)
    refused: dict[tuple[str, int], Entry] = {}
    for down, line in enumerate(block):
        for column, text in _entries(table, columns, line):
            rule = rules[row + down]
            try:
                rules[row + down] = edits.entered_rule(table, rule, column, text)
            except PmdeskError as error:
                refused[rule.id, column] = (text, error)
    return Pasted(
        table=replace(table, rules=tuple(rules)),
        refused=refused,
        rows=range(row, row + len(block)),
        columns=tuple(columns[: max((len(line) for line in block), default=0)]),
    )


def _entries(
    table: DecisionTable, columns: Sequence[int], line: Sequence[str]
) -> Iterable[tuple[int, str]]:
    pairs = zip(columns, line, strict=False)
    return ((column, text) for column, text in pairs if _counts(table, column, text))


def _counts(table: DecisionTable, column: int, text: str) -> bool:
    """Numbers of people are not entered, and an empty tier leaves the one there is."""
    output = edits.output_at(table, column)
    return output is not Output.COUNT and not (output is Output.TIER and not text)
