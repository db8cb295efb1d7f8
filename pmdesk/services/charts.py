"""Charts: the figures of the office's needs, with small numbers hidden, and their way out."""

import contextlib
import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pmdesk.analytics.figures import Figure
from pmdesk.analytics.needs import Needs
from pmdesk.domain.staff import Permission
from pmdesk.errors import StorageError
from pmdesk.i18n import N_
from pmdesk.services.files import PRIVATE
from pmdesk.services.office import smallest_count
from pmdesk.services.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """All figures of one moment, and what they were made of."""

    figures: tuple[Figure, ...]
    as_of: date
    version: int | None  # of the active rules; None before the first were activated
    smallest: int  # k: groups of fewer people are not shown


def board(session: Session) -> Board:
    """The figures as everybody who sees charts may see them: counts below k are in none of them."""
    smallest = smallest_count(session)
    today = session.clock.today()
    with session.reading(Permission.SEE_CHARTS) as work:
        active = work.rulesets.active()
        needs = Needs(
            counts=work.counts, catalogue=work.catalogue.live(), smallest=smallest, today=today
        )
        return Board(
            figures=needs.figures(),
            as_of=today,
            version=active.version if active else None,
            smallest=smallest,
        )


def figures(session: Session) -> tuple[Figure, ...]:
    """The figures alone."""
    return board(session).figures


def handed_out(session: Session, figure: Figure, form: str) -> None:
    """That the figure leaves the program as `form` is in the log; call it before it does."""
    with session.writing(Permission.EXPORT) as work:
        session.log(work, "export.chart", figure.key, row={"form": form})
        work.commit()


def as_csv(figure: Figure) -> bytes:
    """The suppressed numbers as a table that Excel and WPS open with its Chinese intact."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow((figure.title,))
    writer.writerow((figure.answer,))
    writer.writerow((figure.unit,))
    writer.writerows(figure.table() if not figure.is_empty else ())
    return text.getvalue().encode("utf-8-sig")


def export(session: Session, figure: Figure, path: Path, write: Callable[[Path], object]) -> Path:
    """The figure is at `path`, complete, as `write` draws it; the act is logged before."""
    handed_out(session, figure, path.suffix.lower().lstrip("."))
    return written(path, write)


def written(path: Path, write: Callable[[Path], object]) -> Path:
    """What `write` draws is complete at `path`, or StorageError and no half of it is there."""
    part = path.with_name(f"{path.stem}.part{path.suffix}")
    try:
        part.unlink(missing_ok=True)  # of a crash; its rights would stay
        part.touch(PRIVATE)  # as every file that leaves, see services.files
        write(part)
        part.replace(path)
    except OSError as error:
        raise StorageError(
            N_("The chart could not be written."),
            N_("Close the file if it is open elsewhere, check the drive for space, try again."),
        ) from error
    finally:
        with contextlib.suppress(OSError):  # a read-only drive refuses that
            part.unlink(missing_ok=True)
    return path
