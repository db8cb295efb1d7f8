"""Rules as a workbook that people edit in WPS or Excel and bring back."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from pmdesk.errors import ExchangeError
from pmdesk.i18n import N_, _, said
from pmdesk.rules.diff_words import POLICY_WORDS
from pmdesk.rules.facts import Fact, FactType
from pmdesk.rules.rule import HitPolicy, Rule
from pmdesk.rules.table import DecisionTable
from pmdesk.rules.typed import typed_cell, typed_tags
from pmdesk.services.rule_exchange.incoming import GIVES

SHEET, GUIDE, LISTS = N_("Rules"), N_("How to write"), N_("Choices")
POLICY = N_("When several rows fit")
MARK = "#"  # before the keys of what is no fact
KEY_ROW, FIRST_ROW = 1, 2  # from 0; above them the titles
_SPARE = 200  # further rows with drop-downs
_WIDTHS: Mapping[str, int] = {"id": 8, "tier": 10, "tags": 24, "reason": 50, "legal": 40}
_FACT_WIDTH = 16
_TOO_LONG = -2  # said by the writer of a text that no cell holds
_ADVICE = (
    N_("Each row of the sheet “{sheet}” is a rule, each column one thing that it asks."),
    N_("An empty cell or - asks for nothing. Columns and rows can be added, moved and deleted."),
    N_("Choices: one of the names, or several with a comma: A, B. All but A: not(A)."),
    N_("Numbers: 3, >= 6, < 12, 3..5. Dates: >= 2026-01-31, 2026-01-01..2026-12-31."),
    N_("Yes and no: yes, no. Not known: unknown. Known at all: known."),
    N_("Tags: several with a comma. Tier: exactly one. The reason has at most 120 characters."),
    N_("The last row stands for everyone else: it asks for nothing and gives the standard tier."),
    N_("A new row needs no number; pmdesk gives it one."),
)


def workbook(table: DecisionTable) -> bytes:
    """The bytes of the file; a text in it is never a formula."""
    import xlsxwriter  # noqa: PLC0415  # slow to import: pages show before anybody exports

    held = BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_formulas": False}) as book:
        _Writer(book, table).write()
    return held.getvalue()


class _Writer:
    """One table on its way into a workbook."""

    def __init__(self, book: Any, table: DecisionTable) -> None:
        self.table = table
        self.sheet = book.add_worksheet(_(SHEET))
        self.guide = book.add_worksheet(_(GUIDE))
        self.lists = book.add_worksheet(_(LISTS))
        self.lists.hide()
        self.listed = 0
        # as text, so that no program makes a day of 3-5
        self.text = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        self.head = book.add_format(
            {"num_format": "@", "bold": True, "text_wrap": True, "bottom": 1, "bg_color": "#E8EEF7"}
        )
        self.key = book.add_format({"num_format": "@", "font_color": "#808080", "font_size": 8})

    def write(self) -> None:
        """Everything stands in its place."""
        keys = ["id", *(fact.key for fact in self.table.facts), "tier", "tags", "reason", "legal"]
        facts = [None, *self.table.facts, None, None, None, None]
        for column, (key, fact) in enumerate(zip(keys, facts, strict=True)):
            title = said(fact.label) if fact else said(GIVES[key])
            width = _FACT_WIDTH if fact else _WIDTHS[key]
            self.sheet.set_column(column, column, width, self.text)
            self._put(self.sheet, 0, column, title, self.head)
            self._put(self.sheet, KEY_ROW, column, key if fact else MARK + key, self.key)
            self._offer(column, key, fact)
        self.sheet.set_row(KEY_ROW, 10, None, {"hidden": True})
        self.sheet.freeze_panes(FIRST_ROW, 1)
        for row, rule in enumerate(self.table.rules, start=FIRST_ROW):
            for column, text in enumerate(_texts(self.table, rule)):
                self._put(self.sheet, row, column, text, self.text)
        self._explain()

    def _offer(self, column: int, key: str, fact: Fact | None) -> None:
        """A drop-down; only the tier must be one of the list."""
        choices = self._choices(key, fact)
        if not choices:
            return
        last = FIRST_ROW + len(self.table.rules) + _SPARE
        offer = {
            "validate": "list",
            "source": self._list(choices),
            "ignore_blank": True,
            "show_error": key == "tier",
        }
        self.sheet.data_validation(FIRST_ROW, column, last, column, offer)

    def _choices(self, key: str, fact: Fact | None) -> Sequence[str]:
        if fact is None:
            pairs = {"tier": self.table.scheme.tiers, "tags": self.table.scheme.tags}
            return [said(words) for _key, words in pairs.get(key, ())]
        unknown = [_("unknown")] if fact.nullable else []
        if fact.type is FactType.FLAG:
            return [_("yes"), _("no"), *unknown, "-"]
        if fact.type is FactType.CHOICE:
            return [*(said(label) for _code, label in fact.options), *unknown, "-"]
        return ()

    def _list(self, choices: Sequence[str]) -> str:
        """Where the choices stand: a list of its own may hold commas and be long."""
        column = self.listed
        self.listed += 1
        for row, choice in enumerate(choices):
            self._put(self.lists, row, column, choice, self.text)
        name = _(LISTS).replace("'", "''")
        return f"='{name}'!{_cell(0, column)}:{_cell(len(choices) - 1, column)}"

    def _explain(self) -> None:
        self.guide.set_column(0, 0, 90, self.text)
        self.guide.set_column(1, 1, 40, self.text)
        self.guide.set_column(2, 2, 2, self.key, {"hidden": True})
        self._put(self.guide, 0, 0, _(POLICY), self.head)
        self._put(self.guide, 0, 1, policy_words(self.table.policy), self.text)
        self._put(self.guide, 0, 2, f"{MARK}policy", self.key)
        policies = self._list([policy_words(policy) for policy in HitPolicy])
        self.guide.data_validation(0, 1, 0, 1, {"validate": "list", "source": policies})
        for row, sentence in enumerate(_ADVICE, start=2):
            self._put(self.guide, row, 0, _(sentence).format(sheet=_(SHEET)), self.text)

    def _put(self, sheet: Any, row: int, column: int, text: str, style: Any) -> None:
        if sheet.write_string(row, column, text, style) == _TOO_LONG:
            raise ExchangeError(
                N_("A text is longer than a cell of a workbook can hold."),
                N_("Shorten the legal grounds, or export as a DMN file."),
            )


def policy_words(policy: HitPolicy) -> str:
    """The policy in plain words, and by the name it has in every language."""
    return f"{_(POLICY_WORDS[policy])} ({policy.name})"


def _texts(table: DecisionTable, rule: Rule) -> tuple[str, ...]:
    cells = zip(rule.cells, table.facts, strict=True)
    return (
        rule.id,
        *("" if cell.is_any else typed_cell(cell, fact) for cell, fact in cells),
        said(table.scheme.tier_label(rule.tier)),
        typed_tags(rule.tags, table.scheme),
        rule.reason,
        rule.legal,
    )


def _cell(row: int, column: int) -> str:
    from xlsxwriter.utility import xl_rowcol_to_cell  # noqa: PLC0415  # as in workbook()

    return str(xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True))
