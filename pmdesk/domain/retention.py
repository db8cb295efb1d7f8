"""Which data go by the calendar alone, and by which line of the retention schedule."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from pmdesk.domain.acts import HELD_DAYS, Sweepable
from pmdesk.domain.catalogue import Catalogue
from pmdesk.domain.purposes import Retention
from pmdesk.domain.reask import months_after
from pmdesk.errors import RefusedError
from pmdesk.i18n import N_, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One kind of data that the sweep erases: its line of the schedule, and from when it counts."""

    kind: Sweepable
    name: Words
    retention: str = ""  # code of the catalogue's line; empty: the program's own period
    days: int = 0  # of the program's own period
    dated: bool = False  # the last day is written beside the data
    period: Words | None = None  # where no line of the schedule says it

    def before(self, catalogue: Catalogue, today: date) -> date:
        """Data from before that day have to go."""
        if self.dated:
            return today
        if not self.retention:
            return today - timedelta(days=self.days)
        return months_after(today, -self._months(catalogue))

    def due(self, catalogue: Catalogue, since: date) -> date:
        """The first day on which data that count from `since` are swept away."""
        if self.dated:
            last = since
        elif self.retention:
            last = months_after(since, self._months(catalogue))
        else:
            last = since + timedelta(days=self.days)
        return last + timedelta(days=1)

    def line(self, catalogue: Catalogue) -> Retention | None:
        """The line of the schedule, with its reason; None: the program's own period."""
        return next((one for one in catalogue.retentions if one.code == self.retention), None)

    def _months(self, catalogue: Catalogue) -> int:
        line = self.line(catalogue)
        if line is None or line.months is None:
            raise RefusedError(
                N_("The schedule does not say how long “{what}” are kept."),
                N_("An administrator has to enter the period first."),
                what=self.name,
            ).coded("E_RETENTION_MISSING")
        return line.months


TERMS: tuple[Term, ...] = (
    Term(
        kind=Sweepable.CONSENTS,
        name=Words("到期的同意和所填内容", "consents that ran out, with their entries"),
        dated=True,
        period=Words("到同意书上写的最后一天", "until the last day written on the consent"),
    ),
    Term(
        kind=Sweepable.HELD,
        name=Words("到期后封存的内容", "entries held back after that"),
        days=HELD_DAYS,
        dated=True,
        period=Words(f"同意结束后{HELD_DAYS}天", f"{HELD_DAYS} days after the consent ended"),
    ),
    Term(
        kind=Sweepable.DRAFTS,
        name=Words("没保存的草稿", "unsaved forms"),
        days=7,
        period=Words("7天", "7 days"),
    ),
    Term(
        kind=Sweepable.NOTES,
        name=Words("服务备注", "service notes"),
        retention="R-P1-NOTE",
    ),
    Term(
        kind=Sweepable.ARCHIVE,
        name=Words("搬离人员的档案", "the archive of people who left"),
        retention="R-P1",
        dated=True,
    ),
    Term(
        kind=Sweepable.EVIDENCE,
        name=Words("同意和撤回的凭据", "records of consents and withdrawals"),
        retention="R-CONS",
    ),
    Term(
        kind=Sweepable.OPTOUTS,
        name=Words("退订记号", "opt-out marks"),
        retention="R-P7",
        dated=True,
    ),
    Term(
        kind=Sweepable.EXPORTS,
        name=Words("导出清单的记录", "records of exported lists"),
        retention="R-LOG3",
    ),
    Term(
        kind=Sweepable.JOURNAL,
        name=Words("删除记录", "the record of erasures"),
        retention="R-DSR",
    ),
    Term(
        kind=Sweepable.REPORTS,
        name=Words("到期删除的报告", "reports of this page"),
        retention="R-AUD",
    ),
)

BY_KIND: Mapping[Sweepable, Term] = {term.kind: term for term in TERMS}
