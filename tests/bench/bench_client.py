#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the desk does with a queue of a million, as ratios in one run.

    bench_client.py [--large N] [PART…]     N lines in the large mirror (default 1000000)

Parts: start, memory, search, sync; all of them without a word. The real program is measured, in a
window, with a session that the keyring keeps and a real server that has nothing new to say. Its
mirrors are filled by the product's own writer. Prints each figure with what it is held against.
The machine is noisy: only the ratios say something.
"""
import argparse
import os
import pathlib
import hashlib
import re
import shutil
import statistics
import subprocess
import tempfile
import time

from guichet_server import PASSWORD, Client, Server

SMALL = 1000
SYNCHRONISED = 100_000
ROUNDS = 9
LOGIN = "anne.mercier"


def report(name, value, held_against, wanted=None):
    verdict = "" if wanted is None else f"   (wanted: {wanted})"
    print(f"{name}: {value}, against {held_against}{verdict}", flush=True)


class Screen:
    """Looks at the screen from outside, and types."""

    def __init__(self):
        self.watcher = subprocess.Popen([os.environ["GUICHET_WATCH_SCREEN"]], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True, bufsize=1)
        self.typist = subprocess.Popen(["xdotool", "-"], stdin=subprocess.PIPE, text=True, bufsize=1)

    def _ask(self, line):
        self.watcher.stdin.write(line + "\n")
        seen = int(self.watcher.stdout.readline())
        if seen == 0:
            raise AssertionError(f"never seen on the screen: {line}")
        return seen / 1e6

    def ink(self, area, stripes=1):
        return self._ask(f"ink {' '.join(map(str, area))} {stripes}")

    def dark(self, area):
        return self._ask(f"dark {' '.join(map(str, area))}")

    def keep(self, area):
        return self._ask(f"keep {' '.join(map(str, area))}")

    def change(self, area):
        return self._ask(f"change {' '.join(map(str, area))}")

    def key(self, name):
        self.typist.stdin.write(f"key {name}\n")
        return time.monotonic()

    def close(self):
        for process in (self.watcher, self.typist):
            process.stdin.close()
            process.wait(10)


class Town:
    """A server, a clerk's session in the keyring, and mirrors of any size that belong to it."""

    def __init__(self, keep=None):
        self.server = Server("[sessions]\nidle-minutes=600\n")
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="guichet-bench-"))
        self.keep = pathlib.Path(keep) if keep else None
        self.homes = {}

    def __enter__(self):
        self.server.add_staff([LOGIN])
        self.server.start()
        self.client = Client(self.server, LOGIN)
        subprocess.run(["secret-tool", "store", "--label=Guichetier", "xdg:schema", "be.mons.Guichetier.Session",
                        "server", self.server.address, "login", LOGIN],
                       input=self.client.token, text=True, check=True)
        return self

    def __exit__(self, kind, *_):
        self.client.close()
        self.server.__exit__(kind)
        shutil.rmtree(self.folder)

    def _last_event(self):
        last, more = 0, True
        while more:
            page = self.client.get(f"/v1/changes?after={last}&limit=1000").must(200).json
            last, more = page["last"], page["more"]
        return last

    def _fill(self, home, mirror, size):
        self.client.close()  # the server may have ended a connection that was idle for long
        me = self.client.get("/v1/me").must(200)
        catalogue = self.client.get("/v1/catalogue").must(200)
        epoch, last = me.json["epoch"], self._last_event()
        kept = self.keep / f"mirror-{size}-{epoch}-{last}.db" if self.keep else None
        if kept and kept.exists():
            shutil.copyfile(kept, mirror)
            return
        (home / "me").write_bytes(me.body)
        (home / "catalogue").write_bytes(catalogue.body)
        begun = time.monotonic()
        subprocess.run([os.environ["GUICHET_FILL_MIRROR"], "--mirror", mirror, "--login", LOGIN,
                        "--me", home / "me", "--catalogue", home / "catalogue",
                        "--version", catalogue.headers["ETag"], "--epoch", str(epoch),
                        "--last", str(last), "--count", str(size)], check=True)
        print(f"# {size} lines mirrored in {time.monotonic() - begun:.1f} s", flush=True)
        if kept:
            shutil.copyfile(mirror, kept)

    def home(self, size):
        """The data folder of a desk whose mirror holds so many lines; made once."""
        if size not in self.homes:
            home = self.folder / str(size)
            data = home / "guichetier"
            (data / "mirrors").mkdir(parents=True, mode=0o700)
            (data / "desk.ini").write_text(f"[session]\nserver={self.server.address}\nlogin={LOGIN}\n")
            name = hashlib.sha256(f"{self.server.address}\n{LOGIN}".encode()).hexdigest()[:32]
            self._fill(home, data / "mirrors" / f"{name}.db", size)
            self.homes[size] = home
        return self.homes[size]


# A window of 1280 by 800 in the middle of a screen of 1600 by 1000: the references of twenty rows,
# the second of them, and the label of the bare window.
ROWS, N_ROWS = (400, 164, 120, 620), 20
SECOND_ROW = (400, 198, 120, 24)
LABEL = (760, 470, 80, 60)


class Program:
    """A window under measurement."""

    def __init__(self, screen, command, home=None):
        env = {**os.environ, "LANGUAGE": "en", **({"XDG_DATA_HOME": str(home)} if home else {})}
        self.screen = screen
        self.begun = time.monotonic()
        self.process = subprocess.Popen([command], env=env)

    def seconds_until(self, moment):
        return moment - self.begun

    def wait_still(self):
        """Until it has had nothing to do for a second: what it began is done."""
        def used():
            fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
            return int(fields[11]) + int(fields[12])
        before = -1
        while (now := used()) != before:
            before = now
            time.sleep(1)

    def proportional_kib(self):
        text = pathlib.Path(f"/proc/{self.process.pid}/smaps_rollup").read_text()
        return int(re.search(r"^Pss:\s+(\d+) kB", text, re.M)[1])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(30)
        # Nothing of this window may be taken for the next one.
        wait_dark(self.screen)


def wait_dark(screen):
    screen.dark((170, 90, 1260, 780))


def start_desk(screen, home):
    """Seconds from exec to the first rows, and on to the first key that did something."""
    with Program(screen, os.environ["GUICHETIER"], home) as desk:
        rows = screen.ink(ROWS, N_ROWS)
        screen.keep(SECOND_ROW)
        screen.key("Down")
        answered = screen.change(SECOND_ROW)
        return desk.seconds_until(rows), desk.seconds_until(answered)


def start_bare(screen):
    with Program(screen, os.environ["GUICHET_BARE_WINDOW"]) as bare:
        return bare.seconds_until(screen.ink(LABEL))


def bench_start(screen, town, large):
    desk = {SMALL: [], large: []}
    bare = []
    for number in range(ROUNDS + 1):
        once = {size: start_desk(screen, town.home(size)) for size in desk}
        label = start_bare(screen)
        if number == 0:
            continue  # the disk's cache is warm from here on
        bare.append(label)
        for size, times in once.items():
            desk[size].append(times)
    rows = {size: statistics.median(at[0] for at in times) for size, times in desk.items()}
    keys = {size: statistics.median(at[1] for at in times) for size, times in desk.items()}
    label = statistics.median(bare)
    report(f"client: exec to first usable queue, {large} requests", f"{keys[large] / keys[SMALL]:.2f} times",
           f"{SMALL} requests (first key answered after {keys[SMALL] * 1e3:.0f} ms, "
           f"{keys[large] * 1e3:.0f} ms; rows after {rows[SMALL] * 1e3:.0f} and {rows[large] * 1e3:.0f} ms)",
           "at most 1.3")
    report(f"client: exec to first usable queue, {large} requests", f"{rows[large] / label:.2f} times to the rows, "
           f"{keys[large] / label:.2f} to the first key answered",
           f"a bare window of libadwaita with a label ({label * 1e3:.0f} ms)", "at most 2")


def scrolled_memory(screen, home):
    with Program(screen, os.environ["GUICHETIER"], home) as desk:
        screen.ink(ROWS, N_ROWS)
        desk.wait_still()
        for key in ("End", "Home"):
            screen.keep(ROWS)
            screen.key(key)
            screen.change(ROWS)
            desk.wait_still()
        return desk.proportional_kib()


def bench_memory(screen, town, large):
    used = {size: statistics.median(scrolled_memory(screen, town.home(size)) for _ in range(3))
            for size in (SMALL, large)}
    report(f"client: memory, {large} requests, scrolled to the end and back", f"{used[large] / used[SMALL]:.2f} times",
           f"{SMALL} requests ({used[SMALL] / 1024:.0f} MiB; {used[large] / 1024:.0f} MiB)", "at most 1.5")


def bench_search(_, town, large):
    env = {**os.environ, "LANGUAGE": "en", "XDG_DATA_HOME": str(town.home(large))}
    lines = subprocess.run([os.environ["GUICHET_BENCH_QUEUE"]], env=env, check=True, capture_output=True,
                           text=True).stdout.splitlines()
    found = {name: [float(number) for number in numbers] for name, *numbers in map(str.split, lines)}
    letters = ", ".join(f"{n}: {found[f'letters-{n}'][1]:.1f}" for n in range(1, 7))
    report(f"client: keystroke to the hits known, {large} requests, every view and sort, p99",
           f"{found['known'][1]:.1f} ms ({found['known-processor'][1]:.1f} ms of them with a processor; "
           f"by letters {letters})",
           f"a median of {found['known'][0]:.1f} ms; to the screen a p99 of {found['screen'][1]:.1f} ms", "16 ms")
    report("client: longest that the main thread is held, p99 of frames",
           f"{found['held'][1]:.1f} ms ({found['processor'][1]:.1f} ms of them with a processor)",
           f"a median of {found['held'][0]:.1f} ms, and {found['held'][2]:.0f} ms once in {found['frames'][0]:.0f} "
           "frames", "one frame, 16.7 ms")


def bench_sync(_, town, large):
    """Of a server of its own: the one of the town has nothing to say."""
    with Server("[sessions]\nidle-minutes=600\n") as server, tempfile.TemporaryDirectory() as folder:
        server.add_staff([LOGIN])
        server.control("sample", "--requests", str(SYNCHRONISED), "--deposits")
        server.start()
        lines = subprocess.run([os.environ["GUICHET_BENCH_SYNC"], server.address, LOGIN, folder], check=True,
                               input=PASSWORD + "\n", capture_output=True, text=True).stdout.splitlines()
    took = {name: float(number) for name, number in map(str.split, lines)}
    steps = {name: took[name] for name in ("fetching", "parsing", "writing", "indexing")}
    slowest = max(steps, key=steps.get)
    each = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in steps.items())
    report(f"client: first synchronisation of {took['lines']:.0f} lines", f"{took['all']:.1f} s (slowest: {slowest}; "
           f"one by one {each})", f"{took['sqlite']:.2f} s to read the same lines out of SQLite "
           f"({took['all'] / took['sqlite']:.0f} times)")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--large", type=int, default=1_000_000)
    parser.add_argument("--keep", metavar="DIR", help="keep filled mirrors there, and take them from there")
    parser.add_argument("parts", nargs="*", metavar="PART")
    arguments = parser.parse_args()
    parts = {"start": bench_start, "memory": bench_memory, "search": bench_search, "sync": bench_sync}
    with Town(arguments.keep) as town:
        screen = Screen()
        for name in arguments.parts or parts:
            parts[name](screen, town, arguments.large)
        screen.close()


if __name__ == "__main__":
    main()
