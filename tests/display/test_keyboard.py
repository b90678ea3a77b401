#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the first page to an e-mail that was sent, without a mouse and without the bus: keys alone."""
import re

from counter import PASSWORD, Counter, Place
from desk_driver import wait_for
from tap import run

counter = None
place = None
request = None


def wait_kind(kind):
    wait_for(lambda: kind in counter.kinds(request), f"{kind} in the journal")


def test_sign_in():
    """Address, name and password are typed, with Tab between them and Return behind"""
    desk = place.desk
    desk.wait_title("^Sign in")
    for text in (counter.server.address, place.login):
        desk.key("ctrl+a")
        desk.type(text)
        desk.key("Tab")
    desk.type(PASSWORD)
    desk.key("Return")
    desk.wait_title("^To take")
    desk.find_row("Vandenbroucke")


def test_open():
    """Searched as one types, and opened by Return"""
    desk = place.desk
    desk.key("ctrl+f")
    desk.type("vanden")
    desk.wait_text("^1 hit")
    desk.key("Return")
    desk.wait_title(re.escape(request))
    desk.find(name="Name: Vandenbroucke Éloïse")


def test_take_and_move():
    """Ctrl+T takes it, Ctrl+Return asks for the next step, a sentence is typed, Ctrl+Return sends it"""
    desk = place.desk
    desk.key("ctrl+t")
    desk.find(name="In charge: You")
    desk.key("ctrl+Return")
    desk.wait_text("^Bonjour ")
    desk.type("Nous vous appelons demain.")
    desk.wait_text("Bonjour (.|\n)*Nous vous appelons demain")
    desk.key("ctrl+Return")
    wait_kind("stageMoved")
    counter.server.wait_messages(2)
    desk.wait_text("^E-mail to the citizen: .*Nous vous appelons demain")


def test_panes():
    """F6 goes to the history and back, F9 puts it away, Alt+Left leads to the list"""
    desk = place.desk
    desk.key("F9")
    desk.wait_gone(name="History of the request")
    desk.key("F9")
    desk.find(name="History of the request")
    desk.key("F6")
    desk.key("alt+Left")
    desk.wait_title("^To take")


def test_end():
    """Ctrl+Q ends the program with nothing lost"""
    place.desk.key("ctrl+q")
    status = place.desk.process.wait(60)
    if status != 0:
        raise AssertionError(f"the window ended with status {status}")


def main():
    global counter, place, request
    with Counter("marie.dubois") as counter:
        request = counter.submit(2)[0]
        with Place(counter.server) as place:
            place.open()
            run([test_sign_in, test_open, test_take_and_move, test_panes, test_end])


if __name__ == "__main__":
    main()
