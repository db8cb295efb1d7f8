"""The inspection pack as one file: built from what was asked, numbered, logged, and written."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from pmdesk.domain import office
from pmdesk.domain.anchors import Anchor
from pmdesk.domain.inspections import MEANINGS, Inspection, Pack, Part
from pmdesk.domain.office import Changes
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.progress import Progress, silent
from pmdesk.domain.staff import Permission
from pmdesk.errors import ConflictError, RefusedError
from pmdesk.i18n import N_, _, said
from pmdesk.services.audits.evidence import ground
from pmdesk.services.files import write_whole
from pmdesk.services.inspection.content import Content, Source, staff_names
from pmdesk.services.inspection.scrub import Scrub
from pmdesk.services.log_book import summed
from pmdesk.services.session import Session

CHANGED = Changes.of(office.RECORDS)
MADE = "inspection.pack"
MANIFEST = "manifest.json"

_STEPS = 100  # of the progress of one part
_WORK = 2  # rounds: what is read, and what is drawn


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """What the pack is made of, from one view of the office."""

    number: str
    office: str
    by: str  # who makes it, as far as it is told
    contents: Mapping[Part, Content]
    anchor: Anchor


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """A pack as the package log shows it."""

    pack: Pack
    by: str  # name


def make(
    session: Session, asked: Inspection, path: Path, progress: Progress = silent
) -> tuple[Pack, Changes]:
    """The pack lies at `path` and in the package log; after a cancel or an error in neither."""
    _require(session)
    _refuse_incomplete(asked)
    found = _read(session, asked, progress)
    files = _drawn(session, asked, found, progress)
    content = _zipped(files)
    digest = hashlib.sha256(content).hexdigest()
    with session.writing(Permission.APPROVE_RECORDS) as work:
        if work.inspections.next_number(session.clock.today().year) != found.number:
            raise ConflictError(
                N_("Another pack was made meanwhile."), N_("Make the pack once more.")
            )
        pack = Pack(
            number=found.number,
            at=session.clock.now(),
            by=session.staff.uid,
            asked=asked,
            files=len(files),
            digest=digest,
        )
        work.inspections.add(pack)
        facts = [found.number, f"sha256:{digest}", *(part.value for part in asked.parts)]
        session.log(work, MADE, "log", fields=facts, row=_words(asked))
        write_whole(path, content)
        work.commit()
    return pack, CHANGED


def packs(session: Session) -> tuple[Logged, ...]:
    """The package log, newest first."""
    with session.reading(Permission.SEE_RECORDS) as work:
        names = {one.uid: one.name for one in work.staff.all()}
        return tuple(
            Logged(pack=one, by=names.get(one.by, one.by)) for one in work.inspections.all()
        )


def may_make(session: Session) -> bool:
    """Whether the present user stands for the office towards an authority."""
    may = session.staff.may
    return may(Permission.APPROVE_RECORDS) and may(Permission.SEE_AUDIT)


def _require(session: Session) -> None:
    session.require(Permission.SEE_AUDIT)
    session.require(Permission.APPROVE_RECORDS)


def _refuse_incomplete(asked: Inspection) -> None:
    if asked.problems() and not asked.is_prepared:
        raise RefusedError(
            N_("The written request is not entered completely."),
            N_("Fill in what is marked: nothing is handed over for an oral request."),
        )


def _read(session: Session, asked: Inspection, progress: Progress) -> _Read:
    from pmdesk.services.inspection.parts import BUILDERS  # noqa: PLC0415  # reportlab is slow

    parts = [one for one in Part if one in asked.parts]
    contents = {}
    with session.reading(Permission.APPROVE_RECORDS) as work:
        source = _source(session, work, asked)
        for place, part in enumerate(parts):
            step = _of_part(progress, place, len(parts))
            contents[part] = BUILDERS[part](replace(source, progress=step))
        return _Read(
            by=source.name(session.staff.uid),
            number=work.inspections.next_number(session.clock.today().year),
            office=work.office.get().name,
            contents=contents,
            anchor=work.proof.anchor(session.clock.now()),
        )


def _of_part(progress: Progress, place: int, parts: int) -> Progress:
    """Progress of one part, told as a share of the whole; each call lets a cancel through."""
    whole = parts * _STEPS * _WORK
    progress(place * _STEPS, whole)
    return lambda done, total: progress(
        place * _STEPS + (_STEPS * done // total if total else 0), whole
    )


def _source(session: Session, work: UnitOfWork, asked: Inspection) -> Source:
    staff = [] if asked.names else [one.name for one in work.staff.all()]
    return Source(
        session=session,
        work=work,
        asked=asked,
        scrub=Scrub.of(work, staff),
        names=staff_names(work, asked),
        facts=ground(session, work),
        progress=silent,
    )


def _drawn(
    session: Session, asked: Inspection, found: _Read, progress: Progress
) -> dict[str, bytes]:
    """The files by name, the index first."""
    from pmdesk.services.inspection.papers import (  # noqa: PLC0415  # reportlab is slow
        Cover,
        Entry,
        index_pdf,
        part_pdf,
    )

    at = session.clock.local().strftime("%Y-%m-%d %H:%M")
    cover = Cover(office=found.office, number=found.number, asked=asked, by=found.by, at=at)
    whole, done = len(found.contents), dict[str, bytes]()
    entries = list[Entry]()
    for place, (part, content) in enumerate(found.contents.items(), 1):
        progress((whole + place) * _STEPS, whole * _STEPS * _WORK)
        numbered = f"{len(done) + 1:02}-{said(MEANINGS[part].title)}.pdf"
        name = numbered if content.count else ""  # what is missing takes no number
        entries.append(Entry(part=part, file=name, count=content.count))
        if name:
            done[name] = part_pdf(cover, part, content)
    index = f"00-{_('Index')}.pdf"
    files = {index: index_pdf(cover, entries, (index, MANIFEST)), **done}
    return {**files, MANIFEST: _manifest(found, files)}


def _manifest(found: _Read, files: Mapping[str, bytes]) -> bytes:
    document = {
        "format": "pmdesk-inspection",
        "number": found.number,
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()},
        **summed(found.anchor),
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _zipped(files: Mapping[str, bytes]) -> bytes:
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return held.getvalue()


def _words(asked: Inspection) -> dict[str, object]:
    return {
        "authority": asked.authority,
        "document": asked.document,
        "article": asked.article,
        "shown": asked.shown,
        "names": asked.names,
    }
