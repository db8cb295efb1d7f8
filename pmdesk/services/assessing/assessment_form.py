"""A new impact assessment, filled in with what the program knows and what it can offer."""

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from pmdesk.assets import asset
from pmdesk.domain.assessments import KIND, RISKS, VALID_MONTHS, size
from pmdesk.domain.fields import Field, Sensitivity, Value
from pmdesk.domain.office import OfficeProfile
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.purposes import Purpose
from pmdesk.domain.records import Document, Record, months_later
from pmdesk.domain.staff import Permission
from pmdesk.i18n import Words, _, said
from pmdesk.rules.table import DecisionTable
from pmdesk.services.assessing import assessment_checks
from pmdesk.services.records import records
from pmdesk.services.records.assessment_scope import Scope, fingerprint, processors, scope_of
from pmdesk.services.session import Session
from pmdesk.services.wording import BASES

_RATINGS = ("likely_before", "severe_before", "likely_after", "severe_after")
# What whoever assesses decides each time anew, whatever an older assessment said.
_DECIDED = {"conclusion", "actions", "actions_by", "actions_due", "actions_done"}
_OPINIONS = {"opinion_responsible", "opinion_staff", "opinion_residents"}


def prefilled(session: Session, subject: str) -> dict[str, Value]:
    """The answers to begin with: an older assessment's words, the present facts, no conclusion."""
    with session.reading(Permission.KEEP_RECORDS) as work:
        scope = scope_of(work, subject)
        filled = _offered(scope, work.office.get()) | _of_before(work, scope)
        filled |= _facts(session, work, scope)
        return _with_checks(session, work, scope, filled)


def _with_checks(
    session: Session, work: UnitOfWork, scope: Scope, filled: dict[str, Value]
) -> dict[str, Value]:
    """The answers with what was found about the rules that are assessed."""
    if scope.table is None:
        return filled
    told, contradicted = assessment_checks.results(session, work, scope, scope.table)
    return assessment_checks.with_reminder(filled | {"review": told}, contradicted=contradicted)


def _of_before(work: UnitOfWork, scope: Scope) -> dict[str, Value]:
    """What people wrote in the newest assessment of the same, or of other rules."""
    found = next((one for one in work.records.all(KIND) if _fits(one, scope)), None)
    before: Document = records.document_of(work, found) if found else {}
    return {key: value for key, value in before.items() if key not in _DECIDED | _OPINIONS}


def _fits(record: Record, scope: Scope) -> bool:
    same = record.subject == scope.subject
    return same or (scope.table is not None and record.subject.startswith(f"{scope.sort}:"))


# ---- facts: what is live in the office now --------------------------------------------------


def _facts(session: Session, work: UnitOfWork, scope: Scope) -> dict[str, Value]:
    today = session.clock.today()
    people = work.people.count()
    facts: dict[str, Value] = {
        "activity": said(scope.what) or None,
        "handler": _handler(work.office.get()),
        "individuals": people,
        "small": size(people),
        "assessed_on": today,
        "assessor": session.staff.name,
        "next_review": months_later(today, VALID_MONTHS),
        "scope": fingerprint(work, scope),
    }
    if scope.purposes:
        facts |= _of_purposes(work, scope)
    if scope.fields:
        facts["fields"] = "\n".join(_field_line(work, field) for field in scope.fields)
        facts["necessity"] = "\n".join(
            f"{said(field.label)}{_(': ')}{said(field.necessity)}" for field in scope.fields
        )
    if scope.table is not None:
        facts |= _of_rules(scope, scope.table)
    if names := processors(work):
        facts["processors"] = "\n".join(names)
    return facts


def _of_purposes(work: UnitOfWork, scope: Scope) -> dict[str, Value]:
    kept = {one.code: one for one in work.catalogue.live().retentions}
    return {
        "purposes": "\n".join(
            f"{one.code} {said(one.name)}{_(': ')}{said(one.summary)}" for one in scope.purposes
        ),
        "basis": "\n".join(f"{said(p.name)}{_(': ')}{_(BASES[p.basis])}" for p in scope.purposes),
        "notices": "\n".join(_notice_line(work, one) for one in scope.purposes),
        "retention": "\n".join(
            f"{said(one.name)}{_(': ')}{said(kept[one.retention].period)}"
            f"{_('; ')}{said(kept[one.retention].at_end)}"
            for one in scope.purposes
        ),
    }


def _of_rules(scope: Scope, table: DecisionTable) -> dict[str, Value]:
    return {
        "rules": _("Version {version}, {rows} rows, digest {digest}").format(
            version=scope.version, rows=len(table.rules), digest=table.digest()
        )
    }


def _field_line(work: UnitOfWork, field: Field) -> str:
    kept = next((r for r in work.catalogue.live().retentions if r.code == field.retention), None)
    sensitive = field.sensitivity is Sensitivity.SENSITIVE
    parts = (
        said(field.label),
        _("sensitive, sealed") if sensitive else _("general"),
        said(kept.period) if kept else field.retention,
    )
    return " · ".join(parts)


def _notice_line(work: UnitOfWork, purpose: Purpose) -> str:
    notice = work.catalogue.notice(purpose.code, "zh_CN")
    if notice is None:
        return f"{said(purpose.name)}{_(': ')}{_answer('common', 'notices_none')}"
    return f"{said(purpose.name)}{_(': ')}{notice.version} ({notice.digest[:8]})"


def _handler(office: OfficeProfile) -> str:
    return "\n".join(
        part
        for part in (office.name, office.address, office.responsible, office.contact_phone)
        if part
    )


# ---- offers: answers that are shipped --------------------------------------------------------


def _offered(scope: Scope, office: OfficeProfile) -> dict[str, Value]:
    place = office.place or office.address or office.name
    layers = ("common", scope.sort, scope.subject)
    filled: dict[str, Value] = {"abroad": "no"}
    for layer in layers:
        for key, entry in _shipped().get(layer, {}).items():
            if key == RISKS:
                for row, rated in entry.items():
                    filled |= _risk(row, rated)
            else:
                filled[key] = said(Words(**entry)).replace("{place}", place)
    filled.pop("notices_none", None)
    return filled


def _risk(row: str, rated: Mapping[str, Any]) -> dict[str, Value]:
    ratings: dict[str, Value] = {f"{RISKS}.{row}.{name}": str(rated[name]) for name in _RATINGS}
    return ratings | {f"{RISKS}.{row}.measure": said(Words(rated["zh"], rated["en"]))}


def _answer(layer: str, key: str) -> str:
    return said(Words(**_shipped()[layer][key]))


@cache
def _shipped() -> Mapping[str, Any]:
    with asset("starters/assessment.toml").open("rb") as file:
        return tomllib.load(file)
