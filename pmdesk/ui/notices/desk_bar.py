"""The head of a purpose: its state, the steps that can be taken, and what a new version does."""

from collections.abc import Mapping
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from pmdesk.domain.purpose_plans import Proposal, ProposalStatus, PurposePlan
from pmdesk.domain.staff import Permission, Staff
from pmdesk.i18n import N_, Words, _, said
from pmdesk.services.notices.purpose_shelf import Look, PurposeDetail
from pmdesk.ui.forms.line import PinyinEdit
from pmdesk.ui.notices.words import alteration_words, basis_words, name_words, state_badge
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.decision import decision_row
from pmdesk.ui.widgets.header import PageHeader
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.pill import Pill


class Step(StrEnum):
    """An act on a plan."""

    PLAN = "plan"
    SUBMIT = "submit"
    APPROVE = "approve"
    REJECT = "reject"
    DISCARD = "discard"
    RESTORE = "restore"


_STEPS: Mapping[Step, tuple[str, str, str]] = {
    Step.RESTORE: (N_("Put into force again"), "rotate-ccw", "danger"),
    Step.DISCARD: (N_("Discard the plan"), "trash-2", "quiet"),
    Step.PLAN: (N_("Plan a new version"), "pencil", "primary"),
    Step.SUBMIT: (N_("Submit for review"), "clipboard-check", "primary"),
    Step.REJECT: (N_("Send back"), "rotate-ccw", ""),
    Step.APPROVE: (N_("Approve and put into force"), "badge-check", "primary"),
}


def steps(detail: PurposeDetail, staff: Staff) -> frozenset[Step]:
    """What this member of staff may do now."""
    plan = detail.row.proposal
    edits, decides = staff.may(Permission.EDIT_PURPOSES), staff.may(Permission.APPROVE_PURPOSES)
    if plan is not None and plan.status is ProposalStatus.SUBMITTED:
        mine = plan.author == staff.uid
        return frozenset({Step.APPROVE, Step.REJECT}) if decides and not mine else frozenset()
    if not edits or detail.plan is None:
        return frozenset()
    restore = {Step.RESTORE} if detail.row.broken else set()
    if plan is None:
        return frozenset({Step.PLAN, *restore})
    rejected = plan.status is ProposalStatus.REJECTED
    return frozenset({Step.PLAN if rejected else Step.SUBMIT, Step.DISCARD, *restore})


class DeskBar(QWidget):
    """Offers exactly the steps; a decision takes its reason from the line."""

    step_chosen = Signal(object, str)  # Step, the words of a decision
    back_requested = Signal()
    edited = Signal(object)  # (Words, bool): the summary, the wish for a major version

    def __init__(self, detail: PurposeDetail, staff: Staff) -> None:
        super().__init__()
        self._plan = detail.plan
        purpose = detail.row.purpose
        offered = steps(detail, staff)
        self.buttons: dict[Step, QPushButton] = {}
        for step in offered:
            self.buttons[step] = self._button(step)
        self.words = PinyinEdit(_("One sentence: why do you approve it or send it back?"))
        self.words.setAccessibleName(_("Reason of the decision"))
        self.banner = Banner(_sentence(detail, offered), _tone(detail))
        self.what_zh = PinyinEdit(_("What changed, and what people can do: one plain sentence"))
        self.what_en = PinyinEdit(_("The same in English (may be left empty)"))
        self.major = QCheckBox(_("Major version: everybody is asked again"))
        self.effect = Banner()
        back = button(
            _("All purposes"), self.back_requested.emit, look="quiet", picture="chevron-left"
        )
        acts = [self.buttons[s] for s in _STEPS if s in offered and s not in _DECISIONS]
        header = PageHeader(
            name_words(purpose),
            basis_words(purpose),
            (Pill(state_badge(detail.row)), back, *acts),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for part in (header, self.banner, self.effect):
            column.addWidget(part)
        if detail.row.proposal is not None and detail.plan is not None:
            column.addWidget(self._summary(detail.plan, editable=Step.SUBMIT in offered))
        if Step.APPROVE in offered:
            reject, approve = self.buttons[Step.REJECT], self.buttons[Step.APPROVE]
            column.addWidget(decision_row(self.words, reject, approve))

    def follow(self, plan: PurposePlan) -> None:
        """Edits are made to this plan from now on."""
        self._plan = plan

    def show_look(self, look: Look) -> None:
        """The banner says what the new version changes and whom it concerns."""
        self.major.setEnabled(self.major.property("may") is True and not look.is_forced)
        self.major.setChecked(look.is_major)
        if look.alterations:
            self.effect.show_sentence(_effect(look), Tone.WARN if look.is_major else Tone.INFO)
        else:
            self.effect.show_sentence("")
        if Step.SUBMIT in self.buttons:
            self.buttons[Step.SUBMIT].setEnabled(look.is_ready)

    def show_problem(self, sentence: str) -> None:
        """The banner says what went wrong."""
        self.banner.show_sentence(sentence, Tone.PROBLEM)

    def _button(self, step: Step) -> QPushButton:
        words, picture, look = _STEPS[step]
        made = button(
            _(words),
            lambda: self.step_chosen.emit(step, self.words.text().strip()),
            look=look,
            picture=picture,
        )
        made.setObjectName(f"step.{step.value}")
        return made

    def _summary(self, plan: PurposePlan, *, editable: bool) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(label(_("What changed"), "label"))
        for line, words in ((self.what_zh, plan.summary.zh), (self.what_en, plan.summary.en)):
            line.setText(words)
            line.setAccessibleName(line.placeholderText())
            line.setReadOnly(not editable)
            line.textEdited.connect(lambda _text: self._tell())
            row.addWidget(line, 1)
        self.major.setProperty("may", editable)
        self.major.setEnabled(editable)
        self.major.clicked.connect(lambda _on: self._tell())
        row.addWidget(self.major)
        return made

    def _tell(self) -> None:
        if self._plan is not None:
            summary = Words(self.what_zh.text().strip(), self.what_en.text().strip())
            self.edited.emit((summary, self.major.isChecked()))


_DECISIONS = frozenset({Step.APPROVE, Step.REJECT})


def _sentence(detail: PurposeDetail, offered: frozenset[Step]) -> str:
    if detail.row.broken:
        return _(
            "The notice in force was deleted or changed outside pmdesk. Nobody can be asked, and"
            " what hung on it is not processed. Put it into force again; people whose consent"
            " names the damaged version have to be asked anew."
        )
    if detail.plan is None:
        return _("This purpose has no notice of its own: the public rules tell of it.")
    return _of_plan(detail, detail.row.proposal, offered) if detail.row.proposal else ""


def _of_plan(detail: PurposeDetail, plan: Proposal, offered: frozenset[Step]) -> str:
    who = detail.names.get(plan.author, _("a former colleague"))
    if plan.status is ProposalStatus.REJECTED:
        by = detail.names.get(plan.decided_by, "")
        words = _("Sent back by {name}: “{words}”. Go on with it, mend it and submit it again.")
        return words.format(name=by, words=plan.words)
    if plan.status is ProposalStatus.SUBMITTED and Step.APPROVE in offered:
        words = _("{name} asks for your decision. Read the notice, the list and what changes.")
        return words.format(name=who)
    if plan.status is ProposalStatus.SUBMITTED:
        return _("Submitted. The reviewer decides: nobody puts a plan of his own into force.")
    return ""


def _tone(detail: PurposeDetail) -> Tone:
    plan = detail.row.proposal
    if detail.row.broken:
        return Tone.PROBLEM
    return Tone.WARN if plan is not None else Tone.INFO


def _effect(look: Look) -> str:
    joint = "；" if said(Words("zh", "en")) == "zh" else "; "
    what = joint.join(alteration_words(one) for one in look.alterations)
    if look.is_major:
        words = _(
            "Major version {version}: {count} consents become outdated at once and these people"
            " are asked again. {what}"
        )
        return words.format(version=look.version, count=look.stale, what=what)
    return _("Minor version {version}: no consent ends. {what}").format(
        version=look.version, what=what
    )
