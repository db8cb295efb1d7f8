"""The sentences on a list of past orders: before it is entered, and afterwards."""

from pmdesk.analytics.buildings import building_words
from pmdesk.i18n import _, ngettext
from pmdesk.services.order_import.importing import OrderReport
from pmdesk.services.order_import.planned import NOTES, OrderPlan

_NAMED = 12  # new buildings that are told by name


def plan_lines(plan: OrderPlan) -> tuple[str, ...]:
    """What is worth a look before anything is entered."""
    lines = []
    if plan.first and plan.last:
        lines.append(
            _("The orders came from {first} to {last}.").format(first=plan.first, last=plan.last)
        )
    if plan.new_buildings:
        new = ngettext(
            "{count} building is entered as new: {names}",
            "{count} buildings are entered as new: {names}",
            len(plan.new_buildings),
        )
        names = _(", ").join(map(building_words, plan.new_buildings[:_NAMED]))
        more = "…" if len(plan.new_buildings) > _NAMED else ""
        lines.append(new.format(count=len(plan.new_buildings), names=names + more))
    if plan.left_out:
        out = ngettext(
            "{count} order is left out with its building.",
            "{count} orders are left out with their buildings.",
            plan.left_out,
        )
        lines.append(out.format(count=f"{plan.left_out:,}"))
    for note, count in plan.notes.most_common():
        line = ngettext("{reason} ({count} order)", "{reason} ({count} orders)", count)
        lines.append(line.format(reason=_(NOTES[note]), count=f"{count:,}"))
    return tuple(lines)


def entered_line(report: OrderReport) -> str:
    """How many orders came into the book."""
    entered = ngettext("{count} order entered.", "{count} orders entered.", report.entered)
    return entered.format(count=f"{report.entered:,}")


def report_lines(report: OrderReport) -> tuple[str, ...]:
    """What was not entered, and what is still to do."""
    bad = len(report.plan.bad)
    counted = (
        (
            report.open,
            ngettext(
                "{count} order is still open and stands on the desk.",
                "{count} orders are still open and stand on the desk.",
                report.open,
            ),
        ),
        (
            bad,
            ngettext(
                "{count} row is still to be mended.", "{count} rows are still to be mended.", bad
            ),
        ),
    )
    told = tuple(words.format(count=f"{count:,}") for count, words in counted if count)
    return (*known_lines(report.known), *told)


def known_lines(known: int) -> tuple[str, ...]:
    """How many orders were in the book before; nothing of none."""
    words = ngettext(
        "{count} order had been imported before and is unchanged.",
        "{count} orders had been imported before and are unchanged.",
        known,
    )
    return (words.format(count=f"{known:,}"),) if known else ()
