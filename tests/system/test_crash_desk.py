#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills desk and server at random moments while a clerk types, then holds outbox against journal.

What the outbox accepted is in the journal exactly once, in the order typed. Seeded
(GUICHET_CRASH_SEED) and bounded (GUICHET_CRASH_ROUNDS).
"""
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import tempfile
import time

from guichet_server import CITIZEN, PASSWORD, PATIENCE, Client, Server
from tap import equal, run

SEED = int(os.environ.get("GUICHET_CRASH_SEED", random.SystemRandom().randrange(1 << 32)))
ROUNDS = int(os.environ.get("GUICHET_CRASH_ROUNDS", "4"))
REQUESTS = 3


class Typist:
    """The program that types, and what its outbox accepted."""

    def __init__(self, folder, address, prefix, references):
        self.output = folder / f"{prefix}.txt"
        with open(self.output, "wb") as output:
            self.process = subprocess.Popen(
                [os.environ["TYPIST"], str(folder / "desk"), address, "marie.dubois", PASSWORD, prefix,
                 *references], stdin=subprocess.PIPE, stdout=output)

    def typed(self):
        """Pairs of reference and text; the last line may have been cut."""
        lines = self.output.read_text().split("\n")[:-1]
        return [tuple(line.split(" ")) for line in lines]

    def wait_typing(self):
        end = time.monotonic() + PATIENCE
        while not self.typed():
            if self.process.poll() is not None or time.monotonic() > end:
                raise AssertionError(f"nothing typed; status {self.process.poll()}")
            time.sleep(0.02)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(PATIENCE)
        self.process.stdin.close()

    def finish(self):
        """It types no more, sends what there is, and ends by itself."""
        self.process.stdin.write(b"stop\n")
        self.process.stdin.close()
        equal(self.process.wait(PATIENCE), 0, "status of the typist")


def fix_port(server):
    """Started again, it listens where it did: the desk knows one address."""
    port = re.search(r":(\d+)$", server.address).group(1)
    text = server.config.read_text(encoding="utf-8")
    server.config.write_text(text.replace("127.0.0.1:0", f"127.0.0.1:{port}"), encoding="utf-8")


def notes(client, reference):
    return [event["text"] for event in client.events(reference) if event["kind"] == "noteWritten"]


def test_kill_both():
    """kill -9 of desk and server loses nothing that was typed, doubles nothing, keeps order and chain"""
    print(f"# seed {SEED}")
    random.seed(SEED)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="guichet-typist-"))
    with Server() as server:
        server.add_staff(["marie.dubois"])
        server.start()
        fix_port(server)
        marie = Client(server, "marie.dubois")
        answers = marie.fill("POP-CM", CITIZEN)
        references = [marie.submit(answers=answers).must(201).json["reference"] for _ in range(REQUESTS)]
        typed = []
        for number in range(ROUNDS):
            typist = Typist(folder, server.address, f"round{number}", references)
            typist.wait_typing()
            time.sleep(random.uniform(0.05, 0.8))
            first, second = random.sample([typist.kill, server.kill], 2)
            first()
            time.sleep(random.uniform(0, 0.3))
            second()
            typed += typist.typed()
            server.start()
        typist = Typist(folder, server.address, "last", references)
        typist.wait_typing()
        typist.finish()
        typed += typist.typed()

        marie = Client(server, "marie.dubois")
        print(f"# {len(typed)} notes typed")
        if len(typed) < 10 * ROUNDS:
            raise AssertionError(f"only {len(typed)} notes: no load")
        for reference in references:
            found = notes(marie, reference)
            wanted = [text for where, text in typed if where == reference]
            equal(len(set(found)), len(found), "notes that are there twice")
            # One may be on the disk and in the journal before the typist could say so.
            unsaid = [text for text in found if text not in set(wanted)]
            if len(unsaid) > ROUNDS:
                raise AssertionError(f"never typed: {unsaid}")
            equal([text for text in found if text in set(wanted)], wanted, "notes as typed")
        server.stop()
        verified = server.control("verify", check=False)
        equal(verified.returncode, 0, verified.stderr)
    shutil.rmtree(folder)


if __name__ == "__main__":
    run([test_kill_both])
