"""The first-run wizard: nothing is made before all is asked, and no key is left off paper."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from pmdesk.domain.staff import Role
from pmdesk.errors import StorageError
from pmdesk.i18n import N_
from pmdesk.ui.pages import wizard as wizards
from pmdesk.ui.pages.wizard import WizardPage
from pmdesk.ui.theme import Scheme
from pmdesk.ui.wizard.paper import recovery_text
from pmdesk.ui.wizard.setup import DemoAccount, Place
from tests.ui.clipping import clipped

KEY = "6MHF-CR2H-AY22-KKFE-2CQ9-27H7-4M1H-S3H2"
GOOD = "maple drizzle anchor violin"
OFFICE = {
    "name": "晴川花园物业服务中心",
    "address": "演示市江边路 8 号",
    "responsible": "周敏",
    "contact_phone": "0000-12345678",
}


@dataclass
class Made:
    """An office as the wizard sees it."""

    recovery_key: str = KEY
    fingerprint: str = "446C F69A"
    passphrase: str = "liushu xiaohe"
    accounts: tuple[DemoAccount, ...] = (DemoAccount(name="周敏", login="guanli", role=Role.ADMIN),)
    discarded: bool = False
    closed: bool = False

    def confirm(self, typed):
        return typed.upper().replace(" ", "-") == KEY

    def discard(self):
        self.discarded = True

    def close(self):
        self.closed = True


@dataclass
class Setup:
    """Makes offices at once, or fails as the test wants."""

    folder: Path
    error: Exception | None = None
    made: Made = field(default_factory=Made)
    wishes: list[Any] = field(default_factory=list)

    def suggested_folder(self):
        return self.folder / "office"

    def place(self, folder):
        if "server" in folder.name:
            return Place(refused="This folder lies on a network drive.")
        return Place(warning="坚果云 seems to copy this folder." if "坚果云" in folder.name else "")

    def weak(self, passphrase, words):
        self.words = words
        return () if len(passphrase) >= 12 else (N_("Use at least 12 characters."),)

    def found(self, wish):
        if self.error:
            raise self.error
        self.wishes.append(wish)
        return self.made

    def sheet(self, _founded, _wish):
        return b"%PDF-recovery"

    def demo(self):
        if self.error:
            raise self.error
        return self.made


@pytest.fixture
def setup(tmp_path):
    return Setup(tmp_path)


@pytest.fixture
def page(setup, tasks, prompts, shown):
    return shown(WizardPage(setup, tasks, prompts), 900, 640)


@pytest.fixture
def at_place(page):
    """Everything is filled in; the next step makes the office."""
    page.go.click()
    for key, text in OFFICE.items():
        page.office.form.lines[key].setText(text)
    page.go.click()
    page.administrator.name.setText("周敏")
    page.administrator.login.setText("zhoumin")
    page.administrator.passphrase.first.line.setText(GOOD)
    page.administrator.passphrase.second.line.setText(GOOD)
    page.go.click()
    return page


@pytest.fixture
def at_key(at_place, settled):
    """The office is made and shows its recovery key."""
    at_place.go.click()
    settled()
    return at_place


def step(page):
    """The number of the step that is shown, from 1."""
    return page.stack.currentIndex() + 1


def test_an_office_without_its_particulars_is_not_gone_on_with(page):
    page.go.click()
    page.office.form.lines["contact_phone"].setText("call me")
    page.go.click()

    assert step(page) == 2
    problems = page.office.form.problems
    assert problems["name"].isVisible()
    assert (
        "digits" in problems["contact_phone"].text() or "数字" in problems["contact_phone"].text()
    )
    assert not problems["contact_email"].isVisible()


@pytest.mark.parametrize(
    ("name", "login", "first", "second"),
    [
        ("", "zhoumin", GOOD, GOOD),
        ("周敏", "", GOOD, GOOD),
        ("周敏", "zhoumin", "short", "short"),
        ("周敏", "zhoumin", GOOD, GOOD + "!"),
        ("周敏", "zhoumin", "", ""),
    ],
)
def test_no_administrator_without_a_good_passphrase_typed_twice(page, name, login, first, second):
    page.stack.setCurrentIndex(2)
    page.administrator.name.setText(name)
    page.administrator.login.setText(login)
    page.administrator.passphrase.first.line.setText(first)
    page.administrator.passphrase.second.line.setText(second)
    page.go.click()

    assert step(page) == 3
    assert page.administrator.problem.text()


def test_the_strength_is_told_while_typing_with_the_known_names(page, setup):
    fields = page.administrator.passphrase
    page.administrator.login.setText("zhoumin")
    fields.first.line.setText("short")
    assert "12" in fields.verdict.text()
    fields.first.line.setText(GOOD)
    fields.second.line.setText(GOOD)

    assert fields.verdict.property("ink") == "good"
    assert "zhoumin" in setup.words


def test_a_suggested_passphrase_is_shown_and_still_typed_again(page):
    fields = page.administrator.passphrase
    fields.suggest.click()

    assert len(fields.passphrase.split()) == 5
    assert fields.second.text == ""
    assert fields.problem
    assert fields.first.line.echoMode() is fields.first.line.EchoMode.Normal


def test_a_network_drive_is_refused_and_a_synced_folder_warned_of(at_place, tmp_path):
    at_place.place.line.setText(str(tmp_path / "server"))
    assert not at_place.go.isEnabled()
    at_place.place.line.setText(str(tmp_path / "坚果云"))

    assert at_place.go.isEnabled()
    assert "坚果云" in at_place.place.verdict.sentence


def test_a_chosen_folder_is_in_the_line(at_place, prompts, tmp_path):
    prompts.folder = lambda _title, **_more: tmp_path / "elsewhere"
    at_place.place.browse.click()

    assert at_place.place.folder == tmp_path / "elsewhere"


def test_the_office_is_made_as_it_was_asked_for(at_key, setup, tmp_path):
    (wish,) = setup.wishes

    assert wish.profile.name == OFFICE["name"]
    assert wish.administrator.login == "zhoumin"
    assert wish.folder == tmp_path / "office"
    assert GOOD not in repr(wish)
    assert at_key.administrator.passphrase.passphrase == ""


def test_a_full_disk_is_told_on_the_page_and_can_be_tried_again(at_place, setup, settled):
    setup.error = StorageError(N_("The disk is full; what was saved before is still there."))
    at_place.go.click()
    settled()
    assert step(at_place) == 4
    assert at_place.place.failure.sentence

    setup.error = None
    at_place.go.click()
    settled()
    assert step(at_place) == 5


def test_nobody_goes_on_before_the_key_was_typed_back_from_paper(at_key, qtbot):
    recovery = at_key.steps[4]
    assert not at_key.go.isEnabled()
    recovery.typed.setText(KEY)
    assert not at_key.go.isEnabled()  # the key is still to be seen
    recovery.turn.click()
    assert recovery.typed.text() == ""
    assert all(label.text() == "****" for label in recovery._labels)
    recovery.typed.setText(KEY.replace("6MHF", "6MHG"))
    assert not at_key.go.isEnabled()
    assert recovery.verdict.sentence
    recovery.typed.setText(KEY.lower().replace("-", " "))
    assert at_key.go.isEnabled()
    recovery.turn.click()  # to be seen again: to be typed again
    assert not at_key.go.isEnabled()


def test_there_is_no_way_back_or_around_the_key(at_key):
    assert not at_key.back.isVisible()
    assert not at_key.leave.isVisible()
    assert not at_key.steps[4].check()


def test_the_finished_office_is_handed_on(at_key, qtbot, setup):
    recovery = at_key.steps[4]
    recovery.hide_key()
    recovery.typed.setText(KEY)
    at_key.go.click()
    assert step(at_key) == 6
    with qtbot.waitSignal(at_key.finished) as heard:
        at_key.go.click()

    assert heard.args == [setup.made]
    assert at_key.may_close()
    assert not setup.made.closed  # it belongs to the window now


def test_closing_at_the_key_removes_the_office_or_stays(at_key, prompts, setup):
    prompts.confirms = False
    assert not at_key.may_close()
    assert not setup.made.discarded
    prompts.confirms = True
    assert at_key.may_close()

    assert setup.made.discarded


def test_closing_at_the_end_closes_the_office_and_keeps_it(at_key, setup):
    recovery = at_key.steps[4]
    recovery.hide_key()
    recovery.typed.setText(KEY)
    at_key.go.click()

    assert at_key.may_close()
    assert setup.made.closed
    assert not setup.made.discarded


def test_while_the_office_is_made_the_window_stays(at_place, settled):
    at_place.go.click()
    assert not at_place.may_close()
    assert not at_place.go.isEnabled()
    settled()


def test_one_can_go_back_and_nothing_typed_is_lost(at_place):
    at_place.back.click()
    at_place.back.click()

    assert step(at_place) == 2
    assert at_place.office.form.lines["name"].text() == OFFICE["name"]
    assert at_place.administrator.login.text() == "zhoumin"


def test_the_sheet_is_saved_with_a_warning_about_the_file(at_key, prompts, tmp_path):
    prompts.path = tmp_path / "sheet.pdf"
    at_key.steps[4].to_file.click()

    assert prompts.path.read_bytes() == b"%PDF-recovery"
    assert at_key.steps[4].verdict.sentence


def test_a_sheet_that_cannot_be_saved_is_told(at_key, prompts, tmp_path):
    prompts.path = tmp_path / "missing" / "sheet.pdf"
    at_key.steps[4].to_file.click()

    assert at_key.steps[4].verdict._tone == "problem"


def test_not_saving_the_sheet_changes_nothing(at_key):
    at_key.steps[4].to_file.click()

    assert not at_key.steps[4].verdict.sentence


def test_the_sheet_goes_to_the_printer(at_key, monkeypatch, setup):
    printed = []
    monkeypatch.setattr(
        wizards, "print_recovery", lambda _page, office, made: printed.append((office, made))
    )
    at_key.steps[4].to_paper.click()

    assert printed == [(OFFICE["name"], setup.made)]


def test_the_printed_sheet_says_key_and_fingerprint(qapp, setup):
    text = recovery_text("晴川花园", setup.made).toPlainText()

    assert all(group in text for group in KEY.split("-"))
    assert "446C F69A" in text
    assert "晴川花园" in text


def test_demo_data_show_their_accounts_and_open(page, settled, qtbot, setup):
    page.welcome.demo.click()
    settled()
    assert step(page) == 6
    with qtbot.waitSignal(page.finished) as heard:
        page.go.click()

    assert heard.args == [setup.made]


def test_a_demo_that_fails_is_explained(page, settled, setup, prompts):
    setup.error = StorageError(N_("The disk is full; what was saved before is still there."))
    page.welcome.demo.click()
    settled()

    assert prompts.told
    assert step(page) == 1
    assert page.go.isEnabled()


def test_the_wizard_can_be_left_where_an_office_is_known(setup, tasks, prompts, shown, qtbot):
    page = shown(WizardPage(setup, tasks, prompts, can_leave=True))
    with qtbot.waitSignal(page.abandoned):
        page.leave.click()


@pytest.mark.parametrize("scheme", list(Scheme))
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_no_step_is_clipped(page, setup, qtbot, wear, scheme, scale):
    wear(scheme, scale)
    page.resize(1500, 1000)
    page._created(setup.made)
    for at in range(page.stack.count()):
        page.show_step(at)
        qtbot.wait(1)
        assert not clipped(page)


def test_enter_goes_on_or_presses_the_button_that_has_the_cursor(page, qtbot):
    qtbot.keyClick(page.go, Qt.Key.Key_Return)
    assert step(page) == 2
    qtbot.keyClick(page.office.form.lines["name"], Qt.Key.Key_Return)
    assert page.office.form.problems["name"].isVisible()
    page.back.setFocus()
    qtbot.keyClick(page.back, Qt.Key.Key_Enter)
    assert step(page) == 1
    qtbot.keyClick(page.go, Qt.Key.Key_Escape)
    assert step(page) == 1
