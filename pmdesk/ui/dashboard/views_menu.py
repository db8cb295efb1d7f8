"""Saved views of the charts page: chosen from a menu, kept, published and deleted there."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton

from pmdesk.analytics.buildings import building_words
from pmdesk.domain.dashboard_views import Choice, SavedView
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _
from pmdesk.services.dashboard import views
from pmdesk.services.dashboard.views import Views
from pmdesk.services.session import Session
from pmdesk.ui.icons import Ink, icon
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tasks import Tasks


class ViewsMenu(QPushButton):
    """Says which view is shown; tells `chosen` with the choice of another one."""

    chosen = Signal(object)  # Choice
    told = Signal(str)  # a sentence that says what was done
    warned = Signal(str)  # what a view could not show

    def __init__(
        self,
        session: Session,
        tasks: Tasks,
        prompts: Prompts,
        now: Callable[[], Choice],
        failed: Callable[[PmdeskError], None],
    ) -> None:
        super().__init__(_("Views"))
        self.setAutoDefault(False)
        self.setIcon(icon("star", Ink.TEXT))
        self._session = session
        self._tasks = tasks
        self._prompts = prompts
        self._now = now
        self._failed = failed
        self.found: Views | None = None
        self.list = QMenu(self)
        self.list.aboutToShow.connect(self.fill)
        self.setMenu(self.list)
        self.reload()

    @property
    def current(self) -> SavedView | None:
        """The view that is as the page is now, one's own first."""
        same = [one for one in self._views if one.choice == self._now()]
        return next((one for one in same if self._is_own(one)), next(iter(same), None))

    def reload(self) -> None:
        """The menu has what is kept now."""
        self._tasks.query(
            partial(views.listed, self._session),
            owner=self,
            done=self._show,
            failed=self._failed,
            newest="views",
        )

    def show_current(self) -> None:
        """The button says the name of the view that is shown."""
        current = self.current
        words = _("View: {name}").format(name=current.name) if current else _("Views")
        self.setText(_plain(words))
        self.setAccessibleName(words)

    def fill(self) -> None:
        """What can be chosen now, then what can be done with it."""
        self.list.clear()
        self._section(_("My views"), [one for one in self._views if self._is_own(one)])
        self._section(_("Published"), [one for one in self._views if not self._is_own(one)])
        if not self._views:
            self.list.addAction(_("No view is kept yet.")).setEnabled(False)
        self.list.addSeparator()
        self.list.addAction(icon("plus", Ink.MUTED), _("Keep what is shown…"), self.keep)
        current = self.current
        if current is None or not self._is_own(current):
            return
        name = {"name": _plain(current.name)}
        if self.found is not None and self.found.may_publish:
            words = _("Withdraw “{name}”") if current.is_published else _("Publish “{name}”")
            self.list.addAction(words.format(**name), partial(self._publish, current))
        self.list.addAction(_("Delete “{name}”").format(**name), partial(self._drop, current))

    def open_view(self, view: SavedView) -> None:
        """The page shows what the view names, as far as it is still there, and says what is not."""
        if self.found is None:
            return
        choice, gone = self.found.opened(view)
        self.chosen.emit(choice)
        if gone:
            words = (
                _(
                    "“{name}” names buildings that are not there any more: {buildings}. It shows "
                    "the rest."
                )
                if choice.buildings
                else _(
                    "“{name}” names only buildings that are not there any more: {buildings}. All "
                    "buildings are shown."
                )
            )
            names = _(", ").join(map(building_words, gone))
            self.warned.emit(words.format(name=view.name, buildings=names))

    def keep(self) -> None:
        """What is shown is kept under a name."""
        name = " ".join((self._prompts.ask_text(_("Name of the view")) or "").split())
        if name and self._may_replace(name):
            self._do(
                partial(views.keep, self._session, name, self._now()),
                _("Kept: {name}").format(name=name),
            )

    def _may_replace(self, name: str) -> bool:
        """No view of one's own is lost unasked."""
        there = [one for one in self._views if one.name == name and self._is_own(one)]
        return all(one.choice == self._now() for one in there) or self._prompts.confirm(
            _("“{name}” is there already. Replace it?").format(name=name),
            yes=_("Replace"),
            detail=_("Only the filters are gone, no number."),
        )

    # ---- acts ------------------------------------------------------------------------------

    def _publish(self, view: SavedView) -> None:
        publish = not view.is_published
        words = (
            _("“{name}” can be chosen by everybody who sees charts.")
            if publish
            else _("“{name}” is yours alone again.")
        )
        self._do(
            partial(views.publish, self._session, view.id, published=publish),
            words.format(name=view.name),
        )

    def _drop(self, view: SavedView) -> None:
        if self._prompts.confirm(
            _("Delete the view “{name}”?").format(name=view.name),
            yes=_("Delete"),
            detail=_("Only the filters are gone, no number."),
        ):
            self._do(
                partial(views.drop, self._session, view.id),
                _("Deleted: {name}").format(name=view.name),
            )

    def _do(self, work: Callable[[], object], words: str) -> None:
        self._tasks.command(
            work,
            owner=self,
            done=lambda _changes: self._done(words),
            failed=self._failed,
        )

    def _done(self, words: str) -> None:
        self.told.emit(words)
        self.reload()

    # ---- showing ---------------------------------------------------------------------------

    @property
    def _views(self) -> tuple[SavedView, ...]:
        return self.found.views if self.found else ()

    def _show(self, found: Views) -> None:
        self.found = found
        self.show_current()

    def _section(self, title: str, entries: list[SavedView]) -> None:
        if not entries:
            return
        self.list.addSection(title)
        for one in entries:
            act = self.list.addAction(_plain(self._words(one)), partial(self.open_view, one))
            act.setCheckable(True)
            act.setChecked(one.choice == self._now())

    def _words(self, view: SavedView) -> str:
        if self._is_own(view):
            return f"{view.name} · {_('published')}" if view.is_published else view.name
        owner = self.found.owners.get(view.owner, "") if self.found else ""
        return f"{view.name} · {owner}" if owner else view.name

    def _is_own(self, view: SavedView) -> bool:
        return view.owner == self._session.staff.uid


def _plain(words: str) -> str:
    """With its “&” as it is: Qt takes one for the mark of a key."""
    return words.replace("&", "&&")
