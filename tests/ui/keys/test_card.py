"""The card on the settings page: how old the keys are, and copies that can be put back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QPushButton

from pmdesk.domain.keys import Before, Kept
from pmdesk.errors import OfficeClosedError, VaultDamagedError
from pmdesk.services import keys, staff
from pmdesk.ui.keys.card import KeysCard
from pmdesk.ui.keys.rotation_dialog import RotationDialog
from tests.ui.clipping import clipped


@pytest.fixture
def copies(admin, monkeypatch):
    """Two copies of before."""
    found = tuple(
        Kept(
            name=f"before-{before}.db",
            before=before,
            made_at=admin.clock.now() - timedelta(days=days),
            schema="0003",
            size=3 << 20,
        )
        for days, before in enumerate(Before)
    )
    asked = keys.state
    monkeypatch.setattr(keys, "state", lambda session: replace(asked(session), kept=found))
    return found


@pytest.fixture
def card(admin, tasks, prompts, shown):
    return lambda: shown(KeysCard(admin, tasks, prompts), 800, 400)


def put_back(one):
    return [b for b in one.findChildren(QPushButton) if b.text() == "退回…"]


def test_it_says_how_old_the_keys_are(card):
    one = card()

    assert "启用之日" in one.state.sentence
    assert put_back(one) == []


def test_somebody_who_left_makes_it_warn(card, admin, settled):
    one = card()
    clerk = next(s for s in staff.everyone(admin) if s.login == "clerk")
    one.reload(staff.disable(admin, clerk.uid))
    settled()

    assert "1 个账号被停用" in one.state.sentence


def test_the_dialog_opens_and_its_end_locks(card, qtbot, tasks, settled):
    one = card()
    one.change.click()
    dialog = one.window().findChildren(RotationDialog)[-1]
    with qtbot.waitSignal(one.locked):
        dialog.rotated.emit()
    dialog.reject()


def test_a_copy_is_put_back_only_after_a_question(card, copies, prompts, monkeypatch, settled):
    asked: list[str] = []
    monkeypatch.setattr(keys, "bring_back", lambda _s, name, _tell: asked.append(name))
    one = card()
    first, second = put_back(one)
    prompts.confirms = False
    first.click()
    settled()
    assert asked == []

    prompts.confirms = True
    heard = []
    one.locked.connect(lambda: heard.append(1))
    second.click()
    settled()
    assert asked == [copies[1].name]
    assert heard == [1]
    assert "退回到" in prompts.asked[-1]


def test_what_went_wrong_is_said_and_one_can_try_again(card, copies, monkeypatch, settled):
    def bring_back(_session, _name, _tell):
        raise VaultDamagedError("The data file of the office is damaged.", "")

    monkeypatch.setattr(keys, "bring_back", bring_back)
    one = card()
    put_back(one)[0].click()
    settled()

    assert "损坏" in one.message.sentence
    assert one.change.isEnabled()
    assert all(button.isEnabled() for button in put_back(one))


def test_an_error_behind_the_last_step_is_told_and_the_window_locks(
    card, copies, monkeypatch, settled, prompts, qtbot
):
    def bring_back(_session, _name, _tell):
        raise OfficeClosedError("It is done.")

    monkeypatch.setattr(keys, "bring_back", bring_back)
    one = card()
    with qtbot.waitSignal(one.locked):
        put_back(one)[0].click()
    settled()

    assert prompts.told == ["It is done."]


def test_a_stop_is_no_problem(card, copies, monkeypatch, settled):
    def bring_back(_session, _name, tell):
        tell.cancel()
        tell(1, 2)

    monkeypatch.setattr(keys, "bring_back", bring_back)
    one = card()
    put_back(one)[0].click()
    one.working.cancelled.emit()
    settled()
    one.working.cancelled.emit()

    assert "未作任何更改" in one.message.sentence


def test_an_unreadable_office_is_said(card, monkeypatch, settled):
    def state(_session):
        raise VaultDamagedError("The data file of the office is damaged.", "")

    monkeypatch.setattr(keys, "state", state)
    one = card()

    assert "损坏" in one.state.sentence


def test_nothing_is_cut_off(card, copies):
    assert clipped(card()) == []
