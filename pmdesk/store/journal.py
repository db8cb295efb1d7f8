"""The lines of the erasure journal, as rows and back."""

from typing import Any

from sqlalchemy import Row

from pmdesk.domain.acts import EraseReason, Erasure, Method, Scope
from pmdesk.domain.fields import FieldKey
from pmdesk.domain.people import PersonId
from pmdesk.domain.purposes import PurposeCode


def line(erasure: Erasure) -> dict[str, object]:
    """The row of a line of the journal."""
    return {
        "at": erasure.at,
        "by": erasure.by,
        "person": erasure.person,
        "purpose": erasure.scope.purpose,
        "field": erasure.scope.field,
        "reason": erasure.reason,
        "method": erasure.method,
        "keep_until": erasure.keep_until,
        "certificate": erasure.certificate,
    }


def read(row: Row[Any]) -> Erasure:
    """The line of a row of the journal."""
    return Erasure(
        at=row.at,
        by=row.by,
        person=PersonId(row.person),
        scope=Scope(purpose=PurposeCode(row.purpose), field=FieldKey(row.field)),
        reason=EraseReason(row.reason),
        method=Method(row.method),
        keep_until=row.keep_until,
        certificate=row.certificate,
    )
