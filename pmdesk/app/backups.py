"""`pmdesk backup`: made, listed, proved and restored without a window."""

import argparse
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from pmdesk.app import offices
from pmdesk.app.clock import SystemClock
from pmdesk.app.typed import typed_in
from pmdesk.domain.backups import Found, Newer, Owner, Plan, Restored
from pmdesk.domain.progress import silent
from pmdesk.errors import RefusedError
from pmdesk.i18n import N_, _, ngettext
from pmdesk.services import backups
from pmdesk.services.session import Session
from pmdesk.store.backup import files
from pmdesk.store.backup.restoring import Into
from pmdesk.store.shelf import OWN
from pmdesk.store.vault.engine import translated
from pmdesk.store.vault.folder import exists as is_office

DONE, FINDING = 0, 1

_MEGA = 1 << 20


def run(chosen: argparse.Namespace) -> int:
    """One act, and its exit code."""
    try:
        return _ACTS[chosen.act](chosen)
    except OSError as error:
        raise translated(error) from error


def _create(chosen: argparse.Namespace) -> int:
    opened = _opened(chosen)
    try:
        session = opened.session
        _set_up(session, chosen)
        _changes, made = backups.make(session, silent)
    finally:
        opened.close()
    for path in (made.path, *made.copies):
        print(path)
    print(_("Proved by a restore. People: {people}.").format(people=_people(made.facts.counts)))
    for place in made.absent:
        print(_("No copy in {place}: it is not there, full or read-only.").format(place=place))
    return FINDING if made.absent else DONE


def _set_up(session: Session, chosen: argparse.Namespace) -> None:
    """The backup passphrase is set at the first time; named folders are places from now on."""
    shelf = session.accounts.backups
    if not shelf.has_passphrase():
        typed = typed_in(chosen.backup_passphrase_file, _("New backup passphrase: "))
        backups.set_passphrase(session, typed)
    plan = shelf.plan()
    fresh = tuple(path.resolve() for path in chosen.to if path.resolve() not in plan.places)
    if fresh:
        more = Plan(when=plan.when, hour=plan.hour, places=(*plan.places, *fresh))
        backups.save_plan(session, more)


def _verify(chosen: argparse.Namespace) -> int:
    facts = files.prove(chosen.file, _backup_secret(chosen), silent)
    print(
        _(
            "Whole: restored and checked. People: {people}, log entries: {entries}, made {date}."
        ).format(people=_people(facts.counts), entries=facts.entries, date=facts.made_at.date())
    )
    return DONE


def _restore(chosen: argparse.Namespace) -> int:
    owner = Owner(
        folder=chosen.into.resolve(),
        login=chosen.admin,
        name=chosen.admin_name,
        password=typed_in(chosen.admin_passphrase_file, _("Passphrase of the administrator: ")),
    )
    typed = _backup_secret(chosen)
    if chosen.office is None:
        into = Into(owner=owner, clock=SystemClock(), newer=Newer())
        restored = files.restore(chosen.file, typed, into, silent)
    else:
        opened = _opened(chosen)
        try:
            done = backups.restore(opened.session, chosen.file, typed, owner, silent)
            restored = done[1]
        finally:
            opened.close()
    print(restored.folder)
    print(_("New recovery key: {key}").format(key=restored.recovery_key))
    print(_("Write it down now: it is not shown again, and the old one is void here."))
    erased = ngettext(
        "{count} erasure since the backup was done again.",
        "{count} erasures since the backup were done again.",
        restored.replayed,
    )
    print(erased.format(count=restored.replayed))
    _tell_unknown(restored)
    return DONE


def _tell_unknown(restored: Restored) -> None:
    """Until when erasures are known: of the backup itself, or of a later one beside it."""
    if restored.until is None:
        return
    until = _local(restored.until)
    if restored.until > restored.facts.made_at:
        beside = _(
            "A later backup of {date} lies beside it: what was erased until then is erased"
            " again before anybody can read it."
        )
        print(beside.format(date=until))
    unknown = _("What was erased after {date} may be in it again: name --office if it exists.")
    print(unknown.format(date=until))


def _list(chosen: argparse.Namespace) -> int:
    if chosen.folder is not None:
        folder = _shelf_of(chosen.folder)
        found = files.listed(folder)
        if not found:
            print(_("There is no backup in {folder}.").format(folder=folder), file=sys.stderr)
        lines = [(one, "") for one in found]
    else:
        opened = _opened(chosen)
        try:
            lines = [
                (one.found, _("proved") if one.proved else _("not proved"))
                for one in backups.listed(opened.session)
            ]
        finally:
            opened.close()
    for one, state in lines:
        print("\t".join((str(one.path), _size(one.size), _told(one), state)).rstrip())
    return FINDING if any(one.facts is None for one, _state in lines) else DONE


def _told(found: Found) -> str:
    if found.facts is None:
        return _(found.fault).format(**found.fault_places)
    return _local(found.facts.made_at)


def _shelf_of(folder: Path) -> Path:
    """The folder itself; of an office, where its backups lie."""
    return folder / OWN if is_office(folder) else folder


def _size(count: int) -> str:
    return f"{count / _MEGA:,.1f} MB"


def _local(at: datetime) -> str:
    return f"{at.astimezone():%Y-%m-%d %H:%M}"


def _opened(chosen: argparse.Namespace) -> offices.OpenOffice:
    if chosen.office is None or chosen.login is None:
        raise RefusedError(
            N_("Name the office and who you are."), N_("Add --office PATH and --login NAME.")
        )
    typed = typed_in(chosen.passphrase_file, _("Passphrase: "))
    return offices.sign_in(chosen.office, chosen.login, typed, SystemClock())


def _backup_secret(chosen: argparse.Namespace) -> str:
    return typed_in(chosen.backup_passphrase_file, _("Backup passphrase or recovery key: "))


def _people(counts: Mapping[str, int]) -> int:
    return counts.get("person", 0)


_ACTS: dict[str, Callable[[argparse.Namespace], int]] = {
    "create": _create,
    "verify": _verify,
    "restore": _restore,
    "list": _list,
}
