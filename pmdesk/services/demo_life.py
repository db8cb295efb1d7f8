"""Everyday acts in a demo office, done as in the window: help agreed to, notes, a request."""

from collections.abc import Sequence
from itertools import cycle

from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.consents import Act, Answer, Channel, ConsentState, Evidence, Sheet
from pmdesk.domain.fields import Option
from pmdesk.domain.people import PersonId
from pmdesk.domain.requests import Identity
from pmdesk.domain.rights import RightCode
from pmdesk.services import notes
from pmdesk.services.consent import consents
from pmdesk.services.consent.consents import Choice
from pmdesk.services.rights import request_acts
from pmdesk.services.rights.request_intake import Intake
from pmdesk.services.session import Session

_HELPED = 4  # people with help agreed to item by item
_NOTES = ("厨房水管滴水，已换垫圈。", "楼道灯不亮，已换灯泡。", "入户门锁不灵，约周六上门。")
_NOTED = 6
_WISH = "想知道你们登记了我哪些信息。"


def liven(session: Session) -> None:
    """The pages on help, notes and rights have something to show; always the same people."""
    people = _agreeing(session, _HELPED + _NOTED + 1)
    helped, noted, asking = people[:_HELPED], people[_HELPED:-1], people[-1:]
    for count, person in enumerate(helped, start=1):
        _agree(session, person, count)
    for person, note in zip(noted, cycle(_NOTES), strict=False):
        notes.add(session, person, note)
    for person in asking:
        wish = Intake(code=RightCode.ACCESS, person=person, words=_WISH, identity=Identity.SEEN)
        request_acts.receive(session, wish)


def _agreeing(session: Session, count: int) -> Sequence[PersonId]:
    query = ResidentQuery(consent=ConsentState.LIVE, order="updated")
    with session.store.reading() as work:
        ids = work.people.ids(query, today=session.clock.today())
    return [PersonId(one) for one in sorted(ids)[:count]]


def _agree(session: Session, person: PersonId, count: int) -> None:
    """One or two items, on a paper sheet of their own."""
    for choice in consents.choices(session, person):
        chosen = choice.items[count : count + 1 + count % 2]
        if chosen:
            consents.decide(session, person, [_sheet(session, choice, chosen, f"B-{count:04}")])


def _sheet(session: Session, choice: Choice, chosen: Sequence[Option], number: str) -> Sheet:
    code = choice.purpose.code
    return Sheet(
        answers=tuple(
            Answer(purpose=code, agreed=True, item=one.code, own_initiative=True) for one in chosen
        ),
        evidence=Evidence(
            channel=Channel.PAPER, act=Act.PAPER, paper_ref=number, adult_confirmed=True
        ),
        shown={code: choice.shown(session.clock.now())},
    )
