"""The main job, done in the real window: a program of its own, for it needs a real screen.

`python -m tests.journeys.main_job OFFICE KEPT` signs in, registers, takes consents, classifies,
changes a rule with a second person, and withdraws; it tells each step and ends with 0 when the
window showed what it should.
"""

import sys

from PySide6.QtWidgets import QRadioButton

from pmdesk.domain.consents import ConsentState
from pmdesk.i18n import _
from pmdesk.services.wording import STATES
from pmdesk.ui.classification.explanation import no_consent_words
from pmdesk.ui.pages.classification import ClassificationPage
from pmdesk.ui.pages.home import HomePage
from pmdesk.ui.pages.residents import ResidentsPage
from pmdesk.ui.resident.look_alikes import LookAlikes
from pmdesk.ui.resident.tier_panel import TierPanel
from pmdesk.ui.rules.preview import PreviewCard
from tests.journeys.deeds import agrees, fills, shows_notices, signs
from tests.journeys.program import travel
from tests.journeys.rules_deeds import (
    answers_the_examples,
    answers_the_review,
    approves,
    approves_the_assessment,
    assesses,
    copies_the_version,
    grid_parts,
    submits,
)
from tests.journeys.sights import (
    ROOM,
    chart_words,
    chooses,
    classified,
    draft_words,
    group,
    newcomer,
    signs_in,
    the,
    the_table,
    tier_column,
)

NEIGHBOUR, NEWCOMER, INITIALS = "曾国强", "曾国墙", "zgq"
PHONE = "13900000077"
PURPOSE = "服务需求分类"
ALARM, CONTACT, CHANGED = "紧急联系", "欧阳救急", "上官备用"


def clerk_registers(hand, _kept):
    """Undertake secrecy and search first, then register; somebody alike is shown."""
    signs_in(hand, "clerk")
    assert hand.notes["undertaken"] == 1
    hand.press("Ctrl+K")
    hand.type(INITIALS)
    table = the_table(hand, ResidentsPage)
    hand.until("one neighbour", lambda: len(hand.lines(table)) == 1)
    assert hand.line(table, "曾*强") == 0
    hand.picture("found")
    hand.press("Ctrl+K")
    hand.compose(NEWCOMER, "zengguoqiang")
    hand.reads(NEWCOMER, the(hand, ResidentsPage))
    hand.picture("nobody")
    hand.click(_("Register “{text}” as a new resident").format(text=NEWCOMER))
    hand.find(_("Register a resident"))
    hand.until("the name", lambda: hand.says(NEWCOMER))
    hand.click("mobile")
    hand.type(PHONE)
    hand.press("Return")
    hand.type(ROOM)
    hand.press("Return")
    alike = the(hand, LookAlikes)
    hand.reads("9-1-102", alike)
    assert hand.says("曾*强", alike)
    hand.click(_("Owner"))
    hand.picture("registering")
    hand.press("Ctrl+S")
    hand.reads("标准", the(hand, TierPanel))


def lock_explains_itself(hand, _kept):
    """The group says why it is locked, also to the keyboard."""
    card = group(hand, PURPOSE)
    assert hand.says(_("Locked"), card)
    assert hand.says(f"“{PURPOSE}”", card)
    assert not [one for one in hand.all("clean_need", card) if one.isEnabled()]
    hand.press("Shift+F1")
    hand.until("the cursor at the remedy", lambda: hand.is_at(_("Take consent now")))
    hand.picture("locked")


def notice_is_shown(hand, _kept):
    """To its end, and before anything can be chosen; then nothing is preselected."""
    hand.click(_("Take consent now"), group(hand, PURPOSE))
    hand.find(_("Notice text"))
    missing = _("Not yet shown to the end: {notices}. Scroll there, or print it.")
    hand.reads(missing.format(notices=PURPOSE))
    hand.picture("notice")
    shows_notices(hand, PURPOSE, ALARM)
    hand.reads(_("Choose agree or disagree for at least one purpose."))
    marks = hand.window.findChildren(QRadioButton)
    assert marks
    assert not any(mark.isChecked() for mark in marks)
    hand.picture("choices")


def consent_is_signed(hand, kept):
    """A choice, a drawn signature, a receipt that can be taken home."""
    agrees(hand, PURPOSE, ALARM)
    signs(hand)
    hand.click(_("Save as PDF…"))
    hand.until("the receipt's file", lambda: any(kept.glob("*.pdf")))
    assert next(kept.glob("*.pdf")).read_bytes().startswith(b"%PDF")
    hand.click(_("Back to the resident"))
    hand.until("open fields", lambda: bool(hand.all("repair_need")))


def answers_give_a_tier(hand, _kept):
    """Saved answers give a tier with its reason, and a page that explains it."""
    chooses(hand, "repair_need", "水")
    chooses(hand, "home_service_interest", "洗衣")
    hand.press("Ctrl+S")
    hand.reads(_("Saved · service tier: {tier}").format(tier="关怀"), group(hand, PURPOSE))
    hand.reads("关怀", the(hand, TierPanel))
    hand.reads("您关注用水", the(hand, TierPanel))
    hand.picture("tier")
    hand.click(_("Why?"))
    hand.reads(_("The rule that decided"))
    hand.reads("您关注用水")
    hand.picture("explained")
    hand.click(_("Classification table"))
    table = the_table(hand, ClassificationPage)
    hand.click_cell(table, hand.line(table, ROOM), 0)
    hand.press("Return")
    hand.until("the person's page", lambda: bool(hand.all("repair_need")))


def contact_is_typed(hand, _kept):
    """The person for emergencies is saved, and another one half typed: it stays a draft."""
    fills(hand, "emergency_contact", CONTACT)
    hand.press("Ctrl+S")
    hand.reads(_("Saved"), group(hand, ALARM))
    fills(hand, "emergency_contact", CHANGED)
    hand.reads(_("Kept as a draft just now"), group(hand, ALARM))
    hand.picture("contact")


def draft_survives_the_lock(hand, _kept):
    """A half-filled form is back after Ctrl+L."""
    chooses(hand, "parcel_pref", "送到门口")
    hand.press("Ctrl+L")
    hand.find("password")
    hand.reads(draft_words())
    hand.picture("locked-office")
    signs_in(hand, "clerk")
    hand.click(_("Open"), the(hand, HomePage).drafts)
    hand.click(_("Restore"), group(hand, PURPOSE))
    hand.picture("draft")
    hand.press("Ctrl+S")
    hand.reads(_("Saved"), group(hand, PURPOSE))


def manager_edits_a_rule(hand, _kept):
    """A cell is changed with keys; what it would do is counted at once."""
    signs_in(hand, "manager")
    copies_the_version(hand)
    asked, given = grid_parts(hand)
    preview = the(hand, PreviewCard)
    hand.reads(_("No change that is large enough to be shown."), preview)
    before = chart_words(preview)
    hand.click_cell(given, hand.line(given, "您关注用水，"), tier_column(asked))
    hand.press("F2")
    hand.press("Ctrl+A")
    hand.compose("加强", "jiaqiang")
    hand.press("Return")
    hand.until("other counts", lambda: chart_words(preview) != before)
    assert not hand.says(_("No change that is large enough to be shown."), preview)
    hand.picture("edited-rule")
    answers_the_examples(hand, lambda _line: "加强")
    hand.click("step.submit")
    submits(hand)


def manager_assesses_it(hand, _kept):
    """What it means for the people is written down before anybody is touched."""
    assesses(hand, 2)


def reviewer_puts_it_into_force(hand, _kept):
    """A second person approves assessment and rules and activates; the resident's tier follows."""
    signs_in(hand, "reviewer")
    approves_the_assessment(hand)
    answers_the_review(hand)
    approves(hand)
    hand.answer(_("Activate"))
    hand.click("step.activate")
    hand.reads(_("This version is active and cannot be changed. Copy it as a draft to edit."))
    hand.click("nav.classes")
    assert newcomer(hand)[2] == "加强"
    hand.picture("reclassified")
    hand.notes["classified"] = classified(hand)


def clerk_withdraws(hand, _kept):
    """One click and one confirmation."""
    signs_in(hand, "clerk")
    hand.click("nav.classes")
    table = the_table(hand, ClassificationPage)
    hand.click_cell(table, hand.line(table, ROOM), 0)
    hand.press("Return")
    for purpose in (ALARM, PURPOSE):
        hand.click(_("Withdraw consent"), group(hand, purpose))
        hand.picture("withdrawing")
        hand.click(_("Confirm the withdrawal"))
        words = _("The consent to “{purpose}” was withdrawn and its entries are erased.")
        hand.reads(words.format(purpose=purpose))


def nothing_is_left(hand, _kept):
    """Page, list, table, drafts and charts show the standard and the withdrawal, and no answer."""
    hand.until("closed fields", lambda: not hand.all("repair_need"))
    hand.reads(_("Take consent now"), group(hand, PURPOSE))
    hand.reads("标准", the(hand, TierPanel))
    assert not any(hand.says(words) for words in ("您关注用水", CONTACT, CHANGED))
    hand.picture("withdrawn")
    hand.press("Ctrl+1")
    hand.reads(_("Nothing unsaved. Forms are kept while you type."))
    hand.press("Ctrl+K")
    hand.type(INITIALS)
    people = the_table(hand, ResidentsPage)
    hand.until("both of that name", lambda: len(hand.lines(people)) == 2)
    line = hand.lines(people)[hand.line(people, ROOM)]
    assert _(STATES[ConsentState.WITHDRAWN]) in line
    assert "标准" in line
    hand.click("nav.classes")
    line = newcomer(hand)
    assert line[2:] == (
        "标准",
        "",
        _("Standard service by contract"),
        _(STATES[ConsentState.WITHDRAWN]),
    )
    hand.reads(no_consent_words())
    hand.picture("table-after")
    signs_in(hand, "manager")
    assert classified(hand) == hand.notes["classified"] - 1
    hand.picture("charts-after")


JOURNEY = (
    clerk_registers,
    lock_explains_itself,
    notice_is_shown,
    consent_is_signed,
    answers_give_a_tier,
    draft_survives_the_lock,
    contact_is_typed,
    manager_edits_a_rule,
    manager_assesses_it,
    reviewer_puts_it_into_force,
    clerk_withdraws,
    nothing_is_left,
)

if __name__ == "__main__":
    travel(JOURNEY, *sys.argv[1:])
