"""Which steps a version offers to whom: nobody decides on rules of his own."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pmdesk.domain.classification import Ruleset, RulesetId, RulesetStatus
from pmdesk.domain.staff import Role, Staff
from pmdesk.errors import RefusedError
from pmdesk.services.office import STARTER
from pmdesk.ui.rules.lifecycle import (
    Step,
    author_of,
    desk,
    origin_words,
    status_badge,
    version_words,
)
from pmdesk.ui.theme import Tone

NAMES = {"a": "李静", "b": "陈磊"}
AUTHOR = Staff(uid="a", login="a", name="李静", role=Role.MANAGER)
SECOND = Staff(uid="b", login="b", name="陈磊", role=Role.REVIEWER)
FORMER = Staff(uid="a", login="a", name="李静", role=Role.CLERK)  # the author, moved since
OTHER = Staff(uid="c", login="c", name="赵磊", role=Role.MANAGER)
CLERK = Staff(uid="d", login="d", name="王芳", role=Role.CLERK)


def version(status, author="a"):
    return Ruleset(
        id=RulesetId(1),
        version=7,
        status=status,
        document="",
        digest="",
        author=author,
        created_at=datetime(2026, 3, 2, 1, 0, tzinfo=UTC),
        decided_by="b",
        words="第 3 行说不清",
    )


@pytest.mark.parametrize(
    ("status", "who", "steps"),
    [
        (RulesetStatus.DRAFT, AUTHOR, (Step.SUBMIT, Step.DISCARD)),
        (RulesetStatus.DRAFT, OTHER, (Step.COPY,)),
        (RulesetStatus.DRAFT, SECOND, ()),
        (RulesetStatus.SUBMITTED, AUTHOR, (Step.COPY, Step.WITHDRAW)),
        (RulesetStatus.SUBMITTED, FORMER, ()),
        (RulesetStatus.SUBMITTED, SECOND, (Step.APPROVE, Step.REJECT)),
        (RulesetStatus.SUBMITTED, OTHER, (Step.APPROVE, Step.REJECT, Step.COPY)),
        (RulesetStatus.SUBMITTED, CLERK, ()),
        (RulesetStatus.APPROVED, SECOND, (Step.ACTIVATE, Step.SCHEDULE)),
        (RulesetStatus.APPROVED, CLERK, ()),
        (RulesetStatus.REJECTED, AUTHOR, (Step.COPY,)),
        (RulesetStatus.ACTIVE, AUTHOR, (Step.COPY,)),
        (RulesetStatus.RETIRED, AUTHOR, (Step.RESTORE, Step.COPY)),
        (RulesetStatus.RETIRED, SECOND, ()),
    ],
)
def test_steps_depend_on_state_and_person(chinese, status, who, steps):
    offered = desk(version(status), who, NAMES)

    assert offered.steps == steps
    assert offered.editable == (status is RulesetStatus.DRAFT and who is AUTHOR)
    assert bool(offered.sentence) != offered.editable  # whoever cannot edit reads why


def test_what_was_decided_is_said_with_name_and_words(chinese):
    sentence = desk(version(RulesetStatus.REJECTED), AUTHOR, NAMES).sentence

    assert sentence.startswith("陈磊 已退回：“第 3 行说不清”")


def test_an_author_who_waits_is_told_about_the_second_person(chinese):
    assert (
        "谁也不能审自己写的规则" in desk(version(RulesetStatus.SUBMITTED), AUTHOR, NAMES).sentence
    )


@pytest.mark.parametrize(
    ("author", "name"), [("a", "李静"), (STARTER, "系统自带"), ("gone", "已离开的同事")]
)
def test_a_version_names_its_author(chinese, author, name):
    assert author_of(version(RulesetStatus.ACTIVE, author), NAMES) == name
    assert name in version_words(version(RulesetStatus.ACTIVE, author), NAMES)


def test_every_state_has_a_word_an_icon_and_a_tone(chinese):
    badges = [status_badge(status) for status in RulesetStatus]

    assert len({badge.words for badge in badges}) == len(badges)
    assert all(badge.icon for badge in badges)


def test_a_version_with_a_day_says_when_it_comes_and_can_be_changed(chinese):
    planned = replace(
        version(RulesetStatus.APPROVED), active_from=date(2026, 12, 1), scheduled_by="a"
    )
    offered = desk(planned, SECOND, NAMES)

    assert offered.steps == (Step.ACTIVATE, Step.SCHEDULE, Step.UNSCHEDULE)
    assert offered.sentence.startswith("将于 2026 年 12 月 1 日生效。陈磊 已批准，日期由 李静 定下")
    assert "将于 2026 年 12 月 1 日生效" in version_words(planned, NAMES)
    assert desk(planned, CLERK, NAMES).steps == ()


def test_a_version_that_missed_its_day_says_why(chinese):
    planned = replace(version(RulesetStatus.APPROVED), active_from=date(2026, 12, 1))
    offered = desk(planned, SECOND, NAMES, refusal=RefusedError("影响评估已失效。"))

    assert offered.sentence == "原定 2026 年 12 月 1 日生效，没有生效：影响评估已失效。"
    assert offered.tone is Tone.PROBLEM


def test_a_restored_version_names_the_one_that_it_brings_back(chinese):
    first = replace(version(RulesetStatus.RETIRED), id=RulesetId(3), version=4)
    again = replace(version(RulesetStatus.DRAFT), restored_from=RulesetId(3))

    assert origin_words(again, [again, first]) == "恢复自 v4"
    assert origin_words(first, [again, first]) == ""
