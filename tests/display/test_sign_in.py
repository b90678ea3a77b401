#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing in, and what is kept of it where there is a keyring and where there is none."""
import re
import sys

from counter import PASSWORD, Counter, Place
from desk_driver import BUTTONS, Atspi
from tap import equal, run

counter = None
place = None


def test_first_page():
    """The first page alone is there, and each of its controls has a name in words"""
    desk = place.desk
    desk.wait_title("^Sign in")
    equal([node.name for node in desk.all(BUTTONS | {Atspi.Role.TEXT}) if re.match("Gtk|Adw", node.name)], [], "names")
    for name in ("Search in the requests", "Add note", "Sort and columns"):
        if desk.has(name=name):
            raise AssertionError(f"{name!r} is on a page that is not in front")


def test_unreachable():
    """An address where nobody answers is told as such"""
    desk = place.desk
    desk.fill("Address of the server", "http://127.0.0.1:1")
    desk.fill("User name", place.login)
    desk.fill("Password", PASSWORD)
    desk.click("Sign in")
    desk.wait_text("^The server (does not answer|cannot be reached)")


def test_wrong_password():
    """A wrong password is told, and can be typed again"""
    desk = place.desk
    desk.fill("Address of the server", counter.server.address)
    desk.fill("Password", "not the password")
    desk.click("Sign in")
    desk.wait_text("(user name|password).*(wrong|not right|known)")


def test_keyboard():
    """Return in the password signs in"""
    desk = place.desk
    desk.key("ctrl+a")
    desk.type(PASSWORD)
    desk.key("Return")
    desk.wait_title("^To take")
    desk.find_row("Vandenbroucke")


def test_kept():
    """With a keyring the session goes on after a restart"""
    if place.desk.has(name=re.compile("no keyring")):
        raise AssertionError("the keyring of this bus was not found")
    place.close()
    desk = place.open()
    desk.wait_title("^To take")
    desk.find_row("Vandenbroucke")


def test_not_kept():
    """Without a keyring the window says so, once to each who signs in, and asks again after a restart"""
    desk = place.desk
    for again in (True, False):
        desk.wait_text("^This computer has no keyring")
        desk.click("Understood")
        desk.wait_gone(name=re.compile("^This computer has no keyring"))
        if again:
            desk.click("Menu")
            desk.click("Sign out")
            place.sign_in()
    place.close()
    desk = place.open()
    desk.wait_title("^Sign in")
    equal([node.text() for node in desk.all(Atspi.Role.TEXT, re.compile("^(Address|User)"))],
          [counter.server.address, place.login], "what is remembered")


def test_shortcuts():
    """F1 shows the keys"""
    desk = place.desk
    desk.key("F1")
    desk.wait_text("^Next part of the window$|^Search$")
    desk.key("Escape")


def test_end():
    """The window closes with nothing lost"""
    place.close()


def main():
    global counter, place
    kept = test_not_kept if sys.argv[1:] == ["--no-keyring"] else test_kept
    with Counter("marie.dubois") as counter:
        counter.submit(1)
        with Place(counter.server) as place:
            place.open()
            run([test_first_page, test_unreachable, test_wrong_password, test_keyboard, kept, test_shortcuts, test_end])


if __name__ == "__main__":
    main()
