"""The versions of the service plans, and in words what each says otherwise than the one before."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pmdesk.domain.orders.floor import ServicePlan
from pmdesk.domain.orders.plan_changes import PlanChange, plan_changes
from pmdesk.domain.orders.plan_draft import drafted
from pmdesk.i18n import _, ngettext
from pmdesk.services.plans import wording
from pmdesk.services.plans.desk import Shelf
from pmdesk.ui import theme
from pmdesk.ui.tables.model import Column, RowsModel
from pmdesk.ui.tables.view import Table
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.columns import Beside
from pmdesk.ui.widgets.header import EmptyState
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.page import scrolled

_TABLE = 260
_WIDE = 860


class VersionsTab(QWidget):
    """One version chosen shows its differences; it can be the start of the next one."""

    start_requested = Signal(object)  # ServicePlan

    def __init__(self) -> None:
        super().__init__()
        self._shelf: Shelf | None = None
        self._one: ServicePlan | None = None
        self._said: tuple[str, ...] = ()
        self.model = RowsModel[ServicePlan](self._columns())
        self.table = Table(self.model, EmptyState(_("No version yet.")), nobody=True)
        self.table.setMinimumHeight(theme.length(_TABLE))
        self.table.view.picked.connect(self._pick)
        self.title = label("", "heading", wrap=True)
        self.starter = button(_("Start from this version"), self._start, picture="copy")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(10)
        left, right = Card(_("Versions"), margin=16), Card(margin=16)
        left.add(self.table, 1)
        right.add(self.title)
        holder = QWidget()
        holder.setLayout(self._lines)
        right.add(scrolled(holder), 1)
        right.body.addWidget(self.starter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Beside(left, right, (3, 2), _WIDE))

    def show_shelf(self, shelf: Shelf, *, may_edit: bool) -> None:
        """The versions there are, the newest chosen."""
        self._shelf = shelf
        self.starter.setVisible(may_edit)
        self.model.set_rows(shelf.versions)
        self.table.view.selectRow(0)
        self._pick(shelf.newest)

    @property
    def lines(self) -> tuple[str, ...]:
        """The differences that are shown, in words."""
        return self._said

    def _pick(self, plan: ServicePlan | None) -> None:
        if plan is None or self._shelf is None:
            return
        self._one = plan
        before = self._shelf.before(plan)
        self.starter.setEnabled(plan != self._shelf.newest)
        if before is None:
            self.title.setText(_("As shipped"))
            self._say([_("Numbers to begin with: no office has agreed to them.")])
            return
        changes = plan_changes(drafted(before), drafted(plan))
        self.title.setText(
            _("Version {version}, against {before}").format(
                version=plan.version, before=_named(before)
            )
        )
        self._show_changes(changes, plan.reason)

    def _show_changes(self, changes: tuple[PlanChange, ...], reason: str) -> None:
        tiers = self._shelf.tiers if self._shelf else ()
        if not changes:
            self._say([_("Nothing was changed: the version before was confirmed.")])
            return
        self._clear()
        told = tuple(wording.change_words(change, tiers) for change in changes)
        why = (wording.reason_words(reason),) if reason else ()
        self._said = (*why, *told)
        for words in why:
            self._lines.addWidget(label(words, wrap=True, select=True))
        for change, words in zip(changes, told, strict=True):
            made = label(words, "", wrap=True, select=True)
            if change.less:
                theme.look(made, ink=Tone.WARN.value)
            self._lines.addWidget(made)
        self._lines.addStretch(1)

    def _say(self, sentences: list[str]) -> None:
        self._clear()
        self._said = tuple(sentences)
        for words in sentences:
            self._lines.addWidget(label(words, "muted", wrap=True))
        self._lines.addStretch(1)

    def _clear(self) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            part = item.widget()
            if part is not None:
                part.hide()
                part.deleteLater()

    def _start(self) -> None:
        if self._one is not None:
            self.start_requested.emit(self._one)

    def _columns(self) -> tuple[Column[ServicePlan], ...]:
        return (
            Column(key="version", title=_("Version"), cell=_named, width=9),
            Column(key="since", title=_("From"), cell=_since, width=12),
            Column(key="author", title=_("By"), cell=self._author, width=9),
            Column(key="contract", title=_("Contract"), cell=self._contract, width=13),
            Column(key="changed", title=_("Cells changed"), cell=self._changed),
        )

    def _author(self, plan: ServicePlan) -> str:
        return self._shelf.names.get(plan.author, "") if self._shelf else ""

    def _contract(self, plan: ServicePlan) -> str:
        """Which version brought the contract that holds in it."""
        if self._shelf is None:
            return ""
        first = self._shelf.contract_of(plan)
        return _("new contract") if first == plan and plan.version else _named(first)

    def _changed(self, plan: ServicePlan) -> str:
        before = self._shelf.before(plan) if self._shelf else None
        if before is None:
            return ""
        count = len(plan_changes(drafted(before), drafted(plan)))
        return ngettext("{count} cell", "{count} cells", count).format(count=count)


def _named(plan: ServicePlan) -> str:
    if not plan.version:
        return _("as shipped")
    return _("version {version}").format(version=plan.version)


def _since(plan: ServicePlan) -> str:
    return plan.since.isoformat() if plan.since else "—"
