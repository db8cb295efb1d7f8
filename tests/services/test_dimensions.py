"""The income band: off, proposed, decided by another, its own consent, and off without a trace."""

from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from pmdesk.domain.dimensions import INCOME, INCOME_PURPOSE, SwitchState, problems, with_band
from pmdesk.errors import ConflictError, RefusedError
from pmdesk.i18n import Words
from pmdesk.services import classification, dimensions, residents, rules, starters
from pmdesk.services import office as offices
from pmdesk.services.consent import consents
from pmdesk.services.notices import purpose_desk, purpose_shelf
from tests.offices import (
    P2,
    PAPER,
    PROFILE,
    answers,
    consenting,
    decide,
    resident,
    tier,
)

WHY = "少数家庭需要多安排服务，没有这个区间就无法主动提出。"
ELSE = "考虑过只用预算意愿，但不能看出负担情况，所以不够。"
BAND = answers(income_band="under_5k")


def switch_on(admin, reviewer):
    dimensions.propose(admin, WHY, ELSE)
    dimensions.approve(reviewer, "同意试行一年")


def plan_of(session):
    """The present plan of the purpose of the band."""
    plan = purpose_shelf.detail(session, INCOME_PURPOSE).plan
    assert plan is not None
    return plan


def asked(session):
    offered = consents.choices(session, resident(session, room="9-1-101"))
    return {choice.purpose.code for choice in offered}


def test_it_is_off_and_nobody_is_asked(clerk):
    assert not dimensions.state(clerk).is_on
    assert INCOME_PURPOSE not in asked(clerk)
    with pytest.raises(RefusedError):
        residents.save_answers(clerk, resident(clerk), P2, BAND)


@pytest.mark.parametrize(
    ("why", "other"), [("", ELSE), (WHY, ""), ("因为需要", ELSE), (WHY, "没有")]
)
def test_a_proposal_without_a_written_necessity_is_refused(admin, why, other):
    with pytest.raises(RefusedError) as refused:
        dimensions.propose(admin, why, other)
    assert refused.value.code == "E_NO_PURPOSE"
    assert problems(why, other)


def test_it_takes_an_admin_and_a_reviewer(admin, reviewer, manager, clerk):
    for session in (manager, clerk, reviewer):
        with pytest.raises(RefusedError):
            dimensions.propose(session, WHY, ELSE)
    dimensions.propose(admin, WHY, ELSE)
    for session in (manager, clerk, admin):
        with pytest.raises(RefusedError):
            dimensions.approve(session, "同意")
    assert not dimensions.state(clerk).is_on
    with pytest.raises(RefusedError):
        dimensions.approve(reviewer, " ")
    dimensions.approve(reviewer, "同意试行一年")

    found = dimensions.state(clerk)
    assert found.is_on
    assert found.waiting is None
    assert found.history[0].words == "同意试行一年"
    assert found.names[found.history[0].decided_by] == "陈磊"


def test_the_store_itself_wants_a_second_person(admin, office):
    dimensions.propose(admin, WHY, ELSE)
    with admin.store.writing() as work:
        (switch,) = work.switches.all(INCOME)
        with pytest.raises(RefusedError):
            work.switches.decide(switch.id, on=True, words="x", at=admin.clock.now())
    with pytest.raises(IntegrityError):
        office.sql("UPDATE field_switch SET necessity = '改了必要性，改了必要性，改了'")


def test_a_refused_proposal_changes_nothing_and_stays_on_record(admin, reviewer, clerk):
    dimensions.propose(admin, WHY, ELSE)
    with pytest.raises(ConflictError):
        dimensions.propose(admin, WHY, ELSE)
    dimensions.refuse(reviewer, "预算意愿已经够用")

    assert dimensions.state(clerk).history[0].state is SwitchState.REFUSED
    assert not dimensions.state(clerk).is_on
    with pytest.raises(ConflictError):
        dimensions.approve(reviewer, "同意")
    dimensions.propose(admin, WHY, ELSE)


def test_once_on_it_asks_for_a_consent_of_its_own(admin, reviewer, clerk):
    switch_on(admin, reviewer)
    person = consenting(clerk)
    with pytest.raises(RefusedError):
        residents.save_answers(clerk, person, INCOME_PURPOSE, BAND)
    assert INCOME_PURPOSE in asked(clerk)
    decide(clerk, person, {INCOME_PURPOSE: True}, PAPER)
    residents.save_answers(clerk, person, INCOME_PURPOSE, BAND)

    with pytest.raises(ConflictError):
        dimensions.propose(admin, WHY, ELSE)


def facts_of(session, person):
    with session.store.reading() as work:
        return work.classifications.facts(person, today=session.clock.today())


def test_rules_read_it_only_while_both_consents_live(admin, reviewer, clerk, manager):
    switch_on(admin, reviewer)
    person = consenting(clerk)
    decide(clerk, person, {INCOME_PURPOSE: True}, PAPER)
    residents.save_answers(clerk, person, INCOME_PURPOSE, BAND)
    assert facts_of(manager, person)["income_band"] == "under_5k"
    assert "income_band" in {fact.key for fact in rules.offered(manager)}

    consents.withdraw(clerk, person, INCOME_PURPOSE)
    assert facts_of(manager, person)["income_band"] is None
    decide(clerk, person, {INCOME_PURPOSE: True}, PAPER, own=True)
    residents.save_answers(clerk, person, INCOME_PURPOSE, BAND)
    consents.withdraw(clerk, person, P2)
    assert facts_of(manager, person).get("income_band") is None
    assert tier(clerk, person) is None


def test_switching_it_off_erases_every_value_and_ends_every_consent(admin, reviewer, clerk, office):
    switch_on(admin, reviewer)
    people = [consenting(clerk, P2, INCOME_PURPOSE, room=f"3-2-50{n}") for n in (1, 2)]
    for person in people:
        residents.save_answers(clerk, person, INCOME_PURPOSE, BAND)
    dimensions.switch_off(admin)

    assert not dimensions.state(clerk).is_on
    assert dimensions.state(clerk).history[0].state is SwitchState.OFF
    kept = {table for table, cell in office.cells() if "under_5k" in cell}
    assert kept <= {"catalogue"}
    for person in people:
        with clerk.store.reading() as work:
            assert set(work.consents.live(person)) == {P2}
            assert work.consents.events(person)[0].purpose == INCOME_PURPOSE
            assert work.consents.events(person)[0].decision.value != "given"
    assert INCOME_PURPOSE not in asked(clerk)
    with pytest.raises(ConflictError):
        dimensions.switch_off(admin)
    with pytest.raises(RefusedError):
        dimensions.switch_off(reviewer)


def test_it_can_be_switched_on_again_and_the_office_goes_on(admin, reviewer, clerk, manager):
    switch_on(admin, reviewer)
    dimensions.switch_off(admin)
    offices.save_profile(admin, PROFILE)
    switch_on(admin, reviewer)
    offices.save_profile(admin, PROFILE)

    person = consenting(clerk, P2, INCOME_PURPOSE)
    residents.save_answers(clerk, person, INCOME_PURPOSE, BAND)
    classification.classify_all(manager)
    assert tier(clerk, person) == "standard"


def test_an_office_of_an_older_catalogue_can_switch_it_on(admin, reviewer, clerk):
    with admin.store.writing() as work:
        live = work.catalogue.live()
        fields = tuple(f for f in live.fields if f.key != INCOME)
        purposes = tuple(p for p in live.purposes if p.code != INCOME_PURPOSE)
        work.catalogue.install(replace(live, fields=fields, purposes=purposes))
        work.commit()
    switch_on(admin, reviewer)

    assert dimensions.state(clerk).is_on
    assert INCOME_PURPOSE in asked(clerk)


def test_more_than_five_bands_are_no_bands():
    shipped = starters.catalogue()
    band = shipped.field(INCOME)
    many = replace(band, options=band.options * 2)
    with pytest.raises(ValueError, match="bands"):
        with_band(shipped, many, shipped.purpose(INCOME_PURPOSE))
    assert len(band.options) <= 5


@pytest.mark.parametrize("fields", [(), ("assist_need",), ("pay_method",)])
def test_a_plan_that_drops_the_band_is_refused_and_its_values_stay(admin, reviewer, clerk, fields):
    switch_on(admin, reviewer)
    person = consenting(clerk, P2, INCOME_PURPOSE)
    residents.save_answers(clerk, person, INCOME_PURPOSE, BAND)
    draft = purpose_desk.draft(admin, INCOME_PURPOSE)
    plan = plan_of(admin)
    summary = Words("不再收集。", "Not collected any more.")
    purpose_desk.save(admin, draft, replace(plan, fields=fields, summary=summary))

    with pytest.raises(RefusedError, match="income band"):
        purpose_desk.submit(admin, draft)

    assert dimensions.state(clerk).is_on
    assert facts_of(clerk, person)["income_band"] == "under_5k"


def test_a_plan_cannot_switch_the_band_on_behind_the_second_persons_back(admin, reviewer, clerk):
    switch_on(admin, reviewer)
    draft = purpose_desk.draft(admin, INCOME_PURPOSE)
    plan = plan_of(admin)
    shorter = replace(plan.purpose, months=(plan.purpose.months or 12) - 1)
    summary = Words("保存时间缩短。", "Kept for a shorter time.")
    purpose_desk.save(admin, draft, replace(plan, purpose=shorter, summary=summary))
    dimensions.switch_off(admin)

    with pytest.raises(RefusedError, match="income band"):
        purpose_desk.submit(admin, draft)

    assert not dimensions.state(clerk).is_on


def test_it_is_switched_off_without_active_rules_too(admin, reviewer, clerk, monkeypatch):
    switch_on(admin, reviewer)
    monkeypatch.setattr("pmdesk.store.rulesets.SqlRulesets.active", lambda _self: None)
    dimensions.switch_off(admin)
    assert not dimensions.state(clerk).is_on
