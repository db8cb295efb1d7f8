"""How the states of records look: icon, word and colour."""

from collections.abc import Mapping

from pmdesk.domain.records import Record, RecordStatus
from pmdesk.i18n import _
from pmdesk.services.wording import RECORD_STATES
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.pill import Badge

_LOOKS: Mapping[RecordStatus, tuple[Tone, str]] = {
    RecordStatus.DRAFT: (Tone.NEUTRAL, "pencil"),
    RecordStatus.SUBMITTED: (Tone.WARN, "clock"),
    RecordStatus.APPROVED: (Tone.GOOD, "badge-check"),
    RecordStatus.REJECTED: (Tone.PROBLEM, "rotate-ccw"),
    RecordStatus.CLOSED: (Tone.NEUTRAL, "history"),
}


def record_badge(record: Record) -> Badge:
    """The state of a record; one that a single person decided on says so."""
    tone, icon = _LOOKS[record.status]
    words = _(RECORD_STATES[record.status])
    if record.alone:
        words = _("{state} · by a single person").format(state=words)
    return Badge(words=words, tone=tone, icon=icon)
