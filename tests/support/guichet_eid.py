# SPDX-License-Identifier: GPL-3.0-or-later
"""guichet-eid and the readers that it sees: two slots of a real pcscd of this test's own."""
import atexit
import contextlib
import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import threading

import eid_cards
import tap
import virtual_card
from virtual_card import PATIENCE, Daemon, VirtualCard, wait_for

# The driver knows one entry of two slots in a process, whatever pcscd is told.
# Below what is given to programs that ask for any port (ip_local_port_range).
ALPHA, BETA = 20001, 20002
ALPHA_NAME, BETA_NAME = "Alpha 00 00", "Alpha 00 01"
FOLDER = pathlib.Path(tempfile.mkdtemp(prefix="guichet-cards-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
DAEMON = Daemon(FOLDER)


def start(driver=virtual_card.DRIVER):
    """Starts pcscd, and the watch that goes on through whatever is done to it."""
    virtual_card.loopback_up()
    DAEMON.start(driver, Alpha=ALPHA)
    Watch.running = Watch()


def root_options(office):
    """That the roots of an office are known, and the moment when its cards are judged."""
    words = []
    for number, root in enumerate(office.roots()):
        path = FOLDER / f"root{number}.der"
        path.write_bytes(eid_cards.der_of(root))
        words += ["--root", str(path)]
    (FOLDER / "test.der").write_bytes(eid_cards.der_of(office.test.root))
    return words + ["--test-root", str(FOLDER / "test.der"), "--at", "2026-03-01"]


def command(*words):
    return [os.environ["GUICHET_EID"], *words]


def run(*words):
    """guichet-eid with these words: its status, and what it said as JSON."""
    done = subprocess.run(command("--json", *words), capture_output=True, text=True,
                          timeout=PATIENCE, check=False)
    if done.returncode < 0 or "Sanitizer" in done.stderr:
        raise AssertionError(f"guichet-eid {words}: {done.returncode}\n{done.stderr}")
    return done.returncode, json.loads(done.stdout) if done.stdout else {}


def readers():
    return {reader["name"]: reader for reader in run("list")[1].get("readers", [])}


class Watch:
    """guichet-eid watch, and what it said last."""
    running = None

    def __init__(self):
        self.process = subprocess.Popen(command("--json", "watch"), stdout=subprocess.PIPE, text=True)
        self.said = {}
        self.thread = threading.Thread(target=self.listen, daemon=True)
        self.thread.start()

    def listen(self):
        for line in self.process.stdout:
            self.said = json.loads(line)

    def shows(self, name, status):
        """Waits for a state of one reader."""
        def as_wanted():
            return any((reader["name"], reader["status"]) == (name, status)
                       for reader in self.said.get("readers", []))
        wait_for(as_wanted, f"{name} {status}")

    def sees(self, service, statuses):
        """Waits for a state of all readers."""
        def as_wanted():
            found = {reader["name"]: reader["status"] for reader in self.said.get("readers", [])}
            return self.said.get("service") == service and found == statuses
        wait_for(as_wanted, f"{service} {statuses}")

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        tap.equal(self.process.wait(PATIENCE), 0)
        self.thread.join(PATIENCE)


@contextlib.contextmanager
def inserted(chip, port=ALPHA, name=ALPHA_NAME, atr=None, pad=None):
    """A chip in a reader, once pcscd has noticed it; and then one without it."""
    with VirtualCard(chip, port, atr, pad) as card:
        Watch.running.shows(name, "card")
        chip.commands.clear()
        yield card
    Watch.running.shows(name, "empty")
