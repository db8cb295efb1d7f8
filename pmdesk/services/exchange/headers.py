"""Column headers: what each column of a foreign sheet is, what is left out, and why."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice

from pmdesk.domain.catalogue import Catalogue
from pmdesk.domain.fields import Field, Home, Kind
from pmdesk.domain.patterns import LABELS, Pattern, credentials
from pmdesk.domain.purposes import CONTRACT
from pmdesk.domain.screening import Lexicon, Use, called, words
from pmdesk.errors import ExchangeError
from pmdesk.i18n import N_, Words
from pmdesk.services.exchange.sheet import Book, Cell, Row, Sheet, text_of
from pmdesk.services.exchange.vocabulary import Vocabulary, plain

TITLE_ROWS = 30  # a header further down is not looked for
SAMPLE = 200  # rows that tell a harmless header from what really stands below it
SURE = frozenset((Pattern.ID_NUMBER,))  # by its birth date and check digit; no running number fits
_HARMLESS = 0.2  # share of identity numbers from which the whole column is refused


class Target(StrEnum):
    """The parts of a resident's row; other columns lead to a field of the catalogue by its key."""

    NAME = "person_name"
    MOBILE = "mobile"
    PHASE = "phase"
    BUILDING = "building"
    ENTRANCE = "entrance"
    ROOM = "room"
    LABEL = "room_label"
    ROLE = "party_role"


class Fate(StrEnum):
    """What becomes of a column."""

    TAKEN = "taken"
    IGNORED = "ignored"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a sheet and what becomes of it."""

    index: int  # from 0
    header: str
    fate: Fate
    target: str = ""  # a `Target` or the key of a field
    reason: Words | str = ""  # of a refused or ignored column; text is a message id


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Where the header stands and what its columns are."""

    row: int  # as in the file, from 1
    columns: tuple[Column, ...]

    def of(self, fate: Fate) -> tuple[Column, ...]:
        """The columns of that fate, in order."""
        return tuple(column for column in self.columns if column.fate is fate)

    def indices(self, target: str) -> tuple[int, ...]:
        """The columns that lead to `target`."""
        return tuple(c.index for c in self.of(Fate.TAKEN) if c.target == target)

    @property
    def is_usable(self) -> bool:
        """A row can become a resident: there is a name, and a room in one of two ways."""
        named = bool(self.indices(Target.NAME))
        return named and bool(self.indices(Target.ROOM) or self.indices(Target.LABEL))

    def redirected(self, index: int, target: str) -> "Header":
        """The header with one column led elsewhere (or nowhere: ""); a refused one stays so."""
        fate = Fate.TAKEN if target else Fate.IGNORED
        reason = "" if target else CHOSEN
        return replace(
            self,
            columns=tuple(
                replace(column, fate=fate, target=target, reason=reason)
                if column.index == index and column.fate is not Fate.REFUSED
                else column
                for column in self.columns
            ),
        )


UNKNOWN = N_("not needed here")
SECOND = N_("another column already gives this")
CHOSEN = N_("left out by you")
THIRD_PARTY = N_(
    "about another person: ask for it together with the consent for emergency contacts"
)
NEEDS_CONSENT = N_("needs the resident's consent first: enter it in the consent step")

_OWNER = "(?:业主|住户|户主|客户|产权人|租户|租客|承租人|本人|人员|居民)?"
_SYNONYMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (target, re.compile(pattern))
    for target, pattern in (
        (Target.NAME, f"{_OWNER}(?:姓名|名称|名字)|业主|户主|住户|产权人|name|fullname|ownername"),
        (
            Target.MOBILE,
            (
                f"{_OWNER}(?:移动|联系|备用|常用)?(?:手机|电话|手机号|手机号码|电话号码|联系方式)"
                "[0-9一二三四]?|(?:phone|mobile|tel|telephone)(?:no|number)?[0-9]?"
            ),
        ),
        (Target.PHASE, "期|期数|分期|期/园区|园区|组团|苑|区域名称"),
        (Target.BUILDING, "楼号|楼栋|楼栋号|栋|栋号|幢|幢号|座|座号|楼幢|楼宇|楼|building(?:no)?"),
        (Target.ENTRANCE, "单元|单元号|单元/区域|单元名称|梯号|门栋|entrance"),
        (
            Target.LABEL,
            (
                "房屋信息|房屋地址|房产信息|房产|房屋编码|楼栋房号|房号信息|楼栋单元房号|楼号房号|"
                "门牌地址|房产地址|roomlabel|roomnumber"
            ),
        ),
        (
            Target.ROOM,
            "房屋|房号|房屋号|房间|房间号|房屋编号|室|室号|门牌|门牌号|户号|房室号|room(?:no)?|unitno",
        ),
        (Target.ROLE, "业主类型|人员角色|身份|住户类型|住户身份|人员身份|与房屋关系|人员类型|role"),
        ("unit_use", "房屋用途|房屋类型|用途|类型|物业类型|房屋性质|使用性质"),
        ("floor_area", "专有面积|建筑面积|面积|产权面积|计费面积|建面|area"),
        ("handover_date", "交付日期|交房日期|交房时间|交付时间"),
        ("occupancy", "使用状态|居住状态|入住状态|占用状态"),
        ("email", "电子邮箱|邮箱|电子邮件|e-?mail"),
        ("mail_address", "通讯地址|通信地址|邮寄地址"),
    )
)
_THIRD_PARTY = re.compile(
    "联系人|紧急联系人|紧急联系电话|紧急联系人电话|联系人姓名|联系人电话|紧急电话"
)
_CONTACT = re.compile("联系电话|联系方式")
_META = re.compile(
    "序号|编号|备注|小区|小区名称|楼层|总楼层|所在楼层|层|是否有电梯|电梯|户型|室内面积|套内面积|租金|"
    "房屋状态|物业公司|no|id"
)
_SCORE_AT_LEAST = 2

RESIDENTS = Vocabulary(
    shapes=_SYNONYMS,
    meta=_META,
    example=N_("One row must name the columns, such as 姓名, 手机号, 楼栋, 单元, 房号."),
    shared=frozenset((Target.MOBILE,)),  # all other targets take one column only
    left_out={THIRD_PARTY: _THIRD_PARTY},
    has_fields=True,
)


def lexicon(catalogue: Catalogue) -> Lexicon:
    """What a column may not hold, with the words it hides behind and the reason to say."""
    return catalogue.refused


def located(
    book: Book, catalogue: Catalogue, name: str | None = None, known: Vocabulary = RESIDENTS
) -> tuple[Sheet, Header]:
    """The worksheet that looks most like such a list, and its header.

    `name` restricts the search to one worksheet.
    """
    refusals = lexicon(catalogue)
    best: tuple[int, Sheet, Row] | None = None
    for candidate in [name] if name else book.names:
        sheet = book.sheet(candidate)
        score, row = _header_row(sheet, refusals, known)
        if row and (best is None or score > best[0]):
            best = (score, sheet, row)
    if best is None or best[0] < _SCORE_AT_LEAST:
        raise _no_header(known)
    _, sheet, row = best
    return sheet, Header(row=row.number, columns=recognised(sheet, row, catalogue, known))


def importable(catalogue: Catalogue) -> tuple[Field, ...]:
    """The fields beside name, room and role that a sheet may fill: those of the contract."""
    return tuple(f for f in catalogue.answers(CONTRACT) if f.kind is not Kind.PERIOD)


def recognised(
    sheet: Sheet, header: Row, catalogue: Catalogue, known: Vocabulary = RESIDENTS
) -> tuple[Column, ...]:
    """What becomes of each column below `header`; columns without a header are ignored."""
    rows = islice(sheet.rows(), TITLE_ROWS + SAMPLE)
    below = [row.cells for row in rows if row.number > header.number]
    columns = _by_header(header, catalogue, known)
    return tuple(_unless_hidden(column, below, known) for column in columns)


def refusal(header: str, refusals: Lexicon, known: Vocabulary = RESIDENTS) -> Words | None:
    """Why a column of that header is not read; None when nothing speaks against it."""
    exactly = called(header, refusals)
    if exactly:
        return exactly.why
    if known.target(plain(header)):
        return None
    return next((hit.why for hit in words(header, refusals, Use.NAME)), None)


def _no_header(known: Vocabulary) -> ExchangeError:
    return ExchangeError(
        N_("No header row was found in the first {count} rows."), known.example, count=TITLE_ROWS
    )


def _header_row(sheet: Sheet, refusals: Lexicon, known: Vocabulary) -> tuple[int, Row | None]:
    """The row among the first ones with the most known headers; of a header in two, the lower."""
    best: Row | None = None
    highest = 0
    for row in islice(sheet.rows(), TITLE_ROWS):
        score = _score(row.cells, refusals, known)
        beside = best is not None and row.number == best.number + 1
        if score > highest or (score == highest > 0 and beside):
            highest, best = score, row
    return highest, best


def _score(cells: Sequence[Cell], refusals: Lexicon, known: Vocabulary) -> int:
    headers = {
        text
        for cell in cells
        if isinstance(cell, str) and (text := plain(cell)) and len(text) <= TITLE_ROWS
    }
    return sum(
        1
        for text in headers
        if known.target(text)
        or known.meta.fullmatch(text)
        or (not known.has_fields and known.reason(text))
        or called(text, refusals)
    )


def _by_header(header: Row, catalogue: Catalogue, known: Vocabulary) -> tuple[Column, ...]:
    refusals = lexicon(catalogue)
    texts = [(index, " ".join(text_of(c).split())) for index, c in enumerate(header.cells)]
    named = [(index, text) for index, text in texts if text]
    with_contact = any(_THIRD_PARTY.fullmatch(plain(text)) for _, text in named)
    columns: list[Column] = []
    for index, text in named:
        why = refusal(text, refusals, known)
        if why:
            columns.append(Column(index=index, header=text, fate=Fate.REFUSED, reason=why))
            continue
        target, reason = (
            _target(plain(text), catalogue, with_contact=with_contact)
            if known.has_fields
            else _led(plain(text), known)
        )
        fate = Fate.TAKEN if target else Fate.IGNORED
        columns.append(Column(index=index, header=text, fate=fate, target=target, reason=reason))
    return _without_rivals(columns, known)


def _led(name: str, known: Vocabulary) -> tuple[str, str]:
    """Where a column leads in a list without fields of the catalogue, or why nowhere."""
    target, reason = known.target(name), known.reason(name)
    return ("", reason) if reason else (target, "" if target else UNKNOWN)


def _target(name: str, catalogue: Catalogue, *, with_contact: bool) -> tuple[str, str]:
    """Where a column of a list of residents leads, or why nowhere."""
    if RESIDENTS.reason(name) or (with_contact and _CONTACT.fullmatch(name)):
        return "", THIRD_PARTY
    target = RESIDENTS.target(name)
    if target in tuple(Target):
        return target, ""
    for field in catalogue.fields:
        labels = {plain(field.label.zh), plain(field.label.en), field.key}
        if not field.enabled or (field.key != target and name not in labels):
            continue
        if field.purpose != CONTRACT or field.home is Home.SEALED:
            return "", NEEDS_CONSENT
        if field.home is Home.ANSWERS and field.kind is not Kind.PERIOD:
            return field.key, ""
    return "", UNKNOWN


def _without_rivals(columns: Sequence[Column], known: Vocabulary) -> tuple[Column, ...]:
    """One column for each target, the best known header first; telephone columns may be many.

    What comes second takes what else its header may mean, if no other column has that.
    """
    winners: dict[str, Column] = {}
    for column in columns:
        rival = winners.get(column.target)
        if rival is None or _rank(column, known) < _rank(rival, known):
            winners[column.target] = column
    settled = []
    for column in columns:
        is_alone = column.target in known.shared or winners[column.target] is column
        if column.fate is not Fate.TAKEN or is_alone:
            settled.append(column)
            continue
        other = _other_target(column, winners, known)
        winners.setdefault(other, column)
        fate, reason = (Fate.TAKEN, "") if other else (Fate.IGNORED, SECOND)
        settled.append(replace(column, fate=fate, target=other, reason=reason))
    return tuple(settled)


def _other_target(column: Column, taken: Collection[str], known: Vocabulary) -> str:
    """What else the header may mean that no column gives yet; fields have one meaning only."""
    if known.has_fields:
        return ""
    return next((to for to in known.targets(plain(column.header)) if to not in taken), "")


def _rank(column: Column, known: Vocabulary) -> int:
    """The place of a header in the list of its synonyms: 业主类型 comes before 人员类型."""
    return known.rank(column.target, plain(column.header))


def _unless_hidden(column: Column, below: Sequence[Sequence[Cell]], known: Vocabulary) -> Column:
    """The column refused when its values look like identity numbers under a harmless header."""
    if column.fate is Fate.REFUSED:
        return column
    cells = (row[column.index] for row in below if column.index < len(row))
    texts = [text for cell in cells if (text := text_of(cell))]
    hits = [found[0] for text in texts if (found := credentials(text))]
    if column.target in known.codes:
        hits = [hit for hit in hits if hit in SURE]
    if len(hits) <= _HARMLESS * len(texts):
        return column
    label = LABELS[hits[0]]
    why = Words(f"内容像{label.zh}，本系统不收集", f"its values look like: {label.en}")
    return replace(column, fate=Fate.REFUSED, target="", reason=why)
