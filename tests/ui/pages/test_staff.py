"""The staff page: accounts are added with a good passphrase, disabled, never deleted."""

import pytest
from PySide6.QtWidgets import QDialog, QScrollArea

from pmdesk.domain.leaving import ExitStep
from pmdesk.domain.staff import Role
from pmdesk.errors import RefusedError
from pmdesk.services import staff
from pmdesk.ui.keys.rotation_dialog import RotationDialog
from pmdesk.ui.pages.password import PasswordDialog
from pmdesk.ui.pages.staff import StaffPage
from pmdesk.ui.staff.leaving_dialog import LeavingDialog
from pmdesk.ui.staff.role_dialog import RoleDialog
from tests.offices import PASSPHRASE
from tests.ui.clipping import clipped

GOOD = "lantern copper meadow tide 71"


@pytest.fixture
def page(office, tasks, prompts, shown):
    return shown(StaffPage(office.session("admin"), tasks, prompts))


def fill(page, name="孙悦", login="sunyue", passphrase=GOOD, again=None):
    """The form for a new colleague."""
    page.add_button.click()
    page.form.name.setText(name)
    page.form.login.setText(login)
    page.form.role.setCurrentIndex(page.form.role.findData(Role.MANAGER))
    page.form.passphrase.first.line.setText(passphrase)
    page.form.passphrase.second.line.setText(again or passphrase)


def accounts(page):
    """The accounts of the list by login."""
    return {one.staff.login: one.staff for one in page.model.rows}


def choose(page, login):
    """The line of that account."""
    page.table.view.selectRow([one.staff.login for one in page.model.rows].index(login))


def opened(page, kind):
    """The dialog of that kind which was opened last."""
    return page.window().findChildren(kind)[-1]


def leave(page, settled, login="clerk", *steps):
    """The account is closed in the dialog, with these points of the exit list settled."""
    choose(page, login)
    page.disable.click()
    dialog = opened(page, LeavingDialog)
    for step in steps:
        dialog.steps[step].setChecked(True)
    dialog.go.click()
    settled()
    return dialog


def test_everybody_is_listed_with_role_and_state(page):
    assert set(accounts(page)) == {"admin", "manager", "manager2", "reviewer", "clerk"}


def test_a_colleague_is_enrolled_and_can_sign_in(page, settled, office, clock):
    from pmdesk.app import entrance

    fill(page)
    page.form.submit.click()
    settled()
    assert accounts(page)["sunyue"].role is Role.MANAGER
    assert page.form.name.text() == ""
    assert page.form.passphrase.passphrase == ""

    office.close()
    opened = entrance.sign_in(office.folder, "sunyue", GOOD, clock, None)
    assert opened.session.staff.name == "孙悦"
    opened.close()


@pytest.mark.parametrize(
    "typed",
    [{"name": ""}, {"login": ""}, {"passphrase": "woaini1314"}, {"again": "something else"}],
)
def test_nobody_is_enrolled_with_a_gap_or_a_weak_passphrase(page, settled, typed):
    fill(page, **typed)
    page.form.submit.click()
    settled()

    assert len(accounts(page)) == 5
    assert page.form.message.sentence


def test_a_taken_account_name_keeps_what_was_typed(page, settled):
    fill(page, login="clerk")
    page.form.submit.click()
    settled()

    assert page.form.name.text() == "孙悦"
    assert page.form.message.sentence
    assert page.form.submit.isEnabled()


def test_an_account_is_closed_with_its_exit_list_and_new_keys_are_offered(page, settled):
    choose(page, "clerk")
    page.disable.click()
    opened(page, LeavingDialog).reject()
    settled()
    assert accounts(page)["clerk"].enabled

    leave(page, settled, "clerk", ExitStep.MEDIA)

    gone = next(one for one in page.model.rows if one.staff.login == "clerk")
    assert not gone.staff.enabled
    assert gone.leaving.open == (ExitStep.LETTER,)
    offered = opened(page, RotationDialog)
    assert offered.isVisible()
    assert "王芳" in offered.why.sentence
    offered.reject()
    assert len(accounts(page)) == 5


def test_what_was_left_open_is_settled_later(page, settled, office):
    leave(page, settled)
    opened(page, RotationDialog).reject()
    choose(page, "clerk")
    assert page.exit.isVisible()
    assert "离岗清单还有 2 项未办。" in page.duty.text()

    page.exit.click()
    dialog = opened(page, LeavingDialog)
    dialog.go.click()
    assert dialog.message.sentence
    for box in dialog.steps.values():
        box.setChecked(True)
    dialog.go.click()
    settled()

    assert not page.exit.isVisible()
    assert not accounts(page)["clerk"].enabled
    assert [act for act, _, _ in office.acts()][-2:] == ["staff.disable", "staff.exit"]


def test_the_reminder_letter_is_looked_at_before_it_goes_to_paper(page, settled, monkeypatch):
    seen = []

    def preview(made, _parent):
        seen.append(made)
        return True

    monkeypatch.setattr("pmdesk.ui.staff.leaving_dialog.preview_letter", preview)
    choose(page, "clerk")
    page.disable.click()
    dialog = opened(page, LeavingDialog)
    dialog.letter.click()
    settled()

    assert "王芳" in seen[0].opening
    assert dialog.message.sentence


def test_a_closed_account_is_enabled_again_after_a_question(page, settled, prompts):
    leave(page, settled)
    opened(page, RotationDialog).reject()
    choose(page, "clerk")
    assert not page.disable.isVisible()
    prompts.confirms = False
    page.enable.click()
    settled()
    assert not accounts(page)["clerk"].enabled

    prompts.confirms = True
    page.enable.click()
    settled()
    assert accounts(page)["clerk"].enabled
    assert page.disable.isVisible()


def test_another_role_is_chosen_with_what_it_allows(page, settled):
    choose(page, "clerk")
    page.role.click()
    dialog = opened(page, RoleDialog)
    assert not dialog.go.isEnabled()
    before = dialog.duty.text()
    dialog.role.setCurrentIndex(dialog.role.findData(Role.MANAGER))
    assert dialog.duty.text() != before
    assert not dialog.takes_keys
    dialog.go.click()
    settled()

    assert accounts(page)["clerk"].role is Role.MANAGER
    assert not page.window().findChildren(RotationDialog)


def test_a_role_without_the_key_of_sealed_fields_offers_new_keys(page, settled):
    choose(page, "manager")
    page.role.click()
    dialog = opened(page, RoleDialog)
    dialog.role.setCurrentIndex(dialog.role.findData(Role.CLERK))
    assert dialog.takes_keys
    dialog.go.click()
    settled()

    assert accounts(page)["manager"].role is Role.CLERK
    assert opened(page, RotationDialog).isVisible()


def test_after_new_keys_the_window_locks(page, settled, qtbot):
    leave(page, settled)

    with qtbot.waitSignal(page.lock_requested):
        opened(page, RotationDialog).rotated.emit()


def test_nobody_changes_the_own_account(page):
    choose(page, "admin")

    for part in (page.disable, page.role, page.reset):
        assert not part.isEnabled()
    assert page.duty.text()


def test_a_refused_change_is_said_in_its_dialog(page, settled, office):
    choose(page, "clerk")
    page.role.click()
    dialog = opened(page, RoleDialog)
    dialog._one = accounts(page)["admin"]
    dialog._save()
    settled()

    assert dialog.message.sentence == "这是最后一位能登录的管理员。请先让另一位同事担任管理员。"
    assert dialog.isVisible()


def test_the_duty_of_each_role_is_said_in_plain_words(page):
    page.add_button.click()
    said = set()
    for index in range(page.form.role.count()):
        page.form.role.setCurrentIndex(index)
        said.add(page.form.duty.text())

    assert len(said) == len(Role)


@pytest.fixture
def dialog(office, tasks, shown):
    return shown(PasswordDialog(office.session("clerk"), tasks), 640, 360)


def test_ones_own_passphrase_is_changed(dialog, settled, office, clock):
    from pmdesk.app import entrance

    dialog.old.show_text(PASSPHRASE, openly=False)
    dialog.new.first.line.setText(GOOD)
    dialog.new.second.line.setText(GOOD)
    dialog.save.click()
    settled()
    assert dialog.result() == dialog.DialogCode.Accepted

    office.close()
    entrance.sign_in(office.folder, "clerk", GOOD, clock, None).close()


@pytest.mark.parametrize(
    ("old", "new"), [("", GOOD), ("not the old one", GOOD), (PASSPHRASE, "short")]
)
def test_a_wrong_old_or_a_weak_new_passphrase_changes_nothing(dialog, settled, old, new, office):
    dialog.old.show_text(old, openly=True)
    dialog.new.first.line.setText(new)
    dialog.new.second.line.setText(new)
    dialog.save.click()
    settled()

    assert dialog.isVisible()
    assert dialog.message.sentence
    assert dialog.save.isEnabled()
    assert len(staff.everyone(office.session("admin"))) == 5


def test_a_colleague_who_forgot_gets_a_new_passphrase(page, settled, office, clock, qtbot):
    from pmdesk.app import entrance

    choose(page, "clerk")
    page.reset.click()
    dialog = page.window().findChild(PasswordDialog)
    assert not dialog.old.isVisible()
    dialog.new.first.line.setText("short")
    dialog.save.click()
    assert dialog.message.sentence
    dialog.new.first.line.setText(GOOD)
    dialog.new.second.line.setText(GOOD)
    dialog.save.click()
    settled()
    assert not dialog.isVisible()
    assert "周敏" in page.duty.text()
    assert page.model.rows[[one.staff.login for one in page.model.rows].index("clerk")].handed
    assert ("staff.reset", f"staff:{accounts(page)['clerk'].uid}", ()) in office.acts()

    office.close()
    entrance.sign_in(office.folder, "clerk", GOOD, clock, None).close()


def test_nobody_resets_with_a_weak_passphrase_or_without_the_right(office):
    uid = office.session("clerk").staff.uid
    with pytest.raises(RefusedError):
        staff.reset_password(office.session("admin"), uid, "woaini1314")
    with pytest.raises(RefusedError):
        staff.reset_password(office.session("manager"), uid, GOOD)


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_nothing_is_clipped(page, dialog, wear, scale, qtbot):
    wear(scale=scale)
    fill(page)
    choose(page, "clerk")
    page.role.click()
    page.disable.click()
    page.resize(int(1100 * scale), int(800 * scale))
    dialog.new.first.line.setText("short")
    dialog._fit()

    qtbot.waitUntil(lambda: not clipped(page) and not clipped(dialog))
    for one in page.findChildren(QDialog):
        qtbot.waitUntil(lambda one=one: not clipped(one))


@pytest.fixture
def low(page):
    """The page in a window so low that it scrolls, at its beginning."""
    page.resize(1000, 420)
    page.window().activateWindow()
    return page.findChild(QScrollArea).verticalScrollBar()


def change_role(page):
    """The manager becomes a clerk."""
    page.role.setFocus()
    page.role.click()
    dialog = opened(page, RoleDialog)
    dialog.role.setCurrentIndex(dialog.role.findData(Role.CLERK))
    dialog.go.click()


def disable(page):
    """The manager's account is disabled."""
    page.disable.setFocus()
    page.disable.click()
    opened(page, LeavingDialog).go.click()


def reset(page):
    """The manager gets a new passphrase."""
    page.reset.setFocus()
    page.reset.click()
    dialog = opened(page, PasswordDialog)
    dialog.new.first.line.setText(GOOD)
    dialog.new.second.line.setText(GOOD)
    dialog.save.click()


@pytest.mark.parametrize(
    ("act", "said"),
    [(change_role, "角色已改为：前台"), (disable, "账号已停用"), (reset, "新口令已生效")],
)
def test_after_a_change_the_page_stays_with_the_colleague_and_says_what_was_done(
    page, settled, low, act, said
):
    choose(page, "manager")
    page.findChild(QScrollArea).ensureWidgetVisible(page.disable)
    before = low.value()
    act(page)
    settled()
    page.reload()
    settled()

    assert low.value() == before
    assert page._one.staff.login == "manager"
    assert page.table.view.chosen[0].staff.login == "manager"
    assert said in page.note.sentence
    for dialog in page.window().findChildren(RotationDialog):
        assert said in dialog.why.sentence
        assert "现在问您" in dialog.why.sentence
    choose(page, "reviewer")
    assert not page.note.sentence


def test_on_ones_own_row_it_is_said_why_nothing_can_be_pressed(page):
    choose(page, "admin")
    assert "您自己的账号" in page.duty.text()
    choose(page, "clerk")
    assert "您自己的账号" not in page.duty.text()
