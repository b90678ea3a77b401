#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills the server at random moments under load, then holds what was answered against the journal.

Seeded (GUICHET_CRASH_SEED) and bounded (GUICHET_CRASH_ROUNDS). kill -9 alone loses nothing that was
written, flushed or not; on the forgetful disk (tests/support/vfs) it is as bad as a power cut.
"""
import contextlib
import functools
import os
import random
import sqlite3
import threading
import time
import uuid

from disk import disk
from guichet_server import CITIZEN, PATIENCE, Client, Server
from tap import equal, run

SEED = int(os.environ.get("GUICHET_CRASH_SEED", random.SystemRandom().randrange(1 << 32)))
ROUNDS = int(os.environ.get("GUICHET_CRASH_ROUNDS", "4"))
CLIENTS = 6


class Load:
    """Clerks who write notes, submit requests and read them until the server is gone."""

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
            reference, version = None, None
            while not self.over.is_set():
                key = str(uuid.uuid4())
                if reference is None or random.random() < 0.1:
                    ask = functools.partial(Client.submit, key=key, answers=self.answers)
                    with self.lock:
                        self.asked[key] = ask
                    receipt = ask(client).must(201).json
                    reference, version = receipt["reference"], receipt["version"]
                else:
                    ask = functools.partial(Client.command, reference=reference, kind="note", version=version,
                                            key=key, text=f"note {key}")
                    with self.lock:
                        self.asked[key] = ask
                    receipt = ask(client).must(200).json
                    version = receipt["version"]
                with self.lock:
                    self.answered[key] = receipt
                client.request(reference)
                with self.lock:
                    self.readings += 1
        except (OSError, EOFError, ValueError) as failure:
            if not self.over.is_set():
                raise AssertionError(f"client {number}: {failure}") from failure
        except Exception:  # http.client has a zoo of them for a connection that died
            if not self.over.is_set():
                raise

    def ask_again(self, client):
        """What had no answer, with its key, as every client does; and what had one, which it may not have heard."""
        for key, ask in self.asked.items():
            receipt = ask(client)
            if receipt.status not in (200, 201):
                raise AssertionError(f"asked again: {receipt.status} {receipt.body[:600]!r}")
            self.answered.setdefault(key, receipt.json)

    def run(self, answers):
        """Works until so many commands are answered, however busy the machine is, and a moment more."""
        threads = [threading.Thread(target=self.work, args=(n,)) for n in range(CLIENTS)]
        for thread in threads:
            thread.start()
        end = time.monotonic() + PATIENCE
        while len(self.answered) < answers and time.monotonic() < end:
            time.sleep(0.005)
        time.sleep(random.uniform(0, 0.05))  # the moment of the end is to be any
        self.over.set()
        self.server.kill()
        for thread in threads:
            thread.join()


def crash(env, rounds, again=True):
    """Answers, and what the journal has of them: lost keys, doubled keys, and how many readings left no record."""
    print(f"# seed {SEED}")
    random.seed(SEED)
    lost, doubled = [], []
    with Server(env=env) as server:
        server.add_staff(["marie.dubois"])
        answered = {}
        readings = 0
        for _ in range(rounds):
            server.start()
            marie = Client(server, "marie.dubois")
            answers = marie.fill("POP-CM", CITIZEN)
            load = Load(server, answers)
            load.run(random.randint(10, 40))
            if again:
                server.start()
                load.ask_again(Client(server, "marie.dubois"))
                server.kill()
            answered.update(load.answered)
            readings += load.readings
        verified = server.control("verify", check=False)
        server.start()
        marie = Client(server, "marie.dubois")
        references = sorted({receipt["reference"] for receipt in answered.values()})
        found = {}
        for reference in references:
            answer = marie.get(f"/v1/requests/{reference}/events")
            if answer.status == 200:
                for event in answer.json["items"]:
                    found.setdefault(event["key"], []).append(event)
        for key, receipt in answered.items():
            events = found.get(key, [])
            if not events or events[-1]["version"] < receipt["version"]:
                lost.append(key)
            if len([e for e in events if e["kind"] in ("noteWritten", "submitted")]) > 1:
                doubled.append(key)
        server.stop()
        unrecorded = max(0, readings - count_records(server))
    print(f"# {len(answered)} commands answered, {len(lost)} lost, {len(doubled)} doubled; "
          f"{readings} readings answered, {unrecorded} without a record")
    return answered, lost, doubled, unrecorded, verified


def count_records(server):
    with contextlib.closing(sqlite3.connect(server.folder / "server/journal.db")) as db:
        return db.execute("SELECT count(*) FROM access WHERE route = 'request'").fetchone()[0]


def test_kill():
    """kill -9 at any moment loses nothing that was answered, doubles nothing, keeps the chain"""
    answered, lost, doubled, unrecorded, verified = crash({}, ROUNDS)
    if len(answered) < 20:
        raise AssertionError(f"only {len(answered)} answers: no load")
    equal(lost, [])
    equal(doubled, [])
    equal(unrecorded, 0, "readings without a record")
    equal(verified.returncode, 0, verified.stderr)


def hold(forget):
    answered, lost, doubled, unrecorded, verified = crash(disk(forget=forget), max(2, ROUNDS // 2))
    if len(answered) < 20:
        raise AssertionError(f"only {len(answered)} answers: no load")
    equal(lost, [])
    equal(doubled, [])
    equal(unrecorded, 0, "readings without a record")
    equal(verified.returncode, 0, verified.stderr)


def test_power_cut():
    """what was not flushed is gone with the power, and nothing that was answered is"""
    hold("all")


def test_power_cut_without_order():
    """nor when any half of the unflushed sectors was written all the same"""
    hold("some")


def test_without_flushes():
    """the same test fails where nothing is flushed, as with synchronous=OFF"""
    answered, lost, *_ = crash(disk(forget="all", sync="ignore"), 1, again=False)
    if not answered or len(lost) < len(answered) // 2:
        raise AssertionError(f"{len(lost)} of {len(answered)} answers lost: the test proves nothing")


if __name__ == "__main__":
    run([test_kill, test_power_cut, test_power_cut_without_order, test_without_flushes])
