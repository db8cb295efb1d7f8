"""Unsaved forms about somebody: what was typed is read, as it may name anybody."""

import re
from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, delete, select

from pmdesk.domain.names import search_keys
from pmdesk.domain.people import PersonId
from pmdesk.domain.quarantine import KEPT_AWAY
from pmdesk.store import schema
from pmdesk.store.schema_orders import work_order

PAGE = "order"
_REGISTERING = "resident"  # a form left aside, of who was registered with another one since

_draft = schema.draft
_person = schema.person
_unit = schema.unit
_building = schema.building
_GAPS = re.compile(r"[\s-]")


def forget_about(connection: Connection, person: PersonId) -> None:
    """No order form of any user tells of the person: name, number, room, or an order of theirs.

    Where it is not sure whose room is meant, such as a 502 without its building, the form goes.
    Forms to register somebody go by name and number: others may move into the same room.
    """
    _forget_registering(connection, person)
    kept = connection.execute(select(_draft).where(_draft.c.page == PAGE)).all()
    if not kept:
        return
    signs = tuple(_signs(connection, person))
    orders = set(connection.scalars(select(work_order.c.id).where(work_order.c.person == person)))
    for row in kept:
        text = row.document.casefold()
        bare = _GAPS.sub("", text)
        number = row.subject.partition(":")[2]
        is_theirs = number.isdecimal() and int(number) in orders
        if is_theirs or any(re.search(sign, text) or re.search(sign, bare) for sign in signs):
            of_row = (_draft.c.uid == row.uid, _draft.c.subject == row.subject)
            connection.execute(delete(_draft).where(_draft.c.page == PAGE, *of_row))


def _forget_registering(connection: Connection, person: PersonId) -> None:
    new = (_draft.c.page == _REGISTERING, _draft.c.subject.like("new%"))
    signs = tuple(_plain(_called(connection, person)))
    for row in connection.execute(select(_draft).where(*new)).all():
        text = _GAPS.sub("", row.document.casefold())
        if any(re.search(sign, text) for sign in signs):
            of_row = (_draft.c.uid == row.uid, _draft.c.subject == row.subject)
            connection.execute(delete(_draft).where(*new, *of_row))


def _called(connection: Connection, person: PersonId) -> tuple[str, ...]:
    """Name and number, as far as they are known."""
    who = connection.execute(
        select(_person.c.name, _person.c.mobile).where(_person.c.id == person)
    ).first()
    if who is None:
        return ()
    return ("" if who.name == KEPT_AWAY else who.name, who.mobile or "")


def _plain(words: Iterable[str]) -> Iterator[str]:
    return (re.escape(_GAPS.sub("", one.casefold())) for one in words if one)


def _signs(connection: Connection, person: PersonId) -> Iterator[str]:
    """What such a form may hold of the person, as patterns."""
    yield rf'"person":{person}\b'
    called = _called(connection, person)
    yield from _plain(called)
    if called and called[0]:
        yield from _plain(search_keys(called[0]).syllables)  # a search may be typed in pinyin
    homes = select(schema.occupancy.c.unit).where(schema.occupancy.c.person == person)
    found = select(_unit.c.room, _unit.c.entrance, _building.c.name).join(_building)
    for room, *before in connection.execute(found.where(_unit.c.id.in_(homes))):
        for label in (room, "".join((*reversed(before), room))):
            yield rf"(?<!\d){re.escape(_GAPS.sub('', label.casefold()))}(?!\d)"
