"""Whether the log holds, since when that is known, and how old the last anchor outside is."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from pmdesk.i18n import _, joined, ngettext
from pmdesk.services.log_anchors import Outside
from pmdesk.services.log_words import WHAT_TO_DO, uncovered_words
from pmdesk.ui.exchange.working import WorkingBar
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.pill import Badge, Pill

OLD = 31  # days after which the anchor outside counts as old


class ChainCard(Card):
    """The state of the chain, the progress of a check, and what a check found."""

    check_requested = Signal()
    cancelled = Signal()
    explain_requested = Signal()

    def __init__(self) -> None:
        super().__init__(margin=16)
        self.state = Pill(Badge(words=_("not checked yet"), icon="clock"))
        self.words = label("", "muted", wrap=True)
        self.check = button(_("Check everything"), self.check_requested.emit, picture="badge-check")
        self.working = WorkingBar(_entries)
        self.working.cancelled.connect(self.cancelled)
        self.found = Banner(
            action=_("Explain the finding…"), pressed=lambda: self.explain_requested.emit()
        )
        self.uncovered = Banner()
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(self.state)
        row.addWidget(self.words, 1)
        row.addWidget(self.check)
        self.body.addLayout(row)
        self.add(self.working)
        self.add(self.found)
        self.add(self.uncovered)
        self._outside = ""
        self._checked = ""

    def show_outside(self, found: Outside, now: datetime) -> None:
        """How old the newest anchor outside this computer is."""
        self._outside = _outside_words(found, now)
        self._show_words()

    def show_checked(self, count: int, at: datetime, *, whole: bool) -> None:
        """Nothing was found at that time."""
        self.state.show_badge(Badge(words=_("log whole"), tone=Tone.GOOD, icon="circle-check"))
        words = (
            _("{count} entries, all checked at {time}.")
            if whole
            else _("{count} entries, checked at {time} from where this computer remembered them.")
        )
        self._checked = words.format(count=f"{count:,}", time=at.strftime("%H:%M"))
        self.found.show_sentence("")
        self._show_words()

    def show_findings(self, sentences: Sequence[str], what_to_do: str = "") -> None:
        """This was found, and what to do now."""
        what_to_do = what_to_do or _(WHAT_TO_DO)
        self.state.show_badge(Badge(words=_("log broken"), tone=Tone.PROBLEM, icon="circle-alert"))
        self._checked = ""
        self.found.show_sentence("\n".join((*sentences, what_to_do)), Tone.PROBLEM)
        self._show_words()

    def show_alarm(self, sentences: Sequence[str], at: datetime, what_to_do: str) -> None:
        """An earlier check found this, and nobody has explained it yet."""
        if not self.found.sentence:
            when = _("Found at {time}, and not explained yet:").format(
                time=at.astimezone().strftime("%Y-%m-%d %H:%M")
            )
            badge = Badge(words=_("to be explained"), tone=Tone.PROBLEM, icon="circle-alert")
            self.state.show_badge(badge)
            self.found.show_sentence("\n".join((when, *sentences, what_to_do)), Tone.PROBLEM)

    def show_uncovered(self, count: int) -> None:
        """So many rows are older than their imprints."""
        self.uncovered.show_sentence(uncovered_words(count), Tone.WARN)

    def show_busy(self, *, busy: bool) -> None:
        """While everything is checked the button waits."""
        self.check.setEnabled(not busy)
        if busy:
            self.working.start(_("Checking every entry"))
        else:
            self.working.stop()

    def _show_words(self) -> None:
        self.words.setText(joined(self._checked, self._outside))


def _outside_words(found: Outside, now: datetime) -> str:
    if found.at is None:
        return _("No anchor lies outside this computer yet: print the certificate.")
    days = (now - found.at).days
    age = ngettext("{count} day ago", "{count} days ago", days).format(count=days)
    words = _("Last anchor outside: {age}, {count} entries since.")
    said = words.format(age=age if days else _("today"), count=f"{found.since:,}")
    return said if days <= OLD else joined(said, _("Time to print a new certificate."))


def _entries(done: int) -> str:
    return ngettext("{count} entry", "{count} entries", done).format(count=f"{done:,}")
