"""The versions of a notice: since when, how many agreed to each, and what two of them differ in."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QTextBrowser, QWidget

from pmdesk.domain.ports.notices import LiveVersion
from pmdesk.domain.purpose_plans import Proposal
from pmdesk.i18n import _
from pmdesk.services.notices.notice_diff import Mark, difference
from pmdesk.ui import theme
from pmdesk.ui.tables.model import Align, Column, RowsModel
from pmdesk.ui.tables.view import Table
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.header import EmptyState
from pmdesk.ui.widgets.label import label

_TWO = 2


class VersionsTab(QWidget):
    """One row chosen shows that text, two rows what they differ in."""

    chosen = Signal(object)  # tuple of one or two LiveVersion, older first

    def __init__(self, versions: Sequence[LiveVersion], proposals: Sequence[Proposal]) -> None:
        super().__init__()
        decided = {one.version: one for one in proposals if one.version}
        self.model = RowsModel[LiveVersion](_columns(decided), versions)
        self.table = Table(self.model, EmptyState(_("No version has been in force yet.")))
        self.table.view.selectionModel().selectionChanged.connect(lambda *_args: self._tell())
        self.text = QTextBrowser()
        self.text.setAccessibleName(_("Text of the version, or the difference"))
        self.text.setOpenLinks(False)
        self.says = label(_("Choose one version to read it, two to compare them."), "muted")
        left, right = Card(_("Versions"), margin=16), Card(margin=16)
        left.add(self.table, 1)
        right.add(self.says)
        right.add(self.text, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(left, 1)
        row.addWidget(right, 1)
        self.setMinimumHeight(theme.length(420))

    def show_texts(self, texts: Sequence[str]) -> None:
        """The text of one version, or what two of them differ in."""
        if len(texts) == _TWO:
            self.says.setText(_("− was taken out, + was added."))
            self.text.setHtml(difference_html(*texts))
        else:
            self.says.setText(_("Choose one version to read it, two to compare them."))
            self.text.setPlainText(texts[0] if texts else "")

    def _tell(self) -> None:
        rows = self.table.view.chosen[:_TWO]
        if rows:
            self.chosen.emit(tuple(reversed(rows)))


def difference_html(old: str, new: str) -> str:
    """Every line with its sign; colour says the same as the sign."""
    inks = {Mark.GONE: Tone.PROBLEM, Mark.NEW: Tone.GOOD}
    signs = {Mark.GONE: "− ", Mark.NEW: "+ ", Mark.SAME: ""}
    lines = []
    for line in difference(old, new):
        tone = inks.get(line.mark)
        colour = f' style="color:{theme.applied().ink(tone).name()}"' if tone else ""
        words = escape(signs[line.mark] + line.text.removeprefix("# "))
        lines.append(f"<p{colour}>{words}</p>")
    return "".join(lines)


def _columns(decided: dict[str, Proposal]) -> tuple[Column[LiveVersion], ...]:
    def words(one: LiveVersion) -> str:
        found = decided.get(one.version)
        return found.words if found else ""

    return (
        Column(key="version", title=_("Version"), cell=_named, width=12),
        Column(
            key="since",
            title=_("In force from"),
            cell=lambda one: f"{one.live_from.astimezone():%Y-%m-%d}",
            width=12,
        ),
        Column(
            key="people",
            title=_("Agree now"),
            cell=lambda one: str(one.people),
            align=Align.END,
            width=9,
        ),
        Column(key="words", title=_("Reason of the decision"), cell=words, tip=words),
    )


def _named(one: LiveVersion) -> str:
    return f"{one.version} English" if one.language == "en" else f"{one.version} 中文"
