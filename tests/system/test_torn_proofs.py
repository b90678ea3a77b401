# SPDX-License-Identifier: GPL-3.0-or-later
"""Cards that fail while they prove themselves to guichet-eid: what was found out of them until then is said."""
import os
import sys
import threading

import guichet_eid
import tap
from card_prover import (CHIP, DATA, LOG_OFF, PROFILES, SIGN, ended, pins_sent, prove, start_proving, verdicts)
from eid_cards import PIN
from guichet_eid import Watch, inserted
from virtual_card import PATIENCE, Chip, PinPad, Pulled

# Of a good card that was asked for its PIN and did not answer to the end.
TORN = ["genuine", "pinFailed", "presenceNotProved"]


def test_reset():
    """A card that is reset after the PIN does not sign, and is not given it again"""
    chip = Chip(PROFILES["rsa-sha256"]())

    def forget(_number, command):
        if (command[0], command[1]) == SIGN:
            chip.reset()
    chip.fault = forget
    with inserted(chip):
        status, said, _errors = prove(pin=PIN)
    tap.equal((status, said["pin"]["outcome"], "pinFailed" in verdicts(said)), (4, "right", True))
    tap.equal(len(pins_sent(chip)), 1)


def test_silent():
    """A card that falls silent after the PIN is not given it again"""
    def mute(_number, command):
        return b"\x90" if (command[0], command[1]) == SIGN else None
    for how in ({"pin": PIN}, {}):
        chip, pad = Chip(PROFILES["ec"](), mute), PinPad(PIN)
        with inserted(chip, pad=pad):
            status, said, errors = prove(*([] if how else ["--pin-pad"]), **how)
            tap.equal((status, verdicts(said), said["outcome"]), (3, TORN, "unreadable"))
            tap.equal(said["proofFailure"]["code"], "cardMute")
            tap.equal(said["proofFailure"]["message"] in errors, True, errors)
            tap.equal((len(pins_sent(chip)), chip.keys.session_open), (1, False))


def test_pulled():
    """The card may go after any exchange of a proof"""
    for name in ("rsa-sha256", "ec"):
        chip = Chip(PROFILES[name]())
        with inserted(chip):
            prove(pin=PIN)
        kinds = [(command[0], command[1]) for command in chip.commands]
        # The second time that the card's data are asked, the proof begins.
        first = len(kinds) - 1 - kinds[::-1].index(DATA)
        for last in range(first, len(kinds)):
            card = PROFILES[name]()

            def pull(number, _sent, last=last):
                if number > last:
                    raise Pulled
            chip = Chip(card, pull)
            with inserted(chip):
                status, said, _errors = prove(pin=PIN)
            where = f"{name} after {last}: {said}"
            if last <= kinds.index(SIGN):
                tap.equal((status, verdicts(said)), (3, ["cardRemoved", *TORN]), where)
            elif last >= kinds.index(LOG_OFF):
                tap.equal((status, said["pin"]["outcome"]), (0, "right"), where)
            tap.equal(len(pins_sent(chip)) <= 1, True, where)
            tap.equal(card.tries, 3, where)


def test_stalled():
    """A reader that hangs after the PIN is given up in time"""
    release = threading.Event()

    def hang(_number, command):
        if (command[0], command[1]) == SIGN:
            release.wait(PATIENCE)
    with inserted(Chip(PROFILES["ec"](), hang)):
        status, said, _errors = prove("--timeout", "2", pin=PIN)
        release.set()
    tap.equal((status, verdicts(said), said["proofFailure"]["code"]), (3, TORN, "timedOut"))


def test_pulled_forgery():
    """What speaks against a card is said also if it goes before it has proved itself"""
    card = PROFILES["ec"]()
    photo = bytearray(card.files["photo"])
    photo[60] ^= 0x01
    card.files["photo"] = bytes(photo)

    def pull(_number, command):
        if (command[0], command[1]) == CHIP:
            raise Pulled
    with inserted(Chip(card, pull)):
        status, said, _errors = prove()
    tap.equal((status, verdicts(said)), (1, ["cardRemoved", "photoForged", "pinNotAsked", "presenceNotProved"]))
    tap.equal((said["outcome"], said["pin"]), ("notGenuine", {"outcome": "notAsked"}))


def test_in_words():
    """Who does not ask for JSON reads the same: each verdict, and why the proof failed"""
    def mute(_number, command):
        return b"\x90" if (command[0], command[1]) == CHIP else None
    with inserted(Chip(PROFILES["ec"](), mute)):
        status, said, errors = ended(start_proving(plain=True))
    lines = [line.split(maxsplit=2) for line in said.splitlines()]
    tap.equal((status, lines[0]), (3, ["unreadable"]))
    found = {line[1]: (line[0], line[2]) for line in lines[1:]}
    tap.equal((found["genuine"][0], found["presenceNotProved"][0]), ("good", "unreadable"))
    why = errors.removeprefix("guichet-eid: ").strip()
    tap.equal(why != "" and why in found["presenceNotProved"][1], True, said + errors)


TESTS = [
    test_reset, test_silent, test_pulled, test_stalled, test_pulled_forgery, test_in_words,
]

if __name__ == "__main__":
    guichet_eid.start(os.environ["IFD_PIN_PAD"])
    # Some by their names, for who works on them.
    tap.run([test for test in TESTS if not sys.argv[1:] or test.__name__ in sys.argv[1:]])
