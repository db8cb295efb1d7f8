"""The button that exports the shown version and imports a file as a draft of one's own."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget
from typing_extensions import override

from pmdesk.domain.classification import Ruleset
from pmdesk.domain.staff import Permission
from pmdesk.errors import PmdeskError
from pmdesk.i18n import N_, _
from pmdesk.services.rule_exchange import exchange
from pmdesk.services.rule_exchange.incoming import Incoming
from pmdesk.services.session import Session
from pmdesk.ui.icons import icon
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.rules.exchange.dialog import ImportDialog
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.widgets.button import button

KINDS = N_("Rules from Excel, WPS or a DMN tool (*.xlsx *.xls *.dmn *.xml)")
_SUFFIXES = frozenset({".xlsx", ".xls", ".dmn", ".xml"})
_EXPORTS = (
    (N_("Export as an Excel workbook…"), ".xlsx", "Excel (*.xlsx)", exchange.export_xlsx),
    (N_("Export as a DMN file…"), ".dmn", "DMN 1.3 (*.dmn)", exchange.export_dmn),
)


class ExchangeMenu(QObject):
    """Puts `button` at the disposal of a page; `imported` tells the id of a new draft."""

    imported = Signal(object)  # RulesetId

    def __init__(
        self, session: Session, tasks: Tasks, prompts: Prompts, keep: Callable[[], None]
    ) -> None:
        super().__init__()
        self._session = session
        self._tasks = tasks
        self._prompts = prompts
        self._keep = keep  # what was edited is saved, so that a file holds it
        self._shown: Ruleset | None = None
        self.dialog: ImportDialog | None = None
        self.button: QPushButton = button(_("Import/export"), picture="file-text")
        self.button.setObjectName("exchange")
        self.menu = QMenu(self.button)
        self.importing: QAction | None = None
        if session.staff.may(Permission.EDIT_RULES):
            self.importing = self.menu.addAction(icon("upload"), _("Import from a file…"))
            self.importing.triggered.connect(lambda _checked=False: self.choose())
            self.menu.addSeparator()
        self.exports = [
            self._export_action(words, suffix, kinds, export)
            for words, suffix, kinds, export in _EXPORTS
        ]
        self.button.setMenu(self.menu)

    def show_version(self, ruleset: Ruleset) -> None:
        """The exports are of this version."""
        self._shown = ruleset

    def watch(self, page: QWidget) -> None:
        """A file of rules that is dropped on the page is looked at."""
        if self.importing is not None:
            page.setAcceptDrops(True)
            page.installEventFilter(self)

    def choose(self) -> None:
        """The user chooses a file, which is then looked at."""
        path = self._prompts.open_file(_("Import rules"), _(KINDS))
        if path is not None:
            self.look_at(path)

    def look_at(self, path: Path) -> None:
        """What the file holds is shown; nothing is kept of it yet."""
        self._tasks.query(
            partial(exchange.read_file, self._session, path),
            owner=self,
            done=partial(self._show, path),
            failed=self._prompts.explain,
            newest="file",
        )

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDropEvent) and (path := _file_of(event)) is not None:
            event.acceptProposedAction()
            if not isinstance(event, QDragEnterEvent) and event.type() is QEvent.Type.Drop:
                self.look_at(path)
            return True
        return super().eventFilter(watched, event)

    def _export_action(
        self, words: str, suffix: str, kinds: str, export: Callable[..., Path]
    ) -> QAction:
        made = self.menu.addAction(icon("download"), _(words))
        made.triggered.connect(lambda _checked=False: self._export(suffix, kinds, export))
        return made

    def _export(self, suffix: str, kinds: str, export: Callable[..., Path]) -> None:
        if self._shown is None:
            return
        name = _("Rules v{version}").format(version=self._shown.version) + suffix
        path = self._prompts.save_file(_("Export rules"), name, kinds)
        if path is None:
            return
        path = path if path.suffix else path.with_suffix(suffix)
        try:
            self._keep()
        except PmdeskError as error:
            self._prompts.explain(error)
            return
        self._tasks.query(
            partial(export, self._session, self._shown.id, path),
            owner=self,
            done=self._on_exported,
            failed=self._prompts.explain,
        )

    def _on_exported(self, path: Path) -> None:
        self._prompts.tell(
            _("The rules are in the file “{name}”.").format(name=path.name),
            detail=_("It holds no resident's data, only rules."),
        )

    def _show(self, path: Path, incoming: Incoming) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
        self.dialog = ImportDialog(incoming, path.name, self.button.window())
        self.dialog.wanted.connect(partial(self._import, incoming))
        self.dialog.again.connect(self.choose)
        self.dialog.open()

    def _import(self, incoming: Incoming, keep: frozenset[str]) -> None:
        self._tasks.command(
            partial(exchange.import_draft, self._session, incoming, keep),
            owner=self,
            done=self._on_imported,
            failed=self._on_refused,
        )

    def _on_imported(self, draft: object) -> None:
        if self.dialog is not None:
            self.dialog.accept()
        self.imported.emit(draft)

    def _on_refused(self, error: PmdeskError) -> None:
        if self.dialog is not None:
            self.dialog.show_refusal(error)


def _file_of(event: QDropEvent) -> Path | None:
    """The one file of rules that is dragged."""
    urls = [url for url in event.mimeData().urls() if url.isLocalFile()]
    path = Path(urls[0].toLocalFile()) if len(urls) == 1 else None
    return path if path is not None and path.suffix.lower() in _SUFFIXES else None
