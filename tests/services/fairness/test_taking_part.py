"""Taking part: apart from the person, sealed, opened by nobody alone, gone when the person says."""

import json

import pytest

from pmdesk.domain.fairness import FAIRNESS, sample_info
from pmdesk.domain.fields import FieldKey
from pmdesk.errors import ConflictError, NotFoundError, RefusedError
from pmdesk.services import fairness, residents
from pmdesk.services.consent import consents
from tests.offices import P2, P6, consenting
from tests.services.fairly import AGE, GENDER, OLD, WOMAN, sample, sealed_before

ANSWERS = {FieldKey(key): value for key, value in sample(WOMAN, OLD).items()}


@pytest.fixture
def person(clerk):
    return consenting(clerk, P2, P6)


def rows(office):
    return office.sql("SELECT pseudonym, person, blob, reported_on FROM fairness_sample")


def group_of(session, person):
    groups = residents.detail(session, person, again=True).groups
    return next(group for group in groups if group.purpose.code == FAIRNESS)


def test_answers_are_sealed_under_a_pseudonym_and_readable_nowhere(office, clerk, person):
    with office.logged() as log:
        fairness.take_part(clerk, person, ANSWERS)
    ((pseudonym, whose, blob, reported),) = rows(office)

    assert whose == person
    assert reported is None
    assert len(pseudonym) == 32
    assert log == [("fairness.joined", f"person:{person}", ("fairness_sample",))]
    told = {table for table, cell in office.cells() if OLD in cell or WOMAN in cell}
    assert told <= {"catalogue"}  # the list of answers, not whose they are
    named = [table for table, cell in office.cells() if pseudonym in cell]
    assert named == ["fairness_sample"]
    with pytest.raises(RefusedError):
        clerk.accounts.open_sealed(sample_info(pseudonym), blob)


def test_all_samples_are_of_the_same_length(office, clerk, person):
    fairness.take_part(clerk, person, ANSWERS)
    other = consenting(clerk, P6, name="李小红", mobile="13800001235", room="3-2-502")
    fairness.take_part(clerk, other, {FieldKey(GENDER): "male"})

    first, second = (len(blob) for _pseudonym, _person, blob, _day in rows(office))
    assert first == second


def test_answering_again_takes_the_place_of_the_answers_before(office, clerk, person):
    fairness.take_part(clerk, person, ANSWERS)
    ((before, *_rest),) = rows(office)
    fairness.take_part(clerk, person, ANSWERS)
    ((after, *_rest),) = rows(office)

    assert before != after


@pytest.mark.parametrize(
    "values",
    [
        {},
        {FieldKey(GENDER): None, FieldKey(AGE): ""},
        {FieldKey(GENDER): "other"},
        {FieldKey("clean_need"): "in_home"},
        {FieldKey(GENDER): WOMAN, FieldKey("nationality"): "x"},
    ],
)
def test_only_the_questions_with_their_answers_are_taken(office, clerk, person, values):
    with pytest.raises(RefusedError):
        fairness.take_part(clerk, person, values)
    assert rows(office) == []


def test_without_a_live_consent_nothing_is_kept(office, clerk):
    person = consenting(clerk, P2)

    with pytest.raises(RefusedError) as caught:
        fairness.take_part(clerk, person, ANSWERS)
    assert caught.value.code == "E_NO_CONSENT"
    assert rows(office) == []


def test_withdrawal_erases_the_answers_in_the_same_transaction(office, clerk, person):
    fairness.take_part(clerk, person, ANSWERS)
    consents.withdraw(clerk, person, P6)

    assert rows(office) == []
    assert group_of(clerk, person).takes_part is None


def test_a_frozen_purpose_takes_no_answers(clerk, manager, person):
    from pmdesk.services import person_acts

    person_acts.restrict(manager, person, P6)
    with pytest.raises(RefusedError):
        fairness.take_part(clerk, person, ANSWERS)


def test_the_page_says_that_and_since_when_the_person_takes_part_and_no_more(clerk, person):
    assert group_of(clerk, person).takes_part is None
    fairness.take_part(clerk, person, ANSWERS)
    group = group_of(clerk, person)

    assert group.takes_part == clerk.clock.today()
    assert group.sealed_present == frozenset()
    assert group.answers is None


def test_nobody_opens_or_writes_one_answer(office, clerk, manager, person):
    fairness.take_part(clerk, person, ANSWERS)
    with office.logged() as log:
        with pytest.raises(RefusedError, match="kept apart from the person"):
            residents.open_sealed(manager, person, P6, FieldKey(GENDER), "复核规则")
        with pytest.raises(RefusedError, match="kept apart from the person"):
            residents.seal_value(clerk, person, P6, FieldKey(GENDER), WOMAN)

    assert {(action, fields) for action, _target, fields in log} == {("denied", ("nobody",))}
    assert office.sql("SELECT * FROM sealed_value") == []


def test_answers_sealed_the_old_way_count_as_taking_part_and_stay_closed(office, manager, person):
    sealed_before(manager, person, ANSWERS)

    assert group_of(manager, person).takes_part == manager.clock.today()
    with pytest.raises(RefusedError):
        residents.open_sealed(manager, person, P6, FieldKey(GENDER), "复核规则")


def test_new_answers_leave_nothing_of_the_old_way(office, clerk, manager, person):
    sealed_before(manager, person, ANSWERS)
    fairness.take_part(clerk, person, ANSWERS)

    assert office.sql("SELECT * FROM sealed_value") == []


def test_the_withdrawal_receipt_names_what_goes(clerk, person):
    fairness.take_part(clerk, person, ANSWERS)
    with clerk.store.reading() as work:
        names = [words.zh for words in consents.recorded(work, person, P6)]

    assert names == ["（审计用）性别", "（审计用）年龄段"]


def test_the_database_lets_no_sample_change_hands(office, clerk, person):
    fairness.take_part(clerk, person, ANSWERS)
    office.session("admin")
    with office.opened["admin"].engine.connect() as connection:
        for change in ("person = 4711", "pseudonym = 'x'", "purpose = 'P2'"):
            with pytest.raises(Exception, match="a sample keeps its pseudonym"):
                connection.exec_driver_sql(f"UPDATE fairness_sample SET {change}")
        with pytest.raises(Exception, match=r"FOREIGN KEY|CHECK"):
            connection.exec_driver_sql(
                "INSERT INTO fairness_sample (pseudonym, person, purpose, since, blob) "
                f"VALUES ('y', {person}, 'P2', '2026-01-01', x'00')"
            )


def test_a_person_who_is_gone_answers_nothing(clerk):
    from tests.offices import NOBODY

    with pytest.raises((NotFoundError, ConflictError)):
        fairness.take_part(clerk, NOBODY, ANSWERS)


def test_the_dossier_shows_the_person_the_answers(clerk, manager, person):
    from pmdesk.services.rights import dossier, dossier_text

    fairness.take_part(clerk, person, ANSWERS)
    with manager.store.reading() as work:
        made = dossier.gathered(manager, work, person, "R-1")
        sections = dossier_text.sections(work, made)
        closed = dossier.gathered(clerk, work, person, "R-1", sealed=False)
    (row,) = made.tables["fairness_sample"]

    assert json.loads(str(row["blob"])) == dict(ANSWERS)
    told = next(one for one in sections if "公平性" in one.title)
    assert told.rows[1:] == (("（审计用）性别", "女"), ("（审计用）年龄段", "60+"))
    assert closed.tables["fairness_sample"][0]["blob"] == dossier.NOT_OPENED
