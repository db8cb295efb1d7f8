"""Who has learnt what until when, and what a test takes to be passed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.domain import training
from pmdesk.domain.staff import Role
from pmdesk.domain.training import (
    GRACE,
    Attempt,
    Course,
    CourseCode,
    Question,
    QuestionId,
    Section,
    Standing,
    Topic,
)
from pmdesk.i18n import Words

DAY = date(2026, 3, 2)
ONE = timedelta(days=1)
W = Words("字", "word")
CODE = CourseCode("consent")


def question(number, topic=Topic.GENERAL):
    return Question(
        id=QuestionId(f"q{number}"), text=W, answers=(W, W), right=0, reason=W, topic=topic
    )


def course(version="1.0", questions=()):
    return Course(
        code=CODE,
        version=version,
        title=W,
        summary=W,
        minutes=5,
        roles=(Role.CLERK,),
        sections=(Section(title=W, text=W),),
        questions=tuple(questions),
    )


def attempt(day=DAY, *, version="1.0", passed=True, number=0):
    return Attempt(
        uid="u",
        course=CODE,
        number=number,
        version=version,
        day=day,
        at=datetime(2026, 3, 2, tzinfo=UTC),
        asked=6,
        wrong=(),
        passed=passed,
        minutes=5,
    )


def standing(today, attempts=(), *, version="1.0", since=DAY, material=DAY):
    what = course(version)
    held = training.certificate(attempts, what)
    return training.status(what, held, since=since, material=material, today=today)


def test_a_newcomer_has_fourteen_days_before_anything_closes():
    assert standing(DAY).standing is Standing.GRACE
    assert standing(DAY).days == 14
    assert standing(DAY + GRACE).standing is Standing.GRACE
    assert standing(DAY + GRACE + ONE).standing is Standing.LAPSED


def test_a_certificate_counts_twelve_months_and_says_when_it_ends_soon():
    passed = [attempt()]

    assert standing(DAY, passed).standing is Standing.VALID
    assert standing(DAY, passed).last == date(2027, 3, 2)
    assert standing(date(2027, 1, 30), passed).standing is Standing.VALID
    assert standing(date(2027, 1, 31), passed).standing is Standing.ENDING
    assert standing(date(2027, 3, 2), passed).standing is Standing.ENDING
    assert standing(date(2027, 3, 3), passed).standing is Standing.GRACE
    assert standing(date(2027, 3, 16), passed).standing is Standing.GRACE
    assert standing(date(2027, 3, 17), passed).standing is Standing.LAPSED


def test_a_failed_test_is_no_certificate():
    assert standing(DAY + GRACE + ONE, [attempt(passed=False)]).standing is Standing.LAPSED


def test_passing_again_renews_and_an_old_pass_never_shortens_a_new_one():
    again = [attempt(DAY + 100 * ONE, number=1), attempt(DAY, number=2)]

    assert standing(DAY + 200 * ONE, again).last == date(2027, 6, 10)


def test_a_new_major_version_ends_a_certificate_with_grace_and_a_minor_one_does_not():
    came = DAY + 30 * ONE
    passed = [attempt()]

    assert standing(came, passed, version="1.4").standing is Standing.VALID
    assert standing(came, passed, version="2.0", material=came).standing is Standing.GRACE
    assert standing(came + GRACE, passed, version="2.0", material=came).days == 0
    late = standing(came + GRACE + ONE, passed, version="2.0", material=came)
    assert late.standing is Standing.LAPSED
    renewed = [*passed, attempt(came, version="2.0", number=1)]
    assert standing(came + GRACE + ONE, renewed, version="2.0", material=came).last > came


def test_whoever_was_here_long_before_new_material_has_the_grace_of_the_material():
    came = DAY + 400 * ONE

    assert standing(came, material=came).standing is Standing.GRACE
    assert standing(came + GRACE + ONE, material=came).standing is Standing.LAPSED


def test_what_ran_out_before_the_new_version_came_gets_no_second_grace():
    came = DAY + 500 * ONE

    old = standing(came, [attempt()], version="2.0", material=came)

    assert (old.standing, old.last) == (Standing.LAPSED, date(2027, 3, 16))


@given(st.dates(DAY, date(2030, 1, 1)), st.dates(DAY, date(2030, 1, 1)))
def test_with_time_things_only_close(first, second):
    early, late = sorted((first, second))
    order = [Standing.VALID, Standing.ENDING, Standing.GRACE, Standing.LAPSED]
    passed = [attempt()]

    before, after = standing(early, passed).standing, standing(late, passed).standing

    assert order.index(before) <= order.index(after)


@pytest.mark.parametrize(("wrong", "passed"), [(0, True), (1, True), (2, False), (6, False)])
def test_five_of_six_pass(wrong, passed):
    asked = [question(number) for number in range(6)]

    assert training.passes(asked, [one.id for one in asked[:wrong]]) is passed


@pytest.mark.parametrize("topic", [Topic.WITHDRAWAL, Topic.SENSITIVE, Topic.EXPORT])
def test_one_wrong_answer_about_withdrawal_sensitive_data_or_export_fails(topic):
    asked = [question(0, topic), *(question(number) for number in range(1, 6))]

    assert not training.passes(asked, [asked[0].id])
    assert training.passes(asked, [asked[1].id])


@given(st.text(max_size=20), st.integers(1, 12))
def test_a_draw_has_six_different_questions_and_one_that_is_a_must(seed, count):
    pool = [question(number) for number in range(count - 1)]
    what = course(questions=[*pool, question(99, Topic.EXPORT)])

    drawn = what.drawn(seed)

    assert len({one.id for one in drawn}) == len(drawn) == min(6, count)
    assert any(one.is_must for one in drawn)
    assert drawn == what.drawn(seed)


def test_other_seeds_draw_other_questions():
    what = course(questions=[question(number) for number in range(10)])

    assert len({what.drawn(str(seed)) for seed in range(20)}) > 10


def test_the_score_counts_right_answers():
    assert attempt().right == 6
