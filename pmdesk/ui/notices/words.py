"""The words and pictures for plans, changes and notices."""

from collections.abc import Mapping
from html import escape

from pmdesk.domain.notice_check import Finding
from pmdesk.domain.purpose_plans import Alteration, Aspect, ProposalStatus
from pmdesk.domain.purposes import ConsentForm, Purpose
from pmdesk.i18n import N_, Words, _, said
from pmdesk.services.notices.change_words import aspect_words
from pmdesk.services.notices.purpose_shelf import PurposeRow
from pmdesk.services.wording import BASES, notice_lines
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.pill import Badge

FORMS: Mapping[ConsentForm, str] = {
    ConsentForm.NONE: N_("no consent asked"),
    ConsentForm.CONSENT: N_("consent"),
    ConsentForm.SEPARATE: N_("separate consent"),
    ConsentForm.PER_ITEM: N_("separate consent for each item"),
}
_STATES: Mapping[ProposalStatus, tuple[str, Tone, str]] = {
    ProposalStatus.DRAFT: (N_("Draft"), Tone.NEUTRAL, "pencil"),
    ProposalStatus.SUBMITTED: (N_("In review"), Tone.WARN, "clock"),
    ProposalStatus.REJECTED: (N_("Sent back"), Tone.PROBLEM, "rotate-ccw"),
    ProposalStatus.PUBLISHED: (N_("In force"), Tone.GOOD, "badge-check"),
}


def state_badge(row: PurposeRow) -> Badge:
    """How things stand with the purpose: damage first, then its plan, then what is in force."""
    if row.broken:
        return Badge(words=_("Notice damaged"), tone=Tone.PROBLEM, icon="circle-alert")
    if row.proposal is not None:
        words, tone, icon = _STATES[row.proposal.status]
        return Badge(words=_(words), tone=tone, icon=icon)
    if row.outdated:
        return Badge(words=_("Needs a new version"), tone=Tone.WARN, icon="circle-alert")
    if row.version:
        return Badge(words=_("In force"), tone=Tone.GOOD, icon="circle-check")
    if row.purpose.needs_consent:
        return Badge(words=_("Not in force"), tone=Tone.WARN, icon="circle-minus")
    return Badge(words=_("In the public rules"), tone=Tone.NEUTRAL, icon="file-text")


def basis_words(purpose: Purpose) -> str:
    """On what the purpose rests: a form of consent, or another basis."""
    asked = purpose.consent is not ConsentForm.NONE
    return _(FORMS[purpose.consent] if asked else BASES[purpose.basis])


def name_words(purpose: Purpose) -> str:
    """The code and the name; a plan has none at first."""
    name = said(purpose.name) or _("A new purpose")
    return f"{purpose.code}  {name}"


def finding_words(finding: Finding) -> str:
    """What a notice lacks, with the article that wants it said."""
    places = {
        name: said(value) if isinstance(value, Words) else value
        for name, value in finding.places.items()
    }
    return f"{_(finding.sentence).format_map(places)} ({finding.article})"


def alteration_words(one: Alteration) -> str:
    """One difference in a line; a new wording is shown below by itself."""
    what = aspect_words(one.aspect)
    if one.aspect is Aspect.TEXT:
        return what
    return _("{what}: {old} → {new}").format(
        what=what, old=said(one.old) or "—", new=said(one.new) or "—"
    )


def sheet_html(text: str) -> str:
    """A notice as a page of text; markup in it is shown, not obeyed."""
    made = []
    for line in notice_lines(text):
        words = escape(line.removeprefix("# "))
        heading = line.startswith("# ")
        made.append(f"<h3>{words}</h3>" if heading else f'<p style="line-height:150%">{words}</p>')
    return "".join(made)
