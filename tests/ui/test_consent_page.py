"""Taking consent at the counter, step by step."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from pmdesk.domain.consents import Act, Channel, Decision
from pmdesk.errors import StorageError
from pmdesk.services import residents
from pmdesk.services.consent import consents
from pmdesk.ui import printing
from pmdesk.ui.consent import notice_step
from pmdesk.ui.consent.decisions import Step
from pmdesk.ui.consent.page import ConsentPage
from tests.offices import P2, P3, P5, resident
from tests.ui.consenting import SIGNATURE, chosen, draw, number, prove, read, words

_CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def person(office_session):
    return resident(office_session, "曾国强")


@pytest.fixture
def page(office_session, tasks, prompts, shown, person):
    return shown(ConsentPage(office_session, tasks, prompts, person, "3-2-501 曾国强", first=P2))


# ---- notice --------------------------------------------------------------------------------


def test_the_first_notice_is_the_one_that_was_asked_for(page):
    assert page.notice_step.choice.purpose.code == P2
    assert "需求标签" in page.notice_step.text.toPlainText()
    assert "1.0" in page.notice_step.version.text()


def test_next_waits_until_each_opened_notice_was_scrolled_to_its_end(page):
    page.notice_step.tick.click()
    assert not page.forward.isEnabled()
    assert "末尾" in page.hint.text()
    page.notice_step.scroll_to_end()
    assert page.forward.isEnabled()
    page._show_notice(P3)

    assert P3 in page.decisions.shown
    assert page.forward.isEnabled() == (P3 in page.decisions.read)


def test_a_long_second_notice_counts_only_when_its_end_was_seen(page, monkeypatch, qapp):
    long = "".join(f"<p>第 {line} 行</p>" for line in range(400))
    page.notice_step.tick.click()
    page.notice_step.scroll_to_end()
    monkeypatch.setattr(notice_step, "notice_html", lambda _choice: long)
    page._show_notice(P3)
    for _turn in range(20):
        qapp.processEvents()
    assert P3 not in page.decisions.read
    assert not page.forward.isEnabled()
    assert "社区活动" in page.hint.text()
    bar = page.notice_step.text.verticalScrollBar()
    bar.setValue(bar.maximum() - 5)
    assert P3 not in page.decisions.read
    bar.setValue(bar.maximum())

    assert P3 in page.decisions.read
    assert page.forward.isEnabled()


def test_a_notice_that_fits_counts_once_it_is_laid_out(page, monkeypatch, qtbot):
    monkeypatch.setattr(notice_step, "notice_html", lambda _choice: "<p>短</p>")
    page._show_notice(P3)
    assert P3 not in page.decisions.read

    qtbot.waitUntil(lambda: P3 in page.decisions.read)


def test_no_notice_opens_that_was_not_asked_for(office_session, tasks, prompts, shown, person):
    page = shown(ConsentPage(office_session, tasks, prompts, person))
    page.notice_step.list.setFocus(Qt.FocusReason.TabFocusReason)

    assert page.notice_step.choice is None
    assert not page.decisions.shown
    page._show_notice(P3)
    assert page.decisions.shown == {P3}


def test_next_waits_for_the_tick_that_it_was_read_out(page):
    page.notice_step.scroll_to_end()

    assert not page.forward.isEnabled()
    assert "宣读" in page.hint.text()
    assert "王芳" in page.notice_step.tick.text()


def test_a_saved_notice_counts_as_shown_and_names_the_office(page, prompts, tmp_path, settled):
    prompts.path = tmp_path / "notice.pdf"
    page.notice_step.save_requested.emit()
    settled()

    assert prompts.path.read_bytes().startswith(b"%PDF")
    assert P2 in page.decisions.read
    assert "notice.pdf" in page.note.sentence


def test_only_a_print_that_was_sent_counts_as_shown(page, monkeypatch, qtbot):
    printed: list[bool] = []
    monkeypatch.setattr(printing, "preview", lambda made, title, parent: bool(printed))
    qtbot.keyClick(page, Qt.Key.Key_P, _CTRL)
    assert P2 not in page.decisions.read
    printed.append(True)
    qtbot.keyClick(page, Qt.Key.Key_P, _CTRL)

    assert P2 in page.decisions.read


def test_large_print_is_larger_and_lines_stay_readable(page):
    before = page.notice_step.text.fontMetrics().height()
    page.notice_step.large.click()
    metrics = page.notice_step.text.fontMetrics()

    assert metrics.height() > before
    assert page.notice_step.text.maximumWidth() <= 42 * metrics.horizontalAdvance("国") + 40


def test_no_live_notice_is_said_and_leads_back(
    office_session, tasks, prompts, shown, person, monkeypatch, qtbot
):
    monkeypatch.setattr(consents, "choices", lambda _session, _person: ())
    page = shown(ConsentPage(office_session, tasks, prompts, person))

    assert "管理员" in page.note.sentence
    assert not page.forward.isEnabled()
    with qtbot.waitSignal(page.back_requested):
        page.leaver.click()


# ---- choices -------------------------------------------------------------------------------


def test_nothing_is_preselected_and_both_answers_are_of_one_size(page):
    read(page)
    page.next()
    lines = page.choices_step.lines.values()

    assert not any(line.agree.isChecked() or line.refuse.isChecked() for line in lines)
    assert not page.choices_step.adult.isChecked()
    assert not page.forward.isEnabled()
    line = page.choices_step.lines[P2]
    assert line.agree.width() == line.refuse.width()


def test_separate_consents_stand_under_their_own_heading(page):
    ordinary = page.choices_step.lines[P2].parent()
    separate = page.choices_step.lines[P5].parent()

    assert ordinary is not separate
    assert "单独同意" in separate.findChild(QLabel).text()


def test_the_contract_services_stay_whatever_is_chosen(page):
    words = " ".join(label.text() for label in page.choices_step.findChildren(QLabel))

    assert "不影响合同内的服务" in words
    assert "24个月" in words


def test_a_purpose_without_its_notice_shown_cannot_be_decided(page):
    read(page)
    page.next()
    line = page.choices_step.lines[P3]
    assert line.agree.isHidden()
    line.notice.click()

    assert page.step is Step.NOTICE
    assert page.notice_step.choice.purpose.code == P3


def test_agreeing_needs_an_adult_refusing_does_not(page):
    read(page)
    page.next()
    page.choices_step.lines[P2].agree.click()
    assert "成年" in page.hint.text()
    page.choices_step.lines[P2].refuse.click()
    assert page.forward.isEnabled()
    page.choices_step.lines[P2].undo.click()

    assert page.decisions.agreed == {}
    assert not page.forward.isEnabled()


# ---- proof ---------------------------------------------------------------------------------


def test_a_drawn_signature_makes_the_consent_live_with_its_evidence(
    page, office_session, person, qtbot, settled
):
    chosen(page, agree=(P2,), refuse=(P3,))
    prove(page, Act.DRAWN)
    draw(page.proof_step.pad, SIGNATURE)
    qtbot.keyClick(page, Qt.Key.Key_Return, _CTRL)
    settled()

    assert page.step is Step.RECEIPT
    events = residents.detail(office_session, person).events
    assert {(e.purpose, e.decision) for e in events} == {
        (P2, Decision.GIVEN),
        (P3, Decision.REFUSED),
    }
    given = next(event for event in events if event.purpose == P2)
    with office_session.store.reading() as work:
        assert work.consents.signature(given.id).startswith(b"\x89PNG")
    assert page.receipt_step.receipt.number in words(page.receipt_step)
    assert all(proof.signed is None for proof in page.decisions.proofs.values())
    assert page.proof_step.pad.is_blank


def test_blank_and_too_short_signatures_are_refused_in_words(page):
    chosen(page)
    prove(page, Act.DRAWN)
    assert not page.forward.isEnabled()
    draw(page.proof_step.pad, [(10, 10), (12, 11)])

    assert not page.forward.isEnabled()
    assert "太短" in page.proof_step.complaint.sentence


def test_a_stroke_can_be_undone_and_all_cleared(page, qtbot):
    chosen(page)
    prove(page, Act.DRAWN)
    draw(page.proof_step.pad, SIGNATURE)
    draw(page.proof_step.pad, [(10, 90), (90, 90)])
    qtbot.keyClick(page, Qt.Key.Key_Z, _CTRL)
    assert len(json.loads(page.decisions.proof(0).signed.strokes)) == 1
    page.proof_step.clear.click()

    assert page.decisions.proof(0).signed is None
    assert not page.forward.isEnabled()


def test_a_paper_sheet_needs_its_number(page, office_session, person, settled):
    chosen(page)
    prove(page, Act.PAPER)
    page.proof_step.channel.buttons()[list(Channel).index(Channel.PAPER)].click()
    assert not page.forward.isEnabled()
    number(page, "A-17")
    page.next()
    settled()

    event = residents.detail(office_session, person).events[0]
    assert (event.paper_ref, event.act, event.channel) == ("A-17", Act.PAPER, Channel.PAPER)


def test_word_of_mouth_is_offered_only_where_every_purpose_allows_it(page, settled):
    chosen(page, agree=(P2,))
    assert not page.proof_step.act.buttons()[-1].isEnabled()
    assert "服务需求分类" in page.proof_step.act.buttons()[-1].toolTip()
    page.go(Step.CHOICES)
    page.choices_step.lines[P2].refuse.click()
    page.go(Step.PROOF)
    assert page.proof_step.act.buttons()[-1].isEnabled()
    prove(page, Act.ORAL)
    page.next()
    settled()

    assert page.step is Step.RECEIPT


def test_a_full_disk_keeps_everything_on_the_page(page, person, settled, monkeypatch):
    def full(*_args):
        raise StorageError("The disk is full.", "Free some space.")

    chosen(page)
    prove(page, Act.DRAWN)
    draw(page.proof_step.pad, SIGNATURE)
    monkeypatch.setattr(consents, "decide", full)
    page.next()
    settled()

    assert page.step is Step.PROOF
    assert "The disk is full." in page.note.sentence
    assert page.decisions.proof(0).signed is not None
    assert page.forward.isEnabled()
