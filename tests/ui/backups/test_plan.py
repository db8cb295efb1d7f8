"""Where and when backups go, their passphrase, and the paper for the day of a restore."""

from pathlib import Path

from PySide6.QtCore import Qt

from pmdesk.domain.backups import Plan, When
from pmdesk.domain.progress import silent
from pmdesk.services import backups
from pmdesk.ui.backups import guide
from pmdesk.ui.pages.backups import BackupsPage
from tests.ui.backups.shelved import SECRET


def test_the_plan_is_kept_at_once_and_says_which_place_is_away(
    page, ready, settled, prompts, tmp_path
):
    stick = tmp_path / "stick"
    stick.mkdir()
    prompts.folder = lambda _title, **_more: stick
    one = page()
    one.plan.when.buttons()[1].click()
    settled()
    assert one.plan.hour.isVisible()
    one.plan.hour.setValue(18)
    one.plan.hour.editingFinished.emit()
    settled()
    one.plan.more.click()
    settled()

    assert ready.accounts.backups.plan() == Plan(when=When.DAILY, hour=18, places=(stick,))
    stick.rmdir()
    one.reload()
    settled()
    assert not backups.state(ready).places[1].place.present
    one.plan._remove(stick)
    settled()
    assert ready.accounts.backups.plan().places == ()


def test_a_place_without_its_full_path_is_refused_on_the_page(page, ready, settled):
    one = page()
    one.plan.changed.emit(Plan(places=(Path("here"),)))
    settled()

    assert "完整路径" in one.message.sentence


def test_a_stick_that_is_away_and_a_cloud_are_warned_of(page, ready, tmp_path, clock):
    places = (tmp_path / "stick", tmp_path / "坚果云")
    for place in places:
        place.mkdir()
    backups.save_plan(ready, Plan(when=When.OFF, places=places))
    backups.make(ready, silent)
    places[0].rename(tmp_path / "pulled")
    clock.advance(days=9)

    one = page()

    assert "已有 9 天不在" in one.warnings.sentence
    assert "坚果云" in one.warnings.sentence


def test_the_rehearsal_has_three_tries_and_no_consequence(page, ready, settled):
    one = page()
    said = []
    for _try in range(3):
        one.key.typed.line.setText("four wrong words here")
        one.key.try_it.click()
        settled()
        said.append(one.key.message.sentence)
    assert "2 次" in said[0]
    assert "1 次" in said[1]
    assert "换一个口令" in said[2]

    one.key.typed.line.setText(SECRET)
    one.key.try_it.click()
    settled()
    assert "正确" in one.key.message.sentence
    assert backups.state(ready).rehearsed is not None


def test_another_passphrase_can_be_set_and_a_weak_one_not(page, ready, settled):
    one = page()
    one.key.change.click()
    for part in (one.key.fresh.first, one.key.fresh.second):
        part.line.setText("another granite teapot 47")
    one.key.set.click()
    settled()

    assert "已设置" in one.key.message.sentence
    assert ready.accounts.backups.is_passphrase("another granite teapot 47")


def test_the_paper_for_a_restore_is_shown_and_holds_no_secret(page, ready, settled, monkeypatch):
    seen = []
    monkeypatch.setattr(guide, "preview", lambda made, *_rest: seen.append(made.toPlainText()))
    one = page()
    one.sheet.click()
    settled()

    (paper,) = seen
    assert "从备份恢复" in paper
    assert str(ready.accounts.backups.places()[0].path) in paper
    assert SECRET not in paper


def test_enter_leads_through_the_two_lines_and_sets_the_passphrase(page, admin, settled, qtbot):
    one = page()
    first, second = one.key.fresh.first.line, one.key.fresh.second.line
    first.setFocus()
    qtbot.keyClicks(first, SECRET)
    qtbot.keyClick(first, Qt.Key.Key_Return)
    assert second.hasFocus()
    qtbot.keyClicks(second, SECRET)
    qtbot.keyClick(second, Qt.Key.Key_Return)
    settled()

    assert admin.accounts.backups.is_passphrase(SECRET)


def in_sight(widget):
    """Whether all of the widget can be seen."""
    return widget.visibleRegion().boundingRect().size() == widget.size()


def test_without_a_passphrase_the_button_that_sets_it_is_seen_at_once(admin, tasks, prompts, shown):
    one = shown(BackupsPage(admin, tasks, prompts), 1060, 700)  # inside a window of 1280 × 800
    assert in_sight(one.key.set)


def test_another_passphrase_is_scrolled_to_its_button(page, ready, qtbot):
    one = page()
    one.resize(700, 500)
    one.key.change.click()
    qtbot.waitUntil(lambda: in_sight(one.key.set))
