"""The chapter of the keys, made from the one keyboard map."""

from pmdesk.domain.manual import Chapter, Section
from pmdesk.i18n import Words, _
from pmdesk.ui.commands import COMMANDS, FURTHER_KEYS, keys_of


def chapter() -> Chapter:
    """All keys in a table, in the language that is chosen now."""
    lines = [(keys_of(spec), _(spec.text)) for spec in COMMANDS]
    lines += [(keys, _(text)) for keys, text in FURTHER_KEYS]
    rows = [(_("Key"), _("What it does")), *lines]
    section = Section(
        title=_now(_("All keys")),
        text=_now(_("F1 shows them at any time.")),
        table=tuple(tuple(_now(cell) for cell in row) for row in rows),
    )
    return Chapter(code="keys", title=_now(_("Keys")), sections=(section,))


def _now(text: str) -> Words:
    return Words(text, text)
