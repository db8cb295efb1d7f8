"""Which steps a version offers to whom: nobody decides on rules of his own."""

from datetime import UTC, datetime

import pytest

from pmdesk.domain.classification import Ruleset, RulesetId, RulesetStatus
from pmdesk.domain.staff import Role, Staff
from pmdesk.services.office import STARTER
from pmdesk.ui.rules.lifecycle import Step, author_of, desk, status_badge, version_words

NAMES = {"a": "李静", "b": "陈磊"}
AUTHOR = Staff(uid="a", login="a", name="李静", role=Role.MANAGER)
SECOND = Staff(uid="b", login="b", name="陈磊", role=Role.REVIEWER)
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
        (RulesetStatus.SUBMITTED, AUTHOR, (Step.COPY,)),
        (RulesetStatus.SUBMITTED, SECOND, (Step.APPROVE, Step.REJECT)),
        (RulesetStatus.SUBMITTED, OTHER, (Step.APPROVE, Step.REJECT, Step.COPY)),
        (RulesetStatus.SUBMITTED, CLERK, ()),
        (RulesetStatus.APPROVED, SECOND, (Step.ACTIVATE,)),
        (RulesetStatus.APPROVED, CLERK, ()),
        (RulesetStatus.REJECTED, AUTHOR, (Step.COPY,)),
        (RulesetStatus.ACTIVE, AUTHOR, (Step.COPY,)),
        (RulesetStatus.RETIRED, AUTHOR, (Step.COPY,)),
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
