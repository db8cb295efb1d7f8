"""The staff page: accounts are added with a good passphrase, disabled, never deleted."""

import pytest

from pmdesk.domain.staff import Role
from pmdesk.errors import RefusedError
from pmdesk.services import staff
from pmdesk.ui.pages.password import PasswordDialog
from pmdesk.ui.pages.staff import StaffPage
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
    """The logins of the list."""
    return {one.login: one for one in page.model.rows}


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


def test_an_account_is_disabled_after_a_question(page, settled, prompts):
    page.table.view.selectRow([one.login for one in page.model.rows].index("clerk"))
    prompts.confirms = False
    page.disable.click()
    settled()
    assert accounts(page)["clerk"].enabled

    prompts.confirms = True
    page.disable.click()
    settled()
    assert not accounts(page)["clerk"].enabled
    assert len(accounts(page)) == 5


def test_one_cannot_disable_oneself(page):
    page.table.view.selectRow([one.login for one in page.model.rows].index("admin"))

    assert not page.disable.isEnabled()
    assert page.duty.text()


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

    page.table.view.selectRow([one.login for one in page.model.rows].index("clerk"))
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
    page.resize(int(1100 * scale), int(800 * scale))
    dialog.new.first.line.setText("short")
    dialog._fit()

    qtbot.waitUntil(lambda: not clipped(page) and not clipped(dialog))
