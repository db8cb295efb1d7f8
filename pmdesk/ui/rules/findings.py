"""The list below the grid: what the check found and how to mend it; a click leads there."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListWidget, QListWidgetItem

from pmdesk.i18n import _, ngettext
from pmdesk.rules.check import Finding, Severity
from pmdesk.ui import theme
from pmdesk.ui.icons import icon
from pmdesk.ui.rules.delegate import tone_of
from pmdesk.ui.rules.edits import Output
from pmdesk.ui.rules.model import Place
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.label import label

_PLACE = int(Qt.ItemDataRole.UserRole)


class FindingsList(Card):
    """Entries that cannot be read first, then errors, then warnings."""

    place_chosen = Signal(object)  # Place

    def __init__(self) -> None:
        super().__init__(margin=14)
        self.summary = label("", "heading")
        self.items = QListWidget()
        self.items.setFrameShape(QFrame.Shape.NoFrame)
        self.items.setWordWrap(True)
        self.items.setIconSize(QSize(theme.length(16), theme.length(16)))
        self.items.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.items.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.items.setAccessibleName(_("Findings"))
        self.body.setSpacing(8)
        self.add(self.summary)
        self.add(self.items, 1)
        self.items.itemClicked.connect(self._choose)
        self.items.itemActivated.connect(self._choose)
        self.show_findings((), {})

    def show_findings(
        self, findings: Sequence[Finding], refusals: Mapping[Place, tuple[str, str]]
    ) -> None:
        """The list says exactly this."""
        self.items.clear()
        for place, (_text, sentence) in refusals.items():
            self._add(sentence, Tone.PROBLEM, place)
        for finding in sorted(findings, key=lambda found: found.severity is not Severity.ERROR):
            self._add(finding.words(), tone_of(finding), _place_of(finding))
        count = self.items.count()
        words = ngettext("{count} thing to look at", "{count} things to look at", count)
        self.summary.setText(words.format(count=count) if count else _("Check: nothing found"))

    def _add(self, sentence: str, tone: Tone, place: Place | None) -> None:
        name = "circle-alert" if tone is Tone.PROBLEM else "triangle-alert"
        item = QListWidgetItem(icon(name, tone), sentence)
        item.setData(_PLACE, place)
        item.setToolTip(sentence)
        self.items.addItem(item)

    def _choose(self, item: QListWidgetItem) -> None:
        place = item.data(_PLACE)
        if place:
            self.place_chosen.emit(tuple(place))


def _place_of(finding: Finding) -> Place | None:
    if not finding.rules:
        return None
    return finding.rules[0], finding.fact or Output.REASON.name
