#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the window says of itself opens without a complaint of the toolkit."""
import os
import re
import tempfile

from counter import Place
from desk_driver import Atspi
from tap import equal, run

place = None
said = None


def test_shortcuts():
    """The list of shortcuts"""
    desk = place.desk
    desk.key("F1")
    desk.find(name="Next part of the window")
    desk.key("Escape")
    desk.wait_gone(name="Next part of the window")


def test_about():
    """Which program it is"""
    desk = place.desk
    desk.click(re.compile("Menu$"))
    desk.click("About Guichetier")
    desk.find(Atspi.Role.LABEL, "The authors of Guichetier")
    desk.key("Escape")
    desk.wait_gone(Atspi.Role.LABEL, "The authors of Guichetier")


def test_end():
    """The window closes with nothing lost, and nobody has complained"""
    place.close()
    said.seek(0)
    equal([line for line in said if re.search(" (warning|critical) (G[a-z]k|GLib|Adwaita)", line)], [], "complaints")


def main():
    global place, said
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said, Place(None) as place:
        os.dup2(said.fileno(), 2)  # of the window, too
        place.open().wait_title("^Sign in")
        run([test_shortcuts, test_about, test_end])


if __name__ == "__main__":
    main()
