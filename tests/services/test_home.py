"""What waits after signing in: only what the role covers, and no group small enough to know."""

import shutil
from dataclasses import replace
from typing import NamedTuple

import pytest

from pmdesk.domain.classification import RulesetId
from pmdesk.domain.fairness import FairnessReport, Line, Outcome, Verdict
from pmdesk.services import drafts, home, rules
from pmdesk.services import office as office_service
from tests.offices import (
    P2,
    PAPER,
    PROFILE,
    SPECIAL,
    consenting,
    decide,
    founded_office,
    learnt,
    resident,
    reviewed,
    table_of,
    tried,
)


def waiting_version(session):
    """A version of this author that waits for a second person."""
    draft = rules.draft_from(session, rules.versions(session)[0].id)
    rules.save_draft(session, draft, table_of(session, draft).with_output("r8", tier="special"))
    tried(session, draft)
    rules.submit(session, draft)
    return draft


def set_up(session):
    """The steps of setting up, as an administrator sees them."""
    return home.overview(session).set_up


def test_the_page_counts_people_and_what_is_due(clerk, clock):
    agreed = consenting(clerk)
    resident(clerk, "李伟", room="1-1-101")
    clock.advance(days=710)
    learnt(clerk)
    decide(clerk, agreed, {P2: True}, PAPER)
    consenting(clerk, name="赵磊", room="1-1-102")
    clock.advance(days=710)

    seen = home.overview(clerk)

    assert (seen.residents, seen.expiring, seen.never_asked) == (3, 2, 1)


def test_a_draft_names_its_person_masked(clerk, office):
    person = resident(clerk)
    for subject in (str(person), "new", "4711"):
        drafts.keep(clerk, "resident", subject, "{}")

    seen = {one.draft.subject: (one.who, one.person) for one in home.overview(clerk).drafts}

    assert seen == {str(person): ("3-2-501 王*明", person), "new": ("", None), "4711": ("", None)}


def test_each_role_sees_its_own_parts(office):
    clerk, manager, reviewer, admin = (
        home.overview(office.session(login)) for login in ("clerk", "manager", "reviewer", "admin")
    )

    assert clerk.tiers == ()
    assert clerk.set_up is None
    assert [one.tier.code for one in manager.tiers] == ["standard", "care", "enhanced", "special"]
    assert reviewer.tiers == manager.tiers
    assert admin.set_up is not None


def test_a_version_waits_for_everyone_but_its_author(manager, manager2, clerk):
    draft = waiting_version(manager)

    assert [home.overview(one).waiting for one in (manager, manager2, clerk)] == [(), (2,), ()]
    reviewed(manager2, draft)
    rules.approve(manager2, draft, "同意")
    assert home.overview(manager).approved == (2,)
    assert home.overview(clerk).approved == ()


def test_setting_up_is_done_with_staff_rules_and_residents(tmp_path, clock, admin, clerk):
    bare = founded_office(tmp_path / "bare", active=False)
    copy = bare.copied(tmp_path / "copy", clock)
    first = set_up(copy.session("admin"))
    copy.close()

    resident(clerk)
    last = set_up(admin)

    assert (first.staff, first.rules, first.residents, first.done) == (True, False, False, False)
    assert last.done


def test_tiers_with_few_people_show_no_number(manager, admin):
    for number in range(6):
        consenting(manager, room=f"1-1-10{number}")
    consenting(manager, room="1-1-106", values=SPECIAL)

    assert {one.tier.code: one.people for one in home.overview(manager).tiers} == {
        "standard": None,  # else the one person of the other tier could be told from the sum
        "care": None,
        "enhanced": 0,
        "special": 0,
    }
    for number in range(7, 12):
        consenting(manager, room=f"1-1-1{number:02}", values=SPECIAL)
    shown = {one.tier.code: one.people for one in home.overview(manager).tiers}
    assert (shown["standard"], shown["care"]) == (6, 6)
    office_service.save_profile(admin, replace(PROFILE, smallest_count=7))
    assert {one.people for one in home.overview(manager).tiers} == {None, 0}


class _Usage(NamedTuple):
    """Of a disk, in bytes."""

    free: int


def test_a_disk_that_is_nearly_full_is_told_to_who_makes_backups(admin, clerk, monkeypatch):
    assert home.overview(admin).disk is None
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: _Usage(free=300 << 20))

    disk = home.overview(admin).disk
    assert disk is not None
    assert (disk.free, disk.need) == (300, 1024)
    assert home.overview(clerk).disk is None


def test_a_disk_that_does_not_answer_shuts_no_page(admin, manager, monkeypatch):
    def hiccup(_path):
        raise OSError(5, "share")

    monkeypatch.setattr(shutil, "disk_usage", hiccup)

    assert home.overview(admin).disk is None
    with manager.store.reading() as work:
        place = work.evidence.place()
    assert place.free is None
    assert place.size > 0


@pytest.mark.parametrize(
    ("verdict", "told"),
    [
        (Verdict.REVIEW, Verdict.REVIEW),
        (Verdict.WATCH, Verdict.WATCH),
        (Verdict.CLEAR, None),
        (Verdict.TOO_FEW, None),
    ],
)
def test_fairness_of_the_rules_in_force_is_told_where_somebody_has_to_look(
    manager, clock, verdict, told
):
    with manager.store.writing() as work:
        active = work.rulesets.active()
        line = Line(
            attribute="age_band",
            outcome=Outcome.TIER,
            code="care",
            group="a",
            reference="b",
            verdict=verdict,
        )
        made = FairnessReport(
            ruleset=RulesetId(active.id),
            digest=active.digest,
            at=clock.now(),
            by=manager.staff.uid,
            people=200,
            lines=(line, replace(line, group="b", verdict=Verdict.CLEAR)),
            links=(),
        )
        work.fairness.keep(made)
        work.commit()

    assert home.overview(manager).fairness is told
