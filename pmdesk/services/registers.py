"""Registers that the sweep asks to let go what is past its period, each by its own rule."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.quarantine import DAYS
from pmdesk.domain.reask import months_after
from pmdesk.domain.records import RecordStatus
from pmdesk.i18n import Words
from pmdesk.services.fairness import taking_part
from pmdesk.services.orders import retention as orders
from pmdesk.services.rights import requests
from pmdesk.services.session import Session

YEARS3 = 36  # months


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """A register on the page, what lets its old entries go, and when the next of them goes."""

    key: str
    name: Words
    expire: Callable[[Session, UnitOfWork], int]
    first: Callable[[UnitOfWork], date | None]  # None: nothing waits
    retention: str = ""  # code of the catalogue's line
    period: Words | None = None  # where no single line of the schedule says it


def _requests(work: UnitOfWork) -> date | None:
    closed = (one.closed_on for one in work.requests.all())
    return min((months_after(day, YEARS3) for day in closed if day), default=None)


def _training(work: UnitOfWork) -> date | None:
    return min((months_after(one.day, YEARS3) for one in work.training.attempts()), default=None)


def _quarantine(work: UnitOfWork) -> date | None:
    ends = (one.until + timedelta(days=1) for one in work.quarantine.all())
    return min(ends, default=None)


def _records(work: UnitOfWork) -> date | None:
    closed = (one for one in work.records.all() if one.status is RecordStatus.CLOSED)
    return min((one.keep_until for one in closed), default=None)


def _erase_records(session: Session, work: UnitOfWork) -> int:
    """Closed records past their minimum period are gone; the log keeps their numbers."""
    numbers = work.records.expire(session.clock.today())
    if numbers:
        session.log(work, "record.expired", "records", fields=numbers)
    return len(numbers)


REGISTERS: tuple[Register, ...] = (
    Register(
        key="requests",
        name=Words("已办结的权利请求", "closed rights requests"),
        expire=requests.expire,
        first=_requests,
        retention="R-DSR",
    ),
    Register(
        key="training",
        name=Words("培训记录", "training records"),
        expire=lambda _session, work: work.training.erase_old(),
        first=_training,
        retention="R-TRN",
    ),
    Register(
        key="records",
        name=Words("已关闭的合规记录", "closed compliance records"),
        expire=_erase_records,
        first=_records,
        period=Words("关闭后3年以上，按各类记录的期限", "at least 3 years after closing, by kind"),
    ),
    Register(
        key="undertakings",
        name=Words("离职人员的保密承诺", "confidentiality undertakings of people who left"),
        expire=lambda session, work: work.undertakings.expire(session.clock.today()),
        first=lambda work: work.undertakings.first_to_go(),
        period=Words("账号停用且承诺到期后3年", "3 years after it ended, the account disabled"),
    ),
    Register(
        key="export_requests",
        name=Words("大批名单的申请", "requests for large lists"),
        expire=lambda session, work: work.export_requests.expire(session.clock.today()),
        first=lambda work: work.export_requests.first_to_go(),
        retention="R-LOG3",
    ),
    Register(
        key="inspections",
        name=Words("迎检材料包登记", "the log of inspection packs"),
        expire=lambda session, work: work.inspections.expire(session.clock.today()),
        first=lambda work: work.inspections.first_to_go(),
        retention="R-DISC",
    ),
    Register(
        key="fairness",
        name=Words("公平性检查的样本", "samples of the fairness check"),
        expire=taking_part.expire,
        first=taking_part.first_to_go,
        retention="R-P6",
    ),
    Register(
        key="orders",
        name=Words("投诉的原文和投诉人", "words and people of complaints"),
        expire=orders.expire,
        first=orders.first_to_go,
        retention=orders.COMPLAINTS,
    ),
    Register(
        key="quarantine",
        name=Words("误收的内容", "what was collected by mistake"),
        expire=lambda session, work: work.quarantine.expire(
            session.clock.today(), at=session.clock.now()
        ),
        first=_quarantine,
        period=Words(f"{DAYS}天", f"{DAYS} days"),
    ),
)
