"""The end of a consent: receipt, keys, drafts, and the way back."""

import json

import pytest
from PySide6.QtCore import Qt

from pmdesk.domain.consents import Act, ConsentState
from pmdesk.domain.office import Changes
from pmdesk.services import drafts
from pmdesk.ui import printing
from pmdesk.ui.consent.decisions import Step
from pmdesk.ui.consent.page import ConsentPage
from pmdesk.ui.pages.resident import ResidentPage
from tests.offices import P2, resident
from tests.ui.consenting import SIGNATURE, chosen, draw, prove, read, state

_CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def person(office_session):
    return resident(office_session, "曾国强")


@pytest.fixture
def page(office_session, tasks, prompts, shown, person):
    return shown(ConsentPage(office_session, tasks, prompts, person, "3-2-501 曾国强", first=P2))


# ---- receipt, keys, drafts -----------------------------------------------------------------


@pytest.fixture
def receipt(page, settled):
    chosen(page)
    prove(page, Act.DRAWN)
    draw(page.proof_step.pad, SIGNATURE)
    page.next()
    settled()
    return page.receipt_step


def test_the_receipt_can_be_saved_and_printed_and_leads_back(
    page, receipt, prompts, tmp_path, settled, qtbot, monkeypatch
):
    prompts.path = tmp_path / "receipt.pdf"
    receipt.save.click()
    settled()
    assert prompts.path.read_bytes().startswith(b"%PDF")
    sent = []
    monkeypatch.setattr(printing, "preview", lambda made, title, parent: sent.append(made))
    qtbot.keyClick(page, Qt.Key.Key_P, _CTRL)
    assert receipt.receipt.number in sent[0].toPlainText()
    with qtbot.waitSignal(page.back_requested):
        receipt.back.click()


def test_a_receipt_that_cannot_be_written_is_explained(receipt, prompts, tmp_path, settled):
    prompts.path = tmp_path / "missing" / "receipt.pdf"
    receipt.save.click()
    settled()

    assert "没有写成" in prompts.told[0]


def test_who_saves_nothing_gets_no_file(receipt, prompts, settled):
    receipt.save.click()
    settled()

    assert prompts.told == []


def test_alt_keys_go_only_where_the_way_is_complete(page, qtbot):
    _alt(page, qtbot, Qt.Key.Key_3)
    assert page.step is Step.NOTICE
    chosen(page)
    steps = [_alt(page, qtbot, key) for key in (Qt.Key.Key_1, Qt.Key.Key_3, Qt.Key.Key_2)]
    page.backward.click()

    assert [*steps, page.step] == [Step.NOTICE, Step.PROOF, Step.CHOICES, Step.NOTICE]


def _alt(page, qtbot, key):
    qtbot.keyClick(page, key, Qt.KeyboardModifier.AltModifier)
    return page.step


def test_out_of_the_receipt_no_step_leads_back(page, receipt, qtbot):
    qtbot.keyClick(page, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    page.next()

    assert page.step is Step.RECEIPT
    assert page.forward.isHidden()


def test_esc_keeps_the_choices_but_never_the_signature(
    page, office_session, tasks, prompts, shown, person, qtbot
):
    chosen(page)
    prove(page, Act.DRAWN)
    draw(page.proof_step.pad, SIGNATURE)
    page.setFocus()
    with qtbot.waitSignal(page.back_requested):
        qtbot.keyClick(page, Qt.Key.Key_Escape)
    kept = drafts.kept(office_session, "consent", str(person))
    assert kept
    assert json.loads(kept.document) == {"agreed": {"P2": True}}
    page.hide()
    again = shown(ConsentPage(office_session, tasks, prompts, person))
    assert again.decisions.agreed == {}
    again.draft.restore.click()

    assert again.decisions.agreed == {P2: True}
    assert not again.forward.isEnabled()  # the notice has to be shown again
    assert again.decisions.proofs == {}


def test_a_lock_keeps_the_choices(page, office_session, person):
    read(page)
    page.next()
    page.choices_step.lines[P2].refuse.click()
    page.keep_draft()

    assert drafts.kept(office_session, "consent", str(person))


def test_recording_removes_the_draft_and_tells_the_other_pages(
    page, receipt, office_session, person, tasks
):
    assert drafts.kept(office_session, "consent", str(person)) is None
    assert state(office_session, person) is ConsentState.LIVE


def test_other_pages_changes_do_not_touch_a_begun_consent(page):
    chosen(page)
    page.reload(Changes.of("office"))

    assert page.step is Step.PROOF


def test_withdrawing_takes_fewer_steps_than_giving(
    page, person, office_session, tasks, prompts, shown, settled
):
    choices = page.choices_step
    give = (
        page.notice_step.scroll_to_end,
        page.notice_step.tick.click,
        page.forward.click,
        choices.lines[P2].agree.click,
        choices.adult.click,
        page.forward.click,
        lambda: page.proof_step.act.buttons()[0].click(),
        lambda: draw(page.proof_step.pad, SIGNATURE),
        page.forward.click,
    )
    for step in give:
        step()
    settled()
    assert state(office_session, person) is ConsentState.LIVE
    page.hide()
    group = shown(ResidentPage(office_session, tasks, prompts, person)).groups[P2]
    withdraw = (lambda: group.withdraw.click(), lambda: group.withdrawal.confirm.click())
    for step in withdraw:
        step()
    settled()

    assert state(office_session, person) is ConsentState.WITHDRAWN
    assert len(withdraw) < len(give)
