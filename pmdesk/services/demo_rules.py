"""The rules desk of a demo office, used as in the window: versions, examples, a fairness sample."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import cycle, islice
from random import Random

from pmdesk.domain.classification import ResidentQuery, Ruleset, RulesetId, RulesetStatus
from pmdesk.domain.consents import Act, Answer, Channel, ConsentState, Evidence, Sheet, Shown
from pmdesk.domain.fairness import FAIRNESS, SMALLEST
from pmdesk.domain.fields import FieldKey, Value
from pmdesk.domain.people import PersonId
from pmdesk.domain.purposes import CLASSIFICATION, PurposeCode
from pmdesk.i18n import Words, said
from pmdesk.rules import examples
from pmdesk.rules.cells import ANY
from pmdesk.rules.evaluate import evaluate
from pmdesk.rules.examples import Example, Verdict, verdict
from pmdesk.rules.parse import parse
from pmdesk.rules.rule import Rule
from pmdesk.rules.table import DecisionTable
from pmdesk.services import fairness, residents, rule_examples, rules
from pmdesk.services.consent import consents
from pmdesk.services.session import Session

TAKING_PART = 100  # people who answer the questions of the fairness check
_CHANGED = 3  # people whose answers change
_GENDERS, _AGES = ("female", "male"), ("18_to_39", "40_to_59", "60_and_over")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A row that somebody adds; cells as S-FEEL texts by fact key."""

    below: str  # the id of the row above it
    cells: Mapping[str, str]
    tier: str
    tags: frozenset[str]
    reason: Words
    legal: Words


_TWO_TRADES = _Row(
    below="r7",
    cells={"repair_need.water": "true", "repair_need.doors_windows": "true"},
    tier="enhanced",
    tags=frozenset({"need", "repair_check"}),
    reason=Words(
        "同时关注用水和门窗，两个工种合在一起排检修计划，一次上门办好。",
        "Water and doors are both of concern: both trades are planned together for one visit.",
    ),
    legal=Words("民法典第942条；按本人填写的需要安排。", "Civil Code 942; arranged as declared."),
)
_APPLIANCES = _Row(
    below="r7",
    cells={"repair_need.appliances": "true", "repair_need.electricity": "true"},
    tier="enhanced",
    tags=frozenset({"need", "repair_check"}),
    reason=Words(
        "同时关注家电和用电，先查线路再看家电，合在一起排检修计划。",
        "Appliances and electricity are both of concern: the wiring is checked first, in one plan.",
    ),
    legal=_TWO_TRADES.legal,
)
_PLANTS = _Row(
    below="r7",
    cells={"green_need": '"plant_care"', "patrol_need.vacancy": "true"},
    tier="enhanced",
    tags=frozenset({"need", "green", "house_check"}),
    reason=Words(
        "代养花木又选了空置查看，两件事合成一趟，每次结果都告诉您。",
        "Plant care and checks of the empty unit are done in one visit; you are told each result.",
    ),
    legal=Words("按本人填写的需要安排，不影响价格。", "Arranged as declared, no effect on prices."),
)
_NEVER_DECIDES = _Row(
    below="r13",
    cells={"repair_need.water": "true", "repair_need.appliances": "true"},
    tier="care",
    tags=frozenset({"need", "repair_check"}),
    reason=Words(
        "同时关注用水和家电，安排一次预防性检修。",
        "Water and appliances are both of concern, so a preventive check is arranged.",
    ),
    legal=_TWO_TRADES.legal,
)


def improve(author: Session) -> RulesetId:
    """A version with one row more than the active one, and whole examples, waits for a decision."""
    return _submitted(author, _TWO_TRADES)


def plan(author: Session) -> RulesetId:
    """Another one, which is to begin on a day to come."""
    return _submitted(author, _PLANTS)


def put_up(author: Session) -> RulesetId:
    """Another one, which somebody else is going to review."""
    return _submitted(author, _APPLIANCES)


def begin_draft(author: Session) -> RulesetId:
    """A draft with a row that never decides, an example that fails and one without a tier."""
    draft = _drafted(author, _NEVER_DECIDES)
    table = rules.table(author, draft)
    added = table.rules[table.place_of(_NEVER_DECIDES.below) + 1]
    known = [
        replace(one, tier="enhanced" if one.fires else "") if one.rule == added.id else one
        for one in rule_examples.of(author, draft).examples
    ]
    rule_examples.keep(author, draft, known)
    return draft


def active(session: Session) -> Ruleset:
    """The version in force."""
    found = rules.versions(session)
    return next(one for one in found if one.status is RulesetStatus.ACTIVE)


def take_part(session: Session, seed: int) -> None:
    """Some people agree on paper to the fairness check and answer its two questions."""
    people = _agreeing(session)
    count = min(TAKING_PART, len(people) // 2)
    dice = Random(seed)  # noqa: S311  # repeatable by design, no secret
    chosen = dice.sample(people, count)
    shown = _shown(session, chosen[0]) if chosen else {}
    for number, (person, gender) in enumerate(zip(chosen, cycle(_GENDERS), strict=False), start=1):
        consents.decide(session, person, [_agreement(number, shown)])
        values: dict[FieldKey, Value] = {FieldKey("fa_gender"): gender}
        if number % 5:
            values[FieldKey("fa_age_band")] = dice.choice(_AGES)
        fairness.take_part(session, person, values)


def report(session: Session, ruleset: RulesetId) -> None:
    """The fairness figures of the version are there, where enough people take part."""
    if fairness.page(session, ruleset).people >= SMALLEST:
        fairness.report(session, ruleset)


def change_answers(session: Session) -> None:
    """A few people say that they need something else now, so their tier follows."""
    for person in islice(_agreeing(session), _CHANGED):
        with session.store.reading() as work:
            answers = work.answers.get(person, CLASSIFICATION)
        said_before = dict(answers.values) if answers else {}
        wish = {FieldKey("repair_need"): ("water", "electricity")}
        residents.save_answers(session, person, CLASSIFICATION, said_before | wish)


def _submitted(author: Session, row: _Row) -> RulesetId:
    draft = _drafted(author, row)
    rules.submit(author, draft)
    return draft


def _drafted(author: Session, row: _Row) -> RulesetId:
    """A draft of the active version with that row and examples for every row."""
    draft = rules.draft_from(author, active(author).id)
    rules.save_draft(author, draft, _with_row(rules.table(author, draft), row))
    known = rule_examples.of(author, draft)
    made = examples.proposed(known.table, known.examples)
    rule_examples.keep(author, draft, [_expected(known.table, one) for one in made])
    return draft


def _with_row(table: DecisionTable, row: _Row) -> DecisionTable:
    asked = row.cells
    made = Rule(
        id=table.fresh_id(),
        cells=tuple(parse(asked[f.key], f) if f.key in asked else ANY for f in table.facts),
        tier=row.tier,
        tags=row.tags,
        reason=said(row.reason),
        legal=said(row.legal),
    )
    return table.with_rule(made, table.place_of(row.below) + 1)


def _expected(table: DecisionTable, one: Example) -> Example:
    """The example with what its author expects; one that the new row meets is thought over."""
    if verdict(table, one) is Verdict.HOLDS:
        return one
    return replace(one, tier=evaluate(table, one.values).tier)


def _agreeing(session: Session) -> Sequence[PersonId]:
    query = ResidentQuery(consent=ConsentState.LIVE, order="updated")
    with session.store.reading() as work:
        ids = work.people.ids(query, today=session.clock.today())
    return [PersonId(one) for one in sorted(ids)]


def _shown(session: Session, person: PersonId) -> Mapping[PurposeCode, Shown]:
    """The notice that everybody reads."""
    choice = next(c for c in consents.choices(session, person) if c.purpose.code == FAIRNESS)
    return {FAIRNESS: choice.shown(session.clock.now())}


def _agreement(number: int, shown: Mapping[PurposeCode, Shown]) -> Sheet:
    return Sheet(
        answers=(Answer(purpose=FAIRNESS, agreed=True, own_initiative=True),),
        evidence=Evidence(
            channel=Channel.PAPER, act=Act.PAPER, paper_ref=f"C-{number:04}", adult_confirmed=True
        ),
        shown=shown,
    )
