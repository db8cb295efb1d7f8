"""Rules only add: never below the standard, no prices, and nothing lost for a missing answer."""

from collections.abc import Iterator

from pmdesk.domain.reviews import ItemResult, Spot, failed, passed
from pmdesk.i18n import N_
from pmdesk.rules.cells import known
from pmdesk.rules.classes import cut
from pmdesk.rules.rule import HitPolicy
from pmdesk.rules.table import DecisionTable
from pmdesk.services.review.inputs import beyond_limits
from pmdesk.services.review.sight import Sight
from pmdesk.services.review.trials import Trial
from pmdesk.services.review.wording import said_wrongly

ADDITIVE, PRICES, BLANKS = "LR-04", "LR-05", "LR-06"

_LESS = N_("Row {row} gives less than row {other} and comes first: who fits both would lose.")


def adds_only(sight: Sight, trial: Trial | None) -> ItemResult:
    """LR-04: everyone keeps the standard, and no row takes away what another gives."""
    table = sight.table
    if not _is_floored(sight):
        return failed(ADDITIVE, N_("The table gives other tiers or tags than the catalogue has."))
    if not table.is_complete:
        return failed(
            ADDITIVE, N_("The last row for everyone else, with the standard, is missing.")
        )
    if pair := next(taking(table), None):
        row, other = pair
        spots = tuple(Spot(rule=table.rules[place].id) for place in pair)
        return failed(ADDITIVE, _LESS, spots, row=row + 1, other=other + 1)
    if wrong := said_wrongly(sight, ADDITIVE):
        return wrong
    return _tried(table, trial)


def taking(table: DecisionTable) -> Iterator[tuple[int, int]]:
    """Rows that come first although they give less, each with one from which they could take.

    Where the strongest tier wins there are none. Otherwise two rows that can fit the same person
    are named unless an earlier row, at least as strong, takes all such people before.
    """
    if table.policy is HitPolicy.PRIORITY:
        return
    ranks = [table.scheme.rank(rule.tier) for rule in table.rules]
    held = [
        cut([rule.cells[place] for rule in table.rules], fact).held
        for place, fact in enumerate(table.facts)
    ]
    for later, rank in enumerate(ranks):
        for first in range(later):
            both = [column[first] & column[later] for column in held]
            saved = any(
                ranks[row] >= rank
                and all(not own & ~column[row] for own, column in zip(both, held, strict=True))
                for row in range(first)
            )
            if ranks[first] < rank and all(both) and not saved:
                yield first, later


def changes_no_price(sight: Sight, open_lines: tuple[str, ...]) -> ItemResult:
    """LR-05: the outputs are services, money decides nothing, and each add-on has one price."""
    if not _is_floored(sight):
        return failed(PRICES, N_("The table gives other results than tiers and tags."))
    if beyond := beyond_limits(sight, PRICES):
        return beyond
    if wrong := said_wrongly(sight, PRICES):
        return wrong
    twice = next((name for name in open_lines if open_lines.count(name) > 1), "")
    if twice:
        return failed(PRICES, N_("“{name}” stands in the price list twice."), name=twice)
    return passed(PRICES, N_("Tiers and tags only; every add-on has one price for everybody."))


def blanks_cost_nothing(sight: Sight, trial: Trial | None) -> ItemResult:
    """LR-06: nobody gets less for a missing answer, nor more for having given any answer."""
    for column, fact in sight.columns:
        everything = known(fact)
        for rule in sight.ruling:
            if everything is not None and rule.cells[column] == everything:
                sentence = N_("Row {row} fits whoever answered “{label}”, whatever the answer.")
                spots = (Spot(rule=rule.id, fact=fact.key),)
                return failed(BLANKS, sentence, spots, row=sight.row(rule), label=fact.label)
    if pair := next(_unknown_first(sight), None):
        row, fact_key = pair
        label = sight.table.facts[sight.table.column_of(fact_key)].label
        spots = (Spot(rule=sight.table.rules[row].id, fact=fact_key),)
        sentence = N_("Row {row} gives less because “{label}” is unknown.")
        return failed(BLANKS, sentence, spots, row=row + 1, label=label)
    if wrong := said_wrongly(sight, BLANKS):
        return wrong
    if trial is not None and trial.blanked is not None:
        spot = Spot(rule=sight.table.rules[trial.blanked.row].id, fact=trial.blanked.fact)
        sentence = N_("Row {row} gives less to somebody who left an answer blank.")
        return failed(BLANKS, sentence, (spot,), row=trial.blanked.row + 1)
    return passed(BLANKS, N_("A blank costs nothing; everyone else has the standard."))


def _unknown_first(sight: Sight) -> Iterator[tuple[int, str]]:
    """Rows that ask for unknown and come before a stronger one that can fit too."""
    asking = {
        place: fact.key
        for place, rule in enumerate(sight.table.rules)
        for fact, cell in zip(sight.table.facts, rule.cells, strict=True)
        if cell.unknown and not cell.is_any
    }
    if asking:
        yield from ((row, asking[row]) for row, _other in taking(sight.table) if row in asking)


def _is_floored(sight: Sight) -> bool:
    tiers = tuple(tier.code for tier in sight.catalogue.tiers)
    tags = tuple(tag.code for tag in sight.catalogue.tags)
    scheme = sight.table.scheme
    return (scheme.tier_keys, scheme.tag_keys) == (tiers, tags)


def _tried(table: DecisionTable, trial: Trial | None) -> ItemResult:
    if trial is None:
        return passed(ADDITIVE, N_("Proved for every person; random people are tried on request."))
    if trial.taken is not None:
        spot = Spot(rule=table.rules[trial.taken.row].id)
        sentence = N_("Row {row} takes away what another row gives to the same person.")
        return failed(ADDITIVE, sentence, (spot,), row=trial.taken.row + 1)
    if not trial.agrees:
        return failed(ADDITIVE, N_("The program and its own proof disagree about a person."))
    sentence = N_("Proved for every person, and tried with {count} random ones.")
    return passed(ADDITIVE, sentence, count=trial.cases)
