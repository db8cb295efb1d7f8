"""A desk on a folder of its own, and waiting for what it does in the background."""

from typing import cast

from pmdesk.app import config
from pmdesk.app.config import TrustedRoots
from pmdesk.app.room import Room
from pmdesk.app.setup import OfficeSetup
from pmdesk.app.window import Desk


class TestDesk(Desk):
    """Comes back to the sign-in window in this process instead of starting a new one."""

    __test__ = False

    def __init__(self, app, folder, clock):
        """Keep settings and offices below `folder`."""
        self.preferences = config.preferences(folder)
        self.locked = 0
        super().__init__(
            app,
            self.preferences,
            TrustedRoots(folder),
            clock=clock,
            setup=OfficeSetup(clock, folder / "data"),
            restart=self._again,
        )

    @property
    def page(self):
        """What the window before the office shows."""
        return self.gate.shell.page

    @property
    def main(self):
        """The window of the open office."""
        return cast("Room", self.room).main

    @property
    def is_idle(self):
        """Nothing is awaited from the background."""
        return self.gate._tasks.is_idle and (
            self.room is None or cast("Room", self.room).tasks.is_idle
        )

    def _again(self):
        self.locked += 1
        self.back_to_gate()
