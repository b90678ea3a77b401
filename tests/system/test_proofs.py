# SPDX-License-Identifier: GPL-3.0-or-later
"""Cards that must prove themselves to guichet-eid, with and without their PIN: in a reader with
keys and in one without, both of the real pcscd."""
import os
import pathlib
import pty
import re
import select
import signal
import subprocess
import sys
import termios
import threading

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils

import eid_cards
import eid_chip_keys
import guichet_eid
import process_memory
import tap
from card_prover import (CHIP, DATA, ENVIRONMENT, LOG_OFF, OFFICE, PROFILES, SIGN, VERIFY, answered, pins_sent,
                         prove, sent, start_proving, verdicts)
from eid_cards import PIN
from guichet_eid import ALPHA, ALPHA_NAME, DAEMON, FOLDER, Watch, inserted
from virtual_card import PATIENCE, Chip, PinPad, wait_for

OTHER_PIN = "739183"


def check_signature(card, said, kind):
    """As somebody else would who has the card's certificate, with other code."""
    proof = next(proof for proof in said["proofs"] if proof["kind"] == kind)
    signature, challenge = bytes.fromhex(proof["signature"]), bytes.fromhex(said["challenge"])
    key = card.keys["authentication" if kind == "authentication" else "basic"].public_key()
    if isinstance(key, rsa.RSAPublicKey):
        tap.equal(proof["algorithm"], "rsaSha256")
        key.verify(signature, challenge, padding.PKCS1v15(), hashes.SHA256())
    else:
        tap.equal(proof["algorithm"], "ecdsaSha384")
        r, s = int.from_bytes(signature[:48], "big"), int.from_bytes(signature[48:], "big")
        key.verify(utils.encode_dss_signature(r, s), challenge, ec.ECDSA(hashes.SHA384()))


def test_chip_alone():
    """A card with a key of its own proves that it is no copy, and nobody is asked for anything"""
    for name in ("ec", "kid", "foreigner"):
        card = PROFILES[name]()
        chip = Chip(card)
        with inserted(chip):
            status, said, errors = prove()
        tap.equal((status, verdicts(said)), (0, ["genuine", "pinNotAsked"]), name)
        tap.equal((len(sent(chip, CHIP)), len(sent(chip, VERIFY)), card.uses),
                  (1, 0, eid_chip_keys.USES - 1))
        tap.equal((said["pin"], errors), ({"outcome": "notAsked", "triesBefore": 3, "triesLeft": 3}, ""))
        check_signature(card, said, "chip")
    chip = Chip(PROFILES["rsa-sha256"]())
    with inserted(chip):
        status, said, _errors = prove()
    tap.equal((status, verdicts(said)), (0, ["genuine", "pinNotAsked", "presenceNotProved"]))
    tap.equal(len(sent(chip, DATA)), 1)  # and is not even asked


def test_typed():
    """With the right PIN the holder's key signs what was asked, and the card forgets the PIN"""
    for name in ("rsa-sha256", "rekeyed", "ec"):
        card = PROFILES[name]()
        chip = Chip(card)
        with inserted(chip):
            status, said, errors = prove("--challenge", "C0FFEE", pin=PIN)
            tap.equal(chip.keys.session_open, False)
        tap.equal((status, verdicts(said)), (0, ["genuine", "pinProved"]), name)
        tap.equal(said["challenge"], "C0FFEE")
        check_signature(card, said, "authentication")
        tap.equal(said["pin"], {"outcome": "right", "triesBefore": 3, "triesLeft": 3})
        tap.equal("PIN tries left: 3" in errors, True)
        tap.equal(pins_sent(chip), [eid_chip_keys.pin_block(PIN)])
        # The environment comes before the PIN, so that a card that refuses it costs none.
        kinds = [(command[0], command[1]) for command in chip.commands]
        tap.equal([kind for kind in kinds if kind in (ENVIRONMENT, SIGN, LOG_OFF)],
                  [ENVIRONMENT, SIGN, LOG_OFF])


def test_random():
    """Each challenge is another one, where none is given"""
    with inserted(Chip(PROFILES["ec"]())):
        found = {prove()[1]["challenge"] for _again in range(3)}
    tap.equal((len(found), {len(challenge) for challenge in found}), (3, {64}))


def test_tries():
    """Wrong PINs are counted, the last try is not taken by itself, and a blocked card is left alone"""
    for name in ("rsa-sha256", "ec"):
        card = PROFILES[name]()
        chip = Chip(card)
        with inserted(chip):
            for left in (2, 1):
                status, said, errors = prove(pin=OTHER_PIN)
                tap.equal((status, said["pin"]),
                          (4, {"outcome": "wrong", "triesBefore": left + 1, "triesLeft": left}))
                tap.equal("pinWrong" in verdicts(said), True)
                tap.equal(f"PIN tries left: {left + 1}" in errors, True)
            status, said, _errors = prove(pin=PIN)
            tap.equal((status, said["pin"]),
                      (4, {"outcome": "lastTry", "triesBefore": 1, "triesLeft": 1}))
            tap.equal((card.tries, len(pins_sent(chip))), (1, 2), name)
            status, said, _errors = prove("--accept-last-try", pin=OTHER_PIN)
            tap.equal((status, said["pin"]),
                      (4, {"outcome": "blocked", "triesBefore": 1, "triesLeft": 0}))
            status, said, _errors = prove("--accept-last-try", pin=PIN)
            tap.equal((status, said["pin"]),
                      (4, {"outcome": "blocked", "triesBefore": 0, "triesLeft": 0}))
            tap.equal("pinBlocked" in verdicts(said), True)
            tap.equal(len(pins_sent(chip)), 3)


def test_last_try_right():
    """The last try, accepted and right, gives all of them back"""
    card = PROFILES["rsa-sha256"]()
    card.tries = 1
    with inserted(Chip(card)):
        status, said, _errors = prove("--accept-last-try", pin=PIN)
    tap.equal((status, said["pin"]), (0, {"outcome": "right", "triesBefore": 1, "triesLeft": 3}))


def test_old_applet():
    """Applet 1.1, which looks like 1.7 and takes a question for a wrong PIN, is not asked"""
    card = PROFILES["rsa-sha256"]()
    card.generation = "1.1"
    chip = Chip(card)
    with inserted(chip):
        status, said, _errors = prove("--accept-last-try", pin=PIN)
        tap.equal((status, verdicts(said)),
                  (3, ["genuine", "pinFailed", "presenceNotProved", "unsupportedCard"]))
        status, said, _errors = prove()
        tap.equal((status, "presenceNotProved" in verdicts(said)), (0, True))
    tap.equal((card.tries, sent(chip, VERIFY)), (3, []))


def test_no_key():
    """A child, whose card has no key for a PIN to open, is not asked for one"""
    chip = Chip(PROFILES["kid"]())
    with inserted(chip):
        status, said, _errors = prove(pin=PIN)
    tap.equal((status, said["pin"]["outcome"], sent(chip, VERIFY)), (4, "noKey", []))
    tap.equal(verdicts(said), ["genuine", "pinNotAsked"])


def test_pad():
    """A reader with keys takes the PIN itself, and what its person does is told apart"""
    for typed, status, outcome, left in (
            (PIN, 0, "right", 3), ("73918", 4, "wrong", 2), (PIN, 0, "right", 3),
            (PinPad.CANCELLED, 4, "givenUp", 3), (PinPad.TIMED_OUT, 4, "givenUp", 3),
            ("123", 4, "wrongLength", 3), (PinPad.FAILED, 4, "failed", 3)):
        for name in ("rsa-sha256", "ec"):
            card, pad = PROFILES[name](), PinPad(typed)
            chip = Chip(card)
            with inserted(chip, pad=pad):
                found, said, errors = prove("--pin-pad")
            tap.equal((found, said["pin"]["outcome"], said["pin"].get("triesLeft")),
                      (status, outcome, left), f"{name} {typed}")
            tap.equal("type the PIN at the reader" in errors, True)
            tap.equal(len(pad.requests), 1)
            # Sent by the reader alone, and in the form that the card wants.
            tap.equal(pins_sent(chip), [eid_chip_keys.pin_block(typed)]
                      if isinstance(typed, str) and len(typed) > 3 else [])
            if outcome == "right":
                check_signature(card, said, "authentication")
            tap.equal(card.tries, left)


def test_pad_last_try():
    """A reader with keys does not take the last try by itself either"""
    card, pad = PROFILES["ec"](), PinPad(OTHER_PIN)
    card.tries = 1
    with inserted(Chip(card), pad=pad):
        status, said, errors = prove("--pin-pad")
    tap.equal((status, said["pin"]["outcome"], card.tries, pad.requests), (4, "lastTry", 1, []))
    tap.equal("type the PIN" in errors, False)


def waiting_pad():
    """A person who has not typed yet: the pad, whether it waits, and what lets them type."""
    asked, release = threading.Event(), threading.Event()

    def person():
        asked.set()
        release.wait(PATIENCE)
        return PIN
    return PinPad(person), asked, release


def test_pad_cancelled_program():
    """A program that ends while its reader waits leaves nothing open to the PIN that still comes"""
    pad, asked, release = waiting_pad()
    chip = Chip(PROFILES["ec"]())
    with inserted(chip, pad=pad):
        waiting = start_proving("--pin-pad")
        tap.equal(asked.wait(PATIENCE), True)
        waiting.send_signal(signal.SIGTERM)
        status, said, _errors = answered(waiting)
        tap.equal((status, said["error"]["code"]), (3, "cancelled"))
        release.set()
        wait_for(lambda: pins_sent(chip), "the PIN at the card")
        # pcscd resets a card whose user is gone.
        wait_for(lambda: not chip.keys.session_open, "the card to forget the PIN")
        tap.equal(sent(chip, SIGN), [])
        tap.equal(prove()[0], 0)


def test_pad_cancelled_call():
    """A call that is cancelled while its reader waits ends at once, and its thread cleans up later"""
    pad, asked, release = waiting_pad()
    chip = Chip(PROFILES["ec"]())
    with inserted(chip, pad=pad), subprocess.Popen(
            [os.environ["EID_PROBE"], ALPHA_NAME, "--cancel-at-pad"], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True) as asker:
        tap.equal(asker.stdout.readline().split(), ["asking", "3"])
        tap.equal(asked.wait(PATIENCE), True)
        asker.stdin.write("\n")
        asker.stdin.flush()
        tap.equal(asker.stdout.readline().split(), ["end", "cancelled"])
        tap.equal(sent(chip, LOG_OFF), [])
        release.set()
        wait_for(lambda: sent(chip, LOG_OFF), "the log off")
        tap.equal((chip.keys.session_open, sent(chip, SIGN)), (False, []))
        asker.communicate("\n", timeout=PATIENCE)
        tap.equal(asker.returncode, 0)


def test_copies():
    """Files on a chip without the keys of the card are no proof, and with others a forgery"""
    other = OFFICE.ec.keys.get("ec", "of a forger")
    for name, keys, pin, wanted, status in (
            ("ec", {}, None, ["genuine", "pinNotAsked", "presenceNotProved"], 0),
            ("ec", {}, PIN, ["genuine", "pinFailed", "presenceNotProved"], 4),
            ("ec", {"basic": other}, None, ["chipNotAuthentic", "pinNotAsked", "presenceNotProved"], 1),
            ("ec", {"authentication": other}, PIN, ["pinFailed", "presenceNotProved"], 1),
            ("rsa-sha256", {}, PIN, ["genuine", "pinFailed", "presenceNotProved"], 4),
            ("rsa-sha256", {"authentication": OFFICE.rsa.keys.get("rsa", "of a forger")}, PIN,
             ["pinFailed", "presenceNotProved"], 1)):
        card = PROFILES[name]()
        card.keys = keys
        with inserted(Chip(card)):
            found, said, _errors = prove(pin=pin)
        tap.equal((found, verdicts(said)), (status, wanted), f"{name} {sorted(keys)}")


def test_worn_chip():
    """A chip that wants its PIN before it proves itself again is no copy for that"""
    card = PROFILES["ec"]()
    card.uses = 0
    with inserted(Chip(card)):
        status, said, _errors = prove()
        tap.equal((status, "presenceNotProved" in verdicts(said)), (0, True))
        tap.equal(prove(pin=PIN)[0], 0)
        tap.equal(verdicts(prove()[1]), ["genuine", "pinNotAsked"])


def test_manners():
    """Cards that answer at once, speak T=1 or have an answer to reset of their own prove themselves too"""
    for what, how, atr in (("at once", {"fetched": False}, None),
                           ("T=1", {"fetched": False}, bytes.fromhex("3B800181")),
                           ("another ATR", {}, bytes.fromhex("3B6500002063CBBC00"))):
        for name in ("rsa-sha256", "ec"):
            with inserted(Chip(PROFILES[name](), **how), atr=atr):
                status, said, _errors = prove(pin=PIN)
            tap.equal((status, verdicts(said)), (0, ["genuine", "pinProved"]), f"{what} {name}")


def test_alone():
    """Nobody comes between the PIN and what it was for"""
    holding, release = threading.Event(), threading.Event()

    def hang(_number, command):
        if (command[0], command[1]) == SIGN:
            holding.set()
            release.wait(PATIENCE)
    chip = Chip(PROFILES["ec"](), hang)
    with inserted(chip):
        proving = start_proving(pin=PIN)
        tap.equal(holding.wait(PATIENCE), True)
        before = clients()
        other = subprocess.Popen(guichet_eid.command("read", "--reader", ALPHA_NAME),
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for(lambda: clients() > before, "another program at pcscd")
        release.set()
        tap.equal(answered(proving)[0], 0)
        tap.equal(other.wait(PATIENCE), 0)
    kinds = [(command[0], command[1]) for command in chip.commands]
    begin, end = kinds.index(VERIFY), kinds.index(LOG_OFF)
    tap.equal((0x00, 0xA4) in kinds[begin:end], False)
    tap.equal((0x00, 0xA4) in kinds[end:], True)


def clients():
    """How many connections pcscd has."""
    return pathlib.Path("/proc/net/unix").read_text(encoding="ascii").count("/run/pcscd/pcscd.comm")


# In a program as small as this also packed, which is part of the block.
FORMS = {**eid_chip_keys.pin_forms(PIN), "packed": bytes.fromhex(PIN)}


def held_at(kind):
    """A card that holds its answer to a command back: the chip, whether it does, what lets go."""
    holding, release = threading.Event(), threading.Event()

    def hang(_number, command):
        if (command[0], command[1]) == kind and len(command) > 5:
            holding.set()
            release.wait(PATIENCE)
    return Chip(PROFILES["ec"](), hang), holding, release


def test_memory():
    """The PIN is in one locked page while it is used, and nowhere in the program afterwards"""
    for kind, there in ((VERIFY, True), (SIGN, False)):
        chip, holding, release = held_at(kind)
        with inserted(chip):
            proving = start_proving("--timeout", "600", pin=PIN)
            tap.equal(holding.wait(PATIENCE), True)
            places = process_memory.search(proving.pid, FORMS)
            locked = process_memory.locked(proving.pid)
            release.set()
            tap.equal(answered(proving)[0], 0)
        if there:
            tap.equal({form for form, _flags in places}, {"block", "packed"})
            tap.equal(len({flags for _form, flags in places}), 1)
            tap.equal(len(places), 2)  # the block, which the packed digits are part of
            tap.equal({"lo", "dd", "wf"} <= set(places[0][1]), True, str(places))
            tap.equal(locked >= 4, True)
        else:
            tap.equal(places, [])


def test_memory_cancelled():
    """A call that is cancelled takes the PIN with it, though its thread hangs in the reader"""
    chip, holding, release = held_at(ENVIRONMENT)
    with inserted(chip), subprocess.Popen([os.environ["EID_PROBE"], ALPHA_NAME, "--cancel-typed"],
                                          stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                          text=True) as asker:
        tap.equal(holding.wait(PATIENCE), True)
        tap.equal({form for form, _flags in process_memory.search(asker.pid, FORMS)}, {"block", "packed"})
        asker.stdin.write("\n")
        asker.stdin.flush()
        tap.equal(asker.stdout.readline().split(), ["end", "cancelled"])
        tap.equal(process_memory.search(asker.pid, FORMS), [])
        release.set()
        asker.communicate("\n", timeout=PATIENCE)
        tap.equal((asker.returncode, pins_sent(chip)), (0, []))


def test_usage():
    """What is no PIN, no challenge or no way to ask is refused before the card is touched"""
    chip = Chip(PROFILES["ec"]())
    with inserted(chip):
        for words, pin in (((), "12a456"), ((), "123"), ((), "1234567890123"), ((), ""),
                           (("--pin-pad",), PIN), (("--challenge", "C0FFE"), None),
                           (("--challenge", "zz"), None), (("--challenge", ""), None),
                           (("--pin-fd", "99"), None)):
            tap.equal(prove(*words, pin=pin)[0], 2, f"{words} {pin}")
        tap.equal(guichet_eid.run("read", "--pin-pad")[0], 2)
        tap.equal(chip.commands, [])


def at_terminal(keys):
    """What becomes of keys at a terminal that asks for the PIN; and what is to be seen there."""
    here, there = pty.openpty()
    proving = start_proving(descriptor=os.dup(there))
    wait_for(lambda: not termios.tcgetattr(here)[3] & termios.ECHO, "a terminal that is silent")
    os.write(here, keys)
    result = answered(proving)
    seen = os.read(here, 1000) if select.select([here], [], [], 0)[0] else b""
    os.close(here)
    os.close(there)
    return result[0], seen


def test_terminal():
    """A terminal does not show what is typed, takes it back key by key, and lets it be given up"""
    chip = Chip(PROFILES["ec"]())
    with inserted(chip):
        tap.equal(at_terminal(b"739\x7f9182\n"), (0, b""))
        tap.equal(pins_sent(chip), [eid_chip_keys.pin_block(PIN)])
        tap.equal(at_terminal(b"7391\x03"), (2, b""))
        tap.equal(len(pins_sent(chip)), 1)


def test_terminal_when_ended():
    """A terminal shows what is typed again where the question for the PIN is ended from outside"""
    here, there = pty.openpty()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
        asking = start_proving(descriptor=os.dup(there))
        wait_for(lambda: not termios.tcgetattr(here)[3] & termios.ECHO, "a terminal that is silent")
        asking.send_signal(number)
        tap.equal(asking.wait(PATIENCE), -number)
        tap.equal(bool(termios.tcgetattr(here)[3] & termios.ECHO), True, number.name)
        asking.communicate()
    os.close(here)
    os.close(there)


def test_opensc():
    """OpenSC signs with the same card, and what it gets is the key's signature"""
    card = PROFILES["no-version"]()
    chip = Chip(card)
    document, signature = FOLDER / "document", FOLDER / "signature"
    document.write_bytes(b"to be signed")
    certificate = x509.load_der_x509_certificate(eid_cards.der_in(card.files["authenticationCertificate"]))
    with inserted(chip):
        for pin, status in (("000000", 1), (PIN, 0)):
            done = subprocess.run(
                ["pkcs11-tool", "--module", "opensc-pkcs11.so", "--token-label", "BELPIC (Basic PIN)",
                 "--login", "--pin", pin, "--sign", "--id", "02", "--mechanism", "SHA256-RSA-PKCS",
                 "--input-file", str(document), "--output-file", str(signature)],
                capture_output=True, text=True, timeout=PATIENCE, check=False)
            tap.equal(done.returncode, status, done.stderr)
        tap.equal(card.tries, 3)
    certificate.public_key().verify(signature.read_bytes(), document.read_bytes(),
                                    padding.PKCS1v15(), hashes.SHA256())


def statuses(*commands):
    """What the card says to commands in hexadecimal, sent by OpenSC; a signature counts as 9000."""
    words = [word for command in commands for word in ("-s", command)]
    done = subprocess.run(["opensc-tool", "-r", ALPHA_NAME, *words], capture_output=True, text=True,
                          timeout=PATIENCE, check=True)
    return ["".join(pair) for pair in re.findall(r"SW1=0x(..), SW2=0x(..)", done.stdout)]


def test_pin_modes():
    """The card that is played opens its keys as the manuals have it"""
    good, bad = ("0020000108" + eid_chip_keys.pin_block(pin).hex() for pin in (PIN, OTHER_PIN))
    count, data, off = "0020000100", "80E400001C", "80E6000000"
    for name, algorithm, size, between in (("rsa-sha256", "08", 32, "6982"), ("ec", "02", 48, "9000")):
        for_login, for_signature = (f"002241B6050480{algorithm}84{key}" for key in ("82", "83"))
        sign = f"002A9E9A{size:02X}" + "AB" * size
        chip = Chip(PROFILES[name]())
        with inserted(chip):
            for commands, wanted in (
                    ((sign,), "6985"),
                    ((for_login, sign), "9000 6982"),
                    # One PIN for the session, until it is logged off or a wrong one comes.
                    ((for_login, good, sign, data, sign), "9000 9000 9000 9000 9000"),
                    ((good, count, off, count), "9000 9000 9000 63C3"),
                    ((for_login, good, bad, count, sign, good), "9000 9000 63C2 63C2 6982 9000"),
                    # For the other key each time, just before, and the first wants its own again.
                    ((for_signature, good, sign, sign), "9000 9000 9000 6982"),
                    ((good, for_signature, sign), "9000 9000 6982"),
                    ((for_signature, good, data, sign), f"9000 9000 9000 {between}"),
                    ((for_signature, good, sign, for_login, sign), "9000 9000 9000 9000 6982"),
                    (("002241B6050480FF8482",), "6A80")):
                chip.reset()
                tap.equal(" ".join(statuses(*commands)), wanted, f"{name} {commands}")


def test_records():
    """The card that is played gives single fields, as those of 2020 do"""
    with inserted(Chip(PROFILES["ec"]())):
        done = subprocess.run(["opensc-tool", "-r", ALPHA_NAME, "-s", "00A4080C04DF014031",
                               "-s", "80B2070700", "-s", "80B2707100"], capture_output=True,
                              text=True, timeout=PATIENCE, check=True)
    tap.equal("Vandenbroucke" in done.stdout.replace("\n", ""), True, done.stdout)
    tap.equal("SW1=0x6A, SW2=0x83" in done.stdout, True, done.stdout)


def test_no_pad():
    """A reader without keys says so, and takes a typed PIN all the same"""
    DAEMON.stop()
    DAEMON.start(Alpha=ALPHA)
    card = PROFILES["ec"]()
    chip = Chip(card)
    with inserted(chip):
        status, said, _errors = prove("--pin-pad")
        tap.equal((status, said["error"]["code"], sent(chip, VERIFY)), (2, "invalid", []))
        tap.equal(prove(pin=PIN)[0], 0)
    Watch.running.stop()


TESTS = [
    test_chip_alone, test_typed, test_random, test_tries, test_last_try_right, test_old_applet, test_no_key,
    test_pad,
    test_pad_last_try, test_pad_cancelled_program, test_pad_cancelled_call, test_copies,
    test_worn_chip, test_manners, test_alone,
    test_memory, test_memory_cancelled, test_usage, test_terminal,
    test_opensc, test_pin_modes, test_records, test_no_pad,
]

if __name__ == "__main__":
    guichet_eid.start(os.environ["IFD_PIN_PAD"])
    # Some by their names, for who works on them.
    tap.run([test for test in TESTS if not sys.argv[1:] or test.__name__ in sys.argv[1:]])
