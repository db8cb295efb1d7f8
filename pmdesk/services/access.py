"""The table of who may do what, in the words of the window, the clipboard and the paper."""

from collections.abc import Sequence
from dataclasses import dataclass

from pmdesk.domain.access import (
    LINES,
    FieldClass,
    Guard,
    Place,
    Sight,
    barred_by,
    guard,
    guard_of,
    kept_by,
    sight,
)
from pmdesk.domain.access_words import ACTS, GUARDS, MEANINGS, SHORT, SIGHTS
from pmdesk.domain.staff import MATRIX, Permission, Role
from pmdesk.i18n import N_, _, said

ROLES = (Role.CLERK, Role.MANAGER, Role.REVIEWER, Role.ADMIN)
TITLES = (N_("Front desk"), N_("Manager"), N_("Reviewer"), N_("Admin"))
_NO = "—"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One act or one class of values: what holds for each of `ROLES`, and what keeps it so."""

    name: str
    cells: tuple[str, ...]
    lists: str
    files: str
    guard: Guard
    note: str = ""

    @property
    def kept(self) -> str:
        """What keeps it so, in words."""
        return said(GUARDS[self.guard])


def acts() -> tuple[Row, ...]:
    """Every act that a role may or may not do."""
    return tuple(
        Row(
            name=said(words),
            cells=tuple(_may(role, Permission(act)) for role in ROLES),
            lists="",
            files="",
            guard=guard(Permission(act)),
            note=said(MEANINGS[guard(Permission(act))]),
        )
        for act, words in ACTS.items()
    )


def values() -> tuple[Row, ...]:
    """Every class of values, as it is seen on the page of a person, in lists and in files."""
    return tuple(
        Row(
            name=said(line.label),
            cells=tuple(_seen(role, kind) for role in ROLES),
            lists=said(SIGHTS[line.lists]),
            files=said(SIGHTS[sight(Role.MANAGER, kind, Place.FILE)]),
            guard=guard_of(kind),
            note=said(line.what),
        )
        for kind, line in LINES.items()
    )


def legend() -> tuple[tuple[Guard, str, str], ...]:
    """The three labels, each with what it means."""
    return tuple((one, said(GUARDS[one]), said(MEANINGS[one])) for one in Guard)


def titles() -> tuple[str, ...]:
    """The roles as the heads of columns."""
    return tuple(map(_, TITLES))


def act_table() -> Sequence[Sequence[str]]:
    """The acts for clipboard and paper; the first row is the heading."""
    head = (_("Act"), *titles(), _("What keeps it so"))
    return (head, *((row.name, *row.cells, row.kept) for row in acts()))


def value_table() -> Sequence[Sequence[str]]:
    """The classes of values for clipboard and paper; the first row is the heading."""
    ends = (_("In lists"), _("In files"), _("What keeps it so"))
    head = (_("Of a person"), *titles(), *ends)
    rows = ((row.name, *row.cells, row.lists, row.files, row.kept) for row in values())
    return (head, *rows)


def _may(role: Role, permission: Permission) -> str:
    if permission in MATRIX[role]:
        return _("May")
    return _apart(_NO, barred_by(role, permission), guard(permission))


def _seen(role: Role, kind: FieldClass) -> str:
    how = sight(role, kind)
    words = said(SIGHTS[how])
    if how in {Sight.SHOWN, Sight.REASON}:
        return words
    return _apart(words, kept_by(role, kind), guard_of(kind))


def _apart(words: str, own: Guard, whole: Guard) -> str:
    """The words; where something stronger than for others holds this role off, that too."""
    return words if own is whole else f"{words} · {said(SHORT[own])}"
