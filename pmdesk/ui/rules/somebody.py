"""A finding's example person in words: only what the rows in question ask about."""

from collections.abc import Iterator, Mapping

from pmdesk.i18n import _, said
from pmdesk.rules.facts import Fact, Value
from pmdesk.rules.finding import Finding
from pmdesk.rules.table import DecisionTable
from pmdesk.rules.words import value_words

_MOST = 6  # facts in one sentence


def example_words(table: DecisionTable, finding: Finding) -> str:
    """Whom the finding is about, for example; nothing where it names nobody."""
    example = finding.example
    if example is None:
        return ""
    asked = [fact for fact in _asked(table, finding) if fact.key in example]
    told = _told([fact for fact in asked if example[fact.key] is not None], example)
    parts = [_part(fact, example) for fact in told[:_MOST]]
    if len(told) > _MOST:
        parts.append(_("and so on"))
    if any(example[fact.key] is None for fact in asked):
        parts.append(_("everything else unknown") if parts else _("everything unknown"))
    return _("For example: {person}").format(person=_("; ").join(parts)) if parts else ""


def _told(known: list[Fact], example: Mapping[str, Value]) -> list[Fact]:
    """Of a list only the options that the person chose, where any was chosen."""
    filled = {fact.list for fact in known if fact.list and example[fact.key]}
    return [fact for fact in known if example[fact.key] or fact.list not in filled]


def _part(fact: Fact, example: Mapping[str, Value]) -> str:
    words = value_words(example[fact.key], fact)
    return _("{label}: {value}").format(label=said(fact.label), value=words)


def _asked(table: DecisionTable, finding: Finding) -> Iterator[Fact]:
    """What the rows of the finding ask about; of a gap, what any row does."""
    rows = [rule for rule in table.rules if rule.id in finding.rules] or list(table.rules)
    for column, fact in enumerate(table.facts):
        if fact.key == finding.fact or any(not rule.cells[column].is_any for rule in rows):
            yield fact
