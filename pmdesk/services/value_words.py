"""A stored value in words, as papers print it."""

from datetime import date
from decimal import Decimal

from pmdesk.domain.fields import Field, Kind, Value
from pmdesk.i18n import _, said


def value_words(field: Field, value: Value) -> str:
    """The value of a field in the user's language; empty when it is unknown."""
    if value is None or value == ():
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, tuple):
        return _period(value) if field.kind is Kind.PERIOD else _options(field, value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int):
        unit = f" {said(field.unit)}" if field.unit else ""
        return f"{Decimal(value).scaleb(-field.scale):f}{unit}"
    return said(field.option(value)) if field.kind is Kind.CHOICE else value


def _options(field: Field, codes: tuple[object, ...]) -> str:
    return _(", ").join(said(field.option(str(code))) for code in codes)


def _period(days: tuple[object, ...]) -> str:
    return " — ".join(day.isoformat() if isinstance(day, date) else "…" for day in days)
