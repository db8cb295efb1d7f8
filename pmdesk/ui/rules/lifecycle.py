"""What can be done with a version of the rules, by its state and by who looks at it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pmdesk.domain.classification import Ruleset, RulesetStatus
from pmdesk.domain.reviews import cooled_at
from pmdesk.domain.staff import Permission, Staff
from pmdesk.errors import PmdeskError
from pmdesk.i18n import N_, _, told
from pmdesk.services.office import STARTER
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.pill import Badge


class Step(StrEnum):
    """An act on a whole version."""

    COPY = "copy"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    APPROVE = "approve"
    REJECT = "reject"
    ACTIVATE = "activate"
    SCHEDULE = "schedule"
    UNSCHEDULE = "unschedule"
    RESTORE = "restore"
    DISCARD = "discard"


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The acts that are offered, the main one first, and the sentence that says why."""

    steps: tuple[Step, ...]
    sentence: str = ""
    tone: Tone = Tone.INFO

    @property
    def editable(self) -> bool:
        """Whether the grid can be edited: only one's own draft."""
        return Step.SUBMIT in self.steps


STEP_WORDS: Mapping[Step, str] = {
    Step.COPY: N_("Copy as a draft to edit"),
    Step.SUBMIT: N_("Submit for review"),
    Step.WITHDRAW: N_("Take back from review"),
    Step.APPROVE: N_("Approve"),
    Step.REJECT: N_("Send back"),
    Step.ACTIVATE: N_("Activate"),
    Step.SCHEDULE: N_("Set a day…"),
    Step.UNSCHEDULE: N_("Take the day back"),
    Step.RESTORE: N_("Bring this version back"),
    Step.DISCARD: N_("Discard the draft"),
}
STEP_ICONS: Mapping[Step, str] = {
    Step.COPY: "copy",
    Step.SUBMIT: "clipboard-check",
    Step.WITHDRAW: "undo-2",
    Step.APPROVE: "check",
    Step.REJECT: "rotate-ccw",
    Step.ACTIVATE: "badge-check",
    Step.SCHEDULE: "calendar",
    Step.UNSCHEDULE: "calendar",
    Step.RESTORE: "history",
    Step.DISCARD: "trash-2",
}
_STATUS: Mapping[RulesetStatus, tuple[str, Tone, str]] = {
    RulesetStatus.DRAFT: (N_("Draft"), Tone.NEUTRAL, "pencil"),
    RulesetStatus.SUBMITTED: (N_("In review"), Tone.WARN, "clock"),
    RulesetStatus.REJECTED: (N_("Sent back"), Tone.PROBLEM, "rotate-ccw"),
    RulesetStatus.APPROVED: (N_("Approved"), Tone.INFO, "check"),
    RulesetStatus.ACTIVE: (N_("Active"), Tone.GOOD, "badge-check"),
    RulesetStatus.RETIRED: (N_("Retired"), Tone.NEUTRAL, "history"),
}


_ALONE = N_("the author alone (single-person office)")


def status_badge(status: RulesetStatus) -> Badge:
    """The state of a version."""
    words, tone, icon = _STATUS[status]
    return Badge(words=_(words), tone=tone, icon=icon)


def author_of(ruleset: Ruleset, names: Mapping[str, str]) -> str:
    """Who wrote the version."""
    if ruleset.author == STARTER:
        return _("shipped with pmdesk")
    return names.get(ruleset.author, _("a former colleague"))


def version_words(ruleset: Ruleset, names: Mapping[str, str]) -> str:
    """The version in one line of a list."""
    words = _("v{version} · {status} · {author} · {day}").format(
        version=ruleset.version,
        status=_(_STATUS[ruleset.status][0]),
        author=author_of(ruleset, names),
        day=f"{ruleset.created_at.astimezone():%Y-%m-%d}",
    )
    if ruleset.status is RulesetStatus.APPROVED and ruleset.active_from is not None:
        until = _("comes into force on {day}").format(day=day_words(ruleset.active_from))
        return f"{words} · {until}"
    return words


def origin_words(ruleset: Ruleset, versions: Sequence[Ruleset]) -> str:
    """Which earlier version this one brings back; nothing of an ordinary one."""
    source = next((one for one in versions if one.id == ruleset.restored_from), None)
    return _("brings back v{version}").format(version=source.version) if source else ""


def desk(
    ruleset: Ruleset,
    staff: Staff,
    names: Mapping[str, str],
    *,
    alone: bool = False,
    refusal: PmdeskError | None = None,
) -> Desk:
    """What `staff` may do with the version, and what is said about it.

    Somebody who is `alone` decides on his own versions too, a day after he submitted them. The
    `refusal` says why a version did not come into force on its day.
    """
    copy = (Step.COPY,) if staff.may(Permission.EDIT_RULES) else ()
    approves = staff.may(Permission.APPROVE_RULES)
    if ruleset.status is RulesetStatus.DRAFT:
        return _draft(ruleset, staff, names, copy)
    if ruleset.status is RulesetStatus.SUBMITTED:
        own = alone and ruleset.author == staff.uid
        return _alone(ruleset, copy) if own else _submitted(ruleset, staff, names, copy)
    if ruleset.status is RulesetStatus.APPROVED:
        return _approved(ruleset, names, copy, approves=approves, refusal=refusal)
    if ruleset.status is RulesetStatus.REJECTED:
        by = names.get(ruleset.decided_by, "")
        words = _("Sent back by {name}: “{words}”. Copy it as a draft, mend it and submit again.")
        return Desk(steps=copy, sentence=words.format(name=by, words=ruleset.words), tone=Tone.WARN)
    if ruleset.status is RulesetStatus.ACTIVE:
        return Desk(
            steps=copy,
            sentence=_("This version is active and cannot be changed. Copy it as a draft to edit."),
        )
    return Desk(
        steps=(Step.RESTORE, *copy) if copy else (),
        sentence=_("This version is retired. It is kept so that old results can be explained."),
    )


def _approved(
    ruleset: Ruleset,
    names: Mapping[str, str],
    copy: tuple[Step, ...],
    *,
    approves: bool,
    refusal: PmdeskError | None,
) -> Desk:
    by = names.get(ruleset.decided_by, "") if ruleset.decided_by else _(_ALONE)
    day = ruleset.active_from
    if day is None:
        words = _("Approved by {name}: “{words}”. It decides nothing until it is activated.")
        steps = (Step.ACTIVATE, Step.SCHEDULE, *copy) if approves else copy
        return Desk(steps=steps, sentence=words.format(name=by, words=ruleset.words))
    steps = (Step.ACTIVATE, Step.SCHEDULE, Step.UNSCHEDULE, *copy) if approves else copy
    places = {
        "day": day_words(day),
        "name": by,
        "setter": names.get(ruleset.scheduled_by, _("a former colleague")),
    }
    if refusal is None:
        words = _("Comes into force on {day}. Approved by {name}; the day was set by {setter}.")
        return Desk(steps=steps, sentence=words.format(**places))
    words = _("Was to come into force on {day} and did not: {reason}")
    sentence = words.format(day=places["day"], reason=told(refusal))
    return Desk(steps=steps, sentence=sentence, tone=Tone.PROBLEM)


def day_words(day: date) -> str:
    """The day as one says it."""
    return _("{year}-{month:02}-{day:02}").format(year=day.year, month=day.month, day=day.day)


def _draft(
    ruleset: Ruleset, staff: Staff, names: Mapping[str, str], copy: tuple[Step, ...]
) -> Desk:
    if ruleset.author == staff.uid and copy:
        return Desk(steps=(Step.SUBMIT, Step.DISCARD))
    return Desk(
        steps=copy,
        sentence=_("This draft belongs to {name}; only its author edits it.").format(
            name=author_of(ruleset, names)
        ),
    )


def _alone(ruleset: Ruleset, copy: tuple[Step, ...]) -> Desk:
    cooled = cooled_at(ruleset.submitted_at)
    words = _(
        "You are the only one who may approve rules. Look at them again, answer the legality"
        " review, and decide from {time} on, 24 hours after you submitted them, with a reason."
    )
    time = f"{cooled.astimezone():%Y-%m-%d %H:%M}" if cooled else _("now")
    steps = (Step.APPROVE, Step.REJECT, *_taken_back(copy))
    return Desk(steps=steps, sentence=words.format(time=time), tone=Tone.WARN)


def _taken_back(copy: tuple[Step, ...]) -> tuple[Step, ...]:
    """Whoever may still edit rules may take his own version back too."""
    return (*copy, Step.WITHDRAW) if copy else ()


def _submitted(
    ruleset: Ruleset, staff: Staff, names: Mapping[str, str], copy: tuple[Step, ...]
) -> Desk:
    if ruleset.author == staff.uid:
        return Desk(
            steps=_taken_back(copy),
            sentence=_(
                "Submitted. A second person decides: nobody approves rules of his own. "
                "Ask a reviewer, another manager or an administrator. Until then you can take"
                " it back and go on editing."
            ),
            tone=Tone.WARN,
        )
    if not staff.may(Permission.APPROVE_RULES):
        return Desk(steps=copy, sentence=_("This version waits for a second person's decision."))
    return Desk(
        steps=(Step.APPROVE, Step.REJECT, *copy),
        sentence=_(
            "{name} asks for your decision. Look at each row, the findings and the numbers; "
            "then write why you approve or send it back."
        ).format(name=author_of(ruleset, names)),
        tone=Tone.WARN,
    )
