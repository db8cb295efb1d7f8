"""What a list of past orders would bring, and what was entered of it."""

from typing_extensions import override

from pmdesk.i18n import _
from pmdesk.services.order_import.importing import OrderReport
from pmdesk.services.order_import.planned import OrderPlan
from pmdesk.services.order_import.telling import entered_line, plan_lines, report_lines
from pmdesk.ui.exchange.check import Checked
from pmdesk.ui.exchange.done import Done, not_collected
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.card import Tile


class OrdersCheckStep(Checked[OrderPlan]):
    """The result of the dry run; nothing has been written yet."""

    def __init__(self) -> None:
        self.good = Tile(_("Can be entered"))
        self.open = Tile(_("Still open"))
        self.to_mend = Tile(_("To mend"))
        self.again = Tile(_("Known or repeated"))
        self.refused = Tile(_("Columns not collected"))
        super().__init__((self.good, self.open, self.to_mend, self.again, self.refused))

    @override
    def show_plan(self, plan: OrderPlan) -> None:
        again = len(plan.duplicates) + plan.known
        self.good.show_figure(f"{len(plan.lines):,}", _("orders"), Tone.GOOD)
        self.open.show_figure(f"{plan.open:,}", _("on the desk at once"), Tone.NEUTRAL)
        tone = Tone.PROBLEM if plan.bad else Tone.GOOD
        self.to_mend.show_figure(f"{len(plan.bad):,}", _("rows"), tone)
        self.again.show_figure(f"{again:,}", _("left as they are"), Tone.NEUTRAL)
        self.refused.show_figure(f"{len(plan.refused):,}", _("not read"), Tone.NEUTRAL)
        self.show_rows(plan, plan_lines(plan))


class OrdersDoneStep(Done[OrderReport]):
    """What was entered of a list of past orders."""

    def __init__(self) -> None:
        super().__init__(_("See the work orders"), "clipboard-list")

    @override
    def show_report(self, report: OrderReport) -> None:
        lines = (*report_lines(report), *not_collected(report.plan))
        self.show_outcome(entered_line(report), lines, report.plan)
