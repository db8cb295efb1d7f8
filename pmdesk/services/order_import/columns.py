"""What the columns of a list of work orders are called, and where each of them leads."""

import re
from enum import StrEnum

from pmdesk.i18n import N_
from pmdesk.services.exchange.headers import Target
from pmdesk.services.exchange.vocabulary import Vocabulary


class OrderTarget(StrEnum):
    """The parts of a past order."""

    SOURCE = "order_number"
    RECEIVED = "received_at"
    STARTED = "started_at"
    FINISHED = "finished_at"
    CLOSED = "closed_at"
    STATE = "state"
    TYPE = "type"
    SUBTYPE = "subtype"
    WORDS = "words"
    BUILDING = Target.BUILDING.value
    ENTRANCE = Target.ENTRANCE.value
    ROOM = Target.ROOM.value
    LABEL = Target.LABEL.value
    AREA = "area"
    NAME = Target.NAME.value
    ASSIGNEE = "assignee"
    RATING = "rating"


NO_PHONE = N_("numbers to call back go when an order is closed: those of residents are on record")
NO_PICTURES = N_("pictures and other files are not taken over")

_DAY = "(?:日期|时间|日|时刻)"
_ORDER = "(?:工单|订单|报修|报事|事件|事项|任务|维修|投诉|问题|诉求|服务|受理|单据)?"

ORDERS = Vocabulary(
    shapes=tuple(
        (target, re.compile(pattern))
        for target, pattern in (
            (
                OrderTarget.SOURCE,
                (
                    f"{_ORDER}(?:单号|编号|流水号|编码|号码)|(?:工单|订单|报修|报事|受理|任务|单据)号|工单id|"
                    r"uniquekey|(?:order|ticket|case|request)(?:no\.?|number|id|#)|key"
                ),
            ),
            (
                OrderTarget.RECEIVED,
                (
                    "报修时间|报修日期|报事时间|投诉时间|受理时间|创建时间|提交时间|登记时间|"
                    f"(?:报修|报事|报障|接报|投诉|受理|登记|提交|创建|来电|接单|下单|提单|申请|发起|上报|反映|开单){_DAY}|"
                    "opendate|opened(?:date|at)?|create(?:d)?(?:date|at|time)?|received(?:date|at)?|"
                    f"dateopened|{_DAY}"
                ),
            ),
            (
                OrderTarget.STARTED,
                f"(?:开始|上门|到场|到达|开工|开始处理|开始维修){_DAY}|start(?:ed)?(?:date|at|time)?",
            ),
            (
                OrderTarget.FINISHED,
                (
                    "完成时间|完成日期|完工时间|完工日期|"
                    f"(?:完成|完工|维修完成|处理完成|实际完成|解决|修复|处理|维修){_DAY}|"
                    "(?:finished|completed|resolved)(?:date|at)?"
                ),
            ),
            (OrderTarget.STARTED, f"(?:处理|维修){_DAY}"),
            (
                OrderTarget.CLOSED,
                f"(?:办结|结单|关闭|关单|结束|结案|归档|回访){_DAY}|closedate|closed(?:date|at)?|dateclosed",
            ),
            (
                OrderTarget.STATE,
                (
                    "状态|工单状态|处理状态|当前状态|"
                    f"{_ORDER}(?:状态|进度|完成情况|处理情况|办理情况|处理结果|办理结果|结果)|"
                    "是否(?:完成|办结|解决|修好|处理)|status|state"
                ),
            ),
            (
                OrderTarget.SUBTYPE,
                (
                    f"{_ORDER}(?:子类|子类型|二级分类|二级类型|小类|细类|具体类型|项目|故障类型|故障类别)|descriptor|"
                    "subtype|subcategory"
                ),
            ),
            (
                OrderTarget.TYPE,
                (
                    f"{_ORDER}(?:类型|类别|分类|种类|一级分类|一级类型|大类|性质)|complainttype|"
                    "(?:order|request|issue|problem|service)?(?:type|category)"
                ),
            ),
            (
                OrderTarget.WORDS,
                (
                    "内容|描述|报修内容|报事内容|投诉内容|问题描述|故障描述|"
                    f"{_ORDER}(?:内容|描述|说明|事项|详情|情况|故障描述|问题|诉求|故障现象|事由)|"
                    "反映(?:内容|问题|情况|事项)|description|details|words"
                ),
            ),
            (OrderTarget.TYPE, f"{_ORDER}事项"),
            (
                OrderTarget.BUILDING,
                "(?:所属|所在)?(?:楼号|楼栋|楼栋号|栋|栋号|幢|幢号|座|座号|楼幢|楼宇|楼)|楼栋名称|building(?:no)?",
            ),
            (OrderTarget.ENTRANCE, "单元|单元号|单元名称|梯号|门栋|entrance"),
            (
                OrderTarget.LABEL,
                (
                    "房屋信息|房屋地址|房产信息|房产|房号信息|楼栋房号|楼栋单元房号|"
                    f"(?:详细|具体|房屋)(?:地址|位置|地点)|{_ORDER}(?:地址|位置|地点)|"
                    "roomlabel|location"
                ),
            ),
            (
                OrderTarget.ROOM,
                "房号|房屋|房屋号|房间|房间号|房屋编号|室|室号|门牌|门牌号|户号|room(?:no)?|unitno",
            ),
            (OrderTarget.AREA, "公共区域|公区|区域|公共部位|部位|area"),
            (
                OrderTarget.NAME,
                (
                    "(?:报修|报事|投诉|申请|反映|来电|提交|联系)人(?:姓名)?|业主(?:姓名)?|住户(?:姓名)?|客户(?:姓名)?|"
                    "姓名|(?:caller|customer|owner|requester)(?:name)?|name"
                ),
            ),
            (
                OrderTarget.ASSIGNEE,
                (
                    "(?:处理|维修|负责|受理|派单|执行|跟进|接单)(?:人|人员|员|师傅)(?:姓名)?|责任人|经办人|"
                    "assignee|assignedto|worker"
                ),
            ),
            (
                OrderTarget.RATING,
                "评分|满意度|评价(?:星级|分数)?|星级|服务评分|rating|satisfaction|stars",
            ),
        )
    ),
    meta=re.compile(
        "序号|备注|小区|小区名称|费用|金额|材料|渠道|来源|id|no|zip|city|borough|channel"
    ),
    example=N_("One row must name the columns, such as 单号, 报修时间, 类型, 楼栋, 内容."),
    codes=frozenset((OrderTarget.SOURCE,)),
    left_out={
        NO_PHONE: re.compile(
            "(?:报修|报事|投诉|联系|业主|住户|客户|来电|回访)?(?:人)?(?:电话|手机|手机号|手机号码|电话号码|联系方式|号码)"
            "[0-9]?|(?:phone|mobile|tel|telephone|callback)(?:no|number)?"
        ),
        NO_PICTURES: re.compile(".*(?:图片|照片|附件|录音).*|pictures?|photos?|attachments?"),
    },
)
