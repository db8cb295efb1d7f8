"""What the journey looks at and does more than once."""

import re

from PySide6.QtCore import Qt

from pmdesk.i18n import _, ngettext
from pmdesk.ui.charts.card import ChartCard
from pmdesk.ui.pages.classification import ClassificationPage
from pmdesk.ui.resident.group import GroupCard
from pmdesk.ui.tables.view import TableView
from tests.offices import ACCOUNTS, PASSPHRASE

ROOM = "9-1-101"
TICK = "undertaking_tick"


def signs_in(hand, login):
    """The office is open for that account; what was open before is locked."""
    if not hand.all("password"):
        hand.press("Ctrl+L")
    hand.until("the accounts", lambda: hand.find("login").count())
    hand.click("password")
    hand.press("Shift+Tab")
    hand.press("Ctrl+A")
    hand.type(login)
    hand.press("Tab")
    hand.type(PASSPHRASE)
    hand.press("Return")
    greeting = _("Good day, {name}").format(name=ACCOUNTS[login][0])
    hand.until("the office or the undertaking", lambda: hand.all(greeting) or hand.all(TICK))
    if hand.all(TICK):
        undertakes(hand, login)
    hand.find(greeting)
    hand.picture(f"home-{login}")


def undertakes(hand, login):
    """The confidentiality undertaking is read, ticked and signed with one's name."""
    hand.picture(f"undertaking-{login}")
    hand.click(TICK)
    hand.click("undertaking_name")
    hand.compose(ACCOUNTS[login][0], "mingzi")
    hand.press("Return")
    hand.notes["undertaken"] = hand.notes.get("undertaken", 0) + 1


def chooses(hand, field, words):
    """An option of a field is chosen."""
    hand.click(words, hand.find(field))


def newcomer(hand):
    """The newcomer's line of the open classification table, chosen with the mouse."""
    table = the_table(hand, ClassificationPage)
    row = hand.line(table, ROOM)
    hand.click_cell(table, row, 0)
    return hand.lines(table)[row]


def classified(hand):
    """How many classified residents the charts speak of."""
    hand.click("nav.charts")
    hand.find(_("How many residents are in each tier?"))
    card = next(
        one
        for one in shown(hand, ChartCard)
        if hand.says(_("How many residents are in each tier?"), one)
    )
    return int(re.findall(r"\d+", card.answer.text())[0])


def the(hand, kind):
    """The widget of this kind that is in the window."""
    return hand.until(kind.__name__, lambda: shown(hand, kind))[0]


def shown(hand, kind):
    """All of this kind that are in the window."""
    return [one for one in hand.window.findChildren(kind) if one.isVisible()]


def the_table(hand, page):
    """The table of that page."""
    return the(hand, page).findChild(TableView)


def group(hand, name):
    """The card of a purpose on a person's page."""
    return hand.until(f"the group {name}", lambda: _groups(hand, name))[0]


def group_reads(hand, name, words):
    """The card of a purpose says this, sooner or later; it may be made anew meanwhile."""
    hand.until(
        f"“{words}” in {name}", lambda: any(hand.says(words, one) for one in _groups(hand, name))
    )


def draft_words():
    """What the sign-in page says about the draft."""
    return ngettext(
        "{count} unsaved draft comes back after signing in.",
        "{count} unsaved drafts come back after signing in.",
        1,
    ).format(count=1)


def chart_words(preview):
    """What the bars of the live counts say."""
    return preview.chart.accessibleName()


def tier_column(part):
    """The column of the tier."""
    model = part.model()
    heads = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(model.columnCount())]
    return heads.index(_("→ Tier"))


def _groups(hand, name):
    return [one for one in shown(hand, GroupCard) if one.accessibleName() == name]
