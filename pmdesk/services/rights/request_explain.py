"""Why a person has this tier, on paper: the inputs, the rule, and what would change it (D8, D9)."""

from collections.abc import Collection, Iterator

from pmdesk.analytics.facts import field_of
from pmdesk.domain.orders.plan_draft import drafted
from pmdesk.domain.people import PersonId
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.purposes import CLASSIFICATION
from pmdesk.i18n import _, said
from pmdesk.rules.explain import ExplainedCell, ExplainedRule, Explanation, explain
from pmdesk.rules.table import DecisionTable
from pmdesk.services import rules_history
from pmdesk.services.classification import table_of, values_of, withheld
from pmdesk.services.orders.floor import in_force
from pmdesk.services.plans.papers import tier_rows
from pmdesk.services.rights import looked_at
from pmdesk.services.session import Session

_MOST = 3  # stronger rules that a letter names
_BUDGET = "addon_budget_band"  # the one input that is about money, as people declare it themselves

Rows = tuple[tuple[str, str], ...]


def explained(session: Session, work: UnitOfWork, person: PersonId | None) -> Rows:
    """The rows of the letter; of somebody whom no rule looks at: that the standard applies."""
    active = work.rulesets.active()
    live = {} if person is None else work.consents.live(person)
    if active is None or person is None or CLASSIFICATION not in live:
        return (
            (
                _("Result"),
                _("No rule looks at you: served as standard, with everything the contract says."),
            ),
        )
    table = table_of(work, active.document)
    hidden = withheld(session, work.catalogue.live(), table)
    found = explain(table, values_of(session, work, person, table))
    route = work.acts.human_route(person)
    result = work.classifications.of(person)
    tier = result.tier if result else found.outcome.tier
    tags = result.tags if result else found.outcome.tags
    return (
        (_("Result"), said(table.scheme.tier_label(tier))),
        *_meaning(session, work, tier),
        *_tags(table, tags),
        *_before(work, person, tier),
        *_by_people(route is not None),
        (_("Rules"), _("version {version}, in force").format(version=active.version)),
        *_inputs(found, hidden),
        *_winner(found),
        *_changes(found, hidden),
        *_never(found),
    )


def _meaning(session: Session, work: UnitOfWork, tier: str) -> Iterator[tuple[str, str]]:
    """What the tier is, and what the service plans promise it beyond the contract."""
    for one in work.catalogue.live().tiers:
        if one.code == tier:
            yield _("What this tier means"), said(one.meaning)
            plan = in_force(work, session.clock.today())
            yield from tier_rows(drafted(plan), one)


def _tags(table: DecisionTable, tags: Collection[str]) -> Iterator[tuple[str, str]]:
    names = [said(table.scheme.tag_label(key)) for key in table.scheme.tag_keys if key in tags]
    if names:
        yield _("Tags"), _(", ").join(names)


def _before(work: UnitOfWork, person: PersonId, tier: str) -> Iterator[tuple[str, str]]:
    """The last other tier, where there was one."""
    for step in rules_history.steps(work, person):
        if step.until is not None and step.tier != tier:
            words = _("{tier} (until {day})")
            yield (
                _("Before that"),
                words.format(tier=said(step.name), day=step.until.isoformat()),
            )
            return


def _by_people(human: bool) -> Rows:
    if not human:
        return ()
    return ((_("Decided by"), _("people: you objected to the program's result")),)


def _inputs(found: Explanation, hidden: frozenset[str]) -> Iterator[tuple[str, str]]:
    """What was looked at, each once."""
    words = tuple(looked_at.lines(_asking(found).values(), hidden))
    if words:
        yield _("Looked at"), "\n".join(words)


def _never(found: Explanation) -> Iterator[tuple[str, str]]:
    """What no rule reads; of a declared budget that is read: what it is for, and no more."""
    words = _("age, sex, health, income, origin, complaints, requests and unpaid fees")
    if any(field_of(key) == _BUDGET for key in _asking(found)):
        words = _(
            "age, sex, health, level of income, origin, complaints, requests and unpaid fees; the"
            " add-on budget that you declared yourself only decides which add-ons are shown first"
        )
    yield _("What rules never read"), words


def _asking(found: Explanation) -> dict[str, ExplainedCell]:
    return {cell.fact.key: cell for row in found.rules for cell in row.asking}


def _winner(found: Explanation) -> Iterator[tuple[str, str]]:
    if found.winner is not None:
        yield _("Rule that fits"), found.winner.rule.reason


def _changes(found: Explanation, hidden: frozenset[str]) -> Iterator[tuple[str, str]]:
    rows = [
        row
        for row in found.why_not()
        if row.failing and not any(cell.fact.key in hidden for cell in row.failing)
    ][:_MOST]
    if rows:
        yield _("What would change it"), "\n".join(_lacking(found, row) for row in rows)


def _lacking(found: Explanation, row: ExplainedRule) -> str:
    lacks = _("; ").join(looked_at.asked(cell) for cell in row.failing)
    tier = said(found.scheme.tier_label(row.rule.tier))
    return _("{tier}, if: {conditions}").format(tier=tier, conditions=lacks)
