"""What makes a decision count: informed, free, proved, of the right person, at the right time."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pmdesk.domain.consents import (
    Channel,
    ConsentState,
    Decision,
    GivenBy,
    Representative,
    Sheet,
)
from pmdesk.errors import RefusedError
from pmdesk.services import acts, residents
from pmdesk.services import office as office_service
from pmdesk.services.consent import consents
from tests.offices import (
    DRAWN,
    ORAL,
    P2,
    P3,
    P4,
    P5,
    P7,
    PAPER,
    PLATE,
    PROFILE,
    answers,
    consenting,
    decide,
    renamed,
    resident,
    sheets,
    witness,
)

RAMP = (P5, "ramp")
CLEANING = answers(clean_need="in_home")
DAUGHTER = Representative(name="王小红", relation="女儿", document="监护判决书")
GUARDED = renamed(PAPER, given_by=GivenBy.GUARDIAN, representative=DAUGHTER)
AGENT = renamed(PAPER, given_by=GivenBy.AGENT, representative=DAUGHTER)


@pytest.fixture
def person(clerk):
    return resident(clerk)


@pytest.fixture
def refused(clerk, office):
    """What is said, and the code, when these sheets are refused; nothing of them is stored."""

    def _refused(person, pages, session=clerk):
        before = office.sql("SELECT count(*) FROM consent_event")
        with pytest.raises(RefusedError) as caught:
            consents.decide(session, person, pages)
        assert caught.value.remedy
        assert office.sql("SELECT count(*) FROM consent_event") == before
        return caught.value.sentence, caught.value.code

    return _refused


def together(*pages):
    """All answers of these sheets on one."""
    answers = tuple(answer for page in pages for answer in page.answers)
    return (replace(pages[0], answers=answers),)


def state(session, person, purpose=P2):
    page = residents.detail(session, person, again=True)
    return next(group.state for group in page.groups if group.purpose.code == purpose)


# ---- separate consent (P-29, R-62) ---------------------------------------------------------


@pytest.mark.parametrize("alone", [RAMP, PLATE])
@pytest.mark.parametrize("evidence", [PAPER, DRAWN])
def test_a_form_that_mixes_a_separate_consent_with_others_is_refused(
    clerk, person, refused, alone, evidence
):
    pages = sheets(clerk, person, {P2: True, alone: True}, evidence)
    assert len(pages) == 2

    assert refused(person, together(*pages))[1] == "E_SEPARATE_CONSENT"
    assert refused(person, together(*pages[::-1]))[1] == "E_SEPARATE_CONSENT"


@pytest.mark.parametrize("evidence", [PAPER, DRAWN])
def test_one_number_or_signature_does_not_serve_two_sheets(clerk, person, refused, evidence):
    first, second = sheets(clerk, person, {P2: True, RAMP: True}, evidence)

    shared = (first, replace(second, evidence=first.evidence))
    assert refused(person, shared)[1] == "E_SEPARATE_CONSENT"


def test_the_number_of_an_earlier_sheet_does_not_serve_a_separate_consent(clerk, person, refused):
    decide(clerk, person, {P2: True}, PAPER)
    (sheet,) = sheets(clerk, person, {RAMP: True})

    later = (replace(sheet, evidence=PAPER),)
    assert refused(person, later)[1] == "E_SEPARATE_CONSENT"


def test_a_purpose_is_decided_once(clerk, person, refused):
    (sheet,) = sheets(clerk, person, {P2: True})
    other = replace(sheet, evidence=renamed(PAPER, paper_ref="B-1"))

    assert "twice" in refused(person, (sheet, other))[0]
    assert "twice" in refused(person, (replace(sheet, answers=sheet.answers * 2),))[0]


# ---- informed (P-14a) ----------------------------------------------------------------------


def test_without_its_notice_shown_nothing_is_recorded_not_even_a_no(clerk, person, refused):
    for agreed in (True, False):
        (sheet,) = sheets(clerk, person, {P2: agreed})
        assert refused(person, (replace(sheet, shown={}),))[1] == "E_NO_CONSENT"


def test_a_notice_shown_yesterday_or_tomorrow_was_not_shown_for_this(clerk, person, refused):
    (sheet,) = sheets(clerk, person, {P2: True})
    for away in (timedelta(hours=-13), timedelta(seconds=1)):
        shown = replace(sheet.shown[P2], at=clerk.clock.now() + away)
        assert refused(person, (replace(sheet, shown={P2: shown}),))[1] == "E_NO_CONSENT"


def test_another_text_than_the_one_in_force_does_not_count(clerk, admin, person, refused):
    pages = sheets(clerk, person, {P2: True})
    office_service.save_profile(admin, replace(PROFILE, address="演示市江边路 9 号"))

    assert refused(person, pages)[1] == "E_CONSENT_STALE"


def test_the_record_tells_when_the_notice_was_shown_and_that_is_before_the_decision(
    clerk, person, clock
):
    pages = sheets(clerk, person, {P2: True})
    clock.advance(minutes=4)
    event = consents.decide(clerk, person, pages).lines[0].event

    assert event.shown_at is not None
    assert event.at - event.shown_at == timedelta(minutes=4)
    assert residents.detail(clerk, person).events[0].shown_at == event.shown_at


# ---- who decides (D15) ---------------------------------------------------------------------


def test_a_guardian_decides_for_an_adult_and_is_on_record(clerk, person):
    for decided in ({P2: True}, {RAMP: True}):
        decide(clerk, person, decided, GUARDED)

    event = residents.detail(clerk, person).events[0]
    assert (event.given_by, event.representative) == (GivenBy.GUARDIAN, DAUGHTER)


@pytest.mark.parametrize("alone", [RAMP, PLATE])
def test_an_agent_never_agrees_to_what_is_sensitive(clerk, person, refused, alone):
    assert refused(person, sheets(clerk, person, {alone: True}, AGENT))[1] == "E_SEPARATE_CONSENT"

    decide(clerk, person, {P2: True, P3: False}, AGENT)
    assert state(clerk, person) is ConsentState.LIVE


@pytest.mark.parametrize("evidence", [PAPER, GUARDED, AGENT])
def test_nobody_consents_for_a_minor(clerk, person, refused, evidence):
    young = renamed(evidence, adult_confirmed=False)

    assert refused(person, sheets(clerk, person, {P2: True}, young))[1] == "E_MINOR"


@pytest.mark.parametrize("part", ["name", "relation", "document"])
def test_who_decides_for_another_is_named_in_full_and_without_numbers(clerk, person, refused, part):
    blank = renamed(GUARDED, representative=replace(DAUGHTER, **{part: " "}))
    number = renamed(GUARDED, representative=replace(DAUGHTER, **{part: "户口簿 110 101-20"}))

    assert "not complete" in refused(person, sheets(clerk, person, {P2: True}, blank))[0]
    assert "Numbers" in refused(person, sheets(clerk, person, {P2: True}, number))[0]


def test_a_guardian_without_a_name_or_a_name_without_a_guardian_is_refused(clerk, person, refused):
    for weak in (
        renamed(PAPER, given_by=GivenBy.GUARDIAN),
        renamed(PAPER, representative=DAUGHTER),
    ):
        assert "not complete" in refused(person, sheets(clerk, person, {P2: True}, weak))[0]


# ---- how it was said -----------------------------------------------------------------------


def test_word_of_mouth_needs_another_colleague_who_may_sign_in(
    clerk, person, refused, admin, office
):
    mine, stranger = clerk.staff.uid, "f" * 32
    for uid in (mine, stranger, "陈磊"):
        said = renamed(ORAL, witness=uid)
        assert "second colleague" in refused(person, sheets(clerk, person, {P3: True}, said))[0]
    (sheet,) = sheets(clerk, person, {P3: True}, ORAL)
    alone = (replace(sheet, evidence=replace(sheet.evidence, witness="")),)
    assert "second colleague" in refused(person, alone)[0]

    decide(clerk, person, {P3: True}, ORAL)
    assert residents.detail(clerk, person).events[0].witness == witness(clerk)


def test_the_witnesses_offered_are_the_others_who_may_sign_in(clerk):
    offered = consents.witnesses(clerk)

    assert clerk.staff.uid not in offered
    assert sorted(offered.values()) == sorted(["周敏", "李静", "赵磊", "陈磊"])


def test_nobody_is_called_at_night_but_may_call(clerk, person, refused, clock):
    clock.advance(hours=11)  # eight in the evening
    asked = sheets(clerk, person, {P3: True}, ORAL, own=False)

    assert "Between 20:00 and 9:00" in refused(person, asked)[0]
    receipt = decide(clerk, person, {P3: True}, ORAL, own=True)
    assert receipt.lines[0].event.own_initiative
    at_the_counter = renamed(ORAL, channel=Channel.COUNTER)
    decide(clerk, person, {P4: True}, at_the_counter, own=False)


def test_a_refusal_at_night_is_recorded_all_the_same(clerk, person, clock):
    clock.advance(hours=12)

    decide(clerk, person, {P3: False}, ORAL, own=False)

    assert residents.detail(clerk, person).events[0].decision is Decision.REFUSED


def test_a_visit_counts_only_where_the_home_was_respected(clerk, person, refused):
    visit = renamed(PAPER, channel=Channel.VISIT)

    assert "photographed" in refused(person, sheets(clerk, person, {P2: True}, visit))[0]
    decide(clerk, person, {P2: True}, renamed(visit, home_respected=True))


# ---- asked again (R-22) --------------------------------------------------------------------


@pytest.mark.parametrize("no", ["refused", "withdrawn"])
def test_after_a_no_nobody_is_asked_for_a_year_unless_they_come_forward(
    clerk, person, refused, clock, no
):
    if no == "withdrawn":
        decide(clerk, person, {P3: True})
        consents.withdraw(clerk, person, P3)
    else:
        decide(clerk, person, {P3: False})
    choice = next(c for c in consents.choices(clerk, person) if c.purpose.code == P3)
    assert (str(choice.rests_until), str(choice.no_since)) == ("2027-03-02", "2026-03-02")
    for agreed in (True, False):
        again = sheets(clerk, person, {P3: agreed}, own=False)
        assert "not asked again before" in refused(person, again)[0]

    decide(clerk, person, {P3: True}, own=True)
    assert residents.detail(clerk, person).events[0].own_initiative


def test_an_office_may_wait_longer_but_never_shorter(admin, clerk, person):
    with pytest.raises(RefusedError):
        office_service.save_profile(admin, replace(PROFILE, reask_months=11))
    office_service.save_profile(admin, replace(PROFILE, reask_months=18))
    decide(clerk, person, {P3: False})

    choice = next(c for c in consents.choices(clerk, person) if c.purpose.code == P3)
    assert str(choice.rests_until) == "2027-09-02"


def test_what_runs_out_is_renewed_without_a_wait_and_keeps_its_values(clerk, person, clock):
    decide(clerk, person, {P7: True, P2: True})
    residents.save_answers(clerk, person, P2, CLEANING)
    live = next(e for e in residents.detail(clerk, person).events if e.purpose == P2)
    clock.advance(days=10)

    decide(clerk, person, {P2: True}, own=False)

    page = residents.detail(clerk, person)
    group = next(one for one in page.groups if one.purpose.code == P2)
    assert group.answers is not None
    assert {key: group.answers.values[key] for key in CLEANING} == CLEANING
    assert group.consent is not None
    assert group.consent.event != live.id


# ---- the clock, and what stands in the way -------------------------------------------------


def test_a_clock_that_was_set_back_takes_no_consent_but_every_withdrawal(
    clerk, person, refused, clock
):
    decide(clerk, person, {P3: True})
    clock.advance(days=-365)

    assert "clock" in refused(person, sheets(clerk, person, {P4: True}))[0]
    assert "clock" in refused(person, sheets(clerk, person, {P4: False}))[0]
    consents.withdraw(clerk, person, P3)
    assert state(clerk, person, P3) is ConsentState.WITHDRAWN


def test_a_restricted_purpose_is_closed_to_a_yes_and_open_to_a_withdrawal(
    clerk, manager, person, refused
):
    decide(clerk, person, {P2: True})
    with manager.store.writing() as work:
        acts.restrict(manager, work, person, P2)
        work.commit()
    assert state(clerk, person) is ConsentState.RESTRICTED

    assert refused(person, sheets(clerk, person, {P2: True}))[1] == "E_BLOCKED_VALUE"
    consents.withdraw(clerk, person, P2)
    assert state(clerk, person) is ConsentState.WITHDRAWN


# ---- withdrawal (P-15) ---------------------------------------------------------------------


@pytest.mark.parametrize("login", ["clerk", "manager", "reviewer", "admin"])
def test_anybody_of_the_staff_takes_a_withdrawal(office, login):
    session = office.session(login)
    person = consenting(office.session("clerk"), P2)

    receipt = consents.withdraw(session, person, P2)

    assert receipt.operator == session.staff.name
    assert state(session, person) is ConsentState.WITHDRAWN


def test_the_receipt_of_a_withdrawal_says_what_went_what_is_kept_why_and_until_when(clerk):
    person = consenting(clerk, P2, values=CLEANING)

    receipt = consents.withdraw(clerk, person, P2)

    assert [name.zh for name in receipt.erased] == ["保洁需求", "等级和标签"]
    assert receipt.proof is not None
    assert "69" in receipt.proof.reason.zh
    assert str(receipt.proof_until) == "2029-03-02"


def test_a_sheet_without_an_answer_decides_nothing(clerk, person, refused):
    assert "No decision" in refused(person, (Sheet(answers=(), evidence=PAPER),))[0]
