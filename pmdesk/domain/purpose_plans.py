"""Plans for a purpose: what a new version of it says, and what that changes for people."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType

from pmdesk.domain.catalogue import Catalogue
from pmdesk.domain.fields import Field, FieldKey
from pmdesk.domain.purposes import Purpose, PurposeCode
from pmdesk.i18n import Words

ProposalId = NewType("ProposalId", int)

NOBODY = Words("无", "none")  # who else handles the data, until an office says otherwise
NOTHING = Words("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeText:
    """The office's own part of a notice in one language, with its {places} still open."""

    language: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked:
    """Who else handles the data, as the books of the office say it."""

    processors: Words = NOBODY
    recipients: Words = NOBODY


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """Who handles the data of a purpose beside the office, and who of the office may look."""

    roles: Words
    assist_roles: Words
    times_a_month: str
    processors: Words = NOBODY
    recipients: Words = NOBODY
    joint: Words = NOBODY
    agreement: str = ""  # number and date of the agreement between joint handlers (PIPL 20)
    booked: Booked = Booked()  # what the books said when this was planned

    def following(self, books: Booked) -> "Particulars":
        """The same with what the books say now; words that the office wrote itself stay."""
        now, before = self, self.booked
        if self.processors == before.processors:
            now = replace(now, processors=books.processors)
        if self.recipients == before.recipients:
            now = replace(now, recipients=books.recipients)
        return replace(now, booked=books)

    def names_like(self, other: "Particulars") -> bool:
        """Whether both name the same processors and recipients."""
        return (self.processors, self.recipients) == (other.processors, other.recipients)


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalField:
    """A field that an office adds, with what was considered in its place (PIPL 6)."""

    field: Field
    alternative: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PurposePlan:
    """Everything that one version of a purpose says."""

    purpose: Purpose
    texts: tuple[NoticeText, ...]
    fields: tuple[str, ...]  # the keys that the notice names, local ones included
    particulars: Particulars
    local: tuple[LocalField, ...] = ()
    summary: Words = NOTHING  # what changed and what people can do, in plain words
    wants_major: bool = False

    def text(self, language: str) -> str:
        """The office's own part in that language; empty when there is none."""
        return next((one.text for one in self.texts if one.language == language), "")

    def applied(self, catalogue: Catalogue) -> Catalogue:
        """The catalogue as this plan wants it: fields that it does not name are not collected."""
        code = self.purpose.code
        known = tuple(purpose.code for purpose in catalogue.purposes)
        purposes = tuple(self.purpose if p.code == code else p for p in catalogue.purposes)
        mine = {one.field.key: one.field for one in self.local}
        kept = tuple(self._switched(f) for f in catalogue.fields if not _is_local_of(f, code))
        return replace(
            catalogue,
            purposes=purposes if code in known else (*purposes, self.purpose),
            fields=(*kept, *mine.values()),
        )

    def spelled_out(self) -> "PurposePlan":
        """The same plan; what nobody put into English is said in Chinese there too."""
        facts = self.particulars
        return replace(
            self,
            purpose=replace(
                self.purpose, name=_both(self.purpose.name), summary=_both(self.purpose.summary)
            ),
            particulars=replace(
                facts,
                roles=_both(facts.roles),
                assist_roles=_both(facts.assist_roles),
                processors=_both(facts.processors, NOBODY),
                recipients=_both(facts.recipients, NOBODY),
                joint=_both(facts.joint, NOBODY),
            ),
            local=tuple(_spelled(one) for one in self.local),
            summary=_both(self.summary),
        )

    def _switched(self, field: Field) -> Field:
        if field.purpose != self.purpose.code:
            return field
        return replace(field, enabled=field.key in self.fields)


def _both(words: Words, otherwise: Words = NOTHING) -> Words:
    zh = words.zh.strip() or otherwise.zh
    return Words(zh, words.en.strip() or (otherwise.en if zh == otherwise.zh else zh))


def _spelled(one: LocalField) -> LocalField:
    field = one.field
    options = tuple(replace(option, label=_both(option.label)) for option in field.options)
    return replace(
        one,
        field=replace(
            field, label=_both(field.label), necessity=_both(field.necessity), options=options
        ),
    )


class ProposalStatus(StrEnum):
    """Where a proposal stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    REJECTED = "rejected"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A plan on its way from its author to a second person and into force."""

    id: ProposalId
    status: ProposalStatus
    plan: PurposePlan
    base: str  # the version that was live when the plan was begun; empty for a new purpose
    author: str
    created_at: datetime
    decided_by: str = ""
    decided_at: datetime | None = None
    words: str = ""
    version: str = ""  # the one it became

    @property
    def purpose(self) -> PurposeCode:
        """The purpose that it is about."""
        return self.plan.purpose.code

    @property
    def is_open(self) -> bool:
        """Whether it still waits for somebody."""
        return self.status is not ProposalStatus.PUBLISHED


class Aspect(StrEnum):
    """What a new version changes."""

    PURPOSE = "purpose"
    METHOD = "method"
    CATEGORIES = "categories"
    FEWER = "fewer"
    RETENTION = "retention"
    SHORTER = "shorter"
    RECIPIENTS = "recipients"
    NAME = "name"
    ORAL = "oral"
    TEXT = "text"
    OFFICE = "office"  # the particulars of the office, in every notice
    HANDOVER = "handover"  # another company takes over (PIPL 22)


# PIPL 14(2): who agreed to the old purpose, method or kinds of data has to be asked again.
ASK_AGAIN = frozenset(
    {
        Aspect.PURPOSE,
        Aspect.METHOD,
        Aspect.CATEGORIES,
        Aspect.RETENTION,
        Aspect.RECIPIENTS,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alteration:
    """One difference between two versions, as people are told of it."""

    aspect: Aspect
    old: Words
    new: Words

    @property
    def asks_again(self) -> bool:
        """Whether it makes older consents stale."""
        return self.aspect in ASK_AGAIN


def alterations(
    old: PurposePlan, new: PurposePlan, label: Callable[[str], Words]
) -> tuple[Alteration, ...]:
    """What `new` changes; `label` names a field by its key."""
    added = [key for key in new.fields if key not in old.fields]
    gone = [key for key in old.fields if key not in new.fields]
    pairs = (
        (Aspect.NAME, old.purpose.name, new.purpose.name),
        (Aspect.PURPOSE, old.purpose.summary, new.purpose.summary),
        (Aspect.METHOD, _method(old), _method(new)),
        (Aspect.CATEGORIES, NOTHING, _joined([label(key) for key in added])),
        (Aspect.FEWER, _joined([label(key) for key in gone]), NOTHING),
        (_term(old, new), _months(old.purpose.months), _months(new.purpose.months)),
        (Aspect.RECIPIENTS, _others(old), _others(new)),
        (Aspect.ORAL, _oral(old), _oral(new)),
        (
            Aspect.TEXT,
            Words(old.text("zh_CN"), old.text("en")),
            Words(new.text("zh_CN"), new.text("en")),
        ),
    )
    return tuple(
        Alteration(aspect=aspect, old=before, new=after)
        for aspect, before, after in pairs
        if before != after
    )


def _is_local_of(field: Field, code: PurposeCode) -> bool:
    return field.purpose == code and field.key.startswith(local_prefix(code))


def is_local(code: PurposeCode) -> bool:
    """Whether an office added the purpose: L1, L2 and so on."""
    return code.startswith("L")


def local_prefix(code: PurposeCode) -> str:
    """How the keys of an office's own fields of that purpose begin; shipped keys never do."""
    return f"own_{code.lower().replace('-', '_')}_"


def local_key(code: PurposeCode, number: int) -> FieldKey:
    """The key of the office's own field of that number."""
    return FieldKey(f"{local_prefix(code)}{number}")


def _term(old: PurposePlan, new: PurposePlan) -> Aspect:
    before, after = old.purpose.months, new.purpose.months
    longer = before is not None and (after is None or after > before)
    return Aspect.RETENTION if longer else Aspect.SHORTER


def _months(count: int | None) -> Words:
    if count is None:
        return Words("没有固定月数", "no fixed number of months")
    return Words(f"{count}个月", f"{count} months")


def _method(plan: PurposePlan) -> Words:
    facts = plan.particulars
    times = Words(f"每月{facts.times_a_month}次", f"{facts.times_a_month} times a month")
    return _joined([facts.roles, facts.assist_roles, times])


def _others(plan: PurposePlan) -> Words:
    facts = plan.particulars
    return Words(
        f"受托处理方：{facts.processors.zh}；接收方：{facts.recipients.zh}；"
        f"共同处理方：{facts.joint.zh}",
        f"processors: {facts.processors.en}; recipients: {facts.recipients.en}; "
        f"joint handlers: {facts.joint.en}",
    )


def _oral(plan: PurposePlan) -> Words:
    yes, no = Words("可以口头同意", "may be given orally"), Words("要签名", "needs a signature")
    return yes if plan.purpose.oral_allowed else no


def _joined(words: list[Words]) -> Words:
    return Words("、".join(one.zh for one in words), ", ".join(one.en for one in words))
