"""What is settled when a colleague leaves: besides the account, the media and the reminder."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from pmdesk.domain.staff import Role, Staff
from pmdesk.errors import RefusedError
from pmdesk.i18n import N_


class ExitStep(StrEnum):
    """A point of the exit list; closing the account is the act itself."""

    MEDIA = "media"
    LETTER = "letter"


STEPS: Mapping[ExitStep, str] = {
    ExitStep.MEDIA: N_("Storage media, keys, badges and papers of the office are back."),
    ExitStep.LETTER: N_("The reminder letter is handed over: secrecy goes on after leaving."),
}


def open_steps(done: Iterable[str]) -> tuple[ExitStep, ...]:
    """The points that are still to be settled."""
    settled = frozenset(done)
    return tuple(step for step in ExitStep if step.value not in settled)


def require_administrator(staff: Iterable[Staff], changed: Staff) -> None:
    """RefusedError when after this change nobody could administer the office any more."""
    after = (changed if one.uid == changed.uid else one for one in staff)
    if not any(one.enabled and one.role is Role.ADMIN for one in after):
        raise RefusedError(
            N_("This is the last administrator who can sign in."),
            N_("Make somebody else an administrator first."),
        )
