#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A request is filed for somebody who says who they are: by keys alone, once, whatever the network does."""
import re

from counter import Counter, Place
from counter_form import CHECKED, TEXT, open_form, said, submitted, tick_checked, what, who
from desk_driver import Atspi, wait_for
from tap import equal, run

counter = None
place = None

CERTIFICATE = "Household composition certificate"


def fresh(before):
    """The one request that is new; a second one is a fault."""
    new = submitted(counter.client) - before
    equal(len(new), 1, "new requests")
    return new.pop()


def begin(name):
    """A form that lacks nothing."""
    desk = place.desk
    desk.key("ctrl+n")
    open_form(desk, "household", CERTIFICATE)
    tick_checked(desk)
    who(desk, name)
    what(desk)


def wait_filed(reference, name):
    place.desk.wait_title(re.escape(reference))
    place.desk.find(name=f"Name: {name} Noel")
    place.desk.key("alt+Left")
    place.desk.wait_title("^To take")


def file_changed(copies, before, filed, name):
    """Filed again with another number of copies, it turns out to be what the server had already."""
    desk = place.desk
    desk.fill("Number of copies", str(copies))
    desk.key("ctrl+Return")
    desk.wait_text("^The request had been filed before your last changes. Its reference is ")
    reference = fresh(before)
    equal(counter.client.request(reference)["answers"]["copies"], filed, "copies")
    wait_filed(reference, name)


def test_procedures():
    """Only procedures of the clerk's departments are offered, and found by words of their name"""
    desk = place.desk
    desk.key("ctrl+n")
    desk.find(Atspi.Role.LIST_ITEM, CERTIFICATE)
    if desk.has(Atspi.Role.LIST_ITEM, re.compile("Birth record|[Pp]lanning")):
        raise AssertionError("another department's procedure is offered")
    desk.type("menage")
    desk.wait_gone(Atspi.Role.LIST_ITEM, re.compile("[Rr]esidence"))
    desk.find(Atspi.Role.LIST_ITEM, CERTIFICATE)
    equal(desk.unnamed(), [], "names")
    desk.key("alt+Left")
    desk.wait_title("^To take")


def test_filed():
    """A form is filled in by keys alone; what is wrong is said; then it is a request, and its reference is said"""
    desk = place.desk
    before = submitted(counter.client)
    desk.key("ctrl+n")
    open_form(desk, "household", CERTIFICATE)
    who(desk, "Peeters")
    what(desk)
    equal(desk.unnamed(), [], "names")
    desk.key("BackSpace", "ctrl+Return")
    desk.wait_text("^2 answers must be corrected: I have checked their identity card.*Number of copies$")
    desk.wait_text("^This procedure is only for a person whose identity is known")
    desk.wait_text("^This must be answered")
    desk.wait_focus(Atspi.Role.CHECK_BOX, CHECKED)
    equal(submitted(counter.client), before, "what was filed")
    desk.fill("Number of copies", "2")
    desk.wait_gone(name=re.compile("^This must be answered"))
    desk.key("space", "ctrl+Return")
    desk.wait_text("^The request is filed. Its reference is ")
    reference = fresh(before)
    citizen = counter.client.request(reference)["citizen"]
    equal({key: citizen.get(key) for key in ("familyName", "birthDate", "country", "language", "level")},
          {"familyName": "Peeters", "birthDate": "1985-07-30", "country": "BE", "language": "en", "level": "counter"})
    wait_filed(reference, "Peeters")


def test_twice():
    """Pressed twice, it is filed once"""
    before = submitted(counter.client)
    begin("Lambert")
    place.desk.key("ctrl+Return", "ctrl+Return")
    place.desk.wait_text("^The request is filed")
    wait_filed(fresh(before), "Lambert")


def test_offline():
    """Without a server the form stays as it is, and is filed when the server is back"""
    desk = place.desk
    before = submitted(counter.client)
    begin("Dubois")
    counter.server.stop()
    desk.key("ctrl+Return")
    desk.wait_text("^The server does not answer. What you typed stays here")
    equal(said(desk, "Family name"), "Dubois")
    counter.server.start()
    desk.key("ctrl+Return")
    desk.wait_text("^The request is filed")
    wait_filed(fresh(before), "Dubois")


def test_stopped():
    """What takes long says so and can be stopped; filed again, with changes, it is what the server had already"""
    desk = place.desk
    before = submitted(counter.client)
    begin("Martin")
    with counter.server.silent():
        desk.key("ctrl+Return")
        desk.wait_text("^The request is being filed…$")
        desk.click("Stop")
        desk.wait_text("^Stopped. Perhaps the server has it already")
    wait_for(lambda: submitted(counter.client) != before, "the request at the server")
    file_changed(3, before, 2, "Martin")


def test_unheard():
    """After several tries without an answer, nothing is said of it that is not known; then the one that was filed is found"""
    desk = place.desk
    before = submitted(counter.client)
    begin("Dupont")
    counter.server.stop()
    desk.key("ctrl+Return")
    desk.wait_text("^The server does not answer")
    desk.key("alt+Left")
    desk.wait_text("^It may have been filed: the server has not answered")
    desk.click("Go on filling in")
    desk.wait_gone(Atspi.Role.DIALOG)
    counter.server.start()
    desk.fill("Number of copies", "3")
    with counter.server.silent():
        desk.key("ctrl+Return")
        desk.wait_text("^The request is being filed…$")
        desk.key("ctrl+q")
        desk.wait_text("^It may have been filed: the server has not answered")
        desk.click("Go on filling in")
        desk.wait_gone(Atspi.Role.DIALOG)
        desk.click("Stop")
        desk.wait_text("^Stopped. Perhaps the server has it already")
    wait_for(lambda: submitted(counter.client) != before, "the request at the server")
    file_changed(4, before, 3, "Dupont")


def test_leaving():
    """Whoever leaves is asked before what they typed is lost; what was not typed is not asked about"""
    desk = place.desk
    desk.key("ctrl+n")
    open_form(desk, "household", CERTIFICATE)
    desk.key("alt+Left")
    desk.wait_focus(None, "Search for a procedure")
    open_form(desk, "household", CERTIFICATE)
    desk.type("Simon")
    desk.key("ctrl+f")
    desk.wait_title("^Discard what was typed")
    desk.key("Escape")
    desk.wait_gone(Atspi.Role.DIALOG)
    equal(said(desk, "Family name"), "Simon")
    desk.key("alt+F4")
    desk.click("Go on filling in")
    desk.wait_gone(Atspi.Role.DIALOG)
    desk.key("alt+Left")
    desk.click("Discard")
    desk.wait_focus(None, "Search for a procedure")
    desk.key("alt+Left")
    desk.wait_title("^To take")


def test_expired():
    """A session that expired takes nothing of what was typed from the same clerk, and gives it to nobody else"""
    desk = place.desk
    before = submitted(counter.client)
    begin("Zwijnenburg")
    desk.key("ctrl+f")
    desk.wait_title("^Discard what was typed")
    counter.expire(place)
    desk.wait_gone(Atspi.Role.DIALOG)
    desk.wait_text("^Your session has expired. The form that you were filling in waits here")
    if desk.has(TEXT, "Family name"):
        raise AssertionError("what was typed is shown to nobody")
    for path in place.home.rglob("*"):
        if path.is_file() and b"Zwijnenburg" in path.read_bytes():
            raise AssertionError(f"what was typed is in {path}")
    desk.key("ctrl+Return", "alt+Left")
    place.enter(place.login)
    desk.wait_title("^File a request")
    desk.wait_text("^You are signed in again. The form is as you left it.$")
    desk.wait_focus(None, "Family name")
    equal(said(desk, "Family name"), "Zwijnenburg")
    desk.key("ctrl+Return")
    desk.wait_text("^The request is filed")
    wait_filed(fresh(before), "Zwijnenburg")


def test_somebody_else():
    """Whoever else signs in finds no form, nor does the first clerk after them"""
    desk = place.desk
    begin("Zwijnenburg")
    counter.expire(place)
    place.enter("luc.lefebvre")
    desk.wait_title("^To take")
    desk.key("ctrl+n")
    desk.wait_focus(None, "Search for a procedure")
    counter.expire(place)
    desk.wait_text("^Your session has expired. Sign in again to go on.$")
    place.enter(place.login)
    desk.wait_title("^To take")
    desk.key("ctrl+n")
    desk.wait_focus(None, "Search for a procedure")
    desk.key("alt+Left")
    desk.wait_title("^To take")


def test_narrow():
    """All of it fits a narrow window"""
    desk = place.desk
    desk.key("ctrl+n")
    open_form(desk, "household", CERTIFICATE)
    desk.resize(600, 600)
    desk.key("alt+Left")
    desk.wait_focus(None, "Search for a procedure")
    desk.resize(1280)
    desk.key("alt+Left")


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
            run([test_procedures, test_filed, test_twice, test_offline, test_stopped, test_unheard, test_leaving, test_expired, test_somebody_else, test_narrow,
                 test_end])


if __name__ == "__main__":
    main()
