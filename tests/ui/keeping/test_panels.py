"""到期删除, 档案 and 导出清单: what went, who left, which lists to fetch back."""

import pytest

from pmdesk.domain.acts import ArchiveReason
from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.office import Changes
from pmdesk.domain.retention import TERMS
from pmdesk.services import acts, export, person_acts, retention
from pmdesk.services.consent import consents
from pmdesk.services.registers import REGISTERS
from pmdesk.ui.day_watch import DayWatch
from pmdesk.ui.keeping.archive import ArchivePanel
from pmdesk.ui.keeping.exports import ExportsPanel
from pmdesk.ui.keeping.sweeps import SweepsPanel
from tests.offices import CONTRACTOR, P2, SPECIAL, consenting


@pytest.fixture
def person(office):
    return consenting(office.session("clerk"), values=SPECIAL, name="欧阳清远")


def cells(table, row=0):
    model = table.view.model()
    return [model.index(row, column).data() for column in range(model.columnCount())]


@pytest.fixture
def panel(office, tasks, prompts, shown):
    """A panel as somebody of that role sees it."""
    return lambda kind, login="admin": shown(kind(office.session(login), tasks, prompts))


def test_the_sweeps_tell_what_is_due_and_what_went(panel, office, person, settled):
    office.clock.advance(days=732)
    page = panel(SweepsPanel)
    assert "2026-03-02" in page.state.text()
    assert page.due.rowCount() == len(TERMS) + len(REGISTERS)
    assert page.reports.rowCount() == 0
    page.now.click()
    settled()
    assert page.done.sentence
    page.reload()
    settled()
    report = page.reports.row(0)
    assert (report.days, report.counts) == (732, {"consents": 1})
    assert "2028-03-03" in page.state.text()


def test_a_clock_that_is_back_stops_the_button_and_says_why(panel, office, person, settled):
    office.clock.advance(days=-20)
    page = panel(SweepsPanel)
    assert "2026-02-10" in page.warning.sentence
    assert not page.now.isEnabled()


def test_a_name_of_the_archive_shows_after_a_reason_only(panel, office, person, settled):
    person_acts.leave(office.session("clerk"), person, ArchiveReason.MOVED_OUT)
    page = panel(ArchivePanel)
    assert page.model.rowCount() == 1
    assert cells(page.table)[1:] == ["搬离", "2026-03-02", "2029-03-02"]
    page.table.view.selectRow(0)
    assert not page.opener.isEnabled()
    page.reason.setText("法院来函")
    assert page.opener.isEnabled()
    page.opener.click()
    settled()
    assert "欧阳清远" in page.shown.text()
    page.text.setText("不在")
    page.searcher.click()
    settled()
    assert page.shown.text() == ""
    assert page.note.sentence
    page.text.setText("清远")
    page.searcher.click()
    settled()
    assert "欧阳清远" in page.shown.text()


def test_others_see_that_only_an_administrator_opens_it(panel, office, person, settled):
    person_acts.leave(office.session("clerk"), person, ArchiveReason.MOVED_OUT)
    page = panel(ArchivePanel, "manager")
    assert page.model.rowCount() == 0
    assert page.opener.isHidden()


def test_a_list_waits_until_it_was_fetched_back(panel, office, person, settled):
    export.listing(office.session("manager"), ResidentQuery(), CONTRACTOR)
    page = panel(ExportsPanel, "manager")
    assert cells(page.table)[3:] == ["保洁公司", "安排服务", "1", "使用中"]
    page.table.view.selectRow(0)
    assert not page.back.isEnabled()
    consents.withdraw(office.session("clerk"), person, P2)
    page.reload()
    settled()
    assert cells(page.table)[-1] == "待收回"
    page.table.view.selectRow(0)
    page.back.click()
    settled()
    page.reload()
    settled()
    assert cells(page.table)[-1] == "已收回"
    assert acts.lists(office.session("manager"))[0].recalled_by


def test_a_new_day_is_noticed_once(qtbot, clock):
    watch = DayWatch(clock.today)
    begun = []
    watch.begun.connect(lambda: begun.append(clock.today()))
    watch.check()
    clock.advance(days=3)
    watch.check()
    watch.check()
    assert len(begun) == 1


def test_what_ended_at_midnight_leaves_the_open_pages(office, person, tasks, settled):
    session = office.session("clerk")
    heard: list[Changes] = []
    tasks.changed.connect(heard.append)
    office.clock.advance(days=732)
    tasks.command(lambda: retention.catch_up(session), owner=tasks)
    settled()
    assert "classification" in heard[0].kinds
