"""An office opened again after four hundred days, in the real window.

`python -m tests.journeys.long_away OFFICE KEPT` lets the manager see what went meanwhile, and a
clerk whose training has lapsed do everything but take a consent, learn, and take it.
"""

import sys
from functools import partial

from pmdesk.domain.consents import ConsentState
from pmdesk.i18n import _, ngettext
from pmdesk.services.wording import STATES
from pmdesk.ui.pages.resident import ResidentPage
from pmdesk.ui.resident.tier_panel import TierPanel
from pmdesk.ui.tables.view import TableView
from pmdesk.ui.training.quiz import LETTERS, Quiz
from pmdesk.ui.training.reader import Reader
from tests.journeys.deeds import (
    agrees,
    consents_to,
    draws,
    finds,
    registers,
    shows_notices,
    visits,
)
from tests.journeys.program import travel
from tests.journeys.sights import group, group_reads, shown, signs_in, the

BEFORE, AWAY = 630, 400  # days in use, and days off
EXPIRED, HELD, OFFERED, NEWCOMER = "阮文斌", "柴静怡", "邵一鸣", "温如玉"
ROOMS = {EXPIRED: "9-1-301", HELD: "9-1-302", OFFERED: "9-1-303", NEWCOMER: "9-1-304"}
CLASSES, EVENTS, OFFERS = "服务需求分类", "社区活动", "增值服务推介"
COURSE = "consent"


def manager_reads_the_report(hand, _kept):
    """What ran out while the computer was off is gone, and the report says how long it was."""
    signs_in(hand, "manager")
    hand.click("nav.records")
    hand.click("tab.sweeps")
    hand.find(_("What went so far"))
    days = ngettext("{count} day", "{count} days", AWAY).format(count=AWAY)
    reports = the_table_with(hand, days)
    gone = reports[0][-1]
    assert "同意和所填内容 1" in gone
    assert "到期后封存的内容 1" in gone
    hand.picture("report")


def manager_sees_what_is_left(hand, _kept):
    """The page has no entries and the standard; the list says why."""
    visits(hand, ROOMS[EXPIRED], EXPIRED)
    hand.find("标准", the(hand, TierPanel))
    group_reads(hand, CLASSES, _(STATES[ConsentState.EXPIRED]))
    assert not hand.all("repair_need")
    hand.picture("expired")
    visits(hand, ROOMS[HELD], HELD)
    group_reads(hand, EVENTS, _(STATES[ConsentState.EXPIRED]))
    assert not hand.says("封存到")  # nothing waits any more
    assert _(STATES[ConsentState.EXPIRED]) in finds(hand, ROOMS[EXPIRED])
    hand.picture("expired-list")


def clerk_withdraws_and_registers(hand, _kept):
    """A lapsed course closes one thing only."""
    signs_in(hand, "clerk")
    hand.picture("lapsed-home")
    visits(hand, ROOMS[OFFERED], OFFERED)
    hand.click(_("Withdraw consent"), group(hand, OFFERS))
    hand.click(_("Confirm the withdrawal"))
    words = _("The consent to “{purpose}” was withdrawn and its entries are erased.")
    hand.reads(words.format(purpose=OFFERS))
    registers(hand, NEWCOMER, "13900000304", ROOMS[NEWCOMER])
    hand.reads(NEWCOMER, the(hand, ResidentPage))


def consent_has_to_wait(hand, _kept):
    """A yes is not recorded; the sentence says why, and leads to the course."""
    hand.click(_("Take consent now"), group(hand, CLASSES))
    shows_notices(hand, CLASSES)
    agrees(hand, CLASSES)
    draws(hand)
    hand.click(_("Record the decision"))
    hand.reads("这一步暂时不能做")
    assert not hand.says(_("Recorded. Please hand out the receipt."))
    hand.picture("lapsed")
    hand.click(_("Open the course"))
    the(hand, Reader)


def course_is_read_and_passed(hand, kept):
    """With the keyboard alone: section by section, then letter by letter."""
    hand.picture("course")
    reader = the(hand, Reader)
    for number in range(1, len(reader.course.sections)):
        hand.press("Return")
        hand.until("the next section", partial(lambda n: reader.at == n, number))
    hand.press("Return")
    quiz = the(hand, Quiz)
    hand.picture("quiz")
    for number, question in enumerate(quiz.exam.questions):
        hand.until("the question", partial(lambda n: quiz.at == n, number))
        hand.press(LETTERS[question.right])
        hand.press("Return")
    hand.reads(_("Save the certificate…"))
    hand.picture("passed")
    hand.click(_("Save the certificate…"))
    hand.until("the certificate", lambda: any(kept.glob("*.pdf")))


def consent_is_open_again(hand, _kept):
    """The same clerk, the same person, five minutes later."""
    visits(hand, ROOMS[NEWCOMER], NEWCOMER)
    hand.click(_("Take consent now"), group(hand, CLASSES))
    consents_to(hand, CLASSES)
    group_reads(hand, CLASSES, _(STATES[ConsentState.LIVE]))
    hand.picture("consented")


def the_table_with(hand, words):
    """The lines that say this, in whichever table of the page."""
    return hand.until(words, lambda: _lines_with(hand, words))


def _lines_with(hand, words):
    tables = shown(hand, TableView)
    return [line for one in tables for line in hand.lines(one) if words in line]


JOURNEY = (
    manager_reads_the_report,
    manager_sees_what_is_left,
    clerk_withdraws_and_registers,
    consent_has_to_wait,
    course_is_read_and_passed,
    consent_is_open_again,
)

if __name__ == "__main__":
    travel(JOURNEY, *sys.argv[1:], days_later=BEFORE + AWAY)
