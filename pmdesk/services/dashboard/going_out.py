"""The way of a card out of the program: logged first, whole or not at all, as it is shown."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from pmdesk.analytics.buildings import building_words
from pmdesk.domain.dashboard import OF_THE_WHOLE, OF_TODAY, CardKey, CardState, Scope
from pmdesk.domain.orders.names import SERVICES
from pmdesk.domain.staff import Permission
from pmdesk.errors import RefusedError
from pmdesk.i18n import N_, _, said
from pmdesk.services import charts
from pmdesk.services.dashboard import desk
from pmdesk.services.dashboard.card import Card
from pmdesk.services.session import Session

PRINT, CLIPBOARD = "print", "clipboard"
_STAYS = N_(
    "This card cannot leave the program: beside what left it before, perhaps by a colleague, it "
    "would tell of single homes by subtraction, or its numbers have changed since you opened it."
)
_INSTEAD = N_(
    "Open the card again and try once more. If it still may not leave, use the file that left "
    "before, or choose another whole period."
)


def handed_out(session: Session, card: Card, form: str) -> None:
    """That the card leaves the program as `form`, and with which filters, is in the log.

    RefusedError where beside what left before it would tell of single homes.
    """
    if not desk.may_leave(session, card):
        raise RefusedError(_STAYS, _INSTEAD)
    with session.writing(Permission.EXPORT) as work:
        session.log(
            work,
            "export.chart",
            card.key.value,
            row={
                "form": form,
                "since": card.scope.since.isoformat(),
                "until": card.scope.until.isoformat(),
                "buildings": list(card.scope.buildings),
                "services": [one.value for one in card.scope.services],
            },
        )
        work.commit()


def leaving(session: Session, card: Card) -> Card:
    """The card as it may leave within a report; a card that must stay says why instead."""
    if desk.may_leave(session, card):
        return card
    return replace(
        card, state=CardState.REFUSED, answer=_(_STAYS), remedy=_(_INSTEAD), figures=(), notes=()
    )


def export(session: Session, card: Card, path: Path, write: Callable[[Path], object]) -> Path:
    """The card is at `path`, complete, as `write` draws it."""
    handed_out(session, card, path.suffix.lower().lstrip("."))
    return charts.written(path, write)


def opened(session: Session, card: Card) -> None:
    """That somebody looked behind the card on fairness is in the log."""
    session.require(Permission.SEE_CHARTS)
    if card.key is not CardKey.FAIR:
        return
    with session.writing(Permission.SEE_CHARTS) as work:
        session.log(work, "chart.opened", card.key.value)
        work.commit()


def as_csv(card: Card) -> bytes:
    """The suppressed numbers as tables that Excel and WPS open with their Chinese intact."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow((card.question,))
    writer.writerow((card.answer,))
    for line in lines(card):
        writer.writerow((line,))
    for figure in card.figures:
        if figure.is_empty:
            continue
        writer.writerow(())
        writer.writerow((figure.title, figure.unit))
        writer.writerows(figure.table())
    return text.getvalue().encode("utf-8-sig")


def lines(card: Card) -> tuple[str, ...]:
    """Remarks, then from when and of what the numbers are."""
    return (*card.notes, source(card))


def source(card: Card) -> str:
    """The day, the rules, the filters, and below how many homes nothing is told."""
    parts = [_made_of(card)]
    if card.key in OF_THE_WHOLE:
        parts.append(_("whole office"))
    else:
        parts += scope_words(_told_of(card))
    parts.append(_("groups of fewer than {count} are not shown").format(count=card.smallest))
    return " · ".join(parts)


def _made_of(card: Card) -> str:
    """The last day that is told of, and the rules that are told of."""
    return " · ".join((up_to(card), _rules(card)))


def _rules(card: Card) -> str:
    """Those in force now beside tiers as they are now; else those of the last day told of."""
    if card.key in OF_TODAY:
        words = _("rules in force now: version {version}") if card.version else _("no active rules")
    else:
        words = (
            _("rules in force then: version {version}")
            if card.version
            else _("no rules were in force then")
        )
    return words.format(version=card.version)


def up_to(card: Card) -> str:
    """The last day that is told of."""
    return _("Data up to {day}").format(day=card.as_of.isoformat())


def _told_of(card: Card) -> Scope:
    """The scope with the days that the card shows, which of an outlook are its own."""
    if card.key is not CardKey.STAFF or not card.figures:
        return card.scope
    first, *_inner, last = map(date.fromisoformat, card.figures[0].category_keys)
    return replace(card.scope, since=first, until=last + timedelta(days=1))


def scope_words(scope: Scope) -> list[str]:
    """Days, buildings and services that are looked at."""
    last = scope.until.fromordinal(scope.until.toordinal() - 1)
    days = _("{first} to {last}").format(first=scope.since.isoformat(), last=last.isoformat())
    words = [days]
    if scope.buildings:
        words.append(_(", ").join(map(building_words, scope.buildings)))
    if scope.services:
        words.append(_(", ").join(said(SERVICES[one]) for one in scope.services))
    return words if scope.is_filtered else [*words, _("all buildings and services")]
