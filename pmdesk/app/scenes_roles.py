"""The scenes of the landing page as each role finds it after signing in."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from pmdesk.app.stage import Scene, Stage, Steps, opened
from pmdesk.domain.staff import Role
from pmdesk.services import staff

_OTHERS = (Role.CLERK, Role.MANAGER, Role.REVIEWER)  # the window of the stage is an administrator's


def _home(role: Role) -> Scene:
    def show(stage: Stage) -> QWidget:
        found = next(one for one in staff.everyone(stage.session) if one.role is role)
        session = replace(stage.session, staff=found)
        navigator, window = opened(session, stage.tasks, stage.prompts, stage.options)
        navigator.setParent(window)
        window.resize(stage.window.size())
        window.open_page("home")
        return window

    return Scene(f"home-{role.value}", _nothing, show)


def _nothing(_stage: Stage) -> Steps:
    yield


ROLES: tuple[Scene, ...] = tuple(map(_home, _OTHERS))
