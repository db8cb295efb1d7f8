"""What the words of another program's list mean here: types, states, satisfaction."""

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from pmdesk.domain.orders.kinds import Kind, Service
from pmdesk.domain.orders.names import SERVICES
from pmdesk.services.order_kinds import shipped

LONGEST_KIND = 40
_NOTHING = re.compile(
    r"[-–—_/.?？]*|请选.*|未选择?|未分类|暂无|无|空|(?:please )?(?:choose|select)\b.*|"
    r"n/?a|null|none|nan"
)
# the first that is heard counts: a complaint about cleaning is a complaint
_HEARD: tuple[tuple[Service, re.Pattern[str]], ...] = (
    (
        Service.COMPLAINT,
        re.compile(r"投诉|扰民|噪音|噪声|违建|态度|complain|\bnoise|quality of life|\benvironment"),
    ),
    (
        Service.ENQUIRY,
        re.compile(r"咨询|询问|建议|表扬|问询|查询|\benquir|\binquir|\bquestion|\bsuggest"),
    ),
    (
        Service.CLEANING,
        re.compile(
            r"保洁|清洁|清扫|卫生|垃圾|绿化|\bclean|\bsanita|\bwaste|\btrash|\bgarbage|\brubbish"
        ),
    ),
    (
        Service.SECURITY,
        re.compile(
            r"安保|保安|秩序|巡逻|治安|安全|安防|停车|车辆|消防|\bsecur|\bsafety|\bparking|\bpatrol|\btraffic"
        ),
    ),
    (
        Service.REPAIR,
        re.compile(
            r"维修|报修|修理|水电|水暖|管道|电路|照明|门窗|门禁|电梯|设施|设备|漏水|疏通|"
            r"\brepair|\bmaint|\bplumb|\bheat|\belectr|\bhousing|\bbuilding|\butilit|\blift|\belevator"
        ),
    ),
)


class Outcome(StrEnum):
    """What a state of another program says of an order."""

    OPEN = "open"
    WORKING = "working"  # open, and somebody is at it
    DONE = "done"
    CANCELLED = "cancelled"


_OUTCOMES: tuple[tuple[Outcome, re.Pattern[str]], ...] = (
    (
        Outcome.CANCELLED,
        re.compile(r".*(?:取消|作废|撤销|撤回|退单|无效).*|cancell?ed|void|withdrawn|duplicate"),
    ),
    (
        Outcome.WORKING,
        re.compile(r"(?!.*[未待停])(?:.*(?:处理|进行|维修|施工|办理)中|正在.*)|in ?progress"),
    ),
    (
        Outcome.OPEN,
        re.compile(
            r".*(?:未完成|未结|未办|未处理|未解决|未修|未关|未派|待|处理中|进行|受理中|已派|已接|接单|新建|跟进|暂停|挂起).*|否|×|✗|"
            r"open|new|pending|assigned|in ?progress|on ?hold|waiting"
        ),
    ),
    (
        Outcome.DONE,
        re.compile(
            r".*(?:完成|完工|办结|已结|结清|结单|关闭|关单|结束|结案|归档|已处理|处理完|解决|修好|修复|已评价|已回访).*|是|√|✓|✔|"
            r"closed?|done|completed?|finished|resolved|solved"
        ),
    ),
)
_SATISFACTION: Mapping[str, int] = {
    "非常满意": 5,
    "很满意": 5,
    "满意": 4,
    "基本满意": 3,
    "一般": 3,
    "不满意": 2,
    "非常不满意": 1,
    "很不满意": 1,
}
_STARS = re.compile(r"([1-5])(?:\.0)?(?:分|星|stars?)?")


def tidied(text: str) -> str:
    """In half width, without blanks at the ends and without doubled ones."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def is_placeholder(text: str) -> bool:
    """Whether nobody chose anything: “请选择…”, “Please choose an issue...”."""
    return _NOTHING.fullmatch(tidied(text).casefold()) is not None


@cache
def guessed(type_: str) -> Service:
    """The service that a type of another program sounds like; OTHER when like none."""
    plain = tidied(type_).casefold()
    known = _named(plain)
    if known is not None:
        return known.service
    for service, words in SERVICES.items():
        if plain in {words.zh, words.en.casefold(), service.value}:
            return service
    return next((service for service, heard in _HEARD if heard.search(plain)), Service.OTHER)


def kind_of(text: str, service: Service) -> Kind | None:
    """The kind of that service that goes by this name here."""
    known = _named(tidied(text).casefold())
    if known is not None and known.service is service:
        return known
    return None


@cache
def outcome(state: str) -> Outcome | None:
    """What the state says; None when it is not understood."""
    plain = tidied(state).casefold()
    return next((found for found, shape in _OUTCOMES if shape.fullmatch(plain)), None)


@cache
def stars(text: str) -> int | None:
    """One to five; None for anything else."""
    plain = tidied(text)
    found = _STARS.fullmatch(plain.casefold())
    return int(found.group(1)) if found else _SATISFACTION.get(plain)


@cache
def _named(plain: str) -> Kind | None:
    return next(
        (
            kind
            for kind in shipped().kinds
            if plain in {kind.code, kind.name.zh, kind.name.en.casefold()}
        ),
        None,
    )
