"""The way of an approved version into force: the question, the day, the progress, and back."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from pmdesk.domain.classification import Ruleset, RulesetId
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, ngettext
from pmdesk.rules.diff import difference
from pmdesk.rules.diff_words import sentences
from pmdesk.rules.table import DecisionTable
from pmdesk.services import rule_life, rules
from pmdesk.services.rules import Effect
from pmdesk.services.session import Session
from pmdesk.ui.exchange.working import WorkingBar
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.rules.force.schedule_dialog import ScheduleDialog
from pmdesk.ui.rules.preview import bars, moved_words
from pmdesk.ui.tasks import Progress, Tasks

_Lines = tuple[str, ...]
_MOST_CHANGES = 8  # sentences of the question; the tab “Compare” has all


class Activation(QObject):
    """Does what the version bar offers for approved and retired versions."""

    refused = Signal(object)  # PmdeskError
    made = Signal(object)  # RulesetId of a new draft

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._tasks = tasks
        self._prompts = prompts
        self._over = parent
        self._running: Progress | None = None
        self.dialog: ScheduleDialog | None = None
        self.working = WorkingBar(_people)
        self.working.cancelled.connect(self._cancel)

    def ask(self, ruleset: Ruleset, table: DecisionTable) -> None:
        """Once somebody has read what changes and for how many, the version is in force."""
        self._tasks.query(
            partial(_prepared, self._session, ruleset.id, table),
            owner=self,
            done=partial(self._confirm, ruleset, table),
            failed=self.refused.emit,
        )

    def ask_day(self, ruleset: Ruleset) -> None:
        """A dialog asks from which day on the version shall hold."""
        today = self._session.clock.today()
        self.dialog = ScheduleDialog(ruleset.version, today, ruleset.active_from, self._over)
        self.dialog.wanted.connect(partial(self._schedule, ruleset.id))
        self.dialog.open()

    def take_back(self, ruleset: Ruleset) -> None:
        """No day is set any more."""
        self._command(partial(rule_life.unschedule, self._session, ruleset.id))

    def restore(self, ruleset: Ruleset) -> None:
        """A new draft holds what the retired version held."""
        self._tasks.command(
            partial(rule_life.restore, self._session, ruleset.id),
            owner=self,
            done=self.made.emit,
            failed=self.refused.emit,
        )

    def _confirm(
        self, ruleset: Ruleset, table: DecisionTable, found: tuple[Effect, _Lines, _Lines]
    ) -> None:
        effect, changes, next_ones = found
        lines = [f"{bar.name}  {bar.words}" for bar in bars(table.scheme, effect)]
        after = _(
            "Everyone with consent is classified by it at once. This cannot be undone; "
            "another version can be activated in the same way, by two people."
        )
        sentence = _("Activate version {version}?").format(version=ruleset.version)
        detail = "\n".join((moved_words(effect), *lines, *_shortened(changes), after, *next_ones))
        if self._prompts.confirm(sentence, yes=_("Activate"), detail=detail):
            self._activate(ruleset.id)

    def _activate(self, ruleset: RulesetId) -> None:
        """Large offices take a while: the page says how far it is, and cancelling undoes all."""
        if self._running is not None:
            return
        self.working.start(_("Classifying everyone by the new version"))
        self._running = self._tasks.long(
            lambda progress: rules.activate(self._session, ruleset, progress),
            owner=self,
            reported=self.working.show_progress,
            done=lambda _changes: self._ended(),
            failed=self._stopped,
        )

    def _stopped(self, error: PmdeskError) -> None:
        self._ended()
        self.refused.emit(error)

    def _ended(self) -> None:
        self._running = None
        self.working.stop()

    def _cancel(self) -> None:
        if self._running is not None:
            self._running.cancel()

    def _schedule(self, ruleset: RulesetId, day: date) -> None:
        if self.dialog is not None:
            self._tasks.command(
                partial(rule_life.schedule, self._session, ruleset, day),
                owner=self.dialog,
                done=lambda _changes: self._close(),
                failed=self.dialog.show_refusal,
            )

    def _close(self) -> None:
        if self.dialog is not None:
            self.dialog.accept()
            self.dialog.deleteLater()
            self.dialog = None

    def _command(self, work: Callable[[], object]) -> None:
        self._tasks.command(work, owner=self, failed=self.refused.emit)


def _prepared(
    session: Session, ruleset: RulesetId, table: DecisionTable
) -> tuple[Effect, _Lines, _Lines]:
    """What the version would do, what it changes, and which versions come after it."""
    active = next(
        (one for one in rules.versions(session) if one.activated_at and one.status == "active"),
        None,
    )
    effect = rules.effect(session, table)
    if active is None:
        return effect, (), _coming(session, ruleset)
    changes = sentences(difference(rules.table(session, active.id), table))
    return effect, changes, _coming(session, ruleset)


def _coming(session: Session, ruleset: RulesetId) -> _Lines:
    words = _("Version {version} is still set to begin on {day} and will then take its place.")
    return tuple(
        words.format(version=one.ruleset.version, day=one.day.isoformat())
        for one in rule_life.planned(session)
        if one.ruleset.id != ruleset
    )


def _shortened(changes: tuple[str, ...]) -> tuple[str, ...]:
    more = len(changes) - _MOST_CHANGES
    if more <= 0:
        return changes
    words = ngettext("… and {count} more change", "… and {count} more changes", more)
    return (*changes[:_MOST_CHANGES], words.format(count=more))


def _people(done: int) -> str:
    return ngettext("{count} person", "{count} people", done).format(count=f"{done:,}")
