"""What an edited table changed beside the version that is in force."""

from collections.abc import Iterator

from pmdesk.i18n import N_, said
from pmdesk.rules.cells import ANY, Cell
from pmdesk.rules.check import Finding, FindingKind, Severity
from pmdesk.rules.table import DecisionTable
from pmdesk.rules.words import labelled_words


def stale_reasons(before: DecisionTable, after: DecisionTable) -> tuple[Finding, ...]:
    """A warning for each row that asks for something else now and still gives the old reason.

    The reason is shown to the person: one that names a condition which is no longer asked is false.
    """
    old = {rule.id: rule for rule in before.rules}
    return tuple(
        Finding(
            kind=FindingKind.STALE_REASON,
            severity=Severity.WARNING,
            rules=(rule.id,),
            sentence=N_(
                "Row {row} asks for something else than before ({changes}), but its reason"
                " is the same."
            ),
            remedy=N_("Read the reason again: the person is shown it."),
            places={"row": place + 1, "changes": changes},
        )
        for place, rule in enumerate(after.rules)
        if rule.id in old
        and rule.reason == old[rule.id].reason
        and (changes := "; ".join(_changes(before, after, rule.id)))
    )


def _changes(before: DecisionTable, after: DecisionTable, rule_id: str) -> Iterator[str]:
    old, new = _cells(before, rule_id), _cells(after, rule_id)
    facts = {fact.key: fact for fact in (*before.facts, *after.facts)}
    for key, fact in facts.items():
        was, now = old.get(key, ANY), new.get(key, ANY)
        if was != now:
            yield f"{said(fact.label)}: {labelled_words(was, fact)} → {labelled_words(now, fact)}"


def _cells(table: DecisionTable, rule_id: str) -> dict[str, Cell]:
    keys = (fact.key for fact in table.facts)
    return dict(zip(keys, table.rule(rule_id).cells, strict=True))
