"""Training in the store: tests taken, the office's own courses, and when material came."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Connection, Row, delete, insert, select, text
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.exc import IntegrityError

from pmdesk.domain.training import Attempt, Course, CourseCode, QuestionId, major
from pmdesk.errors import ConflictError
from pmdesk.i18n import N_
from pmdesk.store import schema_training as schema
from pmdesk.store.catalogue_json import maker, plain
from pmdesk.store.context import StoreContext
from pmdesk.store.schema_acts import SWEPT

_attempt, _course, _material = (
    schema.training_attempt,
    schema.training_course,
    schema.training_material,
)


class SqlTraining:
    """Records that stand; the database itself refuses to change them."""

    def __init__(self, connection: Connection, context: StoreContext) -> None:
        del context  # whoever learns is named by the caller
        self._connection = connection

    def record(self, attempt: Attempt) -> None:
        """The test stands; ConflictError when that number was taken meanwhile."""
        values = {
            "uid": attempt.uid,
            "course": attempt.course,
            "number": attempt.number,
            "version": attempt.version,
            "day": attempt.day,
            "at": attempt.at,
            "asked": attempt.asked,
            "wrong": json.dumps(attempt.wrong),
            "passed": attempt.passed,
            "minutes": attempt.minutes,
            "trainer": attempt.trainer,
        }
        try:
            self._connection.execute(insert(_attempt).values(**values))
        except IntegrityError as error:
            raise ConflictError(
                N_("This test was handed in already."), N_("Start a new one.")
            ) from error

    def attempts(self, uid: str | None = None) -> tuple[Attempt, ...]:
        """Those of one person, or everybody's, oldest first."""
        found = select(_attempt).order_by(_attempt.c.at, _attempt.c.number)
        if uid is not None:
            found = found.where(_attempt.c.uid == uid)
        return tuple(_read(row) for row in self._connection.execute(found))

    def own(self) -> tuple[Course, ...]:
        """The newest version of each course of the office, in the order they were first added."""
        rows = self._connection.execute(select(_course).order_by(_course.c.added_at))
        newest: dict[str, Course] = {}
        for row in rows:
            course = cast("Course", maker(Course)(json.loads(row.document)))
            before = newest.get(course.code)
            if before is None or _order(course.version) > _order(before.version):
                newest[course.code] = course
        return tuple(newest.values())

    def add_course(self, course: Course, *, author: str, at: datetime) -> None:
        """The version stands; ConflictError when there is one of that number."""
        document = json.dumps(plain(course), ensure_ascii=False)
        row = insert(_course).values(
            code=course.code, version=course.version, document=document, author=author, added_at=at
        )
        try:
            self._connection.execute(row)
        except IntegrityError as error:
            raise ConflictError(
                N_("Somebody added a version of this course meanwhile."), N_("Reload the page.")
            ) from error

    def material(self) -> Mapping[tuple[CourseCode, int], date]:
        """Since when each major version is here."""
        rows = self._connection.execute(select(_material))
        return {(CourseCode(row.course), row.major): row.since for row in rows}

    def meet(self, course: CourseCode, version: str, *, day: date) -> None:
        """The major version is here since that day, unless it was here before."""
        row = upsert(_material).values(course=course, major=major(version), since=day)
        self._connection.execute(row.on_conflict_do_nothing())

    def erase_old(self) -> int:
        """Records older than three years, by the day the office is swept to, are gone; how many."""
        old = text(f"day <= date({SWEPT}, '-3 years')")
        return self._connection.execute(delete(_attempt).where(old)).rowcount


def _order(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _read(row: Row[Any]) -> Attempt:
    return Attempt(
        uid=row.uid,
        course=CourseCode(row.course),
        number=row.number,
        version=row.version,
        day=row.day,
        at=row.at,
        asked=row.asked,
        wrong=tuple(QuestionId(one) for one in json.loads(row.wrong)),
        passed=row.passed,
        minutes=row.minutes,
        trainer=row.trainer,
    )
