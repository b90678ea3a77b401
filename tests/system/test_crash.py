#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills the server at random moments under load, then holds what was answered against the journal.

Seeded (GUICHET_CRASH_SEED) and bounded (GUICHET_CRASH_ROUNDS). kill -9 alone loses nothing that was
written, flushed or not; on the forgetful disk (tests/support/vfs) it is as bad as a power cut.
"""
import collections
import contextlib
import email
import functools
import os
import random
import re
import sqlite3
import threading
import time
import uuid

from disk import disk
from guichet_server import CITIZEN, PATIENCE, Client, Server, wait_for
from tap import equal, run

SEED = int(os.environ.get("GUICHET_CRASH_SEED", random.SystemRandom().randrange(1 << 32)))
ROUNDS = int(os.environ.get("GUICHET_CRASH_ROUNDS", "4"))
CLIENTS = 6

REFERENCE = r"\d\d-\w{4}-\w{4}"

# Round and round, and the citizen is told each time.
WAY = {"received": "verification", "verification": "identityAwaited", "identityAwaited": "verification"}


class Load:
    """Clerks who submit requests, move them, write notes and read them until the server is gone."""

    def __init__(self, server, answers):
        self.server = server
        self.answers = answers
        self.lock = threading.Lock()
        self.answered = {}  # key → receipt
        self.asked = {}     # key → what asks the same again
        self.readings = 0   # that were answered
        self.over = threading.Event()

    def work(self, number):
        try:
            client = Client(self.server, "marie.dubois")
            reference, version, stage = None, None, None
            while not self.over.is_set():
                key = str(uuid.uuid4())
                if reference is None or random.random() < 0.1:
                    receipt = self.ask(client, 201, key, Client.submit, answers=self.answers)
                    reference, stage = receipt["reference"], "received"
                elif random.random() < 0.4:
                    stage = WAY[stage]
                    receipt = self.ask(client, 200, key, Client.command, reference=reference, kind="move",
                                       version=version, to=stage, notify=True)
                else:
                    receipt = self.ask(client, 200, key, Client.command, reference=reference, kind="note",
                                       version=version, text=f"note {key}")
                version = receipt["version"]
                client.request(reference)
                with self.lock:
                    self.readings += 1
        except (OSError, EOFError, ValueError) as failure:
            if not self.over.is_set():
                raise AssertionError(f"client {number}: {failure}") from failure
        except Exception:  # http.client has a zoo of them for a connection that died
            if not self.over.is_set():
                raise

    def ask(self, client, status, key, question, **members):
        """The receipt; remembered is what was asked, and then that it was answered."""
        ask = functools.partial(question, key=key, **members)
        with self.lock:
            self.asked[key] = ask
        receipt = ask(client).must(status).json
        with self.lock:
            self.answered[key] = receipt
        return receipt

    def ask_again(self, client):
        """What had no answer, with its key, as every client does; and what had one, which it may not have heard."""
        for key, ask in self.asked.items():
            receipt = ask(client)
            if receipt.status not in (200, 201):
                raise AssertionError(f"asked again: {receipt.status} {receipt.body[:600]!r}")
            self.answered.setdefault(key, receipt.json)

    def begin(self, answers):
        """Works until so many commands are answered, however busy the machine is, and a moment more: the threads."""
        threads = [threading.Thread(target=self.work, args=(n,)) for n in range(CLIENTS)]
        for thread in threads:
            thread.start()
        end = time.monotonic() + PATIENCE
        while len(self.answered) < answers and time.monotonic() < end:
            time.sleep(0.005)
        time.sleep(random.uniform(0, 0.05))  # the moment of the end is to be any
        self.over.set()
        return threads

    def run(self, answers):
        threads = self.begin(answers)
        self.server.kill()
        for thread in threads:
            thread.join()


class Outcome:
    """What was answered, and what became of it."""

    def __init__(self):
        self.answered = {}    # key → receipt
        self.readings = 0
        self.unrecorded = 0   # readings that left no record
        self.lost = []        # keys of what was answered and is not in the journal
        self.doubled = []     # keys of what is there twice
        self.letters = []     # what is wrong with the mail, in words
        self.n_letters = 0
        self.verified = None

    def compare(self, events):
        """Holds what was answered against the journal: at least as far, and once."""
        found = {}
        for event in events:
            found.setdefault(event["key"], []).append(event)
        for key, receipt in self.answered.items():
            mine = found.get(key, [])
            if not mine or mine[-1]["version"] < receipt["version"]:
                self.lost.append(key)
            if len([e for e in mine if e["kind"] in ("noteWritten", "submitted", "stageMoved")]) > 1:
                self.doubled.append(key)

    def compare_mail(self, server, events):
        """Each notification went out, always under its own name, and the journal says so once."""
        queued = {(event["notification"], event["reference"]) for event in events
                  if event["kind"] == "notificationQueued"}
        sent = collections.Counter(event["notification"] for event in events if event["kind"] == "notificationSent")
        letters = [email.message_from_bytes(message) for message in server.messages()]
        named = {(letter["Message-ID"].strip("<>").split("@")[0], re.search(REFERENCE, letter["Subject"])[0])
                 for letter in letters}
        self.n_letters = len(letters)
        self.letters += [f"never sent: {what}" for what in sorted(queued - named)]
        self.letters += [f"sent and never queued: {what}" for what in sorted(named - queued)]
        self.letters += [f"{name} said to be sent {sent[name]} times" for name, _ in sorted(queued)
                         if sent[name] != 1]

    def hold(self):
        if len(self.answered) < 20 or self.n_letters < 10:
            raise AssertionError(f"only {len(self.answered)} answers and {self.n_letters} letters: no load")
        equal(self.lost, [])
        equal(self.doubled, [])
        equal(self.letters, [])
        equal(self.unrecorded, 0, "readings without a record")
        equal(self.verified.returncode, 0, self.verified.stderr)

    def __str__(self):
        return (f"{len(self.answered)} commands answered, {len(self.lost)} lost, {len(self.doubled)} doubled; "
                f"{self.readings} readings answered, {self.unrecorded} without a record; "
                f"{self.n_letters} letters, {len(self.letters)} faults")


def read_events(client, receipts):
    """All that the journal has of these requests."""
    events = []
    for reference in sorted({receipt["reference"] for receipt in receipts}):
        answer = client.get(f"/v1/requests/{reference}/events")
        if answer.status == 200:
            events += answer.json["items"]
    return events


def wait_mail(server):
    """Until nothing is waiting to be sent."""
    with contextlib.closing(sqlite3.connect(server.folder / "server/journal.db")) as db:
        wait_for(lambda: db.execute("SELECT count(*) FROM mail").fetchone()[0] == 0, "the mail")


def crash(env, rounds, again=True):
    """The outcome of so many crashes."""
    print(f"# seed {SEED}")
    random.seed(SEED)
    outcome = Outcome()
    with Server(env=env) as server:
        server.add_staff(["marie.dubois"])
        for _ in range(rounds):
            server.start()
            marie = Client(server, "marie.dubois")
            load = Load(server, marie.fill("POP-CM", CITIZEN))
            load.run(random.randint(10, 40))
            if again:
                server.start()
                load.ask_again(Client(server, "marie.dubois"))
                server.kill()
            outcome.answered.update(load.answered)
            outcome.readings += load.readings
        outcome.verified = server.control("verify", check=False)
        if again:
            # What was on its way when the server died is sent again after a minute: it has passed.
            with contextlib.closing(sqlite3.connect(server.folder / "server/journal.db")) as db, db:
                db.execute("UPDATE mail SET next = next - 300000000")
        # The queue is looked at from outside, which a disk that forgets does not allow.
        server.env = dict(os.environ)
        server.start()
        marie = Client(server, "marie.dubois")
        if again:
            wait_mail(server)
        events = read_events(marie, outcome.answered.values())
        outcome.compare(events)
        outcome.compare_mail(server, events)
        server.stop()
        outcome.unrecorded = max(0, outcome.readings - count_records(server))
    print(f"# {outcome}")
    return outcome


def count_records(server):
    with contextlib.closing(sqlite3.connect(server.folder / "server/journal.db")) as db:
        return db.execute("SELECT count(*) FROM access WHERE route = 'request'").fetchone()[0]


def test_kill():
    """kill -9 at any moment loses nothing that was answered, doubles nothing, sends all mail, keeps the chain"""
    crash({}, ROUNDS).hold()


def test_power_cut():
    """what was not flushed is gone with the power, and nothing that was answered is"""
    crash(disk(forget="all"), max(2, ROUNDS // 2)).hold()


def test_power_cut_without_order():
    """nor when any half of the unflushed sectors was written all the same"""
    crash(disk(forget="some"), max(2, ROUNDS // 2)).hold()


def test_without_flushes():
    """the same test fails where nothing is flushed, as with synchronous=OFF"""
    outcome = crash(disk(forget="all", sync="ignore"), 1, again=False)
    if not outcome.answered or len(outcome.lost) < len(outcome.answered) // 2:
        raise AssertionError(f"{len(outcome.lost)} of {len(outcome.answered)} answers lost: the test proves nothing")


if __name__ == "__main__":
    run([test_kill, test_power_cut, test_power_cut_without_order, test_without_flushes])
