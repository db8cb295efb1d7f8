"""Change notices: what changed, who has to be told of it, and who was (PIPL 17(2))."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pmdesk.domain import office
from pmdesk.domain.office import Changes, OfficeProfile
from pmdesk.domain.people import PersonId
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.ports.notices import EVERY_NOTICE, ChangeId, ChangeText, NoticeChange, Way
from pmdesk.domain.purpose_plans import Alteration, Aspect
from pmdesk.domain.staff import Permission
from pmdesk.errors import NotFoundError
from pmdesk.i18n import N_, Words
from pmdesk.services.session import Session

CHANGED = Changes.of(office.PURPOSES)
_PARTICULARS: Mapping[str, Words] = {
    "office": Words("物业服务中心名称", "Name of the office"),
    "address": Words("地址", "Address"),
    "contact_name": Words("个人信息联系人", "Contact for personal information"),
    "contact_phone": Words("电话", "Phone"),
    "contact_email": Words("邮箱", "E-mail"),
    "place": Words("电脑存放地点", "Where the computer stands"),
    "regulator_phone": Words("网信部门电话", "Phone of the cyberspace authority"),
    "housing_phone": Words("住建部门电话", "Phone of the housing authority"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSheet:
    """Everything that the paper of a change notice says."""

    office: OfficeProfile
    change: NoticeChange
    purpose: Words | None  # None: the change is in every notice


def changes(session: Session) -> tuple[NoticeChange, ...]:
    """All change notices, newest first."""
    with session.reading(Permission.SEE_RESIDENTS) as work:
        return work.notices.changes()


def waiting(work: UnitOfWork) -> tuple[NoticeChange, ...]:
    """Those of which somebody still has to be told."""
    return tuple(one for one in work.notices.changes() if not one.is_done)


def sheet(session: Session, change: ChangeId) -> ChangeSheet:
    """What the paper of this change says."""
    with session.reading(Permission.SEE_RESIDENTS) as work:
        found = next((one for one in work.notices.changes() if one.id == change), None)
        if found is None:
            raise NotFoundError(N_("This change notice is gone."), N_("Reload the page."))
        live = {p.code: p.name for p in work.catalogue.live().purposes}
        return ChangeSheet(office=work.office.get(), change=found, purpose=live.get(found.purpose))


def untold(session: Session, change: ChangeId) -> "array[int]":
    """Who still has to be told, in the order of rooms."""
    with session.reading(Permission.SEE_RESIDENTS) as work:
        return work.notices.untold(change)


def tell(session: Session, change: ChangeId, people: Sequence[PersonId]) -> Changes:
    """These people were told, one by one."""
    with session.writing(Permission.TAKE_CONSENT) as work:
        told = work.notices.tell(change, people, Way.PERSON, on=session.clock.today())
        session.log(work, "notice.told", f"change:{change}", row={"people": told})
        work.commit()
    return CHANGED


def post(session: Session, change: ChangeId) -> Changes:
    """The poster hangs on the notice board: everybody still open was told today."""
    with session.writing(Permission.TAKE_CONSENT) as work:
        told = work.notices.tell(change, None, Way.BOARD, on=session.clock.today())
        session.log(work, "notice.posted", f"change:{change}", row={"people": told})
        work.commit()
    return CHANGED


def announce_office(
    session: Session, work: UnitOfWork, before: OfficeProfile, after: OfficeProfile
) -> None:
    """Every resident has to be told that the particulars of the office are new."""
    old, new = before.places(), after.places()
    differing = tuple(
        Alteration(
            aspect=Aspect.OFFICE,
            old=Words(f"{name.zh}：{old[key] or '无'}", f"{name.en}: {old[key] or 'none'}"),
            new=Words(f"{name.zh}：{new[key] or '无'}", f"{name.en}: {new[key] or 'none'}"),
        )
        for key, name in _PARTICULARS.items()
        if old[key] != new[key]
    )
    summary = Words(
        "联系方式等有变化，您的权利和已经作出的决定都不变，不用重新签字。",
        "Contact details changed. Your rights and your decisions stay as they are; "
        "nothing has to be signed again.",
    )
    work.notices.change(
        EVERY_NOTICE,
        "",
        ChangeText(alterations=differing, summary=summary),
        asks_again=False,
        everybody=True,
        at=session.clock.now(),
        today=session.clock.today(),
    )
