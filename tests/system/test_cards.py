# SPDX-License-Identifier: GPL-3.0-or-later
"""guichet-eid against cards in the readers of a real pcscd, and all that can go wrong there."""
import base64
import ctypes
import json
import os
import re
import signal
import subprocess
import sys
import threading

import eid_cards
import guichet_eid
import tap
from guichet_eid import (ALPHA, ALPHA_NAME, BETA, BETA_NAME, DAEMON, FOLDER, Watch, command, inserted,
                         readers, root_options, run)
from virtual_card import PATIENCE, Chip, Pulled, VirtualCard, wait_for

OFFICE = eid_cards.Office()
PROFILES = OFFICE.profiles()


def verify(*words):
    status, said = run("verify", *root_options(OFFICE), "--no-revocation", *words)
    if "error" in said:
        raise AssertionError(f"verify: {said['error']}")
    return status, said


def verdicts(said):
    """What there is beside that which nothing of this asked for."""
    always = {"pinNotAsked", "revocationUnknown"}
    found = [verdict["verdict"] for verdict in said["verdicts"]]
    for word in always:
        tap.equal(found.count(word), 1, word)
    # Whether the card proved itself is for test_proofs.py.
    return sorted(word for word in found if word not in {*always, "presenceNotProved"})


def photo_of(said):
    return base64.b64decode(said["photo"]["data"])


def test_list():
    """Readers and what lies in them are listed"""
    found = readers()
    tap.equal({name: reader["status"] for name, reader in found.items()},
              {ALPHA_NAME: "empty", BETA_NAME: "empty"})
    with inserted(Chip(PROFILES["rsa-sha256"]())), inserted(Chip(PROFILES["ec"]()), BETA, BETA_NAME):
        found = readers()
        tap.equal(found[ALPHA_NAME]["card"], "belpic17")
        tap.equal(found[BETA_NAME]["card"], "belpic18")
        tap.equal(found[BETA_NAME]["atr"], eid_cards.ATR["1.8"].hex().upper())


def test_read():
    """Identity, address and photo are what lies on the card"""
    for name in ("rsa-sha256", "ec", "no-version", "kid", "foreigner"):
        chip = Chip(PROFILES[name]())
        with inserted(chip):
            status, said = run("read")
            tap.equal(status, 0, name)
            tap.equal(said["errors"], [])
            tap.equal(photo_of(said), eid_cards.PHOTO)
            tap.equal((said["photo"]["width"], said["photo"]["height"]), (140, 200))
            tap.equal(said["address"], {"street": "Rue de Nimy 12", "postcode": "7000",
                                        "municipality": "Mons"})
            identity = said["identity"]
            tap.equal(identity["familyName"], "Vandenbroucke")
            tap.equal(identity["givenNames"], "Éléonore Marie")
            tap.equal(identity["chipNumber"], eid_cards.CHIP.hex().upper())
            tap.equal(identity["validUntil"], "2031-05-12")
        if name == "kid":
            tap.equal(identity["document"], {"number": 6, "type": "kid", "holder": "kid"})
            tap.equal((identity["birthDate"], identity["sex"]), ("2016-05-01", "male"))
        elif name == "foreigner":
            tap.equal(identity["document"], {"number": 33, "type": "aNew", "letter": "A",
                                             "holder": "foreigner"})
            tap.equal((identity["familyMember"], identity["registration"], identity["cardNumber"]),
                      (True, "2019-02-01", "B123456789"))
        else:
            tap.equal((identity["cardNumber"], identity["birthDate"], identity["sex"]),
                      ("591-2345678-90", "1985-07-30", "female"))


def test_exchanges():
    """A reading takes as few exchanges as the card allows"""
    for name in ("rsa-sha256", "ec"):
        card = PROFILES[name]()
        chip = Chip(card)
        with inserted(chip):
            run("read")
            took = len(chip.commands)
        least = 3 + sum(-(-len(card.files[word]) // 256) for word in ("identity", "address", "photo"))
        print(f"# {name}: {took} exchanges, the least is {least}")
        if took > 1.15 * least:
            raise AssertionError(f"{name}: {took} exchanges, the least is {least}")


def reads_of(chip, word):
    """How often a file of its card was read in, as the card saw it."""
    path, count, inside = bytes.fromhex(eid_cards.PATHS[word]), 0, False
    for sent in chip.commands:
        if sent[1] == 0xA4:
            inside = sent[5:9] == path
        count += inside and sent[1] == 0xB0
    return count


def test_signature_of_address():
    """The register's key says how long its signature of the address is, which nobody asks for more of"""
    for name in ("rsa-sha256", "rsa-sha1", "ec"):
        for padding in (0, 40):
            card = PROFILES[name]()
            # Not all numbers have as many bytes as the longest, and a file without padding ends with them.
            signature = card.files["addressSignature"]
            card.files["addressSignature"] = signature.ljust(104, b"\0") + bytes(padding)
            chip = Chip(card)
            with inserted(chip):
                _status, said = verify("--at", "2012-01-01" if name == "rsa-sha1" else "2026-03-01")
            tap.equal(verdicts(said), ["genuine"], name)
            tap.equal(reads_of(chip, "addressSignature"), 1, f"{name}, padded with {padding}")
            # All of it is signed with the address, and it does not say where it ends.
            tap.equal(reads_of(chip, "identitySignature"), 2, name)


OUTCOMES = {0: "genuine", 1: "notGenuine", 3: "unreadable"}
WANTED = {
    "rsa-sha256": (0, ["genuine"]),
    "ec": (0, ["genuine"]),
    "rsa-resigned": (0, ["genuine"]),
    "rekeyed": (0, ["genuine"]),
    "rsa-sha1": (1, ["cardExpired"] + 4 * ["certificateExpired"] + ["genuine", "rootExpired"]),
    "kid": (0, ["genuine"]),
    "register-ca": (0, ["genuine"]),
    "no-photo-hash": (3, ["photoUnproved"]),
    "expired": (1, ["cardExpired", "genuine"]),
    "test-root": (1, ["testRoot"]),
    "stranger": (1, ["rootUnknown"]),
    "other-holder": (1, ["holderMismatch", "holderMismatch"]),
    "signed-by-citizen": (1, ["signerWrong"]),
    "broken-ca": (1, ["chainBroken", "chainBroken", "chainBroken"]),
}


def said_until(card):
    """The last day of a card, as JSON has it."""
    day, month, year = re.search(rb"\x04\x0a(\d\d)\.(\d\d)\.(\d{4})", card.files["identity"]).groups()
    return b"-".join((year, month, day)).decode()


def test_verify():
    """Each kind of card gets its verdicts and its status"""
    for name, (wanted_status, wanted) in WANTED.items():
        with inserted(Chip(PROFILES[name]())):
            status, said = verify()
        tap.equal((verdicts(said), status), (wanted, wanted_status), name)
        tap.equal(said["outcome"], OUTCOMES[status], name)
        if name == "expired":
            tap.equal([verdict.get("day") for verdict in said["verdicts"] if verdict["verdict"] == "cardExpired"],
                      [said_until(PROFILES[name]())])


def test_moment():
    """A card is judged at the moment that is asked for"""
    with inserted(Chip(PROFILES["rsa-sha1"]())):
        status, said = verify("--at", "2012-01-01T10:00:00Z")
        tap.equal((status, verdicts(said)), (0, ["genuine"]))
        tap.equal("sha1" in said["verdicts"][0]["reason"], True)
        tap.equal(run("verify", "--at", "yesterday")[0], 2)


def test_test_mode():
    """Test roots pass in test mode alone, and never without a caution"""
    with inserted(Chip(PROFILES["test-root"]())):
        status, said = verify("--test-mode")
        tap.equal((status, verdicts(said), said["worst"]), (0, ["genuine", "testRoot"], "caution"))
        config = FOLDER / "eid.conf"
        config.write_text(f"[eid]\ntest-mode=true\ntest-roots={FOLDER}/test.der\nat=2026-03-01\n"
                          "revocation=false\n")
        status, said = run("verify", "--config", str(config))
        tap.equal((status, verdicts(said)), (0, ["genuine", "testRoot"]))
        status, said = run("verify", "--at", "2026-03-01", "--no-revocation")
        tap.equal((status, verdicts(said)), (1, ["rootUnknown"]))


def test_tampered():
    """A byte changed in a file shows in the verdict about that file"""
    flips = {"identity": ["addressForged"], "address": ["addressForged"], "photo": ["photoForged"],
             "identitySignature": ["addressForged", "identityForged"],
             "addressSignature": ["addressForged"], "basicKey": ["basicKeyMismatch", "chipNotAuthentic"]}
    for word, wanted in flips.items():
        card = PROFILES["ec"]()
        content = bytearray(card.files[word])
        # Inside a text, a hash's value or a signature's number; the form stays what it was.
        at = content.index(b"Mons") if word in ("identity", "address") else 60
        content[at] ^= 0x01
        card.files[word] = bytes(content)
        if word == "identity":
            wanted = ["identityForged"]
        with inserted(Chip(card)):
            status, said = verify()
        tap.equal((verdicts(said), status), (wanted, 1), word)


def test_chip():
    """Files on another chip, or on one that is not in use, are told"""
    card = PROFILES["ec"]()
    card.chip, card.life_cycle = bytes(16), 0x0A
    with inserted(Chip(card)):
        tap.equal(verdicts(verify()[1]), ["chipDiffers", "notIssued"])


def test_garbled():
    """A file that breaks its form is named with the place, and the others stay"""
    card = PROFILES["ec"]()
    card.files["identity"] = card.files["identity"][:40]
    with inserted(Chip(card)):
        status, said = run("read")
        tap.equal((status, "identity" in said), (3, False))
        tap.equal(said["address"]["municipality"], "Mons")
        tap.equal([(error["file"], error["code"]) for error in said["errors"]],
                  [("identity", "unreadable")])
        tap.equal(said["errors"][0]["message"].startswith("identity: at byte 36: field 03"), True)
        status, said = verify()
        tap.equal((status, verdicts(said)), (1, ["identityForged", "unreadable"]))


def test_unknown_fields():
    """What later years may add to identity or address is given as the card has it"""
    card = PROFILES["ec"]()
    for word, tag in (("identity", 0x2A), ("address", 0x04)):
        card.files[word] = card.files[word].rstrip(b"\0") + bytes([tag, 5]) + b"later"
    card.files["address"] += bytes(117 - len(card.files["address"]))
    with inserted(Chip(card)):
        status, said = run("read")
    tap.equal((status, [said[word]["unknownFields"] for word in ("identity", "address")]),
              (0, [[{"tag": 0x2A, "value": "6C61746572"}], [{"tag": 0x04, "value": "6C61746572"}]]))


def test_missing():
    """Files that the card lacks or refuses are named, and the others stay"""
    for word in ("address", "photo", "identitySignature", "registerCertificate"):
        card = PROFILES["rsa-sha256"]()
        del card.files[word]
        with inserted(Chip(card)):
            status, said = verify()
            tap.equal((status, verdicts(said)), (3, ["unreadable"]), word)
            tap.equal([v["file"] for v in said["verdicts"] if v["verdict"] == "unreadable"], [word])

    def refuse_photo(_number, sent):
        return b"\x69\x85" if sent[5:] == bytes.fromhex("DF014035") else None
    with inserted(Chip(PROFILES["ec"](), refuse_photo)):
        status, said = run("read")
        tap.equal((status, said["identity"]["familyName"]), (3, "Vandenbroucke"))
        tap.equal(said["errors"][0]["message"], "photo: at byte 0: the card answers 6985")


def test_other_cards():
    """What is not a Belgian card is said politely"""
    bank = bytes.fromhex("3B6500002063CBBC00")
    with inserted(Chip(PROFILES["ec"](), lambda _number, sent: b"\x6A\x82"), atr=bank):
        tap.equal(readers()[ALPHA_NAME]["card"], "other")
        status, said = run("read")
        tap.equal((status, said["error"]["code"]), (3, "unsupportedCard"))
    with inserted(Chip(PROFILES["ec"]()), atr=bank):  # it has the applet all the same
        tap.equal(run("read")[0], 0)


def test_no_card_to_judge():
    """Who asks for verdicts gets one where the card goes, is none of ours, or has no reader"""
    def pull(number, _sent):
        if number > 5:
            raise Pulled
    bank = bytes.fromhex("3B6500002063CBBC00")
    for chip, options, word in (
            (Chip(PROFILES["ec"](), pull), {}, "cardRemoved"),
            (Chip(PROFILES["ec"](), lambda _number, _sent: b"\x6A\x82"), {"atr": bank}, "unsupportedCard")):
        with inserted(chip, **options):
            status, said = run("verify", "--no-revocation")
        tap.equal((status, said["outcome"], said["worst"], said["certificates"]), (3, "unreadable", "unreadable", []))
        tap.equal([verdict["verdict"] for verdict in said["verdicts"]], [word])
    status, said = run("verify", "--no-revocation", "--reader", "Gamma")
    tap.equal((status, [verdict["verdict"] for verdict in said["verdicts"]]), (3, ["readerLost"]))
    # What says nothing of a card is no verdict.
    tap.equal(run("verify", "--no-revocation")[1]["error"]["code"], "noCard")


def wrapped_61(chip_class=Chip):
    """A chip that gives nothing at once: each answer is fetched with GET RESPONSE."""
    class Waiting(chip_class):
        def run(self, sent):
            data, status = super().run(sent)
            return self.hold_back(data, status) if sent[1] == 0xB0 else (data, status)
    return Waiting


def test_manners():
    """Cards and readers with manners of their own are read all the same"""
    class Warning(Chip):
        def select(self, how, name):
            status = super().select(how, name)
            return 0x6283 if status == 0x9000 else status

    for what, chip in {
        "61xx": wrapped_61()(PROFILES["rsa-sha256"]()),
        "no paths": Chip(PROFILES["rsa-sha256"](), takes_path=False),
        "252 bytes": Chip(PROFILES["ec"](), block_max=252),
        "6283": Warning(PROFILES["rsa-sha256"]()),
        "6F00 once": Chip(PROFILES["ec"](), lambda number, _sent: b"\x6F\x00" if number == 5 else None),
    }.items():
        with inserted(chip):
            status, said = verify()
            tap.equal((status, verdicts(said)), (0, ["genuine"]), what)


def test_reset():
    """A card that loses its place is read again from the beginning"""
    chip = Chip(PROFILES["ec"]())

    def forget_once(number, _sent):
        if number == 8:  # a block of the photo
            chip.reset()
    chip.fault = forget_once
    with inserted(chip):
        status, said = run("read")
        tap.equal((status, photo_of(said)), (0, eid_cards.PHOTO))
        tap.equal(sum(sent[5:] == bytes.fromhex("DF014031") for sent in chip.commands), 2)


def test_t1():
    """A card that speaks T=1 is read as well"""
    with inserted(Chip(PROFILES["ec"]()), atr=bytes.fromhex("3B800181")):
        status, said = verify()
        tap.equal((status, verdicts(said)), (0, ["genuine"]))


def probe(*words):
    """What a program is told that uses the library; and when it ended."""
    done = subprocess.run([os.environ["EID_PROBE"], ALPHA_NAME, *words], capture_output=True,
                          text=True, timeout=PATIENCE, check=True)
    return [line.split() for line in done.stdout.splitlines()]


def test_progress():
    """Files are told of as they come, the name first, and none once it is over"""
    card = PROFILES["ec"]()
    with inserted(Chip(card)):
        lines = probe()
        tap.equal([word for word, _size in lines[:3]], ["identity", "address", "photo"])
        tap.equal(dict(lines)["photo"], str(len(card.files["photo"])))
        tap.equal(dict(lines)["registerCaCertificate"], "0")
        tap.equal(lines[-2:], [["end", "done"], ["late", "0"]])
        lines = probe("identity")
        tap.equal((lines[0][0], lines[-2:]), ("identity", [["end", "cancelled"], ["late", "0"]]))


def test_progress_at_rest():
    """Files are told of in the thread that asked, also while it does not listen"""
    chip = Chip(PROFILES["ec"]())
    with inserted(chip), subprocess.Popen([os.environ["EID_PROBE"], ALPHA_NAME, "--at-rest"],
                                          stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                          text=True) as asker:
        # The identity is complete by then.
        wait_for(lambda: any(sent[5:] == bytes.fromhex("DF014035") for sent in chip.commands),
                 "the photo to be selected")
        said, _errors = asker.communicate("\n", timeout=PATIENCE)
        lines = [line.split() for line in said.splitlines()]
        tap.equal(lines[0][0], "identity")
        tap.equal([line for line in lines if line[-1] == "elsewhere"], [])
        tap.equal(lines[-2:], [["end", "done"], ["late", "0"]])


def test_progress_cancelled():
    """Nobody who gave up is told of a file that had come before"""
    chip = Chip(PROFILES["ec"]())
    with inserted(chip), subprocess.Popen([os.environ["EID_PROBE"], ALPHA_NAME, "identity", "--at-rest"],
                                          stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                          text=True) as asker:
        # Identity and address are complete by then, and the first is given up on.
        wait_for(lambda: any(sent[5:] == bytes.fromhex("DF014035") for sent in chip.commands),
                 "the photo to be selected")
        said, _errors = asker.communicate("\n", timeout=PATIENCE)
        tap.equal([line.split()[0] for line in said.splitlines()], ["identity", "end", "late"])


class Exclusive:
    """Another program that keeps a card to itself, by the same PC/SC."""

    def __init__(self):
        self.pcsc = ctypes.CDLL("libpcsclite.so.1")
        self.context, self.handle, protocol = ctypes.c_long(), ctypes.c_long(), ctypes.c_ulong()
        tap.equal(self.pcsc.SCardEstablishContext(ctypes.c_ulong(2), None, None,
                                                  ctypes.byref(self.context)), 0)
        tap.equal(self.pcsc.SCardConnect(self.context, ALPHA_NAME.encode(), ctypes.c_ulong(1),
                                         ctypes.c_ulong(3), ctypes.byref(self.handle),
                                         ctypes.byref(protocol)), 0)

    def let_go(self):
        self.pcsc.SCardDisconnect(self.handle, ctypes.c_ulong(0))
        self.pcsc.SCardReleaseContext(self.context)


def test_in_use():
    """A card that another program keeps is waited for, and said to be in use if that lasts"""
    with inserted(Chip(PROFILES["ec"]())):
        other = Exclusive()
        tap.equal(readers()[ALPHA_NAME]["inUse"], True)
        status, said = run("read")
        tap.equal((status, said["error"]["code"]), (3, "inUse"))
        waiting = subprocess.Popen(command("read"), stdout=subprocess.DEVNULL,
                                   stderr=subprocess.PIPE, text=True,
                                   env={**os.environ, "G_MESSAGES_DEBUG": "eid-sitting"})
        # It has met the other program once; GLib writes what it debugs there.
        tap.equal("trying again" in waiting.stderr.readline(), True)
        other.let_go()
        waiting.stderr.read()
        tap.equal(waiting.wait(PATIENCE), 0)


def test_pulled():
    """The card may go after any exchange"""
    chip = Chip(PROFILES["ec"]())
    with inserted(chip):
        run("read")
        exchanges = len(chip.commands)
    for last in range(exchanges):
        def pull(number, _sent, last=last):
            if number > last:
                raise Pulled
        with inserted(Chip(PROFILES["ec"](), pull)):
            status, said = run("read")
        tap.equal((status, said["error"]["code"]), (3, "cardRemoved"), f"after {last}")


def test_stalled():
    """A reader that hangs is given up in time, and does not hold up another"""
    release = threading.Event()

    def hang(number, _sent):
        if number == 3:
            release.wait(PATIENCE)
    with inserted(Chip(PROFILES["ec"]()), BETA, BETA_NAME), inserted(Chip(PROFILES["ec"](), hang)):
        stuck = subprocess.Popen(command("--json", "read", "--reader", ALPHA_NAME, "--timeout", "2"),
                                 stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        tap.equal(run("read", "--reader", BETA_NAME)[0], 0)
        said = json.loads(stuck.communicate(timeout=PATIENCE)[0])
        tap.equal((stuck.returncode, said["error"]["code"]), (3, "timedOut"))
        release.set()
        # And works again once it moves.
        tap.equal(run("read", "--reader", ALPHA_NAME)[0], 0)


def test_cancelled():
    """A signal ends a reading that hangs"""
    release, hanging = threading.Event(), threading.Event()

    def hang(number, _sent):
        if number == 3:
            hanging.set()
            release.wait(PATIENCE)
    with inserted(Chip(PROFILES["ec"](), hang)):
        stuck = subprocess.Popen(command("--json", "read"), stdout=subprocess.PIPE,
                                 stderr=subprocess.DEVNULL)
        tap.equal(hanging.wait(PATIENCE), True)
        stuck.send_signal(signal.SIGTERM)
        said = json.loads(stuck.communicate(timeout=PATIENCE)[0])
        tap.equal((stuck.returncode, said["error"]["code"]), (3, "cancelled"))
        release.set()
        tap.equal(run("read")[0], 0)


def test_two_readers():
    """With two cards one must be named, and each is read as it is"""
    other = OFFICE.new18(identity={0x07: "Peeters", 0x08: "Jan"})
    with inserted(Chip(PROFILES["rsa-sha256"]())), inserted(Chip(other), BETA, BETA_NAME):
        status, said = run("read")
        tap.equal((status, said["error"]["code"]), (2, "invalid"))
        tap.equal(run("read", "--reader", ALPHA_NAME)[1]["identity"]["familyName"], "Vandenbroucke")
        tap.equal(run("read", "--reader", BETA_NAME)[1]["identity"]["familyName"], "Peeters")
        status, said = run("read", "--reader", "Gamma")
        tap.equal((status, said["error"]["code"]), (3, "readerLost"))


def test_nothing_there():
    """No card, no reader and no pcscd are three things"""
    tap.equal(run("read")[1]["error"]["code"], "noCard")
    tap.equal(run("read", "--reader", ALPHA_NAME)[1]["error"]["code"], "noCard")
    DAEMON.stop()
    tap.equal((run("read")[0], run("read")[1]["error"]["code"]), (3, "noService"))
    tap.equal(run("list")[1]["error"]["code"], "noService")
    DAEMON.start()
    tap.equal(run("read")[1]["error"]["code"], "readerLost")
    tap.equal(run("list")[1], {"service": "running", "readers": []})
    DAEMON.stop()
    DAEMON.start(Alpha=ALPHA)


def test_watch():
    """Cards, readers and pcscd may come and go while they are watched"""
    def alpha(first, second):
        return {ALPHA_NAME: first, BETA_NAME: second}

    watch = Watch.running
    watch.sees("running", alpha("empty", "empty"))
    with VirtualCard(Chip(PROFILES["ec"]()), ALPHA):
        watch.sees("running", alpha("card", "empty"))
        with VirtualCard(Chip(PROFILES["ec"]()), BETA):
            watch.sees("running", alpha("card", "card"))
        watch.sees("running", alpha("card", "empty"))
    watch.sees("running", alpha("empty", "empty"))
    DAEMON.stop()
    watch.sees("absent", {})
    DAEMON.start(Gamma=40021)
    watch.sees("running", {"Gamma 00 00": "empty", "Gamma 00 01": "empty"})
    with VirtualCard(Chip(PROFILES["ec"]()), 40021):
        watch.sees("running", {"Gamma 00 00": "card", "Gamma 00 01": "empty"})
        DAEMON.stop(signal.SIGKILL)
        watch.sees("absent", {})
    DAEMON.start(Alpha=ALPHA)
    watch.sees("running", alpha("empty", "empty"))


def opensc(*words, statuses=(0,)):
    done = subprocess.run(words, capture_output=True, timeout=PATIENCE, check=False)
    if done.returncode not in statuses:
        raise AssertionError(f"{words}: {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done.stdout


def explore(path):
    """A file of the card as opensc-explorer gets it."""
    target, script = FOLDER / "explored", FOLDER / "script"
    target.unlink(missing_ok=True)
    script.write_text(f"cd {path[:4]}\nget {path[4:]} {target}\n")
    opensc("opensc-explorer", "-r", ALPHA_NAME, str(script))
    return target.read_bytes()


def test_watch_end():
    """The watch ends when it is told, with nothing left behind"""
    Watch.running.stop()


def test_opensc():
    """OpenSC reads the same identity, photo and certificates from the virtual card"""
    for name in ("no-version", "rsa-sha256", "ec"):
        card = PROFILES[name]()
        with inserted(Chip(card)):
            said = run("read")[1]
            for word in ("identity", "address", "photo", "identitySignature"):
                tap.equal(explore(eid_cards.PATHS[word]), card.files[word], f"{name} {word}")
            tap.equal(explore(eid_cards.PATHS["photo"]), photo_of(said))
            if name == "no-version":
                # eidenv takes a field 00 for the end, and calls what it has printed a failure.
                printed = opensc("eidenv", "-r", ALPHA_NAME, statuses=(0, 1)).decode()
                for wanted in (said["identity"]["familyName"], said["identity"]["nationalNumber"]):
                    tap.equal(wanted in printed, True, f"{wanted} in what eidenv printed")
            for identifier, word in (("02", "authenticationCertificate"), ("03", "signatureCertificate"),
                                     ("04", "caCertificate"), ("06", "rootCertificate")):
                pem = opensc("pkcs15-tool", "-r", ALPHA_NAME, "--read-certificate", identifier).decode()
                body = "".join(line for line in pem.splitlines() if "-----" not in line)
                der = base64.b64decode(body)
                tap.equal(der, card.files[word][:len(der)], f"{name} {word}")
                tap.equal(card.files[word][len(der):].strip(b"\0"), b"")


TESTS = [
    test_list, test_read, test_exchanges, test_signature_of_address, test_verify, test_moment, test_test_mode, test_tampered,
    test_chip, test_garbled, test_unknown_fields, test_missing, test_other_cards, test_no_card_to_judge, test_manners, test_t1,
    test_reset, test_progress, test_progress_at_rest, test_progress_cancelled, test_in_use, test_pulled,
    test_stalled, test_cancelled, test_two_readers, test_nothing_there, test_watch, test_opensc,
    test_watch_end,
]

if __name__ == "__main__":
    guichet_eid.start()
    # Some by their names, for who works on them.
    tap.run([test for test in TESTS if not sys.argv[1:] or test.__name__ in sys.argv[1:]])
