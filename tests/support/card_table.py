# SPDX-License-Identifier: GPL-3.0-or-later
"""The readers on a clerk's table, and the cards of the people before it.

Run inside tests/support/with-readers. A real pcscd, virtual cards, and the configuration by
which the desk knows who signed them.
"""
import pathlib
import tempfile
import threading

import eid_cards
from card_calls import Cards
from pcsc import is_empty
from virtual_card import DRIVER, Chip, Daemon, VirtualCard, loopback_up, wait_for

# Below what is given to programs that ask for any port (ip_local_port_range).
PORT = 20001
READER = "Counter"


class HeldAtPhoto:
    """The fault of a chip that gives name and address, and does not answer about the photo until it may."""

    def __init__(self):
        self.reached = threading.Event()
        self.may_go_on = threading.Event()

    def __call__(self, _number, command):
        if command[1] == 0xA4 and command.endswith(bytes.fromhex(eid_cards.PATHS["photo"])[-2:]):
            self.reached.set()
            self.may_go_on.wait(60)

    def go_on(self):
        self.may_go_on.set()


class CardTable:
    """One reader with two slots. `responder` is who is asked whether cards were revoked."""

    def __init__(self, responder=None):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="guichet-cards-"))
        self.made = Cards(self.folder / "roots", responder and responder.address)
        self.lines = [f"revocation-hosts={responder.host}"] if responder else []
        self.daemon = Daemon(self.folder)
        self.cards = []  # (slot, card)

    def __enter__(self):
        loopback_up()
        self.config.write_text(self.configuration, encoding="utf-8")
        return self

    def __exit__(self, *_unused):
        self.clear()
        if self.daemon.process is not None:
            self.daemon.stop()

    @property
    def office(self):
        """Who makes the cards."""
        return self.made.office

    @property
    def configuration(self):
        """What desk and server must know of those who signed them."""
        return self.made.configuration(*self.lines)

    @property
    def config(self):
        """What the desk is given as --eid-config."""
        return self.folder / "guichet-eid.conf"

    def plug(self, driver=DRIVER):
        """Starts pcscd with its reader."""
        self.daemon.start(driver, **{READER: PORT})

    def unplug(self):
        self.clear()
        self.daemon.stop()

    def insert(self, card, fault=None, slot=0, atr=None, pad=None, kind=Chip):
        """A card of eid_cards, or one of its profiles by name; its chip, of a kind, has the fault, its reader the keys."""
        if slot == 0:
            self.clear()  # what an earlier test that failed has left
        if isinstance(card, str):
            card = self.made.make(card)
        played = VirtualCard(kind(card, fault), PORT + slot, atr=atr, pad=pad)
        self.cards.append((slot, played))
        return played

    def clear(self, only=None):
        """No card stays in, or none in that slot, and pcscd knows.

        A driver whose card is changed for another before it was next asked for one says nothing of the
        change, and pcscd goes on with the ATR of the first. No hand is as quick as that; a test is.
        """
        slots = []
        for slot, card in [(slot, card) for slot, card in self.cards if only in (None, slot)]:
            self.cards.remove((slot, card))
            card.pull()
            slots.append(slot)
        for slot in slots if self.daemon.process is not None else []:
            wait_for(lambda reader=f"{READER} 00 {slot:02}": is_empty(reader), "pcscd to see that the card is out")
