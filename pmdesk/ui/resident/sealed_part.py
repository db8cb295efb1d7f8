"""What a purpose keeps sealed: values and items, opened for a reason and soon gone again."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pmdesk.domain.consents import ConsentItem
from pmdesk.domain.fairness import FAIRNESS
from pmdesk.domain.fields import Field, FieldKey, Value
from pmdesk.domain.people import PersonId
from pmdesk.domain.reveals import REASONS, Why
from pmdesk.domain.staff import Permission
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, said
from pmdesk.services import fairness, residents
from pmdesk.services.consent import consent_items
from pmdesk.services.resident_page import PurposeGroup
from pmdesk.services.session import Session
from pmdesk.ui.access.reason_panel import ReasonPanel
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.resident.items import ItemLine
from pmdesk.ui.resident.sealed import SealedField
from pmdesk.ui.resident.taking_part import TakingPart
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.widgets.label import label

T = TypeVar("T")


class SealedPart(QWidget):
    """A line for each sealed value and each item; whoever has the ring may open one."""

    withdrawal_requested = Signal(int)  # the place of an item

    def __init__(
        self,
        session: Session,
        tasks: Tasks,
        prompts: Prompts,
        person: PersonId,
        group: PurposeGroup,
    ) -> None:
        super().__init__()
        self._session = session
        self._tasks = tasks
        self._prompts = prompts
        self._person = person
        self._group = group
        self._may_open = session.staff.may(Permission.OPEN_SEALED)
        self.reasons = ReasonPanel("")
        self.sample = self._sample() if group.purpose.code == FAIRNESS and group.sealed else None
        apart = () if self.sample else group.sealed
        self.fields = tuple(self._field(field) for field in apart)
        self.items = tuple(self._item(item) for item in group.items)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        if self.sample is not None:
            column.addWidget(self.sample)
        for field in self.fields:
            column.addWidget(field)
        if self.items:
            words = _("Which items they are is sealed. The person's receipts name them.")
            column.addWidget(label(words, "muted", wrap=True))
        for item in self.items:
            column.addWidget(item)
        column.addWidget(self.reasons)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.fields or self.items or self.sample)

    def hide_clear(self) -> None:
        """Nothing that was opened is on the screen any more, and no reason holds."""
        self.reasons.forget()
        for field in self.fields:
            field.hide_clear()
        for item in self.items:
            item.hide_clear()

    def _sample(self) -> TakingPart:
        made = TakingPart(
            self._group.sealed,
            self._group.takes_part,
            may_write=self._session.staff.may(Permission.EDIT_RESIDENTS),
        )
        made.answered.connect(self._take_part)
        return made

    def _take_part(self, told: Mapping[FieldKey, Value]) -> None:
        work = partial(fairness.take_part, self._session, self._person, dict(told))
        self._tasks.command(work, owner=self)

    def _field(self, field: Field) -> SealedField:
        made = SealedField(
            field,
            present=field.key in self._group.sealed_present,
            may_write=self._session.staff.may(Permission.EDIT_RESIDENTS),
            may_open=self._may_open,
        )
        made.written.connect(self._seal)
        made.open_requested.connect(lambda _key: self._open_field(made))
        return made

    def _item(self, item: ConsentItem) -> ItemLine:
        may = self._session.staff.may(Permission.RECEIVE_REQUESTS)
        made = ItemLine(item, may_open=self._may_open, may_withdraw=may)
        made.open_requested.connect(lambda _slot: self._open_item(made))
        made.withdrawal_requested.connect(lambda slot: self.withdrawal_requested.emit(slot))
        return made

    def _seal(self, key: FieldKey, text: str) -> None:
        code = self._group.purpose.code
        work = partial(residents.seal_value, self._session, self._person, code, key, text)
        self._tasks.command(work, owner=self)

    def _open_field(self, made: SealedField) -> None:
        code, key = self._group.purpose.code, made.field.key
        work = partial(residents.open_sealed, self._session, self._person, code, key)
        self._ask(said(made.field.label), work, made.show_clear)

    def _open_item(self, made: ItemLine) -> None:
        code, slot = self._group.purpose.code, made.item.slot
        work = partial(consent_items.open_item, self._session, self._person, code, slot)
        self._ask(said(self._group.purpose.name), work, made.show_clear)

    def _ask(self, name: str, work: Callable[[str], T], shown: Callable[[T], None]) -> None:
        words = _("Why do you need “{field}” now? The reason is logged.").format(field=name)
        self.reasons.ask(lambda why: self._open(work, shown, why), words)

    def _open(self, work: Callable[[str], T], shown: Callable[[T], None], why: Why) -> None:
        reason = why.words or said(REASONS[why.reason])
        self._tasks.query(partial(work, reason), owner=self, done=shown, failed=self._not_opened)

    def _not_opened(self, error: PmdeskError) -> None:
        self.reasons.forget()
        self._prompts.explain(error)
