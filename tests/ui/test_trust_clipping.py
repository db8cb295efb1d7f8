"""Nothing is cut off where trust is asked for: damage, roles, reasons, large lists, the log."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QRect, Qt

from pmdesk.app.last_anchors import LastAnchors
from pmdesk.domain import export_guard as limits
from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.damage import Damage
from pmdesk.errors import VaultDamagedError
from pmdesk.services import export
from pmdesk.ui import theme
from pmdesk.ui.access.matrix_card import AccessPanel
from pmdesk.ui.access.reason_panel import ReasonPanel
from pmdesk.ui.classification.export_bar import ExportBar
from pmdesk.ui.exports import words
from pmdesk.ui.keeping.exports import ExportsPanel
from pmdesk.ui.keys.damage_dialog import DamageDialog
from pmdesk.ui.log.alarm import AlarmBanner
from pmdesk.ui.pages.damaged import DamagedPage
from pmdesk.ui.pages.log import LogPage
from pmdesk.ui.staff.recovery_dialog import RecoveryDialog
from pmdesk.ui.theme import Tone
from tests.offices import CONTRACTOR, resident
from tests.ui.clipping import clipped

UNASKED: Any = None  # who is not asked for anything here
FOLDER = Path("/srv/pmdesk/yangguang")
REASON = "秋季检修要按楼栋排期，需要全部住户。"
PEOPLE = 5
SIDE = 12  # from the edge of a cell to its text


@pytest.fixture(params=[1.0, 2.0])
def scale(request, wear):
    wear(scale=request.param)
    return request.param


@pytest.fixture
def whole(shown, scale, qtbot):
    """Shows a part that large, and waits until all of it can be read."""

    def _whole(part, width=900, height=700):
        shown(part, int(width * scale), int(height * scale))
        qtbot.waitUntil(lambda: not clipped(part))
        return part

    return _whole


@pytest.fixture
def peopled(office, monkeypatch):
    """Five people live here, and three are many."""
    for number in range(PEOPLE):
        resident(office.session("clerk"), mobile="", room=f"1-1-{number + 101}")
    for place in (limits, words, export):
        monkeypatch.setattr(place, "MOST", 3)
    return office


@pytest.mark.parametrize("damage", list(Damage))
def test_the_help_with_damage_is_whole(whole, damage):
    error = VaultDamagedError("The data file of the office is damaged.").coded(damage)

    whole(DamagedPage(error, FOLDER), 900, 580)
    whole(DamageDialog(error, FOLDER), 620, 560)


def test_both_tables_of_who_may_do_what_are_whole(whole):
    panel = whole(AccessPanel(UNASKED, UNASKED, UNASKED), 758)
    panel.card.which.buttons()[1].click()

    assert clipped(panel) == []


def test_the_names_of_values_are_read_in_full_on_a_narrow_page(whole):
    panel = whole(AccessPanel(UNASKED, UNASKED, UNASKED), 758)
    panel.card.which.buttons()[1].click()
    view = panel.card.values

    assert view.wordWrap()
    for at, row in enumerate(view.table.rows):
        room = QRect(0, 0, view.columnWidth(0) - theme.length(2 * SIDE), 1000)
        flags = Qt.TextFlag.TextWordWrap
        needed = view.fontMetrics().boundingRect(room, flags, row.name)
        assert needed.height() <= view.rowHeight(at), row.name


def test_the_question_why_is_whole(whole):
    panel = ReasonPanel("为什么要看完整号码？会记入操作记录。")
    panel.ask(lambda _why: None)
    panel.choices[-1].click()

    whole(panel, 280, 420)


def test_the_dialog_for_a_recovery_key_is_whole(whole, office, tasks):
    whole(RecoveryDialog(office.session("admin"), tasks, "阳光花园"), 600, 320)


def test_a_large_list_is_whole_before_and_after_it_is_asked_for(whole, peopled, tasks, settled):
    bar = ExportBar(peopled.session("manager"), tasks, UNASKED)
    bar.show_query(ResidentQuery(), PEOPLE)
    bar.open()
    bar.errand.show_errand(CONTRACTOR)
    settled()
    assert whole(bar).guard.reason.isVisible()
    bar.guard.reason.setText(REASON)
    bar.guard.ask.click()
    settled()

    assert len(bar.guard.lines) == 1
    whole(bar)


def test_the_desk_of_whoever_decides_is_whole(whole, peopled, tasks, settled):
    export.ask(peopled.session("manager"), ResidentQuery(), CONTRACTOR, REASON)
    panel = ExportsPanel(peopled.session("reviewer"), tasks, UNASKED)
    settled()

    assert whole(panel, 760).desk.decisions


def test_the_log_is_whole_with_a_household_chosen(whole, office, tasks, tmp_path, settled):
    page = LogPage(office.session("reviewer"), tasks, UNASKED, LastAnchors(tmp_path / "kept"))
    page.filters.show_looks("1-1-101", ("person:1",))
    settled()

    whole(page, 1100, 800)


def test_an_alarm_about_the_log_is_whole(whole, office, tasks, settled):
    banner = AlarmBanner(office.session("reviewer"), tasks)
    settled()
    sentence = "2026-03-02 09:00 核对操作记录时发现问题：操作记录第 8,112 条与前一条不衔接。"
    banner.show_sentence(sentence, Tone.PROBLEM)

    whole(banner, 640, 90)
