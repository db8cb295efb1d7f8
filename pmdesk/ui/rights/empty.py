"""The desk before the first request: the rights in plain words, and a poster of them."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from pmdesk.i18n import _
from pmdesk.services.rights.requests_poster import plain_rights
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.columns import Columns
from pmdesk.ui.widgets.label import label


class RightsExplained(Card):
    """What residents may ask for, and what the office does then."""

    receive_requested = Signal()
    poster_requested = Signal()

    def __init__(self) -> None:
        super().__init__(_("What residents may ask for"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        words = [label(f"• {line}", wrap=True) for line in plain_rights()]
        self.add(Columns(words, least=300))
        self.add(label(_says(), "muted", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addStretch(1)
        row.addWidget(
            button(_("Poster for the wall…"), self.poster_requested.emit, picture="printer")
        )
        row.addWidget(button(_("Receive a request"), self.receive_requested.emit, picture="plus"))
        self.body.addLayout(row)


def _says() -> str:
    return _(
        "One sentence is enough, said, written or by phone; name and room suffice. No identity card"
        " is copied. The receipt goes out the same day, the answer within 15 working days, at the"
        " latest after 30 days."
    )
