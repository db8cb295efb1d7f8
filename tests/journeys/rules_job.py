"""The life of a version of the rules, done in the real window by the manager and the reviewer.

`python -m tests.journeys.rules_job OFFICE KEPT` edits a version as one edits a spreadsheet, lets a
second person examine it, and sets the day; `… OFFICE KEPT next` is the morning on which it is
in force, and on which a later version brings the old one back.
"""

import re
import sys
from datetime import timedelta

from PySide6.QtGui import QGuiApplication

from pmdesk.i18n import _
from pmdesk.ui.classification.explanation import ExplanationPanel
from pmdesk.ui.resident.tier_panel import TierPanel
from pmdesk.ui.rules.compare.matrix import MatrixTable
from pmdesk.ui.rules.compare.movers import MoversList
from pmdesk.ui.rules.findings import FindingsList
from pmdesk.ui.rules.workbench import Workbench
from pmdesk.ui.widgets.banner import Banner
from tests.fakes import FakeClock
from tests.journeys.deeds import entry, picks, visits
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
    title,
)
from tests.journeys.sights import signs_in, the, tier_column

MOVER, ROOM = "陶知春", "9-1-501"
WATER, NEW = "您关注用水，", "入户保洁和门窗、家电合成一趟"
LEGAL = "按本人填写的需要安排，不影响价格。"
REASON = f"{NEW}上门，一次办好。"
WISH, OPTIONS, GROUP = "维修关注", ("门窗", "家电"), "维修关注：门窗/家电任一"
TOMORROW = (FakeClock().today() + timedelta(days=1)).isoformat()


def manager_types_as_in_a_spreadsheet(hand, _kept):
    """Typing opens the cell, Enter goes down, Ctrl+D fills from above, and can be undone."""
    signs_in(hand, "manager")
    copies_the_version(hand)
    asked, given = grid_parts(hand)
    tier = tier_column(asked)
    hand.notes["begun"] = _without_counts(hand.lines(asked))
    row = hand.line(given, WATER)
    hand.click_cell(given, row, tier)
    hand.compose("加强", "jiaqiang")
    hand.press("Return")
    assert hand.lines(given)[row][tier] == "加强"
    assert given.currentIndex().row() == row + 1
    hand.press("Ctrl+D")
    assert hand.lines(given)[row + 1][tier] == "加强"
    hand.press("Ctrl+Z")
    assert hand.lines(given)[row + 1][tier] == "关怀"
    hand.picture("typed")


def manager_writes_a_row(hand, _kept):
    """Below the present one: cell by cell with Tab, then a block out of another program."""
    asked, given = grid_parts(hand)
    row = given.currentIndex().row()
    hand.press("Ctrl+N")
    hand.until("the new row", lambda: asked.currentIndex().row() == row + 1)
    hand.compose("有入户意向", "youruhuyixiang")
    hand.press("Tab")
    hand.compose("是", "shi")
    hand.press("Esc")  # not water after all
    hand.press("Esc")
    tier = tier_column(asked)
    four = hand.line(given, "既有入户保洁意向")
    hand.click_cell(given, four, tier + 2)
    hand.press("Ctrl+C")  # its tags
    hand.click_cell(given, row + 1, tier + 2)
    hand.press("Ctrl+V")
    hand.press("Left")
    hand.press("Left")
    hand.compose("加强", "jiaqiang")
    hand.press("Tab")
    hand.press("Tab")
    hand.press("Right")
    QGuiApplication.clipboard().setText(f"{REASON}\t{LEGAL}")  # as a spreadsheet would
    hand.press("Ctrl+V")
    line = hand.lines(given)[row + 1]
    assert line[:2] == ("有入户意向", "–")  # what was typed and taken back is gone
    assert line[tier] == "加强"
    assert line[tier + 2] == hand.lines(given)[four][tier + 2]
    assert line[tier + 3 :] == (REASON, LEGAL)
    hand.picture("new-row")


def manager_asks_any_of_several(hand, _kept):
    """One column for two options of one question, out of the menu."""
    asked, given = grid_parts(hand)
    hand.choose(entry(hand, _("Add column")), WISH, _("Any of several…"))
    hand.find(_("“{field}”: any of several").format(field=WISH))
    for option in OPTIONS:
        hand.click(option)
    hand.picture("group")
    hand.click(_("Use these"))
    column = next(
        at
        for at in range(asked.model().columnCount())
        if asked.model().headerData(at, asked.horizontalHeader().orientation()) == GROUP
    )
    row = hand.line(given, REASON)
    hand.click_cell(asked, row, column)
    hand.compose("是", "shi")
    hand.press("Return")
    assert hand.lines(asked)[row][column] == "是"
    hand.press("Up")
    hand.press("Alt+Up")
    hand.until("the row above", lambda: hand.line(given, REASON) == row - 1)
    assert given.currentIndex().row() == row - 1  # the cursor went along
    hand.picture("moved")


def manager_mends_with_one_click(hand, _kept):
    """A row too many is found, with the person whom both fit, and goes with a click."""
    _asked, given = grid_parts(hand)
    before = hand.lines(given)
    hand.press("Ctrl+Shift+D")
    assert given.model().rowCount() == len(before) + 1
    found = the(hand, FindingsList)
    hand.until("the finding", lambda: _mendable(found, "完全一样"))
    hand.picture("finding")
    hand.until("the mend", lambda: _presses_mend(hand, found, "完全一样"))
    assert _without_counts(hand.lines(given)) == _without_counts(before)
    hand.until("no finding", lambda: not _mendable(found, "完全一样"))
    hand.picture("mended")


def manager_undoes_and_redoes_everything(hand, _kept):
    """Step by step, to the beginning and back."""
    asked, given = grid_parts(hand)
    bench = the(hand, Workbench)
    hand.click_cell(given, 0, tier_column(asked))
    done = _without_counts(hand.lines(asked))
    while bench.undo.canUndo():
        hand.press("Ctrl+Z")
    assert _without_counts(hand.lines(asked)) == hand.notes["begun"]
    while bench.undo.canRedo():
        hand.press("Ctrl+Y")
    assert _without_counts(hand.lines(asked)) == done
    hand.picture("redone")


def manager_says_what_is_expected(hand, _kept):
    """Of made-up people, with the digits; then the review of the draft has nothing against it."""
    answers_the_examples(hand, lambda line: line.given)


def manager_asks_about_a_criterion(hand, _kept):
    """A forbidden one: the answer says why, and what serves instead."""
    hand.turn_to(_("Legality review"))
    hand.click(_("A criterion in plain words"))
    hand.compose("六十岁以上的老人优先", "laoren")
    hand.press("Return")
    hand.reads("LR-")
    hand.picture("criterion")


def manager_takes_the_rules_out(hand, kept):
    """As a workbook for colleagues and as DMN for other programs."""
    exports = {"xlsx": _("Export as an Excel workbook…"), "dmn": _("Export as a DMN file…")}
    for suffix, words in exports.items():
        hand.answer(_("OK"))
        hand.choose("exchange", words)
        hand.until("the sentence about the file", lambda: hand.answered)
        hand.file = next(kept.glob(f"*.{suffix}"))


def manager_brings_a_file_in(hand, kept):
    """A colleague has written “not” in another program: what that means is asked first."""
    text = hand.file.read_text("utf-8")
    changed = re.sub(r'<text>"in_home"</text>', '<text>not("none")</text>', text, count=1)
    assert changed != text
    hand.file = kept / "from-elsewhere.dmn"
    hand.file.write_text(changed, "utf-8")
    before = title(hand)
    hand.choose("exchange", _("Import from a file…"))
    hand.find(_("To decide"))
    hand.click(_("No, only people of whom it is known"))
    hand.picture("import")
    hand.click(_("Import as a draft"))
    hand.until("the draft", lambda: title(hand) != before)
    hand.until("the draft in the grid", hand.find("step.discard").isEnabled)
    hand.turn_to(_("Table"))
    _asked, given = grid_parts(hand)
    hand.line(given, REASON)
    hand.picture("imported")
    hand.answer(_("Discard the draft"))
    hand.click("step.discard")
    hand.until("the own draft again", lambda: title(hand) == before)


def manager_submits(hand, _kept):
    """With a key; then the impact assessment is written."""
    asked, given = grid_parts(hand)
    hand.until("the draft in the grid", hand.find("step.submit").isEnabled)
    hand.click_cell(given, hand.line(given, REASON), tier_column(asked))
    hand.press("Ctrl+Return")
    submits(hand)
    assesses(hand, 2)


def reviewer_compares(hand, _kept):
    """In words, side by side, in numbers, and by name."""
    signs_in(hand, "reviewer")
    approves_the_assessment(hand)
    hand.turn_to(_("Compare"))
    hand.reads("加强", the(hand, MatrixTable))
    hand.reads("+")
    hand.picture("compared")
    hand.click(_("Show who"))
    movers = the(hand, MoversList)
    hand.line(movers.view, ROOM)
    hand.picture("movers")


def reviewer_examines_and_approves(hand, _kept):
    """Every item has a verdict with a reason before anything can be approved."""
    assert not hand.find("step.approve").isEnabled()
    answers_the_review(hand)
    approves(hand)


def reviewer_sets_the_day(hand, _kept):
    """From tomorrow on; nobody's tier has changed today."""
    hand.click("step.schedule")
    hand.click(_("Day on which the version comes into force"))
    hand.press("Ctrl+A")
    hand.type(TOMORROW)
    hand.picture("schedule")
    hand.click(_("Set this day"))
    hand.until("a day that is set", lambda: hand.all("step.unschedule"))
    hand.reads("将于 2026 年 3 月 3 日生效", the(hand, Banner))
    hand.picture("scheduled")
    visits(hand, ROOM, MOVER)
    hand.find("关怀", the(hand, TierPanel))


# ---- the next day --------------------------------------------------------------------------


def clerk_explains_the_new_tier(hand, kept):
    """The page says tier, reason and what it was before; the letter goes home with the person."""
    signs_in(hand, "clerk")
    visits(hand, ROOM, MOVER)
    panel = the(hand, TierPanel)
    hand.find("加强", panel)
    hand.reads("您关注用水", panel)
    hand.reads(_("Changes of tier"), panel)
    hand.reads("关怀", panel)
    hand.picture("next-day")
    hand.click(_("Why?"))
    hand.reads(_("The rule that decided"), the(hand, ExplanationPanel))
    hand.choose("explanation.letter", _("Save as PDF…"))
    hand.until("the letter", lambda: any(kept.glob("*.pdf")))
    hand.picture("letter")


def manager_brings_the_old_version_back(hand, _kept):
    """As a new draft that goes the same way through two people."""
    signs_in(hand, "manager")
    hand.click("nav.rules")
    hand.reads(_("This version is active and cannot be changed. Copy it as a draft to edit."))
    picks(hand, _("Version"), "v1 ")
    hand.click("step.restore")
    hand.until("the draft in the grid", lambda: hand.all("step.submit"))
    hand.until("its version", lambda: _("brings back v{version}").format(version=1) in title(hand))
    _asked, given = grid_parts(hand)
    assert not [line for line in hand.lines(given) if REASON in line]
    hand.picture("restored")


def _mendable(found, words):
    """The findings that say this and that a click mends."""
    return [one for one in found.rows if words in one.text and one.mend.isEnabled()]


def _presses_mend(hand, found, words):
    """Whether the button stood long enough: the list is made anew while the table is checked."""
    try:
        hand.click(_mendable(found, words)[0].mend)
    except (RuntimeError, IndexError):
        return False
    return True


def _without_counts(lines):
    """What stands in the cells, without the people, who are counted later."""
    return [[cell for cell in line if not set(cell) <= set("0123456789∗")] for line in lines]


JOURNEY = (
    manager_types_as_in_a_spreadsheet,
    manager_writes_a_row,
    manager_asks_any_of_several,
    manager_mends_with_one_click,
    manager_undoes_and_redoes_everything,
    manager_says_what_is_expected,
    manager_asks_about_a_criterion,
    manager_takes_the_rules_out,
    manager_brings_a_file_in,
    manager_submits,
    reviewer_compares,
    reviewer_examines_and_approves,
    reviewer_sets_the_day,
)
NEXT_DAY = (clerk_explains_the_new_tier, manager_brings_the_old_version_back)

NEXT = "next"

if __name__ == "__main__":
    folder, papers, *later = sys.argv[1:]
    travel(NEXT_DAY if later == [NEXT] else JOURNEY, folder, papers, days_later=len(later))
