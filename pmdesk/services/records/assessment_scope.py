"""What an impact assessment is about: a version of the rules, a purpose, a processor, an import."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from pmdesk.analytics.facts import field_of
from pmdesk.domain.catalogue import Catalogue
from pmdesk.domain.classification import Ruleset, RulesetStatus
from pmdesk.domain.fields import Dimension, Field
from pmdesk.domain.notices import major_of
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.purposes import CLASSIFICATION, CONTRACT, Purpose, PurposeCode
from pmdesk.domain.records import Record, RecordStatus
from pmdesk.i18n import DEFAULT, Words
from pmdesk.rules.table import DecisionTable
from pmdesk.services import starters
from pmdesk.services.classification import table_of
from pmdesk.services.records import records

RULES, PURPOSE, PROCESSOR, RECIPIENT, IMPORT, FIELD = (
    "ruleset",
    "purpose",
    "processor",
    "recipient",
    "import",
    "field",
)
IMPORTED = "import:tables"
_WEIGHED = (RulesetStatus.ACTIVE, RulesetStatus.APPROVED, RulesetStatus.SUBMITTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The processing that is assessed, as it is today."""

    subject: str
    what: Words
    purposes: tuple[Purpose, ...] = ()
    fields: tuple[Field, ...] = ()
    table: DecisionTable | None = None
    version: int = 0  # of the rules

    @property
    def sort(self) -> str:
        """The part of the subject before the colon."""
        return self.subject.partition(":")[0]


def of_rules(ruleset: Ruleset) -> str:
    """The subject of an assessment of exactly these rules: any edit makes it another one."""
    return f"{RULES}:{ruleset.digest}"


def subjects(work: UnitOfWork) -> tuple[str, ...]:
    """Everything in the office that PIPL 55 wants assessed before it begins (law.md 6.1)."""
    found = [of_rules(one) for one in work.rulesets.all() if one.status in _WEIGHED]
    found += _purposes(work)
    found += [f"{PROCESSOR}:{one.number}" for one in _open(work, PROCESSOR)]
    found += [f"{RECIPIENT}:{name}" for name in _recipients(work)]
    if work.audit.about(IMPORTED):
        found.append(IMPORTED)
    found += [f"{FIELD}:{field.key}" for field in _new_fields(work.catalogue.live())]
    return tuple(dict.fromkeys(found))


def scope_of(work: UnitOfWork, subject: str) -> Scope:
    """What stands behind the subject now; only its name where it is gone."""
    sort, _colon, name = subject.partition(":")
    catalogue = work.catalogue.live()
    if sort == RULES:
        return _rules(work, catalogue, subject, name)
    if sort == PURPOSE:
        return _purpose(catalogue, subject, name)
    if sort == FIELD and catalogue.has(name):
        field = catalogue.field(name)
        what = Words(f"新字段：{field.label.zh}", f"New field: {field.label.en}")
        purposes = tuple(catalogue.purpose(code) for code in field.purposes)
        return Scope(subject=subject, what=what, fields=(field,), purposes=purposes)
    return Scope(subject=subject, what=_named(work, sort, name))


def fingerprint(work: UnitOfWork, scope: Scope) -> str:
    """Changes with purposes, fields, their class and retention, and major notice versions."""
    parts = [
        [(p.code, p.retention, p.months, _major(work, p)) for p in scope.purposes],
        [(f.key, f.sensitivity, f.retention, f.rule_use) for f in scope.fields],
    ]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def processors(work: UnitOfWork) -> tuple[str, ...]:
    """The names of those who process for the office."""
    return tuple(_headline(work, one) for one in _open(work, PROCESSOR))


def _purposes(work: UnitOfWork) -> Iterable[str]:
    """Classification is assessed with its rules; the contract only where somebody else helps."""
    catalogue = work.catalogue.live()
    for purpose in catalogue.purposes:
        apart = purpose.code == CLASSIFICATION or not catalogue.is_open(purpose.code)
        alone = purpose.code == CONTRACT and not _open(work, PROCESSOR)
        if purpose.needs_assessment and not apart and not alone:
            yield f"{PURPOSE}:{purpose.code}"


def _rules(work: UnitOfWork, catalogue: Catalogue, subject: str, digest: str) -> Scope:
    fitting = [one for one in work.rulesets.all() if one.digest == digest]
    if not fitting:
        return Scope(subject=subject, what=Words("分类规则", "Classification rules"))
    table = table_of(work, fitting[0].document)
    keys = dict.fromkeys(field_of(fact.key) for fact in table.facts)
    version = fitting[0].version
    return Scope(
        subject=subject,
        what=Words(f"分类规则第{version}版", f"Classification rules, version {version}"),
        purposes=(catalogue.purpose(CLASSIFICATION),),
        fields=tuple(catalogue.field(key) for key in keys if catalogue.has(key)),
        table=table,
        version=version,
    )


def _purpose(catalogue: Catalogue, subject: str, code: str) -> Scope:
    purpose = next((one for one in catalogue.purposes if one.code == code), None)
    if purpose is None:
        return Scope(subject=subject, what=Words(code, code))
    fields = tuple(field for field in catalogue.fields if field.enabled and field.purpose == code)
    what = Words(f"{code} {purpose.name.zh}", f"{code} {purpose.name.en}")
    return Scope(subject=subject, what=what, purposes=(purpose,), fields=fields)


def _named(work: UnitOfWork, sort: str, name: str) -> Words:
    if sort == PROCESSOR:
        fitting = [one for one in work.records.all(PROCESSOR) if one.number == name]
        who = _headline(work, fitting[0]) if fitting else name
        return Words(f"委托处理：{who}", f"Processor: {who}")
    if sort == RECIPIENT:
        return Words(f"对外提供：{name}", f"Recipient: {name}")
    if sort == IMPORT:
        return Words("导入旧表格", "Import of old tables")
    return Words("", "")


def _open(work: UnitOfWork, code: str) -> list[Record]:
    return [one for one in work.records.all(code) if one.status is not RecordStatus.CLOSED]


def _headline(work: UnitOfWork, record: Record) -> str:
    return str(records.document_of(work, record).get("name") or record.number)


def _recipients(work: UnitOfWork) -> Iterable[str]:
    for record in _open(work, "disclosure"):
        if name := records.document_of(work, record).get("recipient"):
            yield str(name)


def _new_fields(catalogue: Catalogue) -> Iterable[Field]:
    """What an office added itself about people's habits or money."""
    shipped = {field.key for field in starters.catalogue().fields}
    delicate = {Dimension.ECONOMIC, Dimension.HABIT}
    for field in catalogue.fields:
        if field.enabled and field.key not in shipped and field.dimension in delicate:
            yield field


def _major(work: UnitOfWork, purpose: Purpose) -> int:
    notice = work.catalogue.notice(PurposeCode(purpose.code), DEFAULT)
    return major_of(notice.version) if notice else 0
