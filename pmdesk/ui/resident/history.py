"""Undo and redo of a form: each step restores a whole frozen value, so it is never wrong."""

from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack
from typing_extensions import override

T = TypeVar("T")
LIMIT = 100


class _Relay(QObject):
    changed = Signal()


class History(Generic[T]):
    """The present value of a form and the ones before; typing on in one field is one step."""

    def __init__(self, value: T, parent: QObject) -> None:
        """It goes with `parent`, which keeps its Qt parts out of the garbage of other threads."""
        self._relay = _Relay(parent)
        self._value = value
        self._saved = value
        self.changed = self._relay.changed
        self.stack = QUndoStack(self._relay)
        self.stack.setUndoLimit(LIMIT)

    @property
    def value(self) -> T:
        """What the form shows now."""
        return self._value

    @property
    def is_clean(self) -> bool:
        """The value is the one last saved, also when undo led back to it."""
        return self._value == self._saved

    def put(self, value: T, name: str, key: str) -> None:
        """`value` stands; one undo, named `name`, goes back."""
        if value != self._value:
            self.stack.push(_Change(self, self._value, value, name, key))

    def start(self, value: T) -> None:
        """`value` stands and is what is saved; nothing can be undone."""
        self._saved = value
        self.restore(value)

    def restore(self, value: T) -> None:
        """`value` of a draft stands, beside what is saved; nothing can be undone."""
        self.stack.clear()
        self.show(value)

    def saved(self) -> None:
        """What stands now is saved."""
        self._saved = self._value

    def show(self, value: T) -> None:
        """Called by the steps of the stack only."""
        self._value = value
        self.changed.emit()


class _Change(QUndoCommand, Generic[T]):
    def __init__(self, history: History[T], before: T, after: T, name: str, key: str) -> None:
        super().__init__(name)
        self._history = history
        self._before = before
        self.after = after
        self.key = key

    @override
    def redo(self) -> None:
        self._history.show(self.after)

    @override
    def undo(self) -> None:
        self._history.show(self._before)

    @override
    def id(self) -> int:
        return 1

    @override
    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _Change) or other.key != self.key:
            return False
        self.after = other.after
        return True
