"""Incidents: severity, time limits, whom to tell, and what the letter of PIPL 57 has to say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pmdesk.domain.fields import Problem, Value
from pmdesk.domain.records import Document
from pmdesk.errors import RefusedError
from pmdesk.i18n import N_, Words

KIND = "incident"
LARGER_LEAK = 1_000_000  # people: "较大" from there on; the number is still to be confirmed
PROVINCE_HOURS = 4  # reporting rules of 1 November 2025: "larger" incidents
DRILL_DAYS = 365
_MOMENT = "%Y-%m-%d %H:%M"

# the order in which things happen; none may lie before the one it follows
_ORDER = (
    ("occurred_at", "discovered_at"),
    ("discovered_at", "contained_at"),
    ("discovered_at", "people_told_at"),
    ("discovered_at", "authority_told_at"),
    ("discovered_at", "guardians_told_at"),
    ("discovered_at", "police_told_at"),
)
_MOMENTS = tuple(dict.fromkeys(key for pair in _ORDER for key in pair))

# PIPL 57(1): what the notice has to contain, and the entries that say it
ARTICLE_57: tuple[tuple[str, Words], ...] = (
    ("kinds", Words("涉及的信息种类", "Kinds of information")),
    ("cause", Words("原因", "Cause")),
    ("possible_harm", Words("可能造成的危害", "Possible harm")),
    ("measures", Words("我们已采取的补救措施", "Measures we have taken")),
    ("advice", Words("您可以采取的减轻危害的措施", "What you can do to reduce the harm")),
    ("contact", Words("联系方式", "How to reach us")),
)

_PROVINCE = Words("省级网信部门", "the province-level cyberspace office")
_WHOM: Mapping[str, Words] = {
    "authority_told_at": Words("主管部门", "the authority"),
    "people_told_at": Words("有关住户", "the people concerned"),
    "guardians_told_at": Words("监护人", "the guardians"),
    "police_told_at": Words("公安机关", "the police"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """Somebody who has to be told: until when, if the law counts hours; without delay if not."""

    whom: Words
    due: datetime | None  # on the clock of the office, as moments are typed
    key: str  # the entry that says when it was done
    done: bool

    def hours_left(self, local: datetime) -> float | None:
        """Hours until the limit, negative when it has passed; None where no hours are counted."""
        if self.due is None:
            return None
        return (self.due - local.replace(tzinfo=None)) / timedelta(hours=1)


def is_drill(document: Document) -> bool:
    """Whether everything about it has to be marked 演练."""
    return document.get("drill") is True


def severity_floor(document: Document) -> str:
    """The lowest severity that the number of people allows."""
    people = document.get("people")
    return "larger" if isinstance(people, int) and people >= LARGER_LEAK else "general"


def is_serious(document: Document) -> bool:
    """Whether it is larger than general: reported within hours, and a reason to audit anew."""
    return document.get("severity") in {"larger", "major"} or severity_floor(document) != "general"


def limits(document: Document) -> tuple[Limit, ...]:
    """Who has to be told of this incident, those already told too."""
    found = [_limit(document, "authority_told_at")]
    if is_serious(document):
        start = moment(document.get("discovered_at"))
        due = start and start + timedelta(hours=PROVINCE_HOURS)
        found = [_limit(document, "authority_told_at", _PROVINCE, due)]
    if document.get("notify") != "no":
        found.append(_limit(document, "people_told_at"))
    if _concerns(document, "minors"):
        found.append(_limit(document, "guardians_told_at"))
    if document.get("crime") is True:
        found.append(_limit(document, "police_told_at"))
    return tuple(found)


def problems(document: Document) -> tuple[Problem, ...]:
    """What does not fit together, beyond single entries."""
    return (*_bad_moments(document), *_bad_decision(document), *_bad_severity(document))


def refuse_open_end(document: Document) -> None:
    """RefusedError while somebody still has to be told, or nobody looked back; drills may end."""
    if is_drill(document):
        return
    if any(not limit.done for limit in limits(document)):
        raise RefusedError(
            N_("Somebody still has to be told of this incident."),
            N_("Enter when each was told, then close it."),
        )
    if not _text(document, "lessons"):
        raise RefusedError(
            N_("Nobody looked back yet."), N_("Write down the lessons, then close it.")
        )


def missing_of_letter(document: Document) -> tuple[Words, ...]:
    """What PIPL 57(1) wants in the letter and the record does not say yet."""
    return tuple(name for key, name in ARTICLE_57 if not _text(document, key))


def letter_items(document: Document) -> tuple[tuple[Words, str], ...]:
    """The items of PIPL 57(1) with what the record says, in the order of the law."""
    return tuple((name, _text(document, key)) for key, name in ARTICLE_57)


def moment(value: Value) -> datetime | None:
    """The moment that was typed, in local time; None when it cannot be read."""
    try:
        return datetime.strptime(str(value or "").strip(), _MOMENT)  # noqa: DTZ007  # office's zone
    except ValueError:
        return None


def drill_due(last_drill: date | None, today: date) -> bool:
    """Whether the yearly drill is due."""
    return last_drill is None or (today - last_drill).days >= DRILL_DAYS


def _limit(
    document: Document, key: str, whom: Words | None = None, due: datetime | None = None
) -> Limit:
    done = moment(document.get(key)) is not None
    return Limit(whom=whom or _WHOM[key], due=due, key=key, done=done)


def _bad_moments(document: Document) -> tuple[Problem, ...]:
    found = {}
    for key in _MOMENTS:
        if _text(document, key) and moment(document[key]) is None:
            found[key] = N_("A moment looks like 2026-03-08 14:30")
    for before, after in _ORDER:
        first, then = moment(document.get(before)), moment(document.get(after))
        if first and then and then < first:
            found[after] = N_("This lies before the moment it follows")
    return tuple(Problem(key=key, sentence=sentence) for key, sentence in found.items())


def _bad_decision(document: Document) -> tuple[Problem, ...]:
    found = {}
    if document.get("notify") == "no" and not _text(document, "not_notify_reason"):
        found["not_notify_reason"] = N_("Say why the people are not told")
    if document.get("notify") == "no" and _concerns(document, "minors"):
        found["notify"] = N_("Minors are concerned: their guardians are told")
    if document.get("notify") == "yes":
        for key in ("advice", "contact"):
            if not _text(document, key):
                found[key] = N_("The letter has to say this")
    if document.get("crime") is True and not _text(document, "police_told_at"):
        found["police_told_at"] = N_("A suspected crime is reported to the police: enter when")
    return tuple(Problem(key=key, sentence=sentence) for key, sentence in found.items())


def _bad_severity(document: Document) -> tuple[Problem, ...]:
    if severity_floor(document) != "general" and document.get("severity") == "general":
        return (
            Problem(
                key="severity",
                sentence=N_("With {count} people it is at least “larger”"),
                places={"count": f"{document['people']:,}"},
            ),
        )
    return ()


def _concerns(document: Document, code: str) -> bool:
    special = document.get("special")
    return isinstance(special, tuple) and code in special


def _text(document: Document, key: str) -> str:
    return str(document.get(key) or "").strip()
