#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A session that ends with something half typed: out of sight at once, and for nobody but its clerk afterwards."""
import re

from counter import Counter, Place
from desk_driver import Atspi
from tap import equal, run

counter = None
place = None
references = []

DATA = re.compile("Vandenbroucke|vandenbroucke|Müller|@example.org")
SENTENCE = "Nous vous appelons demain."


def write_note(reference):
    desk = place.request(reference)
    desk.key("ctrl+i")
    desk.wait_focus(Atspi.Role.TEXT, "Note")
    desk.type("a moitie")


def note():
    return place.desk.find(Atspi.Role.TEXT, "Note").text()


def step(reference):
    """What the first move of the request's stage is called."""
    code = counter.client.request(reference)["stage"]
    stage = next(stage for stage in counter.client.catalogue().stages("POP-CM") if stage["code"] == code)
    return stage["moves"][0]["labels"]["en"]


def write_sentence(reference):
    """Opens the sheet of the first move, and types into it."""
    desk = place.request(reference)
    desk.click(step(reference))
    desk.wait_text("^Dear |^Bonjour ")
    desk.fill(re.compile("A sentence to add"), SENTENCE)
    desk.wait_text(f"^(Dear|Bonjour).*{SENTENCE}|{SENTENCE}")


def nothing_shown():
    """Neither whose request it was, nor what was typed about it."""
    desk = place.desk
    desk.wait_gone(Atspi.Role.DIALOG)
    equal([text for text in desk.texts() if DATA.search(text) or SENTENCE in text], [], "what is shown to nobody")
    if desk.has(Atspi.Role.TEXT, "Note") or desk.has(name=re.compile("A sentence to add")):
        raise AssertionError("what was typed is there for nobody")


def test_note():
    """A note that is half typed waits for its clerk, and so does its request"""
    desk = place.desk
    write_note(references[0])
    counter.expire(place)
    desk.wait_text("^Your session has expired. What you were typing waits here until you sign in again.$")
    nothing_shown()
    place.enter(place.login)
    desk.wait_title(re.escape(references[0]))
    desk.find(name="Copy: Name")
    equal(note(), "a moitie", "the note")
    desk.find(Atspi.Role.TEXT, "Note").set_text("")


def test_sheet():
    """A letter goes from the screen with the session; its clerk comes back to its request"""
    desk = place.desk
    write_sentence(references[1])
    counter.expire(place)
    nothing_shown()
    place.enter(place.login)
    desk.wait_title(re.escape(references[1]))
    equal(desk.has(Atspi.Role.DIALOG), False, "a sheet")


def test_nothing_typed():
    """Who only read comes back to what they read"""
    desk = place.desk
    counter.expire(place)
    desk.wait_text("^Your session has expired. Sign in again to go on.$")
    place.enter(place.login)
    desk.wait_title(re.escape(references[1]))
    place.back()


def test_question():
    """A question that is open when the session expires is not asked any more"""
    desk = place.desk
    desk.key("ctrl+shift+r")
    desk.wait_text("^Nothing was given back")
    counter.expire(place)
    nothing_shown()
    place.enter(place.login)
    desk.wait_title("^To take")


def test_somebody_else():
    """Whoever else signs in finds nothing of it, nor does the first clerk after them"""
    desk = place.desk
    write_note(references[0])
    write_sentence(references[2])
    counter.expire(place)
    place.enter("luc.lefebvre")
    desk.wait_title("^To take")
    nothing_there()
    counter.expire(place)
    place.enter(place.login)
    desk.wait_title("^To take")
    nothing_there()


def nothing_there():
    equal(place.desk.has(Atspi.Role.DIALOG), False, "a sheet")
    place.request(references[0])
    equal(note(), "", "the note")
    place.back()


def test_revoked():
    """A session that was ended by an administrator leaves nothing of it behind"""
    desk = place.desk
    write_sentence(references[2])
    counter.server.control("staff", "change", place.login, "--bar")
    desk.wait_title("^Sign in")
    nothing_shown()
    counter.server.control("staff", "change", place.login, "--unbar")
    place.enter(place.login)
    desk.wait_title("^To take")
    nothing_there()


def test_end():
    """The window closes with nothing lost"""
    place.close()


def main():
    global counter, place, references
    with Counter() as counter:
        references = counter.submit(3)
        with Place(counter.server) as place:
            place.open()
            place.sign_in()
            run([test_note, test_sheet, test_nothing_typed, test_question, test_somebody_else, test_revoked, test_end])


if __name__ == "__main__":
    main()
