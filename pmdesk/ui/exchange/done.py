"""Step 4 of an import: what was entered, and what to do next."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pmdesk.i18n import _, ngettext
from pmdesk.services.exchange.importing import Report
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.flow import FlowLayout
from pmdesk.ui.widgets.label import Picture, label


class DoneStep(QWidget):
    """The result card."""

    list_requested = Signal()
    again_requested = Signal()
    save_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._title = label("", "title", wrap=True)
        self._lines = label("", wrap=True)
        self.to_list = button(
            _("To the residents"), self.list_requested.emit, look="primary", picture="users"
        )
        self.save = button(
            _("Save the rows to mend…"), self.save_requested.emit, picture="download"
        )
        self.again = button("", self.again_requested.emit, picture="upload")
        self._card = Card(margin=28)
        self._card.add(Picture("circle-check", Tone.GOOD, 40))
        self._card.add(self._title)
        self._card.add(self._lines)
        buttons = QWidget()
        flow = FlowLayout(12)
        for each in (self.to_list, self.save, self.again):
            flow.addWidget(each)
        buttons.setLayout(flow)
        self._card.add(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._card, 0, Qt.AlignmentFlag.AlignTop)
        column.addStretch(1)

    def show_report(self, report: Report) -> None:
        """What was entered and what is still to do."""
        entered = ngettext(
            "{count} resident entered.", "{count} residents entered.", report.entered
        )
        self._title.setText(entered.format(count=f"{report.entered:,}"))
        self._lines.setText("\n".join(_lines(report)))
        self.save.setVisible(bool(report.plan.bad))
        again = _("Import the mended file") if report.plan.bad else _("Import another file")
        self.again.setText(again)
        self.again.setAccessibleName(again)

    @property
    def words(self) -> str:
        """What the card says."""
        return f"{self._title.text()}\n{self._lines.text()}"


def _lines(report: Report) -> list[str]:
    bad, refused = len(report.plan.bad), [column.header for column in report.plan.refused]
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
    lines = [words.format(count=f"{count:,}") for count, words in counted if count]
    if refused:
        lines.append(_("Not collected: {columns}").format(columns=_(", ").join(refused)))
    lines.append(
        _("Next: take the residents' consent; until then everybody gets the standard service.")
    )
    return lines
