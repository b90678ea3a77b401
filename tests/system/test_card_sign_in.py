#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Staff who sign in with their card: bound by the administrator, proved by its PIN, slowed down like passwords."""
import base64
import pathlib
import shutil
import sqlite3
import tempfile
import time

import card_calls
from card_calls import SIGN_IN, CHECK, challenge, compose, files, proof
from eid_cards import IDENTITY, Office, der_of
from guichet_server import Client, Server
from revocation import Responder
from tap import equal, run

NUMBER = IDENTITY[0x06]
OTHER_NUMBER = "90020100130"
OTHER = {0x06: OTHER_NUMBER, 0x07: "Delvaux"}


class Town:
    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="guichet-cards-"))
        self.cards = card_calls.Cards(self.folder)
        self.server = Server(extra=self.cards.configuration())
        self.server.add_staff(["marie.dubois", "luc.lefebvre"])
        # Once alone on the store, later through the daemon.
        self.bind("marie.dubois", NUMBER)
        self.server.start()

    def bind(self, login, number, check=True):
        return self.server.control("staff", "bind-card", login, "--number-file", "-", text=number + "\n", check=check)


TOWN = None


def give(client, prefix=SIGN_IN, address="192.0.2.1"):
    given = client.call("POST", "/v1/signInChallenges", headers={"X-Forwarded-For": address}).must(201).json
    return given["nonce"], compose(prefix, given["town"].encode(), base64.b64decode(given["nonce"]))


def sign_in(card, uses=("authentication",), client=None, **members):
    client = client or Client(TOWN.server)
    nonce, message = give(client)
    return client.post("/v1/cardSessions", {"nonce": nonce, "files": files(card),
                                            "proofs": [proof(card, use, message) for use in uses], **members})


def patient(card, uses=("authentication",), **members):
    """Waits where it is slowed down, as a person would."""
    while (answer := sign_in(card, uses, **members)).status == 429:
        time.sleep(int(answer.headers["Retry-After"]))
    return answer


def refused(answer):
    equal(answer.must(401).json["type"].rpartition(":")[2], "invalidCredentials")
    return answer


def test_signed_in():
    """A card that is bound and its PIN sign in; the session is one like any other"""
    for profile in ("ec", "rsa-sha256"):
        answer = patient(TOWN.cards.make(profile)).must(201)
        equal(answer.json["clerk"]["login"], "marie.dubois")
        equal(answer.headers["Location"], "/v1/sessions/current")
        marie = Client(TOWN.server)
        marie.token = answer.json["token"]
        equal(marie.get("/v1/me").must(200).json["clerk"]["login"], "marie.dubois")
        marie.call("DELETE", "/v1/sessions/current").must(204)


def test_refused():
    """A card that is nobody's, not good, or not answered for: one and the same answer"""
    ec = TOWN.cards.make()
    unbound = refused(patient(TOWN.cards.office.new18(identity=OTHER))).json
    garbled = TOWN.cards.make()
    garbled.files["identity"] = garbled.files["identity"][:40]
    for answer in (patient(ec, ()), patient(ec, ("basic",)), patient(TOWN.cards.make("stranger")), patient(garbled),
                   patient(TOWN.cards.make("expired")), patient(TOWN.cards.make("certificate-expired")),
                   patient(ec, nonce=card_calls.text(bytes(32)))):
        told = refused(answer).json
        equal({**told, "instance": ""}, {**unbound, "instance": ""})


def test_purpose():
    """What was signed for a request, for another nonce or elsewhere signs nobody in; a nonce is good once"""
    card, client = TOWN.cards.office.new17(), Client(TOWN.server)
    nonce, wrong = give(client, CHECK)
    answer = {"nonce": nonce, "files": files(card), "proofs": [proof(card, "authentication", wrong)]}
    refused(client.post("/v1/cardSessions", answer))
    nonce, right = give(client)
    answer = {"nonce": nonce, "files": files(card), "proofs": [proof(card, "authentication", right)]}
    client.post("/v1/cardSessions", answer).must(201)
    refused(client.post("/v1/cardSessions", answer))


def test_slow():
    """Guessing with one card gets slow, and nobody else's sign-in with it"""
    other = TOWN.cards.office.new18(identity={0x06: "91030300157", 0x07: "Lenoir"})
    answers = [sign_in(other) for _ in range(8)]
    equal(answers[-1].must(429).json["type"].rpartition(":")[2], "tooManyFailedRequests")
    equal(patient(TOWN.cards.make()).status, 201)
    Client(TOWN.server, "luc.lefebvre")


def test_one_address():
    """A whole town hall behind one address has a challenge each, all at once"""
    card, desks = TOWN.cards.make(), [Client(TOWN.server) for _ in range(40)]
    given = [give(desk) for desk in desks]
    nonce, message = given[0]
    answer = {"nonce": nonce, "files": files(card), "proofs": [proof(card, "authentication", message)]}
    while (answered := desks[0].post("/v1/cardSessions", answer)).status == 429:
        time.sleep(int(answered.headers["Retry-After"]))
    answered.must(201)
    for desk in desks:
        desk.close()


def test_network():
    """Whoever has one address of an IPv6 network has them all: they count as one, and no other does"""
    with Server(extra="[server]\nproxy-header=X-Forwarded-For\n" + TOWN.cards.configuration()) as server:
        server.add_staff(["marie.dubois"])
        server.control("staff", "bind-card", "marie.dubois", "--number-file", "-", text=NUMBER + "\n")
        server.start()
        card, client = TOWN.cards.make(), Client(server)
        for address, status in (("2001:db8:1:3::1", 401), ("2001:db8:1:2:ffff::9", 201)):
            nonce, message = give(client, address="2001:db8:1:2::1")
            answer = {"nonce": nonce, "files": files(card), "proofs": [proof(card, "authentication", message)]}
            answered = client.call("POST", "/v1/cardSessions", answer, {"X-Forwarded-For": address})
            equal(answered.status, status, address)


def test_flood():
    """Whoever asks for challenges without being signed in takes none from the clerks who are"""
    with Server(extra="[server]\nproxy-header=X-Forwarded-For\n" + TOWN.cards.configuration()) as server:
        server.add_staff(["marie.dubois"])
        server.start()
        marie, stranger = Client(server, "marie.dubois"), Client(server)
        stranger.document = None  # four thousand times the same
        reference = marie.submit().must(201).json["reference"]
        for number in range(5000):
            address = f"10.{number >> 8}.{number & 255}.1"
            if stranger.call("POST", "/v1/signInChallenges", headers={"X-Forwarded-For": address}).status == 503:
                break
        else:
            raise AssertionError("there is no end")
        challenge(marie, reference)


def test_binding():
    """One card signs one person in; taken away or another's, it does not, and their sessions end"""
    server = TOWN.server
    equal("marie.dubois" in TOWN.bind("luc.lefebvre", NUMBER, check=False).stderr, True)
    for login, number in (("nobody.here", OTHER_NUMBER), ("luc.lefebvre", "90020100112"), ("luc.lefebvre", "x")):
        equal(TOWN.bind(login, number, check=False).returncode != 0, True, f"{login} {number}")
    marie = Client(server)
    marie.token = patient(TOWN.cards.make()).must(201).json["token"]
    server.control("staff", "unbind-card", "marie.dubois")
    marie.get("/v1/me").must(401)
    refused(patient(TOWN.cards.make()))
    TOWN.bind("luc.lefebvre", NUMBER)
    luc = Client(server)
    luc.token = patient(TOWN.cards.make()).must(201).json["token"]
    TOWN.bind("luc.lefebvre", NUMBER)
    equal(luc.get("/v1/me").must(200).json["clerk"]["login"], "luc.lefebvre")
    # The number was a colleague's, who signed in with their card meanwhile.
    TOWN.bind("luc.lefebvre", OTHER_NUMBER)
    luc.get("/v1/me").must(401)
    refused(patient(TOWN.cards.make()))
    TOWN.bind("luc.lefebvre", NUMBER)
    equal(server.stop(), 0)
    server.start()
    equal(patient(TOWN.cards.make()).must(201).json["clerk"]["login"], "luc.lefebvre")
    server.control("staff", "change", "luc.lefebvre", "--bar")
    refused(patient(TOWN.cards.make()))
    server.control("staff", "change", "luc.lefebvre", "--unbar")


def test_kept():
    """Of a card nothing is kept but a keyed digest of its number"""
    with sqlite3.connect(TOWN.server.folder / "server/journal.db") as db:
        kept = db.execute("SELECT card FROM staff WHERE login = 'luc.lefebvre'").fetchone()[0]
    equal(len(kept), 32)
    for path in [*(TOWN.server.folder / "server").rglob("*"), TOWN.server.folder / "guichetd.log"]:
        if path.is_file() and NUMBER.encode() in path.read_bytes():
            raise AssertionError(f"{path.name} holds the national number")


def test_revocation():
    """Where the town wants it, a card about which nobody could be asked signs nobody in"""
    with Server(extra=TOWN.cards.configuration("sign-in-needs-revocation=true")) as server:
        server.add_staff(["marie.dubois"])
        server.control("staff", "bind-card", "marie.dubois", "--number-file", "-", text=NUMBER + "\n")
        server.start()
        refused(sign_in(TOWN.cards.make(), client=Client(server)))


def test_unasked():
    """Nobody is asked about a card whose holder did not answer: who is not signed in sends the server nowhere"""
    responder = Responder()
    office = Office(responder.address)
    root = TOWN.folder / "asked-root.der"
    root.write_bytes(der_of(office.ec.root))
    with Server(extra=f"[eid]\nroots={root}\nrevocation-hosts={responder.host}\n") as server:
        server.add_staff(["marie.dubois"])
        server.control("staff", "bind-card", "marie.dubois", "--number-file", "-", text=NUMBER + "\n")
        server.start()
        client, card = Client(server), office.new18()
        refused(sign_in(card, (), client))
        refused(sign_in(card, ("basic",), client))
        refused(sign_in(card, (), client, proofs=[proof(card, "authentication", b"something ready-made")]))
        refused(sign_in(office.new18(tree=office.stranger), client=client))
        equal(responder.asked, {})
        sign_in(card, client=client).must(201)
        equal(responder.asked["/ocsp"] > 0, True)
    responder.stop()


if __name__ == "__main__":
    TOWN = Town()
    try:
        with TOWN.server:
            run([test_signed_in, test_purpose, test_one_address, test_refused, test_slow, test_binding, test_kept,
                 test_revocation, test_unasked, test_network, test_flood])
    finally:
        shutil.rmtree(TOWN.folder, ignore_errors=True)
