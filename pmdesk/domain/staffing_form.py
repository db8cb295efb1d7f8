"""Crews, rosters and rounds as documents that can be kept, and back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.staffing import Crew, Hand, Patrol, Roster, Round, Shift

_SERVICES = frozenset(one.value for one in Service)


def crew_document(crew: Crew) -> dict[str, Any]:
    """The crew as plain values."""
    return {
        "shifts": [
            {
                "code": one.code,
                "name": one.name,
                "start": one.start,
                "end": one.end,
                "services": sorted(one.services),
            }
            for one in crew.shifts
        ],
        "hands": [
            {"code": one.code, "name": one.name, "skills": sorted(one.skills)} for one in crew.hands
        ],
        "minutes": {one.value: minutes for one, minutes in crew.minutes.items()},
        "least": {one.value: people for one, people in crew.least.items()},
        "share": crew.share,
        "careful": crew.careful,
        "patrolled": sorted(crew.patrolled),
        "rounds": crew.rounds,
    }


def crew_of(document: Mapping[str, Any]) -> Crew:
    """The crew of a document; services of a newer version are left out."""
    return Crew(
        shifts=tuple(
            Shift(**{**one, "services": _services(one["services"])}) for one in document["shifts"]
        ),
        hands=tuple(
            Hand(code=one["code"], name=one["name"], skills=_services(one["skills"]))
            for one in document["hands"]
        ),
        minutes=_numbers(document["minutes"]),
        least=_numbers(document["least"]),
        share=document["share"],
        careful=document["careful"],
        patrolled=_services(document["patrolled"]),
        rounds=document["rounds"],
    )


def roster_document(roster: Roster) -> dict[str, Any]:
    """The roster as plain values."""
    return {
        "cells": [
            {"day": day.isoformat(), "shift": shift, "hands": list(who)}
            for (day, shift), who in sorted(roster.cells.items())
        ]
    }


def roster_of(week: date, document: Mapping[str, Any]) -> Roster:
    """The roster of a document."""
    cells = {
        (date.fromisoformat(one["day"]), one["shift"]): tuple(one["hands"])
        for one in document["cells"]
    }
    return Roster(week=week, cells=cells)


def patrol_document(patrol: Patrol) -> dict[str, Any]:
    """The rounds as plain values."""
    return {
        "rounds": [
            {
                "day": one.day.isoformat(),
                "start": one.start,
                "end": one.end,
                "place": one.place,
                "why": one.why,
            }
            for one in patrol.rounds
        ]
    }


def patrol_of(week: date, document: Mapping[str, Any]) -> Patrol:
    """The rounds of a document."""
    rounds = (
        Round(
            day=date.fromisoformat(one["day"]),
            start=one["start"],
            end=one["end"],
            place=one["place"],
            why=one["why"],
        )
        for one in document["rounds"]
    )
    return Patrol(week=week, rounds=tuple(rounds))


def _services(codes: list[str]) -> frozenset[Service]:
    return frozenset(Service(code) for code in codes if code in _SERVICES)


def _numbers(entries: Mapping[str, int]) -> dict[Service, int]:
    return {Service(code): number for code, number in entries.items() if code in _SERVICES}
