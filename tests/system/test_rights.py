#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Goes through routes × roles × departments and looks for a leak: in lists, counts, search, changes,
feed, single requests, commands and errors."""
import contextlib
import datetime
import json
import os
import pathlib
import re
import shutil
import socket
import sqlite3
import tempfile
import uuid

import card_calls
from card_calls import text
from eid_cards import IDENTITY, tlv
from guichet_server import CITIZEN, PASSWORD, Client, Server, wait_for
from tap import equal, run

DEPARTMENTS = ["population", "civilStatus", "planning", "archives"]

# What a role may do, written down here a second time on purpose.
ROLES = {
    "clerk": {"list", "read", "work", "encode", "assistAccount"},
    "officer": {"list", "read", "work", "encode", "decide", "assistAccount"},
    "supervisor": {"list", "read", "work", "encode", "decide", "assignOthers", "reopen", "assistAccount"},
    "reception": {"list", "encode", "assistAccount"},
    "protection": {"list", "read"},
    "administrator": set(),
}


def login(role, department):
    return f"{role}.{department.lower()}"


class Town:
    """Every role in every department, a request in each, and a restricted one in each that has one."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="guichet-cards-")
        self.cards = card_calls.Cards(pathlib.Path(self.folder.name))
        self.server = Server(extra=self.cards.configuration())
        add = self.server.control
        for role in ROLES:
            for department in DEPARTMENTS:
                add("staff", "add", login(role, department), "--name", f"{role} {department}",
                    "--post", f"{department}:{role}", "--password-file", "-", text=PASSWORD + "\n")
        self.server.start()
        some = Client(self.server, login("clerk", "population"))
        self.catalogue = some.catalogue()
        self.requests = {}    # reference → (department, restricted)
        self.documents = {}   # reference → id of its document
        self.restricted = {}  # department → code
        self.open = {}
        for code in self.catalogue.codes():
            procedure = self.catalogue.procedure(code)
            kind = self.restricted if procedure.get("restricted") else self.open
            kind.setdefault(procedure["department"], code)
        for department, code in self.restricted.items():
            who = f"named.{department.lower()}"
            # The daemon runs: the tool asks it.
            add("staff", "add", who, "--name", who, "--post", f"{department}:officer", "--restricted", code,
                "--password-file", "-", text=PASSWORD + "\n")
        self.clients = {}
        for department in DEPARTMENTS:
            clerk = self.client(login("clerk", department))
            self.submit(clerk, self.open[department], department, False)
            if department in self.restricted:
                named = self.client(f"named.{department.lower()}")
                self.submit(named, self.restricted[department], department, True)
        self.card = self.cards.make()
        self.account = card_calls.open_account(some, self.card).must(201).json["account"]

    def client(self, who):
        if who not in self.clients:
            self.clients[who] = Client(self.server, who)
        self.clients[who].close()  # an idle connection may have ended
        return self.clients[who]

    def submit(self, client, code, department, restricted):
        name = "Geheim" + department if restricted else "Offen" + department
        citizen = {"familyName": name.title()}
        answers = self.catalogue.fill(code, {**CITIZEN, **citizen})
        reference = client.submit(code, citizen, answers).must(201).json["reference"]
        self.requests[reference] = (department, restricted)
        client.attach(reference, client.request(reference)["version"]).must(200)
        self.documents[reference] = client.request(reference)["documents"][0]["id"]

    def visible(self, role, department, capability):
        return {reference for reference, (where, restricted) in self.requests.items()
                if where == department and not restricted and capability in ROLES[role]}


TOWN = None


def each():
    for role in ROLES:
        for department in DEPARTMENTS:
            yield role, department, TOWN.client(login(role, department))


def test_lists():
    """Lists and their totals show only what the role lists in its department"""
    for role, department, client in each():
        wanted = TOWN.visible(role, department, "list")
        answer = client.post("/v1/requests/search", {"pageSize": 200}).must(200).json
        equal({item["reference"] for item in answer["items"]}, wanted, f"{role} of {department}")
        equal(answer["total"], len(wanted), f"total for {role} of {department}")


def test_search_by_word_and_number():
    """Search by name and by national number finds nothing beyond that"""
    for role, department, client in each():
        wanted = TOWN.visible(role, department, "list")
        for body in ({"text": "offen"}, {"text": "geheim"}, {"niss": CITIZEN["niss"]}):
            answer = client.post("/v1/requests/search", body).must(200).json
            found = {item["reference"] for item in answer["items"]}
            if not found <= wanted:
                raise AssertionError(f"{role} of {department} finds {found - wanted} by {body}")
            if "total" in answer and answer["total"] > len(wanted):
                raise AssertionError(f"{role} of {department} learns a count by {body}")


def test_changes():
    """What a mirror is given is what may be listed"""
    for role, department, client in each():
        wanted = TOWN.visible(role, department, "list")
        answer = client.get("/v1/changes?after=0").must(200).json
        lines = {item["line"]["reference"] for item in answer["items"] if "line" in item}
        equal(lines, wanted, f"{role} of {department}")
        leaked = {item["reference"] for item in answer["items"] if item.get("gone")} - wanted
        equal(leaked, set(), f"gone for {role} of {department}")


def test_changes_elsewhere():
    """How far the changes go is told of what one may list: whatever one asks after, no act elsewhere shows in it"""
    mine = next(r for r, (d, hidden) in TOWN.requests.items() if d == "population" and not hidden)
    clerk = TOWN.client(login("clerk", "population"))
    strangers = [TOWN.client(login("clerk", "archives")), TOWN.client(login("administrator", "population"))]

    def last(client, after):
        return client.get(f"/v1/changes?after={after}").must(200).json["last"]

    head = last(clerk, 0) + 1000
    questions = [(client, after) for client in strangers for after in (0, 1, last(client, 0), head)]
    before = [last(*question) for question in questions]
    event = note(login("clerk", "population"), mine)
    equal([last(*question) for question in questions], before)
    equal([last(clerk, after) for after in (0, event - 1, event, head)], [event] * 4)


def test_accesses():
    """What a mirror showed is recorded for whoever says so, and tells them nothing of any request"""
    told = {}
    for role, department, client in each():
        for reference in TOWN.requests:
            item = {"key": str(uuid.uuid4()), "reference": reference, "route": "mirror",
                    "instant": "2026-01-05T09:00:00.000000Z"}
            answer = client.post("/v1/accesses", {"items": [item]})
            equal((answer.status, answer.body), (204, b""), f"{reference} by {role} of {department}")
            told[(login(role, department), reference)] = reference in TOWN.visible(role, department, "list")
    with contextlib.closing(sqlite3.connect(TOWN.server.folder / "server/journal.db")) as db:
        rows = db.execute("SELECT actor, reference, detail FROM access WHERE route = 'mirror'").fetchall()
    equal({(who, reference): detail != "notTheirs" for who, reference, detail in rows}, told, "records")


def test_single_requests():
    """One request: 200 to who may read, 403 to who may only list, 404 as for one that never was"""
    absent = "26-2222-2222"
    for role, department, client in each():
        nothing = client.get(f"/v1/requests/{absent}").must(404).json
        for reference in TOWN.requests:
            listed = reference in TOWN.visible(role, department, "list")
            wanted = 200 if reference in TOWN.visible(role, department, "read") else 403 if listed else 404
            for tail in ("", "/events", f"/documents/{TOWN.documents[reference]}"):
                answer = client.get(f"/v1/requests/{reference}{tail}")
                equal(answer.status, wanted, f"GET {tail} by {role} of {department}")
                if wanted == 404:
                    same_as(nothing, answer)
            answer = client.post(f"/v1/requests/{reference}/notificationPreviews", {"to": "unheardOf"})
            equal(answer.status, 409 if wanted == 200 else wanted, f"preview by {role} of {department}")
            if wanted == 404:
                same_as(nothing, answer)


def same_as(nothing, answer):
    """A request that is hidden looks like one that never was."""
    for member in ("type", "title", "status", "detail"):
        equal(answer.json.get(member), nothing.get(member), "a hidden request looks otherwise")


def test_commands():
    """Commands: refused alike for a hidden and for an absent request"""
    for role, department, client in each():
        for reference in TOWN.requests:
            answer = client.command(reference, "note", 1, text="x" * 3)
            may_work = reference in TOWN.visible(role, department, "work")
            listed = reference in TOWN.visible(role, department, "list")
            equal(answer.status, 200 if may_work else 403 if listed else 404,
                  f"note by {role} of {department}")


# Every kind of command that the API takes, with what it needs.
COMMANDS = {
    "claim": {}, "release": {}, "assign": {"to": "clerk.population"}, "move": {"to": "unheardOf"},
    "block": {"blocker": "police"}, "unblock": {}, "attachDocument": {"documentName": "a.pdf", "document": "JVBERi0="},
    "resendNotification": {"notification": "unheardOf"}, "note": {"text": "note"},
}


def test_every_command():
    """Whoever may not read gets no more from any command, however much of it is right"""
    for role, department, client in each():
        nothing = client.command("26-2222-2222", "note", 1, text="note").must(404).json
        for reference in TOWN.requests:
            if reference in TOWN.visible(role, department, "read"):
                continue
            listed = reference in TOWN.visible(role, department, "list")
            for kind, members in COMMANDS.items():
                # Of a version that there is, and of one that there is not.
                for version in (1, 99):
                    answer = client.command(reference, kind, version, **members)
                    equal(answer.status, 403 if listed else 404, f"{kind} by {role} of {department}")
                    if not listed:
                        same_as(nothing, answer)


def test_identity_checks():
    """Who may not work on a request gets no challenge for its person, and no comparison with them"""
    content = {"expectedVersion": 1, "nonce": text(bytes(32)), "files": {"identity": text(tlv(IDENTITY))}}
    for role, department, client in each():
        nothing = client.command("26-2222-2222", "note", 1, text="note").must(404).json
        for reference in TOWN.requests:
            may_work = reference in TOWN.visible(role, department, "work")
            listed = reference in TOWN.visible(role, department, "list")
            who = f"check by {role} of {department}"
            answer = client.call("POST", f"/v1/requests/{reference}/identityChallenges")
            equal(answer.status, 201 if may_work else 403 if listed else 404, who)
            if not listed:
                same_as(nothing, answer)
            answer = client.post(f"/v1/requests/{reference}/identityChecks", content, str(uuid.uuid4()))
            equal(answer.status, 409 if may_work else 403 if listed else 404, who)
            if not listed:
                same_as(nothing, answer)


def account_questions(account):
    """Every question about accounts, and the status that it has for who may ask it."""
    contact, files = {"language": "fr"}, card_calls.files(TOWN.card)
    path = f"/v1/accounts/{account}"
    there = account == TOWN.account
    return [("GET", path, None, 200 if there else 404),
            ("POST", "/v1/accounts/search", {"niss": CITIZEN["niss"]}, 200),
            ("POST", "/v1/accounts/search", {"niss": "90020100130"}, 200),
            ("POST", "/v1/accounts/search", {"niss": "x"}, 400),
            ("POST", "/v1/accounts", {"files": files, "contact": contact}, 409),
            ("POST", "/v1/accounts", {}, 400),
            ("POST", f"{path}/commands", {"kind": "changeContact", "expectedVersion": 99, "contact": contact},
             409 if there else 404)]


def test_accounts():
    """Accounts are of no department: whose role has to do with them may ask, and nobody else learns of any"""
    count = "SELECT count(*) FROM access WHERE actor = ?"
    for role, department, client in each():
        may = "assistAccount" in ROLES[role]
        refusals = set()
        for account in (TOWN.account, "A-2222-2222", "unheardOf"):
            for method, path, body, status in account_questions(account):
                key = {"Idempotency-Key": str(uuid.uuid4())}
                answer = client.call(method, path, body, key)
                equal(answer.status, status if may else 403, f"{method} {path} by {role} of {department}")
                if not may:
                    refusals.add(json.dumps({word: value for word, value in answer.json.items() if word != "instance"}))
        equal(len(refusals), 0 if may else 1, f"answers to {role} of {department}")
        if not may:
            with contextlib.closing(sqlite3.connect(TOWN.server.folder / "server/journal.db")) as db:
                equal(db.execute(count + " AND route LIKE 'account%'", (login(role, department),)).fetchone()[0], 0)


def test_submissions():
    """Who may not file a request for a department, or for a restricted procedure, hears that and no more"""
    for role, department, client in each():
        for where in DEPARTMENTS:
            may_encode = where == department and "encode" in ROLES[role]
            # What would be taken is another test's; here nothing is filled in.
            equal(client.submit(TOWN.open[where], answers={}).status, 400 if may_encode else 403,
                  f"{role} of {department} for {where}")
            if where in TOWN.restricted:
                equal(client.submit(TOWN.restricted[where], answers={}).status, 403,
                      f"{role} of {department} for a restricted procedure of {where}")


def test_restricted():
    """A restricted request is seen by who is named for its procedure, and by nobody else"""
    if not TOWN.restricted:
        raise AssertionError("the catalogue has no restricted procedure")
    for reference, (department, restricted) in TOWN.requests.items():
        if not restricted:
            continue
        TOWN.client(f"named.{department.lower()}").get(f"/v1/requests/{reference}").must(200)
        TOWN.client(login("supervisor", department)).get(f"/v1/requests/{reference}").must(404)


class Feed:
    """The stream of a window: the numbers that it was told, and the server's time at its last heartbeat."""

    def __init__(self, client):
        self.data = b""
        self.stream = socket.create_connection((client.host, client.port), timeout=60)
        self.stream.sendall(f"GET /v1/feed HTTP/1.1\r\nHost: {client.host}\r\n"
                            f"Authorization: Bearer {client.token}\r\n\r\n".encode())
        self.stream.setblocking(False)
        wait_for(lambda: self.heartbeat, "the feed to open")

    def read(self, event):
        with contextlib.suppress(BlockingIOError):
            while more := self.stream.recv(65536):
                self.data += more
        return [json.loads(found) for found in re.findall(rb"event: %b\ndata: (.*)\n" % event, self.data)]

    @property
    def told(self):
        return [data["last"] for data in self.read(b"changed")]

    @property
    def heartbeat(self):
        return max((data["now"] for data in self.read(b"heartbeat")), default="")


def note(who, reference):
    """The number of the event that it becomes."""
    client = TOWN.client(who)
    return client.command(reference, "note", client.request(reference)["version"], text="pour le flux") \
        .must(200).json["event"]


def writers():
    """Reference → who may write a note."""
    return {reference: f"named.{department.lower()}" if restricted else login("clerk", department)
            for reference, (department, restricted) in TOWN.requests.items()}


def test_feed():
    """The feed tells each of a change that is theirs to see, whatever their role, and of no other"""
    sees = {login(role, department): TOWN.visible(role, department, "list") for role, department, _ in each()}
    for department in TOWN.restricted:
        sees[f"named.{department.lower()}"] = {reference for reference, (where, restricted) in TOWN.requests.items()
                                               if where == department}
    feeds = {who: Feed(TOWN.client(who)) for who in sees}
    wanted = {who: [] for who in sees}

    def tell(reference):
        """Makes news and waits until whoever may see them has heard: then nobody else is still to hear."""
        number = note(writers()[reference], reference)
        for who, visible in sees.items():
            if reference in visible:
                wanted[who].append(number)
        wait_for(lambda: all(number in feeds[who].told for who in sees if reference in sees[who]),
                 f"the feed to tell of {reference}")

    barriers = [reference for reference, (_, restricted) in TOWN.requests.items() if not restricted]
    for reference in TOWN.requests:
        tell(reference)
        # Something that everybody who sees anything hears of: what came to them before it is there.
        for barrier in barriers:
            tell(barrier)
        for who, feed in feeds.items():
            equal(feed.told, wanted[who], f"the feed of {who}")
    # Who sees nothing hears nothing until a heartbeat comes.
    now = datetime.datetime.now(datetime.timezone.utc).isoformat()
    wait_for(lambda: all(feed.heartbeat[:19] > now[:19] for feed in feeds.values()), "heartbeats")
    for who, feed in feeds.items():
        equal(feed.told, wanted[who], f"the feed of {who}")
        feed.stream.close()


def greeting(client, query=""):
    """What the feed begins with: the numbers in it, the last one that of the heartbeat."""
    with socket.create_connection((client.host, client.port), timeout=60) as stream:
        stream.sendall(f"GET /v1/feed{query} HTTP/1.1\r\nHost: {client.host}\r\n"
                       f"Authorization: Bearer {client.token}\r\n\r\n".encode())
        data = b""
        while not re.search(rb'event: heartbeat\ndata: .*\n', data):
            more = stream.recv(4096)
            if not more:
                raise AssertionError(f"the feed ended: {data!r}")
            data += more
    return [int(number) for number in re.findall(rb'data: .*"last":(\d+)}', data)]


def newest(client):
    """The number of the newest event that the clerk may list."""
    return client.get("/v1/changes?after=0").must(200).json["last"]


def test_feed_elsewhere():
    """Whoever comes to the feed is told how far their own list goes, whatever they say they know, and nothing else"""
    mine = next(r for r, (d, hidden) in TOWN.requests.items() if d == "population" and not hidden)
    stranger, nobody = TOWN.client(login("clerk", "archives")), TOWN.client(login("administrator", "population"))
    equal(newest(nobody), 0)

    def hold(client, *guesses):
        own = newest(client)
        equal(greeting(client), [own])
        for after in (0, own, *guesses):
            equal(greeting(client, f"?after={after}"), [own] if after == own else [own, own], f"after {after}")

    for _ in range(2):
        event = note(login("clerk", "population"), mine)
        for client in (stranger, nobody, TOWN.client(login("clerk", "population"))):
            # As who tries numbers out.
            hold(client, event - 1, event, event + 1, event + 1000)
        # What came before the server was started is no other than what came since.
        equal(TOWN.server.stop(), 0, "status of the server")
        TOWN.server.start()


def test_without_token():
    """Without a token, or with a wrong one, nothing is answered but that"""
    client = Client(TOWN.server)
    paths = ["/v1/me", "/v1/catalogue", "/v1/changes?after=0", "/v1/feed"] + \
            [f"/v1/requests/{reference}" for reference in TOWN.requests]
    for path in paths:
        equal(client.get(path).must(401).json["type"], "urn:problem-type:belgif:noAccessToken")
        wrong = client.get(path, Authorization="Bearer " + "A" * 43)
        equal(wrong.must(401).json["type"], "urn:problem-type:belgif:invalidAccessToken")


def test_rights_taken_away():
    """When rights change, what was in a mirror leaves it: another epoch, and nothing to list"""
    server = TOWN.server
    who = login("clerk", "archives")
    before = TOWN.client(who).get("/v1/me").must(200).json["epoch"]
    server.control("staff", "change", who, "--post", "planning:reception")
    client = TOWN.client(who)
    after = client.get("/v1/me").must(200).json["epoch"]
    if after == before:
        raise AssertionError("the epoch is the same")
    references = {item["line"]["reference"] for item in client.get("/v1/changes?after=0").json["items"]
                  if "line" in item}
    for reference in references:
        equal(TOWN.requests[reference][0], "planning")


def deeds(client, reference):
    """Path and body of one of each that acts once, on that request and on accounts."""
    person = {0x06: "17073003384", 0x07: "Zwanenburgh", 0x08: "Théodorine"}
    code = TOWN.open["population"]
    submission = {"kind": "submit", "procedure": code, "channel": "counter", "citizen": CITIZEN,
                  "answers": TOWN.catalogue.fill(code, CITIZEN)}
    version = client.request(reference)["version"]
    note = {"kind": "note", "expectedVersion": version, "text": "fait"}
    contact = {"kind": "changeContact", "expectedVersion": card_calls.account(client, TOWN.account)["version"],
               "contact": {"email": "autre@example.org", "language": "nl"}}
    opening = {"files": card_calls.files(TOWN.cards.office.new18(identity=person)), "contact": {"language": "fr"}}
    return [("/v1/requests", submission),
            (f"/v1/requests/{reference}/commands", note),
            (f"/v1/requests/{reference}/identityChecks", card_calls.body(client, reference, TOWN.card)),
            ("/v1/accounts", opening),
            (f"/v1/accounts/{TOWN.account}/commands", contact)]


def test_answered_again():
    """What was done is answered so again to who did it, when their rights have become others, and to nobody else"""
    server = TOWN.server
    who, other = "mutee.ailleurs", login("administrator", "planning")
    server.control("staff", "add", who, "--name", who, "--post", "population:clerk", "--password-file", "-",
                   text=PASSWORD + "\n")
    clerk = TOWN.client(who)
    reference = next(iter(TOWN.visible("clerk", "population", "list")))
    asked = [(path, body, str(uuid.uuid4())) for path, body in deeds(clerk, reference)]
    answers = [clerk.post(*question) for question in asked]
    equal([answer.status for answer in answers], [201, 200, 200, 201, 200])

    server.control("staff", "change", who, "--post", "planning:administrator")
    with contextlib.closing(sqlite3.connect(server.folder / "server/journal.db")) as db:
        counts = ["SELECT count(*) FROM event", "SELECT count(*) FROM account_event", "SELECT count(*) FROM access"]
        before = [db.execute(count).fetchone() for count in counts]
        for (path, body, key), answer in zip(asked, answers):
            again = TOWN.client(who).post(path, body, key)
            equal((again.status, again.body), (answer.status, answer.body), f"{path} again")
            refusal = TOWN.client(other).post(path, body, key)
            equal(refusal.status, 404 if reference in path else 403, f"{path} by another")
            new = TOWN.client(who).post(path, body, str(uuid.uuid4()))
            same_as(refusal.json, new.must(refusal.status))
        equal([db.execute(count).fetchone() for count in counts], before, "what asking again left")


def test_catalogue_restricts():
    """A procedure that a new catalogue restricts leaves the mirrors of who is not named for it"""
    server = TOWN.server
    server.keep_address()
    who = login("clerk", "civilStatus")
    mine = next(iter(TOWN.visible("clerk", "civilStatus", "list")))
    code = TOWN.open["civilStatus"]

    def restart():
        equal(server.stop(), 0, "status of the server")
        server.start()
        client = Client(server, who)
        return client, client.get("/v1/me").must(200).json["epoch"]

    _, before = restart()
    client, same = restart()
    equal(same, before, "the epoch with the same catalogue")
    client.get(f"/v1/requests/{mine}").must(200)

    catalogue = server.folder / "catalogue"
    shutil.copytree(os.path.join(os.environ["GUICHET_DATA"], "catalogue"), catalogue)
    file = catalogue / "procedures" / f"{code}.json"
    procedure = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps({**procedure, "restricted": True}), encoding="utf-8")
    text = server.config.read_text(encoding="utf-8")
    server.config.write_text(text.replace(f"catalogue={os.environ['GUICHET_DATA']}/catalogue",
                                          f"catalogue={catalogue}"), encoding="utf-8")

    client, after = restart()
    if after <= before:
        raise AssertionError(f"the epoch is still {after}")
    client.get(f"/v1/requests/{mine}").must(404)
    lines = client.get("/v1/changes?after=0").must(200).json["items"]
    equal([item for item in lines if "line" in item], [], "lines of who is not named")


if __name__ == "__main__":
    TOWN = Town()
    with TOWN.server:
        run([test_lists, test_search_by_word_and_number, test_changes, test_changes_elsewhere, test_accesses,
             test_single_requests, test_commands, test_every_command, test_identity_checks, test_accounts, test_submissions, test_restricted, test_feed,
             test_feed_elsewhere, test_without_token, test_answered_again, test_rights_taken_away,
             test_catalogue_restricts])
