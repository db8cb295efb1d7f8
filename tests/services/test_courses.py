"""The material: whole in both languages, with the answers the paper on the law gives."""

import re

import pytest

from pmdesk.domain.staff import MATRIX, Permission, Role
from pmdesk.domain.training import ASKED, GATES, QuestionId, Task, Topic
from pmdesk.services.courses import TRUE_OR_FALSE, shipped

# the twenty questions every office is examined with, and their answers
PAPER = dict(enumerate(("B", "C", False, "C", "B", "C", "B", "B", False, "C"), 1)) | dict(
    enumerate(("C", "C", "B", "C", "B", "D", "C", "B", "B", "C"), 11)
)
ARTICLES = {
    1: "16", 2: "13 17", 3: "14 23", 4: "15 23", 5: "47", 6: "6 24", 7: "28 30", 8: "28 31",
    9: "10", 10: "26", 11: "24 9", 12: "944", 13: "55", 14: "56", 15: "57 11", 16: "57",
    17: "10 23 253", 18: "21 12", 19: "24 48", 20: "10 66 56 253",
}  # fmt: skip
QUESTIONS = {question.id: question for course in shipped() for question in course.questions}
COURSES = {course.code: course for course in shipped()}
OF_TASK = {
    Task.CONSENT: Permission.TAKE_CONSENT,
    Task.SEALED: Permission.OPEN_SEALED,
    Task.REVIEW: Permission.APPROVE_RULES,
}


@pytest.mark.parametrize("number", PAPER)
def test_the_twenty_questions_have_the_answers_and_articles_of_the_law(number):
    question = QUESTIONS[QuestionId(f"L{number:02}")]
    expected = PAPER[number]

    if isinstance(expected, bool):
        assert question.answers == TRUE_OR_FALSE
        assert question.right == int(not expected)
    else:
        assert len(question.answers) == 4
        assert "ABCD"[question.right] == expected
    named = set(re.findall(r"\d+", question.article.en))
    assert set(ARTICLES[number].split()) <= named
    assert set(ARTICLES[number].split()) <= set(re.findall(r"\d+", question.article.zh))


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_a_question_is_whole_in_both_languages(question):
    parts = (question.text, question.reason, question.article, *question.answers)

    assert all(words.zh.strip() and words.en.strip() for words in parts)
    assert all(re.search("[\u4e00-\u9fff]", words.zh) for words in parts)
    assert not any(re.search("[\u4e00-\u9fff]", words.en) for words in parts)
    assert len(set(question.answers)) == len(question.answers) in {2, 4}
    assert 0 <= question.right < len(question.answers)


def test_the_bank_is_large_and_asks_nothing_twice():
    asked = [q for course in shipped() for q in course.questions]

    assert len(asked) >= 44
    assert len({q.id for q in asked}) == len({q.text.zh for q in asked}) == len(asked)
    assert len({q.text.en for q in asked}) == len(asked)


@pytest.mark.parametrize(
    "articles",
    ["PIPL 66", "PIPL 70", "PIPL 72(1)", "Cybersecurity Law 61, 71", "Civil Code 287", "PIPL 49"],
)
def test_what_the_law_leaves_to_training_is_asked(articles):
    assert any(articles in question.article.en for question in QUESTIONS.values())


@pytest.mark.parametrize("course", shipped(), ids=COURSES)
def test_a_course_is_short_and_has_more_questions_than_one_test_draws(course):
    assert re.fullmatch(r"\d+\.\d+", course.version)
    assert course.minutes == 5
    assert len(course.questions) > ASKED
    assert 3 <= len(course.sections) <= 6
    assert all(0 < len(section.text.zh) < 220 for section in course.sections)
    assert all(section.text.en and section.title.en for section in course.sections)


def test_every_course_is_somebodys_and_every_role_has_one():
    assert all(course.roles for course in shipped())
    assert {role for course in shipped() for role in course.roles} == set(Role)


@pytest.mark.parametrize("task", Task)
def test_whoever_may_do_an_act_has_its_course_to_learn(task):
    course = COURSES[GATES[task]]

    assert {role for role in Role if OF_TASK[task] in MATRIX[role]} <= set(course.roles)


@pytest.mark.parametrize("topic", [topic for topic in Topic if topic is not Topic.GENERAL])
def test_withdrawal_sensitive_data_and_export_are_asked_and_marked(topic):
    words = {Topic.WITHDRAWAL: "撤回", Topic.SENSITIVE: "密封", Topic.EXPORT: "名单"}
    marked = [question for question in QUESTIONS.values() if question.topic is topic]

    assert len(marked) >= 4
    assert any(words[topic] in question.text.zh for question in marked)


def test_no_question_about_withdrawal_is_left_unmarked():
    asked = [q for q in QUESTIONS.values() if "撤回" in q.text.zh]

    assert asked
    assert all(question.topic is Topic.WITHDRAWAL for question in asked)
