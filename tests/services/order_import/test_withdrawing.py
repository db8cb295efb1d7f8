"""A wrong import is withdrawn: nothing is deleted, and nothing of it counts."""

from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from pmdesk.domain.orders.moving import Terms
from pmdesk.domain.orders.order import Deed, Move, OrderState
from pmdesk.errors import ConflictError, DeniedError, RefusedError
from pmdesk.services.order_import import withdrawing
from pmdesk.services.orders import book, moving
from tests.offices import resident
from tests.services.order_import.lists import HEAD, csv, entered, orders, row
from tests.services.orders.asked import public, registered


def counted(session):
    """How many orders charts count."""
    since, until = date(2026, 1, 1), date(2026, 4, 1)
    with session.store.reading() as work:
        by_day = work.order_counts.by_day(since=since, until=until)
        marks = work.order_marks.within(since, until)
    return sum(one.orders for one in by_day), len(marks)


def test_a_wrong_import_is_withdrawn_but_not_deleted(manager, path, office):
    person = resident(manager, name="王小明", room="3-2-501")
    rows = ((*row(), "王小明"), (*row(单号="2", 状态="处理中", 办结时间=""), "王小明"))
    entered(manager, csv(path, *rows, head=(*HEAD, "报修人")))
    assert [order.person for order in orders(manager)] == [person, person]
    assert counted(manager) == (2, 2)

    [made] = withdrawing.imports(manager)
    withdrawing.withdraw(manager, made.found.id)

    left = orders(manager)
    assert [(one.number, one.state) for one in left] == [
        ("H-B-1", OrderState.CANCELLED),
        ("H-2", OrderState.CANCELLED),
    ]
    assert [(one.person, one.words, one.spot.label) for one in left] == [(None, "", "3")] * 2
    assert counted(manager) == (0, 0)
    with manager.store.reading() as work:
        acts = [step.act for step in work.orders.steps(left[0].id)]
    assert acts == [Deed.IMPORTED.value, "cancel"]
    assert "import.orders_withdrawn" in [act for act, _, _ in office.acts()]
    [made] = withdrawing.imports(manager)
    assert (made.who, made.found.orders, made.found.is_withdrawn) == ("李静", 2, True)


def test_the_right_list_can_be_imported_after_the_wrong_one_was_withdrawn(manager, path):
    entered(manager, csv(path, row(楼栋="8栋")))
    [made] = withdrawing.imports(manager)
    withdrawing.withdraw(manager, made.found.id)
    entered(manager, csv(path, row(楼栋="3栋"), row(单号="2")))

    assert [one.number for one in orders(manager)] == ["H-B-1", "H2-B-1", "H2-2"]
    assert counted(manager) == (2, 2)


def test_an_import_is_withdrawn_once_and_by_who_may_import(manager, clerk, path):
    entered(manager, csv(path, row()))
    [made] = withdrawing.imports(manager)
    for act in (
        lambda: withdrawing.imports(clerk),
        lambda: withdrawing.withdraw(clerk, made.found.id),
    ):
        with pytest.raises(DeniedError):
            act()

    withdrawing.withdraw(manager, made.found.id)
    with pytest.raises(ConflictError):
        withdrawing.withdraw(manager, made.found.id)


def test_an_order_of_a_withdrawn_import_is_not_reopened(manager, path):
    entered(manager, csv(path, row(), row(单号="2", 状态="处理中", 办结时间="")))
    [made] = withdrawing.imports(manager)
    before = [book.detail(manager, one.id) for one in orders(manager)]
    assert not any(one.is_withdrawn for one in before)
    assert Move.REOPEN in before[0].moves
    withdrawing.withdraw(manager, made.found.id)

    for one in orders(manager):
        with pytest.raises(RefusedError) as refused:
            moving.move(manager, one.id, Move.REOPEN, Terms(reason="又坏了"))
        assert "new order" in refused.value.remedy
        assert not book.detail(manager, one.id).moves
        assert book.detail(manager, one.id).is_withdrawn
    assert counted(manager) == (0, 0)
    assert book.waiting(manager).open == 0


def test_what_ended_an_order_of_a_withdrawn_import_is_not_taken_back(manager, path):
    entered(manager, csv(path, row(状态="处理中", 办结时间="")))
    [order] = orders(manager)
    done, _changes = moving.step_on(manager, order.id, Move.CANCEL, Terms(reason="登记错了"))
    withdrawing.withdraw(manager, withdrawing.imports(manager)[0].found.id)

    with pytest.raises(RefusedError, match="withdrawn"):
        moving.take_back(manager, done)
    assert book.waiting(manager).open == 0


def test_other_orders_are_left_alone_by_a_withdrawal(manager, path):
    own = registered(manager, public())
    entered(manager, csv(path, row()))
    later = registered(manager, public())
    withdrawing.withdraw(manager, withdrawing.imports(manager)[0].found.id)

    with manager.store.reading() as work:
        assert all(work.orders.get(one).is_open for one in (own, later))


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM order_import",
        "UPDATE order_import SET first = 1, last = 99",
        "UPDATE order_import SET withdrawn_at = NULL, withdrawn_by = ''",
    ],
)
def test_no_tool_can_change_what_an_import_was(manager, path, office, statement):
    entered(manager, csv(path, row()))
    withdrawing.withdraw(manager, withdrawing.imports(manager)[0].found.id)

    with pytest.raises(IntegrityError, match="import"):
        office.sql(statement)


def test_an_import_of_nothing_new_is_no_import(manager, path):
    entered(manager, csv(path, row()))
    entered(manager, path)

    assert len(withdrawing.imports(manager)) == 1
