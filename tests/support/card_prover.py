# SPDX-License-Identifier: GPL-3.0-or-later
"""guichet-eid verify, with a card that is asked for proofs and with the PIN that it is given."""
import json
import os
import subprocess

import eid_cards
import guichet_eid
from guichet_eid import ALPHA_NAME, root_options
from virtual_card import PATIENCE

# What a proof sends, by class and instruction.
DATA, VERIFY, ENVIRONMENT, SIGN, CHIP, LOG_OFF = (
    (0x80, 0xE4), (0x00, 0x20), (0x00, 0x22), (0x00, 0x2A), (0x00, 0x88), (0x80, 0xE6))
OFFICE = eid_cards.Office()
PROFILES = OFFICE.profiles()


def start_proving(*words, pin=None, descriptor=None, plain=False):
    """verify as a process that has its PIN, if any, in a pipe, or from a descriptor."""
    options, keep = [], []
    if descriptor is not None:
        options, keep = ["--pin-fd", str(descriptor)], [descriptor]
    if pin is not None:
        reading, writing = os.pipe()
        os.write(writing, pin.encode())
        os.close(writing)
        options, keep = ["--pin-fd", str(reading)], [reading]
    process = subprocess.Popen(
        guichet_eid.command(*([] if plain else ["--json"]), "verify", "--reader", ALPHA_NAME,
                            *root_options(OFFICE), "--no-revocation", *options, *words),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, pass_fds=keep)
    for kept in keep:
        os.close(kept)
    return process


def ended(process):
    """Its status, what it said, and what it said of errors."""
    said, errors = process.communicate(timeout=PATIENCE)
    if process.returncode < 0 or "Sanitizer" in errors:
        raise AssertionError(f"guichet-eid: {process.returncode}\n{errors}")
    return process.returncode, said, errors


def answered(process):
    """The same of one that says it as JSON."""
    status, said, errors = ended(process)
    return status, json.loads(said) if said else {}, errors


def prove(*words, **how):
    return answered(start_proving(*words, **how))


def verdicts(said):
    if "error" in said:
        raise AssertionError(said["error"])
    return sorted(verdict["verdict"] for verdict in said["verdicts"]
                  if verdict["verdict"] != "revocationUnknown")


def sent(chip, kind):
    return [command for command in chip.commands if (command[0], command[1]) == kind]


def pins_sent(chip):
    return [command[5:] for command in sent(chip, VERIFY) if len(command) > 5]
