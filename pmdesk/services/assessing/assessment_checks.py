"""What was found about rules before they are assessed: by the program, and about groups."""

from collections.abc import Mapping, Sequence

from pmdesk.domain.classification import Ruleset
from pmdesk.domain.fairness import VERDICTS, FairnessReport, Verdict
from pmdesk.domain.fields import Value
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.reviews import AFTER_APPROVAL, ItemKind, Line, State
from pmdesk.i18n import N_, _, said
from pmdesk.rules.check import Severity, check
from pmdesk.rules.table import DecisionTable
from pmdesk.services import fairness
from pmdesk.services.fairness import FairnessLine
from pmdesk.services.fairness.words import joined
from pmdesk.services.records.assessment_scope import Scope, of_rules
from pmdesk.services.review.standing import review_of
from pmdesk.services.session import Session

_EQUALITY = ("risk.unequal.measure", "groups")  # what is offered about equal treatment
_EXPLAIN = N_("Explain first the items of the fairness check that need a review.")
_NAMED = (Verdict.REVIEW, Verdict.WATCH)


def results(
    session: Session, work: UnitOfWork, scope: Scope, table: DecisionTable
) -> tuple[str, bool]:
    """The results of the checks in words, and whether a group's figures need a review."""
    same = [one for one in work.rulesets.all() if of_rules(one) == scope.subject]
    report, lines = _of_groups(session, work, same)
    told = "\n".join((_of_table(session, work, same[0], table), _fairness_words(report, lines)))
    return told, any(one.verdict is Verdict.REVIEW for one in lines)


def with_reminder(filled: Mapping[str, Value], *, contradicted: bool) -> dict[str, Value]:
    """The answers, where what they say of equal treatment asks for an explanation first.

    It stands there only while the figures of these very rules need a review.
    """
    made = dict(filled)
    reminder = _(_EXPLAIN)
    for key in _EQUALITY:
        text = made.get(key)
        if isinstance(text, str):
            own = text.replace(reminder, "").strip()
            made[key] = joined(own, reminder) if contradicted else own
    return made


# ---- the program's own checks ---------------------------------------------------------------


def _of_table(session: Session, work: UnitOfWork, ruleset: Ruleset, table: DecisionTable) -> str:
    found = check(table)
    counts = {
        "errors": sum(one.severity is Severity.ERROR for one in found),
        "warnings": sum(one.severity is Severity.WARNING for one in found),
    }
    failing = [
        line
        for line in review_of(session, work, ruleset).lines
        if line.item.kind is ItemKind.AUTOMATIC and line.item.code not in AFTER_APPROVAL
        if line.result is not None and line.result.state is not State.PASS
    ]
    if not failing:
        return _(
            "Checked by the program: {errors} errors, {warnings} remarks. Each row has a reason;"
            " rows only add; no sensitive field is read; prices are never touched; without"
            " answers everyone has the standard."
        ).format(**counts)
    words = _(
        "Checked by the program: {errors} errors, {warnings} remarks. Items of the legality review"
        " that do not pass: {items}"
    )
    return words.format(**counts, items=_("; ").join(map(_item_words, failing)))


def _item_words(line: Line) -> str:
    words = line.result.words() if line.result else ""
    return f"{line.item.code} {said(line.item.title)}{_(': ')}{words}"


# ---- groups ---------------------------------------------------------------------------------


def _of_groups(
    session: Session, work: UnitOfWork, same: Sequence[Ruleset]
) -> tuple[FairnessReport | None, tuple[FairnessLine, ...]]:
    """The report of exactly these rules, whichever version it was made of; else why there is none.

    A version that only copies these rules may have no report of its own.
    """
    for one in same:
        report = work.fairness.report(one.id)
        if report is not None and report.digest == one.digest:
            return report, fairness.of_ruleset(session, work, one)
    return None, fairness.of_ruleset(session, work, same[0])


def _fairness_words(report: FairnessReport | None, lines: Sequence[FairnessLine]) -> str:
    compared = [one for one in lines if one.line is not None]
    if report is None or not compared:
        sentence = " ".join(one.sentence for one in lines)
        return _("Fairness check: {found}").format(found=sentence)
    parts = [
        _part(verdict, those)
        for verdict in VERDICTS
        if (those := [one for one in compared if one.verdict is verdict])
    ]
    return _("Fairness check ({day}): {found}").format(
        day=report.at.astimezone().date().isoformat(), found=_("; ").join(parts)
    )


def _part(verdict: Verdict, those: Sequence[FairnessLine]) -> str:
    """How many comparisons have this verdict, and of which groups where somebody has to look."""
    told = _("{count} × {verdict}").format(count=len(those), verdict=said(VERDICTS[verdict]))
    if verdict not in _NAMED:
        return told
    names = _(", ").join(f"{said(one.group)}·{said(one.outcome)}" for one in those)
    return f"{told}{_(': ')}{names}"
