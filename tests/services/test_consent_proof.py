"""The proof of consents reproduces the very text that was shown, or says that it cannot."""

import hashlib
import json

from pmdesk.domain.consents import GivenBy, Representative
from pmdesk.services.consent import consent_proof, consents
from pmdesk.services.paper.consent_proof import consent_proof_pdf
from tests.offices import DRAWN, ORAL, P2, P3, P5, consenting, decide, renamed, resident
from tests.pdf import text_of

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63fccf"
    "c0f01f00050502005f31a5d20000000049454e44ae426082"
)
DAUGHTER = Representative(name="王小红", relation="女儿", document="监护判决书")


def _person(session):
    person = consenting(session, P2, values={"clean_need": "in_home"})
    drawn = renamed(DRAWN, signature_png=PNG)
    decide(session, person, {P3: True}, drawn)
    guarded = renamed(DRAWN, given_by=GivenBy.GUARDIAN, representative=DAUGHTER)
    decide(session, person, {(P5, "ramp"): True}, guarded)
    consents.withdraw(session, person, P2)
    return person


def test_every_decision_comes_with_the_text_of_its_digest(clerk, reviewer, office):
    person = _person(clerk)

    with office.logged() as log:
        proof = consent_proof.gathered(reviewer, person)

    assert log == [("consent.proof", f"person:{person}", ())]
    content = json.loads(consent_proof.as_json(proof))
    assert [one["decision"] for one in content["decisions"]] == [*["given"] * 3, "withdrawn"]
    for one in content["decisions"]:
        found = content["notices"][one["notice"]["sha256"]]
        assert found["matches"]
        digest = hashlib.sha256(found["text"].encode()).hexdigest()
        assert digest == one["notice"]["sha256"]
    assert [entry["act"] for entry in content["log"]] == [
        *["consent.given"] * 3,
        "consent.withdrawn",
    ]
    assert content["decisions"][2]["representative"] == ["王小红", "女儿", "监护判决书"]


def test_the_proof_tells_no_value_and_not_which_item(clerk, reviewer):
    person = _person(clerk)
    made = consent_proof.as_json(consent_proof.gathered(reviewer, person)).decode()

    decisions = made[: made.index('"notices"')]
    for value in ("in_home", "入户", "ramp", "坡道", "13800001234"):
        assert value not in decisions


def test_on_paper_stand_names_witnesses_and_the_whole_text(clerk, reviewer):
    person = _person(clerk)
    proof = consent_proof.gathered(reviewer, person)
    pages = "".join("".join(page.split()) for page in text_of(consent_proof_pdf(proof)))

    assert proof.decisions[0].event.notice_digest in pages
    assert "王小红" in pages
    assert "需求标签" in pages
    assert proof.decisions[0].event.receipt in pages


def test_a_text_that_was_changed_or_removed_by_hand_is_told(clerk, reviewer, office):
    person = consenting(clerk, P2)
    office.session("admin")
    with office.opened["admin"].engine.connect().execution_options(write=True) as connection:
        connection.exec_driver_sql("DROP TRIGGER notice_stands")
        connection.exec_driver_sql("UPDATE notice SET text = '别的' WHERE purpose = 'P2'")
        connection.commit()

    proof = consent_proof.gathered(reviewer, person)
    assert not proof.decisions[0].is_whole
    pages = "".join("".join(page.split()) for page in text_of(consent_proof_pdf(proof)))
    assert "不一致" in pages or "isnottheone" in pages


def test_on_paper_stands_who_heard_what_was_said(clerk, reviewer):
    person = resident(clerk)
    decide(clerk, person, {P3: True}, ORAL)

    proof = consent_proof.gathered(reviewer, person)

    pages = "".join("".join(page.split()) for page in text_of(consent_proof_pdf(proof)))
    assert proof.decisions[0].witness
    assert f"witness{proof.decisions[0].witness}" in pages
