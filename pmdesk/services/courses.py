"""The courses that come with the program, read from `resources/training`."""

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from pmdesk.assets import asset
from pmdesk.domain.staff import Role
from pmdesk.domain.training import Course, CourseCode, Question, QuestionId, Section, Topic
from pmdesk.i18n import Words

Entry = Mapping[str, Any]

ORDER = ("notice", "consent", "equality", "fairness", "requests", "incident", "sealed")
TRUE_OR_FALSE = (Words("对", "True"), Words("错", "False"))


@cache
def shipped() -> tuple[Course, ...]:
    """The courses in the order in which they are best read."""
    return tuple(_course(name) for name in ORDER)


def _course(name: str) -> Course:
    with asset(f"training/{name}.toml").open("rb") as file:
        entry = tomllib.load(file)
    return Course(
        code=CourseCode(entry["code"]),
        version=entry["version"],
        title=Words(**entry["title"]),
        summary=Words(**entry["summary"]),
        minutes=entry["minutes"],
        roles=tuple(Role(role) for role in entry["roles"]),
        sections=tuple(_section(one) for one in entry["section"]),
        questions=tuple(_question(one) for one in entry["question"]),
    )


def _section(entry: Entry) -> Section:
    text = Words(entry["zh"].strip(), entry["en"].strip())
    return Section(title=Words(**entry["title"]), text=text)


def _question(entry: Entry) -> Question:
    judged = entry.get("judgement", False)
    right = int(not entry["right"]) if judged else "ABCD".index(entry["right"])
    return Question(
        id=QuestionId(entry["id"]),
        text=Words(entry["zh"], entry["en"]),
        answers=TRUE_OR_FALSE if judged else tuple(Words(**one) for one in entry["options"]),
        right=right,
        reason=Words(**entry["reason"]),
        article=Words(**entry["article"]),
        topic=Topic(entry.get("topic", "general")),
    )
