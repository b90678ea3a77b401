# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the real window the way a clerk does: through the accessibility bus and the keyboard.

Everything waits for a condition with a bound; nothing sleeps and hopes. What is looked for
is named as a screen reader would name it.
"""
import os
import re
import signal
import subprocess
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

# A slow machine under sanitizers needs patience; a condition that holds is seen at once.
PATIENCE = float(os.environ.get("GUICHET_TEST_PATIENCE", "30"))

BUTTONS = {Atspi.Role.PUSH_BUTTON, Atspi.Role.TOGGLE_BUTTON, Atspi.Role.MENU_ITEM}


class Missing(AssertionError):
    """What the clerk looked for is not there."""


def wait_for(question, what, patience=None):
    """The first true answer to `question`, asked again until `patience` seconds are over."""
    end = time.monotonic() + (patience or PATIENCE)
    while True:
        try:
            answer = question()
        except GLib.Error:
            answer = None  # the object died while it was looked at: look again
        if answer:
            return answer
        if time.monotonic() > end:
            raise Missing(f"waited {patience or PATIENCE:.0f} s for {what}")
        time.sleep(0.05)


def name_matches(node, wanted):
    name = node.get_name() or ""
    if isinstance(wanted, re.Pattern):
        return wanted.search(name) is not None
    # GTK 4.8 names a button with a mnemonic twice: '_Send Send'.
    return wanted in (name, name.replace("_", "")) or name.endswith(" " + wanted)


def walk(node):
    """Every accessible below `node`, itself included, in reading order."""
    try:
        yield node
        count = node.get_child_count()
    except GLib.Error:
        return
    for index in range(count):
        try:
            child = node.get_child_at_index(index)
        except GLib.Error:
            continue
        if child is not None:
            yield from walk(child)


def has_state(node, state):
    return node.get_state_set().contains(state)


class Desk:
    """A running desk: the process, its window, and what can be done with it."""

    def __init__(self, command, env=None, name="guichetier"):
        self.name = name
        self.process = subprocess.Popen(command, env=env)
        self.window = wait_for(self._find_window, "the window to appear on the accessibility bus")

    def _application(self):
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            application = desktop.get_child_at_index(index)
            if application is None:
                continue
            try:
                if application.get_process_id() == self.process.pid:
                    return application
            except GLib.Error:
                continue
        return None

    def _find_window(self):
        if self.process.poll() is not None:
            raise Missing(f"the program ended by itself with status {self.process.returncode}")
        application = self._application()
        if application is None or application.get_child_count() == 0:
            return None
        for index in range(application.get_child_count()):
            window = application.get_child_at_index(index)
            if window is not None and window.get_role() == Atspi.Role.FRAME:
                return window
        return None

    # Looking

    def all(self, role=None, name=None, within=None):
        """Every accessible of the role (or roles) and name, visible, in reading order."""
        roles = role if role is None or isinstance(role, (set, frozenset)) else {role}
        found = []
        for node in walk(within or self._application()):
            try:
                if roles is not None and node.get_role() not in roles:
                    continue
                if name is not None and not name_matches(node, name):
                    continue
                if has_state(node, Atspi.StateType.VISIBLE):
                    found.append(node)
            except GLib.Error:
                continue
        return found

    def find(self, role=None, name=None, within=None, patience=None):
        """The first one, once it is there."""
        def first():
            found = self.all(role, name, within)
            return found[0] if found else None

        what = f"{role.value_nick if isinstance(role, Atspi.Role) else 'something'} named {name!r}"
        return wait_for(first, what, patience)

    def has(self, role=None, name=None):
        return bool(self.all(role, name))

    def wait_title(self, pattern, patience=None):
        wanted = re.compile(pattern) if isinstance(pattern, str) else pattern

        def titled():
            for node in self.all(Atspi.Role.FRAME):
                if wanted.search(node.get_name() or ""):
                    return node
            return None

        return wait_for(titled, f"a window whose title matches {wanted.pattern!r}", patience)

    def wait_text(self, pattern, patience=None):
        """A label (or anything named) that matches, anywhere in the window."""
        wanted = re.compile(pattern) if isinstance(pattern, str) else pattern
        return self.find(name=wanted, patience=patience)

    def wait_gone(self, role=None, name=None, patience=None):
        return wait_for(lambda: not self.all(role, name), f"{name!r} to go away", patience)

    def texts(self, within=None):
        return [node.get_name() for node in self.all(within=within) if node.get_name()]

    # Acting

    def click(self, name, within=None, patience=None):
        """Presses a button or menu item once it is sensitive."""
        def ready():
            for node in self.all(BUTTONS, name, within):
                if has_state(node, Atspi.StateType.SENSITIVE) and self._press_index(node) is not None:
                    return node
            return None

        button = wait_for(ready, f"a button {name!r} that can be pressed", patience)
        button.do_action(self._press_index(button))

    @staticmethod
    def _press_index(node):
        # Only these two: every label also lists class actions such as window.close.
        for index in range(node.get_n_actions()):
            if node.get_action_name(index) in ("click", "toggle"):
                return index
        return None

    def fill(self, name, text, role=None, patience=None):
        """Writes into the entry of that name."""
        roles = role or {Atspi.Role.TEXT, Atspi.Role.ENTRY, Atspi.Role.PASSWORD_TEXT}

        def editable():
            for node in self.all(roles, name):
                if node.get_editable_text_iface() is not None:
                    return node
            return None

        entry = wait_for(editable, f"an entry {name!r}", patience)
        if not entry.get_editable_text_iface().set_text_contents(text):
            raise Missing(f"the entry {name!r} would not take the text")

    def table(self, patience=None):
        """The list in front whose children are rows: a column view keeps them one level down."""
        def with_rows():
            for node in self.all({Atspi.Role.LIST, Atspi.Role.TABLE, Atspi.Role.TREE_TABLE}):
                for index in range(min(node.get_child_count(), 3)):
                    child = node.get_child_at_index(index)
                    if child is not None and child.get_role() == Atspi.Role.TABLE_ROW and \
                            node.get_role() == Atspi.Role.LIST:
                        return node
            return None

        return wait_for(with_rows, "a list with rows", patience)

    def rows(self):
        """The rows that are realised: about two hundred around the position."""
        table = self.table()
        return [table.get_child_at_index(index) for index in range(table.get_child_count())]

    def find_row(self, pattern, patience=None):
        """The first row whose spoken name matches."""
        wanted = re.compile(pattern)

        def matching():
            for row in self.rows():
                if row is not None and wanted.search(row.get_name() or ""):
                    return row
            return None

        return wait_for(matching, f"a row that matches {pattern!r}", patience)

    @staticmethod
    def key(*keys):
        subprocess.run(["xdotool", "key", "--clearmodifiers", *keys], check=True)

    @staticmethod
    def type(text):
        subprocess.run(["xdotool", "type", "--clearmodifiers", "--delay", "8", text], check=True)

    def point_at(self, node):
        """Clicks with the pointer, for what the bus cannot press."""
        extents = node.get_extents(Atspi.CoordType.WINDOW)
        if extents.width <= 0 or extents.height <= 0:
            raise Missing(f"{node.get_name()!r} is not on the screen")
        xid = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)],
                             check=True, capture_output=True, text=True).stdout.split()[-1]
        shell = subprocess.run(["xdotool", "getwindowgeometry", "--shell", xid],
                               check=True, capture_output=True, text=True).stdout
        origin = dict(line.split("=") for line in shell.split())
        frame = subprocess.run(["xprop", "-id", xid, "_GTK_FRAME_EXTENTS"],
                               capture_output=True, text=True).stdout
        borders = [int(number) for number in re.findall(r"\d+", frame.partition("=")[2])] or [0] * 4
        x = int(origin["X"]) + borders[0] + extents.x + extents.width // 2
        y = int(origin["Y"]) + borders[2] + extents.y + extents.height // 2
        subprocess.run(["xdotool", "mousemove", str(x), str(y), "click", "1"], check=True)

    # Ending

    @staticmethod
    def screenshot(path):
        subprocess.run(["import", "-window", "root", path], check=True)

    def close(self, patience=None):
        """Closes the window as its close button does, and waits for the program to end."""
        if self.process.poll() is None:
            self.key("alt+F4")
            try:
                self.process.wait(patience or PATIENCE)
            except subprocess.TimeoutExpired:
                self.process.send_signal(signal.SIGTERM)
                self.process.wait(10)
                raise Missing("the program did not end when its window was closed") from None
        return self.process.returncode

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
