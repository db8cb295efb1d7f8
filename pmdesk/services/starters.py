"""What an office starts with: catalogue, notices and rules, read from `resources/starters`."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
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
from pmdesk.domain.purposes import ConsentForm, LegalBasis, Purpose, PurposeCode, Retention
from pmdesk.domain.tiers import Tag, Tier
from pmdesk.i18n import DEFAULT, LANGUAGES, Words, said
from pmdesk.rules.cells import ANY
from pmdesk.rules.facts import Fact
from pmdesk.rules.parse import parse
from pmdesk.rules.rule import Rule
from pmdesk.rules.scheme import Scheme
from pmdesk.rules.table import DecisionTable

Entry = Mapping[str, Any]

_SEPARATORS = {"zh_CN": "、", "en": ", "}
_ITEM_LINES = {"zh_CN": "{item}　□ 同意　□ 不同意", "en": "{item}　□ I agree　□ I do not agree"}


def catalogue() -> Catalogue:
    """The closed catalogue as it is shipped."""
    tiers = _read("tiers")
    return Catalogue(
        fields=tuple(_field(entry) for entry in _read("fields")["field"]),
        purposes=tuple(_purpose(entry) for entry in _read("purposes")["purpose"]),
        retentions=tuple(_retention(entry) for entry in _read("retention")["retention"]),
        tiers=tuple(Tier(**_named(entry)) for entry in tiers["tier"]),
        tags=tuple(Tag(**_named(entry)) for entry in tiers["tag"]),
        refused=tuple(_refused(entry) for entry in _read("refused")["refused"]),
    )


def rank_words() -> tuple[str, ...]:
    """Words that rank people and therefore name no tier, tag, rule or list."""
    return tuple(_read("tiers")["rank_words"])


def notices(language: str, particulars: Mapping[str, str] | None = None) -> tuple[Notice, ...]:
    """The notices of all purposes that have one, in `language` (an unknown one: in Chinese).

    What no office has to decide anew (which roles look, that there are no processors) is filled in
    unless `particulars` say otherwise; the office's own particulars stay open as `{name}`.
    """
    tongue = language if language in LANGUAGES else DEFAULT
    manifest = _read("notices")
    usual = {name: _in(tongue, words) for name, words in manifest["particulars"].items()}
    known = usual | dict(particulars or {})
    fields = {field.key: field for field in catalogue().fields}
    return tuple(
        _notice(entry, tongue, [fields[key] for key in entry["fields"]]).filled(known)
        for entry in manifest["notice"]
    )


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
    )


def _notice(entry: Entry, language: str, fields: Sequence[Field]) -> Notice:
    blocks = {"common": _text(language, "common"), "items": _items(fields, language)}
    labels = _SEPARATORS[language].join(_in(language, field.label) for field in fields)
    bare = Notice(
        purpose=PurposeCode(entry["purpose"]),
        version=entry["version"],
        language=language,
        text=_text(language, entry["purpose"]),
        fields=tuple(field.key for field in fields),
    )
    return bare.filled(blocks).filled({"fields": labels})


def _items(fields: Sequence[Field], language: str) -> str:
    """A line with both answers for each item that needs a consent of its own."""
    labels = [
        _in(language, option.label)
        for field in fields
        if field.sensitivity is Sensitivity.SENSITIVE
        for option in field.options
    ]
    return "\n\n".join(_ITEM_LINES[language].format(item=label) for label in labels)


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


def _text(language: str, name: str) -> str:
    return asset(f"starters/notices/{language}/{name}.md").read_text(encoding="utf-8").strip()


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


def _in(language: str, words: Words | Mapping[str, str]) -> str:
    both = words if isinstance(words, Words) else Words(**words)
    return both.en if language == "en" else both.zh
