"""The public handling rules (个人信息处理规则), made of what is live and of nothing else."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pmdesk.domain.catalogue import Catalogue
from pmdesk.domain.fields import Field
from pmdesk.domain.notice_check import RIGHTS
from pmdesk.domain.office import OfficeProfile
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.purpose_plans import Particulars
from pmdesk.domain.purposes import Purpose, Retention
from pmdesk.domain.staff import Permission
from pmdesk.i18n import _, language, said
from pmdesk.services.notice_texts import period
from pmdesk.services.notices import named_others, publishing
from pmdesk.services.session import Session
from pmdesk.services.wording import BASES


@dataclass(frozen=True, slots=True, kw_only=True)
class LivePurpose:
    """A purpose in force: its notice, who handles the data, and every field with its reason."""

    purpose: Purpose
    retention: Retention
    particulars: Particulars | None  # None: only the office itself
    version: str  # of its notice; empty: these rules are its notice
    fields: tuple[tuple[Field, Retention], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandlingRules:
    """Everything that the published rules say."""

    office: OfficeProfile
    purposes: tuple[LivePurpose, ...]
    day: date

    @property
    def fields(self) -> frozenset[str]:
        """The keys of all fields that the rules name."""
        return frozenset(f.key for one in self.purposes for f, _kept in one.fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A piece of the document: a heading of that level (0: plain text), or a table."""

    text: str = ""
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()


def rules(session: Session) -> HandlingRules:
    """The rules as they hold now: purposes with an intact notice in force, and the records."""
    with session.reading(Permission.SEE_RESIDENTS) as work:
        live = work.catalogue.live()
        plans = {
            plan.purpose.code: named_others.particulars(session, work, plan)
            for plan in publishing.plans_in_force(work)
        }
        found = []
        for purpose in (one for one in live.purposes if live.is_open(one.code)):
            version = _version(work, purpose)
            if version is not None:
                facts = plans.get(purpose.code)
                found.append(_live(live, purpose, version, facts))
        return HandlingRules(
            office=work.office.get(), purposes=tuple(found), day=session.clock.today()
        )


def parts(rules: HandlingRules) -> tuple[Part, ...]:
    """The document in the user's language, from top to bottom."""
    return (
        Part(text=title(rules), level=1),
        Part(text=version_words(rules)),
        Part(text=_("Who handles your information"), level=2),
        *(Part(text=line) for line in _office_lines(rules.office)),
        *(part for one in rules.purposes for part in _purpose_parts(one)),
        Part(text=_("Your rights"), level=2),
        Part(text=_rights()),
        Part(text=_complaints(rules.office)),
    )


def title(rules: HandlingRules) -> str:
    """What stands at the top."""
    return _("Rules for handling personal information · {office}").format(office=rules.office.name)


def version_words(rules: HandlingRules) -> str:
    """Which state of the rules this is: the day, and the first letters of its digest."""
    return _("As of {day} · {digest}").format(day=rules.day.isoformat(), digest=digest(rules)[:8])


def digest(rules: HandlingRules) -> str:
    """SHA-256 of what the rules say, whatever the day and the language."""
    said_of = repr((rules.office, rules.purposes))
    return hashlib.sha256(said_of.encode()).hexdigest()


def _version(work: UnitOfWork, purpose: Purpose) -> str | None:
    """The version in force; empty where these rules are the notice, None where nothing is live."""
    notice = work.catalogue.notice(purpose.code, language())
    if notice is None:
        return None if publishing.plan_in_force(work, purpose.code) else ""
    return notice.version if work.notices.is_intact(purpose.code, notice.version) else None


def _live(
    live: Catalogue, purpose: Purpose, version: str, facts: Particulars | None
) -> LivePurpose:
    kept = {one.code: one for one in live.retentions}
    return LivePurpose(
        purpose=purpose,
        retention=live.kept(purpose),
        particulars=facts,
        version=version,
        fields=tuple(
            (field, kept[field.retention])
            for field in live.fields
            if field.enabled and purpose.code in field.purposes
        ),
    )


def _office_lines(profile: OfficeProfile) -> Sequence[str]:
    return (
        _("{office}, {address}").format(office=profile.name, address=profile.address),
        _("Contact for personal information: {name}, phone {phone}, e-mail {email}").format(
            name=profile.responsible,
            phone=profile.contact_phone,
            email=profile.contact_email or "—",
        ),
    )


def _purpose_parts(one: LivePurpose) -> tuple[Part, ...]:
    purpose = one.purpose
    head = (_("Kind of data"), _("Why it is needed"), _("Kept"))
    rows = tuple(
        (said(field.label), said(field.necessity), said(kept.period)) for field, kept in one.fields
    )
    table = (Part(rows=(head, *rows)),) if rows else ()
    return (
        Part(text=f"{purpose.code}  {said(purpose.name)}", level=2),
        *(Part(text=line) for line in _lines(one)),
        *table,
    )


def _lines(one: LivePurpose) -> Sequence[str]:
    purpose = one.purpose
    version = one.version or "—"
    lines = [
        said(purpose.summary),
        _("Legal basis: {basis}. Notice: version {version}.").format(
            basis=_(BASES[purpose.basis]), version=version
        ),
        _("Kept: {period}. Afterwards: {end}.").format(
            period=period(purpose, one.retention, language()), end=said(one.retention.at_end)
        ),
    ]
    if one.particulars is not None:
        lines.append(
            _(
                "Processors: {processors}. Recipients: {recipients}. Joint handlers: {joint}."
            ).format(
                processors=said(one.particulars.processors),
                recipients=said(one.particulars.recipients),
                joint=said(one.particulars.joint),
            )
        )
    return lines


def _rights() -> str:
    joint = ", " if language() == "en" else "、"
    return _(
        "You have these rights: {rights}. Come to the service counter, call or write; it is free"
        " and no reason is asked. We answer as a rule within 15 working days, at the latest within"
        " 30 days; a withdrawal takes effect at once."
    ).format(rights=joint.join(said(one) for one in RIGHTS))


def _complaints(profile: OfficeProfile) -> str:
    return _(
        "Complaints: the contact above; the cyberspace authority, phone {regulator}; the housing"
        " authority, phone {housing}; or a people's court."
    ).format(regulator=profile.regulator_phone or "—", housing=profile.housing_phone or "—")
