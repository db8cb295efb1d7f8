"""A long form comes piece by piece, and nothing of it is missing where it counts."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from pmdesk.domain.assessments import KIND
from pmdesk.domain.records import RecordStatus
from pmdesk.services.records import record_desk
from pmdesk.ui.pages.records import RecordsPage
from pmdesk.ui.records.form import RecordForm
from pmdesk.ui.records.history import HistoryCard
from tests.services.recorded import P5_SUBJECT


@pytest.fixture
def page(office, tasks, prompts, shown):
    return shown(RecordsPage(office.session("manager"), tasks, prompts))


@pytest.fixture
def opened(page, office, settled):
    """The first assessment of the office, as soon as it is seen."""

    def _opened(qtbot):
        (line,) = record_desk.lines(office.session("manager"), KIND)
        page.open_record(KIND, line.record.id)
        view = page.open_tab(KIND).view
        qtbot.waitUntil(lambda: view.isVisible())
        return view

    return _opened


def test_the_page_opens_without_any_form(page):
    assert not page.findChildren(RecordForm)


def test_a_record_is_seen_before_all_its_fields_are_there(opened, qtbot, settled):
    view = opened(qtbot)
    assert not view.form.is_whole
    assert view.title.text().startswith("PIA-2026-001")

    settled()

    assert view.form.is_whole
    assert view.form.values()["activity"] == view.shown.document["activity"]


def test_fields_that_come_later_are_locked_like_the_first(opened, qtbot, settled):
    view = opened(qtbot)
    settled()

    assert view.shown.record.status is RecordStatus.APPROVED
    editors = [row.editor for form in view.form.forms for row in form.rows.values()]
    assert not any(one.isEnabled() for one in editors)


def test_the_history_is_the_last_thing_that_tab_comes_to(opened, qtbot, settled):
    view = opened(qtbot)
    settled()
    view._edit()
    chain, one = [], view.nextInFocusChain()
    while one is not view:
        chain.append(one)
        one = one.nextInFocusChain()

    fields = [at for at, part in enumerate(chain) if view.form.isAncestorOf(part)]
    assert max(fields) < chain.index(view.history._lines)
    firsts = [chain.index(form.editor(next(iter(form.rows)))) for form in view.form.forms]
    assert firsts == sorted(firsts)


def test_the_history_is_never_that_of_the_record_before(opened, qtbot, settled, monkeypatch):
    told = []
    monkeypatch.setattr(HistoryCard, "show_record", lambda _self, shown: told.append(shown))
    view = opened(qtbot)
    assert not view.form.is_whole
    assert view.form.forms, "all of them are asked for, such as by saving"
    newer = replace(view.shown, names={})
    view.show_record(newer)
    settled()

    assert told
    assert all(one is newer for one in told)


def test_what_is_typed_while_fields_still_come_is_kept(page, qtbot, settled):
    panel = page.open_tab("processor")
    panel.begin()
    qtbot.waitUntil(lambda: panel.is_covered)
    assert not panel.view.form.is_whole
    line = QApplication.focusWidget()
    qtbot.keyClicks(line, "abc")
    settled()

    assert panel.view.form.is_whole
    assert QApplication.focusWidget() is line
    assert "abc" in panel.view.form.values().values()


def test_saving_at_once_asks_for_every_field(page, settled):
    page.begin(KIND, P5_SUBJECT)
    settled()
    whole = set(page.open_tab(KIND).view.form.values())
    form = RecordForm(page.open_tab(KIND)._kind)

    assert not form.is_whole
    assert set(form.values()) == whole
    assert form.is_whole


def test_a_new_record_is_not_given_what_another_one_showed(opened, page, qtbot, settled):
    view = opened(qtbot)
    settled()
    page.open_tab(KIND)._show_new("", {})
    settled()

    assert not any(view.form.values().values())


def test_a_draft_of_what_was_typed_is_kept_although_fields_are_missing(page, qtbot, office):
    panel = page.open_tab("processor")
    panel.begin()
    qtbot.waitUntil(lambda: panel.is_covered)
    qtbot.keyClicks(QApplication.focusWidget(), "abc")
    assert panel.view.is_dirty

    panel.view.keep_now()

    (line,) = record_desk.lines(office.session("manager"), "processor")
    kept = record_desk.opened(office.session("manager"), line.record.id)
    assert "abc" in kept.document.values()
