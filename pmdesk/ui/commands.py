"""The one keyboard map: commands as a table; actions, menus and the help are made from it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from pmdesk.i18n import N_, _
from pmdesk.ui.icons import icon


class Command(StrEnum):
    """What a key can do, wherever it makes sense."""

    SEARCH = "search"
    NEW = "new"
    ROW_ABOVE = "row_above"
    FILTER = "filter"
    SAVE = "save"
    SAVE_NEXT = "save_next"
    UNDO = "undo"
    REDO = "redo"
    FILL_DOWN = "fill_down"
    MOVE_UP = "move_up"
    MOVE_DOWN = "move_down"
    MOVE_LEFT = "move_left"
    MOVE_RIGHT = "move_right"
    PASTE_ROWS = "paste_rows"
    COPY_ROW = "copy_row"
    DELETE_ROW = "delete_row"
    CHECK = "check"
    PRINT = "print"
    LOCK = "lock"
    REFRESH = "refresh"
    WHY_LOCKED = "why_locked"
    TEXT_LARGER = "text_larger"
    TEXT_SMALLER = "text_smaller"
    TEXT_NORMAL = "text_normal"
    HELP = "help"


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandSpec:
    """A command's text (a message id), its keys in Qt's portable form, and its icon."""

    command: Command
    text: str
    keys: tuple[str, ...]
    icon: str = ""


COMMANDS = (
    CommandSpec(
        command=Command.SEARCH,
        text=N_("Find a person, a room, an order or a page"),
        keys=("Ctrl+K",),
        icon="search",
    ),
    CommandSpec(command=Command.NEW, text=N_("New, in this page"), keys=("Ctrl+N",), icon="plus"),
    CommandSpec(
        command=Command.ROW_ABOVE,
        text=N_("New row above"),
        keys=("Ctrl+Shift+N",),
        icon="plus",
    ),
    CommandSpec(
        command=Command.FILTER, text=N_("Filter this list"), keys=("Ctrl+F",), icon="funnel"
    ),
    CommandSpec(command=Command.SAVE, text=N_("Save"), keys=("Ctrl+S",), icon="save"),
    CommandSpec(
        command=Command.SAVE_NEXT,
        text=N_("Save and go on with the next"),
        keys=("Ctrl+Return", "Ctrl+Enter"),
        icon="arrow-right",
    ),
    CommandSpec(command=Command.UNDO, text=N_("Undo"), keys=("Ctrl+Z",), icon="undo-2"),
    CommandSpec(
        command=Command.REDO, text=N_("Redo"), keys=("Ctrl+Y", "Ctrl+Shift+Z"), icon="redo-2"
    ),
    CommandSpec(
        command=Command.FILL_DOWN,
        text=N_("Fill down in a grid"),
        keys=("Ctrl+D",),
        icon="arrow-down-to-line",
    ),
    CommandSpec(
        command=Command.MOVE_UP, text=N_("Move the row up"), keys=("Alt+Up",), icon="arrow-up"
    ),
    CommandSpec(
        command=Command.MOVE_DOWN,
        text=N_("Move the row down"),
        keys=("Alt+Down",),
        icon="arrow-down",
    ),
    CommandSpec(
        command=Command.MOVE_LEFT,
        text=N_("Move the column left"),
        keys=("Alt+Left",),
        icon="chevron-left",
    ),
    CommandSpec(
        command=Command.MOVE_RIGHT,
        text=N_("Move the column right"),
        keys=("Alt+Right",),
        icon="chevron-right",
    ),
    CommandSpec(
        command=Command.PASTE_ROWS,
        text=N_("Paste as new rows"),
        keys=("Ctrl+Shift+V",),
        icon="clipboard-check",
    ),
    CommandSpec(
        command=Command.COPY_ROW, text=N_("Copy the row"), keys=("Ctrl+Shift+D",), icon="copy"
    ),
    CommandSpec(
        command=Command.DELETE_ROW,
        text=N_("Delete the row"),
        keys=("Ctrl+Del",),
        icon="trash-2",
    ),
    CommandSpec(
        command=Command.CHECK, text=N_("Check the rules"), keys=("F9",), icon="clipboard-check"
    ),
    CommandSpec(command=Command.PRINT, text=N_("Print preview"), keys=("Ctrl+P",), icon="printer"),
    CommandSpec(command=Command.LOCK, text=N_("Lock now"), keys=("Ctrl+L",), icon="lock"),
    CommandSpec(command=Command.REFRESH, text=N_("Refresh"), keys=("F5",), icon="refresh-cw"),
    CommandSpec(
        command=Command.WHY_LOCKED,
        text=N_("Why is this locked?"),
        keys=("Shift+F1",),
        icon="circle-help",
    ),
    CommandSpec(
        command=Command.TEXT_LARGER, text=N_("Larger text"), keys=("Ctrl++", "Ctrl+="), icon="type"
    ),
    CommandSpec(
        command=Command.TEXT_SMALLER, text=N_("Smaller text"), keys=("Ctrl+-",), icon="type"
    ),
    CommandSpec(
        command=Command.TEXT_NORMAL, text=N_("Normal text size"), keys=("Ctrl+0",), icon="type"
    ),
    CommandSpec(command=Command.HELP, text=N_("Help and keys"), keys=("F1",), icon="circle-help"),
)
SPECS: Mapping[Command, CommandSpec] = {spec.command: spec for spec in COMMANDS}

# Keys that Qt's own widgets answer to, or that the sidebar numbers; for the help only.
FURTHER_KEYS = (
    ("Ctrl+1 … 9", N_("Open a page of the sidebar")),
    ("Enter", N_("Next field; open the chosen row")),
    ("Tab", N_("Next field")),
    ("Shift+Tab", N_("Previous field")),
    ("F2", N_("Edit a cell")),
    ("Esc", N_("Cancel; empty the search")),
    ("Ctrl+C", N_("Copy the chosen rows")),
    ("Ctrl+Shift+C", N_("Copy with the headings, in a grid")),
    ("Ctrl+X", N_("Cut")),
    ("Ctrl+V", N_("Paste")),
    ("Del", N_("Clear the chosen cells")),
    ("Shift+↑ ↓ ← →", N_("Choose several cells")),
    ("Ctrl+↑ ↓ ← →", N_("To the edge of what is filled in")),
    ("Ctrl+Home, Ctrl+End", N_("First or last cell of a grid")),
    ("Ctrl+Shift+D", N_("Assign the chosen work order")),
    ("Alt+→", N_("Next step of the chosen work order")),
)


def build_actions(
    owner: QWidget, handlers: Mapping[Command, Callable[[], object]]
) -> dict[Command, QAction]:
    """`owner` has one action for each handler; its keys work while `owner` is to be seen."""
    made = {command: _action(owner, SPECS[command], act) for command, act in handlers.items()}
    owner.addActions(list(made.values()))
    return made


def keys_of(spec: CommandSpec) -> str:
    """The first key as this system writes it."""
    return QKeySequence(spec.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)


def _action(owner: QWidget, spec: CommandSpec, act: Callable[[], object]) -> QAction:
    made = QAction(icon(spec.icon), _(spec.text), owner)
    made.setObjectName(spec.command.value)
    made.setShortcuts([QKeySequence(key) for key in spec.keys])
    made.setToolTip(f"{_(spec.text)}  {keys_of(spec)}")
    made.triggered.connect(lambda _checked=False: act())
    return made
