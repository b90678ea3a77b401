#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills desk and server at random moments while a clerk types, then holds outbox against journal.

What the outbox accepted is in the journal exactly once, in the order typed. Seeded
(GUICHET_CRASH_SEED) and bounded (GUICHET_CRASH_ROUNDS). kill -9 alone loses nothing that was
written, flushed or not; on the forgetful disk (tests/support/vfs) it is as bad as a power cut.
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

from disk import disk
from guichet_server import CITIZEN, PASSWORD, PATIENCE, Client, Server
from tap import equal, run

SEED = int(os.environ.get("GUICHET_CRASH_SEED", random.SystemRandom().randrange(1 << 32)))
ROUNDS = int(os.environ.get("GUICHET_CRASH_ROUNDS", "4"))
REQUESTS = 3


class Typist:
    """The program that types, and what its outbox accepted."""

    def __init__(self, folder, address, prefix, references, env):
        self.output = folder / f"{prefix}.txt"
        with open(self.output, "wb") as output:
            self.process = subprocess.Popen(
                [os.environ["TYPIST"], str(folder / "desk"), address, "marie.dubois", PASSWORD, prefix,
                 *references], stdin=subprocess.PIPE, stdout=output, env={**os.environ, **env})

    def typed(self):
        """Pairs of reference and text; the last line may have been cut."""
        lines = self.output.read_text().split("\n")[:-1]
        return [tuple(line.split(" ")) for line in lines]

    def wait_typing(self, notes=1):
        end = time.monotonic() + PATIENCE
        while len(self.typed()) < notes:
            if self.process.poll() is not None or time.monotonic() > end:
                raise AssertionError(f"{len(self.typed())} notes typed; status {self.process.poll()}")
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


def end_both(typist, server, alone):
    """One after the other; alone: only when the desk has typed so much without a server."""
    if alone:
        server.kill()
        typist.wait_typing(len(typist.typed()) + alone)
        typist.kill()
        return
    first, second = random.sample([typist.kill, server.kill], 2)
    first()
    time.sleep(random.uniform(0, 0.3))
    second()


def crash(rounds, under_desk, under_server, alone=0):
    """What the outbox accepted, and what the journal has in the end: pairs of reference and text."""
    print(f"# seed {SEED}")
    random.seed(SEED)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="guichet-typist-"))
    with Server(env=under_server) as server:
        server.add_staff(["marie.dubois"])
        server.start()
        fix_port(server)
        marie = Client(server, "marie.dubois")
        answers = marie.fill("POP-CM", CITIZEN)
        references = [marie.submit(answers=answers).must(201).json["reference"] for _ in range(REQUESTS)]
        typed = []
        for number in range(rounds):
            typist = Typist(folder, server.address, f"round{number}", references, under_desk)
            typist.wait_typing()
            time.sleep(random.uniform(0.05, 0.8))
            end_both(typist, server, alone)
            typed += typist.typed()
            server.start()
        typist = Typist(folder, server.address, "last", references, under_desk)
        typist.wait_typing()
        typist.finish()
        typed += typist.typed()

        marie = Client(server, "marie.dubois")
        found = [(reference, text) for reference in references for text in notes(marie, reference)]
        server.stop()
        verified = server.control("verify", check=False)
        equal(verified.returncode, 0, verified.stderr)
    shutil.rmtree(folder)
    print(f"# {len(typed)} notes typed, {len(set(typed) - set(found))} lost")
    if len(typed) < 10 * rounds:
        raise AssertionError(f"only {len(typed)} notes: no load")
    return typed, found


def hold(rounds, under_desk, under_server):
    typed, found = crash(rounds, under_desk, under_server)
    equal(len(set(typed) - set(found)), 0, "notes lost")
    equal(len(set(found)), len(found), "notes that are there twice")
    # One may be on the disk and in the journal before the typist could say so.
    unsaid = set(found) - set(typed)
    if len(unsaid) > rounds:
        raise AssertionError(f"never typed: {unsaid}")
    for reference in {reference for reference, _ in typed}:
        equal([note for note in found if note[0] == reference and note not in unsaid],
              [note for note in typed if note[0] == reference], "notes as typed")


def test_kill_both():
    """kill -9 of desk and server loses nothing that was typed, doubles nothing, keeps order and chain"""
    hold(ROUNDS, {}, {})


def test_power_cut():
    """nor does a power cut that takes what neither of them had flushed"""
    hold(max(2, ROUNDS // 2), disk(forget="all"), disk(forget="all"))


def test_power_cut_without_order():
    """nor one that leaves any half of it"""
    hold(max(2, ROUNDS // 2), disk(forget="some"), disk(forget="some"))


def test_without_flushes():
    """the same test fails where the outbox is not flushed, as with synchronous=OFF"""
    typed, found = crash(1, disk(forget="all", sync="ignore"), {}, alone=20)
    lost = set(typed) - set(found)
    if len(lost) < 20:
        raise AssertionError(f"{len(lost)} of {len(typed)} notes lost: the test proves nothing")


if __name__ == "__main__":
    run([test_kill_both, test_power_cut, test_power_cut_without_order, test_without_flushes])
