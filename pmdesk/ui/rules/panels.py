"""The tabs of the rules page beside the grid, and what each of them shows."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from pmdesk.domain.office import Changes
from pmdesk.i18n import N_, _
from pmdesk.services.session import Session
from pmdesk.ui.icons import icon
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.rules.compare.panel import ComparePanel
from pmdesk.ui.rules.expected.panel import ExamplesPanel
from pmdesk.ui.rules.fairness_panel import FairnessPanel
from pmdesk.ui.rules.review.panel import ReviewPanel
from pmdesk.ui.rules.shown import Shown
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.widgets.visibility import set_shown

Build = Callable[[Session, Tasks, Prompts], QWidget]
TABLE, REVIEW = "table", "review"


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelTab:
    """A tab beside the grid; `build` makes a `Panel`."""

    key: str
    title: str  # N_-marked
    icon: str
    build: Build


PANELS: tuple[PanelTab, ...] = (
    PanelTab(key=REVIEW, title=N_("Legality review"), icon="shield", build=ReviewPanel),
    PanelTab(key="examples", title=N_("Examples"), icon="users", build=ExamplesPanel),
    PanelTab(key="fairness", title=N_("Fairness"), icon="scale", build=FairnessPanel),
    PanelTab(key="compare", title=N_("Compare"), icon="history", build=ComparePanel),
)


class PanelTabs(QWidget):
    """The grid in the first tab, and a panel in each other one, made when it is first opened."""

    opened = Signal(str)  # the key of the tab
    place_chosen = Signal(object)  # (rule, column): a panel leads to a cell

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts) -> None:
        super().__init__()
        self._parts = session, tasks, prompts
        self._shown: Shown | None = None
        self._pages: dict[str, QWidget] = {}
        self._stale: set[str] = set()
        self.bar = QTabBar()
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.bar.setAccessibleName(_("Views of this version"))
        self.bar.addTab(icon("grid-3x3"), _("Table"))
        for tab in PANELS:
            self.bar.addTab(icon(tab.icon), _(tab.title))
        self.bar.currentChanged.connect(self._open)
        self.stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self._head = QHBoxLayout()
        self._head.setSpacing(10)
        self._head.addWidget(self.bar, 1)
        self._beside: tuple[QWidget, ...] = ()
        column.addLayout(self._head)
        column.addWidget(self.stack, 1)

    def put_grid(self, grid: QWidget, *beside: QWidget) -> None:
        """The grid stands in the first tab; while it is seen, the others stand beside the tabs."""
        self._beside = beside
        for widget in beside:
            self._head.addWidget(widget)
        self._pages[TABLE] = grid
        self.stack.insertWidget(0, grid)
        self._open(self.bar.currentIndex())

    def show_version(self, shown: Shown) -> None:
        """Every panel is about this version; what is not seen follows when it is opened."""
        self._shown = shown
        self._stale = set(self._pages) - {TABLE}
        self._refresh(self.current)

    def reload(self, changes: Changes) -> None:
        """The panels show what the office holds now."""
        for page in self._pages.values():
            reload = getattr(page, "reload", None)
            if reload is not None:
                reload(changes)

    @property
    def current(self) -> str:
        """The key of the open tab."""
        return TABLE if self.bar.currentIndex() <= 0 else PANELS[self.bar.currentIndex() - 1].key

    def panel(self, key: str) -> QWidget:
        """The panel with that key is open."""
        keys = [TABLE, *(tab.key for tab in PANELS)]
        self.bar.setCurrentIndex(keys.index(key))
        return self._pages[key]

    def _open(self, index: int) -> None:
        key = self.current
        if key not in self._pages and index > 0:
            made = self._pages[key] = PANELS[index - 1].build(*self._parts)
            if isinstance(made, ReviewPanel):
                made.place_chosen.connect(self.place_chosen)
            self.stack.addWidget(self._pages[key])
            self._stale.add(key)
        if key in self._pages:
            self.stack.setCurrentWidget(self._pages[key])
            self._bound(self._pages[key])
        for widget in self._beside:
            set_shown(widget, key == TABLE)
        self._refresh(key)
        self.opened.emit(key)

    def _bound(self, seen: QWidget) -> None:
        """Only what is seen says how high the tabs have to be."""
        policy = QSizePolicy.Policy
        for page in self._pages.values():
            own = policy.Preferred if page is seen else policy.Ignored
            page.setSizePolicy(own, own)

    def _refresh(self, key: str) -> None:
        if self._shown is not None and key in self._stale:
            self._stale.discard(key)
            self._pages[key].show_version(self._shown)  # type: ignore[attr-defined]  # a Panel
