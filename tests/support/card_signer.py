# SPDX-License-Identifier: GPL-3.0-or-later
"""A card that answers, for tests that are not in Python.

    card_signer.py DIR      writes its files and its root into DIR, says `ready`, and then, for each line with a
                            challenge in hexadecimal digits, what its holder's key signs, likewise
"""
import base64
import pathlib
import sys

import card_calls
from eid_cards import Office, der_of

office = Office()
card = office.new18()
folder = pathlib.Path(sys.argv[1])
(folder / "root.der").write_bytes(der_of(office.ec.root))
(folder / "cardData").write_bytes(card.card_data(True))
for word, content in card.files.items():
    (folder / word).write_bytes(content)
print("ready", flush=True)
for line in sys.stdin:
    answer = card_calls.proof(card, "authentication", bytes.fromhex(line))
    print(base64.b64decode(answer["signature"]).hex(), flush=True)
