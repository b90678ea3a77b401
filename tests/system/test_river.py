#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole river with the real programs: from a request to the e-mail that tells the citizen."""
import email
import email.policy
import hashlib
import os
import stat
import uuid

from guichet_server import CITIZEN, PASSWORD, PDF, Client, Server, wait_for
from tap import equal, run


def take_to_the_end(client, reference):
    """From deposit to an issued document: gives the stages that the request went through."""
    catalogue = client.catalogue()
    request = client.request(reference)
    stages = {stage["code"]: stage for stage in catalogue.stages(request["procedure"])}
    version = client.command(reference, "claim", request["version"]).must(200).json["version"]
    version = client.attach(reference, version).must(200).json["version"]
    path = [request["stage"]]
    while stages[path[-1]]["phase"] != "decided":
        move = towards_issue(stages, path[-1])
        version = client.command(reference, "move", version, to=move["to"],
                                 notify=True).must(200).json["version"]
        path.append(move["to"])
    return path


def towards_issue(stages, start):
    """The first step of a shortest way to a stage that issues."""
    ways = [(move, [start]) for move in stages[start]["moves"]]
    while ways:
        move, seen = ways.pop(0)
        target = stages[move["to"]]
        if target.get("result") == "issued":
            return move if len(seen) == 1 else seen[1]
        if move["to"] in seen or target.get("result") or move["needs"] == "reopen":
            continue
        first = seen[1] if len(seen) > 1 else move
        ways.extend((following, [start, first]) for following in target["moves"])
    raise AssertionError(f"no way from {start} to a stage that issues")


def test_river():
    """A request is submitted, taken, decided, and the citizen gets an e-mail about it"""
    with Server() as server:
        server.add_staff(["marie.dubois"])
        server.start()
        marie = Client(server, "marie.dubois")
        reference = marie.submit().must(201).json["reference"]
        path = take_to_the_end(marie, reference)
        request = marie.request(reference)
        equal(request["result"], "issued")
        kinds = [event["kind"] for event in marie.events(reference)]
        equal(kinds[0], "submitted")
        equal(kinds.count("stageMoved"), len(path) - 1)
        queued = kinds.count("notificationQueued")
        if not queued:
            raise AssertionError("nothing was told to the citizen")

        messages = server.wait_messages(queued)
        equal(len(messages), queued)
        for raw in messages:
            message = email.message_from_bytes(raw, policy=email.policy.default)
            equal(message["To"], CITIZEN["email"])
            equal(message["Auto-Submitted"], "auto-generated")
            text = message.get_body(("plain",)).get_content()
            if reference not in text or CITIZEN["niss"] in raw.decode():
                raise AssertionError(f"not what a notification should say:\n{text}")
        wait_for(lambda: [e["kind"] for e in marie.events(reference)].count("notificationSent") == queued,
                 "the journal to say that it was sent")
        equal(server.stop(), 0)


def test_document_comes_back():
    """The document that was attached is handed out unchanged, with its hash in the journal"""
    with Server() as server:
        server.add_staff(["marie.dubois"])
        server.start()
        marie = Client(server, "marie.dubois")
        reference = marie.submit().must(201).json["reference"]
        marie.attach(reference, marie.request(reference)["version"]).must(200)
        document = marie.request(reference)["documents"][0]
        equal(document["sha256"], hashlib.sha256(PDF).hexdigest())
        answer = marie.get(f"/v1/requests/{reference}/documents/{document['id']}").must(200)
        equal(answer.body, PDF)
        equal(answer.headers["Content-Type"], "application/pdf")
        for path in (server.folder / "server").iterdir():
            if path.is_file() and PDF in path.read_bytes():
                raise AssertionError(f"the document lies in clear in {path.name}")


def test_twice_is_once():
    """A command that is sent twice acts once, and one key is one command"""
    with Server() as server:
        server.add_staff(["marie.dubois"])
        server.start()
        marie = Client(server, "marie.dubois")
        key = str(uuid.uuid4())
        first = marie.submit(key=key).must(201)
        again = marie.submit(key=key).must(201)
        equal(again.json, first.json)
        reference = first.json["reference"]
        key = str(uuid.uuid4())
        version = first.json["version"]
        note = marie.command(reference, "note", version, key, text="appelé").must(200).json
        equal(marie.command(reference, "note", version, key, text="appelé").must(200).json, note)
        marie.command(reference, "note", version, key, text="autre chose").must(422)
        equal([e["kind"] for e in marie.events(reference)].count("noteWritten"), 1)


def test_typed_quickly():
    """Three acts typed one behind the other never conflict with each other nor with the mail"""
    with Server() as server:
        server.add_staff(["marie.dubois", "anne.mercier"])
        server.start()
        marie = Client(server, "marie.dubois")
        reference = marie.submit().must(201).json["reference"]
        keys = [str(uuid.uuid4()) for _ in range(3)]
        move = marie.catalogue().stages("POP-CM")[0]["moves"][0]
        marie.command(reference, "claim", marie.request(reference)["version"], keys[0]).must(200)
        marie.command(reference, "move", None, keys[1], after=keys[0], to=move["to"], notify=True,
                      **({"text": "motif"} if move.get("reason") else {})).must(200)
        marie.command(reference, "note", None, keys[2], after=keys[1], text="vu").must(200)
        # What somebody else did meanwhile is another matter.
        anne = Client(server, "anne.mercier")
        seen = anne.request(reference)["version"]
        target = marie.request(reference)["stage"]
        stages = {stage["code"]: stage for stage in marie.catalogue().stages("POP-CM")}
        following = next(m for m in stages[target]["moves"] if not m.get("reason") and not m.get("document"))
        marie.command(reference, "move", marie.request(reference)["version"], to=following["to"]).must(200)
        refused = anne.command(reference, "move", seen, to=following["to"]).must(409).json
        equal(refused["type"], "urn:problem-type:mons:eguichet:conflict")
        equal(refused["changes"][-1]["actor"], "marie.dubois")


def test_all_errors_at_once():
    """A form with several mistakes is answered with all of them, each with its field"""
    with Server() as server:
        server.add_staff(["marie.dubois"])
        server.start()
        marie = Client(server, "marie.dubois")
        problem = marie.submit(answers={"familyName": 7, "unheardOf": "x"}).must(400).json
        names = {issue["name"] for issue in problem["issues"]}
        if not {"answers.familyName", "answers.unheardOf"} <= names or len(names) < 4:
            raise AssertionError(f"not every mistake is named: {sorted(names)}")


def test_files_are_private():
    """No file of the server can be read by anybody else"""
    with Server() as server:
        server.add_staff(["marie.dubois"])
        server.start()
        Client(server, "marie.dubois").submit().must(201)
        for top, _, files in os.walk(server.folder / "server"):
            for name in files:
                mode = stat.S_IMODE(os.stat(os.path.join(top, name)).st_mode)
                if mode & 0o077:
                    raise AssertionError(f"{name} has mode {mode:o}")


def test_log_names_nobody():
    """The log holds no name, no number, no password and no token"""
    with Server() as server:
        server.add_staff(["marie.dubois"])
        server.start()
        marie = Client(server, "marie.dubois")
        reference = marie.submit().must(201).json["reference"]
        marie.post("/v1/requests/search", {"niss": CITIZEN["niss"]}).must(200)
        marie.post("/v1/requests/search", {"text": CITIZEN["familyName"]}).must(200)
        marie.request(reference)
        equal(server.stop(), 0)
        log = server.log()
        for secret in (CITIZEN["familyName"], CITIZEN["niss"], CITIZEN["email"], PASSWORD, marie.token):
            if secret in log:
                raise AssertionError("personal data or a secret is in the log")


if __name__ == "__main__":
    run([test_river, test_document_comes_back, test_twice_is_once, test_typed_quickly,
         test_all_errors_at_once, test_files_are_private, test_log_names_nobody])
