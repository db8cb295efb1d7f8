"""What a table lacks: its last row, a reason, a field or an option that is gone."""

from collections.abc import Iterator, Sequence

from pmdesk.i18n import N_
from pmdesk.rules.facts import Fact, resolved
from pmdesk.rules.finding import Finding, FindingKind, Mend, Severity
from pmdesk.rules.table import DecisionTable


def lacking(table: DecisionTable, catalogue: Sequence[Fact]) -> Iterator[Finding]:
    """All that is missing; `catalogue` are the facts there are today."""
    yield from _last_row(table)
    yield from _reasons(table)
    yield from _gone(table, catalogue)


def with_last_row(table: DecisionTable) -> DecisionTable:
    """The table with a last row for everyone else, which has no reason yet."""
    return table if table.is_complete else table.with_rule(table.blank_rule())


def _last_row(table: DecisionTable) -> Iterator[Finding]:
    if not table.is_complete:
        yield Finding(
            kind=FindingKind.NO_LAST_ROW,
            severity=Severity.ERROR,
            sentence=N_("The last row for everyone else is missing: any, with the lowest tier."),
            remedy=N_("Add this row at the end."),
            mend=Mend(words=N_("Add the last row"), apply=with_last_row),
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
    by_key = {fact.key: fact for fact in catalogue}
    for column, fact in enumerate(table.facts):
        today = resolved(fact.key, by_key)  # groups of options are made from those there are
        if today is None or today.type is not fact.type:
            yield Finding(
                kind=FindingKind.FACT_GONE,
                severity=Severity.ERROR,
                fact=fact.key,
                rules=tuple(r.id for r in table.rules if not r.cells[column].is_any),
                sentence=N_("The field “{label}” is no longer in the catalogue."),
                remedy=N_("Remove this column, or bring the field back."),
                places={"label": fact.label},
            )
        elif today.options:
            yield from _gone_options(table, column, today)


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
