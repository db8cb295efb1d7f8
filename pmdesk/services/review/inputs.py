"""What rules ask for: catalogued, open to rules, not sensitive, not retaliating, not combined."""

from collections.abc import Iterator

from pmdesk.analytics.facts import fact_of, field_of
from pmdesk.domain.fields import Field, RuleUse, Sensitivity
from pmdesk.domain.reviews import ItemResult, Spot, failed, passed
from pmdesk.domain.screening import Use
from pmdesk.i18n import N_, Words
from pmdesk.rules.facts import Fact
from pmdesk.rules.rule import Rule
from pmdesk.services.review import declared
from pmdesk.services.review.declared import Limit
from pmdesk.services.review.sight import Sight
from pmdesk.services.review.wording import said_wrongly, screened

CATALOGUED, SENSITIVE, RETALIATION, COMBINED = "LR-01", "LR-02", "LR-07", "LR-08"


def catalogued(sight: Sight) -> ItemResult:
    """LR-01: only what the catalogue offers to rules, and only for what it is offered."""
    for column, fact in sight.columns:
        known = fact_of(sight.catalogue, fact.key)
        if known is None or known.type is not fact.type:
            sentence = N_("“{label}” is nothing that rules may ask for.")
            return failed(CATALOGUED, sentence, sight.asking(column), label=fact.label)
    return beyond_limits(sight, CATALOGUED) or passed(
        CATALOGUED, N_("All {count} columns are in the catalogue."), count=len(sight.table.facts)
    )


def beyond_limits(sight: Sight, item: str) -> ItemResult | None:
    """The first row that decides more than its fields are there for; None where none does."""
    for rule in sight.ruling:
        for limit in declared.limits():
            if limit.item == item and (fact := _overstepped(sight, rule, limit)):
                sentence = N_("Row {row}: “{label}” {why}.")
                spots = (Spot(rule=rule.id, fact=fact.key),)
                row = sight.row(rule)
                return failed(item, sentence, spots, row=row, label=fact.label, why=limit.why)
    return None


def not_sensitive(sight: Sight) -> ItemResult:
    """LR-02: nothing sensitive, refused, about minors, or standing for such a thing."""
    for column, fact in sight.columns:
        if why := _locked(sight, fact):
            sentence = N_("“{label}”: {why}")
            return failed(SENSITIVE, sentence, sight.asking(column), label=fact.label, why=why)
    return passed(SENSITIVE, N_("No column is sensitive, refused or stands for such a thing."))


def not_retaliating(sight: Sight) -> ItemResult:
    """LR-07: nothing depends on arrears, complaints, refusals or rights."""
    for column, fact in sight.columns:
        if field_of(fact.key) in declared.retaliation():
            sentence = N_("“{label}” must not be a condition: that would be retaliation.")
            return failed(RETALIATION, sentence, sight.asking(column), label=fact.label)
    return said_wrongly(sight, RETALIATION) or passed(
        RETALIATION, N_("Nothing depends on arrears, complaints, refusals or rights.")
    )


def not_combined(sight: Sight) -> ItemResult:
    """LR-08: no row asks for two things that together reveal what neither tells."""
    for rule in sight.ruling:
        fields = sight.fields(rule)
        for banned in declared.combinations():
            if all(part & fields for part in banned.parts):
                both = frozenset[str]().union(*banned.parts)
                sentence = N_("Row {row}: {why}.")
                spots = tuple(_spots(sight, rule, both))
                return failed(COMBINED, sentence, spots, row=sight.row(rule), why=banned.why)
    return passed(COMBINED, N_("No row combines what must not meet."))


def _spots(sight: Sight, rule: Rule, fields: frozenset[str]) -> Iterator[Spot]:
    for fact in sight.asked(rule):
        if field_of(fact.key) in fields:
            yield Spot(rule=rule.id, fact=fact.key)


def _overstepped(sight: Sight, rule: Rule, limit: Limit) -> Fact | None:
    """The fact for the sake of which the rule gives too much."""
    if rule.tier == sight.table.scheme.weakest and rule.tags <= limit.tags:
        return None
    asked = (fact for fact in sight.asked(rule) if field_of(fact.key) in limit.fields)
    return next(asked, None)


def _locked(sight: Sight, fact: Fact) -> Words | None:
    """Why no rule may read this; None where it may."""
    known = {field.key: field for field in sight.catalogue.fields}
    field = known.get(field_of(fact.key))
    if field is not None and (why := _refused_use(field)):
        return why
    for text in (*fact.label, fact.key):
        for hit in screened(text, sight.lexicon, Use.NAME):
            if hit.word:
                return hit.why
    return None


def _refused_use(field: Field) -> Words | None:
    if field.sensitivity is Sensitivity.SENSITIVE:
        return field.rule_limit or _SENSITIVE
    if field.rule_use is not RuleUse.YES:
        return field.rule_limit or _CLOSED
    return None


_SENSITIVE = Words(
    "这是敏感个人信息，不能用来分类。",
    "This is sensitive personal information and never classifies.",
)
_CLOSED = Words("目录里没有开放给规则使用。", "The catalogue does not open it to rules.")
