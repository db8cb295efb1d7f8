"""What a manager does about training: sees who is due, never scores, and adds courses."""

from dataclasses import replace

import pytest

from pmdesk.domain.staff import Role
from pmdesk.domain.training import Course, CourseCode, Question, QuestionId, Section, Standing
from pmdesk.errors import RefusedError
from pmdesk.i18n import Words
from pmdesk.services import training
from tests.offices import P2, decide, learnt, resident

CONSENT = CourseCode("consent")


def of(session, code):
    return next(one for one in training.mine(session) if one.course.code == code)


def own_course(**changes):
    words = Words("小区停水怎么通知", "小区停水怎么通知")
    asked = Question(
        id=QuestionId("own-1"),
        text=Words("停水多久前通知？", "停水多久前通知？"),
        answers=(Words("一天", "一天"), Words("停了再说", "停了再说")),
        right=0,
        reason=Words("早知道早准备。", "早知道早准备。"),
    )
    course = Course(
        code=CourseCode(""),
        version="",
        title=words,
        summary=words,
        minutes=5,
        roles=(Role.CLERK, Role.MANAGER),
        sections=(Section(title=words, text=words),),
        questions=(asked,),
    )
    return replace(course, **changes)


# ---- who is due -----------------------------------------------------------------------------


def test_a_manager_sees_who_is_due_and_what_but_never_scores(office, manager):
    clerk = office.session("clerk")
    exam = training.begin(clerk, CONSENT)
    training.answer(clerk, exam, {})
    assert training.due(manager) == ()

    office.clock.advance(days=340)
    learnt(manager)
    found = training.due(manager)

    assert {one.name for one in found} == {"周敏", "赵磊", "陈磊", "王芳"}
    assert {one.status.standing for one in found} == {Standing.ENDING}
    assert not {"wrong", "right", "asked", "graded"} & set(dir(found[0]))


def test_disabled_accounts_are_not_due(office, admin, manager):
    clerk = office.session("clerk")
    office.clock.advance(days=400)
    with admin.store.writing() as work:
        work.staff.put(replace(clerk.staff, enabled=False))
        work.commit()

    assert "王芳" not in {one.name for one in training.due(manager)}


@pytest.mark.parametrize("act", [training.due, training.own])
def test_who_is_due_is_the_managers_business(clerk, act):
    with pytest.raises(RefusedError):
        act(clerk)


# ---- courses of the office ------------------------------------------------------------------


def test_a_course_of_the_office_is_learnt_like_the_others(office, manager):
    with office.logged() as log:
        training.add_course(manager, own_course())
    clerk, code = office.session("clerk"), CourseCode("own-1")

    assert [one.version for one in training.own(manager)] == ["1.0"]
    assert of(clerk, code).status.days == 14
    assert not of(office.session("reviewer"), code).required
    learnt(clerk, code)
    assert of(clerk, code).status.standing is Standing.VALID
    assert log == [("training.course", "course:own-1", ())]


def test_a_new_version_of_an_own_course_is_learnt_anew_where_the_office_says_so(office, manager):
    training.add_course(manager, own_course())
    clerk, course = office.session("clerk"), training.own(manager)[0]
    learnt(clerk, course.code)

    training.add_course(manager, course, anew=False)
    assert training.own(manager)[0].version == "1.1"
    assert of(clerk, course.code).status.standing is Standing.VALID
    training.add_course(manager, training.own(manager)[0])
    assert training.own(manager)[0].version == "2.0"
    assert of(clerk, course.code).status.standing is Standing.GRACE


@pytest.mark.parametrize(
    "changes", [{"title": Words(" ", "")}, {"sections": ()}, {"roles": ()}, {"questions": ()}]
)
def test_an_unfinished_course_is_not_added(office, manager, changes):
    with office.logged() as log, pytest.raises(RefusedError):
        training.add_course(manager, own_course(**changes))

    assert log == []
    assert training.own(manager) == ()


def test_a_clerk_adds_no_course(clerk):
    with pytest.raises(RefusedError):
        training.add_course(clerk, own_course())


def test_an_office_course_gates_nothing(office, manager):
    training.add_course(manager, own_course())
    office.clock.advance(days=20)
    clerk = office.session("clerk")

    assert of(clerk, CourseCode("own-1")).status.standing is Standing.LAPSED
    decide(clerk, resident(clerk), {P2: True})


def test_a_course_may_speak_of_what_is_not_collected_but_holds_nobodys_number(manager):
    training.add_course(manager, own_course(summary=Words("为什么不问民族和年龄。", "Why not.")))
    with pytest.raises(RefusedError) as refused:
        training.add_course(manager, own_course(summary=Words("例如 11010519491231002X", "A")))
    assert refused.value.code == "E_FIELD_PROHIBITED"
