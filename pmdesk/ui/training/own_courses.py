"""Courses the office writes itself: a list of them, and the form for one more or a new version."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from pmdesk.domain.staff import Role
from pmdesk.domain.training import Course, CourseCode, Question, Section
from pmdesk.errors import PmdeskError
from pmdesk.i18n import Words, _, said, told
from pmdesk.services.wording import STAFF_ROLES
from pmdesk.ui.forms.line import PinyinEdit
from pmdesk.ui.theme import Tone
from pmdesk.ui.training.parts import Part, QuestionPart, SectionPart, row
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.choice import Chips
from pmdesk.ui.widgets.flow import FlowLayout
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.visibility import set_shown

_MINUTES = 5


class OwnCourses(QWidget):
    """The list; one button opens the form, empty or with the newest version of a course."""

    saved = Signal(object, bool)  # Course, to be learnt anew

    def __init__(self) -> None:
        super().__init__()
        self.note = Banner()
        self.new = button(_("Add a course"), lambda: self.open(None), picture="plus")
        self.list = Card(_("Courses of this office"))
        self.list.aside.addWidget(self.new)
        self._lines = QVBoxLayout()
        self.list.body.addLayout(self._lines)
        self.form: CourseForm | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)
        for widget in (self.note, self.list):
            self._column.addWidget(widget)
        self._column.addStretch(1)
        self.show_courses(())

    def show_courses(self, found: Sequence[Course]) -> None:
        """The list shows these."""
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for course in found:
            self._lines.addWidget(self._line(course))
        if not found:
            words = _("No course of your own yet. The built-in courses are always there.")
            self._lines.addWidget(label(words, "muted", wrap=True))

    def open(self, course: Course | None) -> None:
        """The form is there, empty or with this course."""
        self.close_form()
        self.note.show_sentence("")
        self.form = CourseForm(course)
        self.form.submitted.connect(self.saved)
        self.form.left.connect(self.close_form)
        self._column.insertWidget(1, self.form)
        self.list.hide()
        self.form.title.setFocus()

    def close_form(self) -> None:
        """The list is there, the form is not."""
        if self.form is not None:
            self._column.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
        self.form = None
        self.list.show()

    def show_saved(self, course: Course) -> None:
        """The course stands."""
        self.close_form()
        words = _("“{course}” is there. Whoever has to learn it has 14 days.")
        self.note.show_sentence(words.format(course=said(course.title)), Tone.GOOD)

    def show_failure(self, error: PmdeskError) -> None:
        """Nothing was added; the form keeps what was typed."""
        self.note.show_sentence(told(error), Tone.PROBLEM)

    def _line(self, course: Course) -> QWidget:
        made = QWidget()
        flow = FlowLayout(12)
        words = _("{course} · version {version} · {count} questions").format(
            course=said(course.title), version=course.version, count=len(course.questions)
        )
        flow.addWidget(label(words))
        change = button(_("New version"), partial(self.open, course), look="link")
        change.setAccessibleName(f"{said(course.title)}: {change.text()}")
        flow.addWidget(change)
        made.setLayout(flow)
        return made


class CourseForm(QWidget):
    """Title, who learns it, sections and questions; gaps are named, nothing typed is lost."""

    submitted = Signal(object, bool)
    left = Signal()

    def __init__(self, course: Course | None) -> None:
        super().__init__()
        self._code = course.code if course else CourseCode("")
        self.sections: list[SectionPart] = []
        self.questions: list[QuestionPart] = []
        self.title = PinyinEdit(_("Title of the course"))
        self.title.setAccessibleName(_("Title of the course"))
        self.roles = Chips([(role, _(STAFF_ROLES[role])) for role in Role])
        self.roles.setAccessibleName(_("Who learns it"))
        self.anew = QCheckBox(_("Everybody learns this version anew"))
        set_shown(self.anew, course is not None)
        self.message = Banner()
        self._places = (QVBoxLayout(), QVBoxLayout())
        self._arrange()
        for section in course.sections if course else (None,):
            self.add_section(section)
        for question in course.questions if course else (None,):
            self.add_question(question)
        if course is not None:
            self.title.setText(said(course.title))
            self.roles.show_value(course.roles)

    def add_section(self, section: Section | None = None) -> None:
        """One more section stands below the others."""
        part = SectionPart(section)
        self.sections.append(part)
        self._place(0, part)

    def add_question(self, question: Question | None = None) -> None:
        """One more question stands below the others."""
        part = QuestionPart(question)
        self.questions.append(part)
        self._place(1, part)

    def problem(self) -> str:
        """What is missing, as a sentence; empty when the course can be saved."""
        if not self.title.text().strip():
            return _("The course needs a title.")
        if not self.roles.value:
            return _("Choose who learns it.")
        if not self.sections or any(part.section is None for part in self.sections):
            return _("Every section needs a text; take away those that stay empty.")
        if not self.questions or any(part.question(1) is None for part in self.questions):
            return _(
                "Every question needs its text, two different answers or more, the right one"
                " ticked, and a reason."
            )
        return ""

    def submit(self) -> None:
        """The course is handed over, if nothing is missing."""
        problem = self.problem()
        self.message.show_sentence(problem, Tone.WARN)
        if not problem:
            self.submitted.emit(self._course(), self.anew.isChecked())

    def _course(self) -> Course:
        title = Words(self.title.text().strip(), self.title.text().strip())
        sections = tuple(part.section for part in self.sections)
        questions = tuple(part.question(n) for n, part in enumerate(self.questions, start=1))
        return Course(
            code=self._code,
            version="1.0",
            title=title,
            summary=Words("本物业自己编写的课程。", "A course this office wrote."),
            minutes=_MINUTES,
            roles=tuple(role for role in Role if role in self.roles.value),
            sections=tuple(one for one in sections if one is not None),
            questions=tuple(one for one in questions if one is not None),
        )

    def _arrange(self) -> None:
        head = Card(_("A course of this office"))
        head.add(self.title)
        head.add(label(_("Who learns it"), "label"))
        for widget in (self.roles, self.anew):
            head.add(widget)
        more = row(
            button(_("One more section"), self.add_section, picture="plus"),
            button(_("One more question"), self.add_question, picture="plus"),
        )
        self.save = button(_("Save the course"), self.submit, look="primary", picture="check")
        ending = row(self.save, button(_("Cancel"), self.left.emit))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(head)
        for place in self._places:
            place.setSpacing(12)
            column.addLayout(place)
        column.addLayout(more)
        column.addWidget(self.message)
        column.addLayout(ending)

    def _place(self, where: int, part: Part) -> None:
        self._places[where].addWidget(part)
        part.removed.connect(partial(self._take_away, where, part))

    def _take_away(self, where: int, part: Part) -> None:
        self.sections = [one for one in self.sections if one is not part]
        self.questions = [one for one in self.questions if one is not part]
        self._places[where].removeWidget(part)
        part.hide()
        part.deleteLater()
