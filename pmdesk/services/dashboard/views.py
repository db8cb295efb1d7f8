"""Saved views of the charts page: kept for oneself, or published to everybody who sees charts."""

from dataclasses import dataclass, replace

from pmdesk.domain import office
from pmdesk.domain.dashboard_views import (
    MOST_VIEWS,
    Choice,
    SavedView,
    ViewId,
    name_problems,
)
from pmdesk.domain.office import Changes
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.screening import Use
from pmdesk.domain.staff import FOREIGN, Permission
from pmdesk.errors import DeniedError, RefusedError
from pmdesk.i18n import N_, _
from pmdesk.services.refusal import screen
from pmdesk.services.session import Session

CHANGED = Changes.of(office.VIEWS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Views:
    """What can be chosen, and whether the user may publish."""

    views: tuple[SavedView, ...]
    owners: dict[str, str]  # names of colleagues whose views are published, by uid
    may_publish: bool
    buildings: frozenset[str]  # that the office has

    def opened(self, view: SavedView) -> tuple[Choice, tuple[str, ...]]:
        """What the view shows now, and the buildings it names that are not there any more."""
        named = view.choice.buildings
        gone = tuple(one for one in named if one not in self.buildings)
        left = tuple(one for one in named if one in self.buildings)
        return replace(view.choice, buildings=left), gone


def listed(session: Session) -> Views:
    """One's own views and the published ones."""
    with session.reading(Permission.SEE_CHARTS) as work:
        found = work.saved_views.visible(session.staff.uid)
        names = {one.uid: one.name for one in work.staff.all()}
        buildings = frozenset(work.order_marks.buildings())
    return Views(
        views=found,
        owners={one.owner: names.get(one.owner, "") for one in found},
        may_publish=session.staff.may(Permission.PLAN_SERVICE),
        buildings=buildings,
    )


def keep(session: Session, name: str, choice: Choice) -> Changes:
    """The choice is kept under that name; one's own view of the same name is replaced."""
    session.require(Permission.SEE_CHARTS)
    name = " ".join(name.split())
    with session.writing(Permission.SEE_CHARTS) as work:
        for problem in name_problems(name):
            raise RefusedError(problem.sentence, N_("Choose another name."), **problem.places)
        screen.require_clean(session, work, {_("Name of the view"): name}, Use.PROSE)
        own = [one for one in work.saved_views.visible(session.staff.uid) if _is_own(session, one)]
        if len(own) >= MOST_VIEWS and all(one.name != name for one in own):
            raise RefusedError(
                N_("You have {count} views already."), N_("Delete one first."), count=MOST_VIEWS
            )
        made = work.saved_views.add(name, session.staff.uid, choice, at=session.clock.now())
        session.log(work, "view.keep", f"view:{made}")
        work.commit()
    return CHANGED


def publish(session: Session, view: ViewId, *, published: bool = True) -> Changes:
    """Everybody who sees charts can choose it, or its owner alone again."""
    with session.writing(Permission.PLAN_SERVICE) as work:
        _own(session, work, view)
        work.saved_views.publish(view, published=published)
        session.log(work, "view.publish" if published else "view.withdraw", f"view:{view}")
        work.commit()
    return CHANGED


def drop(session: Session, view: ViewId) -> Changes:
    """One's own view is gone."""
    with session.writing(Permission.SEE_CHARTS) as work:
        _own(session, work, view)
        work.saved_views.drop(view)
        session.log(work, "view.drop", f"view:{view}")
        work.commit()
    return CHANGED


def _own(session: Session, work: UnitOfWork, view: ViewId) -> SavedView:
    found = work.saved_views.get(view)
    if not _is_own(session, found):
        raise DeniedError(
            N_("This is a colleague's view."),
            N_("Keep one of your own under another name."),
            act="view",
            why=FOREIGN,
        )
    return found


def _is_own(session: Session, view: SavedView) -> bool:
    return view.owner == session.staff.uid
