"""The notice validator: what the law wants said, item by item (PIPL 17, 30; 条例 21)."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pmdesk.domain.fields import Field
from pmdesk.domain.notice_words import BANNED, banned
from pmdesk.domain.notices import Notice, placeholders
from pmdesk.domain.office import OfficeProfile
from pmdesk.domain.purpose_plans import NOBODY, Particulars
from pmdesk.domain.purposes import LegalBasis, Purpose
from pmdesk.i18n import N_, Words


class Item(StrEnum):
    """One thing that a notice has to say, or must not say; the banned words come beside them."""

    CONTROLLER = "controller"
    CONTACT = "contact"
    PURPOSE = "purpose"
    METHOD = "method"
    CATEGORIES = "categories"
    CATEGORY_LIST = "category_list"
    RECIPIENT_LIST = "recipient_list"
    JOINT = "joint"
    RETENTION = "retention"
    STATED_TERM = "stated_term"
    AFTER_EXPIRY = "after_expiry"
    OPEN_TERM = "open_term"
    RIGHTS = "rights"
    HOW = "how"
    COMPLAINTS = "complaints"
    REGULATOR = "regulator"
    VERSION = "version"
    NECESSITY = "necessity"
    IMPACT = "impact"
    AUTOMATED = "automated"
    ANSWERS = "answers"
    PRESELECTED = "preselected"
    NO_CONSENT_ASKED = "no_consent_asked"
    PLACES = "places"


SENTENCES: Mapping[Item, tuple[str, str]] = {
    Item.CONTROLLER: (N_("Who handles the data: the name and address of the office."), "PIPL 17"),
    Item.CONTACT: (N_("Who to turn to: the name and phone number of the contact."), "PIPL 17"),
    Item.PURPOSE: (N_("What the data are for."), "PIPL 17"),
    Item.METHOD: (N_("How the data are handled."), "PIPL 17"),
    Item.CATEGORIES: (N_("Every kind of data that is recorded. Not named: {missing}"), "PIPL 17"),
    Item.CATEGORY_LIST: (N_("The kinds of data as a list of their own."), "条例 21"),
    Item.RECIPIENT_LIST: (N_("Who else gets the data, as a list of their own."), "条例 21"),
    Item.JOINT: (N_("The agreement with those who decide together with the office."), "PIPL 20"),
    Item.RETENTION: (N_("How long the data are kept."), "PIPL 17"),
    Item.STATED_TERM: (
        N_("One period only: the text says {missing} months, the purpose has {months}."),
        "PIPL 19",
    ),
    Item.AFTER_EXPIRY: (N_("What happens to the data afterwards."), "条例 21"),
    Item.OPEN_TERM: (N_("How a period is set that has no fixed length."), "条例 21"),
    Item.RIGHTS: (N_("All nine rights of the person. Not named: {missing}"), "条例 21"),
    Item.HOW: (N_("How the person uses the rights, and how soon there is an answer."), "PIPL 17"),
    Item.COMPLAINTS: (N_("Where to complain: the office, the authorities, the court."), "PIPL 65"),
    Item.REGULATOR: (N_("The phone numbers of both authorities; see the settings."), "PIPL 65"),
    Item.VERSION: (N_("The version and the day it takes effect."), "PIPL 17"),
    Item.NECESSITY: (N_("Why sensitive data are needed: “**Why it is needed**:”."), "PIPL 30"),
    Item.IMPACT: (N_("What they mean for the person: “**What it means for you**:”."), "PIPL 30"),
    Item.AUTOMATED: (N_("How the program decides, and who may object to it."), "PIPL 24"),
    Item.ANSWERS: (N_("Both answers on one line: □ agree and □ do not agree."), "PIPL 14"),
    Item.PRESELECTED: (N_("No answer ticked beforehand."), "PIPL 14"),
    Item.NO_CONSENT_ASKED: (
        N_("No question for consent: the contract or the law is the basis."),
        "民法典 496; PIPL 13",
    ),
    Item.PLACES: (N_("Every place filled in. Still open: {missing}"), "PIPL 17"),
}

RIGHTS: tuple[Words, ...] = (
    Words("查阅", "see"),
    Words("复制", "copy"),
    Words("转移", "transfer"),
    Words("更正", "correct"),
    Words("补充", "complete"),
    Words("删除", "delete"),
    Words("限制", "limit"),
    Words("注销", "close"),
    Words("撤回", "withdraw"),
)
_LABELS: Mapping[str, Words] = {
    "who": Words("谁在处理", "Who handles it"),
    "why": Words("为了什么", "What it is for"),
    "list": Words("记录哪些项目（清单）", "What is recorded (list)"),
    "how": Words("怎么处理", "How it is handled"),
    "others": Words("交给谁（清单）", "Who gets it (list)"),
    "term": Words("保存多久", "How long it is kept"),
    "after": Words("到期以后", "Afterwards"),
    "open": Words("期限怎么定", "How the period is set"),
    "rights": Words("您的权利", "Your rights"),
    "use": Words("怎么办理", "How to use them"),
    "complaints": Words("投诉", "Complaints"),
    "necessity": Words("为什么需要", "Why it is needed"),
    "impact": Words("对您的影响", "What it means for you"),
    "automated": Words("软件怎么判断", "How the program decides"),
}
_COURTS = Words("人民法院", "people's court")
_LABEL = re.compile(r"\*\*([^*\n]+)\*\*\s*[：:]\s*")
_TICKED = re.compile(r"[☑☒✓✔√■▣]|\[x\]", re.IGNORECASE)
_BOX = re.compile(r"□\s*([^□\n]*)")
_NO = re.compile(
    r"不同意|不参加|都不要|不留|\bdo not\b|\bneither\b|\bleave none\b|\bnone\b", re.IGNORECASE
)
_MONTHS = re.compile(r"(\d+)\s*(?:个月|months?\b)")
_ASKS = re.compile(
    r"□\s*同意|□\s*I agree|(?:签字|签名)(?:即|就)?(?:表示|视为)同意|我(?:已阅读并)?同意|"
    r"\bI (?:hereby )?(?:agree|consent)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One item that a notice lacks, or words it must not hold."""

    key: str  # the value of an Item, or the key of banned words
    sentence: str  # message id
    article: str
    language: str
    places: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a notice is measured against."""

    purpose: Purpose
    fields: tuple[Field, ...]  # those that it has to name
    profile: OfficeProfile
    particulars: Particulars
    day: str  # on which it takes effect, ISO


KEYS: tuple[str, ...] = (*Item, *(one.key for one in BANNED))


def check(notice: Notice, setting: Setting) -> tuple[Finding, ...]:
    """What must be mended before the notice may be put into force; empty when all is said."""
    sheet = _Sheet(notice, setting)
    found = [
        Finding(
            key=item,
            sentence=SENTENCES[item][0],
            article=SENTENCES[item][1],
            language=notice.language,
            places={"missing": missing, "months": setting.purpose.months or "—"},
        )
        for item, test in _TESTS.items()
        if (missing := test(sheet)) is not None
    ]
    words = [
        Finding(
            key=one.key,
            sentence=one.sentence,
            article=one.article,
            language=notice.language,
            places={"words": said},
        )
        for one, said in banned(notice.text, setting.purpose.code)
    ]
    return (*found, *words)


class _Sheet:
    """A notice taken apart into its labelled blocks."""

    def __init__(self, notice: Notice, setting: Setting) -> None:
        self.notice, self.setting, self.text = notice, setting, notice.text
        parts = _LABEL.split(notice.text)
        self._blocks = dict(zip(parts[1::2], parts[2::2], strict=True))

    def block(self, key: str) -> str:
        """What stands behind the label; empty when there is no such label."""
        return self._blocks.get(self.words(_LABELS[key]), "").strip()

    def words(self, words: Words) -> str:
        """In the language of the notice."""
        return words.en if self.notice.language == "en" else words.zh

    @property
    def asks(self) -> bool:
        """Whether the purpose needs consent."""
        return self.setting.purpose.needs_consent

    @property
    def is_sensitive(self) -> bool:
        """Whether PIPL 30 applies."""
        return self.setting.purpose.basis is LegalBasis.SEPARATE_CONSENT


Test = Callable[[_Sheet], str | None]  # what is missing, None when nothing is


def _lack(*needed: str, within: str) -> str | None:
    return None if all(part.strip() and part in within for part in needed) else ""


def _controller(sheet: _Sheet) -> str | None:
    profile = sheet.setting.profile
    return _lack(profile.name, profile.address, within=sheet.block("who"))


def _contact(sheet: _Sheet) -> str | None:
    profile = sheet.setting.profile
    return _lack(profile.responsible, profile.contact_phone, within=sheet.block("who"))


def _filled(key: str) -> Test:
    return lambda sheet: None if sheet.block(key) else ""


def _categories(sheet: _Sheet) -> str | None:
    labels = [sheet.words(one.label) for one in sheet.setting.fields]
    missing = [label for label in labels if label not in sheet.text]
    return ", ".join(missing) if missing else None


def _recipients(sheet: _Sheet) -> str | None:
    facts = sheet.setting.particulars
    named = [sheet.words(one) for one in (facts.processors, facts.recipients, facts.joint)]
    return _lack(*named, within=sheet.block("others"))


def _joint(sheet: _Sheet) -> str | None:
    facts = sheet.setting.particulars
    alone = facts.joint == NOBODY or not facts.joint.zh.strip()
    return None if alone or facts.agreement.strip() else ""


def _retention(sheet: _Sheet) -> str | None:
    months = sheet.setting.purpose.months
    block = sheet.block("term")
    stated = {int(found) for found in _MONTHS.findall(block)}
    return None if block and (months is None or months in stated) else ""


def _stated_term(sheet: _Sheet) -> str | None:
    months = sheet.setting.purpose.months
    stated = [int(found) for found in _MONTHS.findall(sheet.text)]
    longer = sorted({count for count in stated if months is not None and count > months})
    return ", ".join(str(count) for count in longer) if longer else None


def _rights(sheet: _Sheet) -> str | None:
    block = sheet.block("rights")
    missing = [sheet.words(one) for one in RIGHTS if sheet.words(one) not in block]
    return ", ".join(missing) if missing else None


def _complaints(sheet: _Sheet) -> str | None:
    return _lack(sheet.words(_COURTS), within=sheet.block("complaints"))


def _regulator(sheet: _Sheet) -> str | None:
    profile = sheet.setting.profile
    return _lack(profile.regulator_phone, profile.housing_phone, within=sheet.block("complaints"))


def _version(sheet: _Sheet) -> str | None:
    number = sheet.notice.version
    said = sheet.words(Words(f"版本{number}", f"Version {number}"))
    return _lack(said, sheet.setting.day, within=sheet.text)


def _sensitive(key: str) -> Test:
    return lambda sheet: None if not sheet.is_sensitive or sheet.block(key) else ""


def _automated(sheet: _Sheet) -> str | None:
    return None if not sheet.setting.purpose.may_classify or sheet.block("automated") else ""


def _answers(sheet: _Sheet) -> str | None:
    return None if not sheet.asks or any(_offers_both(sheet.text)) else ""


def _offers_both(text: str) -> Iterator[bool]:
    for line in text.splitlines():
        answers = _BOX.findall(line)
        refusals = sum(bool(_NO.search(answer)) for answer in answers)
        yield 0 < refusals < len(answers)


def _preselected(sheet: _Sheet) -> str | None:
    return "" if _TICKED.search(sheet.text) else None


def _no_consent_asked(sheet: _Sheet) -> str | None:
    return "" if not sheet.asks and _ASKS.search(sheet.text) else None


def _places(sheet: _Sheet) -> str | None:
    still_open = sorted(placeholders(sheet.text))
    return ", ".join(still_open) if still_open else None


_TESTS: Mapping[Item, Test] = {
    Item.CONTROLLER: _controller,
    Item.CONTACT: _contact,
    Item.PURPOSE: _filled("why"),
    Item.METHOD: _filled("how"),
    Item.CATEGORIES: _categories,
    Item.CATEGORY_LIST: _filled("list"),
    Item.RECIPIENT_LIST: _recipients,
    Item.JOINT: _joint,
    Item.RETENTION: _retention,
    Item.STATED_TERM: _stated_term,
    Item.AFTER_EXPIRY: _filled("after"),
    Item.OPEN_TERM: _filled("open"),
    Item.RIGHTS: _rights,
    Item.HOW: _filled("use"),
    Item.COMPLAINTS: _complaints,
    Item.REGULATOR: _regulator,
    Item.VERSION: _version,
    Item.NECESSITY: _sensitive("necessity"),
    Item.IMPACT: _sensitive("impact"),
    Item.AUTOMATED: _automated,
    Item.ANSWERS: _answers,
    Item.PRESELECTED: _preselected,
    Item.NO_CONSENT_ASKED: _no_consent_asked,
    Item.PLACES: _places,
}
