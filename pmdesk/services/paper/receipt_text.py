"""The words of a receipt, the same on screen, in the PDF and on paper."""

from collections.abc import Mapping
from dataclasses import dataclass

from pmdesk.domain.consents import Decision
from pmdesk.i18n import N_, _, said
from pmdesk.services.consent.consents import Receipt, ReceiptLine
from pmdesk.services.wording import GIVEN_BY

DECISIONS: Mapping[Decision, str] = {
    Decision.GIVEN: N_("agreed"),
    Decision.REFUSED: N_("did not agree"),
    Decision.WITHDRAWN: N_("withdrew the consent"),
    Decision.STALE: N_("ended: the notice changed"),
    Decision.EXPIRED: N_("ended: the time ran out"),
}

DECIDED = frozenset({Decision.GIVEN, Decision.REFUSED})  # on a sheet, by whom it names


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptText:
    """Everything a receipt says, in the user's language; `rows` begins with its heading."""

    title: str
    number: str
    opening: str
    rows: tuple[tuple[str, ...], ...]
    closing: tuple[str, ...]
    footer: str


def receipt_text(receipt: Receipt) -> ReceiptText:
    """Who decided what, until when, and how to withdraw."""
    withdrawn = any(line.event.decision is Decision.WITHDRAWN for line in receipt.lines)
    at = receipt.at.astimezone().strftime("%Y-%m-%d %H:%M")
    office = receipt.office.name
    told = _("{name}, {room}, told {office}:").format(
        name=receipt.person_name, room=receipt.room, office=office
    )
    return ReceiptText(
        title=_("Receipt of your decision about personal information"),
        number=_("Number {number} · {at}").format(number=receipt.number, at=at),
        opening=" ".join((*_by_another(receipt), told)),
        rows=_rows(receipt),
        closing=(
            *(_erased(receipt) if withdrawn else _given(receipt)),
            *_kept(receipt),
            _("Whatever you decide, the contract services stay exactly the same."),
        ),
        footer=_("{office} · handled by {operator} · {number}").format(
            office=office, operator=receipt.operator, number=receipt.number
        ),
    )


def _rows(receipt: Receipt) -> tuple[tuple[str, ...], ...]:
    head = (_("Purpose"), _("Decision"), _("Valid until"), _("Notice version"))
    return (
        head,
        *tuple(
            (
                _named(line),
                _(DECISIONS[line.event.decision]),
                line.event.valid_until.isoformat() if line.event.valid_until else "—",
                f"{line.event.notice_version} · {line.event.notice_digest[:8]}",
            )
            for line in receipt.lines
        ),
    )


def _by_another(receipt: Receipt) -> tuple[str, ...]:
    """Who decided for the person, so that the person can ask about it."""
    words = _("Decided for the person by {name} ({relation}; {role}). Seen: {document}.")
    found = {
        words.format(
            name=other.name,
            relation=other.relation,
            role=_(GIVEN_BY[line.event.given_by]),
            document=other.document,
        ): None
        for line in receipt.lines
        if line.event.decision in DECIDED and (other := line.event.representative) is not None
    }
    return tuple(found)


def _how_to_withdraw(receipt: Receipt) -> str:
    return _(
        "You can withdraw at any time, without a reason and free of charge: at the service"
        " counter, by letter, or by phone {phone}. One sentence is enough: “I withdraw my consent”."
    ).format(phone=receipt.office.contact_phone)


def _named(line: ReceiptLine) -> str:
    """The purpose; of a consent for single items the item too, which the record does not name."""
    name = said(line.purpose.name)
    if line.item is not None:
        return f"{name} · {said(line.item)}"
    if line.event.item is not None:
        return _("{purpose} · item {number}").format(purpose=name, number=line.event.item)
    return name


def _given(receipt: Receipt) -> tuple[str, ...]:
    kept = {
        said(line.purpose.name): said(line.retention.period)
        for line in receipt.lines
        if line.retention is not None and line.event.decision is Decision.GIVEN
    }
    words = _("Entries for “{purpose}” are kept: {period}")
    how_long = tuple(words.format(purpose=name, period=period) for name, period in kept.items())
    return (*how_long, _how_to_withdraw(receipt))


def _erased(receipt: Receipt) -> tuple[str, ...]:
    names = _(", ").join(said(name) for name in receipt.erased)
    if not names:
        return (_("Nothing was recorded for this purpose."),)
    return (_("Erased at once and not to be brought back: {fields}").format(fields=names),)


def _kept(receipt: Receipt) -> tuple[str, ...]:
    if receipt.proof is None or receipt.proof_until is None:
        return ()
    live = any(line.event.decision is Decision.GIVEN for line in receipt.lines)
    if live:
        return ()
    words = _("Kept as proof until {date}: this decision, without values. Reason: {reason}")
    until = receipt.proof_until.isoformat()
    return (words.format(date=until, reason=said(receipt.proof.reason)),)
