"""Examples of a rule set: what its author expects of invented people (law.md 4.3, LR-13)."""

from collections.abc import Sequence
from dataclasses import dataclass

from pmdesk.domain import office
from pmdesk.domain.classification import RulesetId
from pmdesk.domain.office import Changes
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.staff import Permission
from pmdesk.errors import RefusedError
from pmdesk.i18n import N_
from pmdesk.rules import examples
from pmdesk.rules.examples import MOST_EXAMPLES, Example, Verdict
from pmdesk.rules.table import DecisionTable
from pmdesk.services.classification import table_of
from pmdesk.services.rules import refuse_foreign
from pmdesk.services.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Examples:
    """The examples of a version, what the table makes of each, and the rows still without."""

    table: DecisionTable
    examples: tuple[Example, ...]
    verdicts: tuple[Verdict, ...]
    lacking: tuple[tuple[str, bool], ...]

    @property
    def is_whole(self) -> bool:
        """Whether each row has an example on both sides, and every example holds."""
        return not self.lacking and set(self.verdicts) <= {Verdict.HOLDS}


def of(session: Session, ruleset: RulesetId) -> Examples:
    """The examples of a version."""
    with session.reading(Permission.SEE_RULES) as work:
        return standing(work, ruleset)


def standing(work: UnitOfWork, ruleset: RulesetId) -> Examples:
    """The examples of a version, inside the caller's unit of work."""
    found = work.rulesets.get(ruleset)
    table = table_of(work, found.document)
    return weighed(table, examples.read(found.examples, table.facts))


def weighed(table: DecisionTable, known: Sequence[Example]) -> Examples:
    """These examples beside this table, whatever is stored."""
    return Examples(
        table=table,
        examples=tuple(known),
        verdicts=tuple(examples.verdict(table, one) for one in known),
        lacking=examples.lacking(table, known),
    )


def keep(session: Session, ruleset: RulesetId, known: Sequence[Example]) -> Changes:
    """The draft has exactly these examples."""
    session.require(Permission.EDIT_RULES)
    if len(known) > MOST_EXAMPLES:
        raise RefusedError(
            N_("A table has at most {most} examples."), N_("Remove some."), most=MOST_EXAMPLES
        )
    with session.writing(Permission.EDIT_RULES) as work:
        refuse_foreign(session, work.rulesets.get(ruleset))
        work.rulesets.expect(ruleset, examples.written(known))
        session.log(work, "rules.examples", f"ruleset:{ruleset}", row={"count": len(known)})
        work.commit()
    return Changes.of(office.RULES)
