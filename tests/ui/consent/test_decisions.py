"""What is still missing before the next step of a consent."""

import pytest

from pmdesk.domain.consents import Act
from pmdesk.domain.purposes import PurposeCode
from pmdesk.services import starters
from pmdesk.ui.consent.decisions import Decisions, Signed, Step, from_document
from tests.offices import P2, P3, P5

PURPOSES = starters.catalogue().consenting
READ = Decisions().having_read(P2, P3)
SIGNED = Signed(png=b"\x89PNG", strokes="[]")


def _missing(decisions, step):
    return decisions.missing(step, PURPOSES)


def test_at_least_one_notice_has_to_be_opened():
    assert _missing(Decisions(told=True), Step.NOTICE)


def test_each_opened_notice_has_to_be_read():
    assert "end" in _missing(READ.showing(P5), Step.NOTICE)


def test_leaving_a_purpose_open_takes_its_answer_back():
    decided = READ.deciding(P2, agreed=True).deciding(P3, agreed=False)

    assert decided.deciding(P2, agreed=None).agreed == {P3: False}


@pytest.mark.parametrize("act", list(Act))
def test_no_way_of_proving_works_without_its_evidence(act):
    decisions = Decisions(agreed={P2: True}, act=act)

    assert _missing(decisions, Step.PROOF)


def test_a_refusal_needs_no_witness():
    decisions = Decisions(agreed={P2: False}, act=Act.ORAL)

    assert not _missing(decisions, Step.PROOF)


def test_evidence_holds_only_what_belongs_to_its_act():
    decisions = Decisions(act=Act.PAPER, paper_ref=" A-1 ", witness="陈磊", signed=SIGNED)
    paper = decisions.evidence()
    drawn = Decisions(act=Act.DRAWN, paper_ref="A-1", witness="陈磊", signed=SIGNED).evidence()

    assert (paper.paper_ref, paper.witness, paper.signature_png) == ("A-1", "陈磊", b"")
    assert (drawn.paper_ref, drawn.witness, drawn.signature_png) == ("", "", SIGNED.png)


def test_a_draft_forgets_the_signature_and_purposes_that_are_gone():
    decisions = Decisions(agreed={P2: True, PurposeCode("P99"): True}, signed=SIGNED, adult=True)

    assert "PNG" not in decisions.document()
    restored = from_document(decisions.document(), _choices())
    assert restored.agreed == {P2: True}
    assert not restored.read
    assert not restored.adult


def _choices():
    from pmdesk.domain.notices import Notice
    from pmdesk.services.consents import Choice

    purpose = next(one for one in PURPOSES if one.code == P2)
    notice = Notice(purpose=P2, version="1.0", language="zh_CN", text="", fields=())
    return (Choice(purpose=purpose, notice=notice, retention=starters.catalogue().kept(purpose)),)
