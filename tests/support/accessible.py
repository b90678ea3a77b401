# SPDX-License-Identifier: GPL-3.0-or-later
"""What a screen reader is told of a program, asked for over the accessibility bus.

libatspi asks one thing after the other; a tree of some hundred nodes then takes seconds under
sanitizers. Here all that is wanted of one level of the tree is asked at once.
"""
import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402

A11Y = "org.a11y.atspi."
ANSWER_MS = 20000
NULL_PATH = "/org/a11y/atspi/null"

# What has nothing below it that anybody looks for: a scroll bar its slider, the others nothing at all.
LEAVES = {Atspi.Role.LABEL, Atspi.Role.IMAGE, Atspi.Role.SEPARATOR, Atspi.Role.SCROLL_BAR}


class Bus:
    """The accessibility bus of the session."""

    def __init__(self):
        session = Gio.bus_get_sync(Gio.BusType.SESSION)
        address = session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None,
                                    Gio.DBusCallFlags.NONE, ANSWER_MS, None).unpack()[0]
        self.connection = Gio.DBusConnection.new_for_address_sync(
            address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION)
        self.roles = {}  # (name, path) → role: an object keeps it for life, and no other gets its path

    def ask(self, questions):
        """The answers to (name, path, interface, method, arguments), all asked at once; None for a refusal."""
        answers = [None] * len(questions)
        left = [len(questions)]

        def answered(connection, result, index):
            try:
                answers[index] = connection.call_finish(result).unpack()
            except GLib.Error:
                pass  # the object died, or does not speak this interface
            left[0] -= 1

        for index, (name, path, interface, method, arguments) in enumerate(questions):
            self.connection.call(name, path, interface, method, arguments, None, Gio.DBusCallFlags.NONE, ANSWER_MS,
                                 None, answered, index)
        while left[0] > 0:
            GLib.MainContext.default().iteration(True)
        return answers

    def application(self, pid):
        """The root of the program with that process id, once it is there."""
        root = Node(self, A11Y + "Registry", "/org/a11y/atspi/accessible/root")
        children = (self.ask([root.question("Accessible", "GetChildren")])[0] or ([],))[0]
        pids = self.ask([("org.freedesktop.DBus", "/", "org.freedesktop.DBus", "GetConnectionUnixProcessID",
                          GLib.Variant("(s)", (name,))) for name, _ in children])
        for (name, path), answer in zip(children, pids):
            if answer == (pid,):
                return Node(self, name, path)
        return None


class Node:
    """An accessible object: what it was when it was looked at, and what can be done with it."""

    def __init__(self, bus, name, path):
        self.bus = bus
        self.owner = name
        self.path = path
        self.name = ""
        self.role = Atspi.Role.INVALID
        self.children = []

    def question(self, interface, method, arguments=None):
        return (self.owner, self.path, A11Y + interface, method, arguments)

    def property(self, interface, name):
        return (self.owner, self.path, "org.freedesktop.DBus.Properties", "Get",
                GLib.Variant("(ss)", (A11Y + interface, name)))

    def call(self, interface, method, arguments=None):
        answer = self.bus.ask([self.question(interface, method, arguments)])[0]
        return answer[0] if answer else None

    def look(self, named=None, depth=None, leaves=frozenset()):
        """Reads the tree below, level by level; the rows of a table are not entered, their names say it all.

        With `named`, only what has one of these roles gets its name; with `depth`, what is further down is left,
        and so is what is below `leaves`. Each question less is a message less, and messages are what this takes."""
        level = [self]
        while level:
            self._read_roles(level)
            entered = [node for node in level if node.role not in leaves]
            for node, answer in zip(entered, self.bus.ask([node.question("Accessible", "GetChildren")
                                                           for node in entered])):
                node.children = [Node(self.bus, *child) for child in (answer or ([],))[0] if child[1] != NULL_PATH]
            level = [child for node in entered if node.role != Atspi.Role.TABLE_ROW for child in node.children]
            if depth == 0:
                self._read_roles(level)
                break
            depth = depth and depth - 1
        nodes = [node for node in self.walk() if named is None or node.role in named]
        for node, name in zip(nodes, self.bus.ask([node.property("Accessible", "Name") for node in nodes])):
            node.name = (name or ("",))[0] or ""
        return self

    def _read_roles(self, nodes):
        roles = self.bus.roles
        new = [node for node in nodes if (node.owner, node.path) not in roles]
        for node, role in zip(new, self.bus.ask([node.question("Accessible", "GetRole") for node in new])):
            if role:
                roles[node.owner, node.path] = Atspi.Role(role[0])
        for node in nodes:
            node.role = roles.get((node.owner, node.path), Atspi.Role.INVALID)

    def walk(self):
        """This and everything below as it was when it was looked at, in reading order."""
        yield self
        if self.role != Atspi.Role.TABLE_ROW:
            for child in self.children:
                yield from child.walk()

    def has_states(self, *states):
        words = self.call("Accessible", "GetState")
        return bool(words) and all(words[int(state) // 32] >> int(state) % 32 & 1 for state in states)

    def press(self):
        """Clicks or toggles it, if that can be done with it."""
        count = (self.bus.ask([self.property("Action", "NActions")])[0] or (0,))[0]
        names = self.bus.ask([self.question("Action", "GetName", GLib.Variant("(i)", (index,)))
                              for index in range(count)])
        # Only these two: every label also lists class actions such as window.close.
        for index, name in enumerate(names):
            if name in (("click",), ("toggle",)):
                return bool(self.call("Action", "DoAction", GLib.Variant("(i)", (index,))))
        return False

    def set_text(self, text):
        return bool(self.call("EditableText", "SetTextContents", GLib.Variant("(s)", (text,))))

    def text(self):
        count = (self.bus.ask([self.property("Text", "CharacterCount")])[0] or (0,))[0]
        return self.call("Text", "GetText", GLib.Variant("(ii)", (0, count)))

    def value(self):
        """How full a bar is, from 0 to 1."""
        return (self.bus.ask([self.property("Value", "CurrentValue")])[0] or (None,))[0]

    def description(self):
        return (self.bus.ask([self.property("Accessible", "Description")])[0] or ("",))[0]

    def extents(self):
        """(x, y, width, height) in the window, in logical pixels."""
        return self.call("Component", "GetExtents", GLib.Variant("(u)", (int(Atspi.CoordType.WINDOW),))) or (0, 0, 0, 0)
