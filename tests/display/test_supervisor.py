#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A supervisor spreads the work."""
import re

from counter import Counter, Place
from desk_driver import BUTTONS, Atspi, wait_for
from tap import equal, run

counter = None
place = None
request = None


def test_escape():
    """The sheet of colleagues has the keyboard where one types, and goes away by Escape"""
    desk = place.request(request)
    desk.click("Give to…")
    desk.wait_focus(Atspi.Role.ENTRY, "Search for a colleague")
    desk.find(name="Luc Lefebvre")
    desk.key("Escape")
    desk.wait_gone(name="Search for a colleague")


def chosen():
    """The colleagues that are selected."""
    return [row.name for row in place.desk.find(name="Colleagues").children
            if row.has_states(Atspi.StateType.SELECTED)]


def test_expired():
    """To whom and why is there again as soon as the clerk signs in again, also over the list"""
    desk = place.desk
    place.back()
    desk.find_row(re.escape(request))
    desk.key("Escape", "a")
    desk.wait_focus(Atspi.Role.ENTRY, "Search for a colleague")
    desk.fill("Search for a colleague", "luc")
    desk.fill("Why", "a moitie")
    counter.expire(place)
    desk.wait_text("^Your session has expired. What you were typing waits here until you sign in again.$")
    place.enter(place.login)
    desk.wait_focus(Atspi.Role.ENTRY, "Search for a colleague")
    wait_for(lambda: [name for name in chosen() if "Luc Lefebvre" in name], "the colleague to be chosen")
    equal(desk.find({Atspi.Role.TEXT, Atspi.Role.ENTRY}, "Why").text(), "a moitie", "the reason")
    desk.key("Escape")
    desk.wait_gone(name="Search for a colleague")
    desk.wait_title(re.escape(request))


def test_assign():
    """Given to a colleague, with a word to them: it is theirs"""
    desk = place.desk
    window = desk.active_window()
    desk.click("Give to…")
    desk.find(name="Luc Lefebvre")
    desk.fill("Search for a colleague", "luc")
    desk.fill("Why", "je suis absente demain")
    desk.click("Give")
    wait_for(lambda: desk.active_window() == window, "the keyboard to be in the window again")
    desk.find(name="In charge: Luc Lefebvre")
    desk.wait_text("je suis absente demain")
    wait_for(lambda: "assigned" in counter.kinds(request), "assigned in the journal")
    equal(counter.client.request(request)["assignee"], "luc.lefebvre", "who has it")


def test_not_to_who_has_it():
    """Whoever has it is not offered as the colleague to give it to"""
    desk = place.desk
    desk.click("Give to…")
    desk.find(name="Anne Mercier")
    names = [row.name for row in desk.find(name="Colleagues").children]
    equal(any("Luc" in name for name in names), False, f"offered among {names}")
    desk.key("Escape")
    desk.wait_gone(name="Search for a colleague")
    desk.find(BUTTONS, "Give to…")


def test_end():
    """The window closes with nothing lost"""
    place.close()


def main():
    global counter, place, request
    with Counter("anne.mercier", "luc.lefebvre") as counter:
        request = counter.submit(client=counter.colleague)[0]
        with Place(counter.server, "anne.mercier") as place:
            place.open()
            place.sign_in()
            run([test_escape, test_expired, test_assign, test_not_to_who_has_it, test_end])


if __name__ == "__main__":
    main()
