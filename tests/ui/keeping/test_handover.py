"""移交: the form, the steps, and that nothing of it is out of reach."""

from datetime import date

import pytest
from PySide6.QtWidgets import QPushButton

from pmdesk.domain import export_guard as limits
from pmdesk.services import export_guard
from pmdesk.services.notices import notice_changes
from pmdesk.services.records import record_desk
from pmdesk.services.rights import handover, handover_package
from pmdesk.services.rights.handover import Stage
from pmdesk.ui.keeping.handover import HandoverPanel
from tests.offices import resident
from tests.services.test_handover import PLAN, approved
from tests.ui.clipping import clipped


@pytest.fixture
def panel(office, tasks, prompts, shown):
    """The panel as somebody of that role sees it."""
    return lambda login="admin", **size: shown(
        HandoverPanel(office.session(login), tasks, prompts), **size
    )


def seen(page):
    """The buttons of the present step."""
    steps = page.steps
    named = {
        "notice": steps.notice,
        "poster": steps.poster,
        "posted": steps.posted,
        "forward": steps.forward,
        "files": steps.files,
    }
    return {name for name, button in named.items() if button.isVisible()}


def test_the_form_leads_to_the_notices_and_on_to_a_second_person(
    panel, office, prompts, settled, tmp_path
):
    resident(office.session("clerk"), "欧阳清远")
    page = panel()
    page.new.click()
    page.form.show_values(PLAN)
    page.tell.click()
    settled()
    settled()
    assert seen(page) == {"notice", "poster", "posted"}
    prompts.path = tmp_path / "海报.pdf"
    page.steps.poster.click()
    settled()
    assert prompts.path.read_bytes().startswith(b"%PDF")
    page.steps.posted.click()
    settled()
    settled()
    assert seen(page) == {"forward"}
    page.steps.forward.click()
    settled()
    settled()
    assert seen(page) == set()


def test_what_was_approved_becomes_two_files(panel, office, prompts, settled, tmp_path):
    admin = office.session("admin")
    resident(office.session("clerk"), "欧阳清远")
    approved(admin, office.session("clerk"), office.session("manager"))
    page = panel()
    page.table.view.selectRow(0)
    assert seen(page) == {"files"}
    prompts.path = tmp_path / "移交.xlsx"
    page.steps.files.click()
    settled()
    settled()
    assert {one.name for one in tmp_path.glob("移交.*")} == {"移交.xlsx", "移交.pdf"}
    assert "H-DIS-2026-001-1" in page.steps.outcome.sentence
    assert page.model.row(0).stage is Stage.HANDED


def test_a_form_with_gaps_tells_nobody(panel, office, settled):
    page = panel()
    page.new.click()
    page.form.show_values({**PLAN, "statute": ""})
    page.tell.click()
    settled()
    assert notice_changes.changes(office.session("admin")) == ()
    assert page.form.rows["statute"].problem is not None
    page.cancel.click()
    settled()
    assert page.asked.isHidden()


def test_who_thinks_again_tells_nobody(panel, office, prompts, settled):
    prompts.confirms = False
    page = panel()
    page.new.click()
    page.form.show_values(PLAN)
    page.tell.click()
    settled()
    assert notice_changes.changes(office.session("admin")) == ()


def test_somebody_registered_meanwhile_is_told_of_on_the_page(panel, office, settled):
    admin = office.session("admin")
    record, _changes = handover.begin(admin, PLAN)
    page = panel()
    page.table.view.selectRow(0)
    assert seen(page) == {"forward"}  # nobody had to be told
    resident(office.session("clerk"))
    page.steps.forward.click()
    settled()
    assert page.steps.outcome.sentence
    page.reload()
    settled()
    assert seen(page) == {"notice", "poster", "posted"}
    assert record_desk.opened(admin, record).record.status == "draft"


def test_what_went_wrong_is_said_beside_the_button(panel, office, prompts, settled, tmp_path):
    resident(office.session("clerk"))
    approved(office.session("admin"), office.session("clerk"), office.session("manager"))
    page = panel()
    page.table.view.selectRow(0)
    prompts.path = tmp_path / "missing" / "移交.xlsx"
    page.steps.files.click()
    settled()
    assert page.steps.outcome.sentence
    assert page.steps.files.isEnabled()


def test_others_see_that_only_an_administrator_hands_over(panel):
    page = panel("manager")
    assert page.new.isHidden()
    assert page.model.rowCount() == 0


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_nothing_is_clipped(panel, office, wear, scale, settled, qapp):
    wear(scale=scale)
    page = panel(width=int(760 * scale), height=int(700 * scale))
    assert not clipped(page)
    page.new.click()
    page.form.show_problems(handover.problems({"given_on": date(2026, 4, 1)}))
    qapp.processEvents()
    assert not clipped(page)
    resident(office.session("clerk"))
    handover.begin(office.session("admin"), PLAN)
    page.cancel.click()
    settled()
    page.table.view.selectRow(0)
    qapp.processEvents()
    assert not clipped(page)


def test_a_large_roster_is_asked_for_and_waits_an_hour(
    panel, office, prompts, settled, tmp_path, monkeypatch
):
    monkeypatch.setattr(limits, "MOST", 1)
    for room in ("1-1-101", "1-1-102"):
        resident(office.session("clerk"), mobile="", room=room)
    admin, manager = office.session("admin"), office.session("manager")
    approved(admin, office.session("clerk"), manager)
    page = panel()
    page.table.view.selectRow(0)
    settled()
    guard = page.steps.guard
    assert seen(page) == set()
    guard.reason.setText("按合同把名册交给青禾物业。")
    guard.ask.click()
    settled()
    settled()
    assert not guard.ask.isVisible()
    (shown,) = export_guard.everybody(manager)
    export_guard.approve(manager, shown.request.id, "看过范围。")
    office.clock.advance(hours=1)
    guard.due.emit()
    settled()
    prompts.path = tmp_path / "移交.xlsx"
    ready = guard.lines[0].findChildren(QPushButton)
    ready[0].click()
    settled()
    settled()
    assert {one.name for one in tmp_path.glob("移交.*")} == {"移交.xlsx", "移交.pdf"}
    assert "H-DIS-2026-001-1" in page.steps.outcome.sentence


def test_a_request_for_a_large_roster_is_taken_back(panel, office, settled, monkeypatch):
    monkeypatch.setattr(limits, "MOST", 1)
    for room in ("1-1-101", "1-1-102"):
        resident(office.session("clerk"), mobile="", room=room)
    admin = office.session("admin")
    record = approved(admin, office.session("clerk"), office.session("manager"))
    handover_package.ask(admin, record, "按合同把名册交给青禾物业。")
    page = panel()
    page.table.view.selectRow(0)
    settled()
    page.steps.guard.lines[0].findChildren(QPushButton)[0].click()
    settled()
    settled()
    assert page.steps.guard.ask.isVisible()
