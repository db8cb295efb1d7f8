"""移交: another company takes over, and gets the contract's roster and nothing else."""

from dataclasses import dataclass
from datetime import date

from pmdesk.domain.people import PersonId
from pmdesk.domain.records import Document
from pmdesk.i18n import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterLine:
    """One person in one unit; of a shielded person neither room nor phone."""

    person: PersonId
    name: str
    role: str
    mobile: str
    building: str
    entrance: str
    room: str
    shielded: bool


def told_words(document: Document) -> Words:
    """What people are told of who takes over: name, contact and day (PIPL 22)."""
    who, how = document.get("recipient"), document.get("contact")
    day = document.get("given_on")
    since = day.isoformat() if isinstance(day, date) else ""
    return Words(f"{who}，联系方式：{how}，自 {since} 起", f"{who}, contact: {how}, from {since}")


def summary(document: Document) -> Words:
    """The notice in three sentences: what happens, on which ground, and what is not handed over."""
    who, rule, paper = (document.get(key) for key in ("recipient", "statute", "paper"))
    return Words(
        f"{who}将接手本小区的物业服务。依据：{rule}（{paper}），我们只移交履行物业服务合同"
        "需要的名册（姓名、房号、身份、电话）和楼栋房屋清单。您另外同意我们记录的内容"
        "（P2 至 P8）一律不移交；申请了保密保护的，房号和电话也不移交。",
        f"{who} takes over the property service. On the ground of {rule} ({paper}) we hand over"
        " only the roster that the service contract needs (name, room, role, phone) and the list"
        " of buildings and units. What else you agreed to (P2 to P8) is not handed over; of"
        " people under protection, room and phone are not either.",
    )
