"""Why a person has this tier, on paper: the inputs, the rule, and what would change it (D8, D9)."""

from collections.abc import Iterator

from pmdesk.domain.people import PersonId
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.purposes import CLASSIFICATION
from pmdesk.i18n import _, said
from pmdesk.rules.explain import ExplainedRule, Explanation, explain
from pmdesk.services.classification import table_of, values_of, withheld
from pmdesk.services.session import Session

_MOST = 3  # stronger rules that a letter names

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
    return (
        (_("Result"), said(table.scheme.tier_label(tier))),
        *_by_people(route is not None),
        (_("Rules"), _("version {version}, in force").format(version=active.version)),
        *_inputs(found, hidden),
        *_winner(found),
        *_changes(found, hidden),
        (
            _("What rules never read"),
            _("age, sex, health, income, origin, complaints, requests and unpaid fees"),
        ),
    )


def _by_people(human: bool) -> Rows:
    if not human:
        return ()
    return ((_("Decided by"), _("people: you objected to the program's result")),)


def _inputs(found: Explanation, hidden: frozenset[str]) -> Iterator[tuple[str, str]]:
    """What was looked at, each once; what this role does not see, the duty leader tells."""
    cells = {cell.fact.key: cell for row in found.rules for cell in row.asking}
    words = [
        f"{said(cell.fact.label)}{_(': ')}"
        f"{_('told in person by the duty leader') if key in hidden else cell.given}"
        for key, cell in cells.items()
    ]
    if words:
        yield _("Looked at"), "\n".join(words)


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
    lacks = _(", ").join(f"{said(cell.fact.label)} {cell.asked}" for cell in row.failing)
    tier = said(found.scheme.tier_label(row.rule.tier))
    return _("{tier}, if: {conditions}").format(tier=tier, conditions=lacks)
