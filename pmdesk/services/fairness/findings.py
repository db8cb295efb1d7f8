"""What a sample from outside says: every figure with its uncertainty, for people and machines."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pmdesk.analytics.fairness import Compared, Comparison, Group, comparison, gravest
from pmdesk.analytics.power import RATIO
from pmdesk.analytics.proxies import Association, association
from pmdesk.analytics.strata import Common, Stratified, stratified
from pmdesk.domain.fairness import LEVELS, VERDICTS, Verdict
from pmdesk.i18n import _, said
from pmdesk.services.fairness import words
from pmdesk.services.fairness.sample_file import Sample

Json = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """The comparison of all groups, within strata too, and what tells the group."""

    sample: Sample
    favourable: str
    burden: bool
    whole: Comparison
    within: Stratified
    links: Mapping[str, Association]

    @property
    def verdict(self) -> Verdict:
        """The gravest of all, strata taken together included."""
        return gravest([self.whole.verdict, *(one.verdict for one in self.within.common)])

    @property
    def needs_review(self) -> bool:
        """Whether people have to look at it again."""
        return self.verdict is Verdict.REVIEW


def found(sample: Sample, favourable: str, *, burden: bool = False) -> Findings:
    """Everything that the counts say."""
    whole = comparison(sample.groups, burden=burden)
    return Findings(
        sample=sample,
        favourable=favourable,
        burden=burden,
        whole=whole,
        within=stratified(sample.strata, whole, burden=burden),
        links={name: association(table) for name, table in sample.tables.items()},
    )


# ---- for machines ---------------------------------------------------------------------------


def as_json(findings: Findings) -> Json:
    """The figures under stable names; verdicts in Chinese, as the screens name them."""
    sample, columns = findings.sample, findings.sample.columns
    made: Json = {
        "group": columns.group,
        "outcome": columns.outcome,
        "favourable": findings.favourable,
        "direction": "burden" if findings.burden else "favourable",
        "people": sample.people,
        "left_out": sample.left_out,
        **_comparison(findings.whole),
        **_verdict(findings.verdict),
        "associations": {name: _link(one) for name, one in findings.links.items()},
        "note": _(words.TRIGGER),
    }
    if columns.stratum:
        made["stratum"] = columns.stratum
        made["strata"] = {k: _comparison(v) for k, v in findings.within.strata.items()}
        made["common"] = [_common(one) for one in findings.within.common]
    return made


def _comparison(whole: Comparison) -> Json:
    reference = whole.reference
    lines = [_compared(other, reference) for other in whole.others]
    if reference is not None:
        lines.append({**_group(reference), "is_reference": True, "ratio": 1.0})
    return {
        "reference": reference.name if reference else None,
        "groups": sorted(lines, key=lambda line: str(line["group"])),
    }


def _group(group: Group) -> Json:
    return {"group": group.name, "n": group.people, "k": group.having, "rate": group.rate}


def _compared(one: Compared, reference: Group | None) -> Json:
    return {
        **_group(one.group),
        "is_reference": False,
        "ratio": one.ratio,
        "interval": _interval(one.low, one.high),
        "p": one.p,
        "p_holm": one.holm,
        **_verdict(one.verdict),
        "power": _power(one, reference),
        "sentence": words.sentence(one, reference),
    }


def _power(one: Compared, reference: Group | None) -> Json | None:
    if reference is None or one.found is None:
        return None
    return {
        "ratio": RATIO,
        "n": one.group.people,
        "n_reference": reference.people,
        "found_in_100": one.found,
        "sentence": words.power(one.group.people, reference.people, one.found),
    }


def _common(one: Common) -> Json:
    return {
        "group": one.group,
        "ratio": one.ratio,
        "interval": _interval(one.low, one.high),
        **_verdict(one.verdict),
        "turn": one.turn.value,
        "sentence": words.common(one),
    }


def _link(one: Association) -> Json:
    return {
        "cramers_v": one.v,
        "interval": _interval(one.low, one.high),
        "p_permutation": one.p,
        "mutual_information": one.information,
        "level": one.level.value,
        "level_name": said(LEVELS[one.level]),
    }


def _verdict(verdict: Verdict) -> Json:
    return {"verdict": VERDICTS[verdict].zh, "verdict_code": verdict.value}


def _interval(low: float | None, high: float | None) -> list[float] | None:
    return None if low is None or high is None else [low, high]


# ---- for people -----------------------------------------------------------------------------


def as_text(findings: Findings) -> str:
    """The same in sentences, a paragraph for each group."""
    return "\n".join(_paragraphs(findings))


def _paragraphs(findings: Findings) -> Iterator[str]:
    sample, whole = findings.sample, findings.whole
    head = _("{outcome} = {value} by {group}: {people} people, {left} left out (empty cells).")
    columns = sample.columns
    yield head.format(
        outcome=columns.outcome,
        value=findings.favourable,
        group=columns.group,
        people=sample.people,
        left=sample.left_out,
    )
    yield from _lines(whole)
    for stratum, one in findings.within.strata.items():
        yield ""
        yield f"{columns.stratum} = {stratum}"
        yield from _lines(one)
    for same in findings.within.common:
        yield ""
        title = _("All strata together, {group}: {verdict}")
        yield title.format(group=same.group, verdict=said(VERDICTS[same.verdict]))
        yield f"  {words.common(same)}"
    yield ""
    yield from (_told_link(findings, name, one) for name, one in findings.links.items())
    yield _("Verdict: {verdict}").format(verdict=said(VERDICTS[findings.verdict]))
    yield _(words.TRIGGER)


def _lines(whole: Comparison) -> Iterator[str]:
    if whole.reference is not None:
        title = _("Compared with {group}: {having} of {people} ({rate:.1%})")
        yield title.format(**_shown(whole.reference))
    for one in whole.others:
        title = _("{verdict} · {group}: {having} of {people} ({rate:.1%})")
        yield title.format(verdict=said(VERDICTS[one.verdict]), **_shown(one.group))
        yield f"  {words.sentence(one, whole.reference)}"


def _shown(group: Group) -> dict[str, str | int | float]:
    return {
        "group": group.name,
        "having": group.having,
        "people": group.people,
        "rate": group.rate,
    }


def _told_link(findings: Findings, name: str, one: Association) -> str:
    level = said(LEVELS[one.level])
    if one.v is None or one.low is None or one.high is None or one.p is None:
        return f"{name} × {findings.sample.columns.group}: {level}"
    words_of = _(
        "{name} × {group}: Cramér's V {v} ({low}–{high}), p {p}, mutual information {information}"
        " nats: {level}"
    )
    return words_of.format(
        name=name,
        group=findings.sample.columns.group,
        v=words.decimal(one.v),
        low=words.decimal(one.low),
        high=words.decimal(one.high),
        p=words.small(one.p),
        information=words.decimal(one.information or 0.0),
        level=level,
    )
