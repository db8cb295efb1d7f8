"""The confidentiality undertaking: read, signed by typing one's name, and signed anew each year."""

import tomllib
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from pmdesk.assets import asset
from pmdesk.domain import undertaking
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.staff import Permission, Staff
from pmdesk.domain.undertaking import Signed, Undertaking
from pmdesk.errors import RefusedError
from pmdesk.i18n import N_, Words
from pmdesk.services.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a colleague stands: the last signature, and whether it holds today."""

    staff: Staff
    last: Signed | None
    holds: bool


@cache
def text() -> Undertaking:
    """The text that is signed now."""
    entry = tomllib.loads(asset("undertaking.toml").read_text(encoding="utf-8"))
    return Undertaking(
        version=entry["version"],
        title=Words(**entry["title"]),
        points=tuple(Words(**point) for point in entry["point"]),
    )


def held_until(work: UnitOfWork, uid: str, today: date) -> date | None:
    """The last day of the account's undertaking; None when there is none that holds."""
    last = work.undertakings.latest(uid)
    return last.valid_until if last is not None and last.holds(text(), today) else None


def is_due(session: Session) -> bool:
    """Whether the user has to sign, or is reminded to."""
    return undertaking.is_due(session.undertaken, session.clock.today())


def sign(session: Session, typed: str) -> Session:
    """The session after signing: residents can be opened, for a year from today."""
    name = session.staff.name
    if not undertaking.same_name(typed, name):
        raise RefusedError(
            N_("This is not the name of your account."),
            N_("Type “{name}” in full: it stands for your signature."),
            name=name,
        )
    now, today = session.clock.now(), session.clock.today()
    signed = Signed(
        uid=session.staff.uid,
        version=text().version,
        digest=text().digest,
        name=typed.strip(),
        signed_at=now,
        valid_until=undertaking.valid_until(today),
    )
    with session.store.writing() as work:
        work.undertakings.add(signed)
        session.log(work, "undertaking.sign", f"staff:{signed.uid}", fields=[signed.version])
        work.commit()
    return replace(session, undertaken=signed.valid_until)


def standings(session: Session) -> tuple[Standing, ...]:
    """How every account in use stands."""
    today = session.clock.today()
    with session.reading(Permission.SEE_RECORDS) as work:
        found = []
        for staff in work.staff.all():
            last = work.undertakings.latest(staff.uid)
            holds = last is not None and last.holds(text(), today)
            if staff.enabled:
                found.append(Standing(staff=staff, last=last, holds=holds))
        return tuple(found)
