"""The price list as a table: the same columns for who publishes it and for who reads it."""

from pmdesk.domain.addons import Addon, yuan
from pmdesk.i18n import _
from pmdesk.services import addons
from pmdesk.ui.tables.model import Align, Column


def price_columns() -> tuple[Column[Addon], ...]:
    """What it is called, what it consists of, what it costs, and from when."""
    return (
        Column(key="name", title=_("Service"), cell=lambda one: one.name, width=12),
        Column(
            key="content",
            title=_("Content"),
            cell=addons.content_words,
            tip=addons.content_words,
        ),
        Column(key="unit", title=_("Unit"), cell=lambda one: one.unit, width=6),
        Column(
            key="price",
            title=_("Yuan"),
            cell=lambda one: yuan(one.price),
            align=Align.END,
            width=10,
        ),
        Column(key="since", title=_("From"), cell=lambda one: str(one.since), width=10),
    )
