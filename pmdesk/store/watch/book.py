"""The register of measures, findings, decisions, reviews by people, and counts of a month."""

import json
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Integer, Row, Select, case, cast, func, insert, select, update

from pmdesk.domain.classification import RulesetId
from pmdesk.domain.ports.watch import Bins
from pmdesk.domain.requests import RequestId
from pmdesk.domain.watch import (
    About,
    Decision,
    Finding,
    Ground,
    Measure,
    MeasureId,
    MeasureState,
    Plan,
    Reviews,
    Verdict,
)
from pmdesk.errors import NotFoundError
from pmdesk.i18n import N_
from pmdesk.store import schema
from pmdesk.store.context import StoreContext
from pmdesk.store.premises import SqlPremises
from pmdesk.store.schema_watch import (
    complaint_finding,
    human_review,
    month_count,
    risk_measure,
    suspension_decision,
)

_building = schema.building


class SqlWatchBook:
    """What people decided about what was counted; findings and decisions never change."""

    def __init__(self, connection: Connection, context: StoreContext) -> None:
        self._connection = connection
        self._context = context

    def add(self, plan: Plan, *, on: date) -> MeasureId:
        """The measure is open."""
        building = SqlPremises(self._connection, self._context).building(plan.building)
        row = insert(risk_measure).values(
            building=building,
            topic=plan.topic,
            state=MeasureState.OPEN.value,
            made_by=self._context.uid,
            made_on=on,
            **_free(plan),
        )
        return MeasureId(self._connection.scalars(row.returning(risk_measure.c.id)).one())

    def measure(self, measure: MeasureId) -> Measure:
        """NotFoundError when there is none of that id."""
        row = self._connection.execute(_MEASURES.where(risk_measure.c.id == measure)).first()
        if row is None:
            raise NotFoundError(N_("There is no such measure."), N_("Reload the page."))
        return _measure(row)

    def measures(self) -> tuple[Measure, ...]:
        """Open ones first, by their last day; then the ended ones, newest first."""
        ended = case((risk_measure.c.state == MeasureState.OPEN.value, 0), else_=1)
        last = case((ended == 0, risk_measure.c.due), else_="")
        ordered = _MEASURES.order_by(
            ended, last, risk_measure.c.ended_on.desc(), risk_measure.c.id.desc()
        )
        return tuple(map(_measure, self._connection.execute(ordered)))

    def save(self, measure: Measure) -> None:
        """Owner, last day, words and state stand as given; place and beginning never change."""
        changed = update(risk_measure).where(risk_measure.c.id == measure.id)
        self._connection.execute(
            changed.values(
                **_free(measure.plan),
                state=measure.state.value,
                ended_by=measure.ended_by,
                ended_on=measure.ended_on,
                note=measure.note,
            )
        )

    def find(self, request: RequestId, about: About, *, upheld: bool, at: datetime) -> int:
        """One more finding; its number."""
        row = insert(complaint_finding).values(
            request=request, about=about.value, upheld=upheld, by=self._context.uid, at=at
        )
        return int(self._connection.scalars(row.returning(complaint_finding.c.id)).one())

    def findings(self) -> tuple[Finding, ...]:
        """The newest of each complaint, in order."""
        newest = select(func.max(complaint_finding.c.id)).group_by(complaint_finding.c.request)
        found = select(complaint_finding).where(complaint_finding.c.id.in_(newest))
        rows = self._connection.execute(found.order_by(complaint_finding.c.id))
        return tuple(
            Finding(
                id=row.id,
                request=RequestId(row.request),
                about=About(row.about),
                upheld=row.upheld,
                by=row.by,
                at=row.at,
            )
            for row in rows
        )

    def decide(self, decision: Decision) -> None:
        """The decision is on record."""
        self._connection.execute(
            insert(suspension_decision).values(
                ruleset=decision.ruleset,
                ground=decision.ground.value,
                verdict=decision.verdict.value,
                reason=decision.reason,
                upto=decision.upto,
                by=decision.by,
                at=decision.at,
            )
        )

    def decisions(self, ruleset: RulesetId) -> tuple[Decision, ...]:
        """Newest first."""
        mine = select(suspension_decision).where(suspension_decision.c.ruleset == ruleset)
        rows = self._connection.execute(mine.order_by(suspension_decision.c.id.desc()))
        return tuple(
            Decision(
                ruleset=RulesetId(row.ruleset),
                ground=Ground(row.ground),
                verdict=Verdict(row.verdict),
                reason=row.reason,
                upto=row.upto,
                by=row.by,
                at=row.at,
            )
            for row in rows
        )

    def reviewed(self, ruleset: RulesetId, day: date, *, changed: bool) -> None:
        """One more result that a person looked at again; nothing tells whose it is."""
        row = insert(human_review).values(ruleset=ruleset, day=day, changed=changed)
        self._connection.execute(row)

    def reviews(
        self,
        ruleset: RulesetId | None,
        *,
        after: int = 0,
        since: date | None = None,
        until: date | None = None,
    ) -> Reviews:
        """Of that version, or of all, after an entry and from a day to before another."""
        counted: Select[Any] = select(
            func.count().label("total"),
            func.coalesce(func.sum(cast(human_review.c.changed, Integer)), 0).label("changed"),
            func.coalesce(func.max(human_review.c.id), after).label("last"),
        ).where(human_review.c.id > after)
        if ruleset is not None:
            counted = counted.where(human_review.c.ruleset == ruleset)
        if since is not None:
            counted = counted.where(human_review.c.day >= since)
        if until is not None:
            counted = counted.where(human_review.c.day < until)
        row = self._connection.execute(counted).one()
        return Reviews(total=row.total, changed=row.changed, last=row.last)

    def keep_counts(self, month: date, bins: Bins) -> None:
        """The counts of that month stand for good."""
        document = json.dumps(bins, ensure_ascii=False, sort_keys=True)
        self._connection.execute(insert(month_count).values(month=month, document=document))

    def counts(self, month: date) -> Bins | None:
        """None where none were kept."""
        kept = select(month_count.c.document).where(month_count.c.month == month)
        document = self._connection.scalar(kept)
        return None if document is None else json.loads(document)

    def months(self) -> tuple[date, ...]:
        """The months with counts, newest first."""
        kept = select(month_count.c.month).order_by(month_count.c.month.desc())
        return tuple(self._connection.scalars(kept))


_MEASURES: Select[Any] = select(risk_measure, _building.c.name.label("building_name")).join(
    _building, _building.c.id == risk_measure.c.building
)


def _free(plan: Plan) -> dict[str, object]:
    """What of a measure may change."""
    return {"words": plan.words.strip(), "owner": plan.owner, "due": plan.due}


def _measure(row: Row[Any]) -> Measure:
    return Measure(
        id=MeasureId(row.id),
        plan=Plan(
            building=row.building_name,
            topic=row.topic,
            words=row.words,
            owner=row.owner,
            due=row.due,
        ),
        state=MeasureState(row.state),
        made_by=row.made_by,
        made_on=row.made_on,
        ended_by=row.ended_by,
        ended_on=row.ended_on,
        note=row.note,
    )
