"""`pmdesk import` and `pmdesk classify`: use-cases without a window."""

import json
from pathlib import Path

from pmdesk.app import offices
from pmdesk.app.clock import SystemClock
from pmdesk.errors import ExchangeError
from pmdesk.i18n import N_, Words, _, ngettext, said
from pmdesk.services import classification
from pmdesk.services.exchange import importing
from pmdesk.services.exchange.faults import sentence, write_faults
from pmdesk.services.exchange.planned import ImportPlan

DONE, FINDING = 0, 1
SHOWN = 20  # bad rows printed; the file has them all


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
        planned = importing.dry_run(opened.session, file, _mapping(mapping))
        _tell(planned)
        if not dry_run:
            _changes, report = importing.enter(opened.session, planned)
            print(
                ngettext(
                    "{count} resident entered.", "{count} residents entered.", report.entered
                ).format(count=report.entered)
            )
    finally:
        opened.close()
    if planned.bad:
        errors = file.with_name(file.name + ".errors.xlsx")
        print(_("Rows to mend: {path}").format(path=write_faults(planned, errors)))
        return FINDING
    return DONE


def _tell(planned: ImportPlan) -> None:
    for column in planned.refused:
        why = said(column.reason) if isinstance(column.reason, Words) else _(column.reason)
        print(_("Not collected: {column} ({why})").format(column=column.header, why=why))
    if planned.is_wide:
        left_out = len(planned.ignored)
        wide = ngettext(
            "The sheet is very wide: {count} column is not read.",
            "The sheet is very wide: {count} columns are not read.",
            left_out,
        )
        print(wide.format(count=left_out))
    for bad in planned.bad[:SHOWN]:
        print(_("Row {row}: {why}").format(row=bad.row_number, why=sentence(bad.faults)))
    print(
        _("{good} good rows, {bad} to mend, {twice} repeated.").format(
            good=len(planned.residents), bad=len(planned.bad), twice=len(planned.duplicates)
        )
    )


def _mapping(path: Path | None) -> dict[int, str]:
    """`{"0": "person_name"}`: columns from 0 to what they hold."""
    if path is None:
        return {}
    try:
        return {int(column): str(to) for column, to in json.loads(path.read_text("utf-8")).items()}
    except (OSError, ValueError, AttributeError) as error:
        raise ExchangeError(
            N_("The mapping file cannot be read."),
            N_("It holds one JSON object, for example {example}."),
            example='{"0": "person_name"}',
        ) from error
