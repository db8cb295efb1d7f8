"""The rows of the 客户分类表, whom they name, and of whom they tell something economic."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pmdesk.analytics.facts import field_of
from pmdesk.domain.acts import HUMAN
from pmdesk.domain.catalogue import Catalogue
from pmdesk.domain.classification import ResidentQuery, ResidentRow
from pmdesk.domain.consents import ConsentState
from pmdesk.domain.export_guard import Load, tells_of_money
from pmdesk.domain.people import PartyRole
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.staff import Permission
from pmdesk.domain.tiers import NEED, STANDARD
from pmdesk.i18n import _, said
from pmdesk.rules.table import DecisionTable
from pmdesk.services.classification import table_of
from pmdesk.services.masking import listed
from pmdesk.services.session import Session
from pmdesk.services.wording import ROLES, STATES, where

_PAGE = 256

Line = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The lines of a list in their order."""

    lines: tuple[Line, ...]
    load: Load


def content(
    session: Session, work: UnitOfWork, query: ResidentQuery, *, unmasked: bool = False
) -> Content:
    """The list as filtered; people who want classification not to be used are left out."""
    if unmasked:
        session.staff.require(Permission.REVEAL)
    catalogue, active = work.catalogue.live(), work.rulesets.active()
    table = None if active is None else table_of(work, active.document)
    money = _money(catalogue, table)
    reasons = {} if table is None else {rule.id: rule.reason for rule in table.rules}
    people, economic, lines = [], [], []
    for plain in _rows(session, work, query):
        people.append(int(plain.id))
        if plain.rule in money or money.intersection(plain.tags):
            economic.append(int(plain.id))
        row = plain if unmasked else listed(plain)
        lines.append(_line(catalogue, row, reasons | {HUMAN: _("Decided by a person")}))
    load = Load(people=frozenset(people), economic=frozenset(economic))
    return Content(lines=tuple(lines), load=load)


def tier_name(catalogue: Catalogue, row: ResidentRow) -> str:
    """The tier in words; without a result a person is served as standard."""
    return said(catalogue.tier(row.tier or STANDARD).name)


def tag_names(catalogue: Catalogue, tags: Sequence[str]) -> str:
    """The tags in words, the telling ones first."""
    present = sorted((t for t in catalogue.tags if t.code in tags), key=lambda t: t.code == NEED)
    return "、".join(said(tag.name) for tag in present)


def _rows(session: Session, work: UnitOfWork, query: ResidentQuery) -> Iterator[ResidentRow]:
    today = session.clock.today()
    ids = work.people.ids(query, today=today)
    for start in range(0, len(ids), _PAGE):
        for row in work.people.rows(ids[start : start + _PAGE], today=today):
            if row.consent is not ConsentState.RESTRICTED:
                yield row


def _line(catalogue: Catalogue, row: ResidentRow, reasons: "dict[str, str]") -> Line:
    return (
        where(row),
        row.name,
        row.mobile,
        _(ROLES[PartyRole(row.role)]) if row.role else "",
        tier_name(catalogue, row),
        tag_names(catalogue, row.tags),
        _(STATES[row.consent]),
        reasons.get(row.rule, "") if row.tier else _("Standard service by contract"),
    )


def _money(catalogue: Catalogue, table: DecisionTable | None) -> frozenset[str]:
    """Rules that ask about an economic field, and the tags they give: who has one tells of it."""
    found: set[str] = set()
    economic = {field.key for field in catalogue.fields if tells_of_money(field)}
    for rule in table.rules if table else ():
        cells = zip(table.facts if table else (), rule.cells, strict=True)
        if any(not cell.is_any and field_of(fact.key) in economic for fact, cell in cells):
            found |= {rule.id, *rule.tags} - {NEED}
    return frozenset(found)
