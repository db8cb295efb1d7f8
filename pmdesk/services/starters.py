"""What an office starts with: catalogue, notices and rules, read from `resources/starters`."""

import functools
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pmdesk.assets import asset
from pmdesk.domain.catalogue import Catalogue, Refused
from pmdesk.domain.fields import (
    Dimension,
    Field,
    FieldKey,
    Home,
    Kind,
    Option,
    RuleUse,
    Sensitivity,
)
from pmdesk.domain.notices import Notice
from pmdesk.domain.purpose_plans import NoticeText, Particulars, PurposePlan
from pmdesk.domain.purposes import ConsentForm, LegalBasis, Purpose, PurposeCode, Retention
from pmdesk.domain.screening import Lexicon
from pmdesk.domain.tiers import Tag, Tier
from pmdesk.i18n import DEFAULT, LANGUAGES, Words, said
from pmdesk.rules import examples
from pmdesk.rules.cells import ANY
from pmdesk.rules.facts import Fact
from pmdesk.rules.parse import parse
from pmdesk.rules.rule import Rule
from pmdesk.rules.scheme import Scheme
from pmdesk.rules.table import DecisionTable
from pmdesk.services.notice_texts import composed, template

Entry = Mapping[str, Any]

FIRST_VERSION = "1.0"
LOCAL_RETENTION = "R-LOCAL"
LOCAL_MONTHS = 12


def catalogue() -> Catalogue:
    """The closed catalogue as it is shipped."""
    tiers = _read("tiers")
    return Catalogue(
        fields=tuple(_field(entry) for entry in _read("fields")["field"]),
        purposes=tuple(_purpose(entry) for entry in _read("purposes")["purpose"]),
        retentions=tuple(_retention(entry) for entry in _read("retention")["retention"]),
        tiers=tuple(Tier(**_named(entry)) for entry in tiers["tier"]),
        tags=tuple(Tag(**_named(entry)) for entry in tiers["tag"]),
        refused=refused(),
    )


@functools.cache
def refused() -> Lexicon:
    """What this version of the program does not collect; an office may add to it."""
    return tuple(_refused(entry) for entry in _read("refused")["refused"])


def rank_words() -> tuple[str, ...]:
    """Words that rank people and therefore name no tier, tag, rule or list."""
    ranking = next(one for one in refused() if "rank_words" in one.keys)
    return (*ranking.words, *ranking.labels, *ranking.ranks)


def notices(language: str, particulars: Mapping[str, str] | None = None) -> tuple[Notice, ...]:
    """The notices of all purposes that have one, in `language` (an unknown one: in Chinese).

    What no office has to decide anew (which roles look, that there are no processors) is filled in
    unless `particulars` say otherwise; the office's own particulars stay open as `{name}`.
    """
    tongue = language if language in LANGUAGES else DEFAULT
    own = {name: Words(text, text) for name, text in (particulars or {}).items()}
    shipped = catalogue()
    return tuple(
        composed(_with(plan, own), shipped, tongue, FIRST_VERSION) for plan in plans(shipped)
    )


def plans(live: Catalogue) -> tuple[PurposePlan, ...]:
    """What the shipped notices say of the purposes of the catalogue that have one."""
    manifest = _read("notices")
    usual = {name: Words(**words) for name, words in manifest["particulars"].items()}
    facts = Particulars(
        times_a_month=usual["times_a_month"].zh,
        roles=usual["roles"],
        assist_roles=usual["assist_roles"],
        processors=usual["processors"],
        recipients=usual["recipients"],
        joint=usual["joint"],
    )
    asked = {purpose.code for purpose in live.purposes if live.is_open(purpose.code)}
    return tuple(
        _plan(entry, live, facts) for entry in manifest["notice"] if entry["purpose"] in asked
    )


def local_plan(live: Catalogue, code: PurposeCode) -> PurposePlan:
    """A plan for a purpose that the office adds itself: it asks for consent and classifies nobody.

    It has no name, no field and no summary yet.
    """
    purpose = Purpose(
        code=code,
        name=Words("", ""),
        summary=Words("", ""),
        basis=LegalBasis.CONSENT,
        consent=ConsentForm.CONSENT,
        needs_assessment=False,
        may_classify=False,
        oral_allowed=False,
        retention=LOCAL_RETENTION,
        months=LOCAL_MONTHS,
    )
    facts = plans(live)[0].particulars
    return PurposePlan(purpose=purpose, texts=_texts("local"), fields=(), particulars=facts)


def _plan(entry: Entry, live: Catalogue, facts: Particulars) -> PurposePlan:
    code = entry["purpose"]
    return PurposePlan(
        purpose=live.purpose(code),
        texts=_texts(code),
        fields=tuple(entry["fields"]),
        particulars=facts,
    )


def _texts(name: str) -> tuple[NoticeText, ...]:
    return tuple(
        NoticeText(language=language, text=template(name, language)) for language in LANGUAGES
    )


def _with(plan: PurposePlan, own: Mapping[str, Words]) -> PurposePlan:
    return replace(plan, particulars=replace(plan.particulars, **own))  # type: ignore[arg-type]  # by name


def starter_rules() -> list[dict[str, Any]]:
    """The rows of the starter table as plain data: cells are S-FEEL texts by fact key."""
    return list(_read("rules")["rule"])


def starter_table(facts: Iterable[Fact]) -> DecisionTable:
    """The starter table over those of `facts` that it asks, reasons in the present language."""
    by_key = {fact.key: fact for fact in facts}
    columns = tuple(by_key[key] for key in _read("rules")["facts"])
    tiers = _read("tiers")
    return DecisionTable(
        facts=columns,
        rules=tuple(_rule(row, columns) for row in starter_rules()),
        scheme=Scheme(tiers=_names(tiers["tier"]), tags=_names(tiers["tag"])),
    )


def starter_examples(table: DecisionTable) -> str:
    """Somebody whom each row of the starter table fits and somebody who just misses it."""
    return examples.written(examples.accepted(table, examples.proposed(table, ())))


def _read(name: str) -> dict[str, Any]:
    with asset(f"starters/{name}.toml").open("rb") as file:
        return tomllib.load(file)


def _field(entry: Entry) -> Field:
    purposes = tuple(entry["purposes"])
    return Field(
        key=FieldKey(entry["key"]),
        label=Words(**entry["label"]),
        kind=Kind(entry["kind"]),
        dimension=Dimension(entry["dimension"]),
        sensitivity=Sensitivity(entry.get("sensitivity", "general")),
        purposes=purposes,
        purpose=entry.get("purpose", purposes[0]),
        home=Home(entry.get("home", "answers")),
        retention=entry["retention"],
        rule_use=RuleUse(entry.get("rule_use", "no")),
        necessity=Words(**entry["necessity"]),
        rule_limit=_words(entry, "rule_limit"),
        options=tuple(
            Option(code=option["code"], label=Words(option["zh"], option["en"]))
            for option in entry.get("options", ())
        ),
        required=entry.get("required", False),
        restricted=entry.get("restricted", False),
        enabled=entry.get("enabled", True),
        longest=entry.get("longest", 60),
        low=entry.get("low"),
        high=entry.get("high"),
        scale=entry.get("scale", 0),
        unit=_words(entry, "unit"),
        hint=_words(entry, "hint"),
    )


def _purpose(entry: Entry) -> Purpose:
    return Purpose(
        code=PurposeCode(entry["code"]),
        name=Words(**entry["name"]),
        summary=Words(**entry["summary"]),
        basis=LegalBasis(entry["basis"]),
        consent=ConsentForm(entry["consent"]),
        needs_assessment=entry["needs_assessment"],
        may_classify=entry["may_classify"],
        oral_allowed=entry["oral_allowed"],
        retention=entry["retention"],
        months=entry.get("months"),
    )


def _retention(entry: Entry) -> Retention:
    return Retention(
        code=entry["code"],
        period=Words(**entry["period"]),
        reason=Words(**entry["reason"]),
        at_end=Words(**entry["at_end"]),
        months=entry.get("months"),
    )


def _refused(entry: Entry) -> Refused:
    return Refused(
        keys=tuple(entry["keys"]),
        label=Words(**entry["label"]),
        words=tuple(entry["words"]),
        why=Words(**entry["why"]),
        instead=Words(**entry["instead"]),
        pinyin=tuple(entry.get("pinyin", ())),
        labels=tuple(entry.get("labels", ())),
        ranks=tuple(entry.get("ranks", ())),
        harmless=tuple(entry.get("harmless", ())),
        law=entry["law"],
    )


def _rule(row: Entry, columns: Sequence[Fact]) -> Rule:
    cells = row["cells"]
    return Rule(
        id=row["id"],
        cells=tuple(parse(cells[fact.key], fact) if fact.key in cells else ANY for fact in columns),
        tier=row["tier"],
        tags=frozenset(row["tags"]),
        reason=said(Words(**row["reason"])),
        legal=said(Words(**row["legal"])),
    )


def _named(entry: Entry) -> dict[str, Any]:
    return {
        "code": entry["code"],
        "name": Words(**entry["name"]),
        "meaning": Words(**entry["meaning"]),
    }


def _names(entries: Sequence[Entry]) -> tuple[tuple[str, Words], ...]:
    return tuple((entry["code"], Words(**entry["name"])) for entry in entries)


def _words(entry: Entry, key: str) -> Words | None:
    return Words(**entry[key]) if key in entry else None
