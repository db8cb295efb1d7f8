"""How the review of a version stands, and what keeps it from going on."""

from collections.abc import Sequence

from pmdesk.domain.classification import Ruleset, RulesetId
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.reviews import (
    EXPLAINED_BY_RULE,
    SIGNED,
    Answer,
    ItemKind,
    ItemResult,
    Line,
    Review,
    ReviewItem,
    Signature,
    failed,
    opened,
    passed,
)
from pmdesk.domain.staff import Permission
from pmdesk.errors import RefusedError
from pmdesk.i18n import N_, said
from pmdesk.rules import examples
from pmdesk.rules.examples import Example
from pmdesk.rules.table import DecisionTable
from pmdesk.services.classification import table_of
from pmdesk.services.review import (
    additive,
    declared,
    inputs,
    statistics,
    surroundings,
    telling,
    trials,
    wording,
)
from pmdesk.services.review.sight import Sight, sight_of
from pmdesk.services.review.trials import Trial
from pmdesk.services.session import Session

_MOST_NAMED = 3


def automatic(
    session: Session, table: DecisionTable, known: Sequence[Example] = ()
) -> tuple[ItemResult, ...]:
    """What the program says of a table that somebody is writing; nothing is written.

    The random people are only counted in where they were tried already.
    """
    with session.reading(Permission.SEE_RULES) as work:
        return _found(session, work, sight_of(work, table), known, trials.known(table))


def of_draft(session: Session, ruleset: Ruleset, table: DecisionTable) -> Review:
    """The review as far as a draft has one: what the program says of the table being written.

    The examples are those that are stored now.
    """
    with session.reading(Permission.SEE_RULES) as work:
        known = examples.read(work.rulesets.get(ruleset.id).examples, table.facts)
    results = automatic(session, table, known)
    found = {one.item: one for one in results}
    lines = tuple(Line(item=one, result=found.get(one.code)) for one in declared.items())
    return Review(ruleset=ruleset, lines=lines)


def try_out(session: Session, table: DecisionTable) -> Trial:
    """The table was tried on 10,000 random people; the next look counts them in."""
    session.require(Permission.SEE_RULES)
    return trials.tried(table)


def standing(session: Session, ruleset: RulesetId) -> Review:
    """All 26 items with what the program found and what reviewers answered."""
    with session.reading(Permission.SEE_RULES) as work:
        return review_of(session, work, work.rulesets.get(ruleset))


def review_of(session: Session, work: UnitOfWork, ruleset: Ruleset) -> Review:
    """The same inside the caller's unit of work."""
    table = table_of(work, ruleset.document)
    sight = sight_of(work, table)
    known = examples.read(ruleset.examples, table.facts)
    signature = work.reviews.signature(ruleset)
    found = {
        one.item: one
        for one in (
            *_found(session, work, sight, known, trials.tried(table)),
            *statistics.all_of(session, work, ruleset),
            surroundings.priced(work),
            signed(session, ruleset, signature),
        )
    }
    answers = work.reviews.answers(ruleset)
    lines = tuple(_line(one, found.get(one.code), answers, sight) for one in declared.items())
    return Review(ruleset=ruleset, lines=lines, signature=signature)


def require(
    session: Session, work: UnitOfWork, ruleset: Ruleset, *, approving: bool = False
) -> None:
    """RefusedError naming what blocks, unless every item is settled (RL-07)."""
    review = review_of(session, work, ruleset)
    if error := refusal(review, approving=approving):
        raise error


def refusal(review: Review, *, approving: bool = False) -> RefusedError | None:
    """Why the version cannot be approved, or else activated; None where it can."""
    blocking = review.hindering if approving else review.blocking
    if not blocking:
        return None
    named = "; ".join(_named(line) for line in blocking[:_MOST_NAMED])
    return RefusedError(
        N_("The legality review is not finished: {count} items are open. {named}"),
        N_("Open the tab “Legality review”."),
        count=len(blocking),
        named=named,
    ).coded("E_REVIEW_MISSING")


def signed(session: Session, ruleset: Ruleset, signature: Signature | None) -> ItemResult:
    """LR-26: somebody else stands for the review, with a date, for a year at most."""
    if signature is None:
        return opened(SIGNED, N_("The review is signed when the version is approved."))
    if signature.signer == ruleset.author and not signature.alone:
        return failed(SIGNED, N_("The author signed his own rules."))
    if signature.next_review < session.clock.today():
        sentence = N_("The review was due again on {day}.")
        return failed(SIGNED, sentence, day=signature.next_review.isoformat())
    day = signature.next_review.isoformat()
    if signature.alone:
        sentence = N_("Signed by the only person who may (single-person office); next: {day}.")
        return passed(SIGNED, sentence, day=day)
    return passed(SIGNED, N_("Signed by a second person; next review: {day}."), day=day)


def _found(
    session: Session,
    work: UnitOfWork,
    sight: Sight,
    known: Sequence[Example],
    trial: Trial | None,
) -> tuple[ItemResult, ...]:
    """The automatic items in their order, but for the signature."""
    return (
        inputs.catalogued(sight),
        inputs.not_sensitive(sight),
        wording.fair(sight),
        additive.adds_only(sight, trial),
        additive.changes_no_price(sight, surroundings.price_lines(work)),
        additive.blanks_cost_nothing(sight, trial),
        inputs.not_retaliating(sight),
        inputs.not_combined(sight),
        surroundings.noticed(work, sight),
        surroundings.assessed(session, work, sight),
        telling.readable(sight),
        surroundings.reachable(work, sight),
        telling.tried_out(sight, known),
        surroundings.fresh(session, work, sight),
    )


def _line(
    item: ReviewItem, result: ItemResult | None, answers: Sequence[Answer], sight: Sight
) -> Line:
    own = tuple(one for one in answers if one.item == item.code)
    rows = tuple(rule.id for rule in sight.ruling) if item.code == EXPLAINED_BY_RULE else ()
    return Line(item=item, result=result, answers=own, rows=rows)


def _named(line: Line) -> str:
    """The item and, of one that the program answers, what it found."""
    if line.item.kind is ItemKind.AUTOMATIC and line.result is not None:
        return f"{line.item.code} {line.result.words()}"
    return f"{line.item.code} {said(line.item.title)}"
