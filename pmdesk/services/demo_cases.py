"""What people of a demo office ask for: invented cases, how often, when, and in which words."""

from collections.abc import Mapping
from dataclasses import dataclass

from pmdesk.domain.orders.kinds import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One thing that is asked for again and again; with an area it is of what all share."""

    kind: str
    often: int  # out of all cases of its service
    words: str
    area: str = ""


CASES: Mapping[Service, tuple[Case, ...]] = {
    Service.REPAIR: (
        Case(kind="plumbing", often=18, words="厨房水龙头滴水"),
        Case(kind="plumbing", often=12, words="卫生间下水慢"),
        Case(kind="plumbing", often=6, words="卫生间顶上渗水"),
        Case(kind="electric", often=10, words="客厅插座没电"),
        Case(kind="electric", often=7, words="入户灯一直闪"),
        Case(kind="doors", often=8, words="入户门合页松了"),
        Case(kind="doors", often=4, words="阳台窗关不严"),
        Case(kind="indoor", often=6, words="厨房墙砖松动"),
        Case(kind="lift", often=8, words="电梯运行有异响", area="电梯"),
        Case(kind="access", often=7, words="单元门关不上", area="单元门"),
        Case(kind="facility", often=9, words="楼道灯不亮", area="楼道"),
        Case(kind="facility", often=5, words="儿童乐园座椅松动", area="中心花园"),
    ),
    Service.CLEANING: (
        Case(kind="stairs", often=10, words="楼道地面有污渍", area="楼道"),
        Case(kind="stairs", often=6, words="大堂地面有水", area="大堂"),
        Case(kind="waste", often=9, words="垃圾桶满了", area="垃圾房"),
        Case(kind="grounds", often=6, words="落叶较多", area="中心花园"),
        Case(kind="indoor_cleaning", often=5, words="家里有旧纸箱，请帮忙清走"),
    ),
    Service.SECURITY: (
        Case(kind="parking", often=10, words="车辆挡住出口", area="地面车位"),
        Case(kind="patrol", often=5, words="请夜间多巡一次", area="北门"),
        Case(kind="home_safety", often=4, words="入户门锁打不开，请人到场看护"),
        Case(kind="fire", often=3, words="消防栓门关不上", area="楼道"),
    ),
    Service.COMPLAINT: (
        Case(kind="noise", often=9, words="楼上夜里有响动"),
        Case(kind="hygiene", often=6, words="楼道堆放杂物"),
        Case(kind="order", often=4, words="宠物没有牵绳"),
        Case(kind="equipment", often=4, words="电梯等得太久"),
        Case(kind="fire_lane", often=2, words="消防通道停了车"),
        Case(kind="attitude", often=1, words="电话里答复不耐烦"),
    ),
    Service.ENQUIRY: (
        Case(kind="advice", often=8, words="询问装修登记怎么办"),
        Case(kind="advice", often=6, words="询问停车卡怎么办理"),
        Case(kind="proposal", often=3, words="建议增设晾衣处"),
    ),
    Service.OTHER: (Case(kind="other", often=1, words="代收大件快递"),),
}
CLUSTER = Case(kind="noise", often=1, words="二次装修施工到很晚")

# parts of a day's orders on an ordinary day
SHARES: Mapping[Service, float] = {
    Service.REPAIR: 0.42,
    Service.CLEANING: 0.17,
    Service.SECURITY: 0.13,
    Service.COMPLAINT: 0.12,
    Service.ENQUIRY: 0.12,
    Service.OTHER: 0.04,
}
# Monday to Sunday
WEEK: Mapping[Service, tuple[float, ...]] = {
    Service.REPAIR: (1.35, 1.1, 1.0, 1.0, 1.05, 0.9, 0.6),
    Service.CLEANING: (1.2, 1.0, 0.95, 0.95, 1.05, 1.1, 0.75),
    Service.SECURITY: (0.85, 0.85, 0.85, 0.9, 1.1, 1.3, 1.15),
    Service.COMPLAINT: (1.1, 0.9, 0.85, 0.9, 1.0, 1.2, 1.05),
    Service.ENQUIRY: (1.4, 1.15, 1.1, 1.05, 1.1, 0.7, 0.5),
    Service.OTHER: (1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0),
}
# public holidays, and the first days of work behind them
HOLIDAY: Mapping[Service, float] = {
    Service.REPAIR: 0.55,
    Service.CLEANING: 1.5,
    Service.SECURITY: 1.9,
    Service.COMPLAINT: 1.5,
    Service.ENQUIRY: 0.3,
    Service.OTHER: 1.6,
}
AFTERWARDS: Mapping[Service, float] = {
    Service.REPAIR: 1.8,
    Service.CLEANING: 1.4,
    Service.SECURITY: 1.0,
    Service.COMPLAINT: 1.3,
    Service.ENQUIRY: 1.7,
    Service.OTHER: 1.2,
}
# January to December: pipes freeze, summer nights are loud
YEAR: Mapping[Service, tuple[float, ...]] = {
    Service.REPAIR: (1.35, 1.2, 0.95, 0.9, 0.9, 1.0, 1.15, 1.15, 0.9, 0.9, 1.1, 1.25),
    Service.COMPLAINT: (0.8, 0.8, 0.9, 1.0, 1.1, 1.2, 1.35, 1.3, 1.1, 0.9, 0.8, 0.8),
}
# from midnight; the last ones are loud evenings
DAYTIME = (0, 0, 0, 0, 0, 1, 2, 5, 12, 16, 13, 9, 5, 7, 10, 10, 9, 8, 8, 7, 5, 3, 1, 0)
EVENING = (2, 1, 0, 0, 0, 0, 1, 2, 4, 5, 5, 4, 3, 4, 4, 5, 5, 6, 8, 11, 14, 15, 12, 6)
HOURS: Mapping[Service, tuple[int, ...]] = {
    Service.COMPLAINT: EVENING,
    Service.SECURITY: EVENING,
}

WORKERS: Mapping[Service, tuple[str, ...]] = {  # all of them in the crew of the rosters
    Service.REPAIR: ("钱师傅", "孔师傅", "严师傅"),
    Service.CLEANING: ("华大姐", "魏大姐"),
    Service.SECURITY: ("姜师傅", "戚师傅"),
}
OFFICE = ("水晓燕",)  # who takes care of what is no trade
