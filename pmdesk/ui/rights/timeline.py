"""The timeline of a case: what was done, when and by whom."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pmdesk.domain.requests import Step, StepCode
from pmdesk.i18n import _
from pmdesk.services.case_words import IDENTITIES, PAPERS, Paper
from pmdesk.services.rights.request_book import CaseView
from pmdesk.ui.rights.words import STATES, STEPS
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.label import Picture, label


def timeline(view: CaseView) -> Card:
    """Its steps, oldest first, and how the case stands."""
    card = Card(_("Timeline"))
    for step in view.case.steps:
        card.add(_line(step, view))
    card.add(label(_(STATES[view.case.request.state]), "muted"))
    return card


def _line(step: Step, view: CaseView) -> QWidget:
    made = QWidget()
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(label(_title(step, view), wrap=True))
    words.addWidget(label(_remark(step, view), "muted", wrap=True))
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(10)
    row.addWidget(Picture("circle-check", Tone.GOOD, 16), 0, Qt.AlignmentFlag.AlignTop)
    row.addLayout(words, 1)
    return made


def _title(step: Step, view: CaseView) -> str:
    title = _(STEPS[step.code])
    if step.code is StepCode.ASSIGNED:
        return f"{title}{_(': ')}{view.names.get(step.note, '—')}"
    if step.code is StepCode.HANDED:
        return f"{title}{_(': ')}{_(PAPERS[Paper(step.note)])}"
    first, _dot, rest = step.note.partition(" · ")
    if step.code is StepCode.IDENTIFIED:
        known = next((_(words) for one, words in IDENTITIES.items() if one.value == first), first)
        return " · ".join(filter(None, (f"{title}{_(': ')}{known}", rest)))
    return f"{title}{_(': ')}{step.note}" if step.note else title


def _remark(step: Step, view: CaseView) -> str:
    parts = [f"{step.at.astimezone():%Y-%m-%d %H:%M}", view.names.get(step.by, "")]
    if step.digest:
        parts.append(f"SHA-256 {step.digest[:12]}…")
    if step.counts:
        parts.append(_("{count} entries").format(count=sum(step.counts.values())))
    return " · ".join(filter(None, parts))
