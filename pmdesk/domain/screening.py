"""The screen: what this program does not collect, recognised in any text by word or by shape."""

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from pmdesk.domain.catalogue import Refused
from pmdesk.domain.patterns import LABELS, Pattern, placed
from pmdesk.i18n import Words

Lexicon = tuple[Refused, ...]


class Use(StrEnum):
    """What a text is used for; each also minds the words of those before it.

    A repair note may say 门禁坏了, a field of that name may not be; and 普通 may be an option of a
    field, not a tier.
    """

    PROSE = "prose"  # notes, reasons, wishes
    NAME = "name"  # keys, labels, options, column headers, questions
    RANK = "rank"  # names of tiers, tags, plans, rules and lists


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One thing in a text that this program does not collect: what, why, and what to do instead."""

    label: Words
    why: Words
    instead: Words
    word: str  # as it stands in the text; empty for a pattern: it would be the datum itself
    position: int  # in the text, from 0
    key: str = ""  # of the refused item; empty for a pattern
    pattern: Pattern | None = None


def screen(text: str, lexicon: Lexicon, use: Use = Use.NAME) -> tuple[Hit, ...]:
    """Everything refused in `text`, by word and by shape, in the order of the text."""
    hits = (*words(text, lexicon, use), *shapes(text))
    return tuple(sorted(hits, key=lambda hit: hit.position))


def words(text: str, lexicon: Lexicon, use: Use = Use.NAME) -> tuple[Hit, ...]:
    """The refused words in `text`; full width, letter case, blanks and accents hide none."""
    plain, places = _plain(text)
    return tuple(
        Hit(
            label=refused.label,
            why=refused.why,
            instead=refused.instead,
            word=text[places[start] : places[end - 1] + 1],
            position=places[start],
            key=refused.keys[0],
        )
        for refused in lexicon
        for start, end in _spans(plain, refused, use)
    )


def shapes(text: str) -> tuple[Hit, ...]:
    """Numbers and dates in `text` that are personal data by their shape."""
    return tuple(
        Hit(
            label=LABELS[pattern],
            why=_SHAPE_WHY[pattern],
            instead=_SHAPE_INSTEAD[pattern],
            word="",
            position=position,
            pattern=pattern,
        )
        for pattern, position in placed(text)
    )


def plain_text(text: str) -> str:
    """The text in lower case, half width and simplified characters, without accents."""
    return unicodedata.normalize("NFKD", text).casefold().translate(_TRADITIONAL)


def called(text: str, lexicon: Lexicon) -> Refused | None:
    """The refused item whose very name `text` is; None when it only contains such a word."""
    return _names(lexicon).get(_squeezed(text))


@functools.lru_cache(maxsize=8)
def _names(lexicon: Lexicon) -> Mapping[str, Refused]:
    return {_squeezed(known): refused for refused in lexicon for known in listed(refused, Use.NAME)}


# ---- the text, made plain -------------------------------------------------------------------

_CAMEL = re.compile(r"[a-z0-9]")
_TRADITIONAL = str.maketrans(
    "戶籍貫國證號黨團員職級務學歷婚離異獨單親屬監護駕駛護照宗禮堂齋種老鄉齡歲屆生屬"
    "臉紋聲視頻錄攝門記軌跡殘疾產婦計劃資產稅債訴訟賬戶銀會議險標籤風難纏對畫測紀",
    "户籍贯国证号党团员职级务学历婚离异独单亲属监护驾驶护照宗礼堂斋种老乡龄岁届生属"
    "脸纹声视频录摄门记轨迹残疾产妇计划资产税债诉讼账户银会议险标签风难缠对画测纪",
)


def _plain(text: str) -> tuple[str, tuple[int, ...]]:
    """The text in lower case and half width, without accents; and where each part came from."""
    parts: list[tuple[str, int]] = []
    before = ""
    for place, character in enumerate(text):
        if character.isupper() and _CAMEL.fullmatch(before):
            parts.append((" ", place))  # ownerAge: two words
        before = character
        parts += [
            (part, place)
            for part in unicodedata.normalize("NFKD", character).casefold()
            if unicodedata.category(part) not in {"Mn", "Cf"}
        ]
    plain = "".join(part for part, _place in parts).translate(_TRADITIONAL)
    return plain, tuple(place for _part, place in parts)


def _squeezed(text: str) -> str:
    return re.sub(r"[\W_]+", "", _plain(text)[0])


# ---- words in it ----------------------------------------------------------------------------

_GAP = r"[\s_\-·•・.*/|~'’]*"  # what may stand between the characters of a word to hide it
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[a-z]+")
# a street may have such a name: 民族路 12 号; passers-by and lines are none
_STREET = re.compile(
    r"[东西南北中一二三四五六七八九十]*(?:大道|大街|路|街|巷|胡同)(?![线人过由坊灯])"
)
_SYLLABLE = re.compile(
    r"(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?(?:i?ang|i?ong|uang|[aeiu]ng|[aeiuv]n|i[aeu]n?|iao|u[aeio]n?"
    r"|u?ai|[aeo]i|[ao]u|[aeiouv]|ue|ve|er)"
)
_LONGEST_SYLLABLE = 6
_LONGEST_TOKEN = 60
_SHORTEST_INSIDE = 5  # letters; shorter ones stand in too many harmless syllables


def _spans(plain: str, refused: Refused, use: Use) -> Iterator[tuple[int, int]]:
    """Where words of `refused` stand in the plain text, but not inside a harmless phrase."""
    found = {match.span() for match in _shape(refused, use).finditer(plain)}
    found |= set(_inside_pinyin(plain, refused.pinyin))
    if found and refused.harmless:
        fine = [match.span() for match in _any_of(refused.harmless).finditer(plain)]
        found = {(a, b) for a, b in found if not any(c <= a and b <= d for c, d in fine)}
    if use is Use.PROSE:
        found = {span for span in found if not _names_street(plain, span)}
    yield from sorted(found)


def _names_street(plain: str, span: tuple[int, int]) -> bool:
    han = _HAN.match(plain, span[1] - 1) is not None
    return han and _STREET.match(plain, span[1]) is not None


def listed(refused: Refused, use: Use) -> tuple[str, ...]:
    """The words of `refused` that are out of place in a text of that use."""
    found = (*refused.words, *refused.pinyin)
    if use is not Use.PROSE:
        found += (*refused.labels, *refused.keys)
    return found + refused.ranks if use is Use.RANK else found


@functools.lru_cache(maxsize=256)
def _shape(refused: Refused, use: Use) -> re.Pattern[str]:
    return _any_of(listed(refused, use))


@functools.lru_cache(maxsize=256)
def _any_of(listed: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted({_plain(word)[0] for word in listed}, key=len, reverse=True)
    return re.compile("|".join(_word(word) for word in longest_first) or r"(?!)")


def _word(word: str) -> str:
    """A Chinese word anywhere; a Latin one only by itself: “age” is not in “usage”."""
    if _HAN.search(word):
        return _GAP.join(re.escape(part) for part in word if not part.isspace())
    parts = [re.escape(part).replace("v", "[uv]") for part in re.split(r"[\W_]+", word) if part]
    return rf"(?<![a-z]){_GAP.join(parts)}(?:e?s)?(?![a-z])" if parts else r"(?!)"


def _inside_pinyin(plain: str, pinyin: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where a word stands among other syllables: yezhuminzu."""
    sought = [word.replace(" ", "") for word in pinyin]
    for token in _LATIN.finditer(plain):
        if len(token.group()) > _LONGEST_TOKEN:
            continue
        for word in sought:
            at = token.group().find(word) if len(word) >= _SHORTEST_INSIDE else -1
            if at >= 0 and _frames(token.group()[:at], token.group()[at + len(word) :]):
                yield token.start() + at, token.start() + at + len(word)


def _frames(before: str, after: str) -> bool:
    """Both are whole syllables, and none of them could have taken a letter of what is between."""
    return not after.startswith(("a", "e", "o")) and _is_pinyin(before) and _is_pinyin(after)


@functools.lru_cache(maxsize=1024)
def _is_pinyin(letters: str) -> bool:
    reached = {0}
    for start in range(len(letters)):
        if start in reached:
            ends = range(start + 1, min(start + _LONGEST_SYLLABLE, len(letters)) + 1)
            reached |= {end for end in ends if _SYLLABLE.fullmatch(letters, start, end)}
    return len(letters) in reached


# ---- what is said of a shape ----------------------------------------------------------------

_IDENTITY = Words(
    "本系统不收集证件号码：当面看过就够了，留下来容易被冒用。",
    "This program does not collect ID numbers: having seen the document is enough.",
)
_CONTACT = Words(
    "这里不写电话、邮箱：写在专门的一栏里，才能按规定保护和删除。",
    "Phone numbers and addresses belong in their own fields, where they are protected and erased.",
)
_BORN = Words(
    "本系统不收集出生日期和年龄：容易造成年龄歧视，也容易被冒用身份。",
    "This program does not collect birth dates or ages: they invite discrimination and theft.",
)
_SHAPE_WHY: Mapping[Pattern, Words] = {
    Pattern.ID_NUMBER: _IDENTITY,
    Pattern.OLD_ID_NUMBER: _IDENTITY,
    Pattern.PASSPORT: _IDENTITY,
    Pattern.BANK_CARD: Words(
        "本系统不收集银行卡号：缴费不需要留在这里。",
        "This program does not collect card numbers: billing does not need them here.",
    ),
    Pattern.PLATE: Words(
        "车牌号要单独同意，并且加密保存，不能写在这里。",
        "Number plates need a consent of their own and are sealed; they do not belong here.",
    ),
    Pattern.EMAIL: _CONTACT,
    Pattern.MOBILE: _CONTACT,
    Pattern.BIRTH_DATE: _BORN,
    Pattern.AGE: _BORN,
    Pattern.INCOME: Words(
        "本系统不收集收入数额：超出物业服务的需要，泄露后果严重。",
        "This program does not collect amounts of income: more than services need.",
    ),
}
_CHECKED = Words("勾选“证件已核验”", "Tick “identity checked”")
_GROWN_UP = Words("勾选“已确认成年”", "Tick “adult confirmed”")
_OWN_FIELD = Words("写在住户资料的联系方式里", "Enter it among the contact details")
_SHAPE_INSTEAD: Mapping[Pattern, Words] = {
    Pattern.ID_NUMBER: _CHECKED,
    Pattern.OLD_ID_NUMBER: _CHECKED,
    Pattern.PASSPORT: _CHECKED,
    Pattern.BANK_CARD: Words("填写缴费方式", "Enter the payment method"),
    Pattern.PLATE: Words(
        "取得车牌号的单独同意后写在那一栏，或改用停车卡",
        "Its own field, after its own consent; or a parking card",
    ),
    Pattern.EMAIL: _OWN_FIELD,
    Pattern.MOBILE: _OWN_FIELD,
    Pattern.BIRTH_DATE: _GROWN_UP,
    Pattern.AGE: _GROWN_UP,
    Pattern.INCOME: Words("自愿填写增值服务预算意愿", "The declared add-on budget, if wished"),
}
