"""Training at work: tests, certificates, who is due, and the one act that a lapse closes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pmdesk.app import offices
from pmdesk.domain.training import (
    GATES,
    CourseCode,
    Standing,
    Task,
    TrainingLapsedError,
)
from pmdesk.errors import ConflictError, NotFoundError
from pmdesk.i18n import said, told
from pmdesk.services import residents, retention, rules, training, undertakings
from pmdesk.services.consent import consents
from pmdesk.services.courses import shipped
from pmdesk.services.paper.certificate import certificate_pdf
from tests.offices import (
    P2,
    P3,
    PASSPHRASE,
    PLATE,
    PLATE_NO,
    consenting,
    decide,
    entry,
    founded_office,
    learnt,
    resident,
    reviewed,
    tried,
)
from tests.pdf import text_of

YEAR_AND_MORE = timedelta(days=365 + 15)
CONSENT = CourseCode("consent")


def of(session, code):
    return next(one for one in training.mine(session) if one.course.code == code)


def pressing(session, *tasks):
    """How the session stands with the most urgent course."""
    found = training.urgent(session, *tasks)
    assert found is not None
    return found.status


def signed(session):
    """The yearly undertaking is renewed: it is not what these tests are about."""
    return undertakings.sign(session, session.staff.name)


def right(exam):
    return {question.id: question.right for question in exam.questions}


def test_the_courses_of_ones_role_come_first_and_the_others_can_be_read(clerk):
    found = training.mine(clerk)

    required = [one.course.code for one in found if one.required]
    assert required == ["notice", "consent", "equality", "requests", "incident"]
    assert [one.course.code for one in found if not one.required] == ["fairness", "sealed"]
    assert {one.status.standing for one in found if one.required} == {Standing.VALID}


def test_a_passed_test_is_a_certificate_from_today_on(clerk, office):
    office.clock.advance(days=100)
    exam = training.begin(clerk, CONSENT)

    with office.logged() as log:
        result, changes = training.answer(clerk, exam, right(exam))

    assert (result.right, len(result.graded)) == (6, 6)
    assert result.certificate is not None
    assert result.certificate.day == office.clock.today()
    assert of(clerk, CONSENT).status.days >= 365
    assert changes.kinds == {"training"}
    assert log == [("training.pass", "course:consent", ())]


def test_a_failed_test_says_what_was_right_and_changes_no_certificate(clerk, office):
    before = of(clerk, CONSENT).status
    exam = training.begin(clerk, CONSENT)

    with office.logged() as log:
        result, _ = training.answer(clerk, exam, {})

    assert result.certificate is None
    assert not any(one.is_right for one in result.graded)
    assert of(clerk, CONSENT).status == before
    assert log == [("training.fail", "course:consent", ())]


def test_one_question_on_withdrawal_wrong_fails_and_five_of_six_others_pass(clerk):
    def try_with(pick):
        exam = training.begin(clerk, CONSENT)
        wrong = next(one for one in exam.questions if pick(one))
        return training.answer(clerk, exam, right(exam) | {wrong.id: 1 - wrong.right})[0]

    assert try_with(lambda one: one.is_must).certificate is None
    assert try_with(lambda one: not one.is_must).certificate


def test_the_questions_stay_until_they_are_answered_and_then_others_are_drawn(clerk, office):
    with office.logged() as log:
        first = training.begin(clerk, CONSENT)
        again = training.begin(clerk, CONSENT)
    training.answer(clerk, first, {})

    assert again == first
    assert training.begin(clerk, CONSENT).questions != first.questions
    assert log == [("training.start", "course:consent", ())] * 2


def test_a_test_is_handed_in_once(clerk, office):
    exam = training.begin(clerk, CONSENT)
    training.answer(clerk, exam, {})

    with office.logged() as log, pytest.raises(ConflictError):
        training.answer(clerk, exam, right(exam))
    assert log == []


def test_a_course_that_is_gone_has_no_test_and_no_certificate(clerk):
    with pytest.raises(NotFoundError):
        training.begin(clerk, CourseCode("own-9"))
    with pytest.raises(NotFoundError):
        training.paper(clerk, CourseCode("own-9"))


def test_a_certificate_can_be_printed_while_it_counts(clerk, office):
    paper = training.paper(clerk, CONSENT)

    assert (paper.name, paper.course.code) == ("王芳", "consent")
    (page,) = text_of(certificate_pdf(paper))
    held = paper.certificate
    for text in (
        *(paper.name, paper.office.name, said(paper.course.title), held.version),
        *(held.day.isoformat(), held.until.isoformat()),
        *(said(section.title) for section in paper.course.sections),
        *("Certificate of training", "at least 80 % of the answers right"),
        *("I took part in this training.", "For the office."),
    ):
        assert "".join(text.split()) in "".join(page.split()), text
    office.clock.advance(days=380)
    with pytest.raises(NotFoundError):
        training.paper(clerk, CONSENT)


# ---- what lapsed training closes ------------------------------------------------------------


def acts(clerk, manager, reviewer, person):
    """Each of the three acts with whoever does it."""

    def approve():
        draft = rules.draft_from(manager, rules.versions(manager)[0].id)
        tried(manager, draft)
        rules.submit(manager, draft)
        reviewed(reviewer, draft)
        rules.approve(reviewer, draft, "逐条核对过。")

    return {
        Task.CONSENT: lambda: decide(clerk, person, {P3: True}),
        Task.SEALED: lambda: residents.open_sealed(manager, person, PLATE, PLATE_NO, "通知挪车"),
        Task.REVIEW: approve,
    }


@pytest.mark.parametrize("task", Task)
def test_lapsed_training_closes_exactly_its_act_and_passing_again_opens_it(office, task):
    person = consenting(office.session("clerk"), P2, PLATE)
    residents.seal_value(office.session("manager"), person, PLATE, PLATE_NO, "苏A12345")
    office.clock.advance(seconds=YEAR_AND_MORE.total_seconds())
    clerk, manager, reviewer = (
        signed(office.session(login)) for login in ("clerk", "manager", "reviewer")
    )
    doer = {Task.CONSENT: clerk, Task.SEALED: manager, Task.REVIEW: reviewer}[task]
    gate = GATES[task]
    for session in (clerk, manager, reviewer):
        others = [one.course.code for one in training.mine(session) if one.course.code != gate]
        learnt(session, *others)
    does = acts(clerk, manager, reviewer, person)

    with pytest.raises(TrainingLapsedError) as caught:
        does[task]()
    assert caught.value.course == gate
    assert "six questions" in told(caught.value)
    for other in set(Task) - {task}:
        does[other]()
    everything_else_goes_on(clerk, manager, person)

    learnt(doer, gate)
    does[task]()


def everything_else_goes_on(clerk, manager, person):
    """Registering, reading, withdrawing, rejecting: lapsed training holds up none of it."""
    residents.register(clerk, entry("李四", "13900000001", "1-1-101"))
    residents.detail(clerk, person)
    rules.draft_from(manager, rules.versions(manager)[0].id)


@pytest.fixture
def lapsed(office):
    """The clerk, all of whose training has lapsed, and somebody who agreed before."""
    person = consenting(office.session("clerk"), P2)
    office.clock.advance(seconds=YEAR_AND_MORE.total_seconds())
    return signed(office.session("clerk")), person


def test_a_withdrawal_is_taken_by_whoever_is_at_the_desk(lapsed):
    clerk, person = lapsed

    consents.withdraw(clerk, person, P2)

    with clerk.store.reading() as work:
        assert work.consents.live(person) == {}


def test_a_no_is_recorded_by_whoever_is_at_the_desk(lapsed):
    clerk, person = lapsed

    decide(clerk, person, {P2: False, P3: False})

    with clerk.store.reading() as work:
        assert work.consents.live(person) == {}
    with pytest.raises(TrainingLapsedError):
        decide(clerk, person, {P2: True})


def test_a_version_is_sent_back_even_with_lapsed_training(office):
    manager = office.session("manager")
    office.clock.advance(seconds=YEAR_AND_MORE.total_seconds())
    draft = rules.draft_from(manager, rules.versions(manager)[0].id)
    tried(manager, draft)
    rules.submit(manager, draft)
    reviewer = signed(office.session("reviewer"))

    rules.reject(reviewer, draft, "理由不成立。")

    with pytest.raises(TrainingLapsedError):
        rules.approve(reviewer, draft, "看过。")


def test_in_the_days_of_grace_nothing_is_closed_and_a_banner_counts_them(office):
    office.clock.advance(days=365 + 4)
    clerk = signed(office.session("clerk"))

    found = training.urgent(clerk, Task.CONSENT)

    assert found is not None
    assert (found.course.code, found.status.standing, found.status.days) == (
        "consent",
        Standing.GRACE,
        10,
    )
    decide(clerk, resident(clerk), {P2: True})
    learnt(clerk)
    assert training.urgent(clerk) is None


def test_a_pass_in_the_days_of_grace_is_told_from_one_in_time(office, clerk):
    office.clock.advance(days=369)
    learnt(clerk, CONSENT)
    learnt(clerk, CONSENT)

    rows = office.sql("SELECT row FROM audit_salt ORDER BY seq DESC LIMIT 4")
    assert [('"grace":true' in row, '"grace":false' in row) for (row,) in rows][::2] == [
        (False, True),
        (True, False),
    ]


# ---- newcomers, old offices, new material ---------------------------------------------------


@pytest.fixture(scope="module")
def untaught(tmp_path_factory):
    """An office in which nobody has learnt anything."""
    folder = tmp_path_factory.mktemp("untaught") / "office"
    return founded_office(folder, active=False, taught=False)


def test_a_newcomer_works_for_fourteen_days_and_then_has_to_learn(untaught, tmp_path, clock):
    office = untaught.copied(tmp_path / "office", clock)
    clerk = office.session("clerk")

    clock.advance(days=14)
    assert pressing(clerk).days == 0
    person = consenting(clerk, P2)
    clock.advance(days=1)

    with pytest.raises(TrainingLapsedError):
        decide(clerk, person, {P3: True})
    office.close()


def test_in_an_office_of_an_older_program_the_days_count_from_the_first_sign_in(
    untaught, tmp_path, clock
):
    office = untaught.copied(tmp_path / "office", clock)
    office.session("admin")
    with office.opened["admin"].engine.connect() as plain:
        writing = plain.execution_options(write=True)
        writing.exec_driver_sql("UPDATE staff SET since = NULL")
        writing.exec_driver_sql("DELETE FROM training_material")
        writing.commit()
    office.close()
    clock.advance(days=900)
    opened = offices.sign_in(office.folder, "clerk", PASSPHRASE, clock)
    clerk = signed(opened.session)

    assert clerk.staff.since == clock.today()
    assert pressing(clerk, Task.CONSENT).days == 14
    clock.advance(days=15)
    assert pressing(clerk, Task.CONSENT).standing is Standing.LAPSED
    with clerk.store.reading() as work:
        assert all(one.since is not None for one in work.staff.all())
    opened.close()


def test_new_material_asks_everybody_again_with_days_of_grace(office, monkeypatch):
    clerk = office.session("clerk")
    office.clock.advance(days=30)
    newer = tuple(replace(one, version="2.0") for one in shipped())
    monkeypatch.setattr(training, "shipped", lambda: newer)
    with clerk.store.writing() as work:
        training.welcome(work, clerk.staff, office.clock.today())
        work.commit()

    assert pressing(clerk, Task.CONSENT).days == 14
    learnt(clerk, CONSENT)
    assert training.urgent(clerk, Task.CONSENT) is None


def test_a_new_word_in_the_material_asks_nobody_again(clerk, monkeypatch):
    newer = tuple(replace(one, version="1.1") for one in shipped())
    monkeypatch.setattr(training, "shipped", lambda: newer)

    assert training.urgent(clerk) is None


def test_records_go_by_the_calendar_after_three_years_and_tests_go_on(office):
    clerk = office.session("clerk")
    office.clock.advance(days=3 * 365 - 1)
    admin = signed(office.session("admin"))
    retention.run_now(admin)
    assert office.sql("SELECT count(*) FROM training_attempt") != [(0,)]
    learnt(signed(clerk), CONSENT)

    office.clock.advance(days=2)
    retention.run_now(signed(admin))

    assert office.sql("SELECT course, number FROM training_attempt") == [("consent", 1)]
    learnt(clerk, CONSENT)
    assert office.sql("SELECT max(number) FROM training_attempt") == [(2,)]
