#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Identity cards at the counter: what the window says of them, beside the request."""
import base64
import re
import threading

import eid_cards
import eid_chip_keys
import process_memory
from card_table import CardTable, HeldAtPhoto
from counter import Counter, Place
from counter_form import open_form
from desk_driver import BUTTONS, Atspi, wait_for
from tap import equal, run

counter = None
place = None
table = None
request = None
other = None
# A piece of a row of the photo, decoded.
GREYS = "7f7f7c797a808486807d7b7a7d838a8f908d8c91999c9791"
# A person who asks nothing here; nothing of their card must be found anywhere once it is gone.
STRANGER = {0x06: "16050100178", 0x07: "Çelik", 0x08: "Noël", 0x0C: "01 MEI 2016", 0x0D: "M"}


def whole(pattern, patience=None):
    """The verdict as a screen reader says it, with the keyboard on it."""
    return place.desk.find(Atspi.Role.PANEL, re.compile(pattern), patience)


def wait_sign(brief):
    """What the button in the header bar is called."""
    place.desk.find({Atspi.Role.PUSH_BUTTON, Atspi.Role.TOGGLE_BUTTON}, brief)


def searched():
    return place.desk.find({Atspi.Role.ENTRY, Atspi.Role.TEXT}, "Search in the requests").text()


def left_of(text):
    """Where the first label with this text begins."""
    return place.desk.find(Atspi.Role.LABEL, text).extents()[0]


def wait_suggested(expected):
    """Recording is what one is expected to do with a card that nothing speaks against, and with no other one."""
    button = place.desk.find(Atspi.Role.PUSH_BUTTON, "Record the verification")
    wait_for(lambda: place.desk.is_suggested(button) == expected,
             f"a button that is {'' if expected else 'not '}suggested")


def close_panel():
    place.desk.click("Close and forget the card")
    place.desk.wait_gone(name="Close and forget the card")


def test_no_service():
    """Without pcscd the window says so, and what to do"""
    desk = place.request(request)
    wait_sign("Card readers cannot be used on this computer")
    desk.key("ctrl+k")
    desk.wait_text("^The service for card readers does not run$")
    desk.wait_text("ask whoever looks after it")
    equal(desk.unnamed(), [], "names")


def test_reader_appears():
    """A reader that comes is noticed, and that it is empty"""
    table.plug()
    wait_sign("Card reader ready, no card")
    place.desk.wait_text("^Put the identity card in")


def test_insert():
    """A card is read as it goes in; its verdict is told, and what differs is named"""
    desk = place.desk
    table.insert("ec")
    whole("^Take note: The right person, but not everything is the same")
    desk.find(Atspi.Role.LIST_ITEM, re.compile("^National number: the same. Card: 85.07.30-033.28"))
    desk.find(Atspi.Role.LIST_ITEM, re.compile(r"^Given names: different. Card: Éléonore Marie J. Request: Éloïse"))
    desk.find(Atspi.Role.LIST_ITEM, re.compile("^Street and number: the same, but for capitals"))
    desk.find(Atspi.Role.LIST_ITEM, re.compile("^In order: The card is genuine"))
    desk.find(Atspi.Role.LIST_ITEM, re.compile("^Take note: Nothing proves that this is not a copy"))
    # Said of the card, not of each of its certificates.
    unknown = re.compile("^Take note: Not known whether the card was revoked[.] The State")
    desk.find(Atspi.Role.LIST_ITEM, unknown)
    equal(len(desk.all(Atspi.Role.LIST_ITEM, re.compile("revoked"))), 1, "lines about revocation")
    wait_suggested(True)
    desk.find(name="Photo of the holder of the card")
    desk.find(name="Vandenbroucke, Éléonore Marie J")
    # What is the same stands in lines less high than what differs.
    equal([left_of(value) for value in ("Card", "85.07.30-033.28", "Éléonore Marie J", "30 July 1985")],
          [left_of("Card")] * 4, "where the card's side begins")
    equal(desk.unnamed(), [], "names")


def test_verdict_has_keyboard():
    """The verdict takes the keyboard, so that it is read aloud"""
    wait_for(lambda: whole("^Take note").has_states(Atspi.StateType.FOCUSED), "the keyboard on the verdict")


def test_out():
    """A card that is out leaves nothing in the window"""
    table.clear()
    place.desk.wait_gone(name=re.compile("Éléonore"))
    place.desk.wait_text("^Put the identity card in")


def test_forged_address():
    """A changed address is named; the rest is still shown"""
    card = table.office.profiles()["ec"]()
    card.files["address"] = card.files["address"].replace(b"Nimy 12", b"Nimy 21")
    table.insert(card)
    whole("^Warning: Do not accept this card")
    place.desk.find(Atspi.Role.LIST_ITEM, re.compile("^Warning: The address was tampered with"))
    place.desk.find(name="Vandenbroucke, Éléonore Marie J")
    wait_suggested(False)
    table.clear()


def test_other_person():
    """Another person's card is told from the right one, genuine as it is"""
    table.insert(table.office.new18(identity=STRANGER, holder="16050100178"))
    whole("^Warning: Another person's card")
    place.desk.find(Atspi.Role.LIST_ITEM, re.compile("^National number: different. Card: 16.05.01-001.78"))
    wait_suggested(False)
    table.clear()


def test_residence_card():
    """What only some cards say is shown where it is said"""
    desk = place.desk
    table.insert(table.office.new18(identity={**STRANGER, 0x0F: "33", 0x10: "1", 0x12: "02", 0x15: "03.04.2018-FR",
                                              0x16: "8", 0x1F: "01.02.2019"}, holder="16050100178"))
    whole("^Warning: Another person's card")
    for text in ("Residence card A", "Mons", "02", "white cane", "1 February 2019", "limited", "03.04.2018-FR"):
        desk.find(Atspi.Role.LABEL, text)
    table.clear()


def test_pulled_in_the_middle():
    """A card pulled out while it is read: nothing is kept, and the window says what to do"""
    reached, go_on = threading.Event(), threading.Event()

    def fault(number, command):
        if number == 8:
            reached.set()
            go_on.wait(60)

    card = table.insert("ec", fault)
    reached.wait(60)
    place.desk.wait_text("^Reading the card")
    threading.Timer(0.1, go_on.set).start()
    card.socket.shutdown(2)
    table.clear()
    place.desk.wait_text("^The card was pulled out while it was read$")
    place.desk.wait_gone(name=re.compile("Éléonore"))


def test_stop():
    """A reading can be stopped, after the name has come and before the photo"""
    desk = place.desk
    held = HeldAtPhoto()
    table.insert("ec", held)
    held.reached.wait(60)
    desk.find(name="Vandenbroucke, Éléonore Marie J")
    desk.click("Stop")
    desk.wait_text("^The reading was stopped$")
    desk.wait_gone(name="Vandenbroucke, Éléonore Marie J")
    held.go_on()
    desk.click("Read the card")
    whole("^Take note: The right person")
    table.clear()


def test_other_card():
    """A bank card is met politely"""
    table.insert("ec", lambda _number, _command: b"\x6A\x82", atr=bytes.fromhex("3B6500002063CBBC00"))
    place.desk.wait_text("^This is not a Belgian identity card$")
    table.clear()


def test_two_cards():
    """With two cards in, the first stays until the other one is taken: then nothing is left of its person"""
    desk = place.desk
    table.insert("ec")
    whole("^Take note: The right person")
    table.insert(table.office.new18(identity=STRANGER, holder="16050100178"), slot=1)
    desk.click("Card read")
    desk.find(name="Vandenbroucke, Éléonore Marie J")
    desk.click("Take this one")
    desk.wait_gone(name=re.compile("Éléonore"))
    equal(desk.has(Atspi.Role.PANEL, re.compile("^Take note: The right person")), False, "the verdict on the other card")
    desk.wait_text("^There is an identity card in the reader$")
    desk.key("ctrl+k")
    whole("^Warning: Another person's card")
    desk.find(Atspi.Role.LIST_ITEM, re.compile("^National number: different. Card: 16.05.01-001.78"))
    table.clear()
    desk.wait_gone(name=re.compile("Çelik"))


def test_record():
    """Ctrl+R records what was found: the server has it, and the history shows it"""
    desk = place.desk
    table.insert("ec")
    whole("^Take note: The right person")
    desk.key("ctrl+r")
    desk.wait_text("^The verification is in the history.$")
    equal(counter.kinds(request).count("identityChecked"), 1, "checks in the journal")
    desk.wait_text("^Identity verified")
    table.clear()
    desk.wait_gone(name=re.compile("^The verification is in the history"))


def test_pin():
    """The PIN is typed where nobody can read it over the bus; a wrong one costs a try, and says so"""
    desk = place.desk
    table.insert("ec")
    whole("^Take note: The right person")
    desk.click("Record it with the PIN…")
    desk.wait_title("^PIN code$")
    desk.wait_text("^3 tries left$")
    desk.wait_text(r"^This desktop \(X11\) cannot keep other programs of this session from watching the keyboard[.]")
    desk.type_pin("1111")
    if any("1111" in text for text in desk.texts()):
        raise AssertionError("the PIN is on the accessibility bus")
    equal(desk.unnamed(), [], "names")
    desk.key("Return")
    desk.wait_text("^The PIN was wrong.$")
    desk.wait_text("^2 tries left$")
    desk.type_pin(eid_cards.PIN)
    pid, forms = desk.process.pid, eid_chip_keys.pin_forms(eid_cards.PIN)
    places = process_memory.search(pid, forms)
    equal([form for form, _flags in places], ["block"], "the PIN while it is typed")
    equal({"lo", "dd", "wf"} <= set(places[0][1]), True, f"locked, left out of core files and of children: {places}")
    equal(process_memory.locked(pid) >= 4, True, "locked memory")
    desk.key("Return")
    desk.wait_text("^The verification is in the history. The PIN was right: 3 tries left.$")
    wait_for(lambda: process_memory.locked(pid) == 0, "the locked memory to be given back")
    equal(process_memory.search(pid, forms), [], "the PIN once the card has had it")
    desk.find(Atspi.Role.LIST_ITEM, re.compile("^In order: The holder gave their PIN"))
    wait_for(lambda: counter.kinds(request).count("identityChecked") == 2, "the check in the journal")
    table.clear()


def test_unreadable():
    """A garbled file is named, with its place; that such a card was shown can be recorded"""
    desk = place.desk
    card = table.office.profiles()["ec"]()
    card.files["identity"] = card.files["identity"][:40]
    card.files["photo"] = b""
    table.insert(card)
    whole("^Uncertain|^Warning")
    desk.find(Atspi.Role.LIST_ITEM, re.compile(r"could not be read \(identity\)"))
    wait_suggested(False)
    checks = counter.kinds(request).count("identityChecked")
    desk.click("Record the verification")
    desk.wait_text("^The verification is in the history.$")
    desk.wait_text("^Card not trusted")
    equal(counter.kinds(request).count("identityChecked"), checks + 1, "checks in the journal")
    table.clear()
    close_panel()


def forms_of_stranger():
    """What the card says of them, as it stands in files, and as it is shown."""
    grey = bytes.fromhex(GREYS)
    return {
        "number": b"16050100178",
        "number as it is shown": b"16.05.01-001.78",
        "family name": "Wyvekens-Çelebi".encode(),
        "given names": "Noëllie-Aurore".encode(),
        "place of birth": b"Kapellebrouck",
        "street": b"Zwaluwenpad 117",
        "photo, as it begins": eid_cards.PHOTO[-1200:-1160],
        "photo, as it ends": eid_cards.PHOTO[-60:-20],
        "photo, decoded": bytes(value for value in grey for _colour in range(3)),
    }


def wait_forgotten(pid, forms):
    try:
        wait_for(lambda: not process_memory.held(pid, forms), "all of it to be gone from the memory")
    finally:
        equal(process_memory.held(pid, forms), [], "what is still held")


def test_memory():
    """What was read is in the memory while it is shown, and nowhere once the panel is closed or the card out"""
    desk, pid = place.desk, place.desk.process.pid
    forms = forms_of_stranger()
    sent = {"photo, as it was sent": base64.b64encode(eid_cards.PHOTO)[1200:1260]}
    person = {**STRANGER, 0x07: "Wyvekens-Çelebi", 0x08: "Noëllie-Aurore", 0x0B: "Kapellebrouck"}
    card = table.office.new18(identity=person, address={0x01: "Zwaluwenpad 117"}, holder="16050100178")
    table.insert(card)
    whole("^Warning: Another person's card")
    equal(process_memory.held(pid, forms), list(forms), "what is held while the card is shown")
    equal(process_memory.leaves_core(pid), False, "a core file of it")
    close_panel()
    wait_forgotten(pid, forms)
    for path in place.home.rglob("*"):
        if path.is_file():
            kept = path.read_bytes()
            equal([form for form, text in forms.items() if text in kept], [], f"what is in {path}")
    table.clear()

    desk.key("ctrl+k")
    desk.wait_text("^Put the identity card in")
    table.insert(card)
    whole("^Warning: Another person's card")
    desk.click("Record the verification")
    desk.wait_text("^The verification is in the history")
    table.clear()
    desk.wait_text("^Put the identity card in")
    wait_forgotten(pid, {**forms, **sent})
    close_panel()


def test_offer():
    """Elsewhere the card is offered: what this person has is found by their number"""
    desk = place.desk
    place.back()
    table.insert("ec")
    desk.wait_text("^There is an identity card in the reader.$")
    if desk.has(name="Vandenbroucke, Éléonore Marie J"):
        raise AssertionError("read without being asked to")
    desk.click("Find this person’s requests")
    desk.find_row(request)
    desk.wait_text("^2 requests of this person")
    table.clear()
    desk.wait_gone(name=re.compile("of this person"))
    equal(searched(), "", "what is searched for without the card")


def test_offer_forgotten():
    """Once the card is out, nothing tells the next person whose requests were looked for"""
    desk = place.desk
    number = b"16050100178"
    table.insert(table.office.new18(identity=STRANGER, holder="16050100178"))
    desk.click("Find this person’s requests")
    desk.wait_text("^No request of this person")
    table.clear()
    wait_for(lambda: searched() == "", "the search to end")
    desk.find_row(request)
    wait_for(lambda: not process_memory.holds(desk.process.pid, number), "the number to be gone from the memory")


def test_offer_two_cards():
    """Of two cards that are in, the search ends with the one that it is about"""
    desk = place.desk
    table.insert("ec")
    desk.click("Find this person’s requests")
    desk.wait_text("^2 requests of this person")
    table.insert(table.office.new18(identity=STRANGER, holder="16050100178"), slot=1)
    desk.click("Identity card in the reader")
    desk.find(BUTTONS, "Take this one")
    desk.key("Escape")
    desk.wait_gone(BUTTONS, "Take this one")
    desk.wait_text("^2 requests of this person")
    table.clear(0)
    wait_for(lambda: searched() == "", "the search to end")
    wait_sign("Identity card in the reader")
    desk.click("Find this person’s requests")
    desk.wait_text("^No request of this person")
    table.clear()
    wait_for(lambda: searched() == "", "the other search to end")


def test_offer_out_meanwhile():
    """A card that is out before the form is discarded for it: nobody is looked for, and a sentence says so"""
    desk = place.desk
    desk.key("ctrl+n")
    open_form(desk, "household", "Household composition certificate")
    desk.type("Peeters")
    table.insert("ec")
    desk.click("Find this person’s requests")
    desk.wait_title("^Discard what was typed")
    table.clear()
    desk.wait_gone(name=re.compile("^There is an identity card"))
    desk.click("Discard")
    desk.wait_text("^The card is out: nothing was looked for.$")
    desk.wait_title("^To take")
    equal(searched(), "", "what is searched for without the card")


def test_inserted_while_loading():
    """A card that goes in before the request is there is read as soon as it is"""
    desk = place.desk
    with counter.server.silent():
        desk.key("ctrl+g")
        desk.type(other, "Return")
        desk.wait_title(re.escape(other))
        table.insert("ec")
        wait_sign("Identity card in the reader")
        equal(desk.has(name="Vandenbroucke, Éléonore Marie J"), False, "a person without a request")
    whole("^Take note: The right person")
    table.clear()
    close_panel()
    place.back()
    desk.wait_gone(name=re.compile("^There is an identity card"))


def test_end():
    """The window closes with nothing lost"""
    place.close()


def main():
    global counter, place, table, request, other
    with CardTable() as table, Counter(extra=table.configuration) as counter:
        request, other = counter.submit(2)
        with Place(counter.server) as place:
            place.open("--eid-config", str(table.config))
            place.sign_in()
            run([test_no_service, test_reader_appears, test_insert, test_verdict_has_keyboard,
                 test_out, test_forged_address, test_other_person, test_residence_card, test_pulled_in_the_middle,
                 test_stop, test_two_cards, test_record, test_pin, test_other_card, test_unreadable, test_memory,
                 test_offer, test_offer_forgotten, test_offer_two_cards,
                 test_offer_out_meanwhile, test_inserted_while_loading, test_end])


if __name__ == "__main__":
    main()
