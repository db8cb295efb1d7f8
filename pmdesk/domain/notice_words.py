"""Words that no notice may hold, because a consent to them would be void or misled."""

import re
from dataclasses import dataclass

from pmdesk.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Banned:
    """A way to say something that the law does not let anybody agree to."""

    key: str
    pattern: re.Pattern[str]
    sentence: str  # message id with the place {words}
    article: str
    purposes: frozenset[str] = frozenset()  # none named: every notice


def _either(*parts: str) -> re.Pattern[str]:
    return re.compile("|".join(parts), re.IGNORECASE)


BANNED: tuple[Banned, ...] = (
    Banned(
        key="unlimited",
        pattern=_either(
            "无期限",
            "无限期",
            "永久(?:保存|有效|使用)",
            r"without (?:any )?time limit",
            "indefinitely",
            "perpetual",
        ),
        sentence=N_("“{words}”: a consent without an end is void. Say how long it lasts."),
        article="法释〔2021〕15号 11",
    ),
    Banned(
        key="irrevocable",
        pattern=_either("不可撤销", "不得撤[销回]", "不能撤回", "irrevocabl", "cannot be revoked"),
        sentence=N_("“{words}”: every consent can be withdrawn. Leave this out."),
        article="PIPL 15; 法释〔2021〕15号 11",
    ),
    Banned(
        key="passing_on",
        pattern=_either(
            "任意转授权", "转授权", "再授权", r"sub-?licen[sc]e", "pass on this consent"
        ),
        sentence=N_("“{words}”: nobody can pass on a consent at will. Name each recipient."),
        article="PIPL 23; 法释〔2021〕15号 11",
    ),
    Banned(
        key="blanket",
        pattern=_either(
            "概括授权", "一揽子(?:授权|同意)", "全权授权", r"blanket (?:consent|authoris)"
        ),
        sentence=N_("“{words}”: one consent covers one purpose. Name what it is for."),
        article="消保法实施条例 23",
    ),
    Banned(
        key="all_at_once",
        pattern=_either(
            "同意全部", "全部同意", "一并同意", "agree to (?:all|everything)", "accept all"
        ),
        sentence=N_("“{words}”: each purpose is asked about by itself."),
        article="PIPL 14; 消保法实施条例 23",
    ),
    Banned(
        key="pressure",
        pattern=_either(
            "(?:不同意|拒绝|不签)[^。；，\n]{0,6}(?:将|则|就)?(?:无法|不能|不予|不得|停止)",
            r"(?:if you (?:refuse|do not agree)|without (?:your )?consent)[^.;\n]{0,30}"
            r"(?:cannot|can not|will not be|no longer)",
        ),
        sentence=N_("“{words}”: a refusal must not cost anything. Leave this out."),
        article="PIPL 5, 16",
    ),
    Banned(
        key="by_default",
        pattern=_either(
            "视为同意",
            "默认同意",
            "默示同意",
            "deemed to (?:agree|have agreed|consent)",
            "by default you agree",
        ),
        sentence=N_("“{words}”: silence is no consent. The person chooses by an act."),
        article="PIPL 14; 消保法实施条例 23",
    ),
    Banned(
        key="reward",
        pattern=_either(
            "(?:同意|签字|签名)[^。；\n]{0,12}(?:减免|优惠|折扣|返现|赠送|礼品|礼物|积分|抽奖)",
            "(?:减免|优惠|折扣|返现|赠送|礼品|礼物|积分|抽奖)[^。；\n]{0,12}(?:同意|签字)",
            r"\bagree\b[^.;\n]{0,40}(?:discount|gift|voucher|lottery|cashback|reduction)",
            r"(?:discount|gift|voucher|lottery|cashback)[^.;\n]{0,40}\bagree\b",
        ),
        sentence=N_("“{words}”: a consent is not paid for with gifts or fees. Leave this out."),
        article="PIPL 5, 14",
    ),
    Banned(
        key="faces",
        pattern=_either("人脸", "刷脸", "面部识别", r"\bfac(?:e|ial) (?:recognition|scan)"),
        sentence=N_("“{words}”: this program does not collect faces, and no offer is a pretext."),
        article="人脸办法 10, 12",
        purposes=frozenset({"P2", "P7"}),
    ),
)


def banned(text: str, purpose: str) -> tuple[tuple[Banned, str], ...]:
    """Each of the banned ways that the text uses, with the words it uses."""
    return tuple(
        (one, found[0])
        for one in BANNED
        if (not one.purposes or purpose in one.purposes) and (found := one.pattern.search(text))
    )
