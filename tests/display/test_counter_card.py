#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A request is filed for the person whose card is in the reader."""
import re

import process_memory
from card_table import CardTable, HeldAtPhoto
from counter import Counter, Place
from counter_form import CHECKED, TEXT, open_form, said, submitted, tick_checked, what
from desk_driver import Atspi, wait_for
from tap import equal, run

counter = None
place = None
table = None

CERTIFICATE = "Household composition certificate"
# A person who asks nothing here; their number must be found nowhere once the card is gone.
STRANGER = {0x06: "16050100178", 0x07: "Çelik", 0x08: "Noël", 0x0C: "01 MEI 2016", 0x0D: "M"}


def take_card():
    """The card is offered, read, and its holder's form is open."""
    desk = place.desk
    desk.click("File a request for them")
    desk.wait_title("^File a request")
    desk.wait_text("^The card is read. Choose what the person asks for.$")
    desk.wait_focus(None, "Search for a procedure")
    desk.type("household")
    desk.key("Return")
    desk.wait_text("^Filled in from the card.")
    desk.wait_focus(None, "Family name")


def is_editable(name):
    return place.desk.find(TEXT, name).has_states(Atspi.StateType.EDITABLE)


def can_file():
    return place.desk.find(Atspi.Role.PUSH_BUTTON, "File").has_states(Atspi.StateType.SENSITIVE)


def back_to_queue():
    place.desk.key("alt+Left")
    place.desk.wait_focus(None, "Search for a procedure")
    place.desk.key("alt+Left")
    place.desk.wait_title("^To take")


def pull():
    """The card goes, and the desk has noticed."""
    table.clear()
    place.desk.wait_gone(name=re.compile("^There is an identity card"))


def wait_sign(brief):
    """What the button in the header bar is called."""
    place.desk.find({Atspi.Role.PUSH_BUTTON, Atspi.Role.TOGGLE_BUTTON}, brief)


def test_reader():
    """How the card reader stands is seen here too, before a procedure is chosen and after"""
    desk = place.desk
    desk.key("ctrl+n")
    desk.wait_title("^File a request")
    wait_sign("Card reader ready, no card")
    open_form(desk, "household", CERTIFICATE)
    table.insert("ec")
    wait_sign("Identity card in the reader")
    equal(desk.unnamed(), [], "names")
    table.clear()
    wait_sign("Card reader ready, no card")
    back_to_queue()


def test_filled():
    """What the card says of its holder is filled in; nothing was read before somebody asked"""
    desk = place.desk
    table.insert("ec")
    desk.wait_text("^There is an identity card in the reader.$")
    take_card()
    found = {name: said(desk, name) for name in ("Family name", "Given names", "National register number or BIS number",
                                                 "Date of birth", "Street", "Number", "Box", "Postcode", "Town")}
    equal(found, {"Family name": "Vandenbroucke", "Given names": "Éléonore Marie J",
                  "National register number or BIS number": "85.07.30-033.28", "Date of birth": "30/07/1985",
                  "Street": "Rue de Nimy", "Number": "12", "Box": "", "Postcode": "7000", "Town": "Mons"})
    desk.find(Atspi.Role.PUSH_BUTTON, "Country: Belgium")
    equal(desk.unnamed(), [], "names")


def test_locked():
    """Once the clerk has checked the card, what stands on it stays so; what was made out of a line does not"""
    equal(is_editable("Family name"), True, "before the check")
    tick_checked(place.desk)
    wait_for(lambda: not is_editable("Family name"), "the name to be locked")
    equal([name for name in ("National register number or BIS number", "Date of birth", "Postcode", "Town")
           if is_editable(name)], [], "editable")
    equal(place.desk.find(TEXT, "Family name").description(), "As it stands on the card: it cannot be changed.")
    equal([name for name in ("Street", "Number", "E-mail address") if not is_editable(name)], [], "locked")


def test_card_out():
    """A card that is out is asked about before what was typed is lost; the form can go on"""
    desk = place.desk
    table.clear()
    desk.wait_title("^The card is out. Go on with this form")
    desk.key("Escape")
    desk.wait_gone(Atspi.Role.DIALOG)
    equal(said(desk, "Family name"), "Vandenbroucke")


def test_filed():
    """It is filed in the name of the card's holder, who the clerk says was checked"""
    desk = place.desk
    before = submitted(counter.client)
    desk.wait_focus(None, "Family name")
    desk.key(*["Tab"] * 12)
    what(desk)
    desk.key("ctrl+Return")
    desk.wait_text("^The request is filed. Its reference is ")
    reference = (submitted(counter.client) - before).pop()
    desk.wait_title(re.escape(reference))
    citizen = counter.client.request(reference)["citizen"]
    equal({key: citizen.get(key) for key in ("familyName", "niss", "street", "number", "level")},
          {"familyName": "Vandenbroucke", "niss": "85073003328", "street": "Rue de Nimy", "number": "12",
           "level": "counter"})
    desk.key("alt+Left")
    desk.wait_title("^To take")


def test_untouched():
    """Where nothing was typed, a card that is out takes with it what was read"""
    desk = place.desk
    table.insert("ec")
    take_card()
    table.clear()
    desk.wait_text("^The card is out: what was read of it is forgotten.$")
    equal(said(desk, "Family name"), "")
    back_to_queue()


def test_being_read():
    """A form that a card is about to fill in is not filed before the card has"""
    desk = place.desk
    held = HeldAtPhoto()
    table.insert("ec", held)
    desk.click("File a request for them")
    held.reached.wait(60)
    open_form(desk, "household", CERTIFICATE)
    desk.wait_text("^Reading the card…$")
    equal(can_file(), False, "while it is read")
    held.go_on()
    desk.wait_text("^Filled in from the card.")
    wait_for(can_file, "the form to be ready")
    back_to_queue()
    pull()


def test_out_while_filing():
    """A card that goes while its form is being filed, in vain, is asked about after"""
    desk = place.desk
    before = submitted(counter.client)
    table.insert("ec")
    take_card()
    tick_checked(desk)
    desk.key(*["Tab"] * 12)
    what(desk)
    with counter.server.silent():
        desk.key("ctrl+Return")
        desk.wait_text("^The request is being filed…$")
        table.clear()
        desk.click("Stop")
        desk.wait_title("^The card is out. Go on with this form")
        desk.wait_text("^It may have been filed")
        desk.key("Escape")
        desk.wait_gone(Atspi.Role.DIALOG)
    desk.key("ctrl+Return")
    wait_for(lambda: submitted(counter.client) != before, "the request at the server")
    reference, = submitted(counter.client) - before
    desk.wait_title(re.escape(reference))
    desk.key("alt+Left")
    desk.wait_title("^To take")


def test_not_accepted():
    """A card that is not to be accepted fills in, but cannot be called checked"""
    desk = place.desk
    card = table.office.profiles()["ec"]()
    card.files["address"] = card.files["address"].replace(b"Nimy 12", b"Nimy 21")
    table.insert(card)
    take_card()
    desk.wait_text("^The card in the reader is not to be accepted.$")
    equal(desk.find(Atspi.Role.CHECK_BOX, CHECKED).has_states(Atspi.StateType.SENSITIVE), False, "the box")
    back_to_queue()
    pull()


def test_memory():
    """What was read is in the memory while the form is open, and nowhere once it is discarded"""
    desk = place.desk
    pid = desk.process.pid
    numbers = (b"16050100178", b"16.05.01-001.78")
    table.insert(table.office.new18(identity=STRANGER, holder="16050100178"))
    take_card()
    equal(said(desk, "National register number or BIS number"), "16.05.01-001.78")
    equal([process_memory.holds(pid, number) for number in numbers], [True, True], "while the form is open")
    back_to_queue()
    wait_for(lambda: not any(process_memory.holds(pid, number) for number in numbers), "the number to be gone from memory")
    for path in place.home.rglob("*"):
        if path.is_file() and any(number in path.read_bytes() for number in numbers):
            raise AssertionError(f"the number is in {path}")
    pull()


def test_end():
    """The window closes with nothing lost"""
    place.close()


def main():
    global counter, place, table
    with CardTable() as table, Counter(extra=table.configuration) as counter:
        counter.submit(2)
        table.plug()
        with Place(counter.server) as place:
            place.open("--eid-config", str(table.config))
            place.sign_in()
            run([test_reader, test_filled, test_locked, test_card_out, test_filed, test_untouched, test_being_read,
                 test_out_while_filing, test_not_accepted, test_memory, test_end])


if __name__ == "__main__":
    main()
