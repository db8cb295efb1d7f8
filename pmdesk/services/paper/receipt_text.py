"""The words of a receipt, the same on screen, in the PDF and on paper."""

from collections.abc import Mapping
from dataclasses import dataclass

from pmdesk.domain.consents import Decision
from pmdesk.i18n import N_, _, said
from pmdesk.services.consents import Receipt

DECISIONS: Mapping[Decision, str] = {
    Decision.GIVEN: N_("agreed"),
    Decision.REFUSED: N_("did not agree"),
    Decision.WITHDRAWN: N_("withdrew the consent"),
    Decision.STALE: N_("ended: the notice changed"),
    Decision.EXPIRED: N_("ended: the time ran out"),
}


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
    return ReceiptText(
        title=_("Receipt of your decision about personal information"),
        number=_("Number {number} · {at}").format(number=receipt.number, at=at),
        opening=_("{name}, {room}, told {office}:").format(
            name=receipt.person_name, room=receipt.room, office=office
        ),
        rows=_rows(receipt),
        closing=(
            _erased() if withdrawn else _how_to_withdraw(receipt),
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
                said(line.purpose.name),
                _(DECISIONS[line.event.decision]),
                line.event.valid_until.isoformat() if line.event.valid_until else "—",
                f"{line.event.notice_version} · {line.event.notice_digest[:8]}",
            )
            for line in receipt.lines
        ),
    )


def _how_to_withdraw(receipt: Receipt) -> str:
    return _(
        "You can withdraw at any time, without a reason and free of charge: at the service"
        " counter, by letter, or by phone {phone}. One sentence is enough: “I withdraw my consent”."
    ).format(phone=receipt.office.contact_phone)


def _erased() -> str:
    return _(
        "The values recorded for this purpose, the tier and the tags were erased at once and"
        " cannot be brought back. Kept for three years as proof: this decision, without values."
    )
