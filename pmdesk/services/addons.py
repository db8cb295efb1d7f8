"""Add-on services: the price list that everybody may read, and orders at the published price."""

from dataclasses import dataclass

from pmdesk.domain import office
from pmdesk.domain.addons import Addon, AddonId, AddonOrder, OrderId, problems
from pmdesk.domain.office import Changes
from pmdesk.domain.people import PersonId
from pmdesk.domain.staff import Permission
from pmdesk.errors import RefusedError
from pmdesk.i18n import N_, Words, _
from pmdesk.services.refusal import screen
from pmdesk.services.session import Session, about

FIELD = "addon_orders"
_NAME, _UNIT = Words("服务名称", "Service"), Words("单位", "Unit")
_CONTENT = Words("服务内容", "Content")


def price_list(session: Session) -> tuple[Addon, ...]:
    """Every price that was ever published, newest first."""
    with session.reading(Permission.SEE_RESIDENTS) as work:
        return work.addons.all()


def offered(session: Session) -> tuple[Addon, ...]:
    """What can be ordered today, by name."""
    today = session.clock.today()
    found = (one for one in price_list(session) if one.offered_on(today))
    return tuple(sorted(found, key=lambda one: one.name))


def content_words(addon: Addon) -> str:
    """What is delivered, or that a line of earlier days does not say it."""
    return addon.content or _("Content not written: end this line and publish a new one")


def publish(session: Session, name: str, content: str, unit: str, price: int | None) -> Changes:
    """From today the service has this one price, for everybody; an older price has ended."""
    session.require(Permission.CONFIGURE)
    name, content, unit = " ".join(name.split()), " ".join(content.split()), unit.strip()
    found = problems(name, content, unit, price)
    if found or price is None:
        raise RefusedError(
            N_("A service needs a name, its content, a unit and a price."),
            N_("Mend the marked fields."),
        )
    with session.writing(Permission.CONFIGURE) as work:
        screen.require_fair(session, work, {_NAME: name, _UNIT: unit}, {_CONTENT: content})
        added = work.addons.publish(name, content, unit, price, since=session.clock.today())
        session.log(work, "addon.publish", f"addon:{added}", row={"price": price})
        work.commit()
    return Changes.of(office.ADDONS)


def withdraw(session: Session, addon: AddonId) -> Changes:
    """The service is offered for the last time today; orders go on at their price."""
    with session.writing(Permission.CONFIGURE) as work:
        work.addons.withdraw(addon, until=session.clock.today())
        session.log(work, "addon.withdraw", f"addon:{addon}")
        work.commit()
    return Changes.of(office.ADDONS)


def orders(session: Session, person: PersonId) -> tuple[AddonOrder, ...]:
    """What the person ordered, newest first."""
    with session.reading(Permission.SEE_RESIDENTS) as work:
        return work.addons.orders(person)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """What one person ordered and can order."""

    name: str
    orders: tuple[AddonOrder, ...]  # newest first
    offered: tuple[Addon, ...]  # today, by name


def stand(session: Session, person: PersonId) -> Stand:
    """What the page of a resident shows; of somebody who is gone, no name: the page says it."""
    with session.reading(Permission.SEE_RESIDENTS) as work:
        rows = work.people.rows([person], today=session.clock.today())
    return Stand(
        name=rows[0].name if rows else "", orders=orders(session, person), offered=offered(session)
    )


def order(session: Session, person: PersonId, addon: AddonId) -> Changes:
    """The person ordered the service at the price that is published today, the same for all."""
    with session.writing(Permission.EDIT_RESIDENTS) as work:
        work.people.get(person)
        work.addons.order(person, addon, on=session.clock.today(), at=session.clock.now())
        session.log(work, "addon.order", about(person), fields=[FIELD])
        work.commit()
    return Changes.of(office.ADDONS, people=[person])


def end(session: Session, made: OrderId) -> Changes:
    """The order ends today."""
    with session.writing(Permission.EDIT_RESIDENTS) as work:
        person = work.addons.get(made).person
        work.addons.end_order(made, on=session.clock.today())
        session.log(work, "addon.end", about(person), fields=[FIELD])
        work.commit()
    return Changes.of(office.ADDONS, people=[person])
