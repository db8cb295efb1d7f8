"""Cells and values as text: canonical S-FEEL for files, plain sentences for people."""

from datetime import date

from pmdesk.i18n import _, said
from pmdesk.rules.cells import EVERYTHING, Cell, Range, whole_span
from pmdesk.rules.facts import Fact, FactType, Value

_EPOCH = date(2000, 1, 1).toordinal()


def print_cell(cell: Cell, fact: Fact) -> str:
    """The cell in canonical S-FEEL; reading it again gives an equal cell."""
    if cell.is_any:
        return "-"
    parts = [_literal(value) for value in cell.values]
    parts += [text for span in cell.ranges for text in _range_texts(span, fact)]
    if cell.unknown:
        parts.append("null")
    return ", ".join(parts)


def cell_words(cell: Cell, fact: Fact) -> str:
    """The cell as a plain sentence in the user's language."""
    return _sentence(cell, fact, _("is {values}"))


def labelled_words(cell: Cell, fact: Fact) -> str:
    """The same behind the fact's label and a colon, which say already that it “is”."""
    return _sentence(cell, fact, "{values}")


def _sentence(cell: Cell, fact: Fact, being: str) -> str:
    if cell.is_any:
        return _("any")
    parts = [_range_words(span, fact) for span in cell.ranges]
    if cell.values:
        named = _(" or ").join(_named(value, fact) for value in cell.values)
        parts.append(named if fact.type is FactType.FLAG else being.format(values=named))
    if cell.unknown:
        parts.append(_("unknown"))
    return _(" or ").join(parts)


def value_words(value: Value, fact: Fact) -> str:
    """A value of the fact as the user reads it."""
    if value is None:
        return _("unknown")
    if isinstance(value, str | bool):
        return _named(value, fact)
    if isinstance(value, date):
        return value.isoformat()
    return _with_unit(decimal_text(value, fact.scale), fact)


def decimal_text(number: int, scale: int) -> str:
    """An integer of `scale` decimal places as a decimal without needless zeros."""
    sign = "-" if number < 0 else ""
    whole, rest = divmod(abs(number), 10**scale)
    places = f"{rest:0{scale}d}".rstrip("0") if scale else ""
    return f"{sign}{whole}.{places}" if places else f"{sign}{whole}"


def _literal(value: str | bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _bound(number: int, fact: Fact) -> str:
    if fact.type is FactType.DATE:
        return f'date("{date.fromordinal(number).isoformat()}")'
    return decimal_text(number, fact.scale)


def _range_texts(span: Range, fact: Fact) -> tuple[str, ...]:
    span = whole_span(fact) if span == EVERYTHING else span
    if span == EVERYTHING:
        middle = _bound(_EPOCH if fact.type is FactType.DATE else 0, fact)
        return f"< {middle}", f">= {middle}"
    if span.single is not None:
        return (_bound(span.single, fact),)
    if span.low is None:
        return (f"< {_bound(span.high or 0, fact)}",)
    if span.high is None:
        return (f">= {_bound(span.low, fact)}",)
    return (f"[{_bound(span.low, fact)}..{_bound(span.high, fact)})",)


def _range_words(span: Range, fact: Fact) -> str:
    if span == whole_span(fact):
        return _("known")
    low, high = (_shown(end, fact) for end in span)
    if fact.type is FactType.DATE:
        return _date_words(span).format(low=low, high=high)
    return _with_unit(_number_words(span).format(low=low, high=high), fact)


def _number_words(span: Range) -> str:
    if span.single is not None:
        return _("exactly {low}")
    if span.low is None:
        return _("under {high}")
    return _("at least {low}") if span.high is None else _("{low} to under {high}")


def _date_words(span: Range) -> str:
    if span.single is not None:
        return _("on {low}")
    if span.low is None:
        return _("before {high}")
    return _("on or after {low}") if span.high is None else _("from {low} and before {high}")


def _shown(end: int | None, fact: Fact) -> str:
    if end is None:
        return ""
    if fact.type is FactType.DATE:
        return date.fromordinal(end).isoformat()
    return decimal_text(end, fact.scale)


def _with_unit(text: str, fact: Fact) -> str:
    return f"{text} {said(fact.unit)}" if fact.unit else text


def _named(value: str | bool, fact: Fact) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return said(fact.option_label(value)) if fact.options else f"“{value}”"
