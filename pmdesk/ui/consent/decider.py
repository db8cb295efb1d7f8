"""Who decides: the person, the guardian of an adult without capacity, or an agent."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from pmdesk.domain.consents import GivenBy, Representative
from pmdesk.i18n import N_, _
from pmdesk.services.wording import GIVEN_BY
from pmdesk.ui.consent.decisions import Decisions
from pmdesk.ui.forms.line import PinyinEdit
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.choice import Segmented
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.visibility import set_shown

_EXPLAINED = {
    GivenBy.SELF: "",
    GivenBy.GUARDIAN: N_(
        "A guardian decides only for an adult who cannot decide. The document is looked at, not"
        " copied, and no number is written down."
    ),
    GivenBy.AGENT: N_(
        "An agent decides as far as the authority goes, never on sensitive data. Call the person"
        " back. The document is looked at, not copied, and no number is written down."
    ),
}
_ADULT = {
    GivenBy.SELF: N_("The person is of age and decides for themselves"),
    GivenBy.GUARDIAN: N_("The person who is decided for is of age"),
    GivenBy.AGENT: N_("The person who is decided for is of age"),
}
_DOCUMENTS = {
    GivenBy.SELF: "",
    GivenBy.GUARDIAN: N_("such as: judgment on guardianship"),
    GivenBy.AGENT: N_("such as: letter of authority"),
}


class DeciderCard(Card):
    """The person of age, or who acts for them: name, relation and the document that was seen."""

    adult_confirmed = Signal(bool)
    given_by_chosen = Signal(object)  # GivenBy
    representative_named = Signal(object)  # Representative

    def __init__(self) -> None:
        super().__init__(_("Who decides"))
        self.who = Segmented([(one, _(words)) for one, words in GIVEN_BY.items()])
        self.name, self.relation, self.document = PinyinEdit(), PinyinEdit(), PinyinEdit()
        self.adult = QCheckBox(_(_ADULT[GivenBy.SELF]))
        self._explained = label("", "muted", wrap=True)
        self._other = QWidget()
        self._arrange()
        self.who.chosen.connect(lambda one: self.given_by_chosen.emit(one))
        self.adult.clicked.connect(lambda on: self.adult_confirmed.emit(on))
        for line in (self.name, self.relation, self.document):
            line.textEdited.connect(lambda _text: self.representative_named.emit(self._named()))

    def show_decisions(self, decisions: Decisions) -> None:
        """Who decides, and what has to be told of a representative."""
        by = decisions.given_by
        self.who.show_value(by)
        self.adult.setText(_(_ADULT[by]))
        self.adult.setChecked(decisions.adult)
        self._explained.setText(_(_EXPLAINED[by]))
        self.document.setPlaceholderText(_(_DOCUMENTS[by]))
        set_shown(self._explained, by is not GivenBy.SELF)
        set_shown(self._other, by is not GivenBy.SELF)

    def _named(self) -> Representative:
        blank = Representative(name="", relation="", document="")
        name, relation = self.name.text(), self.relation.text()
        return replace(blank, name=name, relation=relation, document=self.document.text())

    def _arrange(self) -> None:
        column = QVBoxLayout(self._other)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for words, line, example in (
            (_("Name of who decides"), self.name, ""),
            (_("Relation to the person"), self.relation, _("such as: daughter")),
            (_("Document that was seen"), self.document, ""),
        ):
            line.setAccessibleName(words)
            line.setPlaceholderText(example)
            column.addWidget(label(words, "label"), 0, Qt.AlignmentFlag.AlignLeft)
            column.addWidget(line)
        minors = label(
            _("Information on minors is not collected by this program."), "muted", wrap=True
        )
        for widget in (self.who, self._explained, self._other, self.adult, minors):
            self.add(widget)
