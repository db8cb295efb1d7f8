"""Past orders from sheets: what becomes of a row, and who may import."""

from datetime import UTC, date, datetime, timedelta

import pytest

from pmdesk.domain.orders.kinds import Service, Urgency
from pmdesk.domain.orders.order import Deed, OrderChannel, OrderState
from pmdesk.domain.ports.orders import OrderQuery
from pmdesk.errors import DeniedError
from pmdesk.services.order_import import importing
from pmdesk.services.order_import.planned import Choices, Note
from pmdesk.services.orders import book
from tests.offices import resident
from tests.services.order_import.lists import csv, entered, orders, plan, row, xlsx

NINE_THIRTY = datetime(2026, 2, 20, 1, 30, tzinfo=UTC)  # on the wall 09:30


# ---- what is entered ------------------------------------------------------------------------


def test_an_order_is_entered_with_its_day_place_kind_and_end(manager, path):
    resident(manager, room="3-2-501")
    report = entered(manager, csv(path, row()))

    [order] = orders(manager)
    assert (report.entered, report.open) == (1, 0)
    assert (order.number, order.source, order.channel) == ("H-B-1", "B-1", OrderChannel.IMPORT)
    assert (order.service, order.kind, order.spot.room) == (Service.REPAIR, "plumbing", "3-2-501")
    assert (order.state, order.received_at) == (OrderState.CLOSED, NINE_THIRTY)
    assert order.closed_at == NINE_THIRTY + timedelta(hours=24, minutes=30)
    assert (order.words, order.due_at, order.person) == ("水龙头滴水", None, None)
    with manager.store.reading() as work:
        assert [step.act for step in work.orders.steps(order.id)] == [Deed.IMPORTED.value]
        [counted] = work.order_counts.by_day(
            since=date(2026, 2, 1), until=date(2026, 3, 1), hours=True
        )
    assert (counted.day, counted.hour, counted.building) == (date(2026, 2, 20), 9, "3")


def test_the_log_tells_columns_and_counts_and_never_a_value(manager, path, office):
    entered(manager, csv(path, row()))

    acts = [line for line in office.acts() if line[0] == "import.orders"]
    assert len(acts) == 1
    assert "水龙头" not in str(acts)


def test_only_a_day_means_no_hour_and_a_span_of_whole_days(manager, tmp_path):
    day = datetime.fromisoformat("2026-02-20")
    path = xlsx(
        tmp_path / "a.xlsx", row(报修时间=day, 办结时间=datetime.fromisoformat("2026-02-23"))
    )
    entered(manager, path)

    [order] = orders(manager)
    assert order.closed_at - order.received_at == timedelta(days=3)
    with manager.store.reading() as work:
        [counted] = work.order_counts.by_day(
            since=date(2026, 2, 20), until=date(2026, 2, 21), hours=True
        )
    assert counted.hour is None


def test_a_day_of_closing_without_a_time_is_no_earlier_than_the_hour_it_came(manager, path):
    entered(manager, csv(path, row(办结时间="2026-02-20")))

    [order] = orders(manager)
    assert order.closed_at == order.received_at


def test_serial_numbers_of_a_spreadsheet_are_days(manager, tmp_path):
    path = xlsx(tmp_path / "a.xlsx", row(报修时间=46073.5, 办结时间=46074))
    entered(manager, path)

    [order] = orders(manager)
    assert order.received_at == datetime(2026, 2, 20, 4, tzinfo=UTC)


def test_what_is_open_stays_open_with_the_promise_of_everybody(manager, path):
    report = entered(manager, csv(path, row(状态="处理中", 办结时间="", 内容="电梯困人")))

    [order] = orders(manager)
    assert report.open == 1
    assert (order.state, order.urgency) == (OrderState.NEW, Urgency.EMERGENCY)
    assert order.due_at == order.received_at + timedelta(hours=1)


def test_what_is_open_for_years_is_told_and_is_overdue(manager, path):
    found = plan(manager, csv(path, row(报修时间="2019-05-01", 状态="", 办结时间="")))

    assert found.notes[Note.OLD_OPEN] == 1
    assert found.lines[0].order.is_open
    importing.enter(manager, found)
    [line] = book.lines(manager, book.found(manager, OrderQuery()))
    assert line.is_overdue
    assert line.clock.startswith("Overdue by 2,")


@pytest.mark.parametrize(
    ("state", "who", "stands", "does"),
    [
        ("处理中", "李师傅", OrderState.WORKING, "李师傅"),
        ("已派单", "李师傅 13800001234", OrderState.ASSIGNED, "李师傅"),
        ("待处理", "宏达电梯公司(010-62345678)", OrderState.ASSIGNED, "宏达电梯公司"),
        ("已完成", "李师傅", OrderState.CLOSED, "李师傅"),
        ("处理中", "无", OrderState.NEW, ""),
        ("处理中", "李师傅有癌症", OrderState.NEW, ""),
        ("待处理", "很" * 41, OrderState.NEW, ""),
    ],
)
def test_who_does_it_is_taken_over_without_an_account_or_it_is_said(
    manager, path, state, who, stands, does
):
    head = ("单号", "报修时间", "类型", "状态", "处理人", "办结时间")
    end = "2026-02-21" if stands is OrderState.CLOSED else ""
    found = plan(manager, csv(path, ("1", "2026-02-20", "维修", state, who, end), head=head))
    (line,) = found.lines

    assert (line.order.state, line.order.assignee) == (stands, does)
    is_lost = not does and who != "无"
    assert found.notes[Note.HAND_REFUSED] == is_lost
    assert found.notes[Note.NO_HAND] == (stands is OrderState.NEW and state == "处理中")


def test_what_is_open_for_years_can_be_entered_as_cancelled(manager, path, clock):
    old = row(报修时间="2019-05-01", 状态="", 办结时间="")
    entered(manager, csv(path, old), Choices(keeps_old_open=False))

    [order] = orders(manager)
    assert (order.state, order.closed_at) == (OrderState.CANCELLED, clock.now())


def test_done_without_a_day_is_closed_and_tells_no_time_for_the_work(manager, path):
    found = plan(manager, csv(path, row(办结时间="")))

    order = found.lines[0].order
    assert (order.state, order.finished_at) == (OrderState.CLOSED, None)
    assert found.notes[Note.NO_CLOSING] == 1


def test_a_list_that_never_tells_the_end_has_no_open_orders(manager, path):
    found = plan(manager, csv(path, ("1", "2026-02-20"), head=("单号", "报修时间")))

    assert (found.open, found.notes[Note.NO_CLOSING]) == (0, 1)


def test_a_cancelled_order_stays_cancelled(manager, path):
    found = plan(manager, csv(path, row(状态="已取消", 办结时间=""), row(单号="2", 状态="作废")))

    assert {line.order.state for line in found.lines} == {OrderState.CANCELLED}


def test_start_end_rating_and_the_colleague_are_taken_over(manager, path):
    head = ("单号", "报修时间", "开始时间", "完成时间", "办结时间", "处理人", "满意度", "类型")
    full = ("1", "2026-02-20 09:00", "2026-02-20 10:00", "2026-02-20 11:00", "2026-02-21 09:00")
    odd = ("2", "2026-02-20 09:00", "2026-02-20 08:00", "2026-02-22 11:00", "2026-02-21 09:00")
    found = plan(
        manager,
        csv(path, (*full, "王芳", "非常满意", "维修"), (*odd, "路人", "9", "维修"), head=head),
    )

    first, second = (line.order for line in found.lines)
    spans = [
        (one - first.received_at).seconds // 3600 for one in (first.started_at, first.finished_at)
    ]
    assert spans == [1, 2]
    assert (first.rating, len(first.assignee)) == (5, 32)
    assert (second.started_at, second.finished_at) == (None, None)
    assert (second.rating, second.assignee) == (None, "路人")
    assert found.notes[Note.TIME_ODD] == 2


def test_work_that_began_after_its_end_has_no_beginning(manager, tmp_path):
    came, began, done = (
        datetime.fromisoformat(f"2026-02-20 {at}") for at in ("09:30", "12:00", "11:00")
    )
    head = ("单号", "报修时间", "开始时间", "完成时间", "办结时间")
    rows = (("1", came, began, done, ""), ("2", came, began, done, came + timedelta(hours=9)))
    found = plan(manager, xlsx(tmp_path / "a.xlsx", *rows, head=head))

    order, closed_later = (line.order for line in found.lines)
    assert (order.received_at, order.started_at) == (NINE_THIRTY, None)
    assert order.finished_at == order.closed_at == NINE_THIRTY + timedelta(minutes=90)
    assert (closed_later.started_at, closed_later.finished_at) == (None, order.finished_at)


def test_an_open_order_goes_on_with_the_colleague_who_had_it(manager, path):
    head = ("单号", "报修时间", "开始时间", "办结时间", "处理人")
    rows = (
        ("1", "2026-02-20 09:00", "2026-02-20 10:00", "", "王芳"),
        ("2", "2026-02-20 09:00", "", "", "王芳"),
    )
    found = plan(manager, csv(path, *rows, head=head))

    states = [line.order.state for line in found.lines]
    assert states == [OrderState.WORKING, OrderState.ASSIGNED]


# ---- kinds ----------------------------------------------------------------------------------


def test_types_are_guessed_and_the_choice_of_a_person_wins(manager, path):
    strange = row(类型="Parks", 内容="")
    guess = plan(manager, csv(path, strange))
    chosen = plan(manager, path, Choices(services={"Parks": Service.CLEANING}))

    assert (guess.lines[0].order.service, guess.lines[0].order.kind) == (Service.OTHER, "Parks")
    assert chosen.lines[0].order.service is Service.CLEANING


@pytest.mark.parametrize("type_", ["", "请选择", "Please choose an issue..."])
def test_without_a_type_the_words_decide(manager, path, type_):
    found = plan(manager, csv(path, row(类型=type_), row(单号="2", 类型=type_, 内容="")))

    kinds = [(line.order.service, line.order.kind) for line in found.lines]
    assert kinds == [(Service.REPAIR, "plumbing"), (Service.OTHER, "other")]
    assert found.notes[Note.NO_TYPE] == 2


def test_the_kind_within_a_type_is_ours_by_name_else_as_written(manager, path):
    head = ("单号", "报修时间", "类型", "子类型", "内容")
    rows = (
        ("1", "2026-02-20", "维修", "电路", ""),
        ("2", "2026-02-20", "维修", "泳池", ""),
        ("3", "2026-02-20", "维修", "", "楼道灯坏了"),
        ("4", "2026-02-20", "维修", "这里写了一大段话" * 9, ""),
        ("5", "2026-02-20", "这里也写了一大段话" * 9, "", ""),
        ("6", "2026-02-20", "维修", "残疾人家中", ""),
        ("7", "2026-02-20", "", "电路", ""),
    )
    found = plan(manager, csv(path, *rows, head=head))

    kinds = [line.order.kind for line in found.lines]
    assert kinds == ["electric", "泳池", "electric", "维修", "其他", "维修", "electric"]
    assert found.notes[Note.RARE_KIND] == 1


def test_a_thousand_different_kinds_are_no_kinds(manager, path):
    rows = [(str(n), "2026-02-20", "维修", f"第{n}种") for n in range(300)]
    found = plan(manager, csv(path, *rows, head=("单号", "报修时间", "类型", "子类型")))

    kinds = [line.order.kind for line in found.lines]
    assert len(set(kinds)) == 200
    assert kinds[-1] == "维修"


# ---- who may, and stopping ------------------------------------------------------------------


@pytest.mark.parametrize("login", ["clerk", "reviewer"])
def test_who_may_not_import_cannot(office, manager, path, login):
    found = plan(manager, csv(path, row()))
    session = office.session(login)
    read = importing.read(manager, path)

    for act in (
        lambda: importing.examined(session, path),
        lambda: importing.read(session, path),
        lambda: importing.planned(session, read),
        lambda: importing.enter(session, found),
    ):
        with pytest.raises(DeniedError):
            act()


def test_stopping_at_any_step_leaves_nothing_behind(manager, path):
    class StopError(Exception):
        pass

    def stop(done, total):
        raise StopError

    csv(path, *(row(单号=str(n)) for n in range(1100)))
    with pytest.raises(StopError):
        importing.read(manager, path, progress=stop)
    read = importing.read(manager, path)
    with pytest.raises(StopError):
        importing.planned(manager, read, progress=stop)
    found = importing.planned(manager, read)
    with pytest.raises(StopError):
        importing.enter(manager, found, progress=stop)

    with manager.store.reading() as work:
        assert len(work.orders.ids(OrderQuery())) == 0
