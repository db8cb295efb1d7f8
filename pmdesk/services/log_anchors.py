"""Anchors that leave the computer: as a file, on paper, and their way back to be compared."""

import json
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from pathlib import Path

from pmdesk.domain.anchors import Anchor, read_code
from pmdesk.domain.ports import AuditEntry
from pmdesk.domain.progress import Progress
from pmdesk.domain.staff import Permission
from pmdesk.errors import ExchangeError
from pmdesk.i18n import N_, _
from pmdesk.services.files import write_whole
from pmdesk.services.log_book import TARGET, summed
from pmdesk.services.session import Session

FILED, MADE, PRINTED = "anchor.exported", "anchor.made", "anchor.printed"
OUTSIDE = (
    FILED,
    PRINTED,
    "log.exported",
    "backup.proved",
    "inspection.pack",
)  # each leaves an anchor elsewhere

_FORM = "pmdesk-anchor"
_LONGEST = 65_536


class Verdict(Enum):
    """What comparing an anchor with the log says."""

    CONTAINED = auto()
    NOT_CONTAINED = auto()
    NOT_GENUINE = auto()  # contained, but the signature is of nobody of this office
    OTHER_OFFICE = auto()
    MISTYPED = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The verdict, with the number and time of the entry that the anchor is about."""

    verdict: Verdict
    count: int = 0
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """The newest anchor outside this computer, and how much has been added since."""

    at: datetime | None
    since: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """What the printed certificate says."""

    office: str
    anchor: Anchor
    at: datetime
    by: str

    @property
    def qr(self) -> str:
        """The same for a camera."""
        return camera_text(self.anchor)


def camera_text(one: Anchor) -> str:
    """An anchor as a camera reads it."""
    return f"{_FORM}:1:{one.vault}:{one.count}:{one.head}:{one.at}:{one.code}"


def certificate_rows(made: Certificate) -> tuple[tuple[str, str], ...]:
    """What the certificate states."""
    one = made.anchor
    return (
        (_("Office"), made.office),
        (_("Entries"), f"{one.count:,}"),
        (_("Time"), made.at.strftime("%Y-%m-%d %H:%M")),
        (_("Printed by"), made.by),
        (_("Imprint of the last entry"), one.head),
        (_("Imprint of the accounts"), one.roster),
    )


def certificate_advice() -> tuple[str, str]:
    """How it is used, and what it cannot show."""
    return (
        _(
            "Keep this sheet outside the office. Whoever checks the log later types the code on"
            " the log page of pmdesk. If the log has the code, no entry up to this one was"
            " changed or taken out since; if not, something was."
        ),
        _("What was cut off after the newest certificate cannot be noticed by it."),
    )


def outside(session: Session) -> Outside:
    """How old the newest anchor outside is; the older it is, the more could be cut off unseen."""
    with session.reading(Permission.SEE_AUDIT) as work:
        newest, count = work.proof.newest(OUTSIDE), work.proof.count()
    if newest is None:
        return Outside(at=None, since=count)
    return Outside(at=newest.at, since=count - newest.seq)


def to_file(session: Session, path: Path) -> Anchor:
    """The anchor lies at `path`, to be carried away; its making is its last entry."""
    with session.writing(Permission.SEE_AUDIT) as work:
        session.log(work, FILED, TARGET)
        made = work.proof.anchor(session.clock.now())
        document = {"format": _FORM, "version": 1, **summed(made)}
        write_whole(path, json.dumps(document, ensure_ascii=False, indent=1).encode())
        work.commit()
    return made


def certificate(session: Session) -> Certificate:
    """What is to be printed; its making is its last entry."""
    with session.writing(Permission.SEE_AUDIT) as work:
        session.log(work, MADE, TARGET)
        made = Certificate(
            office=work.office.get().name,
            anchor=work.proof.anchor(session.clock.now()),
            at=session.clock.local(),
            by=session.staff.name,
        )
        work.commit()
    return made


def printed(session: Session) -> None:
    """The certificate is on paper or in a file: from now on there is an anchor outside."""
    with session.writing(Permission.SEE_AUDIT) as work:
        session.log(work, PRINTED, TARGET)
        work.commit()


def check_file(session: Session, path: Path) -> Answer:
    """Whether the history goes through the anchor in the file."""
    session.require(Permission.SEE_AUDIT)
    anchor = _read(path)
    with session.reading(Permission.SEE_AUDIT) as work:
        if anchor.vault != work.proof.vault:
            return Answer(verdict=Verdict.OTHER_OFFICE)
        at = datetime.fromisoformat(anchor.at)
        if not work.proof.contains(anchor):
            return Answer(verdict=Verdict.NOT_CONTAINED, count=anchor.count, at=at)
        genuine = work.proof.is_genuine(anchor)
    verdict = Verdict.CONTAINED if genuine else Verdict.NOT_GENUINE
    return Answer(verdict=verdict, count=anchor.count, at=at)


def check_code(session: Session, typed: str, progress: Progress) -> Answer:
    """Whether the history has a state with the code that was typed from paper."""
    session.require(Permission.SEE_AUDIT)
    wanted = read_code(typed)
    if wanted is None:
        return Answer(verdict=Verdict.MISTYPED)
    with session.store.reading() as work:
        found: AuditEntry | None = work.proof.with_code(wanted, progress)
    if found is None:
        return Answer(verdict=Verdict.NOT_CONTAINED)
    return Answer(verdict=Verdict.CONTAINED, count=found.seq, at=found.at)


def _read(path: Path) -> Anchor:
    try:
        with path.open("rb") as file:
            doc = json.loads(file.read(_LONGEST))["anchor"]
        count = int(doc["count"])
        datetime.fromisoformat(doc["at"])
        parts = {part: str(doc[part]) for part in ("vault", "head", "roster", "at", "by", "sig")}
        return Anchor(count=count, **parts)
    except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise ExchangeError(
            N_("This file holds no anchor of a log."),
            N_("Choose the file that pmdesk wrote when the anchor was exported."),
        ) from error
