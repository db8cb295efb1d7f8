"""Static checks of a table: rows that can never decide, repeat, or lack something."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from pmdesk.errors import PmdeskError
from pmdesk.i18n import N_, told
from pmdesk.rules.classes import column_masks
from pmdesk.rules.facts import Fact
from pmdesk.rules.table import DecisionTable

_SAME = (N_("Row {row} says the same as row {other}."), N_("Remove one of the two."))
_NEVER = (
    N_("Row {row} can never fire: row {other} always decides before it."),
    N_("Narrow row {other} or remove row {row}."),
)


class FindingKind(StrEnum):
    """What is wrong."""

    MASKED = "masked"
    IDENTICAL = "identical"
    NO_LAST_ROW = "no_last_row"
    NO_REASON = "no_reason"
    FACT_GONE = "fact_gone"
    OPTION_GONE = "option_gone"
    STALE_REASON = "stale_reason"


class Severity(StrEnum):
    """An error keeps the table from being used; a warning asks for a look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing about a table, with the rules and the column it is about, the first to blame."""

    kind: FindingKind
    severity: Severity
    sentence: str
    remedy: str
    rules: tuple[str, ...] = ()
    fact: str | None = None
    places: Mapping[str, object] = field(default_factory=dict)

    def words(self) -> str:
        """What is wrong and what to do, in the user's language."""
        return told(PmdeskError(self.sentence, self.remedy, **self.places))


def check(table: DecisionTable, catalogue: Sequence[Fact] | None = None) -> tuple[Finding, ...]:
    """All findings; `catalogue` are the facts there are today, by default the table's own."""
    return (
        *_last_row(table),
        *_reasons(table),
        *_gone(table, table.facts if catalogue is None else catalogue),
        *_needless(table),
    )


def _last_row(table: DecisionTable) -> Iterator[Finding]:
    if not table.is_complete:
        yield Finding(
            kind=FindingKind.NO_LAST_ROW,
            severity=Severity.ERROR,
            sentence=N_("The last row for everyone else is missing: any, with the lowest tier."),
            remedy=N_("Add this row at the end."),
        )


def _reasons(table: DecisionTable) -> Iterator[Finding]:
    for place, rule in enumerate(table.rules):
        if not rule.reason.strip():
            yield Finding(
                kind=FindingKind.NO_REASON,
                severity=Severity.ERROR,
                rules=(rule.id,),
                sentence=N_("Row {row} gives no reason that can be shown to the person."),
                remedy=N_("Write one in a short sentence."),
                places={"row": place + 1},
            )


def _gone(table: DecisionTable, catalogue: Sequence[Fact]) -> Iterator[Finding]:
    today = {fact.key: fact for fact in catalogue}
    for column, fact in enumerate(table.facts):
        if fact.key not in today or today[fact.key].type is not fact.type:
            yield Finding(
                kind=FindingKind.FACT_GONE,
                severity=Severity.ERROR,
                fact=fact.key,
                rules=tuple(r.id for r in table.rules if not r.cells[column].is_any),
                sentence=N_("The field “{label}” is no longer in the catalogue."),
                remedy=N_("Remove this column, or bring the field back."),
                places={"label": fact.label},
            )
        elif today[fact.key].options:
            yield from _gone_options(table, column, today[fact.key])


def _gone_options(table: DecisionTable, column: int, today: Fact) -> Iterator[Finding]:
    old = table.facts[column]
    for place, rule in enumerate(table.rules):
        for value in rule.cells[column].values:
            if value not in today.codes:
                yield Finding(
                    kind=FindingKind.OPTION_GONE,
                    severity=Severity.ERROR,
                    fact=today.key,
                    rules=(rule.id,),
                    sentence=N_("Row {row}: “{label}” no longer has the option “{option}”."),
                    remedy=N_("Choose another option."),
                    places={
                        "row": place + 1,
                        "label": today.label,
                        "option": old.option_label(str(value)),
                    },
                )


def _needless(table: DecisionTable) -> Iterator[Finding]:
    turn = {place: turn for turn, place in enumerate(table.deciding_order)}
    columns = [
        column_masks([rule.cells[column] for rule in table.rules], fact)
        for column, fact in enumerate(table.facts)
    ]
    for place in range(len(table.rules) - table.is_complete):
        wider = _including(place, columns, len(table.rules))
        masking = [other for other in wider if turn[other] < turn[place]]
        if masking and _adds_no_tag(table, place, wider, masking):
            yield _masked(table, place, min(masking, key=lambda other: turn[other]))


def _including(place: int, columns: Sequence[Sequence[int]], count: int) -> list[int]:
    """The other rules that fit whenever the rule at `place` does."""
    alive = [other for other in range(count) if other != place]
    for masks in columns:
        own = masks[place]
        alive = [other for other in alive if not own & ~masks[other]]
    return alive


def _adds_no_tag(
    table: DecisionTable, place: int, wider: Sequence[int], masking: Sequence[int]
) -> bool:
    """Whether others give its tags too; of equal later rules one must keep them."""
    own = table.rules[place]
    givers = [o for o in wider if o in masking or table.rules[o].cells != own.cells]
    return own.tags <= frozenset[str]().union(*(table.rules[other].tags for other in givers))


def _masked(table: DecisionTable, place: int, other: int) -> Finding:
    own, masker = table.rules[place], table.rules[other]
    is_same = (own.cells, own.tier, own.tags) == (masker.cells, masker.tier, masker.tags)
    return Finding(
        kind=FindingKind.IDENTICAL if is_same else FindingKind.MASKED,
        severity=Severity.WARNING,
        rules=(own.id, masker.id),
        sentence=_SAME[0] if is_same else _NEVER[0],
        remedy=_SAME[1] if is_same else _NEVER[1],
        places={"row": place + 1, "other": other + 1},
    )
