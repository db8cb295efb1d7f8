"""Papers about service plans: the public promises, the price list, a tier, a person's tier."""

from dataclasses import replace

from pmdesk.domain.addons import yuan
from pmdesk.domain.office import OfficeProfile
from pmdesk.domain.orders.floor import ServicePlan
from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.orders.names import SERVICES
from pmdesk.domain.orders.plan_draft import CONTRACT, PlanDraft, drafted
from pmdesk.domain.people import PersonId
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.staff import Permission
from pmdesk.domain.tiers import STANDARD, Tag, Tier
from pmdesk.i18n import _, said
from pmdesk.services import addons
from pmdesk.services.orders.floor import in_force
from pmdesk.services.paper.letter_text import Letter, complaint_bodies
from pmdesk.services.plans.wording import added_words, order_words, service_words
from pmdesk.services.session import Session, about

Rows = tuple[tuple[str, str], ...]


def promises(session: Session) -> Letter:
    """What everybody gets, and what tiers add: to hang up (Civil Code 937, 938)."""
    with session.reading(Permission.SEE_ORDERS) as work:
        office, plan = work.office.get(), in_force(work, session.clock.today())
        tiers = work.catalogue.live().tiers
    draft = drafted(plan)
    more = tuple(
        (_("{tier}: in addition").format(tier=said(tier.name)), "\n".join(words))
        for tier in tiers
        if (words := added_words(draft, tier.code))
    )
    made = Letter(
        title=_("Our services and promises"),
        number=version_words(plan),
        opening=_("{office} promises the following to everybody under the contract.").format(
            office=office.name
        ),
        rows=((_("Service"), _("Everybody, by the contract")), *_contract(draft), *more),
        closing=_same_for_all(),
    )
    return _framed(session, office, made)


def prices(session: Session) -> Letter:
    """The price list of add-on services: one price for everybody."""
    offered = addons.offered(session)
    with session.reading(Permission.SEE_RESIDENTS) as work:
        office = work.office.get()
    head = (_("Service"), _("Content"), _("Yuan"), _("Unit"), _("From"))
    rows = tuple(
        (one.name, one.content or "—", yuan(one.price), one.unit, one.since.isoformat())
        for one in offered
    )
    nothing = _("No add-on service is offered at present.")
    made = Letter(
        title=_("Price list of add-on services"),
        number="",
        opening=_("What is not in the contract can be ordered by anybody at these prices.")
        if rows
        else nothing,
        rows=(head, *rows) if rows else (),
        widths=(34, 70, 20, 16, 28),
        closing=(
            _("Everybody pays the same price, whoever it is and whatever the service tier."),
            _("Nothing is ordered unless you say so, and the contract services stay as they are."),
        ),
    )
    return _framed(session, office, made)


def tier_sheet(session: Session, tier: str) -> Letter:
    """What a tier means, for anybody who asks."""
    with session.reading(Permission.SEE_ORDERS) as work:
        office, plan = work.office.get(), in_force(work, session.clock.today())
        one = work.catalogue.live().tier(tier)
    made = Letter(
        title=_("What the service tier “{tier}” means").format(tier=said(one.name)),
        number=version_words(plan),
        opening=said(one.meaning),
        rows=((_("What"), _("Value")), *tier_rows(drafted(plan), one), *_all(drafted(plan))),
        closing=_same_for_all(),
    )
    return _framed(session, office, made)


def person_sheet(session: Session, person: PersonId) -> Letter:
    """What the person's tier and tags mean for the service; that it was made is logged."""
    with session.writing(Permission.SEE_CLASSIFICATION) as work:
        office, plan = work.office.get(), in_force(work, session.clock.today())
        name, tier = work.people.get(person).name, _tier_of(work, person)
        tags = _tags_of(work, person)
        session.log(work, "plan.sheet", about(person))
        work.commit()
    made = Letter(
        title=_("What your service tier means for you"),
        number=version_words(plan),
        opening=_("{name}: your service tier is “{tier}”. {meaning}").format(
            name=name, tier=said(tier.name), meaning=said(tier.meaning)
        ),
        rows=(
            (_("What"), _("Value")),
            *tier_rows(drafted(plan), tier),
            *((said(tag.name), said(tag.meaning)) for tag in tags),
            *_all(drafted(plan)),
        ),
        closing=(
            *_same_for_all(),
            _("You may object at any time: the standard holds at once, and a person decides."),
        ),
    )
    return _framed(session, office, made)


def tier_rows(draft: PlanDraft, tier: Tier) -> Rows:
    """What the tier adds to the contract, or that it is the contract."""
    words = added_words(draft, tier.code)
    if words:
        return ((_("In addition to the contract"), "\n".join(words)),)
    return ((_("In addition to the contract"), _nothing_added(tier.code)),)


def version_words(plan: ServicePlan) -> str:
    """Which version it is, and since when it holds."""
    if plan.since is None:
        return _("As shipped: the office has not published its own contract yet")
    return _("Version {version}, since {day}").format(
        version=plan.version, day=plan.since.isoformat()
    )


def _nothing_added(tier: str) -> str:
    if tier == STANDARD:
        return _("The standard is the contract itself: everything below, for everybody.")
    return _("No service has other times or ways; the tags say what is considered.")


def _contract(draft: PlanDraft) -> Rows:
    """Service by service, and how soon orders are done."""
    rows = tuple(
        (said(SERVICES[service]), service_words(draft, CONTRACT, service)) for service in Service
    )
    return (*rows, (_("Orders are done"), "\n".join(order_words(draft))))


def _all(draft: PlanDraft) -> Rows:
    """The contract in one row: what everybody gets."""
    told = _("{service}: {words}")
    lines = (told.format(service=name, words=words) for name, words in _contract(draft)[:-1])
    orders = _(", ").join(order_words(draft))
    return (
        (_("What everybody gets"), "\n".join(lines)),
        (_("Orders are done"), orders),
    )


def _same_for_all() -> tuple[str, ...]:
    return (
        _("These services are the same for everybody, with or without any consent."),
        _("“Answered” means that somebody takes it in hand and contacts you."),
        _(
            "Whose work is done first, and by when, is decided by urgency and safety alone, never"
            " by tier, payment or arrears."
        ),
        _("No tier costs anything, and none changes a price."),
    )


def _tier_of(work: UnitOfWork, person: PersonId) -> Tier:
    result = work.classifications.of(person)
    return work.catalogue.live().tier(result.tier if result else STANDARD)


def _tags_of(work: UnitOfWork, person: PersonId) -> tuple[Tag, ...]:
    result = work.classifications.of(person)
    tags = result.tags if result else frozenset()
    return tuple(tag for tag in work.catalogue.live().tags if tag.code in tags)


def _framed(session: Session, office: OfficeProfile, letter: Letter) -> Letter:
    """With where to complain, and who made it when."""
    day = session.clock.today().isoformat()
    return replace(
        letter,
        number=letter.number or day,
        closing=(*letter.closing, complaint_bodies(office)),
        footer=_("{office} · {day} · made by {name}").format(
            office=office.name, day=day, name=session.staff.name
        ),
    )
