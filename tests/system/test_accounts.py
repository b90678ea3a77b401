#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Accounts of citizens: opened by a card, found by its number, changed by a clerk, and kept."""
import contextlib
import http.client
import pathlib
import shutil
import sqlite3
import tempfile
import threading
import uuid

import card_calls
from card_calls import account, change_account, files, open_account, text
from disk import disk
from eid_cards import Office, der_of
from guichet_server import Client, Server, in_threads, wait_for
from revocation import Responder, answer_for
from tap import equal, run

# Vandenbroucke is whom the cards are about, if nothing else is said.
NISS = "85073003328"
OTHERS = iter(f"{n}{97 - n % 97:02}" for n in range(900201002, 900201998, 2))


class Town:
    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="guichet-cards-"))
        self.cards = card_calls.Cards(self.folder)
        self.server = Server(extra=self.cards.configuration())
        self.server.add_staff()
        self.server.start()
        self.marie = Client(self.server, "marie.dubois")
        self.luc = Client(self.server, "luc.lefebvre")

    def card(self):
        """A card of somebody who has no account yet, and their number."""
        niss = next(OTHERS)
        return self.cards.office.new18(identity={0x06: niss, 0x07: "Delvaux"}), niss

    def open(self, card=None, **members):
        return open_account(self.marie, card or self.card()[0], **members).must(201).json["account"]

    def rows(self, statement, *values):
        with contextlib.closing(sqlite3.connect(self.server.folder / "server/journal.db")) as db:
            return db.execute(statement, values).fetchall()

    def readings(self, name):
        """Through what, and by whom, an account was read."""
        return self.rows("SELECT actor, route FROM access WHERE reference = ? ORDER BY number", name)


TOWN = None


def refused(answer, status, word):
    equal(answer.must(status).json["type"].rpartition(":")[2], word)
    return answer.json


def test_open():
    """A card opens the account of its person: who they are stands on it, and how they are reached they say"""
    contact = {"email": "eleonore@example.org", "phone": "+32470123456", "language": "nl"}
    answer = open_account(TOWN.marie, TOWN.cards.make(), contact=contact).must(201)
    name = answer.json["account"]
    equal(answer.headers["Location"], f"/v1/accounts/{name}")
    equal(answer.json, {"account": name, "version": 1, "event": 1})
    opened = account(TOWN.marie, name)
    equal((opened["account"], opened["version"], opened["method"]), (name, 1, "card"))
    equal(opened["openedBy"], "marie.dubois")
    citizen = opened["citizen"]
    equal({word: citizen[word] for word in ("familyName", "niss", "birthDate", "level")},
          {"familyName": "Vandenbroucke", "niss": NISS, "birthDate": "1985-07-30", "level": "counter"})
    equal({word: citizen[word] for word in contact}, contact)
    if NISS in name or not citizen["street"]:
        raise AssertionError(f"{name}: {citizen}")
    # As it is typed, or read aloud.
    equal(account(TOWN.marie, name.lower().replace("-", "")), opened)


def test_find():
    """It is found by the national number, and nobody else is"""
    card, niss = TOWN.card()
    search = {"niss": niss}
    equal(TOWN.marie.post("/v1/accounts/search", search).must(200).json, {"items": []})
    name = TOWN.open(card)
    equal(TOWN.luc.post("/v1/accounts/search", search).must(200).json, {"items": [account(TOWN.marie, name)]})
    # With dots it is no number here: what is sent is eleven digits.
    for wrong in ({"niss": "85.07.30-033.28"}, {"niss": "85073003327"}, {}, {**search, "name": "x"}):
        TOWN.marie.post("/v1/accounts/search", wrong).must(400)


def test_second():
    """A person has one account: a second is refused, and the refusal names the first"""
    card, _ = TOWN.card()
    name = TOWN.open(card)
    before = len(TOWN.readings(name))
    equal(refused(open_account(TOWN.luc, card), 409, "accountExists")["account"], name)
    # To be told is a reading.
    equal(TOWN.readings(name)[before:], [("luc.lefebvre", "accountOpening")])


def test_at_once():
    """Of several who open it at the same moment one does, and the others are told of that one"""
    card, _ = TOWN.card()
    clients = [Client(TOWN.server, "marie.dubois") for _ in range(8)]
    answers = [None] * len(clients)

    def work(number):
        answers[number] = open_account(clients[number], card)

    in_threads(len(clients), work)
    equal(sorted(answer.status for answer in answers), [201] + [409] * 7)
    equal(len({answer.json["account"] for answer in answers}), 1)


def test_keys():
    """The same opening with the same key is one account; with another content it is refused"""
    card, _ = TOWN.card()
    key = str(uuid.uuid4())
    first = open_account(TOWN.marie, card, key).must(201).json
    equal(open_account(TOWN.marie, card, key).must(201).json, first)
    refused(open_account(TOWN.marie, card, key, contact={"language": "de"}), 422, "idempotencyKeyReused")
    refused(open_account(TOWN.marie, TOWN.card()[0], key), 422, "idempotencyKeyReused")
    # A key is good for one command, whatever it is about.
    refused(TOWN.marie.submit(key=key), 422, "idempotencyKeyReused")
    equal(TOWN.server.stop(), 0)
    TOWN.server.start()
    equal(open_account(TOWN.marie, card, key).must(201).json, first)


def test_cards():
    """A card that is not genuine, not valid or not whole opens nothing, and says nothing of whom it names"""
    known = TOWN.open()
    card, niss = TOWN.card()
    forged = TOWN.cards.make()
    forged.files["identity"] = forged.files["identity"].replace(b"Mons", b"Ghli")
    lacking = {word: content for word, content in files(card).items() if word != "identitySignature"}
    for wrong, place in ((files(TOWN.cards.make("expired")), "files.identity"),
                         (files(TOWN.cards.make("stranger")), None), (files(TOWN.cards.make("test-root")), None),
                         (files(TOWN.cards.make("signed-by-citizen")), None), (files(forged), "files.identity"),
                         (lacking, "files.identitySignature"),
                         ({**files(card), "identity": text(b"\x01\x0c59")}, "files.identity"),
                         ({**files(card), "address": text(b"\x01\xff")}, "files.address")):
        # Vandenbroucke has an account: whoever made up a card of theirs is not told.
        problem = refused(open_account(TOWN.marie, card, files=wrong), 409, "cardRefused")
        places = [issue["name"] for issue in problem["issues"]]
        if not places or "account" in problem or (place and place not in places):
            raise AssertionError(problem)
        problem = refused(change_account(TOWN.marie, known, "renewPerson", 1, files=wrong), 409, "cardRefused")
        equal([issue["name"] for issue in problem["issues"]], places)
    equal(TOWN.marie.post("/v1/accounts/search", {"niss": niss}).must(200).json["items"], [])
    equal(account(TOWN.marie, known)["version"], 1)


def test_structure():
    """All that is wrong with what is sent is said at once, each with its place"""
    card, niss = TOWN.card()
    bad = {"files": {**files(card), "address": "AA=", "more": "AA=="},
           "contact": {"email": "nobody", "phone": "12", "language": "xx", "street": "rue"}, "niss": niss}
    issues = TOWN.marie.post("/v1/accounts", bad, str(uuid.uuid4())).must(400).json["issues"]
    equal(sorted(issue["name"] for issue in issues),
          ["contact.email", "contact.language", "contact.phone", "contact.street", "files.address", "files.more",
           "niss"])
    for wrong in ({"files": {}}, {"contact": {}}, {"contact": None}, {"nonce": text(bytes(32))}, {"citizen": {}}):
        open_account(TOWN.marie, card, **wrong).must(400)
    name = TOWN.open(card)
    for kind, members in (("changeContact", {}), ("changeContact", {"contact": {"email": "x"}}), ("renewPerson", {}),
                          ("changeContact", {"contact": {"language": "fr"}, "files": files(card)}),
                          ("renewPerson", {"files": files(card), "citizen": {"familyName": "X"}}),
                          ("open", {"files": files(card), "contact": {"language": "fr"}}),
                          ("purge", {"text": "x"}), ("unheardOf", {})):
        change_account(TOWN.marie, name, kind, 1, **members).must(400)
    change_account(TOWN.marie, name, "changeContact", 0, contact={"language": "fr"}).must(400)
    equal(account(TOWN.marie, name)["version"], 1)


def test_contact():
    """A clerk changes how a person is reached, and nothing else; what is absent is taken away"""
    name = TOWN.open()
    before = account(TOWN.marie, name)["citizen"]
    contact = {"phone": "065 40 51 11", "language": "de"}
    receipt = change_account(TOWN.marie, name, "changeContact", 1, contact=contact).must(200).json
    equal((receipt["account"], receipt["version"]), (name, 2))
    after = account(TOWN.marie, name)["citizen"]
    equal(after, {**{word: value for word, value in before.items() if word != "email"}, **contact})
    # The same again changes nothing, and is no event.
    equal(change_account(TOWN.marie, name, "changeContact", 2, contact=contact).must(200).json,
          {"account": name, "version": 2})


def test_conflict():
    """What a colleague made of the contact data meanwhile is not overwritten; one's own is"""
    name = TOWN.open()
    change_account(TOWN.luc, name, "changeContact", 1, contact={"language": "nl"}).must(200)
    problem = refused(change_account(TOWN.marie, name, "changeContact", 1, contact={"language": "de"}), 409, "conflict")
    equal([(event["kind"], event["actor"], event["version"]) for event in problem["changes"]],
          [("contactChanged", "luc.lefebvre", 2)])
    change_account(TOWN.luc, name, "changeContact", 1, contact={"language": "en"}).must(200)
    equal(account(TOWN.marie, name)["citizen"]["language"], "en")
    # Nor is a version that there never was looked at by anybody.
    refused(change_account(TOWN.marie, name, "changeContact", 9, contact={"language": "de"}), 409, "conflict")


def test_renew():
    """A card that is read again renews the person, whatever a colleague changed, and not how they are reached"""
    card, niss = TOWN.card()
    name = TOWN.open(card)
    change_account(TOWN.luc, name, "changeContact", 1, contact={"language": "nl"}).must(200)
    married = TOWN.cards.office.new18(identity={0x06: niss, 0x07: "Delvaux-Petit"})
    before = account(TOWN.marie, name)
    key = str(uuid.uuid4())
    receipt = change_account(TOWN.marie, name, "renewPerson", 1, key, files=files(married)).must(200).json
    equal(receipt["version"], 3)
    after = account(TOWN.marie, name)
    equal(after["citizen"], {**before["citizen"], "familyName": "Delvaux-Petit"})
    equal([after[word] for word in ("opened", "openedBy")], [before[word] for word in ("opened", "openedBy")])
    if not after["cardRead"] > before["cardRead"]:
        raise AssertionError(f"read at {after['cardRead']}, and before at {before['cardRead']}")
    equal(change_account(TOWN.marie, name, "renewPerson", 1, key, files=files(married)).must(200).json, receipt)
    refused(change_account(TOWN.marie, name, "renewPerson", 3, files=files(TOWN.card()[0])), 409, "otherPerson")
    equal(account(TOWN.marie, name)["version"], 3)
    # A version that the journal does not have: there is nothing to tell of what happened since.
    problem = refused(change_account(TOWN.marie, name, "renewPerson", 4, files=files(married)), 409, "conflict")
    equal(problem["changes"], [])


def test_readings():
    """Reading an account is recorded, who and through what; a look-up that finds nothing is not, nor is a change"""
    card, niss = TOWN.card()
    count = "SELECT count(*) FROM access"
    before = TOWN.rows(count)
    TOWN.marie.post("/v1/accounts/search", {"niss": niss}).must(200)
    TOWN.marie.get("/v1/accounts/A-2222-2222").must(404)
    name = TOWN.open(card)
    change_account(TOWN.luc, name, "changeContact", 1, contact={"language": "nl"}).must(200)
    equal(TOWN.rows(count), before)
    account(TOWN.marie, name)
    TOWN.luc.post("/v1/accounts/search", {"niss": niss}).must(200)
    equal(TOWN.readings(name), [("marie.dubois", "account"), ("luc.lefebvre", "accountSearch")])


def test_append_only():
    """The database itself lets nobody change or remove what happened to an account"""
    TOWN.open()
    equal(TOWN.server.stop(), 0)
    with contextlib.closing(sqlite3.connect(TOWN.server.folder / "server/journal.db")) as db:
        for statement in ("UPDATE account_event SET actor = 'x' WHERE number = 1", "DELETE FROM account_event",
                          "INSERT OR REPLACE INTO account_event SELECT * FROM account_event WHERE number = 1"):
            try:
                db.execute(statement)
            except sqlite3.IntegrityError as error:
                equal(str(error), "the journal of accounts is append-only")
                continue
            raise AssertionError(f"{statement} was let pass")
    TOWN.server.start()


def test_sealed():
    """In no file is there anything of a person, once what serves them has stopped"""
    card = TOWN.cards.office.new18(identity={0x06: next(OTHERS), 0x07: "Zwevezele-Geheim"})
    TOWN.open(card, contact={"email": "zwevezele.geheim@example.org", "language": "fr"})
    equal(TOWN.server.stop(), 0)
    for path in [*(TOWN.server.folder / "server").rglob("*"), TOWN.server.folder / "guichetd.log"]:
        if path.is_file() and b"zwevezele" in path.read_bytes().lower():
            raise AssertionError(f"{path.name} names them")
    TOWN.server.start()


def test_revocation():
    """A card that was revoked opens nothing; one that nobody could be asked about does"""
    responder = Responder()
    office = Office(responder.address)
    asked, unasked = (office.new18(identity={0x06: next(OTHERS), 0x07: "Delvaux"}) for _ in range(2))
    roots = TOWN.folder / "asked-root.der"
    roots.write_bytes(der_of(office.ec.root))
    lines = f"[eid]\nroots={roots}\nrevocation-hosts={responder.host}\nrevocation-timeout=2\n"
    for revoked, status in (({"authenticationCertificate"}, 409), (set(), 201)):
        with Server(extra=lines) as server:
            server.add_staff(["marie.dubois"])
            server.start()
            marie = Client(server, "marie.dubois")
            responder.answers = {}
            open_account(marie, unasked).must(201)
            answer_for(responder, office, [asked, unasked], revoked)
            key = str(uuid.uuid4())
            answer = open_account(marie, asked, key).must(status)
            if revoked:
                equal([issue["name"] for issue in answer.json["issues"]], ["files.authenticationCertificate"])
                continue
            # What was accepted stays so for who did not hear of it, whatever became of the card.
            server.stop()
            revoked.add("authenticationCertificate")
            server.start()
            equal(open_account(marie, asked, key).must(201).json, answer.json)
            refused(open_account(marie, asked), 409, "cardRefused")
    responder.stop()


def verify(server, *problems):
    """What guichetctl makes of the files of a server that does not run."""
    done = server.control("verify", check=False)
    for problem in problems:
        if problem not in done.stderr:
            raise AssertionError(f"not found: {problem}\n{done.stdout}{done.stderr}")
    equal(done.returncode, 1 if problems else 0, done.stderr)


def test_tampering():
    """verify finds what somebody changed in the journal of accounts or beside it, and names it"""
    name, other = TOWN.open(), TOWN.open()
    change_account(TOWN.marie, name, "changeContact", 1, contact={"language": "nl"}).must(200)
    equal(TOWN.server.stop(), 0)
    path = TOWN.server.folder / "server/journal.db"
    whole = path.read_bytes()
    verify(TOWN.server)
    triggers = ("DROP TRIGGER account_event_is_never_changed", "DROP TRIGGER account_event_is_never_removed")
    for statement, problem in (
            ("UPDATE account_event SET actor = 'nobody' WHERE number = (SELECT max(number) FROM account_event)",
             "of accounts does not follow from the one before it"),
            ("DELETE FROM account_event WHERE number = (SELECT max(number) FROM account_event)",
             f"account {name}: is not what its events make of it"),
            (f"UPDATE account SET state = (SELECT state FROM account WHERE account = '{other}') "
             f"WHERE account = '{name}'", f"account {name}: its state cannot be opened"),
            (f"UPDATE account SET niss = zeroblob(16) WHERE account = '{name}'",
             f"account {name}: is not what its events make of it"),
            (f"DELETE FROM account WHERE account = '{name}'", f"account {name}: has events and no row"),
            (f"INSERT INTO account SELECT 'A-2222-2222', version, last_event, zeroblob(16), state FROM account "
             f"WHERE account = '{name}'", "there are accounts without events")):
        with contextlib.closing(sqlite3.connect(path)) as db, db:
            for line in (*triggers, statement):
                db.execute(line)
        verify(TOWN.server, problem)
        path.write_bytes(whole)
    verify(TOWN.server)
    TOWN.server.start()


def test_restore():
    """A backup carries accounts; what was purged since stays so in it, and who purged it and why is told"""
    server = TOWN.server
    card, niss = TOWN.card()
    purged, kept = TOWN.open(card), TOWN.open()
    before = account(TOWN.marie, kept)
    backup = server.folder / "backup"
    server.control("backup", str(backup))
    change_account(TOWN.marie, kept, "changeContact", 1, contact={"language": "nl"}).must(200)
    later = TOWN.open()
    server.control("purge", purged, "--reason", "demande de la personne")
    purges = server.purges()
    equal(server.stop(), 0)
    said = server.control("restore", str(backup)).stdout
    if "1 requests or accounts that were purged since are purged again" not in said:
        raise AssertionError(said)
    verify(server)
    equal(server.purges(), purges)
    server.start()
    TOWN.marie, TOWN.luc = Client(server, "marie.dubois"), Client(server, "luc.lefebvre")
    TOWN.marie.get(f"/v1/accounts/{purged}").must(404)
    TOWN.marie.get(f"/v1/accounts/{later}").must(404)
    equal(TOWN.marie.post("/v1/accounts/search", {"niss": niss}).must(200).json["items"], [])
    equal(account(TOWN.marie, kept), before)
    # A desk that saw what was lost is told so.
    refused(change_account(TOWN.marie, kept, "changeContact", 2, contact={"language": "de"}), 409, "conflict")


class Load:
    """Clerks who open accounts and change them until the server is gone."""

    def __init__(self, server):
        self.server = server
        self.answered = {}  # key → (what asks the same again, receipt)
        self.asked = {}     # key → what asks the same again

    def ask(self, client, key, function, *words, **members):
        self.asked[key] = lambda who: function(who, *words, key=key, **members)
        answer = self.asked[key](client)
        if answer.status not in (200, 201):
            raise AssertionError(f"{answer.status} {answer.body[:300]!r}")
        self.answered[key] = answer.json
        return answer.json

    def work(self, _number):
        client = Client(self.server, "marie.dubois")
        # As far as the server lives: http.client has a zoo of errors for a connection that died.
        with contextlib.suppress(OSError, EOFError, ValueError, http.client.HTTPException):
            while True:
                opened = self.ask(client, str(uuid.uuid4()), open_account, TOWN.card()[0])
                for version, language in ((1, "nl"), (2, "de")):
                    self.ask(client, str(uuid.uuid4()), change_account, opened["account"], "changeContact", version,
                             contact={"language": language})

    def run(self, answers):
        killer = threading.Thread(target=self.kill, args=(answers,))
        killer.start()
        in_threads(4, self.work)
        killer.join()

    def kill(self, answers):
        wait_for(lambda: len(self.answered) >= answers, f"{answers} answers")
        self.server.kill()


def crash(env):
    with Server(extra=TOWN.cards.configuration(), env=env) as server:
        server.add_staff(["marie.dubois"])
        server.start()
        load = Load(server)
        load.run(30)
        verify(server)
        server.start()
        marie = Client(server, "marie.dubois")
        for key, receipt in load.answered.items():
            equal(load.asked[key](marie).json, receipt, "asked again")
            if account(marie, receipt["account"])["version"] < receipt["version"]:
                raise AssertionError(f"{receipt} is lost")
        # And what had no answer acts once.
        for ask in load.asked.values():
            equal(ask(marie).status in (200, 201), True)
        server.stop()
        verify(server)
        with contextlib.closing(sqlite3.connect(server.folder / "server/journal.db")) as db:
            equal(db.execute("SELECT count(*) FROM account_event").fetchone()[0], len(load.asked), "events")
        print(f"# {len(load.answered)} of {len(load.asked)} answered")


def test_kill():
    """kill -9 loses nothing that was answered, and what is asked again acts once"""
    crash({})


def test_power_cut():
    """Nor does a power cut, with which all goes that was not flushed"""
    crash(disk(forget="all"))


if __name__ == "__main__":
    TOWN = Town()
    try:
        with TOWN.server:
            run([test_open, test_find, test_second, test_at_once, test_keys, test_cards, test_structure, test_contact,
                 test_conflict, test_renew, test_readings, test_append_only, test_sealed, test_revocation,
                 test_tampering, test_restore, test_kill, test_power_cut])
    finally:
        shutil.rmtree(TOWN.folder, ignore_errors=True)
