"""The head of the rules page: which version, its state, what can be done with it, and why."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from pmdesk.domain.classification import Ruleset, RulesetId
from pmdesk.i18n import _
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
    status_badge,
    version_words,
)
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.decision import decision_row
from pmdesk.ui.widgets.header import PageHeader
from pmdesk.ui.widgets.pill import Badge, Pill


class VersionBar(QWidget):
    """Offers exactly the steps of a `Desk`; a decision takes its reason from the line."""

    version_chosen = Signal(object)  # RulesetId
    step_chosen = Signal(object, str)  # Step, the words of a decision

    def __init__(self) -> None:
        super().__init__()
        self.pill = Pill(Badge(words=""))
        self.versions = QComboBox()
        self.versions.setAccessibleName(_("Version"))
        self.versions.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.versions.setMinimumContentsLength(24)
        self.buttons: dict[Step, QPushButton] = {step: self._button(step) for step in Step}
        self.banner = Banner()
        self.assessment = AssessmentLine()
        self.words = PinyinEdit(_("One sentence: why do you approve it or send it back?"))
        self.words.setAccessibleName(_("Reason of the decision"))
        reject, approve = self.buttons[Step.REJECT], self.buttons[Step.APPROVE]
        self.decision = decision_row(self.words, reject, approve)
        self.decision.hide()
        policy = _("When several rules fit, the strongest tier applies; tags add up.")
        acts = (Step.DISCARD, Step.COPY, Step.ACTIVATE, Step.SUBMIT)
        shown = [self.buttons[step] for step in acts]
        self.header = PageHeader(_("Classification rules"), policy, (self._which(), *shown))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.header)
        column.addWidget(self.banner)
        column.addWidget(self.assessment)
        column.addWidget(self.decision)
        self.versions.activated.connect(
            lambda at: self.version_chosen.emit(self.versions.itemData(at))
        )

    def show_versions(
        self, versions: Sequence[Ruleset], names: Mapping[str, str], chosen: RulesetId
    ) -> None:
        """The list offers these versions."""
        with QSignalBlocker(self.versions):
            self.versions.clear()
            for ruleset in versions:
                self.versions.addItem(version_words(ruleset, names), ruleset.id)
            self.versions.setCurrentIndex(self.versions.findData(chosen))

    def show_desk(self, ruleset: Ruleset, desk: Desk, names: Mapping[str, str]) -> None:
        """The version, its state, and the steps that can be taken."""
        title = _("Classification rules · v{version}").format(version=ruleset.version)
        self.header.show_title(title)
        self.setAccessibleName(f"{title} {author_of(ruleset, names)}")
        self.pill.show_badge(status_badge(ruleset.status))
        for step, made in self.buttons.items():
            made.setVisible(step in desk.steps)
            self._mark(made, step, is_main=step in desk.steps[:1])
        self.decision.setVisible(Step.APPROVE in desk.steps)
        self.words.clear()
        self.banner.show_sentence(desk.sentence, desk.tone)

    def show_problem(self, sentence: str) -> None:
        """The banner says what went wrong."""
        self.banner.show_sentence(sentence, Tone.PROBLEM)

    def _button(self, step: Step) -> QPushButton:
        made = button(_(STEP_WORDS[step]), lambda: self._choose(step), picture=STEP_ICONS[step])
        made.setObjectName(f"step.{step.value}")
        made.hide()  # until it is known what may be done
        return made

    def _which(self) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.pill)
        row.addWidget(self.versions)
        return made

    def _mark(self, made: QPushButton, step: Step, *, is_main: bool) -> None:
        theme.look(made, look="primary" if is_main else "")
        made.setIcon(icon(STEP_ICONS[step], Ink.ON_ACCENT if is_main else Ink.TEXT))
        side = theme.length(16)
        made.setIconSize(QSize(side, side))

    def _choose(self, step: Step) -> None:
        self.step_chosen.emit(step, self.words.text().strip())
