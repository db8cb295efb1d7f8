"""Training: read a course, pass its test, hold a certificate; what has lapsed closes one act."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pmdesk.domain import office, training
from pmdesk.domain.office import Changes, OfficeProfile
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.staff import Permission, Role, Staff
from pmdesk.domain.training import (
    GATES,
    Attempt,
    Certificate,
    Course,
    CourseCode,
    Question,
    QuestionId,
    Standing,
    Status,
    Task,
    TrainingLapsedError,
)
from pmdesk.errors import ConflictError, NotFoundError, RefusedError
from pmdesk.i18n import N_
from pmdesk.services.courses import shipped
from pmdesk.services.refusal import screen
from pmdesk.services.session import Session

CHANGED = Changes.of(office.TRAINING)
OPEN = frozenset({Standing.VALID, Standing.ENDING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Learning:
    """A course and how somebody stands with it; one that is not `required` is free to read."""

    course: Course
    status: Status
    required: bool

    @property
    def is_due(self) -> bool:
        """It has to be done: in the days of grace or later."""
        return self.required and self.status.standing not in OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Exam:
    """The questions that were drawn for one test."""

    course: Course
    number: int
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """One answer, with what would have been right."""

    question: Question
    chosen: int

    @property
    def is_right(self) -> bool:
        """Whether it was answered right."""
        return self.chosen == self.question.right


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of a test; a certificate where it was passed."""

    course: Course
    graded: tuple[Graded, ...]
    certificate: Certificate | None

    @property
    def right(self) -> int:
        """How many answers were right."""
        return sum(one.is_right for one in self.graded)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Who has to learn what until when; never how somebody answered."""

    uid: str
    name: str
    role: Role
    course: Course
    status: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What stands on a certificate."""

    office: OfficeProfile
    name: str
    course: Course
    certificate: Certificate


def mine(session: Session) -> tuple[Learning, ...]:
    """All courses: those of one's role first, each with how one stands."""
    with session.store.reading() as work:
        return standing(session, work)


def standing(session: Session, work: UnitOfWork) -> tuple[Learning, ...]:
    """How the present user stands with each course."""
    attempts = work.training.attempts(session.staff.uid)
    known = work.training.material()
    found = [
        _learning(session.staff, course, attempts, known, session.clock.today())
        for course in _courses(work)
    ]
    return tuple(sorted(found, key=lambda one: not one.required))


def require(session: Session, work: UnitOfWork, task: Task) -> None:
    """TrainingLapsedError when the act has to wait for its course."""
    found = of_task(session, work, task)
    if found.status.standing is Standing.LAPSED:
        raise TrainingLapsedError(found.course.code, found.course.title)


def of_task(session: Session, work: UnitOfWork, task: Task) -> Learning:
    """The course that opens this act, and how the present user stands with it."""
    return next(one for one in standing(session, work) if one.course.code == GATES[task])


def urgent(session: Session, task: Task | None = None) -> Learning | None:
    """What a banner says: the course that is due first, of this task or of all."""
    with session.store.reading() as work:
        found = standing(session, work) if task is None else (of_task(session, work, task),)
    due = [one for one in found if one.is_due]
    return min(due, key=lambda one: one.status.last, default=None)


def begin(session: Session, code: CourseCode) -> Exam:
    """Six questions; they stay the same until they are answered."""
    with session.store.writing() as work:
        exam = _exam(session, work, code)
        session.log(work, "training.start", f"course:{code}", row={"version": exam.course.version})
        work.commit()
    return exam


def answer(
    session: Session, exam: Exam, answers: Mapping[QuestionId, int]
) -> tuple[Result, Changes]:
    """The test stands as it was answered; passed, its certificate counts from today."""
    with session.store.writing() as work:
        now = _exam(session, work, exam.course.code)
        if now != exam:
            raise ConflictError(
                N_("This test was handed in already, or its course changed."),
                N_("Start a new one."),
            )
        graded = tuple(Graded(question=q, chosen=answers.get(q.id, -1)) for q in exam.questions)
        before = next(one for one in standing(session, work) if one.course == exam.course)
        attempt = _attempt(session, exam, graded)
        work.training.record(attempt)
        _log(session, work, attempt, before.status)
        work.commit()
    held = training.certificate((attempt,), exam.course)
    return Result(course=exam.course, graded=graded, certificate=held), CHANGED


def paper(session: Session, code: CourseCode) -> Paper:
    """One's own certificate of this course, while it counts."""
    with session.store.reading() as work:
        found = next((one for one in standing(session, work) if one.course.code == code), None)
        if found is None or found.status.certificate is None or found.status.standing not in OPEN:
            raise NotFoundError(
                N_("There is no certificate that counts."), N_("Pass the six questions first.")
            )
        return Paper(
            office=work.office.get(),
            name=session.staff.name,
            course=found.course,
            certificate=found.status.certificate,
        )


def due(session: Session) -> tuple[Due, ...]:
    """Who has to learn what, the most urgent first; certificates that end soon too."""
    with session.reading(Permission.MANAGE_TRAINING) as work:
        attempts, known = work.training.attempts(), work.training.material()
        today = session.clock.today()
        found = [
            Due(uid=staff.uid, name=staff.name, role=staff.role, course=course, status=one.status)
            for staff in work.staff.all()
            for course in _courses(work)
            if staff.enabled and staff.role in course.roles
            for one in [_learning(staff, course, attempts, known, today)]
            if one.status.standing is not Standing.VALID
        ]
    return tuple(sorted(found, key=lambda one: (one.status.last, one.name)))


def own(session: Session) -> tuple[Course, ...]:
    """The courses the office wrote itself, each in its newest version."""
    with session.reading(Permission.MANAGE_TRAINING) as work:
        return work.training.own()


def add_course(session: Session, course: Course, *, anew: bool = True) -> Changes:
    """The course, or its next version, is there; learnt `anew` by all who passed an older one."""
    with session.writing(Permission.MANAGE_TRAINING) as work:
        _refuse_unfinished(course)
        screen.require_no_number({course.title: _all_words(course)})
        before = {one.code: one for one in work.training.own()}
        code = course.code or _fresh(before)
        version = _next(before[code].version, anew=anew) if code in before else "1.0"
        made = replace(course, code=code, version=version, is_own=True)
        work.training.add_course(made, author=session.staff.uid, at=session.clock.now())
        work.training.meet(code, version, day=session.clock.today())
        session.log(work, "training.course", f"course:{code}", row={"version": version})
        work.commit()
    return CHANGED


def welcome(work: UnitOfWork, staff: Staff, today: date) -> Staff:
    """Days of grace count from now where no earlier day is known: for people and for material."""
    for course in shipped():
        work.training.meet(course.code, course.version, day=today)
    for one in work.staff.all():
        if one.since is None:
            work.staff.put(replace(one, since=today))
    return staff if staff.since else replace(staff, since=today)


def _courses(work: UnitOfWork) -> tuple[Course, ...]:
    return (*shipped(), *work.training.own())


def _learning(
    staff: Staff,
    course: Course,
    attempts: Sequence[Attempt],
    known: Mapping[tuple[CourseCode, int], date],
    today: date,
) -> Learning:
    held = training.certificate([one for one in attempts if one.uid == staff.uid], course)
    status = training.status(
        course,
        held,
        since=staff.since or today,
        material=known.get((course.code, course.major), today),
        today=today,
    )
    return Learning(course=course, status=status, required=staff.role in course.roles)


def _exam(session: Session, work: UnitOfWork, code: CourseCode) -> Exam:
    course = next((one for one in _courses(work) if one.code == code), None)
    if course is None:
        raise NotFoundError(N_("This course is gone."), N_("Reload the page."))
    numbers = [a.number for a in work.training.attempts(session.staff.uid) if a.course == code]
    taken = max(numbers, default=-1) + 1  # old ones may have been erased
    seed = f"{session.staff.uid}:{code}:{course.version}:{taken}"
    return Exam(course=course, number=taken, questions=course.drawn(seed))


def _attempt(session: Session, exam: Exam, graded: Sequence[Graded]) -> Attempt:
    wrong = tuple(one.question.id for one in graded if not one.is_right)
    return Attempt(
        uid=session.staff.uid,
        course=exam.course.code,
        number=exam.number,
        version=exam.course.version,
        day=session.clock.today(),
        at=session.clock.now(),
        asked=len(graded),
        wrong=wrong,
        passed=training.passes(exam.questions, wrong),
        minutes=exam.course.minutes,
    )


def _log(session: Session, work: UnitOfWork, attempt: Attempt, before: Status) -> None:
    row: dict[str, object] = {
        "version": attempt.version,
        "grace": before.standing is Standing.GRACE,
    }
    action = "training.pass" if attempt.passed else "training.fail"
    session.log(work, action, f"course:{attempt.course}", row=row)


def _all_words(course: Course) -> str:
    """A lesson may speak of what is not collected; it never holds the number of a real person."""
    texts = [*course.summary]
    for section in course.sections:
        texts += [*section.title, *section.text]
    for question in course.questions:
        texts += [*question.text, *question.reason]
        texts += [text for one in question.answers for text in one]
    return "\n".join(texts)


def _refuse_unfinished(course: Course) -> None:
    if not course.title.zh.strip() or not course.sections or not course.roles:
        raise RefusedError(
            N_("A course needs a title, a section to read and somebody to learn it."),
            N_("Fill in what is missing."),
        )
    if not course.questions:
        raise RefusedError(
            N_("A course without questions proves nothing."), N_("Add at least one question.")
        )


def _fresh(known: Mapping[CourseCode, Course]) -> CourseCode:
    return CourseCode(f"own-{len(known) + 1}")


def _next(version: str, *, anew: bool) -> str:
    whole, _dot, part = version.partition(".")
    return f"{int(whole) + 1}.0" if anew else f"{whole}.{int(part) + 1}"
