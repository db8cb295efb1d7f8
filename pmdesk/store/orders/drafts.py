"""Unsaved order forms about somebody: what was typed is read, as it may name anybody."""

import re
from collections.abc import Iterator

from sqlalchemy import Connection, delete, select

from pmdesk.domain.names import search_keys
from pmdesk.domain.people import PersonId
from pmdesk.domain.quarantine import KEPT_AWAY
from pmdesk.store import schema
from pmdesk.store.schema_orders import work_order

PAGE = "order"

_draft = schema.draft
_person = schema.person
_unit = schema.unit
_building = schema.building
_GAPS = re.compile(r"[\s-]")


def forget_about(connection: Connection, person: PersonId) -> None:
    """No order form of any user tells of the person: name, number, room, or an order of theirs.

    Where it is not sure whose room is meant, such as a 502 without its building, the form goes.
    """
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


def _signs(connection: Connection, person: PersonId) -> Iterator[str]:
    """What such a form may hold of the person, as patterns."""
    who = connection.execute(
        select(_person.c.name, _person.c.mobile).where(_person.c.id == person)
    ).first()
    yield rf'"person":{person}\b'
    if who is not None:
        name = "" if who.name == KEPT_AWAY else who.name
        words = (name, who.mobile, *search_keys(name).syllables)  # a search may be typed in pinyin
        yield from (re.escape(_GAPS.sub("", one.casefold())) for one in words if one)
    homes = select(schema.occupancy.c.unit).where(schema.occupancy.c.person == person)
    found = select(_unit.c.room, _unit.c.entrance, _building.c.name).join(_building)
    for room, *before in connection.execute(found.where(_unit.c.id.in_(homes))):
        for label in (room, "".join((*reversed(before), room))):
            yield rf"(?<!\d){re.escape(_GAPS.sub('', label.casefold()))}(?!\d)"
