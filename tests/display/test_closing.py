#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whoever closes the window at once loses nothing that they typed, and leaves nothing that they signed out of.

On a disk that takes its time: what is on its way when the window goes has not arrived.
"""
import re
import threading

from counter import Counter, Place
from desk_driver import MENU_ITEMS, Atspi, wait_for
from disk import disk
from go_between import GoBetween
from tap import equal, run

SLOW = disk(delay_sync_us="3000000")

counter = None
place = None
between = None
references = []


def sign_out():
    desk = place.desk
    desk.click("Menu")
    desk.click("Sign out")
    desk.wait_title("^Sign in")


def wait_signed_out():
    """After a sign-out and the end of the program."""
    equal([path.name for path in place.home.rglob("mirrors/*")], [], "local copies that are left")
    place.open()
    place.desk.wait_title("^Sign in")


def test_typed():
    """A note that was typed just before goes to the server after the next start, once"""
    reference = references[0]
    place.close()
    desk = place.open(**SLOW)
    desk.wait_title("^To take")
    place.request(reference)
    desk.fill("Note", "vite, il ferme")
    desk.click("Add note")
    desk.wait_text("vite, il ferme")
    place.close()
    place.open().wait_title("^To take")
    wait_for(lambda: "noteWritten" in counter.kinds(reference), "the note at the server")
    equal([event["text"] for event in counter.client.events(reference) if event["kind"] == "noteWritten"],
          ["vite, il ferme"], "notes")


def test_signed_out():
    """Who signed out just before is asked for the password at the next start, and has no local copy"""
    place.close()
    place.open(**SLOW).wait_title("^To take")
    sign_out()
    place.close()
    wait_signed_out()


def test_signed_out_unheard():
    """A server that does not answer keeps the program for no longer than a person would wait"""
    place.sign_in()
    with counter.server.silent():
        sign_out()
        place.close()
    wait_signed_out()


def press_again():
    """Presses "Sign out" once more, if it can be; whether it could."""
    desk = place.desk
    desk.click("Menu")
    item = desk.find(MENU_ITEMS, "Sign out")
    could = item.has_states(Atspi.StateType.SENSITIVE) and item.press()
    if not could:
        desk.key("Escape")
    desk.wait_gone(MENU_ITEMS, "Sign out")
    return could


def test_signed_out_twice():
    """While what was read is being recorded the desk says so, and is not asked to sign out a second time"""
    desk = place.desk
    between.held["/accesses"] = threading.Event()
    place.enter(place.login)
    desk.wait_title("^To take")
    for _ in range(2):
        place.request(references[1])
        place.back()
    desk.click("Menu")
    desk.click("Sign out")
    desk.wait_text("^You are being signed out: what you have read is being recorded…")
    equal(press_again(), False, "a second time")
    desk.wait_text("^Sign out before everything is sent")
    desk.wait_text("^[12] consultations? (is|are) not recorded by the server yet")
    desk.wait_gone(name=re.compile("^You are being signed out"))
    equal(len(desk.all(Atspi.Role.DIALOG)), 1, "questions")
    desk.click("Stay signed in")
    desk.wait_gone(Atspi.Role.DIALOG)
    between.held.pop("/accesses").set()
    sign_out()


def test_end():
    """The window closes with nothing lost"""
    place.close()


def main():
    global counter, place, between, references
    with Counter("marie.dubois") as counter:
        references = counter.submit(2)
        between = GoBetween(counter.server)
        with Place(between) as place:
            place.open()
            place.sign_in()
            run([test_typed, test_signed_out, test_signed_out_unheard, test_signed_out_twice, test_end])


if __name__ == "__main__":
    main()
