"""Residents: found, registered and corrected under the contract; answers only behind the gate."""

from dataclasses import replace

import pytest

from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.consents import ConsentState, Decision
from pmdesk.domain.fields import FieldKey
from pmdesk.domain.people import Occupancy, PartyRole
from pmdesk.domain.tiers import STANDARD
from pmdesk.errors import ConflictError, NotFoundError, RefusedError
from pmdesk.i18n import told
from pmdesk.services import drafts, residents, revealing
from pmdesk.services.consent import consents
from tests.offices import (
    NOBODY,
    P1,
    P2,
    P3,
    P4,
    P7,
    P8,
    PAPER,
    SPECIAL,
    answers,
    consenting,
    decide,
    entry,
    resident,
    tier,
)


def refused(act, *args, **rest):
    """What is said when the act is refused."""
    with pytest.raises(RefusedError) as caught:
        act(*args, **rest)
    return told(caught.value)


def fields_of(session):
    return {field.key: field for field in residents.catalogue(session).fields}


def group_of(page, purpose):
    """The group of a purpose on the page."""
    return next(group for group in page.groups if group.purpose.code == purpose)


def test_a_new_resident_is_found_at_once_by_name_pinyin_room_and_phone(clerk, office):
    with office.logged() as log:
        person = resident(clerk, "曾国强", "13800000042", "12-2-1501")

    assert log == [("resident.register", f"person:{person}", ("person_name", "mobile"))]
    for text in ("曾国强", "zgq", "zengguo", "12-2-1501", "0042"):
        assert list(residents.found(clerk, ResidentQuery(text=text))) == [person]
    assert residents.buildings(clerk) == ("12",)


def test_registering_asks_for_no_consent_and_gives_no_tier(clerk):
    person = resident(clerk)

    page = residents.detail(clerk, person)

    assert page.classification is None
    assert (page.tier.code, page.tags, page.reason) == (STANDARD, (), "")
    assert all(g.state is ConsentState.NEVER_ASKED for g in page.groups if g.lock)


def test_lists_search_results_and_look_alikes_are_masked(clerk):
    person = resident(clerk, "王小明", "13800001234")

    (row,) = residents.rows(clerk, [person])
    (alike,) = residents.look_alikes(clerk, entry("王晓明", "13800001234", "9-1-101"))

    for shown in (row, alike):
        assert (shown.name, shown.mobile) == ("王*明", "138****1234")


@pytest.mark.parametrize(
    "typed",
    [
        entry("王小明", "", "8-1-101"),
        entry("王晓明", "", "8-1-101"),
        entry("李伟", "13800001234", "8-1-101"),
        entry("李伟", "", "3-2-501"),
    ],
)
def test_a_look_alike_has_the_name_its_sound_the_phone_or_the_room(clerk, typed):
    person = resident(clerk)

    assert [row.id for row in residents.look_alikes(clerk, typed)] == [person]


def test_equal_names_are_warned_of_and_never_refused(clerk):
    first = resident(clerk)

    second = resident(clerk)

    assert first != second


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        (entry(name=""), ["person_name"]),
        (entry(name="王小明、李伟"), ["person_name"]),
        (entry(mobile="12"), ["mobile"]),
        (entry(room="--"), ["unit_ref"]),
        (entry(room=" --501"), ["unit_ref"]),
        (entry(name="", mobile="x", room="--"), ["person_name", "mobile", "unit_ref"]),
        (entry(mobile=""), []),
    ],
)
def test_what_has_to_be_mended_stands_beside_its_field(clerk, office, typed, keys):
    assert [problem.key for problem in residents.problems(typed, fields_of(clerk))] == keys
    if keys:
        said = refused(residents.register, clerk, typed)
        assert "王" not in said
        assert office.sql("SELECT * FROM person") == []


def test_a_correction_says_which_fields_changed_and_keeps_further_units(clerk, office):
    person = resident(clerk)
    with clerk.store.writing() as work:
        work.premises.ensure("5", "1", "101")
        second = Occupancy(unit=work.premises.find("5", "1", "101"), role=PartyRole.TENANT)
        before = work.people.get(person)
        work.people.save(
            person,
            before.name,
            before.mobile,
            (*before.occupancies, second),
            revision=1,
            at=clerk.clock.now(),
        )
        work.commit()

    with office.logged() as log:
        typed = entry(" 王小红 ", "13900000001", "3-2-502", PartyRole.TENANT)
        changes = residents.correct(clerk, person, typed, revision=2)

    page = residents.detail(clerk, person).person
    assert (page.name, page.mobile, page.room) == ("王小红", "139****0001", "3-2-502")
    assert [one.unit.label for one in page.occupancies] == ["3-2-502", "5-1-101"]
    keys = ("person_name", "mobile", "unit_ref", "party_role")
    assert log == [("resident.correct", f"person:{person}", keys)]
    assert changes.people == {person}
    assert list(residents.found(clerk, ResidentQuery(text="王小明"))) == []


def test_moving_to_a_unit_one_already_has_leaves_it_once(clerk):
    person = resident(clerk, room="3-2-501")
    with clerk.store.writing() as work:
        work.premises.ensure("5", "1", "101")
        other = Occupancy(unit=work.premises.find("5", "1", "101"), role=PartyRole.OWNER)
        home = work.people.get(person).occupancies
        work.people.save(person, "王小明", "", (*home, other), revision=1, at=clerk.clock.now())
        work.commit()

    residents.correct(clerk, person, entry(room="5-1-101"), revision=2)

    page = residents.detail(clerk, person).person
    assert [one.unit.label for one in page.occupancies] == ["5-1-101"]


def test_a_correction_without_a_change_of_home_keeps_since_when(clerk, clock):
    person = resident(clerk)
    with clerk.store.writing() as work:
        home = work.people.get(person).occupancies[0]
        dated = replace(home, since=clock.today())
        work.people.save(person, "王小明", "", (dated,), revision=1, at=clock.now())
        work.commit()

    residents.correct(clerk, person, entry("王晓明"), revision=2)

    assert residents.detail(clerk, person).person.occupancies == (dated,)


def test_a_person_without_a_unit_gets_one_by_correction(clerk, office):
    with clerk.store.writing() as work:
        person = work.people.add("王小明", "13800001234", (), at=clerk.clock.now())
        work.commit()

    with office.logged() as log:
        residents.correct(clerk, person, entry(), revision=1)

    assert residents.detail(clerk, person).person.room == "3-2-501"
    assert log[0][2] == ("unit_ref", "party_role")


def test_the_second_of_two_editors_is_told_and_overwrites_nothing(clerk, manager):
    person = resident(clerk)
    residents.correct(manager, person, entry("王晓明"), revision=1)

    with pytest.raises(ConflictError):
        residents.correct(clerk, person, entry("王小红"), revision=1)

    assert residents.detail(clerk, person).person.name == "王晓明"


def test_a_resident_who_is_gone_is_named_so(clerk):
    for act in (
        lambda: residents.detail(clerk, NOBODY),
        lambda: residents.correct(clerk, NOBODY, entry(), revision=1),
        lambda: residents.save_answers(clerk, NOBODY, P1, {}),
        lambda: revealing.to_correct(clerk, NOBODY),
    ):
        with pytest.raises(NotFoundError):
            act()


# ---- the page --------------------------------------------------------------------------------


def test_the_page_explains_each_tier_in_the_words_of_its_rule(clerk, office):
    person = consenting(clerk, values=answers(repair_need=("water",)))

    with office.logged() as log:
        page = residents.detail(clerk, person)

    assert page.tier.code == "care"
    assert {tag.code for tag in page.tags} == {"need", "repair_check"}
    assert page.reason
    assert tier(clerk, person) == "care"
    assert [event.purpose for event in page.events] == [P2]
    assert log == [("resident.open", f"person:{person}", ())]


def test_every_locked_group_says_why_what_to_do_and_who_can(clerk, reviewer):
    never = resident(clerk)
    no = resident(clerk, "李伟", room="1-1-101")
    decide(clerk, no, {P2: False}, PAPER)
    gone = consenting(clerk, name="赵磊", room="1-1-102")
    consents.withdraw(clerk, gone, P2)

    reasons = []
    for person in (never, no, gone):
        lock = group_of(residents.detail(clerk, person), P2).lock
        assert lock.remedy
        assert lock.places
        assert lock.consent_helps
        reasons.append(lock.reason)
    assert len(set(reasons)) == 3
    seen = residents.detail(reviewer, never)
    lock = next(group.lock for group in seen.groups if group.lock)
    assert not lock.consent_helps
    assert "clerk or a manager" in lock.by


def test_a_stale_consent_locks_with_its_own_reason(clerk):
    person = consenting(clerk)
    with clerk.store.writing() as work:
        work.consents.record(
            person,
            P2,
            Decision.STALE,
            notice=work.catalogue.notice(P2, "zh_CN"),
            evidence=PAPER,
            at=clerk.clock.now(),
            today=clerk.clock.today(),
            valid_until=None,
        )
        work.commit()

    group = group_of(residents.detail(clerk, person), P2)
    assert group.state is ConsentState.STALE
    assert "notice" in group.lock.reason


# ---- answers ---------------------------------------------------------------------------------


def test_saved_answers_change_the_tier_in_the_same_transaction(clerk, office):
    person = consenting(clerk)

    with office.logged() as log:
        changes = residents.save_answers(clerk, person, P2, SPECIAL)

    assert tier(clerk, person) == "care"
    assert log == [("answers.save", f"person:{person}", ("clean_need", "repair_need"))]
    assert changes.people == {person}


def test_an_answer_for_the_contract_counts_as_well(clerk):
    person = consenting(clerk, values=answers(repair_need=("waterproofing",)))

    today = clerk.clock.today()
    residents.save_answers(clerk, person, P1, answers(renovation=(today, None)))

    assert tier(clerk, person) == "special"


def test_a_purpose_that_no_rule_reads_changes_no_tier(clerk, office):
    person = consenting(clerk, P2, P3)
    residents.save_answers(clerk, person, P3, answers(hobby_tags=("sports",)))

    assert tier(clerk, person) == STANDARD


def test_the_log_names_only_the_fields_that_changed(clerk, office):
    person = consenting(clerk, values=answers(clean_need="in_home", pet_kind="dog"))

    with office.logged() as log:
        residents.save_answers(clerk, person, P2, answers(clean_need="in_home", pet_kind="cat"))
        residents.save_answers(clerk, person, P2, answers(clean_need="in_home"))

    assert [fields for _, _, fields in log] == [("pet_kind",), ("pet_kind",)]
    values = group_of(residents.detail(clerk, person), P2).answers.values
    assert {key for key, value in values.items() if value is not None} == {"clean_need"}


@pytest.mark.parametrize("broken", ["SqlClassifications.classify", "SqlAudit.append"])
def test_answers_and_tier_stand_both_or_neither(clerk, office, monkeypatch, broken):
    person = consenting(clerk, values=answers(clean_need="common_only"))
    module = {"SqlClassifications": "classifications", "SqlAudit": "audit"}[broken.split(".")[0]]
    before = office.cells()

    def failing(*_args, **_rest):
        raise RuntimeError("pulled")

    monkeypatch.setattr(f"pmdesk.store.{module}.{broken}", failing)
    with pytest.raises(RuntimeError, match="pulled"):
        residents.save_answers(clerk, person, P2, SPECIAL)
    monkeypatch.undo()

    assert office.cells() == before


@pytest.mark.parametrize("purpose", [P2, P3, P4, P7, P8])
def test_no_answer_enters_without_its_own_consent(clerk, office, purpose):
    catalogue = residents.catalogue(clerk)
    person = resident(clerk)
    others = [p.code for p in catalogue.consenting if p.code != purpose]
    decide(clerk, person, dict.fromkeys(others, True), PAPER)
    before = office.cells()

    assert refused(residents.save_answers, clerk, person, purpose, {})

    assert office.cells() == before


@pytest.mark.parametrize(("purpose", "key"), [(P1, "clean_need"), (P2, "unit_use"), (P2, "gender")])
def test_a_value_under_the_wrong_purpose_or_outside_the_catalogue_is_refused(clerk, purpose, key):
    person = consenting(clerk)

    assert refused(residents.save_answers, clerk, person, purpose, answers(**{key: "home"}))


def test_a_value_that_does_not_fit_its_field_is_refused(clerk):
    person = consenting(clerk)

    assert "1" in refused(residents.save_answers, clerk, person, P2, answers(clean_need="palace"))


def test_saving_drops_the_unsaved_forms(clerk):
    person = consenting(clerk)
    drafts.keep(clerk, "answers", drafts.answers_of(person, P2), "{}")
    drafts.keep(clerk, "resident", str(person), "{}")
    drafts.keep(clerk, "resident", "new", "{}")

    residents.save_answers(clerk, person, P2, {})
    residents.correct(clerk, person, entry(), revision=1)
    resident(clerk, "李伟")

    assert drafts.mine(clerk) == ()


def test_reading_a_page_again_while_it_is_open_is_not_logged_again(clerk, office):
    person = consenting(clerk)
    first = residents.detail(clerk, person)

    with office.logged() as log:
        assert residents.detail(clerk, person, again=True) == first

    assert log == []


def test_the_second_of_two_who_edit_answers_is_told_and_overwrites_nothing(clerk, manager):
    person = consenting(clerk)
    seen = group_of(residents.detail(clerk, person), P2)
    known = seen.answers.values if seen.answers else {}
    residents.save_answers(manager, person, P2, answers(pet_kind="cat"))

    with pytest.raises(ConflictError):
        residents.save_answers(clerk, person, P2, answers(pet_kind="dog"), known=known)

    values = group_of(residents.detail(clerk, person), P2).answers.values
    assert values[FieldKey("pet_kind")] == "cat"
    residents.save_answers(clerk, person, P2, answers(pet_kind="dog"), known=values)
