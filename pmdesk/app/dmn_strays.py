"""Says once on standard error which names and values a decision makes nothing of."""

import sys
from collections.abc import Mapping

from pmdesk.i18n import _
from pmdesk.rules.dmn.evaluate import Plan
from pmdesk.rules.dmn.strays import is_lost, wanted

MOST = 100  # names; a file with more has another problem
_LONGEST = 80


class Strays:
    """Watches the cases of a decision; results are not its business."""

    def __init__(self, plan: Plan) -> None:
        self._wanted = wanted(plan)
        self._said: set[str] = set()

    def watch(self, inputs: Mapping[str, object]) -> None:
        """Each name that is not asked for, or whose value is not read, has been said."""
        for name, value in inputs.items():
            if name in self._said or len(self._said) > MOST:
                continue
            words = self._words(name, value)
            if words:
                self._said.add(name)
                last = len(self._said) > MOST
                sys.stderr.write(f"{_('More warnings are left out.') if last else words}\n")

    def _words(self, name: str, value: object) -> str:
        shown = _shown(name)
        if name not in self._wanted:
            words = _("“{name}” is no input of this decision; it asks for: {names}.")
            names = _(", ").join(_shown(one) for one in self._wanted)
            return words.format(name=shown, names=names or _("nothing"))
        if is_lost(self._wanted[name], value):
            words = _("A value of “{name}” is none that this decision reads: it counts as unknown.")
            return words.format(name=shown)
        return ""


def _shown(name: str) -> str:
    """The name on one line, whatever is in it."""
    plain = "".join(part if part.isprintable() else "�" for part in name)
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}…"
