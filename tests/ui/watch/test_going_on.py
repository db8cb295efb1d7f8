"""A draft of a dialog is gone on with from the landing page: the dialog opens and offers it."""

import json

import pytest

from pmdesk.domain.tiers import STANDARD
from pmdesk.domain.watch import MeasureState
from pmdesk.services import drafts
from pmdesk.services.watch import measures, reviews
from pmdesk.ui.pages.rules import RulesPage
from pmdesk.ui.pages.watch import SERVED, WatchPage
from pmdesk.ui.watch.measure_dialog import EndDialog, MeasureDialog
from tests.services.watch.events import hot
from tests.services.watch.test_measures import plan
from tests.services.watch.test_reviews import objecting


@pytest.fixture
def page(manager, office, tasks, prompts, shown):
    hot(office)
    return shown(WatchPage(manager, tasks, prompts))


def kept(session, page, subject, **beside):
    drafts.keep(session, page, subject, json.dumps({"words": subject, **beside}))
    return subject


def measure(session, subject):
    return kept(session, "measure", subject, building="3", topic="", owner="", due="2026-04-15")


def test_of_several_new_measures_the_wanted_one_is_offered(page, manager, settled):
    older, newer = measure(manager, "new-1"), measure(manager, "new-2")
    page.show_part(SERVED)
    for subject in (older, newer):
        page.go_on_with(subject)
        settled()
        dialog = page.measures.dialog
        assert dialog.isVisible()
        dialog.kept.restore.click()
        assert dialog.words.text() == subject
        dialog.hide()


def test_a_draft_of_a_measure_opens_the_form_it_was_typed_in(page, manager, settled):
    measures.add(manager, plan(manager, building="3"))
    measures.add(manager, plan(manager, building="4"))
    page.reload()
    settled()
    last = page.measures.model.rows[-1].measure
    for subject, form in (
        (measure(manager, f"{last.id}-1"), MeasureDialog),
        (kept(manager, "measure", f"{MeasureState.DONE}:{last.id}-2"), EndDialog),
        (kept(manager, "measure", f"{MeasureState.DROPPED}:{last.id}-3"), EndDialog),
    ):
        page.go_on_with(subject)
        settled()
        dialog = page.measures.dialog
        assert isinstance(dialog, form)
        assert page.measures.chosen.measure.id == last.id
        dialog.kept.restore.click()
        line = dialog.words if isinstance(dialog, MeasureDialog) else dialog.note
        assert line.text() == subject
        dialog.hide()


def test_a_draft_of_a_measure_that_ended_meanwhile_is_told(page, manager, settled):
    measures.add(manager, plan(manager))
    (line,) = measures.measures(manager).lines
    measures.end(manager, line.measure.id, MeasureState.DROPPED, "nobody wants it")
    page.go_on_with(measure(manager, f"{line.measure.id}-1"))
    settled()

    assert page.measures.dialog is None
    assert page.measures.banner.isVisible()
    page.measures.reload()
    settled()
    assert not page.measures.banner.isVisible()


def test_a_draft_of_a_decision_opens_its_question(
    clerk, manager, reviewer, tasks, prompts, shown, settled
):
    objecting(clerk, manager, STANDARD, room="3-1-501")
    (proposal,) = reviews.proposals(reviewer)
    subject = kept(reviewer, "proposal", f"{proposal.ruleset}:{proposal.ground}-1")
    page = shown(RulesPage(reviewer, tasks, prompts))
    page.proposal.go_on_with(subject)
    settled()
    dialog = page.proposal.dialog
    dialog.kept.restore.click()
    assert dialog.reason.text() == subject
    dialog.hide()

    gone = kept(reviewer, "proposal", f"{proposal.ruleset}:discrimination-1")
    page.proposal.dialog = None
    page.proposal.go_on_with(gone)
    settled()
    assert page.proposal.dialog is None
