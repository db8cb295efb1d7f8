"""The 客户分类表 as a list that leaves: masked by default, numbered, logged, behind the guard."""

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime

from pmdesk.domain.acts import ExportList, ListKind
from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.consents import ConsentState
from pmdesk.domain.export_guard import (
    MOST,
    Errand,
    ExportRequest,
    ExportRequestId,
    Load,
    Wish,
    canonical,
)
from pmdesk.domain.exports import ExportKind
from pmdesk.domain.office import Changes
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.staff import Permission
from pmdesk.errors import RefusedError
from pmdesk.i18n import N_, _
from pmdesk.services import export_guard
from pmdesk.services.export_files import Listing, as_pdf, write_pdf, write_xlsx
from pmdesk.services.export_guard import Sizing
from pmdesk.services.export_rows import Content, content
from pmdesk.services.session import Session
from pmdesk.services.wording import EXPORT_PURPOSES, RECIPIENTS

__all__ = ["Listing", "as_pdf", "ask", "fetched", "listing", "sizing", "write_pdf", "write_xlsx"]

_HEAD = (
    *(N_("Room"), N_("Name"), N_("Mobile"), N_("Role")),
    *(N_("Tier"), N_("Tags"), N_("Consent"), N_("Reason")),
)


def listing(
    session: Session, query: ResidentQuery, errand: Errand, *, unmasked: bool = False
) -> Listing:
    """The rows as they would be handed out; the act is logged with its number and count.

    A large list is held back by the export guard: it needs a request, see `ask` and `fetched`. Whom
    the list names is on record: when one of them withdraws, it has to be fetched back. People who
    want classification not to be used are left out.
    """
    _require_sight(session, unmasked=unmasked)
    with session.writing(Permission.EXPORT) as work:
        export_guard.require_errand(errand)
        found = content(session, work, query, unmasked=unmasked)
        wish = wished(query, unmasked=unmasked)
        export_guard.passed(session, work, wish, found.load)
        made = _listed(session, work, wish, found, errand)
        work.commit()
    return made


def sizing(session: Session, query: ResidentQuery) -> Sizing:
    """How many people the list would name, and whether it needs a second person."""
    with session.reading(Permission.EXPORT) as work:
        ids = work.people.ids(query, today=session.clock.today())
        if len(ids) > MOST:  # large whatever else is in it: nobody waits for a count of money
            return export_guard.sized(session, work, Load(people=frozenset(ids)))
        return export_guard.sized(session, work, content(session, work, query).load)


def ask(
    session: Session, query: ResidentQuery, errand: Errand, reason: str, *, unmasked: bool = False
) -> Changes:
    """A second person is asked for exactly this list, as it is filtered now."""
    _require_sight(session, unmasked=unmasked)
    with session.writing(Permission.EXPORT) as work:
        if query.text:
            raise RefusedError(
                N_("A large list is asked for with filters, not with a search text."),
                N_("Empty the search box and choose building, tier, tag or consent."),
            )
        load = content(session, work, query).load
        wish = wished(query, unmasked=unmasked)
        export_guard.ask(session, work, wish, errand, reason, load)
        work.commit()
    return export_guard.CHANGED


def fetched(
    session: Session, request: ExportRequestId, write: Callable[[Listing], object]
) -> Listing:
    """The list that a second person agreed to, once, with the filters it was asked for with.

    `write` makes the file: where it cannot, the approval is not used up.
    """
    with session.writing(Permission.EXPORT) as work:
        wish = work.export_requests.get(request).wish
        found = content(session, work, query_of(wish), unmasked=wish.unmasked)
        approval = export_guard.allowed(session, work, request, wish, found.load)
        made = _listed(session, work, wish, found, approval.errand, approval)
        write(made)
        work.commit()
    return made


def wished(query: ResidentQuery, *, unmasked: bool) -> Wish:
    """What an approval is bound to; a search text is no part of what can be asked for."""
    parts = {name: value for name, value in asdict(query).items() if name != "text"}
    return Wish(kind=ExportKind.CLASSIFICATION, query=canonical(parts), unmasked=unmasked)


def query_of(wish: Wish) -> ResidentQuery:
    """The filters that were asked for."""
    parts = json.loads(wish.query)
    consent = parts.pop("consent")
    return ResidentQuery(**parts, consent=ConsentState(consent) if consent else None)


def _require_sight(session: Session, *, unmasked: bool) -> None:
    """Whole names and numbers leave with those only who may see each of them."""
    if unmasked:
        session.require(Permission.REVEAL)


def _listed(
    session: Session,
    work: UnitOfWork,
    wish: Wish,
    found: Content,
    errand: Errand,
    approval: ExportRequest | None = None,
) -> Listing:
    """The list is on record and in the log, and so is the approval it used up."""
    at = export_guard.moment(session, work)
    number = _next_number(work, at.astimezone())
    made = ExportList(
        number=number,
        at=at,
        by=session.staff.uid,
        what=ListKind.CLASSIFICATION,
        recipient=errand.to.strip() or _(RECIPIENTS[errand.recipient]),
        people=len(found.lines),
        masked=not wish.unmasked,
        errand=errand,
    )
    work.export_lists.add(made, found.load.people, found.load.economic)
    if approval is not None:
        export_guard.used(session, work, approval, number)
    row: dict[str, object] = {"rows": len(found.lines), "unmasked": wish.unmasked}
    row |= {"purpose": errand.purpose, "recipient": errand.recipient}
    session.log(work, "export.classification", number, fields=_HEAD, row=row)
    stamp = export_guard.stamp(session, number, at)
    return Listing(
        number=number,
        stamp=stamp,
        footer=_footer(stamp, made, errand, approval),
        head=tuple(map(_, _HEAD)),
        rows=found.lines,
    )


def _footer(stamp: str, made: ExportList, errand: Errand, approval: ExportRequest | None) -> str:
    words = _("{stamp} · {count} rows · {mask} · {purpose} → {recipient}").format(
        stamp=stamp,
        count=made.people,
        mask=_("masked") if made.masked else _("not masked"),
        purpose=_(EXPORT_PURPOSES[errand.purpose]),
        recipient=made.recipient,
    )
    alone = approval is not None and approval.alone
    return words + " · " + _("approved by one person alone") if alone else words


def _next_number(work: UnitOfWork, now: datetime) -> str:
    """The day and the place of the export in the log: no two exports share it."""
    last = work.audit.recent(1)
    return f"E{now:%Y%m%d}-{(last[0].seq if last else 0) + 1}"
