"""Copies of a person's values outside the gate: unsaved forms, and what opens audit entries."""

from sqlalchemy import Connection, delete, or_, select

from pmdesk.domain.people import PersonId
from pmdesk.store import schema

# pages whose drafts carry the number of something else
_NOT_ABOUT_PEOPLE = ("rules", "measure", "proposal")

_draft = schema.draft
_salt = schema.audit_salt
_entry = schema.audit


def erase(connection: Connection, person: PersonId) -> None:
    """No draft of any user and no audit entry still tells a value of the person.

    The audit chain stays valid: its entries only commit to what was erased here.
    """
    whole, part = _draft.c.subject == str(person), _draft.c.subject.like(f"{int(person)}:%")
    about = or_(whole, part)  # a form may be about one purpose of the person: "17:P2"
    connection.execute(delete(_draft).where(about, _draft.c.page.not_in(_NOT_ABOUT_PEOPLE)))
    entries = select(_entry.c.seq).where(_entry.c.target == f"person:{person}")
    connection.execute(delete(_salt).where(_salt.c.seq.in_(entries)))


def erase_many(connection: Connection, ids: str) -> None:
    """`erase` for each person of the JSON list, at bulk speed."""
    connection.exec_driver_sql(_DRAFTS_OF_MANY, (ids,))
    connection.exec_driver_sql(_SALTS_OF_MANY, (ids,))


# a subject begins with the number of the person: "17", "17:P2"
_DRAFTS_OF_MANY = """
DELETE FROM draft WHERE page NOT IN ('rules', 'measure', 'proposal') AND subject GLOB '[0-9]*'
AND CAST(subject AS INTEGER) IN (SELECT value FROM json_each(?))"""
_SALTS_OF_MANY = """
DELETE FROM audit_salt WHERE seq IN (
  SELECT audit.seq FROM json_each(?) AS one
  JOIN audit ON audit.target = 'person:' || one.value)"""
