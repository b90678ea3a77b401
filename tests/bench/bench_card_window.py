#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long a clerk waits for a card: from its insertion to the verdict in the real window.

Run by tests/support/with-readers and with-display. The card takes its time as a real one does, and
pcscd as long as it does to see that a card is there.
"""
import re
import statistics
import time

from card_table import CardTable
from counter import Counter, Place
from desk_driver import Atspi
from slow_chip import SlowChip

ROUNDS = 5


def measure(desk, table, profile):
    """Medians of the seconds to the name, to the verdict, and of those that the card itself took."""
    found = []
    for _round in range(ROUNDS):
        begin = time.monotonic()
        card = table.insert(profile, kind=SlowChip)
        desk.find(name=re.compile("^Vandenbroucke, Éléonore"))
        name = time.monotonic() - begin
        desk.find(Atspi.Role.PANEL, re.compile("^Take note: The right person"))
        found.append((name, time.monotonic() - begin, card.chip.took))
        table.clear()
        desk.wait_text("^Put the identity card in")
    return [statistics.median(column) for column in zip(*found)]


def main():
    with CardTable() as table, Counter(extra=table.configuration) as counter:
        request = counter.submit()[0]
        with Place(counter.server) as place:
            desk = place.open("--eid-config", str(table.config))
            place.sign_in()
            place.request(request)
            table.plug()
            for name, profile in (("1.7", "rsa-sha256"), ("1.8", "ec")):
                first, last, card = measure(desk, table, profile)
                print(f"cards: {name}, seconds from insertion to the verdict in the window: {last:.2f}, against "
                      f"{card:.2f} that the card itself takes, and {first:.2f} to the name   (wanted: under 2)",
                      flush=True)
            place.close()


if __name__ == "__main__":
    main()
