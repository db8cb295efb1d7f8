"""What is written in a dialog of the page of attention survives a lock."""

import json
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pmdesk.domain.tiers import STANDARD
from pmdesk.domain.watch import MeasureState
from pmdesk.services import drafts
from pmdesk.services.watch import measures
from pmdesk.ui import unsaved
from pmdesk.ui.kept_words import KeptWords
from pmdesk.ui.pages.rules import RulesPage
from pmdesk.ui.pages.watch import WatchPage
from tests.services.watch.events import hot
from tests.services.watch.test_reviews import objecting

DAY = date(2026, 4, 15)


@pytest.fixture
def page(manager, office, tasks, prompts, shown):
    hot(office)
    return shown(WatchPage(manager, tasks, prompts))


def locked(page):
    """As a lock does it: windows are hidden first, then what was typed is kept."""
    form = page.measures.dialog
    form.hide()
    unsaved.keep_all(page)
    form.deleteLater()


def banner(form):
    return form.findChild(KeptWords)


def begun(page):
    """A new measure half written."""
    page.measures.plan()
    form = page.measures.dialog
    form.building.setCurrentIndex(form.building.findData("3"))
    form.due.show_value(DAY)
    QTest.keyClicks(form.words, "watering the green")
    return form


def test_a_half_written_measure_comes_back_after_a_lock(page, manager, settled):
    before = begun(page).plan
    locked(page)
    (kept,) = drafts.mine(manager)
    assert kept.page == "measure"

    page.measures.plan()
    settled()
    form = page.measures.dialog
    assert not form.words.text()
    banner(form).restore.click()
    assert form.plan == before
    form.save()
    settled()
    assert [one.measure.plan.words for one in measures.measures(manager).lines] == [before.words]
    assert drafts.mine(manager) == ()


def test_words_that_are_given_up_are_in_no_draft(page, manager, settled):
    form = begun(page)
    banner(form).keep_draft()
    form.cancel.click()
    form.cancel.click()
    settled()

    assert drafts.mine(manager) == ()


def test_a_draft_that_was_let_lie_stays(page, manager, settled):
    begun(page)
    locked(page)
    page.measures.plan()
    settled()
    page.measures.dialog.cancel.click()
    settled()

    assert len(drafts.mine(manager)) == 1


def test_how_a_measure_ended_and_what_is_changed_are_kept_apart(page, manager, settled):
    measures.add(manager, begun(page).plan)
    page.measures.dialog.reject()
    page.reload()
    settled()
    page.measures.done.click()
    QTest.keyClicks(page.measures.dialog.note, "all quiet")
    locked(page)
    page.measures.edit.click()
    settled()
    assert banner(page.measures.dialog).isHidden()
    page.measures.dialog.reject()

    page.measures.done.click()
    settled()
    banner(page.measures.dialog).restore.click()
    assert page.measures.dialog.note.text() == "all quiet"
    page.measures.dialog.save()
    settled()
    (line,) = measures.measures(manager).lines
    assert line.measure.state is MeasureState.DONE
    assert drafts.mine(manager) == ()


def test_the_reason_of_a_decision_comes_back(
    clerk, manager, reviewer, tasks, prompts, shown, settled
):
    objecting(clerk, manager, STANDARD, room="3-1-501")
    page = shown(RulesPage(reviewer, tasks, prompts))
    page.proposal.decide()
    QTest.keyClicks(page.proposal.dialog.reason, "half a reason")
    page.proposal.dialog.hide()
    unsaved.keep_all(page)
    (kept,) = drafts.mine(reviewer)
    assert json.loads(kept.document) == {"words": "half a reason"}

    page.proposal.decide()
    settled()
    banner(page.proposal.dialog).restore.click()
    assert page.proposal.dialog.reason.text() == "half a reason"


@pytest.mark.parametrize("way", ["close", "leave"])
def test_words_are_asked_about_before_the_dialog_takes_them_along(page, manager, way):
    measures.add(manager, begun(page).plan)
    begun_form = page.measures.dialog
    getattr(begun_form, way)()
    assert begun_form.isVisible()
    assert begun_form.message.sentence.startswith("还没有保存")
    getattr(begun_form, way)()
    assert not begun_form.isVisible()

    page.reload()
    page.measures.show_found(measures.measures(manager))
    page.measures.done.click()
    ending = page.measures.dialog
    QTest.keyClicks(ending.note, "all quiet")
    getattr(ending, way)()
    assert ending.isVisible()
    getattr(ending, way)()
    assert not ending.isVisible()


def test_the_reason_of_a_decision_is_asked_about_before_it_is_lost(
    clerk, manager, reviewer, tasks, prompts, shown
):
    objecting(clerk, manager, STANDARD, room="3-1-501")
    page = shown(RulesPage(reviewer, tasks, prompts))
    page.proposal.decide()
    QTest.keyClicks(page.proposal.dialog.reason, "half a reason")
    QTest.keyClick(page.proposal.dialog, Qt.Key.Key_Escape)
    assert page.proposal.dialog.isVisible()

    QTest.keyClick(page.proposal.dialog, Qt.Key.Key_Escape)
    assert not page.proposal.dialog.isVisible()


def test_a_measure_saved_with_two_clicks_is_one_measure(page, manager, settled):
    form = begun(page)
    form.go.click()
    form.go.click()
    settled()

    assert len(measures.measures(manager).lines) == 1


def test_after_a_fault_of_the_program_the_words_can_be_saved_again(
    page, manager, settled, monkeypatch, qtbot
):
    def planted(*_args):
        raise ZeroDivisionError

    form = begun(page)
    with monkeypatch.context() as broken, qtbot.capture_exceptions() as faults:
        broken.setattr(measures, "add", planted)
        form.go.click()
        settled()
    assert len(faults) == 1

    form.go.click()
    settled()
    assert len(measures.measures(manager).lines) == 1
