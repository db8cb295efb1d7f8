"""Changes of a person's tier as a quiet list: when, to what, by which version, and why."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pmdesk.i18n import _, ngettext, said
from pmdesk.services.rules_history import CAUSES, TierStep
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.visibility import set_shown

_FIRST = 3  # steps that are shown before one asks for more


def step_words(step: TierStep) -> str:
    """One step: from which day on, which tier, by which rule, and what brought it about."""
    tags = "".join(f" + {said(tag)}" for tag in step.tags)
    words = _("{day}  {tier} · {cause}").format(
        day=step.since.isoformat(), tier=f"{said(step.name)}{tags}", cause=_(CAUSES[step.cause])
    )
    if not step.reason:
        return words
    rule = _("lately by version {version}: {reason}")
    rule = rule.format(version=step.version, reason=step.reason)
    return f"{words}\n{rule}"


class TierHistory(QWidget):
    """Hidden while the first result still holds: it is shown above already."""

    def __init__(self) -> None:
        super().__init__()
        self._steps: Sequence[TierStep] = ()
        self.lines = label("", "muted", wrap=True, select=True)
        self.more = button("", self._show_all, look="link", picture="chevron-down")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        column.addWidget(label(_("Changes of tier"), "label"))
        column.addWidget(self.lines)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        set_shown(self, shown=False)

    def show_steps(self, steps: Sequence[TierStep]) -> None:
        """The list shows the newest of these steps, and offers the others."""
        self._steps = tuple(steps)
        self._show(self._steps[:_FIRST])
        set_shown(self, len(self._steps) > 1)

    def _show_all(self) -> None:
        self._show(self._steps)

    def _show(self, steps: Sequence[TierStep]) -> None:
        self.lines.setText("\n".join(map(step_words, steps)))
        rest = len(self._steps) - len(steps)
        words = ngettext("Show {count} earlier step", "Show {count} earlier steps", rest)
        self.more.setText(words.format(count=rest))
        set_shown(self.more, rest > 0)
