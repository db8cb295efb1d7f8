"""Consent: what counts as a yes, what falls with it, and that nobody is worse off without it."""

import hashlib
from dataclasses import replace

import pytest

from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.consents import ConsentState, Decision
from pmdesk.domain.fields import FieldKey
from pmdesk.domain.reveals import Reason, Why
from pmdesk.domain.tiers import STANDARD
from pmdesk.errors import NotFoundError, RefusedError
from pmdesk.services import classification, drafts, residents, revealing, staff
from pmdesk.services import office as office_service
from pmdesk.services.consent import consents
from pmdesk.services.consent.consents import changed
from tests.offices import (
    DRAWN,
    NOBODY,
    ORAL,
    P1,
    P2,
    P3,
    P4,
    P5,
    P6,
    P7,
    PAPER,
    PLATE,
    PLATE_NO,
    PROFILE,
    SPECIAL,
    answers,
    consenting,
    decide,
    entry,
    renamed,
    resident,
    tier,
)

MARKER = "zqx-mark"


def refused(act, *args, **rest):
    """What is said when the act is refused."""
    with pytest.raises(RefusedError) as caught:
        act(*args, **rest)
    assert caught.value.remedy
    return caught.value.sentence


def group_of(page, purpose):
    """The group of a purpose on the page."""
    return next(group for group in page.groups if group.purpose.code == purpose)


def test_every_purpose_that_asks_has_its_notice_and_how_long_values_are_kept(clerk):
    offered = consents.choices(clerk, resident(clerk))

    assert [choice.purpose.code for choice in offered] == [
        *("P1-plate", "P2", "P3", "P4", "P5", "P6", "P7", "P8"),
    ]
    for choice in offered:
        assert choice.notice.purpose == choice.purpose.code
        assert PROFILE.name in choice.notice.text
        assert "{" not in choice.notice.text
        assert choice.retention.code == choice.purpose.retention


def test_a_purpose_without_a_live_notice_is_not_offered_and_nobody_is_asked(
    clerk, office, monkeypatch
):
    person = resident(clerk)
    monkeypatch.setattr("pmdesk.store.catalogue_register.SqlCatalogue.notice", lambda *_: None)

    assert consents.choices(clerk, resident(clerk)) == ()
    assert "no live notice" in refused(decide, clerk, person, {P2: True}, PAPER)
    assert office.sql("SELECT * FROM consent_event") == []


def test_a_yes_gives_a_tier_at_once_and_a_receipt(clerk, office):
    person = resident(clerk)

    with office.logged() as log:
        receipt = decide(clerk, person, {P2: True, P3: False}, DRAWN)

    assert tier(clerk, person) == STANDARD
    assert [(line.purpose.code, line.event.decision) for line in receipt.lines] == [
        (P2, Decision.GIVEN),
        (P3, Decision.REFUSED),
    ]
    assert (receipt.person_name, receipt.room, receipt.operator) == ("王小明", "3-2-501", "王芳")
    assert receipt.office == PROFILE
    assert receipt.number == receipt.lines[0].event.receipt
    assert log == [
        ("consent.given", f"person:{person}", ("P2",)),
        ("consent.refused", f"person:{person}", ("P3",)),
    ]
    with clerk.store.reading() as work:
        assert work.consents.signature(receipt.lines[0].event.id) == DRAWN.signature_png


def test_a_consent_ends_after_the_months_of_its_purpose(clerk, clock):
    clock.advance(days=181)  # 30 August: in six months there is no 30 February
    person = resident(clerk)

    lines = decide(clerk, person, {P2: True, P4: True, P7: True}, PAPER).lines

    until = {line.purpose.code: line.event.valid_until for line in lines}
    assert [str(until[code]) for code in (P2, P4, P7)] == ["2028-08-30", "2027-02-28", "None"]


def test_every_decision_carries_the_hash_of_the_notice_that_the_office_holds(clerk, office):
    person = consenting(clerk, P2, P3, P5)
    consents.withdraw(clerk, person, P3)
    decide(clerk, person, {P7: False}, ORAL)

    rows = office.sql(
        "SELECT e.notice_digest, n.digest, n.text FROM consent_event e LEFT JOIN notice n"
        " ON n.purpose = e.purpose AND n.version = e.notice_version"
        " AND n.language = e.notice_language"
    )
    assert len(rows) == 5
    for given, stored, text in rows:
        assert given == stored == hashlib.sha256(text.encode()).hexdigest()


def test_a_withdrawal_names_the_version_that_was_agreed_to(clerk, admin):
    person = consenting(clerk)
    office_service.save_profile(admin, replace(PROFILE, address="演示市江边路 9 号"))

    event = consents.withdraw(clerk, person, P2).lines[0].event

    assert event.notice_version == "1.0"
    with clerk.store.reading() as work:
        assert work.catalogue.notice(P2, "zh_CN").version == "1.1"


def test_no_decision_is_no_consent(clerk, office):
    person = resident(clerk)

    assert "No decision" in refused(decide, clerk, person, {}, PAPER)
    assert office.sql("SELECT * FROM consent_event") == []


@pytest.mark.parametrize(
    ("purpose", "evidence", "says"),
    [
        (P2, renamed(PAPER, adult_confirmed=False), "adults only"),
        (P3, renamed(ORAL, adult_confirmed=False), "adults only"),
        (P2, ORAL, "needs a signature"),
        (P5, ORAL, "needs a signature"),
        (P6, ORAL, "needs a signature"),
        (P2, renamed(DRAWN, signature_png=b""), "no signature"),
        (P2, renamed(PAPER, paper_ref="  "), "signed sheet is missing"),
        (P1, PAPER, "asks nobody"),
    ],
)
def test_a_weak_yes_is_refused_and_leaves_nothing(clerk, office, purpose, evidence, says):
    person = resident(clerk)

    with office.logged() as log:
        sentence = refused(decide, clerk, person, {P3: False, purpose: True}, evidence)

    assert says in sentence
    assert office.sql("SELECT * FROM consent_event") == []
    assert log == []


def test_a_refusal_needs_no_signature_and_no_age(clerk):
    person = resident(clerk)
    bare = renamed(ORAL, adult_confirmed=False)

    receipt = decide(clerk, person, {P2: False, P5: False}, bare)

    assert {line.event.decision for line in receipt.lines} == {Decision.REFUSED}


@pytest.mark.parametrize("purpose", [P3, P4, P7])
def test_an_oral_yes_counts_where_the_law_lets_it(clerk, purpose):
    person = resident(clerk)

    receipt = decide(clerk, person, {purpose: True}, ORAL)

    assert receipt.lines[0].event.decision is Decision.GIVEN


def test_the_contract_cannot_be_refused_or_withdrawn_as_if_it_were_a_consent(clerk):
    person = resident(clerk)

    assert "asks nobody" in refused(decide, clerk, person, {P1: False}, PAPER)
    assert "no live consent" in refused(consents.withdraw, clerk, person, P1)


def test_nobody_can_withdraw_twice(clerk, office):
    person = consenting(clerk)
    consents.withdraw(clerk, person, P2)

    with office.logged() as log:
        assert "no live consent" in refused(consents.withdraw, clerk, person, P2)

    assert log == []


def test_a_person_who_is_gone_decides_nothing(clerk):
    with pytest.raises(NotFoundError):
        decide(clerk, NOBODY, {P2: True}, PAPER)


def _full(office, clerk, manager):
    """A person with everything that may hang on consents, full of markers."""
    values = SPECIAL | answers(patrol_need=("vacancy",))
    person = consenting(clerk, P2, P3, PLATE, values=values)
    residents.save_answers(clerk, person, P3, answers(hobby_tags=("board_games",)))
    residents.seal_value(clerk, person, PLATE, PLATE_NO, f"{MARKER} 0")
    for session in (clerk, manager):
        drafts.keep(session, "answers", drafts.answers_of(person, P2), f"{MARKER} 2")
        drafts.keep(session, "resident", str(person), f"{MARKER} 1")
    residents.open_sealed(manager, person, PLATE, PLATE_NO, f"{MARKER} why")
    return person


def test_withdrawal_leaves_no_answer_tier_draft_or_sealed_value_in_any_table(
    clerk, manager, office
):
    before = set(office.cells())
    person = _full(office, clerk, manager)
    values = {"waterproofing", "in_home", "vacancy", "board_games"}
    filled = set(office.cells()) - before
    assert all(any(value in cell for _, cell in filled) for value in (*values, MARKER))
    assert tier(clerk, person) != STANDARD

    with office.logged() as log:
        for purpose in (PLATE, P3, P2):
            consents.withdraw(clerk, person, purpose)

    left = set(office.cells()) - before
    found = [cell for _, cell in left if MARKER in cell or any(value in cell for value in values)]
    assert found == []
    tables = {table for table, _ in left}
    assert not {"classification", "consent", "sealed_value", "draft"} & tables
    assert not any(table.startswith(("answers_p2", "answers_p3")) for table in tables)
    assert log == [
        ("consent.withdrawn", f"person:{person}", (purpose,)) for purpose in (PLATE, P3, P2)
    ]
    assert office.broken_link() is None


def test_what_was_withdrawn_finds_nobody(clerk, manager):
    person = consenting(clerk, values=SPECIAL)
    found = tier(clerk, person)
    assert person in classification.found(clerk, ResidentQuery(tier=found))
    assert person in classification.found(clerk, ResidentQuery(tag="need"))

    consents.withdraw(clerk, person, P2)

    assert list(classification.found(clerk, ResidentQuery(tier=found))) == []
    assert list(classification.found(clerk, ResidentQuery(tag="need"))) == []
    withdrawn = ResidentQuery(consent=ConsentState.WITHDRAWN)
    assert list(residents.found(clerk, withdrawn)) == [person]


def test_a_form_that_was_open_during_the_withdrawal_does_not_bring_values_back(
    clerk, manager, office
):
    person = consenting(clerk)
    consents.withdraw(manager, person, P2)

    drafts.keep(clerk, "answers", drafts.answers_of(person, P2), MARKER)

    assert office.sql("SELECT * FROM draft") == []
    assert "no live consent" in refused(residents.save_answers, clerk, person, P2, SPECIAL)


def test_a_withdrawal_that_fails_half_way_changes_nothing(clerk, office, monkeypatch):
    person = consenting(clerk, values=SPECIAL)
    before = office.cells()

    def failing(*_args, **_rest):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pmdesk.store.audit.SqlAudit.append", failing)
    with pytest.raises(Exception, match="disk is full"):
        consents.withdraw(clerk, person, P2)
    monkeypatch.undo()

    assert office.cells() == before


@pytest.mark.parametrize("how", ["refuse", "withdraw", "refuse_later"])
def test_whoever_says_no_gets_the_standard_and_every_contract_service(clerk, manager, how):
    person = resident(clerk)
    asked = [choice.purpose.code for choice in consents.choices(clerk, person)]
    if how != "refuse":
        decide(clerk, person, dict.fromkeys(asked, True), PAPER)
        residents.save_answers(clerk, person, P2, SPECIAL)
    if how == "withdraw":
        for purpose in asked:
            consents.withdraw(clerk, person, purpose)
    else:
        decide(clerk, person, dict.fromkeys(asked, False), PAPER)

    residents.save_answers(clerk, person, P1, answers(unit_use="home", pay_channel="cash"))
    residents.correct(clerk, person, entry(mobile="13900005678"), revision=1)
    page = residents.detail(clerk, person)

    assert page.tier.code == STANDARD
    assert page.classification is None
    contract = group_of(page, P1)
    assert (contract.lock, contract.state) == (None, None)
    assert contract.answers.values[FieldKey("unit_use")] == "home"
    assert revealing.reveal_mobile(clerk, person, Why(reason=Reason.SERVICE)) == "13900005678"
    assert list(residents.found(clerk, ResidentQuery(text="王小明"))) == [person]
    locked = [group for group in page.groups if group.lock]
    assert {group.purpose.code for group in locked} == set(asked)


def test_who_agreed_is_never_below_who_refused(clerk):
    said_no = resident(clerk, "李伟", room="3-2-502")
    decide(clerk, said_no, {P2: False}, PAPER)
    blank = consenting(clerk, name="王小明")

    assert residents.detail(clerk, said_no).tier == residents.detail(clerk, blank).tier


def test_to_agree_again_after_a_withdrawal_starts_from_nothing(clerk):
    person = consenting(clerk, values=SPECIAL)
    consents.withdraw(clerk, person, P2)

    decide(clerk, person, {P2: True}, PAPER)

    assert tier(clerk, person) == STANDARD
    page = residents.detail(clerk, person)
    assert next(g for g in page.groups if g.purpose.code == P2).answers is None


def test_deciding_drops_the_unsaved_consent_form(clerk):
    person = resident(clerk)
    drafts.keep(clerk, "consent", str(person), "{}")

    decide(clerk, person, {P2: True}, PAPER)

    assert drafts.mine(clerk) == ()


def test_pages_learn_whom_a_decision_concerns():
    assert changed(NOBODY).people == {NOBODY}
    assert {"residents", "consents", "classification"} == changed(NOBODY).kinds


def test_nothing_personal_stands_in_the_signed_entries(clerk, manager, office):
    person = _full(office, clerk, manager)
    revealing.reveal_mobile(clerk, person, Why(reason=Reason.OTHER, words="王小明要的"))
    consents.withdraw(clerk, person, P2)
    assert staff.names(clerk)

    bodies = b"".join(office.bodies()).decode()

    for value in ("王小明", "13800001234", "3-2-501", MARKER, "waterproofing", "in_home"):
        assert value not in bodies


def test_a_consent_that_runs_out_while_the_office_is_open_opens_nothing_more(clerk, clock):
    person = consenting(clerk, P2, P5, values=SPECIAL)
    clock.advance(days=732)

    page = residents.detail(clerk, person)

    group = group_of(page, P2)
    assert group.state is ConsentState.EXPIRED
    assert "run out" in group.lock.reason
    assert "run out" in refused(residents.save_answers, clerk, person, P2, SPECIAL)
    assert "run out" in refused(residents.seal_value, clerk, person, P5, PLATE_NO, "1")
    assert list(residents.found(clerk, ResidentQuery(consent=ConsentState.EXPIRED))) == [person]
    assert list(residents.found(clerk, ResidentQuery(consent=ConsentState.EXPIRING))) == []
    assert residents.rows(clerk, [person])[0].consent is ConsentState.EXPIRED


def test_a_consent_about_to_end_says_so(clerk, clock):
    person = consenting(clerk)
    clock.advance(days=710)

    assert residents.rows(clerk, [person])[0].consent is ConsentState.EXPIRING
    group = next(g for g in residents.detail(clerk, person).groups if g.purpose.code == P2)
    assert (group.state, group.lock) == (ConsentState.EXPIRING, None)
