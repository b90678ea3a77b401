#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A card at the counter, as far as the server sees it: challenge, verification, the line in the history,
and the moves that wait for it."""
import pathlib
import shutil
import sqlite3
import tempfile
import uuid

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa

import card_calls
import process_memory
from card_calls import body, challenge, files, last_check, proof, record, text
from eid_cards import Keys, Office, Tree, der_in, der_of
from guichet_server import Client, Server
from revocation import Responder, answer_for
from tap import equal, run

OTHER = {0x06: "90020100111", 0x07: "Delvaux", 0x08: "Marc", 0x0C: "01 FEV 1990", 0x0D: "M"}


class Town:
    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="guichet-cards-"))
        self.cards = card_calls.Cards(self.folder)
        self.server = Server(extra=self.cards.configuration())
        self.server.add_staff()
        self.server.start()
        self.marie = Client(self.server, "marie.dubois")

    def submit(self, procedure="POP-CM", **members):
        return self.marie.submit(procedure, **members).must(201).json["reference"]

    def check(self, card, uses=(), reference=None, **members):
        reference = reference or self.submit(citizen=members.pop("citizen", None))
        record(self.marie, reference, body(self.marie, reference, card, uses, **members)).must(200)
        return last_check(self.marie, reference)


TOWN = None


def kinds(check):
    return {verdict["kind"] for verdict in check["verdicts"]}


def refused(answer, status, word):
    equal(answer.must(status).json["type"].rpartition(":")[2], word)
    return answer.json


def test_methods():
    """A card by its files, with its chip, with its PIN: each generation, and what it proves"""
    for profile, uses, method in (("ec", [], "card"), ("ec", ["basic"], "cardAndChip"),
                                  ("ec", ["authentication"], "cardAndPin"),
                                  ("ec", ["basic", "authentication"], "cardAndPin"),
                                  ("rsa-sha256", ["authentication"], "cardAndPin"),
                                  ("rekeyed", ["authentication"], "cardAndPin")):
        check = TOWN.check(TOWN.cards.make(profile), uses)
        # The card spells out one given name more.
        equal((check["method"], check["comparison"]), (method, "alike"), profile)
        # Nobody was asked about revocation.
        equal(check["finding"], "verifiedWithRemark", profile)
        if not {"genuine", "revocationUnknown"} <= kinds(check):
            raise AssertionError(f"{profile}: {kinds(check)}")
        equal("presenceNotProved" in kinds(check), method == "card")
        equal(bool(check["certificate"]), True)
        equal({file["file"] for file in check["files"]}, set(files(TOWN.cards.make(profile))))


def test_findings():
    """The same person to the letter, another one, a near name, an address that changed, too little said"""
    card = TOWN.cards.make()
    same = TOWN.check(TOWN.cards.office.new18(identity={0x08: "Éléonore", 0x09: ""}),
                      citizen={"street": "Rue de Nimy"})
    equal((same["finding"], same["comparison"], same.get("differs")), ("verifiedWithRemark", "equal", None))
    check = TOWN.check(TOWN.cards.office.new18(identity=OTHER), ["authentication"])
    equal((check["finding"], check["comparison"]), ("otherPerson", "different"))
    equal(check["differs"][:2], ["niss", "familyName"])
    near = TOWN.check(card, citizen={"familyName": "VANDENBROUCKE", "givenNames": "Eleonore"})
    equal((near["finding"], near["comparison"]), ("verifiedWithRemark", "alike"))
    moved = TOWN.check(card, citizen={"street": "rue d'Havré"})
    equal((moved["finding"], moved["differs"]), ("verifiedWithRemark", ["street"]))


def test_not_trusted():
    """Whatever speaks against a card is found by the server, and recorded"""
    forged = TOWN.cards.make()
    forged.files["identity"] = forged.files["identity"].replace(b"Mons", b"Ghlin"[:4])
    for card, verdict in ((TOWN.cards.make("expired"), "cardExpired"),
                          (TOWN.cards.make("stranger"), "rootUnknown"),
                          (TOWN.cards.make("test-root"), "rootUnknown"),
                          (TOWN.cards.make("signed-by-citizen"), "signerWrong"),
                          (forged, "identityForged")):
        check = TOWN.check(card)
        equal(check["finding"], "notTrusted", verdict)
        if verdict not in kinds(check):
            raise AssertionError(f"{verdict}: {kinds(check)}")


def test_missing():
    """A card without its chip's number is not held to be the one that its identity was made for"""
    some = {word: content for word, content in files(TOWN.cards.make()).items() if word != "cardData"}
    check = TOWN.check(TOWN.cards.make(), ["basic"], files=some)
    equal(check["finding"], "unreadable")
    equal([verdict["file"] for verdict in check["verdicts"] if verdict["kind"] == "unreadable"], ["cardData"])


def test_wrong_answers():
    """A signature over anything else than what was to be signed proves nothing, and speaks against the card"""
    card = TOWN.cards.make()
    mine, other = TOWN.submit(), TOWN.submit()
    luc = Client(TOWN.server, "luc.lefebvre")
    for wrong in (challenge(TOWN.marie, other)[1], challenge(luc, mine)[1], b"something ready-made"):
        nonce, _ = challenge(TOWN.marie, mine)
        check = TOWN.check(card, reference=mine, nonce=nonce, proofs=[proof(card, "authentication", wrong)])
        equal((check["finding"], check["method"]), ("notTrusted", "card"))
        if "pinFailed" not in kinds(check):
            raise AssertionError(kinds(check))


def test_nonces():
    """A nonce is one request's, one session's, good once, and again for the same command only"""
    card, marie = TOWN.cards.make(), TOWN.marie
    mine, other = TOWN.submit(), TOWN.submit()
    luc = Client(TOWN.server, "luc.lefebvre")
    nonce, _ = challenge(marie, mine)
    refused(record(marie, other, body(marie, other, card, nonce=nonce)), 409, "challengeOver")
    refused(record(luc, mine, body(luc, mine, card, nonce=nonce)), 409, "challengeOver")
    refused(record(marie, mine, body(marie, mine, card, nonce=text(bytes(32)))), 409, "challengeOver")

    key, content = str(uuid.uuid4()), body(marie, mine, card, nonce=nonce)
    first = record(marie, mine, content, key).must(200).json
    equal(record(marie, mine, content, key).must(200).json, first)
    refused(record(marie, mine, content), 409, "challengeOver")
    equal([event["kind"] for event in marie.events(mine)].count("identityChecked"), 1)
    # The key is kept for ever, the nonce is not.
    equal(TOWN.server.stop(), 0)
    TOWN.server.start()
    equal(record(marie, mine, content, key).must(200).json, first)
    refused(record(marie, mine, content), 409, "challengeOver")
    nonce, _ = challenge(marie, mine)
    refused(record(marie, mine, {**content, "nonce": nonce}, key), 422, "idempotencyKeyReused")


def test_told():
    """What was found is found by the server: a desk that says it by itself is refused, whatever the procedure"""
    marie, reference = TOWN.marie, TOWN.submit("POP-VIE")
    told = {"finding": "verified", "method": "cardAndPin", "comparison": "equal", "verdicts": [], "files": []}
    for members in ({"check": told}, {}):
        marie.command(reference, "checkIdentity", marie.request(reference)["version"], challenge="00" * 32,
                      **members).must(400)
    equal("verifications" in marie.request(reference), False)


def test_many():
    """Asking for challenges without end takes no more than the newest few"""
    reference = TOWN.submit()
    nonces = [challenge(TOWN.marie, reference)[0] for _ in range(9)]
    card = TOWN.cards.make()
    refused(record(TOWN.marie, reference, body(TOWN.marie, reference, card, nonce=nonces[0])), 409, "challengeOver")
    record(TOWN.marie, reference, body(TOWN.marie, reference, card, nonce=nonces[1])).must(200)


def test_version():
    """Nothing that happens to the request disturbs a check, but its end"""
    card, marie = TOWN.cards.make(), TOWN.marie
    luc = Client(TOWN.server, "luc.lefebvre")
    reference = TOWN.submit()
    content = body(marie, reference, card)
    luc.command(reference, "claim", marie.request(reference)["version"]).must(200)
    luc.command(reference, "note", marie.request(reference)["version"], text="vu").must(200)
    luc.command(reference, "move", marie.request(reference)["version"], to="verification", notify=False).must(200)
    record(marie, reference, content).must(200)

    content = body(marie, reference, card)
    luc.command(reference, "move", marie.request(reference)["version"], to="withdrawn", text="motif",
                notify=False).must(200)
    refused(record(marie, reference, content), 409, "conflict")
    refused(record(marie, reference, body(marie, reference, card)), 409, "closed")


def test_garbled():
    """A card with a file that makes no sense was shown all the same: that is recorded, with the file and the place"""
    good = files(TOWN.cards.make())
    for word, content, finding in (("identity", b"\x01\x0c59", "notTrusted"), ("identity", bytes(4), "notTrusted"),
                                   ("identity", None, "unreadable"), ("address", b"\x01\xff", "notTrusted"),
                                   ("cardData", b"x" * 5, "unreadable"), ("photo", None, "unreadable"),
                                   ("caCertificate", b"\x30\x82\xff\xff", "unreadable")):
        some = {**good, word: text(content)} if content else {name: good[name] for name in good if name != word}
        check = TOWN.check(TOWN.cards.make(), files=some)
        equal(check["finding"], finding, word)
        details = [verdict["detail"] for verdict in check["verdicts"]
                   if (verdict["kind"], verdict.get("file")) == ("unreadable", word)]
        if not details or word not in details[0] or (content and "at byte" not in details[0]):
            raise AssertionError(f"{word}: {check['verdicts']}")
        # Nobody could be compared with the person of the request.
        equal("comparison" in check, word != "identity", word)
        equal({file["file"] for file in check["files"]}, set(some))
    check = TOWN.check(TOWN.cards.make(), ["authentication"], files={"photo": good["photo"]})
    equal((check["finding"], check["method"]), ("notTrusted", "card"))


def test_structure():
    """What cannot be of a card is refused, and the place in it is named"""
    marie, reference = TOWN.marie, TOWN.submit()
    good = files(TOWN.cards.make())
    photo = {"files": {**good, "photo": text(b"x" * 20000)}}
    issues = record(marie, reference, body(marie, reference, TOWN.cards.make(), **photo)).must(400).json["issues"]
    equal([issue["name"] for issue in issues], ["files.photo"])
    for wrong in ({"files": {**good, "identity": "not base64!"}}, {"files": {}}, {"files": {**good, "more": "AA=="}},
                  {"files": {**good, "photo": ""}},
                  {"nonce": "AA=="}, {"expectedVersion": 0}, {"proofs": [{"kind": "chip"}]},
                  {"proofs": [{"kind": "unheardOf", "algorithm": "rsaSha256", "signature": "AA=="}]},
                  {"files": {word: text(b"\0" * 9000) for word in good}}):
        content = body(marie, reference, TOWN.cards.make())
        record(marie, reference, {**content, **wrong}).must(400)
    equal([event["kind"] for event in marie.events(reference)].count("identityChecked"), 0)


class Giant:
    """As a key, no more than its number: what is checked with it takes the longer the larger it is."""

    def public_key(self):
        return rsa.RSAPublicNumbers(65537, (1 << 16383) + 1).public_key()


def test_giant():
    """No certificate comes near the work that its key would make"""
    tree = TOWN.cards.office.ec
    card = TOWN.cards.make()
    giant = der_of(tree.issue("Citizen CA", Giant(), tree.root, tree.root_key, ca=True))
    check = TOWN.check(card, files={**files(card), "caCertificate": text(giant)})
    equal([verdict["file"] for verdict in check["verdicts"] if verdict["kind"] == "unreadable"], ["caCertificate"])


def with_serial(certificate, serial):
    """The same under another serial number; lengths have two bytes each before and after."""
    tbs_end = 8 + int.from_bytes(certificate[6:8], "big")
    tbs, rest = certificate[8:tbs_end], certificate[tbs_end:]
    tbs = tbs[:5] + b"\x02" + bytes([len(serial)]) + serial + tbs[7 + tbs[6]:]
    content = b"\x30\x82" + len(tbs).to_bytes(2, "big") + tbs + rest
    return b"\x30\x82" + len(content).to_bytes(2, "big") + content


def test_serial():
    """Whatever a certificate says of itself, the history can be read after it"""
    for size in (20, 33, 64, 65):
        card = TOWN.cards.make()
        word = "authenticationCertificate"
        odd = with_serial(der_in(card.files[word]), b"\x11" * size)
        check = TOWN.check(card, files={**files(card), word: text(odd)})
        equal(check["finding"], "notTrusted")
        equal(check.get("certificate"), "11" * size if size <= 64 else None)
    hostile = Tree(Keys(), "ec", hashes.SHA384(), "\x1b]0;\x07\n\u202e" + "é" * 40)
    check = TOWN.check(TOWN.cards.office.new18(tree=hostile))
    detail = next(verdict["detail"] for verdict in check["verdicts"] if verdict["kind"] == "rootUnknown")
    equal((detail.isprintable(), "Belgium Root" in detail), (True, True))


def test_revocation():
    """The server asks whether a card was revoked; who cannot be asked is told, and waits for nobody"""
    responder = Responder()
    office = Office(responder.address)
    card = office.new18()
    same = office.new18(identity={0x08: "Éléonore", 0x09: ""})
    revoked = set()

    roots = TOWN.folder / "asked-root.der"
    roots.write_bytes(der_of(office.ec.root))
    lines = f"[eid]\nroots={roots}\nrevocation-hosts={responder.host}\nrevocation-timeout=2\n"
    with Server(extra=lines) as server:
        server.add_staff(["marie.dubois"])
        server.start()
        marie = Client(server, "marie.dubois")

        def check(content=card, uses=("authentication",), **citizen):
            reference = marie.submit(citizen=citizen).must(201).json["reference"]
            record(marie, reference, body(marie, reference, content, uses)).must(200)
            return last_check(marie, reference)

        equal("revocationUnknown" in kinds(check()), True)
        answer_for(responder, office, [card, same], revoked)
        good = check()
        equal({"revoked", "revocationUnknown"} & kinds(good), set())
        # The names are not the same to the letter; of the card there is nothing to remark.
        equal((good["finding"], good["comparison"], good["method"]), ("verifiedWithRemark", "alike", "cardAndPin"))
        # Of the same person to the letter there is nothing left to say, but that a copy looks the same.
        for uses, finding in ((["authentication"], "verified"), (["basic"], "verified"), ([], "verifiedWithRemark")):
            equal(check(same, uses, street="Rue de Nimy")["finding"], finding, str(uses))
        # A card that hides what could be asked about it is no better known than one that nobody was asked about.
        hidden = office.new18(identity={0x08: "Éléonore", 0x09: ""})
        for word in ("authenticationCertificate", "signatureCertificate"):
            del hidden.files[word]
        for uses, method in (([], "card"), (["basic"], "cardAndChip")):
            found = check(hidden, uses, street="Rue de Nimy")
            equal((found["method"], found["finding"], "revocationUnknown" in kinds(found)),
                  (method, "verifiedWithRemark", True))
        # Nobody is asked about what the state does not vouch for: a file that somebody made up names whom it wants.
        responder.asked.clear()
        forged = office.new18()
        forged.files["identity"] = forged.files["identity"].replace(b"Mons", b"Lens")
        for content in (forged, office.new18(tree=office.stranger)):
            found = check(content)
            equal((found["finding"], "revocationUnknown" in kinds(found)), ("notTrusted", True))
        equal(responder.asked, {})
    revoked.add("authenticationCertificate")
    with Server(extra=lines) as server:
        server.add_staff(["marie.dubois"])
        server.start()
        marie = Client(server, "marie.dubois")
        found = check()
        equal((found["finding"], "revoked" in kinds(found)), ("notTrusted", True))
        # Whoever reads it months later is told since when and why, and not only that it was so.
        equal([(verdict["file"], verdict["day"], verdict["cause"]) for verdict in found["verdicts"]
               if verdict["kind"] == "revoked"],
              [("authenticationCertificate", "2026-02-14", "keyCompromise")])
    responder.stop()


def test_move():
    """A certificate of life is handed over to a person whose card was there"""
    marie, reference = TOWN.marie, TOWN.submit("POP-VIE")
    for to in ("verification", "readyToDeliver"):
        if to == "readyToDeliver":
            marie.attach(reference, marie.request(reference)["version"]).must(200)
        marie.command(reference, "move", marie.request(reference)["version"], to=to, notify=False).must(200)

    def deliver():
        return marie.command(reference, "move", marie.request(reference)["version"], to="delivered", notify=False)

    refused(deliver(), 409, "identityMissing")
    TOWN.check(TOWN.cards.make(), reference=reference)
    refused(deliver(), 409, "identityMissing")
    TOWN.check(TOWN.cards.make(), ["basic"], reference=reference)
    equal([found["method"] for found in marie.request(reference)["verifications"]], ["card", "cardAndChip"])
    deliver().must(200)


def test_access():
    """Holding a card against a request is a reading of it; asking for a challenge is not"""
    reference = TOWN.submit()
    nonce, _ = challenge(TOWN.marie, reference)

    def routes():
        with sqlite3.connect(TOWN.server.folder / "server/journal.db") as db:
            return [row[0] for row in db.execute("SELECT route FROM access WHERE reference = ? AND actor = ?",
                                                 (reference, "marie.dubois"))]

    equal(routes().count("identityCheck"), 0)
    record(TOWN.marie, reference, body(TOWN.marie, reference, TOWN.cards.make(), nonce=nonce)).must(200)
    equal(routes().count("identityCheck"), 1)


def test_traces():
    """Nothing of a card is left but what the history says: not in logs, not in databases, not after a purge"""
    card = TOWN.cards.office.new18(identity={0x0B: "Zwevezele-Geheim"})
    reference = TOWN.submit()
    check = TOWN.check(card, ["authentication"], reference=reference)
    equal(process_memory.leaves_core(TOWN.server.process.pid), False)
    TOWN.server.control("purge", reference, "--reason", "essai")
    equal(TOWN.server.stop(), 0)
    equal(TOWN.server.control("verify").returncode, 0)
    secrets = [b"Zwevezele", b"591234567890", card.files["photo"][:40], card.files["identity"][:60],
               text(card.files["identity"])[:60].encode(), text(card.files["photo"])[:60].encode(),
               check["files"][0]["sha256"].encode()]
    for path in [*(TOWN.server.folder / "server").rglob("*"), TOWN.server.folder / "guichetd.log"]:
        if path.is_file():
            content = path.read_bytes()
            for secret in secrets:
                if secret in content:
                    raise AssertionError(f"{path.name} holds {secret[:20]}")
    TOWN.server.start()


def test_test_mode():
    """Test cards pass in test mode alone, and are told apart there"""
    with Server(extra=TOWN.cards.configuration(f"test-roots={TOWN.cards.test_root}", "test-mode=true")) as server:
        server.add_staff(["marie.dubois"])
        server.start()
        marie = Client(server, "marie.dubois")
        reference = marie.submit().must(201).json["reference"]
        record(marie, reference, body(marie, reference, TOWN.cards.make("test-root"))).must(200)
        check = last_check(marie, reference)
        equal(check["finding"], "verifiedWithRemark")
        if "testRoot" not in kinds(check):
            raise AssertionError(kinds(check))
    for lines in ([f"test-roots={TOWN.cards.test_root}"], ["roots=/nowhere/root.pem"], ["test-mode=perhaps"]):
        with Server(extra="\n".join(["[eid]", *lines, ""])) as server:
            try:
                server.start()
            except AssertionError:
                continue
            raise AssertionError(f"guichetd started with {lines}")


if __name__ == "__main__":
    TOWN = Town()
    try:
        with TOWN.server:
            run([test_methods, test_findings, test_not_trusted, test_missing, test_wrong_answers, test_nonces,
                 test_told, test_many, test_version, test_garbled, test_structure, test_giant, test_serial,
                 test_revocation, test_move, test_access, test_traces, test_test_mode])
    finally:
        shutil.rmtree(TOWN.folder, ignore_errors=True)
