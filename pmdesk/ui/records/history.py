"""The history of a record: who wrote, submitted and decided, in which words, and what changed."""

from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pmdesk.domain.records import Difference, RecordDecision, RecordVersion
from pmdesk.i18n import _, ngettext, said
from pmdesk.services.paper.record_text import answer
from pmdesk.services.records.record_desk import OpenRecord
from pmdesk.services.wording import RECORD_STATES
from pmdesk.ui.icons import Ink
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.label import Picture, label

_LONG = 60  # characters of an answer that are shown


class HistoryCard(Card):
    """Newest first; what a version changed opens below it."""

    def __init__(self) -> None:
        super().__init__(_("History"))
        self._lines = QWidget()
        self.add(self._lines)

    def show_record(self, shown: OpenRecord) -> None:
        """The history of this record."""
        fresh = QWidget()
        column = QVBoxLayout(fresh)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for step in _steps(shown):
            if isinstance(step, RecordDecision):
                column.addWidget(_decision(step, shown))
            else:
                self._add_version(column, step, shown)
        self.body.replaceWidget(self._lines, fresh)
        self._lines.deleteLater()
        self._lines = fresh

    def _add_version(self, column: QVBoxLayout, step: RecordVersion, shown: OpenRecord) -> None:
        changed = shown.changed_in(step.number) if step.number > 1 else ()
        words = _("version {version}, written by {name}").format(
            version=step.number, name=shown.name(step.author)
        )
        row = _row("pencil", words, f"{step.at.astimezone():%Y-%m-%d %H:%M}")
        column.addWidget(row)
        if not changed:
            return
        details = _differences(changed)
        details.hide()
        count = ngettext("{count} change", "{count} changes", len(changed))
        opener = button(
            count.format(count=len(changed)),
            lambda: details.setVisible(details.isHidden()),
            look="link",
        )
        line = row.layout()
        if line is not None:
            line.addWidget(opener)
        column.addWidget(details)


def _steps(shown: OpenRecord) -> list[RecordDecision | RecordVersion]:
    steps: list[RecordDecision | RecordVersion] = [*shown.decisions, *shown.versions]
    return sorted(steps, key=_when, reverse=True)


def _when(step: RecordDecision | RecordVersion) -> tuple[datetime, int, bool]:
    """A version comes before the decisions upon it, even of the same moment."""
    if isinstance(step, RecordDecision):
        return step.at, step.version, True
    return step.at, step.number, False


def _decision(step: RecordDecision, shown: OpenRecord) -> QWidget:
    words = _("version {version}: {state}, {name}").format(
        version=step.version, state=_(RECORD_STATES[step.step]), name=shown.name(step.by)
    )
    if step.words:
        words = _("{what}: “{words}”").format(what=words, words=step.words)
    if step.alone:
        words = f"{words} · {_('decided by a single person')}"
    return _row("clipboard-check", words, f"{step.at.astimezone():%Y-%m-%d %H:%M}")


def _differences(changed: tuple[Difference, ...]) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(28, 0, 0, 0)
    column.setSpacing(4)
    for one in changed:
        words = _("{field}: {before} → {after}").format(
            field=said(one.field.label),
            before=_short(answer(one.field, one.before)),
            after=_short(answer(one.field, one.after)),
        )
        column.addWidget(label(words, "muted", wrap=True))
    return made


def _row(picture: str, words: str, when: str) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(10)
    row.addWidget(Picture(picture, Ink.MUTED))
    row.addWidget(label(words, wrap=True), 1)
    row.addWidget(label(when, "muted"))
    return made


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= _LONG else f"{flat[:_LONG]}…"
