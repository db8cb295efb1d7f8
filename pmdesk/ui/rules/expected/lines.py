"""An example as a line of the list: whom it is about, what is expected, what the rules give."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pmdesk.i18n import N_, _, said
from pmdesk.rules.evaluate import evaluate
from pmdesk.rules.examples import Example, Verdict
from pmdesk.rules.facts import Fact, Value
from pmdesk.rules.table import DecisionTable
from pmdesk.rules.words import value_words
from pmdesk.services.rule_examples import Examples
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.pill import Badge

_VERDICTS: Mapping[Verdict, tuple[str, Tone, str]] = {
    Verdict.OPEN: (N_("to be answered"), Tone.WARN, "circle-help"),
    Verdict.HOLDS: (N_("as expected"), Tone.GOOD, "circle-check"),
    Verdict.FAILS: (N_("not as expected"), Tone.PROBLEM, "circle-alert"),
    Verdict.GONE: (N_("its row is gone"), Tone.NEUTRAL, "circle-minus"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One example with everything that the list says of it."""

    place: int  # in the list of examples
    example: Example
    verdict: Verdict
    row: str
    person: str
    expected: str
    given: str


def lines(found: Examples) -> tuple[Line, ...]:
    """A line for each example, in their order."""
    rows = {rule.id: str(place) for place, rule in enumerate(found.table.rules, 1)}
    return tuple(
        Line(
            place=place,
            example=one,
            verdict=verdict,
            row=rows.get(one.rule, "—"),
            person=person_words(found.table, one),
            expected=_tier(found.table, one.tier) if one.tier else "",
            given="" if verdict is Verdict.GONE else _given(found.table, one),
        )
        for place, (one, verdict) in enumerate(zip(found.examples, found.verdicts, strict=True))
    )


def badge(verdict: Verdict) -> Badge:
    """The look of a verdict."""
    words, tone, picture = _VERDICTS[verdict]
    return Badge(words=_(words), tone=tone, icon=picture)


def side(example: Example) -> str:
    """Whether the row should fit."""
    return _("fits the row") if example.fires else _("just misses the row")


def person_words(table: DecisionTable, example: Example) -> str:
    """What is known of the person; of the rest, that it is unknown."""
    known = {key: value for key, value in example.values.items() if value is not None}
    told = [part for facts in _together(table.facts) if (part := _part(facts, known))]
    if not told:
        return _("somebody of whom nothing is known")
    rest = len(known) < len(table.facts)
    return _("; ").join([*told, _("the rest unknown")] if rest else told)


def _together(facts: Sequence[Fact]) -> Iterator[tuple[Fact, ...]]:
    """The facts in order, those about one list together."""
    lists = {fact.list: tuple(f for f in facts if f.list == fact.list) for fact in facts}
    for fact in facts:
        if not fact.list:
            yield (fact,)
        elif lists[fact.list][0] is fact:
            yield lists[fact.list]


def _part(facts: Sequence[Fact], known: Mapping[str, Value]) -> str:
    first = facts[0]
    if not first.list:
        value = known.get(first.key)
        words = value_words(value, first)
        return "" if value is None else f"{said(first.label)}{_(': ')}{words}"
    if not any(fact.key in known for fact in facts):
        return ""
    mark = _(": ")
    chosen = [said(fact.label).partition(mark)[2] for fact in facts if known.get(fact.key)]
    head = said(first.label).partition(mark)[0]
    return f"{head}{mark}{_(', ').join(chosen) or _('none of these')}"


def _given(table: DecisionTable, example: Example) -> str:
    return _tier(table, evaluate(table, example.values).tier)


def _tier(table: DecisionTable, tier: str) -> str:
    known = dict(table.scheme.tiers)
    return said(known[tier]) if tier in known else tier
