"""The dossier in words: what is known, why, since when, until when, and who saw it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pmdesk.domain.catalogue import Catalogue
from pmdesk.domain.fairness import FAIRNESS
from pmdesk.domain.fields import Field, Kind, Value
from pmdesk.domain.ports import Answers, UnitOfWork
from pmdesk.domain.purposes import CONTRACT, Purpose, PurposeCode
from pmdesk.i18n import N_, _, said
from pmdesk.services import rules_history
from pmdesk.services.classification import table_of
from pmdesk.services.rights import dossier_orders
from pmdesk.services.rights.dossier import NOT_OPENED, STAFF, Dossier
from pmdesk.services.rights.dossier_places import place_of
from pmdesk.services.rules_history import CAUSES, TierStep
from pmdesk.services.value_words import value_words
from pmdesk.services.wording import BASES

_TOLD = frozenset(
    {
        *("person", "occupancy", "classification", "consent", "person_id"),
        *("sealed_value", "fairness_sample", "tier_history"),
        *("work_order", "order_step"),
    }
)
_COLUMNS: Mapping[str, str] = {
    "at": N_("when"),
    "text": N_("text"),
    "purpose": N_("purpose"),
    "purposes": N_("purposes"),
    "decision": N_("decision"),
    "notice_version": N_("notice"),
    "channel": N_("channel"),
    "act": N_("act"),
    "receipt": N_("receipt"),
    "since": N_("since"),
    "until": N_("until"),
    "valid_until": N_("valid until"),
    "keep_until": N_("kept until"),
    "field": N_("field"),
    "reason": N_("reason"),
    "number": N_("number"),
    "code": N_("right"),
    "state": N_("state"),
    "recipient": N_("recipient"),
    "what": N_("what"),
    "words": N_("in your words"),
    "answer": N_("answer"),
    "tier": N_("tier"),
    "tags": N_("tags"),
    "received_at": N_("received"),
    "due": N_("answer by"),
    "certificate": N_("certificate"),
    "method": N_("method"),
    "document": N_("content"),
    "page": N_("form"),
    "saved_at": N_("saved"),
}
_SOURCES: Mapping[str, str] = {
    "counter": N_("told at the counter"),
    "visit": N_("told on a visit"),
    "import": N_("imported from a list"),
    "correction": N_("corrected at your request"),
    "quarantine": N_("put back after a check"),
}
_ACCESSES: Mapping[str, str] = {
    "resident.open": N_("page opened"),
    "reveal": N_("phone number shown"),
    "sealed.open": N_("sealed value opened"),
    "classification.explain": N_("tier explained"),
    "classification.letter": N_("letter about the tier made"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the dossier; `rows` begins with its heading, `lines` stand for very long lists."""

    title: str
    remark: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    lines: tuple[str, ...] = ()


def sections(work: UnitOfWork, dossier: Dossier) -> tuple[Section, ...]:
    """Everything in the dossier, in words and in a fixed order."""
    catalogue = work.catalogue.live()
    return (
        *_who(catalogue, dossier),
        *_values(work, catalogue, dossier),
        *_sealed(catalogue, dossier),
        *_sample(catalogue, dossier),
        *_tier(work, catalogue, dossier),
        *_earlier_tiers(work, dossier),
        *_archived(catalogue, dossier),
        *_orders(dossier),
        *_rest(dossier),
        _accesses(dossier),
        Section(
            title=_("What is not done"),
            remark=_(
                "Your information is not sold, not used to train models, and leaves this computer"
                " only by the lists named above."
            ),
        ),
    )


def _who(catalogue: Catalogue, dossier: Dossier) -> Iterator[Section]:
    person = next(iter(dossier.tables.get("person", ())), None)
    if person is None:
        return
    contract = catalogue.purpose("P1")
    rows = [
        (said(catalogue.field("person_name").label), str(person["name"])),
        (said(catalogue.field("mobile").label), str(person["mobile"])),
    ]
    role = catalogue.field("party_role")
    rows += [
        (said(role.label), said(role.option(str(home["role"]))))
        for home in dossier.tables.get("occupancy", ())
    ]
    yield Section(
        title=said(contract.name),
        remark=_purpose(catalogue, contract),
        rows=((_("Item"), _("Content")), *rows),
    )


def _values(work: UnitOfWork, catalogue: Catalogue, dossier: Dossier) -> Iterator[Section]:
    for purpose in catalogue.purposes:
        known = work.answers.get(dossier.person, purpose.code)
        if known is None or not any(name.startswith("answers_") for name in dossier.tables):
            continue
        rows = tuple(_value_rows(catalogue, purpose.code, known, dossier))
        if rows:
            head = (_("Item"), _("Content"), _("Source"), _("Recorded"))
            yield Section(
                title=said(purpose.name), remark=_purpose(catalogue, purpose), rows=(head, *rows)
            )


def _value_rows(
    catalogue: Catalogue, purpose: PurposeCode, known: Answers, dossier: Dossier
) -> Iterator[tuple[str, ...]]:
    raw: Mapping[str, object] = next(iter(dossier.tables.get(f"answers_{purpose.lower()}", ())), {})
    for field in catalogue.answers(purpose):
        words = _masked(field, known.values.get(field.key), raw)
        if words:
            day = known.collected_at.astimezone().date().isoformat()
            yield (said(field.label), words, _source(known), day)


def _source(known: Answers) -> str:
    return _(_SOURCES[known.source]) if known.source in _SOURCES else known.source


def _masked(field: Field, value: Value, raw: Mapping[str, object]) -> str:
    """The value in words; of another person's what the dossier left of it."""
    kept = raw.get(field.key)
    is_text = field.kind in {Kind.TEXT, Kind.PHONE} and isinstance(kept, str)
    return str(kept) if is_text and value is not None else value_words(field, value)


def _sealed(catalogue: Catalogue, dossier: Dossier) -> Iterator[Section]:
    found = dossier.tables.get("sealed_value", ())
    if not found:
        return
    known = {str(field.key): field for field in catalogue.fields}
    rows = [(_sealed_row(known[str(row["field"])], str(row["blob"]))) for row in found]
    yield Section(
        title=_("Sensitive information, kept sealed"),
        rows=((_("Item"), _("Content")), *rows),
    )


def _sealed_row(field: Field, text: str) -> tuple[str, str]:
    if text == NOT_OPENED:
        return said(field.label), _("not opened; only for the person in person")
    codes = text.split(",") if field.options else [text]
    return said(field.label), _(", ").join(said(field.option(code)) for code in codes)


def _sample(catalogue: Catalogue, dossier: Dossier) -> Iterator[Section]:
    """What the person answered for the fairness check, which nobody else may open."""
    for row in dossier.tables.get("fairness_sample", ()):
        asked = catalogue.sealed(FAIRNESS)
        text = str(row["blob"])
        told = (
            dict.fromkeys((f.key for f in asked), text) if text == NOT_OPENED else json.loads(text)
        )
        yield Section(
            title=_("Answers to the fairness check, kept apart from you"),
            rows=(
                (_("Item"), _("Content")),
                *(_sealed_row(field, told[field.key]) for field in asked if field.key in told),
            ),
        )


def _tier(work: UnitOfWork, catalogue: Catalogue, dossier: Dossier) -> Iterator[Section]:
    result = work.classifications.of(dossier.person)
    if result is None or "classification" not in dossier.tables:
        return
    table = table_of(work, work.rulesets.get(result.ruleset).document)
    reason = next((rule.reason for rule in table.rules if rule.id == result.rule), "—")
    tags = [said(tag.name) for tag in catalogue.tags if tag.code in result.tags]
    yield Section(
        title=_("Service tier"),
        remark=_("The contract services are the same in every tier."),
        rows=(
            (_("Item"), _("Content")),
            (_("Tier"), said(catalogue.tier(result.tier).name)),
            (_("Tags"), _(", ").join(tags) or "—"),
            (_("Rule"), reason),
            (_("Decided on"), result.decided_on.isoformat()),
        ),
    )


def _earlier_tiers(work: UnitOfWork, dossier: Dossier) -> Iterator[Section]:
    """What held before, and why it changed; it went with a consent that has ended."""
    if "tier_history" not in dossier.tables:
        return
    rows = [
        (f"{one.since} — {one.until or ''}", "\n".join(_step_words(one)))
        for one in rules_history.steps(work, dossier.person)
    ]
    yield Section(title=_("Changes of tier"), rows=((_("Time"), _("Tier")), *rows))


def _step_words(one: TierStep) -> Iterator[str]:
    yield _(", ").join(said(words) for words in (one.name, *one.tags))
    if one.reason:
        words = _("Lately by version {version}: {reason}")
        yield words.format(version=one.version, reason=one.reason)
    yield _("Because of: {cause}").format(cause=_(CAUSES[one.cause]))


def _archived(catalogue: Catalogue, dossier: Dossier) -> Iterator[Section]:
    """What the law still wants kept of somebody who left."""
    for row in dossier.tables.get("archive", ()):
        if row["blob"] == NOT_OPENED:
            continue
        kept = json.loads(str(row["blob"]))
        rows = [
            (said(catalogue.field("person_name").label), kept["name"]),
            (said(catalogue.field("mobile").label), kept["mobile"] or "—"),
            *(_home(catalogue, home) for home in kept["units"]),
            *_kept_answers(catalogue, kept["answers"]),
            *dossier_orders.kept(kept.get("orders", ())),
        ]
        yield Section(
            title=_("Kept sealed in the archive"),
            remark=_(
                "The law wants it kept until {day}; until then it is used for nothing."
            ).format(day=row["keep_until"]),
            rows=((_("Item"), _("Content")), *rows),
        )


def _home(catalogue: Catalogue, home: Mapping[str, str]) -> tuple[str, str]:
    role = said(catalogue.field("party_role").option(home["role"]))
    days = f"{home['since'] or '…'} — {home['until'] or '…'}"
    return f"{home['unit']} · {role}", days


def _kept_answers(catalogue: Catalogue, kept: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """As the archive has them, with the words of the present catalogue; the file has it all."""
    known = {str(field.key): field for field in catalogue.answers(CONTRACT)}
    single = ((key, [value]) for key, value in kept.get("row", {}).items())
    for key, values in (*single, *kept.get("chosen", {}).items()):
        if key in known:
            codes = {one.code: said(one.label) for one in known[key].options}
            words = _(", ").join(codes.get(str(value), str(value)) for value in values)
            yield said(known[key].label), words


def _orders(dossier: Dossier) -> Iterator[Section]:
    """What was asked for, how far it came, and each step with its day."""
    if "work_order" not in dossier.tables:
        return
    head = (_("Number"), _("About"), _("In your words"), _("State"))
    rows = dossier_orders.rows(dossier.tables["work_order"], dossier.tables.get("order_step", ()))
    place = place_of("work_order")
    title = said(place.title) if place else ""
    yield Section(title=title, rows=(head, *rows))


def _rest(dossier: Dossier) -> Iterator[Section]:
    """Every other table as it is: nothing is left out because nobody wrote words for it."""
    for name, rows in dossier.tables.items():
        place = place_of(name)
        if place is None or name in _TOLD or name.startswith("answers_"):
            continue
        lines = tuple(_line(row) for row in rows)
        yield Section(
            title=said(place.title),
            remark=_("{count} entries").format(count=len(lines)),
            lines=lines,
        )


def _line(row: Mapping[str, object]) -> str:
    shown = ((key, _plain(value)) for key, value in row.items() if key in _COLUMNS)
    return " · ".join(f"{_(_COLUMNS[key])}: {value}" for key, value in shown if value)


def _plain(value: object) -> str:
    if value in (None, "", STAFF):
        return ""
    text = str(value)
    return text[:16].replace("T", " ") if _is_moment(text) else text


def _is_moment(text: str) -> bool:
    return len(text) == len("2026-03-08T10:42:18.000000+00:00") and text[10] == "T"


def _accesses(dossier: Dossier) -> Section:
    counts = dossier.accesses.items()
    rows = [(_(_ACCESSES[act]) if act in _ACCESSES else act, str(count)) for act, count in counts]
    return Section(
        title=_("How often the log names you"),
        rows=((_("Act"), _("Times")), *sorted(rows)) if rows else (),
    )


def _purpose(catalogue: Catalogue, purpose: Purpose) -> str:
    kept = catalogue.kept(purpose)
    return _("Why: {why}. Basis: {basis}. Kept: {kept} ({reason}).").format(
        why=said(purpose.summary),
        basis=_(BASES[purpose.basis]),
        kept=said(kept.period),
        reason=said(kept.reason),
    )
