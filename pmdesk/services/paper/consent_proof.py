"""The proof of a person's consents on paper: decisions, signatures, texts and the log."""

from datetime import datetime
from io import BytesIO

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Image, PageBreak

from pmdesk.i18n import _, said
from pmdesk.services.consent.consent_proof import ConsentProof, Proven
from pmdesk.services.paper.receipt_text import DECISIONS
from pmdesk.services.paper.sheet import paragraph, pdf, table
from pmdesk.services.wording import ACTS, CHANNELS, GIVEN_BY, notice_lines

_SIGNATURE = 60 * mm, 22 * mm


def consent_proof_pdf(proof: ConsentProof) -> bytes:
    """What an inspector is handed: who decided what, how it is proved, and on which words."""
    title = _("Proof of consents")
    parts: list[Flowable] = [
        paragraph(title, 16),
        paragraph(f"{proof.person_name} · {proof.room}"),
        paragraph(
            _("Made on {date} by {name}").format(date=_at(proof.made_at), name=proof.operator)
        ),
        table(_rows(proof), (34, 44, 26, 34, 34), 8.5),
    ]
    for one in proof.decisions:
        parts += _decision(one)
    for digest, one in proof.texts.items():
        parts += _text(digest, one)
    parts += [
        paragraph(_("Entries of the signed log"), 13),
        table(_log(proof), (16, 40, 40, 50, 26)),
    ]
    return pdf(parts, title, f"{proof.office.name} · {title}")


def _rows(proof: ConsentProof) -> tuple[tuple[str, ...], ...]:
    head = (_("Number"), _("Purpose"), _("Decision"), _("Notice shown"), _("Decided"))
    return (
        head,
        *(
            (
                one.event.receipt,
                _name(one),
                _(DECISIONS[one.event.decision]),
                _at(one.event.shown_at) if one.event.shown_at else "—",
                _at(one.event.at),
            )
            for one in proof.decisions
        ),
    )


def _decision(one: Proven) -> list[Flowable]:
    event, other = one.event, one.event.representative
    facts = [
        _("Receipt {number}").format(number=event.receipt),
        f"{_(CHANNELS[event.channel])}, {_(ACTS[event.act])}",
        _("handled by {name}").format(name=one.operator),
    ]
    if event.paper_ref:
        facts.append(_("sheet {number}").format(number=event.paper_ref))
    if one.witness:
        facts.append(_("witness {name}").format(name=one.witness))
    if other is not None:
        facts.append(_(GIVEN_BY[event.given_by]))
        facts += [other.name, other.relation, other.document]
    if event.adult_confirmed:
        facts.append(_("of age"))
    if event.own_initiative:
        facts.append(_("of their own accord"))
    made: list[Flowable] = [paragraph(" · ".join(facts), 9)]
    if one.signature.startswith(b"\x89PNG\r\n"):
        width, height = _SIGNATURE
        picture = Image(BytesIO(one.signature), width, height, kind="proportional", hAlign="LEFT")
        made.append(picture)
    return made


def _text(digest: str, one: Proven) -> list[Flowable]:
    version = one.event.notice_version
    heading = _("Text of “{purpose}”, version {version}").format(
        purpose=said(one.purpose), version=version
    )
    made: list[Flowable] = [PageBreak(), paragraph(heading, 13), paragraph(f"SHA-256 {digest}", 8)]
    if not one.is_whole:
        words = _("The text in the office is missing or is not the one that was shown.")
        return [*made, paragraph(words)]
    return [*made, *(paragraph(line.removeprefix("# ")) for line in notice_lines(one.text))]


def _log(proof: ConsentProof) -> tuple[tuple[str, ...], ...]:
    head = (_("No."), _("Time"), _("By"), _("Act"), _("Purpose"))
    return (
        head,
        *(
            (
                str(entry.seq),
                _at(entry.at),
                proof.names.get(entry.by, entry.by),
                entry.action,
                " ".join(entry.fields),
            )
            for entry in proof.log
        ),
    )


def _name(one: Proven) -> str:
    name = said(one.purpose)
    if one.event.item is None:
        return name
    return _("{purpose} · item {number}").format(purpose=name, number=one.event.item)


def _at(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"
