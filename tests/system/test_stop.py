#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ending: what was answered is done, and what was not answered is not."""
import os
import random
import signal
import socket
import threading
import time
import uuid

from guichet_server import CITIZEN, Client, Server
from tap import equal, run
from test_crash import Load

SEED = int(os.environ.get("GUICHET_STOP_SEED", random.SystemRandom().randrange(1 << 32)))


class Ending(Load):
    """The load of a crash, but that the server is asked to end while it goes on."""

    def run(self, answers, number=signal.SIGTERM):
        threads = self.begin(answers)
        self.server.process.send_signal(number)
        for thread in threads:
            thread.join()
        status = self.server.process.wait(60)
        self.server.process.stdout.close()
        self.server.process = None
        return status


def test_commands_in_flight():
    """Asked to end under load, it answers what it does and does nothing that it does not answer"""
    print(f"# seed {SEED}")
    random.seed(SEED)
    with Server() as server:
        server.add_staff(["marie.dubois"])
        asked, answered = {}, {}
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGTERM):
            server.start()
            marie = Client(server, "marie.dubois")
            load = Ending(server, marie.fill("POP-CM", CITIZEN))
            marie.close()
            equal(load.run(random.randint(10, 40), number), 0, server.log()[-2000:])
            asked.update(load.asked)
            answered.update(load.answered)
        if "the chains are whole" not in server.control("verify").stdout:
            raise AssertionError("the journal is not whole")
        server.start()
        marie = Client(server, "marie.dubois")
        keys = set()
        for reference in {receipt["reference"] for receipt in answered.values()}:
            keys |= {event["key"] for event in marie.events(reference) if event.get("key")}
        print(f"# {len(asked)} commands, {len(answered)} answered")
        if len(answered) < 20:
            raise AssertionError("no load")
        equal(set(answered) - keys, set(), "answered and not done")
        unanswered = {key for key, ask in asked.items() if "reference" in ask.keywords and key not in answered}
        equal(unanswered & keys, set(), "done and not answered")


def test_restart_for_desks():
    """Whoever listens is told of the end at once, and nobody keeps the daemon from ending"""
    with Server() as server:
        server.add_staff(["marie.dubois"])
        server.start()
        marie = Client(server, "marie.dubois")
        ended = threading.Event()

        def listen():
            client = Client(server)
            client.token, client.document = marie.token, None
            client.get("/v1/feed")
            ended.set()

        threads = [threading.Thread(target=listen) for _ in range(20)]
        for thread in threads:
            thread.start()
        # Half a question, from somebody who never goes on.
        half = socket.create_connection((marie.host, marie.port))
        half.sendall(b"GET /v1/me HTTP/1.1\r\nHost: ")
        marie.command(marie.submit().must(201).json["reference"], "note", 1, str(uuid.uuid4()), text="x").must(200)
        begun = time.monotonic()
        equal(server.stop(), 0)
        for thread in threads:
            thread.join(30)
        equal(ended.is_set(), True)
        taken = time.monotonic() - begun
        print(f"# {taken:.2f} s")
        if taken > 20:
            raise AssertionError(f"it took {taken:.0f} s to end")
        half.close()


if __name__ == "__main__":
    run([test_commands_in_flight, test_restart_for_desks])
