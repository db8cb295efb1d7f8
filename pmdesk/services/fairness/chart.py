"""The comparisons as a figure: a ratio with its interval for each group and outcome."""

from collections.abc import Callable, Sequence

from pmdesk.analytics.figures import HIDDEN, NO_DATA, Cell, Figure, FigureKind, Series
from pmdesk.domain.fairness import VERDICTS, Line, Verdict
from pmdesk.i18n import _, joined, said
from pmdesk.services.fairness.desk import FairnessLine, FairnessPage
from pmdesk.services.fairness.words import MEANINGS

MOST = 12  # rows that are read at a glance; the table has all
_ORDER = (Verdict.REVIEW, Verdict.WATCH, Verdict.CLEAR, Verdict.TOO_FEW)
_GRAVE = frozenset({Verdict.REVIEW, Verdict.WATCH})  # drawn even where the numbers are hidden


def figure(page: FairnessPage) -> Figure:
    """The gravest comparisons first, each of them; of the others those that have a ratio."""
    compared = [one for one in page.lines if one.line is not None and not one.line.is_reference]
    told = [one for one in compared if one.verdict in _GRAVE or (one.line and one.line.ratio)]
    shown = sorted(told, key=lambda one: _ORDER.index(one.verdict))[:MOST]
    return Figure(
        key="fairness",
        title=_("Does the same service come to every group?"),
        answer=_answer(compared),
        unit=_("times the share of the group compared with; 1: the same, dashed: 0.8"),
        kind=FigureKind.RATIOS,
        axis=_("Group"),
        categories=tuple(f"{said(one.group)} · {said(one.outcome)}" for one in shown),
        category_keys=tuple(one.verdict.value for one in shown),
        series=(
            Series(key="ratio", label=_("ratio"), cells=_cells(shown, lambda line: line.ratio)),
            Series(key="low", label=_("from"), cells=_cells(shown, lambda line: line.low)),
            Series(key="high", label=_("to"), cells=_cells(shown, lambda line: line.high)),
            Series(
                key="people", label=_("people"), cells=_cells(shown, lambda line: line.people, 0)
            ),
        ),
        remarks=tuple(said(VERDICTS[one.verdict]) for one in shown),
        remark=_("Verdict"),
        note=joined(*_meanings(shown), _more(len(compared) - len(shown))),
    )


def _answer(lines: Sequence[FairnessLine]) -> str:
    if not lines:
        return _("There are no two groups to compare.")
    review = sum(one.verdict is Verdict.REVIEW for one in lines)
    watch = sum(one.verdict is Verdict.WATCH for one in lines)
    few = sum(one.verdict is Verdict.TOO_FEW for one in lines)
    words = _(
        "{review} of {all} comparisons need a review, {watch} are to be watched, {few} have too"
        " little data."
    )
    return words.format(review=review, watch=watch, all=len(lines), few=few)


def _meanings(lines: Sequence[FairnessLine]) -> Sequence[str]:
    """What the words of the verdicts ask for, where one of them stands beside a point."""
    there = any(one.verdict in MEANINGS for one in lines)
    return [_(meaning) for meaning in MEANINGS.values()] if there else []


def _more(left: int) -> str:
    if not left:
        return ""
    words = _(
        "{count} more comparisons are in the table on the tab Fairness of the rules, most of them"
        " without numbers."
    )
    return words.format(count=left)


def _cells(
    lines: Sequence[FairnessLine], of: Callable[[Line], float | None], digits: int = 2
) -> tuple[Cell, ...]:
    there = [one.line for one in lines if one.line is not None]
    found = ((of(line), HIDDEN if line.is_hidden else NO_DATA) for line in there)
    return tuple(gap if one is None else Cell(value=one, digits=digits) for one, gap in found)
