"""What services, urgencies, states, moves and ways of asking are called on every page."""

from collections.abc import Mapping

from pmdesk.domain.orders.kinds import Service, Urgency
from pmdesk.domain.orders.order import Deed, Move, OrderChannel, OrderState
from pmdesk.i18n import Words

SERVICES: Mapping[Service, Words] = {
    Service.REPAIR: Words("维修", "Repair"),
    Service.CLEANING: Words("保洁", "Cleaning"),
    Service.SECURITY: Words("安保", "Security"),
    Service.COMPLAINT: Words("投诉", "Complaint"),
    Service.ENQUIRY: Words("咨询建议", "Enquiry"),
    Service.OTHER: Words("其他", "Other"),
}
URGENCIES: Mapping[Urgency, Words] = {
    Urgency.EMERGENCY: Words("紧急", "Emergency"),
    Urgency.URGENT: Words("急", "Urgent"),
    Urgency.NORMAL: Words("一般", "Normal"),
}
STATES: Mapping[OrderState, Words] = {
    OrderState.NEW: Words("新建", "New"),
    OrderState.ASSIGNED: Words("已派", "Assigned"),
    OrderState.WORKING: Words("处理中", "In hand"),
    OrderState.WAITING: Words("等住户", "Waiting for the resident"),
    OrderState.CALLBACK: Words("待回访", "To be called back"),
    OrderState.CLOSED: Words("已结", "Closed"),
    OrderState.CANCELLED: Words("已取消", "Cancelled"),
    OrderState.MERGED: Words("已合并", "Merged"),
}
CHANNELS: Mapping[OrderChannel, Words] = {
    OrderChannel.COUNTER: Words("前台", "At the counter"),
    OrderChannel.PHONE: Words("电话", "By phone"),
    OrderChannel.STAFF: Words("员工发现", "Seen by staff"),
    OrderChannel.WRITING: Words("书面", "In writing"),
    OrderChannel.IMPORT: Words("导入", "Imported"),
}
WAYS: Mapping[str, Words] = {  # by which a service can be asked for, as plans promise it
    "counter": Words("前台", "counter"),
    "phone": Words("电话", "phone"),
    "writing": Words("书面", "in writing"),
    "visit": Words("上门", "at home"),
    "contact": Words("专人联系", "own contact"),
}
MOVES: Mapping[Move, Words] = {
    Move.ASSIGN: Words("派单", "Assign"),
    Move.SEND_BACK: Words("退回", "Send back"),
    Move.START: Words("开始", "Start"),
    Move.WAIT: Words("等住户", "Wait for the resident"),
    Move.RESUME: Words("继续", "Resume"),
    Move.FINISH: Words("完成", "Finish"),
    Move.REDO: Words("返工", "Do it again"),
    Move.CLOSE: Words("结单", "Close"),
    Move.CANCEL: Words("取消", "Cancel"),
    Move.MERGE: Words("合并", "Merge"),
    Move.REOPEN: Words("重开", "Reopen"),
}
DEEDS: Mapping[Deed, Words] = {
    Deed.RECEIVED: Words("登记", "Received"),
    Deed.URGED: Words("催单", "Urged"),
    Deed.CHANGED: Words("修改", "Changed"),
    Deed.CALLED_BACK: Words("回访", "Called back"),
    Deed.IMPORTED: Words("导入", "Imported"),
    Deed.TAKEN_BACK: Words("撤回", "Taken back"),
}


def act_name(act: str) -> Words:
    """What a step of the history is called; the bare code for one of a newer version."""
    if act in set(Move):
        return MOVES[Move(act)]
    return DEEDS[Deed(act)] if act in set(Deed) else Words(act, act)
