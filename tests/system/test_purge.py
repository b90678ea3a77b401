#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""After a purge the person is in no file, a desk is told, and the chain still holds."""
import contextlib
import datetime
import os
import pathlib
import pwd
import sqlite3
import tempfile
import uuid

import card_calls
from guichet_server import CITIZEN, Client, Server
from tap import equal, run

PERSON = {"familyName": "Zwanenburgh", "givenNames": "Théodorine", "email": "theodorine.z@example.org",
          "street": "venelle des Cocarmeaux", "phone": "+3265000777", "niss": "17073003384"}
TRACES = ["zwanenburgh", "théodorine", "theodorine", "cocarmeaux", "3265000777", "17073003384",
          "pièce égarée par la poste"]


def found_in(folder):
    """Traces of the person in any file below a folder, as text of either case."""
    traces = set()
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes().decode("utf-8", errors="replace").lower()
            traces |= {(path.name, trace) for trace in TRACES if trace in content}
    return traces


def who(server):
    """The user whom a purge is laid to, once the tool was told that it runs by sudo, as only root's is."""
    server.env["SUDO_USER"] = "louise.admin"
    return "guichetctl:" + ("louise.admin" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name)


def open_account(client, cards):
    """The person's account, with everything that may hold a trace."""
    card = cards.office.new18(
        identity={0x06: PERSON["niss"], 0x07: PERSON["familyName"], 0x08: PERSON["givenNames"]},
        address={0x01: PERSON["street"] + " 4"})
    contact = {"email": "nobody@example.org", "language": "fr"}
    name = card_calls.open_account(client, card, contact=contact).must(201).json["account"]
    contact = {"email": PERSON["email"], "phone": PERSON["phone"], "language": "fr"}
    card_calls.change_account(client, name, "changeContact", 1, contact=contact).must(200)
    card_calls.change_account(client, name, "renewPerson", 2, files=card_calls.files(card)).must(200)
    citizen = card_calls.account(client, name)["citizen"]
    if not {PERSON["familyName"], PERSON["email"], PERSON["niss"], PERSON["street"]} <= set(citizen.values()):
        raise AssertionError(f"not the person: {citizen}")
    client.post("/v1/accounts/search", {"niss": PERSON["niss"]}).must(200)
    return name, card


def live(server, client):
    """A request with everything that may hold a trace."""
    reference = client.submit(citizen=PERSON).must(201).json["reference"]
    version = client.command(reference, "claim", client.request(reference)["version"]).must(200).json["version"]
    version = client.command(reference, "note", version,
                             text="Madame Zwanenburgh : pièce égarée par la poste").must(200).json["version"]
    version = client.attach(reference, version, name="Zwanenburgh.pdf").must(200).json["version"]
    move = client.catalogue().stages("POP-CM")[0]["moves"][0]
    client.command(reference, "move", version, to=move["to"], notify=True).must(200)
    client.post("/v1/requests/search", {"text": "zwanenburgh"}).must(200)
    client.events(reference)
    server.wait_messages(1)
    return reference


def purge(running):
    with tempfile.TemporaryDirectory(prefix="guichet-cards-") as folder:
        purge_with(running, card_calls.Cards(pathlib.Path(folder)))


def purge_with(running, cards):
    with Server(extra=cards.configuration()) as server:
        server.add_staff(["marie.dubois"])
        server.start()
        marie = Client(server, "marie.dubois")
        other = marie.submit().must(201).json["reference"]
        key = str(uuid.uuid4())
        account, card = open_account(marie, cards)
        reference = live(server, marie)
        marie.command(reference, "note", marie.request(reference)["version"], key, text="encore").must(200)
        last = marie.get("/v1/changes?after=0").must(200).json["last"]
        if not running:
            server.stop()
        by = who(server)
        equal(server.purges(), {})
        server.control("purge", reference, "--reason", "demande de la personne")
        # Who, when and why is there for ever, and that is all.
        day, *told = server.purges()[reference]
        equal(told, [by, "demande de la personne"])
        server.control("purge", account.lower(), "--reason", "demande de la personne")
        equal(server.purges()[account][1:], (by, "demande de la personne"))
        # Doing it again does no harm, and is no second purge.
        server.control("purge", account, "--reason", "encore")
        equal(list(server.purges()), [reference, account])
        if "4 events of 1 accounts (1 purged)" not in server.control("verify").stdout:
            raise AssertionError("not verified")
        if abs(datetime.date.fromisoformat(day) - datetime.date.today()).days > 1:
            raise AssertionError(f"purged on {day}")
        if not running:
            server.start()

        # A desk that had it is told that it is gone; nothing finds it any more.
        changes = marie.get(f"/v1/changes?after={last}").must(200).json["items"]
        equal([item for item in changes if item.get("reference") == reference],
              [{"reference": reference, "gone": True, "purged": True}])
        marie.get(f"/v1/requests/{reference}").must(404)
        marie.get(f"/v1/requests/{reference}/events").must(404)
        for body in ({"text": "zwanenburgh"}, {"niss": PERSON["niss"]}):
            equal(marie.post("/v1/requests/search", body).must(200).json["items"], [])
        marie.get(f"/v1/accounts/{account}").must(404)
        card_calls.change_account(marie, account, "changeContact", 3, contact={"language": "nl"}).must(404)
        equal(marie.post("/v1/accounts/search", {"niss": PERSON["niss"]}).must(200).json["items"], [])
        # The others are as they were.
        equal(marie.request(other)["citizen"]["familyName"], CITIZEN["familyName"])

        # The mail that was sent is the citizen's; what the server keeps is what counts.
        equal(found_in(server.folder / "server"), set(), "while it runs")
        equal(server.stop(), 0)
        equal(found_in(server.folder / "server"), set(), "once it has stopped")
        if any(trace in server.log().lower() for trace in TRACES):
            raise AssertionError("the log names the person")

        # Who comes back gets another one.
        server.start()
        again = card_calls.open_account(Client(server, "marie.dubois"), card).must(201).json["account"]
        if again == account:
            raise AssertionError("the account that was purged is back")


def test_running():
    """Purged while the daemon runs"""
    purge(True)


def test_alone():
    """Purged by the tool alone"""
    purge(False)


def damage(server, reference):
    """One byte of why it was purged, on the disk."""
    with contextlib.closing(sqlite3.connect(server.folder / "server/journal.db")) as db, db:
        trigger, = db.execute("SELECT sql FROM sqlite_schema WHERE name = 'event_is_never_changed'").fetchone()
        db.execute("DROP TRIGGER event_is_never_changed")
        number, payload = db.execute("SELECT number, payload FROM event WHERE reference = ? AND kind = 'purged'",
                                     (reference,)).fetchone()
        db.execute("UPDATE event SET payload = ? WHERE number = ?",
                   (payload[:-1] + bytes([payload[-1] ^ 1]), number))
        db.execute(trigger)


def test_unreadable_purge():
    """A purge whose reason cannot be read hides no other one, and keeps day and name through a restore"""
    with Server() as server:
        server.add_staff(["marie.dubois"])
        server.start()
        marie = Client(server, "marie.dubois")
        damaged, other = (marie.submit().must(201).json["reference"] for _ in range(2))
        by = who(server)
        server.control("backup", str(server.folder / "backup"))
        server.control("purge", damaged, "--reason", "délai échu")
        server.control("purge", other, "--reason", "demande de la personne")
        before = server.purges()
        server.stop()
        damage(server, damaged)
        listed = {damaged: (*before[damaged][:2], "(why cannot be read)"), other: before[other]}
        equal(server.purges(), listed, "by the tool alone")
        server.start()
        equal(server.purges(), listed, "while the daemon runs")
        server.stop()
        told = server.control("restore", str(server.folder / "backup")).stderr
        if f"why request {damaged} was purged cannot be read" not in told or other in told:
            raise AssertionError(told)
        listed[damaged] = (*before[damaged][:2], "purged before; why cannot be read any more")
        equal(server.purges(), listed, "after a restore")


def lose_keys(server, names):
    """As a damaged or older keys.db leaves it: nobody can read them any more."""
    with contextlib.closing(sqlite3.connect(server.folder / "server/keys.db")) as db, db:
        for name in names:
            equal(db.execute("DELETE FROM key WHERE reference = ?", (name,)).rowcount, 1, name)


def test_lost_keys():
    """Who cannot be read any more can still be forgotten, and may come back"""
    with tempfile.TemporaryDirectory(prefix="guichet-cards-") as folder:
        forget_without_keys(card_calls.Cards(pathlib.Path(folder)))


def forget_without_keys(cards):
    with Server(extra=cards.configuration()) as server:
        server.add_staff(["marie.dubois"])
        server.start()
        marie = Client(server, "marie.dubois")
        account, card = open_account(marie, cards)
        references = [live(server, marie) for _ in range(2)]
        server.stop()
        lose_keys(server, [account, *references])
        server.control("purge", references[0], "--reason", "demande de la personne")
        server.start()
        card_calls.open_account(marie, card).must(409)
        last = marie.get("/v1/changes?after=0").must(200).json["last"]
        for name in (account, references[1]):
            server.control("purge", name, "--reason", "demande de la personne")
        equal(set(server.purges()), {account, *references})
        equal([item["reference"] for item in marie.get(f"/v1/changes?after={last}").must(200).json["items"]],
              [references[1]])
        equal(found_in(server.folder / "server"), set())
        if "(1 purged)" not in server.control("verify").stdout:
            raise AssertionError("not verified")
        card_calls.open_account(marie, card).must(201)


if __name__ == "__main__":
    run([test_running, test_alone, test_unreadable_purge, test_lost_keys])
