"""The columns of lists as offices keep them lead where they belong without anybody's help."""

import pytest

from pmdesk.services.exchange.headers import SECOND, Fate
from pmdesk.services.order_import import importing
from tests.services.order_import.lists import csv

LISTS = (
    (
        "报修时间=received_at 完成时间=finished_at 事项=words 楼栋=building 房号=room 类别=type "
        "处理人=assignee 状态=state"
    ),
    (
        "单号=order_number 房屋=room 报修人=person_name 电话= 渠道= 类型=type 描述=words 预约时间= "
        "图片= 派单方式= 处理人=assignee 用料= 状态=state 完成时间=finished_at 评分=rating 回访="
    ),
    (
        "日期=received_at 楼号=building 房号=room 业主姓名=person_name 报修事项=words "
        "维修人=assignee 维修结果=state 完成时间=finished_at 费用="
    ),
    (
        "接报时间=received_at 来电人=person_name 来电号码= 反映问题=words 问题类别=type "
        "所属楼栋=building 处理结果=state 处理时间=finished_at"
    ),
    (
        "工单号=order_number 创建时间=received_at 工单类型=type 工单内容=words 工单状态=state "
        "处理时间=started_at 完成时间=finished_at 评价=rating"
    ),
    "登记日期=received_at 事项=type 内容=words 地点=room_label 责任人=assignee 是否完成=state",
    "TicketNo.=order_number CreatedAt=received_at Category=type AssignedTo=assignee Status=state",
)


@pytest.mark.parametrize("listed", LISTS)
def test_a_column_leads_where_its_header_says(manager, path, listed):
    wanted = dict(one.split("=") for one in listed.split())
    found = importing.examined(manager, csv(path, [""] * len(wanted), head=wanted)).header

    assert {one.header: one.target for one in found.columns} == wanted


def test_a_second_column_for_the_same_is_left_out_and_the_better_known_one_read(manager, path):
    head = ("处理时间", "开始时间", "完成时间", "日期", "报修时间")
    found = importing.examined(manager, csv(path, [""] * 5, head=head)).header

    assert [one.target for one in found.columns] == [
        "",
        "started_at",
        "finished_at",
        "",
        "received_at",
    ]
    assert {one.reason for one in found.of(Fate.IGNORED)} == {SECOND}
