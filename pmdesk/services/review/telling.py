"""Whether every rule can be told to the person it decides about, and was tried on examples."""

from collections.abc import Sequence
from dataclasses import replace

from pmdesk.domain.reviews import ItemResult, Spot, failed, passed
from pmdesk.i18n import N_
from pmdesk.rules.examples import Example
from pmdesk.rules.explain import explain
from pmdesk.rules.rule import Rule
from pmdesk.rules.table import LONGEST_REASON, DecisionTable
from pmdesk.services.review.examples import unproved, witness
from pmdesk.services.review.sight import Sight
from pmdesk.services.review.wording import REASON

READABLE, TRIED = "LR-11", "LR-13"


def readable(sight: Sight) -> ItemResult:
    """LR-11: each rule has a reason, and its explanation can be made for somebody it fits."""
    for rule in sight.table.rules:
        row = sight.row(rule)
        if not 0 < len(rule.reason.strip()) <= LONGEST_REASON:
            spots = (Spot(rule=rule.id, fact=REASON),)
            sentence = N_("Row {row} has no reason of at most {count} characters.")
            return failed(READABLE, sentence, spots, row=row, count=LONGEST_REASON)
        if not _explains(sight.table, rule):
            spots = (Spot(rule=rule.id),)
            return failed(READABLE, N_("Row {row} cannot be explained to anybody."), spots, row=row)
    return passed(READABLE, N_("Each row has a reason and can be explained case by case."))


def tried_out(sight: Sight, known: Sequence[Example]) -> ItemResult:
    """LR-13: each rule has an example that fits and one that does not, and all hold."""
    rules = unproved(sight.table, known)
    if rules:
        spots = tuple(Spot(rule=rule) for rule in rules)
        row = sight.table.place_of(rules[0]) + 1
        sentence = N_("Row {row} lacks an example, or its example fails ({count} rows in all).")
        return failed(TRIED, sentence, spots, row=row, count=len(rules))
    return passed(TRIED, N_("All {count} examples hold."), count=len(known))


def _explains(table: DecisionTable, rule: Rule) -> bool:
    person = witness(table, rule)
    if person is None:
        return False
    own = explain(replace(table, rules=(rule,)), person).rules[0]
    return own.fits and all(cell.asked and cell.given for cell in own.asking)
