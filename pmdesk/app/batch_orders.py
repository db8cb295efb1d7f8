"""`pmdesk import --orders`: past work orders without a window."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pmdesk.app import offices
from pmdesk.app.batch import SHOWN, ended, tell_bad, tell_refused
from pmdesk.app.clock import SystemClock
from pmdesk.app.order_mapping import OrderMapping, read_mapping
from pmdesk.app.telling import Telling
from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.patterns import found
from pmdesk.errors import ExchangeError
from pmdesk.i18n import N_, _, ngettext
from pmdesk.services.exchange.examining import opened
from pmdesk.services.order_import import importing
from pmdesk.services.order_import.meanings import LONGEST_KIND, guessed
from pmdesk.services.order_import.planned import Choices, Note, OrderPlan, ReadList
from pmdesk.services.order_import.telling import (
    entered_line,
    known_lines,
    plan_lines,
    report_lines,
)
from pmdesk.services.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """How a list of past orders is taken."""

    mapping: Path | None
    dry_run: bool
    creates_buildings: bool  # else those that are in no register have to be settled first
    cancels_old: bool


def bring(office: Path, login: str, passphrase: str, file: Path, wishes: Wishes) -> int:
    """The good rows of the file are in the book; bad rows stand in FILE.errors.xlsx."""
    meant = read_mapping(wishes.mapping)
    signed_in = offices.sign_in(office, login, passphrase, SystemClock())
    try:
        with Telling() as telling:
            listed = _read(signed_in.session, file, meant, telling)
            choices = meant.choices(listed, cancels_old=wishes.cancels_old)
            checking = telling.of(_("Checking the rows"))
            plan = importing.planned(signed_in.session, listed, choices, progress=checking)
            telling.wipe()
            _tell(plan, listed, choices, meant)
            unsettled = () if wishes.creates_buildings else meant.unsettled(listed)
            _look(plan, unsettled, wishes)
            if not (unsettled or wishes.dry_run):
                _enter(signed_in.session, plan, telling)
    finally:
        signed_in.close()
    code = ended(plan, file)
    if unsettled:
        raise _refusal(unsettled, dry_run=wishes.dry_run)
    return code


def _read(session: Session, file: Path, meant: OrderMapping, telling: Telling) -> ReadList:
    book, known = opened(file), meant.vocabulary
    led = meant.led(importing.examined(session, book, known).header)
    reading = telling.of(_("Reading the rows"))
    return importing.read(session, book, led, known=known, progress=reading)


def _look(plan: OrderPlan, unsettled: Sequence[str], wishes: Wishes) -> None:
    """What the import does with the rows, also where it would stop before it begins."""
    new = tuple(name for name in plan.new_buildings if name not in unsettled)
    _say(*plan_lines(replace(plan, new_buildings=new)))
    if plan.notes[Note.OLD_OPEN] and not wishes.cancels_old:
        _say(_("To enter as cancelled what is open for more than a year, add --cancel-old."))
    if wishes.dry_run:
        _say(*known_lines(plan.known), _("Nothing was entered: this was only a look."))


def _enter(session: Session, plan: OrderPlan, telling: Telling) -> None:
    entering = telling.of(_("Entering the orders"))
    _changes, report = importing.enter(session, plan, progress=entering)
    telling.wipe()
    _say(entered_line(report), *report_lines(report))


def _tell(plan: OrderPlan, listed: ReadList, choices: Choices, meant: OrderMapping) -> None:
    tell_refused(plan)
    if plan.ignored:
        unread = [column.header for column in plan.ignored]
        _say(_("Columns that are not read: {names}").format(names=_named(unread)))
    tell_bad(plan, len(plan.lines), len(plan.duplicates))
    others = [
        name
        for name in listed.types
        if name and name not in choices.services and guessed(name) is Service.OTHER
    ]
    if others:
        line = ngettext(
            "{count} type is not known here; its orders count as “Other”: {names}",
            "{count} types are not known here; their orders count as “Other”: {names}",
            len(others),
        )
        _say(line.format(count=len(others), names=_named(others)))
    if unused := meant.unused(listed):
        _say(_("In the mapping file, but not in the list: {names}").format(names=_named(unused)))


def _refusal(unsettled: Sequence[str], *, dry_run: bool) -> ExchangeError:
    """Nothing is entered under a name that may be misspelt; the names are told beside it."""
    _say(_("Buildings that are not in the register: {names}").format(names=_named(unsettled)))
    return ExchangeError(
        N_("The import itself would stop here: buildings are not in the register ({count}).")
        if dry_run
        else N_("Nothing was entered: buildings of the list are not in the register ({count})."),
        N_(
            "Check their names; to enter their orders as of new buildings, add "
            "--create-buildings, or say in the mapping file what each building is."
        ),
        count=len(unsettled),
    )


def _say(*lines: str) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)


def _named(names: Sequence[str]) -> str:
    """Some of the names; none that looks like data on a person or like a whole sentence."""
    shown = [name for name in names if len(name) <= LONGEST_KIND and not found(name)][:SHOWN]
    return _(", ").join(shown) + ("…" if len(shown) < len(names) else "")
