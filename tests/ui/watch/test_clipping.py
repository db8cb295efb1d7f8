"""Nothing on the page of attention is cut off, in either language, at either text size."""

from datetime import date, timedelta

import pytest

from pmdesk.assets import asset
from pmdesk.domain.classification import RulesetId
from pmdesk.domain.watch import Ground, MeasureState, Plan
from pmdesk.i18n import install
from pmdesk.services.watch import measures
from pmdesk.services.watch.reviews import Proposal
from pmdesk.ui import theme
from pmdesk.ui.pages.watch import RULES, SERVED, WatchPage
from pmdesk.ui.watch.decide_dialog import DecideDialog
from pmdesk.ui.watch.measure_dialog import EndDialog, MeasureDialog
from pmdesk.ui.watch.proposals import ProposalBanner
from tests.services.watch.events import hot
from tests.ui.clipping import clipped

WHY = Proposal(
    ruleset=RulesetId(1),
    version=1,
    ground=Ground.REVERSALS,
    sentence="人工复核中，十件里超过一件改变了结果。复核不到 10 件，请逐件查看。",
    upto=1,
)


@pytest.fixture(params=["zh_CN", "en"])
def speaks(request, chinese):
    install(request.param, asset("locale"))
    return request.param


@pytest.fixture(params=[1.0, 2.0])
def scale(request, wear, speaks):
    wear(scale=request.param)
    return request.param


@pytest.fixture
def planned(office, manager):
    """A hot spot with a measure."""
    hot(office)
    plan = Plan(
        building="3",
        topic="noise",
        words="公示装修时间，午间和夜间停工，每晚九点加一次楼道巡查，并约双方到服务中心调解",
        owner=manager.staff.uid,
        due=date(2026, 3, 2) + timedelta(days=3),
    )
    return measures.add(manager, plan)


def whole(widget, qtbot):
    qtbot.waitUntil(lambda: not clipped(widget))


def test_the_page_is_whole(manager, planned, tasks, prompts, shown, settled, scale, qtbot):
    page = shown(WatchPage(manager, tasks, prompts), int(1000 * scale), int(700 * scale))
    whole(page, qtbot)
    for part in (RULES, SERVED):
        page.show_part(part)
        settled()
        whole(page, qtbot)


def test_the_forms_are_whole(manager, planned, tasks, scale, qtbot):
    found = measures.measures(manager)
    for form in (
        MeasureDialog(manager, tasks, found.choices, None),
        MeasureDialog(manager, tasks, found.choices, found.lines[0].measure),
        EndDialog(manager, tasks, found.lines[0], MeasureState.DROPPED),
        DecideDialog(manager, tasks, WHY),
    ):
        qtbot.addWidget(form)
        form.show()
        whole(form, qtbot)


def test_the_proposal_is_whole(manager, tasks, shown, scale, qtbot):
    banner = shown(ProposalBanner(manager, tasks), theme.length(700), theme.length(90))
    banner.show_proposals((WHY,))
    whole(banner, qtbot)


def test_the_measures_need_no_scrolling_sideways_at_large_text(
    manager, planned, tasks, prompts, shown, settled, scale
):
    page = shown(WatchPage(manager, tasks, prompts), 1000, 800)
    settled()

    assert page.measures.table.view.horizontalScrollBar().maximum() == 0
