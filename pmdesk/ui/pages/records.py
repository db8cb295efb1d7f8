"""合规记录: impact assessments, incidents, processors and the other proofs of compliance."""

from functools import partial

from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from pmdesk.domain import office
from pmdesk.domain.assessments import KIND as ASSESSMENT
from pmdesk.domain.office import Changes
from pmdesk.domain.points import Point
from pmdesk.domain.records import RecordId
from pmdesk.i18n import _
from pmdesk.services.audits import record_points
from pmdesk.services.records import assessments
from pmdesk.services.session import Session
from pmdesk.ui.building import built
from pmdesk.ui.icons import nav_icon
from pmdesk.ui.places import Part
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.records.panel import RecordPanel
from pmdesk.ui.records.registry import Tab, tabs
from pmdesk.ui.records.side import Side
from pmdesk.ui.records.strip import PointStrip
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.header import PageHeader
from pmdesk.ui.widgets.stack import PageStack

_OF_POINTS = {office.RECORDS, office.RULES, office.STAFF, office.OFFICE, office.RESIDENTS}


class RecordsPage(QWidget):
    """Kinds at the left, the chosen one at the right, and above it what is missing or overdue."""

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts) -> None:
        super().__init__()
        self.setProperty("look", "page")
        self._session, self._tasks, self._prompts = session, tasks, prompts
        self._tabs = {tab.key: tab for tab in tabs()}
        self._panels: dict[str, QWidget] = {}
        self._group = QButtonGroup(self)
        self._buttons = {tab.key: self._button(tab) for tab in self._tabs.values()}
        self.strip = PointStrip()
        self.strip.chosen.connect(self.do)
        self._stack = PageStack()
        self._lay_out()
        self.open_tab(next(iter(self._tabs)))
        self.reload()

    @staticmethod
    def parts() -> tuple[Part, ...]:
        """The tabs, for the search."""
        return tuple(Part(key=tab.key, title=tab.title, words=tab.words) for tab in tabs())

    def open_part(self, key: str) -> None:
        """That tab is to be seen, with the cursor in it."""
        self.open_tab(key).setFocus()

    def reload(self, changes: Changes | None = None) -> None:
        """Strip and open tabs show how things stand now."""
        if changes is None or changes.kinds & _OF_POINTS:
            self._tasks.query(
                partial(record_points.points, self._session),
                owner=self,
                done=self.strip.show_points,
                newest="points",
            )
        if changes is None:
            return
        for panel in self._panels.values():
            reload = getattr(panel, "reload", None)
            if reload is not None:
                reload(changes)

    def open_tab(self, key: str) -> QWidget:
        """The tab of that key is to be seen; it is made when it is first opened."""
        if key not in self._panels:
            self._panels[key] = built(partial(self._made, self._tabs[key]))
            self._stack.addWidget(self._panels[key])
        self._buttons[key].setChecked(True)
        self._side.ensureWidgetVisible(self._buttons[key])
        self._stack.setCurrentWidget(self._panels[key])
        self._fit_strip()
        return self._panels[key]

    def open_record(self, key: str, record: RecordId) -> None:
        """That record of that kind is open."""
        panel = self.open_tab(key)
        if isinstance(panel, RecordPanel):
            panel.open_record(record)

    def begin(self, key: str, subject: str) -> None:
        """A new record of that kind about `subject`."""
        panel = self.open_tab(key)
        if isinstance(panel, RecordPanel):
            panel.begin(subject)

    def assess(self, subject: str) -> None:
        """The assessment of `subject` is open: the one there is, or a new one."""
        self._tasks.query(
            partial(assessments.record_about, self._session, subject),
            owner=self,
            done=partial(self._show_assessment, subject),
            newest="assess",
        )

    def do(self, point: Point) -> None:
        """The place where the point is settled is open."""
        if point.record is not None:
            self.open_record(point.tab, point.record)
        elif point.subject is not None:
            self.begin(point.tab, point.subject)
        else:
            self.open_tab(point.tab)

    def _show_assessment(self, subject: str, record: RecordId | None) -> None:
        if record is None:
            self.begin(ASSESSMENT, subject)
        else:
            self.open_record(ASSESSMENT, record)

    def _made(self, tab: Tab) -> QWidget:
        if tab.build is not None:
            return tab.build(self._session, self._tasks, self._prompts)
        panel = RecordPanel(self._session, self._tasks, self._prompts, tab.key)
        panel.covered.connect(lambda _on: self._fit_strip())
        return panel

    def _fit_strip(self) -> None:
        """An open record, and a tab that no point is about, get all the room."""
        panel = self._stack.currentWidget()
        covered = isinstance(panel, RecordPanel) and panel.is_covered
        alone = any(tab.alone for key, tab in self._tabs.items() if self._panels.get(key) is panel)
        self.strip.setVisible(not (covered or alone))

    def _button(self, tab: Tab) -> QPushButton:
        made = QPushButton(nav_icon(tab.icon), tab.title)
        made.setProperty("look", "nav")
        made.setCheckable(True)
        made.setAutoDefault(False)
        made.setObjectName(f"tab.{tab.key}")
        self._group.addButton(made)
        made.clicked.connect(lambda _on: self.open_tab(tab.key))
        return made

    def _lay_out(self) -> None:
        header = PageHeader(
            _("Compliance records"),
            _("Written by one person, approved by another, kept for at least three years."),
        )
        kinds = Card(margin=8)
        kinds.body.setSpacing(2)
        for made in self._buttons.values():
            kinds.add(made)
        kinds.body.addStretch(1)
        self._side = Side(kinds)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self.strip)
        right.addWidget(self._stack, 1)
        body = QHBoxLayout()
        body.setSpacing(16)
        body.addWidget(self._side)
        body.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 22, 28, 24)
        column.setSpacing(16)
        column.addWidget(header)
        column.addLayout(body, 1)
