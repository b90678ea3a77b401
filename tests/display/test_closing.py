#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whoever closes the window at once loses nothing that they typed, and leaves nothing that they signed out of.

On a disk that takes its time: what is on its way when the window goes has not arrived.
"""
from counter import Counter, Place
from desk_driver import wait_for
from disk import disk
from tap import equal, run

SLOW = disk(delay_sync_us="3000000")

counter = None
place = None
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


def test_end():
    """The window closes with nothing lost"""
    place.close()


def main():
    global counter, place, references
    with Counter("marie.dubois") as counter:
        references = counter.submit(2)
        with Place(counter.server) as place:
            place.open()
            place.sign_in()
            run([test_typed, test_signed_out, test_signed_out_unheard, test_end])


if __name__ == "__main__":
    main()
