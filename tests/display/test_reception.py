#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whoever receives people files for them, and does not read what the department does with it."""
import re

from counter import Counter, Place
from counter_form import open_form, submitted, tick_checked, what, who
from desk_driver import Atspi
from tap import equal, run

counter = None
place = None


def test_filed():
    """A request is filed in the name of who asks; the reference is said, and the list is in front again"""
    desk = place.desk
    before = submitted(counter.colleague)
    desk.key("ctrl+n")
    open_form(desk, "household", "Household composition certificate")
    tick_checked(desk)
    who(desk, "Zwijnenburg")
    what(desk)
    desk.key("ctrl+Return")
    said = desk.wait_text("^The request is filed. Its reference is ").name
    desk.wait_title("^To take")
    new = submitted(counter.colleague) - before
    equal(len(new), 1, "new requests")
    reference = new.pop()
    equal(reference in said, True, "whether that is the reference")
    submission = counter.colleague.events(reference)[0]
    equal((submission["kind"], submission["actor"]), ("submitted", "guichet.un"), "who filed it")


def test_not_read():
    """It stands in the list; what is in it stays with the department"""
    desk = place.desk
    desk.find_row("Zwijnenburg")
    desk.key("Home", "Return")
    desk.wait_text("^(Your role does not allow this|There is no such request)")
    for name in ("Copy: Name", re.compile("rue de Nimy"), "Move on"):
        if desk.has(name=name):
            raise AssertionError(f"{name!r} is shown")
    desk.key("alt+Left")
    desk.wait_title("^To take")


def test_not_another():
    """Another department's procedures are not offered"""
    desk = place.desk
    desk.key("ctrl+n")
    desk.find(Atspi.Role.LIST_ITEM, "Household composition certificate")
    if desk.has(Atspi.Role.LIST_ITEM, re.compile("Birth record|[Pp]lanning")):
        raise AssertionError("another department's procedure is offered")
    desk.key("alt+Left")
    desk.wait_title("^To take")


def test_end():
    """The window closes with nothing lost"""
    place.close()


def main():
    global counter, place
    with Counter("guichet.un", "marie.dubois") as counter:
        counter.submit(1, client=counter.colleague)
        with Place(counter.server, "guichet.un") as place:
            place.open()
            place.sign_in()
            run([test_filed, test_not_read, test_not_another, test_end])


if __name__ == "__main__":
    main()
