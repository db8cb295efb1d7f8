"""What the cells of a worksheet mean in a rule: as typed, or as the spreadsheet understood them."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from pmdesk.errors import PmdeskError
from pmdesk.i18n import N_
from pmdesk.rules.cells import ANY, Cell
from pmdesk.rules.facts import Fact, FactType
from pmdesk.rules.parse import parse
from pmdesk.rules.scheme import Scheme
from pmdesk.rules.table import LONGEST_REASON
from pmdesk.rules.typed import DASHES, read_tier
from pmdesk.services.exchange.sheet import Cell as Held
from pmdesk.services.exchange.sheet import text_of


def cell_of(held: Held, fact: Fact) -> Cell:
    """The cell that was typed; blank and dashes ask for nothing."""
    text = _number(held) if isinstance(held, float) else text_of(held)
    if text in DASHES:
        return ANY
    _refuse_clock(held)
    if isinstance(held, date) and fact.type is not FactType.DATE:
        raise PmdeskError(
            N_("The spreadsheet made a date of what was typed here."),
            N_("Format the cell as text and type it again."),
        )
    return parse(text, fact)


def _refuse_clock(held: Held) -> None:
    has_time = isinstance(held, datetime) and held.time() != time.min
    if has_time or isinstance(held, (time, timedelta)):
        raise PmdeskError(
            N_("The spreadsheet made a time of what was typed here."),
            N_("Format the cell as text and type it again."),
        )


def _number(held: float) -> str:
    """The number as the spreadsheet shows it: 15 digits, no exponent."""
    return format(Decimal(f"{held:.15g}"), "f")


def tier_of(text: str, scheme: Scheme) -> str:
    """The tier of this name; every row gives one."""
    if not text:
        raise PmdeskError(N_("The tier is missing."), N_("Choose one from the list."))
    return read_tier(text, scheme)


def reason_of(held: Held) -> str:
    """The reason, short enough to be shown to the person."""
    reason = prose(held)
    if len(reason) > LONGEST_REASON:
        raise PmdeskError(
            N_("The reason is longer than {most} characters."),
            N_("It is shown to the person: say it shorter."),
            most=LONGEST_REASON,
        )
    return reason


def prose(held: Held) -> str:
    """The text in one line."""
    return " ".join(text_of(held).split())


def text_at(cells: Sequence[Held], index: int) -> str:
    """The text of one of these cells; nothing beyond the last."""
    return " ".join(text_of(cells[index]).split()) if index < len(cells) else ""


def column_name(index: int, title: str) -> str:
    """The letters of a column and what stands above it."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters} {title}".strip()
