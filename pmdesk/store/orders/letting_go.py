"""How people go out of orders: the building, the kind and the times stay, and nothing else."""

import json

from sqlalchemy import ColumnElement, Connection, exists, func, select, update

from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.people import PersonId
from pmdesk.store.schema_orders import order_step, work_order

IS_COMPLAINT = work_order.c.service == Service.COMPLAINT.value
_STEP_TELLS = (
    exists()
    .where(order_step.c.work_order == work_order.c.id, order_step.c.words != "")
    .correlate(work_order)
)
TELLS = (
    work_order.c.person.is_not(None)
    | work_order.c.unit.is_not(None)
    | (work_order.c.words != "")
    | _STEP_TELLS  # last: the history is read of orders only that tell nothing themselves
)


def emptied(connection: Connection, those: ColumnElement[bool]) -> int:
    """These orders are nobody's and say nothing; how many there were."""
    numbers = list(connection.scalars(select(work_order.c.id).where(those)))
    listed = func.json_each(json.dumps(numbers)).table_valued("value")
    wanted = select(listed.c.value)
    said = (order_step.c.work_order.in_(wanted), order_step.c.words != "")
    connection.execute(update(order_step).where(*said).values(words=""))
    gone = update(work_order).where(work_order.c.id.in_(wanted))
    connection.execute(gone.values(person=None, unit=None, words="", callback=""))
    return len(numbers)


def detach(connection: Connection, person: PersonId, *, complaints: bool) -> int:
    """The complaints of the person, or all the other orders, are nobody's; how many there were."""
    kind = IS_COMPLAINT if complaints else ~IS_COMPLAINT
    return emptied(connection, (work_order.c.person == person) & kind)


def kept(connection: Connection, person: PersonId) -> list[dict[str, str]]:
    """What the contract knows of the person's orders (R-P1); complaints have a shorter time."""
    wanted = (
        select(work_order)
        .where(work_order.c.person == person, ~IS_COMPLAINT)
        .order_by(work_order.c.id)
    )
    return [
        {
            "number": row.number,
            "service": row.service,
            "kind": row.kind,
            "state": row.state,
            "day": row.day.isoformat(),
            "words": row.words,
        }
        for row in connection.execute(wanted)
    ]
