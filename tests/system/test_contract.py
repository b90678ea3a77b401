#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The OpenAPI document and the server are the same: every route and status is provoked here.

Each answer is held against the document as it comes (tests/support/openapi.py). What the document names
and nothing here provokes is a failure of the last tests.
"""
import base64
import contextlib
import http.client
import os
import pathlib
import re
import socket
import sqlite3
import tempfile
import uuid

import card_calls
from guichet_server import CITIZEN, Client, Server, wait_for
from tap import equal, run

STREAMS_MAX = 512
ABSENT = "26-2222-2222"
LARGE = str(13 << 20)


class Town:
    """A server, its staff, and a request to ask for."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="guichet-cards-")
        self.cards = card_calls.Cards(pathlib.Path(self.folder.name))
        self.server = Server(extra=self.cards.configuration())
        self.server.add_staff()
        self.server.start()
        self.marie = Client(self.server, "marie.dubois")
        self.document = self.marie.document
        self.reference = self.marie.submit().must(201).json["reference"]
        self.card = self.cards.make()
        self.account = card_calls.open_account(self.marie, self.card).must(201).json["account"]

    def operations(self, with_body=False):
        for operation in self.document.operations:
            path = operation.path
            for name, value in (("reference", self.reference), ("documentId", "1"), ("account", self.account)):
                path = path.replace("{" + name + "}", value)
            if not with_body or has_body(operation):
                yield operation, self.document.base + path

    def version(self, reference=None):
        return self.marie.request(reference or self.reference)["version"]

    def submit(self, **members):
        return self.marie.submit(**members).must(201).json["reference"]


TOWN = None


def has_body(operation):
    return "requestBody" in operation.described


def headers_of(operation):
    """What a question needs to come as far as its body."""
    headers = {"Content-Type": "application/json"} if has_body(operation) else {}
    if any(p["name"] == "Idempotency-Key" for p in map(TOWN.document.resolve, operation.parameters)):
        headers["Idempotency-Key"] = str(uuid.uuid4())
    return headers


def ask_without_body(client, operation, path, **headers):
    """A question of which only the head is sent."""
    connection = http.client.HTTPConnection(client.host, client.port, timeout=60)
    with contextlib.closing(connection):
        connection.putrequest(operation.method, path)
        lines = {"Authorization": f"Bearer {client.token}", **headers_of(operation), **headers}
        for name, value in lines.items():
            connection.putheader(name, value)
        connection.endheaders()
        client.connection, kept = connection, client.connection
        answer = client.read_answer()
        client.connection = kept
    client.document.hold(operation.method, path, None, answer)
    return answer


def refused(answer, status, word):
    equal(answer.must(status).json["type"].rpartition(":")[2], word)
    return answer


# What every route answers

def test_served():
    """The document that the server hands out is the one that it is held against"""
    answer = Client(TOWN.server).get("/v1/doc/openapi.yaml").must(200)
    equal(answer.body, pathlib.Path(os.environ["GUICHET_CONTRACT"]).read_bytes())
    Client(TOWN.server).get("/v1/health").must(200)


def test_input():
    """What is wrong with a query, a key or a body is a 400 on every route, and names the place"""
    for operation, path in TOWN.operations():
        headers = headers_of(operation)
        raw = b"{}" if has_body(operation) else None
        answer = TOWN.marie.call(operation.method, path + "?unheardOf=1", headers=headers, raw=raw)
        equal([issue["name"] for issue in answer.must(400).json["issues"]], ["unheardOf"], str(operation))
        if "Idempotency-Key" in headers:
            answer = TOWN.marie.call(operation.method, path, raw=raw).must(400)
            equal(answer.json["issues"][0]["name"], "Idempotency-Key")
        if has_body(operation):
            for raw in (b"[1,", b"[" * 17 + b"]" * 17, b"[" * 2000 + b"]" * 2000, b'{"a":1,"a":2}', b"\xff"):
                answer = TOWN.marie.call(operation.method, path, headers=headers, raw=raw).must(400)
                equal(answer.json["issues"][0]["in"], "body")
    TOWN.marie.get("/v1/changes?after=-1").must(400)
    TOWN.marie.get("/v1/feed", **{"Last-Event-ID": "x"}).must(400)


def test_sessions():
    """Without a session, with a wrong one and with one that is over: 401, and which of them"""
    nobody = Client(TOWN.server)
    card = TOWN.cards.make()
    TOWN.server.control("staff", "bind-card", "luc.lefebvre", "--number-file", "-", text="85073003328\n")
    for uses, status in (((), 401), (("authentication",), 201)):
        given = nobody.call("POST", "/v1/signInChallenges").must(201).json
        message = card_calls.compose(card_calls.SIGN_IN, given["town"].encode(), base64.b64decode(given["nonce"]))
        nobody.post("/v1/cardSessions", {"nonce": given["nonce"], "files": card_calls.files(card), "proofs": [
            card_calls.proof(card, use, message) for use in uses]}).must(status)
    for operation, path in TOWN.operations():
        if operation.open:
            continue
        raw = b"{}" if has_body(operation) else None
        refused(nobody.call(operation.method, path, headers=headers_of(operation), raw=raw),
                401, "noAccessToken")
        wrong = {**headers_of(operation), "Authorization": "Bearer " + "A" * 43}
        refused(nobody.call(operation.method, path, headers=wrong, raw=raw), 401, "invalidAccessToken")
    refused(nobody.post("/v1/sessions", {"login": "marie.dubois", "password": "x"}),
            401, "invalidCredentials")

    gone = Client(TOWN.server, "luc.lefebvre")
    gone.call("DELETE", "/v1/sessions/current").must(204)
    refused(gone.get("/v1/me"), 401, "invalidAccessToken")


def test_unused_session_expires():
    """A session that nobody used for longer than the configuration says is expired, and stays so"""
    idle = Client(TOWN.server, "thomas.lambert")
    equal(TOWN.server.stop(), 0)
    # An hour passes while the server is away.
    with contextlib.closing(sqlite3.connect(TOWN.server.folder / "server/journal.db")) as db, db:
        equal(db.execute("UPDATE session SET used = used - 3600000000 "
                         "WHERE login = 'thomas.lambert'").rowcount, 1)
    TOWN.server.start()
    TOWN.marie.get("/v1/me").must(200)
    for _ in range(2):
        refused(idle.get("/v1/me"), 401, "expiredAccessToken")


def test_sizes():
    """A body that is declared too large is a 413 without waiting for it, a head that is, a 431"""
    for operation, path in TOWN.operations():
        ask_without_body(TOWN.marie, operation, path, Padding="x" * 20000).must(431)
    for operation, path in TOWN.operations(with_body=True):
        answer = ask_without_body(TOWN.marie, operation, path, **{"Content-Length": LARGE}).must(413)
        if not 4096 <= answer.json["limit"] <= 12 << 20:
            raise AssertionError(f"{operation}: limit {answer.json['limit']}")
    TOWN.marie.get("/v1/me?" + "x" * 3000).must(414)


def test_media_types():
    """A body that is no JSON by its own word is a 415"""
    for operation, path in TOWN.operations(with_body=True):
        headers = {**headers_of(operation), "Content-Type": "text/plain"}
        refused(TOWN.marie.call(operation.method, path, headers=headers, raw=b"{}"),
                415, "unsupportedMediaType")


def test_stray():
    """A path that there is not is a 404, a method that there is not a 405 that says which there are"""
    TOWN.marie.get("/v1/unheard/of").must(404)
    TOWN.marie.get("/").must(404)
    equal(TOWN.marie.call("PUT", "/v1/me").must(405).headers["Allow"], "GET")
    equal(TOWN.marie.call("DELETE", "/v1/requests").must(405).headers["Allow"], "POST")


def test_rights():
    """Who may list and not read gets a 403, who may not even list the same 404 as for what is not there"""
    questions = {
        "getRequest": None, "getRequestEvents": None, "getRequestDocument": None,
        "createNotificationPreview": {"to": "anywhere"},
        "createCommand": {"kind": "note", "expectedVersion": 1, "text": "x"},
        "createIdentityChallenge": None,
        "createIdentityCheck": {"expectedVersion": 1, "nonce": card_calls.text(bytes(32)),
                                "files": card_calls.files(TOWN.cards.make())},
    }
    reception = Client(TOWN.server, "guichet.un")
    planner = Client(TOWN.server, "thomas.lambert")
    for operation, path in TOWN.operations():
        if operation.name not in questions:
            continue
        body, headers = questions[operation.name], headers_of(operation)
        reception.call(operation.method, path, body, headers).must(403)
        planner.call(operation.method, path, body, headers).must(404)
        TOWN.marie.call(operation.method, path.replace(TOWN.reference, ABSENT), body, headers).must(404)
    dpo = Client(TOWN.server, "dpo")
    refused(dpo.submit(answers={}), 403, "notAllowed")
    for operation, path in TOWN.operations():
        if "Account" in operation.name:
            body = {} if has_body(operation) else None
            refused(dpo.call(operation.method, path, body, headers_of(operation)), 403, "notAllowed")


# What single routes answer

def test_reading():
    """Lists, changes, catalogue, one request, its events, its document, its notification beforehand"""
    marie, reference = TOWN.marie, TOWN.reference
    page = marie.post("/v1/requests/search", {"pageSize": 1, "sort": "due"}).must(200).json
    equal(len(page["items"]), 1)
    TOWN.submit()
    search = {"pageSize": 1, "phase": ["received"], "late": False, "department": "population", "assignee": "none"}
    page = marie.post("/v1/requests/search", search).must(200).json
    marie.post("/v1/requests/search", {**search, "cursor": page["next"]}).must(200)
    marie.post("/v1/requests/search", {"niss": CITIZEN["niss"]}).must(200)
    marie.get("/v1/me").must(200)
    tag = marie.get("/v1/catalogue").must(200).headers["ETag"]
    marie.get("/v1/catalogue", **{"If-None-Match": tag}).must(304)
    marie.get("/v1/changes").must(200)
    marie.get("/v1/changes?after=1&limit=1").must(200)
    document = attach(marie, reference)
    answer = marie.get(f"/v1/requests/{reference}/documents/{document}").must(200)
    equal(answer.headers["X-Content-Type-Options"], "nosniff")
    marie.get(f"/v1/requests/{reference}/documents/unheard-of").must(404)
    marie.events(reference)
    previews = f"/v1/requests/{reference}/notificationPreviews"
    told = next(move for move in moves(marie, reference) if move.get("text"))
    marie.post(previews, {"to": told["to"], "sentence": "À bientôt."}).must(200)
    refused(marie.post(previews, {"to": "unheardOf"}), 409, "noSuchMove")
    shown = {"key": str(uuid.uuid4()), "reference": reference, "route": "mirror",
             "instant": "2026-11-24T09:00:00.000000Z"}
    marie.post("/v1/accesses", {"items": [shown]}).must(204)
    # Neither this answer nor any other without a body ends the connection.
    kept = marie.connection.sock
    marie.get("/v1/me").must(200)
    equal(marie.connection.sock, kept)


def attach(client, reference):
    client.attach(reference, client.request(reference)["version"]).must(200)
    return client.request(reference)["documents"][0]["id"]


def moves(client, reference):
    request = client.request(reference)
    stages = {stage["code"]: stage for stage in client.catalogue().stages(request["procedure"])}
    return stages[request["stage"]]["moves"]


def test_keys():
    """A key that came before with another content is a 422, also of a submission"""
    key = str(uuid.uuid4())
    TOWN.marie.submit(key=key).must(201)
    TOWN.marie.submit(key=key, citizen={"familyName": "Autre"}).must(422)
    key = str(uuid.uuid4())
    TOWN.marie.command(TOWN.reference, "note", TOWN.version(), key, text="un").must(200)
    TOWN.marie.command(TOWN.reference, "note", TOWN.version(), key, text="deux").must(422)


def test_contents():
    """What is wrong with what a command says is a 400 of its own name"""
    marie, reference = TOWN.marie, TOWN.reference
    refused(marie.submit("POP-NONE", answers={}), 400, "noSuchProcedure")
    refused(marie.submit(answers={}), 400, "invalid")
    refused(marie.attach(reference, TOWN.version(), content=b"MZ" * 40), 400, "notAPdf")
    anne = Client(TOWN.server, "anne.mercier")
    refused(anne.command(reference, "assign", TOWN.version(), to="nobody.here"), 400, "noSuchClerk")


def test_refusals():
    """What cannot be done to a request as it is now is a 409 that says why"""
    marie, anne, luc = TOWN.marie, Client(TOWN.server, "anne.mercier"), Client(TOWN.server, "luc.lefebvre")
    reference = TOWN.submit()

    def act(who, kind, **members):
        members.setdefault("version", TOWN.version(reference))
        return who.command(reference, kind, **members)

    refused(act(marie, "release"), 409, "notTaken")
    first = TOWN.version(reference)
    act(marie, "claim").must(200)
    refused(act(luc, "claim", version=first), 409, "conflict")
    refused(act(luc, "claim"), 409, "alreadyTaken")
    refused(act(luc, "block", blocker="police"), 409, "notYours")
    refused(act(marie, "move", to="unheardOf"), 409, "noSuchMove")
    refused(act(marie, "unblock"), 409, "notBlocked")
    act(marie, "block", blocker="police", until="2100-01-01", text="enquête").must(200)
    refused(act(marie, "block", blocker="region"), 409, "alreadyBlocked")
    act(marie, "unblock").must(200)
    refused(act(marie, "resendNotification", notification="unheard-of"), 409, "noSuchNotification")
    refused(marie.command(reference, "note", after=str(uuid.uuid4()), text="x"), 409, "afterUnknown")
    act(anne, "assign", to="luc.lefebvre", text="équilibrage").must(200)
    act(luc, "release", text="congé").must(200)
    close(anne, reference)
    refused(act(anne, "claim"), 409, "closed")


def close(client, reference):
    """Goes on until nothing leads on, and meets what moves may lack on the way."""
    seen = set()
    while (request := client.request(reference))["phase"] != "closed":
        seen.add(request["stage"])
        new = [move for move in moves(client, reference) if move["to"] not in seen]
        way = next((move for move in new if move.get("document")), new[0])
        if way.get("reason"):
            refused(client.command(reference, "move", request["version"], to=way["to"]), 409, "reasonMissing")
        if way.get("document") and not request["documents"]:
            refused(client.command(reference, "move", request["version"], to=way["to"], text="motif"),
                    409, "documentMissing")
            attach(client, reference)
            continue
        client.command(reference, "move", request["version"], to=way["to"], text="motif", notify=True,
                       sentence="Bien à vous.").must(200)


def test_reason():
    """A move that needs a reason is refused without one"""
    for code in TOWN.marie.catalogue().codes():
        procedure = TOWN.marie.catalogue().procedure(code)
        first = TOWN.marie.catalogue().stages(code)[0]
        needs = next((move for move in first["moves"] if move.get("reason")), None)
        if procedure["department"] == "population" and not procedure.get("restricted") and needs:
            reference = TOWN.submit(procedure=code)
            refused(TOWN.marie.command(reference, "move", TOWN.version(reference), to=needs["to"]),
                    409, "reasonMissing")
            return
    raise AssertionError("no procedure has such a move at its first stage")


def test_identity():
    """What is handed over to a person is not, before it is known who they are"""
    reference = TOWN.submit(procedure="POP-VIE")
    for to in ("verification", "readyToDeliver", "delivered"):
        if to == "readyToDeliver":
            attach(TOWN.marie, reference)
        answer = TOWN.marie.command(reference, "move", TOWN.version(reference), to=to, notify=False)
        if to != "delivered":
            answer.must(200)
    equal([issue["name"] for issue in refused(answer, 409, "identityMissing").json["issues"]], ["to"])

    card, key = TOWN.cards.make(), str(uuid.uuid4())
    content = card_calls.body(TOWN.marie, reference, card, ["basic", "authentication"])
    first = card_calls.record(TOWN.marie, reference, content, key).must(200).json
    equal(card_calls.record(TOWN.marie, reference, content, key).must(200).json, first)
    refused(card_calls.record(TOWN.marie, reference, content), 409, "challengeOver")
    refused(card_calls.record(TOWN.marie, reference, {**content, "nonce": card_calls.text(b"x" * 32)}, key),
            422, "idempotencyKeyReused")
    TOWN.marie.request(reference)
    equal(card_calls.last_check(TOWN.marie, reference)["method"], "cardAndPin")
    TOWN.marie.command(reference, "move", TOWN.version(reference), to="delivered", notify=False).must(200)


def test_accounts():
    """An account is found, read, changed, renewed; and what may come between"""
    marie, luc = TOWN.marie, Client(TOWN.server, "luc.lefebvre")
    path = f"/v1/accounts/{TOWN.account}"
    equal(marie.post("/v1/accounts/search", {"niss": CITIZEN["niss"]}).must(200).json["items"],
          [marie.get(path).must(200).json])
    equal(marie.post("/v1/accounts/search", {"niss": "90020100130"}).must(200).json["items"], [])
    marie.post("/v1/accounts/search", {"niss": "90020100111"}).must(400)
    for absent in ("A-2222-2222", TOWN.reference, "x"):
        marie.get(f"/v1/accounts/{absent}").must(404)
    card_calls.change_account(marie, "A-2222-2222", "changeContact", 1, contact={"language": "nl"}).must(404)

    answer = refused(card_calls.open_account(marie, TOWN.card), 409, "accountExists")
    equal(answer.json["account"], TOWN.account)
    answer = refused(card_calls.open_account(marie, TOWN.cards.make("expired")), 409, "cardRefused")
    equal([issue["name"] for issue in answer.json["issues"]], ["files.identity"])
    key = str(uuid.uuid4())
    change = {"kind": "changeContact", "expectedVersion": 1, "contact": {"phone": "065 40 51 11", "language": "nl"}}
    first = marie.post(path + "/commands", change, key).must(200).json
    equal(first, {"account": TOWN.account, "version": 2, "event": 2})
    equal(marie.post(path + "/commands", change, key).must(200).json, first)
    refused(marie.post(path + "/commands", {**change, "contact": {"language": "de"}}, key), 422, "idempotencyKeyReused")
    key = str(uuid.uuid4())
    other = TOWN.cards.office.new18(identity={0x06: "90020100130", 0x07: "Delvaux"})
    card_calls.open_account(marie, other, key).must(201)
    refused(card_calls.open_account(marie, TOWN.card, key), 422, "idempotencyKeyReused")

    told = refused(luc.post(path + "/commands", {**change, "contact": {"language": "de"}}, str(uuid.uuid4())),
                   409, "conflict").json["changes"]
    equal([(event["kind"], event["actor"]) for event in told], [("contactChanged", "marie.dubois")])
    card_calls.change_account(luc, TOWN.account, "renewPerson", 1, files=card_calls.files(TOWN.card)).must(200)
    refused(card_calls.change_account(luc, TOWN.account, "renewPerson", 3, files=card_calls.files(other)),
            409, "otherPerson")
    refused(card_calls.change_account(luc, TOWN.account, "renewPerson", 3,
                                      files=card_calls.files(TOWN.cards.make("stranger"))), 409, "cardRefused")


# The feed

class Stream:
    """An event stream over a socket of its own."""

    def __init__(self, client, path="/v1/feed", **headers):
        self.socket = socket.create_connection((client.host, client.port), timeout=60)
        lines = {"Host": client.host, "Authorization": f"Bearer {client.token}", **headers}
        head = [f"GET {path} HTTP/1.1"] + [f"{name}: {value}" for name, value in lines.items()] + ["", ""]
        self.socket.sendall("\r\n".join(head).encode())
        self.data = b""

    def read_until(self, pattern):
        while not (found := re.search(pattern, self.data)):
            more = self.socket.recv(4096)
            if not more:
                raise AssertionError(f"the stream ended without {pattern}: {self.data[-300:]}")
            self.data += more
        self.data = self.data[found.end():]
        return found

    def status(self):
        return int(self.read_until(rb"HTTP/1.1 (\d+)[^\0]*?\r\n\r\n")[1])


def test_feed():
    """The feed greets with the server's time, tells what came after, and comes back where it was"""
    last = TOWN.marie.get("/v1/changes").must(200).json["last"]
    stream = Stream(TOWN.marie)
    equal(stream.status(), 200)
    stream.read_until(rb'event: heartbeat\ndata: {"now":"[\d-]+T[\d:]+\.\d{6}Z","last":\d+}\n\n')
    TOWN.marie.command(TOWN.reference, "note", TOWN.version(), text="pour le flux").must(200)
    number = stream.read_until(rb'id: (\d+)\nevent: changed\ndata: {"last":(\d+)}\n\n')[1]
    if int(number) <= last:
        raise AssertionError(f"told of {number} after {last}")
    stream.socket.close()

    # Cut off before that, it is told of it again; cut off after it, it is not.
    again = Stream(TOWN.marie, **{"Last-Event-ID": str(last)})
    equal(again.read_until(rb"event: (changed|heartbeat)\n")[1], b"changed")
    again.socket.close()
    again = Stream(TOWN.marie, f"/v1/feed?after={int(number)}")
    equal(again.read_until(rb"event: (changed|heartbeat)\n")[1], b"heartbeat")
    again.socket.close()
    hold_stream(TOWN.marie)


def hold_stream(client):
    """The head of a stream, held against the document as any other answer."""
    connection = http.client.HTTPConnection(client.host, client.port, timeout=60)
    with contextlib.closing(connection):
        connection.request("GET", "/v1/feed", headers={"Authorization": f"Bearer {client.token}"})
        response = connection.getresponse()
        response.body = b""
        client.document.hold("GET", "/v1/feed", None, response)


def test_too_many():
    """Guessing gets slow, and streams are counted: 429 with how long to wait"""
    guesser = Client(TOWN.server)
    answers = [guesser.post("/v1/sessions", {"login": "sofia.peeters", "password": f"guess {n}"})
               for n in range(6)]
    refused(answers[-1], 429, "tooManyFailedRequests")
    if int(answers[-1].headers["Retry-After"]) > 60:
        raise AssertionError("a colleague could be locked out")
    content = {"nonce": card_calls.text(bytes(32)), "files": card_calls.files(TOWN.cards.make("expired")), "proofs": []}
    answers = [guesser.post("/v1/cardSessions", content) for n in range(8)]
    refused(answers[-1], 429, "tooManyFailedRequests")

    many = Client(TOWN.server, "nadia.benali")
    streams = [Stream(many) for _ in range(STREAMS_MAX)]
    for stream in streams:
        equal(stream.status(), 200)
    refused(many.get("/v1/feed"), 429, "tooManyRequests")
    for stream in streams:
        stream.socket.close()
    wait_for(lambda: is_free(many), "the server to see that streams were left")


def is_free(client):
    stream = Stream(client)
    status = stream.status()
    stream.socket.close()
    return status == 200


def test_busy():
    """A disk that is too slow is a 503 with how long to wait, and the same key then acts once"""
    with Server(extra="[limits]\nwork-seconds=1\n") as server:
        server.add_staff(["marie.dubois"])
        server.start()
        marie = Client(server, "marie.dubois")
        reference = marie.submit().must(201).json["reference"]
        equal(server.stop(), 0)
        server.env.update({"LD_PRELOAD": os.environ["FORGETFUL_VFS"], "GUICHET_VFS_DELAY_SYNC_US": "4000000",
                           "ASAN_OPTIONS": "verify_asan_link_order=0"})
        server.start()
        key = str(uuid.uuid4())
        answer = marie.command(reference, "note", 1, key, text="sur un disque lent")
        refused(answer, 503, "serviceUnavailable")
        if not 0 < int(answer.headers["Retry-After"]) <= 60:
            raise AssertionError(f"Retry-After: {answer.headers['Retry-After']}")
        server.kill()
        del server.env["LD_PRELOAD"]
        server.start()
        marie.command(reference, "note", 1, key, text="sur un disque lent").must(200)
        marie.command(reference, "note", 1, key, text="sur un disque lent").must(200)
        equal([event["kind"] for event in marie.events(reference)].count("noteWritten"), 1)


def test_health():
    """A server that cannot read its journal says so to whoever watches over it, until it can again"""
    with Server() as server:
        server.start()
        watcher = Client(server)
        path = server.folder / "server" / "journal.db"
        equal(watcher.get("/v1/health").must(200).json, {"status": "UP"})
        for old, new, status, word in (("event", "away", 503, "DOWN"), ("away", "event", 200, "UP")):
            with contextlib.closing(sqlite3.connect(path)) as db, db:
                db.execute(f"ALTER TABLE {old} RENAME TO {new}")
            equal(watcher.get("/v1/health").must(status).json, {"status": word})


# All of it

def test_every_status():
    """There is no route and no status in the document that nothing above provoked"""
    equal(TOWN.document.missing(), [])


def test_every_problem():
    """There is no problem in the document that nothing above was answered with"""
    equal(TOWN.document.unnamed(), [])


def test_measure():
    """An answer that is otherwise than described does not pass"""
    class Told:
        status = 200
        headers = TOWN.marie.get("/v1/health").headers
        body = b'{"status":"UP"}'

    document = TOWN.document
    told = Told()
    document.hold("GET", "/v1/health", None, told)
    for status, body in ((200, b'{"status":"DOWN"}'), (200, b"{}"), (200, b'{"status":"UP","more":1}'),
                         (201, b'{"status":"UP"}'), (404, b'{"status":"UP"}')):
        told.status, told.body = status, body
        try:
            document.hold("GET", "/v1/health", None, told)
        except AssertionError:
            continue
        raise AssertionError(f"{status} {body} passed")


if __name__ == "__main__":
    TOWN = Town()
    with TOWN.server:
        run([test_served, test_input, test_sessions, test_unused_session_expires, test_sizes, test_media_types,
             test_stray, test_rights, test_reading, test_keys, test_contents, test_refusals, test_reason, test_identity,
             test_accounts, test_feed, test_too_many, test_busy, test_health, test_every_status, test_every_problem,
             test_measure])
