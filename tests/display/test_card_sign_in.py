#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing in with a card: what the first page says of it, and what becomes of the PIN."""
import eid_cards
from card_table import CardTable
from counter import Counter, Place
from desk_driver import Atspi
from tap import equal, run

counter = None
place = None
table = None
# Whose card it is that signs in.
NUMBER = "85073003328"
BUTTON = "Sign in with my card"


def say_where():
    """The address, which the desk remembers from the first time on."""
    place.desk.wait_title("^Sign in")
    place.desk.fill("Address of the server", counter.server.address)


def give_pin(pin=eid_cards.PIN):
    """Types into the sheet once the keyboard is in it."""
    desk = place.desk
    desk.wait_title("^PIN code$")
    desk.wait_focus(Atspi.Role.PANEL, "PIN code: 0 digits")
    desk.type(pin)
    desk.find(Atspi.Role.PANEL, f"PIN code: {len(pin)} digits")
    desk.key("Return")


def test_quiet():
    """The page says that there is a reader and no card, and offers nothing"""
    desk = place.desk
    desk.wait_title("^Sign in")
    equal(desk.has(name=BUTTON), False, "the button without a reader")
    table.plug()
    desk.wait_text("^Put your identity card in the reader to sign in with it")
    equal(desk.has(name=BUTTON), False, "the button without a card")


def test_signed_in():
    """A card, one button, the PIN: the queue is there, of whom the server says"""
    desk = place.desk
    say_where()
    table.insert("ec")
    desk.click(BUTTON)
    desk.wait_text("^3 tries left$")
    # The images are the pencils of libadwaita's own rows.
    equal([name for name in desk.unnamed() if not name.startswith("image")], [], "names")
    give_pin()
    desk.wait_title("^To take")
    desk.find_row("Vandenbroucke")


def test_end():
    """The window closes with nothing lost"""
    place.close()


def main():
    global counter, place, table
    with CardTable() as table, Counter("marie.dubois", extra=table.configuration) as counter:
        counter.server.control("staff", "bind-card", "marie.dubois", "--number-file", "-", text=NUMBER + "\n")
        counter.submit(1)
        with Place(counter.server) as place:
            place.open("--eid-config", str(table.config))
            run([test_quiet, test_signed_in, test_end])


if __name__ == "__main__":
    main()
