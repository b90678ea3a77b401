# SPDX-License-Identifier: GPL-3.0-or-later
"""The readers on a clerk's table, and the cards of the people before it.

Run inside tests/support/with-readers. A real pcscd, virtual cards, and the configuration by
which the desk knows who signed them.
"""
import pathlib
import tempfile

import eid_cards
from virtual_card import Chip, Daemon, VirtualCard, loopback_up

PORT = 40001


class CardTable:
    """One reader with two slots."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="guichet-cards-"))
        self.office = eid_cards.Office()
        self.daemon = Daemon(self.folder)
        self.cards = []

    def __enter__(self):
        loopback_up()
        paths = []
        for number, root in enumerate(self.office.roots()):
            path = self.folder / f"root{number}.der"
            path.write_bytes(eid_cards.der_of(root))
            paths.append(str(path))
        self.config.write_text("[eid]\nroots=" + ";".join(paths) + "\n", encoding="utf-8")
        return self

    def __exit__(self, *_unused):
        self.clear()
        if self.daemon.process is not None:
            self.daemon.stop()

    @property
    def config(self):
        """What the desk is given as --eid-config."""
        return self.folder / "guichet-eid.conf"

    def plug(self):
        """Starts pcscd with its reader."""
        self.daemon.start(Counter=PORT)

    def unplug(self):
        self.clear()
        self.daemon.stop()

    def insert(self, card, fault=None, slot=0, atr=None):
        """A card of eid_cards, or one of its profiles by name; its chip has the fault."""
        if slot == 0:
            self.clear()  # what an earlier test that failed has left
        if isinstance(card, str):
            card = self.office.profiles()[card]()
        played = VirtualCard(Chip(card, fault), PORT + slot, atr=atr)
        self.cards.append(played)
        return played

    def clear(self):
        """No card stays in."""
        while self.cards:
            self.cards.pop().pull()
