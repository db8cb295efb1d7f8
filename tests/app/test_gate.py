"""The ways into an office, in the program's own window: sign-in, recovery key, wizard."""

import shutil

import pytest

from pmdesk.app.gate import DRAFTS
from pmdesk.domain.staff import Role
from pmdesk.store.vault import folder as files
from pmdesk.ui.pages.signin import SignInPage
from pmdesk.ui.pages.wizard import WizardPage
from pmdesk.ui.preferences import LANGUAGE, LOGIN, OFFICE
from tests.offices import PASSPHRASE

WRONG = "The login or the password is not right."


def test_the_window_opens_for_the_right_passphrase(desk, sign_in, folder):
    sign_in()

    assert desk.main.isVisible()
    assert desk.gate._closed
    assert "晴川花园" in desk.main.windowTitle()
    assert desk.preferences.value(OFFICE) == str(folder)
    assert desk.preferences.value(LOGIN) == "clerk"


def test_the_accounts_can_be_chosen_and_the_cursor_waits_for_the_passphrase(desk, folder, settled):
    desk.gate.start(folder, "manager")
    desk.gate.shell.painted.emit()
    settled()

    names = [desk.page.login.itemText(i) for i in range(desk.page.login.count())]
    assert {"clerk", "manager", "admin"} <= set(names)
    assert desk.page.login.currentText() == "manager"


@pytest.mark.parametrize(("login", "password"), [("clerk", "nonsense"), ("nobody", PASSPHRASE)])
def test_a_wrong_passphrase_and_an_unknown_account_get_the_same_answer(
    desk, sign_in, login, password
):
    sign_in(login, password)

    assert desk.page.message.sentence.startswith(WRONG)
    assert desk.page.enter.text().startswith("Try again in 1 second")
    assert not desk.page.enter.isEnabled()


def test_the_wait_is_counted_down_on_the_page_also_after_a_restart(
    desk, sign_in, folder, clock, settled, qtbot
):
    for _attempt in range(3):
        clock.advance(seconds=60)
        sign_in("clerk", "nonsense", at=folder)
    desk.back_to_gate()
    desk.gate.start(folder)
    qtbot.waitUntil(lambda: desk.gate.shell.was_painted)
    settled()

    assert not desk.page.enter.isEnabled()
    assert "4" in desk.page.enter.text()


def test_an_attempt_that_comes_too_soon_is_told_how_long_to_wait(desk, sign_in):
    sign_in("clerk", "nonsense")
    desk.page.wait(0)
    sign_in("clerk", PASSPHRASE)

    assert desk.page.message.sentence.startswith("Too many wrong passwords: wait 1 seconds.")


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [
        (lambda place: (place / "vault.json").write_bytes(b""), None),  # the copy helps
        (lambda place: shutil.rmtree(place), "has no key file"),
    ],
)
def test_a_folder_that_cannot_be_opened_is_told_at_once(desk, folder, settled, harm, sentence):
    harm(folder)
    desk.gate.start(folder)
    desk.gate.shell.painted.emit()
    settled()

    said = desk.page.message.sentence
    assert (sentence in said) if sentence else not said
    assert isinstance(desk.page, SignInPage)  # never the wizard over a damaged office


def test_a_conflict_copy_of_a_cloud_tool_is_told_before_signing_in(desk, folder, settled):
    (folder / "vault-PC2.json").write_bytes(b"{}")
    desk.preferences.put(OFFICE, str(folder))
    desk.preferences.put(DRAFTS, 1)
    desk.gate.start(folder)
    settled()

    assert "vault-PC2.json" in desk.page.message.sentence
    assert "1 unsaved draft" in desk.page.message.sentence


def test_a_second_window_is_refused(desk, folder, sign_in):
    lock = files.locked(folder)
    sign_in()
    lock.release()

    assert "open in another window" in desk.page.message.sentence
    assert desk.room is None


def test_another_recovery_key_is_explained_before_anybody_goes_on(desk, folder, sign_in):
    desk._roots.put(folder, "00" * 32)
    sign_in()

    assert "another recovery key" in desk.page.message.sentence
    assert desk.page.message.action.isVisible()
    desk.page.message.action.click()
    desk.page.wait(0)
    sign_in()
    assert desk.room is not None


def test_a_fresh_computer_starts_with_the_wizard(desk):
    desk.gate.start(None)

    assert isinstance(desk.page, WizardPage)
    assert not desk.page.leave.isVisible()
    assert desk.gate.shell.focusWidget() is desk.page.go  # Enter goes on, it makes no demo


def test_the_wizard_speaks_another_language_at_once(desk):
    desk.gate.start(None)
    desk.page.welcome.language_requested.emit("zh_CN")

    assert desk.page.go.text() == "下一步"
    assert desk.preferences.value(LANGUAGE) == "zh_CN"


def test_the_recovery_key_sets_a_new_passphrase_and_is_replaced(
    desk, founded, folder, settled, qtbot
):
    desk.gate.start(folder, "admin")
    desk.gate.shell.painted.emit()
    settled()
    desk.page.forgotten_requested.emit()
    page = desk.page
    page.key.setText(founded.recovery)
    page.login.setText("admin")
    page.passphrase.first.line.setText("lantern copper meadow tide 71")
    page.passphrase.second.line.setText("lantern copper meadow tide 71")
    page.enter.click()
    settled()

    page = desk.page
    assert not page.go.isEnabled()
    fresh = "-".join(page.step._groups)
    assert fresh != founded.recovery
    page.step.hide_key()
    page.step.typed.setText(fresh)
    page.go.click()
    settled()
    assert desk.room.entered.session.staff.role is Role.ADMIN


def test_a_wrong_recovery_key_is_told_on_its_page(desk, folder, settled):
    desk.gate.start(folder, "admin")
    desk.gate.show_recovery()
    page = desk.page
    page.key.setText("BJF1-D1B7")
    page.login.setText("admin")
    page.passphrase.first.line.setText("lantern copper meadow tide 71")
    page.passphrase.second.line.setText("lantern copper meadow tide 71")
    page.enter.click()
    settled()

    assert "not the recovery key" in page.message.sentence
    assert page.key.text() == "BJF1-D1B7"
    assert page.enter.isEnabled()


def test_another_folder_can_be_chosen(desk, folder, settled, monkeypatch):
    desk.gate.start(folder.parent / "nowhere")
    monkeypatch.setattr(desk.gate.prompts, "folder", lambda *_words, **_more: folder)
    desk.page.other_folder_requested.emit()
    settled()
    assert desk.gate.folder == folder

    monkeypatch.setattr(desk.gate.prompts, "folder", lambda *_words, **_more: None)
    desk.page.other_folder_requested.emit()
    assert desk.gate.folder == folder


def test_leaving_a_new_recovery_key_unconfirmed_is_asked_about(
    desk, founded, folder, settled, monkeypatch
):
    desk.gate.start(folder, "admin")
    desk.gate.show_recovery()
    desk.page.submitted.emit(founded.recovery, "admin", "lantern copper meadow tide 71")
    settled()
    printed = []
    monkeypatch.setattr(
        "pmdesk.ui.wizard.paper.preview", lambda text, *_more: printed.append(text.toPlainText())
    )
    desk.page.print_requested.emit()
    assert desk.page.step._groups[0] in printed[0]
    monkeypatch.setattr(desk.gate.prompts, "confirm", lambda *_words, **_more: False)
    assert not desk.gate.shell.close()
    monkeypatch.setattr(desk.gate.prompts, "confirm", lambda *_words, **_more: True)
    assert desk.gate.shell.close()

    files.locked(folder).release()
