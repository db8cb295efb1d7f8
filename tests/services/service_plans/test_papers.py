"""What the papers promise is what is in force, the same for everybody."""

from dataclasses import fields, replace
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmdesk.assets import asset
from pmdesk.domain.orders.floor import Floor, Plans, Promise, ServicePlan
from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.orders.plan_draft import Line, PlanCell, drafted
from pmdesk.domain.orders.plan_form import plain
from pmdesk.domain.orders.plan_reading import Aspect
from pmdesk.domain.people import PartyRole
from pmdesk.errors import ConflictError, DeniedError, RefusedError
from pmdesk.i18n import install
from pmdesk.services import addons, resident_page
from pmdesk.services.orders import floor
from pmdesk.services.paper.letter import letter_pdf
from pmdesk.services.plans import desk, papers, wording
from pmdesk.services.rights.tier_letter import tier_letter
from tests.offices import SPECIAL, answers, consenting, resident, tier

BASE = floor.shipped()
ANSWER = PlanCell("care", Line(Aspect.RESPOND, "repair"))
CARE = (
    drafted(BASE)
    .entered(ANSWER, "4")
    .entered(PlanCell("care", Line(Aspect.WAYS, "repair")), "前台、电话、上门")
)


def told(letter):
    return "\n".join(
        (letter.title, letter.number, letter.opening, *map("\t".join, letter.rows), *letter.closing)
    )


def added(letter):
    """What a sheet says is added to the contract."""
    return dict(letter.rows)["在合同之外增加"]


@pytest.fixture
def chinese():
    """The program speaks Chinese."""
    install("zh_CN", asset("locale"))


@pytest.fixture
def published(manager, chinese):
    desk.publish(manager, CARE, BASE)


CARE_WORDS = "维修：4 小时内有人答复（合同：24 小时）；还可以：上门"


# ---- the page's shelf ------------------------------------------------------------------------


def test_the_shelf_has_the_shipped_version_until_there_is_another(manager, clerk):
    before = desk.shelf(clerk)
    assert (before.newest, before.versions) == (BASE, (BASE,))
    assert before.columns == ("standard", "care", "enhanced", "special")
    assert before.city_hours is None
    assert before.before(BASE) is None

    desk.publish(manager, CARE, BASE)
    raised = CARE.entered(PlanCell("standard", Line(Aspect.VISITS, "repair")), "1")
    desk.publish(manager, raised, desk.shelf(manager).newest)
    after = desk.shelf(clerk)

    third, second, first = after.versions
    assert after.contract_of(second) == first == BASE
    assert after.contract_of(third) == third
    assert after.before(third) == second
    assert after.names[third.author] == "李静"


def test_a_city_that_asks_for_less_time_is_told(manager):
    slow = drafted(BASE).entered(PlanCell("standard", Line(Aspect.DONE, "complaints")), "20天")
    desk.publish(manager, slow, BASE)
    newest = desk.shelf(manager)

    capped = replace(newest.in_force, floor=replace(newest.in_force.floor, complaint_hours=48))
    assert replace(newest, in_force=capped).city_hours == 48


def test_two_people_never_overwrite_each_other(manager, admin):
    desk.publish(manager, CARE, BASE)

    with pytest.raises(ConflictError):
        desk.publish(admin, drafted(BASE), BASE)
    assert len(floor.versions(manager)) == 2


def test_a_plan_below_the_contract_is_not_published(manager):
    with pytest.raises(RefusedError):
        desk.publish(manager, drafted(BASE).entered(ANSWER, "48"), BASE)


def test_the_front_desk_publishes_nothing(clerk):
    with pytest.raises(DeniedError):
        desk.publish(clerk, CARE, BASE)


# ---- papers ----------------------------------------------------------------------------------


@pytest.mark.usefixtures("published")
def test_the_promises_tell_the_contract_and_what_tiers_add(clerk):
    made = papers.promises(clerk)
    words = told(made)

    assert "晴川花园物业服务中心" in words
    assert "第 1 版，自 2026-03-02 起" in words
    assert all(name in words for name in ("维修", "保洁", "安保", "投诉", "咨询建议", "其他"))
    assert "紧急（险情解除）：1 小时内" in words
    assert "关怀：另外增加\t维修：4 小时内有人答复（合同：24 小时）；还可以：上门" in words
    assert "从不看等级、是否付费或欠费" in words
    assert "加强" not in words
    assert letter_pdf(made).startswith(b"%PDF")


def test_numbers_that_came_with_the_program_are_called_so(clerk, chinese):
    assert "尚未发布" in papers.promises(clerk).number


def test_the_price_list_has_one_price_for_everybody(admin, clerk, chinese):
    nothing = papers.prices(clerk)
    assert nothing.rows == ()
    assert "没有提供" in nothing.opening

    addons.publish(admin, "入户保洁", "擦净地面和台面", "次", 8000)
    made = papers.prices(clerk)
    assert made.rows[1] == ("入户保洁", "擦净地面和台面", "80.00", "次", "2026-03-02")
    assert "人人同价" in told(made)


@pytest.mark.usefixtures("published")
def test_a_tier_is_told_in_words(clerk):
    assert added(papers.tier_sheet(clerk, "care")) == CARE_WORDS
    assert "时间和方式与合同相同" in told(papers.tier_sheet(clerk, "special"))
    standard = told(papers.tier_sheet(clerk, "standard"))
    assert "标准就是合同本身" in standard
    assert "（合同：" not in standard


@pytest.mark.usefixtures("published")
def test_a_person_gets_the_own_tier_in_words_and_that_is_logged(clerk, office):
    person = resident(clerk, "曾国强", "13800000042", "3-1-502")
    with office.logged() as log:
        made = papers.person_sheet(clerk, person)

    assert "曾国强：您的服务等级是“标准”" in made.opening
    assert "随时" in made.closing[-2]
    assert log == [("plan.sheet", f"person:{person}", ())]


def test_the_letter_and_the_page_say_what_the_tier_adds(manager, clerk, chinese):
    person = consenting(clerk, values=answers(patrol_need=("doorstep",), repair_need=("water",)))
    code = tier(clerk, person)
    assert code not in {None, "standard"}
    cell = PlanCell(code, Line(Aspect.RESPOND, "repair"))
    desk.publish(manager, drafted(BASE).entered(cell, "4"), BASE)
    with clerk.store.reading() as work:
        detail = resident_page.read(clerk, work, person)

    words = "维修：4 小时内有人答复（合同：24 小时）"
    assert words in told(tier_letter(clerk, person))
    assert added(papers.person_sheet(clerk, person)) == words
    assert detail.plan is not None
    assert wording.added_words(drafted(detail.plan), code) == (words,)


# ---- nothing personal enters -----------------------------------------------------------------


NEEDS = {  # what the starter rules make of a tier
    "standard": {},
    "care": SPECIAL,
    "enhanced": answers(clean_need="in_home", repair_need=("water",)),
    "special": answers(clean_need="in_home", repair_need=("water",), green_need="plant_care"),
}
EACH = CARE.entered(PlanCell("enhanced", Line(Aspect.RESPOND, "repair")), "8").entered(
    PlanCell("special", Line(Aspect.VISITS, "repair")), "12"
)


@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    wanted=st.lists(st.sampled_from(sorted(NEEDS)), min_size=2, max_size=3),
    roles=st.lists(st.sampled_from(PartyRole), min_size=3, max_size=3),
    agrees=st.lists(st.booleans(), min_size=3, max_size=3),
)
def test_no_plan_and_no_price_depends_on_who_it_is(enriched, wanted, roles, agrees):
    """Whatever the name, role, home, consent and tier: one plan and one price for everybody.

    A sheet says what its tier says; without a consent that is the contract.
    """
    session, offered = enriched
    for name, role, consents, code in zip("赵钱孙", roles, agrees, wanted, strict=False):
        person = _somebody(session, name, role, NEEDS[code] if consents else None)
        held = code if consents else "standard"
        assert (tier(session, person) or "standard") == held
        with session.store.reading() as work:
            assert resident_page.read(session, work, person).plan == floor.current(session)
        addons.order(session, person, offered.id)
        assert [one.price for one in addons.orders(session, person)] == [8000]
        sheet = papers.person_sheet(session, person)
        own = papers.tier_sheet(session, held)
        assert (added(sheet), sheet.rows[-2:]) == (added(own), own.rows[-2:])
        assert sheet.rows[-2:] == papers.tier_sheet(session, "standard").rows[-2:]


@pytest.fixture
def enriched(admin, chinese):
    """Every tier above the standard is promised something of its own; one service has a price."""
    addons.publish(admin, "入户保洁", "擦净地面和台面", "次", 8000)
    desk.publish(admin, EACH, BASE)
    (offered,) = addons.offered(admin)
    assert len({added(papers.tier_sheet(admin, code)) for code in NEEDS}) == len(NEEDS)
    return admin, offered


def _somebody(session, surname, role, values):
    number = next(_NUMBERS)
    who = {"name": f"{surname}小明", "mobile": "", "room": f"{number}-1-101", "role": role}
    if values is None:
        return resident(session, **who)
    return consenting(session, values=values, **who)


_NUMBERS = count(1)


@pytest.mark.usefixtures("published")
def test_of_one_tier_everybody_is_promised_the_same(clerk):
    """Two people of one tier, one with money to spend, one without a word about it."""
    rich = SPECIAL | answers(addon_budget_band="over_800")
    people = [
        consenting(clerk, values=rich, name="王小明", role=PartyRole.OWNER),
        consenting(clerk, values=SPECIAL, name="李芳", room="4-1-101", role=PartyRole.TENANT),
    ]
    (code,) = {tier(clerk, person) for person in people}
    added = {papers.person_sheet(clerk, person).rows[1] for person in people}

    assert code == "care"
    assert added == {papers.tier_sheet(clerk, "care").rows[1]}


def test_a_promise_asks_for_the_tier_and_nothing_else():
    """What a plan is made of: a tier's code, a service, numbers and ways; no field of a person."""
    plans = Plans(tiers={"care": {Service.REPAIR: Promise(visits=1)}})
    asked = set(Promise.__dataclass_fields__) | set(Plans.__dataclass_fields__)

    assert asked == {"visits", "respond", "channels", "tiers"}
    assert plans.promise("care", Service.REPAIR, BASE.floor).visits == 1


def test_no_entry_of_a_person_is_part_of_what_is_published(admin):
    """Whatever the office records of people, none of it is a key of a version of the plans."""
    desk.publish(admin, CARE, BASE)
    with admin.store.reading() as work:
        recorded = {str(one.key) for one in work.catalogue.live().fields}
    plan = floor.current(admin)
    named = set(keys(plain(plan.floor, plan.plans)))
    named |= {one.name for made in (ServicePlan, Floor) for one in fields(made)}

    assert {"visits", "respond", "complaint_hours", "care"} <= named
    assert {"person_name", "mobile", "unit_ref", "fee_status"} <= recorded
    assert not named & recorded


def keys(document):
    """Every key at any depth."""
    for key, inner in document.items():
        yield key
        if isinstance(inner, dict):
            yield from keys(inner)
