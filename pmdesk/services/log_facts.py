"""What stands beside an act in the log, in words: fields, imprints, places, counts."""

import re
from collections.abc import Mapping
from datetime import datetime

from pmdesk.domain.backups import When
from pmdesk.domain.inspections import MEANINGS
from pmdesk.domain.leaving import ExitStep
from pmdesk.domain.rights import RIGHTS
from pmdesk.domain.watch import ABOUT, Ground
from pmdesk.i18n import N_, _, said
from pmdesk.services.case_words import IDENTITIES, PAPERS
from pmdesk.services.records import record_kinds

# what stands before the colon, and how it is told
PARTS: Mapping[str, str] = {
    "sha256": N_("imprint {value}"),
    "place": N_("in {value}"),
    "dropped": N_("dropped {value}"),
    "hour": N_("at {value}:00"),
    "replayed": N_("erasures done again: {value}"),
    "entries": N_("log entries: {value}"),
    "uncovered": N_("rows not covered yet: {value}"),
    "lines": N_("lines: {value}"),
    "old-head": N_("log entries before: {value}"),
    "proved": N_("proved before: {value}"),
    "kept": N_("from the copy {value}"),
    "schema": N_("format of the data: {value}"),
    "gen": N_("generation of keys: {value}"),
    "spoilt": N_("damaged before: {value}"),
}
# where a word belongs to an act, and to that act alone
OF_ACTS: Mapping[str, Mapping[str, str]] = {
    "backup.plan": {
        When.EXIT: N_("When pmdesk is closed"),
        When.DAILY: N_("Every day"),
        When.OFF: N_("Only by hand"),
    },
    "backup.rehearsed": {"right": N_("typed right"), "wrong": N_("typed wrong")},
    "backup.failed": {
        "StorageError": N_("it could not be written"),
        "OfficeClosedError": N_("the office was closed meanwhile"),
        "VaultDamagedError": N_("the data are damaged"),
        "VaultBusyError": N_("the file was in use"),
        "VaultTooNewError": N_("the data are of a newer pmdesk"),
        "WrongKeyError": N_("the passphrase did not fit"),
        "VaultError": N_("an error"),
    },
    "export.asked": {"classification": N_("classification table")},
    "key.rotate": {"ops": N_("the data key"), "sealed": N_("the key of sealed fields")},
    "log.verified": {"rows": N_("all rows")},
    "measure.add": {"building": N_("Building"), "topic": N_("Topic"), "due": N_("Due")},
    "measure.change": {
        "words": N_("What is to be done"),
        "owner": N_("In charge"),
        "due": N_("Due"),
    },
    "order.changed": {
        "kind": N_("Kind"),
        "urgency": N_("Urgency"),
        "words": N_("Description"),
        "appointment": N_("Appointment"),
        "due_at": N_("Due"),
    },
    "request.identify": {one.value: words for one, words in IDENTITIES.items()},
    "request.paper": {one.value: words for one, words in PAPERS.items()},
    "rows.covered": {"whole": N_("all rows")},
    "rules.kept": {
        Ground.REVERSALS: N_("many results were decided otherwise by hand"),
        Ground.DISCRIMINATION: N_("complaints about discrimination"),
    },
    "staff.disable": {
        ExitStep.MEDIA: N_("media and keys are back"),
        ExitStep.LETTER: N_("the letter is handed over"),
    },
}
# a whole word that belongs to a single act, told with what it is
WHOLES: Mapping[str, str] = {
    "clock.back": N_("the entry before is of {value}"),
    "export.asked": N_("list {value}"),
    "export.approved": N_("list {value}"),
    "export.refused": N_("list {value}"),
    "export.withdrawn": N_("list {value}"),
    "export.held": N_("list {value}"),
    "log.accepted": N_("entry {value}"),
    "office.renewed": N_("the key of before: {value}"),
    "review.answer": N_("item {value}"),
    "rows.covered": N_("rows: {value}"),
    "sign_in.failed": N_("times: {value}"),
    "undertaking.sign": N_("version {value}"),
}
_SAME = {"staff.exit": "staff.disable"}  # acts with the same words as another
_LANGUAGES = {"zh_CN": N_("Chinese"), "en": N_("English")}
_FAULTS = {"altered": N_("altered"), "missing": N_("missing")}
_FIELDS: Mapping[str, str] = {  # what is no field of the catalogue
    "unit_ref": N_("Room"),
    "party_role": N_("Role"),
    "tier": N_("Tier"),
    "addon_orders": N_("Add-on services"),
    "fairness_sample": N_("Fairness sample"),
}
_HEX = re.compile(r"[0-9a-f]{16,}")
_NOTICE = re.compile(r"(?P<purpose>\S+) (?P<version>\S+) (?P<language>zh_CN|en) [0-9a-f]+")
_FAULTY = re.compile(r"(?P<purpose>\S+) (?P<version>\S+) (?P<fault>altered|missing)")
_CHANGE = re.compile(r"change (?P<number>\d+)")
_RULES = re.compile(r"rules (?P<day>\S+) [0-9a-f]+")
_IMPRINT = "sha256"
_SHORT = 12  # characters of an imprint that are told


def words(action: str, fact: str, labels: Mapping[str, str]) -> str:
    """The fact in the user's language; as it is written where it is the office's own word."""
    own = _of_act(action).get(fact)
    if own is not None:
        return own
    known = labels.get(fact)
    if known is not None:
        return known
    kind, colon, value = fact.partition(":")
    if colon and kind in PARTS:
        return _(PARTS[kind]).format(value=_short(value))
    return _notice(fact, labels) or _whole(action, fact)


def _of_act(action: str) -> Mapping[str, str]:
    found = OF_ACTS.get(_SAME.get(action, action), {})
    if action == "record.create":
        return {one.code: said(one.title) for one in record_kinds.kinds()}
    if action in {"request.receive", "request.act"}:
        return {one.value: said(right.title) for one, right in RIGHTS.items()}
    if action == "complaint.found":
        return {one.value: said(text) for one, text in ABOUT.items()}
    if action == "inspection.pack":
        return {one.value: said(meaning.title) for one, meaning in MEANINGS.items()}
    return {code: _(text) for code, text in found.items()}


def _whole(action: str, fact: str) -> str:
    if action == "export.classification":
        return _(fact)  # the heads of its columns
    if action == "handover.begin":
        return _handover().get(fact, fact)
    if fact in _FIELDS:
        return _(_FIELDS[fact])
    text = _short(fact.removeprefix(f"{_IMPRINT} "))
    if action == "clock.back":
        text = f"{datetime.fromisoformat(fact).astimezone():%Y-%m-%d %H:%M}"
    imprint = PARTS[_IMPRINT]
    if fact.startswith(f"{_IMPRINT} "):
        return _(imprint).format(value=text)
    return _(WHOLES[action]).format(value=text) if action in WHOLES else text


def _handover() -> Mapping[str, str]:
    return {str(one.key): said(one.label) for one in record_kinds.kind("disclosure").fields}


def _notice(fact: str, labels: Mapping[str, str]) -> str:
    """A version of a notice, a change or the handling rules; empty for anything else."""
    if found := _NOTICE.fullmatch(fact):
        language = _LANGUAGES[found["language"]]
        return _("{purpose}, version {version} ({language})").format(
            purpose=labels.get(found["purpose"], found["purpose"]),
            version=found["version"],
            language=_(language),
        )
    if found := _FAULTY.fullmatch(fact):
        fault = _FAULTS[found["fault"]]
        return _("{purpose}, version {version}: {fault}").format(
            purpose=labels.get(found["purpose"], found["purpose"]),
            version=found["version"],
            fault=_(fault),
        )
    if found := _CHANGE.fullmatch(fact):
        return _("change no. {number}").format(number=found["number"])
    if found := _RULES.fullmatch(fact):
        return _("handling rules of {day}").format(day=found["day"])
    return ""


def _short(value: str) -> str:
    """Long imprints by their beginning: whoever needs all of it finds it in the record."""
    head = value.partition(":")[0] if value[:1].isdigit() and ":" in value else value
    is_count = head.isdecimal()
    shown = head if is_count else value
    return _HEX.sub(lambda one: f"{one[0][:_SHORT]}…" if len(one[0]) > _SHORT else one[0], shown)
