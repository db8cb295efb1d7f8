"""Lists of past orders as offices send them; all people invented."""

from pmdesk.domain.ports.orders import OrderQuery
from pmdesk.services.order_import import importing
from pmdesk.services.order_import.planned import Choices
from tests.services.exchange.files import written

HEAD = ("单号", "报修时间", "类型", "楼栋", "单元", "房号", "内容", "状态", "办结时间")
GOOD = (
    "B-1",
    "2026-02-20 09:30",
    "水暖",
    "3栋",
    "2单元",
    "501",
    "水龙头滴水",
    "已完成",
    "2026-02-21 10:00",
)


def row(**changes):
    """GOOD with other cells, by header."""
    return tuple(changes.get(name, cell) for name, cell in zip(HEAD, GOOD, strict=True))


def csv(path, *rows, head=HEAD):
    """The rows as a text table."""
    text = "\n".join(",".join(str(cell) for cell in line) for line in (head, *rows))
    path.write_text(text, encoding="utf-8")
    return path


def xlsx(path, *rows, head=HEAD):
    """The rows as a workbook."""
    return written(path, (head, *rows))


def plan(session, path, choices=None, mapping=None):
    """What the file would bring."""
    read = importing.read(session, path, mapping)
    return importing.planned(session, read, choices or Choices())


def entered(session, path, choices=None, mapping=None):
    """The file is imported; the report."""
    return importing.enter(session, plan(session, path, choices, mapping))[1]


def orders(session):
    """All orders of the book, in the order of their ids."""
    with session.store.reading() as work:
        return sorted(work.orders.rows(work.orders.ids(OrderQuery())), key=lambda one: one.id)


def why(found):
    """The reasons of all bad rows, with the row."""
    return [(bad.row_number, fault.problem.sentence) for bad in found.bad for fault in bad.faults]
