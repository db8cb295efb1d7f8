"""Guardian, objection, access and a new notice, done in the real window by four people.

`python -m tests.journeys.rights_job OFFICE KEPT` lets the clerk receive what residents come for,
the manager decide and carry out, the administrator check, answer and plan a new major version of
a notice, the reviewer put it into force, and the clerk ask anew.
"""

import sys

from pmdesk.domain.consents import ConsentState
from pmdesk.domain.requests import Identity
from pmdesk.domain.rights import RightCode
from pmdesk.i18n import _
from pmdesk.services.case_words import IDENTITIES
from pmdesk.services.wording import STATES
from pmdesk.ui.consent.decider import DeciderCard
from pmdesk.ui.consent.receipt_step import ReceiptStep
from pmdesk.ui.pages.purposes import PurposesPage
from pmdesk.ui.pages.resident import ResidentPage
from pmdesk.ui.pages.rights import RightsPage
from pmdesk.ui.resident.tier_panel import TierPanel
from pmdesk.ui.rights.case import CaseCard
from pmdesk.ui.rights.step_card import StepCard
from tests.journeys.deeds import (
    answers,
    consents_to,
    fills,
    line_of,
    picks,
    shows_notices,
    signs,
    visits,
)
from tests.journeys.program import travel
from tests.journeys.sights import group, group_reads, shown, signs_in, the, the_table

OBJECTOR, CURIOUS, GRANDMOTHER, REASKED = "何建军", "陆小曼", "龚桂英", "孟庆松"
ROOMS = {OBJECTOR: "9-1-201", CURIOUS: "9-1-202", GRANDMOTHER: "9-1-203", REASKED: "9-1-204"}
CLASSES, HELP, RAMP = "服务需求分类", "特殊协助", "坡道"
OTHER_ITEMS = ("扶手", "敲门前致电", "搬运协助", "紧急疏散协助")
DAUGHTER, RELATION, PAPER_SEEN = "龚晓梅", "女儿", "法院指定监护判决书"
REASON = "与本人谈过，家中维修确实多，按关怀安排上门。"
ANSWER = "已当面说明并交付。"
CHANGE = "分类多了一项用途，请重新决定。"
CASE = "DSR"


def guardian_decides(hand, kept):
    """For an adult without capacity, on one item alone, with name, relation and document."""
    signs_in(hand, "clerk")
    visits(hand, ROOMS[GRANDMOTHER], GRANDMOTHER)
    hand.click(_("Take consent now"), group(hand, HELP))
    shows_notices(hand, HELP)
    line = line_of(hand, HELP)
    hand.click(f"{RAMP}: {_('Agree')}", line)
    for item in OTHER_ITEMS:
        hand.click(f"{item}: {_('Disagree')}", line)
    card = the(hand, DeciderCard)
    hand.click(_("Guardian of an adult"), card)
    hand.click(card.adult)
    hand.reads(_("Enter who decides: name, relation and the document that was seen."))
    fills(hand, _("Name of who decides"), DAUGHTER)
    fills(hand, _("Relation to the person"), RELATION)
    fills(hand, _("Document that was seen"), PAPER_SEEN)
    hand.picture("guardian")
    signs(hand, "the guardian")
    receipt = the(hand, ReceiptStep)
    for words in (DAUGHTER, RELATION, PAPER_SEEN, RAMP):
        hand.reads(words, receipt)
    hand.click(_("Save as PDF…"), receipt)
    hand.until("the receipt's file", lambda: any(kept.glob("*.pdf")))
    hand.click(_("Back to the resident"))
    group_reads(hand, HELP, _(STATES[ConsentState.LIVE]))
    assert not hand.says(RAMP, the(hand, ResidentPage))  # which item it is, is sealed
    hand.picture("guardian-after")


def objection_works_at_once(hand, _kept):
    """One link on the page, one key: the standard holds before anybody decided."""
    visits(hand, ROOMS[OBJECTOR], OBJECTOR)
    hand.find("关怀", the(hand, TierPanel))
    hand.click(_("The person objects…"))
    hand.reads(OBJECTOR[0], the(hand, RightsPage))
    hand.press("Ctrl+S")
    hand.reads(_("served as standard from now on"), the(hand, CaseCard))
    hand.notes["objection"] = number(hand, RightCode.OBJECTION)
    hand.picture("objection")
    confirms_identity(hand)
    hand.click(_("Open the resident"))
    hand.find("标准", the(hand, TierPanel))
    hand.reads(_("The person objects to the automatic tier; until a decision, the standard holds."))
    hand.picture("objected")


def access_is_asked_for(hand, _kept):
    """At the desk, by word of mouth; nothing is copied."""
    visits(hand, ROOMS[CURIOUS], CURIOUS)
    hand.click(_("Rights request…"))
    hand.reads(CURIOUS[0], the(hand, RightsPage))
    hand.picture("intake")
    hand.press("Ctrl+S")
    hand.notes["access"] = number(hand, RightCode.ACCESS)
    confirms_identity(hand)
    card = the(hand, StepCard)
    assert card.primary is None  # who handles it is not the clerk's to say
    hand.picture("access")


def manager_decides_the_objection(hand, _kept):
    """A named person decides, with a reason that the person reads; then the case is closed."""
    signs_in(hand, "manager")
    opens(hand, "objection")
    presses(hand, _("Assign"))
    picks(hand, _("Tier decided"), "关怀")
    fills(hand, _("Reason, at least 10 characters; the person reads it"), REASON)
    hand.picture("decision")
    presses(hand, _("Carry it out"))
    answered_and_closed(hand)
    hand.picture("objection-closed")
    hand.click(_("Open the resident"))
    hand.find("关怀", the(hand, TierPanel))
    hand.reads(REASON, the(hand, TierPanel))
    hand.picture("decided-by-a-person")


def manager_makes_the_dossier(hand, kept):
    """Two files, for people and for machines; a second person has to look through them."""
    opens(hand, "access")
    presses(hand, _("Assign"))
    hand.click(_("Make the files…"))
    hand.until("both files", lambda: any(kept.glob("*.json")))
    hand.click(_("Made and looked through"))
    hand.reads(_("A colleague who did not make it looks whether data of other people are in it."))
    assert not hand.all(_("Nothing of other people in it"))
    hand.picture("dossier-made")


def admin_checks_and_closes(hand, _kept):
    """The second person, the answer, the end."""
    signs_in(hand, "admin")
    opens(hand, "access")
    hand.click(_("Nothing of other people in it"))
    answered_and_closed(hand)
    hand.picture("access-closed")


def admin_plans_a_major_version(hand, _kept):
    """The aim of a purpose changes: everybody has to be asked again."""
    hand.click("nav.purposes")
    opens_purpose(hand)
    hand.click("step.plan")
    hand.find("step.submit")
    fills(hand, _("What changed, and what people can do: one plain sentence"), CHANGE)
    fills(hand, "summary_zh", "按您填写的需求安排服务等级，并据此安排上门检查")
    hand.click(_("Major version: everybody is asked again"))
    hand.until("a way on", lambda: hand.find("step.submit").isEnabled())
    hand.picture("plan")
    hand.click("step.submit")
    hand.reads(_("Submitted. The reviewer decides: nobody puts a plan of his own into force."))
    assert not hand.all("step.approve")


def reviewer_puts_it_into_force(hand, _kept):
    """At that moment the old consents end, and nobody is processed on them any more."""
    signs_in(hand, "reviewer")
    hand.click("nav.purposes")
    opens_purpose(hand)
    fills(hand, _("Reason of the decision"), "与实际用途一致")
    hand.picture("plan-to-approve")
    answers(hand, "step.approve", _("Approve and put into force"))
    hand.until("the decision", lambda: not hand.all("step.approve"))
    visits(hand, ROOMS[REASKED], REASKED)
    hand.find("标准", the(hand, TierPanel))
    group_reads(hand, CLASSES, _(STATES[ConsentState.STALE]))
    hand.picture("stale")


def clerk_asks_again(hand, _kept):
    """The new text is shown and signed; the earlier entries are not the clerk's to bring back."""
    signs_in(hand, "clerk")
    visits(hand, ROOMS[REASKED], REASKED)
    group_reads(hand, CLASSES, _("Locked"))
    hand.click(_("Take consent now"), group(hand, CLASSES))
    hand.reads(_("Version {version}").format(version="2.0"))
    consents_to(hand, CLASSES)
    group_reads(hand, CLASSES, _(STATES[ConsentState.LIVE]))
    assert not hand.all(_("Bring the earlier entries back"))
    hand.picture("asked-again")


def manager_brings_the_entries_back(hand, _kept):
    """The sealed entries stand under the new consent, and the tier follows."""
    signs_in(hand, "manager")
    visits(hand, ROOMS[REASKED], REASKED)
    hand.find("标准", the(hand, TierPanel))
    hand.click(_("Bring the earlier entries back"))
    hand.find("关怀", the(hand, TierPanel))
    hand.picture("brought-back")


# ---- several times -------------------------------------------------------------------------


def number(hand, right):
    """The number of the case about that right, once it is open."""
    card = the(hand, CaseCard)
    hand.until("the case", lambda: card.view and card.view.case.request.code is right)
    return card.view.case.request.number


def confirms_identity(hand):
    """Who asks is known; nothing is copied."""
    hand.click(_(IDENTITIES[Identity.SEEN]))
    hand.click(_("Identity confirmed"))
    hand.reads(_("Handed on to the manager: your step is done."))


def presses(hand, words):
    """The one button that takes the step; the bar above says the same words."""
    button = hand.until(words, lambda: _primary(hand, words))
    hand.click(button)


def _primary(hand, words):
    cards = shown(hand, StepCard)
    return next((one.primary for one in cards if one.primary and one.primary.text() == words), None)


def opens(hand, note):
    """The case of that note is open, chosen in the book."""
    hand.click("nav.rights")
    page = the(hand, RightsPage)
    if not page.case.isHidden():
        hand.click(_("All requests"))
    view = the_table(hand, RightsPage)
    hand.click_cell(view, hand.line(view, hand.notes[note]), 0)
    hand.press("Return")
    hand.reads(hand.notes[note], the(hand, CaseCard))


def answered_and_closed(hand):
    """The answer is noted and the case closed."""
    fills(hand, _("Answer, in plain words"), ANSWER)
    hand.click(_("Note the answer"))
    presses(hand, _("Close the case"))
    hand.until("the end", lambda: hand.says(_("done"), the(hand, CaseCard)))


def opens_purpose(hand):
    """Classification is open among the purposes."""
    view = the_table(hand, PurposesPage)
    hand.click_cell(view, hand.line(view, CLASSES), 0)
    hand.press("Return")


JOURNEY = (
    guardian_decides,
    objection_works_at_once,
    access_is_asked_for,
    manager_decides_the_objection,
    manager_makes_the_dossier,
    admin_checks_and_closes,
    admin_plans_a_major_version,
    reviewer_puts_it_into_force,
    clerk_asks_again,
    manager_brings_the_entries_back,
)

if __name__ == "__main__":
    travel(JOURNEY, *sys.argv[1:])
