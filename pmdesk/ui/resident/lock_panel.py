"""Why a purpose group is locked, what unlocks it, who can, and one button."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from pmdesk.domain.fields import Field
from pmdesk.i18n import _, said
from pmdesk.services.locks import Lock
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.ground import Ground
from pmdesk.ui.widgets.label import Picture, label
from pmdesk.ui.widgets.visibility import set_shown

_NAMED = 6  # fields named before “and so on”


class LockPanel(Ground):
    """The same sentence is shown, read out by screen readers, and given as the tooltip."""

    consent_requested = Signal()

    def __init__(self, lock: Lock, fields: tuple[Field, ...]) -> None:
        super().__init__(Tone.NEUTRAL)
        self.sentence = lock_sentence(lock)
        self.setToolTip(self.sentence)
        self.setAccessibleName(_("Locked"))
        self.setAccessibleDescription(self.sentence)
        self.button = button(
            _("Take consent now"), self.consent_requested.emit, picture="signature", tip="Ctrl+G"
        )
        self.button.setAccessibleDescription(self.sentence)
        set_shown(self.button, lock.consent_helps)
        words = QVBoxLayout()
        words.setSpacing(4)
        for text in _lines(lock):
            words.addWidget(label(text, wrap=True))
        if fields:
            words.addWidget(label(_contents(fields), "muted", wrap=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 14, 16, 14)
        row.setSpacing(12)
        row.addWidget(Picture("lock", Tone.NEUTRAL), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)


def lock_sentence(lock: Lock) -> str:
    """Reason, remedy and who can help, as one text."""
    return "\n".join(_lines(lock))


def _lines(lock: Lock) -> tuple[str, ...]:
    places = {name: said(words) for name, words in lock.places.items()}
    return (_(lock.reason).format(**places), f"{_(lock.remedy)}  {_(lock.by)}")


def _contents(fields: tuple[Field, ...]) -> str:
    comma = _(", ")
    names = comma.join(said(field.label) for field in fields[:_NAMED])
    if len(fields) > _NAMED:
        return _("Then can be filled in: {fields} and {count} more").format(
            fields=names, count=len(fields) - _NAMED
        )
    return _("Then can be filled in: {fields}").format(fields=names)
