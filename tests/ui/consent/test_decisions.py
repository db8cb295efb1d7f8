"""What is still missing before the next step of a consent, and what is handed over at its end."""

from dataclasses import replace

import pytest

from pmdesk.domain.consents import Act, Channel, GivenBy, Representative
from pmdesk.domain.notices import Notice
from pmdesk.domain.purposes import PurposeCode
from pmdesk.services import starters
from pmdesk.services.consent.consents import Choice
from pmdesk.ui.consent.decisions import Decisions, Proof, Signed, Step, from_document
from tests.fakes import FakeClock
from tests.offices import P2, P3, P5, PLATE

CATALOGUE = starters.catalogue()
SIGNED = Signed(png=b"\x89PNG", strokes="[]")
PAPER = Proof(act=Act.PAPER, paper_ref="A-1")


def _choice(purpose):
    notice = Notice(purpose=purpose.code, version="1.0", language="zh_CN", text="", fields=())
    items = CATALOGUE.field("assist_need").options if purpose.code == P5 else ()
    kept = CATALOGUE.kept(purpose)
    return Choice(purpose=purpose, notice=notice, retention=kept, items=items)


CHOICES = tuple(_choice(purpose) for purpose in CATALOGUE.consenting)
READ = Decisions().having_read(P2, P3)


def _missing(decisions, step):
    return decisions.missing(step, CHOICES)


def _deciding(**answers):
    made = Decisions(adult=True)
    for code, agreed in answers.items():
        made = made.deciding(PurposeCode(code), agreed)
    return made


def _assisted(made, *, agreed="ramp"):
    for option in CATALOGUE.field("assist_need").options:
        made = made.deciding_item(P5, option.code, agreed=option.code == agreed)
    return made


def test_at_least_one_notice_has_to_be_opened():
    assert _missing(Decisions(told=True), Step.NOTICE)


def test_each_opened_notice_has_to_be_read():
    assert "end" in _missing(READ.showing(P5), Step.NOTICE)


def test_leaving_a_purpose_open_takes_its_answer_back():
    decided = READ.deciding(P2, agreed=True).deciding(P3, agreed=False)

    assert decided.deciding(P2, agreed=None).agreed == {P3: False}


@pytest.mark.parametrize("act", list(Act))
def test_no_way_of_proving_works_without_its_evidence(act):
    decisions = _deciding(P2=True).proving(0, Proof(act=act))

    assert _missing(decisions, Step.PROOF)


def test_word_of_mouth_needs_a_witness_where_it_is_enough_at_all():
    said = Proof(act=Act.ORAL)

    assert "witness" in _missing(_deciding(P3=True).proving(0, said), Step.PROOF)
    heard = replace(said, witness="f" * 32)
    assert not _missing(_deciding(P3=True).proving(0, heard), Step.PROOF)
    assert "signature" in _missing(_deciding(P2=True).proving(0, heard), Step.PROOF)


def test_a_refusal_needs_no_witness():
    decisions = _deciding(P2=False).proving(0, Proof(act=Act.ORAL))

    assert not _missing(decisions, Step.PROOF)


def test_a_visit_needs_the_word_that_the_home_was_respected():
    visit = replace(_deciding(P2=True).proving(0, PAPER), channel=Channel.VISIT)

    assert "home" in _missing(visit, Step.PROOF)
    assert not _missing(replace(visit, respected=True), Step.PROOF)


def test_each_item_is_decided_before_the_purpose_is():
    begun = Decisions(adult=True).deciding_item(P5, "ramp", agreed=True)

    assert "items not decided" in _missing(begun, Step.CHOICES)
    assert not _missing(_assisted(begun), Step.CHOICES)
    assert _assisted(begun, agreed="").agreed == {P5: False}


def test_who_decides_for_another_is_told_in_full():
    other = Representative(name="王小红", relation="女儿", document="授权书")
    agent = replace(_deciding(P2=True), given_by=GivenBy.AGENT)

    assert "who decides" in _missing(agent, Step.CHOICES)
    named = replace(agent, representative=other)
    assert not _missing(named, Step.CHOICES)
    assert "agent" in _missing(named.deciding(PLATE, agreed=True), Step.CHOICES)
    guardian = replace(named.deciding(PLATE, agreed=True), given_by=GivenBy.GUARDIAN)
    assert not _missing(guardian, Step.CHOICES)


def test_what_is_separate_has_a_sheet_of_its_own_and_a_no_goes_along():
    decided = _assisted(_deciding(**{"P2": True, "P3": False, PLATE: True}))
    codes = [[choice.purpose.code for choice in sheet] for sheet in decided.sheets(CHOICES)]

    assert codes == [[P2, P3], [PLATE], [P5]]
    assert decided.to_prove(CHOICES) == (0, 1, 2)
    refused = _deciding(**{"P3": False, PLATE: True})
    assert refused.to_prove(CHOICES) == (1,)
    assert _deciding(P3=False).to_prove(CHOICES) == (0,)


def test_the_next_sheet_begins_like_the_one_before_without_its_number_or_signature():
    decided = _deciding(**{"P2": True, PLATE: True}).proving(0, replace(PAPER, witness="u"))

    assert decided.proof(1) == Proof(act=Act.PAPER, witness="u")
    assert "number" in _missing(decided, Step.PROOF)


def test_another_choice_undoes_the_signatures():
    decided = _deciding(P2=True).proving(0, Proof(act=Act.DRAWN, signed=SIGNED))

    assert decided.deciding(P3, agreed=True).proofs == {}
    assert decided.deciding_item(P5, "ramp", agreed=True).proofs == {}


def test_evidence_holds_only_what_belongs_to_its_act():
    proof = Proof(act=Act.PAPER, paper_ref=" A-1 ", witness="陈磊", signed=SIGNED)
    paper = Decisions().proving(0, proof).evidence(0)
    drawn = Decisions().proving(0, replace(proof, act=Act.DRAWN)).evidence(0)

    assert (paper.paper_ref, paper.witness, paper.signature_png) == ("A-1", "陈磊", b"")
    assert (drawn.paper_ref, drawn.witness, drawn.signature_png) == ("", "", SIGNED.png)


def test_sheets_are_handed_over_with_items_initiative_and_the_notices_shown():
    decided = _assisted(_deciding(P2=True)).coming_forward(P5, own=True)
    shown = {choice.purpose.code: choice.shown(FakeClock().now()) for choice in CHOICES}
    first, second = decided.handed_over(CHOICES, shown)

    assert (first.purposes, second.purposes) == ({P2}, {P5})
    assert [(one.item, one.agreed) for one in second.answers][:2] == [
        ("ramp", True),
        ("handrail", False),
    ]
    assert all(one.own_initiative for one in second.answers)
    assert not first.answers[0].own_initiative
    assert set(second.shown) == {P5}
    called = replace(decided, called=True).handed_over(CHOICES, shown)[0]
    assert called.answers[0].own_initiative


def test_who_takes_the_initiative_back_takes_the_answer_back():
    forward = Decisions().coming_forward(P3, own=True).deciding(P3, agreed=True)

    back = forward.coming_forward(P3, own=False)
    assert (back.own, back.agreed) == (frozenset(), {})


def test_a_draft_forgets_signatures_items_and_purposes_that_are_gone():
    decided = Decisions(agreed={P2: True, PurposeCode("P99"): True}, adult=True)
    decided = _assisted(decided).proving(0, Proof(act=Act.DRAWN, signed=SIGNED))

    assert "PNG" not in decided.document()
    assert "ramp" not in decided.document()
    assert "P5" not in decided.document()
    restored = from_document(decided.document(), CHOICES)
    assert restored.agreed == {P2: True}
    assert not restored.read
    assert not restored.adult
