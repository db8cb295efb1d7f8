"""Which row decides when several fit: a plain question with three answers."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from pmdesk.i18n import N_, _
from pmdesk.rules.rule import HitPolicy
from pmdesk.ui.widgets.label import label

ANSWERS: Mapping[HitPolicy, str] = {
    HitPolicy.PRIORITY: N_("the strongest tier decides (recommended)"),
    HitPolicy.FIRST: N_("the topmost row decides"),
    HitPolicy.UNIQUE: N_("only one row may fit (to be proved)"),
}
SENTENCES: Mapping[HitPolicy, str] = {
    HitPolicy.PRIORITY: N_("When several rules fit, the strongest tier applies; tags add up."),
    HitPolicy.FIRST: N_("When several rules fit, the topmost row gives the tier; tags add up."),
    HitPolicy.UNIQUE: N_("Only one rule may fit anybody; it is checked before use."),
}
WARNINGS: Mapping[HitPolicy, str] = {
    HitPolicy.FIRST: N_(
        "The order of the rows now has a meaning: whoever moves a row may change somebody's tier."
    ),
    HitPolicy.UNIQUE: N_(
        "Where two rows fit the same person, that is an error now: the rules cannot be submitted "
        "until the rows exclude each other."
    ),
}


def policy_sentence(policy: HitPolicy) -> str:
    """How a table with this policy decides, for the head of the page."""
    return _(SENTENCES[policy])


class PolicyBox(QWidget):
    """Asks what happens when several rows fit."""

    chosen = Signal(object)  # HitPolicy

    def __init__(self) -> None:
        super().__init__()
        question = _("When several rows fit:")
        self.box = QComboBox()
        self.box.setAccessibleName(question)
        for policy, words in ANSWERS.items():
            self.box.addItem(_(words), policy.value)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(label(question, "label"))
        row.addWidget(self.box)
        policies = list(ANSWERS)  # Qt would give back plain text
        self.box.activated.connect(lambda at: self.chosen.emit(policies[at]))

    def show_policy(self, policy: HitPolicy, *, editable: bool) -> None:
        """This is how the table decides."""
        self.box.setCurrentIndex(list(ANSWERS).index(policy))
        self.box.setToolTip(policy_sentence(policy))
        self.box.setEnabled(editable)
