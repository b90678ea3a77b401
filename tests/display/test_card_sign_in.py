#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing in with a card: what the first page says of it, and what becomes of the PIN."""
import base64
import os
import re
import threading

import eid_cards
import process_memory
from card_table import CardTable
from counter import Counter, Place
from desk_driver import Atspi, wait_for
from go_between import GoBetween, WrongClock
from revocation import Responder
from tap import equal, run
from virtual_card import PinPad

counter = None
place = None
table = None
# Whose cards they are; the second one's number is found nowhere else.
CARDS = {"marie.dubois": "85073003328", "luc.lefebvre": "91030300195"}
OTHER = {0x06: "91030300195", 0x07: "Lefebvre", 0x08: "Luc"}
STRANGER = {0x06: "90020100130", 0x07: "Lenoir"}
WRONG = "9999"
BUTTON = "Sign in with my card"


def wait_sheet(tries):
    desk = place.desk
    desk.wait_title("^PIN code$")
    desk.wait_text(f"^{tries} (try|tries) left$")


def give_pin(pin=eid_cards.PIN):
    """Types into the sheet once the keyboard is in it."""
    place.desk.type_pin(pin)
    place.desk.key("Return")


def wait_queue():
    place.desk.wait_title("^To take")
    place.desk.find_row("Vandenbroucke")


def pull():
    """The card is out, and the page knows."""
    table.clear()
    place.desk.wait_text("^Put your identity card in the reader to sign in with it")


def sign_out():
    desk = place.desk
    table.clear()
    desk.click("Menu")
    desk.click("Sign out")
    desk.wait_title("^Sign in")


def close_sheet():
    place.desk.key("Escape")
    place.desk.wait_gone(name="PIN code")


def of(person):
    """A card of somebody, with as many tries as it was left with."""
    return table.office.new18(identity=person, holder=person[0x06])


def test_quiet():
    """The page says what there is: no pcscd, a reader, and no card; and offers nothing"""
    desk = place.desk
    desk.wait_title("^Sign in")
    desk.wait_text("^The service for card readers .pcscd. does not run on this computer")
    equal(desk.has(name=BUTTON), False, "the button without a reader")
    table.plug()
    desk.wait_text("^Put your identity card in the reader to sign in with it")
    equal(desk.has(name=BUTTON), False, "the button without a card")


def test_without_address():
    """Without the address of a server no PIN is asked"""
    desk = place.desk
    table.insert("ec")
    desk.click(BUTTON)
    desk.wait_text("^This is not the address of a Guichetier server")
    desk.fill("Address of the server", counter.server.address)
    desk.wait_gone(name=re.compile("^This is not the address"))


def test_signed_in():
    """A card, one button, the PIN: the queue is there, of whom the server says"""
    desk = place.desk
    desk.fill("User name", "luc.lefebvre")
    desk.click(BUTTON)
    wait_sheet(3)
    # The images are the pencils of libadwaita's own rows.
    equal([name for name in desk.unnamed() if not name.startswith("image")], [], "names")
    give_pin()
    wait_queue()
    equal(desk.has(name=re.compile("^There is an identity card")), False, "the clerk's own card is offered")
    sign_out()
    equal([node.text() for node in desk.all(Atspi.Role.TEXT, re.compile("^(Address|User)"))],
          [counter.server.address, "marie.dubois"], "what is remembered")


def test_keyboard():
    """Ctrl+K, the PIN, Return; a wrong PIN is told with what is left, and the right one still signs in"""
    desk = place.desk
    table.insert("ec")
    desk.find(name=BUTTON)
    desk.key("ctrl+k")
    wait_sheet(3)
    give_pin(WRONG)
    desk.wait_text("^The PIN was wrong.$")
    wait_sheet(2)
    give_pin()
    wait_queue()
    sign_out()


def test_cancelled():
    """Escape in the sheet goes back to the page, which says nothing of it"""
    desk = place.desk
    card = table.insert("ec")
    desk.find(name=BUTTON)
    desk.key("ctrl+k")
    wait_sheet(3)
    close_sheet()
    desk.find(name=BUTTON)
    desk.type("x")
    wait_for(lambda: desk.find(Atspi.Role.TEXT, "Password").text() == "x", "the keyboard to be where the password goes")
    desk.fill("Password", "")
    equal(card.chip.card.tries, 3, "tries")
    pull()


def test_pulled():
    """A card pulled out while it is read, or while the PIN is asked, ends it"""
    desk = place.desk
    reached, go_on = threading.Event(), threading.Event()

    def fault(number, _command):
        if number == 8:
            reached.set()
            go_on.wait(60)

    card = table.insert("ec", fault)
    desk.click(BUTTON)
    reached.wait(60)
    threading.Timer(0.1, go_on.set).start()
    card.socket.shutdown(2)
    table.clear()
    desk.wait_text("^The card was pulled out. Put it in again")
    table.insert("ec")
    desk.click(BUTTON)
    desk.wait_gone(name=re.compile("^The card was pulled out"))
    wait_sheet(3)
    pull()
    desk.wait_gone(name="PIN code")
    desk.wait_text("^The card was pulled out. Put it in again")


def test_unbound():
    """Somebody's card who does not work here: told after the PIN, without a word of whose it is"""
    desk = place.desk
    table.insert(of(STRANGER))
    desk.click(BUTTON)
    wait_sheet(3)
    give_pin()
    desk.wait_text("^The server does not let this card sign you in")
    equal(any("Lenoir" in text for text in desk.texts()), False, "the name on the card")
    pull()


def test_last_try():
    """The try that could block the card is not taken, neither after a wrong PIN nor at once"""
    desk = place.desk
    card = of(OTHER)
    card.tries = 2
    table.insert(card)
    desk.click(BUTTON)
    wait_sheet(2)
    give_pin(WRONG)
    desk.wait_text("^The PIN was wrong. A wrong PIN could now block your card.*password")
    wait_sheet(1)
    equal(desk.has(name=re.compile("^PIN code: ")), False, "where to type it")
    close_sheet()
    desk.click(BUTTON)
    desk.wait_text("^A wrong PIN could now block your card.*password")
    wait_sheet(1)
    close_sheet()
    equal(card.tries, 1, "tries")
    pull()


def test_blocked():
    """A blocked PIN is told before anything is typed"""
    desk = place.desk
    card = of(OTHER)
    card.tries = 0
    table.insert(card)
    desk.click(BUTTON)
    desk.wait_text("^Your PIN is blocked. Sign in with your password")
    equal(desk.has(name=re.compile("^PIN code: ")), False, "where to type it")
    close_sheet()
    pull()


def test_no_key():
    """A child's card has no key to sign in with"""
    table.insert("kid")
    place.desk.click(BUTTON)
    place.desk.wait_text("^This card has no key to sign in with")
    pull()


def test_other_card():
    """A bank card is no card to sign in with"""
    desk = place.desk
    table.insert("ec", lambda _number, _command: b"\x6A\x82", atr=bytes.fromhex("3B6500002063CBBC00"))
    desk.wait_text("^This is not a Belgian identity card.$")
    equal(desk.has(name=BUTTON), False, "the button")
    pull()


def test_server_cannot():
    """A server that cannot, or that does not answer, is told before a PIN is asked"""
    desk = place.desk
    old = Responder()
    old.answers["/v1/signInChallenges"] = lambda _body: (
        404, b'{"type": "urn:problem-type:belgif:resourceNotFound", "status": 404}',
        {"Content-Type": "application/problem+json"})
    desk.fill("Address of the server", old.address)
    card = table.insert("ec")
    desk.click(BUTTON)
    desk.wait_text("^This server does not know how to sign you in with a card")
    old.stop()
    desk.fill("Address of the server", counter.server.address)
    counter.server.stop()
    desk.click(BUTTON)
    desk.wait_text("^The server does not answer")
    counter.server.start()
    equal(any(command[1] == 0x20 for command in card.chip.commands), False, "a PIN was sent")
    pull()


def sign_in_through(between, clock):
    """Signs in with the PIN at a server whose clock is another one; gives the nonce that the card signed."""
    desk = place.desk
    between.changes["/v1/signInChallenges"] = clock
    desk.fill("Address of the server", between.address)
    table.insert("ec")
    desk.click(BUTTON)
    wait_sheet(3)
    give_pin()
    wait_queue()
    sign_out()
    desk.fill("Address of the server", counter.server.address)
    return between.posted("/v1/cardSessions")[-1]["nonce"]


def test_slow_person():
    """Who takes longer than a challenge lasts signs another one, whichever of the two clocks is wrong"""
    between = GoBetween(counter.server)
    for hours in (1, -1):
        clock = WrongClock(hours, 30, 120)
        equal(sign_in_through(between, clock), clock.given[-1], "the challenge that the server took")
        equal(len(clock.given), 2, "challenges")
    between.stop()


def test_quick_person():
    """A challenge that lasts is signed, whichever of the two clocks is wrong"""
    between = GoBetween(counter.server)
    for hours in (1, -1):
        clock = WrongClock(hours, 120, 120)
        equal(sign_in_through(between, clock), clock.given[0], "the challenge that the server took")
        equal(len(clock.given), 1, "challenges")
    between.stop()


def test_memory():
    """What was read of the card is in the memory while the PIN is asked, and nowhere once signed in"""
    desk = place.desk
    card = of(OTHER)
    pid = desk.process.pid
    number = OTHER[0x06].encode()
    # As it goes to the server: some of the middle of the identity.
    sent = base64.b64encode(card.files["identity"])[40:80]
    table.insert(card)
    desk.click(BUTTON)
    wait_sheet(3)
    equal(process_memory.holds(pid, number), True, "the number while the PIN is asked")
    give_pin()
    wait_queue()
    wait_for(lambda: not process_memory.holds(pid, number), "the number to be gone from the memory")
    wait_for(lambda: not process_memory.holds(pid, sent), "what was sent to be gone from the memory")
    for path in place.home.rglob("*"):
        if path.is_file() and number in path.read_bytes():
            raise AssertionError(f"the number is in {path}")
    sign_out()


def test_pin_pad():
    """At a reader with keys nothing is left to press: the PIN is asked there at once"""
    desk = place.desk
    table.unplug()
    table.plug(os.environ["IFD_PIN_PAD"])
    typed, let_go = threading.Event(), threading.Event()

    def person():
        typed.set()
        let_go.wait(60)
        return pins.pop(0)

    pins = [WRONG, eid_cards.PIN]
    table.insert("ec", pad=PinPad(person))
    desk.click(BUTTON)
    equal(typed.wait(60), True, "asked at the reader")
    desk.wait_text("^Type your PIN on the keys of the reader now")
    equal(desk.has(name=re.compile("^PIN code: ")), False, "where to type it")
    let_go.set()
    desk.wait_text("^The PIN was wrong.$")
    wait_sheet(2)
    desk.key("Return")
    wait_queue()
    sign_out()


def test_end():
    """The window closes with nothing lost"""
    place.close()


def main():
    global counter, place, table
    with CardTable() as table, Counter(*CARDS, extra=table.configuration) as counter:
        for login, number in CARDS.items():
            counter.server.control("staff", "bind-card", login, "--number-file", "-", text=number + "\n")
        counter.submit(1)
        with Place(counter.server) as place:
            place.open("--eid-config", str(table.config))
            run([test_quiet, test_without_address, test_signed_in, test_keyboard, test_cancelled, test_pulled,
                 test_unbound, test_last_try, test_blocked, test_no_key, test_other_card, test_server_cannot,
                 test_slow_person, test_quick_person, test_memory, test_pin_pad, test_end])


if __name__ == "__main__":
    main()
