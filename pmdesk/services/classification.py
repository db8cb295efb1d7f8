"""The 客户分类表: who has which tier, and why, cell by cell."""

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, replace

from pmdesk.analytics.facts import facts, field_of
from pmdesk.domain import office
from pmdesk.domain.catalogue import Catalogue
from pmdesk.domain.classification import Cause, Classification, ResidentQuery, Ruleset
from pmdesk.domain.office import Changes
from pmdesk.domain.people import PersonId
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.staff import Permission
from pmdesk.errors import NotFoundError
from pmdesk.i18n import N_
from pmdesk.rules.explain import Explanation, explain
from pmdesk.rules.facts import Value
from pmdesk.rules.table import DecisionTable
from pmdesk.services import rules_history
from pmdesk.services.rules_history import TierStep
from pmdesk.services.session import Session, about


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """Why a person has a tier: the version, the result and each rule with each of its cells."""

    ruleset: Ruleset
    classification: Classification
    explanation: Explanation
    table: DecisionTable
    withheld: frozenset[str]  # facts that this role does not see; their values are left out
    human: str = ""  # the reason of the person who decided instead of the rules
    decided_by: str = ""
    tiers: tuple[TierStep, ...] = ()  # what held before and holds now, newest first


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What the classification table needs beside its rows."""

    catalogue: Catalogue
    buildings: tuple[str, ...]
    reasons: Mapping[str, str]  # of the active rules, by rule
    active: Ruleset | None
    people: int
    classified: int


def table_of(work: UnitOfWork, document: str) -> DecisionTable:
    """The decision table of a stored document, read with the facts of the live catalogue."""
    return DecisionTable.from_json(document, facts(work.catalogue.live()))


def values_of(
    session: Session, work: UnitOfWork, person: PersonId, table: DecisionTable
) -> Mapping[str, Value]:
    """What the table may read of the person today, by fact key."""
    asked = tuple(fact.key for fact in table.facts)
    return work.classifications.facts(person, today=session.clock.today(), asked=asked)


def reclassify(
    session: Session, work: UnitOfWork, person: PersonId, cause: Cause = Cause.EDIT
) -> None:
    """The person's result fits the present values and consent; without a live rule set: none."""
    active = work.rulesets.active()
    if active is not None:
        today = session.clock.today()
        work.classifications.classify(active, today=today, person=person, cause=cause)


def classify_all(session: Session) -> tuple[Changes, Mapping[str, int]]:
    """Everyone with a live consent has the result of the active rules; people per tier."""
    with session.writing(Permission.SEE_CLASSIFICATION) as work:
        active = work.rulesets.active()
        if active is None:
            raise NotFoundError(
                N_("No rule set is active yet."), N_("Let a second person approve one first.")
            )
        moved = work.classifications.classify(active, today=session.clock.today())
        session.log(work, "classify.all", f"ruleset:{active.id}", row={"moved": moved})
        tiers = work.counts.tiers()
        work.commit()
    return Changes.of(office.CLASSIFICATION), tiers


def found(session: Session, query: ResidentQuery) -> "array[int]":
    """The ids of the classification table, in order."""
    with session.reading(Permission.SEE_CLASSIFICATION) as work:
        return work.people.ids(query, today=session.clock.today())


def overview(session: Session) -> Overview:
    """The words, the filters and the numbers around the table."""
    with session.reading(Permission.SEE_CLASSIFICATION) as work:
        active = work.rulesets.active()
        rules = table_of(work, active.document).rules if active else ()
        return Overview(
            catalogue=work.catalogue.live(),
            buildings=work.premises.buildings(),
            reasons={rule.id: rule.reason for rule in rules},
            active=active,
            people=work.people.count(),
            classified=sum(work.counts.tiers().values()),
        )


def reasons(session: Session, person: PersonId, *, again: bool = False) -> Reasons | None:
    """The explanation of a person's tier; None without a consent, that is: served as standard.

    Each look is logged; what stands open is read `again` when the office changed, which is none.
    """
    with session.writing(Permission.SEE_CLASSIFICATION) as work:
        result = work.classifications.of(person)
        if result is None:
            return None
        ruleset = work.rulesets.get(result.ruleset)
        table = table_of(work, ruleset.document)
        values = values_of(session, work, person, table)
        hidden = withheld(session, work.catalogue.live(), table)
        route = work.acts.human_route(person)
        names = {one.uid: one.name for one in work.staff.all()}
        tiers = rules_history.steps(work, person)
        if not again:
            session.log(work, "classification.explain", about(person))
            work.commit()
    return Reasons(
        ruleset=ruleset,
        classification=result,
        explanation=_without(explain(table, values), hidden),
        table=table,
        withheld=hidden,
        human=route.reason if route else "",
        decided_by=names.get(route.by, "") if route else "",
        tiers=tiers,
    )


def withheld(session: Session, catalogue: Catalogue, table: DecisionTable) -> frozenset[str]:
    """The facts from fields that only the duty leader sees, for everybody else."""
    if session.staff.may(Permission.OPEN_SEALED):
        return frozenset()
    restricted = {field.key for field in catalogue.fields if field.restricted}
    return frozenset(fact.key for fact in table.facts if field_of(fact.key) in restricted)


def _without(explanation: Explanation, hidden: frozenset[str]) -> Explanation:
    return replace(
        explanation,
        rules=tuple(
            replace(
                rule,
                cells=tuple(
                    replace(cell, value=None) if cell.fact.key in hidden else cell
                    for cell in rule.cells
                ),
            )
            for rule in explanation.rules
        ),
    )
