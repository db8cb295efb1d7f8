"""What a plan for a purpose may say: within what was shipped, and nothing that is refused."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pmdesk.domain.catalogue import Catalogue
from pmdesk.domain.dimensions import INCOME, INCOME_PURPOSE, has_band
from pmdesk.domain.fields import Home, Kind, Problem, RuleUse, Sensitivity
from pmdesk.domain.purpose_plans import LocalField, PurposePlan, is_local, local_prefix
from pmdesk.domain.purposes import ConsentForm, LegalBasis, Purpose
from pmdesk.domain.screening import screen
from pmdesk.i18n import N_

NECESSITY = 15  # Chinese characters that the reason for a field has at least (PIPL 6)
LOCAL_MONTHS = 24  # that an office's own purpose keeps values at most
LOCAL_KINDS = (Kind.CHOICE, Kind.CHOICES, Kind.FLAG, Kind.DATE, Kind.NUMBER)
_FEWEST_OPTIONS = 2
_LISTS = frozenset({Kind.CHOICE, Kind.CHOICES})
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanProblem:
    """What has to be mended in a plan, and the invariant that it would break."""

    problem: Problem
    code: str


def plan_problems(
    plan: PurposePlan, shipped: Purpose | None, catalogue: Catalogue
) -> tuple[PlanProblem, ...]:
    """What must be mended before a plan may be put into force; `catalogue` is the live one.

    `shipped` is the purpose as the program brought it, None for one of the office's own.
    """
    return (
        *_of_purpose(plan),
        *_of_basis(plan, shipped),
        *_of_term(plan, shipped, catalogue),
        *_of_fields(plan, catalogue),
        *(
            problem
            for number, one in enumerate(plan.local)
            for problem in _of_local(plan, one, f"local.{number}", catalogue)
        ),
    )


def _is(code: str, key: str, sentence: str, **places: object) -> PlanProblem:
    return PlanProblem(problem=Problem(key=key, sentence=sentence, places=places), code=code)


def _of_purpose(plan: PurposePlan) -> Iterator[PlanProblem]:
    if not plan.purpose.name.zh.strip():
        yield _is("E_NO_PURPOSE", "name", N_("Give the purpose a name."))
    if not plan.purpose.summary.zh.strip():
        yield _is("E_NO_PURPOSE", "summary", N_("Say in one sentence what the data are for."))


def _of_basis(plan: PurposePlan, shipped: Purpose | None) -> Iterator[PlanProblem]:
    """The basis follows from the law and is not the office's to choose."""
    mine = plan.purpose
    if shipped is None:
        lawful = (mine.basis, mine.consent) == (LegalBasis.CONSENT, ConsentForm.CONSENT)
    else:
        lawful = (mine.basis, mine.consent) == (shipped.basis, shipped.consent)
    if not lawful:
        yield _is("E_NO_BASIS", "basis", N_("The legal basis of a purpose cannot be changed."))
    if mine.may_classify and (shipped is None or not shipped.may_classify):
        yield _is("E_NO_BASIS", "basis", N_("Only the classification purpose may classify."))
    if mine.oral_allowed and (shipped is None or not shipped.oral_allowed):
        yield _is("E_NO_BASIS", "oral", N_("This purpose needs a signature."))


def _of_term(
    plan: PurposePlan, shipped: Purpose | None, catalogue: Catalogue
) -> Iterator[PlanProblem]:
    months = plan.purpose.months
    most = LOCAL_MONTHS if shipped is None else shipped.months
    known = {retention.code for retention in catalogue.retentions}
    if plan.purpose.retention not in known or (shipped is None and months is None):
        sentence = N_("Say how long the values are kept: from 1 to {most} months.")
        yield _is("E_RETENTION_MISSING", "months", sentence, most=LOCAL_MONTHS)
    elif most is not None and (months is None or not 1 <= months <= most):
        sentence = N_("From 1 to {most} months: a purpose may be kept shorter, never longer.")
        yield _is("E_RETENTION_MISSING", "months", sentence, most=most)


def _of_fields(plan: PurposePlan, catalogue: Catalogue) -> Iterator[PlanProblem]:
    mine = {one.field.key for one in plan.local}
    shared = {f.key for f in catalogue.fields if plan.purpose.code in f.purposes}
    if plan.purpose.code == INCOME_PURPOSE and (INCOME in plan.fields) != has_band(catalogue):
        sentence = N_("The income band is switched on and off in the settings alone.")
        yield _is("E_NO_PURPOSE", "fields", sentence)
    if not plan.fields:
        yield _is("E_NO_PURPOSE", "fields", N_("Name at least one thing that is recorded."))
    if not set(plan.fields) <= mine | shared:
        sentence = N_("The notice names something that does not belong to this purpose.")
        yield _is("E_NO_PURPOSE", "fields", sentence)
    if mine and not is_local(plan.purpose.code):
        sentence = N_("Fields of your own need a purpose of your own.")
        yield _is("E_NO_PURPOSE", "fields", sentence)
    if not mine <= set(plan.fields):
        sentence = N_("The notice has to name each field of your own.")
        yield _is("E_NO_PURPOSE", "fields", sentence)


def _of_local(
    plan: PurposePlan, one: LocalField, key: str, catalogue: Catalogue
) -> Iterator[PlanProblem]:
    field = one.field
    if not field.label.zh.strip():
        yield _is("E_NO_PURPOSE", f"{key}.label", N_("Give the field a name."))
    if len(_HAN.findall(field.necessity.zh)) < NECESSITY:
        sentence = N_("Say why it is needed, in {count} Chinese characters or more.")
        yield _is("E_NO_PURPOSE", f"{key}.necessity", sentence, count=NECESSITY)
    if not one.alternative.strip():
        sentence = N_("Say what was considered in its place that asks less of people.")
        yield _is("E_NO_PURPOSE", f"{key}.alternative", sentence)
    if field.retention not in {retention.code for retention in catalogue.retentions}:
        sentence = N_("Say how long the field is kept.")
        yield _is("E_RETENTION_MISSING", f"{key}.label", sentence)
    if not _is_plain(plan, one):
        sentence = N_("A field of your own holds plain choices, dates or numbers, and no rules.")
        yield _is("E_NO_BASIS", f"{key}.kind", sentence)
    yield from _of_options(one, key)
    yield from _refused(one, key, catalogue)


def _is_plain(plan: PurposePlan, one: LocalField) -> bool:
    field, code = one.field, plan.purpose.code
    return (
        field.kind in LOCAL_KINDS
        and field.rule_use is RuleUse.NO
        and field.home is Home.ANSWERS
        and field.sensitivity is Sensitivity.GENERAL
        and (field.purpose, field.purposes) == (code, (code,))
        and field.key.startswith(local_prefix(code))
    )


def _of_options(one: LocalField, key: str) -> Iterator[PlanProblem]:
    labels = [option.label.zh.strip() for option in one.field.options]
    if one.field.kind not in _LISTS:
        return
    if len(labels) < _FEWEST_OPTIONS or len(set(labels)) < len(labels) or not all(labels):
        sentence = N_("Name at least two different choices.")
        yield _is("E_NO_PURPOSE", f"{key}.options", sentence)


def _refused(one: LocalField, key: str, catalogue: Catalogue) -> Iterator[PlanProblem]:
    texts = [("label", one.field.label)]
    texts += [("options", option.label) for option in one.field.options]
    for part, words in texts:
        hits = screen(words.zh, catalogue.refused) + screen(words.en, catalogue.refused)
        for hit in hits[:1]:
            sentence = N_("This program does not collect “{what}”: {why} Instead: {instead}")
            yield _is(
                "E_FIELD_PROHIBITED",
                f"{key}.{part}",
                sentence,
                what=hit.label,
                why=hit.why,
                instead=hit.instead,
            )
