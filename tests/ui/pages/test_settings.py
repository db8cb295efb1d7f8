"""Settings: what this computer shows, and what the office says."""

import pytest
from PySide6.QtWidgets import QScrollArea

from pmdesk import i18n
from pmdesk.assets import asset
from pmdesk.domain.purposes import PurposeCode
from pmdesk.errors import StorageError
from pmdesk.i18n import N_
from pmdesk.services import office as offices
from pmdesk.ui import theme
from pmdesk.ui.pages.settings import SettingsPage
from pmdesk.ui.preferences import IDLE_MINUTES, Preferences
from tests.ui.clipping import clipped


@pytest.fixture
def settings(office, tasks, prompts, shown, tmp_path):
    def _settings(login="admin"):
        kept = Preferences(tmp_path / "pmdesk.ini")
        return shown(SettingsPage(office.session(login), tasks, prompts, kept))

    return _settings


def test_the_idle_lock_waits_ten_minutes_unless_told_otherwise(settings, qtbot, tmp_path):
    page = settings()
    assert Preferences(tmp_path / "pmdesk.ini").value(IDLE_MINUTES) == 10
    assert page.appearance.idle.value() == 10
    assert (page.appearance.idle.minimum(), page.appearance.idle.maximum()) == (2, 30)
    with qtbot.waitSignal(page.idle_requested) as heard:
        page.appearance.idle.setValue(25)
    assert heard.args == [25.0]


def test_appearance_is_asked_for_at_once(settings, qtbot):
    page = settings()
    with qtbot.waitSignal(page.scheme_requested) as heard:
        page.appearance.scheme.buttons()[2].click()
    assert heard.args == ["dark"]
    with qtbot.waitSignal(page.language_requested) as heard:
        page.appearance.language.buttons()[1].click()
    assert heard.args == ["en"]
    with qtbot.waitSignal(page.text_scale_requested) as heard:
        page.appearance.scale.setValue(15)
    assert heard.args == [1.5]
    page.appearance.show_scale(2.0)
    assert page.appearance.percent.text() == "200 %"


def test_only_the_administrator_sees_the_office(settings):
    assert not settings("manager").particulars.isVisible()
    assert settings("admin").particulars.isVisible()


def test_saving_makes_a_new_version_of_every_notice(settings, office, settled):
    session = office.session("admin")
    page = settings()
    with session.store.reading() as work:
        before = work.catalogue.notice(PurposeCode("P2"), "zh_CN")
    page.particulars.form.lines["responsible"].setText("吴静")
    page.particulars.smallest.setValue(8)
    page.particulars.reask.setValue(18)
    page.particulars.save.click()
    settled()

    with session.store.reading() as work:
        after = work.catalogue.notice(PurposeCode("P2"), "zh_CN")
    assert after.version != before.version
    assert "吴静" in after.text
    assert offices.smallest_count(session) == 8
    assert offices.profile(session).reask_months == 18
    assert page.particulars.message._tone == "good"


def test_the_smallest_group_is_never_below_five(settings):
    page = settings()
    page.particulars.smallest.setValue(1)
    page.particulars.reask.setValue(1)

    assert page.particulars.smallest.value() == 5
    assert page.particulars.reask.value() == 12


def test_a_gap_is_shown_beside_its_entry_and_nothing_is_saved(settings, office, settled):
    page = settings()
    page.particulars.form.lines["name"].setText("")
    page.particulars.save.click()
    settled()

    assert page.particulars.form.problems["name"].isVisible()
    assert offices.profile(office.session("admin")).name


def test_a_full_disk_keeps_what_was_typed(settings, settled, monkeypatch):
    def full(*_args):
        raise StorageError(N_("The disk is full; what was saved before is still there."))

    page = settings()
    monkeypatch.setattr(offices, "save_profile", full)
    page.particulars.form.lines["responsible"].setText("吴静")
    page.particulars.save.click()
    settled()

    assert page.particulars.form.lines["responsible"].text() == "吴静"
    assert page.particulars.message._tone == "problem"
    assert page.particulars.save.isEnabled()


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_nothing_is_clipped(settings, wear, scale, qtbot):
    wear(scale=scale)
    page = settings()
    page.resize(int(1100 * scale), 900)
    qtbot.wait(1)

    assert not clipped(page)


def test_the_largest_english_text_needs_no_scrolling_sideways(settings, settled, qapp):
    i18n.install("en", asset("locale"))
    theme.apply(theme.loaded(theme.Scheme.LIGHT, theme.LARGEST), qapp)
    page = settings()
    page.resize(860, 700)  # what a sidebar leaves of a window of 1280 by 800
    settled()
    try:
        for area in page.findChildren(QScrollArea):
            assert area.horizontalScrollBar().maximum() == 0
    finally:
        theme.apply(theme.loaded(theme.Scheme.LIGHT), qapp)
