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

from gi.repository import Gio, GLib

from accessible import LEAVES, Atspi, Bus

APPLICATION = "be.mons.Guichetier"

# A slow machine under sanitizers needs patience; a condition that holds is seen at once.
PATIENCE = float(os.environ.get("GUICHET_TEST_PATIENCE", "30"))

MENU_ITEMS = {Atspi.Role.MENU_ITEM, Atspi.Role.CHECK_MENU_ITEM, Atspi.Role.RADIO_MENU_ITEM}
# Nothing stands above them but the program.
WINDOWS = {Atspi.Role.FRAME, Atspi.Role.DIALOG}
BUTTONS = {Atspi.Role.PUSH_BUTTON, Atspi.Role.TOGGLE_BUTTON} | MENU_ITEMS


class Missing(AssertionError):
    """What the clerk looked for is not there."""


class Absent(Missing):
    """Nor is the program itself."""


def wait_for(question, what, patience=None):
    """The first true answer to `question`, asked again until `patience` seconds are over."""
    end = time.monotonic() + (patience or PATIENCE)
    while True:
        answer = question()
        if answer:
            return answer
        if time.monotonic() > end:
            raise Missing(f"waited {patience or PATIENCE:.0f} s for {what}")
        time.sleep(0.05)


def name_matches(node, wanted):
    name = node.name
    if isinstance(wanted, re.Pattern):
        return wanted.search(name) is not None
    # GTK 4.8 names a button with a mnemonic twice: '_Send Send'.
    return wanted in (name, name.replace("_", "")) or name.endswith(" " + wanted)


def rows_of(table):
    return [child for child in table.children if child.role == Atspi.Role.TABLE_ROW]


class Desk:
    """A running desk: the process, its window, and what can be done with it."""

    def __init__(self, command, **options):
        self.process = subprocess.Popen(command, **options)
        self.bus = Bus()
        try:
            wait_for(self._has_window, "the window to appear on the accessibility bus")
        except Missing as missing:
            self._give_up(missing)
            raise

    def _has_window(self):
        if self.process.poll() is not None:
            raise Missing(f"the program ended by itself with status {self.process.returncode}")
        try:
            return self.all(Atspi.Role.FRAME)
        except Absent:
            return []

    def _give_up(self, missing):
        """Says what a program without a window is doing, and ends it."""
        try:
            if self.process.poll() is None:
                for question in (["xwininfo", "-root", "-tree"], ["eu-stack", "-p", str(self.process.pid)]):
                    said = subprocess.run(question, capture_output=True, text=True, check=False)
                    missing.add_note(said.stdout + said.stderr)
        finally:
            self.__exit__()

    # Looking

    def all(self, role=None, name=None):
        """Every accessible of the role (or roles) and name, visible, in reading order."""
        roles = role if role is None or isinstance(role, (set, frozenset)) else {role}
        application = self.bus.application(self.process.pid)
        # Of a program that is not there nobody can say what it does not show.
        if application is None:
            raise Absent("the program is not on the accessibility bus")
        depth = 0 if roles is not None and roles <= WINDOWS else None
        # Only who asks for everything gets what is inside a scroll bar.
        leaves = frozenset() if roles is None and name is None else LEAVES
        found = [node for node in application.look(roles, depth, leaves).walk()
                 if (roles is None or node.role in roles) and (name is None or name_matches(node, name))]
        visible = self.bus.ask([node.question("Accessible", "GetState") for node in found])
        return [node for node, states in zip(found, visible)
                if states and states[0][int(Atspi.StateType.VISIBLE) // 32] >> int(Atspi.StateType.VISIBLE) % 32 & 1]

    def find(self, role=None, name=None, patience=None):
        """The first one, once it is there."""
        def first():
            found = self.all(role, name)
            return found[0] if found else None

        what = f"{role.value_nick if isinstance(role, Atspi.Role) else 'something'} named {name!r}"
        return wait_for(first, what, patience)

    def has(self, role=None, name=None):
        return bool(self.all(role, name))

    def wait_title(self, pattern, patience=None):
        wanted = re.compile(pattern) if isinstance(pattern, str) else pattern

        return self.find(WINDOWS, wanted, patience)

    def wait_text(self, pattern, patience=None):
        """A label (or anything named) that matches, anywhere in the window."""
        wanted = re.compile(pattern) if isinstance(pattern, str) else pattern
        return self.find(name=wanted, patience=patience)

    def wait_row_gone(self, pattern, patience=None):
        """Until no row's spoken name matches any more."""
        wanted = re.compile(pattern)

        def gone():
            tables = self._tables()
            return not tables or not any(wanted.search(row.name) for row in rows_of(tables[0]))

        return wait_for(gone, f"the row {pattern!r} to go away", patience)

    def wait_gone(self, role=None, name=None, patience=None):
        return wait_for(lambda: not self.all(role, name), f"{name!r} to go away", patience)

    def wait_focus(self, role, name, patience=None):
        """Until the keyboard is in the control of that name."""
        wait_for(lambda: self.has_focus(role, name), f"the keyboard to be in {name!r}", patience)

    def has_focus(self, role, name):
        return any(node.has_states(Atspi.StateType.FOCUSED) for node in self.all(role, name))

    def texts(self):
        return [node.name for node in self.all() if node.name]

    def unnamed(self):
        """What a screen reader would call after its type; it passes over fillers and scroll bars."""
        passed_over = {Atspi.Role.FILLER, Atspi.Role.SCROLL_BAR}
        return [f"{node.role.value_nick} {node.name}" for node in self.all()
                if re.match("(Gtk|Adw|Guichet)[A-Z]", node.name) and node.role not in passed_over]

    # Acting

    def click(self, name, patience=None):
        """Presses a button or menu item once it is sensitive."""
        def pressed():
            return any(node.has_states(Atspi.StateType.SENSITIVE) and node.press() for node in self.all(BUTTONS, name))

        wait_for(pressed, f"a button {name!r} that can be pressed", patience)

    def fill(self, name, text, patience=None):
        """Writes into the entry of that name."""
        roles = {Atspi.Role.TEXT, Atspi.Role.ENTRY, Atspi.Role.PASSWORD_TEXT}
        wait_for(lambda: any(node.set_text(text) for node in self.all(roles, name)),
                 f"an entry {name!r} that takes a text", patience)

    def _tables(self):
        """The lists in front whose children are rows: a column view keeps them one level down."""
        return [node for node in self.all({Atspi.Role.LIST, Atspi.Role.TABLE_ROW})
                if node.role == Atspi.Role.LIST and rows_of(node)]

    def table(self, patience=None):
        return wait_for(self._tables, "a list with rows", patience)[0]

    def rows(self):
        """The rows that are realised: about two hundred around the position."""
        return rows_of(self.table())

    def find_row(self, pattern, patience=None):
        """The first row whose spoken name matches."""
        wanted = re.compile(pattern)

        def matching():
            found = [row for table in self._tables()[:1] for row in rows_of(table) if wanted.search(row.name)]
            return found[0] if found else None

        return wait_for(matching, f"a row that matches {pattern!r}", patience)

    @staticmethod
    def active_window():
        """The X window that has the keyboard; empty while none has."""
        return subprocess.run(["xdotool", "getactivewindow"], capture_output=True, text=True, check=False).stdout.strip()

    def type_pin(self, pin):
        """Types into the sheet for the PIN, once it has the keyboard; digits that miss it are gone."""
        self.wait_focus(Atspi.Role.PANEL, "PIN code: 0 digits")
        wait_for(lambda: self.active_title() == "PIN code", "the sheet for the PIN to have the keyboard")
        self.type(pin)
        self.find(Atspi.Role.PANEL, f"PIN code: {len(pin)} digits")

    @staticmethod
    def active_title():
        """The title of the X window that has the keyboard; empty while none has."""
        return subprocess.run(["xdotool", "getactivewindow", "getwindowname"], capture_output=True, text=True,
                              check=False).stdout.strip()

    @staticmethod
    def key(*keys):
        subprocess.run(["xdotool", "key", "--clearmodifiers", *keys], check=True)

    @staticmethod
    def type(text, *keys):
        """Types what is on the keyboard, and presses the keys right behind the text."""
        # For any other letter xdotool makes a key for the moment, which GTK may have lost sight of by then.
        if not text.isascii():
            raise ValueError(f"{text!r} is not on the keyboard: fill it in")
        subprocess.run(["xdotool", "type", "--clearmodifiers", "--delay", "8", "--args", "1", text,
                        *(("key", *keys) if keys else ())], check=True)

    def _x_window(self):
        """The X window in front, and its borders for shadows: left, right, top, bottom."""
        xid = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)],
                             check=True, capture_output=True, text=True).stdout.split()[-1]
        frame = subprocess.run(["xprop", "-id", xid, "_GTK_FRAME_EXTENTS"],
                               capture_output=True, text=True).stdout
        return xid, [int(number) for number in re.findall(r"\d+", frame.partition("=")[2])] or [0] * 4

    def resize(self, width, height=800):
        """Pulls the window to that size and waits until what is in it has got it."""
        xid, borders = self._x_window()
        subprocess.run(["xdotool", "windowsize", xid, str(width + borders[0] + borders[1]),
                        str(height + borders[2] + borders[3])], check=True)
        wait_for(lambda: self.all(Atspi.Role.FRAME)[0].extents()[2:] == (width, height),
                 f"the window to be {width}×{height}")

    def _place(self, node):
        """Where it is on the screen: left, top, width, height."""
        left, top, width, height = node.extents()
        if width <= 0 or height <= 0:
            raise Missing(f"{node.name!r} is not on the screen")
        xid, borders = self._x_window()
        shell = subprocess.run(["xdotool", "getwindowgeometry", "--shell", xid],
                               check=True, capture_output=True, text=True).stdout
        origin = dict(line.split("=") for line in shell.split())
        return int(origin["X"]) + borders[0] + left, int(origin["Y"]) + borders[2] + top, width, height

    def middle_of(self, node):
        """Where on the screen its middle is."""
        left, top, width, height = self._place(node)
        return left + width // 2, top + height // 2

    def point_at(self, node):
        """Clicks with the pointer, for what the bus cannot press."""
        x, y = self.middle_of(node)
        subprocess.run(["xdotool", "mousemove", str(x), str(y), "click", "1"], check=True)

    def is_suggested(self, node):
        """Whether a button is coloured as what is expected to be done: in the blue of that, taken as a whole."""
        left, top, width, height = self._place(node)
        blue = subprocess.run(["import", "-window", "root", "-crop", f"{width}x{height}+{left}+{top}", "+repage",
                               "-format", "%[fx:mean.b-mean.r]", "info:-"], check=True, capture_output=True,
                              text=True).stdout
        return float(blue) > 0.3

    def scroll_down(self, node):
        """Turns the wheel over it."""
        x, y = self.middle_of(node)
        subprocess.run(["xdotool", "mousemove", str(x), str(y), "click", "--repeat", "3", "5"], check=True)

    @staticmethod
    def activate(action, target):
        """Has the program do what a click on its notification does."""
        Gio.bus_get_sync(Gio.BusType.SESSION).call_sync(
            APPLICATION, "/" + APPLICATION.replace(".", "/"), "org.gtk.Actions", "Activate",
            GLib.Variant("(sava{sv})", (action, [GLib.Variant("s", target)], {})), None, Gio.DBusCallFlags.NONE, -1, None)

    # Ending

    @staticmethod
    def screenshot(path):
        subprocess.run(["import", "-window", "root", path], check=True)

    @staticmethod
    def is_dark():
        """Whether the middle of the screen is nearer to black than to white, taken as a whole."""
        mean = subprocess.run(["import", "-window", "root", "-gravity", "center", "-crop", "600x400+0+0", "+repage",
                               "-colorspace", "gray", "-format", "%[fx:mean]", "info:-"], check=True, capture_output=True,
                              text=True).stdout
        return float(mean) < 0.5

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
