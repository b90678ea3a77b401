#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A request is filed at the counter: for somebody who says who they are, with keys alone."""
import re

from counter import Counter, Place
from desk_driver import Atspi, wait_for
from tap import equal, run

counter = None
place = None

CHECKED = "I have checked their identity card: it is in order, and it is theirs"

def submitted():
    """Every request there is, as the server has it."""
    found = counter.client.post("/v1/requests/search", {}).must(200).json["items"]
    return [line["reference"] for line in found]


def choose(label, item, last):
    """Takes the first item of the choice that has the keyboard; `last` is there only while it is open."""
    desk = place.desk
    desk.wait_focus(Atspi.Role.PUSH_BUTTON, f"{label}: Choose…")
    desk.key("space")
    desk.wait_text(f"^{re.escape(last)}$")
    desk.key("Down", "Return")
    desk.find(Atspi.Role.PUSH_BUTTON, f"{label}: {item}")


def open_form(words, title):
    """Ctrl+N, some letters of the procedure's name, Return."""
    desk = place.desk
    desk.key("ctrl+n")
    desk.wait_title("^File a request")
    desk.wait_focus(None, "Search for a procedure")
    desk.type(words)
    desk.find(Atspi.Role.LIST_ITEM, title)
    desk.key("Return")
    desk.find(Atspi.Role.HEADING, title)


def test_procedures():
    """Only procedures of the clerk's departments are offered, and found by words of their name"""
    desk = place.desk
    desk.key("ctrl+n")
    desk.find(Atspi.Role.LIST_ITEM, "Household composition certificate")
    if desk.has(Atspi.Role.LIST_ITEM, re.compile("Birth record|Planning permi")):
        raise AssertionError("another department's procedure is offered")
    desk.type("menage")
    desk.wait_gone(Atspi.Role.LIST_ITEM, re.compile("[Rr]esidence"))
    desk.find(Atspi.Role.LIST_ITEM, "Household composition certificate")
    equal(desk.unnamed(), [], "names")
    desk.key("alt+Left")
    desk.wait_title("^To take")


def fill_in(name):
    """Who asks, and for what; the keyboard is where a form begins."""
    desk = place.desk
    desk.wait_focus(None, "Family name")
    for text in (name, "Noel", "", "30/07/1985", "rue de Nimy", "12", "", "7000", "Mons"):
        if text:
            desk.type(text)
        desk.key("Tab")
    desk.key("Tab", "Tab", "Tab")
    choose("For whom do you ask for this document?", "For myself", "For somebody else")
    desk.key("Tab")
    choose("Purpose", "Personal use", "Other purpose")
    desk.key("Tab")
    choose("How do you want to receive the document?", "In my E-guichet account", "By post")
    desk.key("Tab")
    desk.type("2")


def test_filed():
    """A form is filled in by keys alone; what is wrong is said; then it is a request, and its reference is said"""
    desk = place.desk
    before = set(submitted())
    open_form("household", "Household composition certificate")
    fill_in("Peeters")
    equal(desk.unnamed(), [], "names")
    desk.key("ctrl+Return")
    desk.wait_text("^1 answer must be corrected: I have checked their identity card")
    desk.wait_text("^This procedure is only for a person whose identity is known")
    desk.wait_focus(Atspi.Role.CHECK_BOX, CHECKED)
    equal(set(submitted()), before, "what was filed")
    desk.key("space", "ctrl+Return")
    desk.wait_text("^The request is filed. Its reference is ")
    reference = (set(submitted()) - before).pop()
    desk.wait_title(re.escape(reference))
    desk.find(name="Name: Peeters Noel")
    desk.find(name="Identified how: Identity card verified at the counter")
    citizen = counter.client.request(reference)["citizen"]
    equal({key: citizen.get(key) for key in ("familyName", "birthDate", "country", "language", "level")},
          {"familyName": "Peeters", "birthDate": "1985-07-30", "country": "BE", "language": "en", "level": "counter"})
    desk.key("alt+Left")
    desk.find_row("Peeters Noel")


def test_end():
    """The window closes with nothing lost"""
    place.close()


def main():
    global counter, place
    with Counter() as counter:
        counter.submit(2)
        with Place(counter.server) as place:
            place.open()
            place.sign_in()
            run([test_procedures, test_filed, test_end])


if __name__ == "__main__":
    main()
