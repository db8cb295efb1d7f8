"""The last step of an import: what was entered, and what to do next."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from pmdesk.i18n import _, ngettext
from pmdesk.services.exchange.importing import Report
from pmdesk.services.exchange.planned import Judged
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.flow import FlowLayout
from pmdesk.ui.widgets.label import Picture, label

ReportT = TypeVar("ReportT")


class Done(QWidget, Generic[ReportT]):
    """The result card; its first button leads to what was entered."""

    onward_requested = Signal()
    again_requested = Signal()
    save_requested = Signal()

    def __init__(self, onward: str, picture: str) -> None:
        super().__init__()
        self._title = label("", "title", wrap=True)
        self._lines = label("", wrap=True)
        self.onward = button(onward, self.onward_requested.emit, look="primary", picture=picture)
        self.save = button(
            _("Save the rows to mend…"), self.save_requested.emit, picture="download"
        )
        self.again = button(_("Import another file"), self.again_requested.emit, picture="upload")
        self._card = Card(margin=28)
        self._card.add(Picture("circle-check", Tone.GOOD, 40))
        self._card.add(self._title)
        self._card.add(self._lines)
        buttons = QWidget()
        flow = FlowLayout(12)
        for each in (self.onward, self.save, self.again):
            flow.addWidget(each)
        buttons.setLayout(flow)
        self._card.add(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._card, 0, Qt.AlignmentFlag.AlignTop)
        column.addStretch(1)

    @property
    def words(self) -> str:
        """What the card says."""
        return f"{self._title.text()}\n{self._lines.text()}"

    def show_report(self, report: ReportT) -> None:
        """What was entered and what is still to do."""
        raise NotImplementedError

    def show_outcome(self, title: str, lines: Sequence[str], plan: Judged) -> None:
        """What was entered, and how the rest can be mended."""
        self._title.setText(title)
        self._lines.setText("\n".join(lines))
        self.save.setVisible(bool(plan.bad))


class DoneStep(Done[Report]):
    """What was entered of a list of residents."""

    def __init__(self) -> None:
        super().__init__(_("To the residents"), "users")

    @override
    def show_report(self, report: Report) -> None:
        entered = ngettext(
            "{count} resident entered.", "{count} residents entered.", report.entered
        )
        self.show_outcome(entered.format(count=f"{report.entered:,}"), _lines(report), report.plan)
        again = _("Import the mended file") if report.plan.bad else _("Import another file")
        self.again.setText(again)
        self.again.setAccessibleName(again)


def not_collected(plan: Judged) -> tuple[str, ...]:
    """The columns that are not taken over, where there are any."""
    refused = _(", ").join(column.header for column in plan.refused)
    return (_("Not collected: {columns}").format(columns=refused),) if refused else ()


def _lines(report: Report) -> Sequence[str]:
    bad = len(report.plan.bad)
    counted = (
        (
            report.units,
            ngettext("{count} empty unit entered.", "{count} empty units entered.", report.units),
        ),
        (
            report.known,
            ngettext(
                "{count} resident was in the register already and is unchanged.",
                "{count} residents were in the register already and are unchanged.",
                report.known,
            ),
        ),
        (
            bad,
            ngettext(
                "{count} row is still to be mended.", "{count} rows are still to be mended.", bad
            ),
        ),
    )
    return (
        *(words.format(count=f"{count:,}") for count, words in counted if count),
        *not_collected(report.plan),
        _("Next: take the residents' consent; until then everybody gets the standard service."),
    )
