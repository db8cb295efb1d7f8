"""The step between columns and check: what the types and the buildings of a list mean here."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from pmdesk.analytics.buildings import building_entries
from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.orders.names import SERVICES
from pmdesk.i18n import _, ngettext, said
from pmdesk.services.order_import.meanings import guessed
from pmdesk.services.order_import.planned import ESTATE, Choices, ReadList
from pmdesk.ui import theme
from pmdesk.ui.exchange.still_box import StillBox
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.flow import FlowLayout
from pmdesk.ui.widgets.label import label, rule

SHOWN = 60  # words of one card; the rarer ones are as guessed
_OUT = "\0out"  # leave the orders of that building out; no building is called so
_OPEN = "\0open"  # nobody has said yet what it is


class MeaningsStep(QScrollArea):
    """A line for each type, and one for each building that is in no register."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.types: dict[str, StillBox] = {}
        self.buildings: dict[str, StillBox] = {}
        self._rarer: dict[str, str] = {}  # buildings without a line, and where they go
        self.closes_old = QCheckBox(
            _("Enter what has been open for more than a year as cancelled today")
        )

    def show_list(self, read: ReadList) -> None:
        """The words of this list, each with what it sounds like."""
        self.types, self.buildings = {}, {}
        self._rarer = dict.fromkeys(read.strange[SHOWN:], _OPEN)
        inner = QWidget()
        inner.setProperty("look", "clear")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, theme.length(10), 0)
        column.setSpacing(14)
        column.addWidget(self._type_card(read))
        if read.strange:
            column.addWidget(self._building_card(read))
        column.addWidget(self._open_card())
        column.addStretch(1)
        self.setWidget(inner)

    @property
    def open_buildings(self) -> tuple[str, ...]:
        """The buildings of which nobody has said yet what they are."""
        shown = [name for name, box in self.buildings.items() if box.is_open]
        return (*shown, *(name for name, to in self._rarer.items() if to == _OPEN))

    def show_open(self) -> None:
        """The first line that waits for a choice is in sight and has the keyboard."""
        waiting = next((box for box in self.buildings.values() if box.is_open), None)
        if waiting is not None:
            self.ensureWidgetVisible(waiting)
            waiting.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def choices(self) -> Choices:
        """What was chosen."""
        shown = {name: str(box.currentData()) for name, box in self.buildings.items()}
        chosen = {**shown, **self._rarer}
        return Choices(
            services={name: Service(box.currentData()) for name, box in self.types.items()},
            buildings={
                name: None if to == _OUT else to for name, to in chosen.items() if to != name
            },
            keeps_old_open=not self.closes_old.isChecked(),
        )

    def lead_buildings(self, choice: str | None) -> None:
        """All buildings that are in no register go there; None: as they are called."""
        for name, box in self.buildings.items():
            box.setCurrentIndex(box.findData(name if choice is None else choice))
        self._rarer = {name: name if choice is None else choice for name in self._rarer}

    # ---- cards ------------------------------------------------------------------------------

    def _type_card(self, read: ReadList) -> Card:
        card = Card(_("Types"))
        counted = {name: count for name, count in read.types.items() if name}
        if not counted:
            card.add(
                label(_("The list tells no types: the words decide, else “Other”."), wrap=True)
            )
            return card
        offered = [(said(words), service.value) for service, words in SERVICES.items()]
        for name in tuple(counted)[:SHOWN]:
            self.types[name] = StillBox(
                _("Type {name}").format(name=name), offered, str(guessed(name))
            )
        card.add(_lines(_("Type in the list"), counted, self.types))
        rarer = len(counted) - len(self.types)
        more = ngettext(
            "{count} rarer word is as it sounds.", "{count} rarer words are as they sound.", rarer
        )
        card.add(_rest(more, rarer))
        return card

    def _building_card(self, read: ReadList) -> Card:
        card = Card(_("Buildings that are not in the register"))
        counted = {name: read.buildings[name] for name in read.strange}
        known = building_entries(sorted(read.known))
        for name in tuple(counted)[:SHOWN]:
            offered = [
                (_("Enter as a new building"), name),
                (_("Count for the estate as a whole"), ESTATE),
                (_("Leave these orders out"), _OUT),
                *known,
            ]
            self.buildings[name] = StillBox(_("Building {name}").format(name=name), offered, None)
        card.add(label(_("The same building under another name? Choose it."), "muted", wrap=True))
        buttons = QWidget()
        flow = FlowLayout(8)
        for words, to in (
            (_("All new"), None),
            (_("All for the estate"), ESTATE),
            (_("Leave all out"), _OUT),
        ):
            flow.addWidget(button(words, partial(self.lead_buildings, to), look="link"))
        buttons.setLayout(flow)
        card.add(buttons)
        card.add(_lines(_("Building in the list"), counted, self.buildings))
        more = ngettext(
            "{count} rarer building has no line: the words above settle it.",
            "{count} rarer buildings have no line: the words above settle them.",
            len(self._rarer),
        )
        card.add(_rest(more, len(self._rarer)))
        return card

    def _open_card(self) -> Card:
        card = Card(_("Orders that were never closed"))
        card.add(
            label(
                _(
                    "What the list has as open goes on here as an open order. Nobody can tell "
                    "whether very old ones are really open: look through them, or have them "
                    "cancelled."
                ),
                "muted",
                wrap=True,
            )
        )
        card.add(self.closes_old)
        return card


def _lines(title: str, counted: Mapping[str, int], boxes: Mapping[str, QComboBox]) -> QWidget:
    """What the list says, how often, and what it means here."""
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(20)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(2, 1)
    for at, words in enumerate((title, _("Orders"), _("Means here"))):
        grid.addWidget(label(words, "label"), 0, at)
    for line, (name, box) in enumerate(boxes.items(), start=1):
        grid.addWidget(rule(), 2 * line - 1, 0, 1, 3)
        grid.addWidget(label(name, wrap=True), 2 * line, 0)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        grid.addWidget(label(f"{counted[name]:,}"), 2 * line, 1, right)
        row = QHBoxLayout()
        row.addWidget(box)
        row.addStretch(1)
        grid.addLayout(row, 2 * line, 2)
    return made


def _rest(more: str, count: int) -> QWidget:
    made = label(more.format(count=count), "muted", wrap=True)
    made.setVisible(count > 0)
    return made
