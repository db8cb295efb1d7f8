"""Finds the worksheet of rules in a workbook, its titles, and what applies when several fit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from pmdesk.errors import ExchangeError, PmdeskError
from pmdesk.i18n import N_, _
from pmdesk.rules.diff_words import POLICY_WORDS
from pmdesk.rules.rule import HitPolicy
from pmdesk.services.exchange.sheet import Book, Row, Sheet, text_of
from pmdesk.services.rule_exchange.columns import Columns, plain
from pmdesk.services.rule_exchange.incoming import GIVES
from pmdesk.services.rule_exchange.sheet_writing import MARK, POLICY

_TITLE_ROWS = 20
_KEYS = frozenset(MARK + gives for gives in GIVES)
_POLICY = frozenset(plain(name) for name in (f"{MARK}policy", POLICY, "几条规则同时符合时"))
_EARLIER: Mapping[HitPolicy, tuple[str, str]] = {  # as sheets used to say it
    HitPolicy.PRIORITY: ("按最高的等级", "the strongest tier applies"),
    HitPolicy.FIRST: ("按最先符合的一行", "the first row that fits applies"),
    HitPolicy.UNIQUE: ("只能有一行符合", "exactly one row may fit"),
}
_NAMES: Mapping[str, str] = {
    plain(name): gives for gives, words in GIVES.items() for name in words
} | {  # as the grid calls them
    plain(name): gives
    for name, gives in (
        ("依据", "legal"),
        ("理由（会给本人看）", "reason"),
        ("Reason, shown to the person", "reason"),
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The worksheet of the rules, its titles, and the keys below them where they are left."""

    sheet: Sheet
    titles: Row
    keys: Row | None

    @property
    def last(self) -> int:
        """The number of the row that the rules follow."""
        return self.keys.number if self.keys else self.titles.number


def found_sheet(book: Book, columns: Columns) -> Head:
    """The worksheet with the keys, or else the one whose titles mean most."""
    best: tuple[int, Head] | None = None
    for name in book.names:
        sheet = book.sheet(name)
        rows = list(islice(sheet.rows(), _TITLE_ROWS))
        for place, row in enumerate(rows):
            if _KEYS & {text_of(cell) for cell in row.cells}:
                above = rows[place - 1] if place else Row(row.number, ())
                return Head(sheet=sheet, titles=above, keys=row)
            score = _score(row, columns)
            if score and (best is None or score > best[0]):
                best = (score, Head(sheet=sheet, titles=row, keys=None))
    if best is None:
        raise ExchangeError(
            N_("No sheet with rules was found: no row names the column “等级” (tier)."),
            N_("Export a version first, and write into that file."),
        )
    return best[1]


def _score(row: Row, columns: Columns) -> int:
    """How many of the titles are known; 0 where none is that of the tier."""
    titles = [text_of(cell) for cell in row.cells]
    outputs = [gives for title in titles if (gives := given_by(title, ""))]
    if "tier" not in outputs:
        return 0
    return len(outputs) + sum(1 for title in titles if title and columns.found(title))


def given_by(title: str, key: str) -> str:
    """What a column gives, by its key or by its title."""
    if key in _KEYS:
        return key.removeprefix(MARK)
    return _NAMES.get(plain(title.strip("→ ")), "")


def policy_of(book: Book) -> HitPolicy | None:
    """What the guide says of several fitting rows; None where it is gone."""
    for name in book.names:
        for row in islice(book.sheet(name).rows(), _TITLE_ROWS):
            texts = [plain(text_of(cell)) for cell in row.cells]
            if _POLICY & {*texts}:
                return _policy_in(texts)
    return None


def _policy_in(texts: Sequence[str]) -> HitPolicy:
    for policy, words in POLICY_WORDS.items():
        if any(policy.value in text.split("(")[-1] for text in texts):
            return policy
        known = (words, _(words), *_EARLIER[policy])
        if {plain(name) for name in known} & {*texts}:
            return policy
    raise PmdeskError(
        N_("It is not clear what applies when several rows fit."),
        N_("Choose it from the list in the sheet with the advice."),
    )
