"""What several journeys do: go to a person, show notices, take a signature."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from pmdesk.i18n import _
from pmdesk.ui.consent.choice_line import ChoiceLine
from pmdesk.ui.consent.choices_step import ChoicesStep
from pmdesk.ui.consent.notice_step import NoticeStep
from pmdesk.ui.consent.signature import SignaturePad
from pmdesk.ui.pages.resident import ResidentPage
from pmdesk.ui.pages.residents import ResidentsPage
from pmdesk.ui.resident.tier_panel import TierPanel
from tests.journeys.sights import shown, the, the_table
from tests.offices import ACCOUNTS

EXACTLY = Qt.MatchFlag.MatchExactly
PAGES = 40  # the longest notice is shorter
SIGNATURE = (
    [(20, 30), (30, 60), (45, 25), (60, 70)],
    [(55, 40), (70, 55), (85, 35)],
)


def visits(hand, room, name):
    """The page of whoever lives there."""
    finds(hand, room)
    hand.click_cell(the_table(hand, ResidentsPage), 0, 0)
    hand.press("Return")
    hand.reads(name, the(hand, ResidentPage))


def finds(hand, room):
    """The one line of the list about that room, found by typing it."""
    hand.press("Ctrl+K")
    hand.press("Ctrl+A")
    hand.type(room)
    people = the_table(hand, ResidentsPage)
    hand.until("nobody else", lambda: [room in line[0] for line in hand.lines(people)] == [True])
    return hand.lines(people)[0]


def registers(hand, name, phone, room):
    """Somebody new, of whom no purpose but the contract is known."""
    hand.press("Ctrl+K")
    hand.press("Ctrl+A")
    hand.compose(name, "xingming")
    hand.click(_("Register “{text}” as a new resident").format(text=name))
    hand.find(_("Register a resident"))
    hand.until("the name", lambda: hand.says(name))
    hand.click("mobile")
    hand.type(phone)
    hand.press("Return")
    hand.type(room)
    hand.press("Return")
    hand.click(_("Owner"))
    hand.press("Ctrl+S")
    hand.reads("标准", the(hand, TierPanel))


def shows_notices(hand, *purposes, login="clerk"):
    """These notices were on the screen to their ends, and handed over."""
    step = the(hand, NoticeStep)
    for purpose in purposes:
        (line,) = hand.until(purpose, partial(step.list.findItems, purpose, EXACTLY))
        if line is not step.list.currentItem():
            hand.click_cell(step.list, step.list.row(line), 0)
        hand.click(step.text)
        for _turn in range(PAGES):
            hand.press("PgDown")
    hand.reads(_("Tick that the notice was read out or handed over."))
    hand.click(_("Read out, or handed over to be read, by {name}").format(name=ACCOUNTS[login][0]))
    hand.press("Ctrl+Return")
    hand.find(_("Who decides"))


def agrees(hand, *purposes):
    """A yes to each, of a person of age."""
    for purpose in purposes:
        hand.click(f"{purpose}: {_('Agree')}", line_of(hand, purpose))
    hand.reads(_("Confirm that the person is of age."))
    hand.click(the(hand, ChoicesStep).adult)


def line_of(hand, purpose):
    """The line of a purpose among the choices."""
    lines = (one for one in shown(hand, ChoiceLine) if hand.says(purpose, one))
    return next(lines)


def signs(hand, who="the person"):
    """A signature drawn with the mouse; the receipt is on the screen."""
    draws(hand, who)
    hand.click(_("Record the decision"))
    hand.reads(_("Recorded. Please hand out the receipt."))
    hand.picture("receipt")


def draws(hand, who="the person"):
    """The signature stands in its field; nothing is recorded yet."""
    hand.press("Ctrl+Return")
    hand.click(_("Sign on the screen"))
    hand.reads(_("Let {who} sign in the white field.").format(who=_(who)))
    for stroke in SIGNATURE:
        hand.draw(the(hand, SignaturePad), stroke)
    hand.picture("signed")


def consents_to(hand, *purposes, login="clerk"):
    """The whole consent step, from the first notice to the receipt, and back to the person."""
    shows_notices(hand, *purposes, login=login)
    agrees(hand, *purposes)
    signs(hand)
    hand.click(_("Back to the resident"))
    the(hand, ResidentPage)


def entry(hand, name):
    """The entry of that name, not the words above it."""

    def seen():
        return [one for one in hand.all(name) if not isinstance(one, QLabel)]

    return hand.until(f"an entry “{name}”", seen)[0]


def fills(hand, key, words):
    """A line of a form has these words, entered with an input method."""
    hand.click(entry(hand, key))
    hand.press("Ctrl+A")
    hand.compose(words, "pinyin")


def picks(hand, name, words):
    """One line of a closed list, with the keys."""
    box = entry(hand, name)
    hand.click(box)
    view = box.view()
    hand.until("the open list", view.isVisible)
    hand.press("Home")
    for _line in range(box.count()):
        if words in str(view.currentIndex().data()):
            break
        hand.press("Down")
    hand.press("Return")
    hand.until(f"“{words}” to be chosen", lambda: words in box.currentText())


def answers(hand, button, words):
    """`button` asks; the question is answered with `words`."""
    hand.answer(words)
    hand.click(button)
