"""A clock set back by a year and a notice deleted by hand, met in the real window.

`python -m tests.journeys.bad_days OFFICE KEPT` lets a clerk be refused a consent and withdraw one,
see that what hangs on the lost notice is closed, and the administrator put the notice back.
"""

import sys

from pmdesk.domain.consents import ConsentState
from pmdesk.i18n import _
from pmdesk.services.wording import STATES
from pmdesk.ui.pages.purposes import PurposesPage
from tests.journeys.deeds import agrees, draws, shows_notices, visits
from tests.journeys.program import travel
from tests.journeys.sights import group, group_reads, signs_in, the_table

NAME, ROOM = "冯玉兰", "9-1-401"
CLASSES, EVENTS, SURVEYS = "服务需求分类", "社区活动", "满意度与需求问卷"
BACK = 365  # days


def clerk_is_told_of_the_date(hand, _kept):
    """The home page says it before anything is tried."""
    signs_in(hand, "clerk")
    hand.reads("这台电脑的日期")
    hand.picture("clock")


def no_consent_is_taken(hand, _kept):
    """A consent with a wrong date proves nothing: it is refused and the sentence says the day."""
    visits(hand, ROOM, NAME)
    hand.click(_("Take consent now"), group(hand, SURVEYS))
    shows_notices(hand, SURVEYS)
    agrees(hand, SURVEYS)
    draws(hand)
    hand.click(_("Record the decision"))
    hand.reads("2026-03-02")
    assert not hand.says(_("Recorded. Please hand out the receipt."))
    hand.picture("clock-refused")
    hand.press("Esc")


def withdrawal_always_works(hand, _kept):
    """Nobody has to wait for a clock to take a consent back."""
    hand.click(_("Withdraw consent"), group(hand, CLASSES))
    hand.click(_("Confirm the withdrawal"))
    words = _("The consent to “{purpose}” was withdrawn and its entries are erased.")
    hand.reads(words.format(purpose=CLASSES))
    group_reads(hand, CLASSES, _(STATES[ConsentState.WITHDRAWN]))
    hand.picture("clock-withdrawn")


def lost_notice_closes_its_purpose(hand, _kept):
    """What was agreed to cannot be shown any more: it is not processed."""
    group_reads(hand, EVENTS, _("Locked"))
    assert not hand.all("hobby_tags")
    hand.picture("lost-notice")


def admin_hears_what_was_taken_out(hand, _kept):
    """Rows are compared with the log: a notice that no entry tells the end of is missed."""
    hand.answer(_("OK"))
    signs_in(hand, "admin")
    hand.until("the sentence about the log", lambda: hand.answered)
    hand.picture("missed")


def admin_puts_the_notice_back(hand, _kept):
    """The page says what happened; one button brings the text back as a new version."""
    hand.click("nav.purposes")
    view = the_table(hand, PurposesPage)
    hand.click_cell(view, hand.line(view, EVENTS), 0)
    hand.press("Return")
    words = _(
        "The notice in force was deleted or changed outside pmdesk. Nobody can be asked, and"
        " what hung on it is not processed. Put it into force again; people whose consent"
        " names the damaged version have to be asked anew."
    )
    hand.reads(words)
    hand.picture("broken")
    hand.click("step.restore")
    hand.until("a whole notice", lambda: not hand.says(words))
    hand.picture("restored")


JOURNEY = (
    clerk_is_told_of_the_date,
    no_consent_is_taken,
    withdrawal_always_works,
    lost_notice_closes_its_purpose,
    admin_hears_what_was_taken_out,
    admin_puts_the_notice_back,
)

if __name__ == "__main__":
    travel(JOURNEY, *sys.argv[1:], days_later=-BACK)
