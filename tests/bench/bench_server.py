#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the server does in a second, as ratios in one run.

    bench_server.py [--large N]     N requests in the large journal (default 1000000)

Prints each figure with what it is held against. The machine is noisy: only the ratios say something.
"""
import argparse
import os
import re
import statistics
import subprocess
import tempfile
import threading
import time

from guichet_server import Client, Server

CLIENTS = 64
SECONDS = 4
ROUNDS = 3
SMALL = 1000


def report(name, value, held_against, wanted=None):
    verdict = "" if wanted is None else f"   (wanted: {wanted})"
    print(f"{name}: {value}, against {held_against}{verdict}", flush=True)


def wrk(address, script, token="", seconds=SECONDS):
    """Answers a second by 64 clients, and the share that was not a success."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as lua:
        lua.write(f'local token = "{token}"\n' + script)
        lua.flush()
        done = subprocess.run(["wrk", "-t1", f"-c{CLIENTS}", f"-d{seconds}s", "--latency", "-s", lua.name, address],
                              capture_output=True, text=True, check=True).stdout
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", done)[1])
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", done)
    if bad:
        raise AssertionError(f"{bad[1]} answers were no success:\n{done}")
    return rate


EMPTY = 'request = function() return wrk.format("GET", "/") end'

BY_REFERENCE = """
local references = {{ {references} }}
local headers = {{ Authorization = "Bearer " .. token }}
local at = 0
request = function()
  at = at % #references + 1
  return wrk.format("GET", "/v1/requests/" .. references[at], headers)
end
"""

LIST = """
local headers = { Authorization = "Bearer " .. token, ["Content-Type"] = "application/json" }
request = function()
  return wrk.format("POST", "/v1/requests/search", headers, '{"pageSize":50}')
end
"""

NOTES = """
local references = {{ {references} }}
local at = 0
math.randomseed({seed})
local function key()
  return (string.gsub("xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx", "x",
                      function() return string.format("%x", math.random(0, 15)) end))
end
request = function()
  at = at % #references + 1
  local headers = {{ Authorization = "Bearer " .. token, ["Content-Type"] = "application/json",
                    ["Idempotency-Key"] = key() }}
  return wrk.format("POST", "/v1/requests/" .. references[at] .. "/commands", headers,
                    '{{"kind":"note","text":"pour mesurer","expectedVersion":1}}')
end
"""


def notes(references):
    """Commands that were never sent before: a key that comes again is answered without a flush."""
    return NOTES.format(references=references, seed=time.monotonic_ns() % 10**9)


def quoted(references):
    return ", ".join(f'"{reference}"' for reference in references)


class Empty:
    def __enter__(self):
        self.process = subprocess.Popen([os.environ["GUICHET_EMPTY_SERVER"]], stdout=subprocess.PIPE)
        self.address = self.process.stdout.readline().decode().removeprefix("listening on ").strip()
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()


def fill(server, count):
    server.add_staff(["anne.mercier", "marie.dubois", "sofia.peeters", "thomas.lambert", "nadia.benali"])
    begun = time.monotonic()
    server.control("sample", "--requests", str(count), "--deposits")
    print(f"# {count} requests made in {time.monotonic() - begun:.0f} s", flush=True)
    return server.start()


def some_references(client, count=500):
    references, cursor = [], None
    while len(references) < count:
        body = {"pageSize": 200, **({"cursor": cursor} if cursor else {})}
        answer = client.post("/v1/requests/search", body).must(200).json
        references += [item["reference"] for item in answer["items"]]
        cursor = answer.get("next")
        if not cursor:
            break
    return references[:count]


def median_rate(measure):
    return statistics.median(measure() for _ in range(ROUNDS))


def seconds_each(call, count=300):
    """Median seconds of one call, alone."""
    times = []
    for _ in range(count):
        begun = time.perf_counter()
        call()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def bench_sizes(large):
    figures = {}
    for size in (SMALL, large):
        with Server("[sessions]\nidle-minutes=600\n") as server:
            fill(server, size)
            client = Client(server, "anne.mercier")
            references = some_references(client)
            turn = iter(references * 1000)
            figures[size] = (
                seconds_each(lambda: client.post("/v1/requests/search", {"pageSize": 50}).must(200)),
                seconds_each(lambda: client.get(f"/v1/requests/{next(turn)}").must(200)),
            )
    for name, at in (("list page", 0), ("one request by reference", 1)):
        ratio = figures[large][at] / figures[SMALL][at]
        report(f"server: {name}, {large} requests", f"{ratio:.2f} times the time", f"{SMALL} requests "
               f"({figures[SMALL][at] * 1e6:.0f} µs)", "at most 1.5")


def bench_rates():
    with Empty() as empty, Server("[sessions]\nidle-minutes=600\n") as server:
        fill(server, SMALL)
        client = Client(server, "anne.mercier")
        references = quoted(some_references(client))
        nothing = median_rate(lambda: wrk(empty.address, EMPTY))
        reads = median_rate(lambda: wrk(server.address, BY_REFERENCE.format(references=references), client.token))
        report("server: one request by reference, answers a second, 64 clients", f"{reads / nothing:.3f} of",
               f"an empty handler ({nothing:.0f}/s; ours {reads:.0f}/s)", "at least 0.35")
        writes = median_rate(lambda: wrk(server.address, notes(references), client.token))
        report("server: durable commands a second, 64 clients, the disk as it is", f"{writes / nothing:.3f} of",
               f"an empty handler (ours {writes:.0f}/s)", "at least 0.09")


def bench_group_commit():
    shim = os.environ["FORGETFUL_VFS"]
    rates = {}
    for group in (1, 256):
        env = {"LD_PRELOAD": shim, "GUICHET_VFS_DELAY_SYNC_US": "4000"}
        with Server(f"[sessions]\nidle-minutes=600\n[store]\ngroup={group}\n") as server:
            fill(server, 200)
            server.stop()
            server.env.update(env)
            server.start()
            client = Client(server, "anne.mercier")
            references = quoted(some_references(client))
            rates[group] = median_rate(lambda server=server, client=client, references=references:
                                       wrk(server.address, notes(references), client.token))
    report("server: durable commands a second on a disk whose flush takes 4 ms, 64 clients",
           f"{rates[256] / rates[1]:.1f} times", f"each committed alone ({rates[1]:.0f}/s; ours {rates[256]:.0f}/s)",
           "at least 20")


def bench_feed(subscribers=500, events=100):
    """From the answer to a command to the line on every feed."""
    import selectors
    import socket
    with Server("[sessions]\nidle-minutes=600\n") as server:
        fill(server, 50)
        client = Client(server, "anne.mercier")
        reference = some_references(client)[0]
        selector = selectors.DefaultSelector()
        for _ in range(subscribers):
            stream = socket.create_connection((client.host, client.port))
            stream.sendall(f"GET /v1/feed HTTP/1.1\r\nHost: {client.host}\r\n"
                           f"Authorization: Bearer {client.token}\r\n\r\n".encode())
            selector.register(stream, selectors.EVENT_READ, bytearray())
        heard = {}
        sent = {}
        lock = threading.Lock()
        over = threading.Event()

        def listen():
            while not over.is_set():
                for key, _ in selector.select(0.05):
                    data = key.fileobj.recv(65536)
                    now = time.perf_counter()
                    key.data.extend(data)
                    for number in re.findall(rb'"last":\s*(\d+)', bytes(key.data)):
                        with lock:
                            heard.setdefault(key.fd, []).append((int(number), now))
                    del key.data[:]

        thread = threading.Thread(target=listen)
        thread.start()
        time.sleep(2)
        for _ in range(events):
            begun = time.perf_counter()
            receipt = client.command(reference, "note", 1, text="pour mesurer").must(200).json
            with lock:
                sent[receipt["event"]] = begun
            time.sleep(0.05)
        time.sleep(1)
        over.set()
        thread.join()
        delays = []
        for lines in heard.values():
            for number, begun in sent.items():
                reached = [at for last, at in lines if last >= number]
                if reached:
                    delays.append(min(reached) - begun)
        delays.sort()
        complete = len(delays) / (subscribers * events)
        report(f"server: event to {subscribers} feed subscribers, p99",
               f"{delays[int(len(delays) * 0.99)] * 1000:.0f} ms ({complete:.1%} heard)",
               f"a median of {delays[len(delays) // 2] * 1000:.0f} ms", "under 250 ms")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--large", type=int, default=1_000_000)
    large = parser.parse_args().large
    bench_rates()
    bench_group_commit()
    bench_feed()
    bench_sizes(large)


if __name__ == "__main__":
    main()
