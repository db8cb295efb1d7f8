"""Examples: an invented person, and the tier that the author expects for it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from pmdesk.errors import PmdeskError
from pmdesk.i18n import N_
from pmdesk.rules.evaluate import checked_values, evaluate, fits
from pmdesk.rules.facts import Fact, FactType, Value
from pmdesk.rules.proofs.people import firing_example, near_miss
from pmdesk.rules.table import DecisionTable

MOST_EXAMPLES = 3000  # three for each row of the largest table


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """Somebody whom a row should fit, or whom it should not, and the tier to be given.

    Without a tier nobody has said yet what is expected.
    """

    rule: str  # the id of the row it is about
    fires: bool
    values: Mapping[str, Value]  # by fact key; a missing one is unknown
    tier: str = ""


class Verdict(StrEnum):
    """What the table makes of an example."""

    OPEN = "open"  # nobody has said what is expected
    HOLDS = "holds"
    FAILS = "fails"
    GONE = "gone"  # its row or a field that it speaks of is no longer in the table


def verdict(table: DecisionTable, example: Example) -> Verdict:
    """Whether the table gives what is expected, by the row that should give it."""
    keys = {fact.key for fact in table.facts}
    known = example.rule in {rule.id for rule in table.rules}
    if not known or not example.values.keys() <= keys:
        return Verdict.GONE
    if not example.tier:
        return Verdict.OPEN
    fired = fits(table.rule(example.rule), checked_values(table, example.values))
    given = evaluate(table, example.values).tier
    agrees = (fired, given) == (example.fires, example.tier)
    return Verdict.HOLDS if agrees else Verdict.FAILS


def lacking(table: DecisionTable, examples: Sequence[Example]) -> tuple[tuple[str, bool], ...]:
    """The rows without an example that holds: once for “fits”, once for “does not fit”.

    A row such as that for everyone else fits everyone, so nobody can miss it.
    """
    held = {(one.rule, one.fires) for one in examples if verdict(table, one) is Verdict.HOLDS}
    return tuple(pair for pair in _wanted(table) if pair not in held)


def proposed(table: DecisionTable, known: Sequence[Example]) -> tuple[Example, ...]:
    """The examples without those that are gone, and one for each row and side still without.

    The people are made up here; which tier they should get, somebody has to say.
    """
    kept = [one for one in known if verdict(table, one) is not Verdict.GONE]
    there = {(one.rule, one.fires) for one in kept}
    for rule, fires in lacking(table, kept):
        made = firing_example(table, rule) if fires else near_miss(table, rule)
        if made is not None and (rule, fires) not in there:
            kept.append(Example(rule=rule, fires=fires, values=made))
    order = {rule.id: place for place, rule in enumerate(table.rules)}
    return tuple(sorted(kept, key=lambda one: (order[one.rule], not one.fires)))


def accepted(table: DecisionTable, known: Sequence[Example]) -> tuple[Example, ...]:
    """The examples in which whatever nobody answered is expected as the table gives it."""
    return tuple(
        replace(one, tier=evaluate(table, one.values).tier)
        if verdict(table, one) is Verdict.OPEN
        else one
        for one in known
    )


def written(examples: Sequence[Example]) -> str:
    """The examples as canonical JSON; days as ISO dates."""
    content = [
        {
            "fires": one.fires,
            "rule": one.rule,
            "tier": one.tier,
            "values": {key: _plain(value) for key, value in one.values.items()},
        }
        for one in examples
    ]
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read(text: str, facts: Sequence[Fact]) -> tuple[Example, ...]:
    """The examples that `text` holds; a day is read as such where its fact is a date."""
    dates = {fact.key for fact in facts if fact.type is FactType.DATE}
    try:
        return tuple(
            Example(
                rule=one["rule"],
                fires=one["fires"],
                values={
                    key: date.fromisoformat(value) if key in dates and value else value
                    for key, value in one["values"].items()
                },
                tier=one["tier"],
            )
            for one in json.loads(text)
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        raise PmdeskError(
            N_("The examples of this version cannot be read."),
            N_("Copy the version as a draft and make them anew."),
        ) from None


def _wanted(table: DecisionTable) -> Iterator[tuple[str, bool]]:
    for rule in table.rules:
        yield rule.id, True
        if not rule.fits_everyone:
            yield rule.id, False


def _plain(value: Value) -> object:
    return value.isoformat() if isinstance(value, date) else value
