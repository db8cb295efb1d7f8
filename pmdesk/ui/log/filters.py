"""What narrows the log: the time, who acted, the kind of act, and what it was about."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pmdesk.domain.office import Clock
from pmdesk.domain.ports.proof import LogQuery
from pmdesk.i18n import N_, _
from pmdesk.services.log_sentences import KINDS, LOOKED, acts_of
from pmdesk.ui.forms.filter_box import FilterBox
from pmdesk.ui.forms.search_box import SearchBox
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.flow import FlowLayout

_TIMES = (  # words, days back
    (N_("Today"), 0),
    (N_("Last 7 days"), 6),
    (N_("Last 30 days"), 29),
    (N_("Last 365 days"), 364),
)
WEEK = "6"


class LogFilters(QWidget):
    """Emits `edited` when the wish has changed; `query` is the wish."""

    edited = Signal()
    object_asked = Signal(str)  # what was typed
    household_asked = Signal()

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self._targets: tuple[str, ...] = ()
        self.time = FilterBox(_("Time"), _("Any time"))
        self.who = FilterBox(_("Who"), _("Everybody"))
        self.kind = FilterBox(_("Kind of act"), _("Every act"))
        self.about = SearchBox(_("Room or name"))
        self.looked = button(
            _("Who looked at a household…"), self.household_asked.emit, picture="eye"
        )
        self.everything = button(_("Show everything"), self.reset, look="quiet", picture="x")
        self.time.fill([(_(words), str(days)) for words, days in _TIMES], WEEK)
        kinds = [(_(title), key) for key, (title, _acts) in KINDS.items()]
        self.kind.fill([(_("Looked at somebody's data"), LOOKED), *kinds], "")
        flow = FlowLayout(12)
        for part in (self.time, self.who, self.kind, self.about, self.looked, self.everything):
            flow.addWidget(part)
        self.setLayout(flow)
        for box in (self.time, self.who, self.kind):
            box.activated.connect(lambda _index: self._tell())
            box.show_state()
        self.about.searched.connect(self._ask)

    @property
    def query(self) -> LogQuery:
        """What is wanted."""
        return LogQuery(
            since=self._since(),
            by=self.who.currentData(),
            actions=acts_of(self.kind.currentData()),
            targets=self._targets,
        )

    def show_people(self, people: Sequence[tuple[str, str]]) -> None:
        """These may have acted."""
        self.who.fill(people, self.who.currentData())

    def show_target(self, words: str, target: str) -> None:
        """Only what is about this object, at any time; empty for everything again."""
        self.about.show_search(words)
        self.narrow((target,) if target else ())

    def show_looks(self, words: str, targets: Sequence[str]) -> None:
        """Only who looked at what is recorded of these people, whoever it was and whenever."""
        self.about.show_search(words)
        self.who.show_value("")
        self.kind.show_value(LOOKED)
        self.narrow(targets)

    def narrow(self, targets: Sequence[str]) -> None:
        """Only what is about one of these objects, while somebody types."""
        if targets and tuple(targets) != self._targets:
            self.time.show_value("")
        self._targets = tuple(targets)
        self._tell()

    def reset(self) -> None:
        """Nothing is left out."""
        for box in (self.time, self.who, self.kind):
            box.show_value("")
        self._targets = ()
        self.about.show_search("")
        self._tell()

    def _ask(self, text: str) -> None:
        if text.strip():
            self.object_asked.emit(text.strip())
        elif self._targets:
            self.narrow(())

    def _tell(self) -> None:
        for box in (self.time, self.who, self.kind):
            box.show_state()
        self.edited.emit()

    def _since(self) -> datetime | None:
        days = self.time.currentData()
        if not days:
            return None
        midnight = self._clock.local().replace(hour=0, minute=0, second=0, microsecond=0)
        return midnight - timedelta(days=int(days))


def too_many(banner: Banner, count: int) -> None:
    """Several residents fit what was typed, or none does."""
    if count:
        words = _("{count} residents fit. Type the whole room, such as 3-1-503.")
        banner.show_sentence(words.format(count=count), Tone.WARN)
    else:
        banner.show_sentence(_("No resident fits what was typed."), Tone.WARN)
