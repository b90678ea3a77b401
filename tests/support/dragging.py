# SPDX-License-Identifier: GPL-3.0-or-later
"""Drags files out of another program's window, with the pointer, as out of a file manager.

The program is found through DRAGGED_FILES.
"""
import os
import subprocess
import threading

from desk_driver import PATIENCE, Desk, wait_for


class Dragged:
    """A window with files; the pointer takes them out of it, and lets go of them over something else."""

    def __init__(self, *paths):
        self.said = []
        self.process = subprocess.Popen([os.environ["DRAGGED_FILES"], *map(str, paths)], stdout=subprocess.PIPE, text=True)
        self.listener = threading.Thread(target=self._listen, daemon=True)
        self.listener.start()
        self.held = False

    def _listen(self):
        for line in self.process.stdout:
            self.said.append(line.strip())

    def wait(self, *words):
        """Until the window has said one of them; which one."""
        return wait_for(lambda: next((word for word in self.said if word in words), None), f"{words} of the files")

    @staticmethod
    def _xdotool(*words):
        return subprocess.run(["xdotool", *map(str, words)], check=True, capture_output=True, text=True).stdout

    def take(self):
        """The pointer takes hold of them."""
        self.wait("ready")
        xid = self._xdotool("search", "--sync", "--onlyvisible", "--pid", self.process.pid).split()[-1]
        wait_for(lambda: Desk.active_window() == xid, "the window with the files to be in front")
        shell = self._xdotool("getwindowgeometry", "--shell", xid)
        at = {name: int(value) for name, value in (line.split("=") for line in shell.split())}
        x, y = at["X"] + at["WIDTH"] // 2, at["Y"] + at["HEIGHT"] // 2
        self._xdotool("mousemove", x, y, "mousedown", 1)
        self.held = True
        # Further than a hand that trembles, and more than once: the first steps only begin it.
        for step in (4, 12, 24, 36):
            self._xdotool("mousemove", x + step, y + step)
        self.wait("begun")

    def over(self, desk, node):
        """The pointer has them over what is shown of the desk."""
        x, y = desk.middle_of(node)
        for step in (-3, 0):
            self._xdotool("mousemove", x + step, y + step)

    def are_taken(self):
        """Whether whatever is below the pointer would have them."""
        return [word for word in self.said if word in ("taken", "left")][-1:] == ["taken"]

    def let_go(self):
        """What became of them."""
        self._xdotool("mouseup", 1)
        self.held = False
        return self.wait("dropped", "refused")

    def __enter__(self):
        return self

    def __exit__(self, *_unused):
        if self.held:
            self._xdotool("mouseup", 1)
        self.process.terminate()
        self.process.wait(PATIENCE)
        self.listener.join(PATIENCE)
        self.process.stdout.close()
