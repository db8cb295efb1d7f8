"""Who sees what of a person, where, and what it is that keeps it so: the one table of all masks."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pmdesk.domain.dimensions import INCOME
from pmdesk.domain.fairness import FAIRNESS
from pmdesk.domain.fields import Field, Home, Kind
from pmdesk.domain.staff import MATRIX, Permission, Role
from pmdesk.i18n import Words


class FieldClass(StrEnum):
    """What personal values have in common for whoever looks at them."""

    NAME = "name"
    ROOM = "room"
    CONTACT = "contact"  # the person's own number
    REACH = "reach"  # mail, post, and whom to call in an emergency
    ANSWERS = "answers"
    KEPT_OFF = "kept_off"  # answers that no list and no file shows
    INCOME = "income"
    NOTES = "notes"
    ORDERS = "orders"
    COMPLAINTS = "complaints"  # what somebody complains about, in words
    TIER = "tier"
    CONSENTS = "consents"
    SEALED = "sealed"
    ITEMS = "items"  # which help was agreed to
    STATEMENT = "statement"  # what the person says about a disputed value
    HELD = "held"
    QUARANTINE = "quarantine"
    SAMPLE = "sample"  # answers to the fairness check
    ARCHIVE = "archive"
    LOG = "log"


class Sight(StrEnum):
    """How much of a value is seen."""

    SHOWN = "shown"
    REASON = "reason"  # masked, and shown after a reason was given, which is logged
    MASKED = "masked"
    HIDDEN = "hidden"


class Place(StrEnum):
    """Where values are seen; what is copied or printed is what stands in its place."""

    PAGE = "page"  # of the person, and forms and papers about that one person
    LIST = "list"  # lists, their order, the clipboard and what is printed of them
    SEARCH = "search"  # a typed value leads to the person
    FILE = "file"  # what leaves the office about many


class Guard(StrEnum):
    """What keeps somebody from what the role does not cover; the weaker come last."""

    ENCRYPTION = "encryption"  # no key, or no signature that counts: no program helps
    DETECTED = "detected"  # another program could, and a check of the log finds it
    APP = "app"  # pmdesk refuses; another program with the own key could read it


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One class of values: `opens` is the permission that gives `opened` instead of `page`."""

    label: Words
    what: Words
    page: Sight
    opens: Permission | None = None
    opened: Sight = Sight.SHOWN
    lists: Sight = Sight.HIDDEN
    search: Sight = Sight.HIDDEN
    files: Sight = Sight.HIDDEN
    files_opened: Sight | None = None  # for whoever may export and reveal
    is_sealed: bool = False  # nothing but the key of sealed fields opens it


_SHOWN, _REASON, _MASKED, _HIDDEN = Sight.SHOWN, Sight.REASON, Sight.MASKED, Sight.HIDDEN

LINES: Mapping[FieldClass, Line] = {
    FieldClass.NAME: Line(
        label=Words("姓名", "Name"),
        what=Words(
            "本人页面显示全名；列表里只留姓", "In full on the person's page, masked in lists"
        ),
        page=_SHOWN,
        lists=_MASKED,
        search=_SHOWN,
        files=_MASKED,
        files_opened=_REASON,
    ),
    FieldClass.ROOM: Line(
        label=Words("房号和身份", "Room and role"),
        what=Words(
            "要求保密的住户，列表和搜索里都不显示房号",
            "Not in lists or searches for those who asked for confidentiality",
        ),
        page=_SHOWN,
        lists=_SHOWN,
        search=_SHOWN,
        files=_SHOWN,
    ),
    FieldClass.CONTACT: Line(
        label=Words("本人手机号", "The person's own number"),
        what=Words(
            "搜索只认末四位或完整号码", "Found by its last four digits or as a whole number"
        ),
        page=_MASKED,
        opens=Permission.REVEAL,
        opened=_REASON,
        lists=_MASKED,
        search=_MASKED,
        files=_MASKED,
        files_opened=_REASON,
    ),
    FieldClass.REACH: Line(
        label=Words("紧急联系人、邮箱、通信地址", "Emergency contact, e-mail, postal address"),
        what=Words(
            "紧急时马上要用，打开住户页即可见，打开会记录",
            "Needed at once in an emergency: seen on the page, and opening the page is logged",
        ),
        page=_MASKED,
        opens=Permission.REVEAL,
    ),
    FieldClass.ANSWERS: Line(
        label=Words("服务需求等填写内容", "Answers about services"),
        what=Words(
            "经本人同意才填写；打开住户页会记录", "Under consent; opening the page is logged"
        ),
        page=_SHOWN,
    ),
    FieldClass.KEPT_OFF: Line(
        label=Words("不进列表的填写内容", "Answers kept off all lists"),
        what=Words(
            "缴费状态、保密要求等；解释等级时前台看不到",
            "Payment state, confidentiality and so on; the front desk is not told them as reasons",
        ),
        page=_SHOWN,
    ),
    FieldClass.INCOME: Line(
        label=Words("月收入区间", "Income band"),
        what=Words("默认不收集；启用后也不进列表和导出", "Off by default; never in lists or files"),
        page=_SHOWN,
    ),
    FieldClass.NOTES: Line(
        label=Words("服务备注", "Service notes"),
        what=Words("只写维修，一年后自动删除", "About repairs only, gone after a year"),
        page=_SHOWN,
    ),
    FieldClass.ORDERS: Line(
        label=Words("工单内容", "What work orders say"),
        what=Words("住户离开或要求删除后，只留统计", "Only counts stay of who left or was erased"),
        page=_SHOWN,
        lists=_SHOWN,
    ),
    FieldClass.COMPLAINTS: Line(
        label=Words("投诉原文", "Words of complaints"),
        what=Words(
            "登记人和处理人也能看；打开会记录",
            "Also for who registered or handles it; opening it is logged",
        ),
        page=_HIDDEN,
        opens=Permission.SEE_COMPLAINTS,
    ),
    FieldClass.TIER: Line(
        label=Words("服务等级和标签", "Service tier and tags"),
        what=Words("看理由会记录", "Looking at the reasons is logged"),
        page=_SHOWN,
        lists=_SHOWN,
        search=_SHOWN,
        files=_SHOWN,
    ),
    FieldClass.CONSENTS: Line(
        label=Words("同意和撤回记录", "Consents and withdrawals"),
        what=Words("列表只显示状态", "Lists show the state alone"),
        page=_SHOWN,
        lists=_SHOWN,
        files=_SHOWN,
    ),
    FieldClass.SEALED: Line(
        label=Words("密封字段（车牌等）", "Sealed fields (number plate and so on)"),
        what=Words(
            "前台能写入，写完自己也读不回", "The front desk writes them and cannot read back"
        ),
        page=_HIDDEN,
        opens=Permission.OPEN_SEALED,
        opened=_REASON,
        is_sealed=True,
    ),
    FieldClass.ITEMS: Line(
        label=Words("单项同意的帮助（敏感）", "Help agreed to item by item (sensitive)"),
        what=Words("写明理由后逐项打开", "Opened one by one, each for a reason"),
        page=_HIDDEN,
        opens=Permission.OPEN_SEALED,
        opened=_REASON,
        is_sealed=True,
    ),
    FieldClass.STATEMENT: Line(
        label=Words("本人对有争议内容的说明", "The person's words on a disputed value"),
        what=Words("只写进给本人的资料副本", "Only in the copy of the data made for the person"),
        page=_HIDDEN,
        is_sealed=True,
    ),
    FieldClass.HELD: Line(
        label=Words("等待重新同意的旧内容", "Entries waiting for a new consent"),
        what=Words(
            "三十天后清除；重新同意才恢复", "Erased after 30 days unless consent is given anew"
        ),
        page=_HIDDEN,
        is_sealed=True,
    ),
    FieldClass.QUARANTINE: Line(
        label=Words("误收后隔离的内容", "What was collected by mistake"),
        what=Words("无人能看，只能恢复或销毁", "Nobody reads it: it is put back or erased"),
        page=_HIDDEN,
        is_sealed=True,
    ),
    FieldClass.SAMPLE: Line(
        label=Words("公平性检查的回答", "Answers to the fairness check"),
        what=Words("与本人分开存放，只出分组数字", "Kept apart; only figures of groups come out"),
        page=_HIDDEN,
        is_sealed=True,
    ),
    FieldClass.ARCHIVE: Line(
        label=Words("已归档住户的资料", "Archived residents"),
        what=Words("写明理由后打开，逐人记录", "Opened for a reason, logged person by person"),
        page=_HIDDEN,
        opens=Permission.OPEN_ARCHIVE,
        opened=_REASON,
        is_sealed=True,
    ),
    FieldClass.LOG: Line(
        label=Words("操作记录里的前后内容", "Values before and after, in the log"),
        what=Words(
            "查看会记录；联系方式按本表遮盖", "Looking is logged; contacts are masked as above"
        ),
        page=_HIDDEN,
        opens=Permission.SEE_AUDIT,
        lists=_HIDDEN,
    ),
}

# who holds the key of sealed fields; the vault gives it by the same rule
KEYHOLDERS = frozenset(role for role in Role if Permission.OPEN_SEALED in MATRIX[role])

_SEALED_ACTS = frozenset(
    {Permission.OPEN_SEALED, Permission.OPEN_ARCHIVE, Permission.RESOLVE_QUARANTINE}
)
_SIGNED_ACTS = frozenset({Permission.MANAGE_STAFF, Permission.BACK_UP})  # of administrators alone
_LOOKS = frozenset(
    {
        Permission.SEE_RESIDENTS,
        Permission.REVEAL,
        Permission.SEE_CLASSIFICATION,
        Permission.SEE_CHARTS,
        Permission.EXPORT,
        Permission.SEE_RULES,
        Permission.SEE_RECORDS,
        Permission.SEE_AUDIT,
        Permission.SEE_ORDERS,
        Permission.SEE_COMPLAINTS,
    }
)
_STRENGTH = tuple(Guard)

_REACHES = frozenset({"mail_address", "emergency_contact"})
_BY_KEY: Mapping[str, FieldClass] = {
    "person_name": FieldClass.NAME,
    "mobile": FieldClass.CONTACT,
    "unit_ref": FieldClass.ROOM,
    "party_role": FieldClass.ROOM,
    "note_service": FieldClass.NOTES,
    "work_orders": FieldClass.ORDERS,
    "complaints": FieldClass.COMPLAINTS,
    "service_plan": FieldClass.TIER,
    "service_tags": FieldClass.TIER,
    INCOME: FieldClass.INCOME,
}


def class_of(field: Field) -> FieldClass:
    """The class of what the field holds."""
    if field.home is Home.SEALED:
        return FieldClass.SAMPLE if field.purpose == FAIRNESS else FieldClass.SEALED
    if field.home is Home.ITEMS:
        return FieldClass.ITEMS
    if field.key in _BY_KEY:
        return _BY_KEY[field.key]
    if field.kind in {Kind.PHONE, Kind.EMAIL} or field.key in _REACHES:
        return FieldClass.REACH
    return FieldClass.KEPT_OFF if field.restricted else FieldClass.ANSWERS


def sight(role: Role, kind: FieldClass, place: Place = Place.PAGE) -> Sight:
    """How much a role sees of such a value in that place."""
    line, may = LINES[kind], MATRIX[role]
    if place is Place.PAGE:
        return line.opened if line.opens in may else line.page
    if place is Place.FILE:
        if Permission.EXPORT not in may:
            return Sight.HIDDEN
        opens = line.files_opened is not None and Permission.REVEAL in may
        return line.files_opened or line.files if opens else line.files
    return line.lists if place is Place.LIST else line.search


def kept_by(role: Role, kind: FieldClass) -> Guard:
    """What keeps a role from such values where it does not see them."""
    is_locked = LINES[kind].is_sealed and role not in KEYHOLDERS
    return Guard.ENCRYPTION if is_locked else Guard.APP


def barred_by(role: Role, permission: Permission) -> Guard:
    """What keeps a role from an act that it does not cover."""
    if permission in _SIGNED_ACTS or (permission in _SEALED_ACTS and role not in KEYHOLDERS):
        return Guard.ENCRYPTION
    if permission in _LOOKS or permission in _SEALED_ACTS:
        return Guard.APP
    return Guard.DETECTED


def guard(permission: Permission) -> Guard:
    """What keeps everybody else from the act: of several the weakest, so that none is overrated."""
    others = [role for role in Role if permission not in MATRIX[role]] or list(Role)
    return max((barred_by(role, permission) for role in others), key=_STRENGTH.index)


def guard_of(kind: FieldClass) -> Guard:
    """What keeps those from such values who do not see them; of several the weakest."""
    blind = [role for role in Role if sight(role, kind) in {Sight.HIDDEN, Sight.MASKED}]
    return max((kept_by(role, kind) for role in blind or Role), key=_STRENGTH.index)
