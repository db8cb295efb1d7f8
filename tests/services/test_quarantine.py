"""误收: out of its place at once, unreadable for who took it away, then erased or put back."""

from dataclasses import replace
from datetime import date

import pytest

from pmdesk.domain.fields import FieldKey
from pmdesk.domain.purposes import PurposeCode
from pmdesk.domain.quarantine import MOBILE, NAME, NOTE, Mistake
from pmdesk.errors import ConflictError, NotFoundError, RefusedError
from pmdesk.services import notes, residents, retention, revealing
from pmdesk.services.consent import consents
from pmdesk.services.refusal import quarantine
from tests.offices import P1, P2, P5, PLATE, PLATE_NO, SPECIAL, answers, consenting, resident
from tests.offices import tier as tier_of

REPAIR, MAIL = FieldKey("repair_need"), FieldKey("mail_address")


def take(session, person, purpose=P2, key=REPAIR, mistake=Mistake.REFUSED, **rest):
    quarantine.take(session, person, purpose, key, mistake, **rest)


def value(session, person, purpose, key):
    group = next(
        g for g in residents.detail(session, person, again=True).groups
        if g.purpose.code == purpose
    )  # fmt: skip
    return group.answers.values.get(key) if group.answers else None


def only(manager):
    (entry,) = quarantine.waiting(manager)
    return entry


def outside(office, text):
    """The tables that tell `text` in the clear."""
    return {table for table, cell in office.cells() if text in cell}


def test_the_value_leaves_its_place_and_the_tier_follows(clerk, manager):
    person = consenting(clerk, values=SPECIAL)
    assert tier_of(clerk, person) == "care"
    with clerk.store.reading() as work:
        before = work.classifications.of(person)
    take(clerk, person, key=FieldKey("clean_need"))

    assert value(clerk, person, P2, "clean_need") is None
    assert value(clerk, person, P2, REPAIR) == ("waterproofing",)
    with clerk.store.reading() as work:
        assert work.classifications.of(person) != before
    entry = only(manager)
    assert (entry.room, entry.field.zh, entry.by) == ("3-2-501", "保洁需求", "王芳")


def test_nothing_of_it_can_be_read_in_the_file_or_by_who_took_it_away(clerk, manager, office):
    person = resident(clerk)
    residents.save_answers(clerk, person, P1, answers(mail_address="误收路 99 号"))
    assert outside(office, "误收路")
    take(clerk, person, P1, MAIL)

    assert outside(office, "误收路") == set()
    with clerk.store.reading() as work:
        (entry,) = work.quarantine.of(person)
    info = ("pmdesk-quarantine", 1, int(person), MAIL)
    with pytest.raises(RefusedError):
        clerk.accounts.open_sealed(info, entry.blob)
    assert "误收路" in manager.accounts.open_sealed(info, entry.blob).decode()


def test_the_log_names_the_field_and_the_reason_and_nothing_else(clerk, office):
    person = resident(clerk, "李秘密", "13900009999")
    with office.logged() as log:
        take(clerk, person, P1, MOBILE, Mistake.OTHER_PERSON)

    assert log == [("quarantine.other_person", f"person:{person}", ("mobile",))]
    assert not any(b"13900009999" in body for body in office.bodies())


@pytest.mark.parametrize(("key", "column"), [(NAME, "name"), (MOBILE, "mobile")])
def test_name_and_number_can_be_taken_away_and_put_back(clerk, manager, office, key, column):
    person = resident(clerk, "李秘密", "13900009999")
    take(clerk, person, P1, key)

    shown = residents.detail(clerk, person).person
    assert getattr(shown, column) not in {"李秘密", "13900009999"}
    text = {"name": "李秘密", "mobile": "13900009999"}[column]
    assert outside(office, text) == set()
    quarantine.restore(manager, only(manager).entry.id, "核对过，是本人的")
    assert getattr(revealing.to_correct(clerk, person), column) == text
    assert quarantine.waiting(manager) == ()


def test_a_note_can_be_taken_away_and_put_back(clerk, manager):
    person = resident(clerk)
    notes.add(clerk, person, "厨房漏水")
    (note,) = residents.detail(clerk, person).notes
    take(clerk, person, P1, NOTE, note=note.id)

    assert residents.detail(clerk, person).notes == ()
    quarantine.restore(manager, only(manager).entry.id, "只是维修")
    (back,) = residents.detail(clerk, person).notes
    assert (back.text, back.at) == (note.text, note.at)


def test_a_sealed_value_is_moved_unopened(clerk, manager):
    person = consenting(clerk, PLATE)
    residents.seal_value(clerk, person, PLATE, PLATE_NO, "苏A12345")
    take(clerk, person, PLATE, PLATE_NO, Mistake.NOT_NEEDED)
    with pytest.raises(NotFoundError):
        residents.open_sealed(manager, person, PLATE, PLATE_NO, "挪车")

    quarantine.restore(manager, only(manager).entry.id, "本人要求保留")
    assert residents.open_sealed(manager, person, PLATE, PLATE_NO, "挪车") == "苏A12345"


def test_what_is_not_there_cannot_be_taken_away(clerk):
    person = consenting(clerk)
    for purpose, key, note in ((P2, REPAIR, None), (P1, MAIL, None), (P1, NOTE, 7)):
        with pytest.raises(NotFoundError):
            take(clerk, person, purpose, key, note=note)


# ---- put back -------------------------------------------------------------------------------


def test_nothing_is_put_back_without_the_consent_it_rests_on(clerk, manager):
    person = consenting(clerk, values=SPECIAL)
    take(clerk, person)
    consents.withdraw(clerk, person, P2)

    with pytest.raises(RefusedError):
        quarantine.restore(manager, only(manager).entry.id, "仍需要")
    assert quarantine.count(manager) == 1


def test_what_was_entered_meanwhile_is_never_overwritten(clerk, manager):
    person = consenting(clerk, values=SPECIAL)
    take(clerk, person)
    residents.save_answers(clerk, person, P2, answers(repair_need=("water",)))

    with pytest.raises(ConflictError):
        quarantine.restore(manager, only(manager).entry.id, "仍需要")
    assert value(clerk, person, P2, REPAIR) == ("water",)


def test_a_new_number_or_plate_is_never_overwritten(clerk, manager):
    person = consenting(clerk, PLATE)
    residents.seal_value(clerk, person, PLATE, PLATE_NO, "苏A12345")
    take(clerk, person, PLATE, PLATE_NO)
    residents.seal_value(clerk, person, PLATE, PLATE_NO, "苏B99999")
    with pytest.raises(ConflictError):
        quarantine.restore(manager, only(manager).entry.id, "仍需要")


def test_putting_back_needs_a_reason_and_somebody_responsible(clerk, manager, reviewer):
    person = consenting(clerk, values=SPECIAL)
    take(clerk, person)
    entry = only(manager).entry.id

    with pytest.raises(RefusedError):
        quarantine.restore(manager, entry, "  ")
    for session in (clerk, reviewer):
        assert quarantine.count(session) == 0
        with pytest.raises(RefusedError):
            quarantine.waiting(session)
        with pytest.raises(RefusedError):
            quarantine.erase(session, entry)


def test_a_value_of_a_field_that_is_off_meanwhile_is_not_put_back(clerk, manager, admin):
    person = consenting(clerk, values=SPECIAL)
    take(clerk, person)
    with admin.store.writing() as work:
        live = work.catalogue.live()
        fields = tuple(f for f in live.fields if f.key != REPAIR)
        work.catalogue.install(replace(live, fields=fields))
        work.commit()

    with pytest.raises(RefusedError) as refused:
        quarantine.restore(manager, only(manager).entry.id, "仍需要")
    assert refused.value.code == "E_FIELD_PROHIBITED"


# ---- erased ---------------------------------------------------------------------------------


def test_erasing_leaves_a_line_in_the_journal_and_nothing_else(clerk, manager, office):
    person = resident(clerk)
    residents.save_answers(clerk, person, P1, answers(mail_address="误收路 99 号"))
    take(clerk, person, P1, MAIL, Mistake.NO_CONSENT)
    quarantine.erase(manager, only(manager).entry.id)

    assert quarantine.waiting(manager) == ()
    assert outside(office, "误收路") == set()
    with manager.store.reading() as work:
        (line,) = work.erasures.of(person)
    assert (line.scope.purpose, line.scope.field) == (P1, MAIL)
    assert line.certificate.startswith("E")


def test_a_new_correct_value_stays_when_the_wrong_one_is_erased(clerk, manager):
    person = consenting(clerk, values=SPECIAL)
    take(clerk, person)
    residents.save_answers(clerk, person, P2, answers(repair_need=("water",)))
    quarantine.erase(manager, only(manager).entry.id)

    assert value(clerk, person, P2, REPAIR) == ("water",)


def test_after_seven_days_it_is_erased_by_itself(clerk, manager, office):
    person = consenting(clerk, values=SPECIAL)
    take(clerk, person)
    office.clock.advance(days=7)
    retention.catch_up(manager)
    assert only(manager).entry.until == office.clock.today()
    office.clock.advance(days=1)
    retention.catch_up(manager)

    assert quarantine.waiting(manager) == ()
    with manager.store.reading() as work:
        assert [line.scope.field for line in work.erasures.of(person)] == [REPAIR]


# ---- minors (RL-08) -------------------------------------------------------------------------


def minor(clerk):
    person = consenting(clerk, P2, PLATE, values=SPECIAL, name="小明")
    residents.save_answers(clerk, person, P1, answers(mail_address="误收路 99 号"))
    residents.seal_value(clerk, person, PLATE, PLATE_NO, "苏A12345")
    notes.add(clerk, person, "厨房漏水")
    quarantine.take_minor(clerk, person)
    return person


def test_nothing_of_a_minor_is_left_in_any_place(clerk, manager, office):
    person = minor(clerk)

    detail = residents.detail(clerk, person)
    assert detail.person.mobile == ""
    assert detail.classification is None
    assert detail.notes == ()
    assert not [g for g in detail.groups if g.consent or g.sealed_present]
    for text in ("小明", "13800001234", "误收路", "waterproofing", "厨房漏水"):
        assert outside(office, text) <= {"catalogue", "ruleset", "notice"}, text
    assert only(manager).entry.mistake is Mistake.MINOR


def test_a_minor_is_erased_as_a_whole(clerk, manager):
    person = minor(clerk)
    quarantine.erase(manager, only(manager).entry.id)

    with pytest.raises(NotFoundError):
        residents.detail(clerk, person)
    with manager.store.reading() as work:
        assert work.erasures.of(person)[0].scope.is_everything


def test_a_minor_is_erased_after_seven_days_too(clerk, manager, office):
    person = minor(clerk)
    office.clock.advance(days=8)
    retention.catch_up(manager)

    with pytest.raises(NotFoundError):
        residents.detail(clerk, person)


def test_who_was_an_adult_after_all_is_put_back_without_the_consents(clerk, manager):
    person = minor(clerk)
    quarantine.restore(manager, only(manager).entry.id, "证件核对，已成年")

    detail = residents.detail(clerk, person)
    assert (detail.person.name, detail.person.mobile) == ("小明", "138****1234")
    assert value(clerk, person, P1, MAIL) == "误收路 99 号"
    assert [note.text for note in detail.notes] == ["厨房漏水"]
    assert not [group for group in detail.groups if group.consent]


def test_what_waited_of_a_minor_before_is_gone_with_the_rest(clerk, manager):
    person = consenting(clerk, values=SPECIAL)
    take(clerk, person)
    quarantine.take_minor(clerk, person)

    assert only(manager).entry.is_everything


def test_days_and_periods_come_back_as_they_were(clerk, manager):
    person = resident(clerk)
    given = answers(handover_date=date(2024, 5, 1), renovation=(date(2026, 1, 1), None))
    residents.save_answers(clerk, person, P1, given)
    for key in given:
        take(clerk, person, P1, key)
    for waiting in quarantine.waiting(manager):
        quarantine.restore(manager, waiting.entry.id, "核对过")

    assert {key: value(clerk, person, P1, key) for key in given} == given


def test_items_with_a_consent_of_their_own_end_with_it_and_never_come_back(clerk, manager):
    person = consenting(clerk, P5)
    with clerk.store.reading() as work:
        present = work.consent_items.of(person)
    assert present
    take(clerk, person, P5, FieldKey("assist_need"))
    with clerk.store.reading() as work:
        assert P5 not in work.consents.live(person)
    with pytest.raises(RefusedError):
        quarantine.restore(manager, only(manager).entry.id, "仍需要")


def test_a_purpose_that_nobody_knows_holds_nothing(clerk):
    person = resident(clerk)
    with pytest.raises(NotFoundError):
        take(clerk, person, PurposeCode("L9"), FieldKey("x"))


def test_what_is_gone_already_cannot_be_taken_away(clerk):
    person = consenting(clerk, P2)
    with pytest.raises(NotFoundError):
        take(clerk, person, key=NOTE, note=99)
    with pytest.raises(NotFoundError):
        take(clerk, person, P5, FieldKey("assist_need"))
    take(clerk, person, P1, MOBILE)
    with pytest.raises(NotFoundError):
        take(clerk, person, P1, MOBILE)


def test_a_number_that_was_entered_by_hand_meanwhile_is_not_overwritten(clerk, manager):
    person = resident(clerk)
    take(clerk, person, P1, MOBILE)
    with clerk.store.writing() as work:
        who = work.people.get(person)
        now = clerk.clock.now()
        work.people.save(
            person, who.name, "13912345678", who.occupancies, revision=who.revision, at=now
        )
        work.commit()

    with pytest.raises(ConflictError):
        quarantine.restore(manager, only(manager).entry.id, "核对过")

    assert residents.detail(clerk, person).person.mobile == "139****5678"


def test_an_adult_of_whom_only_the_name_was_known_is_put_back(clerk, manager):
    person = resident(clerk, "小明")
    quarantine.take_minor(clerk, person)

    quarantine.restore(manager, only(manager).entry.id, "证件核对，已成年")

    detail = residents.detail(clerk, person)
    assert (detail.person.name, detail.person.mobile) == ("小明", "138****1234")
