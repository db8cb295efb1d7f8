"""Who else handles residents' data, as the books say it and notices have to (PIPL 17, 20–23)."""

from collections.abc import Iterable
from datetime import date

from pmdesk.domain import entrusting
from pmdesk.domain.fields import Value
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.purposes import CONTRACT
from pmdesk.domain.records import Document, RecordStatus
from pmdesk.i18n import LANGUAGES, Words
from pmdesk.services.records import records
from pmdesk.services.records.records import Standing

NOBODY = Words("无", "none")


def in_force(work: UnitOfWork, kind: str, today: date | None = None) -> tuple[Standing, ...]:
    """The approved entries of a book that have not ended by today."""
    found = []
    for record in work.records.all(kind):
        if record.status is not RecordStatus.CLOSED:
            standing = records.stands(work, record)
            if standing and not (today and entrusting.has_ended(standing.document, today)):
                found.append(standing)
    return tuple(reversed(found))


def processors_words(work: UnitOfWork, today: date | None = None) -> Words:
    """What notices say under `{processors}`: name, task and categories of each; “none” without."""
    entries = (one.document for one in in_force(work, entrusting.PROCESSOR, today))
    return _joined(_line(str(one.get("name")), one.get("task"), one) for one in entries)


def recipients_words(work: UnitOfWork, today: date | None = None) -> Words:
    """What notices say under `{recipients}`: whoever gets data regularly; “none” without."""
    given = (one.document for one in in_force(work, entrusting.DISCLOSURE, today))
    return _joined(
        _line(str(one.get("recipient")), one.get("purpose"), one)
        for one in given
        if one.get("regular") is True
    )


def unnamed(work: UnitOfWork, today: date) -> tuple[str, ...]:
    """Processors and regular recipients that the live notice does not name yet (PIPL 17(2))."""
    notices = [work.catalogue.notice(CONTRACT, language) for language in LANGUAGES]
    text = "".join(notice.text for notice in notices if notice is not None)
    names = [_name(one) for one in in_force(work, entrusting.PROCESSOR, today)]
    names += [
        str(one.document.get("recipient"))
        for one in in_force(work, entrusting.DISCLOSURE, today)
        if one.document.get("regular") is True
    ]
    return tuple(dict.fromkeys(name for name in names if name not in text))


def overloaded(work: UnitOfWork, today: date) -> tuple[str, ...]:
    """Companies that all services went to, which is not allowed (物业管理条例 39)."""
    return entrusting.takes_everything(
        one.document for one in in_force(work, entrusting.PROCESSOR, today)
    )


def unchecked(work: UnitOfWork, today: date) -> tuple[Standing, ...]:
    """Processors that nobody looked at for a year."""
    return tuple(
        one
        for one in in_force(work, entrusting.PROCESSOR, today)
        if entrusting.is_check_due(one.document, one.approval.at.date(), today)
    )


def _name(one: Standing) -> str:
    return str(one.document.get("name"))


def _line(name: str, task: Value, document: Document) -> Words:
    kinds = document.get("categories")
    return Words(f"{name}（{task}：{kinds}）", f"{name} ({task}: {kinds})")


def _joined(lines: Iterable[Words]) -> Words:
    known = tuple(lines)
    if not known:
        return NOBODY
    return Words("；".join(one.zh for one in known), "; ".join(one.en for one in known))
