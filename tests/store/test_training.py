"""Training records: added, never changed, kept for three years."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.exc import DatabaseError

from pmdesk.domain.staff import Role, Staff
from pmdesk.domain.training import Attempt, Course, CourseCode, Question, QuestionId, Section, Topic
from pmdesk.errors import ConflictError
from pmdesk.i18n import Words

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
DAY = date(2026, 3, 2)
CODE = CourseCode("consent")
UID = "a" * 32
TRIED = Attempt(
    uid=UID,
    course=CODE,
    number=0,
    version="1.0",
    day=DAY,
    at=AT,
    asked=6,
    wrong=(QuestionId("L03"), QuestionId("C01")),
    passed=False,
    minutes=5,
)
W = Words("字", "word")
OWN = Course(
    code=CourseCode("own-1"),
    version="1.0",
    title=W,
    summary=W,
    minutes=5,
    roles=(Role.CLERK, Role.ADMIN),
    sections=(Section(title=W, text=W),),
    questions=(
        Question(
            id=QuestionId("q1"), text=W, answers=(W, W), right=1, reason=W, topic=Topic.EXPORT
        ),
    ),
    is_own=True,
)


@pytest.fixture
def work(store):
    with store.writing() as open_work:
        person = Staff(uid=UID, login="wang", name="王芳", role=Role.CLERK, since=DAY)
        open_work.staff.put(person)
        yield open_work


def run(work, statement):
    return work._connection.exec_driver_sql(statement)


def swept(work, day):
    if not run(work, f"UPDATE sweep SET day = '{day}'").rowcount:
        run(work, f"INSERT INTO sweep (id, day, at) VALUES (1, '{day}', '{day}T00:00:00')")


def test_a_test_is_read_back_as_it_was_taken(work):
    work.training.record(TRIED)

    assert work.training.attempts(UID) == work.training.attempts() == (TRIED,)
    assert work.training.attempts("b" * 32) == ()


def test_the_same_number_is_taken_once(work):
    work.training.record(TRIED)

    with pytest.raises(ConflictError):
        work.training.record(replace(TRIED, passed=True))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE training_attempt SET passed = 1",
        "REPLACE INTO training_attempt SELECT * FROM training_attempt",
        "DELETE FROM training_attempt",
    ],
)
def test_a_record_never_changes(work, statement):
    work.training.record(TRIED)

    with pytest.raises(DatabaseError, match="training records"):
        run(work, statement)


@pytest.mark.parametrize(("day", "gone"), [("2029-03-01", 0), ("2029-03-02", 1)])
def test_records_go_after_three_years_of_the_sweeps_clock_and_not_before(work, day, gone):
    work.training.record(TRIED)
    assert work.training.erase_old() == 0
    swept(work, day)
    if not gone:
        with pytest.raises(DatabaseError, match="three years"):
            run(work, "DELETE FROM training_attempt")

    assert work.training.erase_old() == gone
    assert len(work.training.attempts()) == 1 - gone


def test_courses_of_the_office_are_read_in_their_newest_version(work):
    newer = replace(OWN, version="1.10")
    for course in (replace(OWN, version="1.9"), newer, OWN):
        work.training.add_course(course, author=UID, at=AT)

    assert work.training.own() == (newer,)


def test_a_version_is_added_once_and_never_changes(work):
    work.training.add_course(OWN, author=UID, at=AT)

    with pytest.raises(ConflictError):
        work.training.add_course(OWN, author=UID, at=AT)
    with pytest.raises(DatabaseError, match="never change"):
        run(work, "UPDATE training_course SET document = '{}'")


def test_material_stays_with_the_records_of_who_learnt_it(work):
    work.training.add_course(OWN, author=UID, at=AT)
    work.training.record(replace(TRIED, course=OWN.code))

    with pytest.raises(DatabaseError, match="who learnt it"):
        run(work, "DELETE FROM training_course")


def test_the_first_day_of_material_stands(work):
    work.training.meet(CODE, "1.0", day=DAY)
    work.training.meet(CODE, "1.3", day=date(2027, 1, 1))
    work.training.meet(CODE, "2.0", day=date(2027, 1, 1))

    assert work.training.material() == {(CODE, 1): DAY, (CODE, 2): date(2027, 1, 1)}
