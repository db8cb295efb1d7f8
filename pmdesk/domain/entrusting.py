"""Processors, recipients and joint handlers: what an entry must say before it may stand."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from pmdesk.domain.fields import Problem
from pmdesk.domain.records import Document
from pmdesk.errors import RefusedError
from pmdesk.i18n import N_

PROCESSOR, DISCLOSURE, JOINT, SUPPORT = "processor", "disclosure", "joint", "support"
CHECK_DAYS = 365  # a processor is looked at once a year
ALL_SERVICES = frozenset({"cleaning", "order", "repair", "green", "desk"})
MOVES_ALONG = frozenset({"handover", "merger"})  # occasions of which everybody is told before
CLAUSES = ("incident_duty", "no_sub", "may_check", "gives_back")


_SHORTEST = 2  # characters of a company's short name that are its own
_COMMON = re.compile(
    "(?:有限|责任|股份|集团|公司|保洁|清洁|家政|绿化|电梯|保安|物业|管理|服务|工程|维修|经营|中心)[部队社店站]?"
)
_PLACES = re.compile(
    "(?:中国|北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南"
    "|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|西藏|宁夏|新疆|香港|澳门|石家庄|太原|沈阳|大连|长春|哈尔滨|南京|苏州|杭州"
    "|宁波|合肥|福州|厦门|南昌|济南|青岛|郑州|武汉|长沙|广州|深圳|南宁|海口|成都|贵阳|昆明|西安|兰州|西宁|呼和浩特|拉萨"
    "|银川|乌鲁木齐)[省市]?"
)
_WHOLE = 4  # characters of a name that is enough as it stands on record
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_BETWEEN = re.compile(r"[\s,;，；、]+")


def processor_problems(document: Document) -> tuple[Problem, ...]:
    """Clauses that the contract lacks (PIPL 21, 59), and an end without its proof."""
    found = {
        key: N_("The contract must say this before anything is handed over")
        for key in CLAUSES
        if document.get(key) is not True
    }
    if document.get("ended_on") is not None and not _text(document, "end_proof"):
        found["end_proof"] = N_("At the end data are returned or deleted: enter the confirmation")
    if _text(document, "check_result") and document.get("checked_on") is None:
        found["checked_on"] = N_("Enter the day of the check")
    return _as_problems(found)


def takes_everything(documents: Iterable[Document]) -> tuple[str, ...]:
    """Names of companies that were given all services at once (物业管理条例 39)."""
    given: dict[str, set[str]] = {}
    for document in documents:
        services = document.get("services")
        if isinstance(services, tuple):
            held = given.setdefault(_text(document, "name"), set())
            held.update(str(code) for code in services)
    return tuple(name for name, held in given.items() if held >= ALL_SERVICES)


def is_registered(worker: str, names: Iterable[str]) -> bool:
    """Whether it is one of these companies, or somebody of one: “安洁保洁 李师傅” of “安洁保洁”.

    A part of a name is enough when it is that company's own: “安洁”, not “保洁” or “北京”.
    """
    wanted = _BETWEEN.sub("", worker)
    known = [name for one in names if (name := _BETWEEN.sub("", one))]
    return any((name in wanted and _is_own(name)) or _is_part(wanted, name) for name in known)


def _is_own(name: str) -> bool:
    """Whether a name on record tells one company from others."""
    return len(name) >= _WHOLE or len(_bare(name)) >= _SHORTEST


def _is_part(wanted: str, name: str) -> bool:
    """Whether it is how the company is called: nothing of its own comes after that part."""
    if len(_bare(wanted)) < _SHORTEST:
        return False
    _before, found, after = _BRACKETS.sub("", name).partition(wanted)
    return bool(found) and not _bare(after)


def _bare(name: str) -> str:
    """What is the company's own of its name: no trade, no legal form, no place."""
    return _PLACES.sub("", _COMMON.sub("", name))


def is_check_due(document: Document, began_on: date, today: date) -> bool:
    """Whether the yearly look at a processor is due."""
    last = document.get("checked_on")
    return (today - (last if isinstance(last, date) else began_on)).days >= CHECK_DAYS


def has_ended(document: Document, today: date) -> bool:
    """Whether the work is over: an end was entered, or the period has run out."""
    ended, period = document.get("ended_on"), document.get("period")
    last = period[1] if isinstance(period, tuple) and len(period) == 2 else None  # noqa: PLR2004  # from and to
    days = [day for day in (ended, last) if isinstance(day, date)]
    return bool(days) and min(days) < today


def refuse_open_end(document: Document) -> None:
    """RefusedError while nobody confirmed that the data were returned or deleted."""
    if document.get("ended_on") is None or not _text(document, "end_proof"):
        raise RefusedError(
            N_("The processor has not confirmed that data were returned or deleted."),
            N_("Enter the day of the end and the confirmation first (PIPL 21)."),
        )


def disclosure_problems(document: Document) -> tuple[Problem, ...]:
    """What forbids the provision, or leaves it without a basis."""
    found = dict(_baseless(document))
    if document.get("foreign") is True:
        found["foreign"] = STOP
    if document.get("scope_checked") is not True:
        found["scope_checked"] = N_("Check the scope first: nothing beyond the request")
    if document.get("occasion") == "authority" and not _text(document, "officer"):
        found["officer"] = N_("Enter who came and how the identity was checked")
    if document.get("occasion") in MOVES_ALONG and document.get("told_on") is None:
        found["told_on"] = N_("First tell every resident the recipient's name and contact")
    return _as_problems(found)


def _baseless(document: Document) -> Iterator[tuple[str, str]]:
    if document.get("basis") == "consent" and not _has_all_receipts(document):
        yield (
            "consents",
            N_(
                "Enter the receipt number of the separate consent of each person; whoever has none"
                " is left out"
            ),
        )
    if document.get("basis") == "statute":
        for key in ("statute", "paper"):
            if not _text(document, key):
                yield key, N_("A statute needs its article and the document's number")


def _has_all_receipts(document: Document) -> bool:
    people = document.get("people")
    receipts = {one for one in _BETWEEN.split(_text(document, "consents")) if one}
    return len(receipts) >= max(people if isinstance(people, int) else 0, 1)


STOP = N_(
    "Stop: without approval of the competent Chinese authority nothing is given to courts or"
    " police abroad (PIPL 41). Refer them to the authority; nothing can be approved here"
)


def refuse_foreign(document: Document) -> None:
    """RefusedError for a request from abroad, whoever wants to approve it."""
    if document.get("foreign") is True:
        raise RefusedError(
            STOP, N_("Write down the request and tell the person responsible.")
        ).coded("E_FOREIGN_REQUEST")


def support_problems(document: Document) -> tuple[Problem, ...]:
    """No session without the office's consent on record."""
    if document.get("consented") is True:
        return ()
    return _as_problems({"consented": N_("Without the office's consent nobody looks")})


def _as_problems(found: Mapping[str, str]) -> tuple[Problem, ...]:
    return tuple(Problem(key=key, sentence=sentence) for key, sentence in found.items())


def _text(document: Document, key: str) -> str:
    return str(document.get(key) or "").strip()
