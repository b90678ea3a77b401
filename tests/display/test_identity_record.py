#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Identity checks that are recorded: steps that wait for them, PINs, revocation, and a server that is away."""
import datetime
import os
import re

import eid_cards
from card_table import CardTable
from counter import Counter, Place
from cryptography import x509
from desk_driver import Atspi, wait_for
from go_between import GoBetween, WrongClock
from revocation import DAY, Authority, Responder, serial_asked
from tap import equal, run
from virtual_card import PinPad, loopback_up

counter = None
place = None
table = None
request = None
responder = None
between = None
RECORDED = "^The verification is in the history.$"
RECORDED_WITH_PIN = "^The verification is in the history. The PIN was right: 3 tries left.$"


class State:
    """Who answers for the cards of the table, and says of each certificate what `said` has for it.

    That is a word of Authority.ocsp(), with a reason where there is one, or `silent`.
    """

    def __init__(self, office):
        self.office = office
        self.root = Authority(office.ec, office.ec.root, office.ec.root_key)
        self.citizens = Authority(office.ec, office.ec.ca, office.ec.ca_key)

    def answer_for(self, card, **said):
        now = datetime.datetime.utcnow()
        about = {}
        for word, authority in (("authenticationCertificate", self.citizens), ("signatureCertificate", self.citizens),
                                ("registerCertificate", self.root)):
            certificate = x509.load_der_x509_certificate(eid_cards.der_in(card.files[word]))
            about[certificate.serial_number] = (word, certificate, authority)

        def answer(body):
            word, certificate, authority = about[serial_asked(body)]
            what, _colon, why = said.get(word, "").partition(":")
            if what == "silent":
                return 500, b"oh"
            how = {what: x509.ReasonFlags(why) if why else True} if what else {}
            return authority.ocsp(certificate, made=now, until=now + DAY, **how)

        responder.answers = {"/ocsp": answer,
                             "/Belgium-Root-CA6.crl": lambda _body: self.root.crl(made=now, until=now + DAY)}


def whole(pattern):
    return place.desk.find(Atspi.Role.PANEL, re.compile(pattern))


def line(pattern):
    return place.desk.find(Atspi.Role.LIST_ITEM, re.compile(pattern))


def has_line(pattern):
    return place.desk.has(Atspi.Role.LIST_ITEM, re.compile(pattern))


def pull():
    """The card is out, and the panel knows."""
    table.clear()
    place.desk.wait_text("^Put the identity card in")


def checks():
    return counter.kinds(request).count("identityChecked")


def methods():
    return [found["method"] for found in counter.client.request(request)["verifications"]]


def ask_pin():
    place.desk.click("Record it with the PIN…")
    place.desk.wait_title("^PIN code$")


def prepare():
    """A certificate of life that waits to be handed over; how that step is called."""
    client = counter.client
    reference = counter.submit(procedure="POP-VIE")[0]
    for to in ("verification", "readyToDeliver"):
        if to == "readyToDeliver":
            client.attach(reference, client.request(reference)["version"]).must(200)
        client.command(reference, "move", client.request(reference)["version"], to=to, notify=False).must(200)
    stage = next(stage for stage in client.catalogue().stages("POP-VIE") if stage["code"] == "readyToDeliver")
    return reference, next(move["labels"]["en"] for move in stage["moves"] if move["to"] == "delivered")


def test_good():
    """A card about which everybody answered well has nothing to note about revocation"""
    card = table.made.make("ec")
    State(table.office).answer_for(card)
    place.request(request)
    table.plug()
    table.insert(card)
    whole("^Take note: The right person")
    line("^In order: The card is genuine")
    place.desk.wait_gone(name=re.compile("^Asking the State"))
    equal(has_line("revoked"), False, "a line about revocation")
    equal(responder.asked["/ocsp"] > 0, True, "asked")
    pull()


def test_revoked():
    """A revoked card is not to be accepted; which part was, since when and why is said, and kept in the history"""
    desk = place.desk
    said = (r"Warning: The card was revoked \(certificate to sign in with\)[.] "
            "Revoked since Saturday 14 February 2026: its key may be in other hands[.]")
    card = table.made.make("ec")
    State(table.office).answer_for(card, authenticationCertificate="revoked:keyCompromise")
    table.insert(card)
    whole("^Warning: Revoked card")
    line("^" + said)
    desk.key("ctrl+r")
    desk.wait_text(RECORDED)
    desk.wait_text(f"^By the card, whose chip has proved itself[.] .*\\n{said}$")
    pull()


def test_suspended():
    """A suspended card is told from a revoked one; once that is lifted, the next reading knows it"""
    card = table.made.make("ec")
    state = State(table.office)
    state.answer_for(card, authenticationCertificate="revoked:certificateHold",
                     signatureCertificate="revoked:certificateHold")
    table.insert(card)
    whole("^Warning: Card with a suspended certificate")
    line(r"^Warning: A certificate of the card is suspended \(certificate to sign in with\)[.] Suspended since ")
    equal(has_line("^Warning: The card was revoked"), False, "a line about revocation")
    pull()
    state.answer_for(card)
    table.insert(card)
    whole("^Take note: The right person")
    place.desk.wait_gone(name=re.compile("^Asking the State"))
    whole("^Take note: The right person")
    equal(has_line("^Warning: A certificate"), False, "a line about the suspension")
    pull()


def test_unknown():
    """Where its issuer knows nothing of it, that is said, and once"""
    card = table.made.make("ec")
    State(table.office).answer_for(card, authenticationCertificate="unknown", signatureCertificate="unknown")
    table.insert(card)
    line("^Take note: Not known whether the card was revoked[.]")
    equal(len(place.desk.all(Atspi.Role.LIST_ITEM, re.compile("Not known whether"))), 1, "lines about revocation")
    pull()


def test_unknown_in_two_ways():
    """Where it is not known of two certificates for two causes, each has its line"""
    card = table.made.make("ec")
    State(table.office).answer_for(card, authenticationCertificate="unknown", signatureCertificate="silent")
    table.insert(card)
    line(r"^Take note: Not known whether the card was revoked \(certificate to sign in with\)[.] "
         "The State answered that it does not know this certificate[.]")
    line(r"^Take note: Not known whether the card was revoked \(certificate to sign with\)[.] "
         "The State's servers could not be reached")
    pull()


def test_offline():
    """Without the server nothing is recorded, neither now nor later, and the panel says so"""
    desk = place.desk
    before = checks()
    responder.answers = {}  # of revocation nothing more is said
    counter.server.stop()
    table.insert("ec")
    whole("^Take note: The right person")
    desk.key("ctrl+r")
    desk.wait_text("^The server does not answer")
    counter.server.start()
    desk.wait_gone(name=re.compile("^Offline since"))
    equal(checks(), before, "checks in the journal")
    desk.key("ctrl+r")
    desk.wait_text(RECORDED)
    equal(checks(), before + 1, "checks in the journal")
    pull()


def test_last_try():
    """The last try is taken only once the clerk says so"""
    desk = place.desk
    card = table.made.make("ec")
    card.tries = 1
    table.insert(card)
    whole("^Take note: The right person")
    ask_pin()
    desk.wait_text("^1 try left$")
    desk.type_pin(eid_cards.PIN)
    desk.key("Return")
    button = desk.find(Atspi.Role.PUSH_BUTTON, "Ask the card")
    equal(button.has_states(Atspi.StateType.SENSITIVE), False, "the button without a word")
    equal(card.tries, 1, "tries")
    desk.key("Tab")
    desk.wait_focus(Atspi.Role.CHECK_BOX, re.compile("^Take the last try"))
    desk.key("space")
    desk.click("Ask the card")
    desk.wait_text(RECORDED_WITH_PIN)
    equal(card.tries, 3, "tries")
    pull()


def test_mute_chip():
    """A chip that stops answering when it is to prove itself is asked again, and nothing was recorded without it"""
    desk = place.desk
    before = checks()
    mute = True
    table.insert("ec", lambda _number, command: b"\x90" if mute and command[1] == 0x88 else None)
    whole("^Take note: The right person")
    desk.key("ctrl+r")
    desk.wait_text("^It stopped answering.")
    equal(checks(), before, "checks in the journal")
    mute = False
    desk.click("Record the verification")
    desk.wait_text(RECORDED)
    equal(methods()[-1], "cardAndChip", "what was verified")
    pull()


def test_unasked_chip():
    """A card that cannot be asked for a proof is recorded without one, and that is said"""
    desk = place.desk
    read = False

    def fault(_number, command):
        return b"\x6D\x00" if read and command[1] == 0xE4 else None

    table.insert("ec", fault)
    whole("^Take note: The right person")
    read = True
    desk.key("ctrl+r")
    desk.wait_text("^The verification is in the history. This card could not be asked to prove that it is no copy.$")
    equal(methods()[-1], "card", "what was verified")
    pull()


def record_with_pin(clock):
    """Records a check at a server whose clock is another one; gives the nonce that the card signed."""
    between.changes["/identityChallenges"] = clock
    before = checks()
    table.insert("ec")
    whole("^Take note: The right person")
    ask_pin()
    place.desk.type_pin(eid_cards.PIN)
    place.desk.key("Return")
    place.desk.wait_text(RECORDED_WITH_PIN)
    wait_for(lambda: checks() == before + 1, "the check in the journal")
    equal(methods()[-1], "cardAndPin", "what was verified")
    pull()
    return between.posted("/identityChecks")[-1]["nonce"]


def test_slow_person():
    """Who takes longer than a challenge lasts signs another one, whichever of the two clocks is wrong"""
    for hours in (1, -1):
        clock = WrongClock(hours, 30, 120)
        equal(record_with_pin(clock), clock.given[-1], "the challenge that the server took")
        equal(len(clock.given), 2, "challenges")


def test_quick_person():
    """A challenge that lasts is signed, whichever of the two clocks is wrong"""
    for hours in (1, -1):
        clock = WrongClock(hours, 120, 120)
        equal(record_with_pin(clock), clock.given[0], "the challenge that the server took")
        equal(len(clock.given), 1, "challenges")


def test_step_waits():
    """A step that waits for the person is not taken before; the PIN at the reader's keys makes way for it"""
    desk = place.desk
    global request
    table.unplug()
    request, label = prepare()
    place.back()
    place.request(request)
    desk.click(label)
    # The card is asked for instead; what the toast says is gone before a slow machine can look.
    desk.wait_text("^The service for card readers does not run$")
    equal(counter.client.request(request)["stage"], "readyToDeliver", "the stage")
    table.plug(os.environ["IFD_PIN_PAD"])
    typed = ["123", eid_cards.PIN]
    table.insert("rsa-sha256", pad=PinPad(lambda: typed.pop(0)))
    whole("^Take note: The right person")
    ask_pin()
    desk.wait_text("^The person types their PIN on the keys of the reader: it never comes to this computer")
    equal(desk.has(name=re.compile("^PIN code: ")), False, "where to type it")
    equal(desk.has(name=re.compile("X11")), False, "a word about a keyboard that nobody types on")
    desk.click("Ask the card")
    desk.wait_text("^Too few or too many digits were typed at the reader.")
    desk.wait_text("^3 tries left$")
    desk.click("Ask the card")
    desk.wait_text(RECORDED_WITH_PIN)
    equal(methods(), ["cardAndPin"], "what was verified")
    desk.click(label)
    desk.click(f"{label} and send")
    wait_for(lambda: counter.client.request(request)["stage"] == "delivered", "the step")


def test_end():
    """The window closes with nothing lost"""
    place.close()


def main():
    global counter, place, table, request, responder, between
    loopback_up()
    responder = Responder()
    with CardTable(responder) as table, Counter(extra=table.configuration) as counter:
        request = counter.submit()[0]
        between = GoBetween(counter.server)
        with Place(between) as place:
            place.open("--eid-config", str(table.config))
            place.sign_in()
            run([test_good, test_revoked, test_suspended, test_unknown, test_unknown_in_two_ways, test_offline,
                 test_last_try, test_mute_chip, test_unasked_chip, test_slow_person, test_quick_person,
                 test_step_waits, test_end])


if __name__ == "__main__":
    main()
