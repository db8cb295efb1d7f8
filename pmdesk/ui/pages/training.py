"""Training: one's courses, their tests and certificates; for managers also who is due."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from pmdesk.domain import office
from pmdesk.domain.office import Changes
from pmdesk.domain.staff import Permission
from pmdesk.domain.training import Course, CourseCode, QuestionId
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, said, told
from pmdesk.services import training
from pmdesk.services.files import write_whole
from pmdesk.services.session import Session
from pmdesk.services.training import Exam, Learning, Result
from pmdesk.ui.classification.export_bar import open_file
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.training.cards import CourseCards
from pmdesk.ui.training.due import DueCard
from pmdesk.ui.training.own_courses import OwnCourses
from pmdesk.ui.training.quiz import Quiz
from pmdesk.ui.training.reader import Reader
from pmdesk.ui.training.result import ResultView
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.choice import Segmented
from pmdesk.ui.widgets.page import Page
from pmdesk.ui.widgets.visibility import set_shown

_FILLS = 100  # the table takes all room there is
_KINDS = frozenset({office.TRAINING, office.STAFF})


class TrainingPage(Page):
    """One view at a time: the cards, a course, its test, the result, or a manager's lists."""

    def __init__(
        self,
        session: Session,
        tasks: Tasks,
        prompts: Prompts,
        opener: Callable[[Path], None] = open_file,
    ) -> None:
        self.cards, self.reader, self.quiz, self.result = (
            CourseCards(),
            Reader(),
            Quiz(),
            ResultView(),
        )
        self.due, self.own = DueCard(), OwnCourses()
        self.tabs = Segmented(
            [
                (self.cards, _("My courses")),
                (self.due, _("Who is due")),
                (self.own, _("Courses of this office")),
            ]
        )
        manages = session.staff.may(Permission.MANAGE_TRAINING)
        super().__init__(_("Training"), _subtitle(), (self.tabs,) if manages else ())
        self._session = session
        self._tasks = tasks
        self._prompts = prompts
        self._open = opener
        self._manages = manages
        self._courses: dict[str, Learning] = {}
        self._wanted = ""
        self.note = Banner()
        self.views = (self.cards, self.reader, self.quiz, self.result, self.due, self.own)
        self.add(self.note)
        for view in self.views:
            self.add(view, _FILLS if view is self.due else 0)
        self.body.addStretch(1)
        self._connect()
        self.show_view(self.cards)
        self.reload()

    def reload(self, changes: Changes | None = None) -> None:
        """Cards and lists show how things stand now; a test that was begun stays."""
        if changes is not None and not changes.kinds & _KINDS:
            return
        self._tasks.query(
            partial(training.mine, self._session),
            owner=self,
            done=self._show_mine,
            failed=self._failed,
            newest="mine",
        )
        if self._manages:
            ask = self._tasks.query
            ask(partial(training.due, self._session), owner=self, done=self.due.show_due)
            ask(partial(training.own, self._session), owner=self, done=self.own.show_courses)

    def open_course(self, code: str) -> None:
        """The course is open for reading, as soon as it is known."""
        if code in self._courses:
            self._wanted = ""
            self.reader.start(self._courses[code].course)
            self.show_view(self.reader)
        else:
            self._wanted = code

    def begin(self, code: str) -> None:
        """The six questions of the course are asked."""
        self._tasks.command(
            partial(training.begin, self._session, CourseCode(code)),
            owner=self,
            done=self._ask,
            failed=self._failed,
        )

    def show_view(self, view: QWidget) -> None:
        """This view is shown, and no other."""
        for one in self.views:
            set_shown(one, one is view)
        if view in {self.cards, self.due, self.own}:
            self.tabs.show_value(view)
        self.note.show_sentence("")
        self.header.show_subtitle(_subtitle() if view is self.cards else "")
        view.setFocus()

    def _connect(self) -> None:
        leave = partial(self.show_view, self.cards)
        self.tabs.chosen.connect(self.show_view)
        self.cards.read_requested.connect(self.open_course)
        self.cards.test_requested.connect(self.begin)
        self.cards.paper_requested.connect(self.save_paper)
        self.reader.test_requested.connect(self.begin)
        self.quiz.handed_in.connect(self._hand_in)
        self.result.again_requested.connect(self.begin)
        self.result.paper_requested.connect(self.save_paper)
        self.own.saved.connect(self._add)
        for view in (self.reader, self.quiz, self.result):
            view.left.connect(leave)

    def _show_mine(self, found: tuple[Learning, ...]) -> None:
        self._courses = {one.course.code: one for one in found}
        self.cards.show_courses(found)
        if self._wanted:
            self.open_course(self._wanted)

    def _ask(self, exam: Exam) -> None:
        self.quiz.start(exam)
        self.show_view(self.quiz)

    def _hand_in(self, exam: Exam, answers: Mapping[QuestionId, int]) -> None:
        self._tasks.command(
            partial(training.answer, self._session, exam, answers),
            owner=self,
            done=lambda done: self._show_result(done[0]),
            failed=self._not_taken,
        )

    def _show_result(self, result: Result) -> None:
        self.result.show_result(result)
        self.show_view(self.result)

    def _not_taken(self, error: PmdeskError) -> None:
        self.quiz.setEnabled(True)  # nothing was recorded: the answers are still there
        self._failed(error)

    def _failed(self, error: PmdeskError) -> None:
        self.note.show_sentence(told(error), Tone.PROBLEM)

    # ---- certificates and own courses ------------------------------------------------------

    def save_paper(self, code: str) -> None:
        """One's own certificate is a PDF file where the user says."""
        title = said(self._courses[code].course.title) if code in self._courses else code
        suggested = _("Certificate {course}").format(course=title) + ".pdf"
        path = self._prompts.save_file(_("Save the certificate"), suggested, "PDF (*.pdf)")
        if path is not None:
            self._tasks.query(
                partial(_write, self._session, CourseCode(code), path),
                owner=self,
                done=lambda _none: self._tell_saved(path),
                failed=self._failed,
            )

    def _tell_saved(self, path: Path) -> None:
        """It opens, to be printed from there."""
        words = _("The certificate was saved as {file}. It opens now: print it from there.")
        self.note.show_sentence(words.format(file=path), Tone.GOOD)
        self._open(path)

    def _add(self, course: Course, anew: bool) -> None:
        self._tasks.command(
            partial(training.add_course, self._session, course, anew=anew),
            owner=self,
            done=lambda _changes: self.own.show_saved(course),
            failed=self.own.show_failure,
        )


def _write(session: Session, code: CourseCode, path: Path) -> None:
    from pmdesk.services.paper.certificate import (  # noqa: PLC0415  # reportlab is slow
        certificate_pdf,
    )

    write_whole(path, certificate_pdf(training.paper(session, code)))


def _subtitle() -> str:
    return _("Five minutes a course, six questions after it; a certificate counts twelve months.")
