"""The tab “Compare”: what a version changes beside another: in words, side by side, in people."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pmdesk.domain import office
from pmdesk.domain.classification import Ruleset, RulesetId, RulesetStatus
from pmdesk.domain.office import Changes
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, ngettext, told
from pmdesk.rules.compare import stale_reasons
from pmdesk.rules.diff import Difference, difference
from pmdesk.rules.diff_words import sentences
from pmdesk.rules.finding import Finding
from pmdesk.rules.table import DecisionTable
from pmdesk.services import comparison, rules
from pmdesk.services.rules import Effect
from pmdesk.services.session import Session
from pmdesk.ui.exports.copies import watch_copies
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.rules.compare.matrix import MatrixTable
from pmdesk.ui.rules.compare.movers import MoversList
from pmdesk.ui.rules.compare.sides import SideBySide
from pmdesk.ui.rules.lifecycle import version_words
from pmdesk.ui.rules.preview import limit_words, moved_words, partial_words
from pmdesk.ui.rules.shown import Shown
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.page import scrolled
from pmdesk.ui.widgets.visibility import set_shown

_KINDS = frozenset({office.RULES, office.CLASSIFICATION, office.RESIDENTS, office.CONSENTS})
_FIRST = 12  # sentences that are shown at first


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What the background found out about two versions."""

    other: Ruleset
    difference: Difference
    stale: tuple[Finding, ...]
    effect: Effect


class ComparePanel(QWidget):
    """Asks which version to compare with; the one in force unless it is the shown one."""

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts) -> None:
        super().__init__()
        del prompts  # nothing here is asked twice
        self._session = session
        self._tasks = tasks
        self._shown: Shown | None = None
        self._all = False
        self.compared: Compared | None = None
        self.others = QComboBox()
        self.others.setAccessibleName(_("Version to compare with"))
        self.others.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.others.setMinimumContentsLength(30)
        self.summary = label("", "heading", wrap=True)
        self.banner = Banner()
        self.sentences = label("", wrap=True, select=True)
        self.more = button("", self._show_all, look="link", picture="chevron-down")
        self.sides = SideBySide()
        self.matrix = MatrixTable()
        self.moved = label("", "heading", wrap=True)
        self.note = label("", "muted", wrap=True)
        self.list_button = button(_("Show who"), self._list, picture="users")
        self.movers = MoversList()
        watch_copies(self.movers.view, session, tasks, self)
        self._arrange()
        self.others.activated.connect(lambda _at: self._read())

    def show_version(self, shown: Shown) -> None:
        """The panel is about this version, or about the same one after an edit."""
        is_other = self._shown is None or self._shown.ruleset.id != shown.ruleset.id
        self._shown = shown
        wanted = self._default(shown) if is_other else self.others.currentData()
        with QSignalBlocker(self.others):
            self.others.clear()
            for one in shown.versions:
                if one.id != shown.ruleset.id:
                    self.others.addItem(version_words(one, shown.names), one.id)
            self.others.setCurrentIndex(max(0, self.others.findData(wanted)))
        self.movers.hide()
        self._read()

    def reload(self, changes: Changes) -> None:
        """What the office holds now is shown."""
        if changes.kinds & _KINDS - {office.RULES}:
            self._read()

    def _default(self, shown: Shown) -> RulesetId | None:
        """The version in force; beside that one, the one that it replaced."""
        if shown.active is not None and shown.active.id != shown.ruleset.id:
            return shown.active.id
        retired = [one for one in shown.versions if one.status is RulesetStatus.RETIRED]
        return max(retired, key=lambda one: one.version).id if retired else None

    def _arrange(self) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        which = QHBoxLayout()
        which.setSpacing(10)
        which.addWidget(label(_("Compared with"), "muted"))
        which.addWidget(self.others)
        which.addStretch(1)
        column.addLayout(which)
        column.addWidget(self.banner)
        self.cards = self._words_card(), self._sides_card(), self._people_card()
        for card in self.cards:
            column.addWidget(card)
        column.addStretch(1)
        self.area: QScrollArea = scrolled(column)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.area)

    def _words_card(self) -> Card:
        card = Card()
        for part in (self.summary, self.sentences):
            card.add(part)
        card.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _sides_card(self) -> Card:
        card = Card(_("Side by side"))
        legend = _("+ new   − gone   ~ changed   ↕ stands elsewhere")
        card.add(label(legend, "muted", wrap=True))
        card.add(self.sides)
        return card

    def _people_card(self) -> Card:
        card = Card(_("Who changes tier"))
        for part in (self.moved, self.matrix, self.note):
            card.add(part)
        card.body.addWidget(self.list_button, 0, Qt.AlignmentFlag.AlignLeft)
        card.add(self.movers)
        set_shown(self.list_button, comparison.may_list(self._session))
        self.list_button.setToolTip(
            _("The log says who looked at the list, and how many were on it")
        )
        return card

    # ---- reading and showing ---------------------------------------------------------------

    def _read(self) -> None:
        if self._shown is None:
            return
        other = next(
            (one for one in self._shown.versions if one.id == self.others.currentData()), None
        )
        for card in self.cards:
            set_shown(card, other is not None)
        if other is None:
            self.banner.show_sentence(_("There is no other version to compare with yet."))
            return
        self._tasks.query(
            partial(_compared, self._session, self._shown.table, other),
            owner=self,
            done=self._show,
            failed=self._show_problem,
            newest="compare",
        )

    def _show_problem(self, error: PmdeskError) -> None:
        for card in self.cards:
            set_shown(card, shown=False)
        self.banner.show_sentence(told(error), Tone.PROBLEM)

    def _show(self, found: Compared) -> None:
        if self._shown is None:
            return
        self.compared, self._all = found, False
        stale = "\n".join(one.words() for one in found.stale)
        self.banner.show_sentence(stale, Tone.WARN)
        self._show_sentences()
        titles = [
            version_words(one, self._shown.names) for one in (found.other, self._shown.ruleset)
        ]
        set_shown(self.cards[1], not found.difference.is_empty)
        self.sides.show_difference(found.difference, titles)
        self._show_people(found.effect)

    def _show_all(self) -> None:
        self._all = True
        self._show_sentences()

    def _show_sentences(self) -> None:
        assert self.compared is not None  # noqa: S101  # only after something was compared
        told_all = sentences(self.compared.difference)
        first: Sequence[str] = told_all if self._all else told_all[:_FIRST]
        count = len(told_all)
        words = ngettext("{count} difference", "{count} differences", count).format(count=count)
        self.summary.setText(words if count else _("The two versions say the same."))
        self.sentences.setText("\n".join(first))
        set_shown(self.sentences, bool(first))
        set_shown(self.more, len(first) < count)
        self.more.setText(_("Show all {count}").format(count=count))

    def _show_people(self, effect: Effect) -> None:
        assert self._shown is not None  # noqa: S101  # only after a version was shown
        scheme = self._shown.table.scheme
        self.moved.setText(moved_words(effect))
        self.matrix.show_matrix(scheme, comparison.matrix(scheme, effect))
        note = _("What this version would do today, beside the present tiers. {limits}").format(
            limits=limit_words(effect)
        )
        self.note.setText(f"{note}{partial_words(effect)}")

    def _list(self) -> None:
        if self._shown is None:
            return
        scheme = self._shown.table.scheme
        self._tasks.query(
            partial(comparison.movers, self._session, self._shown.ruleset.id),
            owner=self,
            done=partial(self.movers.show_movers, scheme),
            failed=self._show_problem,
            newest="movers",
        )


def _compared(session: Session, table: DecisionTable, other: Ruleset) -> Compared:
    before = rules.table(session, other.id)
    return Compared(
        other=other,
        difference=difference(before, table),
        stale=stale_reasons(before, table),
        effect=rules.effect(session, table),
    )
