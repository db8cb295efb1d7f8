"""The bad rows of an import as a workbook that can be mended and imported again."""

import contextlib
from collections.abc import Sequence
from io import BytesIO
from itertools import chain
from pathlib import Path

from pmdesk.domain.fields import Problem
from pmdesk.errors import ExchangeError
from pmdesk.i18n import N_, Words, _, said
from pmdesk.services.exchange.planned import Fault, Judged
from pmdesk.services.files import PRIVATE

_WIDTH = 16  # of a column, in characters
_REASON_WIDTH = 60


def reason(problem: Problem) -> str:
    """The problem as a sentence in the user's language."""
    places = {k: said(v) if isinstance(v, Words) else v for k, v in problem.places.items()}
    return _(problem.sentence).format_map(places)


def sentence(faults: Sequence[Fault]) -> str:
    """Everything that is wrong with a row: each column by name, and why."""
    return _("; ").join(
        _("{column}: {reason}").format(column=fault.column, reason=reason(fault.problem))
        for fault in faults
    )


def write_faults(plan: Judged, path: Path) -> Path:
    """The bad rows are in the workbook at `path`, refused columns are not; a column says why."""
    part = path.with_name(path.name + ".part")
    try:
        part.unlink(missing_ok=True)  # of a crash; its rights would stay
        part.touch(PRIVATE)  # before a byte of the content is in it
        part.write_bytes(_content(plan))
        part.replace(path)
    except OSError:
        with contextlib.suppress(OSError):  # a read-only drive refuses that too
            part.unlink(missing_ok=True)
        raise ExchangeError(
            N_("The file with the rows to mend cannot be written."),
            N_("Close it in Excel or WPS, check the drive for space, and try again."),
        ) from None
    return path


def _content(plan: Judged) -> bytes:
    from xlsxwriter import Workbook  # noqa: PLC0415  # only an import with bad rows needs it

    headers = [column.header for column in plan.taken]
    lines = chain(
        [(*headers, _("What is wrong"), _("Row in the file"))],
        ((*bad.cells, sentence(bad.faults), str(bad.row_number)) for bad in plan.bad),
    )
    content = BytesIO()
    # any other way it is made of files that lie unencrypted where all programs keep theirs
    with Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet(_("Rows to mend"))
        as_text = book.add_format({"num_format": "@"})  # Excel must not make dates of 3-2 again
        sheet.set_column(0, len(headers) - 1, _WIDTH, as_text)
        sheet.set_column(len(headers), len(headers), _REASON_WIDTH)
        sheet.freeze_panes(1, 0)
        for at, line in enumerate(lines):
            for column, text in enumerate(line):
                sheet.write_string(at, column, text, as_text)
    return content.getvalue()
