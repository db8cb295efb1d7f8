"""Orders as clerks enter them."""

from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.orders.moving import Terms
from pmdesk.domain.orders.order import Move
from pmdesk.services.orders import moving, registering
from pmdesk.services.orders.intake import Intake

ROOM = "3-2-501"
WORKER = "李师傅"


def asked(**changes):
    """A tap in a room that drips; `changes` say what is different."""
    usual = {"service": Service.REPAIR, "kind": "plumbing", "words": "水龙头滴水", "room": ROOM}
    return Intake(**{"is_new_room": True, **usual, **changes})


def public(**changes):
    """A lamp in a hall."""
    usual = {"kind": "facility", "words": "大堂灯不亮", "room": "", "area": "大堂"}
    return asked(**{**usual, **changes})


def complaint(**changes):
    """Noise at night."""
    usual = {"service": Service.COMPLAINT, "kind": "noise", "words": "楼上王师傅夜里装修"}
    return asked(**{**usual, **changes})


def registered(session, intake=None):
    """The id of such an order."""
    return registering.register(session, intake or asked()).order


def moved(session, order, *ways):
    """The order has gone that way; a reason, a worker and four stars go along where needed."""
    for way in ways:
        terms = Terms(
            reason="等配件" if way is not Move.CLOSE else "",
            assignee=WORKER if way is Move.ASSIGN else "",
            rating=4 if way is Move.CLOSE else None,
        )
        moving.move(session, order, way, terms)
    return order


DONE = (Move.ASSIGN, Move.START, Move.FINISH)
CLOSED = (*DONE, Move.CLOSE)
