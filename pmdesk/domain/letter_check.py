"""What may not stand in a text that hangs on a notice board or asks for money (PIPL 25)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from pmdesk.i18n import N_


class Use(StrEnum):
    """Where a text goes: to be seen by everybody, or to one person who owes something."""

    NOTICE_BOARD = "notice_board"
    DUNNING = "dunning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """A passage that may not stay, and why."""

    passage: str
    sentence: str  # message id with a place for the passage


_NAME = N_("“{passage}”: no names on a notice board: use unit ranges or codes (PIPL 25)")
_PHONE = N_("“{passage}”: no phone numbers of residents on a notice board (PIPL 25)")
_AMOUNT = N_("“{passage}”: no amounts of money on a notice board (PIPL 25)")
_THREAT = N_(
    "“{passage}”: a letter threatens neither to cut supplies nor to bar entry (Civil Code 944)"
)

# placeholders of a template that would be filled with somebody's data
_PLACES = {
    _NAME: re.compile(r"[{＜<【\[](?:姓名|业主姓名|户主|name|person_name|resident)[}＞>】\]]"),
    _PHONE: re.compile(r"[{＜<【\[](?:电话|手机|手机号|phone|mobile)[}＞>】\]]"),
    _AMOUNT: re.compile(r"[{＜<【\[](?:金额|欠费|欠费金额|欠缴金额|amount|arrears)[}＞>】\]]"),
}
_TITLED = re.compile(
    r"[\u4e00-\u9fff]{1,3}(?:先生|女士|小姐)|[姓名户主]{2}[:：]\s*[\u4e00-\u9fff]{2,4}"
)
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)|(?<!\d)1[3-9]\d[*×xX]{4}\d{4}(?!\d)")
_MONEY = re.compile(r"[¥￥]\s*\d|\d[\d,.]*\s*(?:元|万元|块)|RMB\s*\d", re.IGNORECASE)
_CUT = "(?:停止|切断|掐断|中断|暂停|限制|停|断|掐)(?:供应|供)?(?:自来|燃|天然|暖)?[水电气热暖]"
_THREATS = re.compile(
    rf"(?:{_CUT}[、，和或]?)+"
    r"|(?:禁止|限制|不得|不准|不予|拒绝)(?:[^，。；\n]{0,6})(?:进入|出入|通行|放行|入内)"
    r"|(?:锁|停用|注销|取消)(?:[^，。；\n]{0,4})(?:门禁|门卡|电梯卡)"
    r"|cut\s+off\s+(?:the\s+|your\s+)?(?:water|power|electricity|gas|heat)",
    re.IGNORECASE,
)
_OF_MONEY = re.compile("欠|缴|逾期|拖延|催|arrears|overdue", re.IGNORECASE)  # else it is an outage
_DENIED = re.compile(r"(?:不会|不得|不能|严禁|绝不)(?:以)?(?:采取)?$")


def flaws(text: str, use: Use) -> tuple[Flaw, ...]:
    """What must go before the text is used, in the order of the text."""
    asks_money = use is Use.DUNNING or _OF_MONEY.search(text)
    found = [*_threats(text)] if asks_money else []
    if use is Use.NOTICE_BOARD:
        for sentence, pattern in (
            *_PLACES.items(),
            (_NAME, _TITLED),
            (_PHONE, _MOBILE),
            (_AMOUNT, _MONEY),
        ):
            found += [(hit.start(), Flaw(passage=hit[0], sentence=sentence))
                      for hit in pattern.finditer(text)]  # fmt: skip
    return tuple(flaw for _place, flaw in sorted(found, key=lambda pair: pair[0]))


def _threats(text: str) -> Iterator[tuple[int, Flaw]]:
    """Threats; a sentence that says it will not be done is none."""
    for hit in _THREATS.finditer(text):
        before = text[max(0, hit.start() - 6) : hit.start()]
        if not _DENIED.search(before):
            yield hit.start(), Flaw(passage=hit[0], sentence=_THREAT)
