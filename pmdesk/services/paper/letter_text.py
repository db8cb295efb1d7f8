"""The words of the letters of the rights desk, the same on screen and in the PDF."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pmdesk.domain.acts import EraseReason, Erasure, Method
from pmdesk.domain.office import OfficeProfile
from pmdesk.domain.requests import Request, RequestChannel, Requester
from pmdesk.domain.rights import REASONS
from pmdesk.i18n import N_, Words, _, said

CHANNELS: Mapping[RequestChannel, str] = {
    RequestChannel.ORAL: N_("said at the counter"),
    RequestChannel.PAPER: N_("on paper"),
    RequestChannel.PHONE: N_("by phone"),
    RequestChannel.MAIL: N_("by letter or e-mail"),
}
REQUESTERS: Mapping[Requester, str] = {
    Requester.SELF: N_("the person"),
    Requester.KIN: N_("close relative"),
    Requester.GUARDIAN: N_("guardian"),
    Requester.AGENT: N_("agent"),
}
ERASE_REASONS: Mapping[EraseReason, Words] = {
    EraseReason.PURPOSE_DONE: Words(
        "处理目的已实现、无法实现或不再必要（个人信息保护法 47(1)(1)）",
        "the purpose is met, cannot be met or is no longer needed (PIPL 47(1)(1))",
    ),
    EraseReason.PERIOD_OVER: Words(
        "停止提供服务或保存期限已届满（个人信息保护法 47(1)(2)）",
        "the service ended or the retention period is over (PIPL 47(1)(2))",
    ),
    EraseReason.WITHDRAWN: Words(
        "撤回同意（个人信息保护法 47(1)(3)）", "the consent was withdrawn (PIPL 47(1)(3))"
    ),
    EraseReason.UNLAWFUL: Words(
        "处理违反法律、法规或约定（个人信息保护法 47(1)(4)）",
        "the processing broke the law or the agreement (PIPL 47(1)(4))",
    ),
    EraseReason.OTHER_LAW: Words(
        "法律、行政法规规定的其他情形（个人信息保护法 47(1)(5)）",
        "another case that the law names (PIPL 47(1)(5))",
    ),
    EraseReason.ACCIDENTAL: Words(
        "误收的信息（网络数据安全管理条例 24）", "recorded by mistake (网络数据条例 24)"
    ),
}
METHODS: Mapping[Method, str] = {
    Method.ERASED: N_("erased, cannot be brought back"),
    Method.BLOCKED: N_("sealed and no longer used until the legal end"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter as text; `rows` begins with its heading."""

    title: str
    number: str
    opening: str
    rows: tuple[tuple[str, ...], ...] = ()
    widths: tuple[float, ...] = ()  # of the columns, in millimetres of 168; empty: all alike
    closing: tuple[str, ...] = ()
    footer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What every letter of a case says: office, number, whom it is for, when and by whom."""

    office: OfficeProfile
    request: Request
    whom: str  # name of the person while in the register, else as the request has it
    at: datetime
    operator: str

    def letter(
        self,
        title: str,
        opening: str,
        *,
        rows: Sequence[Sequence[str]] = (),
        closing: Sequence[str] = (),
    ) -> Letter:
        """The letter in this envelope."""
        day = f"{self.at.astimezone():%Y-%m-%d %H:%M}"
        return Letter(
            title=title,
            number=_("Request {number} · {at}").format(number=self.request.number, at=day),
            opening=f"{self._greeting()}{opening}",
            rows=tuple(tuple(row) for row in rows),
            closing=tuple(closing),
            footer=_("{office} · handled by {operator} · {number}").format(
                office=self.office.name, operator=self.operator, number=self.request.number
            ),
        )

    def _greeting(self) -> str:
        return _("To {name}: ").format(name=self.whom) if self.whom else ""


def receipt(envelope: Envelope) -> Letter:
    """The receipt of the same day: what was asked for, and until when the office answers."""
    request = envelope.request
    rows = [
        (_("What"), _("Value")),
        (_("Kind of request"), f"{said(request.right.title)} · {said(request.right.article)}"),
        (_("Received"), _(CHANNELS[request.channel])),
        (_("Asked by"), _asked_by(request)),
        (_("At once"), said(request.right.at_once)),
        (_("Answer by"), request.due.isoformat()),
        (_("At the latest"), request.stop.isoformat()),
    ]
    return envelope.letter(
        _("Receipt of your request about personal information"),
        _("we received your request and keep it under the number above."),
        rows=rows,
        closing=(
            _("We keep no copy of identity documents. The request is free of charge."),
            _contact(envelope.office),
        ),
    )


def refusal(envelope: Envelope) -> Letter:
    """What is refused, the legal reason, what is done instead, where to complain and to sue."""
    request = envelope.request
    rows = (
        (_("What"), _("Value")),
        (_("Turned down"), said(request.right.title)),
        (_("Legal reason"), said(REASONS[request.reason]) if request.reason else ""),
        (_("Reasons and what is done instead"), request.reason_text),
        (_("Where you can complain"), complaint_bodies(envelope.office)),
        (
            _("Court"),
            _("You may sue in a people's court under article 50 (2) of the PIPL."),
        ),
    )
    return envelope.letter(
        _("Answer to your request: refused, with reasons"),
        _("we cannot carry out your request, or a part of it, for the reasons below."),
        rows=rows,
        closing=(
            _("If a part was refused, the other part was carried out all the same."),
            _contact(envelope.office),
        ),
    )


def certificate(envelope: Envelope, erased: Sequence[tuple[Erasure, str]], verified: str) -> Letter:
    """What went, why, how, when, by whom and that it was looked for afterwards; no content."""
    head = (_("Certificate"), _("Scope"), _("Reason"), _("Method"))
    rows = [
        (
            f"{line.certificate}\n{line.at.astimezone():%Y-%m-%d %H:%M}",
            scope,
            said(ERASE_REASONS[line.reason]),
            _method(line),
        )
        for line, scope in erased
    ]
    return envelope.letter(
        _("Erasure certificate"),
        _("the following was erased or sealed. This paper names no content."),
        rows=(head, *rows),
        closing=(
            verified,
            _("Backups made before today are erased again as soon as one is restored."),
            _contact(envelope.office),
        ),
    )


def correction(envelope: Envelope, field: str, before: str, after: str) -> Letter:
    """The value before and after; the office keeps only the one after."""
    rows = (
        (_("What"), _("Before"), _("Now")),
        (field, before or "—", after or "—"),
    )
    return envelope.letter(
        _("Correction of personal information"),
        _("we checked and corrected what you named."),
        rows=rows,
        closing=(_("The value before is not used any more. Recipients are told."),),
    )


def kept_value(envelope: Envelope, field: str, statement: str) -> Letter:
    """The value stays, with the person's statement beside it."""
    rows = ((_("What"), _("Your statement")), (field, statement))
    return envelope.letter(
        _("Answer to your request for correction"),
        _("we checked and found no mistake. The value stays, your statement stands beside it."),
        rows=rows,
        closing=(complaint_bodies(envelope.office), _contact(envelope.office)),
    )


def restriction(envelope: Envelope, purposes: Sequence[str]) -> Letter:
    """Which purposes are frozen from now on."""
    rows = ((_("Purpose"), _("State")), *((one, _("frozen")) for one in purposes))
    return envelope.letter(
        _("Restriction of processing"),
        _("the purposes below are frozen: kept, but used for nothing."),
        rows=rows,
        closing=(_("Contract services stay exactly the same."), _contact(envelope.office)),
    )


def confirmation(envelope: Envelope, done: Sequence[str]) -> Letter:
    """What took effect at once."""
    rows = ((_("Done"),), *((one,) for one in done))
    return envelope.letter(
        _("Confirmation"),
        _("what you asked for took effect at once."),
        rows=rows,
        closing=(_("Whatever you decide, the contract services stay exactly the same."),),
    )


def decision(envelope: Envelope, tier: str, reason: str, decided: str) -> Letter:
    """A named person's decision on the tier, with the reason."""
    rows = (
        (_("What"), _("Value")),
        (_("Tier decided"), tier),
        (_("Reason"), reason),
        (_("Decided by"), decided),
    )
    return envelope.letter(
        _("Decision by a person on your service tier"),
        _("a person looked at your case; no program decided this."),
        rows=rows,
        closing=(
            _("The contract services are the same for everybody and in every tier."),
            complaint_bodies(envelope.office),
            _contact(envelope.office),
        ),
    )


def reply(envelope: Envelope, text: str) -> Letter:
    """An answer in the handler's own words."""
    return envelope.letter(
        _("Answer to your request"),
        text,
        closing=(complaint_bodies(envelope.office), _contact(envelope.office)),
    )


def delivery(envelope: Envelope, recipient: str, parts: Sequence[str], digest: str) -> Letter:
    """To whom the transfer package went, with what in it, and how to check it."""
    rows = (
        (_("What"), _("Value")),
        (_("Recipient"), recipient),
        (_("Contents"), _(", ").join(parts)),
        ("SHA-256", digest),
    )
    return envelope.letter(
        _("Transfer of personal information"),
        _("at your request we handed the package below to the recipient you named."),
        rows=rows,
        closing=(_("Data of other people are not in it."), _contact(envelope.office)),
    )


def complaint_bodies(office: OfficeProfile) -> str:
    """Where one can complain, with the phone numbers that the office has entered."""
    rows = (
        (N_("local cyberspace administration"), office.regulator_phone),
        (N_("local housing authority"), office.housing_phone),
    )
    named = [f"{_(name)} {phone}".strip() for name, phone in rows]
    bodies = _(", ").join([*named, _("public service line 12345")])
    return _("You can complain to: {bodies}.").format(bodies=bodies)


def _asked_by(request: Request) -> str:
    if request.requester is Requester.SELF:
        return _(REQUESTERS[request.requester])
    return f"{request.requester_name}（{_(REQUESTERS[request.requester])} · {request.relation}）"


def _method(line: Erasure) -> str:
    words = _(METHODS[line.method])
    return f"{words} · {line.keep_until.isoformat()}" if line.keep_until else words


def _contact(office: OfficeProfile) -> str:
    return _("Questions: {name}, {phone}, {address}.").format(
        name=office.responsible, phone=office.contact_phone, address=office.address
    )
