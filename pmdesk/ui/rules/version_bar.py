"""The head of the rules page: which version, its state, what can be done with it, and why."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Signal
from PySide6.QtWidgets import QComboBox, QPushButton, QVBoxLayout, QWidget

from pmdesk.domain.classification import Ruleset, RulesetId
from pmdesk.domain.reviews import Review
from pmdesk.i18n import _
from pmdesk.rules.rule import HitPolicy
from pmdesk.ui import theme
from pmdesk.ui.forms.line import PinyinEdit
from pmdesk.ui.icons import Ink, icon
from pmdesk.ui.rules.assessment import AssessmentLine
from pmdesk.ui.rules.lifecycle import (
    STEP_ICONS,
    STEP_WORDS,
    Desk,
    Step,
    author_of,
    origin_words,
    status_badge,
    version_words,
)
from pmdesk.ui.rules.policy_box import policy_sentence
from pmdesk.ui.rules.review.line import ReviewLine
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.decision import decision_row
from pmdesk.ui.widgets.flow import FlowLayout
from pmdesk.ui.widgets.header import PageHeader
from pmdesk.ui.widgets.pill import Badge, Pill

_ACTS = (
    *(Step.DISCARD, Step.COPY, Step.RESTORE, Step.UNSCHEDULE, Step.SCHEDULE),
    *(Step.ACTIVATE, Step.WITHDRAW, Step.SUBMIT),
)


class VersionBar(QWidget):
    """Offers exactly the steps of a `Desk`; a decision takes its reason from the line."""

    version_chosen = Signal(object)  # RulesetId
    step_chosen = Signal(object, str)  # Step, the words of a decision

    def __init__(self, *further: QWidget) -> None:
        super().__init__()
        self._versions: tuple[Ruleset, ...] = ()
        self.pill = Pill(Badge(words=""))
        self.versions = QComboBox()
        self.versions.setAccessibleName(_("Version"))
        self.versions.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.versions.setMinimumContentsLength(30)
        self.buttons: dict[Step, QPushButton] = {step: self._button(step) for step in Step}
        self.banner = Banner()
        self.assessment = AssessmentLine()
        self.review = ReviewLine()
        self.words = PinyinEdit(_("One sentence: why do you approve it or send it back?"))
        self.words.setAccessibleName(_("Reason of the decision"))
        reject, approve = self.buttons[Step.REJECT], self.buttons[Step.APPROVE]
        self.decision = decision_row(self.words, reject, approve)
        self.decision.hide()
        policy = policy_sentence(HitPolicy.PRIORITY)
        shown = [self.buttons[step] for step in _ACTS]
        self.header = PageHeader(
            _("Classification rules"), policy, (self.versions, *shown, *further), mark=self.pill
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.header)
        column.addWidget(self.banner)
        papers = FlowLayout(24)
        papers.addWidget(self.assessment)
        papers.addWidget(self.review)
        column.addLayout(papers)
        column.addWidget(self.decision)
        self.versions.activated.connect(
            lambda at: self.version_chosen.emit(self.versions.itemData(at))
        )

    def show_versions(
        self, versions: Sequence[Ruleset], names: Mapping[str, str], chosen: RulesetId
    ) -> None:
        """The list offers these versions."""
        self._versions = tuple(versions)
        with QSignalBlocker(self.versions):
            self.versions.clear()
            for ruleset in versions:
                self.versions.addItem(version_words(ruleset, names), ruleset.id)
            self.versions.setCurrentIndex(self.versions.findData(chosen))

    def show_desk(self, ruleset: Ruleset, desk: Desk, names: Mapping[str, str]) -> None:
        """The version, its state, and the steps that can be taken."""
        title = _("Classification rules · v{version}").format(version=ruleset.version)
        if origin := origin_words(ruleset, self._versions):
            title = f"{title} · {origin}"
        self.header.show_title(title)
        self.setAccessibleName(f"{title} {author_of(ruleset, names)}")
        self.pill.show_badge(status_badge(ruleset.status))
        for step, made in self.buttons.items():
            made.setVisible(step in desk.steps)
            self._mark(made, step, is_main=step in desk.steps[:1])
        self.decision.setVisible(Step.APPROVE in desk.steps)
        self.words.clear()
        self.banner.show_sentence(desk.sentence, desk.tone)

    def show_policy(self, policy: HitPolicy) -> None:
        """The head says how the table decides."""
        self.header.show_subtitle(policy_sentence(policy))

    def show_review(self, review: Review | None) -> None:
        """How the legality review stands; nothing can be approved while it is not finished."""
        self.review.show_review(review)
        approve = self.buttons[Step.APPROVE]
        approve.setEnabled(review is not None and not review.hindering)
        missing = _("First the items of the legality review that are open")
        approve.setToolTip("" if approve.isEnabled() else missing)

    def show_problem(self, sentence: str) -> None:
        """The banner says what went wrong."""
        self.banner.show_sentence(sentence, Tone.PROBLEM)

    def _button(self, step: Step) -> QPushButton:
        made = button(_(STEP_WORDS[step]), lambda: self._choose(step), picture=STEP_ICONS[step])
        made.setObjectName(f"step.{step.value}")
        made.hide()  # until it is known what may be done
        return made

    def _mark(self, made: QPushButton, step: Step, *, is_main: bool) -> None:
        theme.look(made, look="primary" if is_main else "")
        made.setIcon(icon(STEP_ICONS[step], Ink.ON_ACCENT if is_main else Ink.TEXT))
        side = theme.length(16)
        made.setIconSize(QSize(side, side))

    def _choose(self, step: Step) -> None:
        self.step_chosen.emit(step, self.words.text().strip())
