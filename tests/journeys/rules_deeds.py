"""What manager and reviewer do at the rules desk in several journeys."""

from pmdesk.domain.reviews import GROUPS, ItemKind
from pmdesk.i18n import _
from pmdesk.rules.examples import Verdict
from pmdesk.services.review import declared
from pmdesk.ui.pages.rules import RulesPage
from pmdesk.ui.rules.expected.panel import ExamplesPanel
from pmdesk.ui.rules.grid_part import GridPart
from tests.journeys.sights import shown, the, tier_column

DIGITS = {"标准": "1", "关怀": "2", "加强": "3", "专项": "4"}


def copies_the_version(hand):
    """A draft of one's own is in the grid and can be typed into."""
    hand.click("nav.rules")
    hand.click("step.copy")
    hand.until("the draft in the grid", hand.find("step.submit").isEnabled)


def grid_parts(hand):
    """What the rules ask, and what they give."""
    column = tier_column(the(hand, GridPart))
    asked, given = sorted(shown(hand, GridPart), key=lambda part: not part.isColumnHidden(column))
    return asked, given


def answers_the_examples(hand, expected):
    """Digit by digit, until none is left; `expected` says the tier for what one reads."""
    hand.turn_to(_("Examples"))
    panel = the(hand, ExamplesPanel)
    hand.until("the examples", lambda: panel.model.rowCount())
    if panel.fill.isEnabled():
        hand.click(panel.fill)
        hand.until("somebody to be answered for", lambda: _open_line(panel))
    hand.picture("examples")
    view = panel.table.view
    hand.click_cell(view, view.currentIndex().row(), 0)
    while (line := _open_line(panel)) is not None:
        hand.press(DIGITS[expected(line)])
        hand.until("the next", lambda line=line: _open_line(panel) != line)
    hand.reads(_("Every row has its examples, and all are as expected."))
    hand.picture("examples-answered")


def _open_line(panel):
    """The chosen line, while it waits for an answer."""
    line = panel.model.row(panel.table.view.currentIndex().row())
    return line if line and line.verdict in {Verdict.OPEN, Verdict.FAILS} else None


def submits(hand):
    """The version waits for a second person; its author is not asked."""
    hand.reads(
        _(
            "Submitted. A second person decides: nobody approves rules of his own. "
            "Ask a reviewer, another manager or an administrator. Until then you can take"
            " it back and go on editing."
        )
    )
    assert not hand.all("step.approve")
    hand.picture("submitted")


def assesses(hand, version):
    """Nearly everything is filled in; opinion and conclusion are the manager's own."""
    hand.click("step.assess")
    hand.reads(f"分类规则第{version}版", hand.find("activity"))
    hand.click("负责人意见")
    hand.compose("同意开展", "tongyi")
    hand.click("结论: 可以开展")
    hand.picture("assessment")
    hand.click("record.submit")
    hand.reads(_("You wrote this version: a second person decides on it."))
    hand.picture("assessment-submitted")


def approves_the_assessment(hand):
    """A second person read it and says why it may begin."""
    hand.click("nav.rules")
    hand.click("step.assess")
    hand.click("record.words")
    hand.compose("与实际一致", "yushiji")
    hand.click("record.approve")
    hand.until("an approved record", lambda: not hand.all("record.approve"))
    hand.picture("assessment-approved")
    hand.click("nav.rules")


def answers_the_review(hand):
    """Each item of the legality review that people answer has a yes and a reason."""
    hand.click("step.review")
    for item in (one.code for one in declared.items() if one.kind is not ItemKind.AUTOMATIC):
        hand.click(item)
        hand.click(f"{item}.pass")
        for people in declared.groups() if item == GROUPS else ():
            hand.click(f"{item}.{people.code}")
            hand.compose("照常服务", "zhaochang")
        hand.click(f"{item}.reason")
        hand.compose("逐条看过规则和理由，差别都来自住户自己填写的需要", "zhutiao")
        hand.click(f"{item}.save")
        hand.until("the answer", lambda item=item: not hand.all(f"{item}.save"))
    hand.reads(_("Nothing blocks: the version can be approved."))
    hand.picture("legality-review")


def approves(hand):
    """The version is approved, with a reason."""
    hand.click(_("Reason of the decision"))
    hand.compose("逐条核对过", "zhutiao")
    hand.click("step.approve")
    hand.until("an approved version", lambda: not hand.all("step.approve"))
    hand.picture("approved")


def title(hand):
    """What the head of the rules page says."""
    return the(hand, RulesPage).bar.accessibleName()
