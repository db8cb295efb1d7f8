"""The list below the grid: what the check found, for whom, and how one click mends it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel

from pmdesk.i18n import N_, _, ngettext
from pmdesk.rules.facts import Fact
from pmdesk.rules.finding import Finding, FindingKind, Severity
from pmdesk.rules.table import DecisionTable
from pmdesk.ui.rules.delegate import tone_of
from pmdesk.ui.rules.finding_row import FindingRow
from pmdesk.ui.rules.flowing import Flowing
from pmdesk.ui.rules.places import Marks, Place, place_of
from pmdesk.ui.rules.somebody import example_words
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.page import scrolled

_MOST = 100  # of each group; mending them brings up the next
_GAPS = 3  # of those who fall to the last row, at first
_GROUPS = {  # with how many are seen at first
    Severity.ERROR: (N_("To be mended"), 20),
    Severity.WARNING: (N_("To look at"), 10),
    Severity.INFO: (N_("To know"), 0),
}

_Shown = tuple[tuple[Finding, ...], Marks, str, tuple[Fact, ...], bool]


class FindingsList(Card):
    """Entries that cannot be read, errors, warnings, and what is only to know, each in its group.

    Who falls into the row for everyone else stands in a group of its own.
    """

    place_chosen = Signal(object)  # Place
    mend_wanted = Signal(object)  # Finding

    def __init__(self) -> None:
        super().__init__(margin=14)
        self.rows: list[FindingRow] = []
        self.titles: list[QLabel] = []
        self._words = ""
        self._open: set[str] = set()
        self._table: DecisionTable
        self._shown: _Shown = ((), {}, "", (), True)
        self.editable = True
        self._is_held = False
        self.summary = label("", "heading", wrap=True)
        flowing = Flowing(spacing=2)
        self._column = flowing.column
        area = scrolled(flowing)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setAccessibleName(_("Findings"))
        self.body.setSpacing(8)
        self.add(self.summary)
        self.add(area, 1)

    def show_busy(self) -> None:
        """A newer answer is on its way; the old one stays until then."""
        if self._words:
            self.summary.setText(_("{words} · checking again…").format(words=self._words))
        else:
            self.summary.setText(_("Checking…"))

    def hold(self) -> None:
        """What was found may be true no longer: nothing can be mended until it is checked anew."""
        self._hold(held=True)

    def release(self) -> None:
        """What was found is about the table as it stands."""
        self._hold(held=False)

    def _hold(self, *, held: bool) -> None:
        self._is_held = held
        for row in self.rows:
            row.mend.setEnabled(not held)

    def show_findings(
        self, table: DecisionTable, findings: Sequence[Finding], refusals: Marks, others: str = ""
    ) -> None:
        """The list says exactly this; `others` tells how many the last row decides about."""
        shown = (tuple(findings), dict(refusals), others, table.facts, self.editable)
        self._table = table
        if shown != self._shown:
            self._shown = shown
            self._fill()
        self.summary.setText(self._words)

    def _fill(self) -> None:
        self._empty()
        findings, refusals, others = self._shown[:3]
        gaps = [found for found in findings if found.kind is FindingKind.GAP]
        rest = [found for found in findings if found.kind is not FindingKind.GAP]
        self._add_refused(refusals)
        for severity, (title, most) in _GROUPS.items():
            group = [found for found in rest if found.severity is severity]
            self._add_group(_(title), group, most)
        title = _("Who falls to “everyone else”")
        self._add_group(" · ".join(part for part in (title, others) if part), gaps, _GAPS)
        self._column.addStretch(1)
        self._words = _summary(rest, len(refusals))

    def _empty(self) -> None:
        self.rows, self.titles = [], []
        while (item := self._column.takeAt(0)) is not None:
            if (part := item.widget()) is not None:
                part.hide()
                part.deleteLater()

    def _add_refused(self, refusals: Marks) -> None:
        if refusals:
            self._add_title(_("Cannot be read"), len(refusals))
        for place, (_text, sentence) in refusals.items():
            self._add(FindingRow(sentence, Tone.PROBLEM), place)

    def _add_group(self, title: str, group: Sequence[Finding], most: int) -> None:
        """As many as `most` at first; a click brings the others."""
        if not group:
            return
        is_open = title in self._open
        self._add_title(title, len(group))
        for finding in group[: _MOST if is_open else most]:
            self._add(self._row(finding), place_of(finding))
        if len(group) > most:
            words = _("Show fewer") if is_open else _("Show all {count}").format(count=len(group))
            more = button(words, partial(self._turn, title), look="link")
            self._column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    def _turn(self, title: str) -> None:
        self._open ^= {title}
        self._fill()

    def _row(self, finding: Finding) -> FindingRow:
        made = FindingRow(
            finding.words(),
            tone_of(finding),
            example=example_words(self._table, finding),
            mend=finding.mend_words() if self.editable else "",
            mended=partial(self.mend_wanted.emit, finding),
        )
        made.mend.setEnabled(not self._is_held)
        return made

    def _add_title(self, title: str, count: int) -> None:
        words = label(_("{title} ({count})").format(title=title, count=count), "label", wrap=True)
        self.titles.append(words)
        self._column.addWidget(words)

    def _add(self, row: FindingRow, place: Place | None) -> None:
        self.rows.append(row)
        self._column.addWidget(row)
        if place is not None:
            row.chosen.connect(partial(self.place_chosen.emit, place))


def _summary(findings: Sequence[Finding], refused: int) -> str:
    count = refused + sum(found.severity is not Severity.INFO for found in findings)
    if count:
        words = ngettext("{count} thing to look at", "{count} things to look at", count)
        return words.format(count=count)
    if any(found.kind is FindingKind.NOT_PROVED for found in findings):
        return _("Check: nothing found, but not everything could be proved")
    return _("Check: nothing found")
