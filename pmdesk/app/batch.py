"""`pmdesk import` and `pmdesk classify`: use-cases without a window."""

from pathlib import Path

from pmdesk.app import offices
from pmdesk.app.clock import SystemClock
from pmdesk.app.mapping_files import read_object, unreadable
from pmdesk.app.telling import Telling
from pmdesk.i18n import Words, _, ngettext, said
from pmdesk.services import classification
from pmdesk.services.exchange import importing
from pmdesk.services.exchange.faults import sentence, write_faults
from pmdesk.services.exchange.planned import ImportPlan, Judged
from pmdesk.services.session import Session

DONE, FINDING = 0, 1
SHOWN = 20  # bad rows printed; the file has them all
_EXAMPLE = '{"0": "person_name"}'


def classify(office: Path, login: str, passphrase: str) -> int:
    """Everyone is classified anew; prints people per tier."""
    opened = offices.sign_in(office, login, passphrase, SystemClock())
    try:
        _changes, tiers = classification.classify_all(opened.session)
        for tier, count in tiers.items():
            print(f"{tier}\t{count}")
    finally:
        opened.close()
    return DONE


def bring(  # a command line has these options
    office: Path,
    login: str,
    passphrase: str,
    file: Path,
    *,
    mapping: Path | None,
    dry_run: bool,
) -> int:
    """The good rows of the file are in the office; bad rows stand in FILE.errors.xlsx."""
    opened = offices.sign_in(office, login, passphrase, SystemClock())
    try:
        with Telling() as telling:
            reading = telling.of(_("Reading the rows"))
            planned = importing.dry_run(opened.session, file, _mapping(mapping), progress=reading)
            telling.wipe()
            _tell(planned)
            if not dry_run:
                _enter(opened.session, planned, telling)
    finally:
        opened.close()
    return ended(planned, file)


def _enter(session: Session, planned: ImportPlan, telling: Telling) -> None:
    entering = telling.of(_("Entering the residents"))
    _changes, report = importing.enter(session, planned, progress=entering)
    telling.wipe()
    words = ngettext("{count} resident entered.", "{count} residents entered.", report.entered)
    print(words.format(count=report.entered))


def ended(plan: Judged, file: Path) -> int:
    """The bad rows, if any, are in FILE.errors.xlsx; the exit code tells of them."""
    if not plan.bad:
        return DONE
    errors = file.with_name(file.name + ".errors.xlsx")
    print(_("Rows to mend: {path}").format(path=write_faults(plan, errors)))
    return FINDING


def tell_refused(plan: Judged) -> None:
    """Which columns are not collected, and why."""
    for column in plan.refused:
        why = said(column.reason) if isinstance(column.reason, Words) else _(column.reason)
        print(_("Not collected: {column} ({why})").format(column=column.header, why=why))


def tell_bad(plan: Judged, good: int, twice: int) -> None:
    """The first bad rows without their content, and how many there are of each sort."""
    for bad in plan.bad[:SHOWN]:
        print(_("Row {row}: {why}").format(row=bad.row_number, why=sentence(bad.faults)))
    print(
        _("{good} good rows, {bad} to mend, {twice} repeated.").format(
            good=good, bad=len(plan.bad), twice=twice
        )
    )


def _tell(planned: ImportPlan) -> None:
    tell_refused(planned)
    if planned.is_wide:
        left_out = len(planned.ignored)
        wide = ngettext(
            "The sheet is very wide: {count} column is not read.",
            "The sheet is very wide: {count} columns are not read.",
            left_out,
        )
        print(wide.format(count=left_out))
    tell_bad(planned, len(planned.residents), len(planned.duplicates))


def _mapping(path: Path | None) -> dict[int, str]:
    """`{"0": "person_name"}`: columns from 0 to what they hold."""
    if path is None:
        return {}
    try:
        return {int(column): str(to) for column, to in read_object(path, _EXAMPLE).items()}
    except ValueError as error:
        raise unreadable(_EXAMPLE) from error
