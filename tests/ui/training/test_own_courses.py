"""A manager writes a course in a form: gaps are named, nothing typed is lost."""

import pytest

from pmdesk.errors import RefusedError
from pmdesk.services import training
from pmdesk.ui.pages.training import TrainingPage


@pytest.fixture
def open_page(office, tasks, prompts, shown):
    def _open(login):
        return shown(TrainingPage(office.session(login), tasks, prompts))

    return _open


def add_one(page, settled):
    page.tabs.buttons()[2].click()
    page.own.new.click()
    form = page.own.form
    form.title.setText("停水通知")
    form.roles.buttons()[0].click()
    form.sections[0].text.setPlainText("停水前一天通知。\n贴在每栋楼下。")
    asked = form.questions[0]
    asked.text.setText("停水多久前通知？")
    asked.answers[0].setText("停了再说")
    asked.answers[2].setText("一天")
    asked.right[2].setChecked(True)
    asked.reason.setText("早知道早准备。")
    form.submit()
    settled()


def test_an_own_course_is_written_in_a_form_and_learnt_by_those_chosen(open_page, settled, office):
    page = open_page("manager")
    add_one(page, settled)

    course = training.own(office.session("manager"))[0]
    assert course.title.zh == "停水通知"
    assert course.questions[0].answers[course.questions[0].right].zh == "一天"
    assert course.sections[0].title.zh == "停水前一天通知。"
    assert "停水通知" in page.own.note.sentence
    assert page.own.form is None
    required = [one.course.code for one in training.mine(office.session("clerk")) if one.required]
    assert course.code in required
    assert course.code not in [
        one.course.code for one in training.mine(office.session("manager")) if one.required
    ]


def test_a_new_version_begins_with_the_old_one(open_page, settled, office):
    page = open_page("manager")
    add_one(page, settled)
    page.own.open(training.own(office.session("manager"))[0])
    form = page.own.form

    assert form.title.text() == "停水通知"
    assert form.questions[0].right[1].isChecked()
    form.anew.setChecked(True)
    form.submit()
    settled()
    assert training.own(office.session("manager"))[0].version == "2.0"


def test_gaps_are_named_one_after_the_other_and_nothing_is_saved(open_page, settled, office):
    page = open_page("manager")
    page.show_view(page.own)
    page.own.new.click()
    form = page.own.form
    said = []

    def tell():
        form.submit()
        said.append(form.message.sentence)

    tell()
    form.title.setText("课")
    tell()
    form.roles.buttons()[0].click()
    tell()
    form.sections[0].text.setPlainText("正文")
    tell()
    form.add_section()
    tell()
    form.sections[1].remove.click()
    form.add_question()
    form.questions[0].remove.click()
    asked = form.questions[0]
    for line, text in zip(
        (asked.text, asked.reason, asked.answers[0], asked.answers[1]), "题由同同", strict=True
    ):
        line.setText(text)
    tell()

    assert len(set(said)) == 4
    assert all(said)
    assert said[3] == said[5]
    form.left.emit()
    assert page.own.form is None
    assert training.own(office.session("manager")) == ()


def test_a_refusal_keeps_what_was_typed(open_page, settled, monkeypatch):
    page = open_page("manager")

    def refuse(*_args, **_rest):
        raise RefusedError("refused here", "")

    monkeypatch.setattr(training, "add_course", refuse)
    add_one(page, settled)

    assert page.own.note.sentence == "refused here"
    assert page.own.form.title.text() == "停水通知"
